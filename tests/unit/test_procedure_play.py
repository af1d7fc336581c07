"""Procedures made at random: what the proof says of them is what a slow and plain play finds."""

import random

import pytest
from support.procedures import fleet
from support.seeds import seeds
from support.slow_play import Doing, Fleet

from macros.procedure.actions import Actions
from macros.procedure.beginnings import Beginnings
from macros.procedure.model import Procedure, Section, Step
from macros.procedure.read import read_procedure
from macros.procedure.simulate import Play, section_proof

FLEET = fleet()
DATA = FLEET.model_dump()
MOST = 4
ROLES = [{"active": "Old Leader", "first": "New Leader"}, {"active": "Captain"}, {}]


def words_of(actions: Actions, roles: dict[str, str]) -> list[str]:
    """All that a page may call servers."""
    return [*roles.values(), *(word for group in actions.groups for word in group.words)]


def random_steps(chance: random.Random, actions: Actions, roles: dict[str, str], count: int) -> list[Doing]:
    """Steps without any sense."""
    words, names = words_of(actions, roles), list(actions.actions)
    return [Doing(line, chance.choice(words), chance.choice(words), chance.choice(names), chance.choice(["", "", *names])) for line in range(1, count + 1)]


def procedure_of(steps: list[Doing], roles: dict[str, str]) -> Procedure:
    items = tuple(Step(one.line, "x", one.line, "", one.on, one.of, one.action, one.instead) for one in steps)
    return Procedure("x.md", roles.get("active", ""), roles.get("first", ""), sections=(Section(1, 2, "x", "X", items=items),))


def expect_alike(seed: int) -> None:
    chance = random.Random(seed)
    roles, start = chance.choice(ROLES), chance.choice(list(FLEET.start))
    steps = random_steps(chance, FLEET, roles, 12)
    kept: dict = {}
    for standby in range(1, MOST + 1):
        for instead in range(standby + 1):
            slow = Fleet(DATA, start, standby, **roles)
            procedure = procedure_of(steps, roles)
            play = Play(FLEET, procedure, instead, kept)
            states = play.begin(start, standby)
            slow.settle()
            for step, moment in zip(steps, play.through(procedure.sections, states), strict=True):
                slow.do(step, instead)
                assert list(moment.after) == slow.servers
            assert [(one.line, one.what) for one in play.found] == slow.wrong


@pytest.mark.parametrize("some", seeds(300, quick=10))
def test_a_play_gives_what_a_slow_one_gives(some: range) -> None:
    for seed in some:
        expect_alike(seed)


# ---- Procedures that hold


def fits(past: list[Doing], step: Doing, roles: dict[str, str]) -> tuple[bool, bool]:
    """Whether a step behind others, which hold, holds with any number of servers; where it does, whether it is for one at all."""
    some = False
    for standby in range(1, MOST + 1):
        slow = Fleet(DATA, "at-sea", standby, **roles)
        slow.settle()
        for one in past:
            slow.do(one)
        if not slow.do(step):
            return False, some
        some = some or step.line in slow.applied
    return True, some


def proper_steps(chance: random.Random, roles: dict[str, str], count: int) -> list[Doing]:
    """Steps whose needs hold; their lines are those in `page`."""
    found: list[Doing] = []
    words, names = words_of(FLEET, roles), list(FLEET.actions)
    while len(found) < count:
        step = Doing(len(found) + 3, chance.choice(words), chance.choice(words), chance.choice(names))
        if fits(found, step, roles) == (True, True):
            found.append(step)
    return found


def page(steps: list[Doing]) -> list[tuple[int, str]]:
    """Steps as the lines of a page."""
    lines = [f'{number}. **At {step.on}:** Do it. {{ .{step.action} of="{step.of}" }}' for number, step in enumerate(steps, 1)]
    return list(enumerate(['## X { #x from="at-sea" }', "", *lines], 1))


def proof_of(steps: list[Doing], roles: dict[str, str]) -> list:
    procedure, mistakes = read_procedure("x.md", page(steps), FLEET, Beginnings(("At …",)), roles)
    return mistakes or section_proof(FLEET, procedure, procedure.sections[0], "", lambda page, link: None, MOST)


def expect_right_and_one_other_found(seed: int) -> None:
    chance = random.Random(seed)
    roles = chance.choice(ROLES)
    steps = proper_steps(chance, roles, 8)
    assert proof_of(steps, roles) == []
    place = chance.randrange(len(steps))
    others = [steps[place]._replace(action=name) for name in FLEET.actions]
    wrong = [one for one in others if not fits(steps[:place], one, roles)[0]]
    if wrong:
        changed = [*steps]
        changed[place] = chance.choice(wrong)
        assert min(one.line for one in proof_of(changed, roles)) == changed[place].line


@pytest.mark.parametrize("some", seeds(60, quick=3))
def test_a_procedure_whose_needs_hold_is_right_and_one_other_action_in_it_is_found(some: range) -> None:
    for seed in some:
        expect_right_and_one_other_found(seed)


@pytest.mark.slow
def test_the_seeds_are_enough_for_every_action_and_every_need() -> None:
    """What is never done and never refused would be proven of nothing."""
    done, refused = set(), set()
    for seed in range(300):
        chance = random.Random(seed)
        roles, start = chance.choice(ROLES), chance.choice(list(FLEET.start))
        slow = Fleet(DATA, start, 3, **roles)
        for step in random_steps(chance, FLEET, roles, 12):
            if slow.do(step):
                done.add(step.action)
        refused |= {said.split(" ", 2)[-1] for _, said in slow.wrong}
    assert done == set(FLEET.actions)
    for action in FLEET.actions.values():
        for need in action.needs:
            assert any(one.endswith(need.say.split("} ", 1)[-1].split(" ", 1)[-1]) for one in refused), need.say
