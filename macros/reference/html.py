"""The references as HTML: commands, states, the window, and the reader of status reports."""

import json
from collections.abc import Callable, Collection, Mapping

from macros.decision.model import Decision
from macros.page.render import render
from macros.reference.checks import Checks, rules
from macros.reference.commands import Commands
from macros.reference.pictures import Pictures, draw
from macros.reference.samples import Menu
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


def window_case(window: Window, case: str) -> str:
    """The rows that the window shows in a case, drawn as it shows them. `case` is one of the file's."""
    return render("window-case.html", window=window, case=window.cases[case])


def picture(pictures: Pictures, name: str) -> str:
    """A picture with its title and description. `name` is one of the file's."""
    return render("picture.html", picture=pictures.pictures[name], drawing=draw(pictures.pictures[name]), name=name)


def check_table(checks: Checks, link: Link) -> str:
    """One row a check: what is looked at, what it means, what settles it, the verdict."""
    return render("status-checks.html", checks=checks, link=link)


def status_rules(states: States, window: Window | None, checks: Checks, **more: Collection[str]) -> str:
    """What the core of the reader decides by, and what else its user needs, as JSON."""
    return json.dumps({**rules(states, window, checks), **more}, ensure_ascii=False, separators=(",", ":"))


def status_reader(
    states: States, window: Window | None, checks: Checks, menus: list[Menu], trees: Mapping[str, Decision], number: int, runs: Collection[str], link: Link
) -> str:
    """The box that reads status reports. `number` counts the boxes of this page from 1; `runs` are the pages with a run."""
    answers = checks.answers
    question = trees[answers.tree].questions[answers.question]

    def address(answer: str) -> str:
        """The tree with the answer given; it waits there until its question is reached."""
        return f"{link(answers.page)}?{answers.tree}.{answers.question}={answer}#{answers.tree}-tree"

    return render(
        "status-reader.html",
        states=states,
        checks=checks,
        rules=status_rules(states, window, checks, passing=checks.passing),
        menus=menus,
        number=number,
        runs=runs,
        uid="status-reader" if number == 1 else f"status-reader-{number}",
        question=question,
        offers=[(question.answers[answer].label, address(answer), fits) for answer, fits in answers.fits.items()],
        link=link,
    )


def status_data(states: States, window: Window | None, checks: Checks, link: Link) -> str:
    """What the script of a run needs to check a step by a report: what the core of the reader decides by, the findings, and where states are explained."""
    return render("status-data.html", rules=status_rules(states, window, checks), states=states, checks=checks, link=link)
