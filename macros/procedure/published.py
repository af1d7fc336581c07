"""The procedures as JSON for other tools, with a JSON Schema (draft 2020-12)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from macros.procedure.model import Mark, Step, Stop, WayBack
from macros.procedure.played import Played, Row
from macros.source.part import Part
from macros.source.schemas import as_text, json_schema, schema_name

FOLDER = "procedures"
Key = Literal["active", "first", "other"]


class ServerState(Part):
    """What a kind of server is."""

    called: str = Field(description="What the page calls it.")
    words: dict[str, str] = Field(description="Column of a table of states → what it says.")
    values: dict[str, str] = Field(description="Attribute → value, where all ways through the procedure agree.")


class Procedure(Part):
    """A procedure, step by step, as its page tells it. Texts are Markdown."""

    class Step(Part):
        id: str = Field(description="Section and number.")
        on: str = Field(description="The servers that it is done on, in the words of the page.")
        of: str = Field(description="The servers that it is for, in the words of the page.")
        action: str = Field(description="What it does; empty, if it does nothing to a server.")
        instead: str = Field(description="What may be done instead.")
        text: str
        commands: list[str]
        expected: str
        if_not: str
        after: dict[Key, ServerState] = Field(description="What the servers that it changes are afterwards.")

    class Stop(Part):
        title: str
        state: dict[Key, ServerState] = Field(description="What each of them is then.")

    class Phase(Part):
        number: int
        id: str
        title: str
        stretch: bool = Field(description="Whether it has a stretch that must not be paused.")
        no_return: bool = Field(description="Whether the point of no return is in it.")
        accept: list[str] = Field(description="The ids of the warnings that are accepted by name.")
        steps: list["Procedure.Step"]
        stops: list["Procedure.Stop"]
        way_back: list[str] = Field(description="The sections that the way back follows.")

    schema_file: str = Field(alias="$schema")
    page: str = Field(description="The path of the page below docs/.")
    start: dict[Key, ServerState]
    phases: list["Procedure.Phase"]


def as_value(played: Played) -> dict:
    """A procedure as plain values, in the order of its page."""
    phases = []
    for phase in played.procedure.phases():
        marks = phase.of(Mark)
        phases.append({
            "number": phase.phase, "id": phase.id, "title": phase.title,
            "stretch": any(mark.stretch for mark in marks), "no_return": any(mark.no_return for mark in marks),
            "accept": [mark.accept for mark in marks if mark.accept],
            "steps": [step_value(step, played) for step in phase.of(Step)],
            "stops": [{"title": stop.title, "state": states(played.at_stop[stop.line], played)} for stop in phase.of(Stop)],
            "way_back": [way.follow for way in phase.of(WayBack) if way.follow],
        })
    return {"$schema": schema_name(Procedure), "page": played.procedure.page, "start": states(played.start.values(), played), "phases": phases}


def step_value(step: Step, played: Played) -> dict:
    return {
        "id": step.id, "on": step.on, "of": step.of, "action": step.action, "instead": step.instead, "text": step.text,
        "commands": list(step.commands), "expected": step.expected, "if_not": step.if_not,
        "after": states(played.after[step.id].values(), played),
    }


def states(rows: Iterable[Row], played: Played) -> dict:
    return {
        row.key: {"called": row.called, "words": dict(zip(played.columns, row.words, strict=True)), "values": dict(row.state)} for row in rows
    }


def write_procedures(site: Path, played: Mapping[str, Played]) -> None:
    """Write each procedure that has phases, and the schema, below the site's folder."""
    values = {f"{page.removesuffix('.md').replace('/', '-')}.json": as_value(one) for page, one in played.items() if one.procedure.phases()}
    if not values:
        return
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in {**values, schema_name(Procedure): json_schema(Procedure)}.items():
        (folder / name).write_text(as_text(value), encoding="utf-8")
