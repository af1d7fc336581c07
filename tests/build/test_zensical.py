"""A site with a page of each kind built by Zensical, the successor of the theme, in an environment of its own, and by MkDocs.

What differs on purpose or by need is listed in docs/contributing/zensical.md.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.examples import NESTED, TREE, files
from support.published import PAGES, TREES, settings
from support.readers import READERS, address_with, cells, longest
from support.sites import ROOT, Build, make_project
from support.wrong_links import wrong_links
from support.tabs import Tabs

from macros.decision.model import Decision
from macros.source.load import load

ZENSICAL = "0.0.73"
# What `macros` imports beyond what Zensical brings, in the version of requirements.txt.
BESIDE = ("pydantic", "rjsmin")

# One process makes the environment and the site.
pytestmark = pytest.mark.xdist_group("zensical")


@pytest.fixture(scope="session")
def zensical() -> Path:
    """The command of the pinned version, installed once below .cache/."""
    folder = ROOT / ".cache" / f"zensical-{ZENSICAL}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    wanted = [f"zensical=={ZENSICAL}", *(re.search(rf"^{name}==[\w.]+", pins, re.MULTILINE)[0] for name in BESIDE)]
    stamp = folder / "installed.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(wanted):
        # A pip of its own, and what it would compile of packages that are never imported, take half of the time.
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", folder], check=True)
        pip = [sys.executable, "-m", "pip", "--python", programs / "python", "install", "--no-compile", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*pip, *wanted], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"pip cannot install {', '.join(wanted)}: {done.stderr.strip().splitlines()[-1]}")
        stamp.write_text("\n".join(wanted))
    return programs / "zensical"


@pytest.fixture(scope="session")
def build(zensical: Path) -> Callable[..., Build]:
    """Build the project in a folder with Zensical, to be published at a URL."""

    def run(project: Path, url: str = "https://example.org/") -> Build:
        done = subprocess.run(
            [zensical, "build", "--strict"], cwd=project, capture_output=True, text=True, timeout=120,
            env={**os.environ, "PYTHONPATH": str(project), "SITE_URL": url},
        )
        return Build(done.returncode, done.stdout + done.stderr, project / "site", url)

    return run


@pytest.fixture(scope="session")
def successor(tmp_path_factory: pytest.TempPathFactory, build: Callable[..., Build], serve: Callable) -> Build:
    """The site, built by Zensical and served."""
    project = make_project(tmp_path_factory.mktemp("zensical"), PAGES, settings, programs=True)
    built = build(project, serve(project / "site").url + "/")
    assert built.code == 0, built.output
    return built


# Of the second tree those readers for whom Zensical makes all that they use; keys and links are used in it as in the first.
@pytest.mark.parametrize(("name", "reader"), [*(("paint", reader) for reader in READERS), ("lost", "clicking"), ("lost", "without-javascript")])
def test_a_path_ends_alike_for_every_reader(name: str, reader: str, successor: Build, tabs: Tabs) -> None:
    decision = load(successor.site.parent / "docs" / "_data" / f"{name}.yml", name, Decision)
    path, outcome = longest(decision)
    with tabs.lend(java_script_enabled=reader != "without-javascript") as page:
        assert READERS[reader](page, address_with(name, successor.url, successor.site), decision, path) == outcome


def test_the_table_is_that_of_mkdocs(successor: Build, fleet: Build) -> None:
    page = Path("choose", "index.html")
    assert cells(successor.site / page) == cells(fleet.site / page)


def test_every_page_marks_what_it_marks_with_mkdocs(successor: Build, fleet: Build) -> None:
    first = "checks/index.html"  # read before Zensical has our extension
    marked = re.compile(r' (data-(?:step|role|stop|expected-state|way-back|not-in)="[^"]*")')

    def marks(site: Path) -> dict[str, list[str]]:
        pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("index.html")}
        return {name: sorted(marked.findall(html)) for name, html in pages.items() if name != first}

    wanted = marks(fleet.site)
    assert marks(successor.site) == wanted and all(wanted[f"voyage-{way}/index.html"] for way in ("sail", "anchor"))


def test_the_pages_and_the_published_trees_are_those_of_mkdocs(successor: Build, fleet: Build) -> None:
    def published(site: Path) -> set[str]:
        found = (*site.rglob("*.html"), *site.glob("trees/*"))
        return {path.relative_to(site).as_posix() for path in found}

    assert published(successor.site) == published(fleet.site)
    assert {f"trees/{name}.json" for name in TREES} <= published(fleet.site)
    for tree in successor.site.glob("trees/*"):
        assert tree.read_bytes() == (fleet.site / "trees" / tree.name).read_bytes()


def test_no_page_asks_another_host(successor: Build, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in successor.site.rglob("*.html"):
        page.goto(successor.url + path.relative_to(successor.site).as_posix())
    page.wait_for_load_state("networkidle")
    assert asked and [url for url in asked if not url.startswith((successor.url, "data:", "blob:"))] == []


def test_every_link_leads_somewhere(successor: Build) -> None:
    assert wrong_links(successor) == []


def test_the_macros_link_right_at_any_depth(tmp_path: Path, build: Callable[..., Build]) -> None:
    moved = "---\nmoved_from: [target.md]\n---\n\n" + NESTED["a/b/target.md"]
    built = build(make_project(tmp_path, {**NESTED, "a/b/target.md": moved}, programs=True))
    assert built.code == 0, built.output
    assert '<a href="../a/b/target/">' in (built.site / "target" / "index.html").read_text(encoding="utf-8")
    assert wrong_links(built) == []


def test_a_mistake_in_the_data_stops_the_build_and_is_named(tmp_path: Path, build: Callable[..., Build]) -> None:
    built = build(make_project(tmp_path, files(TREE.replace("goto: sure", "goto: shure")), programs=True))
    assert built.code != 0
    assert "docs/_data/colour.yml:13:" in built.output and 'There is no question "shure".' in built.output
