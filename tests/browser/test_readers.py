"""One list of paths, from the data; every reader and Python's logic reach the same outcome."""

import pytest
from playwright.sync_api import Browser
from support.readers import DATA, READERS, TREES, page_with
from support.sites import Server

from macros.decision.model import Decision
from macros.decision.paths import every_path, walk
from macros.source.load import load


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", TREES)
def test_every_path_ends_alike_for_every_reader(name: str, reader: str, site: Server, browser: Browser) -> None:
    decision = load(DATA / f"{name}.yml", name, Decision)
    address = f"{site.url}/{page_with(name, site.folder)}".removesuffix("index.html")
    page = browser.new_page(java_script_enabled=reader != "without-javascript")
    try:
        for path, outcome in every_path(decision):
            assert walk(decision, dict(path)) == (path, outcome)
            assert READERS[reader](page, address, decision, path) == outcome, path
    finally:
        page.close()
