"""Every page has the form of its kind, the site's words and right spelling.

The rules are in form.py, in style.yml and, for Markdown itself, in PyMarkdown.
"""

import json
from pathlib import Path

import pytest
import yaml
from support.examples import TREE
from support.form import page_form, plain, procedure
from support.generated import SCHEMAS, stale, without_schema
from support.sites import ROOT
from support.words import STYLE, markdown_mistakes, spelling_mistakes, words

from macros.source.mistake import said
from macros.source.yaml_file import read

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
DATA = sorted((DOCS / "_data").rglob("*.yml"))
# The runbooks: their pages have phases with stops.
PROCEDURES = sorted(DOCS.glob("upgrade-*.md"))


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


def test_the_markdown_is_well_formed() -> None:
    pytest.importorskip("pymarkdown")
    assert markdown_mistakes(DOCS) == ""


def test_the_spelling_is_right() -> None:
    pytest.importorskip("codespell_lib")
    assert spelling_mistakes(DOCS, ROOT / "README.md", ROOT / "macros") == ""


def test_schemas_and_route_reviews_are_current() -> None:
    assert stale(ROOT) == []


def test_every_data_file_names_its_schema() -> None:
    assert without_schema(ROOT) == []


def test_the_schemas_say_what_an_editor_underlines() -> None:
    schema = json.loads((ROOT / SCHEMAS / "decision.schema.json").read_text(encoding="utf-8"))
    pytest.importorskip("jsonschema").Draft202012Validator.check_schema(schema)
    for path in (DOCS / "_data").glob("*.yml"):
        pytest.importorskip("jsonschema").validate(read(path, path.name).data, schema)
    spoilt = [
        TREE.replace("start:", "strat:"), TREE.replace("goto: sure", "goot: sure"), TREE.replace("choose: blue, ", ""),
        TREE.replace("goto: sure", "goto: sure, choose: red"), TREE.replace("ask: Really?", "ask: 7"),
        TREE.replace("  sure:", "  So Sure:"), TREE.replace("recommended: true", "recommended: indeed"),
    ]
    pytest.importorskip("jsonschema").validate(yaml.safe_load(TREE), schema)
    for text in spoilt:
        with pytest.raises(pytest.importorskip("jsonschema").ValidationError):
            pytest.importorskip("jsonschema").validate(yaml.safe_load(text), schema)
