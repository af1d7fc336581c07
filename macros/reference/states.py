"""The replication states.

The classes mirror the keys of `docs/_data/reference/states.yml`.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from macros.page.site import Site
from macros.page.targets import target_mistakes
from macros.source.load import load
from macros.source.mistake import Place, ValueMistake, mistake, near_miss, one_of
from macros.source.part import Part, Text

FILE = "_data/reference/states.yml"
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def is_code(text: str) -> str:
    """The text, if it is a state code. Raises the error that pydantic expects otherwise."""
    if not CODE.fullmatch(text):
        raise mistake(f'"{text}" is not a state code.', "Write capital letters, digits and single underscores.")
    return text


Code = Annotated[Text, AfterValidator(is_code)]
# The state codes of the site; None where the file of the states is broken: which there are is not known, so no code is wrong.
Codes = Collection[str] | None


class State(Part):
    """What one state code of a report means."""

    means: Text = Field(description="What the state means, as full sentences.")
    role: Literal["active", "standby", "changing", "single", "unknown"]
    replication: Literal["works", "in-part", "old-direction", "broken", "not-needed"]
    next: Text = Field(description="What to do next, as full sentences.")
    page: Text | None = Field(None, description="The section that helps: `page.md#section`.")


class States(Part):
    """The whole data file. Every mapping keeps the order of the file."""

    page: Text = Field(description="The page that has the table of states.")
    states: dict[Code, State] = Field(min_length=1, description="State code → state.")


def read_states(docs: Path, name: str, site: Site) -> States | None:
    """The states of the site, or None where it has no such file. `name` stands in messages.

    Raises MistakesError with every mistake.
    """
    path = docs / FILE
    if not path.exists():
        return None
    return load(path, name, States, lambda states: target_mistakes(pages_of(states), site))


def code_mistakes(named: Iterable[tuple[Place, str]], codes: Codes) -> Iterator[ValueMistake]:
    """Every state code that a file names is one that the states explain."""
    for place, code in named:
        if codes is not None and code not in codes:
            yield ValueMistake(place, f'There is no state "{code}".', f"{near_miss(code, codes)}Write one of: {one_of(codes)}.")


def pages_of(states: States) -> Iterator[tuple[Place, str]]:
    """Every page or section that the states name, with its place in the file."""
    yield ("page",), states.page
    for code, state in states.states.items():
        if state.page is not None:
            yield ("states", code, "page"), state.page
