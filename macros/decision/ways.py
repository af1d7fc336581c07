"""Where the answers of a decision lead, for a page that was reached with them."""

from collections.abc import Mapping

from macros.decision.model import Answer, Decision


def ways_to(trees: Mapping[str, Decision], page: str) -> dict[str, dict[str, object]]:
    """The decisions that may end on a page, by their names, each as `ways_of` gives it."""
    ending = {name: outcomes_on(tree, page) for name, tree in trees.items()}
    return {name: ways_of(trees[name], here) for name, here in ending.items() if here}


def outcomes_on(tree: Decision, page: str) -> set[str]:
    """The ids of the outcomes of a decision that lead to a page, or to a section of it."""
    return {id_ for id_, outcome in tree.outcomes.items() if outcome.page.partition("#")[0] == page}


def ways_of(tree: Decision, here: set[str]) -> dict[str, object]:
    """A decision as plain values, `here` being the outcomes on the page: `start`; `questions`, id → `ask` and `answers`, id → `label` and `goto`, or `choose` and
    `because` if it ends on the page; `outcomes`, id → `title` and `page`.
    """
    return {
        "start": tree.start,
        "questions": {id_: {"ask": question.ask, "answers": {key: way(answer, here) for key, answer in question.answers.items()}} for id_, question in tree.questions.items()},
        "outcomes": {id_: {"title": outcome.title, "page": outcome.page} for id_, outcome in tree.outcomes.items()},
    }


def way(answer: Answer, here: set[str]) -> dict[str, str | None]:
    """Where an answer leads, and why if it decides for one of the outcomes."""
    return {"label": answer.label, **({"goto": answer.goto} if answer.goto else {"choose": answer.choose, **({"because": answer.because} if answer.choose in here else {})})}
