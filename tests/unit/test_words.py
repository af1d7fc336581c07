"""Templates hold no words of their own: each comes from the words, which a site may replace."""

import ast
import re
from collections.abc import Iterator

import pytest
from support.sites import ROOT

from macros.page.words import ENGLISH

# The default words of the theme, for a generator that passes none on.
OWN = "partials/words.html"
TEMPLATES = [path for folder in ("templates", "theme", "publish") for path in sorted((ROOT / "macros" / folder).rglob("*.html")) if not path.match(OWN)]
# What takes words without a template.
PYTHON = [ROOT / "macros" / path for path in ("procedure/marks.py", "publish/colours.py", "publish/copies.py", "publish/manual.py")]
# The same in every language.
NAMES = {"SHA-256"}

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# A text in quotes within Jinja that begins as a sentence or a title does; ids begin with a small letter.
QUOTED = re.compile(r"""(["'])([A-Z][a-z].*?)\1""")
# A value that begins with a small letter is an id.
SAID = re.compile(r'(?:aria-label|title|alt|placeholder|value(?=="[A-Z])|data-label|data-say-[\w-]+)="([^"]*)"')
SILENT = re.compile(r"<(script|style|defs)\b.*?</\1>|<[^>]*>", re.DOTALL)
USED = re.compile(r"\b(?:words|words_here\(\))\.(\w+)\.(\w+)")
# Words that a template takes by what the data says.
BY_VALUE = {("states", "role"), ("states", "replication"), ("states", "verdict")}
# A group that a template hands to a script as a whole.
WHOLE = re.compile(r"\bin words\.(\w+) %\}")
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


def test_no_template_has_words_of_its_own() -> None:
    assert {path.name: words for path in TEMPLATES if (words := words_of(path.read_text(encoding="utf-8")))} == {}


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*TEMPLATES, *PYTHON]]
    used = {pair for text in texts for pair in USED.findall(text)}
    used |= {(group, key) for text in texts for group in WHOLE.findall(text) for key, _ in getattr(ENGLISH, group)}
    there = {(group, key) for group, part in ENGLISH for key, _ in part if (group, key.partition("_")[0]) not in BY_VALUE}
    assert used == there


def test_the_words_that_the_theme_has_for_itself_are_the_default_ones() -> None:
    own = ast.literal_eval(re.search(r"or (\{.*\}) %\}", (ROOT / "macros" / "theme" / OWN).read_text(encoding="utf-8"), re.DOTALL)[1])
    assert own == {group: dict(getattr(ENGLISH, group)) for group in own}


@pytest.mark.parametrize(("template", "words"), [
    ("<p>Next step</p>", ["Next step"]), ('<p aria-label="The steps">{{ step }}</p>', ["The steps"]), ('<p data-say-no="None left">', ["None left"]),
    ("<p>{{ words.tree.back }}</p>", []), ('{% set TITLES = {"a": "The first"} %}', ["The first"]), ("{# A note. #}<p class=\"{{ 'a' if b }}\">3 × 4 → %</p>", []),
    ('{% if answer.goto %}Next: {{ answer.label }}{% endif %}', ["Next:"]), ("<script>location.reload()</script>", []),
    ('<button value="skipped">', []), ('<input value="Before the start">', ["Before the start"]),
])
def test_a_word_of_a_template_is_found(template: str, words: list[str]) -> None:
    assert words_of(template) == words
