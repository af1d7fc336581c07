"""The core of the runbook, on an empty page: names, addresses, stored values, ticks that move."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from support.cores import core_of
from support.hostile import ODD, hostile_fragments, hostile_names, hostile_values

NAMES = {"active": "a", "standby": ["b", "c"], "first": "b", "used": True}
ONE = {"step": "one"}
EACH = {"step": "each", "each": "each standby server"}
OTHER = {"step": "other", "each": "each other standby server"}
ALL = {"step": "all", "each": "each management server"}


@pytest.fixture(scope="module")
def core(browser: Browser) -> Iterator[Callable[..., Any]]:
    """Call the core: an expression over `core` and the values given."""
    with core_of(browser, "runbook.js") as page:
        # Ticks travel as an object; the core has them as a Map.
        yield lambda expression, *values: page.evaluate(
            """([expression, values]) => {
                const ticks = (pairs) => new Map(Object.entries(pairs));
                const plain = (value) => value instanceof Map ? Object.fromEntries(value) : value;
                return plain(new Function("core", "ticks", "v", `return ${expression}`)(core, ticks, values));
            }""",
            [expression, list(values)],
        )


@pytest.mark.parametrize("name", ["a", "mgt-paris", "10.0.0.3", "fe80::1", "::1", "_x", "MGT_1.example.org", "x" * 64, "__proto__", "constructor"])
def test_a_plain_name_or_address_can_be_used(name: str, core) -> None:
    assert core("core.mistake({active: v[0], standby: ['other']})", name) is None
    assert core("core.mistake({active: 'other', standby: [v[0]]})", name) is None


def test_no_hostile_name_passes(core) -> None:
    names = hostile_names()
    assert len(names) >= 300 and len(hostile_values()) >= 300
    passed = core("v[0].filter((name) => !core.mistake({active: name, standby: ['b']}) || !core.mistake({active: 'a', standby: [name]}))", names)
    assert passed == []


@pytest.mark.parametrize(("active", "standby", "at", "say"), [
    ("a", [], "standby", "number"), ("a", [f"s{n}" for n in range(9)], "standby", "number"), ("a", ["a"], "standby", "twice"),
    ("a", ["b", "b"], "standby", "twice"), ("-a", ["b"], "active", "shape"), ("a", ["b", "c d"], "standby", "shape"), ("", ["b"], "active", "shape"),
])
def test_each_mistake_is_said_where_it_is(active: str, standby: list[str], at: str, say: str, core) -> None:
    wrong = core("core.mistake({active: v[0], standby: v[1]})", active, standby)
    assert (wrong["at"], wrong["say"]) == (at, say)


def test_no_hostile_value_is_taken_for_names(core) -> None:
    values = hostile_values()
    assert core("v[0].filter((text) => core.parsed(text) !== null)", values) == []
    assert core("core.parsed(v[0])", json.dumps({**NAMES, "more": 1})) == {name: NAMES[name] for name in ("active", "standby", "used")}


@pytest.mark.parametrize(("standby", "chosen", "first"), [
    (["b", "c"], "c", "c"), (["b", "c"], "x", ""), (["b", "c"], None, ""), (["b"], None, "b"), (["b"], "x", "b"),
])
def test_of_several_servers_none_has_a_role_before_it_is_chosen(standby: list[str], chosen: str | None, first: str, core) -> None:
    assert core("core.firstOf(v[0], v[1])", standby, chosen) == first


def test_no_hostile_address_is_taken_for_names(core) -> None:
    assert core("v[0].filter((text) => core.fromFragment(text) !== null)", hostile_fragments()) == []


@pytest.mark.parametrize("fragment", ["", "#", "#phase-1", "#active", "#active-server-died", "#q=1", "#first=b", "#%E0%A4%A"])
def test_an_address_without_names_is_no_mistake(fragment: str, core) -> None:
    assert core("core.fromFragment(v[0]) === undefined", fragment)


def test_names_go_through_an_address(core) -> None:
    assert core("core.fromFragment(core.toFragment(v[0]))", NAMES) == NAMES
    assert core("core.fromFragment(v[0])", "#active=a&standby=b&standby=c") == {**NAMES, "first": ""}
    assert core("core.fromFragment(v[0])", f"#active={quote('fe80::1')}&standby=b")["active"] == "fe80::1"


def test_only_a_time_is_a_tick(core) -> None:
    wrong = ["", "true", "null", "1", "-1700000000000", "1700000000000.5", "1e12", "0700000000000", "17000000000000", " 1700000000000", "1700000000000\n", *ODD]
    assert core("v[0].filter((text) => core.timeOf(text))", wrong) == []
    assert core("core.timeOf('1700000000000')") == 1_700_000_000_000
    assert core("core.timeOf(null)") == 0


def test_a_note_is_one_line_of_plain_text(core) -> None:
    assert core("core.noteOf(v[0])", "Résumé: سلام, see \"page 3\" <b>") == "Résumé: سلام, see \"page 3\" <b>"
    unseen = "\n\r\t\0\x1b\x7f\x85\u2028\u2029\u200e\u200f\u061c\u202a\u202e\u2066\u2069"
    assert core("core.noteOf(v[0])", unseen).strip() == ""
    assert len(core("core.noteOf(v[0])", "x" * 900)) == 500


# ---- Ticks that move -----------------------------------------------------------------------------


def done(core, ticks: dict[str, int], step: dict[str, str], names: dict | None) -> bool:
    return core("core.isDone(ticks(v[0]), v[1], v[2])", ticks, step, names)


def test_a_step_of_a_role_keeps_its_tick_whatever_the_names(core) -> None:
    ticks = core("core.withTick(ticks({}), v[0], null, 5)", ONE)
    assert ticks == {"one": 5}
    assert core("core.spread(ticks(v[0]), v[1], v[2])", ticks, [ONE, EACH], NAMES) == ticks
    for names in (None, NAMES, {**NAMES, "active": "z"}):
        assert done(core, ticks, ONE, names)


def test_a_step_for_each_server_is_ticked_for_every_server_when_names_come(core) -> None:
    ticks = core("core.spread(ticks(v[0]), v[1], v[2])", {"each": 5, "other": 6, "all": 7}, [ONE, EACH, OTHER, ALL], NAMES)
    assert ticks == {"each b": 5, "each c": 5, "other c": 6, "all a": 7, "all b": 7, "all c": 7}


def test_it_keeps_its_tick_where_the_names_leave_no_server_for_it(core) -> None:
    names = {**NAMES, "standby": ["b"]}
    assert core("core.spread(ticks({other: 5}), v[0], v[1])", [OTHER], names) == {"other": 5}


def test_without_names_it_is_ticked_only_if_it_was_for_all_of_them(core) -> None:
    assert not done(core, {"each b": 5}, EACH, NAMES)
    assert done(core, {"each b": 5, "each c": 6}, EACH, NAMES)
    assert not done(core, {"each b": 5, "each c": 6}, EACH, None)
    assert not done(core, {}, OTHER, {**NAMES, "standby": ["b"]}), "none of no servers is not all"


def test_no_tick_is_invented_and_a_name_that_comes_back_has_its_ticks_back(core) -> None:
    ticks = {"each b": 5, "each c": 6}
    other = {**NAMES, "standby": ["b", "d"]}
    assert core("core.spread(ticks(v[0]), v[1], v[2])", ticks, [EACH], other) == ticks
    assert not done(core, ticks, {**EACH, "server": "d"}, other)
    assert not done(core, ticks, EACH, other)
    assert done(core, ticks, {**EACH, "server": "c"}, NAMES)


def test_ticked_by_hand_without_names_counts_for_those_not_ticked_before(core) -> None:
    assert core("core.spread(ticks(v[0]), v[1], v[2])", {"each": 9, "each b": 5}, [EACH], NAMES) == {"each b": 5, "each c": 9}


def test_removing_a_tick_leaves_those_of_other_servers(core) -> None:
    ticks = {"each": 9, "each b": 5, "one": 1}
    assert core("core.withoutTick(ticks(v[0]), v[1], v[2])", ticks, EACH, NAMES) == {"each b": 5, "one": 1}
    assert core("core.withoutTick(ticks(v[0]), v[1], v[2])", {"each b": 5, "each c": 6, "one": 1}, EACH, NAMES) == {"one": 1}
    step = {**EACH, "server": "b"}
    assert core("core.withoutTick(ticks(v[0]), v[1], v[2])", {"each b": 5, "each c": 6}, step, NAMES) == {"each c": 6}


def test_steps_are_known_by_their_words_however_they_are_broken(core) -> None:
    assert core("core.mark('On  the\\n server ') === core.mark('On the server')")
    assert core("core.mark('Stop it') !== core.mark('Start it')")
    assert core("/^[0-9a-z]{1,7}$/.test(core.mark(v[0]))", "\U0001f4a5" * 500)


def test_a_role_is_looked_for_letter_by_letter(core) -> None:
    roles = ["Active Server (old)", "[x", "a*", "$", "^", "a|b", "x{2}", "a\\", "a.b", "a-b/c", "+?"]
    assert core("v[0].filter((role) => ![...`-${role}-`.matchAll(new RegExp(core.escaped(role), 'g'))].length === 1)", roles) == []
    assert core("v[0].filter((role) => !(new RegExp(`^(?:${core.escaped(role)})$`).test(role)))", roles) == []
    assert not core("new RegExp(core.escaped('a.b')).test('axb')")
