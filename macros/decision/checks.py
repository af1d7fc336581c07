"""The rules that a decision must keep as a whole. Each check gives the mistakes it finds.

The shape of each part is checked before, by `macros.decision.model`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from macros.decision.model import Answer, Decision, Question
from macros.decision.paths import Way, cycle, every_path, reachable
from macros.decision.proof import asks, has, proof
from macros.decision.routes import kept_numbers, now_called, numbered
from macros.decision.versions import Version, addresses_hold
from macros.source.mistake import Place, ValueMistake, near_miss, one_of, unknown

# More combinations than these are not looked through for the numbers in a message: they multiply.
MOST = 5000


class Routes(NamedTuple):
    """What leads where: question → answer → answer. Known in part for a file that is not whole."""

    start: str | None
    questions: Mapping[str, Mapping[str, Answer]]
    outcomes: Collection[str]


def mistakes(decision: Decision, kept: str = "", versions: tuple[Version, ...] = ()) -> list[ValueMistake]:
    """Every rule the decision breaks. Sort them by line to show them.

    `kept` is the text of the kept combinations: a mistake in a route names those that it concerns.
    `versions` are those that are published, the oldest first.
    """
    routes = Routes(decision.start, {name: part.answers for name, part in decision.questions.items()}, decision.outcomes)
    found = list(targets_exist(routes, decision.questions))
    # While a name leads nowhere, what can be reached is not known: one mistake, one message.
    checks = ALWAYS if found else (*ALWAYS, everything_is_used)
    others = [*labels_differ(routes), *(mistake for check in checks for mistake in check(decision))]
    found += [] if found else no_cycle(decision)
    if found:
        known, _ = kept_numbers(kept)
        return [*(with_numbers(one, concerns(one), known) for one in found), *others]
    proven = list(proof(decision))
    known = numbered((way for way, _ in islice(every_path(decision), MOST)), kept, decision)[0] if proven else {}
    return [*others, *(with_numbers(one, concerned, known) for one, concerned in proven), *addresses_hold(decision, versions)]


def concerns(found: ValueMistake) -> Callable[[Way], bool]:
    """Whether a way comes to the place of a mistake in a route."""
    if found.place[0] != "questions":
        return lambda way: True
    _, question, *rest = found.place
    return has((question, rest[1])) if len(rest) > 1 else asks(question)


def with_numbers(found: ValueMistake, concerned: Callable[[Way], bool], known: Mapping[Way, int]) -> ValueMistake:
    """The mistake, and the numbers of the combinations that it concerns."""
    numbers = sorted(number for way, number in known.items() if concerned(way))
    return replace(found, fix=f"{found.fix} Combinations: {one_of(map(str, numbers))}.") if numbers else found


def mistakes_of_parts(data: Any) -> list[ValueMistake]:
    """The wrong names and labels in a data file that is not whole.

    Looks at the answers that are whole. Where the file's own keys are wrong it finds nothing:
    which ids there are is not known then.
    """
    groups = ("methods", "other_outcomes", "questions")
    if not isinstance(data, dict) or not data.keys() <= Decision.model_fields.keys():
        return []
    methods, others, questions = (data.get(group, {}) for group in groups)
    if not all(isinstance(entries, dict) for entries in (methods, others, questions)) or not questions:
        return []
    start = data.get("start")
    routes = Routes(
        start if isinstance(start, str) else None,
        {name: whole_answers(value) for name, value in questions.items()}, (*methods, *others),
    )
    return [*targets_exist(routes), *labels_differ(routes)]


def whole_answers(question: Any) -> dict[str, Answer]:
    """The answers of a question that have the right shape."""
    answers = question.get("answers") if isinstance(question, dict) else None
    whole = {}
    for name, value in answers.items() if isinstance(answers, dict) else ():
        try:
            whole[name] = Answer.model_validate(value)
        except ValidationError:
            continue
    return whole


def targets_exist(routes: Routes, parts: Mapping[str, Question] | None = None) -> Iterator[ValueMistake]:
    """`start` and every `goto` name a question, every `choose` an outcome. Of the `parts`, where they are whole, the former ids are known."""
    start, questions, outcomes = routes
    asked = questions if parts is None else parts
    if start is not None and start not in questions:
        yield unknown(("start",), "question", start, asked)
    for question_id, answers in questions.items():
        for answer_id, answer in answers.items():
            place = ("questions", question_id, "answers", answer_id)
            if answer.goto is not None and answer.goto not in questions:
                if answer.goto in outcomes:
                    yield ValueMistake(
                        (*place, "goto"),
                        f'`goto: {answer.goto}` names an outcome, not a question.',
                        f"Write `choose: {answer.goto}`.",
                    )
                else:
                    yield unknown((*place, "goto"), "question", answer.goto, asked)
            if answer.choose is not None and answer.choose not in outcomes:
                if answer.choose in questions:
                    yield ValueMistake(
                        (*place, "choose"),
                        f'`choose: {answer.choose}` names a question, not an outcome.',
                        f"Write `goto: {answer.choose}`.",
                    )
                else:
                    yield unknown((*place, "choose"), "outcome", answer.choose, outcomes)


def everything_is_used(decision: Decision) -> Iterator[ValueMistake]:
    """Every question and every outcome can be reached from the start."""
    questions, outcomes = reachable(decision)
    for name in (name for name in decision.questions if name not in questions):
        yield ValueMistake(
            ("questions", name),
            f'No answer leads to the question "{name}".',
            f"Write `goto: {name}` in an answer that can be reached, or delete the question.",
        )
    for group in ("methods", "other_outcomes"):
        for name in (name for name in getattr(decision, group) if name not in outcomes):
            yield ValueMistake(
                (group, name),
                f'No answer leads to the outcome "{name}".',
                f"Write `choose: {name}` in an answer that can be reached, or delete the outcome.",
            )


def no_cycle(decision: Decision) -> Iterator[ValueMistake]:
    """No question can be asked twice on one path."""
    questions = cycle(decision)
    if questions is None:
        return
    last, first = questions[-1], questions[0]
    answer = next(
        answer_id for answer_id, answer in decision.questions[last].answers.items()
        if answer.goto == first
    )
    yield ValueMistake(
        ("questions", last, "answers", answer, "goto"),
        f"The questions go round in a circle: {' → '.join([*questions, first])}.",
        f'Let this answer lead to a question that does not come back to "{first}", or to an outcome.',
    )


def labels_differ(routes: Routes) -> Iterator[ValueMistake]:
    """No two answers of a question read the same."""
    for question_id, answers in routes.questions.items():
        seen: dict[str, str] = {}
        for answer_id, answer in answers.items():
            label = answer.label.casefold()
            if label in seen:
                yield ValueMistake(
                    ("questions", question_id, "answers", answer_id, "label"),
                    f'The answers "{seen[label]}" and "{answer_id}" have the same label.',
                    "Write a label that a reader can tell from the other.",
                )
            seen.setdefault(label, answer_id)


def table_is_full(decision: Decision) -> Iterator[ValueMistake]:
    """Every method has a value for every criterion, and for no other; the card names criteria."""
    for position, name in enumerate(decision.card):
        if name not in decision.criteria:
            yield unknown(("card", position), "criterion", name, decision.criteria)
    for method_id, method in decision.methods.items():
        place = ("methods", method_id)
        for name in decision.criteria:
            if name not in method.criteria:
                yield ValueMistake(
                    (*place, "criteria") if method.criteria else place,
                    f'The method "{method_id}" has no value for the criterion "{name}".',
                    f"Write `{name}: …` under its `criteria:`.",
                )
        for name in method.criteria:
            if name not in decision.criteria:
                yield ValueMistake(
                    (*place, "criteria", name),
                    f'There is no criterion "{name}".',
                    f"{near_miss(name, decision.criteria)}Add it to the top-level `criteria:`, "
                    "or delete this line.",
                )


def one_recommendation(decision: Decision) -> Iterator[ValueMistake]:
    """At most one method is recommended."""
    recommended = [name for name, method in decision.methods.items() if method.recommended]
    for name in recommended[1:]:
        yield ValueMistake(
            ("methods", name, "recommended"),
            f'The methods "{recommended[0]}" and "{name}" are both recommended.',
            "Keep `recommended: true` in one of them.",
        )


def ids_are_unique(decision: Decision) -> Iterator[ValueMistake]:
    """An outcome's id occurs once, and no former id is in use or named twice."""
    for name in (name for name in decision.other_outcomes if name in decision.methods):
        yield ValueMistake(
            ("other_outcomes", name),
            f'The id "{name}" is used for a method and for an other outcome.',
            "Give one of them another id.",
        )
    outcomes = [
        ((group, name), name, outcome)
        for group in ("methods", "other_outcomes")
        for name, outcome in getattr(decision, group).items()
    ]
    questions = [(("questions", name), name, part) for name, part in decision.questions.items()]
    families = [outcomes, questions] + [
        [((*place, "answers", name), name, answer) for name, answer in question.answers.items()]
        for place, _, question in questions
    ]
    for family in families:
        taken = {name for _, name, _ in family}
        for place, _, part in family:
            for position, former in enumerate(part.renamed_from):
                if former in taken:
                    yield ValueMistake(
                        (*place, "renamed_from", position),
                        f'The former id "{former}" is in use elsewhere.',
                        "Delete it here: an old address can lead to one place only.",
                    )
                taken.add(former)


def retired_is_over(decision: Decision) -> Iterator[ValueMistake]:
    """What is retired is not in use, and stands for answers of today."""
    for name, retired in decision.retired.items():
        question = decision.questions.get(now_called(decision.questions, name))
        for answer_id, answer in retired.answers.items():
            place = ("retired", name, "answers", answer_id)
            if question is not None and now_called(question.answers, answer_id) in question.answers:
                yield ValueMistake(place, f'The question "{name}" has the answer "{answer_id}".',
                              "Delete it here, or delete the answer.", at_key=True)
            yield from answers_of_today(decision, (*place, "now"), answer.now)


def changed_names_answers(decision: Decision) -> Iterator[ValueMistake]:
    """What has changed is said of answers of today."""
    for number, changed in enumerate(decision.changed):
        yield from answers_of_today(decision, ("changed", number, "answers"), changed.answers)


def answers_of_today(decision: Decision, place: Place, answers: Mapping[str, str]) -> Iterator[ValueMistake]:
    """Each question and each answer is there."""
    for question, answer in answers.items():
        if question not in decision.questions:
            yield unknown((*place, question), "question", question, decision.questions)
        elif answer not in decision.questions[question].answers:
            yield unknown((*place, question), "answer", answer, decision.questions[question].answers)


ALWAYS: tuple[Callable[[Decision], Iterator[ValueMistake]], ...] = (
    table_is_full,
    one_recommendation,
    ids_are_unique,
    retired_is_over,
    changed_names_answers,
)
