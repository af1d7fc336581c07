/* A run of a procedure as plain values: what is ticked, by whom, in which state that leaves the servers, its record,
   its file, its entries in storage. No page, no clock, no storage; all times are in milliseconds. */
(() => {
  "use strict";

  const { attempt, filled } = window.shared;

  const FORMAT = 1;
  const SCHEMA = "run.schema.json";
  const SIZE = 1 << 18; // characters of a file
  const MOST = 8; // Standby Servers
  const NOTE = 500; // characters of a note, a reason, the words of a warning
  // Names stand in commands: nothing that a shell reads, and no option.
  const NAME = /^[A-Za-z0-9:_][A-Za-z0-9._:-]{0,63}$/;
  const INITIALS = /^[\p{L}\p{M}\p{N}.-]{0,8}$/u;
  const ANSWERS = /^(?:[\w.-]+=[\w.-]+(?:&[\w.-]+=[\w.-]+)*)?$/;
  const EVENT = /^[a-z-]{1,32}$/;
  const PHASE = /^\d{1,2}$/;
  // section / step, stop, check or acceptance / words, and the server of a repetition
  const ID = /^([^\s\/]{1,200})\/(\d{1,4}|stop|check-\d{1,4}|accept)\/([0-9a-f]{8})(?: (.+))?$/u;
  // Control characters, halves of a character, ends of lines, and what turns the direction of a text.
  const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
  // How an item is ticked, and whether that requires a reason.
  const HOW = new Map([["hand", false], ["checked", false], ["skipped", true], ["otherwise", true], ["overridden", true]]);

  const isText = (value) => typeof value === "string";
  const isName = (value) => isText(value) && NAME.test(value);
  const isInitials = (value) => isText(value) && INITIALS.test(value);
  const isTime = (value) => Number.isInteger(value) && value >= 1e12 && value < 1e13;
  const isMinutes = (value) => Number.isInteger(value) && value >= 0 && value < 1e4;
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|\/-]/g, "\\$&");
  const noteOf = (text) => text.slice(0, NOTE).replace(UNSEEN, " ");
  const line = (text) => noteOf(text).trim();
  const isLine = (value) => isText(value) && value === line(value);

  // ---- Names

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

  /* A value from outside as names, {active, standby: [name], first, used}, or null. */
  function namesOf(value) {
    const { active, standby, first, used } = Object(value);
    if (!Array.isArray(standby) || mistake({ active, standby })) return null;
    return { active, standby: [...standby], first: firstOf(standby, first), used: used !== false };
  }

  /* The names in an address; undefined without, null with wrong ones. */
  function fromFragment(fragment) {
    if (!/[#&](active|standby)=/.test(fragment)) return undefined;
    const values = new URLSearchParams(fragment.slice(1));
    const [standby, first] = [values.getAll("standby"), values.get("first")];
    return first === null || standby.includes(first) ? namesOf({ active: values.get("active"), standby, first }) : null;
  }

  function toFragment({ active, standby, first }) {
    const values = new URLSearchParams([["active", active], ...standby.map((name) => ["standby", name]), ...(first ? [["first", first]] : [])]);
    return `#${values}`;
  }

  /* Every server with its role on the page: "active", "first", "other", or "" where that is not chosen yet. */
  function roles({ active, standby, first }, page) {
    const keyOf = (name) => (!page.first ? "other" : !first ? "" : name === first ? "first" : "other");
    return [{ key: "active", name: active }, ...standby.map((name) => ({ key: keyOf(name), name }))];
  }

  /* Whether a server with a role is one of those that a key means. */
  const means = (key, role) => key === role || key === "all" || (key === "standby" && role !== "active");

  /* The servers that a key means: "active", "first", "other", "standby" or "all"; null where that is not chosen yet. */
  function serversOf(key, names, page) {
    const all = roles(names, page);
    if (/^(first|other)$/.test(key) && all.some((one) => !one.key)) return null;
    return all.filter((one) => means(key, one.key)).map(({ name }) => name);
  }

  const shown = (names) => (names?.used ? names : null);

  // ---- Items: steps, stops, checks and acceptances, repeated for the servers they are for

  function baseOf({ kind, section, number, hash }) {
    return `${section}/${kind === "step" ? number : kind === "check" ? `check-${number}` : kind}/${hash}`;
  }

  const onlyOne = (servers) => (servers?.length === 1 ? servers[0] : "");

  /* The items of a page in their order. `all` are the ids of an item that stands once and is kept for each server. */
  function itemsFor(page, names) {
    const used = shown(names);
    return page.marks.flatMap((mark) => {
      const base = baseOf(mark);
      const at = used ? onlyOne(serversOf(mark.on, used, page)) : "";
      const item = { ...mark, base, id: base, server: "", at, all: [] };
      const key = mark[mark.kind === "accept" ? "of" : mark.each];
      const servers = key && names && serversOf(key, names, page);
      if (!servers) return [item];
      if (!used) return [{ ...item, all: servers.map((name) => `${base} ${name}`) }];
      return servers.map((server) => ({ ...item, id: `${base} ${server}`, server, at: mark.each === "on" ? server : at }));
    });
  }

  const partOf = ({ kind }) => (kind === "accept" ? "accepted" : "ticks");
  const holds = ({ kind, counted }) => kind === "check" || kind === "accept" || (kind === "stop" && counted);
  const counts = (item) => item.kind !== "accept" && (holds(item) || Boolean(item.counted));

  /* The tick or acceptance of an item, or null. One that is kept for each server is done where all are: the tick is
     then that which says least, a skipped one before the last. */
  function tickOf(run, item) {
    const entries = run[partOf(item)];
    if (entries[item.id]) return entries[item.id];
    const each = item.all.map((id) => entries[id]);
    if (!each.length || !each.every(Boolean)) return null;
    return each.find(({ how }) => how === "skipped") ?? each.reduce((last, one) => (one.time > last.time ? one : last));
  }

  const isOpen = (run) => (item) => !tickOf(run, item);
  const isAhead = (item) => holds(item) || counts(item);

  const current = (run, items) => items.filter(isAhead).find(isOpen(run)) ?? null;

  const heldBy = (run, items, id) => items.slice(0, items.findIndex((item) => item.id === id)).filter(holds).filter(isOpen(run));

  /* Where Next leads from an item: to the next open one, or back to the first, never beyond what holds it back. */
  function next(run, items, from) {
    const at = items.findIndex((item) => item.id === from);
    const open = items.filter(isAhead).filter(isOpen(run));
    const after = open.find((item) => items.indexOf(item) > at) ?? open[0] ?? null;
    const held = open.find(holds);
    return held && items.indexOf(held) < items.indexOf(after) ? held : after;
  }

  const acceptancesLeft = (run, items) => items.filter(({ kind }) => kind === "accept").filter(isOpen(run));

  const phasesOf = (items) => [...new Set(items.map(({ phase }) => phase))];

  function progress(run, items) {
    const counted = items.filter(counts);
    return phasesOf(counted).map((phase) => {
      const ticks = counted.filter((item) => item.phase === phase).map((item) => tickOf(run, item));
      return { phase, done: ticks.filter(Boolean).length, skipped: ticks.filter((tick) => tick?.how === "skipped").length, all: ticks.length };
    });
  }

  /* What was done, in the order of the page; what stands beside its phases comes where its time puts it. */
  function inOrder(run, items) {
    const done = items.filter((item) => item.kind !== "accept" && tickOf(run, item));
    const list = done.filter(counts);
    for (const item of done.filter((one) => !counts(one))) {
      const { time } = tickOf(run, item);
      list.splice(list.findLastIndex((one) => tickOf(run, one).time <= time) + 1, 0, item);
    }
    return list;
  }

  /* The state of each server by the ticks: that of the start, then what each item has left. */
  function states(run, page) {
    const names = shown(run.names);
    const role = { active: page.active, first: page.first };
    const servers = (names ? roles(names, page) : Object.keys(page.start).map((key) => ({ key, name: "" })))
      .map((one) => ({ ...one, role: role[one.key] ?? page.standby, state: page.start[one.key] ?? null }));
    const items = itemsFor(page, run.names);
    const changes = (item) => (tickOf(run, item)?.how ?? "skipped") !== "skipped";
    for (const item of inOrder(run, items).filter(changes)) {
      const each = items.filter(({ base }) => base === item.base);
      const isMeant = (name) => (each.some(({ server }) => server === name) ? item.server === name : each.every(changes));
      for (const [key, state] of Object.entries(item.after ?? {}))
        for (const server of servers) if (server.key && means(key, server.key) && isMeant(server.name)) server.state = state;
    }
    return servers;
  }

  // ---- Values from outside: each part as it must be, or undefined

  const tickFrom = ({ time, how, by, reason }) =>
    isTime(time) && HOW.has(how) && isInitials(by) && isLine(reason) && HOW.get(how) === Boolean(reason) ? { time, how, by, reason } : undefined;
  const acceptanceFrom = ({ time, by, words }) =>
    isTime(time) && isInitials(by) && by && isLine(words) ? { time, by, words } : undefined;
  const thrownFrom = ({ time, event, words }) =>
    isTime(time) && isText(event) && EVENT.test(event) && isLine(words) ? { time, event, words } : undefined;
  const textFrom = (text) => (isLine(text) && text ? text : undefined);

  function planFrom({ window, minutes, back }) {
    const isWindow = window === null || (Array.isArray(window) && window.length === 2 && window.every(isTime) && window[0] < window[1]);
    const areMinutes = isObject(minutes) && Object.entries(minutes).every(([phase, value]) => PHASE.test(phase) && isMinutes(value));
    return isWindow && areMinutes && (back === null || isMinutes(back)) ? { window, minutes: { ...minutes }, back } : undefined;
  }

  const FIELDS = {
    version: (value) => textFrom(value)?.slice(0, 64),
    begun: (value) => (value === null || isTime(value) ? value : undefined),
    answers: (value) => (isText(value) && value.length <= 2000 && ANSWERS.test(value) ? value : undefined),
    initials: (value) => (isInitials(value) ? value : undefined),
    plan: planFrom,
  };
  const MAPS = { ticks: tickFrom, notes: textFrom, accepted: acceptanceFrom, thrown: thrownFrom };

  /* The parts of an id, or null. */
  function partsOf(id) {
    const [, section, number, hash, server = ""] = ID.exec(id) ?? [];
    return section && noteOf(section) === section && (!server || isName(server)) ? { section, number, hash, server } : null;
  }

  const fits = (map, id) => partsOf(id) && !(map === "notes" ? false : (partsOf(id).number === "accept") !== (map === "accepted"));

  const sorted = (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);
  const isSame = (a, b) => JSON.stringify(a, sorted) === JSON.stringify(b, sorted);

  /* A value that a part's function takes exactly as it is, or undefined. Depths without end are no value. */
  const exactly = (from, value) => attempt(() => [from(value)].find((made) => made !== undefined && isSame(made, value))) ?? (value === null ? from(null) : undefined);

  // ---- Changes

  const noPlan = () => ({ window: null, minutes: {}, back: null });

  const empty = (page, rehearsal = false) => ({
    format: FORMAT, procedure: page.procedure, version: page.version, rehearsal, begun: null, names: null, answers: "", initials: "",
    plan: noPlan(), ticks: {}, notes: {}, accepted: {}, thrown: {},
  });

  const put = (run, part, id, entry) => ({ ...run, [part]: { ...run[part], [id]: entry } });
  const without = (entries, ids) => Object.fromEntries(Object.entries(entries).filter(([id]) => !ids.includes(id)));
  const earliest = (run) => Math.min(...[run.begun, ...[run.ticks, run.accepted].flatMap((all) => Object.values(all).map(({ time }) => time))].filter(Boolean));
  const withBegin = (run) => ({ ...run, begun: Number.isFinite(earliest(run)) ? earliest(run) : null });

  /* A run with an item ticked, or accepted; null if the values do not do for it. */
  function tick(run, item, { time, how = "hand", by = run.initials, reason = "" }) {
    const entry = item.kind === "accept"
      ? acceptanceFrom({ time, by, words: line(item.words) })
      : tickFrom({ time, how, by, reason: line(reason) });
    return entry ? withBegin(put(run, partOf(item), item.id, entry)) : null;
  }

  function untick(run, item) {
    const part = partOf(item);
    const left = { ...run, [part]: without(run[part], [item.id]) };
    return tickOf(left, item) ? { ...left, [part]: without(left[part], item.all) } : left;
  }

  function note(run, item, text) {
    const words = line(text);
    return words ? put(run, "notes", item.id, words) : { ...run, notes: without(run.notes, [item.id]) };
  }

  function throwIn(run, item, { time, event, words }) {
    const entry = thrownFrom({ time, event, words: line(words) });
    return entry && run.rehearsal ? put(run, "thrown", item.id, entry) : null;
  }

  const withField = (name) => (run, value) => (exactly(FIELDS[name], value) === undefined ? null : { ...run, [name]: value });

  /* Names have come: what stood once for every server stands for each. An acceptance does not: it was of other servers. */
  function spread(run, page) {
    if (!shown(run.names)) return run;
    const moved = { ...run };
    const once = itemsFor(page, { ...run.names, used: false }).filter((item) => item.kind !== "accept" && item.all.length);
    for (const part of ["ticks", "notes", "thrown"])
      for (const { id, all } of once.filter((item) => run[part][item.id])) {
        const each = Object.fromEntries(all.map((one) => [one, run[part][id]]));
        moved[part] = { ...each, ...without(moved[part], [id]) };
      }
    return moved;
  }

  /* A run with other names, or with none shown; null if they cannot be used. */
  function withNames(run, page, names) {
    if (!names) return { ...run, names: run.names && { ...run.names, used: false } };
    const taken = namesFor({ ...names, used: true }, page);
    return taken && spread({ ...run, names: taken }, page);
  }

  /* On a page where no Standby Server has a role of its own, none is chosen. */
  function namesFor(value, page) {
    const names = namesOf(value);
    return names && { ...names, first: page.first ? names.first : "" };
  }

  /* What belongs to the page as it is now, and what does not: its words have changed since, or it is gone. */
  function fit(run, page) {
    const known = new Set(page.marks.map(baseOf));
    const fitted = { ...run };
    const gone = new Set();
    for (const part of Object.keys(MAPS)) {
      const strange = Object.keys(run[part]).filter((id) => !known.has(id.split(" ")[0]));
      strange.forEach((id) => gone.add(id));
      fitted[part] = without(run[part], strange);
    }
    const changed = [...gone].sort().map((id) => {
      const { section, number, server } = partsOf(id);
      const now = page.marks.find((mark) => baseOf(mark).startsWith(`${section}/${number}/`)) ?? null;
      return { id, section, number, server, now, tick: run.ticks[id] ?? run.accepted[id] ?? null, note: run.notes[id] ?? "" };
    });
    return { run: fitted, changed };
  }

  // ---- Time

  const MINUTE = 60_000;
  const sum = (values) => (values.length ? values.reduce((all, one) => all + one, 0) : null);

  /* Planned and elapsed time of each phase and of all, and the latest moment to turn back. A phase begins where those
     before it end, or with its own first tick if that was earlier. */
  function timing(run, page, now) {
    const items = itemsFor(page, run.names).filter(counts);
    const at = current(run, items)?.phase;
    let end = run.begun;
    const phases = phasesOf(items).map((phase) => {
      const own = items.filter((item) => item.phase === phase);
      const times = own.map((item) => tickOf(run, item)?.time).filter(Boolean);
      const planned = run.plan.minutes[phase] ?? null;
      const done = times.length === own.length;
      const begun = Math.min(end ?? now, ...times);
      const ended = run.begun !== null && phase === at ? Math.max(now, begun) : Math.max(...times);
      if (!Number.isFinite(ended)) return { phase, planned, elapsed: null, done };
      end = Math.max(end, ended);
      return { phase, planned, elapsed: ended - begun, done };
    });
    const { window, back } = run.plan;
    const latest = window && window[1] - (back ?? 0) * MINUTE;
    return {
      phases, latest, late: latest !== null && now > latest,
      planned: sum(Object.values(run.plan.minutes)), elapsed: run.begun === null ? null : Math.max(0, (at === undefined ? end : now) - run.begun),
    };
  }

  /* The minutes that each phase took, of those that are done. */
  function ownMinutes(run, page) {
    const { phases } = timing(run, page, run.begun ?? 0);
    return Object.fromEntries(phases.filter(({ done, elapsed }) => done && elapsed !== null)
      .map(({ phase, elapsed }) => [phase, Math.min(Math.max(1, Math.round(elapsed / MINUTE)), 9999)]));
  }

  // ---- The record

  const entryOf = (run) => (item) => ({
    id: item.id, kind: item.kind, number: item.number ?? "", words: item.words.replace(/\s+/g, " ").trim(), server: item.server, at: item.at,
    tick: tickOf(run, item), notes: [item.id, ...item.all].map((id) => run.notes[id]).filter(Boolean),
    thrown: [item.id, ...item.all].map((id) => run.thrown[id]).filter(Boolean),
  });

  /* All that is known of a run, as plain values in the order of the page. */
  function record(run, page) {
    const items = itemsFor(page, run.names);
    const inSight = new Set(items.flatMap(({ id, all }) => [id, ...all]));
    const entry = entryOf(run);
    const counted = items.filter(counts);
    const ticks = counted.map((item) => tickOf(run, item)).filter(Boolean);
    const skipped = ticks.filter(({ how }) => how === "skipped").length;
    const times = [run.ticks, run.accepted].flatMap((all) => Object.values(all)).map(({ time }) => time);
    const { phases, latest, planned } = timing(run, page, Math.max(run.begun, ...times));
    const marks = new Map(page.marks.map((mark) => [baseOf(mark), mark]));
    const others = [...new Set([run.ticks, run.accepted, run.notes].flatMap(Object.keys))].filter((id) => !inSight.has(id)).sort().map((id) => {
      const [base, server = ""] = id.split(" ");
      return entry({ ...marks.get(base), id, server, at: "", all: [] });
    });
    return {
      title: page.title, procedure: run.procedure, version: run.version, now: page.version, rehearsal: run.rehearsal, begun: run.begun,
      last: times.length ? Math.max(...times) : null, answers: run.answers, window: run.plan.window, latest, planned,
      named: Boolean(shown(run.names)), servers: states(run, page),
      count: { all: counted.length, done: ticks.length - skipped, skipped, left: counted.length - ticks.length },
      accepted: items.filter(({ kind }) => kind === "accept").map(entry),
      exceptions: items.filter((item) => item.kind !== "accept" && HOW.get(tickOf(run, item)?.how)).map(entry),
      left: counted.filter(isOpen(run)).map(entry),
      phases: phases.map((one) => ({
        ...one, title: page.phases.find(({ phase }) => phase === one.phase)?.title ?? "",
        items: counted.filter(({ phase }) => phase === one.phase).map(entry),
      })),
      beside: items.filter((item) => item.kind !== "accept" && !counts(item)).map(entry).filter((one) => one.tick || one.notes.length),
      others,
    };
  }

  /* A record as blocks, {title}, {head}, {line} or {item, done, how, under: [line]}; its words are the reader's own. */
  function blocksOf(record, words) {
    const say = (key, values = {}) => filled(words[key], values);
    const time = (ms) => say("time", { time: new Date(ms).toISOString().slice(0, 16).replace("T", " ") });
    const head = (key, values) => ({ head: say(key, values) });
    const text = (key, values) => ({ line: say(key, values) });
    const nameOf = ({ name, role }) => (name ? say("server", { name, role }) : role);

    function wordsOf({ kind, number, words: said, server, at }) {
      const step = kind === "step" ? say("step", { number, words: said }) : said;
      if (server && at && server !== at) return say("on-for", { step, server: at, other: server });
      return server && server !== at ? say("for", { step, server }) : at ? say("on", { step, server: at }) : step;
    }

    function item(one) {
      const { kind, tick, notes, thrown } = one;
      const how = kind === "accept" ? (tick ? "accepted" : "not-accepted") : (tick?.how ?? "open");
      const under = [say(how, tick && { time: time(tick.time), by: tick.by || say("nobody"), reason: tick.reason })];
      return { item: wordsOf(one), how, under: [
        ...under, ...notes.map((note) => say("note", { note })), ...thrown.map((one) => say("thrown", { time: time(one.time), words: one.words })),
      ] };
    }

    const list = (key, items) => (items.length ? [head(key), ...items.map(item)] : []);
    const spent = ({ planned, elapsed, done }) => {
      const took = done && elapsed !== null ? Math.round(elapsed / MINUTE) : null;
      const key = took === null ? planned !== null && "planned" : planned === null ? "took" : "minutes";
      return key ? [text(key, { planned, elapsed: took })] : [];
    };
    const { version, now, begun, last, window, latest, answers, count, servers, named } = record;
    const unchosen = named && servers.find(({ key }) => !key);
    return [
      { title: say("record", record) },
      ...(record.rehearsal ? [{ line: say("rehearsal"), strong: true }] : []),
      text(version === now ? "version" : "versions", { version, now }),
      begun === null ? text("not-begun") : text("begun", { time: time(begun) }),
      ...(last === null ? [] : [text("last", { time: time(last) })]),
      text("count", count),
      ...(answers ? [text("answers", { answers })] : []),
      ...(window ? [text("window", { start: time(window[0]), end: time(window[1]) }), text("latest", { time: time(latest) })] : []),
      head("servers"),
      ...(named ? [] : [text("no-names")]),
      ...(unchosen ? [text("unchosen", { role: record.first })] : []),
      ...servers.map((one) => (one.state ? text("state", { server: nameOf(one), state: one.state.words.join(", ") }) : { line: nameOf(one) })),
      ...list("left-list", record.left),
      ...list("skipped-list", record.exceptions),
      ...list("accepted-list", record.accepted),
      ...record.phases.flatMap((phase) => [head("phase", phase), ...spent(phase), ...phase.items.map(item)]),
      ...list("beside", record.beside),
      ...list("other-names", record.others),
    ];
  }

  const BOX = { open: " ", "not-accepted": " ", skipped: "-", otherwise: "!", overridden: "!" };

  const asText = (record, say) => blocksOf(record, say).map(({ title, head, line, item, how, under }) => {
    if (title) return `${title}\n${"=".repeat(title.length)}\n\n`;
    if (head) return `\n${head}\n${"-".repeat(head.length)}\n\n`;
    return line ? `${line}\n` : `[${BOX[how] ?? "x"}] ${item}\n${under.map((one) => `      ${one}\n`).join("")}`;
  }).join("");

  const plain = (text) => text.replace(/[\\`*_[\]<>&~|#$]/g, "\\$&");

  /* Nothing that a server's name, a note or a reason holds is Markdown. */
  const asMarkdown = (record, say) => blocksOf(record, say).map(({ title, head, line, strong, item, how, under }) => {
    if (title) return `# ${plain(title)}\n\n`;
    if (head) return `\n## ${plain(head)}\n\n`;
    if (line) return strong ? `- **${plain(line)}**\n` : `- ${plain(line)}\n`;
    return `- [${/^(open|not-accepted|skipped)$/.test(how) ? " " : "x"}] ${plain(item)}\n${under.map((one) => `    - ${plain(one)}\n`).join("")}`;
  }).join("");

  // ---- The file

  const ORDER = ["format", "procedure", "version", "rehearsal", "begun", "names", "answers", "initials", "plan", ...Object.keys(MAPS)];
  const inKeys = (value) => JSON.parse(JSON.stringify(value, sorted));

  const asFile = (run) => `${JSON.stringify({ $schema: SCHEMA, ...Object.fromEntries(ORDER.map((key) => [key, inKeys(run[key])])) }, null, 2)}\n`;

  /* A file as {run, changed}, or what is wrong with it. All of it must be right. */
  function fromFile(text, page) {
    if (!isText(text) || text.length > SIZE) return { mistake: "size" };
    const value = attempt(() => JSON.parse(text.replace(/^\ufeff/, "")));
    if (value === null) return { mistake: "json" };
    if (!isObject(value) || !Number.isInteger(value.format) || value.format < FORMAT) return { mistake: "run" };
    if (value.format > FORMAT) return { mistake: "format" };
    if (isText(value.procedure) && value.procedure !== page.procedure) return { mistake: "procedure", procedure: line(value.procedure) };
    const wrong = whatIsWrong(value, page);
    if (wrong !== null) return { mistake: "value", at: line(wrong) };
    return fit(Object.fromEntries(ORDER.map((key) => [key, value[key]])), page);
  }

  /* The place of the first value of a file that is not right, or null. */
  function whatIsWrong(value, page) {
    const strange = Object.keys(value).find((key) => key !== "$schema" && !ORDER.includes(key)) ?? ORDER.find((key) => !Object.hasOwn(value, key));
    if (strange !== undefined) return strange;
    if (value.procedure !== page.procedure) return "procedure";
    if (typeof value.rehearsal !== "boolean") return "rehearsal";
    if (value.names !== null && exactly((names) => namesFor(names, page) ?? undefined, value.names) === undefined) return "names";
    const field = Object.keys(FIELDS).find((key) => exactly(FIELDS[key], value[key]) === undefined);
    if (field) return field;
    for (const [map, from] of Object.entries(MAPS)) {
      if (!isObject(value[map]) || (map === "thrown" && !value.rehearsal && Object.keys(value[map]).length)) return map;
      const id = Object.keys(value[map]).find((one) => !fits(map, one) || exactly(from, value[map][one]) === undefined);
      if (id !== undefined) return `${map}.${id}`;
    }
    return null;
  }

  // ---- Storage: each tick, note and acceptance is an entry of its own, so that two tabs or a lost write cost no other

  const prefix = (site) => `${site} v3 `;
  const oldPrefix = (site) => `${site} v2 `;

  function keysOf({ site, procedure, rehearsal, first }) {
    const at = (real) => `${prefix(site)}${real ? "run" : "rehearsal"}`;
    const names = (real) => ({ names: `${at(real)} names`, first: `${at(real)} first ${first}` });
    return { run: `${at(!rehearsal)}/${encodeURIComponent(procedure)} `, ...names(!rehearsal), real: names(true) };
  }

  /* A run as entries of storage, key → text. */
  function entries(run, place) {
    const keys = keysOf(place);
    const { active, standby, first, used } = run.names ?? {};
    const fields = { version: run.begun === null ? "" : run.version, begun: run.begun, answers: run.answers, initials: run.initials,
      plan: isSame(run.plan, noPlan()) ? null : run.plan };
    const all = [
      ...Object.entries(fields).filter(([, value]) => value).map(([name, value]) => [keys.run + name, value]),
      ...Object.keys(MAPS).flatMap((map) => Object.entries(run[map]).map(([id, entry]) => [`${keys.run}${map} ${id}`, entry])),
      ...(run.names ? [[keys.names, { active, standby, used }]] : []),
      ...(first && place.first ? [[keys.first, first]] : []),
    ];
    return new Map(all.map(([key, value]) => [key, JSON.stringify(value, sorted)]));
  }

  /* What must be written to get from one run to another: [[key, text]], null to remove. */
  function writes(before, after, place) {
    const [had, has] = [entries(before, place), entries(after, place)];
    // Which server was chosen stays known while the names are others.
    const gone = [...had.keys()].filter((key) => !has.has(key) && key !== keysOf(place).first);
    return [...gone.map((key) => [key, null]), ...[...has].filter(([key, text]) => had.get(key) !== text)];
  }

  const valueOf = (text) => attempt(() => JSON.parse(text));

  /* Ticks and names as they were kept before: [[key, text]] in today's form, and their removal. */
  function takenOver(kept, place, page) {
    if (place.rehearsal) return [];
    const keys = keysOf(place);
    const old = oldPrefix(place.site);
    const found = [];
    const take = (from, to, value) => found.push(...(kept.has(to) ? [] : [[to, JSON.stringify(value, sorted)]]), [from, null]);
    const marks = new Map(page.marks.map((mark) => [mark.old, mark]));
    const ticks = `${old}tick ${place.old} `;
    for (const [key, text] of kept) {
      if (!key.startsWith(ticks)) continue;
      const [id, server, ...more] = key.slice(ticks.length).split(" ");
      const mark = marks.get(id);
      const time = /^[1-9]\d{12}$/.test(text) ? Number(text) : 0;
      if (!mark || !time || more.length || (server !== undefined && !(mark.each && isName(server)))) continue;
      take(key, `${keys.run}ticks ${baseOf(mark)}${server === undefined ? "" : ` ${server}`}`, { time, how: "hand", by: "", reason: "" });
    }
    const names = namesOf(valueOf(kept.get(`${old}names`) ?? ""));
    if (names) take(`${old}names`, keys.names, { active: names.active, standby: names.standby, used: names.used });
    const first = kept.get(`${old}first ${place.first}`);
    if (place.first && isName(first)) take(`${old}first ${place.first}`, keys.first, first);
    return found;
  }

  /* Names in storage: {names}, and whether what is there cannot be read. */
  function namesIn(kept, keys, page) {
    if (!kept.has(keys.names)) return { names: null, strange: false };
    const { active, standby, used } = Object(valueOf(kept.get(keys.names)));
    const first = page.first ? valueOf(kept.get(keys.first) ?? "null") : "";
    const names = typeof used === "boolean" ? namesFor({ active, standby, first, used }, page) : null;
    return { names, strange: !names };
  }

  /* The run that storage holds. `strange`: something cannot be read; it is left alone. `writes` are to be done. */
  function load(given, place, page) {
    const kept = new Map(given);
    const old = takenOver(kept, place, page);
    for (const [key, text] of old) text === null ? kept.delete(key) : kept.set(key, text);
    const keys = keysOf(place);
    const own = namesIn(kept, keys, page);
    const { names, strange: wrongNames } = kept.has(keys.names) ? own : namesIn(kept, keys.real, page);
    const run = { ...empty(page, place.rehearsal), names };
    for (const map of Object.keys(MAPS)) run[map] = {};
    let strange = wrongNames;
    for (const [key, text] of kept) {
      if (!key.startsWith(keys.run)) continue;
      const name = key.slice(keys.run.length);
      const value = valueOf(text);
      const at = name.indexOf(" ");
      const [map, id] = [name.slice(0, at), name.slice(at + 1)];
      const isEntry = at > 0 && Object.hasOwn(MAPS, map);
      if (isEntry && value !== null && fits(map, id) && exactly(MAPS[map], value) !== undefined) run[map][id] = value;
      else if (Object.hasOwn(FIELDS, name) && value !== null && exactly(FIELDS[name], value) !== undefined) run[name] = value;
      else strange = true;
    }
    const { run: fitted, changed } = fit(run, page);
    const begun = withBegin(fitted);
    const moved = spread(begun, page);
    return { run: moved, strange, changed, writes: [...old, ...writes(begun, moved, place)] };
  }

  /* To begin again: all is removed but names, initials and the plan, which has one's own times. `undo` brings it back. */
  function renewed(given, place, page) {
    const kept = new Map(given);
    const { run } = load(kept, place, page);
    const { names, initials, plan } = run;
    const fresh = { ...empty(page, place.rehearsal), names, initials, plan: { ...plan, window: null, minutes: { ...plan.minutes, ...ownMinutes(run, page) } } };
    const has = entries(fresh, place);
    const prefixes = [keysOf(place).run, ...(place.rehearsal ? [] : [`${oldPrefix(place.site)}tick ${place.old} `])];
    const gone = [...kept.keys()].filter((key) => prefixes.some((one) => key.startsWith(one)) && !has.has(key));
    const done = [...gone.map((key) => [key, null]), ...[...has].filter(([key, text]) => kept.get(key) !== text)];
    return { writes: done, undo: done.map(([key]) => [key, kept.get(key) ?? null]) };
  }

  window.run = {
    accepts: isInitials, asFile, asMarkdown, asText, current, empty, escaped, firstOf, fit, fromFile, fromFragment, heldBy, isInitials, itemsFor,
    line, load, mark, mistake, namesOf, next, note, noteOf, oldPrefix, open: acceptancesLeft, ownMinutes, prefix, progress, record, renewed,
    serversOf, states, throwIn, tick, tickOf, timing, toFragment, untick, withAnswers: withField("answers"), withInitials: withField("initials"),
    withNames, withPlan: withField("plan"), writes,
  };

  /* The word by which a text was known before. */
  function mark(text) {
    let sum = 0;
    for (const letter of text.replace(/\s+/g, " ").trim()) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
    return (sum >>> 0).toString(36);
  }
})();
