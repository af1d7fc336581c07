"""What the steps of a procedure do to the servers: a state of each, what an action needs and what it changes.

The classes mirror the keys of `docs/_data/reference/actions.yml`. A server's state is a mapping,
attribute → value, both ids; all that is known about the product is in that file.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from macros.page.site import Site
from macros.page.targets import target_mistakes
from macros.source.load import load
from macros.source.mistake import Place, ValueMistake, near_miss, one_of
from macros.source.part import Id, Part, Text

FILE = "_data/reference/actions.yml"

State = Mapping[str, str]
Values = Annotated[tuple[Id, ...], Field(strict=False)]
Match = dict[Id, Id | Values]
# The servers that a procedure may tell apart, by what they are when it begins.
Key = Literal["active", "first", "other", "standby", "all"]


def matches(state: State, wanted: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Whether a server is as wanted: each attribute has the value, or one of them."""
    for name, value in wanted.items():
        if state[name] != value and (type(value) is str or state[name] not in value):
            return False
    return True


class Condition(Part):
    """What must be so. All parts that are given must hold."""

    this: Match = Field({}, description="What the server itself is.")
    some: Match = Field({}, description="At least one other server is so.")
    every: Match = Field({}, description="Every other server is so.")
    no: Match = Field({}, description="No other server is so.")
    on: Match = Field({}, description="What the server is on which the step is done, if it is done on a single one.")

    def holds(self, server: int, states: tuple[State, ...], on: int | None = None) -> bool:
        """Whether it is so for the server at this place among the states; `on` is the place of that on which the step is done."""
        if not matches(states[server], self.this) or (self.on and on is not None and not matches(states[on], self.on)):
            return False
        if not (self.some or self.every or self.no):
            return True
        others = [state for place, state in enumerate(states) if place != server]
        return ((not self.some or any(matches(one, self.some) for one in others))
                and (not self.every or all(matches(one, self.every) for one in others))
                and (not self.no or not any(matches(one, self.no) for one in others)))

    def used(self) -> Iterator[tuple[str, Match]]:
        """Each part with what it names."""
        yield from (("this", self.this), ("some", self.some), ("every", self.every), ("no", self.no), ("on", self.on))


class Need(Part):
    """What must be so before an action, and why."""

    when: Condition = Field(Condition(), description="For which servers it is needed; all, if it is left out.")
    need: Condition = Field(description="What must be so.")
    say: Text = Field(description="What is wrong if it is not so, as a sentence. {server} stands for the server.")
    fix: Text = Field(description="What to write instead, as a sentence.")


class Change(Part):
    """What an action or a rule changes."""

    when: Condition = Field(Condition(), description="For which servers it is so; all, if it is left out.")
    this: dict[Id, Id] = Field({}, description="What the server itself becomes.")
    others: dict[Id, Id] = Field({}, description="What other servers become.")
    others_that_are: Match = Field({}, description="Which other servers; all, if it is left out.")

    def applied(self, server: int, states: tuple[State, ...]) -> tuple[State, ...]:
        """The states after it. Those that it leaves alone are the same objects."""
        if not self.when.holds(server, states):
            return states
        return tuple(
            {**state, **self.this} if place == server and self.this
            else {**state, **self.others} if place != server and self.others and matches(state, self.others_that_are)
            else state
            for place, state in enumerate(states)
        )


class Action(Part):
    """Something that a step does to a server."""

    name: Text = Field(description="What it does, in a few words, for tables.")
    needs: Annotated[tuple[Need, ...], Field(strict=False)] = Field((), description="What must be so before.")
    changes: Annotated[tuple[Change, ...], Field(strict=False)] = Field((), description="What it changes, in this order.")


class Group(Part):
    """Servers that a page may speak of, whatever it calls a single one."""

    of: Key = Field(description="Which servers: by what they are when the procedure begins.")
    only: Match = Field({}, description="Only those that are so when the step is reached.")
    words: Annotated[tuple[Text, ...], Field(strict=False)] = Field(min_length=1, description="What pages call them.")


class Limit(Part):
    """How many servers may be so."""

    servers: Match = Field(description="Which servers are counted.")
    at_least: int = Field(0, strict=False, ge=0, description="How many there must be.")
    at_most: int | None = Field(None, strict=False, ge=0, description="How many there may be; any number, if it is left out.")
    not_in_stretch: bool = Field(False, description="Whether a marked stretch is exempt.")
    say: Text = Field(description="What is wrong if there are more or fewer, as a sentence.")

    def kept(self, states: tuple[State, ...], in_stretch: bool = False) -> bool:
        """Whether it is kept."""
        count = sum(matches(state, self.servers) for state in states)
        return (self.not_in_stretch and in_stretch) or (self.at_least <= count and (self.at_most is None or count <= self.at_most))


class Start(Part):
    """What the servers are when a procedure begins."""

    active: dict[Id, Id] = Field(description="The server that is Active, or was last.")
    standby: dict[Id, Id] = Field(description="Each other server.")
    first: dict[Id, Id] = Field({}, description="The one of the others that has a name of its own, where it differs.")


Event = Literal["fails", "network", "dies"]


class WayOn(Part):
    """Where the reader finds help if something breaks at a step."""

    event: Event = Field(description="What breaks.")
    when: Condition = Field(Condition(), description="In which state, for the server that the step is for.")
    case: Id | None = Field(None, description="A section of the page that has this case comes first.")
    to: Text = Field(description="A page and section otherwise.")
    say: Text = Field(description="What is left then, and what to do, as a sentence.")


class Actions(Part):
    """What servers are, what steps do to them, and what must hold."""

    attributes: dict[Id, dict[Id, Text]] = Field(
        min_length=1, description="Attribute → value → its words. No value belongs to two. The first attribute is what a report of a server shows.")
    columns: dict[Text, Annotated[tuple[Id, ...], Field(strict=False)]] = Field(description="Column of a table of states → attributes.")
    start: dict[Id, Start] = Field(min_length=1, description="What a procedure may begin from.")
    goals: dict[Id, Annotated[tuple[Limit, ...], Field(strict=False)]] = Field(description="What a procedure may end in.")
    limits: Annotated[tuple[Limit, ...], Field(strict=False)] = Field(description="What must hold after each step.")
    follows: Annotated[tuple[Change, ...], Field(strict=False)] = Field((), description="What then becomes of each server, in this order.")
    groups: Annotated[tuple[Group, ...], Field(strict=False)] = Field(description="Servers that pages speak of.")
    actions: dict[Id, Action] = Field(description="What a step may do.")
    events: dict[Event, Text] = Field(description="What may break at a step, in words; {server} stands for the server that fails.")
    dead: dict[Id, Id] = Field(description="What a server becomes that dies.")
    ways_on: Annotated[tuple[WayOn, ...], Field(strict=False)] = Field(description="Where help is, the first that fits.")

    def serves(self, state: State) -> bool:
        """Whether a server is one of those of which only so many may be."""
        return any(limit.not_in_stretch and matches(state, limit.servers) for limit in self.limits)

    def attribute_of(self, value: str) -> str | None:
        """The attribute that has this value."""
        return next((name for name, values in self.attributes.items() if value in values), None)

    def words(self, *states: State) -> list[str]:
        """A state in words, one text for each column; of several states each value that there may be."""
        return [
            ", ".join(text for name in names if (text := " or ".join(dict.fromkeys(self.attributes[name][state[name]] for state in states))) != "-")
            for names in self.columns.values()
        ]

    def group(self, words: str) -> Group | None:
        """The servers that a page calls so; capitals do not matter."""
        return next((group for group in self.groups if words.lower() in (one.lower() for one in group.words)), None)


# Those of a site that has no file of actions: nothing can be told of its servers.
NO_ACTIONS = Actions.model_construct(
    attributes={}, columns={}, start={}, goals={}, limits=(), groups=(), actions={}, events={}, dead={}, ways_on=())


def read_actions(docs: Path, site: Site) -> Actions:
    """The actions of a site, whose pages they name. Raises MistakesError with every mistake."""
    return load(docs / FILE, f"docs/{FILE}", Actions, check, lambda actions: target_mistakes(
        ((("ways_on", number, "to"), way.to) for number, way in enumerate(actions.ways_on)), site))


def check(actions: Actions) -> list[ValueMistake]:
    """What the model alone does not see: names of attributes and values that are not there, in any part."""
    return [
        *double_values(actions), *incomplete_starts(actions), *empty_limits(actions), *unheard_events(actions), *double_words(actions),
        *(one for place, wanted in named_states(actions) for one in state_mistakes(actions, place, wanted)),
    ]


def incomplete_starts(actions: Actions) -> Iterator[ValueMistake]:
    """A server has a value for each attribute when a procedure begins."""
    for name, start in actions.start.items():
        for key in ("active", "standby"):
            for attribute in actions.attributes:
                if attribute not in getattr(start, key):
                    yield ValueMistake(("start", name, key), f'"{key}" has no "{attribute}".',
                                       f"Write one of: {one_of(actions.attributes[attribute])}.", at_key=True)


def empty_limits(actions: Actions) -> Iterator[ValueMistake]:
    """A limit that nothing can keep."""
    groups = [(("limits",), actions.limits), *((("goals", goal), limits) for goal, limits in actions.goals.items())]
    for place, limits in groups:
        for number, limit in enumerate(limits):
            if limit.at_most is not None and limit.at_most < limit.at_least:
                yield ValueMistake((*place, number, "at_most"), '"at_most" is less than "at_least".', "Correct one of them.")


def unheard_events(actions: Actions) -> Iterator[ValueMistake]:
    """A way on is for an event that has its words."""
    for number, way in enumerate(actions.ways_on):
        if way.event not in actions.events:
            yield ValueMistake(("ways_on", number, "event"), f'"{way.event}" has no words.', f"Write them at `events:`, as `{way.event}: …`.")


def double_words(actions: Actions) -> Iterator[ValueMistake]:
    """Words stand for one group of servers."""
    known: set[str] = set()
    for number, group in enumerate(actions.groups):
        for place, words in enumerate(group.words):
            if words.lower() in known:
                yield ValueMistake(("groups", number, "words", place), f'"{words}" stands for other servers too.', "Delete it at one of them.")
            known.add(words.lower())


def double_values(actions: Actions) -> Iterator[ValueMistake]:
    """A value belongs to one attribute, so that a page can name it alone."""
    owner: dict[str, str] = {}
    for name, values in actions.attributes.items():
        for value in values:
            if owner.setdefault(value, name) != name:
                yield ValueMistake(("attributes", name, value), f'The value "{value}" belongs to "{owner[value]}" too.',
                                   "Give one of them another id.", at_key=True)


def named_states(actions: Actions) -> Iterator[tuple[Place, Mapping]]:
    """Every place of the file at which attributes and values are named, with what is named."""
    for column, names in actions.columns.items():
        yield ("columns", column), {name: () for name in names}
    for start, state in actions.start.items():
        yield from ((("start", start, key), getattr(state, key)) for key in ("active", "standby", "first"))
    for goal, limits in actions.goals.items():
        yield from ((("goals", goal, number, "servers"), limit.servers) for number, limit in enumerate(limits))
    yield from ((("limits", number, "servers"), limit.servers) for number, limit in enumerate(actions.limits))
    yield ("dead",), actions.dead
    yield from ((("groups", number, "only"), group.only) for number, group in enumerate(actions.groups))
    changes: list[tuple[Place, Change]] = [(("follows", number), change) for number, change in enumerate(actions.follows)]
    conditions: list[tuple[Place, Condition]] = [(("ways_on", number, "when"), way.when) for number, way in enumerate(actions.ways_on)]
    for name, action in actions.actions.items():
        changes += [(("actions", name, "changes", number), change) for number, change in enumerate(action.changes)]
        for number, need in enumerate(action.needs):
            conditions += [(("actions", name, "needs", number, part), getattr(need, part)) for part in ("when", "need")]
    for place, change in changes:
        conditions.append(((*place, "when"), change.when))
        yield from (((*place, part), getattr(change, part)) for part in ("this", "others", "others_that_are"))
    for place, condition in conditions:
        yield from (((*place, part), wanted) for part, wanted in condition.used())


def state_mistakes(actions: Actions, place: Place, wanted: Mapping) -> Iterator[ValueMistake]:
    """Attributes and values that are not there."""
    for name, value in wanted.items():
        known = actions.attributes.get(name)
        if known is None:
            yield ValueMistake((*place, name), f'There is no attribute "{name}".',
                               f"{near_miss(name, actions.attributes)}Write one of: {one_of(actions.attributes)}.", at_key=True)
            continue
        for one in (value,) if isinstance(value, str) else value:
            if one not in known:
                yield ValueMistake((*place, name), f'"{name}" has no value "{one}".',
                                   f"{near_miss(one, known)}Write one of: {one_of(known)}.")
