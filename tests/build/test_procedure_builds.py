"""A procedure that does not hold stops the build; one that holds has its states on the page."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support.procedures import FILES
from support.sites import make_project, mkdocs_build


def test_a_site_whose_procedures_hold_is_built_with_the_states_that_follow(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, FILES))
    assert build.code == 0, build.output
    page = BeautifulSoup((build.site / "voyage-sail" / "index.html").read_text(encoding="utf-8"), "html.parser")
    lead = page.select_one('li[data-step="hand-over/1"]')
    assert (lead["data-action"], lead["data-on"], lead["data-of"]) == ("lead", "first", "first")
    assert page.select_one("#no-way-home") is None and page.select_one('[data-accept="no-way-home"][data-no-return]')
    assert len(page.select("[data-stop]")) == 5 and len(page.select("[data-stretch]")) == 1
    assert json.loads(page.select_one("[data-stop]")["data-holds"]) == {"first": [["cut"]], "other": [["cut", "furled"]]}
    assert json.loads(page.select_one('[data-step="look-round/1"]')["data-check"]) == {"active": "following", "first": "leading", "other": "following"}
    assert "{ ." not in page.select_one("article").get_text()


def test_each_stop_shows_the_state_of_its_own_whatever_looks_like_a_stop_before_it(tmp_path: Path) -> None:
    halt = '!!! note "Halt: {} is no stop of a phase"\n\n    Words.\n\n'
    text = FILES["voyage-sail.md"].replace("## Leg 1", halt.format("this") + "```text\n" + halt.format("that") + "```\n\n## Leg 1", 1)
    build = mkdocs_build(make_project(tmp_path, {**FILES, "voyage-sail.md": text}))
    assert build.code == 0, build.output
    page = BeautifulSoup((build.site / "voyage-sail" / "index.html").read_text(encoding="utf-8"), "html.parser")
    phases = json.loads((build.site / "procedures" / "voyage-sail.json").read_text(encoding="utf-8"))["phases"]
    first, *stops = page.select("[data-stop]")
    shown = [[[cell.get_text() for cell in row.select("th, td")] for row in stop.find_next_sibling().select("tbody tr")] for stop in stops]
    wanted = [[[row["called"], *row["words"].values()] for row in stop["state"].values()] for phase in phases for stop in phase["stops"]]
    assert len(shown) == len(wanted) == len(page.select(".state-now")) == 5
    assert shown == wanted
    assert "state-now" not in first.find_next_sibling().get("class", [])


def test_a_warning_is_marked_whatever_its_title_holds(tmp_path: Path) -> None:
    titles = {"code": "Two `boats` lead", "stress": "Two *boats* lead &amp; more", "link": "A [link](help.md) here", "html": "snake_case `a_b` <b>x</b>"}
    pages = {}
    for name, title in titles.items():
        text = FILES["voyage-sail.md"].replace("Two boats lead for a moment", title)
        pages[f"voyage-{name}.md"] = text.replace("## Look round", f'## Look round\n\n!!! warning "{title}"\n\n    Words.')
    build = mkdocs_build(make_project(tmp_path, {**FILES, **pages}))
    assert build.code == 0, build.output
    for name in titles:
        page = BeautifulSoup((build.site / f"voyage-{name}" / "index.html").read_text(encoding="utf-8"), "html.parser")
        assert [one.select_one("p + p").get_text() for one in page.select("[data-stretch]")] == ["Be quick."], name


@pytest.mark.parametrize(("name", "old", "new", "at", "what"), [
    ("voyage-sail.md", '{ .tie of="Old Leader" }', '{ .tie of="New Leader" }', "1. **At the New Leader:** Tie", "New Leader is tied up and is not loose."),
    ("voyage-sail.md", "{ .stretch }", "{ .strech }", ".strech", 'The word "strech" is not known at a warning.'),
    ("voyage-anchor.md", "(#up-again)", "(#up-agian)", "**To turn round:** see [Up", 'The way back follows "#up-agian", where there is no step.'),
    ("_data/rules/form.yml", "goal: all-blue", "goal: all-blu", "all-blu\n", '"goal" names nothing that is called "all-blu".'),
    ("_data/reference/actions.yml", "{of: standby, words", "{of: stand-by, words", "stand-by", '"of" cannot be "stand-by".'),
])
def test_a_fault_stops_the_build_and_names_its_line(name: str, old: str, new: str, at: str, what: str, tmp_path: Path) -> None:
    text = FILES[name].replace(old, new, 1)
    before = text[:text.index(at)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    build = mkdocs_build(make_project(tmp_path, {**FILES, name: text}))
    assert build.code == 1 and f"docs/{name}:{line}:{column}: {what}" in build.output, build.output
    assert "Traceback" not in build.output and not (build.site / "voyage-sail" / "index.html").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("whole", "slip"), [
    ('{ holds="each boat: furled or cut" }', '{ holds="'),
    ('{ holds="each boat: furled or cut" }', '{ holds="each boat: furled or cut }'),
    ("Furl the sails. { .furl }", 'Furl the sails. { .furl holds="'),
    ("Furl the sails. { .furl }", 'Furl the sails. { .furl holds="Leader: furled }'),
])
def test_braces_that_are_left_open_are_named_once_and_nothing_that_follows_from_them(whole: str, slip: str, tmp_path: Path) -> None:
    text = FILES["voyage-anchor.md"]
    assert whole in text
    build = mkdocs_build(make_project(tmp_path, {**FILES, "voyage-anchor.md": text.replace(whole, slip, 1)}))
    (line,) = build.errors
    assert build.code != 0 and "What stands in braces cannot be read." in line
