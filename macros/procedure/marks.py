"""Marks the parts of a procedure in the HTML, so that no later reader looks at prose to find them.

    li[data-step="section/number"][data-role]   a step, and on what it is done, as it is written
    div[data-stop="section"]                    a stop
    table[data-expected-state="section"]        the state that is expected then
    p[data-way-back="section"]                  the way back

A section is the id of the last heading of level 2 or 3 above, a step's number its place there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE


@dataclass(frozen=True)
class Beginnings:
    """How each part begins, as the rules for the form of pages say it. What has no beginning is not marked."""

    steps: tuple[str, ...] = ("On …",)
    stop: str = ""
    state: str = ""
    back: str = ""

    def role(self, bold: str) -> str:
        """On what a step is done that begins with these words in bold; nothing if no step on anything does."""
        for step in self.steps:
            before, open_words, _ = step.partition("…")
            if open_words and re.fullmatch(f"{pattern([step])}:", bold, re.IGNORECASE):
                return bold[len(before):-1].strip()
        return ""


def pattern(steps: Iterable[str]) -> str:
    """A pattern for one of the beginnings of a step: … stands for any words, or none."""
    return "|".join("[^*]*".join(map(re.escape, step.split("…"))) for step in steps)


class Marks(Extension):
    """The extension of Python-Markdown that marks each page."""

    def __init__(self, begin: Beginnings) -> None:
        super().__init__()
        self.begin = begin

    def __repr__(self) -> str:
        return f"Marks({self.begin})"

    def extendMarkdown(self, md: Markdown) -> None:
        # As soon as headings have their ids (5).
        md.treeprocessors.register(Marker(md, self.begin), "procedure_marks", 4)


class Marker(Treeprocessor):
    def __init__(self, md: Markdown, begin: Beginnings) -> None:
        super().__init__(md)
        self.begin = begin

    def run(self, root: Element) -> None:
        mark(root, self.begin)


def mark(root: Element, begin: Beginnings) -> None:
    """Mark every part of a procedure in the tree of a page."""
    section, number, numbered = "", 0, set()
    for element in root.iter():
        if element.tag in ("h2", "h3") and element.get("id"):
            section, number = element.get("id"), 0
        elif element.tag == "ol":
            numbered.update(element)
        elif element in numbered and (role := begin.role(first_bold(element))):
            number += 1
            element.set("data-step", f"{section}/{number}")
            element.set("data-role", role)
        elif name := kind(element, begin):
            element.set(name, section)


def kind(element: Element, begin: Beginnings) -> str:
    """The attribute that marks an element other than a step, or nothing."""
    if element.tag == "div" and begin.stop and words(element.find("p[@class='admonition-title']")).startswith(begin.stop):
        return "data-stop"
    if element.tag == "table" and begin.state and words(element.find("thead/tr/th")) == begin.state:
        return "data-expected-state"
    if element.tag == "p" and begin.back and first_bold(element) == f"{begin.back}:":
        return "data-way-back"
    return ""


def first_bold(element: Element) -> str:
    """The words in bold that an item or a paragraph begins with."""
    while element.tag in ("li", "p") and len(element) and not (element.text or "").strip():
        element = element[0]
    return words(element) if element.tag == "strong" else ""


def words(element: Element | None) -> str:
    """What an element says, without the HTML that is written in it."""
    return "" if element is None else HTML_PLACEHOLDER_RE.sub("", "".join(element.itertext())).strip()


def add_marks(extensions: list, begin: Beginnings) -> None:
    """Add the extension to those that a generator reads its pages with, in place of a former one."""
    extensions[:] = [*(one for one in extensions if not isinstance(one, Marks)), Marks(begin)]
