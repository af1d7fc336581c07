"""What the site may weigh, and that no page is hindered. Sizes and counts, never seconds; the limits are in budget.yml."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Request, Route
from support.readers import STATES, addresses, patient
from support.reports import ACTIVE, STANDBY
from support.sites import ROOT, Server

LIMITS = yaml.safe_load((ROOT / "tests/budget.yml").read_text(encoding="utf-8"))
THEMES = re.compile(r"\.[0-9a-f]{8}\.min\.")
OF_A_RUN = re.compile(r"/(run[\w-]*)\.[^/]*\.js$")
OF_THE_READER = re.compile(r"/(status-[\w-]*)\.[^/]*\.js$")
WIDTHS = [1280, 360]
# So many pages are loaded while others grow quiet.
AT_ONCE = 6
LATE = re.compile(r"/(bundle|site|runbook|status-reader)\.[^/]*\.js$")
# Shifts of what stands in the article; the theme moves its own menu by a hair.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
    for (const shift of list.getEntries())
        for (const { node } of shift.sources)
            // A space between two words that change is nothing that a reader sees move.
            if (node?.parentElement?.closest("article") && (node.nodeType !== Node.TEXT_NODE || node.data.trim())) window.shifts.push([shift.value, node.nodeName, node.textContent.slice(0, 40)]);
}).observe({ type: "layout-shift", buffered: true });
"""
# Until the whole page has been read and painted. What a half-read table moves is forgotten.
PAINTED = """async () => {
    await new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
    const frame = () => new Promise(requestAnimationFrame);
    while (document.readyState === "loading") await frame();
    await frame();
    await frame();
    window.shifts.length = 0;
}"""


@dataclass
class Opened:
    """A page in a context of its own, with what it asked for and what was answered."""

    address: str
    page: Page
    begun: list[str]
    asked: list[Request]


def open_each(browser: Browser, url: str, wanted: list[str], said: list[str]) -> Iterator[Opened]:
    """Each address in a fresh context, once its network is quiet. While one grows quiet the next ones are loaded."""
    for first in range(0, len(wanted), AT_ONCE):
        opened = []
        for address in wanted[first:first + AT_ONCE]:
            context = browser.new_context()
            context.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
            context.on("weberror", lambda error: said.append(str(error.error)))
            one = Opened(address, context.new_page(), [], [])
            one.page.on("requestfinished", lambda request, asked=one.asked: asked.append(request))
            one.page.on("request", lambda request, begun=one.begun: begun.append(request.url))
            one.page.goto(f"{url}/{address}")
            opened.append(one)
        for one in opened:
            one.page.wait_for_load_state("networkidle")
            yield one
            one.page.context.close()


def loaded(one: Opened, part: str, names: re.Pattern[str]) -> dict[str, int]:
    """The scripts of a part that the page has loaded, name → bytes."""
    one.page.locator(f"[data-{part}].is-live").first.wait_for()
    return {name[1]: request.sizes()["responseBodySize"] for request in one.asked if (name := names.search(request.url))}


def not_as_at_first(found: dict[str, dict[str, int]], scripts: list[str], limit: int) -> dict[str, dict[str, int]]:
    """The pages with a part that load other scripts than these, or too much of them."""
    assert found
    return {address: sizes for address, sizes in found.items() if sorted(sizes) != scripts or not 0 < sum(sizes.values()) <= limit}


def test_each_page_keeps_its_budget_loads_what_it_needs_at_first_and_is_not_hindered(browser: Browser, nginx: Server) -> None:
    over, runs, readers = [], {}, {}
    said: list[str] = []
    for one in open_each(browser, nginx.url, [*addresses(nginx.folder), "no/such/deep/page"], said):
        address, page, begun, asked = one.address, one.page, one.begun, one.asked
        missing = [one.url for one in asked if one.response().status >= 400 and one.resource_type != "document"]
        assert missing == [], address
        assert page.locator("html.js").count() == 1, f"the theme's script has run on {address}"
        sizes = [request.sizes() for request in asked]
        moved = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)
        assert len(asked) > 5 and moved > 10_000, "the measure works"
        assert [url for url in begun if not url.startswith((nginx.url, "data:", "blob:"))] == []
        limit = LIMITS.get(address, LIMITS["page"])
        if len(asked) > limit["requests"] or moved > limit["bytes"]:
            over.append(f"{address or '/'}: {len(asked)} requests, {moved} bytes")
        if page.locator("[data-runbook]").count():
            runs[address] = loaded(one, "runbook", OF_A_RUN)
        if page.locator("[data-status-reader]").count():
            page.locator("[data-part=text]").evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", ACTIVE + STANDBY)
            assert page.locator("[data-part=verdict] [data-verdict=works]").count() == 1
            readers[address] = loaded(one, "status-reader", OF_THE_READER)
    assert over == []
    assert not_as_at_first(runs, ["run-core", "runbook"], LIMITS["run"]["js"]) == {}
    assert not_as_at_first(readers, ["status-core", "status-reader"], LIMITS["reader"]["js"]) == {}
    # The browser itself reports the answer 404, which a missing address is meant to give.
    assert [text for text in said if "404 (Not Found)" not in text] == []


@pytest.mark.parametrize("kind", ["js", "css"])
@pytest.mark.parametrize("whose", ["ours", "theme"])
def test_scripts_and_styles_keep_their_budget(whose: str, kind: str, nginx: Server) -> None:
    # The theme's scripts for the search in other languages are never asked for, and its worker for a page opened from
    # disk is of neither: no page that is served asks for it.
    files = [
        file for file in nginx.folder.glob(f"assets/**/*.{kind}")
        if bool(THEMES.search(file.name)) == (whose == "theme") and "lunr" not in file.parts and not file.name.startswith("iframe-worker.")
    ]
    assert files
    weight = sum(len(gzip.compress(file.read_bytes(), 6, mtime=0)) for file in files)
    assert weight <= LIMITS[whose][kind], f"{weight} bytes: {sorted(file.name for file in files)}"


def moved_on(browser: Browser, width: int, addresses: list[str], begin: Callable[[Page, str], None]) -> dict[str, list[Any]]:
    """What moves on each of these pages until its network is quiet; while one grows quiet the next ones are begun."""
    moved = {}
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        context.add_init_script(SHIFTS)
        for first in range(0, len(addresses), AT_ONCE):
            pages = {address: context.new_page() for address in addresses[first:first + AT_ONCE]}
            for address, page in pages.items():
                begin(page, address)
            for address, page in pages.items():
                page.wait_for_load_state("networkidle")
                assert page.locator("[data-decision-tree]:not(.is-live)").count() == 0
                if shifts := page.evaluate("window.shifts"):
                    moved[address] = shifts
                page.close()
    return moved


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_when_the_tree_starts(width: int, browser: Browser, nginx: Server) -> None:
    # Each state once from the top of the page and once from the tree.
    fragments = [("#upgrade-tree" if (number + WIDTHS.index(width)) % 2 else "") for number in range(len(STATES) + 1)]
    wanted = [f"upgrade/{state}{fragment}" for state, fragment in zip(["", *STATES], fragments, strict=True)]
    assert moved_on(browser, width, wanted, lambda page, address: page.goto(f"{nginx.url}/{address}")) == {}


def has_part(site: Path, address: str) -> bool:
    """Whether a script of ours starts something in the article of the page."""
    file = site / address.partition("?")[0]
    html = (file if file.is_file() else file / "index.html").read_text(encoding="utf-8")
    return any(f"data-{part}" in html for part in ("decision-tree", "runbook", "status-reader"))


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_when_the_scripts_come_late(width: int, browser: Browser, nginx: Server) -> None:
    """The page is painted before any script but that of the tree, which has a test of its own, is there."""
    def begin(page: Page, address: str) -> None:
        page.route("**/site.*.css", patient)
        held: list[Route] = []
        page.route(LATE, lambda route: held.append(route))
        asked: list[Request] = []
        # A slow machine paints before it has asked for a script.
        with page.expect_request(lambda one: bool(LATE.search(one.url) and (asked.append(one) or len(asked) == 2))):
            page.goto(f"{nginx.url}/{address}", wait_until="commit")
        page.evaluate(PAINTED)
        assert len(held) >= 2 and page.locator(".is-live:not([data-decision-tree])").count() == 0
        for script in held:
            script.continue_()

    # A page without a part of ours is looked at in one width.
    wanted = [address for number, address in enumerate(addresses(nginx.folder))
              if not (number + WIDTHS.index(width)) % 2 or has_part(nginx.folder, address)]
    assert moved_on(browser, width, wanted, begin) == {}
