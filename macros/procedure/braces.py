"""What a writer adds to a line of Markdown, in braces at its end: `.words`, an `#id`, and `key="value"`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TOKEN = r'(?:[.#][\w-]+|[a-z-]+="[^"]*")'
BRACES = re.compile(rf"[ \t]*\{{:?[ ]*({TOKEN}(?:[ ]+{TOKEN})*)[ ]*\}}[ \t]*$")
HEADING = re.compile(r"(#{1,6})(?: +(.*))?")
STEP = re.compile(r"(\d+)\. +(.*)")
CALLOUT = re.compile(r'(?:!!!|\?\?\?\+?) *(\w+) +"(.*)"')
FOLLOW = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)\{ *\.follow *\}")
# Braces at the end of a line that are no macro call, closed or not; where `split` takes none, they cannot be read.
LEFT = re.compile(r"(?<!\{)\{(?![{%#])(?:[^{}]*\}|:? *(?:[.#][\w-]|[a-z-]+=)[^{}]*)[ \t]*$")


@dataclass(frozen=True)
class Braces:
    """What stands in braces at the end of a line: `.words`, one `#id`, and keys with their values.

    `twice` holds the keys that stand there more than once, `column` is that of the first sign, from 1.
    """

    words: tuple[str, ...] = ()
    id: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    column: int = 1
    twice: tuple[str, ...] = ()


def split(line: str) -> tuple[str, Braces]:
    """A line without its braces, and what they hold."""
    match = BRACES.search(line)
    if not match:
        return line, Braces()
    tokens = re.findall(TOKEN, match[1])
    pairs = [token[:-1].split('="', 1) for token in tokens if token[0] not in ".#"]
    names = [name for name, _ in pairs]
    return line[:match.start()], Braces(
        tuple(token[1:] for token in tokens if token[0] == "."),
        next((token[1:] for token in tokens if token[0] == "#"), ""), dict(pairs), match.start(1) + 1,
        tuple(name for place, name in enumerate(names) if name in names[:place]),
    )
