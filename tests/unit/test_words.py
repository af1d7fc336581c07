"""Templates hold no words of their own: each comes from the words, which a site may replace."""

import ast
import re
from collections.abc import Iterator

import pytest
from support.sites import ROOT

from macros.page.words import ENGLISH

# The default words of the theme, for a generator that passes none on.
OWN = "partials/words.html"
TEMPLATES = [path for folder in ("templates", "theme") for path in sorted((ROOT / "macros" / folder).rglob("*.html")) if not path.match(OWN)]
# What takes words without a template.
COPIES = ROOT / "macros" / "publish" / "copies.py"
# Those that still do. The list shrinks: a template without any is taken off it.
NOT_YET = {"planning-sheet.html", "run-sheets.html", "run-words.html", "runbook.html"}
# The same in every language.
NAMES = {"SHA-256"}

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# A text in quotes within Jinja that begins as a sentence or a title does; ids begin with a small letter.
QUOTED = re.compile(r"""(["'])([A-Z][a-z].*?)\1""")
SAID = re.compile(r'(?:aria-label|title|alt|placeholder|value|data-label|data-say-[\w-]+)="([^"]*)"')
SILENT = re.compile(r"<(script|style|defs)\b.*?</\1>|<[^>]*>", re.DOTALL)
USED = re.compile(r"\b(?:words|words_here\(\))\.(\w+)\.(\w+)")
# Words that a template takes by what the data says.
BY_VALUE = {("states", "role"), ("states", "replication"), ("states", "verdict")}
WORD = re.compile(r"[^\W\d_]{2,}")


def prose(text: str) -> Iterator[str]:
    """What a template itself says to a reader."""
    for jinja in JINJA.findall(text):
        if not jinja.startswith("{#"):
            yield from (quoted for _, quoted in QUOTED.findall(jinja))
    # An id or class that Jinja makes is no text.
    plain = JINJA.sub("\x00", text)
    yield from SAID.findall(plain)
    yield from re.split(r"[\x00\n]", re.sub(r"&\w+;", "", SILENT.sub("\x00", plain)))


def words_of(text: str) -> list[str]:
    return [one.strip() for one in prose(text) if WORD.search(one) and one.strip() not in NAMES]


def test_no_template_but_those_listed_has_words_of_its_own() -> None:
    found = {path.name: words for path in TEMPLATES if (words := words_of(path.read_text(encoding="utf-8")))}
    assert {name: words for name, words in found.items() if name not in NOT_YET} == {}
    assert NOT_YET - set(found) == set(), "these can be taken off the list"


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    used = {pair for path in [*TEMPLATES, COPIES] for pair in USED.findall(path.read_text(encoding="utf-8"))}
    there = {(group, key) for group, part in ENGLISH for key, _ in part if (group, key.partition("_")[0]) not in BY_VALUE}
    assert used == there


def test_the_words_that_the_theme_has_for_itself_are_the_default_ones() -> None:
    own = ast.literal_eval(re.search(r"or (\{.*\}) %\}", (ROOT / "macros" / "theme" / OWN).read_text(encoding="utf-8"), re.DOTALL)[1])
    assert own == {group: dict(getattr(ENGLISH, group)) for group in own}


@pytest.mark.parametrize(("template", "words"), [
    ("<p>Next step</p>", ["Next step"]), ('<p aria-label="The steps">{{ step }}</p>', ["The steps"]), ('<p data-say-no="None left">', ["None left"]),
    ("<p>{{ words.tree.back }}</p>", []), ('{% set TITLES = {"a": "The first"} %}', ["The first"]), ("{# A note. #}<p class=\"{{ 'a' if b }}\">3 × 4 → %</p>", []),
    ('{% if answer.goto %}Next: {{ answer.label }}{% endif %}', ["Next:"]), ("<script>location.reload()</script>", []),
])
def test_a_word_of_a_template_is_found(template: str, words: list[str]) -> None:
    assert words_of(template) == words
