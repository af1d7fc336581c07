"""What holds on every page of this site: what it weighs, that nothing moves or hinders it, that it is accessible and fits; and the JSON.

Sizes and counts, never seconds; the limits are in budget.yml.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from support.accessible import broken_rules
from support.readers import STATES, addresses, expect_no_new_page
from support.reports import ACTIVE, STANDBY
from support.sites import ROOT, Build, Server

from macros.decision.model import Decision

LIMITS = yaml.safe_load((ROOT / "tests/budget.yml").read_text(encoding="utf-8"))
THEMES = re.compile(r"\.[0-9a-f]{8}\.min\.")
# Every page and state once, in turn in a wide window in light colours and in a narrow one in dark; test_access.py
# looks at each kind of page in both, and the longest page with each part is watched in both.
WINDOWS = [(1280, "light"), (320, "dark")]
# So many pages are loaded while others grow quiet.
AT_ONCE = 6
# The scripts that come late.
LATE = re.compile(r"/(bundle|site|runbook|status-reader)\.[^/]*\.js$")
# Part of a page → the scripts of it that come at first, how they and the later ones are named, and what the first may weigh.
FIRST = {
    "runbook": (["run-core", "runbook"], re.compile(r"/(run[\w-]*)\.[^/]*\.js$"), LIMITS["run"]["js"]),
    "status-reader": (["status-core", "status-reader"], re.compile(r"/(status-[\w-]*)\.[^/]*\.js$"), LIMITS["reader"]["js"]),
}
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
class Tab:
    """A tab, and of the page in it what it asked for, what was answered, and the scripts that are held back."""

    page: Page
    address: str = ""
    begun: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    held: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.begun.append(request.url))
        self.page.on("requestfinished", lambda request: self.asked.append(request))
        self.page.route(LATE, lambda route: self.held.append(route))
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("Animation.enable")

    def begin(self, url: str, address: str) -> None:
        """Load a page, and paint it before any script but that of the tree, which has a test of its own, is there."""
        self.address = address
        for what in (self.begun, self.asked, self.held):
            what.clear()
        # The room that is kept for what a script adds is kept for as long as the test takes, not for two seconds.
        self.devtools.send("Animation.setPlaybackRate", {"playbackRate": 0.001})
        wanted: list[Request] = []
        # A slow machine paints before it has asked for a script.
        with self.page.expect_request(lambda request: bool(LATE.search(request.url) and (wanted.append(request) or len(wanted) == 2))):
            self.page.goto(f"{url}/{address}", wait_until="commit")
        self.page.evaluate(PAINTED)
        assert len(self.held) >= 2 and self.page.locator(".is-live:not([data-decision-tree])").count() == 0
        for script in self.held:
            script.continue_()


def visits(context: BrowserContext, url: str, wanted: list[str]) -> Iterator[Tab]:
    """Each address as on a first visit, with its scripts late, once its network is quiet. While one grows quiet the next ones are begun."""
    tabs = [Tab(context.new_page()) for _ in range(AT_ONCE)]
    size = tabs[0].page.viewport_size
    for first in range(0, len(wanted), AT_ONCE):
        begun = list(zip(tabs, wanted[first:first + AT_ONCE], strict=False))
        for tab, address in begun:
            tab.page.set_viewport_size(size)
            tab.begin(url, address)
        for tab, _ in begun:
            tab.page.wait_for_load_state("networkidle")
            tab.devtools.send("Animation.setPlaybackRate", {"playbackRate": 1})
            yield tab


def moved(page: Page) -> list[Any]:
    """What has moved, once all that starts has started."""
    assert page.locator("[data-decision-tree]:not(.is-live)").count() == 0
    return page.evaluate("window.shifts")


def too_much(tab: Tab, url: str) -> list[str]:
    """What is over the limits of a page, and what it asked of others."""
    sizes = [request.sizes() for request in tab.asked]
    size = sum(each["responseHeadersSize"] + each["responseBodySize"] for each in sizes)
    assert len(sizes) > 5 and size > 10_000, "the measure works"
    limit = LIMITS.get(tab.address, LIMITS["page"])
    over = [f"{len(sizes)} requests, {size} bytes"] if len(sizes) > limit["requests"] or size > limit["bytes"] else []
    missing = [request.url for request in tab.asked if request.response().status >= 400 and request.resource_type != "document"]
    return over + missing + [asked for asked in tab.begun if not asked.startswith((url, "data:", "blob:"))]


def not_as_at_first(tab: Tab) -> list[str]:
    """The parts of a page that have loaded other scripts than they need at first, or too much of them."""
    wrong = []
    for part, (scripts, names, limit) in FIRST.items():
        if not tab.page.locator(f"[data-{part}]").count():
            continue
        tab.page.locator(f"[data-{part}].is-live").first.wait_for()
        if part == "status-reader":
            tab.page.locator("[data-part=text]").evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", ACTIVE + STANDBY)
            assert tab.page.locator("[data-part=verdict] [data-verdict=works]").count() == 1
        sizes = {name[1]: request.sizes()["responseBodySize"] for request in tab.asked if (name := names.search(request.url))}
        if sorted(sizes) != scripts or not 0 < sum(sizes.values()) <= limit:
            wrong.append(f"{part}: {sizes}")
    return wrong


def longest_with_part(site: Path, some: list[str]) -> list[str]:
    """Of the pages in whose article a script of ours starts something, the longest with each part."""
    files = {address: site / address for address in some if "?" not in address}
    html = {address: (file if file.is_file() else file / "index.html").read_text(encoding="utf-8") for address, file in files.items()}
    with_part = [[address for address, text in html.items() if f"data-{part}" in text] for part in ("decision-tree", *FIRST)]
    return sorted({max(pages, key=lambda address: len(html[address])) for pages in with_part if pages})


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_page_keeps_its_budget_is_not_moved_or_hindered_is_accessible_and_fits(width: int, scheme: str, browser: Browser, nginx: Server) -> None:
    every = [*addresses(nginx.folder), "no/such/deep/page"]
    whole = every[WINDOWS.index((width, scheme))::len(WINDOWS)]
    # Where a part starts, nothing may move in the other window either; the states of a tree have a test of their own.
    moving = longest_with_part(nginx.folder, [address for address in every[:-1] if address not in whole])
    found: dict[str, list[Any]] = {}
    said: list[str] = []
    seen: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
        context.add_init_script(SHIFTS)
        context.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        context.on("weberror", lambda error: said.append(str(error.error)))
        for tab in visits(context, nginx.url, moving + whole):
            wrong = moved(tab.page)
            if tab.address in whole:
                assert tab.page.locator("html.js").count() == 1, f"the theme's script has run on {tab.address}"
                wrong += too_much(tab, nginx.url) + not_as_at_first(tab) + broken_rules(tab.page, seen=seen)
                # What zoom of 200 and 400 % leaves of a window of 1280 px (WCAG 1.4.4, 1.4.10).
                for narrow in (640, 320):
                    tab.page.set_viewport_size({"width": narrow, "height": 800})
                    if tab.page.evaluate("document.documentElement.scrollWidth") > narrow:
                        wrong.append(f"wider than {narrow}")
            if wrong:
                found[tab.address] = wrong
    assert found == {}
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


@pytest.mark.parametrize("width", [width for width, _ in WINDOWS])
def test_nothing_moves_when_the_tree_starts(width: int, browser: Browser, nginx: Server) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        context.add_init_script(SHIFTS)
        page, found = context.new_page(), {}
        for number, state in enumerate(["", *STATES]):
            # Each state once from the top of the page and once from the tree.
            address = f"upgrade/{state}" + ("#upgrade-tree" if (number % 2) == (width == WINDOWS[0][0]) else "")
            page.goto(f"{nginx.url}/{address}", wait_until="networkidle")
            if shifts := moved(page):
                found[address] = shifts
    assert found == {}


def test_every_target_of_the_tree_is_large_enough(site: Server, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site.url}/upgrade/")
    page.locator("[data-decision-tree].is-live").wait_for()
    found = page.evaluate("""(states) => states.map((state) => {
        history.replaceState(null, "", state || location.pathname);
        dispatchEvent(new PopStateEvent("popstate"));
        return [...document.querySelectorAll("[data-decision-tree] button")].filter((one) => one.offsetParent).map((one) => [one.offsetWidth, one.offsetHeight, one.textContent]);
    })""", ["", *STATES])
    assert all(len(sizes) > 1 for sizes in found) and [size for sizes in found for size in sizes if min(size[:2]) < 24] == []


def test_forced_colours_leave_the_picture_readable(site: Server, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site.url}/upgrade/?upgrade.downtime=unwanted")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    fill = page.eval_on_selector("svg .node text", "text => getComputedStyle(text).fill")
    stroke = page.eval_on_selector("svg .node rect", "rect => getComputedStyle(rect).stroke")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fill != ground and stroke != ground


@pytest.mark.parametrize(("part", "address"), [
    ("decision-tree", "upgrade/"), ("runbook", "upgrade-with-downtime/"), ("status-reader", "replication-states/"),
])
def test_a_part_starts_on_a_page_that_the_theme_loads_later(part: str, address: str, site: Server, page: Page) -> None:
    page.goto(site.url)
    loaded_by_the_theme = expect_no_new_page(page)
    for _ in range(2):  # the script comes once, and starts the part each time
        page.locator(f".md-sidebar--primary a[href$='/{address}'], .md-sidebar--primary a[href='{address}']").click()
        page.locator(f"[data-{part}].is-live").wait_for()
        expect(page.locator("article h1")).to_be_focused()
        page.locator(".footer-links a[href$='about/']").click()
        page.locator(f"[data-{part}]").wait_for(state="detached")
    loaded_by_the_theme()
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert len([one for one in asked if one.startswith(f"{site.url}/assets/{part}.")]) == 1


def test_each_tree_is_published_as_json_with_its_schema(built: Build, upgrade: Decision) -> None:
    folder = built.site / "trees"
    tree = json.loads((folder / "upgrade.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / tree["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tree, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**tree, "strat": "x"}, schema)
    assert Decision.model_validate({key: value for key, value in tree.items() if key not in ("$schema", "version", "combinations")}) == upgrade
