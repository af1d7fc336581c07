"""The proof of a table: no question or answer is idle, no reasons contradict, no worse answer leads to something for the better.

Looks at a decision whose names are right and which has no circle, so that each combination of answers
leads to exactly one outcome. Each check gives its mistakes, each with the test of the ways that it concerns.
"""

from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from itertools import combinations

from macros.decision.model import Answer, Decision
from macros.decision.paths import Way, end_of, leads_on, paths_from, reachable
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
    rank = {name: position for position, name in enumerate(decision.worst_first)}
    for name, question in decision.questions.items():
        ends = {one: list(ends_after(decision, question.answers[one])) for one in question.worst_first}
        for worse, better in combinations(question.worst_first, 2):
            pair = next((
                (bad, good) for bad in ends[worse] for good in ends[better]
                if rank.get(bad[1], -1) > rank.get(good[1], len(rank)) and alike(bad[0], good[0])
            ), None)
            if pair:
                (bad, low), (good, high) = pair
                yield ValueMistake(
                    ("questions", name, "answers", worse),
                    f'"{worse}" is worse than "{better}", but leads to "{low}", which is for a better situation than "{high}".',
                    "Let one of them lead elsewhere, or correct `worst_first:`.", at_key=True,
                ), after(name, {worse: bad, better: good})


def after(question: str, following: dict[str, Way]) -> Callable[[Way], bool]:
    """Whether a way comes to a question and continues as given for its answer there."""
    return lambda way: any(way[-len(rest) - 1:] == ((question, answer), *rest) for answer, rest in following.items())


def ends_after(decision: Decision, answer: Answer) -> Iterator[tuple[Way, str]]:
    """Every way on from an answer, with the outcome."""
    return iter([((), answer.choose)]) if answer.choose else paths_from(decision, answer.goto)


def alike(one: Way, other: Way) -> bool:
    """Whether two ways give the same answer to every question that both ask."""
    given = dict(one)
    return all(given.get(question, answer) == answer for question, answer in other)
