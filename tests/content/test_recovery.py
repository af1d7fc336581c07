"""The recovery tree and the sections of its page belong together."""

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from support.sites import ROOT, Build, Server

from macros.decision.model import Decision
from macros.decision.paths import every_path
from macros.source.load import load

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = "recovery.md#"
# The sections before the cases: the tree, and what every case builds on.
BEFORE = {"find-your-case", "before-the-first-step"}

# What a reader may see, word for word, and the case that begins with it.
SEEN = {
    "No standby initialized": "no-standby-initialized",
    "On hold": "no-standby-initialized",
    "Active database replication partially enabled": "one-not-initialized",
    "Init standby...": "initialization-running",
    "Not accessible": "not-accessible",
    "CONNECTIVITY FAILURE": "initialization-fails",
    'replication slot "sub_smc1174" is active for PID …': "replication-slot-is-active",
    "could not receive data from WAL stream: server closed the connection unexpectedly": "wal-message",
    "Replicating old audit": "replicating-old-audit",
    "ACT_NO_REP": "no-standby-initialized",
    "STB_NO_REP": "no-standby-initialized",
    "ACT_REP_EX": "one-not-initialized",
    "ACT_ONHOLD": "on-hold",
    "STB_ONHOLD": "on-hold",
    "STB_ACTREP": "switch-not-known",
    "BROKEN_ACT_STB": "unexpected-error",
    "UNKNOWN": "unknown-state",
    "LEGACY_MODE": "legacy-mode",
}

# In each section these must follow each other: the order of checks decides what is blamed.
ORDER = {
    "check-the-connection": ["fully up", "sgReplicationAdmin.sh -check", "Stop the Management Server", "sgReplicationAdmin.sh -connection_setup"],
    "open-port-8922": ["sgReplicationAdmin.sh -check", "Open port 8922"],
    "certification": ["Serial number issue", "Certify it"],
    "split-brain": ["Set Standby and Stop Replication", "Standby or offline", "Force Server Activation", "Initialize Standby Replication"],
    "replication-slot-is-active": ["Stop the Management Server", "sgReplicationAdmin.sh -stop_replication", "Exclude from Replication"],
    "excluded-while-offline": ["Stop Replication", "Initialize Standby Replication"],
    "cannot-start": ["all four hold", "one more parameter", "sgReplicationAdmin.sh -reset_database", "restore a backup"],
}

# All of it must hold before a database is reset.
LAST_RESORT = ["interrupted at the worst moment", "cannot start", "-init_standby fails on this server, and not with a connection error", "Restoring a backup on this server fails too"]


@pytest.fixture(scope="module")
def recovery() -> Decision:
    return load(ROOT / "docs" / "_data" / "recovery.yml", "recovery.yml", Decision)


@pytest.fixture(scope="module")
def sections(built: Build) -> dict[str, Tag]:
    """Id → heading of each section that has no sections below it, in the order of the page."""
    soup = BeautifulSoup((built.site / "recovery" / "index.html").read_text(encoding="utf-8"), "html.parser")
    headings = [one for one in soup.select("article h2, article h3") if is_case(one)]
    following = [*headings[1:], None]
    return {
        one["id"]: one for one, after in zip(headings, following, strict=True)
        if one.name == "h3" or after is None or after.name == "h2"
    }


def is_case(heading: Tag) -> bool:
    return heading.get("id") not in BEFORE and not heading.find_parent(class_="decision-tree")


def below(heading: Tag) -> list[Tag]:
    """The elements of a section."""
    found = []
    for element in heading.find_next_siblings():
        if element.name in ("h2", "h3"):
            break
        found.append(element)
    return found


def steps_of(heading: Tag) -> list[Tag]:
    return [step for part in below(heading) if part.name == "ol" for step in part.find_all("li", recursive=False)]


def said(parts: list[Tag]) -> str:
    """The text of some elements, on one line."""
    return " ".join(" ".join(part.get_text() for part in parts).split())


def test_every_path_ends_at_a_section(recovery: Decision, built: Build, sections: dict[str, Tag]) -> None:
    ends = {outcome for _, outcome in every_path(recovery)}
    assert ends == set(recovery.outcomes)
    for outcome in recovery.outcomes.values():
        page, _, section = outcome.page.partition("#")
        html = (built.site / page.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        assert not section or f'id="{section}"' in html, outcome.page
        assert page != "recovery.md" or section in sections, f"{outcome.page} is not where steps begin"


def test_every_section_is_reached_by_a_path(recovery: Decision, sections: dict[str, Tag]) -> None:
    """By a path that ends at it, or at the other page to which it sends the reader."""
    reached = {recovery.outcomes[outcome].page for _, outcome in every_path(recovery)}
    for name, heading in sections.items():
        onward = {link["href"].removeprefix("../").replace("/#", ".md#") for part in below(heading) for link in part.select("a[href]")}
        assert PAGE + name in reached or onward & reached, name


def test_every_outcome_has_a_summary(recovery: Decision) -> None:
    assert [name for name, outcome in recovery.outcomes.items() if not outcome.summary] == []


def test_every_case_says_what_you_see_and_what_it_means(built: Build, sections: dict[str, Tag]) -> None:
    soup = next(iter(sections.values())).find_parent("article")
    cases = [one for one in soup.select("h2") if is_case(one)]
    assert len(cases) > 12
    for case in cases:
        paragraphs = [part for part in below(case) if part.name == "p"]
        assert [part.get_text().split(":")[0] for part in paragraphs[:2]] == ["You see", "It means"], case["id"]


@pytest.mark.parametrize(("text", "case"), SEEN.items())
def test_a_case_begins_with_the_words_that_the_reader_sees(text: str, case: str, built: Build, sections: dict[str, Tag]) -> None:
    heading = next(iter(sections.values())).find_parent("article").find(id=case)
    assert text in [code.get_text() for code in below(heading)[0].select("code")]


def test_every_section_has_steps_that_name_their_place_first(sections: dict[str, Tag]) -> None:
    for name, heading in sections.items():
        assert steps_of(heading), name
        for step in steps_of(heading):
            assert re.match(r"(?:On (?:the|each|every|one|that) [^:.]+|In the Client):", step.get_text().strip()), (name, step.get_text())


def test_every_step_says_what_to_expect_and_what_to_do_otherwise(sections: dict[str, Tag]) -> None:
    for name, heading in sections.items():
        for step in steps_of(heading):
            assert re.search(r"Expected: .+ If not: ", said([step])), (name, step.get_text())


def test_every_section_ends_with_what_can_be_seen_or_where_to_continue(sections: dict[str, Tag]) -> None:
    for name, heading in sections.items():
        last = below(heading)[-1]
        titles = [title.get_text() for title in last.select(".admonition-title")]
        assert titles and titles[0].startswith("Done when ") or steps_of(heading)[-1].select("a[href]"), name


def test_initialization_is_announced_with_the_server_that_loses_and_the_one_that_gives(sections: dict[str, Tag]) -> None:
    title = re.compile(r"Standby initialization wipes the database of .+ and fills it again from .+")
    announced = []
    for name, heading in sections.items():
        steps = steps_of(heading)
        if not any(re.search("(?:run|Run) Initialize Standby Replication|^sgReplicationAdmin.sh -init_standby", text)
                   for step in steps for text in (said([step]), *(code.get_text() for code in step.select("pre code")))):
            continue
        warnings = [box.get_text() for box in steps[0].parent.find_previous_siblings(class_="warning")
                    if box.find_previous_sibling(["h2", "h3"]) is heading]
        assert any(title.search(text) and "Yes, No or Cancel" in text for text in warnings), name
        announced.append(name)
    assert len(announced) > 7


def test_what_destroys_data_is_warned_of_before_its_step(sections: dict[str, Tag]) -> None:
    for name, heading in sections.items():
        warned = False
        for part in below(heading):
            warned = warned or "warning" in part.get("class", []) and bool(re.search("wipes|destroys|lost", part.get_text()))
            commands = [code.get_text() for code in part.select("pre code")]
            assert warned or not any("-init_standby" in one or "-reset_database" in one for one in commands), name


@pytest.mark.parametrize(("section", "order"), ORDER.items())
def test_the_steps_keep_their_order(section: str, order: list[str], sections: dict[str, Tag]) -> None:
    text, at = said(steps_of(sections[section])), 0
    for words in order:
        assert words in text[at:], f'"{words}" does not follow in {section}'
        at = text.index(words, at) + len(words)


def test_the_last_resort_has_all_its_conditions(sections: dict[str, Tag]) -> None:
    conditions = [said([item]) for part in below(sections["cannot-start"]) if part.name == "ul" for item in part.select("li")]
    assert len(conditions) == len(LAST_RESORT)
    for wanted, condition in zip(LAST_RESORT, conditions, strict=True):
        assert wanted in condition


def test_an_outcome_leads_to_its_section_and_keeps_the_answers(recovery: Decision, site: Server, page: "Page") -> None:
    from playwright.sync_api import expect

    query = "?problem=action&action=switch&switch=after-ready"
    page.goto(f"{site.url}/recovery/{query}")
    page.get_by_role("link", name=f"Go to: {recovery.outcomes['switch-after-ready'].title}").click()
    expect(page.locator("h2#switch-after-ready")).to_be_in_viewport()
    assert page.url.endswith(f"/recovery/{query}#switch-after-ready")


def test_a_long_tree_folds_its_picture_and_the_ways_to_each_outcome(site: Server, page: "Page", fleet: Build) -> None:
    from playwright.sync_api import expect

    page.goto(f"{site.url}/recovery/?problem=client&client=not-accessible")
    tree = page.locator("[data-decision-tree].is-live")
    expect(tree.locator("svg")).to_be_hidden()
    tree.get_by_text("The whole tree as a picture").click()
    expect(tree.locator("svg [aria-current=step]")).to_be_visible()
    ways = tree.locator("[data-ways=not-accessible] > ul")
    expect(ways).to_be_hidden()
    tree.get_by_text("More about this outcome").locator("visible=true").click()
    tree.get_by_text("When another outcome applies").locator("visible=true").click()
    expect(ways).to_be_visible()
    page.goto(f"{fleet.url}choose/?paint.wind=good")
    expect(page.locator("[data-decision-tree] svg")).to_be_visible()
