"""A procedure: what is written on a page about steps, read once. Lines are counted from 1, in the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TypeVar

# In `holds`: the words for servers, and for each of these the values of which one must be so.
Claim = tuple[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Step:
    """A step. `on` is what the page says it is done on, `of` the servers that it is for; both in words.

    `instead` is an action that a reader may choose instead; `links` are those of its "If not".
    """

    line: int
    section: str
    number: int
    text: str
    on: str = ""
    of: str = ""
    action: str = ""
    instead: str = ""
    checks: str = ""
    holds: tuple[Claim, ...] = ()
    commands: tuple[str, ...] = ()
    expected: str = ""
    if_not: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The section and the place in it."""
        return f"{self.section}/{self.number}"


@dataclass(frozen=True)
class Stop:
    """A stop, with what must hold at it."""

    line: int
    section: str
    title: str
    holds: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A callout that is no stop, of a kind such as "warning": it may begin a marked stretch, be the point of no return, or be accepted by name."""

    line: int
    section: str
    title: str
    kind: str = "warning"
    stretch: bool = False
    no_return: bool = False
    accept: str = ""

    @property
    def meant(self) -> bool:
        """Whether it says something of the procedure."""
        return self.stretch or self.no_return or bool(self.accept)


@dataclass(frozen=True)
class WayBack:
    """The way back of a phase: the section that it follows, as a link is written; none where it says so in words."""

    line: int
    section: str
    follow: str = ""


Item = Step | Stop | Mark | WayBack
Kind = TypeVar("Kind", bound=Item)


@dataclass(frozen=True)
class Section:
    """A section with what it holds, in order. `start` and `goal` name a state; `case` says what it is the help for.

    `phase` is its number, from 1, or 0.
    """

    line: int
    level: int
    id: str
    title: str
    start: str = ""
    goal: str = ""
    case: str = ""
    phase: int = 0
    items: tuple[Item, ...] = ()

    def of(self, kind: type[Kind]) -> list[Kind]:
        """Its items of one kind, in order."""
        return [item for item in self.items if isinstance(item, kind)]


@dataclass(frozen=True)
class Procedure:
    """All that a page says about steps. `active` and `first` are what it calls these two servers, if it does.

    Steps from the section `until` on are not counted. `tools` says whether the page offers a run.
    """

    page: str
    active: str = ""
    first: str = ""
    until: str = ""
    tools: bool = False
    sections: tuple[Section, ...] = field(default=())

    def items(self, id: str) -> list[Item]:
        """What a section and those below it hold, in order."""
        return [item for section in self.within(id) for item in section.items]

    def phases(self) -> list[Section]:
        """Its phases, in order."""
        return [section for section in self.sections if section.phase]

    def behind(self) -> list[Section]:
        """The sections between its last phase and `until`: their steps are counted too."""
        phases = self.phases()
        rest = self.sections[self.sections.index(phases[-1]) + 1:] if phases else ()
        return list(takewhile(lambda section: section.id != self.until, rest))

    def steps(self) -> Iterator[Step]:
        """Every step of the page, in order."""
        return (step for section in self.sections for step in section.of(Step))

    def within(self, id: str) -> list[Section]:
        """A section and those below it; none if there is no such section."""
        place = next((place for place, section in enumerate(self.sections) if section.id == id), None)
        if place is None:
            return []
        head, *rest = self.sections[place:]
        end = next((number for number, section in enumerate(rest) if section.level <= head.level), len(rest))
        return [head, *rest[:end]]
