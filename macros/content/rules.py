"""The writers' rules of a site, which are data: a site keeps those that it has a file for.

The classes mirror the keys of the files below docs/_data/rules/.
"""

from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, RootModel

from macros.procedure.beginnings import Beginnings
from macros.source.files import named
from macros.source.load import load_placed
from macros.source.mistake import MistakesError, Place
from macros.source.part import Id, Part, Text
from macros.source.yaml_file import read

FOLDER = "_data/rules"
COVERAGE = f"{FOLDER}/coverage.yml"
FORM = f"{FOLDER}/form.yml"
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Model = TypeVar("Model", bound=BaseModel)


class Avoided(Part):
    """Words that are not used here, what to write instead, and why."""

    words: Texts = Field(min_length=1, description="The words, each as a whole.")
    say: Text = Field(description="What to do instead, as a sentence without its full stop.")
    because: Text = Field(description="Why, as the second half of a sentence.")
    as_written: bool = Field(False, description="Whether capitals matter.")


class Style(Part):
    """The words of a site."""

    quoted: Texts = Field((), description="What others say, letter for letter: it may hold any word.")
    avoid: Annotated[tuple[Avoided, ...], Field(strict=False)] = Field(description="What is not used here.")


class Procedures(Part):
    """The form of the pages that a reader follows step by step."""

    pages: Text = Field(description="Which pages these are: a path below docs/, with * for any words.")
    sections: Texts = Field(min_length=1, description="How the sections begin that each has, in their order.")
    phase: Text = Field(description="How a section with steps begins; a number and a colon follow.")
    most_steps: int = Field(strict=False, gt=0, description="How many steps a phase may have.")
    stop: str = Field(description="How the title of a stop begins.")
    back: Text = Field(description="How the way back begins, in bold and before a colon.")
    expected: str = Field("", description="What stands in bold before the expected result of a step.")
    if_not: str = Field("", description="What stands in bold before what to do if it is not so.")
    conditions: Texts = Field((), description="Words that make a step, or what a check expects, depend on something. One of them stands in its first sentence then.")
    start: Id | None = Field(None, description="The state that the servers are in before the first phase, in reference/actions.yml.")
    goal: Id | None = Field(None, description="The goal that holds after the last phase.")
    goal_back: Id | None = Field(None, description="The goal that holds after a way back whose section names none.")


class Lengths(Part):
    """How long a text is, in characters."""

    least: int = Field(strict=False, gt=0, description="The smallest number.")
    most: int = Field(strict=False, gt=0, description="The largest number.")


class Form(Part):
    """The form of a site's pages."""

    callouts: Texts = Field(min_length=1, description="The kinds of callout.")
    steps: Texts = Field(description="How a step begins, with … for any words.")
    example: Text = Field(description="One such beginning, for messages.")
    description: Lengths | None = Field(None, description="How long the description of a page is.")
    procedures: Procedures

    def beginnings(self) -> Beginnings:
        """How the parts of a procedure begin, for their marks in the HTML."""
        rules = self.procedures
        return Beginnings(self.steps, rules.stop, rules.back, rules.phase, rules.sections[0], rules.expected, rules.if_not, rules.conditions)


class Coverage(RootModel[dict[Text, dict[Text, Texts]]]):
    """Subject → page, without its ending → the terms that it must carry."""


# The rule files, below docs/_data/.
RULES: dict[str, type[BaseModel]] = {"rules/style.yml": Style, "rules/form.yml": Form, "rules/coverage.yml": Coverage}


@dataclass(frozen=True)
class Rules:
    """The rules of a site; None where it has no such file or one that is broken.

    `places` leads from a place in a file, its model before it, to its line and column. `broken` says what
    is wrong with the files.
    """

    style: Style | None = None
    form: Form | None = None
    coverage: Coverage | None = None
    places: dict[tuple[type[BaseModel], Place], tuple[int, int]] = field(default_factory=dict)
    broken: tuple[str, ...] = ()


def read_rules(docs: Path, project: Path) -> Rules:
    """The rules that a site has. Names in messages are paths below `project`."""
    broken: list[str] = []
    places: dict[tuple[type[BaseModel], Place], tuple[int, int]] = {}

    def one(model: type[Model]) -> Model | None:
        path = docs / FOLDER / f"{model.__name__.lower()}.yml"
        if not lexists(path):
            return None
        try:
            source = read(path, named(path, project))
            places.update({(model, place): position for place, position in source.values.items()})
            return load_placed(source, model)
        except MistakesError as error:
            broken.extend(error.lines)
            return None

    return Rules(one(Style), one(Form), one(Coverage), places, tuple(broken))
