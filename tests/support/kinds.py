"""Each kind of page in each of its states, on the site of support/kinds_site.py, as a reader comes to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Page
from support.sites import Server
from support.tabs import Tabs

# What runs in each document first.
NAMED = """localStorage.setItem('/ v2 names', '{"active":"swan","standby":["duck","goose"],"first":"duck"}');"""
CLOCK = "{ const now = Date.parse('2026-02-18T10:45:00Z'); Date.now = () => now; }"


class Kind(NamedTuple):
    """A page in a state: its address, the part that has to be live, and what the reader does there."""

    address: str
    live: str = ""
    act: Callable[[Page], None] = lambda page: None
    names: bool = False
    missing: bool = False


def tick(page: Page) -> None:
    page.locator("article .step-tick").first.check()


def ask_menu(page: Page) -> None:
    page.locator(".run-bar [data-open=menu]").click()
    page.locator(".run-chip").first.wait_for()  # of a script that loads when a sheet opens
    page.locator("dialog[open]").wait_for()


def sample(page: Page) -> None:
    page.locator("[data-part=sample]").select_option(index=2)
    page.locator("[data-verdict] >> visible=true").first.wait_for()


KINDS = {
    "home": Kind(""),
    "tree": Kind("choose/", ".decision-tree"),
    "tree-outcome": Kind("choose/?paint.wind=none", ".decision-tree"),
    "procedure": Kind("voyage-sail/", ".runbook"),
    "procedure-run": Kind("voyage-sail/", ".runbook", tick, names=True),
    "procedure-menu": Kind("voyage-anchor/", ".runbook", ask_menu, names=True),
    "recovery": Kind("help/"),
    "reader": Kind("states/", ".status-reader"),
    "reader-verdict": Kind("states/", ".status-reader", sample),
    "reference": Kind("commands/"),
    "contributing": Kind("contributing/"),
    "missing": Kind("gone/voyage-sail", ".decision-tree", missing=True),
}
# What the theme and our scripts add once they run.
READY = """async () => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    while (!all("article pre > code").every((one) => one.closest("pre").querySelector("button, nav") || one.closest("template"))
        || !all("article table:not([class])").every((one) => one.closest(".md-typeset__scrollwrap, .data-table, template")))
        await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
}"""


@contextmanager
def prepared(tabs: Tabs, site: Server, kind: Kind, width: int, height: int, scheme: str = "light") -> Iterator[Page]:
    """A page as the reader has it in the end, in a window of this size and in these colours."""
    with tabs.lend(CLOCK + (NAMED if kind.names else ""), reduced_motion="reduce") as page:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if kind.missing:
            text = (site.folder / "404.html").read_text(encoding="utf-8")
            page.route("**/gone/**", lambda route: route.fulfill(status=404, content_type="text/html", body=text))
        page.goto(f"{site.url}/{kind.address}")
        if kind.live:
            page.locator(f"{kind.live}.is-live").first.wait_for()
        kind.act(page)
        page.evaluate(READY)
        yield page
