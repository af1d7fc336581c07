"""The comparison table: one row a criterion, one column a method."""

from collections.abc import Callable

from macros.decision.model import Decision
from macros.page.render import render


def rows(decision: Decision) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each criterion's title with each method's id and value, in the order of the file."""
    return [
        (title, [(id, method.criteria[name]) for id, method in decision.methods.items()])
        for name, title in decision.criteria.items()
    ]


def comparison_table(decision: Decision, link: Callable[[str], str], name: str = "") -> str:
    """The table of the tree `name` as HTML. `link` turns the path of a page into an address for the page at hand."""
    return render(
        "comparison-table.html",
        decision=decision,
        name=name,
        rows=rows(decision),
        link=link,
    )
