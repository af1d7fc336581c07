"""Faults in procedures, planted in a small site: each is found at its line."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from support.procedures import ACTIONS, FILES, lines_of_mistakes

SAIL_PAGE, ANCHOR_PAGE, HELP_PAGE = "voyage-sail.md", "voyage-anchor.md", "help.md"
ACTIONS_FILE, FORM_FILE = "_data/reference/actions.yml", "_data/rules/form.yml"


class Fault(NamedTuple):
    """A text of a file is replaced. The mistake is in the line that then holds `at`, and says `says`.

    `at` is looked for from the place of the fault on, or from the beginning where that has none; `seen_in`
    is the file where it is another.
    """

    name: str
    file: str
    old: str
    new: str
    at: str
    says: str
    seen_in: str = ""


def step(page: str, number: int, leg: int) -> str:
    """A step of a leg, with all below it."""
    part = re.split(r"^## Leg \d", FILES[page], flags=re.MULTILINE)[leg]
    return re.search(rf"^{number}\. .*?(?=^\d\. |^!!!)", part, re.MULTILINE | re.DOTALL)[0]


def swapped(page: str, leg: int, first: int, second: int) -> tuple[str, str]:
    """Two neighbours among the steps of a leg, and the two swapped."""
    one, other = step(page, first, leg), step(page, second, leg)
    return one + other, f"{first}{other[1:]}{second}{one[1:]}"


def left_out(page: str, leg: int, number: int) -> tuple[str, str]:
    """A step of a leg with all that follows up to the next heading, and the same without the step."""
    one = step(page, number, leg)
    start = FILES[page].index(one, FILES[page].index(f"## Leg {leg}"))
    rest = FILES[page][start + len(one):].split("\n## ")[0]
    return one + rest, rest


PROCEDURE_FAULTS = [
    # A step left out.
    Fault("a boat is not let go", SAIL_PAGE, *left_out(SAIL_PAGE, 1, 1), "Halt: every rope", "New Leader: cut"),
    Fault("a boat is not painted", SAIL_PAGE, *left_out(SAIL_PAGE, 2, 1), "Halt: the New Leader is blue", "New Leader: blue"),
    Fault("a painted boat is not started", SAIL_PAGE, *left_out(SAIL_PAGE, 2, 2), ".look holds", "New Leader: set"),
    Fault("nobody takes the lead", SAIL_PAGE, *left_out(SAIL_PAGE, 3, 1), "{ .step-down }", "gives up a lead that nobody takes"),
    Fault("nobody gives up the lead", SAIL_PAGE, *left_out(SAIL_PAGE, 3, 2), "Halt: one boat leads", "Two boats lead"),
    Fault("one is not tied up at the end", SAIL_PAGE, *left_out(SAIL_PAGE, 5, 1), "Halt: all are tied", "Old Leader: tied"),
    Fault("the others are not tied up at the end", SAIL_PAGE, *left_out(SAIL_PAGE, 5, 2), "Halt: all are tied", "each other Follower: tied"),
    Fault("the leader is not furled", ANCHOR_PAGE, *left_out(ANCHOR_PAGE, 1, 2), "Halt: nobody sails", "furled or cut"),
    Fault("the others are not furled", ANCHOR_PAGE, *left_out(ANCHOR_PAGE, 1, 1), "{ .furl }", "furled while a boat is in tow"),
    # Two swapped.
    Fault("furled in the wrong order", ANCHOR_PAGE, *swapped(ANCHOR_PAGE, 1, 1, 2), "{ .furl }", "furled while a boat is in tow"),
    Fault("started before it is painted", SAIL_PAGE, *swapped(SAIL_PAGE, 2, 1, 2), ".look holds", "New Leader: following, set".split(",")[0][:10]),
    Fault("the lead is given up too early", SAIL_PAGE, *swapped(SAIL_PAGE, 3, 1, 2), "{ .step-down }", "gives up a lead that nobody takes"),
    Fault("tied up before the sails are hoisted", ANCHOR_PAGE, *swapped(ANCHOR_PAGE, 3, 2, 3), "{ .tie", "tied up and is not loose"),
    # A wrong role, a wrong `of`.
    Fault("the wrong boat is painted", SAIL_PAGE, "1. **At the New Leader:** Paint it.", "1. **At the Old Leader:** Paint it.", ".look holds", "Old Leader: set"),
    Fault("the wrong boat leads", SAIL_PAGE, "1. **At the New Leader:** Take", "1. **At the Old Leader:** Take", "{ .step-down }", "gives up a lead that nobody takes"),
    Fault("the wrong boat gives up", SAIL_PAGE, "2. **At the Old Leader:** Give", "2. **At the New Leader:** Give", "Halt: one boat leads", "New Leader: leading"),
    Fault("cut off at a boat that does not lead", SAIL_PAGE, "1. **At the Old Leader:** Let", "1. **At the New Leader:** Let", "At the New Leader:** Let", "cut off at a boat that does not lead"),
    Fault("tied up at a boat that does not lead", SAIL_PAGE, "2. **At the New Leader:** Tie", "2. **At the Old Leader:** Tie", "At the Old Leader:** Tie", "tied up at a boat that does not lead"),
    Fault("the leader is cut off", SAIL_PAGE, '{ .cut of="New Leader" }', '{ .cut of="Old Leader" }', '{ .cut of="Old Leader" }', "cut off and is not in tow"),
    Fault("one is cut off twice", SAIL_PAGE, '{ .cut of="each other Follower" instead="furl" }', '{ .cut of="each Follower" }', '{ .cut of="each Follower" }', "cut off and is not in tow"),
    Fault("the leader is tied up", SAIL_PAGE, '{ .tie of="Old Leader" }', '{ .tie of="New Leader" }', '{ .tie of="New Leader" }', "tied up and is not loose"),
    Fault("a boat is painted twice", SAIL_PAGE, "3. **At each other Follower:** Paint", "3. **At each Follower:** Paint", "3. **At each Follower:** Paint", "painted twice"),
    Fault("what is done instead does not do", SAIL_PAGE, 'instead="furl"', 'instead="paint"', 'instead="paint"', "painted in tow"),
    # Stops, stretches.
    Fault("a stop does not hold", SAIL_PAGE, 'holds="New Leader: cut; ', 'holds="New Leader: bare; ', "Halt: every rope", "The stop does not hold"),
    Fault("a stop holds for some of the ways alone", SAIL_PAGE, "each other Follower: cut or furled", "each other Follower: cut", "Halt: every rope", "The stop does not hold"),
    Fault("what a step expects does not hold", SAIL_PAGE, '.look holds="Old Leader: leading, set', '.look holds="Old Leader: leading, furled', ".look holds", "What the step expects does not hold"),
    Fault("the mark of the stretch is gone", SAIL_PAGE, "{ .stretch }", "", "{ .lead }", "Two boats lead"),
    Fault("the stretch begins too late", SAIL_PAGE, '!!! warning "Two boats lead for a moment" { .stretch }\n\n    Be quick.\n\n' + step(SAIL_PAGE, 1, 3),
          step(SAIL_PAGE, 1, 3) + '!!! warning "Two boats lead for a moment" { .stretch }\n\n    Be quick.\n\n', "{ .lead }", "Two boats lead"),
    Fault("a stretch ends at its stop", SAIL_PAGE, "1. **At the Old Leader:** Paint", "1. **At the Old Leader:** Lead. { .lead }\n2. **At the Old Leader:** Follow. { .step-down }\n3. **At the Old Leader:** Paint",
          "{ .lead }", "Two boats lead"),
    # Ways back.
    Fault("a way back is for the wrong boat", SAIL_PAGE, "1. **At every blue boat:** Strip", "1. **At the Old Leader:** Strip", "{ .strip }", "stripped and is red"),
    Fault("a way back ends with two flags", SAIL_PAGE, "{ .strip }", "{ .look }", "**To turn round:** see [All back](#all-back){ .follow }.\n\n## Leg 3", "A boat is still blue"),
    Fault("a way back leaves a boat adrift", SAIL_PAGE, '3. **At the boat that leads now:** Tie up every loose boat. { .tie of="every loose boat" }\n', "", "**To turn round", "A boat is adrift"),
    Fault("a way back across pages leaves a flag", SAIL_PAGE, "1. **At every blue boat:** Strip the paint. { .strip }\n2.", "1.", "All back](voyage-sail.md", "A boat is still blue", ANCHOR_PAGE),
    Fault("a way back fits another page alone", SAIL_PAGE, "3. **At the boat that leads now:** Tie", "3. **At the Old Leader:** Tie", "Tie up every loose boat", "tied up at a boat that does not lead"),
    Fault("a way back leads nowhere", SAIL_PAGE, "[All back](#all-back){ .follow }", "[All back](#all-over){ .follow }", "#all-over", 'follows "#all-over", where there is no step'),
    Fault("a way back leads to a page that is not there", ANCHOR_PAGE, "voyage-sail.md#all-back", "voyage-sale.md#all-back", "voyage-sale.md", "where there is no step"),
    Fault("a way back leads to words alone", SAIL_PAGE, "[All back](#all-back){ .follow }", "[All back](#the-leader-sinks){ .follow }", "(#the-leader-sinks)", "where there is no step"),
    Fault("a way back is not followed", SAIL_PAGE, "[All back](#all-back){ .follow }", "[All back](#all-back)", "[All back](#all-back).", "names no section to follow"),
    Fault("a way back that nothing follows", ANCHOR_PAGE, "[Up again](#up-again){ .follow }", "[All back](voyage-sail.md#all-back){ .follow }", "### Up again", "not from which state it begins"),
    Fault("a way back that is for an earlier phase", ANCHOR_PAGE, "[All back](voyage-sail.md#all-back){ .follow }", "[Up again](#up-again){ .follow }", "[Up again](#up-again){ .follow }.\n\n## Leg 3", "A boat is still blue"),
    Fault("a step for no boat", SAIL_PAGE, "2. **At the New Leader:** Tie up the others. { .tie of=\"each other Follower\" }", "2. **At the New Leader:** Tie up the others. { .tie of=\"each other Follower\" }\n\n    **You see:** it. **Otherwise:** wait.\n\n3. **At every loose boat:** Hoist. { .hoist }", "At every loose boat:** Hoist", "for no server"),
    # Sections that are played for themselves.
    Fault("a section does not reach its goal", HELP_PAGE, "Take the lead. { .lead }", "Look. { .look }", "## Take the lead", "Not one boat leads"),
    Fault("a section begins from another state", HELP_PAGE, 'from="leader-lost"', 'from="at-sea"', "{ .lead }", "Two boats lead"),
    Fault("a section that fetches another boat", HELP_PAGE, 'of="boat in question"', 'of="each Follower"', "each Follower", "tied up and is not loose"),
    Fault("an action that nothing comes to", HELP_PAGE, ' from="leader-lost" to="one-leads"', "", "## Take the lead", "not from which state it begins"),
    Fault("a claim that nothing comes to", SAIL_PAGE, '{ .look check="flags" }', '{ .look holds="each boat: red" }', "## Look round", "not from which state it begins"),
    # What a step must say.
    Fault("no way if it fails", SAIL_PAGE, " **Otherwise:** pull.", "", '{ .cut of="New Leader" }', "does not say what to do if it fails"),
    Fault("no action", SAIL_PAGE, "Hoist the sails. { .hoist }\n\n    **You see:** wind. **Otherwise:** turn", "Hoist the sails.\n\n    **You see:** wind. **Otherwise:** turn", "Hoist the sails.", "does not say what it does to the servers. Write one of these in braces at the end of its first line, as `{ .ACTION }`: look, furl"),
    # Words that are not known.
    Fault("an unknown action", SAIL_PAGE, "{ .paint }", "{ .pant }", "{ .pant }", 'no action "pant". Did you mean "paint"?'),
    Fault("an unknown action instead", SAIL_PAGE, 'instead="furl"', 'instead="fur"', 'instead="fur"', 'no action "fur". Did you mean "furl"?'),
    Fault("an unknown role", SAIL_PAGE, "2. **At the New Leader:** Hoist", "2. **At the New Lader:** Hoist", "New Lader", 'called "New Lader". Did you mean "New Leader"?'),
    Fault("an unknown role of a check", SAIL_PAGE, "3. **At the New Leader:** Look", "3. **At the New Lader:** Look", "New Lader", 'called "New Lader". Did you mean "New Leader"?'),
    Fault("an unknown role where another is meant", SAIL_PAGE, "1. **At the New Leader:** Tie", "1. **At the New Lader:** Tie", "New Lader", 'called "New Lader". Did you mean "New Leader"?'),
    Fault("unknown servers", SAIL_PAGE, 'of="each other Follower" instead', 'of="each othr Follower" instead', "each othr", 'called "each othr Follower". Did you mean "each other Follower"?'),
    Fault("unknown servers at a stop", SAIL_PAGE, "each other Follower: cut or furled", "each other Folower: cut or furled", "Folower", 'called "each other Folower". Did you mean "each other Follower"?'),
    Fault("an unknown value", SAIL_PAGE, "cut or furled", "cut or fuled", "fuled", 'be "fuled". Did you mean "furled"?'),
    Fault("an unknown key", SAIL_PAGE, 'of="Old Leader"', 'off="Old Leader"', "off=", 'key "off" is not known at a step. Did you mean "of"?'),
    Fault("an unknown mark", SAIL_PAGE, "{ .stretch }", "{ .strech }", "{ .strech }", 'word "strech" is not known at a warning. Did you mean "stretch"?'),
    Fault("an unknown start", HELP_PAGE, 'from="leader-lost"', 'from="leader-last"', "leader-last", 'no state "leader-last". Did you mean "leader-lost"?'),
    Fault("an unknown goal", HELP_PAGE, 'to="one-leads"', 'to="one-lead"', "one-lead", 'no goal "one-lead". Did you mean "one-leads"?'),
    Fault("an unknown case", SAIL_PAGE, 'case="leader-sinks"', 'case="leader-sink"', "leader-sink", 'no case "leader-sink". Did you mean "leader-sinks"?'),
    # The rules.
    Fault("a start that is not there", FORM_FILE, "start: at-sea", "start: at-see", "at-see", 'called "at-see". Did you mean "at-sea"?'),
    Fault("a goal that is not there", FORM_FILE, "goal: all-blue", "goal: all-blu", "goal: all-blu", 'called "all-blu". Did you mean "all-blue"?'),
    Fault("a goal of ways back that is not there", FORM_FILE, "goal_back: all-red", "goal_back: all-read", "goal_back", 'called "all-read". Did you mean "all-red"?'),
    # What an action is changes what holds.
    Fault("no help for an event", ACTIONS_FILE, FILES[ACTIONS_FILE][FILES[ACTIONS_FILE].index("  - {event: network, when"):], "", '{ .cut of="New Leader" }', 'No page helps with "Fog comes"', SAIL_PAGE),
    Fault("help for the leader alone", ACTIONS_FILE, "  - {event: dies, to: help.md, say: One boat fewer.}\n", "", '{ .cut of="New Leader" }', 'No page helps with "The boat sinks"', SAIL_PAGE),
    Fault("a limit that a procedure breaks", ACTIONS_FILE, "limits:\n", "limits:\n  - {servers: {sails: furled}, at_most: 0, say: A boat rests.}\n", "2. **At the Old Leader:** Let the others", "A boat rests", SAIL_PAGE),
    Fault("a limit that one other server breaks", ACTIONS_FILE, "limits:\n", "limits:\n  - {servers: {post: following}, at_least: 2, not_in_stretch: true, say: A boat is alone.}\n",
          "{ .furl }", "A boat is alone. Change", ANCHOR_PAGE),
    Fault("a limit that the most servers break", ACTIONS_FILE, "limits:\n", "limits:\n  - {servers: {post: following}, at_most: 3, say: The fleet is too large.}\n",
          "{ .furl }", "The fleet is too large. Change", ANCHOR_PAGE),
]

BROKEN_ACTIONS = [
    Fault("no YAML", ACTIONS_FILE, "columns:\n", "columns\n", "columns", "no colon"),
    Fault("a key that is not known", ACTIONS_FILE, "dead:", "dad:", "dad:", 'key "dad" is not known here. Did you mean "dead"?'),
    Fault("a key that is missing", ACTIONS_FILE, "dead: {sails: furled}\n", "", "# yaml", 'key "dead" is missing'),
    Fault("a key twice", ACTIONS_FILE, "  look: {name: Look}\n", "  look: {name: Look}\n  look: {name: Look}\n", "look: {name: Look}\n  furl", 'key "look" appears twice'),
    Fault("an attribute that is not there", ACTIONS_FILE, "changes: [{this: {sails: furled}}]", "changes: [{this: {sail: furled}}]", "{sail: furled}", 'no attribute "sail". Did you mean "sails"?'),
    Fault("a value that is not there", ACTIONS_FILE, "changes: [{this: {rope: cut}}]", "changes: [{this: {rope: cutt}}]", "cutt", 'no value "cutt". Did you mean "cut"?'),
    Fault("a value of two attributes", ACTIONS_FILE, "flag: {red: Red, blue: Blue}", "flag: {red: Red, blue: Blue, cut: Cut}", "cut: Cut}\ncolumns", 'value "cut" belongs to "rope" too'),
    Fault("a start without a value", ACTIONS_FILE, "active: {post: leading, sails: set, rope: tied, flag: red}", "active: {post: leading, sails: set, rope: tied}", "active: {post", '"active" has no "flag"'),
    Fault("no start", ACTIONS_FILE, ACTIONS[ACTIONS.index("start:"):ACTIONS.index("goals:")], "start: {}\n", "start: {}", '"start"'),
    Fault("a limit that nothing keeps", ACTIONS_FILE, "at_least: 1, at_most: 1", "at_least: 2, at_most: 1", "at_least: 2", '"at_most" is less than "at_least"'),
    Fault("a limit that is no number", ACTIONS_FILE, "limits:\n  - {servers: {post: leading, sails: set}, at_most: 1", "limits:\n  - {servers: {post: leading, sails: set}, at_most: many", "at_most: many", '"at_most"'),
    Fault("servers of no kind", ACTIONS_FILE, "{of: standby, words", "{of: standbys, words", "standbys", '"of" cannot be "standbys". Did you mean "standby"?'),
    Fault("words for two groups", ACTIONS_FILE, "words: [each Follower]", "words: [each Follower, Each Boat]", "Each Boat", '"Each Boat" stands for other servers too'),
    Fault("an event without words", ACTIONS_FILE, "network: Fog comes, ", "", "{event: network", '"network" has no words'),
    Fault("an event that nothing knows", ACTIONS_FILE, "{event: network", "{event: netwrk", "netwrk", '"event" cannot be "netwrk". Did you mean "network"?'),
    Fault("a page that is not there", ACTIONS_FILE, "{event: network, to: help.md", "{event: network, to: hlp.md", "hlp.md", 'no page "hlp.md"'),
    Fault("a section that is not there", ACTIONS_FILE, "help.md#take-the-lead", "help.md#take-the-lad", "#take-the-lad", 'no section "#take-the-lad". Did you mean "take-the-lead"?'),
    Fault("a column of nothing", ACTIONS_FILE, "  Flag: [flag]", "  Flag: [flags]", "Flag: [flags]", 'no attribute "flags". Did you mean "flag"?'),
]


def test_the_site_itself_holds_with_up_to_eight(tmp_path: Path) -> None:
    assert lines_of_mistakes(tmp_path, most=8) == []


@pytest.mark.parametrize("fault", [*PROCEDURE_FAULTS, *BROKEN_ACTIONS], ids=lambda fault: fault.name)
def test_a_fault_is_found_at_its_line(fault: Fault, tmp_path: Path) -> None:
    assert fault.old in FILES[fault.file], "the fault cannot be planted"
    changed = {**FILES, fault.file: FILES[fault.file].replace(fault.old, fault.new, 1)}
    seen_in = fault.seen_in or fault.file
    text = changed[seen_in]
    start = FILES[fault.file].index(fault.old) if seen_in == fault.file and fault.at in text[FILES[fault.file].index(fault.old):] else 0
    line = text.count("\n", 0, text.index(fault.at, start)) + 1
    found = lines_of_mistakes(tmp_path, changed)
    at_line = [one for one in found if re.match(rf"docs/{re.escape(seen_in)}:{line}:\d+: ", one)]
    assert at_line and fault.says in "\n".join(at_line), "\n".join([f"wanted line {line}", *found])


def test_of_a_step_without_an_action_the_cause_alone_is_named(tmp_path: Path) -> None:
    """The play would say of each later step what does not hold there."""
    page = FILES[SAIL_PAGE].replace("{ .hoist }", "", 1)
    number = page[:page.index("Hoist the sails.")].count("\n") + 1
    found = lines_of_mistakes(tmp_path, {**FILES, SAIL_PAGE: page})
    assert [one.split(":")[:2] for one in found] == [[f"docs/{SAIL_PAGE}", str(number)]], found
