"""One list of paths, from the data; every reader and Python's logic reach the same outcome."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.paths import walk
from support.readers import (
    DATA,
    READERS,
    SHOWN,
    TREE,
    TREES,
    clicking_all,
    each_answer,
    longest,
    page_with,
    pasting_all,
    press,
    query,
)
from support.sites import Server

from macros.decision.model import Decision
from macros.decision.paths import every_path
from macros.source.load import load


@pytest.fixture(params=TREES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def decision(name: str) -> Decision:
    return load(DATA / f"{name}.yml", name, Decision)


@pytest.fixture
def address(name: str, site: Server) -> str:
    return f"{site.url}/{page_with(name, site.folder)}".removesuffix("index.html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_every_path_ends_alike_in_the_data_by_clicks_and_by_links(name: str, decision: Decision, address: str, page: Page) -> None:
    paths, outcomes = zip(*every_path(decision), strict=True)
    assert [walk(decision, dict(path)) for path in paths] == list(zip(paths, outcomes, strict=True))
    shown = [f"outcome {outcome}" for outcome in outcomes]
    assert clicking_all(page, address, decision, paths) == shown
    assert pasting_all(page, address, name, paths) == shown


@pytest.mark.parametrize("reader", READERS)
def test_the_longest_path_ends_alike_for_every_reader(reader: str, decision: Decision, address: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=reader != "without-javascript")
    path, outcome = longest(decision)
    assert READERS[reader](page, address, decision, path) == outcome
    page.close()


def test_every_answer_leads_on_with_the_keyboard(name: str, decision: Decision, address: str, page: Page) -> None:
    page.goto(address)
    for path, label, leads in each_answer(decision):
        page.evaluate("query => { history.replaceState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }", f"?{query(name, path)}")
        press(page, label)
        assert page.evaluate(SHOWN) == leads
        kind, id = leads.split()
        assert page.evaluate("kind => document.activeElement.dataset[kind]", kind) == id, "it has the focus"


def test_every_answer_leads_on_without_javascript(decision: Decision, address: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    tree = page.locator(TREE).first
    for path, label, leads in each_answer(decision):
        at = decision.questions[path[-1][0]].answers[path[-1][1]].goto if path else decision.start
        part = tree.locator(f'[data-question="{at}"]')
        page.goto(f"{address}#{part.get_attribute('id')}")
        part.get_by_role("link", name=label).click()
        kind, id = leads.split()
        assert tree.locator(":target").get_attribute(f"data-{kind}") == id
        assert tree.locator(":target").is_visible()
    page.close()
