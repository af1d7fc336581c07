"""What tests of a run share: a small site, and a page that throws nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support.run_site import build_run_site
from support.sites import Build, Server


@pytest.fixture(scope="session")
def run(built_once: Callable[..., Build]) -> Server:
    """A site with a run, a page without one and one with odd roles, in a folder of its host. Its address ends without a slash."""
    build = built_once("run", build_run_site)
    return Server(f"{build.url}docs", build.site / "docs")


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
