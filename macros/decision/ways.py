"""Where the answers of a decision lead, for a page that was reached with them."""

from macros.decision.model import Answer, Decision


def ways_of(tree: Decision, page: str) -> dict[str, object]:
    """A decision as plain values: `start`; `questions`, id → `ask` and `answers`, id → `label` and `goto`, or `choose` and
    `because` if it ends on the page; `outcomes`, id → `title` and `page`.
    """
    here = {id_ for id_, outcome in tree.outcomes.items() if outcome.page.partition("#")[0] == page}
    return {
        "start": tree.start,
        "questions": {id_: {"ask": question.ask, "answers": {key: way(answer, here) for key, answer in question.answers.items()}} for id_, question in tree.questions.items()},
        "outcomes": {id_: {"title": outcome.title, "page": outcome.page} for id_, outcome in tree.outcomes.items()},
    }


def way(answer: Answer, here: set[str]) -> dict[str, str | None]:
    """Where an answer leads, and why if it decides for one of the outcomes."""
    return {"label": answer.label, **({"goto": answer.goto} if answer.goto else {"choose": answer.choose, **({"because": answer.because} if answer.choose in here else {})})}
