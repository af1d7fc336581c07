"""What a decision costs its reader, measured in the browser through the DevTools protocol."""

import contextlib
import functools
import gzip
import http.server
import json
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


class Click(NamedTuple):
    """The processor's time for one click, in ms: for all scripts that hear of it, and with the style and layout they wait for."""

    script: float
    whole: float


def clicks_in(events: list[dict]) -> list[Click]:
    """The clicks in a trace."""
    found = []
    for event in events:
        if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "click":
            end = event["ts"] + event["dur"]
            awaited = sum(
                other["tdur"] for other in events
                if other["name"] in ("UpdateLayoutTree", "Layout") and other["tid"] == event["tid"] and event["ts"] <= other["ts"] < end
            )
            found.append(Click((event["tdur"] - awaited) / 1000, event["tdur"] / 1000))
    return found


def first_visit(browser: Browser, url: str, most: int = 9) -> tuple[float, list[Click]]:
    """On a phone: the ms of script until the tree of a page is ready, and the first clicks in it."""
    page, session = open_page(browser, 390, 844)
    session.send("Emulation.setCPUThrottlingRate", {"rate": PHONE})
    page.goto(url)
    page.locator("[data-decision-tree].is-live").wait_for()
    ready = metrics(session)["ScriptDuration"] * 1000
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    question = page.locator("[data-question]:visible")
    for _ in range(most):
        if question.count():
            question.get_by_role("button").first.click()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.context.close()
    return ready, [Click(*(PHONE * time for time in click)) for click in clicks_in(events)]


def large(browser: Browser, folder: Path, runs: int) -> list[str]:
    """The table of large trees on a phone: what starting and the clicks cost."""
    lines = [
        "| Questions | Page, compressed | Script time until it is ready | Script time of a click, median | Largest | With style and layout, median | Largest |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size in SIZES:
        project = make_project(folder / f"phone-{size}", one_page(size))
        build(project)
        with served(project / "site") as url:
            visits = [first_visit(browser, url) for _ in range(runs)]
        weight = len(compressed(project / "site" / "index.html")) / 1000
        ready = statistics.median(ready for ready, _ in visits)
        times = zip(*[click for _, clicks in visits for click in clicks], strict=True)
        shown = " | ".join(f"{statistics.median(each):.1f} ms | {max(each):.1f} ms" for each in times)
        lines.append(f"| {size:,} | {weight:,.0f} KB | {ready:,.0f} ms | {shown} |")
    return [*lines, "", f"Of {runs} visits, each with the first nine clicks, or all down to an outcome."]


def report(folder: Path, runs: int) -> str:
    """The tables of reading, as Markdown."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        lines = [
            "### One decision in three ways", "", *compare(browser, folder, runs), "",
            f"Medians of {runs} runs. Mermaid {MERMAID}, Material for MkDocs {version('mkdocs-material')}.", "",
            f"### Large trees on a phone, {PHONE} times slower", "", *large(browser, folder, runs), "",
        ]
        browser.close()
    return "\n".join(lines)
