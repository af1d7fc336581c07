"""Sets of reports from every source, with their verdicts by hand, and what terminals and mail make of a text.

A set is a text → (verdict, findings that have to be among those said). The verdicts follow from the facts
about the product, not from what the reader says.
"""

import html
import json
import random
import re
import textwrap
from collections.abc import Callable

from support.reports import (
    ACTIVE,
    BARE,
    CONNECTIONS,
    DECLARED,
    OF_THREE,
    SETUP,
    STANDBY,
    THREE,
    altered,
    report,
    slot,
    text_of,
    whole_set,
)

Expected = tuple[str, set[str]]

HEALTHY = text_of(whole_set())
ACT = "[ACT_REP] Active database replication is enabled"
STB = "[STB_REP] Standby database replication is enabled"
LISTED = "[HOST_MGT (10), DK_MGT_2 (1296), DK_MGT_1 (1174)]"


def api(name: str, state: str, **more: object) -> str:
    """The diagnostic of one server, by the API."""
    return json.dumps({"server_name": name, "valid_license": True, "servers": LISTED, "state": state, **more}) + "\n"


API_ACTIVE = api("HOST_MGT", ACT, active_server_publication=True, standby_server_registered="2", active_replication_streaming="2")
API_1, API_2 = api("DK_MGT_1", STB), api("DK_MGT_2", STB)
API_SET = API_ACTIVE + API_1 + API_2


def system(active: str | None, *standbys: str) -> str:
    """The answer that names the servers of the system."""
    named = {"active_server": f"http://a/7.3/elements/mgt_server/{active}"} if active else {}
    return json.dumps({**named, "connected_server": "http://a/7.3/elements/mgt_server/10",
                       "standby_servers": [f"http://a/7.3/elements/mgt_server/{key}" for key in standbys]}) + "\n"


def all_states(active: str, *standbys: tuple[str, str]) -> str:
    """The answer with the states of all servers."""
    return json.dumps({"active_server_state": active, "standby_server_states": [
        {"server_name": name, "state": state} for name, state in standbys]}) + "\n"


ALL = all_states(ACT, ("DK_MGT_1", STB), ("DK_MGT_2", STB))


def row(name: str, mode: str, status: str, info: str = "", last: str = "2026-02-18 10:39") -> str:
    """A row of the window, as it is copied."""
    return "\t".join([name, "192.0.2.7", mode, status, last, info]) + "\n"


ROW_A = row("HOST_MGT", "Active", "OK", "Active database replication is enabled")
ROW_1 = row("DK_MGT_1", "Standby", "OK", "Standby database replication is enabled")
ROW_2 = row("DK_MGT_2", "Standby", "OK", "Standby database replication is enabled")
ROWS = ROW_A + ROW_1 + ROW_2


def command(name: str, **groups: object) -> str:
    return json.dumps({"Command": name, "Database": "Database already running", **groups}) + "\n"


DONE = {"Success": {"INFO-1[REMOTE_DB_CONNECTION_OK]": "Connection is right"}}
CHECK, INIT = command("check", **DONE), command("init_standby", **DONE)


def counting(what: str, *values: str | None) -> str:
    """The healthy set in which the servers count as given; None is for a report without this count."""
    reports = whole_set()
    for (key, whole), value in zip(reports.items(), values, strict=True):
        setup = whole[f"Server {key} Status"][SETUP]
        setup.pop(what, None)
        if value is not None:
            setup[what] = value
    return text_of(reports)


def seen(one: str, other: str) -> str:
    """The healthy set whose Standby Servers were last in contact at these times."""
    reports = whole_set()
    for key, time in (("1174", one), ("1296", other)):
        reports[key][f"Server {key} Status"][SETUP][CONNECTIONS] = slot(key, Last_Receive=time)
    return text_of(reports)


def states(*codes: str) -> str:
    """The sources' shortest whole set: the state of each server of three."""
    role = lambda code: "Active" if code.startswith("ACT") else "Standby"  # noqa: E731
    return "".join(report(key, code, THREE, role(code)) for key, code in zip(("10", "1296", "1174"), codes, strict=True))


def extra_slot(key: str) -> str:
    """The healthy set whose Active Server keeps and uses one more slot."""
    reports = whole_set()
    setup = reports["10"]["Server 10 Status"][SETUP]
    setup[DECLARED] |= {f"sub_smc{key}": "x"}
    setup[CONNECTIONS] |= slot(key, State="streaming")
    return text_of(reports)


def many(number: int) -> str:
    """A healthy set of so many servers."""
    listed = " ".join(f"A{key} ({key})" for key in range(1, number + 1))
    return report("1", "ACT_REP", listed, "Active", knows="1") + "".join(report(str(key), "STB_REP", listed, knows="1") for key in range(2, number + 1))


def names_in(change: Callable[[str], str]) -> "Mangler":
    """The same JSON with the names of its attributes in other letters."""
    return lambda text: re.sub(r'"[^"]*"(?=:)', lambda name: change(name[0]), text)


small, capital = names_in(str.lower), names_in(str.upper)


def texts_in(text: str) -> list[str]:
    """Each object of a text as a text of its own, one attribute a line."""
    return re.split(r"(?m)^(?=\{)", pretty(text))[1:]


WORKS: Expected = ("works", set())
SETS: dict[str, tuple[str, Expected]] = {
    # The API, one server at a time
    "api: healthy": (API_SET, WORKS),
    "api: healthy, another order": (API_2 + API_1 + API_ACTIVE, WORKS),
    "api: healthy, as a list": (f"[{','.join([API_ACTIVE, API_1, API_2])}]", WORKS),
    "api: healthy, as a list in an object": (f'{{"answers": [{",".join([API_ACTIVE, API_1, API_2])}]}}', WORKS),
    "api: no licence": (API_ACTIVE + API_1 + api("DK_MGT_2", STB, valid_license=False), ("unclear", {"licence"})),
    "api: no licence on the Active Server": (API_ACTIVE.replace("true", "false", 1) + API_1 + API_2, ("unclear", {"licence"})),
    "api: a licence that is a word": (API_ACTIVE + API_1 + api("DK_MGT_2", STB, valid_license="expired"), ("unclear", {"licence"})),
    "api: the Active Server alone": (API_ACTIVE, ("unclear", {"missing-report"})),
    "api: a Standby Server alone": (API_1, ("unclear", {"missing-report"})),
    "api: one is missing": (API_ACTIVE + API_1, ("unclear", {"missing-report"})),
    "api: one on hold": (API_ACTIVE + API_1 + api("DK_MGT_2", "[STB_ONHOLD] On hold"), ("broken", {"needs-attention"})),
    "api: one not initialized": (API_ACTIVE + API_1 + api("DK_MGT_2", "[STB_NO_REP] Not enabled"), ("broken", {"needs-attention"})),
    "api: Active in part": (API_ACTIVE.replace("ACT_REP]", "ACT_REP_EX]") + API_1 + API_2, ("broken", {"needs-attention"})),
    "api: two Active": (API_ACTIVE + api("DK_MGT_1", ACT) + API_2, ("broken", {"several-active"})),
    "api: none Active": (api("HOST_MGT", STB) + API_1 + API_2, ("broken", {"no-active"})),
    "api: fewer registered": (API_ACTIVE.replace('registered": "2"', 'registered": "1"') + API_1 + API_2, ("broken", {"numbers-differ"})),
    "api: fewer streaming": (API_ACTIVE.replace('streaming": "2"', 'streaming": "1"') + API_1 + API_2, ("broken", {"numbers-differ"})),
    "api: none streaming": (API_ACTIVE.replace('streaming": "2"', 'streaming": "0"') + API_1 + API_2, ("broken", {"numbers-differ"})),
    "api: fewer in the list": (API_SET.replace(" DK_MGT_1 (1174),", "").replace(", DK_MGT_1 (1174)", ""), ("unclear", {"count-differs", "not-listed"})),
    "api: no publication": (API_ACTIVE.replace('publication": true', 'publication": false') + API_1 + API_2, ("unclear", {"contradiction"})),
    "api: no numbers": (api("HOST_MGT", ACT) + API_1 + API_2, WORKS),
    "api: a state without brackets": (API_ACTIVE + API_1 + api("DK_MGT_2", "STB_REP"), ("unclear", {"no-state"})),
    "api: an unknown state": (API_ACTIVE + API_1 + api("DK_MGT_2", "[STB_NEW] New"), ("unclear", {"unknown-state"})),
    "api: a list that differs": (API_ACTIVE + API_1 + API_2.replace("DK_MGT_1 (1174)", "DK_MGT_1 (1175)"), ("unclear", {"lists-differ"})),
    "api: no list": (API_ACTIVE + API_1 + API_2.replace("servers", "others"), ("unclear", {"no-list"})),
    "api: a server of another system": (API_SET + api("ELSEWHERE", STB), ("unclear", {"not-listed"})),
    "api: cut off": (API_ACTIVE + API_1 + API_2[:-20], ("unclear", {"cut-off"})),
    "api: a server twice, unlike": (API_SET + api("DK_MGT_2", STB, valid_license="true", x="1", active_server_publication=False), ("unclear", {"several-reports"})),
    "api: the same twice": (API_SET + API_2, ("works", {"repeated"})),
    # The API, all servers in one answer
    "all: healthy": (ALL, WORKS),
    "all: one on hold": (all_states(ACT, ("DK_MGT_1", STB), ("DK_MGT_2", "[STB_ONHOLD] On hold")), ("broken", {"needs-attention"})),
    "all: Active in part": (all_states("[ACT_REP_EX] In part", ("DK_MGT_1", STB)), ("broken", {"needs-attention"})),
    "all: no Standby Server": (all_states(ACT), ("unclear", {"no-standby"})),
    "all: Active where a Standby Server stands": (all_states(ACT, ("DK_MGT_1", ACT), ("DK_MGT_2", STB)), ("broken", {"several-active"})),
    "all: a Standby Server answers for the Active Server": (all_states(STB, ("DK_MGT_1", STB)), ("broken", {"no-active"})),
    "all: a switch": (all_states(ACT, ("DK_MGT_1", "[STB_ACTREP] Switching")), ("unclear", {"switching"})),
    "all: cut off": (ALL[:-30], ("unclear", {"cut-off"})),
    "all: with the reports": (ALL + HEALTHY, WORKS),
    "all: with reports that say otherwise": (all_states(ACT, ("DK_MGT_1", STB), ("DK_MGT_2", "[STB_NO_REP] x")) + HEALTHY, ("broken", {"several-reports"})),
    "all: one fewer than the reports list": (all_states(ACT, ("DK_MGT_1", STB)) + HEALTHY, ("unclear", {"lists-differ"})),
    "all: with the answers of the Standby Servers": (ALL + API_1 + API_2, WORKS),
    "all: no list of the Standby Servers": (json.dumps({"active_server_state": ACT}) + HEALTHY, ("unclear", {"cut-off"})),
    "all: with the names of the system": (ALL + system("10", "1174", "1296"), None),
    # The API, the servers of the system
    "system alone": (system("10", "1174"), ("unclear", {"missing-report"})),
    "system: with the reports": (system("10", "1174", "1296") + HEALTHY, WORKS),
    "system: with the API": (API_SET + system("10", "1296", "1174"), WORKS),
    "system: another Active Server": (system("1174", "10", "1296") + HEALTHY, ("broken", {"known-active-differs"})),
    "system: no Active Server": (system(None, "10", "1174", "1296") + HEALTHY, ("broken", {"no-active"})),
    "system: one more": (system("10", "1174", "1296", "1300") + HEALTHY, ("unclear", {"lists-differ", "missing-report"})),
    "system: one fewer": (system("10", "1174") + HEALTHY, ("unclear", {"lists-differ"})),
    "system: cut off": (system("10", "1174", "1296")[:-40] + "\n" + HEALTHY, ("unclear", {"system-cut"})),
    # The window
    "window: healthy rows": (ROWS, ("unclear", {"window-alone"})),
    "window: with the report of the Active Server": (HEALTHY.splitlines()[0] + "\n" + ROW_1 + ROW_2, WORKS),
    "window: with all reports": (ROWS + HEALTHY, WORKS),
    "window: with the API": (API_ACTIVE + ROW_1 + ROW_2, WORKS),
    "window: one row is missing": (HEALTHY.splitlines()[0] + "\n" + ROW_1, ("unclear", {"missing-report"})),
    "window: on hold": (HEALTHY.splitlines()[0] + "\n" + ROW_1 + row("DK_MGT_2", "Standby", "On hold", "Standby database replication not enabled"),
                        ("broken", {"needs-attention"})),
    "window: none initialized": (
        row("HOST_MGT", "Active", "No standby initialized", "Active database replication started but no standby server connected")
        + row("DK_MGT_1", "Standby", "On hold", "Standby database replication not enabled"), ("broken", {"needs-attention"})),
    "window: in part": (row("HOST_MGT", "Active", "OK", "Active database replication partially enabled") + ROW_1 + ROW_2, ("broken", {"needs-attention"})),
    "window: not accessible": (ROW_A + ROW_1 + row("DK_MGT_2", "Standby", "Not accessible"), ("unclear", {"window-no-state"})),
    "window: initialization runs": (ROW_A + ROW_1 + row("DK_MGT_2", "Standby", "Init standby..."), ("unclear", {"window-no-state"})),
    "window: OK without the information": (HEALTHY.splitlines()[0] + "\n" + ROW_1 + row("DK_MGT_2", "Standby", "OK"), ("unclear", {"window-no-state"})),
    "window: OK with the information of the other role": (
        HEALTHY.splitlines()[0] + "\n" + ROW_1 + row("DK_MGT_2", "Standby", "OK", "Active database replication is enabled"), ("unclear", {"window-no-state"})),
    "window: two Active": (ROW_A + row("DK_MGT_1", "Active", "OK", "Active database replication is enabled") + ROW_2, ("broken", {"several-active"})),
    "window: a server of another system": (ROWS + row("X", "Standby", "OK", "Standby database replication is enabled") + HEALTHY, ("unclear", {"not-listed"})),
    "window: says otherwise than the report": (HEALTHY + row("DK_MGT_2", "Standby", "On hold", "Standby database replication not enabled"), ("broken", {"several-reports"})),
    # Other commands, the console, the diagnostic
    "command: success alone": (CHECK, ("unclear", {"command-succeeded", "no-state-here"})),
    "command: success with a healthy set": (CHECK + INIT + HEALTHY, ("works", {"command-succeeded"})),
    "command: no success": (command("init_standby") + HEALTHY, ("unclear", {"command-open"})),
    "command: cut off": (CHECK[:-5] + "\n" + HEALTHY, ("unclear", {"command-open"})),
    "console: success": ("a line\nCONNECTIVITY SUCCESS\n" + HEALTHY, ("works", {"connectivity-succeeded"})),
    "console: success alone": ("CONNECTIVITY SUCCESS", ("unclear", {"connectivity-succeeded", "no-state-here"})),
    "console: failure": ("CONNECTIVITY FAILURE\nhints\n" + HEALTHY, ("unclear", {"connectivity-failed"})),
    "console: failure in a broken line": ("CONNECTIVITY\nFAILURE\n" + HEALTHY, ("unclear", {"connectivity-failed"})),
    "diagnostic: a complaint": ("HOST_MGT -!- replication\n" + HEALTHY, ("unclear", {"complaint"})),
    "diagnostic: a complaint in an answer": ('{"messages": ["a -!- b"]}\n' + HEALTHY, ("unclear", {"complaint"})),
    # Counts
    "tables alike": (counting("Table count", "371", "371", "371"), WORKS),
    "tables of one": (counting("Table count", "371", None, None), WORKS),
    "tables differ": (counting("Table count", "371", "371", "370"), ("unclear", {"tables-differ"})),
    "elements alike": (counting("Network Element Count", "1428", "1428", "1428"), WORKS),
    "elements differ": (counting("Network Element Count", "1428", "1427", "1428"), ("unclear", {"elements-differ"})),
    "elements differ from the Active Server": (counting("Network Element Count", "9", "1428", "1428"), ("unclear", {"elements-differ"})),
    "tables alike, in no digits": (counting("Table count", "0x173", "0x173", "0x173"), ("unclear", {"no-number"})),
    "elements of one, in no digits": (counting("Network Element Count", "many", None, None), ("unclear", {"no-number"})),
    "a count in no decimal digits": (counting("Management Server Count", "3", "0x3", "3"), ("unclear", {"no-number"})),
    "a count with a fraction": (counting("Management Server Count", "3", "3", "3.0"), ("unclear", {"no-number"})),
    "a count that is empty": (counting("Management Server Count", "3", "3", ""), ("unclear", {"no-number"})),
    "no count at all": (counting("Management Server Count", None, None, None), WORKS),
    "api: a number in no decimal digits": (API_ACTIVE.replace('registered": "2"', 'registered": "0x2"') + API_1 + API_2, ("unclear", {"no-number"})),
    # Names in other letters
    "small letters: a switch": (small(altered("1174", SETUP, "Server Switch", to="requested")), ("unclear", {"switching"})),
    "small letters: not streaming": (small(altered("10", SETUP, CONNECTIONS, "sub_smc1296", "State", to="catchup")), ("unclear", {"not-streaming"})),
    "small letters: a flag": (small(altered("1296", SETUP, "Active Publication", to=True)), ("unclear", {"contradiction"})),
    "small letters: no licence": (capital(API_ACTIVE + API_1 + api("DK_MGT_2", STB, valid_license=False)), ("unclear", {"licence"})),
    "small letters: another known Active Server": (HEALTHY.replace("(Known Active Server is 10)", "(known active server is 1296)", 1), ("broken", {"known-active-differs"})),
    "small letters: of a row": (HEALTHY + row("DK_MGT_2", "standby", "on hold", "Standby database replication not enabled"), ("broken", {"several-reports"})),
    "one name in two ways": (HEALTHY.replace('"Server Switch"', '"server switch": "requested", "Server Switch"', 1), ("unclear", {"run-together"})),
    "one name of a slot in two ways": (HEALTHY.replace('"State"', '"state": "catchup", "State"', 1), ("unclear", {"run-together"})),
    "a state code in small letters": (HEALTHY.replace("STB_REP|", "stb_rep|", 1), ("unclear", {"unknown-state"})),
    # Texts in JSON
    "a text in JSON that says otherwise": (HEALTHY + "\n" + json.dumps({"output": report("1296", "STB_NO_REP", THREE)}), ("broken", {"several-reports"})),
    "a text in a report": (altered("10", "Note", to=f"see {report('1296', 'STB_NO_REP', THREE)}"), ("broken", {"several-reports"})),
    "a text in JSON that is cut off": (ACTIVE + json.dumps({"output": STANDBY[:-20]}), ("unclear", {"cut-off"})),
    "an attribute with braces": (altered("1174", SETUP, "Server Switch", to='requested {"a": 1}'), ("unclear", {"switching"})),
    "a failure in a text in JSON": (json.dumps({"output": "CONNECTIVITY\nFAILURE {hints}"}) + HEALTHY, ("unclear", {"connectivity-failed"})),
    # Times
    "minutes apart": (seen("2026-02-18 10:30:00+0000", "2026-02-18 10:44:59+0000"), WORKS),
    "a quarter of an hour and more apart": (seen("2026-02-18 10:30:00+0000", "2026-02-18 10:45:01+0000"), ("unclear", {"apart"})),
    "days apart": (seen("2026-02-18 10:30:00+0000", "2026-02-11 10:30:00+0000"), ("unclear", {"apart"})),
    "one moment in two zones": (seen("2026-02-18 10:30:00+0000", "2026-02-18 12:30:00+0200"), ("works", {"zones"})),
    "an hour apart that looks like one moment": (seen("2026-02-18 10:30:00+0000", "2026-02-18 10:30:00+0100"), ("unclear", {"apart"})),
    "without a zone, hours apart": (seen("2026-02-18 10:30:00", "2026-02-18 20:30:00"), WORKS),
    "without a zone, days apart": (seen("2026-02-18 10:30:00", "2026-02-20 10:30:00"), ("unclear", {"apart"})),
    "words instead of times": (seen("never", "-"), WORKS),
    # Sets of states
    "three healthy": (states("ACT_REP", "STB_REP", "STB_REP"), WORKS),
    "one not initialized": (states("ACT_REP_EX", "STB_REP", "STB_NO_REP"), ("broken", {"needs-attention"})),
    "none initialized": (states("ACT_NO_REP", "STB_NO_REP", "STB_NO_REP"), ("broken", {"needs-attention"})),
    "all on hold": (states("ACT_ONHOLD", "STB_ONHOLD", "STB_ONHOLD"), ("broken", {"needs-attention"})),
    "a split brain of three": (states("ACT_REP", "ACT_REP", "ACT_NO_REP"), ("broken", {"several-active"})),
    "all Standby": (states("STB_REP", "STB_REP", "STB_REP"), ("broken", {"no-active"})),
    "a switch of three": (states("ACT_REP", "STB_ACTREP", "STB_REP"), ("unclear", {"switching"})),
    "one damaged": (states("ACT_REP", "STB_REP", "UNKNOWN"), ("broken", {"needs-attention"})),
    "one legacy": (states("ACT_REP", "STB_REP", "LEGACY_MODE"), ("broken", {"needs-attention"})),
    "one single": (states("ACT_REP", "STB_REP", "SINGLE_SERVER"), ("unclear", {"single-among-others"})),
    # Mixed up
    "an attribute twice": (HEALTHY.replace('"Server Switch"', '"Server Switch": "requested", "Server Switch"', 1), ("unclear", {"run-together"})),
    "one report inside another": (ACTIVE.replace('"Replication mode"', f'"x": {STANDBY.strip()}, "Replication mode"', 1), ("unclear", {"run-together"})),
    "the set twice": (HEALTHY + "\n" + HEALTHY, ("works", {"repeated"})),
    "every source at once": (HEALTHY + "\n" + API_SET + ALL + ROWS + system("10", "1174", "1296") + CHECK, ("works", {"command-succeeded"})),
    "declared under another key": (altered("10", SETUP, DECLARED, to={"sub_smc1174": "x", "sub_smc9": "x"}), ("broken", {"not-declared", "not-connected"})),
    "a last contact on a day that there is not": (seen("2026-02-18 10:39:19+0000", "2026-02-30 10:39:19+0000"), ("unclear", {"impossible-time"})),
    "a last contact in an hour that there is not": (seen("2026-02-18 25:39:19+0000", "2026-02-18 10:39:19+0000"), ("unclear", {"impossible-time"})),
    "a last contact that is no time at all": (seen("2026-02-18 10:39:19+0000", "a minute ago"), WORKS),
    "streaming under another key": (altered("10", SETUP, CONNECTIONS, to={**slot("1174", State="streaming"), **slot("9", State="streaming")}),
                                    ("broken", {"not-connected"})),
    # One thing alone
    "a slot in use for a server that is not listed": (extra_slot("1300"), ("unclear", {"slot-not-listed"})),
    "system: a server without a key": (system("10", "1174", "1296", "") + HEALTHY, ("unclear", {"system-cut"})),
    "one report does not say of which server it is": (ACTIVE + BARE, ("unclear", {"no-key"})),
    "more servers than are shown": (many(51), ("unclear", {"too-many"})),
}
# All states in one answer, and keys for them: which is which is not said.
SETS["all: with the names of the system"] = (SETS["all: with the names of the system"][0], ("unclear", {"missing-report"}))


# ---- What terminals, mail and web pages make of a text ------------------------------------------

Mangler = Callable[[str], str]


def by_line(change: Callable[[int, str], str]) -> Mangler:
    return lambda text: "\n".join(change(number, line) for number, line in enumerate(text.splitlines(), 1)) + "\n"


def hard(width: int) -> Mangler:
    return by_line(lambda _, line: "\n".join(line[at:at + width] for at in range(0, len(line), width)) or "")


def soft(width: int) -> Mangler:
    return by_line(lambda _, line: "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)) or "")


def smart(text: str) -> str:
    marks = iter("\u201c\u201d" * text.count('"'))
    return re.sub('"', lambda _: next(marks), text)


def coloured(text: str) -> str:
    return re.sub(r'("[^"\n]*"|[{}:,])', "\x1b[1;34m\\1\x1b[0m", text)


def pretty(text: str) -> str:
    """Each object of the text on lines of its own, one attribute a line."""
    decoder, at, made = json.JSONDecoder(), 0, []
    while (at := text.find("{", at)) >= 0:
        value, at = decoder.raw_decode(text, at)
        made.append(json.dumps(value, indent=4))
    return "\n".join(made) + "\n"


def then(*manglers: Mangler) -> Mangler:
    def both(text: str) -> str:
        for mangler in manglers:
            text = mangler(text)
        return text
    return both


quoted = by_line(lambda _, line: f"> {line}")
numbered = by_line(lambda number, line: f"{number:6}\t{line}")
MANGLERS: dict[str, Mangler] = {
    "as it is": lambda text: text,
    "pretty": pretty,
    **{f"broken at {width}": hard(width) for width in (7, 13, 20, 37, 60, 72, 76, 78, 80, 100, 132, 200)},
    **{f"pretty, broken at {width}": then(pretty, hard(width)) for width in (20, 40, 64, 80)},
    **{f"wrapped at {width}": soft(width) for width in (40, 60, 72, 76, 80, 120)},
    "quoted": quoted,
    "quoted twice": then(quoted, quoted),
    "quoted without a space": by_line(lambda _, line: f">{line}"),
    "pretty and quoted": then(pretty, quoted),
    "quoted, then wrapped": then(quoted, soft(70)),
    "broken, then quoted": then(hard(72), quoted),
    "in a frame": by_line(lambda _, line: f"\u2502 {line}"),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "spaces without a width": lambda text: "\u200b".join(text),
    "soft hyphens": lambda text: re.sub(r"(\w{4})", "\\1\xad", text),
    "smart quotes": smart,
    "low and high quotes": lambda text: smart(text).replace("\u201c", "\u201e"),
    "HTML": lambda text: html.escape(text),
    "HTML twice": lambda text: html.escape(html.escape(text)),
    "HTML by number": lambda text: text.replace('"', "&#34;"),
    "numbered": numbered,
    "pretty and numbered": then(pretty, numbered),
    "numbered with colons": then(pretty, by_line(lambda number, line: f"{number}: {line}")),
    "numbered from 41": by_line(lambda number, line: f"{number + 40}\t{line}"),
    "pretty, numbered and quoted": then(pretty, numbered, quoted),
    "pretty, quoted and numbered": then(pretty, quoted, numbered),
    "prompts": lambda text: f"[root@host ~]# cat a.json\n{text}[root@host ~]# cat b.json | less\n[root@host ~]# ",
    "prompt of another shell": lambda text: "PS C:\\> type {a}.json\r\n" + text.replace("\n", "\r\n") + "PS C:\\> ",
    "colours": coloured,
    "pretty, in colours": then(pretty, coloured),
    "colours whose sign was lost": lambda text: coloured(text).replace("\x1b", ""),
    "title of the terminal": lambda text: "\x1b]0;root@host: {~}\x07" + text,
    "fence": lambda text: f"```json\n{text}```\n",
    "fence in a list": by_line(lambda _, line: f"    {line}"),
    "names in small letters": small,
    "names in capitals": capital,
    "names in any letters": names_in(str.swapcase),
    "a text in JSON": lambda text: json.dumps({"output": text, "took": 12}),
    "a text in JSON, pretty": lambda text: json.dumps({"output": pretty(text)}, indent=2),
    "texts in JSON": lambda text: json.dumps({"answers": texts_in(text)}),
    "texts in a list": lambda text: json.dumps(texts_in(text)),
    "text alone": lambda text: json.dumps(text),
    "texts in the lines of a log": lambda text: "\n".join(f'2026-02-18 INFO answer={json.dumps(one)} took=12' for one in texts_in(text)),
    "lines of a log that are JSON": lambda text: "\n".join(json.dumps({"level": "info", "message": f"answer: {one}"}) for one in texts_in(text)),
    "a text in a text": lambda text: json.dumps({"log": json.dumps({"output": text})}),
    "names in capitals in a text in JSON": lambda text: json.dumps({"OUTPUT": capital(text)}),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "line separators": lambda text: text.replace("\n", "\u2028"),
    "BOM": lambda text: "\ufeff" + text,
    "UTF-16 as bytes": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "empty lines": lambda text: text.replace("\n", "\n\n"),
    "spaces at the ends": by_line(lambda _, line: line + "   "),
    "one line": lambda text: text.replace("\n", " "),
    "tabs": then(pretty, lambda text: text.replace("    ", "\t")),
    "mail": lambda text: f"On Monday, somebody wrote:\n{then(hard(76), quoted)(text)}\n-- \nSomebody {{office}}\n",
    "right to left marks": lambda text: "\u202a" + text.replace("\n", "\u202c\n\u202a"),
}
# Sets that are mangled: name → text, verdict.
MANGLED: dict[str, tuple[str, str]] = {
    "healthy": (HEALTHY, "works"),
    "not connected": (altered("10", SETUP, CONNECTIONS, to=slot("1174", State="streaming")), "broken"),
    "flag against the state": (altered("1296", SETUP, "Active Publication", to=True), "unclear"),
    "api": (API_SET, "works"),
    "all": (ALL, "works"),
    "one is missing": ("".join(OF_THREE[:2]), "unclear"),
}


def interleaved(texts: list[str], chance: random.Random) -> str:
    """The lines of several texts as two programs write them to one terminal: each in its order, mixed."""
    left = [text.splitlines() for text in texts]
    lines = []
    while any(left):
        lines.append(chance.choice([some for some in left if some]).pop(0))
    return "\n".join(lines)
