"""Every link of a built site leads somewhere, and none leads out except those listed."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
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


def wrong_links(build: Build) -> list[str]:
    """Each link of a built site that leads nowhere or out of it, with its page."""
    site = build.site
    soups = {
        page: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in site.rglob("*.html")
    }
    ids = {page.resolve(): {tag["id"] for tag in soup.select("[id]")} for page, soup in soups.items()}
    wrong = []
    for page, soup in soups.items():
        for tag in soup.find_all(True):
            for attribute in ATTRIBUTES:
                link = tag.get(attribute)
                if link is not None and not leads_somewhere(build, page, str(link), ids, tag.name):
                    wrong.append(f"{page.relative_to(site)}: <{tag.name}> {link}")
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
