"""The words that the templates add to a page: in English, or a site's own.

`macros/words.yml` holds every word, in groups; `docs/_data/words.yml` replaces any of them. What
stands in braces is filled in, by a template or by a script.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from os.path import lexists
from pathlib import Path

from pydantic import Field, create_model

from macros.source.load import load
from macros.source.mistake import MistakesError, ValueMistake
from macros.source.part import Part, Text
from macros.source.yaml_file import read

FILE = "_data/words.yml"
DEFAULTS = Path(__file__).parent.parent / "words.yml"
FILLED = re.compile(r"\{[a-z_]+\}")


def model_of(defaults: dict[str, dict[str, str]]) -> type[Part]:
    """The model of a file of words: each group and each word may be left out, and is then as given here."""
    groups = {
        name: create_model(name.title().replace("_", ""), __base__=Part, __doc__=None, **{key: (Text, text) for key, text in words.items()})
        for name, words in defaults.items()
    }
    return create_model("Words", __base__=Part, __doc__=None, **{name: (group, Field(default_factory=group)) for name, group in groups.items()})


Words = model_of(read(DEFAULTS, DEFAULTS.name).data)
ENGLISH = Words()


def read_words(docs: Path) -> Words:
    """The words of the site with these pages. Raises MistakesError."""
    return load(docs / FILE, f"docs/{FILE}", Words, mistakes_in_braces) if lexists(docs / FILE) else ENGLISH


def words_of(docs: Path) -> Words:
    """The same, in English where the site's own are broken."""
    try:
        return read_words(docs)
    except MistakesError:
        return ENGLISH


def mistakes_in_braces(words: Words) -> list[ValueMistake]:
    """Each text that does not have what is filled in in its default, or has braces for something else."""
    found = []
    for group, part in words:
        for key, text in part:
            wanted = sorted(FILLED.findall(getattr(getattr(ENGLISH, group), key)))
            if sorted(set(FILLED.findall(text))) != wanted or set("{}") & set(FILLED.sub("", text)):
                fix = f"Write {' and '.join(wanted)} in it, and no other braces." if wanted else "Write it without braces."
                found.append(ValueMistake((group, key), f'"{key}" does not have the right braces.', fix))
    return found


# The words of the site whose page is made.
SPOKEN: ContextVar[Words] = ContextVar("SPOKEN", default=ENGLISH)


@contextmanager
def in_words(words: Words) -> Iterator[None]:
    """Within it the templates take these words."""
    token = SPOKEN.set(words)
    try:
        yield
    finally:
        SPOKEN.reset(token)


def words_here() -> Words:
    """The words of the site whose page is made."""
    return SPOKEN.get()


class Spoken:
    """What a template knows as `words`: `words.tree.back` is a word of the site at hand."""

    def __getattr__(self, group: str) -> Part:
        return getattr(words_here(), group)
