"""The picture of a decision: where each box, line and label stands. Rendered by a template.

The tree is laid out as an outline, from top to bottom. A question's answers branch off to
the right; the one with the longest way still to go runs straight on below, so that even a
long tree stays narrow enough for a phone.
"""

import textwrap
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from macros.decision.model import Decision

# All lengths are in the units of the picture; one unit is one CSS pixel at full size.
WIDTH = 400
INDENT = 26
DEEPEST = 6  # levels that are indented; deeper ones stand below each other
LINE = 20
# The mean advance of a letter at the font size of 15, in a wide system font.
REGULAR = 8.2
BOLD = 9.4
PADDING = 10
GAP = 12


@dataclass(frozen=True)
class Box:
    """A question, an outcome, or a hint to a question drawn before. `via` is the answer into it."""

    kind: str  # "question", "outcome" or "again"
    name: str
    via: str  # "question answer", empty for the start
    lines: list[str]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Edge:
    """An answer: the line from its question to the box it leads to, and its label."""

    question: str
    answer: str
    points: list[tuple[float, float]]
    lines: list[str]
    label: tuple[float, float]  # left end of the first line's baseline


@dataclass
class Diagram:
    """Everything to draw, in the order of reading."""

    width: float = WIDTH
    height: float = 0
    line: float = LINE
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


class Branch(NamedTuple):
    """An answer that is still to be drawn, and the box of its question."""

    answer_id: str
    origin: Box
    level: int  # of what it leads to
    straight: bool


def draw(decision: Decision) -> Diagram:
    """The picture of a decision. Every question is drawn once, every answer has one edge."""
    diagram = Diagram()
    to_go = longest_ways(decision)
    drawn: set[str] = set()

    def place(kind: str, name: str, text: str, via: str, x: float, y: float) -> Box:
        width = WIDTH - x - 1
        lines = wrap(text, width - 2 * PADDING, BOLD if kind == "question" else REGULAR)
        box = Box(kind, name, via, lines, x, y, width, len(lines) * LINE + PADDING)
        diagram.boxes.append(box)
        diagram.height = y + box.height + 1
        return box

    def branches(question: Box, level: int) -> list[Branch]:
        """The answers of a question, last drawn first."""
        drawn.add(question.name)
        answers = decision.questions[question.name].answers
        longest = max(answers, key=lambda name: to_go.get(answers[name].goto, 0))
        straight = longest if answers[longest].goto else None
        found = [Branch(name, question, level + 1, False) for name in answers if name != straight]
        if straight:
            found.append(Branch(straight, question, level, True))
        return found[::-1]

    first = place("question", decision.start, decision.questions[decision.start].ask, "", 1, 1)
    waiting = branches(first, 0)
    while waiting:
        branch = waiting.pop()
        origin = branch.origin
        answer = decision.questions[origin.name].answers[branch.answer_id]
        x = 1 + min(branch.level, DEEPEST) * INDENT
        label_x, label_y = origin.x + INDENT + 2, diagram.height + GAP - 1
        lines = wrap(answer.label, WIDTH - label_x, REGULAR)
        y = label_y + len(lines) * LINE
        via = f"{origin.name} {branch.answer_id}"
        if answer.goto is None:
            box = place("outcome", answer.choose, decision.outcomes[answer.choose].title, via, x, y)
        elif answer.goto in drawn:
            text = f"Go on at: {decision.questions[answer.goto].ask}"
            box = place("again", answer.goto, text, via, x, y)
        else:
            box = place("question", answer.goto, decision.questions[answer.goto].ask, via, x, y)
            waiting += branches(box, branch.level)
        stem, bottom, middle = origin.x + INDENT / 2, origin.y + origin.height, box.y + box.height / 2
        end = [(stem, box.y)] if branch.straight else [(stem, middle), (box.x, middle)]
        diagram.edges.append(
            Edge(origin.name, branch.answer_id, [(stem, bottom), *end], lines, (label_x, label_y + LINE - 6))
        )
    return diagram


def wrap(text: str, width: float, letter: float) -> list[str]:
    """Lines of the text that fit a width, also where the text has no space."""
    wide = any(unicodedata.east_asian_width(one) in "WF" for one in text)
    return textwrap.wrap(text, int(width / (letter * (2 if wide else 1))))


def longest_ways(decision: Decision) -> dict[str, int]:
    """Question id → how many questions the longest way from it asks, itself included."""
    found: dict[str, int] = {}
    waiting = [decision.start]
    while waiting:
        answers = decision.questions[waiting[-1]].answers.values()
        following = [answer.goto for answer in answers if answer.goto is not None]
        unknown = [name for name in following if name not in found]
        if unknown:
            waiting += unknown
        else:
            found[waiting.pop()] = 1 + max((found[name] for name in following), default=0)
    return found
