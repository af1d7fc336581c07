"""What the site may weigh, and that no page is hindered. Sizes and counts, never seconds; the limits are in budget.yml."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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


def test_each_page_keeps_its_budget_and_is_not_hindered(browser: Browser, nginx: Server) -> None:
    over = []
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
    assert over == []
    # The browser itself reports the answer 404, which a missing address is meant to give.
    assert [text for text in said if "404 (Not Found)" not in text] == []


@pytest.mark.parametrize("kind", ["js", "css"])
@pytest.mark.parametrize("whose", ["ours", "theme"])
def test_scripts_and_styles_keep_their_budget(whose: str, kind: str, nginx: Server) -> None:
    # The theme's scripts for the search in other languages are never asked for.
    files = [
        file for file in nginx.folder.glob(f"assets/**/*.{kind}")
        if bool(THEMES.search(file.name)) == (whose == "theme") and "lunr" not in file.parts
    ]
    assert files
    weight = sum(len(gzip.compress(file.read_bytes(), 6, mtime=0)) for file in files)
    assert weight <= LIMITS[whose][kind], f"{weight} bytes: {sorted(file.name for file in files)}"


def with_part(site: Path, mark: str) -> list[str]:
    """The addresses of the pages with a part of ours, by its mark."""
    found = [f"{page.parent.relative_to(site)}/" for page in site.rglob("index.html") if f" {mark} " in page.read_text(encoding="utf-8")]
    assert found
    return found


def test_a_procedure_loads_its_run_and_no_sheet_at_first(browser: Browser, nginx: Server) -> None:
    for one in open_each(browser, nginx.url, with_part(nginx.folder, "data-runbook"), []):
        one.page.locator(".runbook.is-live").wait_for()
        sizes = {name[1]: request.sizes()["responseBodySize"] for request in one.asked if (name := OF_A_RUN.search(request.url))}
        assert sorted(sizes) == ["run-core", "runbook"], one.address
        assert 0 < sum(sizes.values()) <= LIMITS["run"]["js"], f"{one.address}: {sizes}"


def test_the_first_verdict_takes_no_script_that_comes_late(browser: Browser, nginx: Server) -> None:
    for one in open_each(browser, nginx.url, with_part(nginx.folder, "data-status-reader"), []):
        one.page.locator("[data-part=text]").evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", ACTIVE + STANDBY)
        assert one.page.locator("[data-part=verdict] [data-verdict=works]").count() == 1
        sizes = {name[1]: request.sizes()["responseBodySize"] for request in one.asked if (name := OF_THE_READER.search(request.url))}
        assert sorted(sizes) == ["status-core", "status-reader"], one.address
        assert 0 < sum(sizes.values()) <= LIMITS["reader"]["js"], f"{one.address}: {sizes}"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_when_the_tree_starts(width: int, browser: Browser, nginx: Server) -> None:
    for number, state in enumerate(["", *STATES]):
        # Each state once from the top of the page and once from the tree.
        fragment = "#upgrade-tree" if (number + WIDTHS.index(width)) % 2 else ""
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.add_init_script(SHIFTS)
        page.goto(f"{nginx.url}/upgrade/{state}{fragment}")
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-decision-tree].is-live").count() == 1
        assert page.evaluate("window.shifts") == [], state
        context.close()


def has_part(site: Path, address: str) -> bool:
    """Whether a script of ours starts something in the article of the page."""
    file = site / address.partition("?")[0]
    html = (file if file.is_file() else file / "index.html").read_text(encoding="utf-8")
    return any(f"data-{part}" in html for part in ("decision-tree", "runbook", "status-reader"))


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_when_the_scripts_come_late(width: int, browser: Browser, nginx: Server) -> None:
    """The page is painted before any script but that of the tree, which has a test of its own, is there."""
    moved = {}
    for number, address in enumerate(addresses(nginx.folder)):
        # A page without a part of ours is looked at in one width.
        if (number + WIDTHS.index(width)) % 2 and not has_part(nginx.folder, address):
            continue
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.add_init_script(SHIFTS)
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
        page.wait_for_load_state("networkidle")
        if shifts := page.evaluate("window.shifts"):
            moved[address] = shifts
        context.close()
    assert moved == {}
