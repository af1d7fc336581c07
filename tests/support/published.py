"""What is published, made from a repository of its own as `python3 -m macros build` makes it."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from support import kinds_site
from support.examples import PROCEDURE, files
from support.sites import make_project

URL = "https://docs.example.org/"
# When the repository's one commit was made: 2026-03-04 05:06:08 UTC.
COMMITTED = 1772600768

DOWNLOAD = """\
---
description: Take the pages with you.
---

# Take it with you

{{ downloads() }}
"""
LOST = """\
---
description: Find a boat again.
---

# A boat is lost

{{ under_way() }}

{{ look_up("Where the oars are") }}

{{ decision_tree("lost") }}
"""
LOST_TREE = """\
title: How to find a boat
start: seen
other_outcomes:
  fetch: {title: Row out and fetch the boat, page: help.md#fetch-it}
  lead: {title: Let another boat lead, page: help.md#take-the-lead}
  shout: {title: Shout from the quay, page: help.md}
questions:
  seen:
    ask: Has anybody seen the boat today?
    answers:
      seen: {label: Somebody has seen the boat, goto: led, because: Then the boat floats.}
      unseen: {label: Nobody has seen the boat, choose: shout, because: Sound goes far at sea.}
  led:
    ask: Did the lost boat lead?
    answers:
      led: {label: The lost boat was the leader, choose: lead, because: A fleet needs a leader.}
      followed: {label: The lost boat was in tow, choose: fetch, because: The others can wait.}
"""
# A site with a page of each kind and two trees: of methods, and of other outcomes.
PAGES = {**kinds_site.PAGES, "download.md": DOWNLOAD, "lost.md": LOST, "_data/lost.yml": LOST_TREE}
TREES = ("lost", "paint")


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


def settings(text: str) -> str:
    """mkdocs.yml of this project as that of the site with a page of each kind."""
    return kinds_site.settings(text).replace("  - Help: help.md\n", "  - Help: help.md\n  - Lost: lost.md\n  - Download: download.md\n")


def committed(project: Path) -> Path:
    """A project as it is now, as the one commit of a new repository."""
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=All of it")
    return project


def make_repository(folder: Path) -> Path:
    """A repository of a site with a page of each kind."""
    return committed(make_project(folder, PAGES, settings, programs=True))


def make_small_repository(folder: Path) -> Path:
    """The same of a tree, a procedure and a few other pages, published in less time."""
    pages = {**files(), "red.md": PROCEDURE, "download.md": DOWNLOAD}
    nav = "".join(f"  - {name}\n" for name in sorted(pages) if name.endswith(".md"))
    return committed(make_project(folder, pages, lambda text: f"{text}\nnav:\n{nav}", programs=True))


def run_publish(project: Path, *words: object, program: Sequence[str] = ("-m", "macros.publish"), **settings: str) -> str:
    """Run the publishing program of a project, or another one, in its folder; what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, *program, *map(str, words)], cwd=project, capture_output=True, text=True, timeout=400,
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
