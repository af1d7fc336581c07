"""The first place of a term on a page opens its explanation; every later one is plain text.

Python-Markdown makes an `<abbr title>` of each place, which a mouse alone can open. Here the first
becomes a button with a popover, which needs no script. The explanations stand at the end of the
page, so that no sentence holds one; a browser without popovers shows them there.
"""

from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from macros.page.render import render
from macros.page.tables import HEADINGS

# Where no button stands: what is a name, can be clicked itself, or is copied as it is. A `dt` has its explanation below it.
NO_PLACE = {*HEADINGS, "a", "button", "caption", "code", "dt", "label", "pre", "summary", "thead"}


class Terms(Treeprocessor):
    """The part of Python-Markdown that does so on each page; it runs after abbreviations (7), before headings have ids (5)."""

    def run(self, root: Element) -> None:
        found: dict[str, str] = {}
        settle(root, True, found)
        if found:
            terms = [(term_id(number), term, text) for number, (term, text) in enumerate(found.items(), 1)]
            SubElement(root, "p").text = self.md.htmlStash.store(render("terms.html", terms=terms))


def term_id(number: int) -> str:
    return f"term-{number}"


def settle(parent: Element, may_open: bool, found: dict[str, str]) -> None:
    """Make each `abbr` below an element a button or plain text, and add those that open to `found` (term → explanation)."""
    may_open = may_open and parent.tag not in NO_PLACE
    before = None
    for child in list(parent):
        if child.tag != "abbr":
            settle(child, may_open, found)
        elif may_open and child.text not in found:
            found[child.text] = child.get("title", "")
            child.tag = "button"
            child.attrib = {"type": "button", "data-term": "", "popovertarget": term_id(len(found))}
        else:
            text = (child.text or "") + (child.tail or "")
            if before is None:
                parent.text = (parent.text or "") + text
            else:
                before.tail = (before.tail or "") + text
            parent.remove(child)
            continue
        before = child
