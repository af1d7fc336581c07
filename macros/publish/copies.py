"""Each page as Markdown, at its address with `.md`, and the list of them: llms.txt.

Made from the built pages, so that a copy says what a reader sees: the tables and trees that the
macros make are in it, what only a script or a mouse can use is not. https://llmstxt.org gives
the form of llms.txt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from bs4 import BeautifulSoup, SoupStrainer, Tag
from markdownify import MarkdownConverter

from macros.decision.model import Decision
from macros.decision.published import FOLDER
from macros.page.site import Site, leads_elsewhere, relative
from macros.page.words import words_here
from macros.publish.built import leave_out, parts

LIST = "llms.txt"

# What the style sheet shows by layout is said with signs: selector → before and after the text.
SIGNS = {
    ".recommended": ("(", ")"),
    ".decision-tree__because": ("– ", ""),
    ".decision-tree__leads": ("→ ", ""),
}
# Parts that Markdown has no word for become the nearest that it has.
NEAREST = {
    "legend": "h3",
    ".decision-tree__answer": "strong",
    ".admonition, details": "blockquote",
    ".admonition-title, summary": "strong",
}


@dataclass(frozen=True)
class Copy:
    """A page as Markdown: its title, what its front matter says of it, and the text."""

    title: str
    description: str
    text: str


def copy_of(html: str, page: str, address: str, sources: Mapping[str, str]) -> Copy:
    """The Markdown copy of a built page, whose source has the path `page` below docs/.

    `address` is the page's; `sources` leads from the address of each page to the path of its
    source, both normalized and from the site's root.
    """
    soup = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer(["meta", "article"]))
    article = soup.select_one("article")
    leave_out(article, "copy", ", svg")
    for selector, name in NEAREST.items():
        for tag in article.select(selector):
            tag.name = name
    signs = {**SIGNS, ".decision-tree__outcome > h3": (f"{words_here().tree.outcome}: ", "")}
    for selector, (before, after) in signs.items():
        for tag in article.select(selector):
            if tag.get_text(strip=True):
                tag.insert(0, before)
                tag.append(after)
    for tag in article.select("a[href]"):
        point_to_copy(tag, page, address, sources)
    text = MarkdownConverter(heading_style="ATX", bullets="-", code_language_callback=language).convert_soup(article)
    meta = soup.select_one('meta[name="description"]')
    return Copy(article.h1.get_text(strip=True), str(meta["content"]) if meta else "", f"{text.strip()}\n")


def language(code: Tag) -> str:
    """The language of a code block, which the highlighter keeps on the box around it."""
    box = code.find_parent(class_="highlight")
    names = box.get("class", []) if box else []
    return next((name.removeprefix("language-") for name in names if name.startswith("language-")), "")


def point_to_copy(link: Tag, page: str, address: str, sources: Mapping[str, str]) -> None:
    """Lead from copy to copy. A copy has no anchors of its own."""
    if leads_elsewhere(str(link["href"])):
        return
    parts = urlsplit(str(link["href"]))
    if not parts.path:
        link.unwrap()
        return
    target = normpath(f"{dirname(address)}/{parts.path}".lstrip("/"))
    link["href"] = relative(quote(page), sources.get(target, target))


def sections(nav: Iterable[Any] | None, pages: Iterable[str]) -> dict[str, list[str]]:
    """Title → paths of pages, from the `nav:` of mkdocs.yml; without one, all pages together."""
    found: dict[str, list[str]] = {words_here().copies.pages: []}
    for title, inside in parts(nav or pages):
        found.setdefault(title or words_here().copies.pages, []).extend(inside)
    return found


def list_of_copies(
    name: str, description: str, root: str, nav: Any, copies: Mapping[str, Copy], trees: Mapping[str, Decision]
) -> str:
    """The text of llms.txt; `root` is the address of the site."""
    lines = [f"# {name}", "", f"> {description}"]
    for title, pages in sections(nav, copies).items():
        entries = [(copies[page], page) for page in pages if page in copies]
        if entries:
            lines += ["", f"## {title}", ""]
            lines += [f"- [{copy.title}]({root}{quote(page)}): {copy.description}" for copy, page in entries]
    if trees:
        lines += ["", f"## {words_here().copies.trees}", ""]
        lines += [f"- [{tree.title}]({root}{FOLDER}/{quote(key)}.json)" for key, tree in trees.items()]
    return "\n".join(lines) + "\n"


def write_copies(folder: Path, site: Site, trees: Mapping[str, Decision], settings: Mapping[str, Any]) -> None:
    """Write the copy of each built page, and llms.txt, below the site's folder.

    `settings` are `site_name`, `site_description`, `site_url` and `nav` of mkdocs.yml.
    """
    copies = {}
    addresses = {page: site.url(page) for page in site.pages()}
    sources = {normpath(address or "."): quote(page) for page, address in addresses.items()}
    for page, address in addresses.items():
        url = unquote(address)
        html = (folder / url / "index.html" if url.endswith("/") or not url else folder / url).read_text(encoding="utf-8")
        copies[page] = copy_of(html, page, address, sources)
        target = folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(copies[page].text, encoding="utf-8")
    text = list_of_copies(
        settings["site_name"], settings["site_description"] or "", settings["site_url"] or "",
        settings["nav"], copies, trees,
    )
    (folder / LIST).write_text(text, encoding="utf-8")
