"""A writer's mistake: where it is, what is wrong, and what to write instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from pydantic_core import PydanticCustomError

# The way to a value in a data file: keys and list positions, from the top.
Place = tuple[str | int, ...]


class Mistake(NamedTuple):
    """A mistake at its line and column, both counted from 1."""

    line: int
    column: int
    what: str
    fix: str


class MistakesError(Exception):
    """Mistakes in files. Its text is one line per mistake: `file:line:column: what. Fix.`"""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class ValueMistake:
    """One mistake, at one place of a data file. `what` and `fix` are full sentences.

    With `at_key`, it is not the value but the key of the place that is wrong.
    """

    place: Place
    what: str
    fix: str
    at_key: bool = False


def said(name: str, mistakes: Iterable[Mistake]) -> list[str]:
    """One line for each mistake in the file of this name, in the order of the file."""
    return [f"{name}:{m.line}:{m.column}: {m.what} {m.fix}" for m in sorted(mistakes)]


def near_miss(word: str, known: Iterable[str]) -> str:
    """`Did you mean "x"? ` for the known word most like `word`, or an empty text."""
    close = get_close_matches(word, list(known), n=1)
    return f'Did you mean "{close[0]}"? ' if close else ""


def one_of(known: Iterable[str], most: int = 12) -> str:
    """The known words as a list for a message, cut after `most`."""
    words = list(known)
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")


def unknown(place: Place, kind: str, name: str, known: Iterable[str], at_key: bool = False) -> ValueMistake:
    """The mistake of a name that no part of this kind has."""
    return ValueMistake(place, f'There is no {kind} "{name}".', instead(name, known), at_key)


def instead(name: str, known: Iterable[str]) -> str:
    """What to write instead of a name that no part has: the id that it has now, where `known` is the parts by their ids and one was renamed."""
    parts = known if isinstance(known, Mapping) else {}
    now = next((id for id, part in parts.items() if name in getattr(part, "renamed_from", ())), None)
    known = list(known)
    return f'It is called "{now}" now: write that.' if now else f"{near_miss(name, known)}Write the id of one of: {one_of(known)}."


def mistake(what: str, fix: str) -> PydanticCustomError:
    """The error for a validator of a model to raise: what is wrong and what to write instead."""
    return PydanticCustomError("mistake", "{what}", {"what": what, "fix": fix})
