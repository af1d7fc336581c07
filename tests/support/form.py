"""The form of a page: pure functions, a page's text in, its mistakes out.

A mistake is a line, a column, what is wrong and what to write; `macros.yaml_file.said` puts it
in words. Code blocks and front matter are blanked first, so that lines keep their numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from macros.page.site import FRONT_MATTER
from macros.source.mistake import Mistake

STEP = re.compile(r"(\d+)\. +(.*)")
ROLE = re.compile(r"\*\*(?:On [^*]*server[^*]*|In the Client):\*\* \S", re.IGNORECASE)
CALLOUT = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s*(\w*)(?:\s+"(.*)")?')
FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(.*)")
HEADING = re.compile(r"(#{1,6}) +(.*?)(?: *\{.*\})?$")
PHASE = re.compile(r"Phase (\d+): \S")
MOST_STEPS = 7


def plain(text: str) -> list[str]:
    """The lines of a page, with front matter and code blocks blanked."""
    return [line for _, line, _ in fenced(text)]


def fenced(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Each line's number, its text outside code blocks, and what an opening fence names."""
    text = FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)
    open_with = ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if open_with:
            if fence and fence[1].startswith(open_with) and not fence[2]:
                open_with = ""
            yield number, "", None
        elif fence:
            open_with = fence[1]
            yield number, "", fence[2]
        else:
            yield number, line, None


# ---- Every page --------------------------------------------------------------------------------


def page_form(text: str) -> list[Mistake]:
    """A description, two kinds of callout, a language on every code block, a role in every step.

    A page on which no step names a role, such as this site's own guide, has no servers to tell apart.
    """
    found = []
    front = FRONT_MATTER.match(text)
    if not front or not re.search(r"^description: *\S", front[0], re.MULTILINE):
        found.append(Mistake(1, 1, "The page has no description.",
                             "Begin the page with `---`, `description: …` and `---`."))
    for number, line, language in fenced(text):
        if language == "":
            found.append(Mistake(number, 1, "The code block names no language.",
                                 "Write it behind the opening fence: `shell`, `json` or `text`."))
        callout = CALLOUT.fullmatch(line)
        if callout and callout[1] not in ("note", "warning"):
            found.append(Mistake(number, line.find(callout[1] or "!") + 1,
                                 f'"{callout[1]}" is not a kind of callout used here.',
                                 "Write `note`, or `warning` for what can do harm."))
        elif callout and not callout[2]:
            found.append(Mistake(number, 1, "The callout has no title.",
                                 f'Write `{line.strip()} "…"` with a title that says it all.'))
    lines = plain(text)
    if any((step := STEP.fullmatch(line)) and ROLE.match(step[2]) for line in lines):
        found += steps(lines)
    return found


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


def procedure(text: str) -> list[Mistake]:
    """The form of a runbook, besides that of every page: its sections and its phases."""
    parts = sections(text)
    phases = [part for part in parts if part.title.startswith("Phase")]
    found = outline(parts)
    for count, phase in enumerate(phases, 1):
        number = PHASE.match(phase.title)
        if not number or int(number[1]) != count:
            found.append(Mistake(phase.line, 1, "The phase is not numbered in order.",
                                 f"Write `## Phase {count}: …`."))
        found += phase_form(phase, last=count == len(phases))
    return found


def outline(parts: list[Section]) -> list[Mistake]:
    """The sections that every procedure has, in their order."""
    wanted = ("Before you start", "Phase", "Verify", "What if")
    at = {name: next((part.line for part in parts if part.title.startswith(name)), None) for name in wanted}
    missing = [
        Mistake(1, 1, f'The procedure has no section "{name}".', f"Write one: `## {name}{' 1: …' if name == 'Phase' else ''}`.")
        for name in wanted if at[name] is None
    ]
    there = [name for name in wanted if at[name] is not None]
    return missing + [
        Mistake(at[after], 1, f'The section "{after}" stands before "{before}".', f'Move it below "{before}".')
        for before, after in zip(there, there[1:], strict=False) if at[after] < at[before]
    ]


def steps(lines: Iterable[str]) -> Iterator[Mistake]:
    """Every step names first on which server it is done, and is numbered in order."""
    count = 0
    for number, line in enumerate(lines, 1):
        step = STEP.fullmatch(line)
        if not step:
            # A list goes on over blank and indented lines.
            count = count if not line or line.startswith(" ") else 0
            continue
        count += 1
        if not ROLE.match(step[2]):
            yield Mistake(number, step.start(2) + 1, "The step does not say first on which server it is done.",
                          "Begin it with `**On the Active Server:**` or the like.")
        if int(step[1]) != count:
            yield Mistake(number, 1, f"The step has the number {step[1]}.", f"Write {count}.")


def phase_form(phase: Section, last: bool) -> Iterator[Mistake]:
    """Warnings, at most seven steps, a stop, the expected state then, and the way back."""
    marks: dict[str, list[int]] = {"step": [], "warning": [], "stop": [], "table": [], "back": []}
    for number, line in phase.lines:
        for kind, is_it in PARTS.items():
            if is_it(line):
                marks[kind].append(number)
    if not marks["step"]:
        yield Mistake(phase.line, 1, "The phase has no step.", "Write one: `1. **On the Active Server:** …`.")
    if len(marks["step"]) > MOST_STEPS:
        yield Mistake(marks["step"][MOST_STEPS], 1, f"The phase has more than {MOST_STEPS} steps.",
                      "Begin a new phase with a stop before it.")
    last_step = max(marks["step"], default=phase.line)
    for number in marks["warning"]:
        if number > last_step:
            yield Mistake(number, 1, "The warning stands behind the steps.", "Put it before the step it warns of.")
    wanted = [("stop", "a stop", '`!!! note "Stop: do not continue until …"`'),
              ("table", 'a table "Expected state now"', "`| Expected state now | Role | Replication | Version |`")]
    if not last:
        wanted.append(("back", "a way back", "`**To go back from here:** …`"))
    before, place = "the last step", last_step
    for kind, what, example in wanted:
        if not marks[kind]:
            yield Mistake(phase.line, 1, f"The phase has not {what} at its end.", f"Write {example} below {before}.")
        elif marks[kind][0] < place:
            yield Mistake(marks[kind][0], 1, f"Here {what} stands too early.", f"Move it below {before}.")
        else:
            place = marks[kind][0]
        before = what


PARTS: dict[str, Callable[[str], object]] = {
    "step": STEP.fullmatch,
    "warning": re.compile(r"!!! warning\b").match,
    "stop": re.compile(r'!!! note "Stop: ').match,
    "table": re.compile(r"\| *Expected state now *\|").match,
    "back": re.compile(r"\*\*To go back from here:\*\* \S").match,
}
