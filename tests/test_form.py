"""Every page has the form of its kind, the site's words and right spelling.

The rules are in form.py, in style.yml and, for Markdown itself, in PyMarkdown.
"""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import ROOT
from examples import TREE
from form import page_form, plain, procedure
from generated import SCHEMAS, stale, without_schema
from words import read_style, words

from macros.source.mistake import said
from macros.source.yaml_file import read

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
DATA = sorted((DOCS / "_data").rglob("*.yml"))
# The runbooks: their pages have phases with stops.
PROCEDURES = sorted(DOCS.glob("upgrade-*.md"))
STYLE = read_style(ROOT / "tests" / "style.yml")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def form_mistakes(path: Path) -> list[str]:
    """What is wrong with the form of a page and its words."""
    text = path.read_text(encoding="utf-8-sig")
    rules = procedure(text) if path in PROCEDURES else []
    return said(name(path), [*page_form(text), *rules, *words(plain(text), STYLE)])


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_the_page_has_its_form_and_words(path: Path) -> None:
    assert form_mistakes(path) == []


@pytest.mark.parametrize("path", DATA, ids=name)
def test_the_data_file_has_the_sites_words(path: Path) -> None:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert said(name(path), words(lines, STYLE)) == []


def test_there_are_pages_and_procedures_to_look_at() -> None:
    assert len(PAGES) > 5 and len(PROCEDURES) >= 2 and DATA


def markdown_mistakes(folder: Path) -> str:
    """What PyMarkdown finds in the pages of a folder."""
    return output_of("pymarkdown", "--config", ROOT / "tests" / "pymarkdown.json", "scan", "--recurse", folder)


def spelling_mistakes(*paths: Path) -> str:
    """What codespell finds: the place, the word and what to write."""
    return output_of("codespell_lib", "--skip", "*.json,*.js", *paths)


def output_of(module: str, *arguments: object) -> str:
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_the_markdown_is_well_formed() -> None:
    assert markdown_mistakes(DOCS) == ""


def test_the_spelling_is_right() -> None:
    assert spelling_mistakes(DOCS, ROOT / "README.md", ROOT / "macros") == ""


def test_schemas_and_route_reviews_are_current() -> None:
    assert stale(ROOT) == []


def test_every_data_file_names_its_schema() -> None:
    assert without_schema(ROOT) == []


def test_the_schemas_say_what_an_editor_underlines() -> None:
    schema = json.loads((ROOT / SCHEMAS / "decision.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in (DOCS / "_data").glob("*.yml"):
        jsonschema.validate(read(path, path.name).data, schema)
    spoilt = [
        TREE.replace("start:", "strat:"), TREE.replace("goto: sure", "goot: sure"), TREE.replace("choose: blue, ", ""),
        TREE.replace("goto: sure", "goto: sure, choose: red"), TREE.replace("ask: Really?", "ask: 7"),
        TREE.replace("  sure:", "  So Sure:"), TREE.replace("recommended: true", "recommended: indeed"),
    ]
    jsonschema.validate(yaml.safe_load(TREE), schema)
    for text in spoilt:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(yaml.safe_load(text), schema)
