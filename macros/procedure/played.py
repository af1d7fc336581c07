"""What a procedure that holds makes: the state at each stop, after each step, and what is left if something breaks.

It is read off plays with so many servers that every kind of server is there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from macros.procedure.actions import Actions, Event, State
from macros.procedure.model import Mark, Procedure, Section, Step, Stop
from macros.procedure.simulate import Moment, Play, States

# One Standby Server with a name of its own, and others.
STANDBY = 3


class Row(NamedTuple):
    """A kind of server: its key, what it is called, and one text for each column of a table of states.

    `state` is an attribute → its value, where all ways through agree on it.
    """

    key: str
    called: str
    words: tuple[str, ...]
    state: Mapping[str, str]


class Break(NamedTuple):
    """Something that breaks at a step: the event, what is left, where help is (`page.md#section`), and the server that fails."""

    event: Event
    say: str
    left: str
    to: str
    server: str = ""


@dataclass(frozen=True)
class Lane:
    """A phase for the picture of the whole: for each kind of server what is done, and what it is at the end."""

    phase: Section
    stretch: bool
    no_return: bool
    done: Mapping[str, tuple[str, ...]]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Played:
    """A procedure and what its plays give. Steps are known by their id, stops by their line.

    `columns` are those of a table of states, `keys` what the page's words for servers stand for.
    `start` and `after` are states by kind of server; `after` holds only those that a step changes.
    `changed` holds no more than the attributes that a step changes. `model` is what a browser follows a run
    by: `titles`, `columns` and `words` of states, and what `follows` of itself.
    `sought` is what words for servers that only a reader can tell stand for, as the kind among which they are found;
    `idle` are the actions that change nothing. `before` holds what a report of each kind of server shows when a step is reached, `helpless` the events at a
    step for which there is no help.
    """

    procedure: Procedure
    columns: tuple[str, ...]
    keys: Mapping[str, str]
    sought: Mapping[str, str]
    idle: frozenset[str]
    start: Mapping[str, Row]
    after: Mapping[str, Mapping[str, Row]]
    before: Mapping[str, Mapping[str, str]]
    changed: Mapping[str, Mapping[str, Mapping[str, str]]]
    model: Mapping[str, Any]
    at_stop: Mapping[int, tuple[Row, ...]]
    lanes: tuple[Lane, ...]
    breaks: Mapping[str, tuple[Break, ...]]
    helpless: Mapping[str, tuple[Event, ...]]

    def key(self, words: str) -> str:
        """The kind of servers that words on the page stand for: active, first, other, standby, all, or nothing."""
        return self.keys.get(words.lower(), "")

    def sure(self, words: str) -> str:
        """The same, but nothing where a reader has to find the servers that are meant."""
        return "" if words.lower() in self.sought else self.key(words)

    def claimed(self, stop: Stop) -> dict[str, list[tuple[str, ...]]]:
        """What holds at a stop: kind of servers → for each claim the values of which a server has one. Nothing of servers that a reader has to find."""
        claims: dict[str, list[tuple[str, ...]]] = {}
        for words, each in stop.holds:
            if kind := self.sure(words):
                claims.setdefault(kind, []).extend(each)
        return claims

    def among(self, words: str) -> str:
        """The same as the first, or the kind of servers among which a reader has to find those that are meant."""
        return self.sought.get(words.lower()) or self.key(words)


def keys_of(procedure: Procedure) -> dict[str, int]:
    """Each kind of server → its place in a play."""
    return {"active": 0, "first": 1, "other": 2} if procedure.first else {"active": 0, "other": 1}


def play_all(actions: Actions, procedure: Procedure, start: str) -> Played:
    """Play the phases of a procedure, and each section that begins from a state of its own.

    A page without phases begins with the first of these sections.
    """
    if not procedure.phases():
        start = next((section.start for section in procedure.sections if section.start), start)
    actions = actions.model_copy(update={"columns": told(actions, procedure, start)})
    ways = [(play, play.begin(start, STANDBY)) for play in (Play(actions, procedure, 0), Play(actions, procedure, STANDBY))]
    phases = procedure.phases()
    moments = [list(play.through(phases, states)) for play, states in ways]
    after, before, changed, breaks, helpless = {}, {}, {}, {}, {}
    play = ways[0][0]
    for moment in moments[0]:
        note(play, moment, after, before, changed)
        if isinstance(moment.item, Step):
            found = list(broken(play, moment, cases(procedure)))
            breaks[moment.item.id] = tuple(one for one in found if isinstance(one, Break))
            helpless[moment.item.id] = tuple(one for one in found if isinstance(one, str))
    for moment in play.through(procedure.behind(), moments[0][-1].after) if moments[0] else ():
        note(play, moment, after, before, changed)
    for section in procedure.sections:
        if section.start:
            for moment in play.through(procedure.within(section.id), play.begin(section.start, STANDBY)):
                note(play, moment, after, before, changed)
    at_stop = {
        one.item.line: rows(play, [one.after, other.after])
        for one, other in zip(*moments, strict=True) if isinstance(one.item, Stop)
    }
    begun = {row.key: row for row in rows(play, [ways[0][1]])}
    keys = {word.lower(): group.of for group in actions.groups if not group.only for word in group.words}
    named = {name.lower(): key for name, key in ((procedure.active, "active"), (procedure.first, "first")) if name}
    keys |= named
    if not procedure.first:
        keys = {word: "standby" if key == "other" else key for word, key in keys.items()}
    # A play takes one Standby Server for "the one in question"; a reader may mean any of them.
    sought = {word.lower(): "standby" if group.of == "first" else group.of for group in actions.groups if group.only or group.of == "first" for word in group.words}
    sought = {word: kind for word, kind in sought.items() if word not in named}
    idle = frozenset(name for name, action in actions.actions.items() if not action.changes)
    return Played(procedure, tuple(actions.columns), keys, sought, idle, begun, after, before, changed, model_of(actions), at_stop, tuple(lanes(play, phases, moments, at_stop)), breaks, helpless)


def told(actions: Actions, procedure: Procedure, start: str) -> dict[str, tuple[str, ...]]:
    """The columns that tell something on this page: a step changes them, or the servers differ in them from the start."""
    starts = {start, *(section.start for section in procedure.sections if section.start)}
    begun = [state for one in starts for state in Play(actions, procedure, STANDBY).begin(one, STANDBY)]
    names = [name for step in procedure.steps() for name in (step.action, step.instead) if name]
    changes = [*actions.follows, *(change for name in names for change in actions.actions[name].changes)]
    changed = {name for change in changes for name in (*change.this, *change.others)}
    differ = {name for name in actions.attributes if len({state[name] for state in begun}) > 1}
    return {title: columns for title, columns in actions.columns.items() if not (changed | differ).isdisjoint(columns)}


def model_of(actions: Actions) -> dict[str, Any]:
    """What a browser follows a run by."""
    return {
        "titles": list(actions.columns),
        "columns": [list(names) for names in actions.columns.values()],
        "words": {value: words for values in actions.attributes.values() for value, words in values.items()},
        "follows": [rule.model_dump(mode="json", exclude_defaults=True) for rule in actions.follows],
    }


def note(play: Play, moment: Moment, after: dict, before: dict, attributes: dict) -> None:
    """What a step finds and what it changes."""
    if isinstance(moment.item, Step):
        keys = keys_of(play.procedure)
        changed = {
            key: {name: value for name, value in moment.after[place].items() if moment.before[place][name] != value}
            for key, place in keys.items() if moment.before[place] != moment.after[place]
        }
        after[moment.item.id] = {row.key: row for row in rows(play, [moment.after]) if row.key in changed}
        attributes[moment.item.id] = changed
        reported = next(iter(play.actions.attributes))
        before[moment.item.id] = {key: moment.before[place][reported] for key, place in keys.items()}


def rows(play: Play, ways: list[States]) -> tuple[Row, ...]:
    """One row for each kind of server; where the ways differ, each value that it may have."""
    return tuple(
        row(play.actions, key, play.called(place), [states[place] for states in ways]) for key, place in keys_of(play.procedure).items()
    )


def row(actions: Actions, key: str, called: str, states: list[State]) -> Row:
    agreed = {name: value for name, value in states[0].items() if all(state[name] == value for state in states)}
    return Row(key, called[0].upper() + called[1:], tuple(actions.words(*states)), agreed)


def lanes(play: Play, phases: list[Section], moments: list[list[Moment]], at_stop: Mapping[int, tuple[Row, ...]]) -> Iterator[Lane]:
    """The phases of the picture of the whole."""
    for phase in phases:
        done: dict[str, list[str]] = {}
        for moment in moments[0]:
            step = moment.item
            if isinstance(step, Step) and step.section == phase.id and step.action and play.actions.actions[step.action].changes:
                for key in kinds(play, step):
                    done.setdefault(key, []).append(name_of(play.actions, step))
        marks, stops = phase.of(Mark), phase.of(Stop)
        yield Lane(
            phase, any(mark.stretch for mark in marks), any(mark.no_return for mark in marks),
            {key: tuple(dict.fromkeys(names)) for key, names in done.items()}, at_stop[stops[-1].line] if stops else (),
        )


def name_of(actions: Actions, step: Step) -> str:
    """What a step does, in words."""
    names = [actions.actions[name].name for name in (step.action, step.instead) if name and actions.actions[name].changes]
    return " or ".join([names[0], *(name[0].lower() + name[1:] for name in names[1:])])


def kinds(play: Play, step: Step) -> list[str]:
    """The kinds of server that a step is for."""
    name, keys = step.of.lower(), keys_of(play.procedure)
    if name == play.procedure.active.lower():
        return ["active"]
    if name == play.procedure.first.lower():
        return ["first"]
    group = play.actions.group(step.of)
    if group is not None and group.only:
        group = play.actions.group(step.on) or group  # those that are so cannot be told before
    if group is None:
        return []
    places = play.places(group, STANDBY + 1)
    return [key for key, place in keys.items() if place in places]


def cases(procedure: Procedure) -> dict[str, str]:
    """Each case that a section of the page helps with → the section, as a link from anywhere."""
    return {section.case: f"{procedure.page}#{section.id}" for section in procedure.sections if section.case}


def broken(play: Play, moment: Moment, own: Mapping[str, str]) -> Iterator[Break | Event]:
    """What may break at a step; an event alone where there is no help."""
    step, actions = moment.item, play.actions
    places = play.servers(step.of, moment.before) or play.servers(step.on, moment.before)
    for event in actions.events:
        if event == "fails":
            if step.if_not:
                yield Break(event, step.if_not, "", f"{play.procedure.page}#{step.section}")
            continue
        # The server that the step is for, and the one that serves, if it is another.
        serving = [place for place, state in enumerate(moment.after) if actions.serves(state)] if event == "dies" else []
        # A server fails once the step is done; anything else comes while it is being done.
        during = [moment.after] if event == "dies" else [moment.after, moment.before]
        for place in dict.fromkeys([*places[:1], *serving]):
            states = moment.after
            way = next((way for way in actions.ways_on if way.event == event and any(way.when.holds(place, one) for one in during)), None)
            if way is None:
                yield event
                continue
            left = states if event != "dies" else play.settled(
                tuple({**state, **actions.dead} if server == place else state for server, state in enumerate(states)))
            said = ". ".join(f"{one.called}: {', '.join(one.words[:1])}" for one in rows(play, [left]))
            called = play.called(place)
            yield Break(event, way.say, f"{said}.", own.get(way.case or "", way.to), called[0].upper() + called[1:] if event == "dies" else "")
