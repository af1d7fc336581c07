/* The sheets of a run that are loaded when its menu is opened: one step, record, time, rehearsal, paper, reset.
   The page that they belong to is a Runbook of runbook.js; what a run is, run-core.js and run-record.js know. */
(() => {
  "use strict";

  const { action, attempt, filled, made, part, save, store } = window.shared;
  const { run } = window;

  const LARGEST = 1 << 20; // bytes of a file that is read at all

  /* The words of an element, without what a run has put into it. A term is a button, and one of its words. */
  function said(element) {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll("[data-part], button:not([data-term]), pre, ul, ol, table, .headerlink")) one.remove();
    return run.line(copy.textContent.replace(/\s+/g, " "));
  }

  /* Write in a field as the reader would. */
  function enter(field, text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Say what is wrong with a field, until one of these fields is written in. Gives whether nothing is. */
  function isRight(field, mistake, written = [field]) {
    field.setCustomValidity(mistake);
    for (const one of written) one.addEventListener("input", () => field.setCustomValidity(""), { once: true });
    return field.reportValidity();
  }

  const iso = (ms) => new Date(ms).toISOString();

  window.RunSheets = class {
    constructor(book) {
      this.book = book;
      this.form = book.part("form");
      this.form.addEventListener("input", () => this.edited());
      this.readStatus();
      Object.assign(book.fill, this.fill);
      this.fill.menu(); // which may be open already
      Object.assign(book.actions, this.actions);
      Object.assign(book.submits, { names: () => this.useNames(), step: (how) => this.doStep(how), time: () => this.keepTime() });
      book.root.addEventListener("change", ({ target }) => {
        if (target === book.part("file")) this.readFile(target.files[0]);
        else if (target === book.part("record-form")) this.fill.record();
        else if (target === book.part("initials")) this.keepInitials(target);
        else if (target.name === "which") this.fill.step(target.value);
      });
      book.root.addEventListener("input", ({ target }) => {
        const form = target.form?.dataset.form;
        this.typed.add(form);
        // However the sheet is left, the note is kept.
        if (form === "step" && target.name === "note") this.keepNote();
      });
      // Where the page says to continue is not to be behind the sheet.
      book.part("thrown-cells").addEventListener("click", ({ target }) => {
        if (target.closest("a")) book.close();
      });
      const drop = book.part("drop");
      // Enter in a field would press the first button of the sheet, whatever was meant.
      book.root.querySelector('[data-form="step"]').addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
      });
      drop.addEventListener("dragover", (event) => event.preventDefault());
      drop.addEventListener("drop", (event) => {
        event.preventDefault();
        this.readFile(event.dataTransfer.files[0]);
      });
    }

    /* The forms with something typed that is not used yet, and the step whose reason that is: a sheet that is closed and opened again
       still has it. */
    typed = new Set();
    step = null;

    /* What fills each sheet when it opens. */
    fill = {
      menu: () => {
        const { names } = this.book;
        const servers = names ? [names.active, ...names.standby] : [];
        this.book.part("chips").replaceChildren(...servers.map((name) => made("span", { className: "run-chip", textContent: name })));
        this.book.tell("menu-said", "");
      },
      step: (id = this.book.now?.id) => {
        const { book } = this;
        const { which: choice, note, report, reason } = book.fields("step");
        const items = book.items.filter(({ kind }) => kind !== "accept");
        const base = id?.split(" ")[0]; // names that have come or gone in another tab make one step several, or several one
        const item = items.find((one) => one.id === id) ?? items.find((one) => one.base === base) ?? items.find((one) => !run.tickOf(book.run, one)) ?? items[0];
        choice.replaceChildren(...items.map((one) => new Option(this.entry(one), one.id, false, one === item)));
        note.value = book.run.notes[item.id] ?? "";
        report.value = "";
        if (this.step !== item.id) reason.value = run.tickOf(book.run, item)?.reason ?? "";
        this.step = item.id;
        book.part("report").hidden = !item.check || !this.status;
        for (const name of ["override", "same", "code"]) book.part(name).hidden = true;
        for (const name of ["verdict", "step-said"]) book.tell(name, "");
      },
      record: () => {
        const { book } = this;
        book.part("initials").value = book.run.initials;
        book.part("record-text").value = run[book.part("record-form").value](this.whole(), this.told(), book.said);
        book.part("record-said").replaceChildren();
      },
      names: () => {
        if (!this.typed.has("names")) this.fillForm();
      },
      asked: () => {
        const { book, book: { page } } = this;
        const { active, first, standby } = book.offered;
        const roleOf = (name) => (name === first && page.first) || page.standby;
        const servers = [{ role: page.active, name: active }, ...standby.map((name) => ({ role: roleOf(name), name }))];
        book.part("list").replaceChildren(...servers.map((server) => made("li", { textContent: book.say("role", server) })));
        book.part("instead").hidden = !book.names;
      },
      time: () => {
        if (!this.typed.has("time")) this.fillTime();
      },
      rehearsal: () => {
        const { book, book: { root, rehearsal } } = this;
        const count = store.keys(`${this.ofRehearsal()}ticks `).length;
        const isOffered = !rehearsal && count > 0;
        let next = isOffered ? "rehearsal-continue" : "rehearsal-start";
        if (rehearsal) next = "rehearsal-end";
        book.tell("rehearsal-last", isOffered ? book.say("rehearsal-last", { count }) : "");
        action(root, "rehearse").textContent = book.say(next);
        action(root, "rehearse-anew").hidden = !isOffered;
        action(root, "throw").hidden = !rehearsal;
      },
      print: () => {},
      reset: () => {
        const { book } = this;
        const prefix = run.runPrefix(book.place);
        const own = store.keys(prefix).map((key) => key.slice(prefix.length)).filter((key) => key.includes(" "));
        book.tell("loss", book.say("loss", { done: own.filter((key) => key.startsWith("ticks ")).length }));
        book.part("before-reset").hidden = false;
        book.part("undo").hidden = true;
        action(book.root, "reset-yes").disabled = !own.length;
      },
    };

    actions = {
      copy: async () => {
        const text = this.book.part("record-text");
        const isCopied = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
        if (!isCopied) text.select();
        this.book.tell("record-said", this.book.say(isCopied ? "copied" : "not-copied"));
      },
      "save-record": () => this.save(this.book.part("record-text").value, this.book.part("record-form").value === "asText" ? "txt" : "md"),
      "save-run": () => this.save(run.asFile(this.whole(), this.told()), "json"),
      "take-up": () => this.takeUp(),
      "take-up-no": () => this.book.part("record-said").replaceChildren(),
      "own-times": () => {
        this.book.change((one) => run.withPlan(one, { ...one.plan, minutes: run.again(one, this.book.page).plan.minutes }));
        this.fillTime();
      },
      rehearse: () => {
        this.book.rehearse(!this.book.rehearsal);
        this.book.close();
      },
      "rehearse-anew": () => {
        this.book.put(store.keys(this.ofRehearsal()).map((key) => [key, null]));
        this.book.rehearse(true);
        this.book.close();
      },
      throw: () => this.throwIn(),
      clear: () => {
        this.address(null);
        this.rename(null);
      },
      "names-yes": () => this.rename(this.book.offered),
      "names-no": () => {
        this.address(null);
        this.book.close();
      },
      print: () => this.print(),
      "print-blank": () => this.print(false),
      "print-filled": () => this.print(true),
      "reset-yes": () => this.reset(),
      undo: () => {
        const { book } = this;
        // What has been written over what was taken up stays.
        for (const [field, text] of this.removed.looked ?? []) if (field.value === text) enter(field, "");
        if (book.rehearsal === this.was) book.putBack(this.removed);
        else {
          book.put(this.removed.writes);
          book.rehearse(this.was);
        }
        dispatchEvent(new StorageEvent("storage")); // everything of this site looks again at what is kept
        book.close();
      },
    };

    // ---- One step

    /* An item in a list. */
    entry(item) {
      const { book } = this;
      const words = book.say(item.kind === "step" ? "item-step" : "item-other", { ...item, phase: item.under ?? book.phase(item.phase).name, words: book.sentence(item.words) });
      return item.server ? book.say("item-server", { item: words, server: item.server }) : words;
    }

    keepNote() {
      const { book } = this;
      const { which: choice, note } = book.fields("step");
      const item = book.itemOf(choice.value);
      if (item) book.change((one) => run.note(one, item, note.value));
    }

    /* Show a step that is not on the page any more as what it has become, with what was typed for it. */
    follow(id) {
      const { book } = this;
      const { note, reason } = book.fields("step");
      const [noted, why] = [note.value, reason.value];
      this.fill.step(id);
      [note.value, reason.value] = [noted, why];
      this.keepNote();
      book.tell("step-said", book.say("step-changed"));
    }

    doStep(how) {
      const { book } = this;
      const { which: choice, report, reason } = book.fields("step");
      const item = book.itemOf(choice.value);
      if (!item) {
        this.follow(choice.value);
        return;
      }
      this.keepNote();
      if (how === "note") {
        book.tell("step-said", book.say("saved"));
        return;
      }
      const isChecked = how === "checked";
      // The report as it is now: it may have changed since it was checked.
      const { isHealthy, showed } = isChecked || how === "overridden" ? this.judge(item, report.value) : {};
      if (isChecked && !isHealthy) {
        book.part("override").hidden = false;
        return;
      }
      const isKept = book.change((one) => run.tick(one, item, { time: Date.now(), how, reason: isChecked ? "" : reason.value, report: showed }));
      if (isKept) {
        this.step = null;
        book.close();
      } else {
        book.tell("step-said", book.say("reason-needed"));
        reason.focus();
      }
    }

    // ---- Steps that a report checks

    /* What the core of the status reader decides by, and its findings in words; null on a page that does not say. */
    readStatus() {
      const data = this.book.root.querySelector('[data-template="status"]');
      const all = data ? [...data.content.querySelectorAll("[data-finding]")] : [];
      this.status = data && {
        page: data.dataset.page, rules: JSON.parse(data.dataset.rules), findings: new Map(all.map(({ dataset, textContent }) => [dataset.finding, textContent])),
      };
    }

    /* The verdict on a report, said: {isHealthy: whether nothing is against the step, showed: its servers with their states, and what
       is against it, if there is a report}. */
    judge(item, text) {
      const { book } = this;
      const { rules, findings, page } = this.status;
      const { same } = book.fields("step");
      const { servers, other, against, code } = run.judgeStep(text, item, {
        rules, now: Date.now(), serversOf: (key) => book.servers(key), isConfirmed: (label) => same.checked && same.value === label,
      });
      const unnamed = book.say("report-unnamed");
      const said = against.map(([id, values = {}]) => (findings.has(id) ? filled(findings.get(id), values) : book.say(id, { ...values, found: values.found || unnamed })));
      const states = servers.map((one) => book.say("report-state", { server: one.label || unnamed, code: one.code || book.say("dash") }));
      book.part("same").hidden = other === null;
      if (other !== null && same.checked && same.value === other) states.push(book.say("report-of", { server: item.at }));
      else Object.assign(same, { value: other ?? "", checked: false });
      book.part("code").hidden = !code;
      if (code) book.part("code").replaceChildren(made("a", { href: `${page}#${code}`, textContent: book.say("report-code", { code }) }));
      book.tell("verdict", said.length ? [...said, ...states].join(" ") : "");
      return { isHealthy: !said.length, showed: servers.length ? [...states, ...said].join(" ") : undefined };
    }

    // ---- Names

    read() {
      const { active, standby, first } = this.form.elements;
      const names = standby.value.split("\n").map((name) => name.replace(/^[ \t]+|[ \t]+$/g, "")).filter(Boolean);
      return { active: active.value.replace(/^[ \t]+|[ \t]+$/g, ""), standby: names, first: run.firstOf(names, first ? first.value : "") };
    }

    fillForm() {
      const { active, standby, first } = this.form.elements;
      const { names } = this.book;
      this.book.part("renamed").hidden = true;
      active.value = names?.active ?? "";
      standby.value = names?.standby.join("\n") ?? "";
      if (first) this.fillFirst(names?.standby ?? [], names?.first);
      const link = this.book.part("link");
      link.hidden = !names;
      if (names) link.href = run.toFragment(names);
    }

    fillFirst(names, chosen) {
      const options = names.map((name) => new Option(name, name, false, name === chosen));
      if (!chosen && names.length > 1) options.unshift(new Option(this.book.say("choose"), ""));
      this.form.elements.first.replaceChildren(...options);
    }

    edited() {
      const { active, standby, first } = this.form.elements;
      for (const field of [active, standby, first]) field?.setCustomValidity("");
      if (first) this.fillFirst(this.read().standby, first.value);
    }

    useNames() {
      const names = this.read();
      const wrong = run.mistake(names) ?? (this.book.page.first && !names.first ? { at: "first", say: "choose" } : null);
      if (wrong) {
        this.form.elements[wrong.at].setCustomValidity(this.book.say(wrong.say, wrong));
        this.form.reportValidity();
        return;
      }
      const { same } = this.form.elements;
      const gone = this.ticked(names);
      if (gone && !(same.checked && same.value === gone)) {
        this.book.part("renamed").hidden = false;
        this.book.tell("renamed-words", this.book.say("renamed", { names: gone }));
        Object.assign(same, { value: gone, checked: false });
        same.focus();
        return;
      }
      this.address(names);
      this.rename(names);
    }

    /* The names that are no more among these, if something is ticked; else "". What is ticked was done on those servers. */
    ticked({ active, standby }) {
      const { names, run: { ticks } } = this.book;
      if (!names || !Object.keys(ticks).length) return "";
      return [names.active, ...names.standby].filter((name) => ![active, ...standby].includes(name)).join(", ");
    }

    rename(names) {
      const { book } = this;
      this.typed.delete("names");
      book.change((one) => run.withNames(one, book.page, names));
      book.close();
    }

    /* An address that carries names carries the present ones. */
    address(names) {
      if (run.fromFragment(location.hash, this.book.page) === undefined) return;
      const section = /^#[^&=]+(?=&)/.exec(location.hash)?.[0] ?? "";
      const address = names ? run.toFragment(names) : location.href.split("#")[0] + section;
      // A page opened from disk may not be allowed to.
      attempt(() => history.replaceState(history.state, "", address));
      this.book.wrongAddress = false;
    }

    /* Change what is kept; `removed` is what undoes it. */
    undoable(change) {
      const { book } = this;
      this.was = book.rehearsal;
      const before = new Map(book.kept());
      const { undone } = book.load();
      this.typed.clear();
      change();
      book.undone = null; // what was taken back was of the run before
      this.removed = { writes: run.toWrite(new Map(book.kept()), before), traces: [undone, book.load().undone] };
    }

    ofRehearsal() {
      return run.runPrefix({ ...this.book.place, rehearsal: true });
    }

    // ---- Reset

    reset() {
      const { book } = this;
      const fresh = run.again(book.load(), book.page);
      this.undoable(() => {
        book.put(store.keys(run.runPrefix(book.place)).map((key) => [key, null]));
        book.put(run.writes(run.empty(book.page, book.rehearsal), fresh, book.place));
      });
      book.refresh();
      for (const name of ["before-reset", "thrown"]) book.part(name).hidden = true;
      book.part("undo").hidden = false;
      action(book.part("undo"), "undo").focus();
    }

    // ---- Record

    save(text, kind) {
      const { book } = this;
      const name = `${book.page.procedure.replace(/\W+/g, "-")}${book.rehearsal ? "-rehearsal" : ""}-${iso(Date.now()).slice(0, 10)}.${kind}`;
      save(name, text, kind === "json" ? "application/json" : undefined);
    }

    keepInitials(field) {
      const { book } = this;
      const isKept = book.change((one) => run.withInitials(one, field.value.trim()));
      field.setCustomValidity(isKept ? "" : book.say("initials"));
      field.reportValidity();
    }

    async readFile(file) {
      const { book } = this;
      if (!file) return;
      const text = file.size > LARGEST ? "" : await file.text().catch(() => "");
      book.part("file").value = "";
      const found = file.size > LARGEST ? { mistake: "size" } : run.fromFile(text, book.page);
      this.found = found.mistake ? null : found;
      if (found.mistake) book.tell("record-said", book.say(`mistake-${found.mistake}`, found));
      else this.offer(found.run);
    }

    /* What a file holds, before it is taken up. */
    offer(theirs) {
      const { book } = this;
      const time = (ms) => (ms ? this.dated(ms) : book.say("dash"));
      const namesOf = ({ names }) => (names ? [names.active, ...names.standby].join(", ") : book.say("no-names-short"));
      const lines = [
        theirs.rehearsal && book.say("take-up-rehearsal"),
        namesOf(theirs) !== namesOf(book.run) && book.say("take-up-names", { theirs: namesOf(theirs), own: namesOf(book.run) }),
        ...run.doubts(theirs, book.page, Date.now()).map((key) => book.say(key)),
      ].filter(Boolean);
      const box = book.made("take-up", { "take-up-words": book.say("take-up", {
        by: theirs.initials || book.say("nobody"), count: Object.keys(theirs.ticks).length, own: Object.keys(book.run.ticks).length,
        begun: time(theirs.begun), last: time(Math.max(0, ...run.timesOf(theirs))),
      }) });
      part(box, "take-up-list").append(...lines.map((textContent) => made("li", { textContent })));
      book.part("record-said").replaceChildren(box);
      action(box, "take-up").focus();
    }

    dated(ms) {
      return this.book.say("time", { time: iso(ms).slice(0, 16).replace("T", " ") });
    }

    /* The run with what was looked up for it on this page. */
    whole() {
      const own = this.asked().map(([ask, { dataset }]) => [ask, run.line(dataset.note ?? "")]).filter(([, note]) => note);
      return { ...this.book.run, lookUp: { ...this.book.run.lookUp, ...Object.fromEntries(own) } };
    }

    /* The page as a record tells of it: with the words that the reader sees, the names of servers among them. */
    told() {
      const { book } = this;
      const trees = JSON.parse(book.root.querySelector("[data-trees]").dataset.trees);
      return { ...book.page, trees, asked: this.asked().map(([ask]) => ask), told: Object.fromEntries(book.items.map((item) => [item.id, this.detail(item)])) };
    }

    detail(item) {
      const element = this.book.shown.get(item.id);
      const body = part(element, "body");
      const first = body ? body.querySelector(":scope > p:not([hidden])") : element.cells?.[0] ?? element.querySelector(".admonition-title");
      const words = said(first ?? body ?? element);
      const { condition, among, holds } = element.dataset;
      return {
        words, named: [item.at, item.server].every((name) => words.includes(name)), condition: condition !== undefined, among, holds: holds && JSON.parse(holds),
        expected: [...element.querySelectorAll("[data-expected]")].map(said).join(" "),
        commands: [...element.querySelectorAll("[data-command], pre > code")].flatMap(({ textContent }) => textContent.split("\n")).filter((one) => one.trim()),
      };
    }

    /* What the page asks the reader to look up, [[words, label]]. */
    asked() {
      return [...this.book.article.querySelectorAll(".look-up label")].map((label) => [run.line(label.textContent.replace(/\s+/g, " ")), label]);
    }

    takeUp() {
      const { book } = this;
      const { run: taken, changed } = this.found;
      const looked = [];
      this.undoable(() => {
        if (taken.rehearsal !== book.rehearsal) book.rehearse(taken.rehearsal);
        // Who has initials here keeps them.
        book.change((own) => ({ ...taken, initials: own.initials || taken.initials }));
        for (const [ask, label] of this.asked()) {
          if (label.dataset.note || !Object.hasOwn(taken.lookUp, ask)) continue;
          const field = label.querySelector("input");
          enter(field, taken.lookUp[ask]);
          looked.push([field, field.value]);
        }
      });
      this.removed.looked = looked;
      this.fill.record();
      const items = changed.map((one) => made("li", { textContent: book.say(one.now ? "taken-up-changed" : "taken-up-gone", { item: this.formerly(one) }) }));
      const box = book.made("taken-up", { "taken-up-words": book.say("taken-up") });
      part(box, "taken-up-list").append(...items);
      book.part("record-said").replaceChildren(box);
      action(box, "undo").focus();
    }

    /* What a file has ticked and the page has not, as the page calls it now; what is gone by its place. */
    formerly({ section, number, server, now, words }) {
      const { book } = this;
      if (now) return this.entry({ ...now, server });
      const [kind, at] = /^\d/.test(number) ? ["", number] : number.split("-");
      const heading = document.getElementById(section);
      const place = book.say(kind ? `now-${kind}` : "now", { phase: words || (heading ? said(heading) : section), number: at });
      return server ? book.say("item-server", { item: place, server }) : place;
    }

    // ---- Time

    fillTime() {
      const { book } = this;
      const { start, end, back, from, to } = book.fields("time");
      this.typed.delete("time");
      const { window: own, minutes, back: way } = book.run.plan;
      const local = (ms) => (ms ? iso(ms).slice(0, 16) : "");
      from.value = book.run.from;
      to.value = book.run.to;
      start.value = local(own?.[0]);
      end.value = local(own?.[1]);
      back.value = way ?? "";
      const { phases, planned, elapsed, latest, late, past } = run.timing(book.run, book.page, Date.now());
      const inMinutes = (ms) => (ms === null ? book.say("dash") : Math.round(ms / run.MINUTE));
      book.part("minutes").replaceChildren(...phases.map(({ phase, elapsed: took }) => {
        const { title } = book.phase(phase);
        const row = book.made("minute", { title, took: inMinutes(took) });
        Object.assign(row.querySelector("input"), { name: `minutes-${phase}`, value: minutes[phase] ?? "", ariaLabel: title });
        return row;
      }));
      book.tell("clock", book.at(Date.now()));
      book.tell("timing", book.say("timing", { planned: planned ?? book.say("dash"), elapsed: inMinutes(elapsed) }));
      if (past) book.tell("latest", book.say("past-long"));
      else if (latest) book.tell("latest", book.say(late ? "late-long" : "latest-long", { time: book.at(latest) }));
      else book.tell("latest", book.say("latest-none"));
      action(book.root, "own-times").hidden = !phases.some(({ done, all }) => done === all);
    }

    keepTime() {
      const { book } = this;
      const { start, end, back, from, to } = book.fields("time");
      for (const [field, keep] of [[from, run.withFrom], [to, run.withTo]]) {
        if (!isRight(field, book.change((one) => keep(one, field.value.trim())) ? "" : book.say("software-wrong"))) return;
      }
      const missing = [start, end].find((field) => !field.value);
      if (missing && (start.value || end.value)) {
        isRight(missing, book.say("window-half"), [start, end]);
        return;
      }
      const ms = (field) => Date.parse(`${field.value}Z`);
      const own = [...book.part("minutes").querySelectorAll("input")].filter(({ value }) => value).map(({ name, value }) => [name.slice("minutes-".length), Number(value)]);
      const isKept = book.change((one) => run.withPlan(one, {
        window: missing ? null : [ms(start), ms(end)], minutes: Object.fromEntries(own), back: back.value ? Number(back.value) : null,
      }));
      isRight(end, isKept ? "" : book.say("window-wrong"));
      if (isKept) this.fillTime();
    }

    // ---- Rehearsal: what may fail at the current step

    throwIn() {
      const { book } = this;
      const item = book.now;
      const step = item?.kind === "step" ? `${item.section}/${item.number}` : null;
      const rows = [...book.article.querySelectorAll("[data-failure-of]")].filter(({ dataset }) => dataset.failureOf.split(" ").includes(step));
      const row = rows[Math.floor(Math.random() * rows.length)];
      // What fails, and what the page says to that; of several servers, the one of this step.
      const [event, ...cells] = [...row?.querySelectorAll("td") ?? []].map((cell) => cell.cloneNode(true));
      for (const span of event?.querySelectorAll("[data-every]") ?? []) book.name(span, item.server, book.page.standby);
      const words = row && said(event);
      book.part("thrown").hidden = false;
      book.part("page-says").hidden = !row;
      book.part("thrown-cells").replaceChildren(...cells.map((cell) => {
        const one = made("li");
        one.append(...cell.childNodes);
        return one;
      }));
      book.tell("thrown-words", row ? book.say("throw", { item: book.whereOf(item), words }) : book.say("throw-none"));
      if (row) book.change((one) => run.throwIn(one, item, { time: Date.now(), event: row.dataset.event, words }));
    }

    // ---- Paper

    /* The page, or the planning sheet alone: blank, or with what is known. */
    print(isFilled) {
      const { book } = this;
      book.close();
      if (isFilled !== undefined) book.article.append(this.planning(isFilled));
      print();
      book.article.querySelector(".run-planning")?.remove();
    }

    planning(isFilled) {
      const { book } = this;
      const sheet = book.made("planning");
      const { names, plan: { window: own, minutes } } = isFilled ? { ...book.run, names: book.names } : run.empty(book.page);
      const latest = isFilled && run.latest(book.run);
      const row = (head, ...cells) => {
        const line = made("tr");
        line.append(made("th", { scope: "row", textContent: head }), ...cells.map((text) => made("td", { textContent: text })));
        return line;
      };
      const roles = [book.page.active, ...(book.page.first ? [book.page.first] : [])];
      const blank = [...roles, ...Array(4 - roles.length).fill(book.page.standby)].map((role) => ({ role, name: "" }));
      const servers = names ? run.states({ ...book.run, names }, book.page) : blank;
      part(sheet, "plan-procedure").textContent = book.page.title;
      part(sheet, "plan-servers").append(...servers.map(({ role, name }) => row(role, name, "", "")));
      part(sheet, "plan-phases").append(...book.page.phases.map(({ phase, title }) => row(title, minutes[phase] ?? "", "", "")));
      part(sheet, "plan-look-up").append(...this.asked().flatMap(([ask, { dataset }]) => [
        made("dt", { textContent: ask }), made("dd", { textContent: isFilled ? dataset.note ?? "" : "" }),
      ]));
      if (own) part(sheet, "plan-window").textContent = book.say("window", { start: this.dated(own[0]), end: this.dated(own[1]) });
      if (isFilled) part(sheet, "plan-versions").textContent = [book.run.from, book.run.to].filter(Boolean).join(" → ");
      if (latest) part(sheet, "plan-latest").textContent = this.dated(latest);
      return sheet;
    }
  };
})();
