"""A page's Markdown as HTML, before its macros: its ids, its links, and what a reader sees of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from macros.page.tables import HEADINGS


@dataclass(frozen=True)
class Rendered:
    """What a page holds. Links are as they are written; `raw` are those in HTML, which nothing adjusts.

    `text` is what a reader sees of it. `parts` are its parts in order, as (kind, text): `h1` to `h6`
    with their words, `text` with the words of a block that is no heading, `data-…` with the value
    of a mark; in all of them code is one character. `rows` are the rows of tables whose number of
    cells is not that of the head, as (what is written, number, number in the head). `doubled` are
    the ids that more than one element has.
    """

    ids: frozenset[str]
    links: tuple[str, ...]
    raw: tuple[str, ...]
    text: str
    parts: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, int, int], ...] = ()
    doubled: tuple[str, ...] = ()


# A page is asked for by each link to it, and the preview renders again only what was edited.
KEPT: dict[tuple[str, ...], Rendered] = {}
# What the reading before has used: a preview may run for days, and each edit makes another text of a page.
BEFORE: dict[tuple[str, ...], Rendered] = {}


def begin_reading() -> None:
    """The site is read anew: what the last reading did not use is forgotten."""
    BEFORE.clear()
    BEFORE.update(KEPT)
    KEPT.clear()


def rendered(text: str, snippets: Iterable[str], extensions: Iterable, configs: Mapping[str, Mapping]) -> Rendered:
    """The ids and links of a page. `snippets` are the texts that it includes."""
    key = (text, *snippets, repr(extensions), repr(configs))
    if key not in KEPT:
        KEPT[key] = BEFORE.get(key) or render_page(text, extensions, configs)
    return KEPT[key]


def render_page(text: str, extensions: Iterable, configs: Mapping[str, Mapping]) -> Rendered:
    md = markdown.Markdown(extensions=list(extensions), extension_configs=dict(configs))
    taker = LinkTaker(md)
    # After all that makes links and before what adjusts them.
    md.treeprocessors.register(taker, "links_as_written", 1)
    rows = uneven_rows(md)
    finder = Finder()
    finder.feed(md.convert(text))
    finder.end_part()
    return Rendered(
        frozenset(finder.ids), tuple(taker.links), tuple(finder.links), "".join(finder.text), tuple(finder.parts), tuple(rows),
        tuple(finder.doubled),
    )


def uneven_rows(md: markdown.Markdown) -> list[tuple[str, int, int]]:
    """A list that fills with the uneven rows of tables while a page is rendered: in the HTML they are cut or filled up."""
    found: list[tuple[str, int, int]] = []
    if "table" in md.parser.blockprocessors:
        table = md.parser.blockprocessors["table"]
        build_row = table._build_row

        def look_at_row(row: str, parent: Element, align: Sequence[str | None]) -> None:
            cells = len(table._split_row(row))
            if cells != len(align):
                found.append((row, cells, len(align)))
            build_row(row, parent, align)

        table._build_row = look_at_row
    return found


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
# What is shown as it is written, and the character that stands for it in a part.
CODE = ("code", "pre", "kbd", "samp")
PLACE_OF_CODE = "\ufffc"
# Any other element ends a part.
INLINE = frozenset(
    "a abbr b bdi bdo br button cite code del dfn em i img ins kbd label mark q s samp small span strong sub sup u var wbr".split()
)


class Finder(HTMLParser):
    """Collects the ids and the addresses of an HTML text, the text that a reader sees, and its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.doubled: dict[str, None] = {}
        self.links: list[str] = []
        self.text: list[str] = []
        self.unseen = self.code = 0
        self.parts: list[tuple[str, str]] = []
        self.part: list[str] = []

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.text.append(data)
            if not self.code:
                self.part.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN
        self.code -= tag in CODE
        if tag not in INLINE:
            self.end_part(tag)

    def end_part(self, tag: str = "") -> None:
        """Keep what has been read since the last part as one, if it says anything."""
        if words := "".join(self.part).strip():
            self.parts.append((tag if tag in HEADINGS else "text", words))
        self.part = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.end_part()
        if tag in CODE and not self.code:
            self.part.append(PLACE_OF_CODE)
        self.unseen += tag in UNSEEN
        self.code += tag in CODE
        self.parts += [(name, value or "") for name, value in attrs if name.startswith("data-")]
        # An anchor may have both, and alike.
        ids = {value for name, value in attrs if value and (name == "id" or (name == "name" and tag == "a"))}
        self.doubled.update(dict.fromkeys(ids & self.ids))
        self.ids |= ids
        self.links += [value for name, value in attrs if value and name in ("href", "src")]


def found_in(html: str) -> tuple[set[str], str]:
    """Every id of an HTML text, and the text that a reader sees."""
    finder = Finder()
    finder.feed(html)
    return finder.ids, "".join(finder.text)
