"""A large tree costs what it must and no more. Counts only: seconds are for the benchmark."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from benchmark.trees import one_page, tree
from playwright.sync_api import Page, expect
from support.paper import Sheets
from support.sites import Build, making
from support.tabs import Tabs

from macros.decision.checks import mistakes
from macros.decision.model import Decision
from macros.decision.tree import decision_tree
from macros.source.load import load

SMALL, LARGE = 50, 250
# Questions of a tree that halves at each level, beyond the number from which a page holds back what nobody has asked for.
VAST = 127


def calls(work: Callable[[], object]) -> int:
    """How many functions the work calls: a measure of its cost that is the same in every run."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("onward", [1, 2], ids=["deep", "wide"])
def test_the_work_of_a_build_grows_with_the_tree_and_no_faster(onward: int, tmp_path: Path) -> None:
    def work(size: int) -> int:
        path = tmp_path / f"{size}.yml"
        path.write_text(tree(size, onward))

        def build() -> None:
            decision_tree(load(path, path.name, Decision, mistakes), "large", 1, True, str, "large.json")

        build()  # once before, so that nothing is compiled or imported while it is counted
        return calls(build)

    assert work(LARGE) < 1.05 * work(SMALL) * LARGE / SMALL


@pytest.fixture
def large(built_once: Callable[..., Build], tabs: Tabs) -> Iterator[Callable[..., Page]]:
    """Opens a tree of a size, at an address within its page."""
    with ExitStack() as lent:
        def open_(size: int, address: str = "") -> Page:
            build = built_once(f"large-{size}", making(one_page(size)))
            page = lent.enter_context(tabs.lend())
            page.goto(build.url + address)
            page.locator("[data-decision-tree].is-live").wait_for()
            assert page.locator("[data-vast]").count() == (size == VAST)
            return page

        yield open_


def clicks(page: Page) -> list[tuple[int, int]]:
    """Of each click down to an outcome: how many changes it makes, and how many elements the tree has in the page after it."""
    page.evaluate("""() => {
        window.changes = new MutationObserver(() => {});
        const all = { attributes: true, childList: true, characterData: true, subtree: true };
        window.changes.observe(document.querySelector("[data-decision-tree]"), all);
    }""")
    found = []
    while page.locator("[data-question]:visible").count():
        found.append(page.evaluate("""() => {
            document.querySelector("[data-question]:not([hidden]) button").click();
            return [window.changes.takeRecords().length, document.querySelectorAll("[data-decision-tree] *").length];
        }"""))
    assert page.locator("[data-outcome]:visible").count() == 1
    return found


def test_a_click_changes_no_more_in_a_vast_tree_than_in_a_small_one_and_leaves_no_more_in_the_page(large: Callable[..., Page]) -> None:
    small, vast = clicks(large(15)), clicks(large(VAST))
    assert len(small) == 4 and len(vast) == 7, "halving at each level"
    for most_small, most_vast in zip(map(max, *small), map(max, *vast), strict=True):
        assert most_vast <= most_small + 5


def test_what_a_vast_tree_keeps_out_of_the_page_comes_when_it_is_asked_for(large: Callable[..., Page]) -> None:
    page = large(VAST)
    page.locator(".decision-tree__picture summary").click()
    page.locator("[data-node]").nth(VAST + 2).wait_for()
    page.locator(".decision-tree__text summary").click()
    page.get_by_text(f"What is the state of part {VAST - 1} of the system?").last.wait_for()


def test_a_link_leads_into_a_fold_of_a_vast_tree_and_keeps_the_answers(large: Callable[..., Page]) -> None:
    page = large(VAST)
    page.get_by_role("button", name="It is in state 1").click()
    page.get_by_role("button", name="I am not sure").click()
    page.evaluate("window.same = true")
    page.get_by_role("link", name="The third method").click()
    expect(page.locator("#large-outcome-third-ways")).to_be_in_viewport()
    assert page.evaluate("window.same"), "the page was not loaded again"
    expect(page.locator("[data-part=answers] li")).to_have_count(2)


def test_an_address_leads_into_a_fold_of_a_vast_tree(large: Callable[..., Page]) -> None:
    expect(large(VAST, "#large-outcome-third-ways").locator("#large-outcome-third-ways")).to_be_in_viewport()


def test_paper_has_the_whole_of_a_vast_tree(large: Callable[..., Page]) -> None:
    page = large(VAST)
    sheets = Sheets(page)
    assert all(f"What is the state of part {number} of the system?" in sheets for number in range(VAST))
    page.emulate_media(media="screen")
    assert len(clicks(page)) == 7, "the tree goes on as before"
