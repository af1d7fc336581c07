"""A former address of a page leads on: from a server, from disk, and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.nginx_server import free_address, nginx_server
from support.sites import make_project, mkdocs_build

PAGES = {"index.md": "# Start\n", "new/red.md": "---\nmoved_from: [old/red paint.md]\n---\n\n# Red\n\n## Part\n"}
KEPT = "?colour.warm=hot&x=1#part"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("moved"), PAGES)


def where_it_leads(browser: Browser, address: str, to: str, scripts: bool) -> str:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address)
    page.wait_for_url(f"**/{to}*")
    page.wait_for_selector("h1")
    address, title = page.url, page.inner_text("h1")
    context.close()
    assert title.startswith("Red")
    return address


def test_from_a_server_with_its_policy(project: Path, browser: Browser, tmp_path: Path) -> None:
    address = free_address()
    build = mkdocs_build(project, f"http://{address}/")
    assert build.code == 0, build.output
    with nginx_server(build.site, tmp_path, address):
        old, new = f"http://{address}/old/red%20paint/", f"http://{address}/new/red/"
        assert where_it_leads(browser, old + KEPT, "new/red/", True) == new + KEPT
        assert where_it_leads(browser, old, "new/red/", False) == new


def test_from_disk(project: Path, browser: Browser) -> None:
    build = mkdocs_build(project, OFFLINE="true")
    assert build.code == 0, build.output
    old, new = (build.site / "old" / "red paint.html").as_uri(), (build.site / "new" / "red.html").as_uri()
    assert where_it_leads(browser, old + KEPT, "new/red.html", True) == new + KEPT
    assert where_it_leads(browser, old, "new/red.html", False) == new
