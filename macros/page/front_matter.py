"""The front matter of a page: its values, and what is wrong with it.

MkDocs shows front matter that it cannot read as text of the page, and the build succeeds. It also
takes a first line such as `Note: …` for front matter and leaves it out.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

import yaml

from macros.page.site import FRONT_MATTER
from macros.source.mistake import Mistake
from macros.source.yaml_file import Builder, Source

# Front matter of another kind, which MkDocs reads too.
WITHOUT_LINES = re.compile(r"\A {0,3}[\w-]+:")
NOTHING = re.compile(r"(\s*(#[^\n]*)?\n)*")
EXAMPLE = "Write `---`, `description: …` and `---`, each on a line of its own."


def front_values(text: str) -> dict[str, Any]:
    """The values as MkDocs reads them; none where they cannot be read."""
    front = FRONT_MATTER.match(text)
    try:
        values = yaml.safe_load(front[1]) if front else None
    except yaml.YAMLError:
        return {}
    return values if isinstance(values, dict) else {}


def front_mistakes(text: str, taken: Collection[str]) -> list[Mistake]:
    """What is wrong with the front matter of a page. No key may be one of the `taken` names."""
    front = FRONT_MATTER.match(text)
    if not front:
        return without_front_matter(text)
    if NOTHING.fullmatch(front[1]):
        return [Mistake(1, 1, "The front matter is empty.", EXAMPLE)]
    source = front_source(text)
    if not isinstance(source.data, dict):
        return source.mistakes or [Mistake(2, 1, "The front matter contains no keys.", EXAMPLE)]
    return [*source.mistakes, *wrong_keys(source, front_values(text), taken)]


def front_source(text: str) -> Source:
    """The values of the front matter, each with its line and column in the page."""
    front = FRONT_MATTER.match(text)
    source = Source("")
    if front:
        Builder(source, f"\n{front[1]}").build()
    return source


def no_such_template(text: str, file: str) -> list[Mistake]:
    """The mistake of a page that names this file as its template, which the theme does not have; none of any other page."""
    if front_values(text).get("template") != file:
        return []
    return [Mistake(*front_source(text).values["template",], f'The theme has no template "{file}".', "Write the name of one that it has, or delete the line.")]


def without_front_matter(text: str) -> list[Mistake]:
    """What is wrong with a page that has no whole front matter."""
    if text.split("\n", 1)[0].rstrip() == "---":
        return [Mistake(1, 1, "The front matter is opened and not closed, or it is empty.", EXAMPLE)]
    if WITHOUT_LINES.match(text):
        return [Mistake(1, 1, "The first line is read as front matter and left out of the page.",
                        f"Begin the page with a heading. For front matter: {EXAMPLE}")]
    return []


def wrong_keys(source: Source, values: dict[str, Any], taken: Collection[str]) -> Iterator[Mistake]:
    """The keys whose value is of the wrong kind, or whose name has another meaning."""
    for key in source.data:
        if key in taken:
            yield Mistake(*source.keys[key,], f'The key "{key}" has the name of a macro and hides it.',
                          "Give the key another name.")
        elif key in ("title", "description") and not isinstance(values.get(key), str):
            yield Mistake(*source.values[key,], f'"{key}" must be a text.', f'Write it in quotes: `{key}: "…"`.')
        elif key == "render_macros" and not isinstance(values.get(key), bool):
            yield Mistake(*source.values[key,], '"render_macros" must be true or false.',
                          "Write true or false, without quotes.")
