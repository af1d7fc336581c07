"""What a reader can carry away: the offline copy and the printed manual."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.page.render import render
from macros.page.site import relative

FOLDER = "download"
TITLES = {".zip": "Offline copy (zip)", ".pdf": "Printed manual (PDF)"}


@dataclass(frozen=True)
class Download:
    """A file for download. `size` is in bytes."""

    name: str
    title: str
    size: int
    sha256: str


def read_downloads(folder: str) -> list[Download]:
    """The downloads that lie in a folder, the offline copy first; none for an empty name."""
    if not folder:
        return []
    files = {suffix: path for path in Path(folder).iterdir() for suffix in TITLES if path.suffix == suffix}
    return [
        Download(path.name, title, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for suffix, title in TITLES.items() if (path := files.get(suffix))
    ]


def downloads(found: list[Download], manual: dict[str, str], offline: bool, site_url: str, folder: str) -> str:
    """What the page Download says in the site, in the offline copy and where there are no downloads.

    `manual` holds the version and, without its ending, the name of the file of the printed manual;
    `folder` leads from the page to the folder of the downloads.
    """
    return render("downloads.html", downloads=found, version=manual["version"], file=manual["file"],
                  date=edition_date(), offline=offline, site_url=site_url, folder=folder)


def downloads_here(extra: Mapping[str, Any], site_url: str, here: Callable[[], str]) -> Callable[[], str]:
    """The macro for the page Download. `extra` holds this site's settings, `here` gives the page's address."""
    found = read_downloads(extra["downloads_folder"])
    return lambda: downloads(found, extra["manual"], extra["offline"], site_url, relative(here(), FOLDER))


def edition_date() -> str:
    """The date of this edition (YYYY-MM-DD), or nothing where none is set (SOURCE_DATE_EPOCH)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return time.strftime("%Y-%m-%d", time.gmtime(int(epoch))) if epoch else ""


def copy_downloads(found: list[Download], source: str, site: Path) -> None:
    """Put the downloads into the site."""
    for download in found:
        (site / FOLDER).mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(source) / download.name, site / FOLDER / download.name)
