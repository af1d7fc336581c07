"""The core of the reader's run, on an empty page: items, ticks, states, times, the record, the file, storage."""

import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from playwright.sync_api import Browser, Page
from support import run_model
from support.cores import core_of
from support.hostile import ODD, hostile_fragments, hostile_names, hostile_values
from support.sites import ROOT

SCHEMA = json.loads((ROOT / "docs" / "trees" / "run.schema.json").read_text(encoding="utf-8"))
NOON = 1_767_268_800_000  # 2026-01-01 12:00 UTC
MINUTE = 60_000
NAMES = {"active": "north", "standby": ["south", "east", "west"], "first": "south", "used": True}

# A page of its own; its words and states are no product's.
OLD, NEW, OUT = ({"words": words} for words in (["up", "old"], ["up", "new"], ["out"]))
MARKS: list[dict[str, Any]] = [
    {"kind": "check", "section": "before", "number": 1, "hash": "0000000a", "words": "A copy", "phase": 0},
    {"kind": "accept", "section": "wiped", "hash": "0000000b", "words": "All is wiped", "phase": 1},
    {"kind": "step", "section": "one", "number": 1, "hash": "0000000c", "words": "On the Lead: Begin.", "phase": 1, "on": "active", "of": "active",
     "after": {"active": NEW}, "old": "one/1/abc"},
    {"kind": "step", "section": "one", "number": 2, "hash": "0000000d", "words": "On each other: Begin.", "phase": 1, "on": "other", "of": "other", "each": "on",
     "after": {"other": NEW, "active": OUT}, "old": "one/2/def"},
    {"kind": "stop", "section": "one", "hash": "0000000e", "words": "Stop: look", "phase": 1},
    {"kind": "step", "section": "two", "number": 1, "hash": "0000000f", "words": "On the Lead: Do it for each.", "phase": 2, "on": "active", "of": "standby", "each": "of",
     "after": {"first": NEW, "other": OUT}},
    {"kind": "step", "section": "odd", "number": 1, "hash": "00000010", "words": "On all: Look.", "phase": "odd", "on": "all", "of": "all", "each": "on", "counted": False,
     "after": {"active": OLD, "first": OLD, "other": OLD}},
]
PAGE = {"procedure": "run", "version": "1.0", "title": "A run", "active": "Lead", "first": "Next", "standby": "Helper",
        "start": {"active": OLD, "first": OLD, "other": OLD},
        "phases": [{"phase": 0, "title": "Before"}, {"phase": 1, "title": "Phase one"}, {"phase": 2, "title": "Phase two"}, {"phase": "odd", "title": "If it is odd"}],
        "marks": MARKS}
PLAIN = {**PAGE, "first": "", "start": {"active": OLD, "other": OLD}}
CHECK, ACCEPT, BEGIN, OTHER, STOP, EACH, ODDLY = range(7)
PLACE = {"site": "/docs/", "procedure": "run", "rehearsal": False, "old": "/docs/run/"}

# What the tests call in the page, beside the core itself: runs that are made step by step.
PREPARED = """
window.make = (page, changes, rehearsal = false) => {
    let run = core.empty(page, rehearsal);
    for (const [what, ...values] of changes) {
        const items = core.itemsFor(page, run.names);
        const item = (id) => items.find((one) => one.id === id || one.id.startsWith(`${id}/`)) ?? items[id];
        if (what === "names") run = core.withNames(run, page, values[0]);
        else if (what === "tick") run = core.tick(run, item(values[0]), values[1]);
        else if (what === "untick") run = core.untick(run, item(values[0]));
        else if (what === "note") run = core.note(run, item(values[0]), values[1]);
        else if (what === "throw") run = core.throwIn(run, item(values[0]), values[1]);
        else run = core[what](run, ...values);
        if (run === null) return null;
    }
    return run;
};
"""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    with core_of(browser, "run-core.js") as page:
        page.evaluate("window.core = window.run")
        page.add_script_tag(content=PREPARED)
        yield page


@pytest.fixture(scope="module")
def core(blank: Page) -> Callable[..., Any]:
    """Evaluate an expression over `core`, `make` and the values given, `v`."""
    return lambda expression, *values: blank.evaluate(
        "([expression, values]) => new Function('v', `return ${expression}`)(values)", [expression, list(values)])


def made(core, changes: list[list[Any]], page: dict = PAGE, rehearsal: bool = False) -> dict[str, Any]:
    return core("make(v[0], v[1], v[2])", page, changes, rehearsal)


def ticked(at: int | str, minutes: int = 0, **values: Any) -> list[Any]:
    return ["tick", at, {"time": NOON + minutes * MINUTE, "by": "AB", **values}]


# ---- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a", "mgt-paris", "10.0.0.3", "fe80::1", "::1", "_x", "MGT_1.example.org", "x" * 64, "__proto__", "constructor"])
def test_a_plain_name_or_address_can_be_used(name: str, core) -> None:
    assert core("core.mistake({active: v[0], standby: ['other']})", name) is None
    assert core("core.mistake({active: 'other', standby: [v[0]]})", name) is None


def test_no_hostile_name_passes(core) -> None:
    names = hostile_names()
    assert len(names) >= 300
    assert core("v[0].filter((name) => !core.mistake({active: name, standby: ['b']}) || !core.mistake({active: 'a', standby: [name]}))", names) == []
    assert core("v[0].filter((name) => core.withNames(core.empty(v[1]), v[1], {active: 'a', standby: [name]}))", names, PAGE) == []


@pytest.mark.parametrize(("active", "standby", "at", "say"), [
    ("a", [], "standby", "number"), ("a", [f"s{n}" for n in range(9)], "standby", "number"), ("a", ["a"], "standby", "twice"),
    ("a", ["b", "b"], "standby", "twice"), ("-a", ["b"], "active", "shape"), ("a", ["b", "c d"], "standby", "shape"), ("", ["b"], "active", "shape"),
])
def test_each_mistake_is_said_where_it_is(active: str, standby: list[str], at: str, say: str, core) -> None:
    wrong = core("core.mistake({active: v[0], standby: v[1]})", active, standby)
    assert (wrong["at"], wrong["say"]) == (at, say)


@pytest.mark.parametrize(("standby", "chosen", "first"), [
    (["b", "c"], "c", "c"), (["b", "c"], "x", ""), (["b", "c"], None, ""), (["b"], None, "b"), (["b"], "x", "b"),
])
def test_of_several_servers_none_has_a_role_before_it_is_chosen(standby: list[str], chosen: str | None, first: str, core) -> None:
    assert core("core.firstOf(v[0], v[1])", standby, chosen) == first


def test_no_hostile_address_is_taken_for_names(core) -> None:
    assert core("v[0].filter((text) => core.fromFragment(text, v[1]) !== null)", hostile_fragments(), PAGE) == []


@pytest.mark.parametrize("fragment", ["", "#", "#phase-1", "#active", "#active-server-died", "#q=1", "#first=b", "#%E0%A4%A"])
def test_an_address_without_names_is_no_mistake(fragment: str, core) -> None:
    assert core("core.fromFragment(v[0], v[1]) === undefined", fragment, PAGE)


def test_names_go_through_an_address(core) -> None:
    assert core("core.fromFragment(core.toFragment(v[0]), v[1])", NAMES, PAGE) == NAMES
    assert core("core.fromFragment(core.toFragment(v[0]), v[1])", NAMES, PLAIN) == {**NAMES, "first": ""}
    assert core("core.fromFragment(v[0], v[1])", "#active=a&standby=b&standby=c", PAGE)["first"] == ""
    assert core("core.fromFragment(v[0], v[1])", f"#active={quote('fe80::1')}&standby=b", PAGE)["active"] == "fe80::1"


def test_a_note_is_one_line_of_plain_text(core) -> None:
    assert core("core.noteOf(v[0])", "Résumé: سلام, see \"page 3\" <b>") == "Résumé: سلام, see \"page 3\" <b>"
    unseen = "\n\r\t\0\x1b\x7f\x85\u2028\u2029\u200e\u200f\u061c\u202a\u202e\u2066\u2069"
    assert core("core.noteOf(v[0] + '\\ud800')", unseen).strip() == ""
    assert len(core("core.noteOf(v[0])", "x" * 900)) == 500
    assert core("(() => { const cut = core.line('x'.repeat(499) + '\\u{1f4a5}'); return core.line(cut) === cut; })()")


def test_a_role_is_looked_for_letter_by_letter(core) -> None:
    roles = ["Active Server (old)", "[x", "a*", "$", "^", "a|b", "x{2}", "a\\", "a.b", "a-b/c", "+?"]
    assert core("v[0].filter((role) => ![...`-${role}-`.matchAll(new RegExp(core.escaped(role), 'g'))].length === 1)", roles) == []
    assert not core("new RegExp(core.escaped('a.b')).test('axb')")


# ---- Items ---------------------------------------------------------------------------------------


def ids(core, names: dict | None, page: dict = PAGE) -> list[str]:
    return core("core.itemsFor(v[0], v[1]).map(({id}) => id)", page, names)


def test_without_names_each_part_of_the_page_stands_once(core) -> None:
    once = ["before/check-1/0000000a", "wiped/accept/0000000b", "one/1/0000000c", "one/2/0000000d", "one/stop/0000000e", "two/1/0000000f", "odd/1/00000010"]
    assert ids(core, None) == once
    assert ids(core, {**NAMES, "used": False}) == once, "names that are kept and not shown change nothing on the page"


def test_a_step_for_each_server_stands_once_for_every_one(core) -> None:
    assert ids(core, NAMES)[3:5] == ["one/2/0000000d east", "one/2/0000000d west"]
    assert ids(core, NAMES)[6:9] == ["two/1/0000000f south", "two/1/0000000f east", "two/1/0000000f west"]
    assert len(ids(core, NAMES)) == 13


def test_steps_for_others_are_not_there_when_there_are_no_others(core) -> None:
    assert not [one for one in ids(core, {**NAMES, "standby": ["south"]}) if one.startswith("one/2/")]


def test_who_the_others_are_is_not_guessed_before_one_is_chosen(core) -> None:
    found = ids(core, {**NAMES, "first": ""})
    assert "one/2/0000000d" in found and "two/1/0000000f west" in found
    assert [one for one in ids(core, {**NAMES, "first": ""}, PLAIN) if one.startswith("one/2/")] == [f"one/2/0000000d {name}" for name in NAMES["standby"]]


def test_an_item_says_on_which_server_it_is_done(core) -> None:
    items = core("core.itemsFor(v[0], v[1]).map(({at, server}) => [at, server])", PAGE, NAMES)
    assert items[2] == ["north", ""]
    assert items[3] == ["east", "east"]
    assert items[6] == ["north", "south"]
    assert items[0] == ["", ""]


# ---- Ticks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "reason", "is_kept"), [
    ("hand", "", True), ("checked", "", True), ("skipped", "no time", True), ("otherwise", "by phone", True), ("overridden", "known", True),
    ("skipped", "", False), ("skipped", " \n ", False), ("otherwise", "", False), ("overridden", "", False), ("hand", "why", False),
    ("toString", "", False), ("", "", False),
])
def test_what_is_not_done_as_written_has_a_reason(how: str, reason: str, is_kept: bool, core) -> None:
    assert (made(core, [ticked(BEGIN, how=how, reason=reason)]) is not None) == is_kept


@pytest.mark.parametrize("time", [0, -1, 12, 1e13, 1_700_000_000_000.5, None, "1700000000000"])
def test_a_tick_has_a_time(time: Any, core) -> None:
    assert made(core, [["tick", BEGIN, {"time": time}]]) is None


@pytest.mark.parametrize(("by", "is_kept"), [("AB", True), ("é.ö-1", True), ("", True), ("A B", False), ("<b>", False), ("ninesigns", False), ("A\n", False)])
def test_initials_are_a_few_letters(by: str, is_kept: bool, core) -> None:
    assert (made(core, [ticked(BEGIN, by=by)]) is not None) == is_kept
    assert (made(core, [["withInitials", by]]) is not None) == is_kept


def test_a_warning_is_accepted_with_initials_and_its_words(core) -> None:
    assert made(core, [ticked(ACCEPT, by="")]) is None
    run = made(core, [ticked(ACCEPT)])
    assert run["accepted"] == {"wiped/accept/0000000b": {"time": NOON, "by": "AB", "words": "All is wiped"}} and run["ticks"] == {}
    assert made(core, [ticked(ACCEPT), ["untick", ACCEPT]])["accepted"] == {}


def test_the_initials_of_the_run_stand_for_those_of_a_tick(core) -> None:
    run = made(core, [["withInitials", "XY"], ["tick", BEGIN, {"time": NOON}]])
    assert run["ticks"]["one/1/0000000c"]["by"] == "XY"


def test_a_run_begins_with_its_first_tick(core) -> None:
    assert made(core, [])["begun"] is None
    assert made(core, [ticked(BEGIN, 5), ticked(CHECK, 2), ticked(STOP, 9), ["untick", CHECK]])["begun"] == NOON + 2 * MINUTE


def test_other_runs_and_values_are_not_changed(core) -> None:
    assert core("""(() => {
        const before = make(v[0], [['names', v[1]], ...v[2]]);
        const text = JSON.stringify(before);
        const items = core.itemsFor(v[0], before.names);
        core.tick(before, items[0], {time: v[3]});
        core.untick(before, items[2]);
        core.note(before, items[2], 'x');
        core.withNames(before, v[0], null);
        core.states(before, v[0]);
        core.again(before, v[0]);
        return JSON.stringify(before) === text;
    })()""", PAGE, NAMES, [ticked(BEGIN), ticked("one/2/0000000d east")], NOON)


# ---- Ticks when names come, change and go ----------------------------------------------------------


def done(core, run: dict, names: dict | None = None, page: dict = PAGE) -> list[str]:
    return core("core.itemsFor(v[1], v[2] ?? v[0].names).filter((item) => core.tickOf(v[0], item)).map(({id}) => id)", run, page, names)


def test_a_step_of_a_role_keeps_its_tick_whatever_the_names(core) -> None:
    run = made(core, [ticked(BEGIN), ["names", NAMES], ["names", {**NAMES, "active": "centre"}], ["names", None]])
    assert list(run["ticks"]) == ["one/1/0000000c"]


def test_a_step_for_each_server_is_ticked_for_every_server_when_names_come(core) -> None:
    run = made(core, [ticked(OTHER, how="skipped", reason="no time"), ["note", OTHER, "see page 3"], ["names", NAMES]])
    assert list(run["ticks"]) == list(run["notes"]) == ["one/2/0000000d east", "one/2/0000000d west"]
    assert run["ticks"]["one/2/0000000d west"] == {"time": NOON, "how": "skipped", "by": "AB", "reason": "no time"}


def test_it_keeps_its_tick_where_the_names_leave_no_server_for_it_or_do_not_say_which(core) -> None:
    for names in ({**NAMES, "standby": ["south"]}, {**NAMES, "first": ""}):
        assert list(made(core, [ticked(OTHER), ["names", names]])["ticks"]) == ["one/2/0000000d"]


def test_without_names_it_is_done_only_if_it_was_for_all_of_them(core) -> None:
    one = [["names", NAMES], ticked("one/2/0000000d east")]
    assert done(core, made(core, [*one, ["names", None]])) == []
    assert done(core, made(core, [*one, ticked("one/2/0000000d west"), ["names", None]])) == ["one/2/0000000d"]


def test_one_that_was_skipped_for_a_server_looks_skipped(core) -> None:
    run = made(core, [["names", NAMES], ticked("one/2/0000000d east", how="skipped", reason="off"), ticked("one/2/0000000d west", 5), ["names", None]])
    assert core("core.tickOf(v[0], core.itemsFor(v[1], v[0].names)[3]).how", run, PAGE) == "skipped"


def test_no_tick_is_invented_and_a_name_that_comes_back_has_its_ticks_back(core) -> None:
    other = {**NAMES, "standby": ["south", "east", "new"]}
    changes = [["names", NAMES], ticked("one/2/0000000d east"), ticked("one/2/0000000d west"), ["names", other]]
    assert done(core, made(core, changes)) == ["one/2/0000000d east"]
    assert done(core, made(core, [*changes, ["names", NAMES]])) == ["one/2/0000000d east", "one/2/0000000d west"]


def test_a_tick_without_names_counts_for_those_not_ticked_before(core) -> None:
    run = made(core, [["names", NAMES], ticked("one/2/0000000d east", 1), ["names", None], ticked(OTHER, 9), ["names", NAMES]])
    assert [run["ticks"][f"one/2/0000000d {name}"]["time"] for name in ("east", "west")] == [NOON + MINUTE, NOON + 9 * MINUTE]


def test_removing_a_tick_leaves_those_of_other_servers(core) -> None:
    both = [["names", NAMES], ticked(BEGIN), ticked("one/2/0000000d east"), ticked("one/2/0000000d west")]
    assert list(made(core, [*both, ["untick", "one/2/0000000d east"]])["ticks"]) == ["one/1/0000000c", "one/2/0000000d west"]
    assert list(made(core, [*both, ["names", None], ["untick", OTHER]])["ticks"]) == ["one/1/0000000c"]
    assert list(made(core, [*both[:3], ["names", None], ticked(OTHER), ["untick", OTHER]])["ticks"]) == ["one/1/0000000c", "one/2/0000000d east"]


def test_new_names_open_an_acceptance_that_speaks_of_the_servers(core) -> None:
    page = deepcopy(PAGE)
    page["marks"][ACCEPT]["of"] = "standby"
    everyone = [["names", NAMES], *(ticked(f"wiped/accept/0000000b {name}") for name in NAMES["standby"])]
    assert len(done(core, made(core, everyone, page), page=page)) == 3
    assert len(done(core, made(core, [*everyone, ["names", {**NAMES, "standby": ["south", "east", "new"]}]], page), page=page)) == 2
    assert done(core, made(core, [ticked(ACCEPT), ["names", NAMES]], page), page=page) == []


# ---- Where the reader is ---------------------------------------------------------------------------


def near(core, changes: list, start: int | None = None) -> tuple[str | None, str | None]:
    """The current item and where Next leads from the item with a number."""
    return tuple(core("""(() => {
        const run = make(v[0], v[1]);
        const items = core.itemsFor(v[0], run.names);
        return [core.current(run, items), core.next(run, items, items[v[2]]?.id)].map((one) => one && one.id);
    })()""", PAGE, changes, start))


def test_next_leads_to_the_next_open_item_but_never_beyond_a_stop_a_check_or_an_acceptance(core) -> None:
    assert near(core, []) == ("before/check-1/0000000a", "before/check-1/0000000a")
    assert near(core, [], BEGIN) == ("before/check-1/0000000a", "before/check-1/0000000a")
    assert near(core, [ticked(CHECK)]) == ("wiped/accept/0000000b", "wiped/accept/0000000b")
    free = [ticked(CHECK), ticked(ACCEPT)]
    assert near(core, free, BEGIN) == ("one/1/0000000c", "one/2/0000000d"), "a step may be passed over"
    assert near(core, free, OTHER) == ("one/1/0000000c", "one/stop/0000000e")
    assert near(core, free, STOP) == ("one/1/0000000c", "one/1/0000000c")
    assert near(core, [*free, ticked(STOP)], OTHER) == ("one/1/0000000c", "two/1/0000000f")
    assert near(core, [*free, *map(ticked, (BEGIN, OTHER, STOP, EACH))]) == (None, None), "what stands beside the phases holds nothing back"


def test_what_holds_an_item_back_is_named(core) -> None:
    held = core("core.heldBy(make(v[0], v[1]), core.itemsFor(v[0], null), 'two/1/0000000f').map(({id}) => id)", PAGE, [ticked(ACCEPT)])
    assert held == ["before/check-1/0000000a", "one/stop/0000000e"]


def test_progress_counts_steps_stops_and_checks(core) -> None:
    changes = [["names", NAMES], ticked(CHECK), ticked(ACCEPT), ticked(BEGIN), ticked("one/2/0000000d east", how="skipped", reason="off"), ticked("odd/1/00000010 east")]
    found = core("(() => { const run = make(v[0], v[1]); return core.progress(run, core.itemsFor(v[0], run.names)); })()", PAGE, changes)
    assert [(one["phase"], one["done"], one["skipped"], one["all"]) for one in found] == [(0, 1, 0, 1), (1, 2, 1, 4), (2, 0, 0, 3)]


# ---- The state of the servers ----------------------------------------------------------------------


def state(core, changes: list, page: dict = PAGE) -> dict[str, str]:
    found = core("core.states(make(v[0], v[1]), v[0])", page, changes)
    return {one["name"] or one["key"]: one["state"] and " ".join(one["state"]["words"]) for one in found}


def test_the_servers_begin_in_the_state_of_the_start(core) -> None:
    assert state(core, []) == {"active": "up old", "first": "up old", "other": "up old"}
    assert state(core, [["names", NAMES]]) == dict.fromkeys(["north", "south", "east", "west"], "up old")
    found = core("core.states(make(v[0], v[1]), v[0]).map(({role}) => role)", PAGE, [["names", NAMES]])
    assert found == ["Lead", "Next", "Helper", "Helper"]


def test_a_tick_changes_the_server_that_it_is_for(core) -> None:
    assert state(core, [ticked(BEGIN)])["active"] == "up new"
    assert state(core, [["names", NAMES], ticked(BEGIN), ticked("one/2/0000000d east")]) == {"north": "up new", "south": "up old", "east": "up new", "west": "up old"}


def test_what_a_step_for_each_server_does_to_another_is_done_when_it_is_done_for_all(core) -> None:
    both = [["names", NAMES], ticked(BEGIN), ticked("one/2/0000000d east"), ticked("one/2/0000000d west")]
    assert state(core, both)["north"] == "out"
    assert state(core, [ticked(BEGIN), ticked(OTHER)]) == {"active": "out", "first": "up old", "other": "up new"}


def test_a_step_for_all_others_changes_each_in_its_role(core) -> None:
    assert state(core, [["names", NAMES], ticked("two/1/0000000f south"), ticked("two/1/0000000f west")]) == {
        "north": "up old", "south": "up new", "east": "up old", "west": "out"}


def test_a_skipped_step_changes_nothing_and_one_done_otherwise_does(core) -> None:
    assert state(core, [ticked(BEGIN, how="skipped", reason="no")])["active"] == "up old"
    assert state(core, [ticked(BEGIN, how="otherwise", reason="by phone")])["active"] == "up new"
    assert state(core, [["names", NAMES], ticked("one/2/0000000d east"), ticked("one/2/0000000d west", how="skipped", reason="no")])["north"] == "up old"


def test_steps_change_the_state_in_their_order_whatever_the_order_of_the_ticks(core) -> None:
    assert state(core, [ticked(OTHER, 1), ticked(BEGIN, 2)])["active"] == "out"


def test_what_stands_beside_the_phases_changes_the_state_at_its_time(core) -> None:
    assert state(core, [ticked(BEGIN, 1), ticked(ODDLY, 2)])["active"] == "up old"
    assert state(core, [ticked(ODDLY, 1), ticked(BEGIN, 2)])["active"] == "up new"


def test_of_a_server_whose_role_is_not_chosen_no_state_is_claimed(core) -> None:
    assert state(core, [["names", {**NAMES, "first": ""}], ticked(BEGIN)]) == {"north": "up new", "south": None, "east": None, "west": None}
    assert state(core, [["names", NAMES]], {**PAGE, "start": {}}) == dict.fromkeys(["north", "south", "east", "west"])


# ---- Time ------------------------------------------------------------------------------------------

PLAN = {"window": [NOON, NOON + 120 * MINUTE], "minutes": {"0": 5, "1": 20}, "back": 30}


@pytest.mark.parametrize(("plan", "is_kept"), [
    (PLAN, True), ({**PLAN, "window": None}, True), ({**PLAN, "back": None}, True), ({**PLAN, "minutes": {}}, True),
    ({**PLAN, "window": [NOON, NOON]}, False), ({**PLAN, "window": [NOON]}, False), ({**PLAN, "window": [0, NOON]}, False), ({**PLAN, "back": -1}, False),
    ({**PLAN, "minutes": {"1": 1.5}}, False), ({**PLAN, "minutes": {"one": 1}}, False), ({**PLAN, "minutes": []}, False), ({**PLAN, "more": 1}, False), ({}, False), (None, False),
])
def test_a_plan_is_a_window_and_minutes(plan: Any, is_kept: bool, core) -> None:
    assert (made(core, [["withPlan", plan]]) is not None) == is_kept


def timing(core, changes: list, minutes: int) -> dict[str, Any]:
    return core("core.timing(make(v[0], v[1]), v[0], v[2])", PAGE, changes, NOON + minutes * MINUTE)


def test_the_latest_moment_to_turn_back_leaves_time_for_the_way_back(core) -> None:
    found = timing(core, [["withPlan", PLAN]], 90)
    assert (found["latest"], found["late"]) == (NOON + 90 * MINUTE, False)
    assert timing(core, [["withPlan", PLAN]], 91)["late"]
    for plan in ({**PLAN, "window": None}, {**PLAN, "back": None}):
        found = timing(core, [["withPlan", plan]], 500)
        assert (found["latest"], found["late"]) == (None, False)


def test_time_runs_in_the_phase_at_hand_and_stands_in_those_that_are_done(core) -> None:
    found = timing(core, [["withPlan", PLAN]], 3)
    assert (found["planned"], found["elapsed"], [one["elapsed"] for one in found["phases"]]) == (25, None, [None, None, None])
    found = timing(core, [["withPlan", PLAN], ticked(CHECK, 0), ticked(ACCEPT, 1), ticked(BEGIN, 4)], 10)
    assert found["elapsed"] == 10 * MINUTE
    assert [(one["planned"], one["elapsed"]) for one in found["phases"]] == [(5, 0), (20, 10 * MINUTE), (None, None)]


def test_a_finished_run_takes_no_more_time_and_offers_its_own_minutes(core) -> None:
    whole = [["withPlan", PLAN], ["withInitials", "AB"], ["names", NAMES], ["names", None], ticked(CHECK, 0), ticked(ACCEPT, 1), ticked(BEGIN, 4), ticked(OTHER, 5), ticked(STOP, 12), ticked(EACH, 20)]
    found = timing(core, whole, 500)
    assert (found["elapsed"], [one["elapsed"] for one in found["phases"]]) == (20 * MINUTE, [0, 12 * MINUTE, 8 * MINUTE])
    again = core("core.again(make(v[0], v[1]), v[0])", PAGE, whole)
    assert again["plan"] == {"window": None, "minutes": {"0": 5, "1": 12, "2": 8}, "back": 30}
    assert (again["ticks"], again["accepted"], again["begun"], again["initials"]) == ({}, {}, None, "AB")
    assert again["names"]["active"] == "north"


def test_a_tick_out_of_turn_makes_no_time_that_runs_backwards(core) -> None:
    chance = random.Random(3)
    for _ in range(200):
        order = chance.sample(range(7), chance.randint(1, 7))
        found = timing(core, [ticked(at, chance.randint(0, 60)) for at in order], 60)
        assert all(one["elapsed"] is None or 0 <= one["elapsed"] <= 60 * MINUTE for one in found["phases"]) and found["elapsed"] >= 0
