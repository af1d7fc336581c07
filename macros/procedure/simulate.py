"""Plays a procedure through, for any number of servers: what each is after each step, and what does not hold.

Servers are places in a tuple of states: first the one that is Active at the start, then the Standby
Servers, of which the first is the one that the page has a name for, if it has one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from macros.procedure.actions import Actions, Group, State, matches
from macros.procedure.model import Claim, Mark, Procedure, Section, Step, Stop, WayBack
from macros.source.mistake import Mistake

MOST = 8  # Standby Servers

States = tuple[State, ...]
# The values of all servers → the states after what follows of itself.
Kept = dict[tuple[tuple[str, ...], ...], States]


@dataclass(frozen=True)
class Moment:
    """The states before and after an item of a procedure."""

    item: object
    before: States
    after: States


class Play:
    """One run of a procedure: its servers, and how many of them take the other way where a step leaves a choice.

    `kept` holds the states that others have come to: the plays of a procedure differ little.
    """

    def __init__(self, actions: Actions, procedure: Procedure, instead: int = 0, kept: Kept | None = None) -> None:
        self.actions, self.procedure, self.instead = actions, procedure, instead
        self.kept: Kept = {} if kept is None else kept
        self.found: list[Mistake] = []
        self.done: set[str] = set()  # the ids of steps that were for some server

    # ---- Servers

    def begin(self, start: str, standby: int) -> States:
        """The states at the start."""
        wanted = self.actions.start[start]
        others = [dict(wanted.standby) for _ in range(standby)]
        others[0] |= wanted.first
        return self.settled((dict(wanted.active), *others))

    def settled(self, states: States) -> States:
        """The states after what follows of itself."""
        key = tuple(tuple(state.values()) for state in states)
        if key not in self.kept:
            for rule in self.actions.follows:
                this = rule.when.this
                for server in range(len(states)):
                    if matches(states[server], this):  # few do: this is quicker than to ask for all that is wanted
                        states = rule.applied(server, states)
            self.kept[key] = states
        return self.kept[key]

    def servers(self, words: str, states: States) -> list[int]:
        """The places that words for servers stand for, in these states."""
        name = words.lower()
        if name == self.procedure.active.lower():
            return [0]
        if name == self.procedure.first.lower():
            return [1]
        group = self.actions.group(words)
        return [place for place in self.places(group, len(states)) if matches(states[place], group.only)] if group else []

    def places(self, group: Group, count: int) -> Iterable[int]:
        """The places that a group is chosen from."""
        named = 2 if self.procedure.first else 1
        return {"active": range(1), "first": range(1, 2), "other": range(named, count), "standby": range(1, count), "all": range(count)}[group.of]

    def called(self, server: int) -> str:
        """What a message calls a server."""
        if server == 0 and self.procedure.active:
            return self.procedure.active
        if server == 1 and self.procedure.first:
            return self.procedure.first
        key = "active" if server == 0 else "other" if self.procedure.first else "standby"
        return next((group.words[0] for group in self.actions.groups if group.of == key and not group.only), key)

    # ---- Steps

    def through(self, sections: Iterable[Section], states: States) -> Iterator[Moment]:
        """Play sections through, noting every mistake."""
        stretch = False
        for section in sections:
            for item in section.items:
                before = states
                if isinstance(item, Mark):
                    stretch = stretch or item.stretch
                elif isinstance(item, Step):
                    states = self.stepped(item, states, stretch)
                elif isinstance(item, Stop):
                    self.claimed(item.line, item.holds, states, "The stop does not hold")
                    stretch = False
                yield Moment(item, before, states)
                if isinstance(item, Stop):
                    self.limits(item.line, states, False)

    def stepped(self, step: Step, states: States, stretch: bool) -> States:
        """The states after a step, done on each of its servers in turn."""
        places = self.servers(step.of, states) if step.action else []
        done_on = self.servers(step.on, states) if step.action else []
        for turn, place in enumerate(places):
            name = step.instead if step.instead and turn >= len(places) - self.instead else step.action
            action = self.actions.actions[name]
            # What is done instead may be done elsewhere.
            on = None if name != step.action else place if place in done_on else done_on[0] if len(done_on) == 1 else None
            for need in action.needs:
                if need.when.holds(place, states, on) and not need.need.holds(place, states, on):
                    words = need.say.replace("{server}", self.called(place))
                    self.wrong(step.line, f"{words[0].upper()}{words[1:]}", need.fix, states)
                    return states
            for change in action.changes:
                states = change.applied(place, states)
            states = self.settled(states)
            self.done.add(step.id)
            self.limits(step.line, states, stretch)
        self.claimed(step.line, step.holds, states, "What the step expects does not hold")
        return states

    # ---- What must hold

    def limits(self, line: int, states: States, stretch: bool) -> None:
        for limit in self.actions.limits:
            if not limit.kept(states, stretch):
                self.wrong(line, limit.say, "Change the steps, or mark the stretch with `{ .stretch }` at a warning before it.", states)

    def goal(self, line: int, goal: str, states: States, where: str) -> None:
        """Whether a goal is reached; `where` says at the end of what, as the beginning of a sentence."""
        for limit in self.actions.goals[goal]:
            if not limit.kept(states):
                self.wrong(line, f"{where}: {limit.say}", "Add the step that is missing, or correct the servers of a step.", states)

    def claimed(self, line: int, claims: Iterable[Claim], states: States, what: str) -> None:
        """Whether what a page claims of servers is so."""
        for words, each in claims:
            for place in self.servers(words, states):
                for options in each:
                    if not any(states[place].get(self.actions.attribute_of(one) or "") == one for one in options):
                        self.wrong(line, f'{what}: "{words}: {" or ".join(options)}".',
                                   f"Here {self.called(place)} is: {self.said(states[place])}. Correct the steps before it, or the words.", states)
                        break

    def said(self, state: State) -> str:
        """A state in words."""
        return "; ".join(self.actions.words(state))

    def wrong(self, line: int, what: str, fix: str, states: States) -> None:
        count = len(states) - 1
        self.found.append(Mistake(line, 1, what, f"{fix} (With {count} other server{'s' if count > 1 else ''}.)"))


def plays(actions: Actions, procedure: Procedure, sections: list[Section], most: int) -> Iterator[tuple[int, Play]]:
    """Every way through the sections that the choices leave, for each number of Standby Servers."""
    choice = any(step.instead for section in sections for step in section.of(Step))
    kept: Kept = {}
    for standby in range(1, most + 1):
        for instead in range(standby + 1 if choice else 1):
            yield standby, Play(actions, procedure, instead, kept)


Find = Callable[[str, str], tuple[Procedure, list[Section]] | None]


def proof(actions: Actions, procedure: Procedure, start: str, goal: str, goal_back: str, find: Find, most: int = MOST) -> list[Mistake]:
    """What does not hold in a procedure as a whole, and in each way back of its phases.

    `find` gives for a page and a link on it the procedure and the sections that it leads to, or None.
    """
    phases = procedure.phases()
    line = phases[-1].line if phases else 1
    return proof_of(actions, procedure, phases, start, goal, (line, "At the end of the last phase"), goal_back, find, most)


def section_proof(actions: Actions, procedure: Procedure, section: Section, goal_back: str, find: Find, most: int = MOST) -> list[Mistake]:
    """What does not hold in a section that is played from a state of its own."""
    end = section.line, "At the end of the section"
    return proof_of(actions, procedure, procedure.within(section.id), section.start, section.goal, end, goal_back, find, most)


def proof_of(
    actions: Actions, procedure: Procedure, sections: list[Section], start: str, goal: str, end: tuple[int, str],
    goal_back: str, find: Find, most: int,
) -> list[Mistake]:
    """What does not hold in sections and on their ways back; no goal is asked for where its name is empty.

    `end` is the line of a mistake at their end, and the end in words.
    """
    found, done = [], set()
    for standby, play in plays(actions, procedure, sections, most):
        states = play.begin(start, standby)
        for moment in play.through(sections, states):
            states = moment.after
            if isinstance(moment.item, WayBack) and moment.item.follow:
                found += way_back(play, moment.item, states, goal_back, find)
        if goal:
            play.goal(end[0], goal, states, end[1])
        found += play.found
        done |= play.done
    for step in (step for section in sections for step in section.of(Step)) if not found else ():
        action = actions.actions.get(step.action)
        if action and (action.needs or action.changes) and step.id not in done:
            found.append(Mistake(step.line, 1, f'The step is for no server: none is "{step.of}" when it is reached.', "Correct the servers, or leave out the step."))
    return once(found)


def way_back(origin: Play, item: WayBack, states: States, goal: str, find: Find) -> list[Mistake]:
    """What does not hold on a way back that is followed from these states of a play."""
    procedure = origin.procedure
    target = find(procedure.page, item.follow)
    if target is None:
        return [Mistake(item.line, 1, f'The way back follows "{item.follow}", where there is no step.',
                        "Let the link lead to a section with the steps.")]
    other, sections = target
    here = other if other.page == procedure.page else replace(procedure, page=other.page, sections=other.sections)
    play = Play(origin.actions, here, kept=origin.kept)
    for moment in play.through(sections, states):
        states = moment.after
    if goal := sections[0].goal or goal:
        play.goal(item.line, goal, states, f'At the end of this way back ("{sections[0].title}")')
    if other.page == procedure.page:
        return play.found
    return [Mistake(item.line, 1, one.what, f"{one.fix} (Line {one.line} of {other.page}.)") for one in play.found]


def once(found: Iterable[Mistake]) -> list[Mistake]:
    """Each mistake once, whatever the number of servers it was seen with."""
    kept: dict[tuple[int, str], Mistake] = {}
    for one in found:
        kept.setdefault((one.line, one.what), one)
    return list(kept.values())
