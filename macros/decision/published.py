"""The trees as JSON for other tools, with a JSON Schema (draft 2020-12)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.decision.model import Decision
from macros.source.schemas import as_text, json_schema, schema_name

FOLDER = "trees"
SCHEMA = schema_name(Decision)


def schema() -> dict[str, Any]:
    """The JSON Schema of a published tree: the model's, and the name of the schema."""
    made = json_schema(Decision)
    made["properties"] = {"$schema": {"type": "string"}, **made["properties"]}
    return made


def as_json(decision: Decision) -> dict[str, Any]:
    """A decision as plain values, in the order of its data file."""
    return {"$schema": SCHEMA, **decision.model_dump(mode="json", exclude_defaults=True)}


def write_trees(site: Path, trees: Mapping[str, Decision]) -> None:
    """Write each tree and the schema below the site's folder."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    values = {f"{name}.json": as_json(decision) for name, decision in trees.items()}
    for name, value in {**values, SCHEMA: schema()}.items():
        (folder / name).write_text(as_text(value), encoding="utf-8")
