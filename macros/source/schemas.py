"""JSON Schemas (draft 2020-12) made from the models: for editors, and for published data."""

import json
from typing import Any

from pydantic import BaseModel


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a model."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **closed(model.model_json_schema())}


def closed(part: Any) -> Any:
    """A part of a schema in which a group of ids allows ids alone; pydantic leaves it open."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: closed(value) for key, value in part.items()}
    return {**made, "additionalProperties": False} if "patternProperties" in made else made


def schema_name(model: type[BaseModel]) -> str:
    """The file that holds the schema of a model."""
    return f"{model.__name__.lower()}.schema.json"


def as_text(value: dict[str, Any]) -> str:
    """A value as the text of a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
