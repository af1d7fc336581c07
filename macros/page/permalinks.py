"""The link of a heading to itself is for the mouse alone.

Its sign is no word to hear at each heading, and with the keyboard each section is reached from the table of contents.
"""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor


class Permalinks(Treeprocessor):
    """The part of Python-Markdown that says so; it runs after headings have their links (5)."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("class") == "headerlink":
                link.attrib.update({"aria-hidden": "true", "tabindex": "-1"})
