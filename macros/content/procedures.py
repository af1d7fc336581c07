"""Every procedure of a site: read, played, and what does not hold in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from macros.content.rules import FORM, Form, Rules
from macros.page.calls import values_given
from macros.page.site import FRONT_MATTER, Site
from macros.page.snippets import CALL, Snippets
from macros.procedure.actions import NO_ACTIONS, Actions
from macros.procedure.html import absolute
from macros.procedure.model import Item, Procedure, Section, Step, WayBack
from macros.procedure.played import Played, play_all
from macros.procedure.read import read_procedure
from macros.procedure.runbook import runbook
from macros.procedure.simulate import MOST, proof, section_proof
from macros.source.mistake import Mistake, near_miss, one_of


@dataclass(frozen=True)
class Procedures:
    """Page → its procedure, what its plays give, and what is wrong with it. What is wrong is not played.

    Among the mistakes are those of the rules for the form of pages, under the name of their file.
    """

    read: Mapping[str, Procedure] = field(default_factory=dict)
    played: Mapping[str, Played] = field(default_factory=dict)
    mistakes: Mapping[str, list[Mistake]] = field(default_factory=dict)


def read_procedures(site: Site, actions: Actions | None, rules: Rules, most: int = MOST) -> Procedures:
    """The procedures of every page, played with one to `most` Standby Servers; none on a site without rules for the form of pages.

    On a site without a file of actions they are read for their form alone.
    """
    form = rules.form
    if form is None:
        return Procedures()
    read: dict[str, Procedure] = {}
    mistakes: dict[str, list[Mistake]] = {FORM: list(unknown_states(actions, rules)) if actions else []}
    for page in site.pages():
        text = site.source(page)
        read[page], mistakes[page] = read_procedure(
            page, lines_of(text, site.snippets), actions or NO_ACTIONS, form.beginnings(), values_given(text, "runbook", runbook),
        )
    if actions is None:
        return Procedures(read)
    played = {}
    if not any(mistakes.values()):
        for page, procedure in read.items():
            # All else that the play would say follows from a step that does nothing.
            found = [*(without_action(procedure, actions, form) or proved(procedure, read, actions, form, most)), *unreached(procedure, read, actions, form)]
            mistakes[page] = found
            if not found and (procedure.tools or is_procedure(page, form)):
                played[page] = play_all(actions, procedure, form.procedures.start or next(iter(actions.start)))
                mistakes[page] += helpless(played[page], actions)
    return Procedures(read, played, mistakes)


def unknown_states(actions: Actions, rules: Rules) -> Iterator[Mistake]:
    """What the rules name as the start or the goal of procedures, and the file of actions does not have."""
    for key, known in (("start", actions.start), ("goal", actions.goals), ("goal_back", actions.goals)):
        name = getattr(rules.form.procedures, key)
        if name is not None and name not in known:
            line, column = rules.places[Form, ("procedures", key)]
            yield Mistake(line, column, f'"{key}" names nothing that is called "{name}".', f"{near_miss(name, known)}Write one of: {one_of(known)}.")


def is_procedure(page: str, form: Form) -> bool:
    """Whether a page leads through a maintenance window, and is played from its first phase to its last."""
    rules = form.procedures
    return None not in (rules.start, rules.goal, rules.goal_back) and fnmatchcase(page, rules.pages)


def phases(procedure: Procedure, form: Form) -> list[Section]:
    """The phases of a page that leads through a maintenance window; of any other none."""
    return procedure.phases() if is_procedure(procedure.page, form) else []


def lines_of(text: str, snippets: Snippets) -> list[tuple[int, str]]:
    """The lines of a page with their numbers; those of a snippet have the number of the line that includes it."""
    front = FRONT_MATTER.match(text)
    hidden = front[0].count("\n") if front else 0
    return [(number, line) for number, written in enumerate(text.splitlines(), 1) if number > hidden for line in included(written, snippets)]


def included(line: str, snippets: Snippets, above: tuple[str, ...] = ()) -> Iterator[str]:
    """A line, or the lines of the snippet that it includes."""
    call = CALL.fullmatch(line)
    if not call or call["name"] not in snippets.texts or call["name"] in above:
        yield line
        return
    indent = line[:len(line) - len(line.lstrip())]
    for one in snippets.texts[call["name"]].splitlines():
        yield from (indent + inner if inner else "" for inner in included(one, snippets, (*above, call["name"])))


def proved(procedure: Procedure, read: Mapping[str, Procedure], actions: Actions, form: Form, most: int) -> list[Mistake]:
    """What does not hold when a page is played, with up to so many Standby Servers."""
    rules, found = form.procedures, []
    goal_back = rules.goal_back or ""

    def find(page: str, link: str) -> tuple[Procedure, list[Section]] | None:
        return target(read, page, link)

    if is_procedure(procedure.page, form):
        found += proof(actions, procedure, rules.start, rules.goal, goal_back, find, most)
    for section in procedure.sections:
        if section.start:
            found += section_proof(actions, procedure, section, goal_back, find, most)
    return found


def target(read: Mapping[str, Procedure], page: str, link: str) -> tuple[Procedure, list[Section]] | None:
    """The procedure and the sections that a link on a page leads to; None where there is no step."""
    path, _, section = absolute(page, link).partition("#")
    other = read.get(path)
    sections = other.within(section) if other else []
    has_steps = any(one.of(Step) for one in sections)
    return (other, sections) if other and has_steps else None


def without_action(procedure: Procedure, actions: Actions, form: Form) -> list[Mistake]:
    """The steps of phases that do not say what they do to the servers."""
    return [
        Mistake(step.line, 1, "The step does not say what it does to the servers.",
                f"Write one of these in braces at the end of its first line, as `{{ .ACTION }}`: {one_of(actions.actions, 20)}.")
        for section in phases(procedure, form) for step in section.of(Step) if not step.action
    ]


def unreached(procedure: Procedure, read: Mapping[str, Procedure], actions: Actions, form: Form) -> Iterator[Mistake]:
    """What must be played in a section that no play comes to, and what a phase does not say of a failure."""
    come_to = {section.id for section in phases(procedure, form)}
    for section in procedure.sections:
        if section.start:
            come_to |= {one.id for one in procedure.within(section.id)}
    for other in read.values():
        for item in (item for section in other.sections for item in section.of(WayBack) if item.follow):
            led = target(read, other.page, item.follow)
            if led and led[0].page == procedure.page:
                come_to |= {one.id for one in led[1]}
    for section in procedure.sections:
        if section.id not in come_to and any(must_be_played(item, actions) for item in section.items):
            yield Mistake(section.line, 1, "The section has steps that change servers, or says what they must be, and not from which state it begins.",
                          f'Write `{{ #{section.id} from="…" to="…" }}` at its heading.')
    for item in (item for section in phases(procedure, form) for item in section.items):
        if isinstance(item, WayBack) and not item.follow:
            yield Mistake(item.line, 1, "The way back names no section to follow.", "Write a link to its steps, with `{ .follow }` behind it.")
        if isinstance(item, Step) and form.procedures.if_not and not item.if_not:
            yield Mistake(item.line, 1, "The step does not say what to do if it fails.", f"Write `**{form.procedures.if_not}:** …` below it.")


def must_be_played(item: Item, actions: Actions) -> bool:
    """Whether something is only right from some states."""
    names = [name for name in (item.action, item.instead) if name] if isinstance(item, Step) else []
    return bool(getattr(item, "holds", ())) or any(actions.actions[name].changes or actions.actions[name].needs for name in names)


def helpless(played: Played, actions: Actions) -> Iterator[Mistake]:
    """The steps at which something may break for which no place on the site helps."""
    for step in played.procedure.steps():
        for event in played.helpless.get(step.id, ()):
            words = actions.events[event].replace("{server}", step.of)
            yield Mistake(step.line, 1, f'No page helps with "{words}" at this step.',
                          "Add an entry to `ways_on` in docs/_data/reference/actions.yml.")
