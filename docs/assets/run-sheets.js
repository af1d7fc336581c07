/* The sheets of a run that are loaded when its menu is opened: one step, record, time, rehearsal, paper, reset.
   The page that they belong to is a Runbook of runbook.js; what a run is, run-core.js and run-record.js know. */
(() => {
  "use strict";

  const { action, filled, made, part, store } = window.shared;
  const { run } = window;

  const LARGEST = 1 << 20; // bytes of a file that is read at all

  const iso = (ms) => new Date(ms).toISOString();

  window.RunSheets = class {
    constructor(book) {
      this.book = book;
      this.readStatus();
      Object.assign(book.fill, this.fill);
      Object.assign(book.actions, this.actions);
      Object.assign(book.submits, { step: (how) => this.doStep(how), time: () => this.keepTime() });
      book.root.addEventListener("change", ({ target }) => {
        if (target === book.part("file")) this.readFile(target.files[0]);
        else if (target === book.part("record-form")) this.fill.record();
        else if (target === book.part("initials")) this.keepInitials(target);
        else if (target.name === "which") this.fill.step(target.value);
      });
      const drop = book.part("drop");
      // Enter in a field would press the first button of the sheet, whatever was meant.
      book.root.querySelector('[data-form="step"]').addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && event.preventDefault());
      drop.addEventListener("dragover", (event) => event.preventDefault());
      drop.addEventListener("drop", (event) => {
        event.preventDefault();
        this.readFile(event.dataTransfer.files[0]);
      });
    }

    /* What fills each sheet when it opens. */
    fill = {
      step: (id = this.book.now?.id) => {
        const { book } = this;
        const { which: choice, note, report, reason } = book.fields("step");
        const items = book.items.filter(({ kind }) => kind !== "accept");
        const item = items.find((one) => one.id === id) ?? items[0];
        choice.replaceChildren(...items.map((one) => new Option(this.entry(one), one.id, false, one === item)));
        note.value = book.run.notes[item.id] ?? "";
        report.value = reason.value = "";
        book.part("report").hidden = !item.check || !this.status;
        book.part("override").hidden = true;
        for (const name of ["verdict", "step-said"]) book.tell(name, "");
      },
      record: () => {
        const { book } = this;
        book.part("initials").value = book.run.initials;
        book.part("record-text").value = run[book.part("record-form").value](book.run, book.page, book.said);
        book.part("record-said").replaceChildren();
      },
      time: () => this.fillTime(),
      rehearsal: () => {
        const { root, rehearsal } = this.book;
        action(root, "rehearse").textContent = this.book.say(rehearsal ? "rehearsal-end" : "rehearsal-start");
        action(root, "throw").hidden = !rehearsal;
      },
      print: () => {},
      reset: () => {
        const { book } = this;
        const prefix = run.runPrefix(book.place);
        const own = store.keys(prefix).map((key) => key.slice(prefix.length)).filter((key) => key.includes(" "));
        book.tell("loss", book.say("loss", { done: own.filter((key) => key.startsWith("ticks ")).length }));
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
      "save-run": () => this.save(run.asFile(this.book.run), "json"),
      "take-up": () => this.takeUp(),
      "own-times": () => {
        this.book.change((one) => run.withPlan(one, { ...one.plan, minutes: run.again(one, this.book.page).plan.minutes }));
        this.fillTime();
      },
      rehearse: () => {
        this.book.rehearse(!this.book.rehearsal);
        this.book.close();
      },
      throw: () => this.throwIn(),
      print: () => this.print(),
      "print-blank": () => this.print(false),
      "print-filled": () => this.print(true),
      "reset-yes": () => this.reset(),
      undo: () => {
        this.book.put(this.removed);
        this.book.refresh();
        this.book.close();
      },
    };

    // ---- One step

    /* An item in a list. */
    entry(item) {
      const { book } = this;
      const words = book.say(item.kind === "step" ? "item-step" : "item-other", { ...item, phase: book.phase(item.phase).name, words: book.sentence(item.words) });
      return item.server ? book.say("item-server", { item: words, server: item.server }) : words;
    }

    doStep(how) {
      const { book } = this;
      const { which: choice, note, report, reason } = book.fields("step");
      const item = book.itemOf(choice.value);
      // Whatever else is done, the note is kept.
      book.change((one) => run.note(one, item, note.value));
      if (how === "note") book.tell("step-said", book.say("saved"));
      else if (how === "checked" && !this.isHealthy(item, report.value)) book.part("override").hidden = false;
      else if (book.change((one) => run.tick(one, item, { time: Date.now(), how, reason: how === "checked" ? "" : reason.value }))) book.close();
      else {
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
        rules: JSON.parse(data.dataset.rules), findings: new Map(all.map(({ dataset, textContent }) => [dataset.finding, textContent])),
      };
    }

    /* The roles that the report of a step may show: that of its server, if it is known which one it is. */
    expected({ check, at }) {
      const key = ["active", "first", "other"].find((one) => at && this.book.servers(one)?.includes(at));
      return key in check ? [check[key]] : Object.values(check);
    }

    /* The verdict on a report, said; whether it is as the step expects: that of one healthy server in its role. */
    isHealthy(item, text) {
      const { book } = this;
      const { rules, findings } = this.status;
      const { servers } = window.reports.check(text, "", rules);
      const [server] = servers;
      const { verdict, findings: found } = window.reports.check(text, server?.role ?? "", rules);
      const against = found.filter((finding) => finding.verdict !== "note");
      const said = against.map(({ id, servers: about }) => filled(findings.get(id) ?? id, { servers: about.join(", ") }));
      if (servers.length !== 1) said.unshift(book.said[server ? "report-several" : "report-no-report"]);
      else if (!this.expected(item).includes(server.role) || (verdict !== "works" && !said.length)) said.unshift(filled(book.said["report-other-state"], { code: server.code }));
      book.tell("verdict", said.join(" "));
      return !said.length;
    }

    // ---- Reset

    reset() {
      const { book } = this;
      const fresh = run.again(book.load(), book.page);
      const writes = new Map([
        ...store.keys(run.runPrefix(book.place)).map((key) => [key, null]), ...run.writes(run.empty(book.page, book.rehearsal), fresh, book.place),
      ]);
      this.removed = [...writes.keys()].map((key) => [key, store.get(key)]);
      book.put(writes);
      book.refresh();
      book.part("undo").hidden = false;
      action(book.root, "undo").focus();
      action(book.root, "reset-yes").disabled = true;
    }

    // ---- Record

    save(text, kind) {
      const { book } = this;
      const name = `${book.page.procedure.replace(/\W+/g, "-")}${book.rehearsal ? "-rehearsal" : ""}-${iso(Date.now()).slice(0, 10)}.${kind}`;
      const href = URL.createObjectURL(new Blob([text], { type: kind === "json" ? "application/json" : "text/plain" }));
      made("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href));
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
      else book.part("record-said").replaceChildren(book.made("take-up", { "take-up-words": book.say("take-up", {
        count: Object.keys(found.run.ticks).length, own: Object.keys(book.run.ticks).length, begun: found.run.begun ? book.at(found.run.begun) : book.say("dash"),
      }) }));
    }

    takeUp() {
      const { book } = this;
      const { run: taken, changed } = this.found;
      if (taken.rehearsal !== book.rehearsal) book.rehearse(taken.rehearsal);
      // Who has initials here keeps them.
      book.change((own) => ({ ...taken, initials: own.initials || taken.initials }));
      this.fill.record();
      const items = changed.map(({ section, number, server }) => made("li", { textContent: book.say("taken-up-changed", { item: [section, number, server].filter(Boolean).join(" ") }) }));
      const list = made("ul");
      list.append(...items);
      book.part("record-said").replaceChildren(book.say("taken-up"), list);
    }

    // ---- Time

    fillTime() {
      const { book } = this;
      const { start, end, back } = book.fields("time");
      const { window: own, minutes, back: way } = book.run.plan;
      const local = (ms) => (ms ? iso(ms).slice(0, 16) : "");
      [start.value, end.value, back.value] = [local(own?.[0]), local(own?.[1]), way ?? ""];
      const { phases, planned, elapsed, latest, late } = run.timing(book.run, book.page, Date.now());
      const inMinutes = (ms) => (ms === null ? book.say("dash") : Math.round(ms / run.MINUTE));
      book.part("minutes").replaceChildren(...phases.map(({ phase, elapsed: took }) => {
        const { title } = book.phase(phase);
        const row = book.made("minute", { title, took: inMinutes(took) });
        Object.assign(row.querySelector("input"), { name: `minutes-${phase}`, value: minutes[phase] ?? "", ariaLabel: title });
        return row;
      }));
      book.tell("clock", book.at(Date.now()));
      book.tell("timing", book.say("timing", { planned: planned ?? book.say("dash"), elapsed: inMinutes(elapsed) }));
      book.tell("latest", latest ? book.say(late ? "late-long" : "latest-long", { time: book.at(latest) }) : book.say("latest-none"));
      action(book.root, "own-times").hidden = !phases.some(({ done, all }) => done === all);
    }

    keepTime() {
      const { book } = this;
      const { start, end, back } = book.fields("time");
      const ms = (field) => Date.parse(`${field.value}Z`);
      const own = [...book.part("minutes").querySelectorAll("input")].filter(({ value }) => value).map(({ name, value }) => [name.slice("minutes-".length), Number(value)]);
      const isKept = book.change((one) => run.withPlan(one, {
        window: start.value && end.value ? [ms(start), ms(end)] : null, minutes: Object.fromEntries(own), back: back.value ? Number(back.value) : null,
      }));
      end.setCustomValidity(isKept ? "" : book.say("window-wrong"));
      end.reportValidity();
      end.addEventListener("input", () => end.setCustomValidity(""), { once: true });
      if (isKept) this.fillTime();
    }

    // ---- Rehearsal: what may fail at the current step

    throwIn() {
      const { book } = this;
      const item = book.now;
      const rows = [...book.article.querySelectorAll("[data-failure-of]")].filter(({ dataset }) => item?.kind === "step" && dataset.failureOf.split(" ").includes(`${item.section}/${item.number}`));
      const row = rows[Math.floor(Math.random() * rows.length)];
      book.part("thrown").hidden = false;
      book.part("thrown-cells").replaceChildren(...[...row?.querySelectorAll("td") ?? []].map((cell) => {
        const one = made("li");
        one.append(...cell.cloneNode(true).childNodes);
        return one;
      }));
      const words = row && book.say(`event-${row.dataset.event}`, { server: item.server || item.at || item.role });
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
      const known = names ? run.states({ ...book.run, names }, book.page) : [...roles, ...Array(4 - roles.length).fill(book.page.standby)].map((role) => ({ role, name: "" }));
      part(sheet, "plan-servers").append(...known.map(({ role, name }) => row(role, name, "", "")));
      part(sheet, "plan-phases").append(...book.page.phases.map(({ phase, title }) => row(title, minutes[phase] ?? "", "", "")));
      part(sheet, "plan-look-up").append(...[...book.article.querySelectorAll(".look-up label")].flatMap((label) => [
        made("dt", { textContent: label.textContent.trim() }), made("dd", { textContent: isFilled ? label.dataset.note ?? "" : "" }),
      ]));
      if (own) part(sheet, "plan-window").textContent = book.say("window", { start: book.at(own[0]), end: book.at(own[1]) });
      if (latest) part(sheet, "plan-latest").textContent = book.at(latest);
      return sheet;
    }
  };
})();
