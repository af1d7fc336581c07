"""A writer's mistake: where it is, what is wrong, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic_core import PydanticCustomError

# The way to a value in a data file: keys and list positions, from the top.
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake, at one place of a data file. `what` and `fix` are full sentences.

    With `at_key`, it is not the value but the key of the place that is wrong.
    """

    place: Place
    what: str
    fix: str
    at_key: bool = False


def near_miss(word: str, known: Iterable[str]) -> str:
    """`Did you mean "x"? ` for the known word most like `word`, or an empty text."""
    close = get_close_matches(word, list(known), n=1)
    return f'Did you mean "{close[0]}"? ' if close else ""


def one_of(known: Iterable[str], most: int = 12) -> str:
    """The known words as a list for a message, cut after `most`."""
    words = list(known)
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")


def mistake(what: str, fix: str) -> PydanticCustomError:
    """The error for a validator of a model to raise: what is wrong and what to write instead."""
    return PydanticCustomError("mistake", "{what}", {"what": what, "fix": fix})
