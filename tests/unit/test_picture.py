"""Where things stand in the picture of a tree, and how wide its texts are."""

from pathlib import Path

import pytest
from support.examples import TREE

from macros.decision.model import Decision
from macros.decision.picture import BODY, PADDING, SIZE, Diagram, draw
from macros.decision.widths import BOLD, REGULAR, UNITS, width, wrap
from macros.source.load import load

FONT = Path("/usr/share/fonts/truetype/liberation")


@pytest.fixture
def diagram(tmp_path: Path) -> Diagram:
    path = tmp_path / "colour.yml"
    path.write_text(TREE)
    return draw(load(path, path.name, Decision))


def test_every_outcome_is_drawn_once_and_every_answer_ends_at_its_box(diagram: Diagram) -> None:
    assert sorted(f"{box.kind} {box.name}" for box in diagram.boxes) == ["outcome blue", "outcome red", "question sure", "question warm"]
    boxes = {f"{'!' if box.kind == 'outcome' else ''}{box.name}": box for box in diagram.boxes}
    assert len(diagram.edges) == 4
    for edge in diagram.edges:
        x, y = edge.points[-1]
        box = boxes[edge.end]
        assert box.x <= x <= box.x + box.width + 1 and box.y <= y <= box.y + box.height


def test_nothing_overlaps_or_leaves_the_picture(diagram: Diagram) -> None:
    for upper, lower in zip(diagram.boxes, diagram.boxes[1:], strict=False):
        assert upper.y + upper.height <= lower.y
    assert all(box.x + box.width <= BODY and box.y + box.height <= diagram.height for box in diagram.boxes)
    assert all(0 <= x <= diagram.width and 0 <= y <= diagram.height for edge in diagram.edges for x, y in edge.points)


@pytest.mark.parametrize("text", ["a few words that do not fit", "x" * 90, "\u6f22\u5b57" * 20, "e\u0301" * 50, "\U0001f600 " * 30, "", "W"])
@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_broken_into_lines_that_fit_and_loses_nothing(text: str, bold: bool) -> None:
    most = 120 - 2 * PADDING
    lines = wrap(text, most, SIZE, bold)
    assert all(width(line, SIZE, bold) <= most for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(("name", "table"), [("Regular", REGULAR), ("Italic", REGULAR), ("Bold", BOLD)])
def test_the_widths_are_those_of_the_font(name: str, table: tuple[int, ...]) -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    if not (path := FONT / f"LiberationSans-{name}.ttf").is_file():
        pytest.skip("the font is not installed")
    font = fonts.TTFont(path)
    letters, metrics = font.getBestCmap(), font["hmtx"]
    assert font["head"].unitsPerEm == UNITS
    assert table == tuple(metrics[letters[code]][0] for code in range(32, 127))
