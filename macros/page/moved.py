"""Pages that have moved: a page names its former paths, and what was their address leads on to it.

    moved_from: [old-path.md]      in the front matter, paths below docs/
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from macros.page.front_matter import front_source
from macros.page.render import render
from macros.page.site import Site
from macros.source.mistake import Mistake

KEY = "moved_from"
EXAMPLE = f"`{KEY}: [old-path.md]`"
TITLE = re.compile(r"^# +(.*?)(?: *\{[^}]*\})?$", re.MULTILINE)


@dataclass(frozen=True)
class Moves:
    """Former path → the page that it is now, and page → what is wrong with the former paths that it names."""

    to: dict[str, str] = field(default_factory=dict)
    mistakes: dict[str, list[Mistake]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def read_moves(site: Site) -> Moves:
    """The former paths that the pages of a site name."""
    moves = Moves()
    files, pages = site.files(), site.pages()
    # In small letters, for so do some file systems read them.
    taken = {site.url(page).casefold(): f'the page "{page}"' for page in pages}
    for page in pages:
        text = site.source(page)
        source = front_source(text) if KEY in text else None
        if source is None or not isinstance(source.data, dict) or KEY not in source.data:
            continue
        wrong = moves.mistakes.setdefault(page, [])
        paths = source.data[KEY]
        if not isinstance(paths, list) or not paths:
            wrong.append(Mistake(*source.values[KEY,], f'"{KEY}" must be a list of paths.', f"Write {EXAMPLE}."))
            continue
        for number, path in enumerate(paths):
            at = source.values[KEY, number]
            if not is_path(path):
                wrong.append(Mistake(*at, f'"{path}" is not the path of a page.', f"Write its former path below docs/, as in {EXAMPLE}."))
                continue
            url = site.url(path)
            file = unquote(url).rstrip("/")
            holder = taken.get(url.casefold()) or next((f'the file "{one}"' for one in (file, f"{file}/index.html") if one in files), "")
            if holder:
                wrong.append(Mistake(*at, f'The address of "{path}" is that of {holder}.', "Delete this path, or move what is there."))
                continue
            taken[url.casefold()] = f'a page that moved to "{page}"'
            moves.to[path] = page
    return moves


def is_path(path: object) -> bool:
    """Whether this is a path below docs/ that a page may have."""
    return (isinstance(path, str) and path.endswith(".md") and path == normpath(path)
            and not any(part.startswith(".") for part in path.split("/")) and not re.search(r"^/|[\\\x00-\x1f]", path))


def write_moved(folder: Path, site: Site, root: str) -> None:
    """Write below the site's folder a page at each former address, which leads on. `root` is the address of the site."""
    for path, page in read_moves(site).to.items():
        url = site.url(path)
        file = folder / unquote(url) / "index.html" if url.endswith("/") or not url else folder / unquote(url)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render("moved.html", title=title(site, page), link=site.link(url, page), address=root + site.url(page)),
                        encoding="utf-8")


def title(site: Site, page: str) -> str:
    """The title of a page as plain words, or its path."""
    match = TITLE.search(site.text(page))
    return re.sub(r"[`*]|<[^>]*>", "", match[1]) if match else page
