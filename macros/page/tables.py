"""A table written in Markdown says what it is about, and what each of its rows is about.

A reader who hears a table is told its name and, in each cell, the header of its row. The name is the
heading above; the first cell of a row is its header, unless it is empty.
"""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Namer(Treeprocessor):
    """The part of Python-Markdown that does so on each page; it runs after inline text (20), before headings have permalinks (5)."""

    def run(self, root: Element) -> None:
        name = ""
        for element in root.iter():
            if element.tag in HEADINGS:
                name = " ".join(words(element).split())
            elif element.tag == "table" and not element.get("class"):
                name_table(element, name)


def name_table(table: Element, name: str) -> None:
    """Give a table a name, unless it has one, and make the first cell of each row its header."""
    if name and table.find("caption") is None:
        table.attrib.setdefault("aria-label", name)
    for head in table.iterfind("thead/tr/th"):
        head.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        first = row.find("td")
        if first is not None and first is row[0] and words(first):
            first.tag = "th"
            first.set("scope", "row")


def words(element: Element | None) -> str:
    """What an element says, without the HTML that is written in it."""
    return "" if element is None else HTML_PLACEHOLDER_RE.sub("", "".join(element.itertext())).strip()
