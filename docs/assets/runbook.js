/* The page of a run: boxes, the slim bar, names and acceptances. What else waits behind the menu, run-sheets.js has.
   What a run is, run-core.js knows; what is a step, the marks of the page say; every word stands in the HTML. */
(() => {
  "use strict";

  const { attempt, parsed, part, action, template, made, filled, mark, SITE, follow, onCall, store, say } = window.shared;
  const { run } = window;

  const BLANK = `${["", false, false, ""]}`; // what is shown at an item of which nothing is known
  const ASIDE = "pre, ul, ol, table, .headerlink, .run-how, .run-undone";
  const MARKED = "[data-step], [data-stop], [data-check-before], [data-accept]";

  const isSkipped = (tick) => tick?.how === "skipped"; // it is left to do
  const oldKeys = () => run.oldPrefixes(SITE).flatMap((prefix) => store.keys(prefix));

  // ---- Marks → page

  /* What an element says, without code blocks and lists, or the first paragraph of it. */
  function textOf(element) {
    let said = element.querySelector(":scope > p:not([hidden])") ?? element;
    if (said.querySelector(ASIDE)) {
      said = said.cloneNode(true);
      for (const one of said.querySelectorAll(ASIDE)) one.remove();
    }
    return said.textContent.replace(/\s+/g, " ").trim();
  }

  /* What a stop, a check or a warning begins with. */
  const titleOf = (element) => element.cells?.[0] ?? element.querySelector(".admonition-title") ?? element;

  function markOf(element, isCounted) {
    const { step, stop, checkBefore, accept, words, role, on, of, each, after, check, action, noReturn } = element.dataset;
    let kind = "stop";
    if (step) kind = "step";
    else if (checkBefore) kind = "check";
    else if (accept) kind = "accept";
    const [, section, number] = /^(.*)\/(\d+)$/.exec(step ?? checkBefore ?? "") ?? [null, accept ?? stop];
    return {
      kind, section, ...(number && { number: Number(number) }),
      hash: words ?? parseInt(mark(element.textContent), 36).toString(16).padStart(8, "0"),
      words: run.line(textOf(titleOf(element))),
      role, on, of, each: each ?? "", after: parsed(after), check: parsed(check), action, noReturn: noReturn === "",
      counted: kind === "check" || kind === "accept" || isCounted,
    };
  }

  /* The page as its marks say it, and the element of each mark. A section that counts is a phase. */
  function pageOf(box, article, say) {
    const { active, first, until, procedure, version, start, model } = box.dataset;
    const end = document.getElementById(until);
    const isMarked = article.querySelector("[data-counted]");
    const counts = (step) => (isMarked ? "counted" in step.dataset : !(end?.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING));
    const phases = [{ phase: 0, title: say("before"), name: say("before") }];
    const marks = [];
    const elements = [];
    const sections = [[null]];
    for (const one of article.querySelectorAll(`h2, h3, h4, ${MARKED}`))
      if (one.matches("h2")) sections.push([one]);
      else sections.at(-1).push(one);
    for (const [heading, ...rest] of sections) {
      const isCounted = rest.some((one) => one.dataset.step && counts(one));
      let under = heading;
      let { phase } = phases.at(-1);
      if (heading && (heading.dataset.phase || isCounted)) {
        phase = Number(heading.dataset.phase) || phase + 1;
        const title = textOf(heading);
        phases.push({ phase, title, name: heading.dataset.phase ? say("heading", { phase }) : title });
      }
      for (const element of rest) {
        if (element.matches("h3, h4")) {
          under = element;
          continue;
        }
        const mark = markOf(element, element.dataset.step ? counts(element) : isCounted);
        marks.push({ ...mark, phase, ...(!mark.counted && heading && { under: textOf(under) }) });
        elements.push(element);
      }
    }
    const page = {
      procedure: procedure || location.pathname.slice(SITE.length).replace(/(\/|index)?(\.html)?$/, "") || "index",
      version: version || "-", title: textOf(article.querySelector("h1")), first, active, standby: say("standby"),
      start: parsed(start) ?? {}, model: parsed(model), phases, marks,
    };
    return { page, elements };
  }

  // ---- The page

  /* What a link or the focus leads to is never below the bar. On a phone the footer makes room for it too. The
     properties are not inherited: the page's elements need no new style. */
  function makeRoom(bar) {
    const style = bar?.isConnected ? getComputedStyle(bar) : {};
    const height = bar?.offsetHeight ?? 0;
    document.documentElement.toggleAttribute("data-bar-below", style.position === "fixed");
    for (const one of document.querySelectorAll(":root, .md-footer")) {
      one.style.setProperty("--runbook-height", `${style.position === "sticky" ? height : 0}px`);
      one.style.setProperty("--runbook-below", `${style.position === "fixed" ? height : 0}px`);
    }
  }

  class Runbook {
    constructor(box) {
      this.root = box;
      this.article = box.closest("article");
      this.said = Object.fromEntries([...template(box, "said").querySelectorAll("[data-say]")].map((one) => [one.dataset.say, one.textContent]));
      this.phrases = JSON.parse(box.dataset.phrases);
      this.title = document.title;
      this.whereKey = `${location.pathname} at`;
      this.drawn = new WeakMap(); // element → what is shown there
    }

    // ---- The start, in parts: between them the browser does what is due. Nothing that a reader sees changes but in the last.

    read() {
      const { root: box } = this;
      Object.assign(this, pageOf(box, this.article, (...words) => this.say(...words)));
      run.addOld?.(this.page.marks, this.elements);
      this.bases = run.itemsFor(this.page, null).map(({ base }) => base);
      this.boxes = this.page.marks.map(({ kind, check }) => (
        kind === "step" ? [this.made("step"), check && this.made("report")] : [this.made("box"), this.made("how")]
      ));
      for (const row of this.article.querySelectorAll("tbody tr:not([data-check-before]), .servers li")) {
        const phrase = (row.cells?.[0] ?? row).querySelector("[data-every]")?.dataset.every;
        if (phrase) row.dataset.repeat = phrase;
      }
      this.roles = new Map([[box.dataset.active, "active"], [box.dataset.first, "first"], [box.dataset.becomes, "first"]]);
    }

    appear() {
      const { root: box } = this;
      const target = this.target();
      this.elements.forEach((element, at) => this.furnish(element, this.boxes[at]));
      this.listen();
      box.hidden = false;
      box.classList.add("is-live");
      this.rehearse(attempt(() => sessionStorage.getItem(this.whereKey)) !== null);
      this.keepAnswers();
      const bar = part(box, "bar");
      if (location.hash) makeRoom(bar); // the browser is on its way there
      target?.scrollIntoView();
      if (location.hash === "#run-now") this.actions.next();
      this.askNames();
      new ResizeObserver(() => makeRoom(bar)).observe(bar); // which calls it at first once the page is laid out
      const clock = setInterval(() => {
        if (box.isConnected) this.showBar();
        else clearInterval(clock);
      }, run.MINUTE / 2);
    }

    listen() {
      const { root: box, article } = this;
      article.addEventListener("click", ({ target }) => {
        const button = target.closest(":is(.runbook, [data-item], [data-back]) :is([data-action], [data-open])");
        const item = button?.closest("[data-item]");
        if (button?.dataset.open) this.open(button.dataset.open, item?.dataset.item);
        else if (button) this.actions[button.dataset.action]?.(item);
      });
      article.addEventListener("beforematch", ({ target }) => this.unfold(target.closest("[data-item]"), true));
      article.addEventListener("change", ({ target }) => {
        if (!target.matches(".step-tick")) return;
        const item = this.itemOf(target.closest("[data-item]").dataset.item);
        if (item) this.ticked(item, target);
      });
      box.addEventListener("submit", (event) => {
        event.preventDefault();
        this.submits[event.target.dataset.form]?.(event.submitter?.value);
      });
    }

    /* The section that the address leads to, if in sight: what is added is about to move it. Behind a section that
       has names with it, "#section&active=…", the browser has not gone. */
    target() {
      const [section, names] = location.hash.slice(1).split("&");
      const target = document.getElementById(section);
      const top = target?.getBoundingClientRect().top;
      return names || (top >= 0 && top < innerHeight) ? target : null;
    }

    /* One sentence of a text, to call a box by. */
    sentence(text) {
      return text.replace(/\. .*$/, ".").slice(0, 160);
    }

    say(name, values = {}) {
      return filled(this.said[name], values);
    }

    tell(name, text) {
      const place = this.part(name);
      if (place.textContent !== text) place.textContent = text; // the same words are not announced again
    }

    part(name) {
      return part(this.root, name);
    }

    /* An element of a template, with the words of its parts. */
    made(name, words = {}) {
      const element = document.importNode(template(this.root, name), true).firstElementChild;
      for (const [key, text] of Object.entries(words)) part(element, key).textContent = text;
      return element;
    }

    at(ms) {
      const [[day, time], [today]] = [ms, Date.now()].map((one) => new Date(one).toISOString().slice(0, 16).split("T"));
      return this.say("time", { time: day === today ? time : `${day} ${time}` });
    }

    // ---- Boxes

    furnish(element, [box, more]) {
      const body = part(box, "body");
      if (body) {
        body.append(...element.childNodes, ...(more ? [more] : []));
        element.append(box);
        // A repetition has the number of its step: texts refer to it.
        element.value = [...element.parentElement.children].indexOf(element) + element.parentElement.start;
      } else {
        const place = titleOf(element);
        place.prepend(box);
        place.append(" ", more);
      }
      this.drawn.set(element, BLANK);
    }

    // ---- What is kept

    get place() {
      return { site: SITE, procedure: this.page.procedure, rehearsal: this.rehearsal, old: location.pathname };
    }

    put(writes) {
      for (const [key, text] of writes)
        if (text === null) store.remove(key);
        else store.set(key, text);
    }

    /* Where a run under way is, for the other pages: under-way.js leads back to it. That of a rehearsal is of this tab, and
       says that there is one. */
    keepWhere(text) {
      if (this.rehearsal) attempt(() => sessionStorage.setItem(this.whereKey, text));
      else this.put([[this.whereKey, text]]);
    }

    /* Put back what was changed, but for what has been taken back since. */
    putBack({ writes, traces }) {
      const { undone } = this.load();
      this.put(writes);
      this.change((one) => ({ ...one, undone: run.traces(undone, ...traces) }));
    }

    /* Every entry of storage that may be of a run. */
    kept() {
      return [...store.keys(run.prefix(SITE)), ...oldKeys()].map((key) => [key, store.get(key)]);
    }

    /* The run as it is kept, which another tab may have changed. */
    load() {
      const found = run.load(this.kept(), this.place, this.page);
      this.put(found.writes);
      this.strange = found.strange.length;
      this.gone = found.changed.length;
      this.run = found.run;
      return this.run;
    }

    refresh() {
      const { names } = this.load();
      const kept = JSON.stringify([names, this.rehearsal]);
      if (kept !== this.laid) this.lay(names?.used ? names : null);
      this.laid = kept;
      this.show();
    }

    /* Change the run: another one, or null for values that do not do. */
    change(how) {
      const before = this.load();
      const after = how(before);
      if (after) this.put(run.writes(before, after, this.place));
      this.refresh();
      return Boolean(after);
    }

    /* A rehearsal is of this tab. */
    rehearse(on) {
      const names = this.run?.names;
      this.rehearsal = on;
      if (!on) attempt(() => sessionStorage.removeItem(this.whereKey));
      document.title = on ? this.say("title-rehearsal", this) : this.title;
      this.article.querySelector(".run-rehearsal")?.remove();
      if (on) this.article.prepend(this.made("banner"));
      this.part("rehearsing").hidden = !on;
      this.part("thrown").hidden = true;
      this.refresh();
      // It begins with the names of the real run, and with what is chosen there.
      if (on && names?.used && !this.run.names?.first) this.change((one) => run.withNames(one, this.page, names));
    }

    keepAnswers() {
      const answers = run.answersIn(location.search, parsed(this.root.dataset.answers) ?? {});
      if (answers && answers !== this.run.answers && !this.run.begun) this.change((one) => run.withAnswers(one, answers));
    }

    // ---- Names in the page

    lay(names) {
      this.undone = null; // it was of other names, or of another run
      this.names = names;
      this.root.classList.toggle("is-named", names);
      for (const copy of this.article.querySelectorAll("[data-copy]")) copy.remove();
      for (const span of this.article.querySelectorAll("span[data-role]")) this.name(span, names?.[this.roles.get(span.dataset.role)], span.dataset.role);
      for (const row of this.article.querySelectorAll("[data-repeat]")) this.repeatRow(row);
      this.items = run.itemsFor(this.page, this.run.names);
      this.shown = new Map();
      this.elements.forEach((element, at) => this.repeat(element, this.items.filter(({ base }) => base === this.bases[at])));
      for (const item of this.items) this.label(this.shown.get(item.id), item);
    }

    label(element, item) {
      element.dataset.item = item.id;
      const body = part(element, "body");
      const words = this.names ? textOf(body ?? titleOf(element)) : item.words;
      const box = element.querySelector(".step-tick");
      box.ariaLabel = this.say(`label-${item.kind}`, { ...item, words: this.sentence(words) });
      // The head of a row is called by all that it holds: its words are not said a second time by its box.
      if (item.kind === "check") box.ariaDescription = this.sentence(words);
      if (body) part(element, "short").textContent = words;
    }

    name(span, name, role) {
      if (!name && !span.dataset.words) return; // it never had a name
      span.dataset.words ??= span.textContent;
      if (!name) span.textContent = span.dataset.words;
      else if (span.closest("code")) span.textContent = name;
      else span.textContent = this.say("server", { name, role });
    }

    servers(key) {
      return this.names && run.serversOf(key, this.names, this.page);
    }

    /* What is for several servers stands once for each. */
    repeat(element, items) {
      const single = items.length === 1 && !items[0].server;
      element.hidden = !single;
      if (single) this.shown.set(items[0].id, element);
      else element.after(...items.map((item, number) => {
        const key = item[item.kind === "accept" ? "of" : item.each];
        const copy = this.copy(element, number, item.server, (own) => `${this.servers(own)}` === `${this.servers(key)}`);
        // A copy that does not name its server would look like the others.
        if (!textOf(copy).includes(item.server)) copy.querySelector("strong, .admonition-title, th, td")?.append(" ", this.say("for-server", item));
        this.shown.set(item.id, copy);
        return copy;
      }));
    }

    repeatRow(row) {
      const phrase = row.dataset.repeat;
      const servers = this.servers(this.phrases[phrase]?.[0]);
      row.hidden = Boolean(servers);
      if (servers) row.after(...servers.map((server, number) => this.copy(row, number, server, (key) => key === this.phrases[phrase][0])));
    }

    copy(element, number, server, isMeant) {
      const copy = element.cloneNode(true);
      copy.dataset.copy = "";
      copy.hidden = false;
      for (const span of copy.querySelectorAll("[data-every]")) {
        // In a command a role stands in angle brackets.
        const [key, role] = this.phrases[span.dataset.every] ?? [null, span.textContent.replace(/[<>]/g, "")];
        if (!key || isMeant(key)) this.name(span, server, role);
      }
      for (const code of copy.querySelectorAll("pre > code")) code.tabIndex = 0; // it may scroll
      for (const one of [copy, ...copy.querySelectorAll("[id]")]) {
        if (!one.id) continue; // no id twice, and each command with a copy button of its own
        for (const button of copy.querySelectorAll("[data-clipboard-target]"))
          button.dataset.clipboardTarget = button.dataset.clipboardTarget.replace(one.id, `${one.id}-${number}`);
        one.id += `-${number}`;
      }
      return copy;
    }

    // ---- What is done

    show() {
      this.now = run.current(this.run, this.items);
      for (const item of this.items) this.showItem(this.shown.get(item.id), item, run.tickOf(this.run, item));
      this.showBar();
      this.showMessage();
    }

    showMessage() {
      this.tell("message", [
        this.wrongAddress && this.say("address"), this.strange && this.say("storage"), this.gone && this.say("changed", { count: this.gone }),
        store.full() && this.say("unkept"),
      ].filter(Boolean).join(" "));
    }

    showItem(element, item, tick) {
      const box = element.querySelector(".step-tick");
      box.checked = run.isDone(tick);
      box.indeterminate = Boolean(tick) && !box.checked;
      const how = tick ? tick.how ?? "accepted" : "";
      const isNow = item === this.now;
      const isUndone = !tick && this.undone?.id === item.id;
      const said = tick ? this.say(`by-${how}`, { ...tick, time: [this.at(tick.time), tick.how && tick.by].filter(Boolean).join(", ") }) : "";
      const drawn = `${[how, isNow, isUndone, said]}`;
      if (this.drawn.get(element) === drawn) return;
      this.drawn.set(element, drawn);
      if (tick) element.dataset.how = how;
      else delete element.dataset.how;
      element.classList.toggle("is-current", isNow);
      element.ariaCurrent = isNow ? "step" : null;
      part(element, "undone").hidden = !isUndone;
      part(element, "how").textContent = said;
      const done = part(element, "done");
      if (!done) return;
      done.hidden = !tick;
      if (!tick) delete element.dataset.unfolded;
      this.fold(element, tick && !("unfolded" in element.dataset));
    }

    fold(element, isFolded) {
      const button = action(element, "unfold");
      button.ariaExpanded = !isFolded;
      button.textContent = this.say(isFolded ? "show" : "hide");
      button.ariaLabel = `${button.textContent} ${this.say("the-step", this.itemOf(element.dataset.item))}`;
      part(element, "body").hidden = isFolded && "until-found";
    }

    /* Unfold a step that is done, or fold it again; with `isOpen` it is unfolded in any case. */
    unfold(element, isOpen) {
      this.fold(element, !element.toggleAttribute("data-unfolded", isOpen));
    }

    phase(number) {
      return this.page.phases.find(({ phase }) => phase === number);
    }

    whereOf(item) {
      if (!item) {
        const count = this.items.filter((one) => isSkipped(run.tickOf(this.run, one))).length;
        return this.say(count ? "now-skipped" : "now-done", { count });
      }
      const values = { phase: item.under ?? this.phase(item.phase).name, number: item.number, server: item.at || item.role, other: item.server };
      if (item.kind !== "step") return this.say(`now-${item.kind}`, values);
      if (item.server && item.server !== item.at) return this.say("now-for", values);
      return this.say(values.server ? "now-on" : "now", values);
    }

    showBar() {
      const phases = run.phases(this.run, this.items).map((one) => ({ ...one, done: one.ticks.filter((tick) => !isSkipped(tick)).length }));
      const sum = (key) => phases.reduce((all, one) => all + one[key], 0);
      this.part("phases").replaceChildren(...phases.map(({ phase, done, all }) => {
        const one = this.made("phase", {
          number: done === all ? "✓" : `${done}/${all}`,
          words: this.say("phase-words", { ...this.phase(phase), done, all }),
        });
        one.style.setProperty("--done", done / all);
        one.classList.toggle("is-now", phase === (this.now?.counted && this.now.phase));
        return one;
      }));
      const where = this.whereOf(this.now);
      this.tell("now", where);
      const isUnderWay = this.now && this.run.begun;
      for (const one of this.article.querySelectorAll("[data-back]")) {
        one.hidden = !isUnderWay;
        part(one, "where").textContent = where;
      }
      this.keepWhere(isUnderWay && JSON.stringify({ time: Math.max(...run.timesOf(this.run)), where }));
      this.tell("count", this.say("of", { done: sum("done"), all: sum("all") }));
      this.part("unkept").hidden = !store.full();
      action(this.root, "next").disabled = !this.now;
      this.showServers();
    }

    /* Servers of one state stand together. */
    showServers() {
      const groups = Map.groupBy(run.states(this.run, this.page).filter(({ key, state }) => state || !key), ({ state }) => `${state?.words}`);
      const servers = [...groups.values()].map((all) => {
        const [{ state }] = all;
        const one = this.made(state ? "server" : "unchosen", state?.words);
        all.forEach(({ name, role }, number) => {
          const comma = number < all.length - 1 ? "," : "";
          part(one, "names").append(made("b", { textContent: (name || role) + comma }), " ");
        });
        one.title = one.textContent;
        one.classList.toggle("is-now", all.some(({ name }) => name && name === (this.now?.server || this.now?.at)));
        return one;
      });
      const latest = run.latest(this.run);
      let time = latest && this.say(Date.now() > latest ? "late-short" : "latest-short", { time: this.at(latest) });
      if (run.isPast(this.run, this.items)) time = this.say("past-short");
      if (time) servers.unshift(made("li", { className: "run-bar__latest", textContent: time }));
      this.part("servers").replaceChildren(...servers);
    }

    itemOf(id) {
      return this.items.find((one) => one.id === id);
    }

    ticked(item, box) {
      if (run.tickOf(this.run, item)) {
        // What was skipped or done in another way is opened again by a click, never made done.
        this.change((one) => {
          const after = run.untick(one, item, { time: Date.now() });
          this.undone = { id: item.id, writes: run.writes(after, one, this.place), traces: [one.undone, after.undone] };
          return after;
        });
      } else if (item.kind === "accept") {
        box.checked = false;
        this.open("accept", item.id);
      } else this.change((one) => run.tick(one, item, { time: Date.now() }));
    }

    // ---- Sheets: what fills each when it opens, and what its buttons do. The rest of them come when the menu opens.

    async open(name, id) {
      const turn = this.turn = {};
      this.close();
      if (name === "menu") this.fetch();
      const isThere = name in this.fill || await this.fetch();
      if (turn !== this.turn || !this.root.isConnected) return; // another one has been opened meanwhile, or another page
      if (isThere) {
        this.fill[name](id);
        this.root.querySelector(`[data-sheet="${name}"]`).showModal();
      } else {
        this.open("menu");
        this.tell("menu-said", this.say("unloaded"));
      }
    }

    async fetch() {
      if (await fetched()) this.sheets ??= new window.RunSheets(this);
      return this.sheets;
    }

    close() {
      this.root.querySelector("dialog[open]")?.close();
    }

    fields(name) {
      return this.root.querySelector(`[data-form="${name}"]`).elements;
    }

    fill = {
      menu: () => this.tell("menu-said", ""),
      accept: (id) => {
        this.accepting = id;
        const { initials } = this.fields("accept");
        initials.value = this.run.initials;
        initials.setCustomValidity("");
        this.tell("accept-words", textOf(titleOf(this.shown.get(id))));
      },
    };

    actions = {
      unfold: (element) => this.unfold(element),
      "put-back": () => this.putBack(this.undone),
      next: () => {
        const element = this.shown.get(this.now?.id);
        element?.querySelector(".step-tick").focus();
        // Its box is in sight, however long it is.
        element?.scrollIntoView({ block: element.offsetHeight > innerHeight / 2 ? "start" : "center" });
      },
      close: () => this.close(),
    };

    submits = {
      accept: () => {
        const { initials } = this.fields("accept");
        const item = this.itemOf(this.accepting);
        const by = initials.value.trim();
        // The first ones are those of the run.
        const isKept = this.change((one) => run.tick(run.withInitials(one, one.initials || by) ?? one, item, { time: Date.now(), by }));
        initials.setCustomValidity(isKept ? "" : this.say("initials-needed"));
        if (isKept) this.close();
        else initials.reportValidity();
      },
    };

    // ---- Names

    /* Names in the address are used and kept only if the reader says so. */
    askNames() {
      const offered = run.fromFragment(location.hash, this.page);
      this.wrongAddress = offered === null;
      this.showMessage();
      if (!offered || (this.names && run.toFragment(offered) === run.toFragment(this.names))) return;
      this.offered = offered;
      this.open("asked");
    }
  }

  // ---- What is loaded late, once for all pages: the sheets, and what takes over the form before this one

  const fetched = onCall(say.sheets);
  const fetchedFormer = onCall(say.former);

  // ---- Start

  let runbook = null; // that of the page at hand, once it has started
  let begun = null; // its box

  async function start() {
    const box = document.querySelector("[data-runbook]");
    if (box && box === begun) return;
    begun = box;
    runbook = null;
    if (!box) return makeRoom();
    const one = new Runbook(box);
    if (oldKeys().length) await fetchedFormer(); // if it does not come, they are left alone
    for (const part of ["read", "appear"]) {
      await new Promise((done) => setTimeout(done));
      if (box !== begun) return; // another page has come
      one[part]();
    }
    runbook = one;
  }

  addEventListener("storage", ({ key }) => {
    if (key === null || key.startsWith(run.prefix(SITE))) runbook?.refresh();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) runbook?.refresh();
  });
  addEventListener("hashchange", () => runbook?.askNames());
  follow(start);
})();
