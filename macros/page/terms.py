"""The first place of a term on a page opens its explanation; every later one is plain text.

Python-Markdown makes an `<abbr title>` of each place, which a mouse alone can open. Here the first
becomes a button with a popover, which needs no script. The explanations stand at the end of the
page, so that no sentence holds one; a browser without popovers shows them there.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from macros.page.render import render
from macros.page.tables import HEADINGS

# Where no button stands: what is a name, can be clicked itself, or is copied as it is. A `dt` has its explanation below it.
NO_PLACE = {*HEADINGS, "a", "button", "caption", "code", "dt", "label", "pre", "summary", "thead"}
# What stands at a word without a space. A browser would break a line between it and a button.
BEFORE = re.compile(r"""[(\["'“‘]*$""")
AFTER = re.compile(r"""[)\].,:;!?"'”’]*""")


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
            child = kept_together(parent, before, child)
        else:
            text = (child.text or "") + (child.tail or "")
            if before is None:
                parent.text = (parent.text or "") + text
            else:
                before.tail = (before.tail or "") + text
            parent.remove(child)
            continue
        before = child


def kept_together(parent: Element, before: Element | None, button: Element) -> Element:
    """The button, or what stands in its place and holds it with the characters at it; `before` is its neighbour."""
    said = (parent.text if before is None else before.tail) or ""
    rest = button.tail or ""
    opening, closing = BEFORE.search(said).group(), AFTER.match(rest).group()
    if not opening and not closing:
        return button
    if before is None:
        parent.text = said.removesuffix(opening)
    else:
        before.tail = said.removesuffix(opening)
    whole = Element("span", {"class": "together"})
    whole.text, whole.tail, button.tail = opening, rest.removeprefix(closing), closing
    whole.append(button)
    parent[list(parent).index(button)] = whole
    return whole
