"""The links in the pages: each leads to a page, a section or a file that is published.

They are read off each page as it is rendered, so that none is missed, and looked for in its source,
so that a message names the line.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from difflib import get_close_matches
from html import escape
from posixpath import basename, dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from macros.page.moved import read_moves
from macros.page.site import Site, leads_elsewhere
from macros.page.targets import instead_of_section
from macros.source.files import position, shown
from macros.source.mistake import Mistake, said

# What is wrong with a link, and the fix.
WhatAndFix = tuple[str, str]


class Links:
    """The check of all links of a site.

    `made` gives the ids that the macros of a page make, or None where they cannot be known.
    """

    def __init__(self, site: Site, made: Callable[[str], Set[str] | None]) -> None:
        self.site = site
        self.made = made
        self.files = dict.fromkeys(site.files())
        self.moves = read_moves(site)

    def mistakes(self, page: str, texts: Mapping[str, str]) -> list[str]:
        """A line for each link of a page that leads nowhere.

        `texts` are the sources of the page, by their names in messages: its own, then its snippets.
        """
        here = self.site.rendered(page)
        found: dict[str, list[Mistake]] = {}
        times: Counter[str] = Counter()
        for link, mistake in [*((link, self.mistake(page, link)) for link in here.links),
                              *((link, self.mistake_in_html(page, link)) for link in here.raw)]:
            if mistake:
                name, line, column = place(link, times[link], texts)
                times[link] += 1
                found.setdefault(name, []).append(Mistake(line, column, *mistake))
        return [line for name in found for line in said(name, found[name])]

    def mistake(self, page: str, link: str) -> WhatAndFix | None:
        """What is wrong with a link of a page's Markdown."""
        try:
            elsewhere = leads_elsewhere(link)
        except ValueError:
            return f'The address "{link}" cannot be read.', "Compare it with the address in the browser."
        # The parser hides an address of e-mail behind a character of its own.
        if elsewhere or "\x02" in link:
            return None
        parts = urlsplit(link)
        if not parts.path:
            return self.mistake_of_section(page, page, link, unquote(parts.fragment))
        path = unquote(parts.path)
        if path.startswith(("/", "\\")):
            return (f'The link "{link}" begins at the root of the server, where this site may not be.',
                    f"{suggestion(page, path, self.files, self.moves.to)}Write the path from this page's file.")
        target = normpath(join(dirname(page), path))
        if self.site.excluded(target):
            return f'The link "{link}" leads to a file that is not published.', "Link to a page, or to a file in docs/assets/."
        if target not in self.files:
            return (f'The link "{link}" leads to no file in docs/.',
                    f"{suggestion(page, path, self.files, self.moves.to)}Write the path from this page's file, as in `upgrade.md`.")
        return self.mistake_of_section(page, target, link, unquote(parts.fragment))

    def mistake_in_html(self, page: str, link: str) -> WhatAndFix | None:
        """What is wrong with a link that is written as HTML."""
        if link.startswith("#"):
            return self.mistake(page, link)
        try:
            if leads_elsewhere(link):
                return None
        except ValueError:
            return self.mistake(page, link)
        return (f'The link "{link}" is written as HTML, where nothing adjusts it to the address of the page.',
                "Write it in Markdown: `[words](page.md)`, for a picture `![words](picture.png)`.")

    def mistake_of_section(self, page: str, target: str, link: str, section: str) -> WhatAndFix | None:
        """What is wrong with the part of a link behind `#`."""
        if not section or not target.endswith(".md") or section in self.site.anchors(target):
            return None
        made = self.made(target)
        if made is None or section in made or self.site.blank(target):
            return None
        where = "This page" if target == page else f'The page "{target}"'
        return (f'The link "{link}" leads to no section. {where} has no section "#{section}".',
                instead_of_section(section, [*self.site.anchors(target), *made]))


def suggestion(page: str, path: str, files: Collection[str], moves: Mapping[str, str]) -> str:
    """`Did you mean "x"? ` for the file that a path on a page was most likely meant for, or an empty text. `moves` is former path → page."""
    likely = meant(page, path, files, moves)
    return f'Did you mean "{relpath(likely, dirname(page) or ".")}"? ' if likely else ""


def meant(page: str, path: str, files: Collection[str], moves: Mapping[str, str]) -> str | None:
    """The file below docs/ that a path on a page was most likely meant for."""
    folder = dirname(page)
    for start in ("", folder):
        stem = normpath(join(start, path.lstrip("/\\"))).removesuffix(".html").removesuffix(".md")
        for likely in (f"{stem}.md", f"{stem}/index.md"):
            if there := likely if likely in files else moves.get(likely):
                return there
    alike = [file for file in files if basename(file) == basename(path)]
    if len(alike) == 1:
        return alike[0]
    # Without the ending, which makes any two pages alike.
    paths = {relpath(file.removesuffix(".md"), folder or "."): file for file in files}
    close = get_close_matches(path.removesuffix(".md"), paths, n=1)
    return paths[close[0]] if close else None


def place(link: str, time: int, texts: Mapping[str, str]) -> tuple[str, int, int]:
    """Where a link is written for the nth time, from 0: the name of the text, the line, the column.

    The beginning of the first text where it is not found as it stands.
    """
    found = list(places(link, texts))
    return found[min(time, len(found) - 1)] if found else (next(iter(texts)), 1, 1)


def places(link: str, texts: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Every place where a link is written."""
    written = re.compile(rf"(?<=[(<\"'=\s])(?:{re.escape(link)}|{re.escape(escape(link))})(?=[)>\"'\s]|$)")
    for name, text in texts.items():
        for match in written.finditer(shown(text)):
            yield name, *position(text, match.start())
