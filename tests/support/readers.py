"""Five readers who follow a path through a tree in the browser, each in a way of their own.

Each takes a page, the address of the page with the tree, the decision and a path, and gives
the id of the outcome that the reader ends at, or None.
"""

from collections.abc import Callable
from pathlib import Path as Files
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Locator, Page, Route
from support.sites import ROOT

from macros.decision.model import Decision
from macros.decision.paths import Path

DATA = ROOT / "docs" / "_data"
TREES = sorted(path.stem for path in DATA.glob("*.yml"))
TREE = "[data-decision-tree]"


def page_with(tree: str, site: Files) -> str:
    """The path, below the folder of a site, of a page whose first tree is this one."""
    for file in sorted(site.rglob("*.html")):
        found = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one(TREE)
        if found and found["data-decision-tree"] == tree and file.name != "404.html":
            return file.relative_to(site).as_posix()
    raise AssertionError(f'No page begins with this tree. Write {{{{ decision_tree("{tree}") }}}} on one, before any other tree.')


def patient(route: Route) -> None:
    """Our style, with room for what a script adds for as long as the test takes, not for two seconds."""
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace(" 2s;", " 1000s;"))


def expect_no_new_page(page: Page) -> Callable[[], None]:
    """From here on the theme is to load later pages itself; call what is returned to check that it did.

    The theme does so once it has read the sitemap, to which it turns last.
    """
    page.wait_for_load_state("networkidle")
    page.evaluate("window.stays = true")

    def check() -> None:
        assert page.evaluate("window.stays"), "the theme's instant navigation was not at work"

    return check


def outcome_shown(tree: Locator) -> str | None:
    """The id of the one outcome that is visible, or None."""
    shown = tree.locator("[data-outcome]:visible")
    return shown.get_attribute("data-outcome") if shown.count() == 1 else None


def question_shown(tree: Locator) -> str | None:
    """The id of the one question that is visible, or None."""
    shown = tree.locator("[data-question]:visible")
    return shown.get_attribute("data-question") if shown.count() == 1 else None


def answer(tree: Locator, decision: Decision, question: str, answer_id: str) -> None:
    """Click an answer of the question that is shown, found by its label as a reader finds it."""
    assert question_shown(tree) == question
    label = decision.questions[question].answers[answer_id].label
    tree.locator(f'[data-question="{question}"]').get_by_role("button", name=label).click()


def open_tree(page: Page, url: str) -> Locator:
    """The tree at its first question: on a page that is open already a reader starts again, which is faster."""
    tree = page.locator(TREE).first
    if page.url.partition("?")[0] != url:
        page.goto(url)
    elif (again := tree.get_by_role("button", name="Start again")).is_visible():
        again.click()
    return tree


def clicking(page: Page, url: str, decision: Decision, path: Path) -> str | None:
    tree = open_tree(page, url)
    for question, answer_id in path:
        answer(tree, decision, question, answer_id)
    return outcome_shown(tree)


def query(tree: str, path: Path) -> str:
    """A path as a tree writes it into an address. A page names its first tree as the data file is named."""
    return urlencode([(f"{tree}.{question}", answer_id) for question, answer_id in path])


def pasting_a_link(page: Page, url: str, decision: Decision, path: Path) -> str | None:
    tree = open_tree(page, url).get_attribute("data-decision-tree")
    page.goto(f"{url}?{query(tree, path)}")
    return outcome_shown(page.locator(TREE).first)


def without_javascript(page: Page, url: str, decision: Decision, path: Path) -> str | None:
    """Follows plain links from part to part; the page must have been opened without JavaScript."""
    tree = page.locator(TREE).first
    if page.url.partition("#")[0] != url:
        page.goto(url)
    part = tree.locator(f'[data-question="{decision.start}"]')
    for question, answer_id in path:
        assert part.get_attribute("data-question") == question
        part.get_by_role("link", name=decision.questions[question].answers[answer_id].label).click()
        part = tree.locator(":target")
        assert part.is_visible()
    return part.get_attribute("data-outcome")


def with_the_keyboard(page: Page, url: str, decision: Decision, path: Path) -> str | None:
    """Presses Tab until the answer has the focus, then Enter."""
    tree = open_tree(page, url)
    tree.evaluate("tree => { tree.tabIndex = -1; tree.focus(); }")  # Tab goes on from there
    for question, answer_id in path:
        label = decision.questions[question].answers[answer_id].label
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == label:
                break
        else:
            return None
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.outcome") is not None, "the outcome has the focus"
    return outcome_shown(tree)


Reader = Callable[[Page, str, Decision, Path], str | None]
READERS: dict[str, Reader] = {
    "clicking": clicking,
    "pasting-a-link": pasting_a_link,
    "without-javascript": without_javascript,
    "with-the-keyboard": with_the_keyboard,
}


STATES = ["?upgrade.downtime=unwanted", "?upgrade.downtime=acceptable",
          "?upgrade.downtime=gone&upgrade.replication=broken", "?situation=upgrade&replication=ok&priority=simplicity"]


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def addresses(site: Path) -> list[str]:
    """Every page, and the tree at the start, mid-way, at an outcome and with a message."""
    pages = [page.relative_to(site).as_posix().removesuffix("index.html") for page in site.rglob("*.html")]
    return sorted(pages) + [f"upgrade/{state}" for state in STATES]


def cells(page: Path) -> list[list[str]]:
    """The text of every cell of the page's comparison table, row by row."""
    table = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one(".comparison-table table")
    assert isinstance(table, Tag)
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]
