"""Pages of the site: which exist, which anchors they have, and how to link from one to another."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath, relpath
from urllib.parse import quote

import markdown

from macros.model import Decision
from macros.problem import Place, Problem, near_miss

FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n---\s*\n", re.DOTALL)
# Code blocks and comments: a heading in them is none.
NOT_SHOWN = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1|<!--.*?-->", re.DOTALL | re.MULTILINE)
HEADING_ID = re.compile(r"^#{1,6} [^\n]*\{[^}\n]*#([^\s}]+)[^}\n]*\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Site:
    """What of the site's settings a link depends on."""

    docs: Path
    directory_urls: bool = True
    excluded: Callable[[str], bool] = lambda path: False
    extensions: tuple[str, ...] = ()
    extension_configs: Mapping[str, Mapping] | None = None

    def pages(self) -> list[str]:
        """The paths of all pages below docs/, with slashes."""
        found = (path.relative_to(self.docs).as_posix() for path in self.docs.rglob("*.md"))
        return sorted(path for path in found if not self.excluded(path))

    def text(self, page: str) -> str:
        """The Markdown of a page, without its front matter."""
        return FRONT_MATTER.sub("", (self.docs / page).read_text(encoding="utf-8-sig", errors="replace"))

    def named_sections(self, page: str) -> set[str]:
        """The ids that headings of a page have been given with `{ #id }`: found at once, unlike `anchors`."""
        return set(HEADING_ID.findall(NOT_SHOWN.sub("", self.text(page))))

    def anchors(self, page: str) -> set[str]:
        """The ids on a page that its Markdown makes; ids made by macros are not among them."""
        html = markdown.markdown(
            self.text(page), extensions=list(self.extensions), extension_configs=self.extension_configs or {}
        )
        finder = IdFinder()
        finder.feed(html)
        return finder.ids

    def url(self, page: str) -> str:
        """The address of a page from the site's root, as MkDocs makes it (`a/b.md` → `a/b/`)."""
        stem = page.removesuffix(".md")
        folder, _, name = stem.rpartition("/")
        if name in ("index", "README"):
            if self.directory_urls:
                return quote(f"{folder}/") if folder else ""
            return quote(f"{folder}/index.html".lstrip("/"))
        return quote(f"{stem}/" if self.directory_urls else f"{stem}.html")

    def link(self, page_url: str, target: str) -> str:
        """The relative address of a target (`b.md#part`) for a page at `page_url`."""
        page, _, anchor = target.partition("#")
        fragment = f"#{quote(anchor)}" if anchor else ""
        return relative(page_url, self.url(page)) + fragment


def relative(page_url: str, target_url: str) -> str:
    """The relative address that leads from one address below the site's root to another."""
    folder = page_url.rpartition("/")[0]
    path = relpath(target_url or ".", folder or ".")
    slash = "/" if target_url.endswith("/") or not target_url else ""
    return "./" if (path, slash) == (".", "/") else path + slash


class IdFinder(HTMLParser):
    """Collects every id of an HTML text."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids.update(value for name, value in attrs if name == "id" and value)


def pages_of(decision: Decision) -> Iterator[tuple[Place, str]]:
    """The page or section that each outcome leads to, with its place in the data file."""
    for group in ("methods", "other_outcomes"):
        for name, outcome in getattr(decision, group).items():
            yield (group, name, "page"), outcome.page


def page_problems(targets: Iterable[tuple[Place, str]], site: Site) -> list[Problem]:
    """Targets (`page.md` or `page.md#section`) whose page or anchor does not exist."""
    pages = site.pages()
    named, anchors = cache(site.named_sections), cache(site.anchors)
    found = []
    for place, target in targets:
        page, hash_sign, anchor = target.partition("#")
        if page not in pages:
            plain = normpath(page).lstrip("./")
            found.append(Problem(
                place,
                f'There is no page "{page}" in docs/.',
                f"{near_miss(plain, pages)}Write the path below docs/, as in `upgrade.md`.",
            ))
            continue
        if hash_sign and anchor not in named(page) and anchor not in anchors(page):
            found.append(Problem(
                place,
                f'The page "{page}" has no section "#{anchor}".',
                f"{near_miss(anchor, anchors(page))}"
                "Write the id of a heading, or give the heading this id with `{ #id }`.",
            ))
    return found
