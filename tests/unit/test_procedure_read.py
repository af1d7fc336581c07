"""The reader of procedures: what it takes from a page, and what it says of what it cannot take."""

import random
import re
from html.parser import HTMLParser

import pytest
from markdown import markdown
from support.procedures import fleet

from macros.content.procedures import lines_of
from macros.page.snippets import Snippets
from macros.procedure.beginnings import Beginnings
from macros.procedure.braces import split
from macros.procedure.extension import Marks
from macros.procedure.model import Mark, Procedure, Step, Stop, WayBack
from macros.procedure.read import read_procedure
from macros.source.mistake import Mistake

FLEET = fleet()
BEGIN = Beginnings(("At …", "In the fog"), "Halt: ", "To turn round", "Leg", "Before", "You see", "Otherwise")
ROLES = {"active": "Old Leader", "first": "New Leader", "until": "what-if"}


def read(text: str, roles: dict[str, str] | None = ROLES, snippets: Snippets = Snippets()) -> tuple[Procedure, list[Mistake]]:
    return read_procedure("page.md", lines_of(text, snippets), FLEET, BEGIN, roles)


def items(text: str, kind: type) -> list:
    """The items of one kind on a page that has no mistake."""
    procedure, mistakes = read(text)
    assert mistakes == []
    return [item for section in procedure.sections for item in section.items if isinstance(item, kind)]


def mistake(text: str, roles: dict[str, str] | None = ROLES) -> tuple[int, int, str, str]:
    """The one mistake on a page."""
    found = read(text, roles)[1]
    assert len(found) == 1, found
    return tuple(found[0])


# ---- Braces


@pytest.mark.parametrize(("line", "text", "words", "id", "keys", "column"), [
    ("Row. { .row }", "Row.", ("row",), "", {}, 8),
    ("Row. {.row}", "Row.", ("row",), "", {}, 7),
    ("Row. {: .row #one}", "Row.", ("row",), "one", {}, 9),
    ('Row. { .row of="each boat" }  ', "Row.", ("row",), "", {"of": "each boat"}, 8),
    ('Row. { .a .b-c holds="x: y; z: q" #d }', "Row.", ("a", "b-c"), "d", {"holds": "x: y; z: q"}, 8),
    ('Row. { of="a #b .c" }', "Row.", (), "", {"of": "a #b .c"}, 8),
    ('Row. { holds="a } b" }', "Row.", (), "", {"holds": "a } b"}, 8),
    ("Row {{ macro() }}", "Row {{ macro() }}", (), "", {}, 1),
    ("Row {% raw %}", "Row {% raw %}", (), "", {}, 1),
    ("Row { .row } on", "Row { .row } on", (), "", {}, 1),
    ("Row `{ .row }`", "Row `{ .row }`", (), "", {}, 1),
    ("Row {}", "Row {}", (), "", {}, 1),
    ("", "", (), "", {}, 1),
])
def test_what_stands_in_braces_at_the_end_of_a_line(line: str, text: str, words: tuple, id: str, keys: dict, column: int) -> None:
    bare, braces = split(line)
    assert (bare, braces.words, braces.id, dict(braces.keys), braces.column) == (text, words, id, keys, column)


def test_a_step_with_all_that_it_may_carry() -> None:
    (step,) = items("""\
# Page

## Leg 1: Go { #go }

1. **At the Old Leader:** Let it go, see [Help](help.md#x). { .cut of="New Leader" instead="furl" holds="New Leader: cut, set; each boat: set or furled" check="flags" }

    ```shell
    cut --all
    hoist
    ```

    **You see:** its rope
    in the water. **Otherwise:** [pull](rope.md), or
    [shout](#shout).
""", Step)
    assert (step.line, step.id, step.number, step.on, step.of) == (5, "go/1", 1, "Old Leader", "New Leader")
    assert (step.action, step.instead, step.checks) == ("cut", "furl", "flags")
    assert step.holds == (("New Leader", (("cut",), ("set",))), ("each boat", (("set", "furled"),)))
    assert step.commands == ("cut --all", "hoist")
    assert (step.expected, step.if_not) == ("its rope in the water.", "[pull](rope.md), or [shout](#shout).")
    assert step.links == (("pull", "rope.md"), ("shout", "#shout"))
    assert step.text.startswith("**At the Old Leader:** Let it go") and "{" not in step.text


def test_a_step_that_says_least() -> None:
    first, second = items("## A\n\n1. **At each boat:** Wait, see [Help](help.md).\n2. **In the fog:** Wait.\n3. **At the Old Leader:** Wait.\n", Step)
    assert (first.on, first.of, first.action, first.if_not, first.links) == ("each boat", "each boat", "", "", (("Help", "help.md"),))
    assert (second.on, second.number, second.line) == ("Old Leader", 2, 5)


def test_commands_in_a_fence_of_any_kind() -> None:
    (step,) = items("## A\n\n1. **At each boat:** Wait.\n\n    ~~~~ shell\n    a\n    ```\n    ~~~~\n\n    Text.\n", Step)
    assert step.commands == ("a", "```")


def test_stops_marks_and_ways_back() -> None:
    text = """\
## Leg 1: Go

!!! warning "Mind the *gap*" { .stretch .no-return #gap }
!!! warning "Words alone"
??? note "Folded"
!!! note "Kept" { #kept }
!!! note "Halt: all sail" { holds="each boat: set" }

**To turn round:** see [A](#a){ .follow } or
[B](b.md#c){ .follow }.

**To turn round:** swim.
"""
    assert items(text, Mark) == [
        Mark(3, "leg-1-go", "Mind the gap", stretch=True, no_return=True, accept="gap"), Mark(4, "leg-1-go", "Words alone"),
        Mark(6, "leg-1-go", "Kept", "note", accept="kept"),
    ]
    assert items(text, Stop) == [Stop(7, "leg-1-go", "Halt: all sail", (("each boat", (("set",),)),))]
    assert [(one.line, one.follow) for one in items(text, WayBack)] == [(9, "#a"), (9, "b.md#c"), (12, "")]


def test_headings_say_where_they_begin_and_end() -> None:
    procedure, mistakes = read("""\
# Title

## Leg 1: A
## Leg 2: B { #b from="at-sea" to="all-blue" case="leader-sinks" }
### Leg 3: no phase
## Other
""")
    assert mistakes == []
    assert [(one.line, one.level, one.id, one.title, one.phase) for one in procedure.sections] == [
        (1, 1, "title", "Title", 0), (3, 2, "leg-1-a", "Leg 1: A", 1), (4, 2, "b", "Leg 2: B", 2), (5, 3, "leg-3-no-phase", "Leg 3: no phase", 0),
        (6, 2, "other", "Other", 0),
    ]
    assert [(one.start, one.goal, one.case) for one in procedure.phases()] == [("", "", ""), ("at-sea", "all-blue", "leader-sinks")]
    assert [one.id for one in procedure.within("b")] == ["b", "leg-3-no-phase"] and procedure.within("no") == []
    assert (procedure.active, procedure.first, procedure.until, procedure.tools) == ("Old Leader", "New Leader", "what-if", True)
    assert read("# Title\n", None)[0].tools is False


# ---- Where it is


def test_front_matter_keeps_the_numbers_of_lines() -> None:
    (step,) = items("---\ntitle: x\n---\n\n## A\n\n1. **At each boat:** Wait.\n", Step)
    assert step.line == 7


def test_a_snippet_has_the_line_that_includes_it() -> None:
    snippets = Snippets({"a.txt": '1. **At each boat:** Wait.\n\n--8<-- "b.txt"\n', "b.txt": "2. **At each boat:** Look. { .loook }\n"})
    procedure, mistakes = read('## A\n\n--8<-- "a.txt"\n\n3. **At each boat:** Go.\n', None, snippets)
    assert [(step.line, step.number) for step in procedure.steps()] == [(3, 1), (3, 2), (5, 3)]
    assert [(one.line, one.what) for one in mistakes] == [(3, 'There is no action "loook".')]


def test_a_snippet_that_includes_itself_or_is_not_there_is_left_alone() -> None:
    snippets = Snippets({"a.txt": '1. **At each boat:** Wait.\n--8<-- "a.txt"\n'})
    assert [step.line for step in read('--8<-- "a.txt"\n--8<-- "no.txt"\n', None, snippets)[0].steps()] == [1]


def test_code_blocks_are_passed_over() -> None:
    text = """\
## A

```text
## No heading { from="nowhere" }
1. **At each boat:** No step. { .nothing }
```text
!!! warning "No" { .nothing }
~~~
```

~~~~
**To turn round:** [no](#no){ .follow }
~~~
~~~~

1. **At each boat:** Wait.
"""
    procedure, mistakes = read(text)
    assert mistakes == [] and [section.title for section in procedure.sections] == ["A"]
    assert [step.line for step in procedure.steps()] == [16]


class Headings(HTMLParser):
    """The ids of headings, in order, and the sections of steps."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.steps: list[str] = []
        self.feed(markdown(text, extensions=["attr_list", "toc", "admonition", "fenced_code", Marks(BEGIN)]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.ids.append(given["id"] or "")
        if "data-step" in given:
            self.steps.append(given["data-step"] or "")


TITLES = [
    "Plain words", "Plain words", "Plain words", "Über die Brücke", "Ça va?", "`code_it` and *more*", "_soft_ and __hard__ and snake_case", "**Hard** words",
    "A [link](to.md) here", "Words 1_2", "Words_1", "Words", "Words", "Words_1", "{ #given }", "Given { #given-2 }", "given-2", "Later", "Later too { #later }",
    "R&D &amp; more", "Back\\*slash", "日本", "日本", "A <b>fat</b> one", "a `<x>` b", "Ends with a dash -", "100 % (sure)", 'Keys { #k from="at-sea" to="all-red" }',
    'Kept { case="leader-sinks" }', "Mixed *so `odd` it* is", "[`code`](x.md)", "2 * 3 * 4",
]


def test_sections_have_the_ids_of_the_table_of_contents() -> None:
    text = "# Title\n\n" + "\n\n".join(f"{'#' * (2 + number % 3)} {title}\n\n1. **At each boat:** Wait." for number, title in enumerate(TITLES)) + "\n"
    procedure, html = read(text)[0], Headings(text)
    assert [section.id for section in procedure.sections] == html.ids
    assert [step.id for step in procedure.steps()] == html.steps


def test_a_step_below_the_title_alone_is_in_no_section() -> None:
    text = "# Title\n\n1. **At each boat:** Wait.\n"
    assert [step.id for step in read(text)[0].steps()] == Headings(text).steps == ["/1"]


# ---- Mistakes


@pytest.mark.parametrize(("line", "column", "what", "fix"), [
    ("1. **At each boat:** Go. { .pant }", 28, 'There is no action "pant".', 'Did you mean "paint"? Write one of: look, '),
    ('1. **At the Leader:** Go. { .look instead="fur" }', 29, 'There is no action "fur".', 'Did you mean "furl"?'),
    ("1. **At the Leader:** Go. { .look .furl }", 29, "The step has two actions.", "Write two steps"),
    ("1. Go on deck. { .look }", 18, "An action stands at something that is no step.", "Begin the step with"),
    ("1. **At the Lader:** Go. { .look }", 4, 'No server is called "Lader".', 'Did you mean "Leader"? Write one of: Old Leader, New Leader, each boat'),
    ('10. **At the Leader:** Go. { .look of="each bot" }', 30, 'No server is called "each bot".', 'Did you mean "each boat"?'),
    ('1. **At the Leader:** Go. { .look off="each boat" }', 29, 'The key "off" is not known at a step.', 'Did you mean "of"? Write one of: of, instead, holds, check.'),
    ('1. **At the Leader:** Go. { .look of="Leader" of="each boat" }', 29, 'The key "of" stands there twice.', "Delete one"),
    ("1. **At the Leader:** Go. { .look #here }", 29, 'The id "here" is not known at a step.', "Delete it."),
    ("1. **At the Leader:** Go. { .look of='each boat' }", 27, "What stands in braces cannot be read.", "double quotes"),
    ("1. **At the Leader:** Go. { .furl } { .look }", 27, "What stands in braces cannot be read.", "one pair of braces"),
    ("1. **At the Leader:** Go. { look }", 27, "What stands in braces cannot be read.", "`{ .word"),
    ('1. **At the Leader:** Go. { .look holds="each boat" }', 29, '"each boat" says nothing that could hold.', "Write `holds="),
    ('1. **At the Leader:** Go. { .look holds="" }', 29, '"" says nothing that could hold.', "Write `holds="),
    ('1. **At the Leader:** Go. { .look holds="each bot: set" }', 29, 'No server is called "each bot".', 'Did you mean "each boat"?'),
    ('1. **At the Leader:** Go. { .look holds="each boat: set or fuled" }', 29, 'No server can be "fuled".', 'Did you mean "furled"? Write one of: leading'),
    ('1. **At the Leader:** Go. { .look holds="each boat: set,, red" }', 29, 'No server can be "".', "Write one of: leading"),
    ('1. **At the Leader:** Go. { .look holds="', 27, "What stands in braces cannot be read.", "values in double quotes"),
    ('1. **At the Leader:** Go. { .look holds="each boat: set', 27, "What stands in braces cannot be read.", "values in double quotes"),
    ('!!! note "Halt: go" { holds="', 21, "What stands in braces cannot be read.", "values in double quotes"),
    ('!!! note "Halt: go" { holds="each boat: set }', 21, "What stands in braces cannot be read.", "values in double quotes"),
    ('!!! note "Halt: go" { hold="each boat: set" }', 23, 'The key "hold" is not known at a stop.', 'Did you mean "holds"?'),
    ('!!! note "Halt: go" { .stretch }', 23, 'The word "stretch" is not known at a stop.', "Delete it."),
    ('!!! note "Halt: go" { #go }', 23, 'The id "go" is not known at a stop.', "Delete it."),
    ('!!! note "Halt: go" { holds="each bot: set" }', 23, 'No server is called "each bot".', 'Did you mean "each boat"?'),
    ('!!! warning "Oh" { .strech }', 20, 'The word "strech" is not known at a warning.', 'Did you mean "stretch"? Write one of: stretch, no-return.'),
    ('!!! warning "Oh" { of="each boat" }', 20, 'The key "of" is not known at a warning.', "Delete it."),
    ('??? note "Halt: go"', 1, "A callout that the procedure depends on is folded.", "Begin it with `!!!`."),
    ('???+ warning "Oh" { .stretch }', 1, "A callout that the procedure depends on is folded.", "Begin it with `!!!`."),
    ('!!! warning "Oh" { stretch }', 18, "What stands in braces cannot be read.", "`{ .word"),
    ('## Leg { from="at-see" }', 10, '"from" names no state "at-see".', 'Did you mean "at-sea"? Write one of: at-sea, leader-lost, one-adrift.'),
    ('###   Leg { to="all-blu" }', 13, '"to" names no goal "all-blu".', 'Did you mean "all-blue"?'),
    ('## Leg { case="leader-sink" }', 10, '"case" names no case "leader-sink".', 'Did you mean "leader-sinks"? Write one of: leader-sinks.'),
    ('## Leg { form="at-sea" }', 10, 'The key "form" is not known at a heading.', 'Did you mean "from"?'),
    ("## Leg { from=at-sea }", 8, "What stands in braces cannot be read.", "`{ .word"),
    ("See [Back](#back){ .follow }.", 5, "A link that is to be followed stands outside a way back.", "Begin the paragraph with `**To turn round:**`"),
])
def test_a_mistake_is_told_with_its_place_and_its_fix(line: str, column: int, what: str, fix: str) -> None:
    found = mistake(f"---\ntitle: x\n---\n\n## A\n\n{line}\n")
    assert found[:3] == (7, column, what) and fix in found[3]


def test_without_roles_a_step_with_servers_of_its_own_may_be_done_anywhere() -> None:
    text = '## A\n\n1. **At the pier:** Go. { .furl of="each boat" }\n2. **At the pier:** Look. { .look }\n'
    assert read(text, None)[1] == [] and len(read(text)[1]) == 2
    assert mistake("## A\n\n1. **At the pier:** Go. { .furl }\n", None)[:3] == (3, 4, 'No server is called "pier".')


@pytest.mark.parametrize(("line", "column", "what"), [
    ("1. **At the Old Laeder:** Look.", 4, 'No server is called "Old Laeder".'),
    ("    2. **At the Old Laeder:** Look.", 8, 'No server is called "Old Laeder".'),
    ("1. **At the new Old Leader:** Look.", 13, '"new Old Leader" would get the name of the server that is "Old Leader" now.'),
    ("The new Old Leader is meant.", 5, '"new Old Leader" would get the name of the server that is "Old Leader" now.'),
    ("    2. **At the old leader:** Look.", 0, ""), ("The new Old Leaders are not meant.", 0, ""), ("The former Old Leader stays.", 0, ""),
])
def test_no_server_gets_the_name_of_another(line: str, column: int, what: str) -> None:
    assert [one[:3] for one in read(f"{line}\n")[1]][:1] == ([(1, column, what)] if what else [])


@pytest.mark.parametrize("line", [
    "Braces in prose { .anything }", "1. Wait for {{ macro() }}", "1. **At each boat:** `{ .look }`", "- **At the pier:** Go. { .nothing }",
    "`[Back](#back){ .follow }`", "## Title { .wide }", "## Title { #id .wide }", '!!! note "Words"', "1. **At each boat:** {% raw %}",
])
def test_what_is_no_procedure_is_left_alone(line: str) -> None:
    assert read(f"{line}\n")[1] == []


PIECES = [
    "## A", "## Leg 1: Go", "### B { #b", '{ from="at-sea" }', '{ .look of="each boat" }', "{ .furl", "}", "{", "1. **At the Leader:** Go.", "1. **At", ":**", "**",
    '!!! note "Halt: x"', "!!! warning", '"', '{ holds="each boat: set or ; : ," }', "holds=", "**To turn round:**", "[A](#a){ .follow }", "```", "~~~", "    ", "\t", "|",
    '--8<-- "a.txt"', "---", "{{ runbook() }}", "{%", "`", "\\", "_", "*", "<b>", "&amp;", "Ü", "\u2028", "\x0c", "\x00", "日本", ";", ":", ",", " or ", "**You see:**", "**Otherwise:** [x](y)", "0", "9" * 30,
]


def expect_read(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice(PIECES) + chance.choice([" ", "\n", "\n", "\n\n", ""]) for _ in range(chance.randint(1, 80)))
    procedure, mistakes = read(text, chance.choice([ROLES, {}, None]), Snippets({"a.txt": '1. **At the Leader:** Go. { .look }\n--8<-- "a.txt"\n'}))
    last = len(text.splitlines())
    assert all(1 <= one.line <= last and one.column >= 1 and one.what.endswith(".") and one.fix.endswith(".") for one in mistakes)
    assert all(1 <= section.line <= last for section in procedure.sections)
    assert all(1 <= item.line <= last for section in procedure.sections for item in section.items)


def test_whatever_a_page_holds_it_is_read() -> None:
    for seed in range(300):
        expect_read(seed)
