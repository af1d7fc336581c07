"""The words of this site: a text in, the words that the style replaces out."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from support.sites import ROOT

from macros.source.mistake import Mistake


@dataclass(frozen=True)
class Rule:
    """A way of writing that is not used here, what to write instead, and why."""

    pattern: re.Pattern[str]
    say: str
    because: str


@dataclass(frozen=True)
class Style:
    """The words of this site."""

    rules: list[Rule]
    quoted: list[str]


def read_style(path: Path) -> Style:
    """The style of a file such as tests/style.yml."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    rules = []
    for entry in data["avoid"]:
        either = "|".join(re.escape(word) for word in entry["words"])
        flags = 0 if entry.get("as_written") else re.IGNORECASE
        rules.append(Rule(re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", flags), entry["say"], entry["because"]))
    return Style(rules, data["quoted"])


# What is no prose: code, the targets of links, HTML tags, attributes and macro calls.
NO_PROSE = re.compile(r"`[^`]*`|(?<=\])\([^)]*\)|<[^>]*>|\{\{.*?\}\}|\{ ?[#.:][^}]*\}|https?://\S+")


def words(lines: Iterable[str], style: Style) -> Iterator[Mistake]:
    """Words that the style replaces, in the lines of a page or of a data file."""
    for number, line in enumerate(lines, 1):
        for text in style.quoted:
            line = line.replace(text, " " * len(text))
        line = NO_PROSE.sub(lambda match: " " * len(match[0]), line)
        for rule in style.rules:
            for match in rule.pattern.finditer(line):
                yield Mistake(number, match.start() + 1, f'"{match[0]}" is not used here: {rule.because}.', f"{rule.say}.")


STYLE = read_style(ROOT / "tests" / "style.yml")


def markdown_mistakes(folder: Path) -> str:
    """What PyMarkdown finds in the pages of a folder."""
    return output_of("pymarkdown", "--config", ROOT / "tests" / "pymarkdown.json", "scan", "--recurse", folder)


def spelling_mistakes(*paths: Path) -> str:
    """What codespell finds: the place, the word and what to write."""
    return output_of("codespell_lib", "--skip", "*.json,*.js", *paths)


def output_of(module: str, *arguments: object) -> str:
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    return done.stdout + done.stderr
