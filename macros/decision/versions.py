"""The published versions of a tree, and whether the addresses that readers have kept of them still hold.

A version is every combination of answers with its outcome, as it was when it was published; a project keeps them
in one file for each tree, each version below its name. What an address means today is worked out here as the page's
script does it, `fromQuery` and `walk` in docs/assets/decision-tree.js.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from macros.decision.model import Changed, Decision
from macros.decision.paths import Way, every_path
from macros.decision.routes import LINE, line_of, now_called, numbered, way_of
from macros.source.files import named
from macros.source.mistake import Mistake, MistakesError, Place, ValueMistake, one_of, said

FOLDER = "published"
SUFFIX = ".routes"
HEAD = re.compile(r"# Version (\S+)")
CUT = "# The tree has more combinations; those above are the first."
# Answers of a version that are kept at most, over all its combinations: these multiply.
MOST_STEPS = 20_000

Step = tuple[str, str]


class Combination(NamedTuple):
    """A combination of answers, by the ids of then."""

    number: int
    way: Way
    outcome: str


@dataclass(frozen=True)
class Version:
    """A published version; `whole` unless it had too many combinations to keep them all."""

    name: str
    combinations: tuple[Combination, ...]
    whole: bool = True


# ---- The kept file ------------------------------------------------------------------------------


def read_versions(folder: Path, tree: str, project: Path) -> tuple[Version, ...]:
    """The published versions of a tree, the oldest first. Raises MistakesError for a line that is not right."""
    path = folder / FOLDER / f"{tree}{SUFFIX}"
    if not path.is_file():
        return ()
    found: dict[str, list[Combination]] = {}
    cut, wrong = set(), []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if head := HEAD.fullmatch(line):
            current = found.setdefault(head[1], [])
        elif found and (one := LINE.fullmatch(line)):
            current.append(Combination(int(one[1]), way_of(one[2]), one[3]))
        elif found and line == CUT:
            cut.add([*found][-1])
        elif line:
            wrong.append(Mistake(number, 1, "The line is no combination of a published version.", "Take the file as it is in git: it is not edited by hand."))
    if wrong:
        raise MistakesError(said(named(path, project), wrong))
    return tuple(Version(name, tuple(combinations), name not in cut) for name, combinations in found.items())


def with_version(text: str, name: str, decision: Decision, kept: str) -> str:
    """The kept file with a tree as it is today added as a version; the same text where that adds no address.

    A version that is there only grows: what was published once under its name stays. `kept` are the numbers of the tree.
    """
    sections: dict[str, list[str]] = {}
    for line in text.splitlines():
        if head := HEAD.fullmatch(line):
            sections[head[1]] = []
        elif line:
            sections[[*sections][-1]].append(line)
    today = lines_of(decision, kept)
    if sections and {*today} <= {*[*sections.values()][-1]}:
        return text
    there = sections.setdefault(name, [])
    there += [line for line in today if line not in there]
    return "\n".join("".join(f"{line}\n" for line in (f"# Version {name}", *lines)) for name, lines in sections.items())


def lines_of(decision: Decision, kept: str) -> list[str]:
    """The combinations of today as lines, the first of them where they are too many."""
    paths, steps, whole = [], 0, True
    for way, outcome in every_path(decision):
        steps += len(way)
        if paths and steps > MOST_STEPS:
            whole = False
            break
        paths.append((way, outcome))
    numbers, _ = numbered((way for way, _ in paths), kept, decision)
    return [*(line_of(numbers[way], way, outcome) for way, outcome in paths), *([] if whole else [CUT])]


# ---- What an address means today, as the page's script works it out -------------------------------


class Meaning(NamedTuple):
    """What a question with an answer in an address stands for, and the sentence for what is retired."""

    steps: Way
    note: str | None = None


@dataclass(frozen=True)
class Retirement:
    """A retired answer, by each id that its question has or had, and what it stands for now."""

    names: tuple[Step, ...]
    now: Way
    note: str


def retirements(decision: Decision) -> Iterator[Retirement]:
    """Every retired answer."""
    for name, retired in decision.retired.items():
        question = decision.questions.get(name)
        for answer_id, answer in retired.answers.items():
            names = tuple((one, answer_id) for one in (name, *(question.renamed_from if question else ())))
            yield Retirement(names, tuple(answer.now.items()), retired.note)


def meanings(decision: Decision) -> dict[Step, Meaning]:
    """What each question with an answer stands for, by the ids of today and before."""
    known = {
        (name, given): Meaning(((id, answer_id),))
        for id, question in decision.questions.items() for answer_id, answer in question.answers.items()
        for name in (id, *question.renamed_from) for given in (answer_id, *answer.renamed_from)
    }
    return known | {name: Meaning(one.now, one.note) for one in retirements(decision) for name in one.names}


class Opened(NamedTuple):
    """An address opened today: the answers that count, what is not known, whether a part does not count, and the sentences said."""

    given: dict[str, str]
    unknown: list[Step]
    strange: bool
    retired: list[str]


def opened(known: Mapping[Step, Meaning], way: Way) -> Opened:
    """The answers of an address as they count today. What is retired goes before the answers beside it, as in the script."""
    unknown = [step for step in way if step not in known]
    found = [known[step] for step in way if step in known]
    given: dict[str, tuple[bool, str]] = {}
    strange = bool(unknown)
    for one in sorted(found, key=lambda one: one.note is None):
        for question, answer in one.steps:
            before = given.setdefault(question, (one.note is None, answer))
            strange |= before[0] == (one.note is None) and before[1] != answer
    notes = dict.fromkeys(one.note for one in found if one.note)
    return Opened({question: answer for question, (_, answer) in given.items()}, unknown, strange, [*notes])


def concerns(changed: Changed, given: Mapping[str, str]) -> bool:
    """Whether the sentence of a change is said of an address with these answers."""
    return bool(given) and changed.answers.items() <= given.items()


def walk(decision: Decision, given: Mapping[str, str]) -> tuple[Step | None, str, str]:
    """Follow answers from the start: the last step, and the open question or else the outcome, the other one empty."""
    last, at = None, decision.start
    while answer := decision.questions[at].answers.get(given.get(at, "")):
        last = (at, given[at])
        if answer.choose is not None:
            return last, "", answer.choose
        at = answer.goto
    return last, at, ""


# ---- The check --------------------------------------------------------------------------------------


def addresses_hold(decision: Decision, versions: tuple[Version, ...]) -> Iterator[ValueMistake]:
    """Every address of every published version gives the outcome of then, or the data says what has changed.

    Looks at a decision whose names are right and which has no circle; where no version is published, nothing is asked.
    A mistake names the last version that it concerns, with the numbers of the combinations in it.
    """
    known, names = meanings(decision), [one.name for one in versions]
    until = {number: names.index(one.until) for number, one in enumerate(decision.changed) if one.until in names}
    found: dict[ValueMistake, tuple[str, list[int]]] = {}
    used: set[int] = set()
    for position, version in enumerate(versions):
        for number, wrong, noted in of_version(decision, known, version, {index for index, last in until.items() if position <= last}):
            used |= noted
            for one in wrong:
                name, numbers = found.get(one, ("", []))
                found[one] = (version.name, [*(numbers if name == version.name else ()), number])
    for one, (name, numbers) in found.items():
        what, fix = (text.replace("{version}", name) for text in (one.what, one.fix))
        yield replace(one, what=what, fix=f"{fix} Combinations: {one_of(map(str, sorted(numbers)))}.")
    for index, one in enumerate(decision.changed if versions else ()):
        if index not in until:
            yield ValueMistake(("changed", index, "until"), f'There is no published version "{one.until}".', f"Write one of: {one_of(names[::-1])}.")
        elif index not in used and all(version.whole for version in versions[:until[index] + 1]):
            yield ValueMistake(("changed", index), f"With these answers, no address of version {one.until} or before leads elsewhere today.",
                               "Correct its answers, or delete the entry.")


def of_version(
    decision: Decision, known: Mapping[Step, Meaning], version: Version, entries: set[int],
) -> Iterator[tuple[int, list[ValueMistake], set[int]]]:
    """For each combination of a version: its number, what is wrong with it today, and which of the entries below `changed` explain it."""
    addresses = [opened(known, way) for _, way, _ in version.combinations]
    ends: dict[frozenset[Step], set[str]] = {}
    for address, (_, _, outcome) in zip(addresses, version.combinations, strict=True):
        ends.setdefault(frozenset(address.given.items()), set()).add(outcome)
    for address, (number, way, outcome) in zip(addresses, version.combinations, strict=True):
        if address.unknown:
            yield number, [gone(decision, *step) for step in address.unknown], set()
        elif moved := elsewhere(decision, address.given, outcome):
            noted = {index for index in entries if concerns(decision.changed[index], address.given)}
            # What is said of a retired answer explains the difference where that answer made it.
            retired = address.retired and (known[way[-1]].note or len(ends[frozenset(address.given.items())]) > 1)
            yield number, [] if noted or retired else [moved], noted


def gone(decision: Decision, question: str, answer: str) -> ValueMistake:
    """The mistake of a question or an answer that nothing stands for today."""
    today = now_called(decision.questions, question)
    what = f'The answer "{answer}" to "{question}"'
    if today in decision.questions:
        place: Place = ("questions", today, "answers")
        fix = f"`renamed_from: [{answer}]` at the answer that it is now, or `{answer}:` below `retired:`, `{today}:` and `answers:`."
    elif question in decision.retired:
        place, fix = ("retired", question, "answers"), f"`{answer}: {{}}` here."
    else:
        place, what = ("questions",), f'The question "{question}"'
        fix = f"`renamed_from: [{question}]` at the question that it is now, or `{question}:` below `retired:`, with a note and its answers."
    return ValueMistake(place, f"{what} of version {{version}} is gone.", f"Write {fix}", at_key=True)


def elsewhere(decision: Decision, given: Mapping[str, str], outcome: str) -> ValueMistake | None:
    """The mistake of answers that no longer lead to the outcome of then, or None."""
    last, question, end = walk(decision, given)
    today = now_called(decision.outcomes, outcome)
    if end == today:
        return None
    note = 'write an entry below `changed:` with `until: "{version}"`, the answers and a sentence that says what has changed.'
    if today not in decision.outcomes:
        place = ("methods",) if decision.methods else ("other_outcomes",)
        return ValueMistake(place, f'The outcome "{outcome}" of version {{version}} is gone.',
                            f"Write `renamed_from: [{outcome}]` at the outcome that it is now, or {note}", at_key=True)
    if question:
        return ValueMistake(("questions", question), "Answers that led to an outcome in version {version} leave this question open now.",
                            f"Lead them past it, or {note}", at_key=True)
    return ValueMistake(("questions", last[0], "answers", last[1]),
                        f'Answers that led to "{today}" in version {{version}} lead to "{end}" now.', f'Lead them to "{today}", or {note}', at_key=True)
