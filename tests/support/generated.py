"""The files that are made from others and kept, so that a review shows what changes in them.

`python tests/support/generated.py` writes them anew; `python3 -m macros renew` runs it.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from macros.content.data import MODELS  # noqa: E402
from macros.decision.model import Decision  # noqa: E402
from macros.decision.paths import every_path  # noqa: E402
from macros.source.load import load  # noqa: E402
from macros.source.mistake import MistakesError  # noqa: E402
from macros.source.schemas import as_text, json_schema, schema_name  # noqa: E402

SCHEMAS = "docs/_data/schema"
ROUTES = "tests/routes"
RENEW = "python3 -m macros renew"


def schemas() -> dict[str, str]:
    """Path below the project → text, for the schema of each model."""
    return {f"{SCHEMAS}/{schema_name(model)}": as_text(json_schema(model)) for model in MODELS.values()}


def routes(root: Path) -> dict[str, str]:
    """Path below the project → text, for the route review of each tree.

    Raises MistakesError where a tree has a mistake.
    """
    made = {}
    for path in sorted((root / "docs" / "_data").glob("*.yml")):
        decision = load(path, path.relative_to(root).as_posix(), Decision)
        made[f"{ROUTES}/{path.stem}.txt"] = route_review(decision)
    return made


def route_review(decision: Decision) -> str:
    """One line for each path of a tree: its answers and the outcome."""
    return "".join(
        " ".join(f"{question}={answer}" for question, answer in path) + f" → {outcome}\n"
        for path, outcome in every_path(decision)
    )


def stale(root: Path) -> list[str]:
    """What is wrong with the kept files: one line each, with the command that fixes it."""
    wanted = {**schemas(), **routes(root)}
    found = []
    for name, text in wanted.items():
        path = root / name
        if not path.is_file():
            found.append(f"{name}:1:1: The file is missing. Run `{RENEW}`.")
        elif (kept := path.read_text(encoding="utf-8")) != text:
            line = first_difference(kept, text)
            found.append(f"{name}:{line}:1: The file is not current. Run `{RENEW}` and review the difference.")
    for folder in (SCHEMAS, ROUTES):
        for path in sorted((root / folder).glob("*")):
            name = path.relative_to(root).as_posix()
            if name not in wanted:
                found.append(f"{name}:1:1: Nothing makes this file any more. Run `{RENEW}`.")
    return found


def first_difference(one: str, other: str) -> int:
    """The first line, counted from 1, in which two texts differ."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b),
                min(len(one.splitlines()), len(other.splitlines())) + 1)


def without_schema(root: Path) -> list[str]:
    """The data files whose first line does not name their schema, with the line to write."""
    folder = root / "docs" / "_data"
    found = []
    for pattern, model in MODELS.items():
        for path in sorted(folder.glob(pattern)):
            up = "../" * (len(path.relative_to(folder).parts) - 1)
            wanted = f"# yaml-language-server: $schema={up}schema/{schema_name(model)}"
            if path.read_text(encoding="utf-8").partition("\n")[0].strip() != wanted:
                name = path.relative_to(root).as_posix()
                found.append(f"{name}:1:1: The first line does not name the schema. Write `{wanted}`.")
    return found


def renew(root: Path) -> list[str]:
    """Write every kept file anew, and delete those that nothing makes any more; the files that this changed."""
    wanted = {**schemas(), **routes(root)}
    changed = []
    for folder in (SCHEMAS, ROUTES):
        (root / folder).mkdir(parents=True, exist_ok=True)
        for path in (root / folder).glob("*"):
            if path.relative_to(root).as_posix() not in wanted:
                path.unlink()
                changed.append(path.relative_to(root).as_posix())
    for name, text in wanted.items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


if __name__ == "__main__":
    try:
        print("\n".join(f"{name} has changed: review it." for name in renew(ROOT)) or "Nothing has changed.")
    except MistakesError as error:
        sys.exit(str(error))
