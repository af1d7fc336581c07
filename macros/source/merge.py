"""What git leaves in a file where it could not merge two texts: both of them, between marks for the writer to take away."""

import re
from collections.abc import Iterable, Iterator

from macros.source.mistake import Mistake

# Only the marks at the two ends: `=======` alone may underline a heading.
MARK = re.compile(r"(<{7}|>{7})(?: |$)")


def unmerged(lines: Iterable[str]) -> Iterator[Mistake]:
    """A mistake at the first mark of each place that is not merged."""
    opened = False
    for number, line in enumerate(lines, 1):
        if not (mark := MARK.match(line)):
            continue
        begins = mark[1].startswith("<")
        if begins or not opened:
            yield Mistake(number, 1, "A merge was not finished here.",
                          "Keep one of the two texts, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`.")
        opened = begins
