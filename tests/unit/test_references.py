"""A reference file that names an id of a tree, after the id was renamed."""

from pathlib import Path

import pytest
from support.examples import TREE, files
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
    assert data.broken_trees == {"colour": [line]}
