/* Reads the status reports that a reader pastes or drops: text → objects → reports → judgement
   → page. The names in a report, the states and every sentence stand in the HTML. Nothing is
   stored or sent. */
(() => {
  "use strict";

  const { attempt, part, action, template, made, filled, follow } = window.shared;

  const DEEPEST = 40; // levels of nesting; a report has three
  const MOST = 50; // servers shown, far more than a licence covers
  const LISTED = 1000; // servers read from one list
  const APART = 24 * 60 * 60 * 1000; // ms; clocks of different time zones differ by less
  const LONGEST = 80; // characters of one name shown
  const LONG = 100_000; // characters; a text box is slow with more
  const LARGEST = 20_000_000; // characters read

  // ---- Text → objects

  /* Finds the JSON objects in a text, whatever stands around them, in one pass. An object that
     goes wrong is kept as far as it was read, marked as cut, and reading goes on from there.
     Objects and lists become Maps; every other value becomes a string. */
  class Scanner {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }

    /* The next object and where it begins, or undefined. Braces without a name are passed over. */
    next() {
      while ((this.at = this.text.indexOf("{", this.at)) >= 0) {
        const start = this.at++;
        if (this.peek() !== '"') continue;
        this.at = start;
        this.failed = false;
        return { start, value: this.value(0) };
      }
    }

    value(depth) {
      const first = this.peek();
      if (first === '"') return this.string();
      if (depth < DEEPEST && first === "{") return this.group(depth, "}");
      if (depth < DEEPEST && first === "[") return this.group(depth, "]");
      const word = /[\w.+-]*/y;
      word.lastIndex = this.at;
      const [found] = word.exec(this.text);
      this.at += found.length;
      this.failed = !found;
      return found;
    }

    group(depth, end) {
      const group = new Map();
      this.at++;
      if (!this.take(end)) {
        do this.member(depth, group, end);
        while (!this.failed && this.take(","));
        if (this.failed || !this.take(end)) {
          this.failed = true;
          group.cut = true;
        }
      }
      return group;
    }

    member(depth, group, end) {
      if (end === "]") {
        group.set(String(group.size), this.value(depth + 1));
        return;
      }
      if (this.peek() !== '"') this.failed = true;
      const key = this.failed ? "" : this.string();
      if (this.failed || !this.take(":")) {
        this.failed = true;
        return;
      }
      const value = this.value(depth + 1);
      // Of a text that is cut off nothing is known; of a group, what it holds so far.
      if (!this.failed || typeof value === "object") group.set(key, value);
    }

    string() {
      const start = this.at++;
      for (; this.at < this.text.length; this.at++) {
        const code = this.text.charCodeAt(this.at);
        if (code === 92) this.at++;
        else if (code === 34) return unescaped(this.text.slice(start, ++this.at));
        else if (code === 10 || code === 13) break;
      }
      this.failed = true;
      return "";
    }

    peek() {
      for (let code = 32; code === 32 || (code >= 9 && code <= 13); ) code = this.text.charCodeAt(this.at++);
      return this.text[--this.at];
    }

    take(character) {
      const there = this.peek() === character;
      if (there) this.at++;
      return there;
    }
  }

  const unescaped = (quoted) => attempt(() => JSON.parse(quoted)) ?? quoted.slice(1, -1);

  // ---- Objects → reports

  /* The key that a text holds at the place of {key} in a pattern, or null. */
  function keyIn(text, pattern) {
    const place = pattern.indexOf("{key}");
    const before = pattern.slice(0, place);
    const after = pattern.slice(place + 5);
    const start = text.indexOf(before);
    if (start < 0) return null;
    const rest = text.slice(start + before.length, start + before.length + 20 + after.length);
    const digits = /^\d{1,19}/.exec(rest)?.[0];
    return digits && rest.startsWith(after, digits.length) ? digits : null;
  }

  /* Names and keys of a list such as " HOST_MGT (10) DK_MGT_1 (1174)". A name may hold spaces
     and even a number in brackets. */
  function serverList(text) {
    const list = [];
    let from = 0;
    for (const match of text.matchAll(/\((\d{1,19})\)/g)) {
      let name = text.slice(from, match.index).trim();
      if (!name && list.length) {
        const before = list.pop();
        name = `${before.name} (${before.key})`;
      }
      if (list.length === LISTED) break;
      list.push({ name, key: match[1] });
      from = match.index + match[0].length;
    }
    return list;
  }

  /* A date and a time that a text begins with, in ms, or null. Without a zone it is read as UTC. */
  function timeIn(text) {
    const found = /^(\d{4})-?(\d\d)-?(\d\d)[ T_-](\d\d)[:.-]?(\d\d)[:.-]?(\d\d)(?:[.,]\d+)? ?(?:([+-])(\d\d):?(\d\d))?/.exec(text);
    if (!found) return null;
    const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
    const zone = found[7] ? Number(`${found[7]}1`) * (Number(found[8]) * 60 + Number(found[9])) : 0;
    return Date.UTC(year, month - 1, day, hour, minute - zone, second);
  }

  /* Sort the members of a value, at any depth: reports of a server, groups of slots by the end of
     their name, and plain attributes. */
  function collect(value, names, inner, own, slots) {
    for (const [name, child] of value) {
      const key = keyIn(name, names.server);
      const group = [names.declared, names.connections].find((end) => name.endsWith(end));
      if (key !== null) inner.push([key, child]);
      else if (group) slots.set(group, child);
      else if (typeof child === "object") collect(child, names, inner, own, slots);
      else if (!own.has(name)) own.set(name, child.trim());
    }
  }

  /* The slots of a group: the key of each one's server, its state, and the last time it was heard of. */
  function slotsOf(group, names) {
    return [...group].slice(0, LISTED).map(([name, child]) => {
      const own = child instanceof Map ? child : new Map();
      const text = (attribute) => (typeof own.get(attribute) === "string" ? own.get(attribute).trim() : undefined);
      const times = names.last_seen.map((attribute) => timeIn(text(attribute) ?? "")).filter((time) => time !== null);
      return {
        key: keyIn(name, names.slot) ?? name,
        state: text(names.connection_state),
        time: times.length ? Math.max(...times) : null,
      };
    });
  }

  /* Add the reports that a value holds; `key` is the key of the server it is about, or null. What a
     report does not say is undefined: attributes vary by version. */
  function addReports(reports, value, key, names) {
    const inner = [];
    const own = new Map();
    const slots = new Map();
    if (typeof value === "object") collect(value, names, inner, own, slots);
    if (key !== null || own.has(names.state)) {
      const text = (name) => own.get(name) ?? "";
      const group = (name) => (slots.get(name) instanceof Map ? slotsOf(slots.get(name), names) : undefined);
      const connections = group(names.connections);
      reports.push({
        key,
        code: text(names.state).split("|", 1)[0].trim(),
        roles: [own.get(names.role), own.get(names.mode)].filter((role) => role !== undefined),
        knownActive: keyIn(text(names.mode), names.known_active),
        list: serverList(text(names.servers)),
        count: text(names.count),
        replication: own.get(names.replication_mode),
        switching: own.get(names.switch),
        flags: Object.keys(names.flags).map((flag) => own.get(flag)?.toLowerCase()),
        declared: group(names.declared),
        connections: connections?.map((slot) => ({ key: slot.key, state: slot.state })),
        // A word where slots are listed in every report that is known here.
        odd: [...slots.values()].some((child) => !(child instanceof Map)),
        cut: Boolean(value.cut),
        times: (connections ?? []).map((slot) => slot.time).filter((time) => time !== null),
      });
    }
    for (const [innerKey, child] of inner) addReports(reports, child, innerKey, names);
  }

  /* The key in the name that stands before an object, where it was copied without the rest. */
  function keyBefore(text, start, names) {
    const name = /"([^"]*)"\s*:\s*$/.exec(text.slice(Math.max(0, start - 80), start))?.[1];
    return name ? keyIn(name, names.server) : null;
  }

  /* Every report in the texts; where there is none, `without` names what there is instead. The
     name of a file may begin with the time at which its reports were written. */
  function read(texts, names) {
    const reports = [];
    let without = "no-json";
    for (const { name, text } of texts) {
      const scanner = new Scanner(text);
      const time = timeIn(name);
      const first = reports.length;
      for (let found; (found = scanner.next()); ) {
        const next = reports.length;
        addReports(reports, found.value, null, names);
        if (reports.length > next) reports[next].key ??= keyBefore(text, found.start, names);
        else if (!found.value.cut) without = without === "no-json" ? "no-report" : without;
        else if (found.value.size) without = "cut-off";
      }
      if (time !== null) for (const report of reports.slice(first)) report.times.push(time);
    }
    for (const report of reports) report.name = report.list.find((server) => server.key === report.key)?.name ?? "";
    return { reports, without };
  }

  // ---- Reports → judgement

  const signature = (list) => list.map(({ key, name }) => `${key} ${name}`).sort().join("\n");
  const newest = ({ times }) => Math.max(-Infinity, ...times);

  /* The reports that say something else than those before, and those that do not. Of two that say
     the same, the times of the newer one count. */
  function withoutCopies(reports) {
    const seen = new Map();
    const copies = [];
    for (const report of reports) {
      const { times, ...said } = report;
      const text = JSON.stringify(said);
      const before = seen.get(text);
      if (!before) seen.set(text, report);
      else {
        copies.push(before);
        if (newest(report) > newest(before)) before.times = times;
      }
    }
    return { servers: [...seen.values()], copies };
  }

  /* What a set of reports shows. `states` is code → { role, replication }, `verdicts` is finding →
     verdict. Gives the servers without repetition, each finding with its servers, the verdict. */
  function judge(reports, states, verdicts, names) {
    const findings = new Map();
    const note = (finding, about) => {
      if (!findings.has(finding)) findings.set(finding, new Set());
      for (const server of about) findings.get(finding).add(server);
    };
    const noteIf = (finding, about) => about.length && note(finding, about);

    const { servers, copies } = withoutCopies(reports);
    const stateOf = (server) => states.get(server.code);
    const having = (test) => servers.filter((server) => test(server, stateOf(server)));
    const alone = servers.length === 1 && stateOf(servers[0])?.role === "single";

    noteIf("repeated", copies);
    judgeEach(having, noteIf, names);
    if (alone) noteIf("single-knows-others", having((server) => knowsOthers(server, names)));
    else judgeSet(servers, stateOf, having, note, noteIf);
    if (servers.length > MOST) note("too-many", []);
    const found = new Set([...findings.keys()].map((finding) => verdicts.get(finding)));
    const verdict = ["broken", "unclear"].find((one) => found.has(one)) ?? (alone ? "single" : "works");
    return { servers, findings, verdict };
  }

  function judgeEach(having, noteIf, names) {
    noteIf("cut-off", having((server) => server.cut));
    noteIf("no-state", having((server) => !server.code));
    noteIf("unknown-state", having((server, state) => server.code && !state));
    noteIf("needs-attention", having((server, state) => ["in-part", "broken"].includes(state?.replication)));
    noteIf("switching", having((server, state) =>
      state?.role === "changing" || (server.switching !== undefined && server.switching !== names.no_switch)));
    noteIf("other-mode", having((server) => server.replication !== undefined && server.replication !== names.native));
    noteIf("role-differs", having((server, state) =>
      ["active", "standby"].includes(state?.role) && !server.roles.every((role) => role.startsWith(names[state.role]))));
    noteIf("contradiction", having((server, state) => server.odd || (state?.replication === "works" && contradicts(server, state, names))));
    for (const server of having((one, state) => state?.role === "active")) judgeSlots(server, noteIf, names);
    judgeTimes(having, noteIf);
  }

  function contradicts(server, state, names) {
    const expected = Object.values(names.flags).map((flag) => String(flag[state.role]));
    const unlike = server.flags.some((flag, number) => flag !== undefined && flag !== expected[number]);
    const unconnected = state.role === "standby" && server.key !== null && server.connections
      && !server.connections.some(({ key }) => key === server.key);
    return unlike || Boolean(unconnected);
  }

  function judgeSlots({ key, list, declared, connections }, noteIf, names) {
    const listed = new Map(list.map((server) => [server.key, server]));
    const known = (slot) => listed.get(slot.key) ?? { key: slot.key, name: "" };
    const has = (slots) => {
      const keys = new Set(slots.map((slot) => slot.key));
      return (server) => keys.has(server.key);
    };
    if (declared && key !== null) noteIf("not-declared", list.filter((server) => server.key !== key && !has(declared)(server)));
    if (declared && connections) noteIf("not-connected", declared.filter((slot) => !has(connections)(slot)).map(known));
    if (connections) noteIf("not-streaming", connections.filter(({ state }) => state !== undefined && state !== names.streaming).map(known));
    if (list.length) noteIf("slot-not-listed", [...(declared ?? []), ...(connections ?? [])].filter((slot) => !listed.has(slot.key)).map(known));
  }

  // An Active Server says only since when, which may be long.
  function judgeTimes(having, noteIf) {
    const latest = having(() => true).reduce((time, server) => Math.max(time, newest(server)), -Infinity);
    noteIf("apart", having((server) => server.times.some((time) => latest - time > APART)));
  }

  function knowsOthers({ key, list, count, knownActive, roles, declared, connections }, names) {
    return list.length > 1 || list.some((server) => key !== null && server.key !== key) || (count && Number(count) !== 1)
      || (knownActive !== null && knownActive !== key) || roles.some((role) => role.startsWith(names.standby))
      || Boolean(declared?.length || connections?.length);
  }

  function judgeSet(servers, stateOf, having, note, noteIf) {
    noteIf("single-among-others", having((server, state) => state?.role === "single"));
    const byKey = new Map();
    for (const server of servers) byKey.set(server.key, [...(byKey.get(server.key) ?? []).slice(0, MOST), server]);
    const nameless = byKey.get(null) ?? [];
    byKey.delete(null);
    noteIf("no-key", nameless);
    noteIf("several-reports", [...byKey.values()].filter((same) => same.length > 1).map(([first]) => first));

    const listing = having((server) => server.list.length);
    noteIf("no-list", having((server, state) => !server.list.length && state?.role !== "single"));
    noteIf("count-differs", listing.filter(({ count, list }) => count && Number(count) !== list.length));
    noteIf("not-listed", listing.filter(({ key, name, list }) => key !== null && !name && !list.some((one) => one.key === key)));
    if (new Set(listing.map(({ list }) => signature(list))).size > 1) note("lists-differ", listing);

    const listed = new Map(listing.flatMap(({ list }) => list).map((server) => [server.key, server]));
    const missing = [...listed.values()].filter(({ key }) => !byKey.has(key));
    // A report without a key may be of one of them.
    if (missing.length > nameless.length) note("missing-report", missing);

    const active = having((server, state) => state?.role === "active");
    const keys = new Set(active.map((server) => server.key ?? server));
    if (keys.size > 1) note("several-active", active);
    if (keys.size === 1 && listed.size === 1) note("no-standby", []);
    if (!missing.length && servers.every((server) => stateOf(server)?.role === "standby")) note("no-active", []);
    const known = having((server) => server.knownActive !== null);
    const named = new Set([...active.map((server) => server.key), ...known.map((server) => server.knownActive)].filter((key) => key !== null));
    if (keys.size < 2 && named.size > 1) note("known-active-differs", known);
  }

  /* Whether a text is the report of one healthy server in one of these roles: what speaks against it, [{finding, servers}]; nothing
     if it is. A finding of its own: "no-report", "several", or "other-state" for a healthy server in another role. */
  function against(text, roles, states, verdicts, names) {
    const { reports } = text.length > LARGEST ? { reports: [] } : read([{ name: "", text }], names);
    const { servers } = withoutCopies(reports);
    if (servers.length !== 1) return [{ finding: servers.length ? "several" : "no-report", servers }];
    const found = [];
    const stateOf = (server) => states.get(server.code);
    judgeEach((test) => servers.filter((server) => test(server, stateOf(server))), (finding, about) => {
      if (about.length && ["broken", "unclear"].includes(verdicts.get(finding))) found.push({ finding, servers: about });
    }, names);
    const state = stateOf(servers[0]);
    const isMeant = roles.includes(state?.role) && state.replication === "works";
    return isMeant || found.length ? found : [{ finding: "other-state", servers }];
  }

  // For the tests, and for the steps that a report checks.
  window.statusReader = document.currentScript.core = { read, judge, against, serverList, timeIn };

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
      this.names = JSON.parse(root.dataset.report);
      this.say = root.dataset;
      this.rows = template(root, "rows");
      this.states = new Map([...this.rows.querySelectorAll("[data-state]")].map((row) => [row.dataset.state, { ...row.dataset }]));
      this.sentences = template(root, "findings");
      this.verdicts = new Map([...this.sentences.querySelectorAll("[data-finding]")].map(({ dataset }) => [dataset.finding, dataset.verdict]));
      this.text = part(root, "text");
      this.added = [];
      this.listen();
      root.classList.add("is-live");
      part(root, "box").hidden = false;
      this.update();
    }

    listen() {
      const box = part(this.root, "box");
      this.text.addEventListener("input", () => this.update());
      this.text.addEventListener("paste", (event) => {
        const text = event.clipboardData.getData("text");
        if (text.length < LONG) return;
        event.preventDefault();
        this.add([{ name: this.say.sayPasted, text }]);
      });
      box.addEventListener("dragover", (event) => {
        if (event.dataTransfer.types.includes("Files")) event.preventDefault();
      });
      box.addEventListener("drop", (event) => {
        if (!event.dataTransfer.files.length) return;
        event.preventDefault();
        this.addFiles([...event.dataTransfer.files]);
      });
      const file = part(this.root, "file");
      file.addEventListener("change", () => {
        this.addFiles([...file.files]);
        file.value = "";
      });
      action(this.root, "clear").addEventListener("click", () => {
        this.text.value = "";
        this.added = [];
        this.update();
        this.text.focus();
      });
    }

    async addFiles(files) {
      if (files.reduce((size, file) => size + file.size, 0) > LARGEST) {
        this.show("too-large");
        return;
      }
      try {
        this.add(await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))));
      } catch {
        this.show("unreadable");
      }
    }

    add(texts) {
      this.added.push(...texts);
      this.update();
    }

    update() {
      const files = part(this.root, "files");
      files.hidden = !this.added.length;
      part(files, "names").textContent = this.enough(this.added.map(({ name }) => short(name))).join(", ");
      const texts = [{ name: "", text: this.text.value }, ...this.added];
      if (!texts.some(({ text }) => text.trim())) this.show("");
      else if (texts.reduce((size, { text }) => size + text.length, 0) > LARGEST) this.show("too-large");
      else {
        const { reports, without } = read(texts, this.names);
        if (!reports.length) this.show(without);
        else {
          const judgement = judge(reports, this.states, this.verdicts, this.names);
          this.show(judgement.verdict, judgement);
        }
      }
    }

    show(verdict, judgement) {
      this.sayVerdict(verdict, judgement?.servers.length);
      this.root.classList.toggle("has-verdict", Boolean(judgement));
      part(this.root, "result").hidden = !judgement;
      for (const offer of this.root.querySelectorAll("[data-offer]")) offer.hidden = offer.dataset.offer !== verdict;
      const { servers, findings } = judgement ?? { servers: [], findings: new Map() };
      part(this.root, "servers").replaceChildren(...servers.slice(0, MOST).map((server) => this.row(server)));
      part(this.root, "findings").replaceChildren(...[...this.verdicts.keys()]
        .filter((finding) => findings.has(finding))
        .map((finding) => this.finding(finding, [...findings.get(finding)])));
    }

    /* The same words again are not announced again. */
    sayVerdict(verdict, count) {
      const place = part(this.root, "verdict");
      const sentence = verdict && copyOf(template(this.root, "verdicts").querySelector(`[data-verdict="${verdict}"]`));
      if (sentence) sentence.lastChild.textContent = filled(sentence.lastChild.textContent, { count });
      if (place.textContent !== (sentence ? sentence.textContent : "")) place.replaceChildren(...(sentence ? [sentence] : []));
    }

    row(server) {
      const state = this.states.has(server.code);
      const kind = state ? `[data-state="${server.code}"]` : `[data-row="${server.code ? "unknown" : "none"}"]`;
      const row = copyOf(this.rows.querySelector(kind));
      part(row, "server").textContent = this.label(server);
      if (!state && server.code) part(row, "code").textContent = short(server.code);
      if (!state && server.roles[0]) part(row, "role").textContent = short(server.roles[0]);
      return row;
    }

    finding(name, servers) {
      const item = copyOf(this.sentences.querySelector(`[data-finding="${name}"]`));
      const text = part(item, "text");
      const [before, after] = text.textContent.split("{servers}");
      if (after === undefined) return item;
      const labels = this.enough([...new Set(servers.map((server) => this.label(server)))]);
      text.replaceChildren(before, ...labels.flatMap((label, number) => {
        const isolated = made("bdi", { textContent: label });
        return number ? [", ", isolated] : [isolated];
      }), after);
      return item;
    }

    label({ key, name }) {
      if (key === null) return this.say.sayNoKey;
      return name ? `${short(name)} (${key})` : filled(this.say.sayKey, { key });
    }

    enough(words, most = 8) {
      const more = words.length - most;
      return more > 0 ? [...words.slice(0, most), filled(this.say.sayMore, { count: more })] : words;
    }
  }

  function start() {
    for (const root of document.querySelectorAll("[data-status-reader]:not(.is-live)")) new Reader(root);
  }

  follow(start);
})();
