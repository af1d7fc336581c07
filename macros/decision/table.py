"""The comparison table: one row a criterion, one column a method."""

from collections.abc import Callable

from macros.decision.model import Decision
from macros.page.render import render


def rows(decision: Decision) -> list[tuple[str, list[str]]]:
    """Each criterion's title with its value for each method, in the order of the file."""
    return [
        (title, [method.criteria[name] for method in decision.methods.values()])
        for name, title in decision.criteria.items()
    ]


def comparison_table(decision: Decision, link: Callable[[str], str]) -> str:
    """The table as HTML. `link` turns the path of a page into an address for the page at hand."""
    return render(
        "comparison-table.html",
        decision=decision,
        methods=list(decision.methods.values()),
        rows=rows(decision),
        link=link,
    )
