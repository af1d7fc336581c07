"""What the tests share: sites built in folders of their own, a server and a browser."""

import functools
import http.server
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.needs import missing
from support.nginx_server import free_address, nginx_server
from support.published import PAGES, Published, make_repository, publish, settings
from support.sites import ROOT, Build, Server, addressed, build_own, making

from macros.decision.model import Decision
from macros.door import programs
from macros.source.load import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from support.tabs import Tabs

# A hook of git, such as pre-commit's, is told which repository to use; the tests use their own.
for name in subprocess.run(["git", "rev-parse", "--local-env-vars"], capture_output=True, text=True).stdout.split():
    os.environ.pop(name, None)
# A test that starts a program would have it compile all of its packages again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What takes long to make: fixtures of the tests that the quick checks leave out.
SLOW = {"browser", "built", "nginx", "published", "zensical"}

PATIENCE = 60_000  # ms until what a test waits for in a browser is taken for missing: a busy machine is late

# What such a fixture needs, where it is no import of a test.
NEEDS = {"browser": "playwright", "published": "weasyprint"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs a package that is not there is left out, and so is what the quick checks need not even read."""
    return True if unread(collection_path, config) or missing(collection_path) else None


def unread(path: Path, config: pytest.Config) -> bool:
    """Whether a path is a room of tests that are all slow, in the quick checks."""
    return quick(config) and path.parent == ROOT / "tests" and path.name in ("browser", "build")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many as xdist's own variable says; else two for each processor where browsers are used, for which a test waits half of the time."""
    if told := os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return int(told)
    return (os.cpu_count() or 1) * (1 if quick(config) else 2)


def quick(config: pytest.Config) -> bool:
    return config.option.markexpr == "not slow"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what is left out with the packages of requirements.txt alone, and why."""
    rooms = sorted(path for path in (ROOT / "tests").iterdir() if path.is_dir() and not unread(path, config))
    files = [path for room in rooms for path in ([room] if missing(room) else sorted(room.glob("test_*.py")))]
    left = [f"{path.relative_to(ROOT)} needs {', '.join(sorted(missing(path)))}." for path in files if missing(path)]
    if not quick(config):
        left += [f"Each test that uses `{fixture}` needs {package}." for fixture, package in NEEDS.items() if not find_spec(package)]
    if left:
        terminalreporter.write_line("\n".join(["Left out; `python3 -m macros test` installs what they need and runs them:", *left]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a browser or a whole publication as slow."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if SLOW & used:
            item.add_marker("slow")
        for fixture in used & set(NEEDS):
            if not find_spec(NEEDS[fixture]):
                item.add_marker(pytest.mark.skip(reason=f"needs {NEEDS[fixture]}"))


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], Server]]:
    """Serve a folder on a free port of the loopback address."""
    servers = []

    def start(folder: Path) -> Server:
        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *arguments: object) -> None:
                """Keep the tests' output readable."""

        handler = functools.partial(Handler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Server(f"http://127.0.0.1:{server.server_port}", folder)

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built_once(shared: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> Callable[..., Build]:
    """The site of a name, built once for all processes, for the address at which this one serves it."""
    builds: dict[str, Build] = {}

    def build(name: str, make: Callable[[Path], None]) -> Build:
        if name not in builds:
            folder = tmp_path_factory.mktemp(name)
            builds[name] = addressed(shared, name, make, folder, serve(folder / "site").url + "/")
        return builds[name]

    return build


@pytest.fixture(scope="session")
def built(built_once: Callable[..., Build]) -> Build:
    """This project's own site, built for the address at which it is served."""
    return built_once("own", build_own)


@pytest.fixture(scope="session")
def site(built: Build) -> Server:
    """This project's own site, served. Its address ends without a slash."""
    return Server(built.url.rstrip("/"), built.site)


@pytest.fixture(scope="session")
def fleet(built_once: Callable[..., Build]) -> Build:
    """A site with a page of each kind, built for the address at which it is served; `published` is made of the same."""
    return built_once("fleet", making(PAGES, settings))


@pytest.fixture(scope="session")
def nginx(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """This project's own site, served by a real nginx. Its address ends without a slash."""
    address = free_address()
    build = addressed(shared, "own", build_own, tmp_path_factory.mktemp("project"), f"http://{address}/")
    with nginx_server(build.site, tmp_path_factory.mktemp("nginx"), address):
        yield Server(f"http://{address}", build.site)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """All that `python3 -m macros build` publishes, of a site with a page of each kind. Its tests are of one xdist group, so that it is made once."""
    folder = tmp_path_factory.mktemp("published")
    return publish(make_repository(folder / "project"), folder / "out")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, without a window; the build that never had one where it is there."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=programs.browser(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tabs(browser: "Browser") -> "Tabs":
    """Tabs of the browser, each as if it were new: `with tabs.lend(**options of a context) as page`."""
    from support.tabs import Tabs

    return Tabs(browser)


@pytest.fixture
def options() -> dict[str, Any]:
    """What the context of `page` is made with: a file of tests may give its own."""
    return {}


@pytest.fixture
def page(tabs: "Tabs", options: dict[str, Any]) -> "Iterator[Page]":
    """A page as new. At the end it may have thrown nothing."""
    with tabs.lend(**options) as page:
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        yield page
    assert thrown == []


@pytest.fixture
def context(page: "Page") -> "BrowserContext":
    return page.context


@pytest.fixture
def plain_page(tabs: "Tabs") -> "Iterator[Page]":
    """A page as new, without JavaScript."""
    with tabs.lend(java_script_enabled=False) as page:
        yield page


@pytest.fixture(scope="session")
def upgrade() -> Decision:
    """The tree of the upgrade page."""
    return load(ROOT / "docs" / "_data" / "upgrade.yml", "upgrade.yml", Decision)
