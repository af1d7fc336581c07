"""An option of a command stays in one piece: a browser would break a line behind the sign that it begins with."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

OPTION = re.compile(r"(?<!\S)(--?\w[\w-]*)")
CLASS = "option"


class Options(Treeprocessor):
    """The part of Python-Markdown that marks the options in the code of a line; blocks of code keep their own lines."""

    def run(self, root: Element) -> None:
        blocks = {code for block in root.iter("pre") for code in block}
        for code in root.iter("code"):
            if code not in blocks and not len(code):
                mark_options(code)


def mark_options(code: Element) -> None:
    """Put each option of a code element without children in a span."""
    before, *rest = OPTION.split(code.text or "")
    code.text = AtomicString(before)
    for option, after in zip(rest[::2], rest[1::2], strict=True):
        span = SubElement(code, "span", {"class": CLASS})
        span.text, span.tail = AtomicString(option), AtomicString(after)
