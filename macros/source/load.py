"""Load a data file: YAML text → a validated model, or every mistake with its line."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from macros.source.mistake import Place, ValueMistake, near_miss, one_of
from macros.source.yaml_file import Source, read

Model = TypeVar("Model", bound=BaseModel)


def load(
    path: Path,
    name: str,
    model: type[Model],
    *checks: Callable[[Model], list[ValueMistake]],
    parts: Callable[[Any], list[ValueMistake]] = lambda data: [],
) -> Model:
    """The file at `path` as a `model`. `name` stands for the file in messages.

    `checks` look at the model; where the file is no model, `parts` looks at its plain values,
    to name at once what is wrong in the parts that are.

    Raises MistakesError with every mistake that the YAML, the model or the checks find.
    """
    return load_placed(read(path, name), model, *checks, parts=parts)


def load_placed(
    source: Source, model: type[Model], *checks: Callable[[Model], list[ValueMistake]],
    parts: Callable[[Any], list[ValueMistake]] = lambda data: [],
) -> Model:
    """The same for what is read already, so that the places of its values stay known."""
    value, found = None, []
    try:
        value = model.model_validate(source.data)
    except ValidationError as error:
        found = [explain(model, details) for details in causes(model, error.errors())]
    if source.mistakes:
        pass  # a key that is there twice hides what its ids are
    elif value is None:
        found += parts(source.data)
    else:
        found = [one for check in checks for one in check(value)]
    mistakes = source.mistakes + [source.locate(one) for one in found]
    if mistakes or value is None:
        raise source.error(mistakes)
    return value


def causes(model: type[BaseModel], errors: list[Any]) -> list[Any]:
    """Pydantic's errors without those of keys that are missing because they are misspelt."""
    meant = {
        (*details["loc"][:-1], key) for details in errors if details["type"] == "extra_forbidden"
        for key in get_close_matches(str(details["loc"][-1]), keys_at(model, details["loc"][:-1]), n=1)
    }
    return [details for details in errors if details["type"] != "missing" or details["loc"] not in meant]


def explain(model: type[BaseModel], details: dict[str, Any]) -> ValueMistake:
    """A pydantic error in the words of a writer. `details` is one item of `errors()`."""
    place: Place = tuple(details["loc"])
    if at_key := place[-1:] == ("[key]",):
        place = place[:-1]
    kind, given = details["type"], details.get("input")
    name, called = place[-1] if place else "file", called_at(place)
    if kind == "extra_forbidden":
        known = keys_at(model, place[:-1])
        return ValueMistake(place, f'The key "{name}" is not known here.',
                       f"{near_miss(str(name), known)}Write one of: {one_of(known)}.", at_key=True)
    if kind == "missing":
        about = field_at(model, place)
        return ValueMistake(place, f'The key "{name}" is missing.', f"Write `{name}: …`. {about}".strip())
    if kind in ("string_pattern_mismatch", "string_too_long"):
        return ValueMistake(place, f'"{given}" is not an id.',
                       "Use up to 64 lower-case letters, digits and single hyphens, beginning with a letter.", at_key)
    if kind == "mistake":
        return ValueMistake(place, details["ctx"]["what"], details["ctx"]["fix"], at_key)
    if kind == "too_short":
        least = details["ctx"]["min_length"]
        what = {"answers": "answers", "questions": "question"}.get(str(name), "entries")
        return ValueMistake(place, f'"{name}" has fewer than {least} {what}.', f"Write at least {least}.")
    if given is None or kind == "string_too_short":
        return ValueMistake(place, f"{called} is empty.", "Write a text, or delete the line.")
    if kind == "literal_error":
        known = get_args(get_args(part_at(model, place[:-1]))[0] if at_key else part_at(model, place))
        what = "The key" if at_key else called
        return ValueMistake(place, f'{what} cannot be "{given}".',
                       f"{near_miss(str(given), known)}Write one of: {one_of(known)}.", at_key)
    wanted, fix = WANTED.get(kind, (None, None))
    if wanted:
        return ValueMistake(place, f"{called} must be {wanted}, not {kind_of(given)}.", fix)
    return ValueMistake(place, f'{called} is wrong: {details["msg"]}.', "Compare it with the writing guide.")


def called_at(place: Place) -> str:
    """What a message calls the value at a place: its key, or the list that it is an entry of."""
    *above, name = place or ("file",)
    return f'"{name}"' if isinstance(name, str) else f'An entry of "{above[-1]}"'


# pydantic's name for a value of another kind → what it must be, and the fix.
GROUP = ("a group of keys", "Write `key: value` lines below it, indented by two spaces.")
WANTED = {
    "string_type": ("a text", 'Write one line of text, in quotes: "…".'),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "dict_type": GROUP,
    "model_type": GROUP,
    "model_attributes_type": GROUP,
    "tuple_type": ("a list", "Write it in brackets: [first, second]."),
}


def kind_of(value: Any) -> str:
    """What a writer would call a value of the data file."""
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", str: "a text", list: "a list", dict: "a group of keys"}
    return names.get(type(value), "this")


def part_at(model: type[BaseModel], place: Place) -> Any:
    """The type that the model declares at a place, or None."""
    kind: Any = model
    for step in place:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            declared = kind.model_fields.get(str(step))
            kind = declared.annotation if declared else None
        elif get_origin(kind) in (dict, list, tuple):
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
        else:
            return None
        if get_origin(kind) in (Union, UnionType):
            kind = next(option for option in get_args(kind) if option is not type(None))
    return kind


def keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """The keys that a group of keys may have."""
    kind = part_at(model, place)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def field_at(model: type[BaseModel], place: Place) -> str:
    """The description of the key at a place, or an empty text."""
    kind = part_at(model, place[:-1])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_fields[str(place[-1])].description or ""
    return ""
