"""The form of a page: pure functions, a page's text in, its mistakes out.

Code blocks and front matter are blanked first, so that lines keep their numbers.
"""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from macros.content.rules import Form, Procedures
from macros.page.calls import body_of
from macros.page.front_matter import front_mistakes, front_source, front_values
from macros.page.site import FRONT_MATTER
from macros.procedure.beginnings import pattern
from macros.procedure.braces import STEP, split
from macros.procedure.model import Item, Mark, Procedure, Section, Step, Stop, WayBack
from macros.source.code import fenced, language, outside_code
from macros.source.mistake import Mistake

CALLOUT = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s*(\w*)(?:\s+"(.*)")?')


def plain(text: str) -> list[str]:
    """The lines of a page, with front matter and code blocks blanked."""
    return outside_code(body_of(text).splitlines())


def prose(text: str) -> list[str]:
    """The lines of a page, with code blocks blanked."""
    front = FRONT_MATTER.match(text)
    head = front[0].splitlines() if front else []
    return head + plain(text)[len(head):]


def form_mistakes(page: str, text: str, procedure: Procedure, form: Form) -> list[Mistake]:
    """What is wrong with the form of a page; `page` is its path below docs/, `procedure` what it says about steps."""
    return [
        *description_mistakes(text, form), *block_mistakes(text, form), *steps(plain(text), form),
        *(procedure_mistakes(procedure, form) if fnmatchcase(page, form.procedures.pages) else ()),
    ]


# ---- Every page --------------------------------------------------------------------------------


def description_mistakes(text: str, form: Form) -> Iterator[Mistake]:
    """A page has a description, as long as a search result shows one."""
    said = str(front_values(text).get("description") or "").strip()
    wanted = form.description
    # Where the front matter cannot be read, that is said instead.
    if front_mistakes(text, ()):
        return
    if not said:
        yield Mistake(1, 1, "The page has no description.", "Begin the page with `---`, `description: …` and `---`.")
    elif wanted and not wanted.least <= len(said) <= wanted.most:
        yield Mistake(*front_source(text).values["description",], f"The description has {len(said)} characters.",
                      f"Write {wanted.least} to {wanted.most}, as a search result is to describe the page.")


def block_mistakes(text: str, form: Form) -> Iterator[Mistake]:
    """A page or snippet has a language on every code block, and callouts of a known kind with a title."""
    for number, (kind, line) in enumerate(fenced(body_of(text).splitlines()), 1):
        if kind == "opening" and not language(line):
            yield Mistake(number, 1, "The code block names no language.",
                          "Write it behind the opening fence: `shell`, `json` or `text`.")
        callout = CALLOUT.fullmatch(split(line)[0]) if kind == "text" else None
        if callout and callout[1] not in form.callouts:
            kinds = " or ".join(f"`{kind}`" for kind in form.callouts)
            yield Mistake(number, line.find(callout[1] or "!") + 1, f'"{callout[1]}" is not a kind of callout used here.',
                          f"Write {kinds}.")
        elif callout and not callout[2]:
            yield Mistake(number, 1, "The callout has no title.", f'Write `{line.strip()} "…"` with a title that says it all.')


def steps(lines: Iterable[str], form: Form) -> Iterator[Mistake]:
    """Every step names first where it is done, and is numbered in order.

    A page on which no step does so, such as a site's own guide, has no servers to tell apart.
    """
    lines = list(lines)
    begins = beginning(form)
    if not any((step := STEP.fullmatch(line)) and begins.match(step[2]) for line in lines):
        return
    count = 0
    for number, line in enumerate(lines, 1):
        step = STEP.fullmatch(line)
        if not step:
            # A list continues over blank and indented lines.
            count = count if not line or line.startswith(" ") else 0
            continue
        count += 1
        if not begins.match(step[2]):
            yield Mistake(number, step.start(2) + 1, "The step does not say first on which server it is done.",
                          f"Begin it with `**{form.example}:**` or the like.")
        if int(step[1]) != count:
            yield Mistake(number, 1, f"The step has the number {step[1]}.", f"Write {count}.")


def beginning(form: Form) -> re.Pattern[str]:
    """How a step begins."""
    return re.compile(rf"\*\*(?:{pattern(form.steps)}):\*\* \S", re.IGNORECASE)


# ---- A procedure -------------------------------------------------------------------------------


def procedure_mistakes(procedure: Procedure, form: Form) -> list[Mistake]:
    """The form of a procedure, besides that of every page: its sections and its phases."""
    rules, phases = form.procedures, procedure.phases()
    found = outline([section for section in procedure.sections if section.level == 2], rules)
    for count, phase in enumerate(phases, 1):
        number = re.match(rf"{re.escape(rules.phase)} (\d+): \S", phase.title)
        if not number or int(number[1]) != count:
            found.append(Mistake(phase.line, 1, "The phase is not numbered in order.", f"Write `## {rules.phase} {count}: …`."))
        found += phase_form(phase, procedure.items(phase.id), form, last=count == len(phases))
    return found


def outline(parts: list[Section], rules: Procedures) -> list[Mistake]:
    """The sections that every procedure has, in their order."""
    wanted = rules.sections
    at = {name: next((part.line for part in parts if part.title.startswith(name)), None) for name in wanted}
    missing = [
        Mistake(1, 1, f'The procedure has no section "{name}".', f"Write one: `## {name}{' 1: …' if name == rules.phase else ''}`.")
        for name in wanted if at[name] is None
    ]
    there = [name for name in wanted if at[name] is not None]
    return missing + [
        Mistake(at[after], 1, f'The section "{after}" stands before "{before}".', f'Move it below "{before}".')
        for before, after in zip(there, there[1:], strict=False) if at[after] < at[before]
    ]


def phase_form(phase: Section, items: list[Item], form: Form, last: bool) -> Iterator[Mistake]:
    """Warnings, a limited number of steps, a stop and the way back."""
    rules = form.procedures
    lines = {kind: [item.line for item in items if isinstance(item, kind)] for kind in (Step, Stop, WayBack)}
    if not lines[Step]:
        yield Mistake(phase.line, 1, "The phase has no step.", f"Write one: `1. **{form.example}:** …`.")
    if len(lines[Step]) > rules.most_steps:
        yield Mistake(lines[Step][rules.most_steps], 1, f"The phase has more than {rules.most_steps} steps.",
                      "Begin a new phase with a stop before it.")
    before, place = "the last step", max(lines[Step], default=phase.line)
    for item in items:
        if isinstance(item, Mark) and item.kind == form.callouts[-1] and item.line > place:
            yield Mistake(item.line, 1, "The warning stands behind the steps.", "Put it before the step it warns of.")
    wanted = [(Stop, "a stop", f'`!!! {form.callouts[0]} "{rules.stop}do not continue until …"`')]
    if not last:
        wanted.append((WayBack, "a way back", f"`**{rules.back}:** …`"))
    for kind, what, example in wanted:
        if not lines[kind]:
            yield Mistake(phase.line, 1, f"The phase does not have {what} at its end.", f"Write {example} below {before}.")
        elif lines[kind][0] < place:
            yield Mistake(lines[kind][0], 1, f"Here {what} stands too early.", f"Move it below {before}.")
        else:
            place = lines[kind][0]
        before = what
