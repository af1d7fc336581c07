/* What the reader of status reports decides: text → objects → records → judgement. Plain values in
   and out: no page, no clock, no storage. How things are named in a report, what each state means and
   which findings there are comes as `rules` (see macros/reference/checks.py). */
(() => {
  "use strict";

  const DEEPEST = 40; // levels of nesting; a report has three
  const MOST = 50; // servers shown, far more than a licence covers
  const LISTED = 1000; // servers read from one list
  const INSIDE = 4; // levels of texts in texts; each tool that logs what another one wrote adds one
  const WRAPPED = 20_000; // characters of one text that was broken into lines

  // What is compared is compared without white space: a line may have been broken anywhere. All but state codes and
  // the names of servers is compared in small letters: a mail client, or who types it anew, may change them.
  const squeeze = (text) => (/\s/.test(text) ? text.replace(/\s+/g, "") : text);
  const fold = (text) => squeeze(text).toLowerCase();

  // ---- Bytes → text

  /* The text of a file: UTF-8, or UTF-16 either way, with a mark or without. */
  function decoded(bytes) {
    const [first, second] = bytes;
    const big = (first === 0xfe && second === 0xff) || (first === 0 && second > 0);
    const little = (first === 0xff && second === 0xfe) || (first > 0 && second === 0);
    return new TextDecoder(big ? "utf-16be" : little ? "utf-16le" : "utf-8").decode(bytes);
  }

  // ---- Mangled text → text

  const ESCAPES = { quot: '"', amp: "&", lt: "<", gt: ">", nbsp: " ", apos: "'", "#34": '"', "#39": "'", "#x22": '"', "#x27": "'", "#160": " " };
  const ESCAPED = new RegExp(`&(${Object.keys(ESCAPES).join("|")});`, "gi");
  // Repeats of a group have an end: a browser gives up on a pattern that has to remember millions of them.
  const unquoted = (text, sign) => text.replace(new RegExp(`^[ \\t]*(?:${sign} ?){1,50}`, "gm"), "");

  /* Line numbers taken away, where lines are numbered one after the other. */
  function unnumbered(text) {
    let next = 0;
    let taken = 0;
    const bare = text.replace(/^ *(\d{1,7})(?:\t|: ?| {2,}|\| ?| (?=[ {}"]))/gm, (all, number) => {
      if (taken && Number(number) !== next) return all;
      next = Number(number) + 1;
      taken++;
      return "";
    });
    return taken > 2 ? bare : text;
  }

  /* A text without what terminals, mail and web pages add to it. */
  function cleaned(text) {
    let clean = text
      .replace(/\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)/g, "")
      .replace(/(?:\x1b|\u241b)\[[0-?]{0,20}[ -/]{0,4}[@-~]|\[(?:\d{1,3};){0,5}\d{1,3}m/g, "")
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "")
      .replace(/[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ");
    for (let round = 0; round < 2 && /&(?:amp;)?(?:quot|#34|#x22);/i.test(clean); round++)
      clean = clean.replace(ESCAPED, (_, name) => ESCAPES[name.toLowerCase()]);
    if (/[{,]\s*[\u201c-\u201f\u2033\xab\xbb]/.test(clean)) clean = clean.replace(/[\u201c-\u201f\u2033\xab\xbb]/g, '"');
    clean = unnumbered(unquoted(clean, ">"));
    if (/^[ \t]*[|\u2502]/.test(clean) && !/^[ \t]*[^|\u2502\s]/m.test(clean)) clean = unquoted(clean, "[|\u2502]");
    return unquoted(clean, ">");
  }

  // ---- Text → objects

  const WORD = /(?:[\w.+-]+(?:\n[ \t]*[\w.+-]+){0,50})?/y;

  /* Finds the JSON objects in a text, whatever stands around them, in one pass. An object that
     goes wrong is kept as far as it was read, marked as cut, and reading goes on from there.
     Objects become Maps; what is neither object nor list becomes a string. Where one name stands twice
     in an object, that is marked: two reports may have run into each other. Texts in which objects may
     stand are kept in `inner`. */
  class Scanner {
    constructor(text) {
      this.text = text;
      this.inner = [];
      this.at = 0;
      this.width = Math.max(0, ...text.slice(0, 50_000).split("\n", 2000).map((line) => line.length));
    }

    /* The next object and where it begins, or undefined. Other braces are passed over, but for one with which
       a text in quotes begins: an object that was written down as a text. */
    next() {
      while ((this.at = this.text.indexOf("{", this.at)) >= 0) {
        const start = this.at++;
        const first = this.peek();
        const isText = first === "\\" && this.text[start - 1] === '"' && this.text[start - 2] !== "\\";
        if (first !== '"' && !isText) continue;
        this.at = isText ? start - 1 : start;
        this.failed = false;
        const value = this.value(0);
        if (!isText) return { start, value };
      }
    }

    value(depth) {
      const first = this.peek();
      if (first === '"') {
        const text = this.string(",}]");
        if (text.includes("{")) this.inner.push(text);
        return text;
      }
      if (depth < DEEPEST && first === "{") return this.group(depth, "}");
      if (depth < DEEPEST && first === "[") return this.group(depth, "]");
      WORD.lastIndex = this.at;
      const [found] = WORD.exec(this.text);
      this.at += found.length;
      this.failed = !found;
      return squeeze(found);
    }

    group(depth, end) {
      const group = end === "]" ? [] : new Map();
      this.at++;
      if (!this.take(end)) {
        do this.member(depth, group);
        while (!this.failed && this.take(","));
        if (this.failed || !this.take(end)) {
          this.failed = true;
          group.cut = true;
        }
      }
      return group;
    }

    member(depth, group) {
      if (Array.isArray(group)) {
        group.push(this.value(depth + 1));
        return;
      }
      if (this.peek() !== '"') this.failed = true;
      const key = this.failed ? "" : this.string(":");
      if (this.failed || !this.take(":")) {
        this.failed = true;
        return;
      }
      const value = this.value(depth + 1);
      if (group.has(key)) group.twice = true;
      // Of a text that is cut off nothing is known; of a group, what it holds so far.
      else if (!this.failed || typeof value === "object") group.set(key, value);
    }

    /* A text, also one that was broken into lines, if what may follow it does. */
    string(after) {
      const start = this.at++;
      let from = start;
      let broken = -1;
      let read = "";
      for (; this.at < this.text.length; this.at++) {
        const code = this.text.charCodeAt(this.at);
        if (code === 92) this.at++;
        else if (code === 34) {
          read += this.text.slice(from, ++this.at);
          if (broken < 0) return unescaped(read);
          const behind = this.peek();
          if (behind && after.includes(behind)) return unescaped(read);
          break;
        } else if (code === 10) {
          if (broken < 0) broken = this.at;
          if (this.at - start > WRAPPED) break;
          const piece = this.text.slice(from, this.at);
          const full = this.at - this.text.lastIndexOf("\n", this.at - 1) - 1 >= this.width - 1;
          const next = this.at + 1;
          while (" \t".includes(this.text[this.at + 1] ?? "x")) this.at++;
          from = this.at + 1;
          const digits = /\d$/.test(piece) && /\d/.test(this.text[from] ?? "");
          // More than one space is an indent.
          read += digits || full && from !== next + 1 ? piece : `${piece} `;
        }
      }
      this.failed = true;
      if (broken >= 0) this.at = broken;
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

  function unescaped(quoted) {
    try {
      return JSON.parse(quoted);
    } catch {
      return quoted.slice(1, -1);
    }
  }

  // ---- Objects → records

  /* The key that a text holds at its place in a pattern, or null. */
  const keyIn = (text, pattern) => pattern.exec(fold(text))?.[1] ?? null;

  /* Names and keys of a list such as " HOST_MGT (10) DK_MGT_1 (1174)" or "[A (1), B (2)]". A name may
     hold spaces and even a number in brackets. */
  function serverList(text) {
    const list = [];
    const inner = /^\s*\[(.*)\]\s*$/.exec(text.slice(0, 200_000));
    const names = inner ? inner[1] : text;
    let from = 0;
    for (const match of names.matchAll(/(?<!\S)\((\d{1,19})\)|\((\d{1,19})\)(?![^\s,])/g)) {
      const key = match[1] ?? match[2];
      let name = names.slice(from, match.index).trim().replace(/^,\s*/, "");
      if (!name && list.length) {
        const before = list.pop();
        name = `${before.name} (${before.key})`;
      }
      if (list.length === LISTED) break;
      list.push({ name, key });
      from = match.index + match[0].length;
    }
    return list;
  }

  const TIME = /^(\d{4})-?(\d\d)-?(\d\d)[ T_-]?(\d\d)[:.-]?(\d\d)[:.-]?(\d\d)(?:[.,]\d+)? ?(?:(Z)|([+-])(\d\d):?(\d\d))?/;

  /* A date and a time that a text begins with: { at: ms, zone: minutes or null }, or null. Without a
     zone it is read as UTC. */
  function timeIn(text) {
    const found = TIME.exec(text);
    if (!found) return null;
    const [year, month, day, hour, minute, second] = found.slice(1, 7);
    const local = Date.UTC(year, month - 1, day, hour, minute, second);
    const zone = found[7] ? 0 : found[8] ? Number(`${found[8]}1`) * (Number(found[9]) * 60 + Number(found[10])) : null;
    // A day or an hour that there is not becomes a later one.
    const exists = new Date(local).toISOString().startsWith(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
    return exists ? { at: local - zone * 60_000, zone } : null;
  }

  // Null for anything but decimal digits, such as "0x2", which JavaScript would count with.
  const numberIn = (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null);

  /* Add to a record when it was written, by a text that begins with a time. */
  function stamp(one, text) {
    const [written] = TIME.exec(text) ?? [];
    if (!written) return;
    one.written = written;
    const time = timeIn(written);
    if (time) one.times.push(time);
    else one.impossible = true;
  }

  /* The rules with every name and value as it is compared; one with a place for a key becomes a pattern. */
  function prepare(rules) {
    const escaped = (text) => text.replace(/\W/g, "\\$&");
    const keyed = (text) => new RegExp(text.split("{key}").map(escaped).join("(\\d{1,19})"));
    const spaced = (text) => new RegExp(text.split(/\s+/).map(escaped).join("\\s+"));
    const flat = (value) => {
      if (typeof value === "string") return value.includes("{key}") ? keyed(fold(value)) : fold(value);
      if (Array.isArray(value)) return value.map(flat);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [fold(name), flat(one)]));
    };
    const { report, api } = flat(rules);
    const { modes, rows } = rules.window ?? { modes: {}, rows: [] };
    return {
      report, api,
      modes: flat(modes),
      rows: rows.map((row) => ({ ...flat(row), code: row.code })),
      marks: Object.entries(rules.texts).map(([finding, text]) => [finding, spaced(text)]),
      states: new Map(Object.entries(rules.states)),
      verdicts: new Map(Object.entries(rules.verdicts)),
      limits: rules.limits,
      groups: [report.declared, report.connections, report.success, api.standbys, api.other_states],
      judged: new Set([...Object.values(report), ...Object.keys(report.flags), ...Object.values(api)]),
    };
  }

  /* Sort the members of a value, at any depth: reports of a server and objects of lists, groups that
     are read as a whole, and plain attributes. */
  function collect(value, known, found = { inner: [], own: new Map(), groups: new Map(), twice: false }) {
    if (!(value instanceof Map)) return found;
    if (value.twice) found.twice = true;
    for (const [spaced, child] of value) {
      const name = fold(spaced);
      const key = keyIn(name, known.report.server);
      const group = known.groups.find((end) => name.endsWith(end));
      if (key !== null) found.inner.push([key, child]);
      else if (group) {
        if (found.groups.has(group)) found.twice = true;
        else found.groups.set(group, child);
      } else if (child instanceof Map) collect(child, known, found);
      else if (Array.isArray(child)) {
        for (const one of child) if (one instanceof Map) found.inner.push([null, one]);
      } else if (!found.own.has(name)) found.own.set(name, child.trim());
      else if (known.judged.has(name) && squeeze(found.own.get(name)) !== squeeze(child)) found.twice = true;
    }
    return found;
  }

  /* The slots of a group: the key of each one's server, its state, and the last time it was heard of. */
  function slotsOf(group, known) {
    const names = known.report;
    return [...group].slice(0, LISTED).map(([name, child]) => {
      const { own, twice } = collect(child, known);
      const seen = names.last_seen.map((attribute) => own.get(attribute) ?? "");
      const times = seen.map(timeIn).filter((time) => time);
      return {
        key: keyIn(name, names.slot) ?? name,
        state: own.has(names.connection_state) ? fold(own.get(names.connection_state)) : undefined,
        time: times.sort((one, other) => other.at - one.at)[0] ?? null,
        impossible: seen.some((one) => TIME.test(one) && !timeIn(one)),
        twice,
      };
    });
  }

  /* What a report or an answer of the API says. What is not among its attributes is undefined or empty: attributes
     vary by version, and a report and an answer have each some of their own. */
  function record(source, value, key, { own, groups, twice }, known) {
    const names = source === "report" ? known.report : known.api;
    const optional = (name) => (own.has(name) ? fold(own.get(name)) : undefined);
    const number = (name) => (own.has(name) ? numberIn(squeeze(own.get(name))) : undefined);
    const state = squeeze(own.get(names.active_state) ?? own.get(names.state) ?? "");
    const slots = [names.declared, names.connections].map((name) => groups.get(name));
    const [declared, connections] = slots.map((group) => (group instanceof Map ? slotsOf(group, known) : undefined));
    return {
      source,
      key,
      name: own.get(names.name) ?? "",
      code: source === "report" ? state.split("|", 1)[0] : /^\[(\w+)\]/.exec(state)?.[1] ?? "",
      roles: [names.role, names.mode].map(optional).filter((role) => role !== undefined),
      role: own.get(names.role) ?? own.get(names.mode),
      knownActive: names.known_active ? keyIn(own.get(names.mode) ?? "", names.known_active) : null,
      list: serverList(own.get(names.servers) ?? ""),
      count: number(names.count),
      replication: optional(names.replication_mode),
      switching: optional(names.switch),
      tables: number(names.tables),
      elements: number(names.elements),
      licence: optional(names.licence),
      registered: number(names.registered),
      // Of a report `names` have the value here, not the attribute.
      running: source === "report" ? undefined : number(names.streaming),
      flags: Object.keys(names.flags).map(optional),
      declared,
      connections: connections?.map(({ key: of, state: is }) => ({ key: of, state: is })),
      impossible: connections?.some((slot) => slot.impossible),
      // A word where slots are listed in every report that is known here.
      odd: slots.some((group) => group !== undefined && !(group instanceof Map)),
      times: (connections ?? []).map((slot) => slot.time).filter((time) => time),
      cut: Boolean(value.cut),
      twice: twice || connections?.some((slot) => slot.twice),
      raw: value,
    };
  }

  const listOf = (value) => (Array.isArray(value) ? value.slice(0, LISTED) : []);

  /* Add what a value holds; `key` is the key of the server it is about, or null. What a report does
     not say is undefined: attributes vary by version. */
  function addRecords(into, value, key, known) {
    const found = collect(value, known);
    const { report, api } = known;
    const { own, groups } = found;
    const first = into.reports.length;
    const add = (source, of = found, from = value) => into.reports.push(record(source, from, key, of, known));
    if (key !== null && found.inner.some(([inner]) => inner !== null)) found.twice = true;
    if (key !== null || own.has(report.state)) add("report");
    else if (own.has(api.active_state)) {
      const standbys = groups.get(api.other_states);
      add("all");
      const active = into.reports[first];
      active.leads = true;
      active.cut ||= !Array.isArray(standbys);
      for (const one of listOf(standbys)) add("all", collect(one, known), one);
      into.complete.push(into.reports.length - first);
    } else if (own.has(api.name) && (own.has(api.state) || value.cut)) add("api");
    else if (groups.has(api.standbys) || own.has(api.active)) {
      const keyOf = (text) => (typeof text === "string" ? keyIn(text, api.server) : null);
      const standbys = groups.get(api.standbys);
      into.systems.push({
        active: keyOf(own.get(api.active)),
        standbys: listOf(standbys).map(keyOf),
        cut: Boolean(value.cut) || found.twice || !Array.isArray(standbys),
        raw: value,
      });
    } else if (own.has(report.command) && fold(own.get(report.command)) !== report.status)
      into.commands.push({ name: own.get(report.command), success: groups.has(report.success) && !value.cut, cut: value.cut, raw: value });
    for (const one of into.reports.slice(first)) stamp(one, own.get(report.written) ?? "");
    for (const [innerKey, child] of found.inner) addRecords(into, child, innerKey, known);
  }

  /* The key in the name that stands before an object, where it was copied without the rest. */
  function keyBefore(text, start, names) {
    const name = /"([^"]*)"\s*:\s*$/.exec(text.slice(Math.max(0, start - 80), start))?.[1];
    return keyIn(name ?? "", names.server);
  }

  /* The rows of the window in a text. A row has its code if its texts are those of one state. */
  function windowRows(text, known) {
    const found = [];
    for (const line of text.split("\n")) {
      if (!/\t| {2}|\|/.test(line) || line.length > 2000) continue;
      const cells = line.split(/\t+| {2,}|\|/).map((cell) => cell.trim()).filter((cell) => cell);
      const small = cells.map(fold);
      const role = Object.keys(known.modes).find((one) => small.indexOf(known.modes[one]) > 0);
      const seen = known.rows.find(({ status }) => small.includes(status, 2))?.status;
      if (!role || !seen || found.length > LISTED) continue;
      const fit = known.rows.filter(({ status, info, code }) => status === seen && small.includes(info) && known.states.get(code)?.role === role);
      const codes = new Set(fit.map(({ code }) => code));
      const [code] = codes.size === 1 ? codes : [""];
      found.push({ ...record("window", "", null, collect("", known), known), name: cells[0], code, seen, cells, raw: undefined });
    }
    return found;
  }

  /* Add what a text says, and the texts in it. `tell` is told how far it is, in characters. */
  function addText(into, { name, text: given }, known, tell, level = 0) {
    const text = cleaned(given);
    const scanner = new Scanner(text);
    const outside = [];
    let from = 0;
    for (let found; (found = scanner.next()); tell(from)) {
      const { start, value } = found;
      const next = into.reports.length;
      if (start > from) outside.push(text.slice(from, start));
      from = scanner.at;
      addRecords(into, value, null, known);
      const reports = into.reports.slice(next);
      for (const report of reports) stamp(report, name);
      if (reports.length) reports[0].key ??= keyBefore(text, start, known.report);
      else if (!value.cut) into.without = into.without === "no-json" ? "no-report" : into.without;
      else if (value.size) into.without = "cut-off";
    }
    outside.push(text.slice(from));
    into.reports.push(...windowRows(outside.join("\n"), known));
    for (const [finding, pattern] of known.marks) if (pattern.test(text)) into.marks.add(finding);
    if (level < INSIDE) for (const inner of scanner.inner) addText(into, { name, text: inner }, known, () => {}, level + 1);
  }

  /* Everything in the texts: { reports, systems, commands, complete, marks }, and where there is
     nothing, `without` names what there is instead. The name of a file may begin with the time at which
     its reports were written. `progress` is told how far it is, from 0 to 1. */
  function read(texts, rules, progress = () => {}) {
    const known = prepare(rules);
    const into = { reports: [], systems: [], commands: [], complete: [], marks: new Set(), without: "no-json" };
    const all = texts.reduce((size, { text }) => size + text.length, 0);
    let before = 0;
    let told = 0;
    for (const one of texts) {
      addText(into, one, known, (at) => {
        if (before + at - told > 500_000) progress((told = before + at) / all);
      });
      before += one.text.length;
    }
    into.any = into.reports.length + into.systems.length + into.commands.length + into.marks.size > 0;
    return into;
  }

  // ---- Records → judgement

  const signature = (list) => list.map(({ key, name }) => `${key} ${squeeze(name)}`).sort().join("\n");
  const newest = ({ times }) => Math.max(-Infinity, ...times.map(({ at }) => at));
  // What is no number is a finding of its own.
  const disagree = (numbers) => new Set(numbers.filter((one) => typeof one === "number")).size > 1;
  const idOf = ({ key, name, leads }) => key ?? (name ? `name ${squeeze(name)}` : leads ? "leads" : null);

  /* The records that say something else than those before, and those that do not. Of two that say
     the same, the times of the newer one count; that a time cannot be is not forgotten. */
  function withoutCopies(reports) {
    const seen = new Map();
    const copies = [];
    for (const report of reports) {
      const { times, raw, cells, written, impossible, ...said } = report;
      const text = JSON.stringify(said);
      const before = seen.get(text);
      if (!before) seen.set(text, { ...report });
      else {
        copies.push(before);
        before.impossible ||= impossible;
        if (newest(report) > newest(before)) Object.assign(before, { times, raw, cells, written });
      }
    }
    return { servers: [...seen.values()], copies };
  }

  /* The keys of all servers that are active, or said to be. */
  const leadingKeys = (servers, systems, states) => new Set([
    ...systems.map(({ active }) => active),
    ...servers.map(({ knownActive }) => knownActive),
    ...servers.filter(({ code }) => states.get(code)?.role === "active").map(({ key }) => key),
  ].filter((key) => key !== null));

  /* Give each record its key and its name, where the lists of the others say them. */
  function nameServers(servers, systems, states) {
    const keys = new Map();
    const names = new Map();
    for (const { list } of servers)
      for (const { key, name } of list) {
        keys.set(squeeze(name), (keys.get(squeeze(name)) ?? new Set()).add(key));
        if (!names.has(key)) names.set(key, name);
      }
    for (const server of servers) {
      const found = keys.get(squeeze(server.name));
      if (server.key === null && server.name && found?.size === 1) [server.key] = found;
    }
    const leading = leadingKeys(servers, systems, states);
    for (const server of servers) {
      if (server.leads && server.key === null && leading.size === 1) [server.key] = leading;
      server.name ||= server.list.find(({ key }) => key === server.key)?.name ?? (server.source === "report" ? "" : names.get(server.key) ?? "");
    }
  }

  /* What a set shows. Gives the servers without repetition, worst first; finding → what it is about
     (servers, or words); the verdict. `role` keeps to the servers of one role, each for itself. `now`
     is the time in ms; without it nothing counts as old. `isOpen` is whether something cannot be told, also in a
     set that is broken. */
  function judge(read, rules, now = null, role = "") {
    const known = prepare(rules);
    const findings = new Map();
    const note = (finding, about) => {
      if (!findings.has(finding)) findings.set(finding, new Set());
      for (const one of about) findings.get(finding).add(one);
    };
    const noteIf = (finding, about) => about.length && note(finding, about);

    const { servers: all, copies } = withoutCopies(read.reports);
    nameServers(all, read.systems, known.states);
    const stateOf = (server) => known.states.get(server.code);
    const servers = role ? all.filter((server) => (stateOf(server)?.role ?? role) === role) : all;
    const having = (test) => servers.filter((server) => test(server, stateOf(server)));
    const alone = !role && servers.length === 1 && stateOf(servers[0])?.role === "single" && !read.systems.length;
    const tools = { known, servers, stateOf, having, note, noteIf, now };

    noteIf("repeated", copies.filter((copy) => servers.includes(copy)));
    judgeEach(tools);
    judgeTimes(tools);
    judgeRest(read, tools);
    if (role) {
      if (!having((server, state) => (state?.role ?? "unknown") === role).length) note("role-missing", []);
    } else if (alone) noteIf("single-knows-others", having((server) => knowsOthers(server, known.report)));
    else judgeSet(read, tools);
    if (servers.length > MOST) note("too-many", []);
    const rank = (finding) => ["broken", "unclear", "note"].indexOf(known.verdicts.get(finding) ?? "unclear");
    const places = [...known.verdicts.keys()];
    const worst = Math.min(3, ...[...findings.keys()].map(rank));
    const verdict = ["broken", "unclear"][worst] ?? (alone ? "single" : "works");
    // Those of one verdict stand in the order of the checks.
    const sorted = new Map([...findings].sort(([one], [other]) => rank(one) - rank(other) || places.indexOf(one) - places.indexOf(other)));
    // A finding is about a record, or about a server by its key; what is about words is in no row.
    const records = new Set(servers);
    const keys = new Map([...sorted].map(([finding, about]) =>
      [finding, new Set([...about].filter((one) => typeof one !== "string" && !records.has(one)).map(idOf))]));
    const foundFor = (server) => [...keys.keys()].filter((finding) => sorted.get(finding).has(server) || keys.get(finding).has(idOf(server)));
    const rankOf = (server) => Math.min(3, ...foundFor(server).map(rank));
    return {
      findings: sorted,
      servers: rows(servers).map((server) => [rankOf(server), server]).sort(([one], [other]) => one - other).map(([, server]) => server),
      foundFor, rankOf, verdict,
      isOpen: [...findings.keys()].some((finding) => rank(finding) === 1),
      // What an answer must fit: the verdict, or where replication is broken the state codes and findings that say so.
      reasons: worst ? [verdict] : [...findings].filter(([finding]) => !rank(finding))
        .flatMap(([finding, about]) => (finding === "needs-attention" ? [...about].map(({ code }) => code) : finding)),
    };
  }

  /* One record for each server and each code that is said of it. */
  function rows(servers) {
    const kept = new Map();
    return servers.filter((server) => {
      const id = `${idOf(server)} ${server.code}`;
      const source = kept.get(id) ?? server.source;
      kept.set(id, source);
      return source === server.source || idOf(server) === null;
    });
  }

  function judgeEach({ known: { report, api }, having, noteIf }) {
    const noteEach = (finding, test) => noteIf(finding, having(test));
    noteEach("cut-off", (server) => server.cut);
    noteEach("run-together", (server) => server.twice);
    noteEach("no-state", (server) => !server.code && !server.seen);
    noteEach("window-no-state", (server) => !server.code && server.seen);
    noteEach("unknown-state", (server, state) => server.code && !state);
    noteEach("needs-attention", (server, state) => ["in-part", "broken"].includes(state?.replication));
    noteEach("switching", (server, state) => state?.role === "changing" || (server.switching ?? report.no_switch) !== report.no_switch);
    noteEach("other-mode", (server) => (server.replication ?? report.native) !== report.native);
    noteEach("licence", (server) => (server.licence ?? "true") !== "true");
    noteEach("role-differs", (server, state) =>
      (["active", "standby"].includes(state?.role) && !server.roles.every((role) => role.startsWith(report[state.role])))
      || (server.source === "all" && state && state.role !== (server.leads ? "active" : "standby")));
    noteEach("contradiction", (server, state) =>
      server.odd || (state?.replication === "works" && contradicts(server, state, server.source === "report" ? report : api)));
    noteEach("no-number", (server) => [server.count, server.tables, server.elements, server.registered, server.running].includes(null));
    for (const server of having((one, state) => state?.role === "active")) judgeSlots(server, noteIf, report);
    noteEach("impossible-time", (server) => server.impossible);
  }

  function contradicts(server, state, { flags }) {
    const expected = Object.values(flags).map((flag) => flag[state.role]);
    const unlike = server.flags.some((flag, number) => flag !== undefined && typeof expected[number] === "boolean" && flag !== String(expected[number]));
    const unconnected = state.role === "standby" && server.key !== null && server.connections
      && !server.connections.some(({ key }) => key === server.key);
    return unlike || unconnected;
  }

  function judgeSlots(server, noteIf, names) {
    const { key, list, declared, connections, registered, running } = server;
    const listed = new Map(list.map((one) => [one.key, one]));
    const about = (slot) => listed.get(slot.key) ?? { key: slot.key, name: "" };
    const without = (some, slots) => some.filter((one) => !slots.some((slot) => slot.key === one.key));
    if (declared) noteIf("not-declared", without(list, declared).filter((one) => one.key !== key));
    if (declared && connections) noteIf("not-connected", without(declared, connections).map(about));
    if (connections) noteIf("not-streaming", connections.filter(({ state }) => state !== undefined && state !== names.streaming).map(about));
    if (list.length) noteIf("slot-not-listed", [...(declared ?? []), ...(connections ?? [])].filter((slot) => !listed.has(slot.key)).map(about));
    noteIf("numbers-differ", disagree([registered, running]) ? [server] : []);
  }

  /* Times with a zone are compared closely; of a time without one only days are certain. An Active
     Server says only since when, which may be long. */
  function judgeTimes({ known: { limits }, servers, having, noteIf, now }) {
    const near = limits.apart_minutes * 60_000;
    const far = limits.apart_hours_without_zone * 3_600_000;
    const old = limits.old_minutes * 60_000;
    const times = servers.flatMap((server) => server.times);
    const exact = times.filter(({ zone }) => zone !== null);
    const latestOf = (some) => some.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
    const [latest, latestExact] = [latestOf(times), latestOf(exact)];
    noteIf("apart", having((server) => server.times.some(({ at, zone }) => latest - at > far || (zone !== null && latestExact - at > near))));
    if (new Set(exact.map(({ zone }) => zone)).size > 1) noteIf("zones", having((server) => server.times.some(({ zone }) => zone !== null)));
    if (now === null) return;
    const [base, limit] = exact.length ? [latestExact, old] : [latest, far];
    if (Math.abs(now - base) > limit) noteIf(now > base ? "old" : "clock", having((server) => server.times.length));
  }

  function knowsOthers({ key, list, count, knownActive, roles, declared, connections }, names) {
    return list.length > 1 || list.some((server) => key !== null && server.key !== key) || disagree([count, 1])
      || (knownActive !== null && knownActive !== key) || roles.some((role) => role.startsWith(names.standby))
      || declared?.length || connections?.length;
  }

  /* What other commands, the whole system and the console say. */
  function judgeRest({ systems, commands, marks }, { noteIf, note }) {
    const names = (success) => [...new Set(commands.filter((one) => one.success === success).map(({ name }) => name))];
    noteIf("command-succeeded", names(true));
    noteIf("command-open", names(false));
    for (const finding of marks) note(finding, []);
    if (systems.some((system) => system.cut)) note("system-cut", []);
  }

  function judgeSet({ systems, complete }, { known, servers, stateOf, having, note, noteIf }) {
    noteIf("single-among-others", having((server, state) => state?.role === "single"));
    const byId = new Map();
    for (const server of servers) {
      const id = idOf(server);
      byId.set(id, [...(byId.get(id) ?? []).slice(0, MOST), server]);
    }
    const nameless = byId.get(null) ?? [];
    byId.delete(null);
    noteIf("no-key", nameless);
    const differ = (same) => same.some((one, number) => same.slice(number + 1).some((other) => one.source === other.source || one.code !== other.code));
    noteIf("several-reports", [...byId.values()].filter(differ).map(([first]) => first));

    const listing = having((server) => server.list.length);
    noteIf("no-list", having((server, state) => ["report", "api"].includes(server.source) && !server.list.length && state?.role !== "single"));
    if (!listing.length && !systems.length && !complete.length) noteIf("window-alone", having((server) => server.source === "window"));
    noteIf("count-differs", listing.filter(({ count, list, registered, running }) =>
      disagree([count, list.length]) || (registered === running && disagree([registered, list.length - 1]))));
    for (const what of ["tables", "elements"])
      if (disagree(servers.map((server) => server[what]))) note(`${what}-differ`, having((server) => server[what] !== undefined));

    const listed = new Map(listing.flatMap(({ list }) => list).map((server) => [server.key, server]));
    const keysOfSystems = systems.map((system) => [system.active, ...system.standbys].filter((key) => key !== null).sort());
    const signatures = new Set(listing.map(({ list }) => signature(list)));
    const keySets = new Set(keysOfSystems.map(String));
    if (listed.size) keySets.add(String([...listed.keys()].sort()));
    for (const key of keysOfSystems.flat()) if (!listed.has(key)) listed.set(key, { key, name: "" });
    if (systems.some(({ standbys }) => standbys.includes(null))) note("system-cut", []);
    noteIf("not-listed", having((server) =>
      (server.source === "report" && server.list.length && server.key !== null && !server.list.some(({ key }) => key === server.key))
      || (server.source !== "report" && listed.size && !server.leads && !listed.has(server.key))));
    const missing = [...listed.values()].filter(({ key }) => !byId.has(key));
    // A report without a key may be of one of them.
    const unplaced = nameless.length + (byId.has("leads") ? 1 : 0);
    if (missing.length > unplaced) note("missing-report", missing);
    const sizes = new Set(complete);
    if (listed.size) sizes.add(listed.size);
    if ([signatures, keySets, sizes].some(({ size }) => size > 1)) note("lists-differ", listing);

    const active = having((server, state) => state?.role === "active");
    const leaders = new Set(active.map((server) => idOf(server) ?? server));
    if (leaders.size > 1) note("several-active", active);
    if (leaders.size === 1 && active.length === servers.length && listed.size < 2) note("no-standby", []);
    const standbysAlone = !missing.length && servers.length && servers.every((server) => stateOf(server)?.role === "standby");
    if ((standbysAlone && !servers.every(({ source }) => source === "window")) || systems.some((system) => system.active === null && !system.cut))
      note("no-active", []);
    else if (standbysAlone) note("window-alone", servers);
    const knowing = having((server) => server.knownActive !== null);
    if (leaders.size < 2 && leadingKeys(servers, systems, known.states).size > 1) note("known-active-differs", knowing.length ? knowing : active);
    if (!servers.length && !missing.length) note("no-state-here", []);
  }

  /* The set as lines between the one Active Server and each other server: [{ server, link }], where
     link is "leads", "streaming", "connected", "declared", "undeclared" or "unknown". */
  function picture({ servers }, rules) {
    const { states, report } = prepare(rules);
    const leads = ({ code }) => states.get(code)?.role === "active";
    const leaders = servers.filter(leads);
    const [leader] = leaders;
    const seen = new Set(servers.map(idOf));
    const silent = servers.flatMap(({ list }) => list).filter(({ key }) => !seen.has(key) && seen.add(key));
    const linkTo = ({ key }) => {
      const { declared, connections } = leader ?? {};
      if (leaders.length !== 1 || key === null || !(declared || connections)) return "unknown";
      const slot = connections?.find((one) => one.key === key);
      if (slot) return slot.state === undefined || slot.state === report.streaming ? "streaming" : "connected";
      if (!declared) return "unknown";
      return declared.some((one) => one.key === key) ? "declared" : "undeclared";
    };
    const others = servers.filter((server) => !leads(server));
    return [...leaders.map((server) => ({ server, link: "leads" })), ...[...others, ...silent].map((server) => ({ server, link: linkTo(server) }))];
  }

  self.reports = {
    read, judge, picture, decoded, MOST,
    squeeze, fold, prepare, idOf, serverList, timeIn, // for status-later.js and run-report.js
  };

  // In a worker: read the texts, and say how far it is.
  if (!self.document)
    self.onmessage = ({ data: { texts, rules } }) => postMessage({ done: read(texts, rules, (progress) => postMessage({ progress })) });
})();
