"""Every tree of the site: one data file each, named after the file."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from macros.decision.checks import mistakes, mistakes_of_parts
from macros.decision.model import Decision
from macros.decision.routes import read_kept
from macros.decision.versions import read_versions
from macros.page.site import Site
from macros.page.targets import target_mistakes
from macros.page.words import FILE as WORDS
from macros.source.files import is_leftover, named
from macros.source.load import load
from macros.source.mistake import MistakesError, Place

FOLDER = "_data"


def load_trees(
    docs: Path, project: Path, site: Site
) -> tuple[dict[str, Decision], dict[str, list[str]]]:
    """Name → decision for each data file of a tree that is right, in the order of the names; for each other one, name → the lines that say what is wrong."""
    trees: dict[str, Decision] = {}
    broken: dict[str, list[str]] = {}
    for path in files_of_trees(docs):
        name = named(path, project)
        try:
            versions = read_versions(path.parent, path.stem, project)
            trees[path.stem] = load(
                path, name, Decision, partial(mistakes, kept=read_kept(project, path.stem), versions=versions),
                lambda decision: target_mistakes(pages_of(decision), site), parts=mistakes_of_parts,
            )
        except MistakesError as error:
            broken[path.stem] = error.lines
    return trees, broken


def files_of_trees(docs: Path) -> list[Path]:
    """The data file of each tree: every one in the folder but the site's words."""
    return [path for path in sorted((docs / FOLDER).glob("*.yml")) if not is_leftover(path) and path != docs / WORDS]


def pages_of(decision: Decision) -> Iterator[tuple[Place, str]]:
    """The page or section that each outcome leads to, and the page about the questions, with their places in the data file."""
    if decision.about:
        yield ("about",), decision.about
    for group in ("methods", "other_outcomes"):
        for name, outcome in getattr(decision, group).items():
            yield (group, name, "page"), outcome.page
