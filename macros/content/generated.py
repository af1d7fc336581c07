"""The files that are made from others and kept, so that a review shows what changes in them.

A project keeps the schemas, the route reviews, or neither: what has no folder is not asked for.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from macros.content.data import MODELS
from macros.decision.model import Decision
from macros.decision.read import files_of_trees
from macros.decision.routes import FOLDER as ROUTES
from macros.decision.routes import read_kept, review
from macros.decision.versions import FOLDER as PUBLISHED
from macros.decision.versions import SUFFIX, read_versions, with_version
from macros.source.files import is_leftover, named, read_text
from macros.source.load import load
from macros.source.mistake import MistakesError
from macros.source.schemas import as_text, json_schema, schema_name

SCHEMAS = "docs/_data/schema"
RENEW = "python3 -m macros renew"


@cache
def schemas() -> dict[str, str]:
    """Path below the project → text, for the schema of each model."""
    return {f"{SCHEMAS}/{schema_name(model)}": as_text(json_schema(model)) for model in MODELS.values()}


def routes(root: Path, trees: Mapping[str, Decision]) -> dict[str, str]:
    """Path below the project → text, for the route review of each tree that is right."""
    return {f"{ROUTES}/{name}.txt": review(tree, read_kept(root, name)) for name, tree in trees.items()}


def wanted(root: Path, trees: Mapping[str, Decision]) -> dict[str, str]:
    """Path below the project → text, for each kept file whose folder is there."""
    made = {SCHEMAS: schemas, ROUTES: lambda: routes(root, trees)}
    return {name: text for folder, make in made.items() if (root / folder).is_dir() for name, text in make().items()}


def unwanted(root: Path, made: Iterable[str]) -> list[str]:
    """The files among the kept ones that nothing makes any more, as paths below the project; a broken tree keeps its own."""
    made = {*made, *(f"{ROUTES}/{path.stem}.txt" for path in files_of_trees(root / "docs"))}
    there = (path for folder in (SCHEMAS, ROUTES) for path in sorted((root / folder).glob("*")) if not is_leftover(path))
    return [name for path in there if (name := path.relative_to(root).as_posix()) not in made]


def stale(root: Path, trees: Mapping[str, Decision]) -> list[str]:
    """What is wrong with the kept files: one line each, with the command that fixes it."""
    found, made = [], wanted(root, trees)
    for name, text in made.items():
        path = root / name
        if not path.is_file():
            found.append(f"{name}:1:1: The file is missing. Run `{RENEW}`.")
        elif (kept := path.read_text(encoding="utf-8", errors="replace")) != text:
            line = first_difference(kept, text)
            found.append(f"{name}:{line}:1: The file is not current. Run `{RENEW}` and review the difference.")
    return found + [f"{name}:1:1: Nothing makes this file any more. Run `{RENEW}`." for name in unwanted(root, made)]


def first_difference(one: str, other: str) -> int:
    """The first line, counted from 1, in which two texts differ."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b),
                min(len(one.splitlines()), len(other.splitlines())) + 1)


def without_schema(root: Path) -> list[str]:
    """The data files whose first line does not name their schema, with the line to write."""
    folder = root / "docs" / "_data"
    found = []
    for pattern, model in MODELS.items() if (root / SCHEMAS).is_dir() else ():
        for path in sorted(folder.glob(pattern)) if model is not Decision else files_of_trees(root / "docs"):
            up = "../" * (len(path.relative_to(folder).parts) - 1)
            line = f"# yaml-language-server: $schema={up}schema/{schema_name(model)}"
            try:
                right = is_leftover(path) or read_text(path, "").partition("\n")[0].strip() == line
            except MistakesError:
                continue  # named with the data
            if not right:
                found.append(f"{named(path, root)}:1:1: The first line does not name the schema. Write `{line}`.")
    return found


def versions(root: Path, version: str, trees: Mapping[str, Decision]) -> dict[str, str]:
    """Path below the project → text, for the published versions of each tree, with those of today added under this version.

    Raises MistakesError for a kept line that is not right: what was published is not to be written over.
    """
    folder = root / "docs" / "_data" / PUBLISHED
    for name in trees:
        read_versions(folder.parent, name, root)
    files = {name: folder / f"{name}{SUFFIX}" for name in trees}
    kept = {name: path.read_text(encoding="utf-8") if path.is_file() else "" for name, path in files.items()}
    return {named(path, root): with_version(kept[name], version, trees[name], read_kept(root, name)) for name, path in files.items()}


def unpublished(root: Path, version: str) -> list[str]:
    """What is to be done before this version is published, where the project keeps its versions."""
    if not (root / "docs" / "_data" / PUBLISHED).is_dir():
        return []
    return [f"{name}:1:1: The combinations of today are not kept for version {version}. Run `{RENEW} --publish` and commit the file."
            for name, text in versions(root, version, all_trees(root)).items()
            if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text]


def all_trees(root: Path) -> dict[str, Decision]:
    """Name → decision for each tree of the project. Raises MistakesError where one has a mistake."""
    return {path.stem: load(path, named(path, root), Decision) for path in files_of_trees(root / "docs")}


def renew(root: Path, publish: str = "") -> list[str]:
    """Write every kept file anew, and delete those that nothing makes any more; the files that this changed.

    `publish` is the version under which the trees are kept as published, none where it is empty.
    Raises MistakesError where a tree has a mistake.
    """
    trees = all_trees(root)
    for folder in (SCHEMAS, ROUTES):
        (root / folder).mkdir(parents=True, exist_ok=True)
    made = wanted(root, trees)
    changed = unwanted(root, made)
    for name in changed:
        (root / name).unlink()
    changed += [name for name, text in made.items() if write(root / name, text)]
    # After the routes, whose numbers they have.
    return changed + [name for name, text in (versions(root, publish, trees) if publish else {}).items() if write(root / name, text)]


def write(path: Path, text: str) -> bool:
    """Write a file that does not hold this text yet; whether it was written."""
    # What an editor saved in another encoding is another text.
    if path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True
