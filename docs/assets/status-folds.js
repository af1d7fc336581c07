/* The folded parts of a reader of status reports, which are loaded once one is asked for: a sample, before and after, a copy to share.
   What they show, status-core.js and status-later.js decide. */
(() => {
  "use strict";

  const { attempt, part, template, made, filled, save, store } = window.shared;
  const { sample, compare, share, keptIn, read, judge, MOST } = window.reports;

  const KEPT = 1_000_000; // characters of a set that is kept
  const CHANGES = 200; // changes shown for one server
  const OPENED = "opened"; // in the place of the key of a set: it is out of files

  /* The parts of one reader. The keys of the sets that are kept begin with `place`, `textsOf` gives the texts of a file. */
  window.ReportFolds = class {
    constructor(reader, place, textsOf) {
      Object.assign(this, { reader, place, textsOf, root: reader.root, say: reader.say, rules: reader.rules });
      part(this.root, "kept-sets").addEventListener("change", ({ target }) => this.choose(target.value));
      // Another tab has kept or deleted a set. A reader whose page the theme has left no longer listens.
      const heard = () => (this.root.isConnected ? this.changes() : removeEventListener("storage", heard));
      addEventListener("storage", heard);
    }

    write(name, text, root = this.root) {
      part(root, name).textContent = text;
    }

    /* What changes with each judgement. */
    show() {
      const { text, added } = this.reader;
      const isOwn = !this.sampled || text.value !== this.sampled || added.length > 0;
      part(this.root, "sampled").hidden = isOwn;
      if (isOwn) part(this.root, "sample").value = "";
      this.write("unkept", "");
      this.changes();
      this.copy();
    }

    /* The reports of a sample, with the words that the table of states has, in the place of the reader's own; without one, these again. */
    sample() {
      const { value } = part(this.root, "sample");
      const rows = template(this.root, "rows");
      const means = (code) => rows.querySelector(`[data-state="${code}"] [data-part="means"]`).textContent;
      const { reader } = this;
      const own = [reader.text.value, reader.added];
      if (own[0] !== this.sampled || own[1].length) this.own = own;
      this.sampled = value && sample(JSON.parse(value), this.rules, means);
      [reader.text.value, reader.added] = value ? [this.sampled, []] : this.own;
      reader.update();
    }

    // ---- Before and after

    keep() {
      const texts = this.reader.texts().filter(({ text }) => text.trim());
      const date = new Date().toISOString();
      const set = JSON.stringify({ name: part(this.root, "set-name").value, date, texts });
      const fits = set.length <= KEPT;
      // Each set is an entry of its own: what another tab keeps stays.
      const key = `${this.place} ${date}`;
      if (fits) store.set(key, set);
      this.write("unkept", fits && !store.full() ? "" : this.say.sayUnkept);
      if (fits) this.choose(key);
    }

    /* Every set there is to compare with, by its key: one out of files, then the newest first. */
    sets() {
      const kept = store.keys(this.place).sort().reverse().map((key) => [key, keptIn(store.get(key))]);
      return new Map([[OPENED, this.opened], ...kept].filter(([, set]) => set));
    }

    choose(key) {
      this.chosen = key;
      this.changes();
    }

    save(download) {
      save(download, this.reader.texts().map(({ text }) => text).join("\n"));
    }

    /* A set out of files is the one before until the page is left; it is not stored. */
    async open(input) {
      const files = [...input.files];
      input.value = "";
      try {
        const texts = (await Promise.all(files.map(this.textsOf))).flat();
        const { any, without } = read(texts, this.rules);
        if (!any) throw { verdict: without };
        const name = files.map((file) => file.name).join(", ");
        this.opened = { name, date: new Date(Math.max(...files.map((file) => file.lastModified))).toISOString(), texts };
        this.write("unkept", "");
        this.choose(OPENED);
      } catch (failed) {
        this.reader.sayVerdict(failed.verdict, failed, part(this.root, "unkept"));
      }
    }

    forget() {
      const { value } = part(this.root, "kept-sets");
      if (value === OPENED) this.opened = null;
      else store.remove(value);
      this.changes();
    }

    changes() {
      const { reader } = this;
      if (!part(this.root, "before").open || !reader.judgement) return;
      const sets = this.sets();
      part(this.root, "kept").hidden = !sets.size;
      if (!sets.size) return;
      if (!sets.has(this.chosen)) [this.chosen] = sets.keys();
      reader.fill("kept-sets", [...sets], ([value, { name, date }]) => made("option", {
        value, selected: value === this.chosen, textContent: filled(this.say.sayKept, { name: reader.short(name), date: reader.short(date.slice(0, 16).replace("T", " ")) }),
      }));
      const [before, after] = [read(sets.get(this.chosen).texts, this.rules), reader.read].map((one) => judge(one, this.rules));
      reader.fill("changes", compare(before, after, this.rules).slice(0, MOST), ({ server, change, leaves }) => {
        const item = reader.from("changes", `[data-change="${change}"]`, server);
        const list = (name, some) => reader.fill(name, some.slice(0, CHANGES), (leaf) => this.leaf(leaf), item);
        const noise = leaves.filter(({ passing }) => passing);
        list("leaves", leaves.filter(({ passing }) => !passing));
        list("noise", noise);
        part(item, "passing").hidden = !noise.length;
        return item;
      });
    }

    leaf({ path, was, is }) {
      const item = this.reader.from("changes", '[data-change="leaf"]');
      const values = { path: path.slice(-2).join(" › "), was: was ?? "–", is: is ?? "–" };
      for (const [name, text] of Object.entries(values)) this.write(name, this.reader.short(text), item);
      return item;
    }

    // ---- A copy to share

    copy() {
      const { reader } = this;
      const box = part(this.root, "share");
      if (!box.open || !reader.judgement) return;
      // A name may be too long for a pattern; then the box says that there is no copy.
      const { text, pairs } = attempt(() => share(reader.read, this.rules)) ?? { text: "", pairs: [] };
      part(box, "copy").value = text;
      reader.fill("pairs", pairs, ([name, other]) => made("li", { textContent: filled(this.say.sayShared, { name: reader.short(name), other }) }));
    }
  };
})();
