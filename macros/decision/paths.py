"""The logic of a decision, without a word of rendering: every way through it, and what none leads to."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from macros.decision.model import Answer, Decision

# The answers given from the start on, as (question id, answer id).
Way = tuple[tuple[str, str], ...]


def every_path(decision: Decision) -> Iterator[tuple[Way, str]]:
    """Every way from the start to an outcome, with the outcome's id, in the order of the file."""
    open_ways: list[tuple[Way, str]] = [((), decision.start)]
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


def longest_ways(decision: Decision) -> dict[str, int]:
    """Question id → how many questions the longest way from it asks, itself included."""
    found: dict[str, int] = {}
    for name in reversed(in_order(decision)):
        following = (answer.goto for answer in decision.questions[name].answers.values())
        found[name] = 1 + max((found[one] for one in following if one is not None), default=0)
    return found


def in_order(decision: Decision) -> list[str]:
    """The questions that can be reached, each after every one that leads to it."""
    found: list[str] = []
    seen = {decision.start}
    waiting = [(decision.start, onward(decision, decision.start))]
    while waiting:
        name, following = waiting[-1]
        new = next((one for one in following if one not in seen), None)
        if new is None:
            found.append(waiting.pop()[0])
        else:
            seen.add(new)
            waiting.append((new, onward(decision, new)))
    return found[::-1]


def onward(decision: Decision, question: str) -> Iterator[str]:
    """The questions that the answers of a question lead to, the last answer's first."""
    return (answer.goto for answer in reversed(decision.questions[question].answers.values()) if answer.goto is not None)


def ways_to(decision: Decision, most: int) -> dict[str, tuple[list[Way], int]]:
    """Outcome id → the first ways to it, at most `most` of them and in the order of the file, and how many there are."""
    count = {decision.start: 1}
    total = dict.fromkeys(decision.outcomes, 0)
    into: dict[str, list[str]] = {}  # end of an answer → the questions with such an answer
    for name in in_order(decision):
        for answer in decision.questions[name].answers.values():
            if answer.choose is not None:
                total[answer.choose] += count[name]
            else:
                count[answer.goto] = count.get(answer.goto, 0) + count[name]
            into.setdefault(end_of(answer), []).append(name)
    return {outcome: (first_ways(decision, outcome, into, most), total[outcome]) for outcome in decision.outcomes}


def end_of(answer: Answer) -> str:
    """Where an answer leads: the id of a question, or that of an outcome after a `!`."""
    return answer.goto or f"!{answer.choose}"


def first_ways(decision: Decision, outcome: str, into: Mapping[str, list[str]], most: int) -> list[Way]:
    """The first ways to an outcome, in the order of the file; no step is looked at that does not lead there."""
    end = f"!{outcome}"
    leads, waiting = {end}, [end]
    while waiting:
        new = [name for name in into.get(waiting.pop(), ()) if name not in leads]
        leads.update(new)
        waiting += new
    found: list[Way] = []
    open_ways: list[tuple[Way, str]] = [((), decision.start)] if decision.start in leads else []
    while open_ways and len(found) < most:
        way, at = open_ways.pop()
        if at == end:
            found.append(way)
            continue
        steps = [(answer_id, end_of(answer)) for answer_id, answer in decision.questions[at].answers.items()]
        open_ways += [((*way, (at, answer_id)), to) for answer_id, to in reversed(steps) if to in leads]
    return found


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


def leads_on(decision: Decision) -> dict[str, list[str]]:
    """Question id → the questions that its answers lead to, in their order."""
    return {
        name: [answer.goto for answer in question.answers.values() if answer.goto is not None]
        for name, question in decision.questions.items()
    }


def cycle(decision: Decision) -> list[str] | None:
    """Questions that lead back to the first of them, in order, or None where there is no cycle."""
    try:
        TopologicalSorter(leads_on(decision)).prepare()
    except CycleError as error:
        # The sorter names each question before the one that leads to it.
        return error.args[1][:0:-1]
    return None
