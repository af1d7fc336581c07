"""When each page was last changed, from git, and the time of a build."""

import os
import re
import subprocess
from pathlib import Path

from macros.source.mistake import MistakesError

# What a zip can hold: 1980 to 2107.
FIRST_TIME, LAST_TIME = 315_532_800, 4_354_819_199


def build_time() -> int | None:
    """The time of the build that is set, in seconds since 1970; None where none is. Raises MistakesError for one that is no such time."""
    written = os.environ.get("SOURCE_DATE_EPOCH")
    if written is None:
        return None
    if not re.fullmatch("[0-9]{9,10}", written) or not FIRST_TIME <= int(written) <= LAST_TIME:
        raise MistakesError([f'SOURCE_DATE_EPOCH is "{written}", and no time from 1980 on. Set it to seconds since 1970, such as 1772690708, or unset it.'])
    return int(written)


def last_changes(docs: Path) -> dict[str, str]:
    """Path below docs/ → date of its last commit (YYYY-MM-DD). Empty where git does not have the whole history."""
    try:
        # A shallow clone gives each older page the date of its first commit.
        if git(docs, "rev-parse", "--is-shallow-repository").strip() != "false":
            return {}
        log = git(docs, "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only", "--relative", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return {}
    dates: dict[str, str] = {}
    for commit in log.split("\0")[1:]:
        date, *paths = commit.split("\n")
        for path in filter(None, paths):
            dates.setdefault(path, date)
    return dates


def git(folder: Path, *words: str) -> str:
    """What git says in a folder."""
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout
