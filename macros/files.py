"""Files as writers and their editors leave them, and the text of a page as a reader sees it."""

import re
from pathlib import Path

# Code and comments. What looks like a heading, link or call in them is none.
HIDDEN = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,}).*?^ *(?P=fence)|<!--.*?-->|(?<!`)(?P<span>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=span)(?!`)",
    re.DOTALL | re.MULTILINE,
)


def is_leftover(path: Path) -> bool:
    """Whether a file is what an editor keeps beside the one that is edited, or hidden."""
    return path.name.startswith((".", "#")) or path.name.endswith("~")


def named(path: Path, project: Path) -> str:
    """What a file is called in messages: its path below the project."""
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()


def shown(text: str) -> str:
    """A text with code and comments blanked. Each character keeps its place."""
    return HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def position(text: str, index: int) -> tuple[int, int]:
    """The line and the column of a character, both from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
