"""The trees as JSON for other tools, with a JSON Schema (draft 2020-12)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.decision.dmn import as_dmn
from macros.decision.model import Decision
from macros.decision.routes import combinations, read_kept
from macros.source.schemas import as_text, json_schema, schema_name

FOLDER = "trees"
MOST_CELLS = 20_000
SCHEMA = schema_name(Decision)


def schema() -> dict[str, Any]:
    """The JSON Schema of a published tree: the model's, the name of the schema, the version and the combinations."""
    made = json_schema(Decision)
    name = {"type": "string"}
    row = {"number": {"type": "integer", "minimum": 1}, "answers": {"type": "object", "additionalProperties": name}, "outcome": name}
    made["properties"] = {
        "$schema": name, "version": name, **made["properties"],
        "combinations": {"type": "array", "items": {"type": "object", "properties": row, "required": [*row], "additionalProperties": False}},
    }
    return made


def as_json(decision: Decision, rows: list[dict[str, Any]], version: str) -> dict[str, Any]:
    """A decision as plain values, in the order of its data file, and its combinations if there are not too many. `version` is that of the pages."""
    plain = {"$schema": SCHEMA, **({"version": version} if version else {}), **decision.model_dump(mode="json", exclude_defaults=True)}
    return {**plain, "combinations": rows} if rows else plain


def write_trees(site: Path, trees: Mapping[str, Decision], project: Path, version: str) -> None:
    """Write each tree, as JSON and as DMN, and the schema below the site's folder."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    values = {}
    for name, decision in trees.items():
        rows = combinations(decision, read_kept(project, name))
        values[f"{name}.json"] = as_json(decision, rows, version)
        # Each rule names every question: a large tree would be a file that no tool opens.
        if 0 < len(rows) * len(decision.questions) <= MOST_CELLS:
            (folder / f"{name}.dmn").write_text(as_dmn(name, decision, rows), encoding="utf-8")
    for name, value in {**values, SCHEMA: schema()}.items():
        (folder / name).write_text(as_text(value), encoding="utf-8")
