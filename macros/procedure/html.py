"""What is made of a procedure for its page: all phases at a glance, and what to do if something breaks."""

from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath

from macros.page.render import render
from macros.procedure.model import Step
from macros.procedure.played import Played


def all_phases(played: Played) -> str:
    """The phases across, the servers down: what is done on each, and what it is after each phase."""
    return render("all-phases.html", lanes=played.lanes, start=played.start.values(), columns=played.columns)


def if_something_breaks(played: Played, events: Mapping[str, str], link: Callable[[str], str]) -> str:
    """For each step of a phase: what to do if it fails, or if something else breaks at that moment.

    `link` gives the address of a page's section.
    """
    phases = [(phase, [item for item in phase.items if isinstance(item, Step)]) for phase in played.procedure.phases()]
    help_of = {
        step.id: [(text, link(absolute(played.procedure.page, target))) for text, target in step.links if ":" not in target]
        for _, steps in phases for step in steps
    }
    return render("if-something-breaks.html", phases=phases, events=events, breaks=played.breaks, help_of=help_of, link=link)


def absolute(page: str, target: str) -> str:
    """A link on a page as `page.md#section` below docs/."""
    path, hash_sign, section = target.partition("#")
    return (normpath(join(dirname(page), path)) if path else page) + hash_sign + section
