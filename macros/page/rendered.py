"""A page's Markdown as HTML, before its macros: the ids that it has and the links in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor


@dataclass(frozen=True)
class Rendered:
    """What a page holds. Links are as they are written; `raw` are those in HTML, which nothing adjusts.

    `text` is what a reader sees of it.
    """

    ids: frozenset[str]
    links: tuple[str, ...]
    raw: tuple[str, ...]
    text: str


# A page is asked for by each link to it, and the preview renders again only what was edited.
KEPT: dict[tuple[str, ...], Rendered] = {}


def rendered(text: str, snippets: Iterable[str], extensions: Iterable, configs: Mapping[str, Mapping]) -> Rendered:
    """The ids and links of a page. `snippets` are the texts that it includes."""
    key = (text, *snippets, repr(extensions), repr(configs))
    if key not in KEPT:
        KEPT[key] = render_page(text, extensions, configs)
    return KEPT[key]


def render_page(text: str, extensions: Iterable, configs: Mapping[str, Mapping]) -> Rendered:
    md = markdown.Markdown(extensions=list(extensions), extension_configs=dict(configs))
    taker = LinkTaker(md)
    # After all that makes links and before what adjusts them.
    md.treeprocessors.register(taker, "links_as_written", 1)
    finder = Finder()
    finder.feed(md.convert(text))
    return Rendered(frozenset(finder.ids), tuple(taker.links), tuple(finder.links), "".join(finder.text))


class LinkTaker(Treeprocessor):
    """Takes the address of each link and image, so that what is left in the HTML was written as HTML."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.links: list[str] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                link = element.attrib.pop(name, None)
                if link and element.get("class") != "headerlink":
                    self.links.append(link)


# What a page holds and does not show.
UNSEEN = ("script", "style", "template")


class Finder(HTMLParser):
    """Collects the ids and the addresses of an HTML text, and the text that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.text: list[str] = []
        self.unseen = 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.ids.add(value)
            elif value and name in ("href", "src"):
                self.links.append(value)


def found_in(html: str) -> tuple[set[str], str]:
    """Every id of an HTML text, and the text that a reader sees."""
    finder = Finder()
    finder.feed(html)
    return finder.ids, "".join(finder.text)
