"""The logic of a decision, without a word of rendering: walk, every path, why.

A path is a tuple of `(question id, answer id)` pairs from the start on.
"""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from macros.decision.model import Answer, Decision

Path = tuple[tuple[str, str], ...]


def answers_of(decision: Decision, path: Path) -> list[Answer]:
    """The answers along a path, in order. Raises KeyError for an id that is not there."""
    return [decision.questions[question].answers[answer] for question, answer in path]


def walk(decision: Decision, given: Mapping[str, str]) -> tuple[Path, str | None]:
    """Follow the answers given (question id → answer id) from the start.

    Returns the path as far as the answers hold, and the outcome's id, or None while a
    question is open. Answers to questions off the path are ignored.
    """
    path: list[tuple[str, str]] = []
    question = decision.start
    while question is not None:
        answer = decision.questions[question].answers.get(given.get(question, ""))
        if answer is None:
            return tuple(path), None
        path.append((question, given[question]))
        if answer.choose is not None:
            return tuple(path), answer.choose
        question = answer.goto


def every_path(decision: Decision) -> Iterator[tuple[Path, str]]:
    """Every path from the start to an outcome, with the outcome's id, in the order of the file."""
    open_paths: list[tuple[Path, str]] = [((), decision.start)]
    while open_paths:
        path, question = open_paths.pop()
        following = []
        for answer_id, answer in decision.questions[question].answers.items():
            longer = (*path, (question, answer_id))
            if answer.choose is not None:
                yield longer, answer.choose
            else:
                following.append((longer, answer.goto))
        open_paths.extend(reversed(following))


def why(decision: Decision, path: Path) -> list[str]:
    """The reasons of the answers along a path, in order."""
    return [answer.because for answer in answers_of(decision, path)]


def reachable(decision: Decision) -> tuple[set[str], set[str]]:
    """The ids of the questions and of the outcomes that can be reached from the start."""
    questions: set[str] = set()
    outcomes: set[str] = set()
    waiting = [decision.start]
    while waiting:
        question = waiting.pop()
        if question in questions or question not in decision.questions:
            continue
        questions.add(question)
        for answer in decision.questions[question].answers.values():
            if answer.choose is not None:
                outcomes.add(answer.choose)
            else:
                waiting.append(answer.goto)
    return questions, outcomes


def cycle(decision: Decision) -> list[str] | None:
    """Questions that lead back to the first of them, in order, or None where there is no cycle."""
    graph = {
        name: [answer.goto for answer in question.answers.values() if answer.goto is not None]
        for name, question in decision.questions.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # The sorter names each question before the one that leads to it.
        return error.args[1][:0:-1]
    return None
