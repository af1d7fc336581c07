"""What a reader can carry away: the offline copy and the printed manual."""

import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.page.render import render
from macros.page.site import relative

FOLDER = "download"
KINDS = (".zip", ".pdf")  # the offline copy, the printed manual


@dataclass(frozen=True)
class Download:
    """A file for download. `size` is in bytes."""

    name: str
    size: int
    sha256: str


def read_downloads(folder: str) -> list[Download]:
    """The downloads that lie in a folder, the offline copy first; none for an empty name."""
    if not folder:
        return []
    files = {suffix: path for path in Path(folder).iterdir() for suffix in KINDS if path.suffix == suffix}
    return [
        Download(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for suffix in KINDS if (path := files.get(suffix))
    ]


def downloads(found: list[Download], extra: Mapping[str, Any], site_url: str, page: str) -> str:
    """What the page Download says in the site, in the offline copy and where there are no downloads.

    `extra` holds this site's settings, `page` is the page's address from the site's root.
    """
    manual = extra["manual"]
    return render("downloads.html", downloads=found, version=manual["version"], file=manual["file"], date=edition_date(),
                  offline=extra["offline"], site_url=site_url, folder=relative(page, FOLDER))


def edition_date() -> str:
    """The date of this edition (YYYY-MM-DD), or nothing where none is set (SOURCE_DATE_EPOCH)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return time.strftime("%Y-%m-%d", time.gmtime(int(epoch))) if epoch else ""


def copy_downloads(found: list[Download], source: str, site: Path) -> None:
    """Put the downloads into the site."""
    for download in found:
        (site / FOLDER).mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(source) / download.name, site / FOLDER / download.name)
