"""The references as HTML: commands, states, the window, and the reader of status reports."""

from collections.abc import Callable, Mapping

from macros.decision.model import Decision
from macros.page.render import render
from macros.reference.commands import Commands
from macros.reference.states import States
from macros.reference.window import Window

Link = Callable[[str], str]


def command_table(commands: Commands) -> str:
    """One row a command, with a link to its section, and what the levels of risk mean."""
    return render("command-table.html", reference=commands)


def command_details(commands: Commands) -> str:
    """One section a command. The id of the command is the section's anchor."""
    return render("command-details.html", reference=commands)


def state_table(states: States, window: Window | None, link: Link) -> str:
    """One row per state, with the code as its id. `link` gives the address of a page for the page at hand."""
    return render("state-table.html", states=states.states, window=window, link=link)


def window_table(window: Window, link: Link) -> str:
    """One row per case that the window can show, then one per sign of the main window."""
    return render("window-table.html", window=window, link=link)


def status_reader(states: States, window: Window | None, trees: Mapping[str, Decision], number: int, link: Link) -> str:
    """The box that reads status reports. `number` counts the boxes of this page from 1."""
    answers = states.answers
    tree = trees[answers.tree]
    return render(
        "status-reader.html",
        states=states,
        report=states.report.model_dump(),
        window=window,
        number=number,
        uid="status-reader" if number == 1 else f"status-reader-{number}",
        question=tree.questions[answers.question],
        offers={verdict: offer(states, tree, verdict, link) for verdict in ("works", "broken")},
        link=link,
    )


def status_data(states: States) -> str:
    """What the script of a run needs to check a step by a report: how a report names things, the states, the findings."""
    return render("status-data.html", states=states)


def offer(states: States, tree: Decision, verdict: str, link: Link) -> dict[str, str]:
    """The answer that a verdict gives: its label, and the address of the tree with it answered.

    There it waits until its question is reached.
    """
    answers = states.answers
    answer = getattr(answers, verdict)
    return {
        "label": tree.questions[answers.question].answers[answer].label,
        "href": f"{link(answers.page)}?{answers.tree}.{answers.question}={answer}#{answers.tree}-tree",
    }
