"""The replication states, how a status report names things, and what a set of reports may show.

The classes mirror the keys of `docs/_data/reference/states.yml`. The rules that lead from
reports to findings are in `docs/assets/status-reader.js`; their wording is in the data.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from macros.decision.model import Decision
from macros.page.site import Site
from macros.page.targets import target_mistakes
from macros.source.load import load
from macros.source.mistake import Place, ValueMistake, mistake, near_miss, one_of
from macros.source.part import Id, Part, Text

FILE = "_data/reference/states.yml"
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def is_code(text: str) -> str:
    """The text, if it is a state code. Raises the error that pydantic expects otherwise."""
    if not CODE.fullmatch(text):
        raise mistake(f'"{text}" is not a state code.', "Write capital letters, digits and single underscores.")
    return text


def has_key(text: str) -> str:
    """The text, if `{key}` stands in it once."""
    if text.count("{key}") != 1:
        raise mistake(f'"{text}" does not hold {{key}} once.', "Write {key} where the key of a server stands.")
    return text


def knows_places(text: str) -> str:
    """The text, if it has no place to fill in but `{servers}`."""
    if re.search(r"[{}]", text.replace("{servers}", "")):
        raise mistake("A brace stands in the text.", "The only place that is filled in is {servers}.")
    return text


Code = Annotated[Text, AfterValidator(is_code)]
WithKey = Annotated[Text, AfterValidator(has_key)]
Sentence = Annotated[Text, AfterValidator(knows_places)]


class State(Part):
    """What one state code of a report means."""

    means: Text = Field(description="What the state means, as full sentences.")
    role: Literal["active", "standby", "changing", "single", "unknown"]
    replication: Literal["works", "in-part", "old-direction", "broken", "not-needed"]
    next: Text = Field(description="What to do next, as full sentences.")
    page: Text | None = Field(None, description="The section that helps: `page.md#section`.")


class Finding(Part):
    """What the status report reader may find in a set of reports, and what that means for it."""

    text: Sentence = Field(description="What was found; {servers} stands for the servers.")
    verdict: Literal["broken", "unclear", "note"]
    page: Text | None = Field(None, description="The section that helps: `page.md#section`.")


class Answers(Part):
    """The question of a tree that a verdict answers."""

    tree: Id = Field(description="The name of the tree.")
    page: Text = Field(description="The page that has the tree.")
    question: Id = Field(description="The id of the question.")
    works: Id = Field(description="The id of the answer where replication works.")
    broken: Id = Field(description="The id of the answer where it does not.")


class Flag(Part):
    """What a flag of a report is where replication works."""

    active: bool = Field(description="On a server that is active.")
    standby: bool = Field(description="On a server that is standby.")


class Report(Part):
    """How a status report names what is read from it; `{key}` stands for the key of a server."""

    server: WithKey = Field(description="The attribute that holds the report of one server.")
    state: Text = Field(description="The attribute that begins with the state code.")
    role: Text = Field(description="The attribute that holds the role.")
    active: Text = Field(description="How the role of a server begins that is active.")
    standby: Text = Field(description="How the role of a server begins that is standby.")
    mode: Text = Field(description="The attribute that names the server that is known to be active.")
    known_active: WithKey = Field(description="How it names it.")
    servers: Text = Field(description="The attribute that lists names and keys of the servers.")
    count: Text = Field(description="The attribute that holds their number.")
    replication_mode: Text = Field(description="The attribute that names the kind of replication.")
    native: Text = Field(description="Its value for the replication that these pages are about.")
    switch: Text = Field(description="The attribute that says whether a switch is requested.")
    no_switch: Text = Field(description="Its value where none is.")
    slot: WithKey = Field(description="How a slot of replication is named.")
    declared: Text = Field(description="The group of slots that are declared.")
    connections: Text = Field(description="How the name of the group of slots in use ends.")
    connection_state: Text = Field(description="The attribute of a slot in use that holds its state.")
    streaming: Text = Field(description="Its value where the slot replicates.")
    last_seen: tuple[Text, ...] = Field(strict=False, description="The attributes of a slot in use that hold when it last was.")
    flags: dict[Text, Flag] = Field(description="Flag → what it is where replication works.")


# The findings that docs/assets/status-reader.js knows.
FINDINGS = (
    "needs-attention", "several-active", "no-active", "known-active-differs", "not-connected",
    "not-declared", "not-streaming", "slot-not-listed", "switching", "other-mode", "contradiction",
    "apart", "missing-report", "lists-differ", "count-differs", "not-listed", "no-list", "no-standby",
    "no-key", "no-state", "unknown-state", "role-differs", "single-knows-others",
    "single-among-others", "several-reports", "cut-off", "too-many", "repeated",
)


class States(Part):
    """The whole data file. Every mapping keeps the order of the file."""

    page: Text = Field(description="The page that has the table of states.")
    report: Report = Field(description="How a report names things.")
    answers: Answers = Field(description="The question that a verdict answers.")
    states: dict[Code, State] = Field(min_length=1, description="State code → state.")
    findings: dict[Id, Finding] = Field(description="What may be found → its wording.")


def read_states(docs: Path, name: str, site: Site, trees: Mapping[str, Decision]) -> States | None:
    """The states of the site, or None where it has no such file. `name` stands in messages.

    Raises MistakesError with every mistake.
    """
    path = docs / FILE
    if not path.exists():
        return None
    return load(
        path, name, States,
        lambda states: list(findings_mistakes(states)),
        lambda states: list(dict.fromkeys(answers_mistakes(states, trees))),
        lambda states: target_mistakes(pages_of(states), site),
    )


def findings_mistakes(states: States) -> Iterator[ValueMistake]:
    """Every finding that the reader of reports knows has its wording, and no other."""
    for name in (name for name in FINDINGS if name not in states.findings):
        yield ValueMistake(("findings",), f'There is no finding "{name}".', f"Write `{name}:` with `text:` and `verdict:`.")
    for name in (name for name in states.findings if name not in FINDINGS):
        yield ValueMistake(("findings", name), f'The finding "{name}" is not known here.',
                      f"{near_miss(name, FINDINGS)}Write one of: {one_of(FINDINGS, len(FINDINGS))}.")


def answers_mistakes(states: States, trees: Mapping[str, Decision]) -> Iterator[ValueMistake]:
    """The tree, its question and both answers exist."""
    answers = states.answers
    for key in ("works", "broken"):
        yield from answer_mistakes(trees, ("answers",), {**dict(answers), "answer": getattr(answers, key)}, key)


def answer_mistakes(trees: Mapping[str, Decision], place: Place, named: Mapping[str, str], key: str = "answer") -> Iterator[ValueMistake]:
    """The first of the tree, the question and the answer that are `named` that does not exist.

    They stand below `place`, the answer at the key `key`.
    """

    def unknown(at: str, name: str, known: Mapping[str, Any], what: str) -> ValueMistake:
        renamed = next((now for now, one in known.items() if name in getattr(one, "renamed_from", ())), None)
        hint = f'It is called "{renamed}" now: write that.' if renamed else f"{near_miss(name, known)}Write one of: {one_of(known)}."
        return ValueMistake((*place, at), f'{what} "{name}".', hint)

    tree, question, answer = named["tree"], named["question"], named["answer"]
    if tree not in trees:
        yield unknown("tree", tree, trees, "There is no tree")
    elif question not in (questions := trees[tree].questions):
        yield unknown("question", question, questions, f'The tree "{tree}" has no question')
    elif answer not in (answers := questions[question].answers):
        yield unknown(key, answer, answers, f'The question "{question}" has no answer')


def pages_of(states: States) -> Iterator[tuple[Place, str]]:
    """Every page or section that the states name, with its place in the file."""
    yield ("page",), states.page
    yield ("answers", "page"), states.answers.page
    for group in ("states", "findings"):
        for name, part in getattr(states, group).items():
            if part.page is not None:
                yield (group, name, "page"), part.page
