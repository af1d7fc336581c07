"""Status reports, and what the reader of reports has to make of them.

A case is a text, and what is expected: the verdict, each server with its state code in the
order of the text, the findings, and the recovery sections that are offered.
"""

from typing import NamedTuple

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
WELL = [(HOST, "ACT_REP"), (DK1, "STB_REP")]


def with_state(state: str, role: str, recovery: set[str]) -> Case:
    """One server of two in this state, the other one well."""
    if role == "Active":
        text, servers = report("10", state, role=role) + STANDBY, [(HOST, state), (DK1, "STB_REP")]
    else:
        text, servers = ACTIVE + report("1174", state, role=role), [(HOST, "ACT_REP"), (DK1, state)]
    return Case(text, "broken", servers, {"not-well"}, recovery)


NOISE = """\
2026-01-31 02:14:07 INFO {thread-1} starting "status
[main] {"level": "info", "took": 12, "tags": [1, true, null]} WARN {not json} }} ]
$ cat report.json {
"""
SCRIPT = "<script>alert`1`</script><img src=x onerror=alert`1`>"
LOG = "2026-01-31 02:14:07.123 INFO [main] {replication} nothing \"of interest\" here: [1, 2] \\ \n"

CASES: dict[str, Case] = {
    # The two shapes
    "whole report of one of three": Case(WHOLE, "unclear", [(DK1, "STB_REP")], {"missing-report"}),
    "bare report": Case(BARE, "unclear", [("A server without a key", "STB_REP")], {"no-key", "missing-report"}),
    "bare report of a named part": Case(
        ACTIVE + '"Server 1174 Status" : ' + BARE, "works", WELL),
    # Healthy sets
    "healthy set of two": Case(ACTIVE + STANDBY, "works", WELL),
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
        "works", WELL),
    # Each state code
    "ACT_REP_EX": with_state("ACT_REP_EX", "Active", {"one-not-initialized"}),
    "ACT_NO_REP": with_state("ACT_NO_REP", "Active", {"no-standby-initialized"}),
    "ACT_ONHOLD": with_state("ACT_ONHOLD", "Active", {"on-hold"}),
    "STB_NO_REP": with_state("STB_NO_REP", "Standby", {"no-standby-initialized"}),
    "STB_ONHOLD": with_state("STB_ONHOLD", "Standby", {"on-hold"}),
    "STB_ACTREP": with_state("STB_ACTREP", "Standby", {"find-your-case"}),
    "BROKEN_ACT_STB": with_state("BROKEN_ACT_STB", "Standby", {"unexpected-error"}),
    "UNKNOWN": with_state("UNKNOWN", "Standby", {"unknown-state"}),
    "LEGACY_MODE": with_state("LEGACY_MODE", "Standby", {"legacy-mode"}),
    "SINGLE_SERVER": Case(report("10", "SINGLE_SERVER", f" {HOST}", "Active"), "single", [(HOST, "SINGLE_SERVER")]),
    "SINGLE_SERVER beside others": Case(
        ACTIVE + report("1174", "SINGLE_SERVER"), "unclear",
        [(HOST, "ACT_REP"), (DK1, "SINGLE_SERVER")], {"single-among-others"}),
    # Sets that are not well
    "two Active": Case(
        ACTIVE + report("1174", "ACT_REP", role="Active"), "broken",
        [(HOST, "ACT_REP"), (DK1, "ACT_REP")], {"several-active"}, {"split-brain"}),
    "no Active": Case(
        report("10", "STB_ONHOLD", knows="1174") + report("1174", "STB_ONHOLD"), "broken",
        [(HOST, "STB_ONHOLD"), (DK1, "STB_ONHOLD")], {"not-well", "no-active", "known-active-differs"}, {"on-hold"}),
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
        ACTIVE + report("1174", "STB_REP", knows="99"), "broken", WELL, {"known-active-differs"}),
    "a count that does not fit": Case(
        ACTIVE + report("1174", "STB_REP", count="3"), "unclear", WELL, {"count-differs"}),
    "a server that its own list leaves out": Case(
        ACTIVE + STANDBY + report("7", "STB_REP"), "unclear", [*WELL, ("Server 7", "STB_REP")], {"not-listed"}),
    "a role that does not fit the state": Case(
        ACTIVE + report("1174", "STB_REP", role="Active"), "unclear", WELL, {"role-differs"}),
    "an Active alone": Case(
        report("10", "ACT_REP", f" {HOST}", "Active"), "unclear", [(HOST, "ACT_REP")], {"no-standby"}),
    "no list of servers": Case(
        ACTIVE + STANDBY.replace("Management Servers", "Renamed"), "unclear",
        [(HOST, "ACT_REP"), ("Server 1174", "STB_REP")], {"no-list"}),
    # The same server twice
    "the same report twice": Case(ACTIVE + STANDBY + STANDBY, "works", WELL, {"repeated"}),
    "two reports of one server that differ": Case(
        ACTIVE + report("1174", "STB_NO_REP") + STANDBY, "broken",
        [(HOST, "ACT_REP"), (DK1, "STB_NO_REP"), (DK1, "STB_REP")], {"not-well", "several-reports"}, {"no-standby-initialized"}),
    # What is no clean report
    "noise around": Case(NOISE + ACTIVE + NOISE + STANDBY + NOISE, "works", WELL),
    "cut off after the state": Case(
        ACTIVE + STANDBY[:STANDBY.index(', "Server Switch"')], "unclear", WELL, {"cut-off"}),
    "cut off before the state": Case(
        ACTIVE + STANDBY[:STANDBY.index("|Some")], "unclear", [(HOST, "ACT_REP"), (DK1, "–")], {"cut-off", "no-state"}),
    "cut off, then the next report": Case(
        STANDBY[:STANDBY.index("Some words")] + "\n" + ACTIVE, "unclear",
        [(DK1, "–"), (HOST, "ACT_REP")], {"cut-off", "no-state"}),
    "cut off at a colon, then the next report": Case(
        STANDBY[:STANDBY.index('"STB_REP|')] + "\n" + ACTIVE, "unclear",
        [(DK1, "–"), (HOST, "ACT_REP")], {"cut-off", "no-state"}),
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
    "JSON of something else": Case('{"Command": "check", "Result": "ok"}', "no-report"),
}

HUGE = 5_000_000  # characters


def filled(piece: str) -> str:
    """The piece, again and again, up to 5 MB."""
    return piece * (HUGE // len(piece))


# Texts of 5 MB: most are made to cost a careless program its time.
HUGE_TEXTS: dict[str, tuple[str, str]] = {
    "log with two reports": (filled(LOG)[: HUGE // 2] + "\n" + ACTIVE + filled(LOG)[: HUGE // 2] + "\n" + STANDBY, "works"),
    "braces": (filled("{"), "no-json"),
    "nested objects": (filled('{"a":'), "cut-off"),
    "nested lists": ('{"a":' + filled("["), "cut-off"),
    "small objects": (filled('{"a":1}'), "no-report"),
    "a string without an end": ('{"a":1,"' + filled("x"), "cut-off"),
    "backslashes": ('{"a":1,"' + filled("\\"), "cut-off"),
    "quotes": ("{" + filled('"'), "no-json"),
    "spaces": ('{"a":1' + filled(" "), "cut-off"),
    "a long list of servers": (report("10", "ACT_REP", filled("a (1) "), "Active", "2"), "unclear"),
    "brackets in a list": (report("10", "ACT_REP", filled("("), "Active", "2"), "unclear"),
    "a long name": (report("10", "ACT_REP", filled("x") + " (10)", "Active"), "unclear"),
    "reports of many servers": (
        "".join(report(str(key), "STB_REP", f" A ({key})", knows=str(key)) for key in range(HUGE // 400)), "broken"),
    "one report again and again": (filled(STANDBY), "unclear"),
    "a long state code": (report("10", filled("A"), role="Active"), "unclear"),
}
