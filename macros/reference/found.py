"""What a reader who types a state code or a text of the window finds first: the row that explains it.

The theme knows pages and their headings alone, so a code leads to whatever heading names it.
"""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from macros.page.site import Site
from macros.reference.states import States
from macros.reference.window import Window

INDEX = "search/search_index.json"

# Above a heading that names the same word among others.
BOOST = 4


def rows_found(states: States | None, window: Window | None, site: Site) -> Iterator[dict[str, object]]:
    """Each state and each case of the window, as an entry of the theme's index."""
    for code, state in (states.states if states else {}).items():
        yield entry(site, states.page, code, code, state.means, state.next)
    for name, case in (window.cases if window else {}).items():
        shown = [": ".join(filter(None, (row.status, row.info))) for row in case.rows.values()]
        yield entry(site, window.page, f"shown-{name}", "; ".join(dict.fromkeys(shown)), case.means, case.next)
    for name, sign in (window.signs if window else {}).items():
        yield entry(site, window.page, f"shown-sign-{name}", sign.shows, sign.means, sign.next)


def entry(site: Site, page: str, row: str, title: str, *text: str) -> dict[str, object]:
    """One entry: the row of a page's table, with what it says."""
    said = "".join(f"<p>{escape(one.replace('`', ''), quote=False)}</p>" for one in text)
    return {"location": f"{site.url(page.partition('#')[0])}#{row}", "title": escape(title, quote=False), "text": said, "boost": BOOST}


def add_to_index(site: Path, entries: list[dict[str, object]]) -> None:
    """Put the entries into the index of a built site, where it has one."""
    file = site / INDEX
    if not file.is_file():
        return
    index = json.loads(file.read_text(encoding="utf-8"))
    pages = {doc["location"] for doc in index["docs"]}
    # A row belongs to a page that is found too; a build that adds twice would double it.
    index["docs"] += [one for one in entries if one["location"] not in pages and str(one["location"]).partition("#")[0] in pages]
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
