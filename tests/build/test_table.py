"""The comparison table shows the data, cell by cell, and follows it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support.examples import TREE, files
from support.readers import cells
from support.sites import Build, make_project, mkdocs_build

from macros.decision.model import Decision


def test_the_table_is_the_data(built: Build, upgrade: Decision) -> None:
    methods = upgrade.methods.values()
    head = ["", *(f"{m.title} recommended" if m.recommended else m.title for m in methods)]
    body = [[title, *(m.criteria[name] for m in methods)] for name, title in upgrade.criteria.items()]
    assert cells(built.site / "upgrade" / "index.html") == [head, *body]


def test_each_method_links_to_its_page(built: Build, upgrade: Decision) -> None:
    page = built.site / "upgrade" / "index.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    links = [a["href"] for a in soup.select(".comparison-table thead a")]
    targets = [(page.parent / link / "index.html").resolve() for link in links]
    assert targets == [(built.site / m.page.removesuffix(".md") / "index.html").resolve() for m in upgrade.methods.values()]


@pytest.mark.slow
def test_a_change_of_the_data_alone_changes_table_and_tree(tmp_path: Path) -> None:
    changed = (
        TREE.replace("title: Red", "title: Crimson").replace("mood: Calm", "mood: Peaceful")
        .replace("cold: {label: Cold, goto: sure", "cold: {label: Cold, choose: blue")
        .replace("really: {label: Really, choose: blue", "really: {label: Really, goto: third", 1)
        .replace("start: warm", "start: sure")
        + "  third:\n    ask: A third question?\n    answers:\n"
        "      yes: {label: Yes, choose: blue, because: Why not.}\n"
        "      again: {label: No, goto: warm, because: Ask again.}\n"
    )
    build = mkdocs_build(make_project(tmp_path, files(changed)))
    assert build.code == 0, build.output
    page = build.site / "index.html"
    assert cells(page) == [["", "Crimson", "Blue recommended"], ["Mood", "Lively", "Peaceful"]]
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    legends = [legend.get_text() for legend in soup.select("legend")]
    assert legends == ["Warm or cold?", "Really?", "A third question?"]
    cold = soup.select_one('[data-question="warm"] [data-answer="cold"] a')
    assert cold is not None and cold["href"] == "#colour-outcome-blue"
    assert "Crimson" in soup.select_one('[data-outcome="red"] h3').get_text()
