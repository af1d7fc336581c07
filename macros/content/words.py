"""The words of a text: those that the style of the site replaces, and those that are misspelt."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from macros.content.rules import Avoided, Style
from macros.source.mistake import Mistake

# What is no prose: code, the targets of links, HTML tags, attributes and macro calls.
NO_PROSE = re.compile(r"`[^`]*`|(?<=\])\([^)]*\)|<[^>]*>|\{\{.*?\}\}|\{ ?[#.:][^}]*\}|https?://\S+")
HEAD = re.compile(r"[^\W\d_][\w-]*")
WORD = re.compile(r"[^\W\d_][\w'’-]*")


def words(lines: Iterable[str], style: Style) -> Iterator[Mistake]:
    """Words that the style replaces, and misspelt ones, in the lines of a page or of a data file."""
    rules, misspelt = patterns(style), spellings()
    for number, line in enumerate(lines, 1):
        lower = line.lower()
        heads = set(HEAD.findall(lower))
        near = [(pattern, rule) for head, pattern, rule in rules if head in heads or (not head and pattern.search(line))]
        if not near and misspelt.keys().isdisjoint(WORD.findall(lower)):
            continue  # as almost every line
        for text in style.quoted:
            line = line.replace(text, " " * len(text))
        line = NO_PROSE.sub(lambda match: " " * len(match[0]), line)
        for pattern, rule in dict.fromkeys(near):
            for match in pattern.finditer(line):
                yield Mistake(number, match.start() + 1, f'"{match[0]}" is not used here: {rule.because}.', f"{rule.say}.")
        for match in WORD.finditer(line):
            if (right := misspelt.get(match[0].lower())) is not None:
                yield Mistake(number, match.start() + 1, f'"{match[0]}" is misspelt.', f"Write {right}.")


@cache
def patterns(style: Style) -> list[tuple[str, re.Pattern[str], Avoided]]:
    """For each expression that is not used: its first word, what to look for, and its rule.

    Only where a line has that word is it searched, for a site has many lines and few mistakes.
    """
    return [
        ((HEAD.findall(one.lower()) or [""])[0], whole_words(one, rule.as_written), rule)
        for rule in style.avoid for one in rule.words
    ]


def whole_words(text: str, as_written: bool) -> re.Pattern[str]:
    """A pattern for a text that stands by itself."""
    return re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])", 0 if as_written else re.IGNORECASE)


@cache
def spellings() -> dict[str, str]:
    """Misspelt word → what to write, as codespell knows them. Empty where it is not installed."""
    if not find_spec("codespell_lib"):
        return {}
    found: dict[str, str] = {}
    for name in ("dictionary.txt", "dictionary_rare.txt"):  # those that the program takes by itself
        for line in files("codespell_lib").joinpath("data", name).read_text(encoding="utf-8").splitlines():
            wrong, _, right = line.partition("->")
            # With a comma: several words, each followed by one.
            choices = [f'"{one.strip()}"' for one in right.split(",") if one.strip()]
            found.setdefault(wrong.lower(), " or ".join(choices))
    return found
