"""What is published, made from a repository of its own as `python3 -m macros build` makes it."""

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from support.examples import PROCEDURE, files
from support.sites import ROOT, make_project

URL = "https://docs.example.org/"
# When the repository's one commit was made: 2026-03-04 05:06:08 UTC.
COMMITTED = 1772600768


@dataclass(frozen=True)
class Published:
    """The site, the files that it offers for download, and the offline copy unpacked."""

    project: Path
    site: Path
    zip: Path
    pdf: Path
    copy: Path


def git(folder: Path, *words: str) -> str:
    """Run git as somebody without settings of their own; what it says."""
    date = f"{COMMITTED} +0000"
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
             for what, value in (("NAME", "Writer"), ("EMAIL", "writer@example.org"), ("DATE", date))}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def make_repository(folder: Path) -> Path:
    """This project as it is now, as the one commit of a new repository."""
    for name in ("docs", "macros"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=All of it")
    return folder


def make_small_repository(folder: Path) -> Path:
    """The same with a tree, a procedure and a few other pages of its own, published in a fraction of the time."""
    project = make_repository(folder)
    pages = {**files(), "red.md": PROCEDURE, "download.md": "# Download\n\n{{ downloads() }}\n"}
    shutil.rmtree(project / "docs")
    (project / "mkdocs.yml").unlink()
    shutil.rmtree(project / "macros")
    settings = make_project(project, pages) / "mkdocs.yml"
    nav = "".join(f"  - {name}\n" for name in sorted(pages) if name.endswith(".md"))
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nnav:\n{nav}", encoding="utf-8")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=A few pages")
    return project


def run_publish(project: Path, *words: object, **settings: str) -> str:
    """Run the publishing program of a project; what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", "macros.publish", *map(str, words)], cwd=project, capture_output=True, text=True, timeout=400,
        env={**environment, "SITE_URL": URL, "GIT_CONFIG_GLOBAL": os.devnull, **settings},
    )
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stdout + done.stderr
    return done.stdout + done.stderr


def publish(project: Path, folder: Path, **settings: str) -> Published:
    """Build all of a project into a folder and unpack the offline copy beside it."""
    run_publish(project, "build", folder / "site", **settings)
    [archive] = (folder / "site" / "download").glob("*.zip")
    [pdf] = (folder / "site" / "download").glob("*.pdf")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "unpacked")
    [copy] = (folder / "unpacked").iterdir()
    return Published(project, folder / "site", archive, pdf, copy)
