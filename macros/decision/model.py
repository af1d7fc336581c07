"""What a decision is: methods, criteria, questions and answers, frozen and validated.

The classes mirror the keys of a data file (`docs/_data/*.yml`) one to one.
Rules that need the whole decision, such as "no cycles", are in `macros.decision.checks`.
"""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from macros.source.mistake import mistake
from macros.source.part import Id, Part, Text

# YAML gives a list; a tuple keeps the model frozen.
Ids = Annotated[tuple[Id, ...], Field(strict=False)]
SomeIds = Annotated[tuple[Id, ...], Field(strict=False, min_length=1)]


class Outcome(Part):
    """Where a path through the questions ends: a title and the page that carries the reader on."""

    title: Text = Field(description="The outcome's name, as a reader sees it.")
    page: Text = Field(
        description="The page it leads to, as a path below docs/: `page.md` or `page.md#section`."
    )
    summary: Text | None = Field(None, description="One sentence that says what it is.")
    renamed_from: Ids = Field((), description="Ids this outcome had before.")


class Method(Outcome):
    """An outcome that the comparison table sets beside the others."""

    recommended: bool = Field(False, description="True for the one method that is recommended.")
    criteria: dict[Id, Text] = Field({}, description="Criterion id → what holds for this method.")


class Answer(Part):
    """One answer to a question; exactly one of `goto` and `choose` says where it leads."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["goto"]}, {"required": ["choose"]}]}
    )

    label: Text = Field(description="The answer, as a reader sees it.")
    goto: Id | None = Field(None, description="The id of the question that follows.")
    choose: Id | None = Field(None, description="The id of the method or other outcome it ends in.")
    because: Text = Field(description="Why the answer leads where it leads, as a full sentence.")
    renamed_from: Ids = Field((), description="Ids this answer had before.")

    # For the proof of the table (macros.decision.proof).
    same_because: Text | None = Field(None, description="Why it is there although another answer leads to the same place.")
    contradicts: dict[Id, SomeIds] = Field({}, description="Question id → ids of answers that no path may hold beside this one.")

    @model_validator(mode="after")
    def leads_to_one_place(self) -> Self:
        if (self.goto is None) == (self.choose is None):
            both = "both `goto` and `choose`" if self.goto else "neither `goto` nor `choose`"
            fix = "Write `goto:` with the id of a question, or `choose:` with the id of an outcome."
            raise mistake(f"The answer has {both}.", fix)
        return self


class Unsure(Part):
    """How a reader who does not know the answer finds it. Only what is known is written."""

    who: Text | None = Field(None, description="Who can tell.")
    where: Text | None = Field(None, description="Where to look.")
    longest: Text | None = Field(None, description="How long it takes at most.")


class Question(Part):
    """A question and its answers, in the order a reader sees them."""

    ask: Text = Field(description="The question, as a reader sees it.")
    help: Text | None = Field(None, description="How to find the answer.")
    unsure: Unsure = Field(Unsure(), description="How a reader who does not know the answer finds it.")
    why: Text | None = Field(None, description="Why it is asked.")
    source: Text | None = Field(None, description="Where the rule behind it comes from.")
    since: Text | None = Field(None, description="Since when the rule holds.")
    answers: dict[Id, Answer] = Field(min_length=2, description="Answer id → answer.")
    renamed_from: Ids = Field((), description="Ids this question had before.")

    # For the proof of the table (macros.decision.proof).
    worst_first: Ids = Field((), description="Ids of answers, from the worst situation to the best.")


class Notice(Part):
    """What holds whatever the outcome: a warning, or a note in the list below the warnings."""

    kind: Literal["warning", "note"] = Field("note", description="`warning` for what can do harm.")
    title: Text | None = Field(None, description="The title of a warning; it says what may happen.")
    text: Text = Field(description="The notice, as full sentences.")

    @model_validator(mode="after")
    def has_a_title_if_a_warning(self) -> Self:
        if self.kind == "warning" and self.title is None:
            raise mistake("The warning has no title.", "Write `title: …`, with a title that says what may happen.")
        if self.kind == "note" and self.title is not None:
            raise mistake("Only a warning has a title.", "Delete the title, or write `kind: warning`.")
        return self


class RetiredAnswer(Part):
    """An answer that is no longer there."""

    now: dict[Id, Id] = Field({}, description="Question id → answer id of today, for what it stands for.")


class Retired(Part):
    """A question, or some answers to one, that the tree no longer has; addresses may still hold them."""

    note: Text = Field(description="One sentence that tells the reader of a kept address what changed.")
    answers: dict[Id, RetiredAnswer] = Field(min_length=1, description="Former answer id → what it stands for.")


class Changed(Part):
    """Answers that led elsewhere in an earlier version; addresses may still hold them."""

    until: Text = Field(description="The last published version in which they led elsewhere.")
    answers: dict[Id, Id] = Field({}, description="Question id → answer id of today; every address of that version where it is left out.")
    note: Text = Field(description="One sentence that tells the reader of a kept address what changed.")


class Decision(Part):
    """A whole data file. Every mapping keeps the order of the file."""

    title: Text = Field(description="What the reader decides here.")
    start: Id = Field(description="The id of the first question.")
    criteria: dict[Id, Text] = Field({}, description="Criterion id → row title of the table.")
    card: Ids = Field((), description="Ids of the criteria that the card of a method shows.")
    about: Text | None = Field(None, description="The page that calls `decision_questions` for this tree, as a path below docs/.")
    methods: dict[Id, Method] = Field({}, description="Outcomes that the table compares.")
    other_outcomes: dict[Id, Outcome] = Field({}, description="Outcomes outside the comparison.")
    notices: dict[Id, Notice] = Field({}, description="What holds whatever the outcome.")
    questions: dict[Id, Question] = Field(min_length=1, description="Question id → question.")
    retired: dict[Id, Retired] = Field({}, description="Id of a question in kept addresses → what changed.")
    changed: Annotated[tuple[Changed, ...], Field(strict=False)] = Field((), description="What led elsewhere in a published version.")
    worst_first: Ids = Field((), description="Ids of outcomes, from those for the worst situation to those for the best.")

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """Every place a path may end in: the methods, then the other outcomes."""
        return {**self.methods, **self.other_outcomes}
