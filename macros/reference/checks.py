"""How the reader of status reports reads and judges: names, values, limits, and each check.

The classes mirror the keys of `docs/_data/reference/checks.yml`. The decisions are made in
`docs/assets/status-core.js`, by the rules that `rules` makes of the data.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from macros.page.site import Site
from macros.page.targets import target_mistakes
from macros.reference.answers import Trees, answer_mistakes
from macros.reference.states import CODE, Code, Codes, States, code_mistakes
from macros.reference.window import Window
from macros.source.load import load
from macros.source.mistake import Place, ValueMistake, mistake, near_miss, one_of
from macros.source.part import Id, Part, Text

FILE = "_data/reference/checks.yml"


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


WithKey = Annotated[Text, AfterValidator(has_key)]
Sentence = Annotated[Text, AfterValidator(knows_places)]
# The loader gives a number with or without a fraction.
Number = Annotated[int, Field(strict=False, gt=0)]
# YAML gives a list; a tuple keeps the model frozen.
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


class Flag(Part):
    """What a flag of a report is where replication works."""

    active: bool = Field(description="On a server that is active.")
    standby: bool | None = Field(None, description="On a standby server, where that is known.")


class Report(Part):
    """How a status report names what is read from it; `{key}` stands for the key of a server."""

    server: WithKey = Field(description="The attribute that holds the report of one server.")
    state: Text = Field(description="The attribute that begins with the state code.")
    role: Text = Field(description="The attribute that holds the role.")
    active: Text = Field(description="How the role of a server that is active begins.")
    standby: Text = Field(description="How the role of a standby server begins.")
    mode: Text = Field(description="The attribute that names the known active server.")
    known_active: WithKey = Field(description="How it names it.")
    servers: Text = Field(description="The attribute that lists names and keys of the servers.")
    count: Text = Field(description="The attribute that holds their number.")
    replication_mode: Text = Field(description="The attribute that names the kind of replication.")
    native: Text = Field(description="Its value for the replication that these pages are about.")
    switch: Text = Field(description="The attribute that says whether a switch is requested.")
    no_switch: Text = Field(description="Its value where none is.")
    tables: Text = Field(description="The attribute that holds the number of tables.")
    elements: Text = Field(description="The attribute that holds the number of elements.")
    slot: WithKey = Field(description="How a slot is named.")
    declared: Text = Field(description="The group of slots that are declared.")
    connections: Text = Field(description="How the name of the group of slots in use ends.")
    connection_state: Text = Field(description="The attribute of a slot in use that holds its state.")
    streaming: Text = Field(description="Its value where the slot replicates.")
    last_seen: Texts = Field(description="The attributes of a slot in use that hold when it last was.")
    command: Text = Field(description="The attribute that names the command.")
    status: Text = Field(description="Its value in a status report.")
    success: Text = Field(description="The group of a report that says that the command succeeded.")
    written: Text = Field(description="The attribute that a copy to share gets for the time in the name of a file.")
    flags: dict[Text, Flag] = Field(description="Flag → what it is where replication works.")


class Api(Part):
    """How the answers of the API name the same; `{key}` stands for the key of a server."""

    server: WithKey = Field(description="How an address ends that stands for a server.")
    active: Text = Field(description="The attribute with the address of the active server.")
    standbys: Text = Field(description="The list of addresses of the standby servers.")
    name: Text = Field(description="The attribute with the name of the server.")
    state: Text = Field(description="The attribute that begins with the state code in brackets.")
    servers: Text = Field(description="The attribute that lists names and keys of the servers.")
    licence: Text = Field(description="The attribute that says whether the licence is valid.")
    registered: Text = Field(description="The number of standby servers that are declared.")
    streaming: Text = Field(description="The number of those that are connected.")
    active_state: Text = Field(description="The state of the active server, in the answer for all servers.")
    other_states: Text = Field(description="The list of the others, in the same answer.")
    flags: dict[Text, Flag] = Field(description="Flag → what it is where replication works.")


class Limits(Part):
    """When times count as too far apart, or as old."""

    apart_minutes: Number = Field(description="Between times with a zone, in minutes.")
    apart_hours_without_zone: Number = Field(description="Between other times, in hours.")
    old_minutes: Number = Field(description="Between the newest time and now, in minutes.")


class Check(Part):
    """One check: what is looked at, what the reader then says, and how it counts."""

    title: Text = Field(description="A few words for the table.")
    when: Text = Field(description="What is looked at, as a full sentence.")
    means: Sentence = Field(description="What was found; {servers} stands for what it is about.")
    settles: Text | None = Field(None, description="The one thing that would settle it; for `unclear` alone.")
    verdict: Literal["broken", "unclear", "note"]
    page: Text | None = Field(None, description="The section that helps: `page.md#section`.")
    first: Text | None = Field(None, description="What each row of the table says in the place of what to do next, where this must be solved first.")


class Answers(Part):
    """The question of a tree that the reader can answer."""

    tree: Id = Field(description="The name of the tree.")
    page: Text = Field(description="The page that has the tree.")
    question: Id = Field(description="The id of the question.")
    fits: dict[Id, Texts] = Field(description="Answer → `works`, state codes and checks: it is offered where it fits all that were found, one that fits `works` only where nothing is unclear.")


class SampleServer(Part):
    """A server of a sample."""

    name: Text = Field(description="The name of the server.")
    key: Text = Field(description="Its key.")
    state: Code = Field(description="Its state code.")
    declared: Texts = Field((), description="On a server that is active, the keys that are declared.")
    connected: Texts = Field((), description="On a server that is active, the keys that are connected.")


class Sample(Part):
    """A set of reports to try the reader with."""

    label: Text = Field(description="What it shows, in a few words.")
    servers: Annotated[tuple[SampleServer, ...], Field(strict=False, min_length=1)]


class PhaseServer(Part):
    """A server of the samples of phases."""

    name: Text = Field(description="The name of the server.")
    key: Text = Field(description="Its key.")


class Shown(Part):
    """What the report of a server in a state of a procedure shows."""

    when: dict[Text, Text] = Field(description="Attribute → value of the state, as `attributes` of the actions has them.")
    state: Code = Field(description="The state code in its report.")
    leads: bool = Field(False, description="Whether its report lists what is declared and connected.")
    slot: Literal["declared", "connected"] | None = Field(None, description="What the report of the server that leads lists it as.")


class Phases(Part):
    """The state after each phase of a procedure, as samples."""

    label: Text = Field(description="The label of each; {phase} stands for the title of the phase.")
    pages: dict[Text, Text] = Field(description="The page of a procedure → the heading in the menu.")
    servers: Annotated[tuple[PhaseServer, ...], Field(strict=False, min_length=3, max_length=3)] = Field(description="The server that is active at first, then the others.")
    shows: Annotated[tuple[Shown, ...], Field(strict=False)] = Field(description="What a report shows; the first that fits counts.")


# The checks that docs/assets/status-core.js makes.
FINDINGS = (
    "needs-attention", "several-active", "no-active", "known-active-differs", "not-connected", "not-declared",
    "numbers-differ", "not-streaming", "slot-not-listed", "switching", "other-mode", "contradiction", "role-differs",
    "licence", "tables-differ", "elements-differ", "impossible-time", "apart", "old", "clock", "missing-report", "lists-differ",
    "count-differs", "no-number", "not-listed", "no-list", "window-alone", "window-no-state", "no-standby", "no-key", "no-state",
    "no-state-here", "unknown-state", "role-missing", "single-knows-others", "single-among-others", "several-reports",
    "cut-off", "run-together", "system-cut", "command-open", "command-succeeded", "too-many", "zones", "repeated",
)


class Checks(Part):
    """The whole data file. Every mapping keeps the order of the file."""

    page: Text = Field(description="The page that lists the checks.")
    report: Report = Field(description="How a status report names things.")
    api: Api = Field(description="How the answers of the API name them.")
    texts: dict[Id, Text] = Field({}, description="Check → the text of a console or a diagnostic that it is about.")
    passing: Texts = Field((), description="The attributes that change all the time.")
    limits: Limits = Field(description="When times are too far apart, or old.")
    answers: Answers = Field(description="The question that the reader can answer.")
    samples: dict[Id, Sample] = Field({}, description="Sets of reports to try the reader with.")
    phases: Phases | None = Field(None, description="The state after each phase of a procedure, as samples.")
    checks: dict[Id, Check] = Field(description="Check → its words.")


def read_checks(docs: Path, name: str, site: Site, trees: Trees, codes: Codes) -> Checks | None:
    """The checks of the site, or None where it has no such file. `name` stands in messages.

    Raises MistakesError with every mistake.
    """
    path = docs / FILE
    if not path.exists():
        return None
    return load(
        path, name, Checks,
        lambda checks: list(check_mistakes(checks)),
        lambda checks: list(code_mistakes(codes_of(checks), codes)),
        lambda checks: list(dict.fromkeys(fit_mistakes(checks, trees, codes))),
        lambda checks: target_mistakes(pages_of(checks), site),
    )


def check_mistakes(checks: Checks) -> Iterator[ValueMistake]:
    """Every check that the reader makes has its words, and no other; what is unclear can be settled."""
    known = (*FINDINGS, *checks.texts)
    for name in (name for name in known if name not in checks.checks):
        yield ValueMistake(("checks",), f'There is no check "{name}".', f"Write `{name}:` with `title:`, `when:`, `means:` and `verdict:`.")
    for name in (name for name in checks.checks if name not in known):
        yield ValueMistake(("checks", name), f'The check "{name}" is not known here.',
                           f"{near_miss(name, known)}Write one of: {one_of(known, len(known))}.")
    for name, check in checks.checks.items():
        if check.verdict == "unclear" and check.settles is None:
            yield ValueMistake(("checks", name), f'The check "{name}" does not say what would settle it.', "Write `settles:`.")
        if check.verdict != "unclear" and check.settles is not None:
            yield ValueMistake(("checks", name, "settles"), "Only what is unclear can be settled.", "Delete the key, or write `verdict: unclear`.")


def codes_of(checks: Checks) -> Iterator[tuple[Place, str]]:
    """Every state code of a sample, with its place in the file."""
    for name, sample in checks.samples.items():
        for number, server in enumerate(sample.servers):
            yield ("samples", name, "servers", number, "state"), server.state
    for number, shown in enumerate(checks.phases.shows if checks.phases else ()):
        yield ("phases", "shows", number, "state"), shown.state


def fit_mistakes(checks: Checks, trees: Trees, codes: Codes) -> Iterator[ValueMistake]:
    """The tree, its question and each answer exist, and so does what an answer fits."""
    known = ("works", *(codes or ()), *checks.checks)
    for answer, fits in checks.answers.fits.items():
        for one in answer_mistakes(trees, ("answers",), {**dict(checks.answers), "answer": answer}):
            yield replace(one, place=("answers", "fits", answer), at_key=True) if one.place[-1] == "answer" else one
        for number, name in enumerate(fits):
            if name not in known and not (codes is None and CODE.fullmatch(name)):
                yield ValueMistake(("answers", "fits", answer, number), f'There is no state and no check "{name}".',
                                   f"{near_miss(name, known)}Write `works`, a state code or the id of a check.")


def pages_of(checks: Checks) -> Iterator[tuple[Place, str]]:
    """Every page or section that the file names, with its place in it."""
    yield ("page",), checks.page
    yield ("answers", "page"), checks.answers.page
    for page in checks.phases.pages if checks.phases else ():
        yield ("phases", "pages", page), page
    for name, check in checks.checks.items():
        if check.page is not None:
            yield ("checks", name, "page"), check.page


def rules(states: States, window: Window | None, checks: Checks) -> Mapping[str, Any]:
    """What the core of the reader decides by, as plain values."""
    return {
        "report": checks.report.model_dump(),
        "api": checks.api.model_dump(exclude_none=True),
        "texts": checks.texts,
        "limits": checks.limits.model_dump(),
        "states": {code: {"role": state.role, "replication": state.replication} for code, state in states.states.items()},
        "verdicts": {name: check.verdict for name, check in checks.checks.items()},
        "window": window and {
            "modes": window.modes,
            "rows": [row.model_dump(include={"status", "info", "code"}, exclude_none=True) for case in window.cases.values() for row in case.rows.values()],
        },
    }
