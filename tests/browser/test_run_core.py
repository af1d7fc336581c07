"""The core of the reader's run, on an empty page: items, ticks, states, times, the record, the file, storage."""

import itertools
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
from support.cores import called, core_of
from support.hostile import ODD, hostile_fragments, hostile_names, hostile_values
from support.sites import ROOT, Build

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
        else if (what === "untick") run = core.untick(run, item(values[0]), { time: 1_767_268_800_000, ...values[1] });
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
    with core_of(browser, "run-core.js", "run-record.js", "run-former.js") as page:
        page.evaluate("window.core = window.run")
        page.add_script_tag(content=PREPARED)
        yield page


@pytest.fixture(scope="module")
def core(blank: Page) -> Callable[..., Any]:
    """Evaluate an expression over `core`, `make` and the values given, `v`."""
    return lambda expression, *values: called(blank, "([expression, values]) => new Function('v', `return ${expression}`)(values)", [expression, list(values)])


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
    assert core("core.line(v[0])", "Résumé: سلام, see \"page 3\" <b>") == "Résumé: سلام, see \"page 3\" <b>"
    unseen = "\n\r\t\0\x1b\x7f\x85\u2028\u2029\u200e\u200f\u061c\u202a\u202e\u2066\u2069"
    assert core("core.line(v[0] + '\\ud800')", unseen).strip() == ""
    assert len(core("core.line(v[0])", "x" * 900)) == 500
    assert core("(() => { const cut = core.line('x'.repeat(499) + '\\u{1f4a5}'); return core.line(cut) === cut; })()")


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
        core.untick(before, items[2], {time: v[3]});
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


def test_the_current_item_is_the_first_open_one_and_nothing_is_passed_before_it_is_done(core) -> None:
    """Each time the current item is ticked, skipped or accepted."""
    found = core("""(() => {
        let run = core.withNames(core.empty(v[0]), v[0], v[1]);
        const items = core.itemsFor(v[0], run.names);
        const seen = [];
        for (let item; (item = core.current(run, items)) && seen.length < 20;) {
            seen.push(item.id);
            run = core.tick(run, item, { time: v[2], by: "AB", how: seen.length % 2 ? "hand" : "skipped", reason: seen.length % 2 ? "" : "no" });
        }
        return seen;
    })()""", PAGE, NAMES, NOON)
    assert found == ids(core, NAMES)[:9], "what stands beside the phases holds nothing back"
    assert core("core.current(make(v[0], v[1]), core.itemsFor(v[0], null)).id", PAGE, [ticked(CHECK), ticked(BEGIN)]) == "wiped/accept/0000000b"


def test_a_way_beside_the_phases_that_is_begun_is_gone_on_with_once_they_are_done(core) -> None:
    phases = [ticked(at) for at in (CHECK, ACCEPT, BEGIN, OTHER, STOP, EACH)]
    ways = [{**MARKS[ODDLY], "section": section, "number": number, "each": ""} for section, number in (("ask", 1), ("odd", 1), ("odd", 2), ("odd", 3))]
    page = {**PAGE, "marks": [*MARKS[:ODDLY], *ways]}

    def current(*changes: list[Any]) -> str | None:
        return core("core.current(make(v[0], v[1]), core.itemsFor(v[0], null))?.id.slice(0, -9) ?? null", page, list(changes))

    assert current(*phases) is None
    begun = ticked("odd/2")
    assert current(*phases[:-1], begun) == "two/1", "the phases come first"
    assert current(*phases, begun) == "odd/1"
    assert current(*phases, begun, ticked("odd/1")) == "odd/3"
    assert current(*phases, begun, ticked("odd/1"), ticked("odd/3", how="skipped", reason="no")) is None


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


def test_what_stands_beside_the_phases_changes_the_state_in_its_place_on_the_page(core) -> None:
    for first, second in ((BEGIN, ODDLY), (ODDLY, BEGIN)):
        assert state(core, [ticked(first, 1), ticked(second, 2)])["active"] == "up old"


def test_what_does_not_apply_is_not_left_open_and_changes_nothing(core) -> None:
    run = made(core, [ticked(CHECK), ticked(ACCEPT), ticked(BEGIN, how="not-applicable", reason="no such server")])
    assert state(core, [ticked(BEGIN, how="not-applicable", reason="no such server")])["active"] == "up old"
    assert core("core.current(v[0], core.itemsFor(v[1], null)).id", run, PAGE) == "one/2/0000000d"
    assert "unneeded" in core("core.asText(v[0], v[1], v[2])", run, PAGE, SAY)


@pytest.mark.parametrize(("changes", "is_past"), [
    ([], False), ([ticked(BEGIN)], False), ([ticked(STOP, how="skipped", reason="x")], False), ([ticked(STOP)], True), ([ticked(EACH)], True),
])
def test_the_point_of_no_return_is_passed_once_it_or_what_comes_after_is_done(changes: list, is_past: bool, core) -> None:
    page = {**PAGE, "marks": [{**mark, "noReturn": mark["kind"] == "stop"} for mark in MARKS]}
    run = made(core, [*changes, ["withPlan", PLAN]], page)
    assert core("core.isPast(v[0], core.itemsFor(v[1], null))", run, page) is is_past
    assert ("back by" in core("core.asText(v[0], v[1], v[2])", run, page, SAY)) is not is_past


def test_only_answers_that_the_site_knows_are_kept(core) -> None:
    known = {"tree.size": ["small", "large"], "tree.way": ["up"]}
    search = "?tree.size=large&tree.size=huge&tree.way=up&tree.more=up&x.y=z&constructor.name=a&toString=1&utm_source=x&tree.size=<b>"
    assert core("core.answersIn(v[0], v[1])", search, known) == "tree.size=large&tree.way=up"


def test_a_file_with_odd_times_is_said(core) -> None:
    doubts = lambda *changes: core("core.doubts(v[0], v[1], v[2])", made(core, list(changes)), PAGE, NOON)  # noqa: E731
    assert doubts(ticked(CHECK), ticked(BEGIN, 5), ticked(STOP, 60)) == []
    assert doubts(ticked(CHECK), ticked(BEGIN, 24 * 60 + 1)) == ["doubt-future"]
    assert doubts(["tick", CHECK, {"time": 1_500_000_000_000}]) == ["doubt-old"]
    assert doubts(ticked(CHECK, 5), ticked(BEGIN, 4)) == ["doubt-order"]


def test_what_was_looked_up_is_in_the_file_and_the_record(core) -> None:
    run = {**made(core, WHOLE), "lookUp": {"Where is it?": "in room 3"}}
    assert read(core, json.loads(core("core.asFile(v[0], v[1])", run, PAGE)))["run"]["lookUp"] == run["lookUp"]
    assert "LOOKED" in core("core.asText(v[0], v[1], v[2])", run, PAGE, SAY) and "Where is it?=in room 3" in core("core.asText(v[0], v[1], v[2])", run, PAGE, SAY)


MODEL = {
    "titles": ["Place", "Crew"], "columns": [["is", "sails"], ["crew"]], "words": {"lead": "Leads", "next": "Follows", "up": "-", "down": "down", "all": "All", "some": "Some", "none": "None", "own": "Own"},
    "follows": [
        {"when": {"this": {"is": "lead"}, "no": {"is": "next", "crew": "own"}}, "this": {"crew": "none"}},
        {"when": {"this": {"is": "lead"}, "some": {"is": "next", "crew": "own"}}, "this": {"crew": "some"}},
        {"when": {"this": {"is": "lead"}, "every": {"is": "next", "crew": "own"}}, "this": {"crew": "all"}},
    ],
}
LEADING, FOLLOWING = {"is": "lead", "sails": "up", "crew": "all", "words": []}, {"is": "next", "sails": "up", "crew": "own", "words": []}


@pytest.mark.parametrize(("names", "ticks", "lead"), [
    (NAMES, [], "Leads All"), (NAMES, ["east"], "Leads Some"), (NAMES, ["east", "west"], "Leads Some"), ({**NAMES, "standby": ["south"]}, [], "Leads All"),
])
def test_what_follows_of_itself_follows_from_the_servers_that_are_there(names: dict, ticks: list[str], lead: str, core) -> None:
    """A tick changes one attribute; the rest of the state stays, and its words are made of all of it."""
    marks = [{**MARKS[OTHER], "after": {"other": {"crew": "none"}, "active": {"crew": "none"}}}]
    page = {**PAGE, "marks": marks, "model": MODEL, "start": {"active": LEADING, "first": FOLLOWING, "other": FOLLOWING}}
    found = state(core, [["names", names], *(ticked(f"one/2/0000000d {name}") for name in ticks)], page)
    assert found["north"] == lead
    assert {name: words for name, words in found.items() if name != "north"} == {
        name: "Follows None" if name in ticks else "Follows Own" for name in names["standby"]
    }


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


# ---- The record ------------------------------------------------------------------------------------

# Words of the tests' own: what the reader is told is not theirs to know.
SAY = {
    "record": "RECORD {title}", "rehearsal": "NOT REAL", "version": "pages {version}", "versions": "pages {version}, now {now}", "begun": "from {time}",
    "not-begun": "never begun", "last": "until {time}", "time": "{time}Z", "count": "{done}/{all}, {otherwise} else, {skipped} passed over, {left} open", "warnings": "{accepted}/{all} taken", "people": "hands {people}", "person": "{name}*{count}", "answers": "because {answers}",
    "window": "between {start} and {end}", "latest": "back by {time}", "servers": "HOSTS", "no-names": "no hosts", "server": "{name}={role}", "expected": "SO IT SEEMS", "state": "{server} is {state}", "column": "{title} of {text}",
    "unchosen": "{name}={role}, no {first}", "accepted": "taken {time} {by}", "mark-not-accepted": "UNTAKEN {step}", "exceptions": "ODD ONES", "left-list": "OPEN",
    "entries": "{first} to {last}", "planned": "{planned} min to come", "mark-passed": "RUN PAST {step}", "mark-ahead": "AHEAD {step}", "mark-open": "MISSING {step}", "mark-skipped": "OVER {step}", "in": "{phase}: {step}", "step": "{number}) {words}", "on": "{step} @{server}",
    "for": "{step} for {server}", "hand": "did {time} {by}", "seen": "looked {time} {by}", "checked": "saw {time} {by}", "skipped": "passed {time} {by} as {reason}", "otherwise": "else {time} {by} by {reason}",
    "overridden": "against {time} {by} as {reason}", "report-showed": "it said {report}", "report-unread": "it was mute", "mark-otherwise": "ELSE {step}", "mark-overridden": "AGAINST {step}", "mark-not-applicable": "UNNEEDED {step}", "nobody": "who", "note": "note {note}", "looked-up": "LOOKED", "looked": "{ask}={note}", "not-applicable": "unneeded {time} {by} as {reason}", "thrown": "broke {time} {words}", "other-names": "OTHERS", "beside": "BESIDE",
    "real": "REAL", "finished": "ENDED", "unfinished": "{all} TO GO: {open} {skipped} {warnings}; {passed} {ahead}", "aside": "APART", "clock": "UTC", "software": "made {from}, then {to}", "not-given": "nobody said",
    "stops": "{held} of {all} halts, {otherwise} else, {unneeded} moot, {passed} run past, {ahead} ahead", "signed": "{by}", "unsigned": "who", "unsigned-in": "no hand {phases}",
    "answer": "{ask} {answer}", "leads": "to {method}, as {because}", "instead": "to {method}, as {because}, yet {page}", "state-unknown": "{server} is anything",
    "later-list": "YET", "later": "yet {step} {time}", "contradictions": "CLASHES", "contradicts": "clash {step} as {reason}", "condition": "perhaps", "command": "ran", "command-if": "ran if",
    "found": "found {expected}", "choice": "chose {expected}", "legend": "LEGEND", "looked-count": "looked {noted} of {all}", "not-noted": "blank", "past-long": "no return",
    "unknown": "changed {servers}", "unverified": "unseen", "undone-list": "BACK", "ways": "ASTRAY {ways}", "undone": "back {time} {by}",
}
WHOLE = [
    ["names", NAMES], ["withInitials", "AB"], ["withAnswers", "tree.one=yes&tree.two=no"], ["withPlan", PLAN],
    ticked(CHECK, 0), ticked(ACCEPT, 1), ticked(BEGIN, 4, how="checked"), ["note", BEGIN, "it *took* long"],
    ticked("one/2/0000000d east", 5, how="otherwise", reason="by [phone]"), ticked("one/2/0000000d west", 6, how="skipped", reason="off <b>", by=""),
    ticked("two/1/0000000f south", 8, how="overridden", reason="known"), ticked("odd/1/00000010 east", 9),
]


def record(core, changes: list, page: dict = PAGE, rehearsal: bool = False, form: str = "asText") -> str:
    run = core("make(v[0], v[1], v[2])", page, changes, rehearsal)
    return core("core[v[3]](v[0], v[1], v[2])", run, page, SAY, form)


def parts(text: str, sign: str) -> dict[str, list[str]]:
    """The lines of a record below each of its heads, and below ""."""
    found: dict[str, list[str]] = {"": []}
    head = ""
    for line in text.splitlines():
        if line.startswith(sign):
            head = line.removeprefix(sign)
            found[head] = []
        elif line:
            found[head].append(line)
    return found


def of_text(text: str) -> dict[str, list[str]]:
    lines = [line for line in text.split("\n") if line != "LEGEND"]
    heads = {at for at, line in enumerate(lines[1:]) if line and set(line) == {"-"}}
    return parts("\n".join(f"## {line}" if at in heads else line for at, line in enumerate(lines) if at - 1 not in heads), "## ")


def test_the_record_says_what_was_done_when_by_whom_and_on_which_server(core) -> None:
    found = of_text(record(core, WHOLE))
    assert found["Phase one"] == [
        "20 min to come", "2026-01-01 12:01Z to 2026-01-01 12:06Z", "[x] All is wiped", "    taken 2026-01-01 12:01Z AB",
        "[x] 1) On the Lead: Begin. @north", "    saw 2026-01-01 12:04Z AB", "    note it *took* long",
        "[!] ELSE 2) On each other: Begin. @east", "    else 2026-01-01 12:05Z AB by by [phone]",
        "[-] OVER 2) On each other: Begin. @west", "    passed 2026-01-01 12:06Z who as off <b>",
        "[ ] MISSING Stop: look"]
    assert found["Before"] == ["5 min to come", "2026-01-01 12:00Z to 2026-01-01 12:00Z", "[x] A copy", "    looked 2026-01-01 12:00Z AB"]
    assert found["Phase two"][1:3] == ["[!] AGAINST 1) On the Lead: Do it for each. @north for south", "    against 2026-01-01 12:08Z AB as known"]
    assert found["BESIDE"] == [
        "- If it is odd: MISSING 1) On all: Look. @north", "- If it is odd: MISSING 1) On all: Look. @south", "- If it is odd: 1) On all: Look. @east", "    did 2026-01-01 12:09Z AB",
        "- If it is odd: MISSING 1) On all: Look. @west"]


def test_the_record_begins_with_what_a_stranger_must_know(core) -> None:
    found = of_text(record(core, WHOLE))
    assert found[""] == ["RECORD A run", "=" * len("RECORD A run"), "REAL", "4 TO GO: 3 1 0; 1 2", "ASTRAY If it is odd", "APART", "UTC", "pages 1.0", "from 2026-01-01 12:00Z", "until 2026-01-01 12:09Z",
                         "2/8, 2 else, 1 passed over, 3 open", "0 of 1 halts, 0 else, 0 moot, 1 run past, 0 ahead", "1/1 taken", "hands who*1, AB*6", "no hand Phase one*1",
                         "because tree.one=yes; tree.two=no", "between 2026-01-01 12:00Z and 2026-01-01 14:00Z", "back by 2026-01-01 13:30Z"]
    assert found["HOSTS"] == ["SO IT SEEMS", "north=Lead is up; new", "south=Next is up; new", "east=Helper is up; old", "west=Helper is up; old"]
    assert [line[:3] for line in found["ODD ONES"] if line.startswith("- ")] == ["- P"] * 2, "what is skipped is left to do"


def test_what_is_left_says_whether_it_is_put_off_passed_over_or_ahead(core) -> None:
    assert of_text(record(core, WHOLE))["OPEN"] == [
        "- Phase one: OVER 2) On each other: Begin. @west", "    passed 2026-01-01 12:06Z who as off <b>",
        "- Phase one: RUN PAST Stop: look",
        "- Phase two: AHEAD 1) On the Lead: Do it for each. @north for east", "- Phase two: AHEAD 1) On the Lead: Do it for each. @north for west"]
    assert "0 of 1 halts, 0 else, 0 moot, 0 run past, 1 ahead" in record(core, [ticked(BEGIN)])
    assert "0 of 1 halts, 0 else, 0 moot, 1 run past, 0 ahead" in record(core, [ticked(STOP, how="skipped", reason="late")])
    assert "1 of 1 halts, 0 else, 0 moot, 0 run past, 0 ahead" in record(core, [ticked(STOP)])


def test_the_record_of_a_finished_run_says_when_each_phase_was_done(core) -> None:
    changes = [["withPlan", PLAN], *(ticked(at, minutes) for at, minutes in ((CHECK, 0), (ACCEPT, 1), (BEGIN, 4), (OTHER, 5), (STOP, 12), (EACH, 20)))]
    found = of_text(record(core, changes))
    assert found["Phase one"][1] == "2026-01-01 12:01Z to 2026-01-01 12:12Z" and found["Phase two"][0] == "2026-01-01 12:20Z to 2026-01-01 12:20Z"
    assert "5/5, 0 else, 0 passed over, 0 open" in found[""] and "ENDED" in found[""] and not {"OPEN", "CLASHES"} & set(found)


def test_an_empty_run_has_a_record_too(core) -> None:
    found = of_text(record(core, []))
    assert found[""][2:] == [
        "REAL", "6 TO GO: 5 0 1; 0 6", "UTC", "pages 1.0", "never begun", "0/5, 0 else, 0 passed over, 5 open", "0 of 1 halts, 0 else, 0 moot, 0 run past, 1 ahead", "0/1 taken", "back by nobody said"]
    assert found["HOSTS"] == ["no hosts", "SO IT SEEMS", "Lead is up; old", "Next is up; old", "Helper is up; old"]
    assert found["Phase one"][:2] == ["[ ] UNTAKEN All is wiped", "[ ] MISSING 1) On the Lead: Begin."]
    assert "ODD ONES" not in found and "BESIDE" not in found and "OTHERS" not in found


def test_a_rehearsal_says_so_first_and_what_was_thrown_in(core) -> None:
    changes = [ticked(CHECK), *(["throw", BEGIN, {"time": NOON, "event": "dies", "words": words}] for words in ("it is late", "it is gone"))]
    assert made(core, changes) is None, "nothing is thrown into a real run"
    text = record(core, changes, rehearsal=True)
    lines = text.splitlines()
    assert lines[3] == "NOT REAL" and {f"    broke 2026-01-01 12:00Z {words}" for words in ("it is late", "it is gone")} <= set(lines)
    assert "- **NOT REAL**\n" in record(core, changes, rehearsal=True, form="asMarkdown")


def test_the_record_of_newer_pages_names_both_versions(core) -> None:
    run = made(core, WHOLE)
    assert "pages 1.0, now 2.0" in core("core.asText(v[0], v[1], v[2])", run, {**PAGE, "version": "2.0"}, SAY)


def test_ticks_of_servers_with_other_names_stay_in_the_record(core) -> None:
    found = of_text(record(core, [["names", NAMES], ticked("one/2/0000000d west"), ["names", {**NAMES, "standby": ["south", "east"]}]]))
    assert found["OTHERS"] == ["- Phase one: 2) On each other: Begin. for west", "    did 2026-01-01 12:00Z AB"]
    assert "[x]" not in "".join(found["Phase one"])


def test_what_the_boxes_of_the_text_mean_is_said_before_the_first_of_them(core) -> None:
    lines = record(core, WHOLE).splitlines()
    assert lines.count("LEGEND") == 1 and lines.index("LEGEND") < next(number for number, line in enumerate(lines) if line.startswith("["))
    assert "LEGEND" not in record(core, WHOLE, form="asMarkdown")


def test_what_a_report_showed_stands_in_the_record_and_the_file(core) -> None:
    changes = [ticked(BEGIN, how="checked", report="a <b>\nis 1"), ticked(OTHER, how="overridden", reason="late", report="b is " + "2" * 600)]
    text, markdown = record(core, changes), record(core, changes, form="asMarkdown")
    assert below(text.splitlines(), "[x] 1) On the Lead: Begin.") == ["    saw 2026-01-01 12:00Z AB", "    it said a <b> is 1"]
    assert below(text.splitlines(), "[!] AGAINST 2)")[:2] == ["    against 2026-01-01 12:00Z AB as late", "    it said b is " + "2" * 495]
    assert "    - it said a \\<b\\> is 1\n" in markdown
    file = file_of(core, changes)
    assert file["ticks"]["one/1/0000000c"]["report"] == "a <b> is 1"
    assert read(core, file)["run"] == made(core, changes) and jsonschema.validate(file, SCHEMA) is None
    assert made(core, [ticked(BEGIN, report="a")]) is None, "no report was looked at"
    assert below(record(core, [ticked(BEGIN, how="overridden", reason="late")]).splitlines(), "[!] AGAINST 1)")[:2] == ["    against 2026-01-01 12:00Z AB as late", "    it was mute"]


def test_a_role_that_is_not_chosen_is_not_guessed_in_the_record(core) -> None:
    found = of_text(record(core, [["names", {**NAMES, "first": ""}]]))
    assert found["HOSTS"][:3] == ["SO IT SEEMS", "north=Lead is up; old", "south=Helper, no Next"]


def test_the_record_as_markdown_is_the_same_and_holds_no_markup_of_others(core) -> None:
    text, markdown = record(core, WHOLE), record(core, WHOLE, form="asMarkdown")
    assert markdown.startswith("# RECORD A run\n\n- **REAL**\n")
    found = parts(markdown, "## ")
    assert list(found) == list(of_text(text))
    assert found["Phase one"] == [
        "- 20 min to come", "- 2026-01-01 12:01Z to 2026-01-01 12:06Z", "- [x] All is wiped", "    - taken 2026-01-01 12:01Z AB",
        "- [x] 1) On the Lead: Begin. @north", "    - saw 2026-01-01 12:04Z AB", "    - note it \\*took\\* long",
        "- [x] ELSE 2) On each other: Begin. @east", "    - else 2026-01-01 12:05Z AB by by \\[phone\\]",
        "- [ ] OVER 2) On each other: Begin. @west", "    - passed 2026-01-01 12:06Z who as off \\<b\\>",
        "- [ ] MISSING Stop: look"]
    assert len([line for line in markdown.splitlines() if line]) == len([line for line in text.splitlines() if line.strip("-=") and line != "LEGEND"])
    boxes = {head for head, lines in found.items() if any(line.startswith("- [") for line in lines)}
    assert boxes == {"Before", "Phase one", "Phase two"}, "a box elsewhere would be ticked for a second time"


def told(page: dict, **of: dict[str, Any]) -> dict[str, Any]:
    """The page as the browser tells of it: more of some marks, by the last sign of their hash."""
    return {**page, "marks": [{**mark, **of.get(mark["hash"][-1], {})} for mark in page["marks"]]}


def below(lines: list[str], start: str) -> list[str]:
    """The lines below the first one that begins so."""
    at = next(number for number, line in enumerate(lines) if line.startswith(start))
    return list(itertools.takewhile(lambda line: line.startswith("    "), lines[at + 1:]))


@pytest.mark.parametrize(("among", "changed"), [
    ("active", ["north"]), ("first", ["south"]), ("other", ["east", "west"]), ("standby", ["south", "east", "west"]), ("", ["north", "south", "east", "west"]),
])
def test_a_step_beside_the_phases_makes_the_state_of_its_servers_unknown(among: str, changed: list[str], core) -> None:
    marks = [*MARKS, {"kind": "step", "section": "back", "number": 1, "hash": "00000020", "words": "On some: Undo.", "phase": 2, "on": "", "of": "", "counted": False, "under": "Back", "among": among}]
    page = {**PAGE, "marks": marks}
    changes = [["names", NAMES], ticked(CHECK, 1), ticked("back/1/00000020", 9)]
    found = of_text(record(core, changes, page))
    assert found["BESIDE"] == ["- Back: 1) On some: Undo.", "    did 2026-01-01 12:09Z AB", f"    changed {', '.join(changed)}", "    unseen"]
    assert [line.split("=")[0] for line in found["HOSTS"] if line.endswith("is anything")] == changed
    seen = of_text(record(core, [*changes, ticked("one/stop", 10)], page))
    assert "    unseen" not in seen["BESIDE"] and not [line for line in seen["HOSTS"] if line.endswith("is anything")], "a stop was checked after it"
    early = of_text(record(core, [*changes, ticked("one/stop", 5)], page))
    assert "    unseen" in early["BESIDE"]
    without = of_text(record(core, changes[1:], page))["HOSTS"]
    assert len([line for line in without if line.endswith("is anything")]) == {"active": 1, "first": 1, "other": 1, "standby": 2, "": 3}[among]


def test_a_section_beside_the_phases_that_is_begun_is_told_as_a_whole_and_that_it_came_last(core) -> None:
    ways = [{"kind": "step", "section": section, "number": number, "hash": f"0000003{at}", "words": f"On all: {words}.", "phase": 2, "on": "", "of": "", "counted": False, "under": section.title(), "among": ""}
            for at, (section, number, words) in enumerate([("back", 1, "Return"), ("back", 2, "Start"), ("other", 1, "Ask")])]
    page = told({**PAGE, "marks": [*MARKS, *ways]}, **{"1": {"commands": ["go"]}})
    found = of_text(record(core, [ticked(BEGIN, 4), ticked("back/1/00000030", 5)], page))
    assert [line for line in found["BESIDE"] if line.startswith("-")] == ["- Back: 1) On all: Return.", "- Back: MISSING 2) On all: Start."]
    assert below(found["BESIDE"], "- Back: MISSING") == ["    ran go"], "with what to run"
    assert "APART" in found[""] and "no hand" not in " ".join(found[""])
    for changes in ([ticked(BEGIN, 6), ticked("back/1/00000030", 5)], [ticked(BEGIN, 4), ticked("back/1/00000030", 5, how="skipped", reason="no")]):
        assert "APART" not in of_text(record(core, changes, page))[""], "nothing was done there after the phases"
    done = [ticked(at, 1) for at in (CHECK, ACCEPT, BEGIN, OTHER, STOP, EACH)]
    assert "APART" not in of_text(record(core, [*done, ticked("back/1/00000030", 5)], page))[""], "nothing is left"


@pytest.mark.parametrize(("ticks", "is_ended"), [
    ([], True), ([("back/1", "hand")], False), ([("back/1", "hand"), ("back/2", "skipped")], False), ([("back/1", "not-applicable")], False),
    ([("back/1", "hand"), ("back/2", "not-applicable")], True), ([("back/1", "otherwise"), ("back/2", "hand")], True),
])
def test_no_run_is_finished_in_the_middle_of_a_way_beside_the_phases(ticks: list[tuple[str, str]], is_ended: bool, core) -> None:
    ways = [{"kind": "step", "section": section, "number": number, "hash": f"0000004{number}", "words": "Return.", "phase": 2, "on": "", "of": "", "counted": False, "under": under}
            for section, under, number in (("back", "The way back", 1), ("back", "The way back", 2), ("ask", "Ask", 1))]
    page = {**PAGE, "marks": [*MARKS, *ways]}
    beside = [ticked(f"{at}/0000004{at[-1]}", 30, how=how, reason="" if how == "hand" else "so") for at, how in ticks]
    all_of_it = [ticked(at, 1) for at in (CHECK, ACCEPT, BEGIN, OTHER, STOP, EACH)]
    for changes, left in (([*all_of_it, *beside], ["ENDED"] if is_ended else []), (beside, ["6 TO GO: 5 0 1; 0 6"])):
        said = of_text(record(core, changes, page))[""]
        assert [line for line in said if line.startswith(("ENDED", "ASTRAY")) or " TO GO" in line] == [*left, *([] if is_ended else ["ASTRAY The way back"])]
        isOpen = core("core.current(make(v[0], v[1]), core.itemsFor(v[0], null)) !== null", page, changes)
        assert isOpen == (any(" TO GO" in line for line in left) or len(ticks) == 1), "where the reader is agrees with the record"
        summary = json.loads(core("core.asFile(make(v[0], v[1]), v[0])", page, changes))["$summary"]
        assert (summary["finished"], summary["notEnded"]) == ("ENDED" in left, [] if is_ended else ["The way back"])


def test_what_was_ticked_after_a_skipped_change_of_its_server_is_named_below_it(core) -> None:
    page = told(PAGE, f={"after": None, "of": "active", "each": ""})
    skipped = ticked(BEGIN, 1, how="skipped", reason="off")
    changes = [["names", NAMES], skipped, ticked("one/2/0000000d east", 2), ticked(EACH + 1, 3)]
    assert below(of_text(record(core, [*changes, ["names", NAMES]], page))["OPEN"], "- Phase one: OVER 1)") == ["    passed 2026-01-01 12:01Z AB as off", "    YET", "    yet Phase two: 1) On the Lead: Do it for each. @north 2026-01-01 12:03Z"]
    assert below(of_text(record(core, changes[:3], page))["OPEN"], "- Phase one: OVER 1)") == ["    passed 2026-01-01 12:01Z AB as off"], "another server's step says nothing"
    looked = told(page, c={"after": None})
    assert below(of_text(record(core, changes, looked))["OPEN"], "- Phase one: OVER 1)") == ["    passed 2026-01-01 12:01Z AB as off"], "what changes nothing is not missed"


STOPPING = {**PAGE, "start": {key: {"valve": "open", "level": "low"} for key in ("active", "first", "other")}, "marks": [
    {"kind": "step", "section": "one", "number": 1, "hash": "0000000c", "words": "On the Lead: Fill.", "phase": 1, "on": "active", "of": "active", "after": {"active": {"level": "high"}}},
    {"kind": "step", "section": "one", "number": 2, "hash": "0000000d", "words": "On each other: Shut.", "phase": 1, "on": "other", "of": "other", "each": "on",
     "after": {"other": {"valve": "shut"}}},
    {"kind": "stop", "section": "one", "hash": "0000000e", "words": "Stop: shut?", "phase": 1, "holds": {"other": [["shut", "full"]]}},
    {"kind": "step", "section": "two", "number": 1, "hash": "0000000f", "words": "On the Lead: Fill up.", "phase": 2, "on": "active", "of": "active", "after": {"active": {"level": "full"}}},
    {"kind": "stop", "section": "two", "hash": "00000010", "words": "Stop: full?", "phase": 2, "holds": {"active": [["high", "full"]]}},
], "model": {"titles": ["Tank"], "columns": [["valve", "level"]], "words": {one: one for one in ("open", "shut", "low", "high", "full")}, "follows": []}}
FILL, EAST, WEST = "one/1/0000000c", "one/2/0000000d east", "one/2/0000000d west"
SHUT, FULL = "one/stop/0000000e", "two/stop/00000010"


def clashes(core, changes: list) -> list[str]:
    """The stops that are contradicted, and by what."""
    lines = of_text(record(core, [["names", NAMES], *changes], STOPPING)).get("CLASHES", [])
    return [line.strip() for line in lines if not line.startswith("    looked")]


def skipped(item: str, minutes: int = 1) -> list[Any]:
    return ticked(item, minutes, how="skipped", reason="off")


def test_a_stop_rests_on_the_skipped_steps_that_would_have_made_it_hold(core) -> None:
    found = of_text(record(core, [["names", NAMES], skipped(EAST), ticked(WEST), ticked(SHUT, 2)], STOPPING))
    assert found["CLASHES"] == ["- Phase one: Stop: shut?", "    looked 2026-01-01 12:02Z AB", "    clash Phase one: 2) On each other: Shut. @east as off"]
    assert "    clash Phase one: 2) On each other: Shut. @east as off" in below(found["Phase one"], "[x] Stop")
    clash = ["- Phase two: Stop: full?", "clash Phase one: 1) On the Lead: Fill. @north as off", "clash Phase two: 1) On the Lead: Fill up. @north as off"]
    assert clashes(core, [skipped(FILL), skipped("two/1/0000000f"), ticked(FULL)]) == clash, "a phase later too"


@pytest.mark.parametrize(("changes", "why"), [
    ([skipped(FILL), ticked(EAST), ticked(WEST), ticked(SHUT)], "it holds something else"),
    ([skipped(FILL), ticked("two/1/0000000f"), ticked(FULL)], "another step has made it hold"),
    ([skipped(EAST), ticked(WEST)], "it is not checked"),
    ([skipped(EAST), ticked(WEST), ticked(SHUT, how="otherwise", reason="known")], "it is known to be otherwise"),
    ([skipped("two/1/0000000f"), ticked(SHUT), ticked(FILL), ticked(FULL)], "the step is behind it, or not needed"),
    ([ticked(EAST), ticked(SHUT)], "nothing is skipped"),
])
def test_a_stop_is_not_contradicted(changes: list, why: str, core) -> None:
    assert clashes(core, changes) == [], why


def test_a_stop_of_which_nothing_is_known_is_not_contradicted(core) -> None:
    assert "CLASHES" not in of_text(record(core, [skipped("one/1/0000000c"), ticked(STOP, 2)]))
    roles = [["names", {**NAMES, "first": ""}], skipped("one/2/0000000d"), ticked(SHUT)]
    assert "CLASHES" not in of_text(record(core, roles, STOPPING)), "nobody has said which servers are the others"


def test_a_condition_and_the_commands_of_a_step_are_in_the_record(core) -> None:
    page = told(PAGE, c={"condition": True, "commands": ["run --now <Lead>", "say `a_b`"], "expected": "it *ends*"}, a={"expected": "made, if wanted", "condition": True}, d={"commands": ["go"]})
    changes = [ticked(BEGIN), ticked(CHECK), ticked(OTHER, how="skipped", reason="no")]
    found = of_text(record(core, changes, page))
    assert below(found["Phase one"], "[x] 1)")[1:] == ["    perhaps", "    ran if run --now <Lead>", "    ran if say `a_b`"]
    assert below(found["Before"], "[x]")[1:] == ["    chose made, if wanted"]
    assert below(found["Phase one"], "[-]") == ["    passed 2026-01-01 12:00Z AB as no"], "what was skipped was not run"
    assert below(of_text(record(core, [], page))["OPEN"], "- Phase one: AHEAD 2)") == ["    ran go"], "what is left says what to run"
    markdown = parts(record(core, changes, page, form="asMarkdown"), "## ")
    assert below(markdown["Phase one"], "- [x] 1)")[2:] == ["    - ran if `run --now <Lead>`", "    - ran if `` say `a_b` ``"]


def test_a_look_says_what_was_found(core) -> None:
    page = told(PAGE, a={"expected": "there"}, f={"after": None, "expected": "all up"}, c={"expected": "it ends"})
    found = of_text(record(core, [ticked(CHECK), ticked(EACH, how="overridden", reason="known"), ticked(BEGIN)], page))
    assert below(found["Before"], "[x]")[1:] == ["    found there"]
    assert below(found["Phase two"], "[!]") == ["    against 2026-01-01 12:00Z AB as known", "    it was mute"]
    assert below(found["Phase one"], "[x] 1)") == ["    did 2026-01-01 12:00Z AB"], "a step that changes something is done, not looked at"
    assert "    found all up" in below(of_text(record(core, [ticked(EACH)], page))["Phase two"], "[x]")


TREES = {"tree": {
    "start": "one", "outcomes": {"here": {"title": "This", "page": "run.md#part"}, "there": {"title": "That", "page": "other.md"}},
    "questions": {"one": {"ask": "Up?", "answers": {"yes": {"label": "Yes", "goto": "two"}, "no": {"label": "No", "choose": "there", "because": "It is down."}}},
                  "two": {"ask": "Now?", "answers": {"no": {"label": "Not now", "choose": "here", "because": "It waits."}}}}}}


@pytest.mark.parametrize(("answers", "said"), [
    ("tree.one=yes&tree.two=no", ["because Up? Yes; Now? Not now", "to This, as It waits."]), ("tree.two=no&tree.one=yes", ["because Up? Yes; Now? Not now", "to This, as It waits."]),
    ("tree.one=no", ["because Up? No", "to That, as It is down., yet A run"]), ("tree.one=yes", ["because Up? Yes"]), ("tree.one=gone", ["because tree.one=gone"]),
    ("forest.one=yes", ["because forest.one=yes"]), ("constructor.one=yes", ["because constructor.one=yes"]), ("tree.one=constructor", ["because tree.one=constructor"]), ("tree.two=no", ["because tree.two=no"]),
])
def test_the_answers_of_the_tree_stand_in_words_with_where_they_lead(answers: str, said: list[str], core) -> None:
    lines = of_text(record(core, [["withAnswers", answers]], {**PAGE, "trees": TREES}))[""]
    assert [line for line in lines if line.startswith(("because ", "to "))] == said


def test_the_last_five_ticks_taken_back_stay_in_storage_file_and_record(core) -> None:
    takes = [change for minute in range(7) for change in (ticked(BEGIN, minute), ["untick", BEGIN, {"time": NOON + minute * MINUTE, "by": f"P{minute}"}])]
    changes = [["names", NAMES], *takes[:-2], ticked("one/2/0000000d east"), ["untick", "one/2/0000000d east", {"time": NOON, "by": ""}], ["untick", "one/stop", {"time": NOON}]]
    run = made(core, changes)
    assert [one["by"] for one in run["undone"]] == ["P2", "P3", "P4", "P5", ""], "what was not ticked leaves no trace"
    assert load(core, stored(core, changes))["run"]["undone"] == run["undone"] == read(core, file_of(core, changes))["run"]["undone"]
    found = of_text(record(core, changes))["BACK"]
    assert found[-4:] == ["- Phase one: 1) On the Lead: Begin. @north", "    back 2026-01-01 12:05Z P5", "- Phase one: 2) On each other: Begin. @east", "    back 2026-01-01 12:00Z who"]
    assert core("core.again(v[0], v[1]).undone", run, PAGE) == []


@pytest.mark.parametrize(("now", "before", "after", "found"), [
    ("abx", "ab", "abx", "ab"), ("abxn", "ab", "abx", "abn"), ("bx", "ab", "abx", "b"), ("bcdex", "abcde", "bcdex", "abcde"), ("cdexn", "abcde", "bcdex", "acden"),
    ("n", "ab", "", "abn"), ("", "ab", "", "ab"),
])
def test_traces_of_others_outlive_what_is_put_back(now: str, before: str, after: str, found: str, core) -> None:
    def traces(signs: str) -> list[dict[str, Any]]:
        return [{"time": NOON + ord(sign), "by": "", "id": sign} for sign in signs]

    merged = core("core.traces(v[0], v[1], v[2])", *map(traces, (now, before, after)))
    assert "".join(one["id"] for one in merged) == found


@pytest.mark.parametrize(("version", "is_kept"), [("7.3.3", True), ("", True), ("7.5.0-build:2", True), ("7 3", False), ("<b>", False), ("x" * 65, False), (None, False), (7, False)])
def test_the_versions_of_the_servers_may_be_given(version: Any, is_kept: bool, core) -> None:
    for way in ("withFrom", "withTo"):
        assert (made(core, [[way, version]]) is not None) == is_kept
    if is_kept and version:
        changes = [["withTo", version]]
        assert f"made nobody said, then {version}" in of_text(record(core, changes))[""]
        assert load(core, stored(core, changes))["run"]["to"] == read(core, file_of(core, changes))["run"]["to"] == version


def test_what_was_not_looked_up_is_said(core) -> None:
    run = {**made(core, []), "lookUp": {"Where?": "here"}}
    found = of_text(core("core.asText(v[0], v[1], v[2])", run, {**PAGE, "asked": ["When?", "Where?"]}, SAY))
    assert found["LOOKED"] == ["When?=blank", "Where?=here"] and "looked 1 of 2" in found[""]


def test_a_state_has_the_titles_of_its_columns_in_every_form(core) -> None:
    page = {**PAGE, "marks": [{**MARKS[OTHER], "after": {"other": {"sails": "down", "crew": "none"}}}], "model": MODEL, "start": {"active": LEADING, "first": FOLLOWING, "other": FOLLOWING}}
    changes = [["names", {**NAMES, "standby": ["south", "east"]}], ticked("one/2/0000000d east")]
    said = ["north=Lead is Place of Leads; Crew of Some", "south=Next is Place of Follows; Crew of Own", "east=Helper is Place of Follows, down; Crew of None"]
    assert of_text(record(core, changes, page))["HOSTS"] == ["SO IT SEEMS", *said]
    assert [line for line in record(core, changes, page, form="asMarkdown").splitlines() if " is Place of " in line] == [f"- {line}" for line in said]
    assert json.loads(core("core.asFile(make(v[0], v[1]), v[0])", page, changes))["$summary"]["servers"] == [
        {"name": "north", "role": "Lead", "expected": {"Place": "Leads", "Crew": "Some"}}, {"name": "south", "role": "Next", "expected": {"Place": "Follows", "Crew": "Own"}},
        {"name": "east", "role": "Helper", "expected": {"Place": "Follows, down", "Crew": "None"}}]


def test_entries_that_nobody_signed_are_counted_in_each_phase(core) -> None:
    changes = [ticked(CHECK, by=""), ticked(BEGIN), ticked(STOP, by=""), ticked(OTHER, by=""), ticked(ODDLY, by="")]
    assert "no hand Before*1, Phase one*2, BESIDE*1" in of_text(record(core, changes))[""]
    assert not [line for line in of_text(record(core, [ticked(BEGIN)]))[""] if line.startswith("no hand")]


def test_a_file_says_in_words_what_it_holds_and_nothing_of_it_is_taken(core) -> None:
    value = file_of(core)
    assert value["$summary"] == {
        "finished": False, "notEnded": ["If it is odd"], "first": "2026-01-01T12:00:00.000Z", "last": "2026-01-01T12:09:00.000Z", "warnings": {"all": 1, "accepted": 1},
        "items": {"all": 8, "done": 2, "otherwise": 2, "skipped": 1, "unneeded": 0, "left": 3}, "stops": {"all": 1, "held": 0, "otherwise": 0, "unneeded": 0, "passed": 1, "ahead": 0},
        "servers": [{"name": name, "role": role, "expected": {"0": "up", "1": version}} for name, role, version in (
            ("north", "Lead", "new"), ("south", "Next", "new"), ("east", "Helper", "old"), ("west", "Helper", "old"))],
        "phases": [{"title": "Before", "all": 1, "ticked": 1, "first": "2026-01-01T12:00:00.000Z", "last": "2026-01-01T12:00:00.000Z"},
                   {"title": "Phase one", "all": 5, "ticked": 4, "first": "2026-01-01T12:01:00.000Z", "last": "2026-01-01T12:06:00.000Z"},
                   {"title": "Phase two", "all": 3, "ticked": 1, "first": "2026-01-01T12:08:00.000Z", "last": "2026-01-01T12:08:00.000Z"}]}
    text = core("core.asFile(make(v[0], v[1]), v[0])", PAGE, WHOLE)
    for other in ("x", None, {"finished": True}, [1]):
        assert core("core.asFile(core.fromFile(v[0], v[1]).run, v[1])", json.dumps({**value, "$summary": other}), PAGE) == text


def test_a_file_of_before_is_taken_up(core) -> None:
    value = file_of(core)
    for key in ("$summary", "lookUp", "undone", "from", "to"):
        del value[key]
    assert read(core, value)["run"] == made(core, WHOLE)


def test_while_roles_are_not_chosen_nothing_follows_from_the_servers_that_have_one(core) -> None:
    alone = {**MODEL, "follows": MODEL["follows"][:1]}
    page = {**PAGE, "model": alone, "start": {"active": LEADING, "first": FOLLOWING, "other": FOLLOWING}}
    assert state(core, [["names", {**NAMES, "first": ""}]], page) == {"north": "Leads All", "south": None, "east": None, "west": None}


@pytest.mark.parametrize("odd", ODD)
def test_no_note_makes_a_line_of_its_own(odd: str, core) -> None:
    changes = [["note", BEGIN, f"a{odd}b"], ticked(BEGIN, how="skipped", reason=f"a{odd}b")]
    plain = [["note", BEGIN, "ab"], ticked(BEGIN, how="skipped", reason="ab")]
    for form in ("asText", "asMarkdown"):
        assert record(core, changes, form=form).count("\n") == record(core, plain, form=form).count("\n")
    assert not set("<[`*") & set(record(core, changes, form="asMarkdown").split("note ")[1].split("\n")[0].replace("\\<", "").replace("\\[", "").replace("\\`", "").replace("\\*", ""))


# ---- The file --------------------------------------------------------------------------------------


def file_of(core, changes: list = WHOLE, page: dict = PAGE, rehearsal: bool = False) -> dict[str, Any]:
    return json.loads(core("core.asFile(make(v[0], v[1], v[2]), v[0])", page, changes, rehearsal))


def read(core, value: Any, page: dict = PAGE) -> dict[str, Any]:
    return core("core.fromFile(v[0], v[1])", value if isinstance(value, str) else json.dumps(value), page)


def test_a_run_is_taken_up_from_its_file_exactly(core) -> None:
    for changes, rehearsal in (([], False), (WHOLE, False), ([*WHOLE, ["throw", BEGIN, {"time": NOON, "event": "dies", "words": "gone"}]], True), ([*WHOLE, ["names", None]], False)):
        run = made(core, changes, rehearsal=rehearsal)
        text = core("core.asFile(v[0], v[1])", run, PAGE)
        assert read(core, text) == {"run": run, "changed": []}
        assert core("core.asFile(core.fromFile(v[0], v[1]).run, v[1])", text, PAGE) == text
        jsonschema.validate(json.loads(text), SCHEMA)


def test_a_file_that_an_editor_has_written_again_is_read(core) -> None:
    text = core("core.asFile(make(v[0], v[1]), v[0])", PAGE, WHOLE)
    value = dict(reversed(json.loads(text).items()))
    del value["$schema"]
    for other in ("\ufeff" + text, text.replace("\n", "\r\n"), json.dumps(value), json.dumps(value, ensure_ascii=False, indent=8)):
        assert core("core.asFile(core.fromFile(v[0], v[1]).run, v[1])", other, PAGE) == text


def test_a_file_of_other_pages_ticks_no_step_whose_words_have_changed(core) -> None:
    page = deepcopy(PAGE)
    page["version"] = "2.0"
    page["marks"][BEGIN]["hash"] = "000000ff"
    del page["marks"][EACH]
    found = read(core, file_of(core), page)
    assert [(one["section"], one["number"], one["server"], bool(one["now"])) for one in found["changed"]] == [("one", "1", "", True), ("two", "1", "south", False)]
    assert found["changed"][0]["now"]["hash"] == "000000ff"
    assert sorted(found["run"]["ticks"]) == ["before/check-1/0000000a", "odd/1/00000010 east", "one/2/0000000d east", "one/2/0000000d west"]
    assert found["run"]["notes"] == {} and found["run"]["version"] == "1.0"
    page["marks"][ACCEPT]["hash"] = "000000fe"
    found = read(core, file_of(core), page)
    assert found["run"]["accepted"] == {}
    assert [one["words"] for one in found["changed"] if one["number"] == "accept"] == ["All is wiped"], "its words are left of it"


def test_what_a_file_is_not_is_said(core) -> None:
    value = file_of(core)
    assert read(core, "x" * 5_000_000)["mistake"] == "size"
    assert read(core, json.dumps({**value, "x": "y" * 5_000_000}))["mistake"] == "size"
    for text in ("", "{", "text", "\0", "{'a': 1}", "[" * 100_000, '{"a":' * 50_000):
        assert read(core, text)["mistake"] == "json"
    for other in (None, True, 1, "a", [], {}, [value], {"format": "1"}, {**value, "format": 0}, {**value, "format": 1.5}, {**value, "format": None}):
        assert read(core, other)["mistake"] in ("run", "json")
    assert read(core, {**value, "format": 2, "more": {}})["mistake"] == "format"
    assert read(core, {**value, "procedure": "other"}) == {"mistake": "procedure", "at": "other"}
    assert read(core, {**value, "ticks": {"one/1/0000000c": {}}}) == {"mistake": "value", "at": "ticks one/1/0000000c"}


def wrong_files(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A good file, each time with something in it that no run may hold."""
    odd = [None, True, 0, -1, 1.5, 1e300, "", "x", "<b>x</b>", "a\nb", "\u202e", [], [None], {}, {"a": 1}, ["hand"], {"toString": 1}, {"__proto__": {"time": NOON}}]
    may_be = {"begun": [None], "names": [None], "rehearsal": [True], "answers": [""], "initials": ["", "x"], "version": ["x", "<b>x</b>"],
              "ticks": [{}], "notes": [{}], "accepted": [{}], "thrown": [{}], "lookUp": [{}], "undone": [[]],
              "from": ["", "x"], "to": ["", "x"]}
    for key in value:
        if key not in ("$schema", "$summary", "format"):
            if key not in ("lookUp", "undone", "from", "to"):  # files of older pages have none
                yield {one: text for one, text in value.items() if one != key}
            yield from ({**value, key: one} for one in odd if not any(type(one) is type(good) and one == good for good in may_be.get(key, [])))
    for key in ("__proto__", "constructor", "toString", "more", "<b>", "", "format "):
        yield {**value, key: {}}
    tick = {"time": NOON, "how": "hand", "by": "", "reason": ""}
    times = [0, -NOON, NOON / 1000, NOON * 10, NOON + 0.5, str(NOON), None, True, 1e999, [NOON]]
    wrong = [{**tick, "time": time} for time in times]
    wrong += [{**tick, "how": how} for how in ("", "skipped", "otherwise", "done", "toString", "__proto__", None, True, ["hand"], {})]
    wrong += [{**tick, "by": by} for by in ("<b>", "A B", "x" * 9, "A\n", None, 1, ["A"], {})]
    wrong += [{**tick, "reason": reason} for reason in ("why", None, [], {})]
    wrong += [{**tick, "how": "skipped", "reason": reason} for reason in ("", " ", "a\nb", "x" * 501, "a\u202eb", " a", ["a"])]
    wrong += [{**tick, "how": how, "reason": reason, "report": report} for how, reason in (("checked", ""), ("overridden", "why")) for report in ("", " a", "a\nb", "\u202e", "x" * 501, None, 1, ["a"], {})]
    wrong += [{**tick, "how": how, "reason": reason, "report": "a"} for how, reason in (("hand", ""), ("skipped", "why"), ("otherwise", "why"))]
    wrong += [{**tick, "more": 1}, {key: one for key, one in tick.items() if key != "by"}, {**tick, "__proto__": {}}, [tick], "hand", None, 1, [], {}]
    yield from ({**value, "ticks": {"one/1/0000000c": one}} for one in wrong)
    ids = ["", "x", "__proto__", "constructor", "one/1", "one/1/", "one/1/0000000", "one/1/0000000C", "one/1/0000000c ", "one/1/0000000c  east", "one/x/0000000c",
           "/1/0000000c", "a b/1/0000000c", "one/99999/0000000c", "wiped/accept/0000000b", "one/1/0000000c\n", f"{'x' * 300}/1/0000000c", "\u202e/1/0000000c",
           *(f"one/2/0000000d {name}" for name in hostile_names())]
    yield from ({**value, "ticks": {one: tick}} for one in ids)
    yield from ({**value, "notes": {one: "x"}} for one in ids if one != "wiped/accept/0000000b")
    yield from ({**value, "notes": {"one/1/0000000c": one}} for one in odd if one not in ("x", "<b>x</b>"))
    accepted = {"time": NOON, "by": "AB", "words": "All is wiped"}
    yield from ({**value, "accepted": {"wiped/accept/0000000b": one}} for one in
                [*({**accepted, "time": time} for time in times), {**accepted, "by": ""}, {**accepted, "by": "<b>"}, {**accepted, "words": "a\nb"}, {**accepted, "x": 1}, None])
    yield {**value, "accepted": {"one/1/0000000c": accepted}}
    thrown = {"time": NOON, "event": "dies", "words": "gone"}
    yield {**value, "thrown": {"one/1/0000000c": [thrown]}}
    yield from ({**value, "rehearsal": True, "thrown": {"one/1/0000000c": one}} for one in (thrown, [], [{**thrown, "event": "<b>"}], [{**thrown, "event": ""}], [{**thrown, "time": 1}], None))
    for name in hostile_names():
        yield {**value, "names": {**NAMES, "active": name}}
        yield {**value, "names": {**NAMES, "standby": [name], "first": ""}}
        if name:
            yield {**value, "names": {**NAMES, "first": name}}
    yield from ({**value, "names": {**NAMES, **one}} for one in (
        {"first": "north"}, {"used": 1}, {"used": None}, {"standby": []}, {"standby": {"0": "south", "length": 1}}, {"standby": ["a", "a"], "first": "a"}, {"more": 1}))
    yield from ({**value, "plan": {**PLAN, **one}} for one in (
        {"window": [NOON, NOON]}, {"window": [NOON + 1, NOON]}, {"window": [NOON, NOON + 1, NOON + 2]}, {"back": 1e5}, {"minutes": {"__proto__": 1}}, {"minutes": {"1": "5"}}, {"x": 1}))
    yield from ({**value, "answers": one} for one in ("a", "a=", "=b", "a=b&", "a=b&&c=d", "a=b c", "a=<b>", "a=" + "b" * 2000))
    trace = {"time": NOON, "by": "AB", "id": "one/1/0000000c"}
    yield from ({**value, "undone": [{**trace, "time": time}]} for time in times)
    yield from ({**value, "undone": [{**trace, "id": one}]} for one in [*ids, ["one/1/0000000c"], None] if one != "wiped/accept/0000000b")
    yield from ({**value, "undone": one} for one in ([trace] * 6, trace, [[trace]], [{**trace, "more": 1}], [{**trace, "by": "<b>"}], {"length": 0}))
    yield from ({**value, key: name} for key in ("from", "to") for name in hostile_names() if name)
    yield {**value, "begun": NOON + 2 * MINUTE}


def test_no_hostile_file_is_taken(core) -> None:
    files = [json.dumps(one) for one in wrong_files(file_of(core))]
    assert len(files) > 1500
    found = core("v[0].map((text) => core.fromFile(text, v[1]))", files, PAGE)
    assert [text for text, one in zip(files, found, strict=True) if set(one) - {"mistake", "at"} or not one["mistake"]] == []
    assert core("({}).time === undefined && ({}).hand === undefined")


def test_the_schema_takes_no_file_that_the_script_refuses_for_its_shape(core) -> None:
    """What a schema cannot say aside: names of each other, times of each other, and signs that only a script can tell."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    value = file_of(core)
    assert validator.is_valid(value)
    wrong = list(wrong_files(value))
    taken = [one for one in wrong if validator.is_valid(one)]
    assert len(taken) < len(wrong) / 20, [json.dumps(one)[:300] for one in taken[:5]]


def test_the_schema_that_a_file_names_is_published(core, built: Build) -> None:
    assert json.loads((built.site / "trees" / file_of(core)["$schema"]).read_text(encoding="utf-8")) == SCHEMA


def test_pieces_of_a_file_are_no_file(core) -> None:
    text = core("core.asFile(make(v[0], v[1]), v[0])", PAGE, WHOLE)
    assert core("[...v[0].trimEnd()].keys().filter((at) => core.fromFile(v[0].slice(0, at), v[1]).run).toArray()", text, PAGE) == []


# ---- Storage ---------------------------------------------------------------------------------------


def stored(core, changes: list, page: dict = PAGE, place: dict = PLACE) -> dict[str, str]:
    """What storage holds after a run that was empty has changed."""
    return core("Object.fromEntries(core.writes(core.empty(v[0]), make(v[0], v[1], v[2].rehearsal), v[2]))", page, changes, place)


def load(core, kept: dict[str, str], page: dict = PAGE, place: dict = PLACE) -> dict[str, Any]:
    return core("core.load(Object.entries(v[0]), v[2], v[1])", kept, page, place)


def written(kept: dict[str, str], writes: list) -> dict[str, str]:
    after = {**kept, **dict(writes)}
    return {key: text for key, text in after.items() if text is not None}


def test_a_run_comes_back_from_storage(core) -> None:
    kept = stored(core, WHOLE)
    assert all(key.startswith("/docs/ v3 ") for key in kept)
    assert load(core, kept) == {"run": made(core, WHOLE), "changed": [], "strange": [], "writes": []}
    assert load(core, {})["run"] == made(core, [])


def test_each_tick_note_and_acceptance_is_an_entry_of_its_own(core) -> None:
    before, after = stored(core, WHOLE), stored(core, [*WHOLE, ["untick", BEGIN], ["note", OTHER, "x"]])
    assert len(before.keys() - after.keys()) == 1 and len(after.keys() - before.keys()) == 2, "the tick; the note and the trace"
    writes = core("core.writes(make(v[0], v[1]), make(v[0], v[2]), v[3])", PAGE, WHOLE, [*WHOLE, ["untick", BEGIN]], PLACE)
    assert [text for key, text in writes if not key.endswith(" undone")] == [None]


def test_the_names_are_for_every_page_and_the_rest_for_its_own(core) -> None:
    kept = stored(core, WHOLE)
    for name in ("run two", "run/two", "ru"):
        other = load(core, kept, {**PAGE, "procedure": name}, {**PLACE, "procedure": name})
        assert other["run"]["names"] == {**NAMES, "first": ""} and other["run"]["ticks"] == {} and other["strange"] == []
        assert load(core, {**kept, **stored(core, WHOLE, {**PAGE, "procedure": name}, {**PLACE, "procedure": name})})["strange"] == []
    for place in ({**PLACE, "site": "/"}, {**PLACE, "site": "/docs/v3/"}):
        assert load(core, kept, place=place)["run"] == made(core, [])


def test_a_rehearsal_is_kept_apart_and_begins_with_the_real_names(core) -> None:
    rehearsal = {**PLACE, "rehearsal": True}
    real = stored(core, WHOLE)
    found = load(core, real, place=rehearsal)
    assert found["run"] == {**made(core, [], rehearsal=True), "names": {**NAMES, "first": ""}}
    both = {**real, **stored(core, [["names", {**NAMES, "active": "stage"}], ticked(CHECK)], place=rehearsal)}
    assert load(core, both)["run"] == made(core, WHOLE)
    found = load(core, both, place=rehearsal)["run"]
    assert (found["names"]["active"], list(found["ticks"]), found["rehearsal"]) == ("stage", ["before/check-1/0000000a"], True)


def test_what_is_thrown_in_is_taken_of_a_rehearsal_alone(core) -> None:
    thrown = json.dumps([{"time": NOON, "event": "dies", "words": "gone"}])
    for place, taken in (({**PLACE, "rehearsal": True}, ["one/1/0000000c"]), (PLACE, [])):
        key = f"{core('core.runPrefix(v[0])', place)}thrown one/1/0000000c"
        found = load(core, {key: thrown}, place=place)
        assert (list(found["run"]["thrown"]), found["strange"]) == (taken, [] if taken else [key])


def test_a_step_whose_words_have_changed_is_not_ticked_by_what_is_kept(core) -> None:
    page = deepcopy(PAGE)
    page["marks"][BEGIN]["hash"] = "000000ff"
    found = load(core, stored(core, WHOLE), page)
    assert "one/1/000000ff" not in found["run"]["ticks"] and [one["id"] for one in found["changed"]] == ["one/1/0000000c"]
    assert (found["strange"], found["writes"]) == ([], []), "it is left alone"


def test_a_lost_beginning_is_found_in_the_ticks(core) -> None:
    kept = {key: text for key, text in stored(core, WHOLE).items() if not key.endswith((" begun", " version"))}
    assert load(core, kept)["run"]["begun"] == NOON


def test_no_hostile_value_in_storage_is_taken_or_touched(core) -> None:
    good = stored(core, [ticked(CHECK)])
    prefix = core("core.runPrefix(v[0])", PLACE)
    names = ["begun", "version", "answers", "initials", "plan", "first", "ticks one/1/0000000c", "notes one/1/0000000c", "accepted wiped/accept/0000000b", "thrown one/1/0000000c"]
    values = [value for value in [*hostile_values(), *hostile_names()] if value not in ("", "null", "true", "0", '"a"')]
    values += ["1700000000000.5", '{"time":1}', '"\\u202e"', '"a\\nb"', '[["hand"]]', '{"__proto__":{"time":1}}']
    wrong = core("""v[0].flatMap((text) => v[1].filter((name) => {
        const kept = [...v[2], [v[3] + name, text]];
        const { run, strange, writes } = core.load(kept, v[4], v[5]);
        const plain = core.load(v[2], v[4], v[5]).run;
        return JSON.stringify(run) !== JSON.stringify(plain) || strange.join() !== v[3] + name || writes.length;
    }).map((name) => [name, text.slice(0, 80)]))""", values, names, [list(one) for one in good.items()], prefix, PLACE, PAGE)
    assert wrong == []
    keys = ["", "x", "names", "ticks", "ticks ", "ticks x", "ticks __proto__", "__proto__", "constructor", "toString x", "ticks one/1/0000000c x y", "accepted one/1/0000000c",
            "ticks wiped/accept/0000000b", "hand one/1/0000000c", *(f"ticks one/2/0000000d {name}" for name in hostile_names())]
    tick = json.dumps({"time": NOON, "how": "hand", "by": "", "reason": ""})
    assert core("v[0].filter((name) => core.load([[v[1] + name, v[2]]], v[3], v[4]).strange.length !== 1)", keys, prefix, tick, PLACE, PAGE) == []
    found = load(core, {f"{prefix}names": json.dumps(NAMES)})
    assert (found["run"]["names"], found["strange"]) == (None, [f"{prefix}names"])
    assert core("({}).time === undefined && ({}).hand === undefined")


def test_names_in_storage_that_cannot_be_used_are_left_alone(core) -> None:
    values = hostile_values()
    assert core("v[0].filter((text) => { const { run, strange, writes } = core.load([['/docs/ v3 names', text]], v[1], v[2]); return run.names || strange.length !== 1 || writes.length; })",
                values, PLACE, PAGE) == []


def test_what_was_kept_before_is_taken_over_once(core) -> None:
    former = {"/docs/ v2 tick /docs/run/ one/1/abc": str(NOON), "/docs/ v2 tick /docs/run/ one/2/def east": str(NOON + 1), "/docs/ v2 tick /docs/run/ one/1/gone": str(NOON),
              "/docs/ v2 tick /docs/other/ one/1/abc": str(NOON), "/docs/ v2 names": json.dumps({"active": "north", "standby": NAMES["standby"], "used": True}),
              "/docs/ v2 first Next": "south", "/docs/ v2 note abc": "see page 3", "/docs/ v2 tick /docs/run/ one/2/def a b": str(NOON)}
    found = load(core, former)
    assert found["run"] == made(core, [["names", NAMES], ["tick", BEGIN, {"time": NOON}], ["tick", "one/2/0000000d east", {"time": NOON + 1}]])
    after = written(former, found["writes"])
    assert {key for key in after if " v2 " in key} == {key for key in former if "gone" in key or "other" in key or "note" in key or key.endswith("a b")}
    again = load(core, after)
    assert again["run"] == found["run"] and again["writes"] == []
    emptied = written(after, core("core.writes(v[0], core.again(v[0], v[1]), v[2])", found["run"], PAGE, PLACE))
    assert load(core, emptied)["run"]["ticks"] == {}
    assert load(core, former, place={**PLACE, "rehearsal": True})["run"] == made(core, [], rehearsal=True), "nobody has rehearsed before"


def test_a_tick_of_before_never_replaces_a_later_one(core) -> None:
    kept = {**stored(core, [ticked(BEGIN, 5)]), "/docs/ v2 tick /docs/run/ one/1/abc": str(NOON), "/docs/ v2 names": "{}"}
    assert load(core, kept)["run"]["ticks"]["one/1/0000000c"]["by"] == "AB"


def test_no_hostile_tick_of_before_is_taken(core) -> None:
    values = [*hostile_values(), *hostile_names(), "1", "-1700000000000", "1700000000000.5", "1e12 ", "17000000000000"]
    assert core("v[0].filter((text) => core.load([['/docs/ v2 tick /docs/run/ one/1/abc', text]], v[1], v[2]).writes.length)", values, PLACE, PAGE) == []


# ---- Random runs -----------------------------------------------------------------------------------

WALK = """
window.walk = ({ page, place: real, former, operations }) => {
    const kept = new Map(former);
    const tabs = [0, 1].map(() => ({ place: real, run: null }));
    const wrong = [];
    let file = null;
    const write = (writes) => { for (const [key, text] of writes) text === null ? kept.delete(key) : kept.set(key, text); };
    function load(tab, rehearsal) {
        tab.place = { ...real, rehearsal };
        const found = core.load(kept, tab.place, page);
        write(found.writes);
        tab.run = found.run;
        if (found.strange.length || found.changed.length) wrong.push(["strange", found.strange, found.changed]);
        if (core.load(kept, tab.place, page).writes.length) wrong.push(["not settled"]);
    }
    function change(tab, run) {
        if (!run) return;
        write(core.writes(tab.run, run, tab.place));
        tab.run = run;
    }
    for (const tab of tabs) load(tab, false);
    const seen = operations.map(([what, number, ...values]) => {
        const tab = tabs[number];
        const items = core.itemsFor(page, tab.run.names);
        const item = items[values[0] % items.length];
        const [, time, how, by, reason] = values;
        if (what === "load") load(tab, tab.place.rehearsal);
        else if (what === "rehearse") load(tab, !tab.place.rehearsal);
        else if (what === "export") file = { text: core.asFile(tab.run, page), rehearsal: tab.place.rehearsal };
        else if (what === "take up") { if (file?.rehearsal === tab.place.rehearsal) change(tab, core.fromFile(file.text, page).run); }
        else if (what === "names") change(tab, core.withNames(tab.run, page, values[0]));
        else if (what === "again") change(tab, core.again(tab.run, page));
        else if (what === "note") change(tab, core.note(tab.run, item, values[1]));
        else if (what === "untick") change(tab, core.untick(tab.run, item, { time: tab.run.begun ?? 1e12 }));
        else change(tab, core.tick(tab.run, item, { time, how, by, reason }));
        const again = core.fromFile(core.asFile(tab.run, page), page);
        if (again.mistake || again.changed.length || core.writes(tab.run, again.run, tab.place).length) wrong.push(["file", again.mistake, again.at]);
        const { run } = tab;
        return {
            ticks: Object.fromEntries(Object.entries(run.ticks).map(([id, { time, how, by, reason }]) => [id, [time, how, by, reason]])),
            accepted: Object.fromEntries(Object.entries(run.accepted).map(([id, { time, by }]) => [id, [time, by]])),
            notes: run.notes, names: run.names, begun: run.begun, items: core.itemsFor(page, run.names).map(({ id }) => id),
        };
    });
    return { seen, wrong };
};
"""


def test_no_tick_is_lost_and_none_invented_in_random_runs(blank: Page) -> None:
    """Ticks, names and notes in two tabs that hear of each other late, in runs and rehearsals that are exported and taken up."""
    page = run_model.page()
    place = {"site": "/docs/", "procedure": page["procedure"], "rehearsal": False, "old": "/docs/run/"}
    old = {mark["old"].split("/")[-1]: mark["old"] for mark in page["marks"]}
    blank.add_script_tag(content=WALK)
    done: set[str] = set()
    for seed in range(300):
        former, operations = run_model.sequence(seed)
        model = run_model.Model(former)
        keys = [[f"/docs/ v2 tick /docs/run/ {old[name.split(' ')[0]]}{name.removeprefix(name.split(' ')[0])}", str(time)] for name, time in former.items()]
        found = called(blank, "walk", {"page": page, "place": place, "former": keys, "operations": operations})
        assert found["wrong"] == [], seed
        for number, (operation, seen) in enumerate(zip(operations, found["seen"], strict=True)):
            model.do(operation)
            _, view = model.tabs[operation[1]]
            differs = [(key, seen[key], value) for key, value in view.plain().items() if seen[key] != value]
            assert differs == [], f"seed {seed}, operation {number}: {operation}"
            done.add(operation[0])
    assert len(done) == 9
