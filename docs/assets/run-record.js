/* What the sheets of a run need beside run-core.js, which it adds to: notes, the plan, the record, the file. No page, no clock, no storage. */
(() => {
  "use strict";

  const { parsed, filled } = window.shared;
  const { run: core } = window;
  const {
    FIELDS, FORMAT, MINUTE, PARTS, baseOf, begun, countedOf, current, empty, fit, inOrder, isBoolean, isDone, isEntry, isLine, isObject, isTicked, itemsFor, line,
    mapOf, means, phases, put, shown, states, tickOf, ticksOf, timesOf, withField, without,
  } = core;

  const SIZE = 1 << 18; // characters of a file
  const OLDEST = Date.UTC(2020);
  const DAY = 24 * 60 * MINUTE;
  const LATER = { lookUp: {}, from: "", to: "", undone: [] }; // files of older pages have none

  const note = (run, { id }, text) => put(run, "notes", id, line(text)) ?? { ...run, notes: without(run.notes, [id]) };
  const throwIn = (run, { id }, { time, event, words }) => put(run, "thrown", id, [...run.thrown[id] ?? [], { time, event, words: line(words) }]);

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

  // ---- What a run says: plain facts, from which the record and the summary of the file are made

  const isExact = (tick) => tick?.how === "hand" || tick?.how === "checked";
  const range = (times) => (times.length ? [Math.min(...times), Math.max(...times)] : null);
  /* A look at what is there: a check, or a step that changes nothing and says what is to be seen. */
  const isLook = ({ kind, after, expected }) => kind === "check" || (kind === "step" && !after && Boolean(expected));

  /* What an item stands below. */
  const headOf = (page, { phase, under = page.phases.find((one) => one.phase === phase)?.title ?? "" }) => under;

  /* The servers that an item is for, as names, or as kinds of server where there are no names. `key` says which kind, "" any. */
  function touched({ server, on, of }, servers, key = of || on) {
    return servers.filter((one) => (server ? one.name === server : means(key || "all", one.key))).map(({ name, key: kind }) => name || kind);
  }

  /* Of skipped steps those before a stop that would have made true what it holds and what, by the ticks, is not so. */
  function missing(run, page, stop, skipped) {
    const before = page.marks.slice(0, page.marks.findIndex((one) => baseOf(one) === stop.base));
    const isSo = (state, values) => Object.values(state).some((value) => values.includes(value));
    const lacking = states(run, { ...page, marks: before }).filter(({ state }) => state).flatMap(({ key, name, state }) => Object.entries(stop.holds)
      .filter(([kind]) => means(kind, key)).flatMap(([, claims]) => claims.filter((values) => !isSo(state, values)).map((values) => ({ key, name, values }))));
    return skipped.filter(({ base, server, after }) => before.some((one) => baseOf(one) === base) && lacking.some(({ key, name, values }) => (
      (!server || server === name) && Object.keys(after).some((kind) => means(kind, key) && isSo(after[kind], values)))));
  }

  /* {items, counted, aside, open, warnings, servers, times, finished, counts, stops, left, skipped, contradictions, beside, ways, phases}. */
  function factsOf(run, page) {
    const items = itemsFor(page, run.names).map((item) => ({ ...item, ...page.told?.[item.id] }));
    const tickOn = (item) => tickOf(run, item);
    const counted = countedOf(items);
    const warnings = items.filter(({ kind }) => !isTicked(kind));
    const inPhases = items.filter((item) => item.counted);
    const servers = states(run, page);
    const howMany = (all, ...hows) => all.filter((item) => hows.includes(tickOn(item)?.how)).length;
    const isBehind = (item) => inPhases.slice(inPhases.indexOf(item) + 1).some((later) => isTicked(later.kind) && tickOn(later));
    const isLeft = (item) => !tickOn(item) || tickOn(item).how === "skipped";
    // What is left, {item, why}: put off, passed over, or not reached.
    const left = inPhases.filter(isLeft)
      .map((item) => ({ item, why: tickOn(item) ? "skipped" : isBehind(item) ? "passed" : "ahead" }));
    const open = left.filter(({ why }) => why !== "skipped").map(({ item }) => item);
    const stops = counted.filter(({ kind }) => kind === "stop");
    const stopsLeft = left.filter(({ item }) => item.kind === "stop").map(({ why }) => why);

    // What a skipped step would have changed, and what was done as if it had.
    const skipped = counted.filter((item) => item.after && tickOn(item)?.how === "skipped").map((item) => {
      const own = touched(item, servers);
      const later = counted.slice(counted.indexOf(item) + 1).filter((one) => isDone(tickOn(one)));
      return {
        item, servers: own, later: later.filter((one) => one.kind === "step" && (own.includes(one.at) || touched(one, servers).some((name) => own.includes(name)))),
      };
    });
    const contradictions = stops.filter((stop) => stop.holds && isExact(tickOn(stop)))
      .map((stop) => ({ stop, skipped: missing(run, page, stop, skipped.map(({ item }) => item)) })).filter((one) => one.skipped.length);

    // Steps beside the phases: the states that follow from the ticks say nothing of what they have changed. A section
    // that is begun is told as a whole.
    const looks = items.filter((item) => isDone(tickOn(item)) && (isLook(item) || item.kind === "stop")).map((item) => tickOn(item).time);
    const outside = items.filter((item) => !item.counted && isTicked(item.kind));
    const isBegun = (item) => tickOn(item) || run.notes[item.id];
    const begunBeside = new Set(outside.filter(isBegun).map(({ section }) => section));
    const beside = outside.filter(({ section }) => begunBeside.has(section)).map((item) => {
      const tick = tickOn(item);
      const changes = isDone(tick) && item.among !== undefined ? touched(item, servers, item.among) : [];
      return { item, changes, verified: looks.some((time) => time > tick?.time) };
    });
    // Sections beside the phases that are begun and not ended: no run is finished in the middle of one.
    const ways = [...Map.groupBy(outside, ({ section }) => section).values()].filter((own) => own.some(tickOn) && own.some(isLeft)).map(([item]) => headOf(page, item));

    const phases = page.phases.map(({ phase, title }) => ({ phase, title, items: inPhases.filter((item) => item.phase === phase) }))
      .filter(({ items: own }) => own.length).map((one) => {
        const entries = ticksOf(run, one.items);
        return { ...one, ticked: entries.length, between: range(entries.map(({ time }) => time)), unsigned: entries.filter(({ by }) => !by).length };
      });
    const unknown = new Set(beside.filter(({ verified }) => !verified).flatMap(({ changes }) => changes));
    const accepted = ticksOf(run, warnings).length;
    const latestOf = (all) => Math.max(0, ...all.map(tickOn).filter(isDone).map(({ time }) => time));
    const notDone = howMany(counted, "skipped", "not-applicable", "otherwise", "overridden");
    return {
      items, counted, aside: latestOf(outside) > latestOf(inPhases), warnings, left,
      servers: servers.map((one) => {
        const isChanged = unknown.has(one.name || one.key);
        // [[title, words]] of its columns; a page without a model has no titles.
        return { ...one, isChanged, expected: one.state && !isChanged ? one.state.words.map((text, at) => [page.model?.titles[at], text]) : null };
      }),
      skipped, contradictions, beside, ways, phases,
      times: timesOf(run).sort(), finished: !left.length && !ways.length,
      unticked: { open: open.filter(({ kind }) => isTicked(kind)).length, warnings: warnings.length - accepted },
      why: Object.fromEntries(["skipped", "passed", "ahead"].map((why) => [why, left.filter((one) => one.why === why).length])),
      counts: {
        all: counted.length, done: ticksOf(run, counted).length - notDone, otherwise: howMany(counted, "otherwise", "overridden"),
        skipped: howMany(counted, "skipped"), unneeded: howMany(counted, "not-applicable"), left: open.filter(({ kind }) => isTicked(kind)).length,
      },
      stops: {
        all: stops.length, held: howMany(stops, "hand", "checked"), otherwise: howMany(stops, "otherwise", "overridden"), unneeded: howMany(stops, "not-applicable"),
        passed: stopsLeft.filter((why) => why !== "ahead").length, ahead: stopsLeft.filter((why) => why === "ahead").length,
      },
      accepted,
    };
  }

  /* Where answers lead, [{ask, answer}] in their order, the outcome {title, page} and the reason of the last of them; null without. */
  function wayOf(answers, trees) {
    const given = answers.split("&").filter(Boolean).map((pair) => pair.split("="));
    const [id] = (given[0]?.[0] ?? "").split(".");
    const tree = trees?.[id];
    if (!tree) return null;
    const chosen = new Map(given.map(([key, answer]) => [key.slice(id.length + 1), answer]));
    const said = [];
    for (let at = tree.start; at && chosen.has(at) && said.length <= chosen.size;) {
      const { ask, answers: all } = tree.questions[at];
      const answer = Object.hasOwn(all, chosen.get(at)) ? all[chosen.get(at)] : null;
      if (!answer) return null;
      said.push({ ask, answer: answer.label });
      if (answer.choose) return { said, to: tree.outcomes[answer.choose], because: answer.because };
      at = answer.goto;
    }
    return said.length ? { said, to: null, because: "" } : null;
  }

  // ---- The record

  /* A run as blocks, [kind, text, [line below]]: "title", "head", "line", "strong", "legend", "entry", or, in the lists of the
     phases, how an item is ticked. A line below is a text, or [text, code]. */
  function blocksOf(run, page, words) {
    const say = (key, values = {}) => filled(words[key], values);
    const time = (ms) => say("time", { time: new Date(ms).toISOString().slice(0, 16).replace("T", " ") });
    const signed = (by) => (by ? say("signed", { by }) : say("unsigned"));
    const facts = factsOf(run, page);
    const { items, warnings, servers, times, counts, stops, phases } = facts;
    const { version, rehearsal, begun, answers, names, lookUp, from, to, undone, plan: { window } } = run;
    const isNamed = Boolean(shown(names));
    const nameOf = (one) => servers.find(({ name, key }) => !name && key === one)?.role ?? one;
    const within = (text, item, under = headOf(page, item)) => (under ? say("in", { phase: under, step: text }) : text);
    const list = (key, blocks) => (blocks.length ? [["head", say(key)], ...blocks] : []);

    function wordsOf({ kind, number, words: own, server, at, named }) {
      let text = own.replace(/\s+/g, " ").trim();
      if (kind === "step") text = say("step", { number, words: text });
      if (at && !named) text = say("on", { step: text, server: at });
      if (server && server !== at && !named) text = say("for", { step: text, server });
      return text;
    }

    /* Its first sentence says which one is meant. */
    const briefly = (item) => wordsOf({ ...item, words: item.words.replace(/\. .*$/, ".") });

    /* What an item is ticked as says of it. */
    function meaning(item, tick) {
      const { expected, condition, kind, commands = [] } = item;
      const isIf = condition && kind === "step" && isExact(tick);
      return [
        ...(isIf ? [say("condition")] : []),
        ...(condition && kind === "check" && isExact(tick) ? [say("choice", { expected })] : isExact(tick) && !tick.report && expected && isLook(item) ? [say("found", { expected })] : []),
        ...(isDone(tick) ? commands.map((command) => [say(condition ? "command-if" : "command"), command]) : []),
      ];
    }

    function below(item) {
      const [tick, ids] = [tickOf(run, item), [item.id, ...item.all]];
      const how = howOf(item, tick);
      return [
        ...(tick ? [say(how === "hand" && item.kind !== "step" ? "seen" : how, { time: time(tick.time), by: signed(tick.by), reason: tick.reason })] : []),
        ...(tick?.report ? [say("report-showed", tick)] : how === "overridden" ? [say("report-unread")] : []),
        ...meaning(item, tick),
        ...ids.filter((one) => run.notes[one]).map((one) => say("note", { note: run.notes[one] })),
        ...ids.flatMap((one) => run.thrown[one] ?? []).map((one) => say("thrown", { ...one, time: time(one.time) })),
        ...facts.contradictions.filter(({ stop }) => stop.id === item.id).flatMap(({ skipped }) => skipped.map((one) => say("contradicts", { step: within(briefly(one), one), reason: tickOf(run, one).reason }))),
      ];
    }

    const howOf = ({ kind }, tick) => (tick ? tick.how ?? "accepted" : isTicked(kind) ? "open" : "not-accepted");
    // Boxes alone say too little, in Markdown above all.
    const marked = (mark, text) => (Object.hasOwn(words, `mark-${mark}`) ? say(`mark-${mark}`, { step: text }) : text);
    function boxed(item) {
      const how = howOf(item, tickOf(run, item));
      return [how, marked(how, wordsOf(item)), below(item)];
    }

    const entry = (item, mark = howOf(item, tickOf(run, item)), more = []) => ["entry", within(marked(mark, wordsOf(item)), item), [...below(item), ...more]];

    const toRun = ({ commands = [] }) => commands.map((command) => [say("command"), command]);

    function leftOver({ item, why }) {
      const { later = [] } = facts.skipped.find((one) => one.item.id === item.id) ?? {};
      return ["entry", within(marked(why, wordsOf(item)), item), [
        ...(why === "skipped" ? below(item) : toRun(item)),
        ...(later.length ? [say("later-list")] : []), ...later.map((one) => say("later", { step: within(briefly(one), one), time: time(tickOf(run, one).time) })),
      ]];
    }

    function doneBeside({ item, changes, verified }) {
      return entry(item, undefined, !tickOf(run, item) ? toRun(item) : changes.length ? [
        say("unknown", { servers: changes.map(nameOf).join(", ") }), ...(verified ? [] : [say("unverified")]),
      ] : []);
    }

    function traceOf({ id, by, time: at }) {
      const item = items.find((one) => one.id === id) ?? items.find(({ base }) => base === id.split(" ")[0]);
      const server = id.split(" ")[1] ?? "";
      const text = item ? within(wordsOf({ ...item, server: server || item.server }), item) : id;
      return ["entry", text, [say("undone", { time: time(at), by: signed(by) })]];
    }

    function state({ key, name, role, isChanged, expected }) {
      const server = name ? say(key ? "server" : "unchosen", { name, role, first: page.first }) : role;
      if (isChanged) return say("state-unknown", { server });
      return expected ? say("state", { server, state: expected.map(([title, text]) => (title ? say("column", { title, text }) : text)).join("; ") }) : server;
    }

    function answered() {
      const way = wayOf(answers, page.trees);
      if (!way) return answers ? [say("answers", { answers: answers.replaceAll("&", "; ") })] : [];
      const outcome = way.to && (way.to.page.replace(/\.md(#.*)?$/, "") === page.procedure
        ? say("leads", { method: way.to.title, because: way.because }) : say("instead", { method: way.to.title, because: way.because, page: page.title }));
      return [say("answers", { answers: way.said.map((one) => say("answer", one)).join("; ") }), ...(outcome ? [outcome] : [])];
    }

    const people = new Map();
    for (const { by } of ticksOf(run, items)) people.set(by, (people.get(by) ?? 0) + 1);
    const unsigned = [...phases, { title: say("beside"), unsigned: ticksOf(run, facts.beside.map(({ item }) => item)).filter(({ by }) => !by).length }].filter((one) => one.unsigned);
    const { latest, past } = timing(run, page, times.at(-1) ?? 0);
    const asked = [...new Set([...page.asked ?? [], ...Object.keys(lookUp).sort()])];
    const inSight = items.flatMap(({ id, all }) => [id, ...all]);
    const others = itemsFor(page, null).flatMap((item) => Object.keys({ ...run[mapOf(item)], ...run.notes })
      .filter((id) => id.split(" ")[0] === item.base && !inSight.includes(id)).sort().map((id) => ({ ...item, id, server: id.split(" ")[1] ?? "" })));
    const lines = (texts) => texts.filter(Boolean).map((text) => ["line", text]);
    return [
      ["title", say("record", page)],
      ["strong", say(rehearsal ? "rehearsal" : "real")],
      ...(facts.finished ? [["strong", say("finished")]] : []),
      ...(facts.left.length ? [["strong", say("unfinished", { all: facts.left.length, ...facts.unticked, ...facts.why })]] : []),
      ...(facts.ways.length ? [["strong", say("ways", { ways: facts.ways.join("; ") })]] : []),
      ...(facts.aside && facts.left.length ? [["strong", say("aside")]] : []),
      ...lines([
        say("clock"), say(version === page.version ? "version" : "versions", { version, now: page.version }),
        (from || to) && say("software", { from: from || say("not-given"), to: to || say("not-given") }),
        begun ? say("begun", { time: time(begun) }) : say("not-begun"), times.length && say("last", { time: time(times.at(-1)) }),
        say("count", counts), stops.all && say("stops", stops), warnings.length && say("warnings", { all: warnings.length, accepted: facts.accepted }),
        people.size && say("people", { people: [...people].sort().map(([by, count]) => say("person", { name: by || say("unsigned"), count })).join(", ") }),
        unsigned.length && say("unsigned-in", { phases: unsigned.map(({ title, unsigned: count }) => say("person", { name: title, count })).join(", ") }),
        asked.length && say("looked-count", { all: asked.length, noted: Object.keys(lookUp).length }),
        ...answered(),
        window && say("window", { start: time(window[0]), end: time(window[1]) }),
        past ? say("past-long") : say("latest", { time: latest ? time(latest) : say("not-given") }),
      ]),
      ...list("beside", facts.beside.map(doneBeside)),
      ...list("contradictions", facts.contradictions.map(({ stop }) => entry(stop))),
      ["head", say("servers")],
      ...lines([!isNamed && say("no-names"), servers.some(({ expected }) => expected) && say("expected"), ...servers.map(state)]),
      ...list("left-list", facts.left.map(leftOver)),
      ...list("exceptions", facts.counted.filter((item) => /^(otherwise|overridden|not-applicable)$/.test(tickOf(run, item)?.how)).map((item) => entry(item))),
      ...list("undone-list", undone.map(traceOf)),
      ...list("looked-up", asked.map((ask) => ["line", say("looked", { ask, note: Object.hasOwn(lookUp, ask) ? lookUp[ask] : say("not-noted") })])),
      ["legend", say("legend")],
      ...phases.flatMap(({ phase, title, items: own, between }) => [
        ["head", title],
        ...lines([
          run.plan.minutes[phase] !== undefined && say("planned", { planned: run.plan.minutes[phase] }),
          between && say("entries", { first: time(between[0]), last: time(between[1]) }),
        ]),
        ...own.map(boxed),
      ]),
      ...list("other-names", others.map((item) => entry(item))),
    ];
  }

  const BOX = { open: " ", "not-accepted": " ", skipped: "-", "not-applicable": "/", otherwise: "!", overridden: "!" };
  const ruled = (rule) => (text) => `\n${text}\n${rule.repeat(text.length)}\n\n`;
  const begins = (start, end = "") => (text) => `${start}${text}${end}\n`;
  const TEXT = {
    title: ruled("="), head: ruled("-"), line: begins(""), strong: begins(""), entry: begins("- "), legend: begins("\n"), below: begins("    "), box: (box) => `[${box}] `,
    clean: (text) => text, code: (text) => text,
  };
  const MARKDOWN = { // it has two boxes
    title: begins("# ", "\n"), head: begins("\n## ", "\n"), line: begins("- "), strong: begins("- **", "**"), entry: begins("- "), legend: () => "", below: begins("    - "),
    box: (box) => `- [${{ "-": " ", "/": " ", "!": "x" }[box] ?? box}] `,
    /* Nothing that a name, a note or a reason holds is Markdown. */
    clean: (text) => text.replace(/[\\`*_[\]<>&~|#$]/g, "\\$&"),
    /* A span of code ends with as many signs as it begins with. */
    code(text) {
      const signs = "`".repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
      const space = /^`|`$/.test(text) ? " " : "";
      return `${signs}${space}${text}${space}${signs}`;
    },
  };

  function rendered(blocks, form) {
    const lineOf = (text) => (Array.isArray(text) ? `${form.clean(text[0])} ${form.code(text[1])}` : form.clean(text));
    return blocks.map(([kind, text, below = []]) => {
      const own = Object.hasOwn(form, kind) ? form[kind](form.clean(text)) : `${form.box(BOX[kind] ?? "x")}${form.clean(text)}\n`;
      return own + below.map((one) => form.below(lineOf(one))).join("");
    }).join("").trimStart();
  }

  const asText = (run, page, say) => rendered(blocksOf(run, page, say), TEXT);
  const asMarkdown = (run, page, say) => rendered(blocksOf(run, page, say), MARKDOWN);

  // ---- The file

  /* What stands in a file to be read; who takes the run up takes nothing from it. */
  function summaryOf(run, page) {
    const iso = (ms) => new Date(ms).toISOString();
    const { finished, counts, stops, warnings, accepted, ways, phases, servers, times } = factsOf(run, page);
    const between = (pair) => ({ first: pair && iso(pair[0]), last: pair && iso(pair[1]) });
    return {
      finished, items: counts, stops, warnings: { all: warnings.length, accepted }, notEnded: ways, ...between(range(times)),
      servers: servers.map(({ name, role, expected }) => ({ name, role, expected: expected && Object.fromEntries(expected.map(([title, text], at) => [title ?? at, text])) })),
      phases: phases.map(({ title, items, ticked, between: pair }) => ({ title, all: items.length, ticked, ...between(pair) })),
    };
  }

  const asFile = (run, page) => `${JSON.stringify({ $schema: "run.schema.json", $summary: summaryOf(run, page), ...run }, inOrder, 2)}\n`;

  /* A file as {run, changed}, or what is wrong with it, {mistake, at}. All of it must be right. */
  function fromFile(text, page) {
    if (!(text?.length <= SIZE)) return { mistake: "size" };
    const value = parsed(text.replace(/^\ufeff/, ""));
    if (value === null) return { mistake: "json" };
    const { $schema, $summary, ...run } = { ...LATER, ...Object(value) };
    if (!Number.isInteger(run.format) || run.format < FORMAT) return { mistake: "run" };
    if (run.format > FORMAT) return { mistake: "format" };
    if (isLine(run.procedure) && run.procedure !== page.procedure) return { mistake: "procedure", at: run.procedure };
    const at = wrongPlace(run, page);
    if (at !== null) return { mistake: "value", at: line(at) };
    const found = fit(run, page);
    // Of a warning that is gone its words are left.
    return { ...found, changed: found.changed.map((one) => ({ ...one, words: run.accepted[one.id]?.words })) };
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
      for (const [id, value] of Object.entries(run[map])) if (!isEntry(run, map, id, value)) return `${map} ${id}`;
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

  Object.assign(core, { again, asFile, asMarkdown, asText, doubts, fromFile, note, progress, throwIn, timing, withFrom: withField("from"), withPlan: withField("plan"), withTo: withField("to") });
})();
