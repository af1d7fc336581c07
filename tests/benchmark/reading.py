"""What a decision costs its reader, measured in the browser through the DevTools protocol."""

import contextlib
import functools
import gzip
import http.server
import shutil
import statistics
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmark.building import build
from benchmark.trees import one_page
from benchmark.ways import MERMAID, Way, ways
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from support.sites import make_project

PHONE = 4  # times slower than this machine
SIZES = (10, 100, 200, 1000)

# Shadow roots are opened, since the theme hides Mermaid's picture in one.
WATCH = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); };
const seen = (selector) => {
  const found = document.querySelector(selector);
  return Boolean(found && found.offsetHeight > 0);
};
(function look() {
  const painted = performance.getEntriesByName("first-contentful-paint").length;
  if (painted && seen(CHOICE)) window.choice = performance.now();
  else requestAnimationFrame(look);
})();
"""

# Clicks, and gives the milliseconds until the next question is in view and a frame with it was made.
CLICK = """([link, following]) => new Promise((resolve) => {
  const roots = [document, ...[...document.querySelectorAll("div.mermaid")].map((host) => host.shadowRoot)];
  const target = roots.map((root) => root.querySelector(link)).find(Boolean);
  const start = performance.now();
  target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, view: window }));
  (function look() {
    const box = document.querySelector(following)?.getBoundingClientRect();
    if (box && box.height && box.top >= 0 && box.top < innerHeight) requestAnimationFrame(() => resolve(performance.now() - start));
    else requestAnimationFrame(look);
  })();
})"""


class Reading(NamedTuple):
    """One visit. Times in ms, sizes in KB of 1,000 bytes."""

    transferred: float
    requests: float
    script_size: float
    painted: float
    click: float
    script: float
    memory: float


LABELS = Reading(
    "Transferred", "Requests", "Script of its own, transferred", "Choice painted", "Click to next question",
    "Script time, page and click", "Memory of scripts",
)
UNITS = Reading("KB", "", "KB", "ms", "ms", "ms", "KB")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, compressed with gzip as a web server would."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Keep the table readable."""


@functools.cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def metrics(session: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}


def open_page(browser: Browser, width: int = 1280, height: int = 900) -> tuple[Page, CDPSession]:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(120_000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return page, session


def visit(browser: Browser, way: Way, url: str) -> Reading:
    """Open the way's page with an empty cache, and answer its first question."""
    page, session = open_page(browser)
    sizes: dict[str, float] = {}
    names: dict[str, str] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    session.send("Network.enable")
    page.add_init_script(WATCH.replace("CHOICE", repr(way.choice)))
    page.goto(url)
    page.wait_for_function("window.choice")
    page.wait_for_load_state("networkidle")
    transferred = {names[request]: size / 1000 for request, size in sizes.items() if not names[request].startswith("blob:")}
    click = page.evaluate(CLICK, [way.link, way.following])
    script = metrics(session)["ScriptDuration"] * 1000
    session.send("HeapProfiler.collectGarbage")
    reading = Reading(
        sum(transferred.values()), len(transferred),
        sum(size for name, size in transferred.items() if way.script and f"/{way.script}." in name),
        page.evaluate("window.choice"), click, script, metrics(session)["JSHeapUsedSize"] / 1000,
    )
    page.context.close()
    return reading


def compare(browser: Browser, folder: Path, runs: int) -> list[str]:
    """The table of the three ways; they take turns, and its values are medians."""
    found = ways(folder)
    rounds = []
    with contextlib.ExitStack() as stack:
        urls = []
        for way in found:
            build(way.project)
            urls.append(stack.enter_context(served(way.project / "site")))
        for _ in range(runs):
            rounds.append([visit(browser, way, url) for way, url in zip(found, urls, strict=True)])
    ours, mermaid, lists = (
        Reading(*map(statistics.median, zip(*readings, strict=True))) for readings in zip(*rounds, strict=True)
    )
    lines = [
        f"| Measure | {found[0].name} | {found[1].name} | {found[2].name} | Mermaid to ours | Ours to lists |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for label, unit, *values in zip(LABELS, UNITS, ours, mermaid, lists, strict=True):
        shown = " | ".join(f"{value:,.{0 if value >= 20 or not unit else 1}f} {unit}".strip() for value in values)
        ratios = " | ".join(f"{a / b:.1f}×" if b else "–" for a, b in ((values[1], values[0]), (values[0], values[2])))
        lines.append(f"| {label} | {shown} | {ratios} |")
    return [*lines, "", f"Ours transfers {ours.transferred - lists.transferred:.1f} KB more than the lists."]


def large(browser: Browser, folder: Path, clicks: int = 9) -> list[str]:
    """The table of large trees on a phone: what starting and each click cost."""
    lines = [
        "| Questions | Page, compressed | Script time until it is ready | Script time of a click, median | Largest |",
        "| --- | --- | --- | --- | --- |",
    ]
    for size in SIZES:
        project = make_project(folder / f"phone-{size}", one_page(size))
        build(project)
        page, session = open_page(browser, 390, 844)
        with served(project / "site") as url:
            session.send("Emulation.setCPUThrottlingRate", {"rate": PHONE})
            page.goto(url)
            page.locator("[data-decision-tree].is-live").wait_for()
            ready = metrics(session)["ScriptDuration"] * 1000
            times = []
            while page.locator("[data-question]:visible").count() and len(times) < clicks:
                before = metrics(session)["ScriptDuration"]
                page.evaluate("""() => new Promise((resolve) => {
                    document.querySelector("[data-question]:not([hidden]) button").click();
                    requestAnimationFrame(() => setTimeout(resolve));
                })""")
                times.append((metrics(session)["ScriptDuration"] - before) * 1000)
        page.context.close()
        weight = len(compressed(project / "site" / "index.html")) / 1000
        lines.append(f"| {size:,} | {weight:,.0f} KB | {ready:,.0f} ms | {statistics.median(times):.1f} ms | {max(times):.1f} ms |")
    return lines


def report(folder: Path, runs: int) -> str:
    """The tables of reading, as Markdown."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        lines = [
            "### One decision in three ways", "", *compare(browser, folder, runs), "",
            f"Medians of {runs} runs. Mermaid {MERMAID}, Material for MkDocs {version('mkdocs-material')}.", "",
            f"### Large trees on a phone, {PHONE} times slower", "", *large(browser, folder), "",
        ]
        browser.close()
    return "\n".join(lines)
