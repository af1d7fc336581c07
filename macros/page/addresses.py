"""On paper a link is a number, and its address is in a list at the end of the page, each once.

Links within the site have none: on paper their words say where to look.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from macros.page.render import render
from macros.page.tables import words
from macros.page.words import Words, in_words

OUTSIDE = ("http://", "https://")


class Addresses(Treeprocessor):
    """The part of Python-Markdown that does so on each page; it runs after all that makes links, before what adjusts them (0).

    A link out has its number in `data-address`, unless it shows its address itself; the styles for paper show it.
    """

    def __init__(self, md: Markdown, said: Callable[[], Words]) -> None:
        super().__init__(md)
        self.said = said

    def run(self, root: Element) -> None:
        links = [link for link in root.iter("a") if link.get("href", "").startswith(OUTSIDE) and words(link) != link.get("href")]
        found = list(dict.fromkeys(link.get("href") for link in links))
        for link in links:
            link.set("data-address", str(found.index(link.get("href")) + 1))
        if found:
            with in_words(self.said()):
                html = render("addresses.html", addresses=found)
            SubElement(root, "p").text = self.md.htmlStash.store(html)
