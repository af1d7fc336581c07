"""What the site may weigh. Sizes and counts, never seconds; the limits are in budget.yml."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import Server
from playwright.sync_api import Browser, Page, Request
from test_everywhere import STATES, addresses

LIMITS = yaml.safe_load(Path(__file__).with_name("budget.yml").read_text(encoding="utf-8"))
THEME = re.compile(r"\.[0-9a-f]{8}\.min\.(js|css)$")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser that has visited nothing."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_each_page_keeps_its_budget(browser: Browser, nginx: Server) -> None:
    over = []
    for address in addresses(nginx.folder):
        context = browser.new_context()
        page = context.new_page()
        asked: list[Request] = []
        page.on("requestfinished", asked.append)
        page.goto(f"{nginx.url}/{address}")
        page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in asked]
        moved = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)
        context.close()
        assert len(asked) > 5 and moved > 10_000, "the measure works"
        if len(asked) > LIMITS["page"]["requests"] or moved > LIMITS["page"]["bytes"]:
            over.append(f"{address or '/'}: {len(asked)} requests, {moved} bytes")
    assert over == []


def weight(folder: Path, kind: str, theme: bool) -> int:
    """The bytes, compressed, of the files of a kind that every page asks for."""
    files = [file for file in folder.glob(f"assets/**/*.{kind}") if bool(THEME.search(file.name)) == theme]
    assert files
    return sum(len(gzip.compress(file.read_bytes(), 6, mtime=0)) for file in files)


@pytest.mark.parametrize("kind", ["js", "css"])
@pytest.mark.parametrize("whose", ["ours", "theme"])
def test_scripts_and_styles_keep_their_budget(whose: str, kind: str, nginx: Server) -> None:
    assets = nginx.folder / "assets"
    if whose == "ours":
        files = [file for file in assets.glob(f"*.{kind}")]
    else:
        files = [file for file in assets.glob(f"*/*.{kind}") if THEME.search(file.name)]
        files += assets.glob(f"javascripts/workers/*.{kind}")
    assert files
    assert sum(len(gzip.compress(file.read_bytes(), 6, mtime=0)) for file in files) <= LIMITS[whose][kind]
