/* The reader of status reports on its page: what a reader pastes, drops or chooses goes to the core,
   what it decides is shown. Every sentence stands in the HTML. Nothing is sent; what is stored, the
   reader keeps by hand. */
(() => {
  "use strict";

  const { attempt, part, action, template, made, filled, follow, onCall, NAME, SITE, say } = window.shared;
  const { read, judge, picture, decoded, MOST } = window.reports;

  const LONGEST = 80; // characters of one name shown
  const NAMED = 8; // names in one sentence
  const LONG = 100_000; // characters; a text box is slow with more
  const MANY = 500_000; // characters; more are read by a worker
  const LARGEST = 26_000_000; // characters read
  const PATIENCE = 300; // ms after which it is said that files are being read

  const core = [...document.scripts].find(({ src }) => /\/status-core\.[^/]*$/.test(src))?.src;
  const PLACE = `${SITE} v2 status-set`; // the key of each set that is kept begins so

  // ---- What is loaded once it is asked for: window.reports, with what status-later.js adds, and status-folds.js

  const load = onCall(say.later);

  // ---- Files

  async function opened(file) {
    if (file.size > LARGEST) throw "too-large";
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isPacked = [0x504b, 0x1f8b].includes(bytes[0] * 256 + bytes[1]); // a zip or gzip
    if (!isPacked) return [{ name: file.name, text: decoded(bytes) }];
    if (!(await load())) throw "not-loaded";
    return window.reports.unpacked(file.name, bytes, LARGEST);
  }

  /* The texts in a file: [{ name, text }]. Fails with { verdict, name }: why not, and the file's name. */
  const textsOf = (file) => opened(file).catch((error) => {
    throw { verdict: typeof error === "string" ? error : "unreadable", name: file.name };
  });

  // ---- The page

  // Links with their whole address, also for paper.
  function copyOf(element) {
    const copy = document.importNode(element, true);
    for (const link of copy.querySelectorAll("a[href]")) link.href = link.href;
    return copy;
  }

  /* The names in the picture of a set as the address of a run has them: of one Active Server and every other one; "" if a run would
     not take them. */
  function namesIn(map) {
    const all = map.map(({ server, link }) => [link === "leads" ? "active" : "standby", server.name]);
    const isWhole = /^active(,standby){1,8}$/.test(all.map(([key]) => key)) && new Set(all.map(([, name]) => name)).size === all.length;
    return isWhole && all.every(([, name]) => NAME.test(name)) ? `&${new URLSearchParams(all)}` : "";
  }

  /* A text to show: not too long, and without marks for another direction, which would turn what stands beside it. */
  function short(text) {
    const plain = text.replace(/\p{Bidi_Control}/gu, "");
    return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
  }

  class Reader {
    constructor(root) {
      this.root = root;
      this.rules = JSON.parse(root.dataset.statusCore);
      this.say = root.dataset;
      this.text = part(root, "text");
      this.added = [];
      this.listen();
      root.classList.add("is-live");
      part(root, "box").hidden = false;
      this.update();
    }

    on(name, event, what) {
      part(this.root, name).addEventListener(event, what);
    }

    listen() {
      this.on("text", "input", () => this.update());
      this.on("text", "paste", (event) => {
        const text = event.clipboardData.getData("text");
        if (text.length < LONG) return;
        event.preventDefault();
        this.add([{ name: this.say.sayPasted, text }]);
      });
      this.on("box", "dragover", (event) => {
        if (event.dataTransfer.types.includes("Files")) event.preventDefault();
      });
      this.on("box", "drop", (event) => {
        if (!event.dataTransfer.files.length) return;
        event.preventDefault();
        this.addFiles([...event.dataTransfer.files]);
      });
      this.on("file", "change", ({ target }) => {
        this.addFiles([...target.files]);
        target.value = "";
      });
      this.on("sample", "change", () => this.ask("sample"));
      this.on("before", "toggle", () => this.ask("changes"));
      this.on("before-file", "change", ({ target }) => this.ask("open", target));
      this.on("share", "toggle", () => this.ask("copy"));
      const actions = {
        clear: () => {
          this.text.value = "";
          this.added = [];
          this.update();
          this.text.focus();
        },
        cancel: () => {
          this.added = [...this.added]; // what is on its way is not added
          this.stop();
          this.show("cancelled");
        },
        keep: () => this.ask("keep"),
        save: ({ target }) => this.ask("save", target.dataset.file),
        forget: () => this.ask("forget"),
      };
      for (const [name, what] of Object.entries(actions)) action(this.root, name).addEventListener("click", what);
    }

    async addFiles(files) {
      const { added } = this;
      const isMeant = () => this.added === added; // until it is cleared, cancelled or replaced
      // To unpack a file may take long.
      const waiting = setTimeout(() => isMeant() && this.wait(), PATIENCE);
      const all = await Promise.all(files.map(textsOf)).then((texts) => ({ texts: texts.flat() }), (failed) => ({ failed }));
      clearTimeout(waiting);
      if (!isMeant()) return;
      if (all.texts) this.add(all.texts);
      else {
        this.stop();
        this.show(all.failed.verdict, undefined, all.failed);
      }
    }

    wait() {
      part(this.root, "busy").hidden = false;
    }

    add(texts) {
      this.added.push(...texts);
      this.update();
    }

    update() {
      this.stop();
      const files = part(this.root, "files");
      files.hidden = !this.added.length;
      part(files, "names").textContent = this.enough(this.added.map(({ name }) => short(name))).join(", ");
      const texts = this.texts();
      const size = texts.reduce((sum, { text }) => sum + text.length, 0);
      if (!texts.some(({ text }) => text.trim())) this.show(this.added.length ? "no-json" : "");
      else if (size > LARGEST) this.show("too-large");
      else if (size < MANY || !this.work(texts)) this.found(read(texts, this.rules));
    }

    short = short;

    texts = () => [{ name: "", text: this.text.value }, ...this.added];

    /* Read in a worker, where the browser allows one. */
    work(texts) {
      // From disk the search has another kind of worker, which is not made for this.
      const worker = location.protocol !== "file:" && attempt(() => new Worker(core));
      if (!worker) return false;
      this.worker = worker;
      this.wait();
      worker.onmessage = ({ data }) => {
        if (this.worker !== worker) return;
        if (!data.done) part(this.root, "progress").textContent = Math.floor(data.progress * 100);
        else {
          this.stop();
          this.found(data.done);
        }
      };
      worker.onerror = (event) => {
        event.preventDefault();
        if (this.worker !== worker) return;
        this.stop();
        this.found(read(texts, this.rules));
      };
      worker.postMessage({ texts, rules: this.rules });
      return true;
    }

    stop() {
      this.worker?.terminate();
      this.worker = null;
      part(this.root, "busy").hidden = true;
      part(this.root, "progress").textContent = 0;
    }

    found(found) {
      this.read = found;
      if (!found.any) this.show(found.without);
      else {
        const judgement = judge(found, this.rules, Date.now());
        this.show(judgement.verdict, judgement);
      }
    }

    show(verdict, judgement, failed) {
      this.judgement = judgement;
      const map = judgement ? picture(judgement, this.rules) : [];
      this.names = namesIn(map);
      const { servers, findings } = judgement ?? { servers: [], findings: new Map() };
      this.sayVerdict(verdict, failed ?? { count: servers.length, found: this.titles([...findings.keys()]) });
      this.root.classList.toggle("has-verdict", Boolean(judgement));
      part(this.root, "result").hidden = !judgement;
      const offers = part(this.root, "offers");
      const reasons = judgement?.reasons ?? [""];
      for (const offer of offers.querySelectorAll("li")) {
        const fits = offer.dataset.offer.split(" ");
        // While something cannot be told, no answer is offered that may mean that all works.
        offer.hidden = !reasons.every((reason) => fits.includes(reason)) || (judgement?.isOpen && fits.includes("works"));
      }
      offers.hidden = !offers.querySelector("li:not([hidden])");
      this.fill("servers", servers.slice(0, MOST), (server) => this.row(server));
      this.fill("findings", [...findings], ([name, about]) => this.finding(name, [...about]));
      this.fill("map", map.slice(0, MOST), ({ server, link }) => {
        const item = this.from("map", `[data-link="${link}"]`, server);
        part(item, "code").textContent = short(server.code ?? "");
        return item;
      });
      this.folds?.show();
    }

    fill(name, values, make, root = this.root) {
      const all = new DocumentFragment();
      for (const value of values) all.append(make(value)); // not as arguments: there may be too many
      part(root, name).replaceChildren(all);
    }

    /* A copy of a template's part, with the name of the server that it is about. */
    from(name, which, server) {
      const copy = copyOf(template(this.root, name).querySelector(which));
      if (server) part(copy, "server").textContent = this.label(server);
      // Below "#" no server of pages is told them.
      for (const link of copy.querySelectorAll("[data-names]")) link.hash += this.names;
      return copy;
    }

    /* What is said of a verdict, { count, found, name } filled in. The same words again are not announced again. */
    sayVerdict(verdict, { count, found, name = "" } = {}, place = part(this.root, "verdict")) {
      const sentence = verdict ? this.from("verdicts", `[data-verdict="${verdict}"]`) : "";
      if (sentence) sentence.lastChild.textContent = filled(sentence.lastChild.textContent, { count, found, name: short(name) });
      if (place.textContent !== (sentence?.textContent ?? "")) place.replaceChildren(sentence);
    }

    wordsOf(finding) {
      return template(this.root, "findings").querySelector(`[data-finding="${finding}"]`).dataset;
    }

    titles(findings) {
      return findings.map((finding) => this.wordsOf(finding).title).join(", ");
    }

    row(server) {
      const known = Object.hasOwn(this.rules.states, server.code);
      const row = this.from("rows", known ? `[data-state="${server.code}"]` : `[data-row="${server.code ? "unknown" : "none"}"]`, server);
      for (const name of known ? [] : ["code", "role"]) if (server[name]) part(row, name).textContent = short(server[name]);
      const found = this.judgement.foundFor(server);
      if (found.length) part(row, "found").textContent = this.titles(found);
      const all = [...this.judgement.findings];
      const first = all.map(([name]) => this.wordsOf(name).first).find(Boolean);
      // In a healthy state nothing is to be done, unless something else was found of its server or of the set.
      const works = known && this.rules.states[server.code].replication === "works";
      const [open] = works && all.find(([name, about]) => this.rules.verdicts[name] !== "note" && (found.includes(name) || !about.size)) || [];
      if (first || open) part(row, "next").textContent = first ?? filled(this.say.sayFollow, this.wordsOf(open));
      return row;
    }

    finding(name, about) {
      const item = this.from("findings", `[data-finding="${name}"]`);
      const text = part(item, "text");
      const [before, after] = text.textContent.split("{servers}");
      if (after === undefined) return item;
      const labels = this.enough([...new Set(about.map((one) => this.label(one)))]);
      text.replaceChildren(before, ...labels.flatMap((label, number) => {
        const isolated = made("bdi", { textContent: label });
        return number ? [", ", isolated] : [isolated];
      }), after);
      return item;
    }

    label(server) {
      if (typeof server === "string") return short(server);
      const { key, name } = server;
      if (key === null) return name ? short(name) : this.say.sayNoKey;
      return name ? `${short(name)} (${key})` : filled(this.say.sayKey, { key: short(key) });
    }

    enough(words) {
      const more = words.length - NAMED;
      return more > 0 ? [...words.slice(0, NAMED), filled(this.say.sayMore, { count: more })] : words;
    }

    /* Do what only status-folds.js can. */
    async ask(what, ...rest) {
      if (await load()) (this.folds ??= new window.ReportFolds(this, PLACE, textsOf))[what](...rest);
      else this.sayVerdict("not-loaded");
    }
  }

  function start() {
    for (const root of document.querySelectorAll("[data-status-reader]:not(.is-live)")) new Reader(root);
  }

  follow(start);
})();
