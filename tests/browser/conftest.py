"""What tests of a run share: a small site."""

from collections.abc import Callable

import pytest
from support.run_site import build_run_site
from support.sites import Build, Server


@pytest.fixture(scope="session")
def run(built_once: Callable[..., Build]) -> Server:
    """A site with a run, a page without one and one with odd roles, in a folder of its host. Its address ends without a slash."""
    build = built_once("run", build_run_site)
    return Server(f"{build.url}docs", build.site / "docs")
