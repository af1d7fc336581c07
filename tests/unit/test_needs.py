"""With fewer packages a test that needs one of the others is left out, not broken."""

from pathlib import Path

import pytest
from support.needs import TESTS, missing


@pytest.mark.parametrize(("text", "packages"), [
    ("import json\nimport pytest\nfrom support.sites import ROOT\nfrom macros.source.code import fenced\n", set()),
    ("import no_such_package\n", {"no_such_package"}),
    ("from no_such_package.part import one\nimport no_such_thing.part\n", {"no_such_package", "no_such_thing"}),
    ("def later():\n    import no_such_package\n", set()),
])
def test_what_a_file_imports_and_is_not_there_is_told(text: str, packages: set[str], tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(text)
    assert missing(tmp_path / "test_x.py") == packages
    (tmp_path / "conftest.py").write_text(text)
    assert missing(tmp_path) == packages, "a folder needs what its conftest.py needs"


def test_pytest_reads_every_room_of_the_tests(pytestconfig: pytest.Config) -> None:
    rooms = {file.parent for file in TESTS.rglob("test_*.py")}
    passed_over = pytestconfig.getini("norecursedirs")
    assert len(rooms) > 3 and [room.name for room in rooms if any(room.match(pattern) for pattern in passed_over)] == []
