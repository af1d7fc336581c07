"""What turns a procedure page into a runbook: ticks, names of servers, notes, paper."""

from collections.abc import Iterable, Mapping

from macros.page.render import render
from macros.procedure.marks import as_json, state_of
from macros.procedure.played import Played


def runbook(
    active: str, first: str = "", until: str = "what-if", played: Played | None = None, status: str = "", version: str = "", answers: Mapping[str, Iterable[str]] | None = None,
    becomes: str = "", trees: Mapping[str, object] | None = None,
) -> str:
    """The tools of a runbook, shown only where a script can run them.

    `active` is what the page calls the server that is Active at the start, `first` what it
    calls the Standby Server that is upgraded first, if it has a name. Steps after the heading
    with the id `until` are not counted: `values_given` reads it from the call. `played` is the procedure of the page, where it is known,
    `status` HTML with what a report must be for a step that is checked by it, `version` that of the pages,
    `becomes` what the page calls the server of `first` later, `answers` what a link may bring along: tree.question → the ids of its answers,
    `trees` where they lead, as `macros.decision.ways` makes it.
    """
    start = as_json({key: state_of(row) for key, row in played.start.items()}) if played else ""
    model = as_json(played.model) if played else ""
    page = played.procedure.page.removesuffix(".md") if played else ""
    return render("runbook.html", active=active, first=first, start=start, model=model, titles=played.model["titles"] if played else (), page=page, status=status, version=version, becomes=becomes,
                  answers=as_json({key: list(ids) for key, ids in (answers or {}).items()}), trees=as_json(trees or {}))


def under_way(pages: Iterable[tuple[str, str]]) -> str:
    """The line that leads back to a run that is under way on one of these pages, (title, address). A script shows it."""
    return render("under-way.html", pages=list(pages))


def look_up(item: str, *items: str) -> str:
    """What the reader has to look up elsewhere, each with a line to write on: on the screen or on paper."""
    return render("look-up.html", items=(item, *items))
