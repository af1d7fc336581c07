"""The printed manual: the built pages in the order of the navigation, as one PDF.

Built pages → Manual (BeautifulSoup) → manual.html with manual.css → PDF (WeasyPrint).
"""

import base64
import os
import posixpath
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from jinja2 import FileSystemLoader
from markupsafe import Markup
from weasyprint import CSS, HTML

from macros.page.render import ENVIRONMENT
from macros.page.site import Site, leads_elsewhere
from macros.page.words import Words, in_words, read_words
from macros.publish.built import leave_out, parts
from macros.publish.colours import content_of, page_of_pages, printed_style

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent

# Pages about making this site; the reader of the manual does not need them.
LEFT_OUT = "contributing/"


@dataclass(frozen=True)
class Page:
    """A page of the site. `sections` are its headings of level 2, as (id, title)."""

    id: str
    title: str
    sections: list[tuple[str, str]]
    body: Markup


@dataclass(frozen=True)
class Part:
    """A section of the navigation; without a title for pages at its top."""

    title: str
    pages: list[Page]


@dataclass(frozen=True)
class Manual:
    """All that the template shows. `date` is YYYY-MM-DD."""

    title: str
    description: str
    version: str
    date: str
    note: str
    words: Words
    parts: list[Part]

    @classmethod
    def of(cls, config: Any, site: Path) -> "Manual":
        """The manual of a site that was built without directory URLs, from MkDocs' settings."""
        # An entry of `nav:` may lead to another site, and a site may have no `nav:`.
        pages = [page for page in Site(Path(config.docs_dir)).pages() if (site / html_path(page)).is_file()]
        chapters = [(title, [html_path(source) for source in sources if source in pages and not source.startswith(LEFT_OUT)])
                    for title, sources in parts(config.nav or pages)]
        known = {path for _, paths in chapters for path in paths}
        return cls(
            title=config.site_name,
            description=config.site_description,
            version=config.extra["manual"]["version"],
            date=time.strftime("%Y-%m-%d", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))),
            note=config.copyright,
            words=read_words(Path(config.docs_dir)),
            parts=[Part(title, [read_page(site, path, known, config.site_url) for path in paths])
                   for title, paths in chapters if paths],
        )


def html_path(source: str) -> str:
    """The path of a built page (`a/b.md` → `a/b.html`)."""
    return source.removesuffix(".md") + ".html"


def page_id(path: str) -> str:
    """The id of a page in the manual (`a/b.html` → `a--b`)."""
    return path.removesuffix(".html").replace("/", "--")


def read_page(site: Path, path: str, known: set[str], site_url: str) -> Page:
    """A built page, made ready for the manual. `known` are the paths of all its pages."""
    soup = BeautifulSoup((site / path).read_text(encoding="utf-8"), "html.parser")
    article = soup.select_one("article")
    leave_out(article, "manual")
    for picture in article.select("figure svg"):
        picture.replace_with(as_image(soup, picture))
    for element in article.select("[id]"):
        element["id"] = f"{page_id(path)}--{element['id']}"
    for link in article.select("a[href]"):
        link["href"] = address(path, link["href"], known, site_url)
    for image in article.select("img[src]"):
        if not image["src"].startswith("data:"):
            image["src"] = (site / posixpath.dirname(path) / unquote(image["src"])).as_uri()
    return Page(
        id=page_id(path),
        title=article.h1.get_text().strip(),
        sections=[(heading["id"], heading.get_text().strip()) for heading in article.select("h2[id]")],
        body=Markup(article.decode_contents()),
    )


def as_image(soup: BeautifulSoup, picture: Tag) -> Tag:
    """A picture with its own style, as the page's style does not reach into it. Its label or description says what it shows."""
    style = soup.new_tag("style")
    style.string = printed_style(HERE / "picture.css", PROJECT)
    picture.insert(0, style)
    picture["xmlns"] = "http://www.w3.org/2000/svg"
    picture["xmlns:xlink"] = "http://www.w3.org/1999/xlink"
    data = base64.b64encode(str(picture).encode()).decode()
    return soup.new_tag("img", attrs={
        "class": "drawn", "src": f"data:image/svg+xml;base64,{data}", "alt": picture.get("aria-label") or picture.desc.get_text(),
    })


def address(path: str, href: str, known: set[str], site_url: str) -> str:
    """Where a link of a page leads in the manual: to a place in it, or to an address outside it."""
    if leads_elsewhere(href):
        return href
    parts = urlsplit(href)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if target in known:
        return f"#{page_id(target)}" + (f"--{unquote(parts.fragment)}" if parts.fragment else "")
    # The published site has a folder for each page.
    online = target.removesuffix("index.html").replace(".html", "/")
    return urljoin(site_url, online) + (f"#{parts.fragment}" if parts.fragment else "")


def write_pdf(manual: Manual, file: Path) -> None:
    """Write the manual as an accessible PDF (PDF/UA-1)."""
    with in_words(manual.words):
        html = ENVIRONMENT.overlay(loader=FileSystemLoader(HERE)).get_template("manual.html").render(manual=manual)
    words = manual.words
    style = printed_style(
        HERE / "manual.css", PROJECT, page=page_of_pages(words),
        see=content_of(words.manual.see, page="target-counter(attr(href), page)"), done=content_of(words.manual.done),
    )
    HTML(string=html, base_url=HERE.as_uri()).write_pdf(
        file, pdf_variant="pdf/ua-1",
        stylesheets=[CSS(string=style, base_url=HERE.as_uri())],
    )
