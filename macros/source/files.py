"""Files as writers and their editors leave them, and the text of a page as a reader sees it."""

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from macros.source.code import fenced
from macros.source.mistake import Mistake, MistakesError, said

SETTINGS = "mkdocs.yml"
LARGEST = 1024 * 1024  # bytes; far more than a reader could answer

# Comments, and code within a paragraph. What looks like a heading, link or call in them is none.
HIDDEN = re.compile(r"<!--.*?-->|(?<!`)(?P<span>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=span)(?!`)", re.DOTALL)

# What ends a line for `splitlines` and for no editor: each line below it would have another number.
LINE_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNSEEN_END = ("A line ends here with a character that editors do not count as one.", "Delete it, or press Enter in its place.")


def is_leftover(path: Path) -> bool:
    """Whether a file is what an editor keeps beside the one that is edited, or hidden."""
    return path.name.startswith((".", "#")) or path.name.endswith("~")


def named(path: Path, project: Path) -> str:
    """What a file is called in messages: its path below the project."""
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()


def shown(text: str) -> str:
    """A text with code and comments blanked. Each character keeps its place."""
    lines = (line if kind == "text" else " " * len(line) for kind, line in fenced(text.split("\n")))
    return HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), "\n".join(lines))


def position(text: str, index: int) -> tuple[int, int]:
    """The line and the column of a character, both from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


# The texts that one reading of the project has seen.
TEXTS: ContextVar[dict[Path, str]] = ContextVar("TEXTS")


@contextmanager
def each_file_once() -> Iterator[None]:
    """Within it each file is read once: all that is said of it is said of one text, whatever an editor writes meanwhile."""
    token = TEXTS.set({})
    try:
        yield
    finally:
        TEXTS.reset(token)


def read_text(path: Path, name: str) -> str:
    """The text of a data file or page, each line ended by \\n. Raises MistakesError where it cannot be read."""
    texts = TEXTS.get({})
    if path not in texts:
        texts[path] = text_of(path, name)
    return texts[path]


def text_of(path: Path, name: str) -> str:
    """The same, read from the disk."""
    try:
        mode = path.stat().st_mode
        # Opening a pipe would wait for ever, and a device may have no end.
        if not stat.S_ISREG(mode):
            raise unreadable(name, "it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(name, (error.strerror or "error").lower()) from None
    if len(raw) > LARGEST:
        what = f"The file is larger than {LARGEST // 1024} KiB."
        raise MistakesError(said(name, [Mistake(1, 1, what, "Split it into several files.")]))
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        what = "The file is not UTF-8 text."
        raise MistakesError(said(name, [Mistake(line, column, what, "Save it with the encoding UTF-8.")])) from None
    if found := [Mistake(*position(text, one.start()), *UNSEEN_END) for one in LINE_END.finditer(text)]:
        raise MistakesError(said(name, found))
    return text


def unreadable(name: str, reason: str) -> MistakesError:
    """The error to raise for a file that cannot be read at all."""
    return MistakesError(said(name, [
        Mistake(1, 1, f"The file cannot be read: {reason}.", "Replace it with a text file that you can read, or delete it."),
    ]))
