"""Status reports, and what the reader of reports has to make of them.

A case is a text, and what is expected: the verdict, each server with its state code in the
order of the text, the findings, and the recovery sections that are offered.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

# The first shape: the report as the command writes it, of one Standby Server of three.
WHOLE = """\
{"Command": "status",
 "Server 1174 Status": {
   "Replication mode": "PostgreSQL mode",
   "Server mode (Local DB)": "Standby Server (Known Active Server is 10)",
   "PostgreSQL replication setup": {
     "PostgreSQL Server Mode": "Standby Server",
     "Management Server Count": "3",
     "Management Servers": " HOST_MGT (10) DK_MGT_2 (1296) DK_MGT_1 (1174)",
     "Database Replication State": "STB_REP|Standby database replication is enabled",
     "Server Switch": "not requested"}}}
"""
# The second: what stands in it, with spaces before the colons, and without the key of the server.
BARE = """\
{
  "Management Server Count" : "2",
  "Management Servers" : " HOST_MGT (10) DK_MGT_1 (1174)",
  "Database Replication State" : "STB_REP|Standby database replication is enabled"
}
"""

HOST, DK1, DK2 = "HOST_MGT (10)", "DK_MGT_1 (1174)", "DK_MGT_2 (1296)"
THREE = f" {HOST} {DK2} {DK1}"
TWO = f" {HOST} {DK1}"


def report(key: str, state: str, servers: str = TWO, role: str = "Standby", count: str = "", knows: str = "10") -> str:
    """A report of one server. `count` is the number in the list unless it is given."""
    count = count or str(servers.count(")"))
    mode = "Active Server" if role == "Active" else f"Standby Server (Known Active Server is {knows})"
    return f"""{{"Command": "status", "Server {key} Status": {{
  "Replication mode": "PostgreSQL mode", "Server mode (Local DB)": "{mode}",
  "PostgreSQL replication setup": {{"PostgreSQL Server Mode": "{role} Server", "Management Server Count": "{count}",
    "Management Servers": "{servers}", "Database Replication State": "{state}|Some words", "Server Switch": "not requested"}}}}}}
"""


class Case(NamedTuple):
    """A text and what is expected of the reader of reports."""

    text: str
    verdict: str
    servers: list[tuple[str, str]] = []
    findings: set[str] = set()
    recovery: set[str] = set()


ACTIVE = report("10", "ACT_REP", role="Active")
STANDBY = report("1174", "STB_REP")
OF_THREE = [report("10", "ACT_REP", THREE, "Active"), report("1296", "STB_REP", THREE), report("1174", "STB_REP", THREE)]
HEALTHY = [(HOST, "ACT_REP"), (DK1, "STB_REP")]


def with_state(state: str, role: str, recovery: set[str]) -> Case:
    """One server of two in this state, the other one healthy."""
    if role == "Active":
        text, servers = report("10", state, role=role) + STANDBY, [(HOST, state), (DK1, "STB_REP")]
    else:
        text, servers = ACTIVE + report("1174", state, role=role), [(HOST, "ACT_REP"), (DK1, state)]
    return Case(text, "broken", servers, {"needs-attention"}, recovery)


OF_WHOLE = [(HOST, "ACT_REP"), (DK1, "STB_REP"), (DK2, "STB_REP")]
NOISE = """\
2026-01-31 02:14:07 INFO {thread-1} starting "status
[main] {"level": "info", "took": 12, "tags": [1, true, null]} WARN {not json} }} ]
$ cat report.json {
"""

# ---- Whole reports, as the facts give them -----------------------------------------------------

SETUP = "PostgreSQL replication setup"
CONNECTIONS = "Active Server - Active replication connection(s)"
DECLARED = "Incremental Replication initialized"
SLOTS = "Replication Slots (Active Role Initialized)"
Whole = dict[str, Any]


def whole_active() -> Whole:
    """The report of the Active Server of three, with everything that a report can hold."""
    return {"Command": "status", "Database": "Database already running", "Server 10 Status": {
        "Replication mode": "PostgreSQL mode", "Server mode (Local DB)": "Active Server", "Server prefix": "0",
        SETUP: {
            "Table count": "371", "PostgreSQL Server Mode": "Active Server", "Replication Role": True,
            "Active Publication": True, "Standby Subscription": False, SLOTS: True,
            "Management Server Count": "3", "Management Servers": THREE, "Network Element Count": "1428",
            "Database Replication State": "ACT_REP|Active database replication is enabled",
            "Current LSN": "0/2E037320", "Server Switch": "not requested", "Local switch timestamp": "2025-11-03 10:30:46",
            DECLARED: {f"sub_smc{key}": f"Management Server with internal key {key}" for key in ("1174", "1296")},
            CONNECTIONS: {f"sub_smc{key}": {"IP": "127.0.0.1", "Port": "43614", "PID": "89884", "State": "streaming"}
                          for key in ("1174", "1296")}}}}


def whole_standby(key: str) -> Whole:
    """The report of a Standby Server of three."""
    return {"Command": "status", "Database": "Database already running", f"Server {key} Status": {
        "Replication mode": "PostgreSQL mode", "Server mode (Local DB)": "Standby Server (Known Active Server is 10)",
        SETUP: {
            "PostgreSQL Server Mode": "Standby Server", "Replication Role": True, "Active Publication": False,
            "Standby Subscription": True, SLOTS: False, "Management Server Count": "3", "Management Servers": THREE,
            "Database Replication State": "STB_REP|Standby database replication is enabled",
            "Server Switch": "not requested", "Local switch timestamp": "2026-02-18 09:30:46",
            CONNECTIONS: {f"sub_smc{key}": {name: "2026-02-18 10:39:19+0000" for name in ("Last Receive", "Last Send", "Last End")}}}}}


def whole_set() -> dict[str, Whole]:
    """A healthy set of three, by the key of the server."""
    return {"10": whole_active(), "1174": whole_standby("1174"), "1296": whole_standby("1296")}


GONE = object()


def altered(key: str, *place: str, to: object) -> str:
    """The healthy set with another value (or none, with GONE) at a place of the report of one server."""
    reports = deepcopy(whole_set())
    part = reports[key][f"Server {key} Status"]
    for name in place[:-1]:
        part = part[name]
    if to is GONE:
        del part[place[-1]]
    else:
        part[place[-1]] = to
    return text_of(reports)


def text_of(reports: dict[str, Whole]) -> str:
    return "\n".join(json.dumps(report) for report in reports.values())


def slot(key: str, **attributes: str) -> dict[str, dict[str, str]]:
    return {f"sub_smc{key}": {name.replace("_", " "): value for name, value in attributes.items()}}


def single(**setup: object) -> str:
    """The report of one server without an HA setup, with these attributes besides."""
    return json.dumps({"Command": "status", "Server 10 Status": {"Server mode (Local DB)": "Active Server", SETUP: {
        "PostgreSQL Server Mode": "Active Server", "Management Server Count": "1", "Management Servers": f" {HOST}",
        "Database Replication State": "SINGLE_SERVER|Single", **{name.replace("_", " "): value for name, value in setup.items()}}}})


# What the reader judges in each report of the healthy set: place → values that contradict it.
OTHER_TEXTS: tuple[object, ...] = ("", "something else", "null", 7, None)
ROLES = {"10": "Active Server", "1174": "Standby Server", "1296": "Standby Server"}
FLAGS = {
    "10": {"Replication Role": True, "Active Publication": True, "Standby Subscription": False, SLOTS: True},
    "1174": {"Replication Role": True, "Active Publication": False, "Standby Subscription": True, SLOTS: False},
}


def mutations() -> Iterator[tuple[str, str]]:
    """Each way in which an attribute that is judged can contradict a healthy set: its name and the text."""

    def each(key: str, *place: str, values: tuple[object, ...]) -> Iterator[tuple[str, str]]:
        for value in values:
            yield f"{key}: {' > '.join(place)} = {value!r}"[:150], altered(key, *place, to=value)

    for key in ("10", "1174", "1296"):
        role = ROLES[key]
        other = "Standby Server (Known Active Server is 1174)" if role == "Active Server" else "Active Server"
        yield from each(key, "Replication mode", values=OTHER_TEXTS)
        yield from each(key, "Server mode (Local DB)", values=(*OTHER_TEXTS, other))
        yield from each(key, SETUP, "PostgreSQL Server Mode", values=(*OTHER_TEXTS, other))
        yield from each(key, SETUP, "Server Switch", values=(*OTHER_TEXTS, "requested", "not requested yet"))
        yield from each(key, SETUP, "Management Server Count", values=("2", "4", 4, "many", "0x3", "3.0", "3e0", "+3", "-3", "", None, "Infinity", 3.5))
        yield from each(key, SETUP, "Management Servers", values=(
            GONE, "", " HOST_MGT (10)", TWO, f"{THREE} DK_MGT_3 (1300)", THREE.replace("1174", "1175"), THREE.replace("HOST", "HOTS")))
        yield from each(key, SETUP, "Database Replication State", values=(
            GONE, "", "|", "ACT_NO_REP", "STB_NO_REP", "ACT_ONHOLD|x", "STB_ONHOLD|x", "STB_ACTREP|x", "ACT_REP_EX|x", "UNKNOWN",
            "BROKEN_ACT_STB", "LEGACY_MODE", "SINGLE_SERVER|x", "act_rep", "STB_REP" if key == "10" else "ACT_REP"))
        for flag, value in FLAGS["10" if key == "10" else "1174"].items():
            yield from each(key, SETUP, flag, values=(not value, str(not value), "", "perhaps", None))
    for key in ("1174", "1296"):
        yield from each(key, "Server mode (Local DB)", values=("Standby Server (Known Active Server is 1296)",))
        yield from each(key, SETUP, CONNECTIONS, values=(
            {}, "none", slot("10"), slot(key, Last_Receive="2026-02-16 10:39:19+0000"), slot(key, Last_End="2026-02-20 10:39:19+0000")))
    for group in (DECLARED, CONNECTIONS):
        yield from each("10", SETUP, group, values=(
            {}, "none", slot("1174"), {**slot("1174"), **slot("1296"), **slot("1300")}, {**slot("1174"), "other": {}}))
    yield from each("10", SETUP, CONNECTIONS, "sub_smc1296", values=(
        {"State": "catchup"}, {"State": ""}, {"State": "Streaming."}, {"State": None}))


# Attributes that a version may not have: without one, nothing is contradicted.
OPTIONAL = [
    ("Replication mode",), ("Server mode (Local DB)",), (SETUP, "PostgreSQL Server Mode"), (SETUP, "Server Switch"),
    (SETUP, "Management Server Count"), (SETUP, "Replication Role"), (SETUP, "Active Publication"),
    (SETUP, "Standby Subscription"), (SETUP, SLOTS), (SETUP, CONNECTIONS), (SETUP, "Local switch timestamp"),
]

SCRIPT = "<script>alert`1`</script><img src=x onerror=alert`1`>"
LOG = "2026-01-31 02:14:07.123 INFO [main] {replication} nothing \"of interest\" here: [1, 2] \\ \n"

CASES: dict[str, Case] = {
    # The two shapes
    "whole report of one of three": Case(WHOLE, "unclear", [(DK1, "STB_REP")], {"missing-report"}),
    "bare report": Case(BARE, "unclear", [("A server without a key", "STB_REP")], {"no-key", "missing-report"}),
    "bare report of a named part": Case(
        ACTIVE + '"Server 1174 Status" : ' + BARE, "works", HEALTHY),
    # Healthy sets
    "healthy set of two": Case(ACTIVE + STANDBY, "works", HEALTHY),
    "healthy set of three": Case(
        "".join(OF_THREE), "works", [(HOST, "ACT_REP"), (DK2, "STB_REP"), (DK1, "STB_REP")]),
    "healthy set of three in one line, in another order": Case(
        " ".join(reversed(OF_THREE)).replace("\n", " "), "works",
        [(DK1, "STB_REP"), (DK2, "STB_REP"), (HOST, "ACT_REP")]),
    "names with spaces and brackets": Case(
        report("10", "ACT_REP", " Main Site (2) (10) Branch Office 2 (1174)", "Active", "2")
        + report("1174", "STB_REP", " Main Site (2) (10) Branch Office 2 (1174)", count="2"),
        "works", [("Main Site (2) (10)", "ACT_REP"), ("Branch Office 2 (1174)", "STB_REP")]),
    "numbers instead of strings and unknown attributes": Case(
        (ACTIVE + STANDBY).replace('"2"', "2").replace('"Command"', '"New": [{"a": [1.5e3, true, null]}, "x"], "Command"'),
        "works", HEALTHY),
    # Each state code
    "ACT_REP_EX": with_state("ACT_REP_EX", "Active", {"one-not-initialized"}),
    "ACT_NO_REP": with_state("ACT_NO_REP", "Active", {"no-standby-initialized"}),
    "ACT_ONHOLD": with_state("ACT_ONHOLD", "Active", {"on-hold"}),
    "STB_NO_REP": with_state("STB_NO_REP", "Standby", {"no-standby-initialized"}),
    "STB_ONHOLD": with_state("STB_ONHOLD", "Standby", {"on-hold"}),
    "STB_ACTREP": Case(
        ACTIVE + report("1174", "STB_ACTREP"), "unclear", [(HOST, "ACT_REP"), (DK1, "STB_ACTREP")], {"switching"}, {"switch-not-known"}),
    "BROKEN_ACT_STB": with_state("BROKEN_ACT_STB", "Standby", {"unexpected-error"}),
    "UNKNOWN": with_state("UNKNOWN", "Standby", {"unknown-state"}),
    "LEGACY_MODE": with_state("LEGACY_MODE", "Standby", {"legacy-mode"}),
    "SINGLE_SERVER": Case(report("10", "SINGLE_SERVER", f" {HOST}", "Active"), "single", [(HOST, "SINGLE_SERVER")]),
    "SINGLE_SERVER beside others": Case(
        ACTIVE + report("1174", "SINGLE_SERVER"), "unclear",
        [(HOST, "ACT_REP"), (DK1, "SINGLE_SERVER")], {"single-among-others"}),
    # Sets that need attention
    "two Active": Case(
        ACTIVE + report("1174", "ACT_REP", role="Active"), "broken",
        [(HOST, "ACT_REP"), (DK1, "ACT_REP")], {"several-active"}, {"split-brain"}),
    "no Active": Case(
        report("10", "STB_ONHOLD", knows="1174") + report("1174", "STB_ONHOLD"), "broken",
        [(HOST, "STB_ONHOLD"), (DK1, "STB_ONHOLD")], {"needs-attention", "no-active", "known-active-differs"}, {"on-hold", "no-active-server", "known-active-differs"}),
    "a Standby is missing": Case(
        OF_THREE[0] + OF_THREE[1], "unclear", [(HOST, "ACT_REP"), (DK2, "STB_REP")], {"missing-report"}),
    "the Active is missing": Case(
        OF_THREE[1] + OF_THREE[2], "unclear", [(DK2, "STB_REP"), (DK1, "STB_REP")], {"missing-report"}),
    "keys that disagree": Case(
        ACTIVE + report("1175", "STB_REP", f" {HOST} DK_MGT_1 (1175)"), "unclear",
        [(HOST, "ACT_REP"), ("DK_MGT_1 (1175)", "STB_REP")], {"lists-differ", "missing-report"}),
    "names that disagree": Case(
        ACTIVE + report("1174", "STB_REP", f" {HOST} DK_MGT_X (1174)"), "unclear",
        [(HOST, "ACT_REP"), ("DK_MGT_X (1174)", "STB_REP")], {"lists-differ"}),
    "another Active is known": Case(
        ACTIVE + report("1174", "STB_REP", knows="99"), "broken", HEALTHY, {"known-active-differs"}, {"known-active-differs"}),
    "a count that does not fit": Case(
        ACTIVE + report("1174", "STB_REP", count="3"), "unclear", HEALTHY, {"count-differs"}),
    "a server that its own list leaves out": Case(
        ACTIVE + STANDBY + report("7", "STB_REP"), "unclear", [*HEALTHY, ("Server 7", "STB_REP")], {"not-listed"}),
    "a role that does not fit the state": Case(
        ACTIVE + report("1174", "STB_REP", role="Active"), "unclear", HEALTHY, {"role-differs"}, {"what-to-send"}),
    "an Active alone": Case(
        report("10", "ACT_REP", f" {HOST}", "Active"), "unclear", [(HOST, "ACT_REP")], {"no-standby"}),
    "no list of servers": Case(
        ACTIVE + STANDBY.replace("Management Servers", "Renamed"), "unclear",
        [(HOST, "ACT_REP"), ("Server 1174", "STB_REP")], {"no-list"}),
    # The same server twice
    "the same report twice": Case(ACTIVE + STANDBY + STANDBY, "works", HEALTHY, {"repeated"}),
    "two reports of one server that differ": Case(
        ACTIVE + report("1174", "STB_NO_REP") + STANDBY, "broken",
        [(HOST, "ACT_REP"), (DK1, "STB_NO_REP"), (DK1, "STB_REP")], {"needs-attention", "several-reports"}, {"no-standby-initialized"}),
    # Whole reports, and what contradicts them
    "whole healthy set": Case(text_of(whole_set()), "works", OF_WHOLE),
    "declared and not connected": Case(
        altered("10", SETUP, CONNECTIONS, to=slot("1174", State="streaming")), "broken", OF_WHOLE, {"not-connected"}, {"on-hold"}),
    "not declared": Case(
        altered("10", SETUP, DECLARED, to={"sub_smc1296": "Management Server with internal key 1296"}),
        "broken", OF_WHOLE, {"not-declared"}, {"one-not-initialized"}),
    "connected and not streaming": Case(
        altered("10", SETUP, CONNECTIONS, "sub_smc1296", "State", to="catchup"), "unclear", OF_WHOLE, {"not-streaming"}),
    "a slot of a server that is not listed": Case(
        altered("10", SETUP, DECLARED, "sub_smc1300", to="Management Server with internal key 1300"),
        "broken", OF_WHOLE, {"slot-not-listed", "not-connected"}, {"on-hold"}),
    "a switch is requested": Case(
        altered("1174", SETUP, "Server Switch", to="requested"), "unclear", OF_WHOLE, {"switching"}, {"switch-not-known"}),
    "another replication mode": Case(
        altered("10", "Replication mode", to="Legacy mode"), "unclear", OF_WHOLE, {"other-mode"}, {"legacy-mode"}),
    "a publication on a Standby Server": Case(
        altered("1296", SETUP, "Active Publication", to=True), "unclear", OF_WHOLE, {"contradiction"}, {"what-to-send"}),
    "no subscription on a Standby Server": Case(
        altered("1296", SETUP, "Standby Subscription", to=False), "unclear", OF_WHOLE, {"contradiction"}, {"what-to-send"}),
    "a subscription on the Active Server": Case(
        altered("10", SETUP, "Standby Subscription", to=True), "unclear", OF_WHOLE, {"contradiction"}, {"what-to-send"}),
    "a Standby Server with the connection of another": Case(
        altered("1174", SETUP, CONNECTIONS, to=slot("1296")), "unclear", OF_WHOLE, {"contradiction"}, {"what-to-send"}),
    "roles that contradict each other": Case(
        altered("1174", "Server mode (Local DB)", to="Active Server"), "unclear", OF_WHOLE, {"role-differs"}, {"what-to-send"}),
    "reports days apart": Case(
        altered("1296", SETUP, CONNECTIONS, to=slot("1296", Last_Receive="2026-02-16 10:39:19+0000")),
        "unclear", OF_WHOLE, {"apart"}),
    "one of the times is days old": Case(
        altered("1296", SETUP, CONNECTIONS, "sub_smc1296", "Last End", to="2026-02-01 10:39:19+0000"), "works", OF_WHOLE),
    "times in two zones": Case(
        altered("1296", SETUP, CONNECTIONS, to=slot("1296", Last_Receive="2026-02-19 00:39:19+1400")), "works", OF_WHOLE, {"zones"}),
    "SINGLE_SERVER whole": Case(single(), "single", [(HOST, "SINGLE_SERVER")]),
    "SINGLE_SERVER that lists others": Case(
        single(Management_Servers=TWO, Management_Server_Count="2"), "unclear", [(HOST, "SINGLE_SERVER")], {"single-knows-others"}),
    "SINGLE_SERVER that counts others": Case(
        single(Management_Server_Count="2"), "unclear", [(HOST, "SINGLE_SERVER")], {"single-knows-others"}),
    "SINGLE_SERVER that knows an Active Server elsewhere": Case(
        report("10", "SINGLE_SERVER", f" {HOST}", knows="99"), "unclear", [(HOST, "SINGLE_SERVER")], {"single-knows-others"}),
    "SINGLE_SERVER with a slot": Case(
        single(**{DECLARED: {"sub_smc1174": "Management Server with internal key 1174"}}),
        "unclear", [(HOST, "SINGLE_SERVER")], {"single-knows-others"}),
    "SINGLE_SERVER during a switch": Case(
        single(Server_Switch="requested"), "unclear", [(HOST, "SINGLE_SERVER")], {"switching"}, {"switch-not-known"}),
    # What is no clean report
    "noise around": Case(NOISE + ACTIVE + NOISE + STANDBY + NOISE, "works", HEALTHY),
    "cut off after the state": Case(
        ACTIVE + STANDBY[:STANDBY.index(', "Server Switch"')], "unclear", HEALTHY, {"cut-off"}),
    "cut off before the state": Case(
        ACTIVE + STANDBY[:STANDBY.index("|Some")], "unclear", [(HOST, "ACT_REP"), (DK1, "–")], {"cut-off", "no-state"}),
    "cut off, then the next report": Case(
        STANDBY[:STANDBY.index("Some words")] + "\n" + ACTIVE, "unclear",
        [(DK1, "–"), (HOST, "ACT_REP")], {"cut-off", "no-state"}),
    "cut off at a colon, then the next report": Case(
        STANDBY[:STANDBY.index('"STB_REP|')] + "\n" + ACTIVE, "unclear",
        [(DK1, "–"), (HOST, "ACT_REP")], {"cut-off", "no-state", "run-together"}),
    "cut off before the server": Case('{"Command": "status", "Server 11', "cut-off"),
    "unknown code": Case(
        ACTIVE + report("1174", "STB_NEW"), "unclear", [(HOST, "ACT_REP"), (DK1, "STB_NEW")], {"unknown-state"}),
    "code that is a name in JavaScript": Case(
        ACTIVE + report("1174", "__proto__"), "unclear", [(HOST, "ACT_REP"), (DK1, "__proto__")], {"unknown-state"}),
    "script in a name": Case(
        report("10", "ACT_REP", f" {HOST} {SCRIPT} (1174)", "Active") + report("1174", "STB_REP", f" {HOST} {SCRIPT} (1174)"),
        "works", [(HOST, "ACT_REP"), (f"{SCRIPT} (1174)", "STB_REP")]),
    "empty": Case("", ""),
    "blank": Case(" \n\t\n", ""),
    "not JSON": Case("Replication is fine, thank you.", "no-json"),
    "JSON of something else": Case('{"Order": "check", "Result": "ok"}', "no-report"),
    "another command": Case('{"Command": "check", "Result": "ok"}', "unclear", [], {"command-open", "no-state-here"}),
}

Pieces = list[tuple[str, int]]
# A page makes a text of pieces faster than it is sent one: each so many times, with the number of the time for "№".
MADE = """pieces => pieces.map(([piece, times]) => piece.includes("№")
    ? Array.from({ length: times }, (_, number) => piece.replaceAll("№", number)).join("") : piece.repeat(times)).join("")"""


def huge_texts(size: int) -> dict[str, tuple[Pieces, str]]:
    """Name → a text of so many characters in pieces, and its verdict. Most are made to cost a careless program its time."""

    def filled(piece: str, whole: str = "…") -> Pieces:
        before, after = whole.split("…")
        return [(before, 1), (piece, size // len(piece)), (after, 1)]

    log = (LOG, size // 2 // len(LOG))
    return {
        "log with two reports": ([log, (ACTIVE, 1), log, (STANDBY, 1)], "works"),
        "braces": (filled("{"), "no-json"),
        "nested objects": (filled('{"a":'), "cut-off"),
        "nested lists": (filled("[", '{"a":…'), "cut-off"),
        "small objects": (filled('{"a":1}'), "no-report"),
        "a string without an end": (filled("x", '{"a":1,"…'), "cut-off"),
        "backslashes": (filled("\\", '{"a":1,"…'), "cut-off"),
        "quotes": (filled('"', "{…"), "no-json"),
        "spaces": (filled(" ", '{"a":1…'), "cut-off"),
        "a long list of servers": (filled("a (1) ", report("10", "ACT_REP", "…", "Active", "2")), "unclear"),
        "brackets in a list": (filled("(", report("10", "ACT_REP", "…", "Active", "2")), "unclear"),
        "a long name": (filled("x", report("10", "ACT_REP", "… (10)", "Active")), "unclear"),
        "reports of many servers": ([(report("№", "STB_REP", " A (№)", knows="№"), size // 400)], "broken"),
        "one report again and again": (filled(STANDBY), "unclear"),
        "a long state code": (filled("A", report("10", "…", role="Active")), "unclear"),
    }
