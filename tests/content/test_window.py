"""What the window shows: the table made of it, and that no page promises a code where the window has none."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from support.hang import no_hang
from support.sites import ROOT, Build, make_project, mistakes_in_data, write_docs

from macros.decision.model import Decision
from macros.reference.states import FILE as STATES
from macros.reference.states import States
from macros.reference.window import FILE, Window, pages_behind
from macros.source.load import load

SOURCE = ROOT / "docs" / FILE
OWN_TABLE = "[data-window-table]"


@pytest.fixture(scope="module")
def window() -> Window:
    return load(SOURCE, "window.yml", Window)


@pytest.fixture(scope="module")
def codes() -> set[str]:
    return set(load(ROOT / "docs" / STATES, "states.yml", States).states)


def names_of(window: Window) -> list[str]:
    """What a sentence about the window calls it: its name, or one of its columns."""
    return [window.short, *window.columns.model_dump().values()]


# ---- No code where the window is spoken of -----------------------------------------------------


def promised_codes(html: str, names: Iterable[str], codes: set[str]) -> list[str]:
    """Each list item or row of a page that speaks of the window and holds a state code.

    The table that leads from the one to the other is passed over.
    """
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for part in soup.find_all(["li", "tr"]):  # select() does not look into a template
        if part.find_parent(attrs={"data-window-table": True}):
            continue
        text = words(part)
        shown = {words(code) for code in part.find_all("code")} & codes
        if shown and any(name in text for name in names):
            found.append(f"{', '.join(sorted(shown))}: {text[:100]}")
    return found


def words(part: Tag) -> str:
    """The text of a part, also in a template, with single spaces."""
    return " ".join("".join(part.find_all(string=True)).split())


NAMES = ["The Window", "Its Column"]
SPOKEN = [
    ("<li>In The Window, see <code>A_B</code>.</li>", 1),
    ("<li>In The\n Window</li><li>see <code>A_B</code>.</li>", 0),
    ("<li><p>In The <b>Window</b></p><ul><li><code> A_B </code></li></ul></li>", 1),
    ("<table><tr><td>Its Column</td><td><code>A_B</code></td></tr></table>", 1),
    ("<table><tr><td>Its Column</td><td><code>On hold</code></td></tr></table>", 0),
    ("<div data-window-table><table><tr><td>Its Column</td><td><code>A_B</code></td></tr></table></div>", 0),
    ("<p>The Window shows no <code>A_B</code>.</p>", 0),
    ("<template><ul><li>The Window: <code>A_B</code></li></ul></template>", 1),
]


@pytest.mark.parametrize(("html", "count"), SPOKEN)
def test_a_code_beside_the_window_is_found(html: str, count: int) -> None:
    assert len(promised_codes(html, NAMES, {"A_B"})) == count


def test_no_step_or_row_that_speaks_of_the_window_promises_a_code(built: Build, window: Window, codes: set[str]) -> None:
    found = {
        page.relative_to(built.site).as_posix(): wrong for page in sorted(built.site.rglob("*.html"))
        if (wrong := promised_codes(page.read_text(encoding="utf-8"), names_of(window), codes))
    }
    assert found == {}


# ---- The table ---------------------------------------------------------------------------------

# The window's texts by the facts, by hand: the row of the table → the status and the words per server.
FACTS = {
    "healthy": [("OK", "Active database replication is enabled"), ("OK", "Standby database replication is enabled")],
    "none-initialized": [
        ("No standby initialized", "Active database replication started but no standby server connected"),
        ("On hold", "Standby database replication not enabled")],
    "one-on-hold": [
        ("OK", "Active database replication partially enabled"), ("OK", ""), ("On hold", "Standby database replication not enabled")],
    "not-accessible": [("Not accessible", "")],
    "init-running": [("Init standby...", "")],
}
LEADS = {
    "healthy": None, "none-initialized": "no-standby-initialized", "one-on-hold": "one-not-initialized",
    "not-accessible": "not-accessible", "init-running": "initialization-running", "sign-begins": None, "sign-broken": None,
}


@pytest.fixture(scope="module")
def rows(built: Build) -> dict[str, Tag]:
    soup = BeautifulSoup((built.site / "window" / "index.html").read_text(encoding="utf-8"), "html.parser")
    return {str(row["id"]).removeprefix("shown-"): row for row in soup.select(f"{OWN_TABLE} tr[id]")}


def test_the_table_shows_each_text_of_the_window(rows: dict[str, Tag]) -> None:
    shown = {
        name: [(words(line.code), words(line.select_one(".status-table__info")) if line.select_one(".status-table__info") else "")
               for line in row.select('th[scope="row"] .status-table__line')]
        for name, row in rows.items() if not name.startswith("sign-")
    }
    assert shown == FACTS


def test_each_row_leads_to_what_helps(rows: dict[str, Tag]) -> None:
    links = {name: row.select_one('[data-label="What helps"] a') for name, row in rows.items()}
    assert {name: link and link["href"].partition("#")[2] for name, link in links.items()} == LEADS


def test_codes_that_the_source_does_not_name_are_marked_as_a_conclusion(rows: dict[str, Tag]) -> None:
    marked = {name for name, row in rows.items() if row.select_one('a[href$="#our-conclusions"]')}
    assert marked == {"none-initialized", "one-on-hold"}


def test_the_table_of_states_says_what_the_window_shows(built: Build, window: Window, codes: set[str]) -> None:
    soup = BeautifulSoup((built.site / "replication-states" / "index.html").read_text(encoding="utf-8"), "html.parser")
    shown = {}
    for code in codes:
        cell = soup.select_one(f'tr#{code} [data-label="In the window"]')
        shown[code] = [words(one) for one in cell.select("code")] or words(cell)
    known = {"ACT_REP": ["OK"], "STB_REP": ["OK"], "ACT_REP_EX": ["OK"], "ACT_NO_REP": ["No standby initialized"], "STB_NO_REP": ["On hold"]}
    assert shown == {code: known.get(code, "Not known") for code in codes}


# ---- Mistakes in the data ----------------------------------------------------------------------

# What a writer wrote, what it replaces, and how the message begins.
MISTAKES = {
    "unknown key": ("  statsu: DB", "  status: DB", 'The key "statsu" is not known here. Did you mean "status"?'),
    "no code": ("code: ACT_REPS}", "code: ACT_REP}", 'There is no state "ACT_REPS". Did you mean "ACT_REP"?'),
    "a code in small letters": ("code: act_rep}", "code: ACT_REP}", '"act_rep" is not a state code.'),
    "no section": ("page: recovery.md#not-accesible", "page: recovery.md#not-accessible", 'Did you mean "not-accessible"?'),
    "no page": ("page: windows.md#what", "page: window.md#what", 'There is no page "windows.md" in docs/. Did you mean "window.md"?'),
    "no tree": ("{tree: recover,", "{tree: recovery,", 'There is no tree "recover". Did you mean "recovery"?'),
    "no question": ("question: clients,", "question: client,", 'The tree "recovery" has no question "clients". Did you mean "client"?'),
    "no answer": ("answer: none-initialised}", "answer: none-initialized}", 'Did you mean "none-initialized"?'),
    "an answer that leads elsewhere": (
        "answer: one-on-hold}", "answer: none-initialized}",
        'The answer "one-on-hold" leads to "recovery.md#one-not-initialized", and this case to "recovery.md#no-standby-initialized".'),
    "a case without rows": ("    rows: {}\n    x:", "    rows:", "has fewer than 1 entries"),
    "empty": ("    means:\n", "    means: Replication works on every server.\n", '"means" is empty.'),
    "an unquoted version": ("version: 7.5\n", 'version: "7.5.0"\n', '"version" must be a text, not a number.'),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    wrong, right, expected = MISTAKES[name]
    text = SOURCE.read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    docs = {path.relative_to(ROOT / "docs").as_posix(): path.read_text(encoding="utf-8")
            for path in (ROOT / "docs").rglob("*") if path.suffix in (".md", ".yml")}
    found = mistakes_in_data(write_docs(tmp_path, {**docs, FILE: text.replace(right, wrong, 1)}))
    assert any(one.startswith(f"docs/{FILE}:{line}:") and expected in one for one in found), found


def test_an_answer_may_lead_to_the_section_by_another_question(tmp_path: Path) -> None:
    tree = """\
title: Which way
start: first
other_outcomes:
  left: {title: Left, page: a.md#left}
  right: {title: Right, page: a.md#right}
questions:
  first: {ask: Far?, answers: {far: {label: Far, goto: second, because: It is.}, near: {label: Near, choose: left, because: It is.}}}
  second: {ask: Really?, answers: {yes: {label: Really, choose: right, because: It is.}, no: {label: No, choose: left, because: No.}}}
"""
    data = """\
page: a.md
name: The Window
short: Window
version: "1"
conclusions: a.md
columns: {mode: Mode, status: Status, info: Info}
cases:
  dark: {rows: {one: {server: It, status: Dark}}, means: It is dark., next: Wait., page: a.md#right,
    answer: {tree: way, question: first, answer: far}}
"""
    pages = {"a.md": "# A\n\n## Left\n\n## Right\n", "_data/way.yml": tree, FILE: data}
    project = make_project(tmp_path, pages)
    assert mistakes_in_data(project) == []
    (project / "docs" / FILE).write_text(data.replace("answer: far", "answer: near"), encoding="utf-8")
    (found,) = mistakes_in_data(project)
    assert found.startswith(f"docs/{FILE}:9:") and 'leads to "a.md#left", and this case to "a.md#right"' in found


def test_the_sections_behind_an_answer_are_found_however_many_ways_there_are() -> None:
    size = 30
    decision = Decision.model_validate({
        "title": "A long one", "start": "q0",
        "other_outcomes": {name: {"title": name, "page": f"a.md#{name}"} for name in ("early", "late", "last")},
        "questions": {f"q{number}": {"ask": "?", "answers": {f"a{answer}": {
            "label": str(answer), "because": "So.",
            **({"choose": "early"} if number == answer == 0 else
               {"goto": f"q{number + 1}"} if number < size - 1 else {"choose": "last" if answer else "late"}),
        } for answer in range(4)}} for number in range(size)},
    })
    with no_hang():
        assert pages_behind(decision, "q0", "a0") == ["a.md#early"]
        assert pages_behind(decision, "q0", "a1") == ["a.md#late", "a.md#last"]
