"""The picture of a decision: where each box, line and label stands. Rendered by a template.

The tree is laid out as an outline, from top to bottom. A question's answers branch off to
the right; the one with the longest way still to go runs straight on below, so that even a
long tree stays narrow enough for a phone. What several answers lead to is drawn once, below
them; their lines run down to it in a lane on the right.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from macros.decision.model import Decision
from macros.decision.paths import end_of, in_order, longest_ways
from macros.decision.widths import wrap

# All lengths are in the units of the picture; one unit is one CSS pixel at full size.
BODY = 372  # the width of the boxes and labels
INDENT = 26
DEEPEST = 6  # levels that are indented; deeper ones stand below each other
SIZE = 15
LINE = 20
PADDING = 10
GAP = 12
LANE = 9
ARROW = 16  # from the boxes to the first lane


@dataclass(frozen=True)
class Box:
    """A question or an outcome."""

    kind: str  # "question" or "outcome"
    name: str
    lines: list[str]
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of the middle of the box."""
        return self.y + self.height / 2


@dataclass
class Edge:
    """An answer: the line from its question to the box it leads to, and its label."""

    question: str
    answer: str
    lines: list[str]
    label: tuple[float, float]  # left end of the first line's baseline
    points: list[tuple[float, float]]
    end: str  # as `end_of` gives it


@dataclass
class Diagram:
    """Everything to draw, in the order of reading."""

    width: float = BODY
    height: float = 0
    line: float = LINE
    size: float = SIZE
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


class Branch(NamedTuple):
    """An answer that is still to be drawn, and the box of its question."""

    answer_id: str
    origin: Box
    level: int  # of what it leads to
    straight: bool


def draw(decision: Decision) -> Diagram:
    """The picture of a decision. Every question and every outcome is drawn once, every answer has one edge."""
    diagram = Diagram()
    order = in_order(decision)
    to_go = longest_ways(decision)
    into = Counter(end_of(answer) for name in order for answer in decision.questions[name].answers.values())
    shared = [end for end in [*order, *(f"!{name}" for name in decision.outcomes)] if into[end] > 1]
    boxes: dict[str, Box] = {}

    def place(end: str, x: float, y: float) -> Box:
        kind, name = ("outcome", end[1:]) if end.startswith("!") else ("question", end)
        text = decision.outcomes[name].title if kind == "outcome" else decision.questions[name].ask
        wide = BODY - x - 1
        lines = wrap(text, wide - 2 * PADDING, SIZE, bold=kind == "question")
        box = boxes[end] = Box(kind, name, lines, x, y, wide, len(lines) * LINE + PADDING)
        diagram.boxes.append(box)
        diagram.height = y + box.height + 1
        return box

    def branches(question: Box, level: int) -> list[Branch]:
        """The answers of a question, last drawn first."""
        answers = decision.questions[question.name].answers
        own = [name for name, answer in answers.items() if answer.goto is not None and into[answer.goto] == 1]
        straight = max(own, key=lambda name: to_go[answers[name].goto], default=None)
        found = [Branch(name, question, level + 1, False) for name in answers if name != straight]
        if straight:
            found.append(Branch(straight, question, level, True))
        return found[::-1]

    def outline(head: Box) -> None:
        """Everything below a question that nothing else leads to."""
        waiting = branches(head, 0)
        while waiting:
            branch = waiting.pop()
            origin = branch.origin
            answer = decision.questions[origin.name].answers[branch.answer_id]
            end = end_of(answer)
            stem, left = origin.x + INDENT / 2, origin.x + INDENT + 2
            top = diagram.height + GAP - 1
            lines = wrap(answer.label, BODY - left, SIZE)
            bottom = top + len(lines) * LINE
            edge = Edge(origin.name, branch.answer_id, lines, (left, top + LINE - 6), [(stem, origin.y + origin.height)], end)
            diagram.edges.append(edge)
            if into[end] > 1:
                edge.points.append((stem, bottom))
                diagram.height = bottom + 1
                continue
            box = place(end, 1 + min(branch.level, DEEPEST) * INDENT, bottom)
            edge.points += [(stem, box.y)] if branch.straight else [(stem, box.middle), (box.x, box.middle)]
            if box.kind == "question":
                waiting += branches(box, branch.level)

    outline(place(decision.start, 1, 1))
    for end in shared:
        box = place(end, 1, diagram.height + 2 * GAP)
        if box.kind == "question":
            outline(box)
    lead_down(diagram, {end: boxes[end] for end in shared})
    return diagram


def lead_down(diagram: Diagram, shared: dict[str, Box]) -> None:
    """Lead the edges to what is shared through lanes on the right; lanes that do not overlap are one."""
    coming: dict[str, list[Edge]] = {end: [] for end in shared}
    for edge in diagram.edges:
        if edge.end in coming:
            coming[edge.end].append(edge)
    lanes: list[float] = []  # how far down each is taken
    for end, edges in sorted(coming.items(), key=lambda one: one[1][0].points[-1][1]):
        box = shared[end]
        first = edges[0].points[-1][1]
        lane = next((number for number, bottom in enumerate(lanes) if bottom < first), len(lanes))
        lanes[lane:lane + 1] = [box.middle]
        x = BODY + ARROW + lane * LANE
        for edge in edges:
            edge.points += [(x, edge.points[-1][1]), (x, box.middle), (BODY, box.middle)]
    if lanes:
        diagram.width = BODY + ARROW + len(lanes) * LANE
