"""The replication states, how a status report names things, and what a set of reports may show.

The classes mirror the keys of `docs/_data/reference/states.yml`. The rules that lead from
reports to findings are in `docs/assets/status-reader.js`; their wording is in the data.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from macros.model import Decision, Id, Part, Text
from macros.pages import Site, page_problems
from macros.problem import Place, Problem, mistake, near_miss, one_of
from macros.source import load

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
    replication: Literal["works", "in-part", "broken", "not-needed"]
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


class Report(Part):
    """How a status report names what is read from it; `{key}` stands for the key of a server."""

    server: WithKey = Field(description="The attribute that holds the report of one server.")
    state: Text = Field(description="The attribute that begins with the state code.")
    role: Text = Field(description="The attribute that holds the role.")
    active: Text = Field(description="How the role of an Active Server begins.")
    standby: Text = Field(description="How the role of a Standby Server begins.")
    mode: Text = Field(description="The attribute that names the known Active Server.")
    known_active: WithKey = Field(description="How it names it.")
    servers: Text = Field(description="The attribute that lists names and keys of the servers.")
    count: Text = Field(description="The attribute that holds their number.")


# The findings that docs/assets/status-reader.js knows.
FINDINGS = (
    "not-well", "several-active", "no-active", "known-active-differs", "missing-report",
    "lists-differ", "count-differs", "not-listed", "no-list", "no-standby", "no-key", "no-state",
    "unknown-state", "role-differs", "single-among-others", "several-reports", "cut-off",
    "too-many", "repeated",
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

    Raises SourceError with every mistake.
    """
    path = docs / FILE
    if not path.exists():
        return None
    return load(
        path, name, States,
        lambda states: list(findings_problems(states)),
        lambda states: list(answers_problems(states, trees)),
        lambda states: page_problems(pages_of(states), site),
    )


def findings_problems(states: States) -> Iterator[Problem]:
    """Every finding that the reader of reports knows has its wording, and no other."""
    for name in (name for name in FINDINGS if name not in states.findings):
        yield Problem(("findings",), f'There is no finding "{name}".', f"Write `{name}:` with `text:` and `verdict:`.")
    for name in (name for name in states.findings if name not in FINDINGS):
        yield Problem(("findings", name), f'The finding "{name}" is not known here.',
                      f"{near_miss(name, FINDINGS)}Write one of: {one_of(FINDINGS, len(FINDINGS))}.")


def answers_problems(states: States, trees: Mapping[str, Decision]) -> Iterator[Problem]:
    """The tree, its question and both answers exist."""
    answers = states.answers
    if answers.tree not in trees:
        yield unknown("tree", answers.tree, list(trees), 'There is no tree')
        return
    questions = trees[answers.tree].questions
    if answers.question not in questions:
        yield unknown("question", answers.question, list(questions), f'The tree "{answers.tree}" has no question')
        return
    known = list(questions[answers.question].answers)
    for verdict in ("works", "broken"):
        name = getattr(answers, verdict)
        if name not in known:
            yield unknown(verdict, name, known, f'The question "{answers.question}" has no answer')


def unknown(key: str, name: str, known: list[str], what: str) -> Problem:
    """The problem of a name below `answers:` that the tree does not have."""
    return Problem(("answers", key), f'{what} "{name}".', f"{near_miss(name, known)}Write one of: {one_of(known)}.")


def pages_of(states: States) -> Iterator[tuple[Place, str]]:
    """Every page or section that the states name, with its place in the file."""
    yield ("page",), states.page
    yield ("answers", "page"), states.answers.page
    for group in ("states", "findings"):
        for name, part in getattr(states, group).items():
            if part.page is not None:
                yield (group, name, "page"), part.page
