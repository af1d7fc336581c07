"""What the product's window shows: each case, what it means, its state codes and what helps.

The classes mirror the keys of `docs/_data/reference/window.yml`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from macros.decision.model import Decision
from macros.decision.paths import reachable
from macros.page.site import Site
from macros.page.targets import target_mistakes
from macros.reference.answers import Trees, answer_mistakes
from macros.reference.states import Code, Codes, code_mistakes
from macros.source.load import load
from macros.source.mistake import Place, ValueMistake, one_of
from macros.source.part import Id, Part, Text

FILE = "_data/reference/window.yml"


class Columns(Part):
    """The columns that these pages speak of, as the window names them."""

    mode: Text = Field(description="The column that shows the role of a server.")
    status: Text = Field(description="The column that shows the status of its replication.")
    info: Text = Field(description="The column that says it in words.")


class Row(Part):
    """What the window shows in the row of a server."""

    server: Text = Field(description="The server, by its role.")
    status: Text = Field(description="What the column of the status shows, letter for letter.")
    info: Text | None = Field(None, description="What the column of the information shows.")
    sign: Text | None = Field(None, description="What stands beside it, in words.")
    code: Code | None = Field(None, description="The state code that the server then has.")


class CaseAnswer(Part):
    """The answer of a tree that takes a case."""

    tree: Id = Field(description="The name of the tree.")
    question: Id = Field(description="The id of the question.")
    answer: Id = Field(description="The id of the answer.")


class Help(Part):
    """What something that a reader sees means, and what to do then."""

    means: Text = Field(description="What it means, as full sentences.")
    next: Text = Field(description="What to do next, as full sentences.")
    page: Text | None = Field(None, description="The section that helps: `page.md#section`.")


class Case(Help):
    """One picture that the window shows."""

    rows: dict[Id, Row] = Field(min_length=1, description="What it shows, row by row.")
    concluded: bool = Field(False, description="True where the source does not name the codes.")
    answer: CaseAnswer | None = Field(None, description="The answer of a tree that takes this case.")


class Sign(Help):
    """What is seen outside the window."""

    shows: Text = Field(description="What is seen, as a full sentence.")


class Window(Part):
    """The whole data file. Every mapping keeps the order of the file."""

    page: Text = Field(description="The section that has the table of cases.")
    name: Text = Field(description="The window's name, as the product writes it.")
    short: Text = Field(description="Its name on these pages.")
    version: Text = Field(description="The version whose window the texts were read from.")
    conclusions: Text = Field(description="The section that says what our conclusions are.")
    columns: Columns = Field(description="The columns that these pages speak of.")
    modes: dict[Literal["active", "standby"], Text] = Field({}, description="Role → what the column of the mode shows.")
    cases: dict[Id, Case] = Field(min_length=1, description="Case → what is seen, and what helps.")
    signs: dict[Id, Sign] = Field({}, description="What is seen outside the window.")

    def rows_of(self, code: str) -> list[tuple[Row, bool]]:
        """What the window shows for a state code, each status once, and whether that is our conclusion."""
        shown: dict[str, tuple[Row, bool]] = {}
        for case in self.cases.values():
            for row in case.rows.values():
                if row.code == code:
                    shown.setdefault(row.status, (row, case.concluded))
        return list(shown.values())


def read_window(docs: Path, name: str, site: Site, trees: Trees, codes: Codes) -> Window | None:
    """The window of the site, or None where it has no such file. `name` stands in messages.

    Raises MistakesError with every mistake.
    """
    path = docs / FILE
    if not path.exists():
        return None
    return load(
        path, name, Window,
        lambda window: list(code_mistakes(codes_of(window), codes)),
        lambda window: list(case_mistakes(window, trees)),
        lambda window: target_mistakes(pages_of(window), site),
    )


def codes_of(window: Window) -> Iterator[tuple[Place, str]]:
    """Every state code that the file names, with its place in it."""
    for name, case in window.cases.items():
        for key, row in case.rows.items():
            if row.code is not None:
                yield ("cases", name, "rows", key, "code"), row.code


def case_mistakes(window: Window, trees: Trees) -> Iterator[ValueMistake]:
    """The answer that takes a case exists, and leads to the section that the case names."""
    for name, case in window.cases.items():
        if case.answer is None:
            continue
        place = ("cases", name, "answer")
        found = list(answer_mistakes(trees, place, dict(case.answer)))
        yield from found
        tree = trees.get(case.answer.tree)
        if found or tree is None:
            continue
        pages = pages_behind(tree, case.answer.question, case.answer.answer)
        if case.page not in pages:
            here = f'"{case.page}"' if case.page else "no section"
            yield ValueMistake((*place, "answer"), f'The answer "{case.answer.answer}" leads to "{one_of(pages)}", and this case to {here}.',
                          "Write the same section as `page` of the case and of the outcome.")


def pages_behind(decision: Decision, question: str, answer: str) -> list[str]:
    """The pages of the outcomes that an answer can end in."""
    given = decision.questions[question].answers[answer]
    ends = {given.choose} if given.choose is not None else reachable(decision, given.goto)[1]
    return list(dict.fromkeys(outcome.page for name, outcome in decision.outcomes.items() if name in ends))


def pages_of(window: Window) -> Iterator[tuple[Place, str]]:
    """Every page or section that the file names, with its place in it."""
    yield ("page",), window.page
    yield ("conclusions",), window.conclusions
    for group in ("cases", "signs"):
        for name, part in getattr(window, group).items():
            if part.page is not None:
                yield (group, name, "page"), part.page
