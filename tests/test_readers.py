"""One list of paths, from the data; every reader and Python's logic reach the same outcome."""

import pytest
from conftest import ROOT, Server
from playwright.sync_api import Browser
from readers import READERS

from macros.model import Decision
from macros.paths import every_path, walk
from macros.source import load

# Tree → the page it stands on.
PAGES = {"upgrade": "upgrade/", "recovery": "recovery/"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", PAGES)
def test_every_path_ends_alike_for_every_reader(name: str, reader: str, site: Server, browser: Browser) -> None:
    decision = load(ROOT / "docs" / "_data" / f"{name}.yml", name, Decision)
    page = browser.new_page(java_script_enabled=reader != "without-javascript")
    try:
        for path, outcome in every_path(decision):
            assert walk(decision, dict(path)) == (path, outcome)
            assert READERS[reader](page, f"{site.url}/{PAGES[name]}", decision, path) == outcome, path
    finally:
        page.close()


def test_every_tree_has_its_readers() -> None:
    assert {path.stem for path in (ROOT / "docs" / "_data").glob("*.yml")} == set(PAGES)
