"""Sites built in folders of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support.links import located

from macros.content.data import read_data
from macros.page.site import Site

ROOT = Path(__file__).resolve().parent.parent.parent


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
