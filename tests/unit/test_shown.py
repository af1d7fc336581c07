"""A rendered page: what went wrong in it is named with the line of its source."""

import pytest
from support.rules import form

from macros.content.shown import shown_mistakes
from macros.page.rendered import render_page
from macros.procedure.extension import Marks
from macros.source.mistake import Mistake

EXTENSIONS = ("admonition", "attr_list", "tables", "toc", "md_in_html", "pymdownx.superfences", "pymdownx.details")
PAGE = """\
# House

## Phase 1: Enter

1. **On the server:** Open **both** doors, see [the plan](plan.md).

!!! note "Stop: wait until both are open"

    They are heavy as `**` or `!!! note` or `[a](b)` says.

| Doors | It |
| --- | --- |
| Door | a `|` b |

## Phase 2: Leave { #leave }

??? note "Why"

    Two stars in code:

    ```text
    ** | --- | {{ .x }} !!! note "Stop"
    ```

!!! note "Stop: wait until both are closed"

| # of doors | It |
| --- | --- |
| Door | Closed |

<!-- ** -->

## Verify

A * B * C, f(x)[0] and {x}. Wow!!! Really??? \\*`x`\\* Yes.
"""
END = PAGE.splitlines()[-1]


def found(text: str, procedure: bool = True, **snippets: str) -> list[tuple[str, Mistake]]:
    rules = form()
    page = render_page(text, (*EXTENSIONS, Marks(rules.beginnings())), {})
    return list(shown_mistakes(page, {"page": text, **snippets}, rules.procedures if procedure else None))


def test_a_page_that_is_right_is_let_alone() -> None:
    assert found(PAGE) == []


# What is written instead of what → the line that the message names, and words of it.
SLIPS = {
    "a title without its closing quote": ('both are open"', "both are open", '!!! note "Stop: wait until both are open', "`!!!` is shown"),
    "a callout with words behind its title": ('both are closed"', 'both are closed" now', '!!! note "Stop: wait until both are closed" now', "`!!!` is shown"),
    "a folded callout with half a title": ('??? note "Why"', '??? note "Why', '??? note "Why', "`???` is shown"),
    "attributes that belong to nothing": ("Leave { #leave }", "Leave { #leave } now", "## Phase 2: Leave { #leave } now", "`{ #leave }` is shown"),
    "a class in a paragraph": ("Wow!!!", "{ .wide } Wow", END.replace("Wow!!!", "{ .wide } Wow"), "`{ .wide }` is shown"),
    "a call of a snippet in a sentence": ("Wow!!!", 'Wow --8<-- "a"', END.replace("Wow!!!", 'Wow --8<-- "a"'), "`--8<--` is shown"),
    "a fence in a sentence": ("Wow!!!", "Wow ~~~text", END.replace("Wow!!!", "Wow ~~~text"), "`~~~` is shown"),
    "a fence in a sentence, of backticks": ("Yes.", "Yes ```", END.replace("Yes.", "Yes ```"), "````` is shown"),
    "dashes one cell short": ("| --- | --- |\n| Door | Closed |", "| --- |\n| Door | Closed |", "| --- |", "`| --- |` is shown"),
    "dashes without bars at the ends": ("| --- | --- |\n| Door | Closed |", "--- | :-: | -\n| Door | Closed |", "--- | :-: | -", "`--- | :-: | -` is shown"),
    "a heading in a callout, indented too far": ("    They are heavy", "     ### Why\n\n    They are heavy", "     ### Why", "`###` is shown"),
    "bold that is not closed": ("**both** doors", "**both doors", "1. **On the server:** Open **both doors, see [the plan](plan.md).", "`**` is shown"),
    "bold with a space inside": ("**both** doors", "** both** doors", "1. **On the server:** Open ** both** doors, see [the plan](plan.md).", "`**` is shown"),
    "bold that is not opened, in a heading": ("## Verify", "## Verify**", "## Verify**", "`**` is shown"),
    "a link that is not read": ("Wow!!!", "See [it](it.md", END.replace("Wow!!!", "See [it](it.md"), "`(it.md` is shown"),
    "a link with a space before its path": ("Wow!!!", "See [it] (it.md)", END.replace("Wow!!!", "See [it] (it.md)"), "`(it.md)` is shown"),
    "a link to an address that is nowhere": ("Wow!!!", "See [it][there]", END.replace("Wow!!!", "See [it][there]"), "`[it][there]` is shown"),
    "code that is not closed": ("Yes.", "Run `ls", END.replace("Yes.", "Run `ls"), "``` is shown"),
    "a callout with two marks": ('!!! note "Stop: wait until both are closed"', '!! note "Wait"', '!! note "Wait"', "`!!` is shown"),
    "a macro call in single braces": ("Wow!!!", '{ picture("a") } Wow', END.replace("Wow!!!", '{ picture("a") } Wow'), '`{ picture("a") }` is shown'),
    "a term without its colon": ("A * B", "*[RGB] Red\n\nA * B", "*[RGB] Red", "`*[RGB]` is shown"),
    "a row too long": ("| Door | Closed |", "| Door | Closed | Today |", "| Door | Closed | Today |", "The row has 3 cells, and the first row has 2."),
    "a row too short": ("| Door | Closed |", "| Door |", "| Door |", "The row has 1 cell, "),
    "a text directly below a table": ("| Door | Closed |", "| Door | Closed |\nThen leave.", "Then leave.", "The row has 1 cell, "),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named_with_its_line(name: str) -> None:
    old, new, line, said = SLIPS[name]
    assert PAGE.count(old) == 1
    text = PAGE.replace(old, new)
    [(_, mistake)] = found(text, procedure=False)
    assert text.splitlines()[mistake.line - 1] == line and said in mistake.what, mistake


@pytest.mark.parametrize(("old", "new", "line", "said"), [
    ('!!! note "Stop: wait until both are open"', "Stop: wait", "## Phase 1", "shown with no stop."),
    ('!!! note "Stop: wait until both are closed"', '!!! note "Stop: a"\n\n!!! note "Stop: b"', "## Phase 2", "shown with 2 stops."),
])
def test_a_phase_is_shown_with_one_stop(old: str, new: str, line: int, said: str) -> None:
    assert PAGE.count(old) == 1
    [(_, mistake)] = found(PAGE.replace(old, new))
    assert PAGE.splitlines()[mistake.line - 1].startswith(line) and said in mistake.what, mistake
    assert found(PAGE.replace(old, new), procedure=False) == []


def test_a_slip_in_a_snippet_is_named_there() -> None:
    page = render_page("# A\n\nIt is **bold.\n", EXTENSIONS, {})
    [(name, mistake)] = shown_mistakes(page, {"page": "# A\n\n--8<-- \"note\"\n", "note": "x\n\nIt is **bold.\n"}, None)
    assert (name, mistake.line, mistake.column) == ("note", 3, 7)


def test_what_is_written_twice_is_named_twice() -> None:
    assert [mistake.line for _, mistake in found("# A\n\nSo **it is.\n\nSo **it is.\n")] == [3, 5]


@pytest.mark.parametrize("right", ["See **[it](a.md)** now.\n\n## B", "**Never** do this."])
def test_a_line_that_is_like_it_and_right_is_not_named(right: str) -> None:
    text = f"# A\n\n{right}\n\nSee **[it](a.md) now.\n"
    assert [mistake.line for _, mistake in found(text)] == [text.count("\n")]


def test_what_is_not_found_as_it_stands_is_looked_for_below_its_heading() -> None:
    page = render_page("# A\n\n## B c\n\nmade **elsewhere\n", EXTENSIONS, {})
    [(name, mistake)] = shown_mistakes(page, {"page": "# A\n\n## B c\n"}, None)
    assert (name, mistake.line) == ("page", 3)
