"""Pictures that say what prose says too: boxes on a grid, and lines between them. Rendered by a template.

The classes mirror the keys of `docs/_data/reference/pictures.yml`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from macros.decision.widths import FONTS, width, wrap
from macros.source.load import load
from macros.source.mistake import Place, ValueMistake, near_miss, one_of
from macros.source.part import Id, Part, Text

FILE = "_data/reference/pictures.yml"
# All lengths are in the units of the picture; one unit is one CSS pixel at full size.
WIDTH = 400
SIZE = 15
LINE = 20
PADDING = 10
GAP = 10  # between boxes that nothing runs between
PASSAGE = 34  # where a line runs from one box to another
SPAN = re.compile(r"[1-9](-[1-9])?")


class Box(Part):
    """A box of the picture."""

    name: Text = Field(description="What it shows, in bold letters.")
    text: Text | None = Field(None, description="What is said of it, below its name.")
    columns: Text = Field("1", description="The columns that it covers: `2`, or `1-3`.")
    rows: Text = Field(description="The rows that it covers: `2`, or `1-3`.")
    kind: Literal["plain", "active", "standby", "aside", "loss"] = Field("plain", description="How it is drawn.")


class Line(Part):
    """A line from one box to another, with its arrow there."""

    start: Id = Field(description="The box that it begins at.")
    end: Id = Field(description="The box that it points to.")
    kind: Literal["contact", "copy"] = Field("contact", description="Thin, or thick.")
    text: Text | None = Field(None, description="A word or two beside a line that runs down.")


class Picture(Part):
    """One picture."""

    title: Text = Field(description="What it shows, as a heading would say it.")
    description: Text = Field(description="What it shows, as full sentences for a reader who does not see it.")
    boxes: dict[Id, Box] = Field(min_length=1, description="Id → box, in the order of reading.")
    lines: list[Line] = Field([], description="The lines between them.")


class Pictures(Part):
    """The whole data file."""

    pictures: dict[Id, Picture] = Field(min_length=1, description="Name → picture.")


@dataclass(frozen=True)
class Drawn:
    """A box where it stands, with the lines of its two texts."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    name: list[str]
    text: list[str]


@dataclass(frozen=True)
class DrawnLine:
    """A line where it stands. `label` is the place of its text, `anchor` the end of the text that stands there."""

    line: Line
    points: tuple[tuple[float, float], tuple[float, float]]
    label: tuple[float, float]
    anchor: Literal["start", "end"]


@dataclass(frozen=True)
class Drawing:
    """Everything to draw, in the order of reading."""

    height: float
    boxes: list[Drawn]
    lines: list[DrawnLine]
    width: float = WIDTH
    line: float = LINE
    size: float = SIZE
    fonts: str = FONTS


def span(text: str) -> range:
    """The rows or columns that are meant, counted from 0."""
    first, _, last = text.partition("-")
    return range(int(first) - 1, int(last or first))


def draw(picture: Picture) -> Drawing:
    """Where everything stands. The picture has no mistakes."""
    boxes = picture.boxes
    across, down = crossed(picture)
    columns = starts([0.0] * (1 + max(span(box.columns)[-1] for box in boxes.values())), across, WIDTH - 2)
    texts = {name: in_box(box, columns) for name, box in boxes.items()}
    heights = [0.0] * (1 + max(span(box.rows)[-1] for box in boxes.values()))
    # A box over several rows makes the last of them higher where it does not fit.
    for name, box in sorted(boxes.items(), key=lambda pair: len(span(pair[1].rows))):
        rows = span(box.rows)
        between = sum(PASSAGE if row in down else GAP for row in rows[:-1])
        needed = LINE * sum(map(len, texts[name])) + 1.5 * PADDING - between - sum(heights[row] for row in rows[:-1])
        heights[rows[-1]] = max(heights[rows[-1]], needed)
    rows_at = starts(heights, down)
    drawn = {}
    for name, box in boxes.items():
        (x, right), (y, bottom) = extent(columns, box.columns), extent(rows_at, box.rows)
        drawn[name] = Drawn(box, x, y, right - x, bottom - y, *texts[name])
    return Drawing(rows_at[-1][1] + 1, list(drawn.values()), [draw_line(line, drawn) for line in picture.lines])


def in_box(box: Box, columns: list[tuple[float, float]]) -> tuple[list[str], list[str]]:
    """The lines of the name and of the text of a box."""
    left, right = extent(columns, box.columns)
    room = right - left - 2 * PADDING
    return wrap(box.name, room, SIZE, bold=True), wrap(box.text or "", room, SIZE)


def crossed(picture: Picture) -> tuple[set[int], set[int]]:
    """After which columns, and after which rows, a line needs room to be seen."""
    across, down = set(), set()
    for line in picture.lines:
        first, last = picture.boxes[line.start], picture.boxes[line.end]
        ways = (across, "columns") if set(span(first.rows)) & set(span(last.rows)) else (down, "rows")
        one, other = sorted((span(getattr(first, ways[1])), span(getattr(last, ways[1]))), key=lambda found: found[0])
        ways[0].update(range(one[-1], other[0]))
    return across, down


def starts(sizes: list[float], passages: set[int], whole: float | None = None) -> list[tuple[float, float]]:
    """Begin and end of each row or column. Those of a `whole` length share what the gaps leave."""
    gaps = [PASSAGE if place in passages else GAP for place in range(len(sizes) - 1)]
    if whole is not None:
        sizes = [(whole - sum(gaps)) / len(sizes)] * len(sizes)
    found, at = [], 1.0
    for size, gap in zip(sizes, [*gaps, 0], strict=True):
        found.append((round(at, 1), round(at + size, 1)))
        at += size + gap
    return found


def extent(places: list[tuple[float, float]], covered: str) -> tuple[float, float]:
    """Begin and end of all rows or columns that are covered."""
    return places[span(covered)[0]][0], places[span(covered)[-1]][1]


def draw_line(line: Line, drawn: dict[str, Drawn]) -> DrawnLine:
    """The line between two boxes, past those that stand between them."""
    first, last = drawn[line.start], drawn[line.end]
    beside = max(first.y, last.y) < min(first.y + first.height, last.y + last.height)
    if beside:
        y = (max(first.y, last.y) + min(first.y + first.height, last.y + last.height)) / 2
        points = ((first.x + first.width, y), (last.x, y)) if first.x < last.x else ((first.x, y), (last.x + last.width, y))
        return DrawnLine(line, points, (0, 0), "start")
    x = passage(first, last, drawn.values())
    points = ((x, first.y + first.height), (x, last.y)) if first.y < last.y else ((x, first.y), (x, last.y + last.height))
    # Beside the end of the line, which other lines seldom cross.
    y = last.y - PADDING if first.y < last.y else last.y + last.height + LINE
    right = x + 8 + width(line.text or "", SIZE) <= WIDTH
    return DrawnLine(line, points, (x + 8 if right else x - 8, y), "start" if right else "end")


def passage(first: Drawn, last: Drawn, boxes: Iterable[Drawn]) -> float | None:
    """Where a line can run down from one box to the other: the middle of the widest way, None if there is none."""
    upper, lower = sorted((first, last), key=lambda one: one.y)
    free = [(max(first.x, last.x), min(first.x + first.width, last.x + last.width))]
    for box in boxes:
        if upper.y + upper.height < box.y + box.height and box.y < lower.y and box not in (first, last):
            free = [part for start, end in free for part in ((start, min(end, box.x)), (max(start, box.x + box.width), end))]
    start, end = max(free, key=lambda part: part[1] - part[0])
    return round((start + end) / 2, 1) if end - start >= GAP else None


def mistakes(pictures: Pictures) -> Iterator[ValueMistake]:
    """Boxes that cover each other or run backwards; lines without a box, or without a way to it."""
    for name, picture in pictures.pictures.items():
        place: Place = ("pictures", name)
        found = [*box_mistakes(picture, place), *end_mistakes(picture, place)]
        yield from found
        if not found:
            yield from line_mistakes(picture, place)


def box_mistakes(picture: Picture, place: Place) -> Iterator[ValueMistake]:
    taken: dict[tuple[int, int], str] = {}
    for name, box in picture.boxes.items():
        here = (*place, "boxes", name)
        wrong = [key for key in ("rows", "columns") if not SPAN.fullmatch(getattr(box, key)) or not span(getattr(box, key))]
        for key in wrong:
            yield ValueMistake((*here, key), f'"{getattr(box, key)}" names no {key}.', 'Write a number from 1 to 9, or from the first to the last, as in "1-3".')
        cells = [(row, column) for row in span(box.rows) for column in span(box.columns)] if not wrong else []
        other = next((taken[cell] for cell in cells if cell in taken), None)
        if other:
            yield ValueMistake((*here, "rows"), f'The box "{name}" covers the box "{other}".', "Give it other `rows` or `columns`.")
        taken |= dict.fromkeys(cells, name)


def end_mistakes(picture: Picture, place: Place) -> Iterator[ValueMistake]:
    for number, line in enumerate(picture.lines):
        for key in ("start", "end"):
            box = getattr(line, key)
            if box not in picture.boxes:
                yield ValueMistake((*place, "lines", number, key), f'The picture has no box "{box}".',
                                   f"{near_miss(box, picture.boxes)}Write one of: {one_of(picture.boxes)}.")
        if line.start == line.end:
            yield ValueMistake((*place, "lines", number, "end"), "The line ends where it begins.", "Write another box.")


def line_mistakes(picture: Picture, place: Place) -> Iterator[ValueMistake]:
    without = draw(picture.model_copy(update={"lines": []}))
    drawn = dict(zip(picture.boxes, without.boxes, strict=True))
    for number, line in enumerate(picture.lines):
        first, last = drawn[line.start], drawn[line.end]
        here = (*place, "lines", number)
        if set(span(first.box.rows)) & set(span(last.box.rows)):
            if line.text:
                yield ValueMistake((*here, "text"), "A line between boxes side by side has no room for a text.", "Write it into one of the boxes.")
        elif passage(first, last, drawn.values()) is None:
            yield ValueMistake((*here, "end"), f'No line can run straight down between "{line.start}" and "{line.end}".',
                               "Give one of the boxes more `columns`, or move what stands between them.")


def read_pictures(docs: Path, name: str = f"docs/{FILE}") -> Pictures:
    """The pictures below the folder `docs`. Raises MistakesError with every mistake."""
    return load(docs / FILE, name, Pictures, lambda found: list(mistakes(found)))
