"""Markdown and spelling as programs find them, and what the schemas let an editor underline.

The form and words of the pages are checked by each build.
"""

import json

import pytest
import yaml
from support.examples import TREE
from support.sites import ROOT
from support.tools import markdown_mistakes, spelling_mistakes

from macros.content.generated import SCHEMAS
from macros.decision.read import files_of_trees
from macros.source.yaml_file import read

DOCS = ROOT / "docs"


@pytest.mark.slow
def test_the_markdown_is_well_formed() -> None:
    pytest.importorskip("pymarkdown")
    assert markdown_mistakes(DOCS) == ""


def test_the_spelling_is_right() -> None:
    pytest.importorskip("codespell_lib")
    assert spelling_mistakes(ROOT / "README.md", ROOT / "macros") == ""


def test_the_schemas_say_what_an_editor_underlines() -> None:
    schema = json.loads((ROOT / SCHEMAS / "decision.schema.json").read_text(encoding="utf-8"))
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema)
    # `jsonschema.validate` would look at the schema itself again each time.
    validator = jsonschema.Draft202012Validator(schema)
    for path in files_of_trees(DOCS):
        validator.validate(read(path, path.name).data)
    spoilt = [
        TREE.replace("start:", "strat:"), TREE.replace("goto: sure", "goot: sure"), TREE.replace("choose: blue, ", ""),
        TREE.replace("goto: sure", "goto: sure, choose: red"), TREE.replace("ask: Really?", "ask: 7"),
        TREE.replace("  sure:", "  So Sure:"), TREE.replace("recommended: true", "recommended: indeed"),
    ]
    validator.validate(yaml.safe_load(TREE))
    for text in spoilt:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(yaml.safe_load(text))
