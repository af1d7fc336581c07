"""The sets of reports to try the reader with: those that the data writes out, and the state after each phase of a procedure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from macros.procedure.actions import Actions, State
from macros.procedure.played import Played
from macros.procedure.simulate import Play, States
from macros.reference.checks import Checks, Sample, SampleServer, Shown


class Menu(NamedTuple):
    """Samples under one heading, which may be empty: label → the servers, as JSON."""

    heading: str
    samples: Mapping[str, str]


def menus(checks: Checks, actions: Actions | None, played: Mapping[str, Played]) -> list[Menu]:
    """Every sample, in the order of the data. A page that is not played has none."""
    of_phases = checks.phases.pages.items() if checks.phases and actions else ()
    return [
        Menu("", texts(checks.samples.values())),
        *(Menu(heading, texts(sample for sample, _ in after_phases(checks, actions, played[page]))) for page, heading in of_phases if page in played),
    ]


def texts(samples: Iterable[Sample]) -> dict[str, str]:
    return {sample.label: json.dumps(sample.model_dump(mode="json")["servers"], ensure_ascii=False) for sample in samples}


def after_phases(checks: Checks, actions: Actions, played: Played) -> Iterator[tuple[Sample, States]]:
    """The state after each phase as a sample, and as it was played. A state that no report shows has no sample."""
    kinds = ("active", "first", "other") if played.procedure.first else ("active", "other", "other")
    servers = list(checks.phases.servers)
    play = Play(actions, played.procedure)
    states = play.settled(tuple(dict(played.start[kind].state) for kind in kinds[:len(servers)]))
    for phase in played.procedure.phases():
        states = next(reversed([moment.after for moment in play.through([phase], states)]), states)
        shown = [shown_of(checks, state) for state in states]
        if all(shown):
            slots = {slot: tuple(server.key for server, one in zip(servers, shown, strict=True) if one.slot in kept)
                     for slot, kept in (("declared", ("declared", "connected")), ("connected", ("connected",)))}
            yield Sample(label=checks.phases.label.replace("{phase}", phase.title), servers=tuple(
                SampleServer(name=server.name, key=server.key, state=one.state, **(slots if one.leads else {}))
                for server, one in zip(servers, shown, strict=True)
            )), states


def shown_of(checks: Checks, state: State) -> Shown | None:
    """What the report of a server in this state shows: the first that fits."""
    return next((one for one in checks.phases.shows if one.when.items() <= state.items()), None)
