"""Code blocks between fences: what looks like a heading, a step or a callout in them is none."""

import re
from collections.abc import Iterable, Iterator

# Behind a fence of backticks is none: a line that begins with code is text.
FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})(.*)")


def fenced(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each line, and before it what it is: "text", the "opening" or "closing" fence of a code block, or "code"."""
    fence = ""
    for line in lines:
        mark = FENCE.fullmatch(line)
        if not fence:
            fence = mark[1] if mark else ""
            yield "opening" if fence else "text", line
        elif mark and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
            yield "closing", line
        else:
            yield "code", line


def outside_code(lines: Iterable[str]) -> list[str]:
    """The lines, each of a code block empty."""
    return [line if kind == "text" else "" for kind, line in fenced(lines)]


def language(fence: str) -> str:
    """What an opening fence names."""
    return FENCE.fullmatch(fence)[2].strip()
