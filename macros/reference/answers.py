"""The answer of a decision tree that a file of the reference names."""

from collections.abc import Iterator, Mapping
from typing import Any

from macros.decision.model import Decision
from macros.source.mistake import Place, ValueMistake, instead

# Name → tree; None for one whose file is broken: what it holds is not known, so nothing that is named of it is wrong.
Trees = Mapping[str, Decision | None]


def answer_mistakes(trees: Trees, place: Place, named: Mapping[str, str]) -> Iterator[ValueMistake]:
    """The first of the tree, the question and the answer that are `named` that does not exist.

    They stand below `place`.
    """

    def unknown(at: str, name: str, known: Mapping[str, Any], what: str) -> ValueMistake:
        return ValueMistake((*place, at), f'{what} "{name}".', instead(name, known))

    tree, question, answer = named["tree"], named["question"], named["answer"]
    if tree not in trees:
        yield unknown("tree", tree, trees, "There is no tree")
    elif (decision := trees[tree]) is None:
        return
    elif question not in (questions := decision.questions):
        yield unknown("question", question, questions, f'The tree "{tree}" has no question')
    elif answer not in (answers := questions[question].answers):
        yield unknown("answer", answer, answers, f'The question "{question}" has no answer')
