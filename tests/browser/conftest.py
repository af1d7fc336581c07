"""What tests of a run share: a small site, and a page that throws nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support.run_site import run_site
from support.sites import Server


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> Server:
    """A site with a run, a page without one and one with odd roles, in a folder of its host."""
    return run_site(tmp_path_factory.mktemp("run"), serve)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    thrown: list[object] = []
    page.on("pageerror", lambda error: thrown.append(error))
    yield page
    assert thrown == []
