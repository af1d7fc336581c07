"""What follows from a mistake is not said beside it."""

from pathlib import Path

import pytest
from support.examples import TREE
from support.rules import form
from support.sites import write_docs

from macros.content.data import stray_files
from macros.content.form import description_mistakes


@pytest.mark.parametrize("front", ["---\ndescription: A: b\n---\n", "---\ndescription: A page.\n"])
def test_front_matter_that_cannot_be_read_is_not_said_to_lack_a_description(front: str) -> None:
    assert list(description_mistakes(f"{front}\n# Title\n", form())) == []


def test_a_tree_in_a_file_with_another_ending_is_named_once(tmp_path: Path) -> None:
    project = write_docs(tmp_path, {"_data/colour.yaml": TREE, "_data/published/colour.routes": ""})
    assert [line.split(" ")[0] for line in stray_files(project / "docs", project)] == ["docs/_data/colour.yaml:1:1:"]
