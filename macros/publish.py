"""The trees as JSON for other tools, with a JSON Schema (draft 2020-12)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.model import Decision

FOLDER = "trees"
SCHEMA = "decision.schema.json"


def schema() -> dict[str, Any]:
    """The JSON Schema of a decision, made from the model."""
    made = Decision.model_json_schema()
    # A published tree names its schema.
    made["properties"] = {"$schema": {"type": "string"}, **made["properties"]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def as_json(decision: Decision) -> dict[str, Any]:
    """A decision as plain values, in the order of its data file."""
    return {"$schema": SCHEMA, **decision.model_dump(mode="json", exclude_defaults=True)}


def write_trees(site: Path, trees: Mapping[str, Decision]) -> None:
    """Write each tree and the schema below the site's folder."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    values = {f"{name}.json": as_json(decision) for name, decision in trees.items()}
    for name, value in {**values, SCHEMA: schema()}.items():
        text = json.dumps(value, ensure_ascii=False, indent=2)
        (folder / name).write_text(text + "\n", encoding="utf-8")
