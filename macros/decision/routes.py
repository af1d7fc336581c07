"""The combinations of answers of a tree, each with a number that it keeps.

The numbers are kept as text, one line for each combination: `3 warm=cold sure=really → blue`. The last line
holds the next number, so that the number of a combination that is gone is never given to another.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from macros.decision.model import Decision
from macros.decision.paths import Way, every_path

FOLDER = "tests/routes"
LINE = re.compile(r"([1-9][0-9]{0,8}) (\S+=\S+(?: \S+=\S+)*) → (\S+)")
NEXT = re.compile(r"# Next number: ([1-9][0-9]{0,8})")


def read_kept(project: Path, tree: str) -> str:
    """The kept combinations of a tree, or an empty text where the project keeps none."""
    path = project / FOLDER / f"{tree}.txt"
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def kept_numbers(text: str) -> tuple[dict[Way, int], int]:
    """Way → number from a kept text, and the next number. A line that is not right is left out."""
    numbers: dict[Way, int] = {}
    following = 1
    for line in text.splitlines():
        if found := LINE.fullmatch(line):
            number = int(found[1])
            # After two branches are merged, a number may stand twice: the first line keeps it.
            if number not in numbers.values():
                numbers[way_of(found[2])] = number
            following = max(following, number + 1)
        elif found := NEXT.fullmatch(line):
            following = max(following, int(found[1]))
    return numbers, following


def way_of(text: str) -> Way:
    """The answers of a line."""
    return tuple(tuple(step.split("=", 1)) for step in text.split())


def line_of(number: int, way: Way, outcome: str) -> str:
    """A combination as a line, without its end."""
    return f"{number} {' '.join(f'{question}={answer}' for question, answer in way)} → {outcome}"


def numbered(ways: Iterable[Way], kept: str, decision: Decision) -> tuple[dict[Way, int], int]:
    """Way → number for each way of today, and the next number; what had a number keeps it, also when renamed."""
    known, following = kept_numbers(kept)
    known = {today(way, decision): number for way, number in known.items()}
    numbers = {}
    for way in ways:
        if way in known:
            numbers[way] = known[way]
        else:
            numbers[way] = following
            following += 1
    return numbers, following


def today(way: Way, decision: Decision) -> Way:
    """A kept way, its former ids replaced by those of today."""
    steps = []
    for question, answer in way:
        name = now_called(decision.questions, question)
        answers = decision.questions[name].answers if name in decision.questions else {}
        steps.append((name, now_called(answers, answer)))
    return tuple(steps)


def now_called(parts: Mapping[str, Any], name: str) -> str:
    """The id of today for an id of then; the same id where nothing had it before."""
    return name if name in parts else next((id for id, part in parts.items() if name in part.renamed_from), name)


def review(decision: Decision, kept: str) -> str:
    """The text to keep: a line for each combination in the order of the file, then the next number."""
    paths = list(every_path(decision))
    numbers, following = numbered((way for way, _ in paths), kept, decision)
    return "".join(f"{line_of(numbers[way], way, outcome)}\n" for way, outcome in paths) + f"# Next number: {following}\n"


def combinations(decision: Decision, kept: str, most: int = 1000) -> list[dict[str, Any]]:
    """Each combination as number, answers and outcome; none where there are more than `most`."""
    paths = list(islice(every_path(decision), most + 1))
    if len(paths) > most:
        return []
    numbers, _ = numbered((way for way, _ in paths), kept, decision)
    return [{"number": numbers[way], "answers": dict(way), "outcome": outcome} for way, outcome in paths]
