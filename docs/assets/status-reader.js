/* The reader of status reports on its page: what a reader pastes, drops or chooses goes to the core,
   what it decides is shown. Every sentence stands in the HTML. Nothing is sent; what is stored, the
   reader keeps by hand. */
(() => {
  "use strict";

  const { attempt, part, action, template, made, filled, follow, store } = window.shared;
  const { read, judge, picture, compare, share, decoded, MOST } = window.reports;

  const LONGEST = 80; // characters of one name shown
  const LONG = 100_000; // characters; a text box is slow with more
  const MANY = 500_000; // characters; more are read by a worker
  const LARGEST = 26_000_000; // characters read
  const KEPT = 1_000_000; // characters of a set that is kept
  const CHANGES = 200; // changes shown for one server

  const core = [...document.scripts].find(({ src }) => /\/status-core\.[^/]*$/.test(src))?.src;
  // The site's own path, so that two sites or versions on one host do not meet.
  const PLACE = `${core ? new URL("..", core).pathname : "/"} v2 status-set`;

  // ---- Files, also packed ones

  async function unpacked(stream, form) {
    const reader = stream.pipeThrough(new DecompressionStream(form)).getReader();
    const pieces = [];
    let size = 0;
    for (let piece; !(piece = await reader.read()).done; pieces.push(piece.value))
      if ((size += piece.value.length) > LARGEST) throw "too-large";
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  }

  /* The files in a zip: its directory at the end says where each one is. */
  async function unzipped(bytes) {
    const view = new DataView(bytes.buffer);
    let end = bytes.length - 22;
    while (view.getUint32(end, true) !== 0x06054b50) end--;
    let at = view.getUint32(end + 16, true);
    const texts = [];
    let size = 0;
    for (let left = view.getUint16(end + 10, true); left--; ) {
      if (view.getUint32(at, true) !== 0x02014b50) throw "unreadable";
      const [packed, name] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true)];
      const start = view.getUint32(at + 42, true);
      const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      const data = new Blob([bytes.subarray(from, from + packed)]);
      const whole = view.getUint16(at + 10, true) ? await unpacked(data.stream(), "deflate-raw") : new Uint8Array(await data.arrayBuffer());
      if ((size += whole.length) > LARGEST) throw "too-large";
      if (whole.length) texts.push({ name: decoded(bytes.subarray(at + 46, at + 46 + name)).split("/").at(-1), text: decoded(whole) });
      at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return texts;
  }

  async function textsOf(file) {
    if (file.size > LARGEST) throw "too-large";
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sign = bytes[0] * 256 + bytes[1];
    if (sign === 0x504b) return unzipped(bytes);
    return [{ name: file.name, text: decoded(sign === 0x1f8b ? await unpacked(file.stream(), "gzip") : bytes) }];
  }

  // ---- The page

  // Links with their whole address, also for paper.
  function copyOf(element) {
    const copy = document.importNode(element, true);
    for (const link of copy.querySelectorAll("a[href]")) link.href = link.href;
    return copy;
  }

  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

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
      part(this.root, name)?.addEventListener(event, what);
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
      this.on("sample", "change", ({ target }) => {
        this.added = [];
        this.text.value = target.value;
        this.update();
      });
      this.on("share", "toggle", () => this.showCopy());
      const actions = {
        clear: () => {
          this.text.value = "";
          this.added = [];
          this.update();
          this.text.focus();
        },
        cancel: () => {
          this.stop();
          this.show("cancelled");
        },
        keep: () => this.keep(),
        forget: () => {
          store.remove(PLACE);
          this.showChanges();
        },
      };
      for (const [name, what] of Object.entries(actions)) action(this.root, name).addEventListener("click", what);
    }

    async addFiles(files) {
      try {
        this.add((await Promise.all(files.map(textsOf))).flat());
      } catch (error) {
        this.show(error === "too-large" ? error : "unreadable");
      }
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
      if (!texts.some(({ text }) => text.trim())) this.show("");
      else if (size > LARGEST) this.show("too-large");
      else if (size < MANY || !this.work(texts)) this.found(read(texts, this.rules));
    }

    texts = () => [{ name: "", text: this.text.value }, ...this.added];

    /* Read in a worker, where the browser allows one. */
    work(texts) {
      const worker = attempt(() => new Worker(core));
      if (!worker) return false;
      this.worker = worker;
      part(this.root, "busy").hidden = false;
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

    show(verdict, judgement) {
      this.judgement = judgement;
      this.sayVerdict(verdict, judgement?.servers.length);
      this.root.classList.toggle("has-verdict", Boolean(judgement));
      part(this.root, "result").hidden = !judgement;
      for (const offer of this.root.querySelectorAll("[data-offer]")) offer.hidden = offer.dataset.offer !== verdict;
      const { servers, findings } = judgement ?? { servers: [], findings: new Map() };
      this.fill("servers", servers.slice(0, MOST), (server) => this.row(server));
      this.fill("findings", [...findings], ([name, about]) => this.finding(name, [...about]));
      this.fill("map", judgement ? picture(judgement, this.rules).slice(0, MOST) : [], ({ server, link }) => {
        const item = this.from("map", `[data-link="${link}"]`, server);
        part(item, "code").textContent = short(server.code ?? "");
        return item;
      });
      part(this.root, "unkept").textContent = "";
      this.showChanges();
      this.showCopy();
    }

    fill(name, values, make, root = this.root) {
      part(root, name).replaceChildren(...values.map(make));
    }

    /* A copy of a template's part, with the name of the server that it is about. */
    from(name, which, server) {
      const copy = copyOf(template(this.root, name).querySelector(which));
      if (server) part(copy, "server").textContent = this.label(server);
      return copy;
    }

    /* The same words again are not announced again. */
    sayVerdict(verdict, count) {
      const place = part(this.root, "verdict");
      const sentence = verdict && this.from("verdicts", `[data-verdict="${verdict}"]`);
      if (sentence) sentence.lastChild.textContent = filled(sentence.lastChild.textContent, { count });
      if (place.textContent !== (sentence ? sentence.textContent : "")) place.replaceChildren(...(sentence ? [sentence] : []));
    }

    row(server) {
      const known = Object.hasOwn(this.rules.states, server.code);
      const row = this.from("rows", known ? `[data-state="${server.code}"]` : `[data-row="${server.code ? "unknown" : "none"}"]`, server);
      if (!known && server.code) part(row, "code").textContent = short(server.code);
      if (!known && server.roles[0]) part(row, "role").textContent = short(server.roles[0]);
      const titles = this.judgement.foundFor(server)
        .map((name) => template(this.root, "findings").querySelector(`[data-finding="${name}"]`).dataset.title);
      if (titles.length) part(row, "found").textContent = titles.join(", ");
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

    enough(words, most = 8) {
      const more = words.length - most;
      return more > 0 ? [...words.slice(0, most), filled(this.say.sayMore, { count: more })] : words;
    }

    // ---- Before and after, and the copy to share

    keep() {
      const texts = this.texts().filter(({ text }) => text.trim());
      const set = JSON.stringify({ name: part(this.root, "set-name").value, date: new Date().toISOString(), texts });
      if (set.length > KEPT) this.sayVerdict("too-large");
      else {
        store.set(PLACE, set);
        this.showChanges();
      }
    }

    /* The set that is kept, if it is one; anything else is left alone. */
    kept() {
      const set = attempt(() => JSON.parse(store.get(PLACE)));
      const right = set && [set.name, set.date].every((one) => typeof one === "string") && Array.isArray(set.texts)
        && set.texts.every((one) => typeof one?.name === "string" && typeof one.text === "string");
      return right ? set : null;
    }

    showChanges() {
      const set = this.judgement && this.kept();
      const box = part(this.root, "kept");
      box.hidden = !set;
      const file = part(this.root, "set-file");
      URL.revokeObjectURL(file.href);
      file.removeAttribute("href");
      if (this.judgement) file.href = URL.createObjectURL(new Blob([this.texts().map(({ text }) => text).join("\n")]));
      if (!set) return;
      part(box, "kept-name").textContent = filled(this.say.sayKept, { name: short(set.name), date: short(set.date) });
      const before = judge(read(set.texts, this.rules), this.rules);
      this.fill("changes", compare(before, judge(this.read, this.rules), this.rules), ({ server, change, leaves }) => {
        const item = this.from("changes", `[data-change="${change}"]`, server);
        const list = (name, some) => this.fill(name, some.slice(0, CHANGES), (leaf) => this.leaf(leaf), item);
        const noise = leaves.filter(({ passing }) => passing);
        list("leaves", leaves.filter(({ passing }) => !passing));
        list("noise", noise);
        part(item, "passing").hidden = !noise.length;
        return item;
      });
    }

    leaf({ path, was, is }) {
      const item = this.from("changes", '[data-change="leaf"]');
      part(item, "path").textContent = short(path.slice(-2).join(" › "));
      part(item, "was").textContent = short(was ?? "–");
      part(item, "is").textContent = short(is ?? "–");
      return item;
    }

    showCopy() {
      const box = part(this.root, "share");
      if (!box.open || !this.judgement) return;
      const { text, pairs } = share(this.read, this.rules);
      part(box, "copy").value = text;
      this.fill("pairs", pairs, ([name, other]) => made("li", { textContent: filled(this.say.sayShared, { name: short(name), other }) }));
    }
  }

  function start() {
    for (const root of document.querySelectorAll("[data-status-reader]:not(.is-live)")) new Reader(root);
  }

  follow(start);
})();
