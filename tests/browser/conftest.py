"""What tests in a browser share: a small site with a run, and a browser that counts."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from support.run_site import build_run_site
from support.sites import Build, Server
from support.work import AS_WRITTEN

from macros.door import programs


@pytest.fixture(scope="session")
def run(built_once: Callable[..., Build]) -> Server:
    """A site with a run, a page without one and one with odd roles, in a folder of its host. Its address ends without a slash."""
    build = built_once("run", build_run_site)
    return Server(f"{build.url}docs", build.site / "docs")


@pytest.fixture(scope="session")
def counting_browser(browser: Browser) -> Iterator[Browser]:
    """A browser for `work_of`."""
    counting = browser.browser_type.launch(executable_path=programs.browser(), args=["--no-sandbox", AS_WRITTEN])
    yield counting
    counting.close()
