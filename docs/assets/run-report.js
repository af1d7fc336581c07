/* What a pasted report says of the step that it checks, by what run-core.js and status-core.js know. No page, no clock, no storage. */
(() => {
  "use strict";

  const { run } = window;
  const { read, judge, prepare } = window.reports;

  const labelOf = ({ key, name }) => (name && key !== null ? `${name} (${key})` : name || key || "");
  const isAlike = (one, other) => one?.toLowerCase() === other.toLowerCase();

  /* The servers in a text, and what was found of those of the first one's role, but for remarks: [[finding, what it is about]]. */
  function judgement(text, rules, now) {
    const { states, verdicts } = prepare(rules);
    const reports = read([{ name: "", text }], rules);
    if (!reports.any) return { servers: [], found: [] };
    const servers = judge(reports, rules).servers.map((server) => ({ ...server, label: labelOf(server), role: states.get(server.code)?.role ?? "unknown" }));
    const { findings } = judge(reports, rules, now, servers[0]?.role);
    const found = [...findings].filter(([finding]) => verdicts.get(finding) !== "note")
      .map(([finding, about]) => [finding, { servers: [...about].map((one) => (typeof one === "string" ? one : labelOf(one))).join(", ") }]);
    return { servers, found };
  }

  /* The roles that the report of a step may show: that of its server, if it is known which one it is. */
  function expected({ check, at }, serversOf) {
    const key = ["active", "first", "other"].find((one) => serversOf(one)?.includes(at));
    return key in check ? [check[key]] : Object.values(check);
  }

  /* The servers of the run that a report takes for the one that leads at a step: { found: the report's, server: the step's }; null where
     they are one, or the report's is none of the run. */
  function misled({ check }, { knownActive, list }, serversOf) {
    const named = Object.keys(check).map((key) => [key, serversOf(key) ?? []]);
    const [leading] = named.flatMap(([key, names]) => (check[key] === "active" ? names : []));
    const known = [knownActive, list.find(({ key }) => key === knownActive)?.name];
    const found = named.flatMap(([, names]) => names).find((name) => known.some((one) => isAlike(one, name)));
    return leading && found && found !== leading ? { found, server: leading } : null;
  }

  /* What a report says of a step: {servers: those in it, {label, code, …}, other: what it calls its server where that is not what the
     reader calls the step's, or null, against: [[finding or message, values]], code: the state to be explained, or ""}. Where nothing is
     against it, it shows the one healthy server of the step, in its role. `serversOf` gives the names of a kind of server, `isConfirmed`
     whether the reader has said of a label that it is the step's server. */
  run.judgeStep = (text, item, { rules, now, serversOf, isConfirmed }) => {
    const { servers, found } = judgement(text, rules, now);
    const [server] = servers;
    if (servers.length !== 1) return { servers, other: null, against: [[server ? "report-several" : "report-no-report"], ...found], code: "" };
    const { label, role, code } = server;
    const isOther = item.at && ![server.name, server.key].some((one) => isAlike(one, item.at));
    const lead = misled(item, server, serversOf);
    const isExpected = expected(item, serversOf).includes(role);
    // Of a state that is not known the findings say so.
    const isSaid = role === "unknown" && found.length;
    const against = [
      ...(lead ? [["report-knows", lead]] : []), ...(isExpected || isSaid ? [] : [["report-other-state"]]), ...found,
      ...(isOther && !isConfirmed(label) ? [["report-other", { found: label, server: item.at }]] : []),
    ];
    return { servers, other: isOther ? label : null, against, code: against.length && Object.hasOwn(rules.states, code) ? code : "" };
  };
})();
