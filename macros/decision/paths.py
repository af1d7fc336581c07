"""The logic of a decision, without a word of rendering: every way through it, and what none leads to."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from macros.decision.model import Decision

# The answers given from the start on, as (question id, answer id).
Way = tuple[tuple[str, str], ...]


def every_path(decision: Decision) -> Iterator[tuple[Way, str]]:
    """Every way from the start to an outcome, with the outcome's id, in the order of the file."""
    return paths_from(decision, decision.start)


def paths_from(decision: Decision, start: str) -> Iterator[tuple[Way, str]]:
    """Every way from a question to an outcome."""
    open_ways: list[tuple[Way, str]] = [((), start)]
    while open_ways:
        way, question = open_ways.pop()
        following = []
        for answer_id, answer in decision.questions[question].answers.items():
            longer = (*way, (question, answer_id))
            if answer.choose is not None:
                yield longer, answer.choose
            else:
                following.append((longer, answer.goto))
        open_ways.extend(reversed(following))


def reachable(decision: Decision, start: str | None = None) -> tuple[set[str], set[str]]:
    """The ids of the questions and of the outcomes that can be reached from a question, without one from the start."""
    questions: set[str] = set()
    outcomes: set[str] = set()
    waiting = [start or decision.start]
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
