"""Every procedure of a site: read, played, and what does not hold in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from posixpath import dirname, join, normpath

from macros.content.rules import Form
from macros.page.calls import values_given
from macros.page.site import FRONT_MATTER, Site
from macros.page.snippets import CALL, Snippets
from macros.procedure.actions import Actions
from macros.procedure.model import Procedure, Section, Step, WayBack
from macros.procedure.played import Played, play_all
from macros.procedure.read import read_procedure
from macros.procedure.runbook import runbook
from macros.procedure.simulate import proof, section_proof
from macros.source.mistake import Mistake


@dataclass(frozen=True)
class Procedures:
    """Page → its procedure, what its plays give, and what is wrong with it. What is wrong is not played."""

    read: Mapping[str, Procedure] = field(default_factory=dict)
    played: Mapping[str, Played] = field(default_factory=dict)
    mistakes: Mapping[str, list[Mistake]] = field(default_factory=dict)


def read_procedures(site: Site, actions: Actions | None, form: Form | None) -> Procedures:
    """The procedures of every page; none on a site without a file of actions or rules for the form of pages."""
    if actions is None or form is None:
        return Procedures()
    read: dict[str, Procedure] = {}
    mistakes: dict[str, list[Mistake]] = {}
    for page in site.pages():
        text = site.source(page)
        read[page], mistakes[page] = read_procedure(
            page, lines_of(text, site.snippets), actions, form.beginnings(), values_given(text, "runbook", runbook),
        )
    played = {}
    if not any(mistakes.values()):
        for page, procedure in read.items():
            found = [*proved(procedure, read, actions, form), *unreached(procedure, read, actions, form)]
            mistakes[page] = found
            if not found and (procedure.tools or is_procedure(page, form)):
                played[page] = play_all(actions, procedure, form.procedures.start or next(iter(actions.start)))
                mistakes[page] += helpless(played[page], actions)
    return Procedures(read, played, mistakes)


def is_procedure(page: str, form: Form) -> bool:
    """Whether a page leads through a maintenance window, and is played from its first phase to its last."""
    rules = form.procedures
    return None not in (rules.start, rules.goal, rules.goal_back) and fnmatchcase(page, rules.pages)


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


def proved(procedure: Procedure, read: Mapping[str, Procedure], actions: Actions, form: Form) -> list[Mistake]:
    """What does not hold when a page is played."""
    rules, found = form.procedures, []
    if is_procedure(procedure.page, form):
        found += proof(actions, procedure, rules.start, rules.goal, rules.goal_back, lambda page, link: target(read, page, link))
    for section in procedure.sections:
        if section.start:
            found += section_proof(actions, procedure, section)
    return found


def target(read: Mapping[str, Procedure], page: str, link: str) -> tuple[Procedure, list[Section]] | None:
    """The procedure and the sections that a link on a page leads to; None where there is no step."""
    path, _, section = link.partition("#")
    other = read.get(normpath(join(dirname(page), path)) if path else page)
    sections = other.within(section) if other else []
    has_steps = any(isinstance(item, Step) for one in sections for item in one.items)
    return (other, sections) if other and has_steps else None


def unreached(procedure: Procedure, read: Mapping[str, Procedure], actions: Actions, form: Form) -> Iterator[Mistake]:
    """Steps that change a server in a section that no play comes to, and steps of a phase without an action."""
    come_to = {section.id for section in procedure.sections if section.phase and is_procedure(procedure.page, form)}
    for section in procedure.sections:
        if section.start:
            come_to |= {one.id for one in procedure.within(section.id)}
    for other in read.values():
        for item in (item for section in other.sections for item in section.items if isinstance(item, WayBack) and item.follow):
            led = target(read, other.page, item.follow)
            if led and led[0].page == procedure.page:
                come_to |= {one.id for one in led[1]}
    for section in procedure.sections:
        for step in (item for item in section.items if isinstance(item, Step)):
            if step.action and actions.actions[step.action].changes and section.id not in come_to:
                yield Mistake(section.line, 1, "The section has steps that change servers, and does not say from which state it begins.",
                              f'Write `{{ #{section.id} from="…" to="…" }}` at its heading.')
                break
            if section.phase and is_procedure(procedure.page, form):
                if not step.action:
                    yield Mistake(step.line, 1, "The step does not say what it does to the servers.",
                                  "Write an action in braces at the end of its first line, such as `{ .check }`.")
                if not step.if_not:
                    yield Mistake(step.line, 1, "The step does not say what to do if it fails.",
                                  f"Write `**{form.procedures.if_not}:** …` below it.")


def helpless(played: Played, actions: Actions) -> Iterator[Mistake]:
    """The steps at which something may break for which no place on the site helps."""
    for step in played.procedure.steps():
        for event in played.helpless.get(step.id, ()):
            yield Mistake(step.line, 1, f'No page helps with "{actions.events[event]}" at this step.',
                          "Add an entry to `ways_on` in docs/_data/reference/actions.yml.")
