"""What a page shows once it is rendered: no mark of Markdown left as text, each row whole, each phase with its stop.

The source is checked first, where a slip can be named by its cause; this finds also the slips that
nobody thought of there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from macros.content.markdown import uneven_row
from macros.content.rules import Procedures
from macros.page.rendered import PLACE_OF_CODE, Rendered
from macros.page.tables import HEADINGS
from macros.source.mistake import Mistake

# The name of a text in messages, and a mistake in it.
InText = tuple[str, Mistake]

AS_CODE = "To show it to the reader, put it between backticks."
# What a line of a rendered page shows only where Markdown did not read it → what to do.
LEFT = {
    re.compile(r"^\s*(?:!{2,}|\?{2,}\+?)(?= +[\w\"])"):
        "Begin the callout with `!!!`. Write a blank line before it, and its title between two quotation marks.",
    re.compile(r"\{:? *[.#][\w-][^{}]*\}"): "Write the braces at the end of the heading or step that they belong to.",
    re.compile(r"(?<!-)-+8<-+"): "Write the call of the snippet on a line of its own.",
    re.compile(r"`{3,}|~{3,}"): "Write the fence on a line of its own, indented like the one that closes the code block.",
    re.compile(r"^(?=.*\|)(?=.*--)[\s|:-]+$"): "Write one group of dashes for each cell of the row above, and a blank line before that row.",
    # One alone may be a sign in a table, as in "# of servers".
    re.compile(r"^\s*#{2,6}(?= +\S)"): "Begin the line of the heading with it, within a list or a callout behind four spaces.",
    re.compile(r"\*\*"): "Write two stars before the bold words and two after them, without a space inside.",
    re.compile(r"(?<=\]) ?\((?:[^\s)]+\)?)"): "Write `[words](page.md)`, without a space before the path or in it.",
    re.compile(r"\[[^\]\[]+\]\[[^\]\[]*\]"): "Write `[words](page.md)`, or below the text a line with the address: `[name]: page.md`.",
    re.compile(r"(?<!`)`{1,2}(?!`)"): "Write as many backticks before the code as behind it.",
    re.compile(r"(?<!\{)\{ *\w+\([^)]*\) *\}(?!\})"): "Write a macro call with two braces on each side.",
    re.compile(r"^\*\[[^\]]+\]"): "Write a colon and the explanation behind the term: `*[term]: …`.",
}


def shown_mistakes(page: Rendered, texts: Mapping[str, str], procedures: Procedures | None) -> Iterator[InText]:
    """What is wrong with a rendered page.

    `texts` are its sources by their names in messages, its own first. `procedures` are the rules
    for its phases, if it is a procedure.
    """
    yield from left_as_text(page, texts)
    yield from rows(page, texts)
    if procedures:
        yield from phases(page, texts, procedures)


def left_as_text(page: Rendered, texts: Mapping[str, str]) -> Iterator[InText]:
    """Each mark of Markdown that a reader sees as it is written."""
    heading = 0
    times: Counter[tuple[str, str]] = Counter()
    for kind, text in page.parts:
        if kind in HEADINGS:
            heading, times = line_of_heading(text, texts, heading), Counter()
        elif kind != "text":
            continue
        for line in text.split("\n"):
            for pattern, fix in LEFT.items():
                if match := pattern.search(line):
                    mark = match[0].strip()
                    place = places(line, mark, heading, texts)[times[line, mark]:] or [(next(iter(texts)), heading, 0)]
                    times[line, mark] += 1
                    name, number, column = place[0]
                    what = f"`{mark.replace(PLACE_OF_CODE, '…')}` is shown to the reader as it is written."
                    yield name, Mistake(number + 1, column + 1, what, f"{fix} {AS_CODE}")


def rows(page: Rendered, texts: Mapping[str, str]) -> Iterator[InText]:
    """Each row of a table that has not as many cells as its head."""
    for row, cells, wanted in page.rows:
        found = [(name, number) for name, text in texts.items() for number, line in enumerate(text.split("\n"), 1) if line.strip() == row]
        name, number = found[0] if found else (next(iter(texts)), 1)
        yield name, Mistake(number, 1, *uneven_row(cells, wanted))


def phases(page: Rendered, texts: Mapping[str, str], rules: Procedures) -> Iterator[InText]:
    """Each phase that is not shown with just one stop."""
    line = 0
    phases: list[tuple[int, Counter[str]]] = []
    counts: Counter[str] = Counter()
    for kind, text in page.parts:
        if kind == "h2":
            line, counts = line_of_heading(text, texts, line), Counter()
            if text.startswith(rules.phase):
                phases.append((line, counts))
        counts[kind] += 1
    for line, counts in phases:
        if (count := counts["data-stop"]) != 1:
            what = f"The phase is shown with {count or 'no'} stop{'s' if count else ''}."
            fix = ("Leave one of them, or begin a new phase for the other." if count else
                   "Compare its first lines with those of another phase, and write a blank line before it.")
            yield next(iter(texts)), Mistake(line + 1, 1, what, fix)


def places(line: str, mark: str, heading: int, texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Where a line that is shown may be written: the name of the text, the line and the column, from 0.

    In the page's own text that is below the line of the heading. Lines that are the same come
    first, then those with the mark and every word, as a link or bold words lie between them.
    """
    said, same, alike = words(line), [], []
    for count, (name, text) in enumerate(texts.items()):
        for number, written in enumerate(text.split("\n")):
            if mark in written and (count or number >= heading) and said <= words(written):
                (same if written.strip() == line.strip() else alike).append((name, number, written.find(mark)))
    return same + alike


def line_of_heading(heading: str, texts: Mapping[str, str], start: int) -> int:
    """The line of a heading in the page's own text, from 0, looked for from a line on; that line if it is not there."""
    lines = next(iter(texts.values())).split("\n")
    return next((number for number in range(start, len(lines)) if "#" in lines[number] and words(heading) <= words(lines[number])), start)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
