"""The colours of the site, for what is printed: a writer changes them in one place."""

import re
from collections.abc import Mapping
from pathlib import Path

from macros.page.words import Words

# Where they stand, below the project: in the first rule for `:root`.
FILE = "docs/assets/style/colours.css"
RULE = re.compile(r"^:root\b[^{]*\{([^}]*)\}", re.MULTILINE)
COLOUR = re.compile(r"(--[\w-]+):\s*([^;]+);")
USE = re.compile(r"var\((--[\w-]+)\)")


def colours_in(css: str) -> dict[str, str]:
    """Name of each custom property of the first rule for `:root` → its value."""
    rule = RULE.search(css)
    return dict(COLOUR.findall(rule[1])) if rule else {}


def with_colours(css: str, colours: Mapping[str, str]) -> str:
    """A style in which each `var(--name)` is replaced, as a picture that stands alone needs it.

    Raises ValueError that names a property which is not there.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in colours:
            raise ValueError(f"{FILE} no longer gives {match[1]} in its first rule for :root, and the printed manual uses it. Write it again.")
        return colours[match[1]]

    return USE.sub(value, css)


def content_of(text: str, **functions: str) -> str:
    """A text of the words as the `content` of a style; what stands in its braces is said by these functions of CSS."""
    pieces = re.split(r"\{(\w+)\}", re.sub(r'["\\]', r"\\\g<0>", text).replace("\n", r"\a "))
    return " ".join(functions[piece] if number % 2 else f'"{piece}"' for number, piece in enumerate(pieces) if piece)


def page_of_pages(words: Words) -> str:
    return content_of(words.manual.page, page="counter(page)", pages="counter(pages)")


def words_in_styles(words: Words) -> str:
    """The rule with the words that the site's styles add to what is printed."""
    return f":root {{ --say-page: {page_of_pages(words)}; --say-rehearsal: {content_of(words.run.rehearsal)}; --say-done: {content_of(words.manual.done)}; }}"


def printed_style(file: Path, project: Path, **said: str) -> str:
    """The text of a style sheet for what is printed, with the colours of the site; `var(--say-page)` is `said` as `page`."""
    colours = colours_in((project / FILE).read_text(encoding="utf-8"))
    return with_colours(file.read_text(encoding="utf-8"), colours | {f"--say-{key}": text for key, text in said.items()})
