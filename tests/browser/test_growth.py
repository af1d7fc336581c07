"""A large tree costs what it must and no more. Counts only: seconds are for the benchmark."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmark.trees import one_page, tree
from playwright.sync_api import Browser, Page
from support.sites import make_project, mkdocs_build

from macros.decision.checks import mistakes
from macros.decision.model import Decision
from macros.decision.tree import decision_tree
from macros.source.load import load

SMALL, LARGE = 50, 250


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


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, serve: Callable, browser: Browser) -> Iterator[Callable[[int], list[int]]]:
    """For a tree of a size: how many changes each click makes to the page, down to an outcome."""
    pages: list[Page] = []

    def clicks(size: int) -> list[int]:
        folder = tmp_path_factory.mktemp("large")
        build = mkdocs_build(make_project(folder, one_page(size)), "https://example.org/")
        assert build.code == 0, build.output
        page = browser.new_page()
        pages.append(page)
        page.goto(serve(folder / "site").url)
        page.locator("[data-decision-tree].is-live").wait_for()
        page.evaluate("""() => {
            window.changes = new MutationObserver(() => {});
            const all = { attributes: true, childList: true, characterData: true, subtree: true };
            window.changes.observe(document.querySelector("[data-decision-tree]"), all);
        }""")
        found = []
        while page.locator("[data-question]:visible").count():
            found.append(page.evaluate("""() => {
                document.querySelector("[data-question]:not([hidden]) button").click();
                return window.changes.takeRecords().length;
            }"""))
        assert page.locator("[data-outcome]:visible").count() == 1
        return found

    yield clicks
    for page in pages:
        page.close()


def test_a_click_changes_no_more_in_a_large_tree_than_in_a_small_one(written: Callable[[int], list[int]]) -> None:
    small, large = written(15), written(255)
    assert len(small) == 4 and len(large) == 8, "halving at each level"
    assert max(large) <= max(small) + 5
