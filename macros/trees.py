"""Every tree of the site: one data file each, named after the file."""

from pathlib import Path

from macros.checks import problems
from macros.model import Decision
from macros.pages import Site, page_problems, pages_of
from macros.source import load
from macros.yaml_file import SourceError

FOLDER = "_data"


def read_trees(docs: Path, project: Path, site: Site) -> dict[str, Decision]:
    """Name → decision for each `docs/_data/*.yml`, in the order of the names.

    Raises SourceError with the mistakes of all files.
    """
    trees: dict[str, Decision] = {}
    lines: list[str] = []
    for path in sorted((docs / FOLDER).glob("*.yml")):
        name = path.relative_to(project).as_posix() if path.is_relative_to(project) else path.name
        try:
            trees[path.stem] = load(
                path, name, Decision, problems, lambda decision: page_problems(pages_of(decision), site)
            )
        except SourceError as error:
            lines += error.lines
    if lines:
        raise SourceError(lines)
    return trees
