"""When each page was last changed, from git."""

import subprocess
from pathlib import Path


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
