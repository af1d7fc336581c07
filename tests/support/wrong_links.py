"""What is wrong with the links and ids of a built site: none leads nowhere, none out except those listed."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from support.links import line_of
from support.sites import Build

# The pages that a reader may be sent to outside the site.
OUTSIDE = {
    "https://github.com/NicolasMassipFP/smc-ha-doc",
    "https://github.com/jimporter/mike",
    "https://support.forcepoint.com/s/article/How-to-Migrate-SMC-HA-Setup-to-New-Hosts",
    "https://support.forcepoint.com/s/article/Video-Additional-SMC-High-Availability-Server-Installation-Using-Linux-Command-Line",
    "https://weasyprint.org/",
}


ATTRIBUTES = ("href", "src", "xlink:href", "srcset", "poster", "action", "data")


class Tags(HTMLParser):
    """Every tag of a page with its attributes: no more is needed here, and a tree of the page takes long to make."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page.read_text(encoding="utf-8"))
        self.close()
        self.ids = [attributes["id"] for _, attributes in self.found if "id" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def wrong_links(build: Build) -> list[str]:
    """Each link of a built site that leads nowhere or out of it, with its page."""
    site = build.site
    pages = {page: Tags(page) for page in site.rglob("*.html")}
    ids = {page.resolve(): set(tags.ids) for page, tags in pages.items()}
    wrong = []
    for page, tags in pages.items():
        for tag, attributes in tags.found:
            for attribute in ATTRIBUTES:
                link = attributes.get(attribute)
                if link is not None and not leads_somewhere(build, page, link, ids, tag):
                    wrong.append(f"{page.relative_to(site)}: <{tag}> {link}")
    return wrong


def leads_somewhere(build: Build, page: Path, link: str, ids: dict[Path, set[str]], tag: str) -> bool:
    site = build.site
    if link.startswith(build.url):
        link = "/" + link.removeprefix(build.url)
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return tag == "a" and link in OUTSIDE
    path = unquote(parts.path)
    target = site / path.lstrip("/") if path.startswith("/") else page.parent / path if path else page
    target = target.resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or not target.is_relative_to(site.resolve()):
        return False
    # `#__…` are the theme's own; an empty fragment is the top of a page.
    fragment = unquote(parts.fragment)
    return not fragment or fragment.startswith("__") or fragment in ids.get(target, set())


def doubled_ids(site: Path, project: Path) -> list[str]:
    """Each id that a built page has twice."""
    found = []
    for page in sorted(site.rglob("*.html")):
        for name, times in Counter(Tags(page).ids).items():
            if times > 1:
                source = f"docs/{page.parent.relative_to(site).as_posix()}.md"
                found.append(f"{source}:{line_of(project / source, name, 2)}: The id \"{name}\" is there twice.")
    return found
