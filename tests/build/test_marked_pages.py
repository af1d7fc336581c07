"""What a page marks follows the rules of its site, through a whole build."""

from pathlib import Path

from bs4 import BeautifulSoup
from support.sites import make_project, mkdocs_build

FORM = """\
# yaml-language-server: $schema=../schema/form.schema.json
callouts: [note, warning]
steps: [At …door…]
example: At the front door
procedures:
  pages: walk-*.md
  sections: [Phase]
  phase: Phase
  most_steps: 7
  stop: "Halt: "
  back: Way out
"""
PAGE = """\
---
description: A walk through the house.
---

# Walk

1. **At the front door:** Open it.

!!! note "Halt: wait until it is open"

    It is heavy.

**Way out:** close it.
"""
MARKS = ("data-step", "data-stop", "data-way-back")


def test_the_words_that_are_marked_stand_in_the_data_alone(tmp_path: Path) -> None:
    for number, (form, wanted) in enumerate([(FORM, [1, 1, 1]), (FORM.replace("Halt", "Wait").replace("Way out", "Back"), [1, 0, 0])]):
        project = make_project(tmp_path / str(number), {"index.md": PAGE, "_data/rules/form.yml": form})
        build = mkdocs_build(project)
        assert build.code == 0, build.output
        article = BeautifulSoup((build.site / "index.html").read_text(encoding="utf-8"), "html.parser").article
        assert [len(article.select(f"[{mark}]")) for mark in MARKS] == wanted
