"""What is made of a procedure for its page: all phases at a glance, and what to do if something breaks."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from posixpath import dirname, join, normpath

from macros.page.render import render
from macros.procedure.model import Section, Step
from macros.procedure.played import Break, Played


def all_phases(played: Played) -> str:
    """The phases across, the servers down: what is done on each, and what it is after each phase."""
    return render("all-phases.html", lanes=played.lanes, start=played.start.values(), columns=played.columns)


def if_something_breaks(played: Played, events: Mapping[str, str], link: Callable[[str], str]) -> str:
    """For each step of a phase: what to do if it fails, or if something else breaks at that moment.

    `link` gives the address of a page's section.
    """
    help_of = {
        step.id: [(text, link(absolute(played.procedure.page, target))) for text, target in step.links if ":" not in target]
        for step in played.procedure.steps()
    }
    return render("if-something-breaks.html", rows=list(rows(played)), events=events, help_of=help_of, link=link)


def rows(played: Played) -> Iterator[tuple[Section, list[Step], Break]]:
    """Each phase with its steps in a row at which the same thing breaks in the same way."""
    for phase in played.procedure.phases():
        steps = phase.of(Step)
        for event in dict.fromkeys(one.event for step in steps for one in played.breaks[step.id]):
            found = [(step, one) for step in steps for one in played.breaks[step.id] if one.event == event]
            # What to do if a step fails is its own.
            for _, group in groupby(found, key=lambda pair: pair[0] if event == "fails" else pair[1]):
                same = list(group)
                yield phase, [step for step, _ in same], same[0][1]


def absolute(page: str, target: str) -> str:
    """A link on a page as `page.md#section` below docs/."""
    path, hash_sign, section = target.partition("#")
    return (normpath(join(dirname(page), path)) if path else page) + hash_sign + section
