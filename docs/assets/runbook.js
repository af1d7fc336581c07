/* Runbooks: ticks for steps, names of servers, notes of what was looked up; all stays in this browser.
   What is a step, the page says. */
(() => {
  "use strict";

  const { attempt, part, action, template, made, filled, follow, store } = window.shared;

  // ---- Core: plain values in and out, no page

  const MOST = 8; // Standby Servers
  const NOTE = 500; // characters of a note
  // Names stand in commands: nothing that a shell reads, and no option.
  const NAME = /^[A-Za-z0-9:_][A-Za-z0-9._:-]{0,63}$/;
  const TIME = /^[1-9]\d{12}$/; // in milliseconds
  // Control characters, ends of lines, and what turns the direction of a text.
  const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
  const EACH = "[Ee]ach (?:other )?(?:Standby|Management) Server(?!s)";

  const isName = (value) => typeof value === "string" && NAME.test(value);
  const trimmed = (text) => text.replace(/^[ \t]+|[ \t]+$/g, "");
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|\/-]/g, "\\$&");

  /* What is wrong with names: the field, a message's id and the name; null for nothing. */
  function mistake({ active, standby }) {
    if (!isName(active)) return { at: "active", say: "shape", name: active };
    if (!standby.length || standby.length > MOST) return { at: "standby", say: "number" };
    const wrong = standby.findIndex((name) => !isName(name));
    if (wrong >= 0) return { at: "standby", say: "shape", name: standby[wrong] };
    return new Set([active, ...standby]).size > standby.length ? null : { at: "standby", say: "twice" };
  }

  /* Which Standby Server has the page's own role: the one that was chosen, the only one, or "" for none yet. */
  const firstOf = (standby, chosen) => (standby.includes(chosen) ? chosen : standby.length === 1 ? standby[0] : "");

  /* A value from outside as a setup, {active, standby: [name], used}, or null. */
  function setupOf(value) {
    const { active, standby, used } = Object(value);
    if (!Array.isArray(standby) || mistake({ active, standby })) return null;
    return { active, standby, used: used !== false };
  }

  const parsed = (text) => attempt(() => setupOf(JSON.parse(text)));

  /* The setup in an address; undefined without names, null with wrong ones. */
  function fromFragment(fragment) {
    if (!/[#&](active|standby)=/.test(fragment)) return undefined;
    const values = new URLSearchParams(fragment.slice(1));
    const [standby, first] = [values.getAll("standby"), values.get("first")];
    const setup = setupOf({ active: values.get("active"), standby });
    return setup && (first === null || standby.includes(first)) ? { ...setup, first: firstOf(standby, first) } : null;
  }

  function toFragment({ active, standby, first }) {
    const values = new URLSearchParams([["active", active], ...standby.map((name) => ["standby", name]), ...(first ? [["first", first]] : [])]);
    return `#${values}`;
  }

  /* The servers that a phrase such as "each other Standby Server" stands for, with their role. */
  function serversOf(phrase, { active, standby, first }) {
    if (phrase.includes("management")) return [active, ...standby].map((name) => ({ name, role: "Management Server" }));
    const meant = phrase.includes("other") ? standby.filter((name) => name !== first) : standby;
    return meant.map((name) => ({ name, role: "Standby Server" }));
  }

  /* A short word to know a text by. */
  function mark(text) {
    let sum = 0;
    for (const letter of text.replace(/\s+/g, " ").trim()) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
    return (sum >>> 0).toString(36);
  }

  /* Ticks are a Map, id → time. A step is {step, each, server}: its id; if it is for each of several
     servers, their phrase; if it is a repetition, its server. */
  const idOf = ({ step, server }) => (server ? `${step} ${server}` : step);
  const idsOf = ({ step, each }, names) => (each && names ? serversOf(each, names).map(({ name }) => `${step} ${name}`) : []);

  /* Without names, a step for each server is done where it was for all that had names. */
  function isDone(ticks, step, names) {
    if (ticks.has(idOf(step))) return true;
    const ids = step.server ? [] : idsOf(step, names);
    return ids.length > 0 && ids.every((id) => ticks.has(id));
  }

  function withTick(ticks, step, names, time) {
    return new Map(ticks).set(idOf(step), time);
  }

  function withoutTick(ticks, step, names) {
    const left = new Map(ticks);
    left.delete(idOf(step));
    if (isDone(left, step, names)) for (const id of idsOf(step, names)) left.delete(id);
    return left;
  }

  /* Names have come: a tick of a step for each server is one for every server. */
  function spread(ticks, steps, names) {
    const all = new Map(ticks);
    for (const step of steps) {
      const ids = idsOf(step, names);
      if (!ids.length || !all.has(step.step)) continue;
      for (const id of ids) if (!all.has(id)) all.set(id, all.get(step.step));
      all.delete(step.step);
    }
    return all;
  }

  const timeOf = (text) => (TIME.test(text) ? Number(text) : 0);
  const noteOf = (text) => text.replace(UNSEEN, " ").slice(0, NOTE);

  const script = document.currentScript;
  // For the tests.
  script.core = { escaped, firstOf, fromFragment, isDone, mark, mistake, noteOf, parsed, spread, timeOf, toFragment, withTick, withoutTick };

  // ---- Storage: its keys

  const SITE = `${script.src ? new URL("..", script.src).pathname : "/"} v2`;
  const NAMES = `${SITE} names`;
  // Each role of a page has its own choice: the server that is upgraded first is not the one that is maintained later.
  const FIRST = `${SITE} first `;

  // ---- The page

  /* In a command a role stands in angle brackets: <Active Server>. */
  const bare = (words) => words.replace(/[<>]/g, "");

  const stepOf = ({ dataset: { step, each, server } }) => ({ step, each, server });

  /* Sections begin below the bar where it stays at the top. */
  function makeRoom(root) {
    const fixed = root?.isConnected && getComputedStyle(root).position === "sticky";
    document.documentElement.style.setProperty("--runbook-height", `${fixed ? root.offsetHeight : 0}px`);
  }

  class Runbook {
    constructor(root) {
      this.root = root;
      this.article = root.closest("article");
      this.form = part(root, "form");
      this.roles = new Map([[root.dataset.active, "active"], [root.dataset.first, "first"]].filter(([role]) => role));
      this.path = `${SITE} tick ${location.pathname} `;
      const target = this.target();
      this.markSteps();
      this.markNames();
      root.addEventListener("click", (event) => this.actions[event.target.closest("[data-action]")?.dataset.action]?.());
      this.form.addEventListener("submit", (event) => this.submit(event));
      this.form.addEventListener("input", () => this.edited());
      this.article.addEventListener("change", (event) => this.ticked(event));
      root.hidden = false;
      root.classList.add("is-live");
      this.refresh();
      makeRoom(root);
      target?.scrollIntoView();
      this.askNames();
      new ResizeObserver(() => makeRoom(root)).observe(root);
    }

    /* The section that the address leads to, if in sight: bar and names are about to move it. */
    target() {
      const target = this.article.querySelector(":target");
      const top = target?.getBoundingClientRect().top;
      return top >= 0 && top < innerHeight ? target : null;
    }

    /* A step is known by its section, its number and its words. */
    markSteps() {
      const end = document.getElementById(this.root.dataset.until);
      for (const step of this.article.querySelectorAll("[data-step]")) {
        step.dataset.step += `/${mark(step.textContent)}`;
        step.dataset.counted = end?.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING ? "" : "yes";
      }
    }

    markNames() {
      const roles = [...this.roles.keys()].sort((a, b) => b.length - a.length);
      const any = roles.map(escaped).join("|") || "(?!)";
      const one = new RegExp(`<(?:${any}|Standby Server)>|(?<!former )(?:[Tt]he )?(?<!\\w)(?:${any})(?!s)|${EACH}`, "g");
      const walker = document.createTreeWalker(this.article, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        if (text.parentElement.closest("h1, h2, h3, .runbook, .look-up, .decision-tree, script, template")) continue;
        const found = [...text.data.matchAll(one)];
        for (const match of found.reverse()) {
          const rest = text.splitText(match.index);
          rest.splitText(match[0].length);
          const span = made("span", { className: "server" });
          span.dataset.words = match[0];
          const role = roles.find((name) => bare(match[0]).endsWith(name));
          if (role) span.dataset.role = role;
          else span.dataset.every = "";
          rest.replaceWith(span);
          span.textContent = match[0];
        }
      }
      for (const item of this.article.querySelectorAll("[data-step], tbody tr")) {
        const phrase = (item.cells?.[0] ?? item).querySelector("[data-every]")?.dataset.words.toLowerCase();
        if (phrase) item.dataset.each = phrase;
      }
    }

    /* Take what is kept, which another tab may have changed. */
    refresh() {
      const kept = store.get(NAMES);
      const chosen = store.get(FIRST + this.root.dataset.first);
      const names = parsed(kept);
      this.names = names && { ...names, first: firstOf(names.standby, chosen) };
      this.spoilt = kept !== null && !this.names;
      if (`${kept} ${chosen}` === this.kept) this.showTicks();
      else this.use(this.names?.used ? this.names : null);
      this.kept = `${kept} ${chosen}`;
    }

    use(setup) {
      this.setup = setup;
      for (const copy of this.article.querySelectorAll("[data-copy]")) copy.remove();
      for (const item of this.article.querySelectorAll("[data-each]")) item.hidden = false;
      for (const span of this.article.querySelectorAll(".server")) this.name(span, this.serverOf(span));
      if (setup) for (const item of this.article.querySelectorAll("[data-each]")) this.repeat(item);
      this.fillForm();
      this.showTicks();
    }

    serverOf(span) {
      const name = this.setup?.[this.roles.get(span.dataset.role)];
      return name ? { name, role: span.dataset.role } : null;
    }

    name(span, server) {
      span.textContent = !server ? span.dataset.words : span.closest("code") ? server.name : `${server.name} (${server.role})`;
    }

    /* A step that speaks of each server, and a row that begins with it, stands once for every one. */
    repeat(item) {
      const phrase = item.dataset.each;
      if (phrase.includes("other") && !this.setup.first) return; // which are the others is not known yet
      item.after(...serversOf(phrase, this.setup).map((server, number) => {
        const copy = item.cloneNode(true);
        copy.dataset.copy = "";
        copy.dataset.server = server.name;
        delete copy.dataset.each;
        copy.querySelector(".step-tick")?.remove();
        for (const span of copy.querySelectorAll("[data-every]"))
          if (phrase.endsWith(bare(span.dataset.words).toLowerCase())) this.name(span, server);
        for (const element of [copy, ...copy.querySelectorAll("[id]")]) this.renew(copy, element, number);
        return copy;
      }));
      item.hidden = true;
    }

    /* No id twice, and each command with a copy button of its own. */
    renew(copy, element, number) {
      const old = element.id;
      if (!old) return;
      element.id = `${old}-${number}`;
      for (const button of copy.querySelectorAll("[data-clipboard-target]"))
        button.dataset.clipboardTarget = button.dataset.clipboardTarget.replace(old, element.id);
    }

    // ---- Ticks

    steps() {
      return [...this.article.querySelectorAll("[data-step]")].filter((step) => !step.hidden);
    }

    /* What is no tick is left alone. */
    get ticks() {
      const entries = store.keys(this.path).map((key) => [key.slice(this.path.length), timeOf(store.get(key))]);
      const ticks = new Map(entries.filter(([, time]) => time));
      this.strange = ticks.size < entries.length;
      return ticks;
    }

    /* An entry for each tick: other tabs have theirs. */
    set ticks(wanted) {
      const { ticks } = this;
      for (const id of ticks.keys()) if (!wanted.has(id)) store.remove(this.path + id);
      for (const [id, time] of wanted) if (!ticks.has(id)) store.set(this.path + id, String(time));
    }

    showTicks() {
      if (this.setup) this.ticks = spread(this.ticks, [...this.article.querySelectorAll("[data-step][data-each]")].map(stepOf), this.setup);
      const { ticks } = this;
      for (const step of this.steps()) {
        let tick = step.querySelector(".step-tick");
        if (!tick) {
          tick = made("input", { type: "checkbox", className: "step-tick", autocomplete: "off" });
          step.querySelector("strong").before(tick); // the role that it begins with
        }
        tick.ariaLabel = this.say("done", { step: step.textContent.trim() });
        tick.checked = isDone(ticks, stepOf(step), this.names);
      }
      this.count(ticks);
      part(this.root, "message").textContent = [
        this.wrongAddress && this.say("address"), (this.spoilt || this.strange) && this.say("storage"),
      ].filter(Boolean).join(" ");
    }

    done(steps) {
      return steps.filter((step) => step.querySelector(".step-tick").checked);
    }

    counted() {
      return this.steps().filter((step) => step.dataset.counted);
    }

    count(ticks) {
      const all = this.counted();
      const done = this.done(all).length;
      const bar = part(this.root, "bar");
      bar.max = all.length;
      bar.value = done;
      this.tell("count", this.say(store.full() ? "unkept" : "count", { done, all: all.length }));
      const first = ticks.size && new Date(Math.min(...ticks.values()));
      part(this.root, "begun").replaceChildren(!first ? this.say("not-begun") : made("time", {
        dateTime: first.toISOString(), textContent: first.toLocaleString([], { dateStyle: "medium", timeStyle: "short" }),
      }));
      action(this.root, "reset").disabled = !ticks.size;
      this.tell("loss", this.say("loss", { done: this.done(this.steps()).length }));
    }

    ticked({ target }) {
      if (!target.matches(".step-tick")) return;
      const step = stepOf(target.closest("[data-step]"));
      this.ticks = (target.checked ? withTick : withoutTick)(this.ticks, step, this.names, Date.now());
      this.showTicks();
    }

    show(name, focus) {
      for (const one of ["reset", "undo"]) part(this.root, one).hidden = one !== name;
      focus.focus();
    }

    actions = {
      next: () => {
        const step = this.counted().find((one) => !one.querySelector(".step-tick").checked);
        step?.querySelector(".step-tick").focus();
        step?.scrollIntoView({ block: "center" });
      },
      print: () => print(),
      reset: () => this.show("reset", part(this.root, "reset")),
      "reset-no": () => this.show("", action(this.root, "reset")),
      "reset-yes": () => {
        this.removed = this.ticks;
        this.ticks = new Map();
        this.showTicks();
        this.show("undo", action(this.root, "undo"));
      },
      undo: () => {
        this.ticks = new Map([...this.removed, ...this.ticks]);
        this.showTicks();
        this.show("", action(this.root, "reset"));
      },
      clear: () => {
        if (this.names) this.keep({ ...this.names, used: false });
        else store.remove(NAMES);
        this.address(null);
        this.refresh();
      },
      "names-yes": () => {
        this.keep(this.offered);
        this.answered();
      },
      "names-no": () => {
        this.address(null);
        this.answered();
      },
    };

    // ---- Names

    tell(name, text) {
      part(this.root, name).textContent = text;
    }

    say(name, values = {}) {
      return filled(template(this.root, "said").querySelector(`[data-say="${name}"]`).textContent, values);
    }

    keep({ active, standby, first, used }) {
      store.set(NAMES, JSON.stringify({ active, standby, used }));
      if (first && this.root.dataset.first) store.set(FIRST + this.root.dataset.first, first);
      this.refresh();
    }

    /* Names in the address are used and kept only if the reader says so. */
    askNames() {
      const offered = fromFragment(location.hash);
      this.wrongAddress = offered === null;
      this.showTicks();
      const asks = offered && !(this.setup && toFragment(offered) === toFragment(this.setup));
      this.offered = asks ? offered : null;
      const box = part(this.root, "names");
      box.hidden = !asks;
      if (!asks) return;
      const standby = serversOf("", offered).map(({ name, role }) => [name === offered.first && this.root.dataset.first || role, name]);
      part(box, "list").replaceChildren(...[[this.root.dataset.active, offered.active], ...standby].map(([role, name]) => made("li", { textContent: `${role}: ${name}` })));
      part(box, "instead").hidden = !this.setup;
      box.focus();
    }

    answered() {
      part(this.root, "names").hidden = true;
      this.root.querySelector("summary").focus();
    }

    read() {
      const { active, standby, first } = this.form.elements;
      const names = standby.value.split("\n").map(trimmed).filter(Boolean);
      const chosen = first ? first.value : this.setup?.first;
      return { active: trimmed(active.value), standby: names, first: firstOf(names, chosen), used: true };
    }

    fillForm() {
      const { active, standby, first } = this.form.elements;
      active.value = this.setup?.active ?? "";
      standby.value = this.setup?.standby.join("\n") ?? "";
      if (first) this.fillFirst(this.setup?.standby ?? [], this.setup?.first);
      const link = part(this.root, "link");
      link.hidden = !this.setup;
      if (this.setup) link.href = toFragment(this.setup);
    }

    fillFirst(names, chosen) {
      const options = names.map((name) => new Option(name, name, false, name === chosen));
      if (!chosen && names.length > 1) options.unshift(new Option(this.say("choose"), ""));
      this.form.elements.first.replaceChildren(...options);
    }

    edited() {
      const { active, standby, first } = this.form.elements;
      for (const field of [active, standby, first]) field?.setCustomValidity("");
      if (first) this.fillFirst(this.read().standby, first.value);
    }

    submit(event) {
      event.preventDefault();
      const setup = this.read();
      const wrong = mistake(setup) ?? (this.form.elements.first && !setup.first ? { at: "first", say: "choose" } : null);
      if (wrong) {
        this.form.elements[wrong.at].setCustomValidity(this.say(wrong.say, wrong));
        this.form.reportValidity();
        return;
      }
      this.address(setup);
      this.keep(setup);
    }

    /* An address that carries names carries the present ones. */
    address(setup) {
      if (fromFragment(location.hash) === undefined) return;
      // A page opened from disk may not be allowed to.
      attempt(() => history.replaceState(history.state, "", setup ? toFragment(setup) : location.pathname + location.search));
      this.wrongAddress = false;
      part(this.root, "names").hidden = true;
    }
  }

  // ---- Notes of what was looked up

  const FIELDS = ".look-up input";
  const keyOf = (field) => `${SITE} note ${mark(field.closest("label").textContent)}`;

  function showNote(field, text) {
    if (field.value !== text) field.value = text;
    field.closest("label").dataset.note = text; // for paper
  }

  function showNotes() {
    for (const box of document.querySelectorAll(".look-up")) {
      let spoilt = false;
      for (const field of box.querySelectorAll("input")) {
        const kept = store.get(keyOf(field)) ?? "";
        if (kept === noteOf(kept)) showNote(field, kept);
        else spoilt = true;
      }
      part(box, "spoilt").hidden = !spoilt;
    }
  }

  function note(field) {
    showNote(field, noteOf(field.value));
    if (field.value) store.set(keyOf(field), field.value);
    else store.remove(keyOf(field));
    part(field.closest(".look-up"), "unkept").hidden = !store.full();
  }

  // ---- Start

  let runbook = null; // that of the page at hand

  function start() {
    showNotes();
    const root = document.querySelector("[data-runbook]");
    if (!root) makeRoom(runbook = null);
    else if (!root.classList.contains("is-live")) runbook = new Runbook(root);
  }

  function refresh() {
    showNotes();
    runbook?.refresh();
  }

  document.addEventListener("input", ({ target }) => target.matches(FIELDS) && note(target));
  addEventListener("storage", ({ key }) => (key === null || key.startsWith(SITE)) && refresh());
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
  addEventListener("hashchange", () => runbook?.askNames());
  follow(start);
})();
