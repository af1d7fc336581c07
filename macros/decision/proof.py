"""The proof of a table: no question or answer is idle, no reasons contradict, no worse answer leads to something for the better.

Looks at a decision whose names are right and which has no circle, so that each combination of answers
leads to exactly one outcome. Each check gives its mistakes, each with the test of the ways that it concerns.
"""

from collections.abc import Callable, Iterator, Mapping
from graphlib import TopologicalSorter
from itertools import combinations

from macros.decision.model import Answer, Decision
from macros.decision.paths import Way, end_of, leads_on, reachable
from macros.source.mistake import Place, ValueMistake, unknown

# A mistake, and whether a way from the start is one that it concerns.
Found = tuple[ValueMistake, Callable[[Way], bool]]


def has(*steps: tuple[str, str]) -> Callable[[Way], bool]:
    """Whether a way holds all of these steps."""
    return lambda way: all(step in way for step in steps)


def asks(question: str) -> Callable[[Way], bool]:
    """Whether a way comes to this question."""
    return lambda way: any(name == question for name, _ in way)


def proof(decision: Decision) -> Iterator[Found]:
    """Every mistake that the proof finds."""
    named = list(names_exist(decision))
    yield from named
    yield from nothing_is_idle(decision)
    if not named:
        yield from no_contradiction(decision)
        yield from order_holds(decision)


def only_ends(decision: Decision) -> dict[str, str | None]:
    """Question → the outcome to which every way on leads, or None where there are several."""
    only: dict[str, str | None] = {}
    for name in TopologicalSorter(leads_on(decision)).static_order():
        ends = {one.choose or only[one.goto] for one in decision.questions[name].answers.values()}
        only[name] = ends.pop() if len(ends) == 1 else None
    return only


def nothing_is_idle(decision: Decision) -> Iterator[Found]:
    """A question has answers that lead to different outcomes, and no answer leads where another does, unless it says why."""
    only = only_ends(decision)
    for name, question in decision.questions.items():
        answers = question.answers
        if only[name]:
            yield ValueMistake(
                ("questions", name),
                f'Whatever is answered to the question "{name}", the outcome is "{only[name]}".',
                "Delete the question, or let an answer lead elsewhere.", at_key=True,
            ), asks(name)
            continue
        first: dict[str, str] = {}
        for answer_id, answer in answers.items():
            same = first.setdefault(end_of(answer), answer_id)
            place = ("questions", name, "answers", answer_id)
            if same != answer_id and answer.same_because is None:
                yield ValueMistake(
                    place, f'The answer "{answer_id}" changes nothing: it leads where "{same}" leads.',
                    "Let it lead elsewhere, delete it, or write `same_because: …` with the reason why it is there.", at_key=True,
                ), either(name, answer_id, same)
            if same == answer_id and answer.same_because is not None and end_of(answer) not in others(answers, answer_id):
                yield ValueMistake(
                    (*place, "same_because"), f'The answer "{answer_id}" leads where no other answer leads.',
                    "Delete `same_because:`.", at_key=True,
                ), has((name, answer_id))


def either(question: str, one: str, other: str) -> Callable[[Way], bool]:
    """Whether a way holds one of two answers to a question."""
    return lambda way: (question, one) in way or (question, other) in way


def others(answers: dict[str, Answer], name: str) -> set[str]:
    """Where the other answers lead."""
    return {end_of(answer) for id, answer in answers.items() if id != name}


def names_exist(decision: Decision) -> Iterator[Found]:
    """What `worst_first` and `contradicts` name is there, once, and can be compared."""
    yield from order_mistakes(("worst_first",), "outcome", decision.worst_first, decision.outcomes, lambda way: False)
    for name, question in decision.questions.items():
        place: Place = ("questions", name, "worst_first")
        yield from order_mistakes(place, "answer", question.worst_first, question.answers, asks(name))
        if question.worst_first and not decision.worst_first:
            yield ValueMistake(
                place, "The outcomes have no order, so that nothing follows from the order of the answers.",
                "Write `worst_first: […]` at the top of the file too, with outcomes.", at_key=True,
            ), asks(name)
        for answer_id, answer in question.answers.items():
            for other, given in answer.contradicts.items():
                where = ("questions", name, "answers", answer_id, "contradicts", other)
                if other not in decision.questions:
                    yield unknown(where, "question", other, decision.questions, at_key=True), has((name, answer_id))
                    continue
                for position, one in enumerate(given):
                    if one not in decision.questions[other].answers:
                        yield unknown((*where, position), "answer", one, decision.questions[other].answers), has((name, answer_id))


def order_mistakes(place: Place, kind: str, names: tuple[str, ...], known: object, concerns: Callable[[Way], bool]) -> Iterator[Found]:
    """The names of an order are known, and each is there once."""
    for position, name in enumerate(names):
        if name not in known:
            yield unknown((*place, position), kind, name, known), concerns
        elif name in names[:position]:
            yield ValueMistake((*place, position), f'"{name}" is there twice.', "Keep one of them."), concerns


def no_contradiction(decision: Decision) -> Iterator[Found]:
    """No path holds two answers whose reasons contradict each other, as the data marks them."""
    for name, question in decision.questions.items():
        for answer_id, answer in question.answers.items():
            for other, given in answer.contradicts.items():
                for one in given:
                    if together(decision, (name, answer_id), (other, one)):
                        yield ValueMistake(
                            ("questions", name, "answers", answer_id, "contradicts", other),
                            f'The reasons of "{name}: {answer_id}" and "{other}: {one}" contradict each other, and a path holds both.',
                            "Let one of them lead elsewhere, or delete this line.", at_key=True,
                        ), has((name, answer_id), (other, one))


def together(decision: Decision, one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether a path holds both answers."""
    def leads(step: tuple[str, str], question: str) -> bool:
        goto = decision.questions[step[0]].answers[step[1]].goto
        return goto is not None and question in reachable(decision, goto)[0]
    return leads(one, other[0]) or leads(other, one[0])


def order_holds(decision: Decision) -> Iterator[Found]:
    """With all other answers alike, a worse answer never leads to an outcome that is for a better situation."""
    # Question → more than for any question behind it.
    height = {name: number for number, name in enumerate(TopologicalSorter(leads_on(decision)).static_order(), 1)}
    for name, question in decision.questions.items():
        for worse, better in combinations(question.worst_first, 2):
            pair = wrong_order(decision, height, question.answers[worse], question.answers[better])
            if pair:
                (bad, low), (good, high) = pair
                yield ValueMistake(
                    ("questions", name, "answers", worse),
                    f'"{worse}" is worse than "{better}", but leads to "{low}", which is for a better situation than "{high}".',
                    "Let one of them lead elsewhere, or correct `worst_first:`.", at_key=True,
                ), after(name, {worse: bad, better: good})


def wrong_order(
    decision: Decision, height: Mapping[str, int], worse: Answer, better: Answer
) -> tuple[tuple[Way, str], tuple[Way, str]] | None:
    """A way on from each of two answers, alike in what both ask, with outcomes in the wrong order; None if there are no such ways."""
    rank = {f"!{name}": position for position, name in enumerate(decision.worst_first)}
    waiting: list[tuple[Way, str, Way, str]] = [((), end_of(worse), (), end_of(better))]
    seen: set[tuple[str, str]] = set()
    while waiting:
        bad, low, good, high = waiting.pop()
        # From one place both go on alike; from a pair of places it does not count how they came there.
        if low == high or (low, high) in seen:
            continue
        seen.add((low, high))
        # The earlier question first, outcomes last: a question that both ways ask is then met by both at once.
        if height.get(low, 0) > height.get(high, 0):
            waiting += [((*bad, step), end, good, high) for step, end in steps_from(decision, low)]
        elif high in height:
            waiting += [(bad, low, (*good, step), end) for step, end in steps_from(decision, high)]
        elif rank.get(low, -1) > rank.get(high, len(rank)):
            return (bad, low[1:]), (good, high[1:])
    return None


def steps_from(decision: Decision, question: str) -> list[tuple[tuple[str, str], str]]:
    """Each answer to a question as a step, and where it leads, the last one first."""
    return [((question, name), end_of(answer)) for name, answer in reversed(decision.questions[question].answers.items())]


def after(question: str, following: dict[str, Way]) -> Callable[[Way], bool]:
    """Whether a way comes to a question and continues as given for its answer there."""
    return lambda way: any(way[-len(rest) - 1:] == ((question, answer), *rest) for answer, rest in following.items())
