"""The rooms of macros/: each imports only from those before it, and the door from nothing but itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sites import ROOT

# Rooms of one line may not import each other in a circle; their order is that of this list.
ROOMS = ("source", "page", "decision", "procedure", "reference", "content", "publish", "plugin")


def imports(source: str) -> Iterator[str]:
    """Every module that a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def wrong_imports(package: Path) -> list[str]:
    """Each import of a room that leads to a later one, or out of the standard library from the door."""
    found = []
    for path in sorted(package.glob("*/*.py")):
        room = path.parent.name
        for name in imports(path.read_text(encoding="utf-8")):
            top, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if room == "door":
                wrong = target != "door" if top == "macros" else top not in sys.stdlib_module_names
            else:
                wrong = top == "macros" and (target not in ROOMS or ROOMS.index(target) > ROOMS.index(room))
            if wrong:
                found.append(f"{room}/{path.name}: {name}")
    return found


def test_no_room_imports_from_a_later_one() -> None:
    assert wrong_imports(ROOT / "macros") == []


@pytest.mark.parametrize(("room", "line", "found"), [
    ("source", "from macros.page.site import Site", True), ("plugin", "from macros.page.site import Site", False),
    ("page", "def f():\n    import macros.plugin.mkdocs", True), ("page", "from macros.attic import x", True),
    ("door", "import yaml", True), ("door", "import os.path", False), ("door", "from macros.source.load import load", True),
])
def test_a_wrong_import_is_found(room: str, line: str, found: bool, tmp_path: Path) -> None:
    (tmp_path / room).mkdir()
    (tmp_path / room / "module.py").write_text(line + "\n")
    assert bool(wrong_imports(tmp_path)) is found
