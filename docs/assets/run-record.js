/* What the sheets of a run need beside run-core.js, which it adds to: notes, the plan, the record, the file. No page, no clock, no storage. */
(() => {
  "use strict";

  const { attempt, filled } = window.shared;
  const { run: core } = window;
  const {
    FIELDS, FORMAT, HOW, MINUTE, PARTS, begun, countedOf, current, empty, fit, inOrder, isBoolean, isEntry, isLine, isObject, isTicked, itemsFor, left, line,
    mapOf, phases, put, shown, states, tickOf, ticksOf, timesOf, withField, without,
  } = core;

  const SIZE = 1 << 18; // characters of a file
  const OLDEST = Date.UTC(2020);
  const DAY = 24 * 60 * MINUTE;

  const note = (run, { id }, text) => put(run, "notes", id, line(text)) ?? { ...run, notes: without(run.notes, [id]) };
  const throwIn = (run, { id }, { time, event, words }) => run.rehearsal ? put(run, "thrown", id, [...run.thrown[id] ?? [], { time, event, words: line(words) }]) : null;

  /* For each phase what is done, its planned minutes and its time so far. A phase begins where those before it end,
     or with its own first tick if that was earlier. */
  function progress(run, items, now = run.begun) {
    const at = current(run, countedOf(items))?.phase;
    let end = run.begun;
    return phases(run, items).map(({ phase, ticks, all }) => {
      const times = ticks.map(({ time }) => time);
      const isNow = end !== null && phase === at;
      const from = Math.min(end, ...times);
      end &&= Math.max(end, ...times, isNow ? now : 0);
      return {
        phase, done: ticks.length, skipped: ticks.filter(({ how }) => how === "skipped").length, all,
        planned: run.plan.minutes[phase] ?? null, elapsed: isNow || times.length ? end - from : null,
      };
    });
  }

  /* All of it, and the latest moment to turn back. */
  function timing(run, page, now) {
    const items = itemsFor(page, run.names);
    const { begun, plan: { minutes } } = run;
    const planned = Object.values(minutes);
    const latest = core.latest(run);
    return {
      phases: progress(run, items, now), planned: planned.length ? planned.reduce((all, one) => all + one) : null,
      elapsed: begun && Math.max(0, (current(run, items) ? now : Math.max(...timesOf(run))) - begun), latest, late: latest !== null && now > latest, past: core.isPast(run, items),
    };
  }

  /* A run to begin again with: its names, its initials, and as the plan the minutes that each phase took. */
  function again(run, page) {
    const took = progress(run, itemsFor(page, run.names)).filter(({ done, all, elapsed }) => done === all && elapsed)
      .map(({ phase, elapsed }) => [phase, Math.min(Math.ceil(elapsed / MINUTE), 9999)]);
    const { names, initials, plan } = run;
    return { ...empty(page, run.rehearsal), names, initials, plan: { ...plan, window: null, minutes: { ...plan.minutes, ...Object.fromEntries(took) } } };
  }

  // ---- The record

  /* A run as blocks, [kind, text, [line below]]: "title", "head", "line", "strong", or how an item is ticked. */
  function blocksOf(run, page, words) {
    const say = (key, values = {}) => filled(words[key], values);
    const time = (ms) => say("time", { time: new Date(ms).toISOString().slice(0, 16).replace("T", " ") });
    const items = itemsFor(page, run.names);
    const counted = countedOf(items);
    const open = left(run, counted);
    const ticks = (items) => ticksOf(run, items);
    const [skipped, unneeded, otherwise] = [["skipped"], ["not-applicable"], ["otherwise", "overridden"]].map((hows) => ticks(counted).filter(({ how }) => hows.includes(how)).length);
    const warnings = items.filter(({ kind }) => !isTicked(kind));
    const people = new Map();
    for (const { by } of ticks(items)) people.set(by, (people.get(by) ?? 0) + 1);
    const passed = open.filter((item) => item.kind === "stop" && ticks(counted.slice(counted.indexOf(item) + 1)).length);
    const { version, rehearsal, begun, answers, names, lookUp, plan: { window } } = run;
    const times = timesOf(run).sort();
    const { phases, latest, past } = timing(run, page, times.at(-1) ?? 0);

    function block(item) {
      const { kind, number, words, server, at, id, all } = item;
      const [tick, ids] = [tickOf(run, item), [id, ...all]];
      const how = tick ? tick.how ?? "accepted" : isTicked(kind) ? "open" : "not-accepted";
      let text = words.replace(/\s+/g, " ").trim();
      if (kind === "step") text = say("step", { number, words: text });
      if (at) text = say("on", { step: text, server: at });
      if (server && server !== at) text = say("for", { step: text, server });
      // Boxes alone say too little, in Markdown above all.
      return [how, MARKED.has(how) ? say(`mark-${how}`, { step: text }) : text, [
        ...(how === "open" ? [] : [say(how, tick ? { time: time(tick.time), by: tick.by || say("nobody"), reason: tick.reason } : {})]),
        ...ids.filter((one) => run.notes[one]).map((one) => say("note", { note: run.notes[one] })),
        ...ids.flatMap((one) => run.thrown[one] ?? []).map((one) => say("thrown", { ...one, time: time(one.time) })),
      ]];
    }

    const titleOf = (phase) => page.phases.find((one) => one.phase === phase)?.title ?? "";
    const placed = ([how, text, below], { phase, under = titleOf(phase) }) => [how, under ? say("in", { phase: under, step: text }) : text, below];
    const list = (key, items) => (items.length ? [["head", say(key)], ...items.map((item) => placed(block(item), item))] : []);
    const inSight = items.flatMap(({ id, all }) => [id, ...all]);
    const others = itemsFor(page, null).flatMap((item) => Object.keys({ ...run[mapOf(item)], ...run.notes })
      .filter((id) => id.split(" ")[0] === item.base && !inSight.includes(id)).sort().map((id) => ({ ...item, id, server: id.split(" ")[1] ?? "" })));
    return [
      ["title", say("record", page)],
      ...(rehearsal ? [["strong", say("rehearsal")]] : []),
      ["line", say(version === page.version ? "version" : "versions", { version, now: page.version })],
      ["line", begun ? say("begun", { time: time(begun) }) : say("not-begun")],
      ...(times.length ? [["line", say("last", { time: time(times.at(-1)) })]] : []),
      ["line", say("count", { all: counted.length, done: counted.length - open.length - skipped - unneeded - otherwise, otherwise, skipped, unneeded, left: open.length })],
      ...(warnings.length ? [["line", say("warnings", { all: warnings.length, accepted: ticks(warnings).length })]] : []),
      ...(people.size ? [["line", say("people", { people: [...people].sort().map(([by, count]) => say("person", { name: by || say("nobody"), count })).join(", ") })]] : []),
      ...(answers ? [["line", say("answers", { answers: answers.replaceAll("&", "; ") })]] : []),
      ...(window ? [["line", say("window", { start: time(window[0]), end: time(window[1]) })]] : []),
      ...(latest && !past ? [["line", say("latest", { time: time(latest) })]] : []),
      ...(Object.keys(lookUp).length ? [["head", say("looked-up")], ...Object.entries(lookUp).sort().map(([ask, note]) => ["line", say("looked", { ask, note })])] : []),
      ["head", say("servers")],
      ...(shown(names) ? [] : [["line", say("no-names")]]),
      ...states(run, page).map(({ key, name, role, state }) => {
        const server = name ? say(key ? "server" : "unchosen", { name, role, first: page.first }) : role;
        return ["line", state ? say("state", { server, state: state.words.join(", ") }) : server];
      }),
      ...list("passed", passed),
      ...list("left-list", open),
      ...list("exceptions", items.filter((item) => HOW[tickOf(run, item)?.how])),
      ...list("acceptances", warnings),
      ...phases.flatMap(({ phase, planned }) => {
        const own = counted.filter((item) => item.phase === phase);
        const entries = ticks(own).map((one) => one.time);
        return [
          ["head", titleOf(phase)],
          ...(planned === null ? [] : [["line", say("planned", { planned })]]),
          ...(entries.length ? [["line", say("entries", { first: time(Math.min(...entries)), last: time(Math.max(...entries)) })]] : []),
          ...own.map(block),
        ];
      }),
      ...list("beside", items.filter((item) => !item.counted && (tickOf(run, item) || run.notes[item.id]))),
      ...list("other-names", others),
    ];
  }

  const MARKED = new Set(["open", "skipped", "otherwise", "overridden", "not-applicable"]);
  const BOX = { open: " ", "not-accepted": " ", skipped: "-", "not-applicable": "/", otherwise: "!", overridden: "!" };
  const ruled = (rule) => (text) => `\n${text}\n${rule.repeat(text.length)}\n\n`;
  const begins = (start, end = "") => (text) => `${start}${text}${end}\n`;
  const TEXT = { title: ruled("="), head: ruled("-"), line: begins(""), strong: begins(""), below: begins("    "), box: (box) => `[${box}] ` };
  const MARKDOWN = { // it has two boxes
    title: begins("# ", "\n"), head: begins("\n## ", "\n"), line: begins("- "), strong: begins("- **", "**"), below: begins("    - "),
    box: (box) => `- [${{ "-": " ", "/": " ", "!": "x" }[box] ?? box}] `,
  };

  const rendered = (blocks, form, clean) => blocks.map(([kind, text, below]) =>
    below ? `${form.box(BOX[kind] ?? "x")}${clean(text)}\n${below.map((one) => form.below(clean(one))).join("")}` : form[kind](clean(text))).join("").trimStart();

  const asText = (run, page, say) => rendered(blocksOf(run, page, say), TEXT, (text) => text);
  /* Nothing that a name, a note or a reason holds is Markdown. */
  const asMarkdown = (run, page, say) => rendered(blocksOf(run, page, say), MARKDOWN, (text) => text.replace(/[\\`*_[\]<>&~|#$]/g, "\\$&"));

  // ---- The file

  const asFile = (run) => `${JSON.stringify({ $schema: "run.schema.json", ...run }, inOrder, 2)}\n`;

  /* A file as {run, changed}, or what is wrong with it, {mistake, at}. All of it must be right. */
  function fromFile(text, page) {
    if (!(text?.length <= SIZE)) return { mistake: "size" };
    const value = attempt(() => JSON.parse(text.replace(/^\ufeff/, "")));
    if (value === null) return { mistake: "json" };
    const { $schema, ...run } = { lookUp: {}, ...Object(value) };
    if (!Number.isInteger(run.format) || run.format < FORMAT) return { mistake: "run" };
    if (run.format > FORMAT) return { mistake: "format" };
    if (isLine(run.procedure) && run.procedure !== page.procedure) return { mistake: "procedure", at: run.procedure };
    const at = wrongPlace(run, page);
    return at === null ? fit(run, page) : { mistake: "value", at: line(at) };
  }

  /* The first place of a run that is not right, or null. */
  function wrongPlace(run, page) {
    const parts = {
      format: () => true, procedure: (value) => value === page.procedure, rehearsal: isBoolean, ...FIELDS,
      ...Object.fromEntries(PARTS.map((map) => [map, isObject])),
    };
    const isPart = (key) => Object.hasOwn(parts, key) && Object.hasOwn(run, key) && parts[key](run[key]);
    const wrong = Object.keys({ ...parts, ...run }).find((key) => !isPart(key));
    if (wrong !== undefined) return wrong;
    for (const map of PARTS)
      for (const [id, value] of Object.entries(run[map])) if (!isEntry(map, id, value) || (map === "thrown" && !run.rehearsal)) return `${map} ${id}`;
    return begun(run).begun === run.begun ? null : "begun";
  }

  /* What is odd about a run from a file: the ids of messages. */
  function doubts(run, page, now) {
    const times = timesOf(run);
    const inTurn = countedOf(itemsFor(page, run.names)).map((item) => tickOf(run, item)?.time).filter(Boolean);
    return [
      times.some((time) => time < OLDEST) && "doubt-old", times.some((time) => time > now + DAY) && "doubt-future",
      inTurn.some((time, at) => time < inTurn[at - 1]) && "doubt-order",
    ].filter(Boolean);
  }

  Object.assign(core, { again, asFile, asMarkdown, asText, doubts, fromFile, note, progress, throwIn, timing, withPlan: withField("plan") });
})();
