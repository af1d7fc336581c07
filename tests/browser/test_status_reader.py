"""The table of states, and the reader of status reports in a real browser."""

import gzip
import io
import json
import re
import zipfile
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from support.examples import files
from support.accessible import broken_rules
from support.readers import expect_no_new_page
from support.report_sources import MANGLED, MANGLERS, SETS
from support.reports import (
    ACTIVE,
    CASES,
    CONNECTIONS,
    DK1,
    DK2,
    GONE,
    HOST,
    HEALTHY,
    LOG,
    MADE,
    OF_THREE,
    OPTIONAL,
    SETUP,
    STANDBY,
    altered,
    huge_texts,
    report,
    slot,
    text_of,
    whole_set,
)
from support.run_site import own_data
from support.sites import ROOT, Build, Server, make_project, making, mistakes_in_data, mkdocs_build, write_docs
from support.tabs import Tabs
from support.work import work_of

from macros.decision.model import Decision
from macros.reference.checks import FILE as CHECKS
from macros.reference.checks import Checks
from macros.reference.states import FILE, States
from macros.source.load import load

SOURCE = ROOT / "docs" / FILE
NOW = "2026-02-18T10:45:00Z"  # shortly after the reports of these tests
JUDGED = {"works", "broken", "unclear", "single"}


@pytest.fixture(scope="module")
def states() -> States:
    return load(SOURCE, "states.yml", States)


# A clock that goes on: the theme waits by it.
CLOCK = f"{{ const [now, shift] = [Date.now, Date.parse('{NOW}') - Date.now()]; Date.now = () => now() + shift; }}"


@contextmanager
def watched(tabs: Tabs) -> Iterator[Page]:
    """A page as new. At the end it may have thrown nothing, and run no text of a report."""
    errors: list[str] = []
    with tabs.lend(CLOCK) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"a text of a report was run: {dialog.message}"))
        yield page
    assert errors == []


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    with watched(tabs) as page:
        yield page


def own_docs() -> dict[str, str]:
    """This project's own pages and data."""
    return {path.relative_to(ROOT / "docs").as_posix(): path.read_text(encoding="utf-8")
            for path in (ROOT / "docs").rglob("*") if path.suffix in (".md", ".yml", ".txt")}


DESCRIBED = "---\ndescription: A page of the tests.\n---\n\n"
# A run is known on a site with rules for the form of pages, and played on one with actions.
FORM = """
callouts: [note]
steps: [On …]
example: On it
procedures: {pages: none.md, sections: [One], phase: One, most_steps: 7, stop: Stop, back: Back}
"""
WITH_RUN = """# A run

{{ runbook(active="Active Server") }}

## One

1. **On the Active Server:** Begin.

""" + "Much of it.\n\n" * 60 + """## Two { #two }

1. **On each Standby Server:** End.

""" + "More of it.\n\n" * 60


@pytest.fixture(scope="module")
def elsewhere(built_once: Callable[..., Build]) -> str:
    """A small site with this project's reader on a page alone, on that of its tree and twice on one in a folder; its address."""
    own = own_docs()
    data = {name: own[name] for name in ("_data/upgrade.yml", "_data/words.yml", "_data/reference/actions.yml", FILE, CHECKS)}
    # Of the pages that help, the sections are enough.
    pages: dict[str, str] = defaultdict(lambda: "# It helps")
    for name, section in set(re.findall(r"([\w-]+\.md)#?([\w-]*)", "".join(data.values()))):
        pages[name] += f"\n\n## {section or 'All'}\n"
    pages["replication-states.md"] += "\n\n{{ status_reader() }}\n"
    pages["deep/down/twice.md"] = "# Twice\n\n## One\n\n{{ status_reader() }}\n\n## Two\n\n{{ status_reader() }}\n"
    pages["upgrade.md"] = '# Upgrade\n\n{{ decision_tree("upgrade") }}\n\n## The reports\n\n{{ status_reader() }}\n'
    # A page with a run helps with one state.
    pages["deep/run.md"] = WITH_RUN
    states, checks = yaml.safe_load(data[FILE]), yaml.safe_load(data[CHECKS])
    states["states"]["STB_NO_REP"]["page"] = "deep/run.md#two"
    del checks["phases"]
    data |= {FILE: json.dumps(states), CHECKS: json.dumps(checks), "_data/rules/form.yml": FORM}
    return built_once("elsewhere", making({**data, **{name: DESCRIBED + text for name, text in pages.items()}})).url.rstrip("/")


def opened(page: Page, url: str) -> Locator:
    page.goto(f"{url}/replication-states/")
    return page.locator("[data-status-reader].is-live")


@pytest.fixture
def own_reader(page: Page, elsewhere: str) -> Locator:
    """The reader on a short page of its own: for what changes the page, keeps something or leaves."""
    return opened(page, elsewhere)


@pytest.fixture(scope="module")
def shared_reader(tabs: Tabs, site: Server) -> Iterator[Locator]:
    with watched(tabs) as page:
        yield opened(page, site.url)


# As a reader puts it back, and nothing may be left then.
CLEARED = """reader => {
    for (const one of reader.querySelectorAll("details")) one.open = false;
    reader.querySelector("select").selectedIndex = 0;
    reader.querySelector("[data-action=clear]").click();
    document.activeElement.blur();
    return reader.querySelectorAll("[data-part=verdict] [data-verdict], [data-part=servers] tr, [data-finding]").length + reader.querySelector("textarea").value.length + localStorage.length;
}"""


@pytest.fixture
def reader(shared_reader: Locator) -> Locator:
    """The reader with nothing in it, on a page that the tests share: for what is only pasted, dropped or chosen."""
    assert shared_reader.evaluate(CLEARED) == 0
    return shared_reader


def paste(reader: Locator, text: str) -> None:
    """As an input of its whole text; typing is slow with a long one."""
    reader.get_by_label("Status reports", exact=True).evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", text)


def verdict(reader: Locator) -> str:
    """The id of the verdict that is shown, or an empty text."""
    shown = reader.locator("[data-part=verdict]").locator("[data-verdict]")
    return shown.get_attribute("data-verdict") if shown.count() else ""


def servers(reader: Locator) -> list[tuple[str, str]]:
    """Each server with its state code, row by row."""
    return [tuple(row) for row in reader.locator("[data-part=servers] tr").evaluate_all(
        "rows => rows.map(row => [row.querySelector('th').textContent.trim(), row.querySelector('code').textContent])")]


def findings(reader: Locator) -> set[str]:
    return set(reader.locator("[data-finding]").evaluate_all("items => items.map(item => item.dataset.finding)"))


DROP_FILES = """(reader, files) => {
    const data = new DataTransfer();
    for (const file of files) data.items.add(file);
    reader.querySelector("textarea").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
DROP = f"""(reader, pieces) => ({DROP_FILES})(reader, [new File([({MADE})(pieces)], "reports.txt")])"""
DROPPED = """async (reader, all) => {
    const drop = """ + DROP_FILES + """;
    const verdict = reader.querySelector("[data-part=verdict]");
    const found = [];
    for (const files of all) {
        reader.querySelector("[data-action=clear]").click();
        const shown = new Promise(done => new MutationObserver(done).observe(verdict, { childList: true }));
        drop(reader, files.map(([name, bytes]) => new File([Uint8Array.from(atob(bytes), sign => sign.charCodeAt())], name)));
        await shown;
        found.push([verdict.querySelector("[data-verdict]").dataset.verdict, verdict.innerText, [...reader.querySelectorAll("[data-finding]")].map(item => item.dataset.finding)]);
    }
    return found;
}"""


def dropped(reader: Locator, sets: list[dict[str, bytes]]) -> list[tuple[str, str, list[str]]]:
    """The verdict, its words and the findings of each set of files, by their names, one after the other."""
    return reader.evaluate(DROPPED, [[[name, b64encode(data).decode()] for name, data in files.items()] for files in sets])


def plain(text: str) -> str:
    """A text of the data as a reader sees it."""
    return text.replace("`", "")


# ---- The table -------------------------------------------------------------------------------


def test_the_table_has_every_state_with_an_anchor(built: Build, states: States) -> None:
    soup = BeautifulSoup((built.site / "replication-states" / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = {row["id"]: row for row in soup.select(".md-content .status-table tr[id]")}
    assert list(rows) == list(states.states)
    for code, state in states.states.items():
        text = rows[code].get_text(" ", strip=True)
        assert text.startswith(code) and state.means in text and plain(state.next) in re.sub(r" (?=[,.])", "", text)
        link = rows[code].select_one("[data-part=page]")
        assert (link["href"].rpartition("/")[2] if link else None) == (state.page and "#" + state.page.partition("#")[2])


# The table of the facts, by hand: code → does replication work?
WORKS = {
    "ACT_REP": "Yes", "STB_REP": "Yes", "ACT_REP_EX": "In part", "ACT_NO_REP": "No", "STB_NO_REP": "No",
    "ACT_ONHOLD": "No", "STB_ONHOLD": "No", "STB_ACTREP": "Yes, still in the old direction", "BROKEN_ACT_STB": "No", "UNKNOWN": "No",
    "LEGACY_MODE": "No", "SINGLE_SERVER": "Not needed",
}


def test_the_table_says_for_each_state_whether_replication_works(built: Build) -> None:
    soup = BeautifulSoup((built.site / "replication-states" / "index.html").read_text(encoding="utf-8"), "html.parser")
    said = {row["id"]: row.select_one('[data-label="Replication works"]').get_text(" ", strip=True).split(" ", 1)[1]
            for row in soup.select(".md-content .status-table tr[id]")}
    assert said == WORKS


# ---- The reader ------------------------------------------------------------------------------


# What the page shows for each text, one after the other: nothing of one may be left for the next.
SHOWN = """(reader, texts) => texts.map(text => {
    const all = (selector, what) => [...reader.querySelectorAll(selector)].map(what);
    const box = reader.querySelector("textarea");
    box.value = text;
    box.dispatchEvent(new Event("input"));
    return {
        verdict: reader.querySelector("[data-part=verdict] [data-verdict]")?.dataset.verdict ?? "",
        servers: all("[data-part=servers] tr", row => [row.querySelector("th").innerText, row.querySelector("code").innerText]).sort(),
        findings: all("[data-finding]", item => item.dataset.finding).sort(),
        links: [...new Set(all("[data-part=result] a", link => link.innerText.startsWith("Section that helps") ? link.href.split("#")[1] : null))].filter(link => link).sort(),
        seen: reader.querySelector("[data-part=result]").offsetHeight > 0,
        foreign: reader.querySelectorAll("script, img, style, [style]").length,
    };
})"""


def test_each_report_has_its_verdict(reader: Locator) -> None:
    expected = {name: {
        "verdict": case.verdict, "servers": sorted(map(list, case.servers)), "findings": sorted(case.findings), "links": sorted(case.recovery),
        "seen": case.verdict in JUDGED, "foreign": 0,
    } for name, case in CASES.items()}
    found = dict(zip(CASES, reader.evaluate(SHOWN, [case.text for case in CASES.values()]), strict=True))
    assert {name: found[name] for name in CASES if found[name] != expected[name]} == {}


def test_the_reports_cover_every_state(states: States) -> None:
    codes = {code for case in CASES.values() for _, code in case.servers}
    assert set(states.states) <= codes
    assert len(CASES) >= 20


def test_each_row_says_what_the_states_page_says(reader: Locator, states: States) -> None:
    for code, state in states.states.items():
        paste(reader, report("10", code, role="Active" if state.role == "active" else "Standby"))
        row = reader.locator("[data-part=servers] tr")
        expect(row).to_contain_text(state.means)
        expect(row).to_contain_text(plain(state.next))
        assert WORKS[code] in row.inner_text()


def test_while_several_servers_are_active_no_row_says_to_act_on_its_server(reader: Locator, states: States) -> None:
    split = [report("10", "ACT_NO_REP"), report("1174", "ACT_REP", role="Active"), report("1296", "STB_NO_REP")]
    nexts = reader.locator("[data-part=servers] [data-part=next]")
    paste(reader, "".join(split))
    first = own_data().checks.checks["several-active"].first
    assert first
    expect(nexts).to_have_text([first] * 3)
    assert nexts.get_by_role("link").count() == 0
    expect(reader.locator("[data-finding=several-active]").get_by_role("link")).to_have_count(1)
    # Once it is solved, each row has its own words again.
    paste(reader, split[0] + split[2])
    assert sorted(text.split(" Section")[0] for text in nexts.all_inner_texts()) == sorted(plain(states.states[code].next) for code in ("ACT_NO_REP", "STB_NO_REP"))


def test_no_row_with_something_open_says_that_nothing_is_to_be_done(reader: Locator, states: States) -> None:
    nothing = states.states["STB_REP"].next
    rows = reader.locator("[data-part=servers] tr")
    title = own_data().checks.checks["contradiction"].title
    paste(reader, altered("1296", SETUP, "Active Publication", to=True))
    page_says = {row.locator("[data-part=server]").inner_text(): row.locator("[data-part=next]").inner_text() for row in rows.all()}
    assert title in page_says[DK2] and page_says[HOST] == nothing
    expect(reader.locator("[data-finding=contradiction]")).to_contain_text(title)
    paste(reader, report("1174", "STB_REP") + report("10", "STB_REP"))
    assert "no-active" in findings(reader)
    expect(rows.locator("[data-part=next]")).to_have_text([re.compile(own_data().checks.checks["no-active"].title)] * 2)


def verdicts(reader: Locator, texts: list[str]) -> list[str]:
    """The verdict of each text, one after the other."""
    return reader.evaluate("""(reader, texts) => texts.map(text => {
        const box = reader.querySelector("textarea");
        box.value = text;
        box.dispatchEvent(new Event("input"));
        return reader.querySelector("[data-part=verdict] [data-verdict]").dataset.verdict;
    })""", texts)


def test_what_a_version_does_not_report_is_no_contradiction(reader: Locator) -> None:
    texts = {(key, place): altered(key, *place, to=GONE) for key in ("10", "1174") for place in OPTIONAL}
    found = dict(zip(texts, verdicts(reader, list(texts.values())), strict=True))
    assert {name: said for name, said in found.items() if said != "works"} == {}


# The names of two files of a healthy set of two → what is found.
FILE_NAMES = {
    ("20260218_103919_status.json", "20260218_104200_status.json"): set(),
    ("2026-02-18_10-39-19_status.json", "2026-02-18_10.42.00_status.json"): set(),
    ("20260218_103919_status.json", "20260220_104200_status.json"): {"apart"},
    ("2026-02-18_10-39-19_status.json", "2026-02-20_10-42-00_status.json"): {"apart"},
    ("active.json", "20260220_104200_status.json"): set(),
    ("20269999_999999_status.json", "20260220_104200_status.json"): {"impossible-time"},
    ("20260231_103919_status.json", "standby.json"): {"impossible-time"},
    ("2026-02-18_24-00-00_status.json", "standby.json"): {"impossible-time"},
}


def test_the_names_of_files_say_when_their_reports_were_written(own_reader: Locator, page: Page) -> None:
    page.evaluate("Date.now = () => Date.parse('2026-02-19T10:42:00Z')")
    found = dropped(own_reader, [dict(zip(names, (ACTIVE.encode(), STANDBY.encode()), strict=True)) for names in FILE_NAMES])
    assert all("Reports read: 2." in said for _, said, _ in found)
    assert [(verdict, set(findings)) for verdict, _, findings in found] == [("unclear" if findings else "works", findings) for findings in FILE_NAMES.values()]


def test_a_file_written_long_after_the_last_contact_is_not_believed(reader: Locator) -> None:
    reader.get_by_label("Report files").set_input_files([
        {"name": f"20260222_1000{number}0_status.json", "mimeType": "application/json", "buffer": text.encode()}
        for number, text in enumerate(text_of(whole_set()).splitlines())
    ])
    expect(reader.locator("[data-part=verdict]")).to_contain_text("It cannot be told yet")
    assert findings(reader) == {"apart"}


def test_of_two_reports_that_say_the_same_the_newer_one_counts(reader: Locator) -> None:
    old = altered("1174", SETUP, CONNECTIONS, to=slot("1174", Last_Receive="2026-01-01 00:00:00+0000")).splitlines()[1]
    new = altered("1174", SETUP, CONNECTIONS, to=slot("1174", Last_Receive="2026-02-18 10:30:00+0000")).splitlines()
    for text in (["\n".join([old, *new])], ["\n".join([*new, old])]):
        assert verdicts(reader, text) == ["works"]
        assert findings(reader) == {"repeated"}


def test_a_text_of_megabytes_does_not_freeze_the_page(counting_browser: Browser, elsewhere: str) -> None:
    """A worker reads it, and the page has its servers to judge and no more than a number of them to show."""
    page = counting_browser.new_page()
    steps = work_of(page, "/status-")
    reader = opened(page, elsewhere)

    def work(name: str, size: int) -> int:
        pieces, expected = huge_texts(size)[name]
        reader.get_by_role("button", name="Clear").click()
        steps()
        reader.evaluate(f"""(reader, pieces) => new Promise(done => {{
            new MutationObserver(() => done()).observe(reader.querySelector("[data-part=verdict]"), {{ childList: true }});
            ({DROP})(reader, pieces);
        }})""", pieces)
        assert verdict(reader) == expected, name
        assert len(reader.inner_text()) < 20_000, name
        return steps()

    # The proofs of the core have the others.
    for name in ("log with two reports", "a string without an end"):
        assert work(name, 2_400_000) < 1.1 * work(name, 600_000), name  # it is told more often how far the worker is
    judged = "reports of many servers"
    assert work(judged, 2_400_000) <= 4 * work(judged, 600_000)
    page.context.close()


def test_many_servers_are_shown_up_to_a_number(reader: Locator) -> None:
    listed = " ".join(f"A ({key})" for key in range(52))
    paste(reader, "".join(report(str(key), "STB_REP", listed) for key in range(52)))
    assert len(servers(reader)) == 50
    assert "too-many" in findings(reader)


def test_a_long_paste_is_read_without_filling_the_box(reader: Locator) -> None:
    pieces, _ = huge_texts(5_000_000)["log with two reports"]
    box = reader.get_by_label("Status reports", exact=True)
    box.evaluate(f"""(box, pieces) => {{
        const data = new DataTransfer();
        data.setData("text", ({MADE})(pieces));
        box.dispatchEvent(new ClipboardEvent("paste", {{ clipboardData: data, bubbles: true, cancelable: true }}));
    }}""", pieces)
    expect(reader.locator("[data-part=verdict]").first).to_contain_text("Replication works")
    assert (verdict(reader), servers(reader)) == ("works", HEALTHY)
    assert box.input_value() == ""
    expect(reader).to_contain_text("Also read: Pasted text")


def test_files_add_to_the_text_and_clear_takes_all_away(reader: Locator) -> None:
    paste(reader, OF_THREE[0])
    assert verdict(reader) == "unclear"
    reader.get_by_label("Report files").set_input_files([
        {"name": f"{number}_<b>.json", "mimeType": "application/json", "buffer": text.encode()}
        for number, text in enumerate(OF_THREE[1:])
    ])
    expect(reader.locator("[data-part=verdict]")).to_contain_text("Replication works on every server. Reports read: 3.")
    expect(reader).to_contain_text("Also read: 0_<b>.json, 1_<b>.json")
    reader.get_by_role("button", name="Clear").click()
    assert verdict(reader) == "" and servers(reader) == []
    expect(reader.get_by_label("Status reports", exact=True)).to_be_focused()
    expect(reader.get_by_text("Also read")).to_be_hidden()


def test_the_name_of_a_file_turns_nothing_that_stands_beside_it(reader: Locator) -> None:
    """A mark for another direction would show the rest of the line backwards."""
    reader.get_by_label("Report files").set_input_files([{"name": f"a{mark}nosj.json", "mimeType": "application/json", "buffer": ACTIVE.encode()} for mark in "\u202e\u2067"])
    expect(reader.locator("[data-part=names]")).to_have_text("anosj.json, anosj.json")


def test_too_much_text_is_said(reader: Locator) -> None:
    reader.evaluate(DROP, [["x", 26_000_001]])
    expect(reader.locator("[data-part=verdict]")).to_contain_text("too much text")


def test_nothing_is_requested_and_nothing_stored(own_reader: Locator, page: Page) -> None:
    page.wait_for_load_state("networkidle")
    stored = "async () => [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie, location.href, (await indexedDB.databases()).length]"
    before = page.evaluate(stored)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("two Active", "script in a name", "healthy set of three", "not JSON"):
        paste(own_reader, CASES[name].text)
    own_reader.get_by_label("Report files").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": ACTIVE.encode()})
    expect(own_reader).to_contain_text("Also read: a.json")
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert page.evaluate(stored) == before
    page.reload()
    assert own_reader.get_by_label("Status reports", exact=True).input_value() == ""


@pytest.mark.parametrize(("text", "answer_id"), [
    (ACTIVE + STANDBY, "ok"),
    (ACTIVE + report("1174", "STB_ONHOLD"), "broken"),
])
def test_the_verdict_answers_the_question_of_the_tree(
    text: str, answer_id: str, own_reader: Locator, page: Page, upgrade: Decision
) -> None:
    paste(own_reader, text)
    loaded_by_the_theme = expect_no_new_page(page)
    own_reader.get_by_role("link", name=upgrade.questions["replication"].answers[answer_id].label).click()
    page.wait_for_url(f"**/upgrade/?upgrade.replication={answer_id}#upgrade-tree")
    tree = page.locator("[data-decision-tree].is-live")
    expect(tree.locator(f"[data-question={upgrade.start}]")).to_be_visible()
    expect(tree.get_by_role("status")).to_contain_text(upgrade.questions["replication"].answers[answer_id].label)
    loaded_by_the_theme()


# What is pasted → the answers that it leaves open: whether a fault was known, and what was excluded on purpose, no report says.
OFFERED = {
    ACTIVE + STANDBY: {"ok"},
    ACTIVE + report("1174", "STB_ONHOLD"): {"broken", "known"},
    report("10", "ACT_NO_REP", role="Active") + report("1174", "STB_NO_REP"): {"broken", "known", "ok"},
    report("10", "ACT_NO_REP") + report("1174", "STB_ONHOLD"): {"broken", "known"},
    # One server does not work; what another one does cannot be told.
    report("1174", "STB_NO_REP"): {"broken", "known"},
    report("1174", "STB_NO_REP") + ACTIVE[:-40]: {"broken", "known"},
    OF_THREE[0].replace("ACT_REP", "ACT_REP_EX") + OF_THREE[1]: {"broken", "known"},
    CASES["two Active"].text: set(),
    CASES["no Active"].text: set(),
    report("10", "LEGACY_MODE") + report("1174", "STB_NO_REP"): set(),
}


def test_each_answer_that_fits_all_findings_is_offered_and_no_other(reader: Locator, upgrade: Decision) -> None:
    labels = {f"Answer: {answer.label}": id for id, answer in upgrade.questions["replication"].answers.items()}
    found = {}
    for text in OFFERED:
        paste(reader, text)
        found[text] = {labels[link.inner_text()] for link in reader.get_by_role("link", name="Answer:").all()}
        assert reader.get_by_text(upgrade.questions["replication"].ask).is_visible() == bool(OFFERED[text])
    assert found == OFFERED


def test_no_answer_is_offered_while_it_cannot_be_told(reader: Locator) -> None:
    for text in (OF_THREE[0], CASES["SINGLE_SERVER"].text, "nothing"):
        paste(reader, text)
        assert verdict(reader) and reader.get_by_role("link", name="Answer:").count() == 0, text


def test_the_verdict_is_announced_politely_and_only_when_it_changes(reader: Locator) -> None:
    expect(reader.locator("[data-part=verdict]")).to_be_empty()
    paste(reader, ACTIVE + STANDBY)
    before = reader.locator("[data-part=verdict]").locator("p").element_handle()
    paste(reader, ACTIVE + STANDBY + "\n")
    assert before.evaluate("element => element.isConnected")
    assert reader.locator("[data-part=verdict]").get_attribute("aria-live") in (None, "polite")


# ---- On other pages, twice, without JavaScript, on paper -------------------------------------


def test_two_readers_on_one_page_keep_apart(page: Page, elsewhere: str) -> None:
    page.goto(f"{elsewhere}/deep/down/twice/")
    first, second = page.locator("[data-status-reader].is-live").all()
    paste(second, ACTIVE + report("1174", "STB_ONHOLD"))
    paste(first, ACTIVE + STANDBY)
    assert (verdict(first), verdict(second)) == ("works", "broken")
    assert page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)") == []
    second.get_by_role("link", name="Section that helps").click()
    # The theme changes the address before the page.
    expect(page.locator("#on-hold")).to_be_visible()
    page.go_back()
    first.get_by_label("Status reports", exact=True).wait_for()
    paste(first, ACTIVE + STANDBY)
    first.get_by_role("link", name="Answer:").click()
    page.wait_for_url(f"{elsewhere}/upgrade/?upgrade.replication=ok#upgrade-tree")


def test_the_names_of_the_set_go_along_to_a_page_with_a_run_alone(page: Page, elsewhere: str) -> None:
    page.goto(f"{elsewhere}/deep/down/twice/")
    reader = page.locator("[data-status-reader].is-live").first
    broken = report("1174", "STB_NO_REP")
    host, standby = (one.split()[0] for one in (HOST, DK1))
    helping = reader.locator("[data-part=servers]").get_by_role("link", name="Section that helps for STB_NO_REP")
    named = reader.locator("a[href*='active=']")
    paste(reader, ACTIVE + broken + report("1296", "ACT_REP", role="Active"))
    assert (helping.count(), named.count()) == (0, 0), "two that are active: nothing is done for one state before that is solved"
    # None that is active, a name that no command may carry.
    for text in (broken, (ACTIVE + broken).replace(host, "a;b"), (ACTIVE + broken).replace(host, "a b")):
        paste(reader, text)
        assert (helping.get_attribute("href"), named.count()) == (f"{elsewhere}/deep/run/#two", 0), text
    paste(reader, ACTIVE + broken)
    assert named.count() == 1, "a page without a run takes none"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    helping.click()
    question = page.get_by_role("dialog", name="Use these names?")
    expect(question.get_by_role("listitem")).to_have_text([f"Active Server: {host}", f"Standby Server: {standby}"])
    assert [url for url in asked if host in url] == []
    expect(page.locator("#two")).to_be_in_viewport()
    question.get_by_role("button", name="Yes").click()
    expect(page.locator("#two + ol")).to_contain_text(f"On {standby} (Standby Server): End.")
    expect(page.locator("#two")).to_be_in_viewport()


def test_on_the_page_of_the_tree_the_answer_is_given_at_once(page: Page, elsewhere: str) -> None:
    page.goto(f"{elsewhere}/upgrade/?upgrade.downtime=unwanted&upgrade.switching=used&utm_source=mail")
    reader = page.locator("[data-status-reader].is-live")
    tree = page.locator("[data-decision-tree].is-live")
    paste(reader, ACTIVE + STANDBY)
    reader.get_by_role("link", name="Answer:").click()
    expect(tree.locator("[data-outcome=no-downtime]")).to_be_focused()
    assert page.url == f"{elsewhere}/upgrade/?utm_source=mail&upgrade.downtime=unwanted&upgrade.switching=used&upgrade.replication=ok"
    assert verdict(reader) == "works", "the page was not loaded again"
    page.go_back()
    expect(tree.locator("[data-question=replication]")).to_be_visible()


def test_without_javascript_one_sentence_says_how(plain_page: Page, elsewhere: str) -> None:
    plain_page.goto(f"{elsewhere}/replication-states/")
    reader = plain_page.locator("[data-status-reader]")
    expect(reader).to_contain_text("take the code before the |")
    assert reader.locator("textarea, input, button").filter(visible=True).count() == 0


def printed(page: Page) -> str:
    page.emulate_media(media="print")
    return re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))


def test_paper_has_the_verdict_or_nothing_of_the_box(own_reader: Locator, page: Page) -> None:
    blank = printed(page)
    assert "Pastethereports" not in blank and "Reportfiles" not in blank
    page.emulate_media(media="screen")
    paste(own_reader, ACTIVE + report("1174", "STB_ONHOLD"))
    sheets = printed(page)
    assert "Replicationdoesnotworkoneveryserver." in sheets and DK1.replace(" ", "") in sheets
    assert "Pastethereports" not in sheets and "Reportfiles" not in sheets


# ---- Accessible, narrow, strict --------------------------------------------------------------

FILLED = ["two Active", "no Active", "script in a name", "not JSON"]
SCHEMES = {"light": "default", "dark": "slate"}
LONG_NAME = ACTIVE.replace("DK_MGT_1", "x" * 500) + report("1174", "x" * 500)


def test_a_filled_reader_is_accessible_and_fits_wide_in_light_and_narrow_in_dark_colours(own_reader: Locator, page: Page) -> None:
    found = []
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
        looks: list[str] = []
        for text in [*(CASES[name].text for name in FILLED), LONG_NAME]:
            paste(own_reader, text)
            own_reader.evaluate("reader => reader.querySelectorAll('details').forEach(one => { one.open = true; })")
            if text == CASES["two Active"].text:  # the later ones are compared with it
                own_reader.get_by_role("button", name="Keep this set").click()
            # The page around it has tests of its own.
            found += broken_rules(page, within="[data-status-reader]", seen=looks)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, text[:60]
        targets = own_reader.locator("button, input, select, textarea").filter(visible=True).evaluate_all("all => all.map(one => [one.offsetWidth, one.offsetHeight])")
        assert len(targets) > 6 and [size for size in targets if min(size) < 24] == []
    assert found == []


def test_it_works_by_keyboard(reader: Locator) -> None:
    page = reader.page
    box = reader.get_by_label("Status reports", exact=True)
    paste(reader, ACTIVE + report("1174", "STB_ONHOLD"))
    box.focus()
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.type"))
    assert [text.split(":")[0].split("\n")[0] for text in reached[:4]] == ["file", "None", "Clear", "Answer"]
    assert any(text.startswith("Section that helps") for text in reached)


# ---- Mistakes in the data --------------------------------------------------------------------

# What a writer wrote, what it replaces, and how the message begins.
MISTAKES = {
    "unknown key": ("    roll: active", "    role: active", 'The key "roll" is not known here. Did you mean "role"?'),
    "unknown role": ("    role: activ", "    role: active", '"role" cannot be "activ". Did you mean "active"?'),
    "bare yes": ("    replication: yes", "    replication: works", '"replication" cannot be "yes". Write one of: works,'),
    "no code": ("  Act-Rep:", "  ACT_REP:", '"Act-Rep" is not a state code.'),
    "no page": ("page: recovry.md#one", "page: recovery.md#one", 'There is no page "recovry.md" in docs/.'),
    "empty": ("    means:\n", "    means: Not an HA setup.\n", '"means" is empty.'),
}


MISTAKES_IN_CHECKS = {
    "no tree": ("tree: upgrad", "tree: upgrade", 'There is no tree "upgrad". Did you mean "upgrade"?'),
    "no question": ("question: replicaton", "question: replication", 'The tree "upgrade" has no question "replicaton".'),
    "no answer": ("    sure: [works", "    ok: [works", 'The question "replication" has no answer "sure". Write the id of one of: ok, broken, known.'),
    "nothing to fit": ("[works, ACT_REPP", "[works, ACT_REP_EX", 'There is no state and no check "ACT_REPP". Did you mean "ACT_REP"?'),
    "no section": ("recovery.md#split-brian", "recovery.md#split-brain", 'The page "recovery.md" has no section "#split-brian". Did you mean "split-brain"?'),
    "flag for no role": ("{active: true, stand-by: true}", "{active: true, standby: true}", 'The key "stand-by" is not known here. Did you mean "standby"?'),
    "flag that is a text": ("{active: yes, standby: true}", "{active: true, standby: true}", '"active" must be true or false, not a text.'),
    "unknown check": ("  two-active:", "  several-active:", 'The check "two-active" is not known here.'),
    "check without verdict": ("    verdict: wrong", "    verdict: note", '"verdict" cannot be "wrong".'),
    "strange place": ("{server}. It was excluded", "{servers}. It was excluded", "A brace stands in the text."),
    "no place for the key": ('"Server Status"', '"Server {key} Status"', '"Server Status" does not hold {key} once.'),
    "sample with no state": ("state: ACT_REPP,", "state: ACT_REP,", 'There is no state "ACT_REPP".'),
    "no limit": ("old_minutes: soon", "old_minutes: 60", '"old_minutes"'),
    "nothing to settle": ("    verdict: note\n    page: recovery.md#switch-not-known", "    verdict: unclear\n    page: recovery.md#switch-not-known",
                          "Only what is unclear can be settled."),
}


@pytest.mark.parametrize(("file", "name"), [*((FILE, name) for name in MISTAKES), *((CHECKS, name) for name in MISTAKES_IN_CHECKS)])
def test_a_mistake_is_named_with_its_line(file: str, name: str, tmp_path: Path) -> None:
    wrong, right, expected = (MISTAKES if file == FILE else MISTAKES_IN_CHECKS)[name]
    text = (ROOT / "docs" / file).read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    found = mistakes_in_data(write_docs(tmp_path, {**own_docs(), file: text.replace(right, wrong, 1)}))
    near = range(line - 1, line + 1) if name == "nothing to settle" else [line]
    assert any(one.startswith(f"docs/{file}:{at}:") and expected in one for one in found for at in near), found


@pytest.mark.slow
def test_a_site_without_states_can_be_built(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, files()))
    assert build.code == 0, build.output


# ---- Samples, the picture, before and after, a copy, files of any kind ------------------------


SAMPLES = {"healthy": "works", "not-initialized": "broken", "split-brain": "broken", "not-connected": "broken"}


def choose_sample(reader: Locator, name: str, checks: Checks) -> None:
    reader.get_by_label("Try a sample").select_option(label=checks.samples[name].label)
    expect(reader.locator(f"[data-part=verdict] [data-verdict={SAMPLES[name]}]")).to_have_count(1)


@pytest.fixture(scope="module")
def checks() -> Checks:
    return own_data().checks


def test_a_sample_takes_nothing_away_and_is_said_to_be_one(reader: Locator, checks: Checks) -> None:
    first, second = list(checks.samples)[:2]
    said = reader.get_by_text("This is a sample")
    paste(reader, ACTIVE)
    reader.get_by_label("Report files").set_input_files({"name": "own.json", "mimeType": "application/json", "buffer": report("1174", "STB_REP").encode()})
    box, files, choice = reader.get_by_label("Status reports", exact=True), reader.locator("[data-part=files]"), reader.get_by_label("Try a sample")
    for name in (first, second):
        choose_sample(reader, name, checks)
        expect(said).to_be_visible()
        expect(files).to_be_hidden()
    choice.select_option(value="")
    expect(said).to_be_hidden()
    expect(files).to_contain_text("own.json")
    expect(box).to_have_value(ACTIVE)
    choose_sample(reader, first, checks)
    reader.get_by_role("button", name="Clear").click()
    expect(said).to_be_hidden()
    expect(choice).to_have_value("")
    paste(reader, report("1174", "STB_REP"))
    choose_sample(reader, second, checks)
    choice.select_option(value="")
    expect(box).to_have_value(report("1174", "STB_REP"))  # what was pasted last
    expect(files).to_be_hidden()


def test_the_verdict_says_first_what_was_found(reader: Locator, checks: Checks) -> None:
    verdict = reader.locator("[data-part=verdict]")
    paste(reader, ACTIVE + report("1174", "ACT_REP", role="Active"))
    expect(verdict).to_contain_text(f"Found: {checks.checks['several-active'].title}")
    paste(reader, ACTIVE + report("1174", "STB_ONHOLD"))
    expect(verdict).to_contain_text(f"Found: {checks.checks['needs-attention'].title}")
    paste(reader, ACTIVE + report("1174", "STB_REP"))
    expect(verdict).not_to_contain_text("Found")


def test_each_sample_has_its_verdict(reader: Locator, checks: Checks) -> None:
    for name in checks.samples:
        reader.get_by_role("button", name="Clear").click()
        choose_sample(reader, name, checks)
        assert name not in checks.checks or name in findings(reader)
        assert ("several-active" in findings(reader)) == (name == "split-brain")
    found = reader.locator("[data-part=servers] tr").filter(has_text="STB_ONHOLD").locator("[data-part=found]")
    expect(found).to_have_text(", ".join(checks.checks[name].title for name in ("needs-attention", "not-connected")))


# The text of the map for a set of three → the link that is drawn to each Standby Server.
PICTURES = {
    text_of(whole_set()): ["leads", "streaming", "streaming"],
    altered("10", SETUP, CONNECTIONS, to=slot("1174", State="streaming")): ["leads", "declared", "streaming"],
    altered("10", SETUP, CONNECTIONS, "sub_smc1296", "State", to="catchup"): ["connected", "leads", "streaming"],
    "\n".join(text_of(whole_set()).splitlines()[:2]): ["leads", "streaming", "streaming"],
    "".join(OF_THREE): ["leads", "unknown", "unknown"],
}


def test_the_picture_shows_each_connection(reader: Locator) -> None:
    items = reader.locator("[data-part=map] > li")
    for text, links in PICTURES.items():
        paste(reader, text)
        assert sorted(items.evaluate_all("items => items.map(item => item.dataset.link)")) == sorted(links), text
        assert items.filter(has_text=HOST).get_attribute("data-link") == "leads", text


def test_a_set_is_kept_compared_and_deleted(own_reader: Locator, page: Page) -> None:
    paste(own_reader, text_of(whole_set()))
    own_reader.get_by_text("Before and after").click()
    own_reader.get_by_label("Name").fill("<b>Monday")
    own_reader.get_by_role("button", name="Keep this set").click()
    paste(own_reader, altered("1296", SETUP, "Active Publication", to=True))
    page.reload()
    paste(own_reader, altered("1296", SETUP, "Active Publication", to=True))
    own_reader.get_by_text("Before and after").click()
    expect(own_reader).to_contain_text("Compared with: <b>Monday")
    worse = own_reader.locator("[data-change=worse]")
    expect(worse).to_have_count(1)
    expect(worse).to_contain_text(DK2)
    expect(worse.locator("[data-part=leaves] > li")).to_have_text(["PostgreSQL replication setup › Active Publication: false → true"])
    assert own_reader.locator("[data-change=same]").count() == 2
    own_reader.get_by_role("button", name="Delete it").click()
    expect(own_reader.get_by_text("Compared with")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('status-set'))") == []


def test_what_two_tabs_keep_is_kept_and_shown_in_both(page: Page, elsewhere: str) -> None:
    readers = [opened(tab, elsewhere) for tab in (page, page.context.new_page())]
    for reader in readers:
        paste(reader, text_of(whole_set()))
        reader.get_by_text("Before and after").click()
    for reader, name in zip(readers, ("Monday", "Tuesday"), strict=True):
        reader.get_by_label("Name").fill(name)
        reader.get_by_role("button", name="Keep this set").click()
    sets = [reader.get_by_label("Compared with:") for reader in readers]
    for one, chosen in zip(sets, ("Monday", "Tuesday"), strict=True):
        # The newest first; what a reader has chosen stays.
        expect(one.locator("option")).to_have_text([re.compile(rf"^{day}, kept \d{{4}}-\d\d-\d\d \d\d:\d\d UTC$") for day in ("Tuesday", "Monday")])
        expect(one.locator("option:checked")).to_have_text(re.compile(f"^{chosen}, "))
    readers[0].get_by_role("button", name="Delete it").click()
    for one in sets:
        expect(one.locator("option")).to_have_text([re.compile("^Tuesday, kept ")])
    readers[1].get_by_role("button", name="Delete it").click()
    expect(readers[0].get_by_text("Compared with")).to_be_hidden()


def test_another_set_can_be_chosen_as_the_one_before(own_reader: Locator) -> None:
    paste(own_reader, text_of(whole_set()))
    own_reader.get_by_text("Before and after").click()
    own_reader.get_by_role("button", name="Keep this set").click()
    paste(own_reader, altered("1296", SETUP, "Active Publication", to=True))
    own_reader.get_by_role("button", name="Keep this set").click()
    expect(own_reader.locator("[data-change=same]")).to_have_count(3)
    own_reader.get_by_label("Compared with:").select_option(index=1)
    expect(own_reader.locator("[data-change=worse]")).to_contain_text(DK2)


def test_what_a_browser_does_not_keep_is_said_and_compared_until_the_page_is_left(own_reader: Locator, page: Page) -> None:
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    paste(own_reader, text_of(whole_set()))
    own_reader.get_by_text("Before and after").click()
    own_reader.get_by_role("button", name="Keep this set").click()
    expect(own_reader.get_by_text("This browser cannot keep the set.")).to_be_visible()
    expect(own_reader.locator("[data-change=same]")).to_have_count(3)


def test_a_kept_set_that_is_none_is_left_alone(own_reader: Locator, page: Page) -> None:
    paste(own_reader, ACTIVE + STANDBY)
    own_reader.get_by_text("Before and after").click()
    own_reader.get_by_role("button", name="Keep this set").click()
    expect(own_reader.get_by_text("Compared with")).to_be_visible()
    page.reload()  # what the page itself holds comes before what is stored
    page.evaluate("() => { for (const key of Object.keys(localStorage)) if (key.includes('status-set')) localStorage[key] = '{}'; }")
    paste(own_reader, STANDBY + ACTIVE)
    own_reader.get_by_text("Before and after").click()
    with page.expect_download():  # what the page makes of the stored set comes before
        own_reader.get_by_role("button", name="Save it as a file").click()
    assert verdict(own_reader) == "works"
    assert own_reader.get_by_text("Compared with").is_hidden()


def test_a_saved_set_is_opened_as_the_one_before_and_not_stored(own_reader: Locator, page: Page) -> None:
    paste(own_reader, text_of(whole_set()))
    own_reader.get_by_text("Before and after").click()
    with page.expect_download() as saved:
        own_reader.get_by_role("button", name="Save it as a file").click()
    paste(own_reader, altered("1296", SETUP, "Active Publication", to=True))
    before = own_reader.get_by_label("Open a saved set as the one before")
    said = own_reader.locator("[data-part=unkept]")
    for name, data, verdict_said in (("other.txt", b"no report", "no-json"), ("cut.txt", b'{"a": {"b": "c', "cut-off"), ("a.gz", b"\x1f\x8b", "unreadable")):
        before.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
        expect(said.locator("[data-verdict]")).to_have_attribute("data-verdict", verdict_said)
    expect(said).to_contain_text("a.gz")
    assert verdict(own_reader) == "unclear", "the set of now stays"
    before.set_input_files(saved.value.path())
    expect(own_reader.locator("[data-change=worse]")).to_contain_text(DK2)
    expect(said).to_be_empty()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('status-set'))") == []
    own_reader.get_by_role("button", name="Delete it").click()
    expect(own_reader.get_by_text("Compared with")).to_be_hidden()


def test_a_copy_to_share_shows_what_it_replaces(reader: Locator) -> None:
    paste(reader, text_of(whole_set()))
    reader.get_by_text("A copy to share").click()
    copy = reader.get_by_label("The copy", exact=True)
    expect(copy).not_to_have_value("")
    pairs = reader.locator("[data-part=pairs] > li").all_inner_texts()
    assert {pair.split(" → ")[0] for pair in pairs} == {"HOST_MGT", "DK_MGT_1", "DK_MGT_2"}
    text = copy.input_value()
    assert not any(name in text for name in ("HOST_MGT", "DK_MGT")) and "sub_smc1174" in text
    paste(reader, text)
    assert verdict(reader) == "works"


def test_where_no_copy_can_be_made_none_of_another_set_is_left(reader: Locator) -> None:
    paste(reader, text_of(whole_set()))
    reader.get_by_text("A copy to share").click()
    copy = reader.get_by_label("The copy", exact=True)
    expect(copy).not_to_have_value("")
    paste(reader, text_of(whole_set()).replace("HOST_MGT", "N" * 200_000))
    expect(copy).to_have_value("")
    expect(copy).to_have_attribute("placeholder", re.compile("No copy can be made"))
    assert reader.locator("[data-part=pairs] > li").count() == 0


def zipped(texts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return data.getvalue()


FILES = {
    "UTF-16, little end first": text_of(whole_set()).encode("utf-16-le"),
    "UTF-16, big end first, with a mark": ("\ufeff" + text_of(whole_set())).encode("utf-16-be"),
    "UTF-16 with a mark": text_of(whole_set()).encode("utf-16"),
    "UTF-8 with a mark": text_of(whole_set()).encode("utf-8-sig"),
    "gz": gzip.compress(text_of(whole_set()).encode()),
    "zip": zipped({f"folder/{number}.json": text for number, text in enumerate(text_of(whole_set()).splitlines())}),
}


def test_a_file_of_any_kind_is_read_and_a_damaged_one_said(reader: Locator) -> None:
    found = dropped(reader, [{"reports": data} for data in FILES.values()])
    assert all("Replication works on every server. Reports read: 3." in said for _, said, _ in found), dict(zip(FILES, found, strict=True))
    damaged = [FILES["gz"][:-40], FILES["zip"][:200], b"PK\x03\x04", b"\x1f\x8b", FILES["zip"].replace(b"PK\x01\x02", b"XXXX"), zipped({}), zipped({"empty": ""})]
    found = dropped(reader, [{"reports": data} for data in damaged])
    assert all("A file could not be read." in said and "“reports”" in said for _, said, _ in found), found
    assert dropped(reader, [{"reports": b" \n"}])[0][0] == "no-json"


def test_a_file_that_is_still_read_when_the_set_is_cleared_is_in_no_other_set(own_reader: Locator, page: Page) -> None:
    page.evaluate("""() => {
        const whole = File.prototype.arrayBuffer;
        File.prototype.arrayBuffer = async function () { await new Promise((go) => { window.go = go; }); return whole.call(this); };
    }""")
    for end in ("Clear", "Cancel"):
        own_reader.evaluate(DROP, [[report("10", "ACT_NO_REP", role="Active"), 1]])
        expect(own_reader.get_by_role("button", name="Cancel")).to_be_visible()
        own_reader.get_by_role("button", name=end).click()
        paste(own_reader, ACTIVE + STANDBY)
        page.evaluate("async () => { window.go(); await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); }")
        assert verdict(own_reader) == "works" and len(servers(own_reader)) == 2, end
        expect(own_reader.get_by_role("button", name="Cancel")).to_be_hidden()


def test_what_is_cleared_at_once_is_not_waited_for(own_reader: Locator, page: Page) -> None:
    page.evaluate("""() => {
        const later = window.setTimeout;
        window.setTimeout = (what, ms) => (ms === 300 ? (window.late = what) : later(what, ms));
        File.prototype.arrayBuffer = () => new Promise(() => {});
    }""")
    own_reader.evaluate(DROP, [[ACTIVE, 1]])
    own_reader.get_by_role("button", name="Clear").click()
    page.evaluate("window.late()")
    assert own_reader.get_by_role("button", name="Cancel").is_hidden()


def test_entries_of_a_zip_that_share_their_bytes_are_not_unpacked_again_and_again(reader: Locator) -> None:
    data = zipped({f"{number}.json": "x" * 1000 + str(number) for number in range(2)})
    [first, second] = [at.start() for at in re.finditer(b"PK\x01\x02", data)]
    # Both entries are the first one, and say that they are as long as the file.
    lengthened = bytearray(data)
    for at in (first, second):
        lengthened[at + 20:at + 24] = (len(data) - 100).to_bytes(4, "little")
        lengthened[at + 42:at + 46] = (0).to_bytes(4, "little")
    [(shown, said, _)] = dropped(reader, [{"reports": bytes(lengthened)}])
    assert shown == "unreadable" and "A file could not be read." in said


def test_what_cannot_be_loaded_is_said(own_reader: Locator, page: Page) -> None:
    page.route("**/status-later.*", lambda route: route.abort())
    said = own_reader.locator("[data-part=verdict] [data-verdict=not-loaded]")
    own_reader.get_by_label("Report files").set_input_files({"name": "reports", "mimeType": "application/octet-stream", "buffer": FILES["gz"]})
    expect(said).to_have_count(1)
    paste(own_reader, ACTIVE + STANDBY)
    own_reader.get_by_text("A copy to share").click()
    expect(said).to_have_count(1)
    expect(own_reader.locator("[data-part=servers] tr")).to_have_count(2)


def test_a_packed_file_that_grows_too_large_is_said(reader: Locator) -> None:
    bomb = gzip.compress(b" " * 26_000_001)
    reader.get_by_label("Report files").set_input_files({"name": "a.gz", "mimeType": "application/gzip", "buffer": bomb})
    expect(reader.locator("[data-part=verdict]")).to_contain_text("too much text")


def test_a_tenth_of_the_proofs_has_the_same_verdict_on_the_page(reader: Locator) -> None:
    fixtures = {f"{name}: {how}": (mangler(text), said) for name, (text, said) in MANGLED.items() for how, mangler in MANGLERS.items()}
    fixtures |= {name: (text, said) for name, (text, (said, _)) in SETS.items()}
    some = dict(list(fixtures.items())[::8])
    found = dict(zip(some, verdicts(reader, [text for text, _ in some.values()]), strict=True))
    assert len(some) > 50
    assert {name: found[name] for name, (_, said) in some.items() if found[name] != said} == {}


PIECES = [[LOG, 24_000_000 // len(LOG)], [ACTIVE, 1], [LOG, 1000], [STANDBY, 1]]


def test_a_set_in_25_megabytes_has_its_verdict(reader: Locator) -> None:
    reader.evaluate(DROP, PIECES)
    expect(reader.locator("[data-part=verdict]")).to_contain_text("Replication works on every server. Reports read: 2.")
    expect(reader.get_by_role("button", name="Cancel")).to_be_hidden()


def test_reading_can_be_cancelled(own_reader: Locator, page: Page) -> None:
    # A worker that never ends.
    page.evaluate("() => { window.Worker = class { postMessage() {} terminate() { window.ended = true; } }; }")
    own_reader.evaluate(DROP, [[LOG, 10_000]])
    own_reader.get_by_role("button", name="Cancel").click()
    assert verdict(own_reader) == "cancelled" and page.evaluate("window.ended")
    expect(own_reader.get_by_role("button", name="Cancel")).to_be_hidden()


@pytest.mark.parametrize("worker", ["postMessage() { setTimeout(() => this.onerror(new Event('error'))); }", "constructor() { throw new Error(); }"], ids=["fails", "is refused"])
def test_without_a_worker_it_is_read_all_the_same(worker: str, own_reader: Locator, page: Page) -> None:
    page.evaluate(f"() => {{ window.Worker = class {{ {worker} terminate() {{}} }}; }}")
    own_reader.evaluate(DROP, [[LOG, 10_000], [ACTIVE, 1], [STANDBY, 1]])
    expect(own_reader.locator("[data-part=verdict]")).to_contain_text("Reports read: 2.")


def test_the_role_of_a_server_in_a_state_that_is_not_known_is_as_the_report_writes_it(reader: Locator) -> None:
    paste(reader, report("10", "NONSENSE", role="Active"))
    expect(reader.locator("[data-part=servers] [data-part=role]")).to_have_text("Active Server")
