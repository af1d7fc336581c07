"""When each page was last changed, from git."""

import subprocess
from pathlib import Path


def last_changes(docs: Path) -> dict[str, str]:
    """Path below docs/ → date of its last commit (YYYY-MM-DD). Empty where there is no git."""
    command = ["git", "-c", "core.quotepath=off", "log", "--format=%x00%cs", "--name-only", "--relative", "--", "."]
    try:
        log = subprocess.run(command, cwd=docs, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    dates: dict[str, str] = {}
    for commit in log.split("\0")[1:]:
        date, *paths = commit.split("\n")
        for path in filter(None, paths):
            dates.setdefault(path, date)
    return dates
