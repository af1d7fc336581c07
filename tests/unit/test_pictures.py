"""Pictures: where boxes and lines stand, and the mistakes of a writer."""

import random
from pathlib import Path

import pytest

from macros.reference.pictures import WIDTH, Drawn, Picture, Pictures, draw, mistakes, read_pictures
from macros.source.mistake import MistakesError

FILE = """\
pictures:
  way:
    title: A way
    description: From here to there.
    boxes:
      here: {name: Here, columns: "1-2", rows: "1"}
      wall: {name: Wall, text: "In the way, with a text that needs several lines of its own", columns: "1", rows: "2"}
      there: {name: There, columns: "1-2", rows: "3"}
      aside: {name: Aside, columns: "3", rows: "1-3"}
    lines:
      - {start: here, end: there, text: a word}
      - {start: there, end: aside, kind: copy}
"""
WRONG = {
    "a box that there is not": ("start: here", "start: hare", 11, 'no box "hare". Did you mean "here"?'),
    "a line to its own box": ("end: there,", "end: here,", 11, "ends where it begins"),
    "a box on another one": ('columns: "1", rows: "2"', 'columns: "1", rows: "3"', 8, 'covers the box "wall"'),
    "rows backwards": ('rows: "1-3"', 'rows: "3-1"', 9, "names no rows"),
    "no way down": ('columns: "1", rows: "2"', 'columns: "1-2", rows: "2"', 11, "No line can run straight down"),
    "a text that has no room": ("end: aside,", "end: aside, text: word,", 12, "no room for a text"),
    "a span that is none": ('rows: "1-3"', 'rows: "all"', 9, "names no rows"),
    "a kind that is none": ("kind: copy", "kind: thick", 12, "kind"),
}


def read(folder: Path, text: str) -> Pictures:
    (folder / "_data/reference").mkdir(parents=True)
    (folder / "_data/reference/pictures.yml").write_text(text)
    return read_pictures(folder)


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    right, wrong, line, said = WRONG[name]
    assert right in FILE
    with pytest.raises(MistakesError) as caught:
        read(tmp_path, FILE.replace(right, wrong))
    assert any(f"pictures.yml:{line}:" in one and said in one for one in caught.value.lines), caught.value.lines


def test_a_line_runs_past_what_stands_between(tmp_path: Path) -> None:
    drawing = draw(read(tmp_path, FILE).pictures["way"])
    _, wall, there, aside = drawing.boxes
    (x, _), (same, end) = drawing.lines[0].points
    assert x == same > wall.x + wall.width
    assert end == there.y
    assert drawing.lines[1].points[1][0] == aside.x


def some_picture(chance: random.Random) -> Picture:
    """Boxes side by side in some rows, and lines from each row to the next."""
    boxes, lines = {}, []
    for row in range(1, chance.randint(2, 5)):
        cut = chance.randint(1, 3)
        for part, columns in enumerate((f"1-{cut}", f"{cut + 1}-4")):
            boxes[f"box-{row}-{part}"] = {"name": "word " * chance.randint(1, 6), "text": "other " * chance.randint(1, 20), "columns": columns, "rows": f"{row}"}
        if row > 1:
            lines.append({"start": f"box-{row - 1}-0", "end": f"box-{row}-0"})
    return Picture.model_validate({"title": "One", "description": "One.", "boxes": boxes, "lines": lines})


def expect_apart_and_within(seed: int) -> None:
    picture = some_picture(random.Random(seed))
    assert not list(mistakes(Pictures(pictures={"one": picture})))
    drawing = draw(picture)
    for number, one in enumerate(drawing.boxes):
        assert 0 <= one.x and one.x + one.width <= WIDTH and one.y + one.height <= drawing.height
        assert one.height >= drawing.line * (len(one.name) + len(one.text))
        assert " ".join(one.name + one.text).split() == f"{one.box.name} {one.box.text}".split()
        assert not any(overlap(one, other) for other in drawing.boxes[number + 1:])


def test_no_box_covers_another_or_leaves_the_picture() -> None:
    for seed in range(40):
        expect_apart_and_within(seed)


def overlap(one: Drawn, other: Drawn) -> bool:
    return (one.x < other.x + other.width and other.x < one.x + one.width
            and one.y < other.y + other.height and other.y < one.y + one.height)
