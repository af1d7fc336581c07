"""A decision followed as a reader follows it, beside the ways that `macros.decision.paths` lists."""

from collections.abc import Mapping

from macros.decision.model import Decision
from macros.decision.paths import Way


def walk(decision: Decision, given: Mapping[str, str]) -> tuple[Way, str | None]:
    """Follow the answers given (question id → answer id) from the start.

    Returns the way as far as the answers hold, and the outcome's id, or None while a question is
    open. Answers to questions off the way are ignored.
    """
    way: list[tuple[str, str]] = []
    question = decision.start
    while question is not None:
        answer = decision.questions[question].answers.get(given.get(question, ""))
        if answer is None:
            return tuple(way), None
        way.append((question, given[question]))
        if answer.choose is not None:
            return tuple(way), answer.choose
        question = answer.goto
