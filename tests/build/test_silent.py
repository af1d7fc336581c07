"""Markdown that goes wrong in silence stops the build, and names its line."""

from pathlib import Path

from support.examples import files
from support.sites import make_project, mkdocs_build

PAGE = """---
description: A page.
---

# A page

!!! warning "Not indented"

Text.

| A | B |
| --- | --- |
| 1 |
"""


def test_a_slip_stops_the_build_and_names_its_line(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, {**files(), "slip.md": PAGE}))
    assert build.code == 1
    assert [line.split("-")[-1].split(": ")[0].strip() for line in build.errors] == ["docs/slip.md:9:1", "docs/slip.md:13:1"]
    assert not (build.site / "slip" / "index.html").exists()
