"""Spaces that look like plain ones: a line that they indent, or where they follow the mark of an item, is read as another line."""

import re
from collections.abc import Iterable, Iterator

from macros.source.mistake import Mistake

ODD = r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
# What may stand before one: in a page the marks of quotes, items, headings and callouts, in data those of items and keys.
# Repeats give nothing back (`*+`): a line of spaces would take minutes.
IN_PAGES = re.compile(rf" *+(?:(?:>|[-*+]|\d+\.|#{{1,6}}|!!!|\?\?\?\+?) *+)*+{ODD}")
IN_DATA = re.compile(rf" *+(?:- *+)*+(?:[\w-]+:)? *+{ODD}")


def odd_spaces(lines: Iterable[str], begins: re.Pattern[str]) -> Iterator[Mistake]:
    """A mistake for each line whose beginning has such a space."""
    for number, line in enumerate(lines, 1):
        if found := begins.match(line):
            yield Mistake(number, found.end(), "This looks like a space, and is another character: the line is not read as it looks.",
                          "Type a space in its place.")
