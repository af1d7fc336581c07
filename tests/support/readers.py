"""Readers who follow a path through a tree in the browser, each in a way of their own.

Each takes a page, the address of the page with the tree, the decision and a path, and gives
the id of the outcome that the reader ends at, or None. Two take every path at once, inside the page.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path as Files
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Locator, Page, Route
from support.sites import ROOT

from macros.decision.model import Decision
from macros.decision.paths import Way as Path
from macros.decision.paths import every_path
from macros.decision.read import files_of_trees

DATA = ROOT / "docs" / "_data"
TREES = [path.stem for path in files_of_trees(ROOT / "docs")]
TREE = "[data-decision-tree]"
MARKED = re.compile(r'<[^<>]* data-decision-tree="([^"]+)"')


def page_with(tree: str, site: Files) -> str:
    """The path, below the folder of a site, of a page whose first tree is this one."""
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if file.name != "404.html" and (found := MARKED.search(text)) and found[1] == tree:
            return file.relative_to(site).as_posix()
    raise AssertionError(f'No page begins with this tree. Write {{{{ decision_tree("{tree}") }}}} on one, before any other tree.')


def address_with(tree: str, url: str, site: Files) -> str:
    """The address of a page whose first tree is this one, of a site in a folder at a URL."""
    return f"{url.rstrip('/')}/{page_with(tree, site)}".removesuffix("index.html")


def patient(route: Route) -> None:
    """Our style, with room for what a script adds for as long as the test takes, not for two seconds."""
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace(" 2s;", " 1000s;"))


def expect_no_new_page(page: Page) -> Callable[[], None]:
    """From here on the theme is to load later pages itself; call what is returned to check that it did.

    The theme does so once it has read the sitemap, to which it turns last: a quiet network alone
    does not say that it has.
    """
    page.evaluate("""new Promise((done) => {
        const read = (one) => one.name.endsWith('/sitemap.xml') && one.responseEnd;
        const look = () => performance.getEntriesByType('resource').some(read) ? done() : setTimeout(look, 20);
        look();
    })""")
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
    tree.locator(f'[data-question="{question}"]').get_by_role("button", name=label, exact=True).click()


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


# The one part of the first tree that is shown, as "question id" or "outcome id"; more are joined.
SHOWN = """() => [...document.querySelector("[data-decision-tree]").querySelectorAll("[data-question], [data-outcome]")]
    .filter((one) => one.offsetHeight)
    .map(({ dataset }) => ("outcome" in dataset ? `outcome ${dataset.outcome}` : `question ${dataset.question}`)).join(", ")"""
CLICKED = """(paths) => {
    const shown = SHOWN;
    const tree = document.querySelector("[data-decision-tree]");
    return paths.map((path) => {
        const again = tree.querySelector('[data-action="restart"]');
        if (again.offsetHeight) again.click();
        for (const [question, label] of path) {
            if (shown() !== `question ${question}`) return `${shown()} instead of ${question}`;
            const buttons = tree.querySelectorAll(`[data-question="${question}"] button`);
            [...buttons].find((one) => one.textContent === label && one.offsetHeight).click();
        }
        return shown();
    });
}""".replace("SHOWN", SHOWN)
PASTED = """(queries) => {
    const shown = SHOWN;
    return queries.map((query) => {
        history.replaceState(null, "", query);
        dispatchEvent(new PopStateEvent("popstate"));
        return shown();
    });
}""".replace("SHOWN", SHOWN)


def clicking_all(page: Page, url: str, decision: Decision, paths: list[Path]) -> list[str]:
    """What is shown at the end of each path (`outcome id`), when the answers are clicked."""
    open_tree(page, url)
    return page.evaluate(CLICKED, [[(question, decision.questions[question].answers[one].label) for question, one in path] for path in paths])


def pasting_all(page: Page, url: str, tree: str, paths: list[Path]) -> list[str]:
    """What is shown (`outcome id`) with each path in the address."""
    open_tree(page, url)
    return page.evaluate(PASTED, [f"?{query(tree, path)}" for path in paths])


def each_answer(decision: Decision) -> Iterator[tuple[Path, str, str]]:
    """Every answer once: a path to its question, its label, and the part that it leads to (`outcome id`)."""
    seen = set()
    for path, _ in every_path(decision):
        for at, step in enumerate(path):
            if step not in seen:
                seen.add(step)
                one = decision.questions[step[0]].answers[step[1]]
                yield path[:at], one.label, f"question {one.goto}" if one.goto else f"outcome {one.choose}"


def longest(decision: Decision) -> tuple[Path, str]:
    """The longest path and its outcome: of the deployments beside the main one, one path each is followed."""
    return max(every_path(decision), key=lambda one: len(one[0]))


def without_javascript(page: Page, url: str, decision: Decision, path: Path) -> str | None:
    """Follows plain links from part to part; the page must have been opened without JavaScript."""
    tree = page.locator(TREE).first
    if page.url.partition("#")[0] != url:
        page.goto(url)
    part = tree.locator(f'[data-question="{decision.start}"]')
    for question, answer_id in path:
        assert part.get_attribute("data-question") == question
        asked = decision.questions[question]
        part.get_by_role("link", name=f"{asked.answers[answer_id].label}: {asked.ask}", exact=True).click()
        part = tree.locator(":target")
        assert part.is_visible()
    return part.get_attribute("data-outcome")


def with_tab(page: Page, labels: set[str]) -> None:
    """Press Tab from the question that is shown, which has the focus once it is reached, until each answer with one of these labels had it."""
    page.locator(TREE).first.evaluate("""tree => {
        const question = [...tree.querySelectorAll("[data-question]")].find((one) => one.offsetHeight);
        question.tabIndex = -1;
        question.focus();
    }""")
    left = set(labels)
    for _ in range(60):
        page.keyboard.press("Tab")
        left.discard(page.evaluate("document.activeElement.textContent"))
        if not left:
            return
    raise AssertionError(f"Tab does not reach {left}")


def press(page: Page, label: str) -> None:
    """Press Tab until the answer with this label has the focus, then Enter."""
    with_tab(page, {label})
    page.keyboard.press("Enter")


def with_the_keyboard(page: Page, url: str, decision: Decision, path: Path) -> str | None:
    tree = open_tree(page, url)
    for question, answer_id in path:
        press(page, decision.questions[question].answers[answer_id].label)
    assert page.evaluate("document.activeElement.dataset.outcome") is not None, "the outcome has the focus"
    return outcome_shown(tree)


Reader = Callable[[Page, str, Decision, Path], str | None]
READERS: dict[str, Reader] = {
    "clicking": clicking,
    "pasting-a-link": pasting_a_link,
    "without-javascript": without_javascript,
    "with-the-keyboard": with_the_keyboard,
}


STATES = ["?upgrade.downtime=unwanted", "?upgrade.downtime=not.sure", "?upgrade.downtime=acceptable",
          "?upgrade.downtime=gone&upgrade.replication=broken", "?situation=upgrade&replication=ok&priority=simplicity"]


def addresses(site: Path) -> list[str]:
    """Every page, and the tree at the start, mid-way, at an outcome and with a message."""
    pages = [page.relative_to(site).as_posix().removesuffix("index.html") for page in site.rglob("*.html")]
    return sorted(pages) + [f"upgrade/{state}" for state in STATES]


def cells(page: Path) -> list[list[str]]:
    """The text of every cell of the page's comparison table, row by row."""
    table = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one(".comparison-table table")
    assert isinstance(table, Tag)
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]
