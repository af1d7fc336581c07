/* Runbooks: ticks for steps, and the reader's own names in place of the roles. All of it stays
   in this browser. A step is a numbered item that begins with a role in bold. */
(() => {
  "use strict";

  const MOST = 8; // Standby Servers
  const LONGEST = 64; // characters of a name
  const EACH = "[Ee]ach (?:other )?(?:Standby|Management) Server(?!s)";

  /* ---- Names: plain values, no page ------------------------------------------------------- */

  /* What is wrong with a setup ({active, standby: [name], first}), as the id of a message. */
  function mistake({ active, standby }) {
    const names = [active, ...standby];
    if (!standby.length || standby.length > MOST) return "number";
    if (names.some((name) => name.length > LONGEST)) return "long";
    if (new Set(names).size < names.length) return "twice";
    return "";
  }

  function tidy({ active, standby, first }) {
    const names = standby.map((name) => name.trim()).filter(Boolean);
    return { active: active.trim(), standby: names, first: names.includes(first) ? first : names[0] };
  }

  function fromFragment(fragment) {
    const values = new URLSearchParams(fragment.replace(/^#/, ""));
    if (!values.get("active")) return null;
    const setup = tidy({ active: values.get("active"), standby: values.getAll("standby"), first: values.get("first") });
    return mistake(setup) ? null : setup;
  }

  function toFragment({ active, standby, first }) {
    const values = new URLSearchParams([["active", active], ...standby.map((name) => ["standby", name]), ["first", first]]);
    return `#${values}`;
  }

  /* The servers that a phrase such as "each other Standby Server" stands for, with their role. */
  function serversOf(phrase, { active, standby, first }) {
    if (phrase.includes("management")) return [active, ...standby].map((name) => ({ name, role: "Management Server" }));
    const meant = phrase.includes("other") ? standby.filter((name) => name !== first) : standby;
    return meant.map((name) => ({ name, role: "Standby Server" }));
  }

  /* ---- Storage: a browser may refuse it --------------------------------------------------- */

  const memory = new Map();
  const store = {
    kept: true,
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(key)) ?? memory.get(key);
      } catch {
        return memory.get(key);
      }
    },
    set(key, value) {
      memory.set(key, value);
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        this.kept = false;
      }
    },
    remove(key) {
      memory.delete(key);
      try {
        localStorage.removeItem(key);
      } catch {
        this.kept = false;
      }
    },
  };

  /* ---- The page --------------------------------------------------------------------------- */

  const SETUP = "servers";
  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

  /* In a command a role stands in angle brackets: <Active Server>. */
  const bare = (words) => words.replace(/[<>]/g, "");

  /* The bold role that begins a step, or null. */
  const roleOf = (item) => item.querySelector(":scope > strong:first-child, :scope > p:first-child > strong:first-child");

  class Runbook {
    constructor(root) {
      this.root = root;
      this.article = root.closest("article");
      this.form = part(root, "form");
      this.roles = { [root.dataset.active]: "active", ...(root.dataset.first && { [root.dataset.first]: "first" }) };
      this.markSteps();
      this.markNames();
      root.addEventListener("click", (event) => this.click(event));
      this.form.addEventListener("submit", (event) => this.submit(event));
      this.form.addEventListener("input", () => this.edited());
      this.article.addEventListener("change", (event) => this.ticked(event));
      const shared = fromFragment(location.hash);
      if (shared) store.set(SETUP, shared);
      const stored = store.get(SETUP);
      this.use(stored && !mistake(tidy(stored)) ? tidy(stored) : null);
      root.hidden = false;
      root.classList.add("is-live");
    }

    /* Every step gets an id of its own: its section, its number and its words. */
    markSteps() {
      let section = "";
      let number = 0;
      let counted = true;
      for (const one of this.article.querySelectorAll("h2[id], h3[id], ol > li")) {
        if (one.tagName !== "LI") {
          section = one.id;
          number = 0;
          if (one.id === this.root.dataset.until) counted = false;
        } else if (roleOf(one)?.textContent.startsWith("On ")) {
          number += 1;
          one.dataset.step = `${section}/${number}/${one.textContent.trim()}`;
          one.dataset.counted = counted ? "yes" : "";
        }
      }
    }

    /* Wrap each mention of a server, so that its words can be changed and changed back. */
    markNames() {
      const roles = Object.keys(this.roles).sort((a, b) => b.length - a.length);
      const any = roles.join("|");
      const one = new RegExp(`<(?:${any}|Standby Server)>|(?<!former )(?:[Tt]he )?\\b(?:${any})(?!s)|${EACH}`, "g");
      const walker = document.createTreeWalker(this.article, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        if (text.parentElement.closest("h1, h2, h3, .runbook, .decision-tree, script, template")) continue;
        const found = [...text.data.matchAll(one)];
        for (const match of found.reverse()) {
          const rest = text.splitText(match.index);
          rest.splitText(match[0].length);
          const mark = document.createElement("span");
          mark.className = "server";
          mark.dataset.words = match[0];
          const role = roles.find((name) => bare(match[0]).endsWith(name));
          if (role) mark.dataset.role = role;
          else mark.dataset.each = "";
          rest.replaceWith(mark);
          mark.textContent = match[0];
        }
      }
    }

    /* Show the page for a setup, or with the roles alone for null. */
    use(setup) {
      this.setup = setup;
      for (const copy of this.article.querySelectorAll("[data-copy]")) copy.remove();
      for (const item of this.article.querySelectorAll("[data-step], tbody tr")) item.hidden = false;
      for (const mark of this.article.querySelectorAll(".server")) this.name(mark, this.serverOf(mark));
      if (setup) for (const item of this.article.querySelectorAll("[data-step], tbody tr")) this.repeat(item);
      this.fillForm();
      this.showTicks();
    }

    serverOf(mark) {
      if (!this.setup || !mark.dataset.role) return null;
      return { name: this.setup[this.roles[mark.dataset.role]], role: mark.dataset.role };
    }

    /* Put a name into a mention of a server; in a command the name stands alone. */
    name(mark, server) {
      mark.textContent = !server ? mark.dataset.words : mark.closest("code") ? server.name : `${server.name} (${server.role})`;
    }

    /* Repeat a step that speaks of each server, and a row that begins with it. */
    repeat(item) {
      const phrase = (item.cells?.[0] ?? item).querySelector("[data-each]")?.dataset.words.toLowerCase();
      if (!phrase) return;
      item.after(...serversOf(phrase, this.setup).map((server, number) => {
        const copy = item.cloneNode(true);
        copy.dataset.copy = "";
        copy.querySelector(".step-tick")?.remove();
        if (copy.dataset.step) copy.dataset.step += `/${server.name}`;
        for (const mark of copy.querySelectorAll("[data-each]"))
          if (phrase.endsWith(bare(mark.dataset.words).toLowerCase())) this.name(mark, server);
        for (const element of copy.querySelectorAll("[id]")) this.renew(copy, element, number);
        return copy;
      }));
      item.hidden = true;
    }

    /* A repeated command keeps a copy button of its own. */
    renew(copy, element, number) {
      const old = element.id;
      element.id = `${old}-${number}`;
      for (const button of copy.querySelectorAll("[data-clipboard-target]"))
        button.dataset.clipboardTarget = button.dataset.clipboardTarget.replace(old, element.id);
    }

    /* ---- Ticks ---- */

    get key() {
      return `ticks ${location.pathname} ${this.setup ? toFragment(this.setup) : ""}`;
    }

    steps() {
      return [...this.article.querySelectorAll("[data-step]")].filter((step) => !step.hidden);
    }

    showTicks() {
      const done = new Set(store.get(this.key) ?? []);
      for (const step of this.steps()) {
        let tick = step.querySelector(".step-tick");
        if (!tick) {
          tick = document.createElement("input");
          tick.type = "checkbox";
          tick.className = "step-tick";
          roleOf(step).before(tick);
        }
        tick.ariaLabel = `Done: ${step.textContent.trim()}`;
        tick.checked = done.has(step.dataset.step);
      }
      this.count();
    }

    counted() {
      return this.steps().filter((step) => step.dataset.counted);
    }

    count() {
      const all = this.counted();
      const done = all.filter((step) => step.querySelector(".step-tick").checked).length;
      const bar = part(this.root, "bar");
      bar.max = all.length;
      bar.value = done;
      part(this.root, "count").textContent = this.say(store.kept ? "count" : "unkept").replace("{done}", done).replace("{all}", all.length);
    }

    ticked(event) {
      if (!event.target.matches(".step-tick")) return;
      const done = this.steps().filter((step) => step.querySelector(".step-tick").checked);
      store.set(this.key, done.map((step) => step.dataset.step));
      this.count();
    }

    next() {
      const step = this.counted().find((one) => !one.querySelector(".step-tick").checked);
      step?.querySelector(".step-tick").focus();
      step?.scrollIntoView({ block: "center" });
    }

    /* ---- The form ---- */

    say(name) {
      return this.root.querySelector("template").content.querySelector(`[data-say="${name}"]`).textContent;
    }

    read() {
      const { active, standby, first } = this.form.elements;
      return tidy({ active: active.value, standby: standby.value.split("\n"), first: first?.value });
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
      this.form.elements.first.replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen)));
    }

    edited() {
      this.form.elements.standby.setCustomValidity("");
      if (this.form.elements.first) this.fillFirst(this.read().standby, this.form.elements.first.value);
    }

    submit(event) {
      event.preventDefault();
      const setup = this.read();
      const wrong = mistake(setup);
      if (wrong) {
        this.form.elements.standby.setCustomValidity(this.say(wrong));
        this.form.reportValidity();
        return;
      }
      store.set(SETUP, setup);
      this.address(setup);
      this.use(setup);
    }

    /* An address that carries names carries the present ones. */
    address(setup) {
      if (!fromFragment(location.hash)) return;
      try {
        history.replaceState(history.state, "", setup ? toFragment(setup) : location.pathname + location.search);
      } catch {
        // A page opened from disk may not be allowed to change its address.
      }
    }

    click(event) {
      const action = event.target.closest("[data-action]")?.dataset.action;
      if (action === "next") this.next();
      if (action === "print") window.print();
      if (action === "reset") {
        store.remove(this.key);
        this.showTicks();
      }
      if (action === "clear") {
        store.remove(SETUP);
        this.address(null);
        this.use(null);
      }
    }
  }

  function start() {
    const root = document.querySelector("[data-runbook]:not(.is-live)");
    if (root) new Runbook(root);
  }

  if (window.document$) window.document$.subscribe(start);
  else start();
})();
