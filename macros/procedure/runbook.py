"""What turns a procedure page into a runbook: ticks, names of servers, notes, paper."""

from macros.page.render import render


def runbook(active: str = "Active Server", first: str = "", until: str = "what-if", status: str = "") -> str:
    """The tools of a runbook, shown only where a script can run them.

    `active` is what the page calls the server that is Active at the start, `first` what it
    calls the Standby Server that is upgraded first, if it has a name. Steps after the heading
    with the id `until` are not counted. `status` is HTML with what a report must be for a step that is checked by it.
    """
    return render("runbook.html", active=active, first=first, until=until, status=status)


def look_up(item: str, *items: str) -> str:
    """What the reader has to look up elsewhere, each with a line to write on: on the screen or on paper."""
    return render("look-up.html", items=(item, *items))
