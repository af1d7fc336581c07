"""A tree as a test writes it, and what a build says of a project with it."""

from pathlib import Path

from support.sites import mistakes_in_data

from macros.decision.model import Decision
from macros.source.load import load


def decision_of(text: str, folder: Path) -> Decision:
    """The tree of a data file with this text, which is written into the folder."""
    (folder / "tree.yml").write_text(text, encoding="utf-8")
    return load(folder / "tree.yml", "tree.yml", Decision)


def said_of_trees(project: Path, files: dict[str, str]) -> list[str]:
    """The mistakes in the trees of a project with these files, and a page."""
    for name, content in {"docs/index.md": "# Start\n", **files}.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(content, encoding="utf-8")
    return mistakes_in_data(project)
