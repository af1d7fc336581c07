/* A run of a procedure as plain values: what is ticked, the state that leaves the servers, its record, its file, its
   entries in storage. No page, no clock, no storage. Times are in milliseconds. */
(() => {
  "use strict";

  const { parsed, NAME, UNSEEN } = window.shared;

  const FORMAT = 1;
  const MOST = 8; // Standby Servers
  const LINE = 500; // characters of a note, a reason, the words of a warning
  const UNDONE = 5; // ticks taken back that leave a trace
  const MINUTE = 60_000;
  // section / step, stop, check or acceptance / words, and the server of a repetition
  const ID = /^([^\s\/]{1,200})\/(\d{1,4}|stop|check-\d{1,4}|accept)\/[0-9a-f]{8}(?: (.+))?$/;
  // How an item is ticked, and whether that requires a reason.
  const HOW = { hand: false, checked: false, skipped: true, otherwise: true, overridden: true, "not-applicable": true };

  const line = (text) => text.slice(0, LINE).replace(UNSEEN, " ").trim();
  const without = (entries, ids) => Object.fromEntries(Object.entries(entries).filter(([id]) => !ids.includes(id)));

  // ---- Values: what each part of a run may be

  const like = (pattern) => (value) => typeof value === "string" && pattern.test(value);
  const within = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isLine = (value) => typeof value === "string" && value === line(value);
  const isWords = (value) => isLine(value) && value !== "";
  const isName = like(NAME);
  const isVersion = (value) => value === "" || isName(value);
  const isInitials = like(/^[\p{L}\p{M}\p{N}.-]{0,8}$/u);
  const isTime = within(1e12, 1e13 - 1);
  const isMinutes = within(0, 9999);
  const orNull = (is) => (value) => value === null || is(value);

  /* An object with these keys and no others. */
  const has = (parts) => (value) => isObject(value) && Object.keys(value).length === Object.keys(parts).length
    && Object.entries(parts).every(([key, is]) => Object.hasOwn(value, key) && is(value[key]));

  const isPlan = has({
    window: orNull((value) => Array.isArray(value) && value.length === 2 && value.every(isTime) && value[0] < value[1]),
    minutes: (value) => isObject(value) && Object.entries(value).every(([phase, minutes]) => /^\d{1,2}$/.test(phase) && isMinutes(minutes)),
    back: orNull(isMinutes),
  });
  const TICK = { time: isTime, how: like(new RegExp(`^(?:${Object.keys(HOW).join("|")})$`)), by: isInitials, reason: isLine };
  /* What a report showed, if one was pasted. */
  const isTick = (value) => has(value?.report === undefined ? TICK : { ...TICK, how: like(/^(?:checked|overridden)$/), report: isWords })(value);
  const isBoolean = (value) => typeof value === "boolean";
  const areNames = has({ active: isName, standby: Array.isArray, first: () => true, used: isBoolean });

  const FIELDS = {
    lookUp: (all) => isObject(all) && Object.keys(all).length <= 50 && Object.entries(all).flat().every(isWords),
    undone: (all) => Array.isArray(all) && all.length <= UNDONE && all.every(has({ time: isTime, by: isInitials, id: (id) => isWords(id) && partsOf(id) })),
    from: isVersion, to: isVersion, version: isWords, begun: orNull(isTime), answers: like(/^(?!.{2001})(?:[\w.-]+=[\w.-]+(?:&(?!$)|$)){0,99}$/), initials: isInitials, plan: isPlan,
    names: orNull((names) => areNames(names) && !mistake(names) && ["", ...names.standby].includes(names.first)),
  };
  const MAPS = {
    ticks: (tick) => isTick(tick) && HOW[tick.how] === (tick.reason !== ""),
    notes: isWords,
    accepted: has({ time: isTime, by: (by) => by !== "" && isInitials(by), words: isLine }),
    thrown: (all) => Array.isArray(all) && all.length > 0 && all.every(has({ time: isTime, event: like(/^[a-z-]{1,32}$/), words: isLine })),
  };

  const PARTS = Object.keys(MAPS);

  /* The parts of an id, {section, number, server}, or null. */
  function partsOf(id) {
    const [, section, number, server = ""] = ID.exec(id) ?? [];
    return section && (!server || isName(server)) && isLine(section) ? { section, number, server } : null;
  }

  function isEntry({ rehearsal }, map, id, value) {
    const parts = partsOf(id);
    return parts && (map !== "thrown" || rehearsal) && (map === "notes" || (map === "accepted") === (parts.number === "accept")) && MAPS[map](value);
  }

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

  /* A value from outside as the names on a page, {active, standby: [name], first, used}, or null. */
  function namesOf(value, page) {
    const { active, standby, first, used } = Object(value);
    if (!Array.isArray(standby) || mistake({ active, standby })) return null;
    return { active, standby, first: page.first && firstOf(standby, first), used: used !== false };
  }

  /* The names in an address; undefined without, null with wrong ones. */
  function fromFragment(fragment, page) {
    if (!/[#&](active|standby)=/.test(fragment)) return undefined;
    const values = new URLSearchParams(fragment.slice(1));
    const [standby, first] = [values.getAll("standby"), values.get("first")];
    return first === null || standby.includes(first) ? namesOf({ active: values.get("active"), standby, first }, page) : null;
  }

  function toFragment({ active, standby, first }) {
    const values = new URLSearchParams([["active", active], ...standby.map((name) => ["standby", name]), ...(first ? [["first", first]] : [])]);
    return `#${values}`;
  }

  const shown = (names) => (names?.used ? names : null);

  /* Every server, {name, key}, with its role on the page: "active", "first", "other", or "" while that is not chosen. */
  function roles({ active, standby, first }, page) {
    const keyOf = (name) => (!page.first ? "other" : !first ? "" : name === first ? "first" : "other");
    return [{ key: "active", name: active }, ...standby.map((name) => ({ key: keyOf(name), name }))];
  }

  const means = (key, role) => key === role || key === "all" || (key === "standby" && role !== "active");

  /* The servers that a key means: a role, "standby" or "all"; null while that is not chosen. */
  function serversOf(key, names, page) {
    const all = roles(names, page);
    const chosen = !/first|other/.test(key) || all.every((one) => one.key);
    return chosen ? all.filter((one) => means(key, one.key)).map(({ name }) => name) : null;
  }

  // ---- Items: steps, stops, checks and acceptances, repeated for the servers that they are for

  const baseOf = ({ kind, section, number, hash }) => `${section}/${{ step: number, check: `check-${number}` }[kind] ?? kind}/${hash}`;

  /* The items of a page in their order. `all` are the ids of an item that stands once and is kept for each server. */
  function itemsFor(page, names) {
    return page.marks.flatMap((mark) => {
      const base = baseOf(mark);
      const on = shown(names) && serversOf(mark.on, names, page);
      const item = { counted: true, ...mark, base, id: base, server: "", at: on?.length === 1 ? on[0] : "", all: [] };
      const key = mark[mark.kind === "accept" ? "of" : mark.each];
      const servers = key && names && serversOf(key, names, page);
      if (!servers) return [item];
      const ids = servers.map((server) => `${base} ${server}`);
      if (!names.used) return [{ ...item, all: ids }];
      return servers.map((server, number) => ({ ...item, id: ids[number], server, at: mark.each === "on" ? server : item.at }));
    });
  }

  const isTicked = (kind) => kind !== "accept";
  const mapOf = ({ kind }) => (isTicked(kind) ? "ticks" : "accepted");

  /* The tick or acceptance of an item, or null. One that is kept for each server is done where all are; the tick is
     then a skipped one, or the last. */
  function tickOf(run, { id, all, kind }) {
    const entries = run[mapOf({ kind })];
    const each = all.map((one) => entries[one]);
    if (entries[id] || !each.every(Boolean)) return entries[id] ?? null;
    return each.find(({ how }) => how === "skipped") ?? each.sort((a, b) => b.time - a.time)[0] ?? null;
  }

  /* Where the reader is: a stop, a check or a warning is passed when it is done. With all phases done, a section beside
     them that is begun is still to be ended. */
  function current(run, items) {
    const open = items.filter((item) => !tickOf(run, item));
    return open.find(({ counted }) => counted) ?? open.find(({ section }) => items.some((one) => one.section === section && !open.includes(one))) ?? null;
  }

  /* Whether the tick of an item says that it was done. */
  const isDone = (tick) => Boolean(tick) && !/^(skipped|not-)/.test(tick.how);

  /* Whether the point of no return is behind the reader: accepted, or an item after it is done. */
  function isPast(run, items) {
    const at = items.findIndex(({ noReturn }) => noReturn);
    return at >= 0 && items.slice(at).some((item) => item.counted && isDone(tickOf(run, item)));
  }

  /* The state of each server by the ticks, {key, name, role, state}: that of the start, then what each step has left,
     in the order of the page. */
  function states(run, page) {
    const names = shown(run.names);
    const servers = (names ? roles(names, page) : Object.keys(page.start).map((key) => ({ key, name: "" })))
      .map((one) => ({ ...one, role: { active: page.active, first: page.first }[one.key] ?? page.standby, state: page.start[one.key] ?? null }));
    const items = itemsFor(page, run.names);
    const isTold = (item) => isDone(tickOf(run, item));
    for (const { base, server, after } of items.filter((item) => item.after && isTold(item))) {
      const each = items.filter((item) => item.base === base);
      // Servers that the step is not repeated for have their new state when it is done for all.
      const isMeant = (name) => (each.some((item) => item.server === name) ? server === name : each.every(isTold));
      for (const one of servers)
        for (const key of Object.keys(after)) if (one.key && means(key, one.key) && isMeant(one.name)) one.state = { ...one.state, ...after[key] };
      settle(servers, page.model);
    }
    settle(servers, page.model);
    return servers;
  }

  const fits = (wanted) => ({ state }) => Object.entries(wanted).every(([name, value]) => [value].flat().includes(state[name]));

  /* What follows of itself from what the other servers are, by the rules of the build, and each state in words. */
  function settle(servers, model) {
    if (!model) return;
    const known = servers.filter(({ state }) => state);
    // Of servers whose roles are not chosen nothing is known: nothing follows from those that are left.
    const follows = known.length < servers.length ? [] : model.follows;
    const others = (one, wanted) => wanted && known.some((other) => other !== one && fits(wanted)(other));
    for (const { when: { this: own = {}, some, every, no }, this: becomes } of follows)
      for (const one of known) if (fits(own)(one) && (!some || others(one, some)) && !others(one, no) && (!every || known.every((other) => other === one || fits(every)(other)))) one.state = { ...one.state, ...becomes };
    for (const one of known)
      one.state = { ...one.state, words: model.columns.map((names) => names.map((name) => model.words[one.state[name]]).filter((word) => word !== "-").join(", ")) };
  }

  // ---- Changes: each gives a new run, or null if the values do not do

  const empty = ({ procedure, version }, rehearsal = false) => ({
    format: FORMAT, procedure, version, rehearsal, begun: null, names: null, answers: "", initials: "", from: "", to: "", lookUp: {}, undone: [],
    plan: { window: null, minutes: {}, back: null }, ticks: {}, notes: {}, accepted: {}, thrown: {},
  });

  const timesOf = ({ ticks, accepted }) => [ticks, accepted].flatMap(Object.values).map(({ time }) => time);
  /* A run begins with its first tick. */
  const begun = (run) => ({ ...run, begun: [run.begun, ...timesOf(run)].filter(Boolean).sort()[0] ?? null });
  const put = (run, map, id, value) => (isEntry(run, map, id, value) ? { ...run, [map]: { ...run[map], [id]: value } } : null);
  const withField = (name) => (run, value) => (FIELDS[name](value) ? { ...run, [name]: value } : null);

  function tick(run, item, { time, how = "hand", by = run.initials, reason = "", report = "" }) {
    const value = isTicked(item.kind) ? { time, how, by, reason: line(reason), ...(report && { report: line(report) }) } : { time, by, words: line(item.words) };
    const ticked = put(run, mapOf(item), item.id, value);
    return ticked && begun(ticked);
  }

  /* What is taken back leaves a trace. */
  function untick(run, item, { time, by = run.initials }) {
    if (!tickOf(run, item)) return run;
    const map = mapOf(item);
    const rest = { ...run, undone: [...run.undone, { time, by, id: item.id }].slice(-UNDONE), [map]: without(run[map], [item.id]) };
    return tickOf(rest, item) ? { ...rest, [map]: without(rest[map], item.all) } : rest;
  }

  /* Traces as they are without a change, from some to others; what has come since stays. */
  function traces(now, before, after) {
    const less = (all, others) => all.filter(({ time, id }) => !others.some((one) => one.time === time && one.id === id));
    return [...less(before, after), ...less(now, less(after, before))].slice(-UNDONE);
  }

  /* Names have come: what stood once for every server stands for each. No acceptance does: it was not of these servers. */
  function spread(run, page) {
    if (!shown(run.names)) return run;
    const moved = { ...run };
    for (const { id, all, kind } of itemsFor(page, { ...run.names, used: false }))
      for (const map of isTicked(kind) && all.length ? ["ticks", "notes", "thrown"] : [])
        if (run[map][id]) moved[map] = { ...Object.fromEntries(all.map((one) => [one, run[map][id]])), ...without(moved[map], [id]) };
    return moved;
  }

  function withNames(run, page, names) {
    if (!names) return { ...run, names: run.names && { ...run.names, used: false } };
    const taken = namesOf({ ...names, used: true }, page);
    return taken && spread({ ...run, names: taken }, page);
  }

  /* The run without what does not belong to the page as it is now, and that: its words have changed, or it is gone. */
  function fit(run, page) {
    const known = new Set(page.marks.map(baseOf));
    const isKnown = (id) => known.has(id.split(" ")[0]);
    const goneOf = (maps) => [...new Set(maps.flatMap((map) => Object.keys(run[map])))].filter((id) => !isKnown(id)).sort();
    const gone = goneOf(PARTS);
    const fitted = Object.fromEntries(PARTS.map((map) => [map, without(run[map], gone)]));
    const now = (id) => page.marks.find((mark) => baseOf(mark).slice(0, -8) === id.split(" ")[0].slice(0, -8)) ?? null;
    return { run: { ...run, ...fitted }, changed: goneOf(["ticks", "notes", "accepted"]).map((id) => ({ id, ...partsOf(id), now: now(id) })) };
  }

  const ticksOf = (run, items) => items.map((item) => tickOf(run, item)).filter(Boolean);

  // ---- Progress and time

  const countedOf = (items) => items.filter(({ counted, kind }) => counted && isTicked(kind));

  /* Each phase that has items to count, {phase, ticks: [those that there are], all: how many there may be}. */
  function phases(run, items) {
    return [...Map.groupBy(countedOf(items), ({ phase }) => phase)].map(([phase, own]) => (
      { phase, ticks: ticksOf(run, own), all: own.length }));
  }

  /* The answers in an address, `tree.question=answer&…`: those that this site knows, {tree.question: [answer]}. */
  const answersIn = (search, known) => [...new URLSearchParams(search)].filter(([key, answer]) => Object.hasOwn(known, key) && known[key].includes(answer))
    .map((pair) => pair.join("=")).join("&");

  /* The latest moment to turn back, or null. */
  const latest = ({ plan: { window, back } }) => (window && back !== null ? window[1] - back * MINUTE : null);

  // ---- Storage: each tick, note and acceptance is an entry of its own, so that two tabs or a lost write cost no other

  const prefix = (site) => `${site} v3 `;
  /* Those of the form before this one. Reports and what was looked up are still kept beside them. */
  const oldPrefixes = (site) => ["names", "first ", "tick "].map((name) => `${site} v2 ${name}`);
  const runPrefix = ({ site, procedure, rehearsal }) => `${prefix(site)}${rehearsal ? "rehearsal" : "run"} ${encodeURIComponent(procedure)} `;
  /* Names are for all pages; a rehearsal may have its own. */
  const namesKey = (place) => (place.rehearsal ? `${runPrefix(place)}names` : `${prefix(place.site)}names`);

  const inOrder = (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);

  /* A run as entries of storage, key → text. */
  function entries(run, place) {
    const { names, version, begun, answers, initials, from, to, plan, lookUp, undone } = run;
    const { first = "", ...shared } = names ?? {};
    const own = { begun, version: begun && version, answers, initials, from, to, first, plan, lookUp: Object.keys(lookUp).length && lookUp, undone: undone.length && undone };
    for (const map of PARTS) for (const [id, value] of Object.entries(run[map])) own[`${map} ${id}`] = value;
    const all = Object.entries(own).filter(([, value]) => value).map(([name, value]) => [runPrefix(place) + name, value]);
    return new Map([...all, ...(names ? [[namesKey(place), shared]] : [])].map(([key, value]) => [key, JSON.stringify(value, inOrder)]));
  }

  /* What to write to get from some entries, or a run, to others: [[key, text]], null to remove. */
  const toWrite = (had, has) => [...new Map([...had, ...has]).keys()].filter((key) => had.get(key) !== has.get(key)).map((key) => [key, has.get(key) ?? null]);
  const writes = (before, after, place) => toWrite(entries(before, place), entries(after, place));

  /* The run that storage holds, {run, changed, strange: [key], writes}. What cannot be read is left alone; the writes are to be done. */
  function load(given, place, page) {
    const kept = new Map(given);
    const own = runPrefix(place);
    const named = [namesKey(place), namesKey({ ...place, rehearsal: false })].find((key) => kept.has(key));
    const names = parsed(kept.get(named));
    const run = empty(page, place.rehearsal);
    const strange = named && !namesOf(names, page) ? [named] : [];
    let first = "";
    for (const [key, text] of kept) {
      if (!key.startsWith(own) || key === named) continue;
      const [name, id] = key.slice(own.length).split(/ (.*)/s);
      const value = parsed(text);
      if (value === null) strange.push(key);
      else if (id && Object.hasOwn(MAPS, name) && isEntry(run, name, id, value)) run[name][id] = value;
      else if (!id && name === "first" && isName(value)) first = value;
      else if (!id && name !== "names" && Object.hasOwn(FIELDS, name) && FIELDS[name](value)) run[name] = value;
      else strange.push(key);
    }
    run.names = namesOf({ ...names, first }, page);
    const { run: fitted, changed } = fit(begun(run), page);
    const moved = spread(fitted, page);
    return { run: moved, changed, strange, writes: writes(fitted, moved, place) };
  }

  window.run = {
    answersIn, current, empty, firstOf, fromFragment, isDone, isPast, itemsFor, latest, line, load, mistake, oldPrefixes, phases, prefix, runPrefix, serversOf, states, tick,
    tickOf, toFragment, traces, untick, withAnswers: withField("answers"), withInitials: withField("initials"), withNames, toWrite, writes,
    // for run-record.js and run-former.js
    FIELDS, FORMAT, MINUTE, PARTS, baseOf, begun, countedOf, fit, inOrder, isBoolean, isEntry, isLine, isObject, isTicked, mapOf, means, namesKey, namesOf, put, shown, ticksOf, timesOf, withField, without,
  };
})();
