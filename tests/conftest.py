"""What the tests share: sites built in folders of their own, a server and a browser."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from links import located
from nginx_server import free_address, nginx_server
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from published import Published, make_repository, publish  # noqa: E402

from macros.content.data import read_data  # noqa: E402
from macros.decision.model import Decision  # noqa: E402
from macros.page.site import Site  # noqa: E402
from macros.source.load import load  # noqa: E402

# A hook of git, such as pre-commit's, is told which repository to use; the tests use their own.
for name in subprocess.run(["git", "rev-parse", "--local-env-vars"], capture_output=True, text=True).stdout.split():
    os.environ.pop(name, None)

# What takes long to make: fixtures of the tests that the quick checks leave out.
SLOW = {"browser", "nginx", "published", "zensical"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a browser or a whole publication as slow."""
    for item in items:
        if SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@dataclass(frozen=True)
class Build:
    """What a build said and where its site is."""

    code: int
    output: str
    site: Path
    url: str

    @property
    def errors(self) -> list[str]:
        """The lines that name a file, a line and a column."""
        return [line for line in self.output.splitlines() if ".yml:" in line or ".md:" in line]


def mkdocs_build(project: Path, url: str = "https://example.org/", **settings: str) -> Build:
    """Build the project in a folder as a user would, to be published at a URL. Settings are environment variables.

    Not with --quiet: it hides the warnings from --strict too.
    """
    site = project / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site],
        cwd=project, capture_output=True, text=True, timeout=120,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": url, **settings},
    )
    return Build(done.returncode, done.stdout + done.stderr, site, url)


def make_project(folder: Path, files: dict[str, str], settings: Callable[[str], str] = str) -> Path:
    """A project with this one's macros, assets and settings, and the given files below docs/."""
    shutil.copytree(ROOT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    # The settings add this snippet to each page.
    for name, text in {"_data/abbreviations.txt": "", **files}.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text()
    start, end = config.index("nav:\n"), config.index("theme:\n")
    (folder / "mkdocs.yml").write_text(settings(config[:start] + config[end:]))
    return folder


def mistakes_in_data(project: Path) -> list[str]:
    """What a build of the project says of its data files, without the build."""
    return read_data(Site(project / "docs", extensions=("toc", "attr_list")), project).mistakes


@dataclass(frozen=True)
class Server:
    """A folder served on this machine."""

    url: str
    folder: Path


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


def build_own(folder: Path, url: str) -> Build:
    """This project's own site, built in an empty folder for an address that ends with a slash."""
    for name in ("docs", "macros"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    build = mkdocs_build(folder, url, MARKDOWN_COPIES="true")
    assert build.code == 0 and "WARNING" not in build.output, (
        "\n".join(located(build.output.splitlines(), folder)) or build.output
    )
    return build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> Build:
    """This project's own site, built for the address at which it is served."""
    folder = tmp_path_factory.mktemp("project")
    return build_own(folder, serve(folder / "site").url + "/")


@pytest.fixture(scope="session")
def site(built: Build) -> Server:
    """This project's own site, served. Its address ends without a slash."""
    return Server(built.url.rstrip("/"), built.site)


@pytest.fixture(scope="session")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """This project's own site, served by a real nginx. Its address ends without a slash."""
    address = free_address()
    build = build_own(tmp_path_factory.mktemp("project"), f"http://{address}/")
    with nginx_server(build.site, tmp_path_factory.mktemp("nginx"), address):
        yield Server(f"http://{address}", build.site)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """All that `.ci/project.py build` publishes. Its tests are of one xdist group, so that it is made once."""
    folder = tmp_path_factory.mktemp("published")
    return publish(make_repository(folder / "project"), folder / "out")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def upgrade() -> Decision:
    """The tree of the upgrade page."""
    return load(ROOT / "docs" / "_data" / "upgrade.yml", "upgrade.yml", Decision)
