"""The ids of a page: each is there once, for a link leads to the first of two.

Python-Markdown gives each heading an id of its own; what is written by hand it leaves as it is.
"""

import re
from collections.abc import Iterator, Mapping

from macros.page.rendered import Rendered
from macros.source.files import position, shown
from macros.source.mistake import Mistake

# What stands before an id, up to its first letter.
IN_BRACES = r"(?<!\{)\{:?(?:[^{}\n]*\s)?(?:#|id=[\"']?)"
IN_HTML = r"<\w[^<>]*\s(?i:id|name)\s*=\s*[\"']?"

FIX = "Give one of them another id, and change the links that lead to it."
ONE_PLACE = "If it stands in a snippet that a page includes twice, include it once; if a heading has this id by its words, write another one here."


def doubled_ids(page: Rendered, texts: Mapping[str, str]) -> Iterator[tuple[str, Mistake]]:
    """Each id that stands on a page again, with the name of the text that it is in.

    `texts` are the sources of the page, by their names in messages: its own, then its snippets.
    """
    for id in page.doubled:
        found = list(places(id, texts))
        for name, line, column in found[1:]:
            first, at, _ = found[0]
            where = f"line {at}" if first == name else f"line {at} of {first}"
            yield name, Mistake(line, column, f'The id "{id}" appears twice (first in {where}).', FIX)
        if len(found) == 1:
            yield found[0][0], Mistake(*found[0][1:], f'The id "{id}" is on one page twice.', ONE_PLACE)


def places(id: str, texts: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Where an id is written: the name of the text, the line and the column."""
    written = re.compile(rf"(?:{IN_BRACES}|{IN_HTML})({re.escape(id)})(?=[\"'\s}}/>])")
    for name, text in texts.items():
        for match in written.finditer(shown(text)):
            yield name, *position(text, match.start(1))
