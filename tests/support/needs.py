"""Which packages a file of tests needs that are not there."""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent


@cache
def missing(path: Path) -> frozenset[str]:
    """The packages that a file of tests, or what it imports of support/, imports and that are not there; for a folder those of its conftest.py."""
    if path.is_dir():
        return missing(path / "conftest.py") if path != TESTS else frozenset()
    if path.suffix != ".py" or not path.is_file():
        return frozenset()
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module == "support":
            names = [f"support.{one.name}" for one in node.names]
        else:
            names = [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            top, _, rest = name.partition(".")
            if top == "support":
                found |= missing(TESTS / "support" / f"{rest}.py")
            elif not find_spec(top):
                found.add(top)
    return frozenset(found)
