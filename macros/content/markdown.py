"""Markdown that goes wrong in silence: it is built without a word, and the page shows something else.

Pure functions, the text of a page or snippet in, its mistakes out. Code and comments are passed over.
What the extensions take for a callout, a table or a list is in their documentation: Python-Markdown
(admonition, tables, fenced code) and pymdownx.details.
"""

import re
from collections.abc import Iterator

from macros.procedure.braces import HEADING, split
from macros.source.code import FENCE, fenced, outside_code
from macros.source.files import position, shown
from macros.source.merge import unmerged
from macros.source.mistake import Mistake
from macros.source.spaces import IN_PAGES, odd_spaces

# Further in it is code, or part of a list or a callout.
SHIFTED = re.compile(r" {1,3}(?=#{1,6} +\S)")
CALLOUT = re.compile(r"( *)(?:!!!|\?\?\?\+?)(?: +\w+)?(?: +(\".*))?$")
MACRO = re.compile(r" +\{\{-?\s*\w+\s*\(")
ITEM = re.compile(r" *(?:\d+\.|[-*+]) +\S")
# The mark of an item and no space behind it; `*words*` are stressed, `*[words]:` explains them, and `2.5` is a number.
TIGHT = re.compile(r" *(?:\d+\.(?=[^\s\d.])|[-+](?=[^\s\d+-])|\*(?=[^\s*])(?!\[[^\]]*\]:|.*\*))")
ELEMENT = re.compile(r"<(?P<end>/?)(?P<name>div|details)\b[^<>]*>", re.IGNORECASE)
PICTURE = re.compile(r"!\[\s*\][(\[]")
DELIMITERS = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")
# What begins a block of its own, and is no text that belongs to the line above.
BLOCK = re.compile(r" *(?:#|!!!|\?\?\?|\||<|\{\{|\{%|`{3}|~{3}|--8<--|\d+\.\s|[-*+]\s|:\s)")
# A bar in code or behind a backslash separates no cells.
# A run of backticks is taken whole: to try its parts would take minutes on a long one.
NO_BAR = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\\|")


def silent_mistakes(text: str) -> list[Mistake]:
    """Every mistake in a text whose front matter is blanked, so that lines keep their numbers."""
    lines = shown(text).split("\n")
    written = text.split("\n")
    outside = outside_code(written)
    return [*unmerged(outside), *odd_spaces(outside, IN_PAGES), *unclosed_fences(written), *unclosed_comment(lines), *headings(lines, written), *callouts(lines), *tables(lines, written), *alignments(lines), *lists(lines), *unclosed_elements(lines), *indented_macros(lines), *pictures(lines)]


def unclosed_fences(lines: list[str]) -> Iterator[Mistake]:
    """Each code block that goes to the end of the page, or to a line that opens another one with a fence of the same kind."""
    opened = None
    for number, (kind, line) in enumerate(fenced(lines), 1):
        if kind == "opening":
            opened = (number, FENCE.match(line)[1])
        elif kind == "closing":
            opened = None
        elif opened and kind == "code" and (mark := FENCE.fullmatch(line)) and mark[1] == opened[1]:
            yield open_fence(*opened)
            opened = (number, mark[1])
    if opened:
        yield open_fence(*opened)


def open_fence(number: int, fence: str) -> Mistake:
    return Mistake(number, 1, "The code block is opened and not closed.", f"Write {fence} on a line of its own below it.")


def unclosed_comment(lines: list[str]) -> Iterator[Mistake]:
    """A comment that goes to the end of the page, and hides all that is below it."""
    for number, line in enumerate(lines, 1):
        if "<!--" in line:
            yield Mistake(number, line.index("<!--") + 1, "The comment is opened and not closed: it hides the rest of the page.",
                          "Write `-->` at its end.")
            return


def headings(lines: list[str], written: list[str]) -> Iterator[Mistake]:
    """A heading that is indented, a second title, and a heading more than one level below the one above it."""
    title = above = 0
    for number, (line, whole) in enumerate(zip(lines, written, strict=True), 1):
        # Blanked code is no indent.
        indented = SHIFTED.match(line) if SHIFTED.match(whole) else None
        heading = HEADING.fullmatch(line[indented.end():] if indented else line)
        if not heading:
            continue
        level = len(heading[1])
        if indented:
            yield Mistake(number, 1, "The heading is indented, and is shown as text.", f"Write its `{heading[1]}` at the beginning of the line.")
        if level == 1 and title:
            yield Mistake(number, 1, f"The page has a second title, beside that of line {title}.", "Begin the line with `##`, as a section does.")
        elif above and level > above + 1:
            yield Mistake(number, 1, "The heading skips a level.", f"Begin the line with `{'#' * (above + 1)}`.")
        title = title or (number if level == 1 else 0)
        above = level


def callouts(lines: list[str]) -> Iterator[Mistake]:
    """A title without its closing quotation mark, and a text that is not indented."""
    for number, line in enumerate(lines, 1):
        match = CALLOUT.match(split(line)[0])
        if not match:
            continue
        title = (match[2] or "").rstrip()
        if title and (len(title) == 1 or not title.endswith('"')):
            yield Mistake(number, match.start(2) + 1, "The title of the callout has no closing quotation mark.",
                          'End the line with `"`.')
        following = next(((count, other) for count, other in enumerate(lines[number:], number + 1) if other.strip()), None)
        if following and indent(following[1]) < len(match[1]) + 4 and not BLOCK.match(following[1]):
            yield Mistake(following[0], 1, "The text below the callout is not part of it.",
                          "Indent it by four spaces. If the callout has no text, begin a new section below it.")


def tables(lines: list[str], written: list[str]) -> Iterator[Mistake]:
    """A table without its line of dashes or without a blank line before it, and a row of another length."""
    number = 0
    while number < len(lines):
        if not lines[number].lstrip().startswith("|"):
            number += 1
            continue
        end = number
        while end < len(lines) and lines[end].lstrip().startswith("|"):
            end += 1
        yield from table(number, end, lines, written)
        number = end


def table(start: int, end: int, lines: list[str], written: list[str]) -> Iterator[Mistake]:
    """The mistakes of the table in the lines from `start` up to `end`, counted from 0."""
    if start and lines[start - 1].strip() and not lines[start - 1].startswith("#"):
        yield Mistake(start + 1, 1, "The table has no blank line before it.", "Write one: without it the table is shown as text.")
    if end - start < 2 or not DELIMITERS.match(lines[start + 1]):
        yield Mistake(start + 1, 1, "The table has no line of dashes below its first row.",
                      f"Write `|{' --- |' * cells(written[start])}` below it.")
        return
    wanted = cells(written[start])
    for number in range(start + 1, end):
        if (found := cells(written[number])) != wanted:
            yield Mistake(number + 1, 1, *uneven_row(found, wanted))


def alignments(lines: list[str]) -> Iterator[Mistake]:
    """A table whose columns are aligned: that makes styles within the page, which a browser refuses."""
    for number, (above, line) in enumerate(zip(lines, lines[1:], strict=False), 2):
        if ":" in line and "|" in line and "|" in above and DELIMITERS.match(line):
            yield Mistake(number, line.index(":") + 1, "The line of dashes aligns a column, with a style that browsers refuse on this site.",
                          f"Write `|{' --- |' * cells(line)}`.")


def uneven_row(found: int, wanted: int) -> tuple[str, str]:
    """What is wrong with a row that has another number of cells than the first one, and the fix."""
    return (f"The row has {found} cell{'s' if found != 1 else ''}, and the first row has {wanted}.",
            "Write one cell for each column, and a blank line below the table. A bar within a cell is written `&#124;`.")


def cells(row: str) -> int:
    """The number of cells of a row of a table."""
    bars = NO_BAR.sub("", row.strip())
    return bars.removeprefix("|").removesuffix("|").count("|") + 1


def lists(lines: list[str]) -> Iterator[Mistake]:
    """A list that begins directly below a paragraph, and an item that is shown as a part of what is above it."""
    inside = False
    for number, (before, line, after) in enumerate(zip(["", *lines], lines, [*lines[1:], ""], strict=False), 1):
        item = ITEM.match(line)
        # One such line may be text; with an item or another such line beside it, it is an item.
        tight = TIGHT.match(line) if inside and before.strip() or ITEM.match(after) or alike(before, line) or alike(line, after) else None
        if tight:
            yield Mistake(number, tight.end() + 1, "The item of a list has no space behind its mark, and is shown as text.",
                          f"Write `{tight[0].strip()} ` before its first word.")
        elif item and not inside and before.strip() and not BLOCK.match(before) and indent(before) == indent(line):
            yield Mistake(number, 1, "The list begins directly below a paragraph, and is shown as a part of it.",
                          "Write a blank line before it.")
        elif item and inside and indent(line) % 4:
            yield Mistake(number, 1, f"The item is indented by {indent(line)} spaces, and is shown as one of the list above it.",
                          "Indent a list within a list by four spaces more than the item above it.")
        inside = bool(item or tight) or inside and bool(line.strip())


def alike(one: str, other: str) -> bool:
    """Whether both lines begin with the same mark and no space behind it."""
    first, second = TIGHT.match(one), TIGHT.match(other)
    return bool(first and second) and first[0].lstrip(" 0123456789") == second[0].lstrip(" 0123456789")


def unclosed_elements(lines: list[str]) -> Iterator[Mistake]:
    """A block of HTML that takes in all that is below it."""
    text = "\n".join(lines)
    opened: dict[str, list[int]] = {}
    for match in ELEMENT.finditer(text):
        starts = opened.setdefault(match["name"].lower(), [])
        if not match["end"]:
            starts.append(match.start())
        elif starts:
            starts.pop()
    for name, starts in opened.items():
        for start in starts:
            yield Mistake(*position(text, start), f"`<{name}>` is opened and not closed.", f"Write `</{name}>` below what belongs to it.")


def indented_macros(lines: list[str]) -> Iterator[Mistake]:
    """A macro call that is not at the beginning of its line: what it gives would be shown as code."""
    for number, line in enumerate(lines, 1):
        if MACRO.match(line):
            yield Mistake(number, indent(line) + 1, "The macro call is indented.", "Write it at the beginning of the line.")


def pictures(lines: list[str]) -> Iterator[Mistake]:
    """A picture without words, of which some readers have nothing."""
    for number, line in enumerate(lines, 1):
        for match in PICTURE.finditer(line):
            yield Mistake(number, match.start() + 1, "The picture has no words for readers who cannot see it.",
                          "Write what it shows: `![words](picture.png)`.")


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())
