/* Takes over what runs kept in the form before this one. It adds to run-core.js, and is loaded only where there are such entries. */
(() => {
  "use strict";

  const { mark, parsed, NAME } = window.shared;
  const { run: core } = window;
  const { baseOf, empty, load, namesKey, namesOf, oldPrefixes, runPrefix, tick, toWrite } = core;

  /* The entries with the old ones in their place. What has been kept there since stays as it is. */
  function moved(kept, place, page) {
    const [oldNames, oldFirst, oldTick] = oldPrefixes(place.site);
    const own = runPrefix(place);
    const all = new Map(kept);
    const move = (from, to, value) => {
      all.delete(from);
      if (!all.has(to)) all.set(to, JSON.stringify(value));
    };
    const { first: _, ...names } = namesOf(parsed(kept.get(oldNames)), page) ?? {};
    if (names.active) move(oldNames, namesKey(place), names);
    const first = kept.get(oldFirst + page.first) ?? "";
    if (NAME.test(first)) move(oldFirst + page.first, `${own}first`, first);
    const ticks = `${oldTick}${place.old} `;
    for (const [key, text] of kept) {
      if (!key.startsWith(ticks)) continue;
      const [old, server] = key.slice(ticks.length).split(/ (.*)/s);
      const step = page.marks.find((one) => one.old === old && (one.each || !server));
      const id = step && baseOf(step) + (server ? ` ${server}` : "");
      const run = step && /^\d+$/.test(text) && tick(empty(page), { ...step, id }, { time: Number(text) });
      if (run) move(key, `${own}ticks ${id}`, run.ticks[id]);
    }
    return all;
  }

  /* What each step was known by: its place and its text. */
  core.addOld = (marks, elements) => marks.forEach((one, at) => {
    if (one.kind === "step") one.old = `${one.section}/${one.number}/${mark(elements[at].textContent)}`;
  });

  /* As in run-core.js, with the old entries taken over. Nobody had rehearsed before. */
  core.load = (given, place, page) => {
    const kept = new Map(given);
    const all = place.rehearsal ? kept : moved(kept, place, page);
    const found = load(all, place, page);
    return { ...found, writes: [...toWrite(kept, all), ...found.writes] };
  };
})();
