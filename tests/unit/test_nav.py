"""The navigation in the settings: each mistake has its line, and what is right is let alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pathspec.gitignore import GitIgnoreSpec
from support.sites import ROOT, write_docs

from macros.content.nav import nav_mistakes, shape_mistakes
from macros.page.site import Site

RIGHT = """\
site_url: !ENV [ADDRESS, "https://a.example/"]
nav:
  - index.md
  - More:
      - Red: colours/red.md
      - Elsewhere: https://b.example/
theme: {name: material}
"""
PAGES = {"index.md": "# A\n", "colours/red.md": "# Red\n", "blue.md": "---\nmoved_from: [azure.md]\n---\n\n# Blue\n"}


def found(folder: Path, settings: str, hidden: str = "/blue.md") -> list[tuple[str, int, str]]:
    site = Site(write_docs(folder, PAGES) / "docs")
    return [(page, one.line, f"{one.what} {one.fix}") for page, one in nav_mistakes(settings, site, GitIgnoreSpec.from_lines([hidden]).match_file)]


@pytest.mark.parametrize("settings", [RIGHT, "site_name: A\n", "nav:\n", "nav: []\n", 'nav:\n  - !ENV [FIRST, "index.md"]\n'])
def test_a_right_nav_has_no_wrong_shape(settings: str) -> None:
    assert shape_mistakes(settings) == []


def test_a_right_nav_and_a_hidden_page_are_let_alone(tmp_path: Path) -> None:
    assert found(tmp_path, RIGHT) == []
    assert found(tmp_path, "site_name: A\n", "") == [], "without nav: MkDocs makes one"


def test_a_page_without_an_entry_is_named_with_the_nav(tmp_path: Path) -> None:
    [(page, line, says)] = found(tmp_path, RIGHT, "")
    assert (page, line) == ("blue.md", 3) and "Write `- Title: blue.md`" in says


@pytest.mark.parametrize(("path", "says"), [
    ("colours/rde.md", 'Did you mean "colours/red.md"?'), ("red.md", "leads to no page"), ("azure.md", 'Did you mean "blue.md"?'),
    ("/index.md", 'Did you mean "index.md"?'), ("http://[a", "leads to no page"),
])
def test_an_entry_that_names_no_page_has_its_line(path: str, says: str, tmp_path: Path) -> None:
    [(_, line, said)] = found(tmp_path, RIGHT.replace("theme:", f'  - More: "{path}"\ntheme:'))
    assert line == 7 and says in said


@pytest.mark.parametrize(("nav", "line", "says"), [
    ("nav: index.md\n", 1, "`nav:` has no list"),
    ("<<<<<<< HEAD\nnav:\n  - A: a.md\n=======\nnav:\n  - B: b.md\n>>>>>>> other\n", 1, "A merge was not finished here."),
    ("nav:\n  A: index.md\n", 2, "`nav:` has no list"),
    ("nav:\n  - A:\n  - B: b.md\n", 2, 'The entry "A" of `nav:` names no page'),
    ("nav:\n  - A: a.md\n    B: b.md\n", 3, "behind one dash"),
    ("nav:\n  - A:\n      B: b.md\n", 3, 'The section "A" of `nav:` has no list'),
    ("nav:\n  - a.md\n  - 7\n", 3, "names no page"),
    ("nav:\n  - [a.md]\n", 2, "names no page"),
    ('nav:\n  - A: "a.md\n', 2, "quotation mark"),
    ("site_name: Übergröße\nnav:\n  - A\x07: a.md\n", 3, "There is a character that YAML does not allow."),
])
def test_a_nav_of_another_shape_has_its_line(nav: str, line: int, says: str) -> None:
    [mistake] = shape_mistakes(nav)
    assert mistake.line == line and says in mistake.what and mistake.fix


def test_the_front_door_names_it_before_mkdocs_does(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - A:\n", encoding="utf-8")
    command = [sys.executable, "-m", "macros.plugin", "settings"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 1 and done.stderr.startswith('mkdocs.yml:2:5: The entry "A"')
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\n{RIGHT}", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stderr) == (0, "")
