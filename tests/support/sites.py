"""Sites built in folders of their own."""

import contextlib
import fcntl
import gzip
import io
import logging
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from click import ClickException
from jinja2 import FileSystemBytecodeCache
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support.links import located

from macros.content.data import read_data
from macros.page.site import Site

ROOT = Path(__file__).resolve().parent.parent.parent
# Where a site is built for, and the files that may hold that address.
OWN = "https://own.example/"
ADDRESSED = {".html", ".xml", ".txt", ".md", ".json"}


# Templates, compiled once for all builds of a process: half of the time that a small site takes.
KEPT = TemporaryDirectory()
COMPILED = FileSystemBytecodeCache(KEPT.name)


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
    """Build the project in a folder as `mkdocs build --strict` does, to be published at a URL.

    Settings are environment variables. It is built in this process, with the `macros` of this
    repository: a test that changes a project's Python or is about the command starts the command.
    """
    site, said = project / "site", io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    loggers = [logging.getLogger(name) for name in ("mkdocs", "macros")]
    path, code = list(sys.path), 0
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        with patch.dict(os.environ, {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": url, **settings}), contextlib.chdir(project):
            config = load_config(strict=True, site_dir=str(site))
            make = config.theme.get_env
            config.theme.get_env = lambda: make().overlay(bytecode_cache=COMPILED)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
    except (ClickException, Abort) as end:
        code = 1
        print(end, file=said)
    finally:
        sys.path[:] = path
        for logger in loggers:
            logger.removeHandler(handler)
    return Build(code, said.getvalue(), site, url)


def make_project(folder: Path, files: dict[str, str], settings: Callable[[str], str] = str, programs: bool = False) -> Path:
    """A project with this one's theme, assets and settings, and the given files below docs/; for programs that are started there, with all of macros/."""
    own = ROOT / "macros" if programs else ROOT / "macros" / "theme"
    shutil.copytree(own, folder / own.relative_to(ROOT), ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    # The settings add this snippet to each page.
    write_docs(folder, {"_data/abbreviations.txt": "", **files})
    config = (ROOT / "mkdocs.yml").read_text()
    start, end = config.index("nav:\n"), config.index("theme:\n")
    (folder / "mkdocs.yml").write_text(settings(config[:start] + config[end:]))
    return folder


def write_docs(folder: Path, files: dict[str, str]) -> Path:
    """The given files below docs/ alone: a project that can be read and not built."""
    for name, text in files.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def mistakes_in_data(project: Path) -> list[str]:
    """What a build of the project says of its data files, without the build."""
    return read_data(Site(project / "docs", extensions=("toc", "attr_list")), project).mistakes


@dataclass(frozen=True)
class Server:
    """A folder served on this machine."""

    url: str
    folder: Path


def addressed(base: Path, name: str, make: Callable[[Path], None], folder: Path, url: str) -> Build:
    """A site in a new folder, for an address that ends with a slash.

    `make` builds it for OWN, as `site` in an empty folder. That is done once for each name in a run
    of the tests, whatever the number of their processes, which share the folder `base`; each gets a
    copy with its own address.
    """
    project = once(base / f"{name}-once", make)
    site = folder / "site"
    shutil.copytree(project / "site", site)
    for path in site.rglob("*"):
        if path.suffix in ADDRESSED and OWN.encode() in (text := path.read_bytes()):
            path.write_bytes(text.replace(OWN.encode(), url.encode()))
    for path in site.rglob("*.gz"):  # a server may give it for the file beside it
        path.write_bytes(gzip.compress(path.with_suffix("").read_bytes(), mtime=0))
    return Build(0, "", site, url)


def making(files: dict[str, str], settings: Callable[[str], str] = str) -> Callable[[Path], None]:
    """What builds a small site for `addressed`."""
    def make(folder: Path) -> None:
        build = mkdocs_build(make_project(folder, files, settings), OWN)
        assert build.code == 0, build.output

    return make


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A folder that one process of the tests fills and the others wait for."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


def build_own(folder: Path, **settings: str) -> Build:
    """Build this project's own site, in which nothing may be wrong, in an empty folder. Settings are environment variables."""
    for name in ("docs", "macros", "tests/routes"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    build = mkdocs_build(folder, OWN, **{"MARKDOWN_COPIES": "true" if find_spec("markdownify") else "false", **settings})
    assert build.code == 0 and "WARNING" not in build.output, (
        "Edit what these lines name:\n" + ("\n".join(located(build.output.splitlines(), folder) or build.errors) or build.output)
    )
    return build
