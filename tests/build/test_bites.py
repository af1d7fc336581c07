"""Proof that the checks bite: each break of a small whole site is found, with its file and line.

A break replaces one text of one file. The line that must be named is that of the replacement,
or of another text given with `at`.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import pytest
from mkdocs.config import load_config
from support.examples import PROCEDURE, TREE, files
from support.links import located
from support.rules import RULES
from support.sites import ROOT, make_project, mkdocs_build
from support.tools import markdown_mistakes
from support.wrong_links import doubled_ids, wrong_links

from macros.content.generated import SCHEMAS, renew
from macros.content.pages import mistakes_of_pages
from macros.content.procedures import read_procedures
from macros.content.rules import read_rules
from macros.decision.read import load_trees
from macros.page.calls import Calls, Made, page_mistakes
from macros.page.site import Site
from macros.plugin.read import site_of
from macros.procedure.beginnings import Beginnings
from macros.procedure.extension import Marks
from macros.source.mistake import said

DATA = "docs/_data/colour.yml"
SCHEMA = "# yaml-language-server: $schema=schema/decision.schema.json\n"
BLUE = """\
---
description: A page.
---

# Blue

Text.

--8<-- "snippets/note.txt"

Code: `[a](nowhere.md)`, `{{ notices("colour") }}` in a fence:

```text
[a](nowhere.md)
```

[Red](red.md), [in code `x`](red.md#what-if "Title"), ![picture][1], [tree](index.md#colour-tree)

[1]: assets/plan.txt
"""
DEEP = """\
---
description: Another page.
---

# Deep

[Red](../red.md#verify), [Deep](#deep)
"""
PAGE = "---\ndescription: A page.\n---\n\n# Page\n\nText.\n"
SNIPPET = "docs/_data/snippets/note.txt"
# What a page may call, and how its Markdown is read.
MACROS = Calls(dict.fromkeys(("comparison_table", "decision_tree", "notices"), lambda tree: tree), {"tree": ["colour"]})
MADE = Made(frozenset({"colour-tree"}), "Warm or cold?\nLively")
SETTINGS = load_config(str(ROOT / "mkdocs.yml"))
NAV = "nav:\n  - index.md\n  - red.md\n  - blue.md\n  - in/deep.md\n"


class Break(NamedTuple):
    """Replace `old` by `new` in a file; a message must name the line and hold `says`."""

    file: str
    old: str
    new: str
    says: str
    at: str = ""
    place: str = ""

    def of(self, place: str) -> "Break":
        """The break, where the message names another place than that of the edit."""
        return self._replace(place=place)

    def line(self, whole: str) -> int:
        """The line that must be named, from 1."""
        broken = whole.replace(self.old, self.new, 1)
        where = broken.index(self.at) if self.at else whole.index(self.old)
        return broken.count("\n", 0, where) + 1


def small_site(folder: Path) -> Path:
    """A whole small site that keeps every rule."""
    pages = {
        "assets/plan.txt": "A plan.\n", "red.md": PROCEDURE, "blue.md": BLUE, "in/deep.md": DEEP, "_data/colour.yml": SCHEMA + TREE,
        "_data/snippets/note.txt": "A note, see [Red](red.md#verify).\n", "_data/abbreviations.txt": "*[RGB]: Red, green, blue\n",
    }
    index = "---\ndescription: Start.\n---\n\n" + files()["index.md"]
    project = make_project(folder, {**files(), **RULES, **pages, "index.md": index})
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + NAV, encoding="utf-8")
    (project / "tests").mkdir()
    renew(project)
    return project


# ---- The checks, each a function from a project to its messages --------------------------------


def data(project: Path) -> list[str]:
    docs = project / "docs"
    _, broken = load_trees(docs, project, Site(docs, extensions=("toc", "attr_list", "md_in_html")))
    return [line for lines in broken.values() for line in lines]


def calls(project: Path) -> list[str]:
    return [line for page in sorted((project / "docs").glob("*.md")) for line in said(f"docs/{page.name}", page_mistakes(page.read_text(encoding="utf-8"), MACROS))]


def pages(project: Path) -> list[str]:
    settings = {**SETTINGS, "docs_dir": "docs", "mdx_configs": deepcopy(SETTINGS["mdx_configs"])}
    rules = read_rules(project / "docs", project)
    form = rules.form
    site = site_of(settings, project, Marks(form.beginnings() if form else Beginnings()))
    found = mistakes_of_pages(site, project, rules, load_trees(project / "docs", project, site)[0], read_procedures(site, None, rules), MACROS, lambda page: MADE if page == "index.md" else Made())
    return [line for lines in found.values() for line in lines]


CHECKS: list[Callable[[Path], list[str]]] = [data, calls, pages]


def test_the_unbroken_site_passes_every_check(tmp_path: Path) -> None:
    project = small_site(tmp_path)
    assert {check.__name__: check(project) for check in CHECKS} == {check.__name__: [] for check in CHECKS}
    build = mkdocs_build(project)
    assert build.code == 0, build.output
    assert (wrong_links(build), doubled_ids(build.site, project)) == ([], [])
    assert markdown_mistakes(project / "docs") == ""


HOT = "hot: {label: Warm, choose: red, because: Red is warm.}"

DATA_BREAKS = {
    "no title": Break(DATA, "title: Choose a colour\n", "", '"title" is missing', "# yaml"),
    "an empty title": Break(DATA, "title: Choose a colour", "title:", '"title" is empty'),
    "a misspelt key": Break(DATA, "start: warm", "strat: warm", 'Did you mean "start"?'),
    "a start that is nowhere": Break(DATA, "start: warm", "start: wram", 'There is no question "wram". Did you mean "warm"?'),
    "a goto that is nowhere": Break(DATA, "goto: sure", "goto: suer", 'Did you mean "sure"?'),
    "a goto to an outcome": Break(DATA, "goto: sure", "goto: red", "Write `choose: red`"),
    "a choose that is nowhere": Break(DATA, "choose: blue", "choose: blu", 'Did you mean "blue"?'),
    "a choose of a question": Break(DATA, "choose: blue", "choose: warm", "Write `goto: warm`"),
    "an answer that leads nowhere": Break(DATA, "choose: blue, ", "", "neither `goto` nor `choose`", "      really:"),
    "an answer that leads to two places": Break(DATA, "choose: blue, ", "choose: blue, goto: warm, ", "both `goto` and `choose`"),
    "a circle": Break(DATA, "choose: blue", "goto: warm", "round in a circle"),
    "a question nobody reaches": Break(DATA, "goto: sure", "choose: red", 'No answer leads to the question "sure"', "  sure:"),
    "an outcome nobody reaches": Break(DATA, "choose: blue", "choose: red", 'No answer leads to the outcome "blue"', "  blue:"),
    "one answer": Break(DATA, f"      {HOT}\n", "", "fewer than 2 answers", "    answers:"),
    "no questions": Break(DATA, TREE[TREE.index("questions:"):], "questions: {}\n", "fewer than 1 question"),
    "two answers that read the same": Break(DATA, "label: Cold", "label: warm", "have the same label"),
    "no label": Break(DATA, "label: Warm, ", "", '"label" is missing'),
    "no reason": Break(DATA, ", because: Red is warm.", "", '"because" is missing'),
    "no question text": Break(DATA, "    ask: Really?\n", "", '"ask" is missing', "  sure:"),
    "a method without a value": Break(DATA, "criteria: {mood: Lively}", "criteria: {}", 'no value for the criterion "mood"'),
    "an unknown criterion": Break(DATA, "{mood: Lively}", "{mood: Lively, mod: x}", 'Did you mean "mood"?'),
    "two recommendations": Break(DATA, "page: red.md,", "page: red.md, recommended: true,", "both recommended", "  blue:"),
    "one id for two outcomes": Break(DATA, "questions:\n", "other_outcomes:\n  red: {title: R, page: red.md}\nquestions:\n",
                                     'The id "red" is used', "  red: {title: R,"),
    "a former id in use": Break(DATA, "page: red.md,", "page: red.md, renamed_from: [blue],", 'former id "blue" is in use'),
    "a former id named twice": Break(DATA, "page: red.md,", "page: red.md, renamed_from: [a, a],", 'former id "a" is in use'),
    "a key twice": Break(DATA, "start: warm\n", "start: warm\nstart: sure\n", "appears twice", "start: sure"),
    "an id twice": Break(DATA, "  sure:\n", "  warm:\n", 'The key "warm" appears twice'),
    "an id that is none": Break(DATA, "  sure:\n", "  So Sure:\n", '"So Sure" is not an id'),
    "a number for a text": Break(DATA, "ask: Really?", "ask: 7", "must be a text, not a number"),
    "a list for a text": Break(DATA, "ask: Really?", "ask: [a, b]", "must be a text, not a list"),
    "a text for a group": Break(DATA, "criteria: {mood: Calm}", "criteria: mood", "must be a group of keys"),
    "a text for true": Break(DATA, "recommended: true", "recommended: indeed", "must be true or false"),
    "a merge that is not finished": Break(DATA, "start: warm\n", "<<<<<<< HEAD\nstart: warm\n=======\nstart: sure\n>>>>>>> other\n", "A merge was not finished here."),
    "a tab": Break(DATA, "    ask: Really?", "\task: Really?", "tab"),
    "an anchor": Break(DATA, "ask: Really?", "ask: &really Really?", "Anchors"),
    "a tag": Break(DATA, "ask: Really?", "ask: !now Really?", 'The tag "!now"'),
    "a quotation left open": Break(DATA, "ask: Really?", 'ask: "Really?', 'not closed. Write " at the end'),
    "a bracket left open": Break(DATA, "page: red.md, criteria: {mood: Lively}}", "page: red.md, criteria: {mood: Lively}", 'The "{" is not closed'),
    "a colon in a text": Break(DATA, "ask: Really?", "ask: Really: yes?", "Put the text in quotes"),
    "a text that a comment cuts off": Break(DATA, "ask: Really?", "ask: Really, with #1?", "is a comment, and is not shown"),
    "a backslash that is lost": Break(DATA, "ask: Really?", 'ask: "Really C:\\temp?"', "this backslash is not shown"),
    "a second document": Break(DATA, "questions:\n", "---\nquestions:\n", "second document", "---"),
    "a character that is none": Break(DATA, "ask: Really?", "ask: Really\x07?", "does not allow"),
    "a page that is nowhere": Break(DATA, "page: red.md", "page: rde.md", 'Did you mean "red.md"?'),
    "a page from the wrong folder": Break(DATA, "page: red.md", "page: docs/red.md", 'There is no page "docs/red.md"'),
    "a section that is nowhere": Break(DATA, "page: red.md", "page: red.md#verfy", 'Did you mean "verify"?'),
}

CALL_BREAKS = {
    "an unknown tree": Break("docs/index.md", 'tree("colour")', 'tree("color")', 'Did you mean "colour"?'),
    "an unknown macro": Break("docs/index.md", "decision_tree", "decisiontree", 'Did you mean "decision_tree"?'),
    "a macro without its word": Break("docs/index.md", 'tree("colour")', "tree()", "missing a required argument"),
    "a wrong keyword": Break("docs/index.md", 'tree("colour")', 'tree(name="colour")', "tree"),
    "a call left open": Break("docs/index.md", 'tree("colour")', 'tree("colour"', "cannot be read"),
    "an attribute read as a remark": Break("docs/index.md", "# Start", "# Start {#start}", "`{ #id }`"),
}

PAGE_BREAKS = {
    "a link to no page": Break("docs/blue.md", "Text.", "[a](nowhere.md)", '"nowhere.md" leads to no file'),
    "a link to a page that is misspelt": Break("docs/blue.md", "[Red](red.md)", "[Red](rde.md)", 'Did you mean "red.md"?'),
    "a link to no page in a folder": Break("docs/blue.md", "Text.", "[a](nowhere/index.md)", "leads to no file"),
    "a link to no section": Break("docs/blue.md", "red.md#what-if", "red.md#what-iff", 'Did you mean "what-if"?'),
    "a link to no section here": Break("docs/blue.md", "Text.", "[a](#bleu)", 'Did you mean "blue"?'),
    "a link to what no macro makes": Break("docs/blue.md", "index.md#colour-tree", "index.md#colour-tere", 'Did you mean "colour-tree"?'),
    "a picture that is nowhere": Break("docs/blue.md", "Text.", "![a](assets/nothing.png)", "leads to no file"),
    "a file that is nowhere": Break("docs/blue.md", "Text.", "[a](assets/nothing.pdf)", "leads to no file"),
    "an absolute link": Break("docs/in/deep.md", "../red.md#verify", "/red/#verify", 'Did you mean "../red.md"?'),
    "a link from the wrong folder": Break("docs/in/deep.md", "../red.md", "red.md", 'Did you mean "../red.md"?'),
    "a link out of docs": Break("docs/blue.md", "[Red](red.md)", "[Red](../red.md)", 'Did you mean "red.md"?'),
    "an address instead of a file": Break("docs/blue.md", "[Red](red.md)", "[Red](red/)", 'Did you mean "red.md"?'),
    "a link into the data": Break("docs/blue.md", "[Red](red.md)", "[Red](_data/colour.yml)", "not published"),
    "an address that cannot be read": Break("docs/blue.md", "[Red](red.md)", "[Red](http://[red)", "cannot be read"),
    "a link in a table": Break("docs/blue.md", "Text.", "| a | b |\n| --- | --- |\n| [a](nothing.md) | b |", "leads to no file", "| [a]"),
    "a link by reference": Break("docs/blue.md", "assets/plan.txt", "assets/plain.txt", 'Did you mean "assets/plan.txt"?'),
    "a link in angle brackets": Break("docs/blue.md", "Text.", "[a](<no where.md>)", "leads to no file"),
    "the second of two alike": Break("docs/in/deep.md", "[Deep](#deep)", "`[a](x.md)` [Deep](x.md)", "leads to no file"),
    "a page in HTML": Break("docs/blue.md", "Text.", '<p><a href="../red/">a</a></p>', "written as HTML"),
    "a section in HTML": Break("docs/blue.md", "Text.", '<p><a href="#bleu">a</a></p>', 'Did you mean "blue"?'),
    "a picture in HTML": Break("docs/blue.md", "Text.", '<p><img src="../assets/nothing.png" alt="a"></p>', "written as HTML"),
    "HTML in a table": Break("docs/blue.md", "Text.", '| a |\n| --- |\n| <a href="../red/">a</a> |', "written as HTML", "| <a"),
    "a link in a snippet": Break(SNIPPET, "red.md#verify", "red.md#verfy", 'Did you mean "verify"?'),
    "a snippet that is nowhere": Break("docs/blue.md", "note.txt", "noet.txt", 'Did you mean "snippets/note.txt"?'),
    "a snippet without quotes": Break("docs/blue.md", '"snippets/note.txt"', "snippets/note.txt", "cannot be read"),
    "a snippet in a list": Break("docs/blue.md", "--8<--", "- --8<--", "cannot be read"),
    "a snippet with a blank behind it": Break("docs/blue.md", 'note.txt"', 'note.txt" ', "cannot be read"),
    "a data file as a snippet": Break("docs/blue.md", "snippets/note.txt", "colour.yml", 'There is no snippet "colour.yml"'),
    "a snippet that includes itself": Break(SNIPPET, "A note", '--8<-- "snippets/note.txt"\nA note', "includes itself"),
    "a snippet without a text": Break(SNIPPET, "A note, see [Red](red.md#verify).\n", " \n", "The snippet is empty"),
    "a snippet that calls a macro": Break(SNIPPET, "A note", '{{ notices("colour") }}', "cannot call a macro"),
    "a merge that is not finished": Break("docs/blue.md", "Text.", "<<<<<<< HEAD\nText.\n=======\nWords.\n>>>>>>> other", "A merge was not finished here."),
    "a merge that is not finished, in a snippet": Break(SNIPPET, "A note", "<<<<<<< HEAD\nA hint\n=======\n>>>>>>> other\nA note", "not finished"),
    "a merge that is not finished, in front matter": Break("docs/blue.md", "description: A page.", "<<<<<<< HEAD\ndescription: A page.\n=======\ndescription: A text.\n>>>>>>> other", "not finished"),
    "a description that a comment cuts off": Break("docs/blue.md", "A page.", "A page of #1.", "is a comment, and is not shown"),
    "a heading that is indented": Break("docs/blue.md", "Text.", "  ## Dark", "Write its `##`"),
    "a table with an aligned column": Break("docs/blue.md", "Text.", "| A |\n| --: |\n| B |", "aligns a column", "| --:"),
    "an id at two headings": Break("docs/blue.md", "Text.", "## A { #dark }\n\n## B { .x #dark }", 'The id "dark" appears twice (first in line 7).', "## B"),
    "an id at a heading and in HTML": Break("docs/blue.md", "Text.", '## A { #dark }\n\n<p id="dark">B</p>', "(first in line 7)", "<p id"),
    "an id twice in a snippet": Break(SNIPPET, "A note", "## A { #dark }\n\n## B { #dark }\n\nA note", "(first in line 1)", "## B"),
    "front matter that is not closed": Break("docs/blue.md", "A page.\n---", "A page.", "not closed", "---"),
    "front matter that is empty": Break("docs/blue.md", "description: A page.\n", "", "it is empty", "---"),
    "front matter of remarks": Break("docs/blue.md", "description:", "# description:", "is empty", "---"),
    "front matter without keys": Break("docs/blue.md", "description: A page.", "A page.", "contains no keys"),
    "front matter without its lines": Break("docs/blue.md", "---\ndescription: A page.\n---\n\n# Blue", "Note: wet.\n\n# Blue",
                                            "left out of the page"),
    "a colon in the front matter": Break("docs/blue.md", "A page.", "Runbook: a page.", "Put the text in quotes"),
    "a key twice in the front matter": Break("docs/blue.md", "A page.\n", "A page.\ndescription: B.\n", "appears twice", "description: B"),
    "a key named like a macro": Break("docs/blue.md", "A page.\n", "A page.\nnotices: all\n", '"notices" has the name of a macro', "notices"),
    "a title that is no text": Break("docs/blue.md", "A page.\n", "A page.\ntitle: 7.5\n", '"title" must be a text', "title"),
    "macros half switched off": Break("docs/index.md", "description: Start.\n", "description: Start.\nrender_macros: never\n",
                                      "must be true or false", "render_macros"),
    "macros switched off": Break("docs/index.md", "description: Start.\n", "description: Start.\nrender_macros: no\n",
                                 "switches macros off", "{{ comparison_table"),
}

STOP = '!!! note "Stop: do not continue until the paint is open"\n\n    If it is not, wait.\n'
STEP = "1. **On the Active Server:** Paint.\n"

FORM_BREAKS = {
    "a step without a role": Break("docs/red.md", "**On the Active Server:** Open", "Open", "on which server"),
    "a step whose role comes later": Break("docs/red.md", "**On each Standby Server:** Wait.", "Wait **On each Standby Server:**", "on which server"),
    "a step without a role in What if": Break("docs/red.md", "**On the Active Server:** See", "See", "on which server"),
    "a step with a box": Break("docs/red.md", STEP, STEP.replace("1. ", "1. [ ] "), "does not say first"),
    "a step with a wrong number": Break("docs/red.md", "2. **", "3. **", "Write 2."),
    "eight steps": Break("docs/red.md", STEP, "".join(STEP.replace("1.", f"{n}.") for n in range(1, 9)), "more than 7 steps", "8. **"),
    "a phase without a step": Break("docs/red.md", STEP, "", "The phase has no step", "## Phase 2"),
    "a phase without a stop": Break("docs/red.md", STOP, "", "does not have a stop", "## Phase 1"),
    "a stop before its steps": Break("docs/red.md", "## Phase 2: Paint\n", '## Phase 2: Paint\n\n!!! note "Stop: early"\n',
                                   "stands too early", '!!! note "Stop: early"'),
    "a phase without a way back": Break("docs/red.md", "**To go back from here:** close the paint.\n", "", "a way back", "## Phase 1"),
    "a warning behind its steps": Break("docs/red.md", STOP, f'!!! warning "Wet"\n\n    x\n\n{STOP}', "behind the steps"),
    "a phase with a wrong number": Break("docs/red.md", "## Phase 2", "## Phase 3", "Write `## Phase 2: …`"),
    "no phases": Break("docs/red.md", PROCEDURE[PROCEDURE.index("## Phase 1"):PROCEDURE.index("## Verify")], "", 'no section "Phase"', "---"),
    "no checks before the start": Break("docs/red.md", "## Before you start", "## First", '"Before you start"', "---"),
    "no verification": Break("docs/red.md", "## Verify", "## Look", '"Verify"', "---"),
    "no What if": Break("docs/red.md", "## What if", "## Else", '"What if"', "---"),
    "sections in the wrong order": Break("docs/red.md", "## Before you start\n", "## What if\n\n## Before you start\n",
                                         'Move it below "Verify"'),
    "a third kind of callout": Break("docs/red.md", "!!! warning", "!!! danger", '"danger" is not a kind'),
    "a callout that opens, of a third kind": Break("docs/blue.md", "Text.", '??? tip "x"', '"tip" is not a kind'),
    "a callout without a title": Break("docs/red.md", '!!! warning "Red does not come off"', "!!! warning", "no title"),
    "a code block without a language": Break("docs/red.md", "```shell", "```", "names no language"),
    "a page without a description": Break("docs/blue.md", "description: A page.\n", "title: x\n", "no description", "---"),
    "a description too short": Break("docs/blue.md", "A page.", "A pag", "has 5 characters. Write 6 to 40"),
    "a description too long": Break("docs/in/deep.md", "Another page.", "Another page, with more words than shown.", "has 41 characters"),
    "a description in lines too long": Break("docs/blue.md", "A page.", ">\n  A page with more words,\n  more than are shown.", "has 44 characters"),
    "primary server": Break("docs/red.md", "Wear gloves", "On the primary server wear gloves", '"Active Server"'),
    "secondary server": Break("docs/red.md", "Wear gloves", "On the secondary wear gloves", '"Standby Server"'),
    "a role in small letters": Break("docs/red.md", "Wear gloves", "Stop the standby server", '"Standby Server"'),
    "simply": Break("docs/red.md", "Wear gloves", "Simply wear gloves", "Leave it out"),
    "please": Break("docs/red.md", "Wear gloves", "Please wear gloves", "Leave it out"),
    "we": Break("docs/red.md", "Wear gloves", "We wear gloves", "write to the reader"),
    "node": Break("docs/red.md", "| Paint | There |", "| Node | There |", '"Management Server"'),
}

RULE_BREAKS = {
    "a misspelt word": Break("docs/red.md", "Wear gloves", "Recieve gloves", 'Write "receive"'),
    "a misspelt word, in the description": Break("docs/red.md", "paint it red", "paint it red wiht care", 'Write "with"'),
    "a misspelt word, in the data": Break(DATA, "ask: Really?", "ask: Is the databse up?", '"databse" is misspelt'),
    "a misspelt word, in a snippet": Break(SNIPPET, "A note", "A note that was recieved", 'Write "received"'),
    "a placeholder": Break(DATA, "ask: Really?", "ask: …?", "Write the text"),
    "a callout in a snippet": Break(SNIPPET, "A note", "!!! danger\n\n    A note", '"danger" is not a kind'),
    "a fact that is gone": Break("docs/red.md", "Wear gloves", "Wear boots", 'does not say "gloves" any more. Write it again', "---"),
    "a fact as part of a word": Break("docs/red.md", "Wear gloves", "Wear glovess", 'does not say "gloves"', "---"),
    "a fact of a snippet that is gone": Break(SNIPPET, "A note", "A hint", 'does not say "A note"').of("docs/blue.md:1:1:"),
    "a slip of Markdown in a snippet": Break(SNIPPET, "A note, see [Red](red.md#verify).", '!!! note "Wet"\n\nA note.', "is not part of it", "A note."),
    "a work note": Break("docs/red.md", "Wear gloves", "TODO: wear gloves", "Write the text"),
    "a fact of a page that is nowhere": Break("docs/_data/rules/coverage.yml", "  red:", "  rde:", 'Did you mean "red"?'),
    "a rule without its reason": Break("docs/_data/rules/style.yml", ", because: it only holds the place of a text", "", '"because" is missing'),
    "a misspelt key of the form": Break("docs/_data/rules/form.yml", "callouts:", "calouts:", 'Did you mean "callouts"?'),
    "a number of steps that is none": Break("docs/_data/rules/form.yml", "most_steps: 7", "most_steps: many", "most_steps"),
    "master, in the data": Break(DATA, "ask: Really?", "ask: Is the master up?", '"Active Server"'),
    "just, in the data": Break(DATA, "because: Red is warm.", "because: Red is just warm.", "Leave it out"),
    "a route that changed": Break("tests/routes/colour.txt", "sure=really → blue", "sure=really → red", "macros renew"),
    "a route that is gone": Break("tests/routes/colour.txt", "warm=hot → red\n", "", "macros renew"),
    "a schema that is not current": Break(f"{SCHEMAS}/decision.schema.json", '"title": "Goto"', '"title": "Go to"', "macros renew"),
    "a data file without its schema": Break(DATA, SCHEMA, "", SCHEMA.strip()),
    "a data file with another schema": Break(DATA, "decision.schema", "decisions.schema", SCHEMA.strip()),
}

BREAKS = [
    pytest.param(check, one, id=name)
    for check, breaks in ((data, DATA_BREAKS), (calls, CALL_BREAKS), (pages, PAGE_BREAKS), (pages, FORM_BREAKS), (pages, RULE_BREAKS))
    for name, one in breaks.items()
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("bites"))


@pytest.mark.parametrize(("check", "one"), BREAKS)
def test_a_break_is_found(check: Callable[[Path], list[str]], one: Break, project: Path) -> None:
    path = project / one.file
    whole = path.read_text(encoding="utf-8")
    assert one.old in whole
    path.write_text(whole.replace(one.old, one.new, 1), encoding="utf-8")
    try:
        found = check(project)
    finally:
        path.write_text(whole, encoding="utf-8")
    assert any(message.startswith(one.place or f"{one.file}:{one.line(whole)}:") and one.says in message for message in found), found


# ---- What only a whole build shows: ids and other hosts; and the nav ------------------------------

BUILD_BREAKS = {
    "other-host": '<p><img src="https://elsewhere.example/a.png" alt="a"></p>',
    "unlisted-host": "[a](https://elsewhere.example/)",
}


def test_every_break_of_the_whole_is_found(tmp_path: Path) -> None:
    """One build with a page for each break, for a build takes long."""
    project = small_site(tmp_path)
    wanted = ["docs/bad-ids.md:11:"]
    for name, text in BUILD_BREAKS.items():
        page = PAGE.replace("Text.", text)
        (project / "docs" / f"bad-{name}.md").write_text(page, encoding="utf-8")
        line = next(number for number, one in enumerate(page.splitlines(), 1) if re.search(r"\]\(|=\"", one))
        wanted.append(f"docs/bad-{name}.md:{line}:")
    (project / "docs" / "bad-ids.md").write_text(PAGE + '\n{{ decision_tree("colour") }}\n\n## B { #colour-tree }\n', encoding="utf-8")
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    settings += "".join(f"  - bad-{name}.md\n" for name in (*BUILD_BREAKS, "ids"))
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")

    build = mkdocs_build(project)

    assert build.code == 0, build.output
    found = located(wrong_links(build), project) + doubled_ids(build.site, project)
    assert [place for place in wanted if not any(message.startswith(place) for message in found)] == [], found


def test_a_break_of_the_nav_stops_the_build_with_its_line(tmp_path: Path) -> None:
    project = small_site(tmp_path)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8").replace("  - blue.md\n", "  - bleu.md\n")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    first, wrong = (settings.splitlines().index(f"  - {page}") + 1 for page in ("index.md", "bleu.md"))

    build = mkdocs_build(project)

    assert build.code != 0
    for line, says in ((wrong, 'Did you mean "blue.md"?'), (first, 'no entry for the page "blue.md"')):
        assert any(f"mkdocs.yml:{line}:" in one and says in one for one in build.errors), build.output


# ---- What the tools find ------------------------------------------------------------------------


def test_the_tools_find_what_they_are_for(tmp_path: Path) -> None:
    breaks = {
        "no-blank-line": ("## A\nText.\n", "MD022"),
        "an-empty-link": ("[a]()\n", "MD042"),
        "an-image-without-words": ("![](a.png)\n", "MD045"),
        "a-tab": ("\tText\n", "MD010"),
        "a-url-without-brackets": ("https://example.org\n", "MD034"),
    }
    for name, (text, _) in breaks.items():
        (tmp_path / f"{name}.md").write_text(PAGE.replace("Text.\n", text), encoding="utf-8")
    found = markdown_mistakes(tmp_path)
    for name, (_, rule) in breaks.items():
        assert re.search(rf"{name}\.md:\d+:\d+: {rule}: ", found), (rule, found)
