"""What is known about the product is data: no word of it stands in the Python or in the scripts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from support.sites import ROOT

from macros.source.yaml_file import LOADER

DATA = ROOT / "docs" / "_data"
# Names of the product that no data file holds as a term of its own.
NAMES = {"Standby", "Active Server", "Management Server", "sgReplicationAdmin", "Forcepoint"}
# Words of the data that any site may write.
ORDINARY = {"Left out", "In part"}
# Scripts with such words, and how many lines may have one. The list shrinks: a script without any is taken off it.
KNOWN_SCRIPTS = {"runbook.js": 4}


@cache
def terms() -> frozenset[str]:
    """The product's words, from the data.

    A single word that any program may hold, such as the action "Stop" or the value "Old", is none:
    what is looked for has several words, or signs or capitals that no ordinary word has.
    """
    actions = yaml.load((DATA / "reference" / "actions.yml").read_text(encoding="utf-8"), LOADER)
    states = yaml.load((DATA / "reference" / "states.yml").read_text(encoding="utf-8"), LOADER)
    short = re.findall(r"^\*\[([^\]]+)\]", (DATA / "abbreviations.txt").read_text(encoding="utf-8"), re.MULTILINE)
    found = {word for values in actions["attributes"].values() for word in values.values()}
    found |= {word for group in actions["groups"] for word in group["words"]}
    found |= {action["name"] for action in actions["actions"].values()} | set(actions["actions"])
    found |= {*short, *states["states"]}
    return frozenset(NAMES | {word for word in found if re.search(r"\w[ _-]\w|\w[A-Z]", word)} - ORDINARY)


@cache
def pattern(known: frozenset[str]) -> re.Pattern[str]:
    """Any of these words, as a whole."""
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(known, key=lambda word: (-len(word), word))))})s?(?![\w-])")


def words_in(text: str, known: frozenset[str]) -> list[str]:
    """The words of the product in a text, each as a whole, with its capitals."""
    return sorted(set(pattern(known).findall(text)))


def of_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each string that is no docstring, and of each name, in Python."""
    tree = ast.parse(source)
    said = {
        id(node.body[0].value) for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.lineno, node.name
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.lineno, node.arg


# A comment of a script, or a string in which what looks like one is none.
COMMENT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/""", re.DOTALL)


def of_script(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each line of a script, without its comments."""
    bare = COMMENT.sub(lambda match: match[1] or "\n" * match[0].count("\n"), source)
    yield from enumerate(bare.splitlines(), 1)


def found(name: str, source: str, known: frozenset[str]) -> list[str]:
    """Each line of a file with a word of the product."""
    parts = of_python if name.endswith(".py") else of_script
    lines = {line: words for line, text in parts(source) if (words := words_in(as_words(text), known))}
    return [f"{name}:{line}: {', '.join(words)}" for line, words in sorted(lines.items())]


def found_in(folder: Path, pattern: str) -> list[str]:
    """Each such line of the files in a folder."""
    known = terms()
    return [line for path in sorted(folder.rglob(pattern)) for line in found(path.name, path.read_text(encoding="utf-8"), known)]


def as_words(text: str) -> str:
    """A text; of a name the words that it is made of, with capitals."""
    return f"{text} {text.replace('_', ' ').title()}" if re.fullmatch(r"\w+_\w+", text) else text


def test_no_word_of_the_product_stands_in_python() -> None:
    assert found_in(ROOT / "macros", "*.py") == []


def test_no_new_word_of_the_product_stands_in_a_script() -> None:
    lines = found_in(ROOT / "docs" / "assets", "*.js")
    new = [line for line in lines if line.partition(":")[0] not in KNOWN_SCRIPTS]
    more = [name for name, most in KNOWN_SCRIPTS.items() if sum(line.startswith(f"{name}:") for line in lines) > most]
    assert new == more == []


KNOWN = frozenset({"Great Server", "great-server", "GREAT_ONE", "greatTool"})


@pytest.mark.parametrize(("name", "source", "lines"), [
    ("a.py", 'x = "the Great Server"\n', [1]), ("a.py", 'x = f"{y} great-server"\n', [1]), ("a.py", "def great_server(): ...\n", [1]),
    ("a.py", "x = y.greatTool\nf(great_server=1)\nclass GREAT_ONE: ...\n", [1, 2, 3]), ("a.py", "def f(great_server=None): ...\n", [1]),
    ("a.py", '"""Great Server."""\n\n\ndef f():\n    """Great Servers."""\n    # Great Server\n    return "x"  # great-server\n', []),
    ("a.py", 'x = "Greater Server", "great server", "ungreat-server"\n', []), ("a.py", 'f("")\n"Great Servers"\n', [2]),
    ("a.js", 'const x = "Great Server"; // Great Server\n', [1]), ("a.js", "/* Great Server\n   again */\nconst x = 1; // greatTool\n", []),
    ("a.js", 'const x = "https://x"; const y = `\n${z} GREAT_ONE`;\n', [2]), ("a.js", "const x = /[/]*Great Server/;\n", [1]),
])
def test_a_word_is_found_where_it_works_and_not_where_it_explains(name: str, source: str, lines: list[int]) -> None:
    assert [int(line.split(":")[1]) for line in found(name, source, KNOWN)] == lines


def test_there_are_words_to_look_for() -> None:
    assert len(terms()) > 30
