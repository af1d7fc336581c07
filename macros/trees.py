"""Every tree of the site: one data file each, named after the file."""

from pathlib import Path

from macros.checks import problems, problems_of_parts
from macros.files import is_leftover, named
from macros.model import Decision
from macros.pages import Site, page_problems, pages_of
from macros.source import load
from macros.yaml_file import SourceError

FOLDER = "_data"


def read_trees(docs: Path, project: Path, site: Site) -> dict[str, Decision]:
    """Name → decision for each `docs/_data/*.yml`, in the order of the names.

    Raises SourceError with the mistakes of all files.
    """
    trees, broken = load_trees(docs, project, site)
    if broken:
        raise SourceError([line for lines in broken.values() for line in lines])
    return trees


def load_trees(
    docs: Path, project: Path, site: Site
) -> tuple[dict[str, Decision], dict[str, list[str]]]:
    """The trees that are right, and for each other one the lines that say what is wrong."""
    trees: dict[str, Decision] = {}
    broken: dict[str, list[str]] = {}
    for path in sorted((docs / FOLDER).glob("*.yml")):
        if is_leftover(path):
            continue
        name = named(path, project)
        try:
            trees[path.stem] = load(
                path, name, Decision, problems, lambda decision: page_problems(pages_of(decision), site),
                parts=problems_of_parts,
            )
        except SourceError as error:
            broken[path.stem] = error.lines
    return trees, broken
