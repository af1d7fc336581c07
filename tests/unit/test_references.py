"""A reference file that names ids of a tree and states: after one was renamed, and while they are broken."""

from pathlib import Path

import pytest
from support.examples import TREE, files
from support.kinds_site import CHECKS, STATES
from support.sites import make_project, mistakes_in_data, write_docs

from macros.content.data import read_data
from macros.page.site import Site

FILE = "_data/reference/window.yml"
WINDOW = """\
page: red.md
name: The Window
short: Window
version: "1"
conclusions: red.md
columns: {mode: Mode, status: Status, info: Info}
cases:
  dark:
    rows: {one: {server: It, status: Dark}}
    means: It is dark.
    next: Wait.
    page: red.md
    answer: {tree: colour, question: warm, answer: hot}
"""


@pytest.mark.parametrize(("edits", "message"), [
    ({}, None),
    ({"start: warm": "start: heat", "  warm:\n": "  heat:\n    renamed_from: [warm]\n"},
     ':13:38: The tree "colour" has no question "warm". It is called "heat" now: write that.'),
    ({"      hot: {": "      burning: {renamed_from: [hot], "},
     ':13:52: The question "warm" has no answer "hot". It is called "burning" now: write that.'),
    ({"      hot: {": "      hott: {"}, 'has no answer "hot". Did you mean "hott"?'),
])
def test_a_renamed_id_is_named_where_it_is_used(edits: dict[str, str], message: str | None, tmp_path: Path) -> None:
    tree = TREE
    for old, new in edits.items():
        assert old in tree
        tree = tree.replace(old, new)
    found = mistakes_in_data(make_project(tmp_path, {**files(tree), FILE: WINDOW}))
    assert [message in line for line in found] == ([True] if message else []), found


def test_what_is_wrong_with_a_tree_is_said_once_of_a_file_that_names_its_answers(tmp_path: Path) -> None:
    project = write_docs(tmp_path, {**files(TREE.replace("goto: sure", "goto: shure")), FILE: WINDOW})
    data = read_data(Site(project / "docs", extensions=("toc", "attr_list")), project)
    (line,) = data.broken_references["window"]
    assert data.window is None and data.broken_trees == {"colour": [line]}


BOATS = {
    "states.md": "# States\n", "checks.md": "# Checks\n", "choose.md": "# Choose\n", "help.md": "# Help\n\n## Fetch it\n",
    "_data/paint.yml": TREE.replace("warm", "ropes").replace("hot:", "whole:").replace("cold:", "torn:"),
    "_data/reference/states.yml": STATES, "_data/reference/checks.yml": CHECKS,
    FILE: WINDOW.replace("{server: It, status: Dark}", "{server: It, status: Dark, code: ADRIFT}"),
}
CHECKS_FILE, STATES_FILE = "_data/reference/checks.yml", "_data/reference/states.yml"
TREE_IS_WRONG = ("_data/colour.yml", "goto: sure", "goto: shure")
PAINT_IS_WRONG = ("_data/paint.yml", "goto: sure", "goto: shure")
STATES_ARE_WRONG = (STATES_FILE, "role: active", "role: actve")
NO_QUESTION = 'There is no question "shure".'
NO_ROLE = '"role" cannot be "actve".'


@pytest.mark.parametrize(("edits", "wanted"), [
    # What is wrong with a tree hides no mistake that does not need the tree.
    ([TREE_IS_WRONG, (FILE, "code: ADRIFT", "code: ADRIFTT")], [NO_QUESTION, 'There is no state "ADRIFTT".']),
    ([TREE_IS_WRONG, (FILE, "short: Window\n", "")], [NO_QUESTION, 'The key "short" is missing.']),
    ([TREE_IS_WRONG, (FILE, "conclusions: red.md", "conclusions: rde.md")], [NO_QUESTION, 'There is no page "rde.md" in docs/.']),
    ([TREE_IS_WRONG, (CHECKS_FILE, '"IN_TOW"', '"IN_TWO"')], [NO_QUESTION, 'There is no state "IN_TWO".']),
    ([TREE_IS_WRONG, (CHECKS_FILE, '"ADRIFT", "needs', '"ADRIFTT", "needs')], [NO_QUESTION, 'There is no state and no check "ADRIFTT".']),
    # Nor one that needs another tree.
    ([TREE_IS_WRONG, (CHECKS_FILE, '"torn"', '"tron"')], [NO_QUESTION, 'The question "ropes" has no answer "tron".']),
    ([PAINT_IS_WRONG, (FILE, "answer: hot", "answer: hott")], [NO_QUESTION, 'The question "warm" has no answer "hott".']),
    ([TREE_IS_WRONG, (FILE, "tree: colour", "tree: color")], [NO_QUESTION, 'There is no tree "color".']),
    # Of what needs it nothing is known.
    ([TREE_IS_WRONG, (FILE, "answer: hot", "answer: hott")], [NO_QUESTION]),
    ([TREE_IS_WRONG, (FILE, "question: warm", "question: warmm")], [NO_QUESTION]),
    ([TREE_IS_WRONG, (FILE, "    page: red.md\n", "    page: blue.md\n")], [NO_QUESTION]),
    ([PAINT_IS_WRONG, (CHECKS_FILE, '"torn"', '"tron"')], [NO_QUESTION]),
    # The same of the states.
    ([STATES_ARE_WRONG, (FILE, "answer: hot", "answer: hott")], [NO_ROLE, 'The question "warm" has no answer "hott".']),
    ([STATES_ARE_WRONG, (CHECKS_FILE, '"torn"', '"tron"')], [NO_ROLE, 'The question "ropes" has no answer "tron".']),
    ([STATES_ARE_WRONG, (CHECKS_FILE, '"needs-attention", "', '"need-attention", "')], [NO_ROLE, 'There is no state and no check "need-attention".']),
    ([STATES_ARE_WRONG, (FILE, "code: ADRIFT", "code: ADRIFTT"), (CHECKS_FILE, '"ADRIFT", "needs', '"ADRIFTT", "needs'), (CHECKS_FILE, '"IN_TOW"', '"IN_TWO"')],
     [NO_ROLE]),
    # And of both.
    ([TREE_IS_WRONG, PAINT_IS_WRONG, STATES_ARE_WRONG, (FILE, "conclusions: red.md", "conclusions: rde.md")],
     [NO_QUESTION, NO_QUESTION, NO_ROLE, 'There is no page "rde.md" in docs/.']),
])
def test_what_is_broken_hides_no_other_mistake_and_makes_none(edits: list[tuple[str, str, str]], wanted: list[str], tmp_path: Path) -> None:
    pages = {**files(), **BOATS}
    assert mistakes_in_data(write_docs(tmp_path / "right", pages)) == []
    for file, old, new in edits:
        assert old in pages[file]
        pages[file] = pages[file].replace(old, new, 1)
    found = mistakes_in_data(write_docs(tmp_path / "wrong", pages))
    assert len(found) == len(wanted) and all(what in line for what, line in zip(wanted, found, strict=True)), found


def test_a_page_of_what_names_a_broken_tree_shows_what_is_wrong_with_both(tmp_path: Path) -> None:
    project = write_docs(tmp_path, {**files(TREE.replace("goto: sure", "goto: shure")), FILE: WINDOW.replace("short: Window\n", "")})
    data = read_data(Site(project / "docs", extensions=("toc", "attr_list")), project)
    tree, own = data.broken_references["window"]
    assert data.window is None and data.broken_trees == {"colour": [tree]} and f"docs/{FILE}:" in own
