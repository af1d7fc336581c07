"""The decision tree as HTML that is whole without a script."""

from collections.abc import Callable

from macros.decision.model import Decision
from macros.decision.paths import longest_ways, ways_to
from macros.decision.picture import draw
from macros.decision.versions import retirements
from macros.decision.widths import FONTS
from macros.page.render import render

MOST = 12  # ways to one outcome that are written out


def decision_tree(
    decision: Decision, name: str, number: int, first: bool, link: Callable[[str], str], json: str, version: str = ""
) -> str:
    """The questions, the outcomes and the picture of a tree.

    `number` counts the places of this tree on the page from 1, and makes ids unique. A tree
    keeps its answers in the address under its own id, a dot and the id of the question. The
    `first` tree of a page also takes them without the first two, as addresses from before
    have them.
    `link` turns the path of a page into an address for the page at hand; `json` is the
    address of the tree as JSON. `version` is that of the pages.
    """
    uid = name if number == 1 else f"{name}-{number}"
    return render(
        "decision-tree.html",
        decision=decision,
        uid=uid,
        name=name,
        first=first,
        most=longest_ways(decision)[decision.start],
        ways=ways_to(decision, MOST),
        retired=list(retirements(decision)),
        version=version,
        diagram=draw(decision),
        fonts=FONTS,
        link=link,
        json=json,
    )


def notices(decision: Decision) -> str:
    """What holds whatever the outcome: warnings as callouts, then the others as a list."""
    return render("notices.html", decision=decision)


def decision_questions(decision: Decision, link: Callable[[str], str]) -> str:
    """A section for each question: why it is asked, where each answer leads, where the rule comes from."""
    return render("decision-questions.html", decision=decision, link=link)
