/* What the reader of status reports decides once it is asked to, beside status-core.js, which it adds to: samples,
   before and after, a copy to share, packed files. No page, no clock, no storage. */
(() => {
  "use strict";

  const { parsed, filled } = window.shared;
  const { squeeze, fold, prepare, idOf, serverList, timeIn, decoded } = window.reports;

  // ---- Samples

  /* The reports of a sample, as the command would write them. `servers` are { name, key, state, declared,
     connected }, with the keys that are declared and connected on a server that is active; `says` gives the
     words that follow a state code. */
  function sample(servers, { report: names, states }, says = () => "") {
    const named = (pattern, key) => filled(pattern, { key });
    const roleOf = ({ state }) => states[state].role;
    const leader = servers.find((server) => roleOf(server) === "active") ?? servers[0];
    return servers.map((server) => {
      const { key, state, declared, connected } = server;
      const role = roleOf(server);
      const flags = Object.entries(names.flags).map(([flag, values]) => [flag, values[role]])
        .filter(([, value]) => states[state].replication === "works" && typeof value === "boolean");
      const slots = (keys, make) => Object.fromEntries(keys.map((one) => [named(names.slot, one), make(one)]));
      return JSON.stringify({
        [names.command]: names.status,
        [named(names.server, key)]: {
          [names.replication_mode]: names.native,
          [names.mode]: role === "active" ? names.active : `${names.standby} (${named(names.known_active, leader.key)})`,
          [names.role]: role === "active" ? names.active : names.standby,
          ...Object.fromEntries(flags),
          [names.count]: String(servers.length),
          [names.servers]: servers.map((one) => `${one.name} (${one.key})`).join(" "),
          [names.state]: `${state}|${says(state)}`,
          [names.switch]: names.no_switch,
          ...(role === "active" && {
            [names.declared]: slots(declared, String),
            [names.connections]: slots(connected, () => ({ [names.connection_state]: names.streaming })),
          }),
        },
      }, null, 1);
    }).join("\n\n");
  }

  // ---- Before and after

  /* Every value of a record, by its path. */
  function leaves(value, path = [], into = new Map()) {
    if (typeof value !== "object") into.set(fold(path.join("\n")), { path, value: value.trim() });
    else for (const [name, child] of value.entries()) leaves(child, [...path, String(name).trim()], into);
    return into;
  }

  const CHANGED = ["worse", "better", "gone", "new", "same"];

  /* What is another way in a later judgement: for each server { server, change, leaves }, where change is
     one of CHANGED, in that order, and leaves are { path, was, is, passing }, each once. */
  function compare(before, after, rules) {
    const passing = new Set(rules.passing.map(fold));
    const byId = ({ servers }) => new Map(servers.map((server) => [idOf(server), server]).reverse());
    const [were, are] = [byId(before), byId(after)];
    return [...new Set([...after.servers, ...before.servers].map(idOf))].map((id) => {
      const [was, is] = [were.get(id), are.get(id)];
      if (!was || !is) return { server: is ?? was, change: is ? "new" : "gone", leaves: [] };
      const [old, now] = [leaves(was.raw ?? was.cells ?? []), leaves(is.raw ?? is.cells ?? [])];
      const changed = [...new Set([...old.keys(), ...now.keys()])].filter((path) => squeeze(old.get(path)?.value ?? "\0") !== squeeze(now.get(path)?.value ?? "\0"));
      const step = after.rankOf(is) - before.rankOf(was);
      return {
        server: is, change: step > 0 ? "better" : step < 0 ? "worse" : "same",
        leaves: changed.map((id) => {
          const { path } = old.get(id) ?? now.get(id);
          return { path, was: old.get(id)?.value, is: now.get(id)?.value, passing: path.some((name) => passing.has(fold(name))) };
        }),
      };
    }).sort((one, other) => CHANGED.indexOf(one.change) - CHANGED.indexOf(other.change));
  }

  // ---- A copy to share

  const LOOPBACK = new Set(["127.0.0.1", "::1"]);
  // An address may stand behind the name of a protocol, and before a port or another word.
  const IPV4 = "(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\d)";
  const GROUP = "[\\da-f]{1,4}";
  const IPV6 = `(?<![\\w.-])(?:(?:${GROUP}:){5,7}${GROUP}|(?:(?:${GROUP}:){1,6}:|::)${GROUP}(?::${GROUP}){0,6})(?:\\.\\d{1,3}){0,3}(?![\\w-])`;
  const HOST = "(?<![\\w.-])[a-z0-9][\\w-]*(?:\\.[\\w-]+)*\\.[a-z]{2,63}(?![\\w-])";
  const ADDRESS = new RegExp(`${IPV6}|${IPV4}|${HOST}`, "gi");

  /* The records of what was read, with each name and address in the place of another one:
     { text, pairs: [[original, pseudonym]] }. The text gives the same verdict. */
  function share({ reports, systems, commands, marks }, rules) {
    const known = prepare(rules);
    const pairs = new Map();
    const count = { server: 0, address: 0 };
    const pseudonym = (original, kind) => {
      const id = squeeze(original);
      if (id && !pairs.has(id)) pairs.set(id, [original.trim(), `${kind}-${++count[kind]}`]);
      return id ? pairs.get(id)[1] : "";
    };
    for (const { name, list } of reports) {
      for (const one of list) pseudonym(one.name, "server");
      pseudonym(name, "server");
    }
    const words = new Set(JSON.stringify([rules.report, rules.api, rules.window, rules.states]).toLowerCase().split(/\W+/));
    const isWord = (text) => words.has(text.toLowerCase());
    const escape = (text) => text.replace(/[^\w\s]/g, "\\$&").replace(/\s+/g, "\\s*");
    const names = [...pairs.values()].map(([name]) => name).filter((name) => !isWord(name) && !/^\d+$/.test(name)).sort((one, other) => other.length - one.length);
    const named = names.length ? new RegExp(`(?<![^\\W_]|[.-])(?:${names.map(escape).join("|")})(?![^\\W_]|-)`, "gi") : null;
    const pseudonyms = new Map(names.map((name) => [fold(name), pseudonym(name, "server")])); // however it is written
    const plain = (text) => (named ? text.replace(named, (name) => pseudonyms.get(fold(name)) ?? pseudonym(name, "server")) : text)
      .replace(ADDRESS, (address) => (LOOPBACK.has(address) || isWord(address) ? address : pseudonym(address, "address")));
    const hidden = (value, attribute) => {
      if (value instanceof Map) return new Map([...value].map(([name, child]) => [plain(name), hidden(child, fold(name))]));
      if (Array.isArray(value)) return value.map((child) => hidden(child, ""));
      if (attribute === known.api.name) return pseudonym(value, "server");
      if (attribute !== known.report.servers && attribute !== known.api.servers) return plain(value);
      const list = serverList(value).map(({ name, key }) => `${pseudonym(name, "server")} (${key})`);
      return value.trim().startsWith("[") ? `[${list.join(", ")}]` : list.join(" ");
    };
    const json = (value) => JSON.stringify(value, (_, one) => (one instanceof Map ? Object.fromEntries(one) : one), 1);
    const ended = (text, cut) => (cut ? text.replace(/[\s}]+$/, ",") : text);
    const one = ({ source, key, raw, cut, twice, leads, written, cells }) => {
      if (source === "window") return cells.map((cell, place) => (place ? plain(cell) : pseudonym(cell, "server"))).join("\t");
      if (source === "all" && !leads) return "";
      const inner = new Map(raw instanceof Map ? hidden(raw, "") : []);
      if (written) inner.set(rules.report.written, written);
      let text = json(inner);
      if (twice) text = text.replace("{", '{"": "", "": "", ');
      if (source === "report" && key !== null) text = `{${JSON.stringify(rules.report.server.replace("{key}", key))}: ${text}}`;
      return ended(text, cut);
    };
    const others = [...systems, ...commands].map(({ raw, cut }) => ended(json(hidden(raw, "")), cut));
    const text = [...reports.map(one), ...others, ...[...marks].map((mark) => rules.texts[mark])].filter((part) => part).join("\n\n");
    return { text: `${text}\n`, pairs: [...pairs.values()] };
  }

  // ---- Files, also packed ones

  async function inflated(bytes, form, most) {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(form)).getReader();
    const pieces = [];
    let size = 0;
    for (let piece; !(piece = await reader.read()).done; pieces.push(piece.value))
      if ((size += piece.value.length) > most) throw "too-large";
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  }

  /* The files in a zip, of so many bytes at most: its directory at the end says where each one is. */
  async function unzipped(bytes, most) {
    const view = new DataView(bytes.buffer);
    let end = bytes.length - 22;
    while (view.getUint32(end, true) !== 0x06054b50) end--;
    let at = view.getUint32(end + 16, true);
    const texts = [];
    let size = 0;
    let taken = 0;
    for (let left = view.getUint16(end + 10, true); left--; ) {
      if (view.getUint32(at, true) !== 0x02014b50) throw "unreadable";
      const [packed, name] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true)];
      // Entries that share their bytes would be unpacked without end.
      if ((taken += packed) > bytes.length) throw "unreadable";
      const start = view.getUint32(at + 42, true);
      const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      const data = bytes.subarray(from, from + packed);
      const whole = view.getUint16(at + 10, true) ? await inflated(data, "deflate-raw", most) : data;
      if ((size += whole.length) > most) throw "too-large";
      if (whole.length) texts.push({ name: decoded(bytes.subarray(at + 46, at + 46 + name)).split("/").at(-1), text: decoded(whole) });
      at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    if (!texts.length) throw "unreadable";
    return texts;
  }

  /* The texts in a packed file: [{ name, text }]. Throws a verdict, or what a broken file throws. */
  const unpacked = async (name, bytes, most) =>
    (bytes[0] === 0x50 ? unzipped(bytes, most) : [{ name, text: decoded(await inflated(bytes, "gzip", most)) }]);

  // ---- A set that is kept

  /* A set that is kept, { name, date, texts }, out of its JSON; null for anything else. */
  function keptIn(json) {
    const set = parsed(json);
    const right = set && Array.isArray(set.texts)
      && [set.name, set.date, ...set.texts.flatMap((one) => [one?.name, one?.text])].every((text) => typeof text === "string") && timeIn(set.date);
    return right ? set : null;
  }

  Object.assign(window.reports, { sample, compare, share, keptIn, unpacked });
})();
