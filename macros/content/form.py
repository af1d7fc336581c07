"""The form of a page: pure functions, a page's text in, its mistakes out.

Code blocks and front matter are blanked first, so that lines keep their numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from macros.content.rules import Form, Procedures
from macros.page.calls import body_of
from macros.page.front_matter import front_source, front_values
from macros.page.site import FRONT_MATTER
from macros.procedure.beginnings import pattern
from macros.procedure.braces import FENCE, STEP, fence_after, split
from macros.source.mistake import Mistake

CALLOUT = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s*(\w*)(?:\s+"(.*)")?')
HEADING = re.compile(r"(#{1,6}) +(.*?)(?: *\{.*\})?$")


def plain(text: str) -> list[str]:
    """The lines of a page, with front matter and code blocks blanked."""
    return [line for _, line, _ in fenced(text)]


def prose(text: str) -> list[str]:
    """The lines of a page, with code blocks blanked."""
    front = FRONT_MATTER.match(text)
    head = front[0].splitlines() if front else []
    return head + plain(text)[len(head):]


def fenced(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Each line's number, its text outside code blocks, and what an opening fence names."""
    fence = ""
    for number, line in enumerate(body_of(text).splitlines(), 1):
        before, fence = fence, fence_after(line, fence)
        yield number, "" if before or fence else line, FENCE.fullmatch(line)[2].strip() if fence and not before else None


def form_mistakes(page: str, text: str, form: Form) -> list[Mistake]:
    """What is wrong with the form of a page; `page` is its path below docs/."""
    return [
        *description_mistakes(text, form), *block_mistakes(text, form), *steps(plain(text), form),
        *(procedure(text, form) if fnmatchcase(page, form.procedures.pages) else ()),
    ]


# ---- Every page --------------------------------------------------------------------------------


def description_mistakes(text: str, form: Form) -> Iterator[Mistake]:
    """A page has a description, as long as a search result shows one."""
    said = str(front_values(text).get("description") or "").strip()
    wanted = form.description
    if not said:
        yield Mistake(1, 1, "The page has no description.", "Begin the page with `---`, `description: …` and `---`.")
    elif wanted and not wanted.least <= len(said) <= wanted.most:
        yield Mistake(*front_source(text).values["description",], f"The description has {len(said)} characters.",
                      f"Write {wanted.least} to {wanted.most}, as a search result is to describe the page.")


def block_mistakes(text: str, form: Form) -> Iterator[Mistake]:
    """A page or snippet has a language on every code block, and callouts of a known kind with a title."""
    for number, line, language in fenced(text):
        if language == "":
            yield Mistake(number, 1, "The code block names no language.",
                          "Write it behind the opening fence: `shell`, `json` or `text`.")
        callout = CALLOUT.fullmatch(split(line)[0])
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


@dataclass(frozen=True)
class Section:
    """The lines below one `##` heading, with their numbers."""

    line: int
    title: str
    lines: list[tuple[int, str]]


def sections(text: str) -> list[Section]:
    """The parts of a page between its `##` headings."""
    found: list[Section] = []
    for number, line in enumerate(plain(text), 1):
        heading = HEADING.fullmatch(line)
        if heading and len(heading[1]) == 2:
            found.append(Section(number, heading[2], []))
        elif found:
            found[-1].lines.append((number, line))
    return found


def procedure(text: str, form: Form) -> list[Mistake]:
    """The form of a procedure, besides that of every page: its sections and its phases."""
    rules = form.procedures
    parts = sections(text)
    phases = [part for part in parts if part.title.startswith(rules.phase)]
    found = outline(parts, rules)
    for count, phase in enumerate(phases, 1):
        number = re.match(rf"{re.escape(rules.phase)} (\d+): \S", phase.title)
        if not number or int(number[1]) != count:
            found.append(Mistake(phase.line, 1, "The phase is not numbered in order.", f"Write `## {rules.phase} {count}: …`."))
        found += phase_form(phase, form, last=count == len(phases))
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


def phase_form(phase: Section, form: Form, last: bool) -> Iterator[Mistake]:
    """Warnings, a limited number of steps, a stop and the way back."""
    rules = form.procedures
    marks = {kind: [number for number, line in phase.lines if is_it(line)] for kind, is_it in marks_of(form).items()}
    if not marks["step"]:
        yield Mistake(phase.line, 1, "The phase has no step.", f"Write one: `1. **{form.example}:** …`.")
    if len(marks["step"]) > rules.most_steps:
        yield Mistake(marks["step"][rules.most_steps], 1, f"The phase has more than {rules.most_steps} steps.",
                      "Begin a new phase with a stop before it.")
    last_step = max(marks["step"], default=phase.line)
    for number in marks["warning"]:
        if number > last_step:
            yield Mistake(number, 1, "The warning stands behind the steps.", "Put it before the step it warns of.")
    wanted = [("stop", "a stop", f'`!!! {form.callouts[0]} "{rules.stop}do not continue until …"`')]
    if not last:
        wanted.append(("back", "a way back", f"`**{rules.back}:** …`"))
    before, place = "the last step", last_step
    for kind, what, example in wanted:
        if not marks[kind]:
            yield Mistake(phase.line, 1, f"The phase does not have {what} at its end.", f"Write {example} below {before}.")
        elif marks[kind][0] < place:
            yield Mistake(marks[kind][0], 1, f"Here {what} stands too early.", f"Move it below {before}.")
        else:
            place = marks[kind][0]
        before = what


def marks_of(form: Form) -> dict[str, Callable[[str], object]]:
    """How a line begins each part of a phase."""
    rules = form.procedures
    return {
        "step": STEP.fullmatch,
        "warning": re.compile(rf"!!! {re.escape(form.callouts[-1])}\b").match,
        "stop": re.compile(rf'!!! {re.escape(form.callouts[0])} "{re.escape(rules.stop)}').match,
        "back": re.compile(rf"\*\*{re.escape(rules.back)}:\*\* \S").match,
    }
