"""This site's own procedures hold, and would not without any of their steps."""

import random
from dataclasses import replace
from functools import cache

import pytest
from support.sites import ROOT
from support.seeds import seeds
from support.slow_play import Doing, Fleet

from macros.content.procedures import Procedures, is_procedure, proved, read_procedures
from macros.content.rules import Form, read_rules
from macros.page.site import Site
from macros.page.snippets import read_snippets
from macros.procedure.actions import Actions, read_actions
from macros.procedure.html import absolute, rows
from macros.procedure.model import Procedure, Section, Step
from macros.procedure.simulate import Play

DOCS = ROOT / "docs"
# Steps without which a procedure holds all the same, as `page section/number`, and why.
NOT_NEEDED: dict[str, str] = {}


@cache
def own() -> tuple[Actions, Form, Procedures]:
    """The actions, the rules and the procedures of this site."""
    site = Site(DOCS, extensions=("toc", "attr_list"), snippets=read_snippets([DOCS / "_data"], [], ROOT))
    actions, rules = read_actions(DOCS, site), read_rules(DOCS, ROOT)
    return actions, rules.form, read_procedures(site, actions, rules, most=8)


def test_every_procedure_and_every_way_back_holds_for_one_to_eight_standby_servers() -> None:
    _, form, procedures = own()
    assert [one for mistakes in procedures.mistakes.values() for one in mistakes] == []
    assert sum(is_procedure(page, form) for page in procedures.played) >= 2


def test_each_page_that_helps_when_something_breaks_leads_back_to_the_run() -> None:
    _, _, procedures = own()
    pages = {absolute(page, target).partition("#")[0]: page for page, played in procedures.played.items() for _, steps, one in rows(played)
             for target in ([target for step in steps for _, target in step.links] if one.event == "fails" else [one.to]) if ":" not in target}
    helping = [page for page in pages if page not in procedures.played]
    assert "recovery.md" in helping
    assert [page for page in helping if "{{ under_way() }}" not in (DOCS / page).read_text(encoding="utf-8")] == []


def without(procedure: Procedure, step: Step) -> Procedure:
    """A procedure without a step."""
    return replace(procedure, sections=tuple(
        replace(section, items=tuple(item for item in section.items if item is not step)) for section in procedure.sections))


def changing_steps() -> list[tuple[str, Step]]:
    """The steps of phases that change a server, with their pages."""
    actions, form, procedures = own()
    return [
        (page, item) for page, procedure in procedures.read.items() if is_procedure(page, form)
        for phase in procedure.phases() for item in phase.items
        if isinstance(item, Step) and item.action and actions.actions[item.action].changes
    ]


def test_no_step_can_be_left_out() -> None:
    actions, form, procedures = own()
    idle = []
    for page, step in changing_steps():
        changed = {**procedures.read, page: without(procedures.read[page], step)}
        if not proved(changed[page], changed, actions, form, most=3):
            idle.append(f"{page} {step.id}")
    assert sorted(idle) == sorted(NOT_NEEDED)
    assert len(changing_steps()) > 10


def expect_alike(seed: int) -> None:
    chance, actions = random.Random(seed), own()[0]
    data = actions.model_dump()
    words, names, start = [word for group in actions.groups for word in group.words], list(actions.actions), chance.choice(list(actions.start))
    steps = [Doing(line, chance.choice(words), chance.choice(words), chance.choice(names)) for line in range(1, 16)]
    items = tuple(Step(one.line, "x", one.line, "", one.on, one.of, one.action) for one in steps)
    sections = (Section(1, 2, "x", "X", items=items),)
    for standby in range(1, 5):
        slow, play = Fleet(data, start, standby), Play(actions, Procedure("x.md", sections=sections))
        states = play.begin(start, standby)
        slow.settle()
        for step, moment in zip(steps, play.through(sections, states), strict=True):
            slow.do(step)
            assert list(moment.after) == slow.servers
        assert [(one.line, one.what) for one in play.found] == slow.wrong


@pytest.mark.parametrize("some", seeds(100, quick=10))
def test_a_play_of_these_actions_gives_what_a_slow_one_gives(some: range) -> None:
    for seed in some:
        expect_alike(seed)
