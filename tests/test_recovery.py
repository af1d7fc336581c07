"""The recovery tree and the sections of its page belong together."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, Build, Server
from playwright.sync_api import Browser, expect

from macros.model import Decision
from macros.paths import every_path
from macros.source import load

PAGE = "recovery.md#"
# The section that holds the tree; all others are cases.
START = "find-your-case"


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
    return heading.get("id") != START and not heading.find_parent(class_="decision-tree")


def below(heading: Tag) -> list[Tag]:
    """The elements of a section."""
    found = []
    for element in heading.find_next_siblings():
        if element.name in ("h2", "h3"):
            break
        found.append(element)
    return found


def test_every_path_ends_at_a_section(recovery: Decision, built: Build, sections: dict[str, Tag]) -> None:
    ends = {outcome for _, outcome in every_path(recovery)}
    assert ends == set(recovery.outcomes)
    for outcome in recovery.outcomes.values():
        page, _, section = outcome.page.partition("#")
        html = (built.site / page.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        assert not section or f'id="{section}"' in html, outcome.page
        assert page != "recovery.md" or section in sections, f"{outcome.page} is not where steps begin"


def test_every_section_is_reached_by_a_path(recovery: Decision, sections: dict[str, Tag]) -> None:
    reached = {recovery.outcomes[outcome].page.removeprefix(PAGE) for _, outcome in every_path(recovery)}
    assert [section for section in sections if section not in reached] == []


def test_every_outcome_has_a_summary(recovery: Decision) -> None:
    assert [name for name, outcome in recovery.outcomes.items() if not outcome.summary] == []


def test_every_case_says_what_you_see_and_what_it_means(built: Build, sections: dict[str, Tag]) -> None:
    soup = next(iter(sections.values())).find_parent("article")
    cases = [one for one in soup.select("h2") if is_case(one)]
    assert len(cases) > 12
    for case in cases:
        bold = [element.get_text() for part in below(case) for element in part.select("strong")]
        assert bold[:2] == ["You see:", "It means:"], case["id"]


def test_every_section_has_steps_that_name_their_place_first(sections: dict[str, Tag]) -> None:
    for name, heading in sections.items():
        steps = [step for part in below(heading) if part.name == "ol" for step in part.find_all("li", recursive=False)]
        assert steps, name
        for step in steps:
            assert re.match(r"(?:On (?:the|each|every|one|that) [^:.]+|In the Client):", step.get_text().strip()), (name, step.get_text())


def test_what_destroys_data_is_warned_of_before_its_step(sections: dict[str, Tag]) -> None:
    for name, heading in sections.items():
        warned = False
        for part in below(heading):
            warned = warned or "warning" in part.get("class", []) and bool(re.search("wipes|destroys|lost", part.get_text()))
            commands = [code.get_text() for code in part.select("pre code")]
            assert warned or not any("-init_standby" in one or "-reset_database" in one for one in commands), name


def test_an_outcome_leads_to_its_section_and_keeps_the_answers(recovery: Decision, site: Server, browser: Browser) -> None:
    page = browser.new_page()
    query = "?problem=action&action=switch&switch=after-ready"
    page.goto(f"{site.url}/recovery/{query}")
    page.get_by_role("link", name=f"Go to: {recovery.outcomes['switch-after-ready'].title}").click()
    expect(page.locator("h2#switch-after-ready")).to_be_in_viewport()
    assert page.url.endswith(f"/recovery/{query}#switch-after-ready")
    page.close()


def test_a_long_tree_folds_its_picture_and_the_other_outcomes(site: Server, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site.url}/recovery/?problem=client&client=not-accessible")
    tree = page.locator("[data-decision-tree].is-live")
    others = tree.locator("[data-outcome=not-accessible] [data-part=differences] > li")
    expect(others.first).to_be_hidden()
    expect(tree.locator("svg")).to_be_hidden()
    tree.get_by_text("What would lead elsewhere").locator("visible=true").click()
    expect(others.first).to_be_visible()
    tree.get_by_text("The whole tree as a picture").click()
    expect(tree.locator("svg [aria-current=step]")).to_be_visible()
    page.goto(f"{site.url}/upgrade/?upgrade.downtime=acceptable")
    expect(page.locator("[data-outcome=with-downtime] [data-part=differences] > li").first).to_be_visible()
    expect(page.locator("[data-decision-tree] svg")).to_be_visible()
    page.close()
