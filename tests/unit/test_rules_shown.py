"""The writers' rules in the preview: a mistake stands on the page that shows what is wrong."""

from pathlib import Path

import pytest
from support.examples import TREE, files
from support.rules import RULES
from support.sites import make_project

from macros.content.pages import mistakes_of_pages
from macros.content.procedures import read_procedures
from macros.content.rules import read_rules
from macros.page.calls import Calls, Made
from macros.page.site import Site
from macros.page.snippets import read_snippets

PAGES = {
    "a.md": "---\ndescription: First page.\n---\n\n# First\n",
    "index.md": '---\ndescription: Start.\n---\n\n# Start\n\n{{ decision_tree("colour") }}\n',
    "red.md": '---\ndescription: Red pages.\n---\n\n# Red\n\n--8<-- "note.txt"\n',
    "blue.md": "---\ndescription: Blue pages.\n---\n\n# Blue\n",
    "_data/note.txt": "A note.\n",
}
CALLS = Calls({"decision_tree": lambda tree: tree, "runbook": lambda: ""}, {"tree": ["colour"]})


def mistakes(project: Path) -> dict[str, list[str]]:
    """Page → what is wrong on it, for each page that has a mistake."""
    docs = project / "docs"
    site = Site(docs, excluded=lambda path: path.startswith("_data"), extensions=("toc", "attr_list", "pymdownx.snippets"),
                extension_configs={"pymdownx.snippets": {"base_path": [str(docs / "_data")]}},
                snippets=read_snippets([docs / "_data"], ("abbreviations.txt",), project))
    rules = read_rules(site.docs, project)
    found = mistakes_of_pages(site, project, rules, {}, read_procedures(site, None, rules), CALLS, lambda page: Made())
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(("file", "old", "new", "page", "place"), [
    ("blue.md", "# Blue", "# Blue, please", "blue.md", "docs/blue.md:5:9:"),
    ("blue.md", "# Blue", "# **Blue", "blue.md", "docs/blue.md:5:3:"),
    ("blue.md", "description: Blue pages.", "title: Blue", "blue.md", "docs/blue.md:1:1:"),
    ("_data/colour.yml", "ask: Really?", "ask: Really, please?", "index.md", "docs/_data/colour.yml:15:18:"),
    ("_data/note.txt", "A note.", "A note, please.", "red.md", "docs/_data/note.txt:1:9:"),
    ("_data/rules/style.yml", "avoid:", "avoided:", "index.md", "docs/_data/rules/style.yml:"),
])
def test_a_mistake_stands_where_the_writer_looks(file: str, old: str, new: str, page: str, place: str, tmp_path: Path) -> None:
    rules = {name: text.replace("red*.md", "run-*.md") for name, text in RULES.items() if "coverage" not in name}
    project = make_project(tmp_path, {**files(TREE), **rules, **PAGES})
    assert mistakes(project) == {}
    path = project / "docs" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = mistakes(project)
    assert list(found) == [page] and found[page][0].startswith(place), found
