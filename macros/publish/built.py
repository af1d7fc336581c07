"""What every reader of the built pages asks: what is not for it, in which order the pages are, and of which version."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag


def left_out(reader: str) -> str:
    """A selector of what is not for a reader, `manual` or `copy`.

    A template or a page says it in `data-not-in`, with the readers' names; the style sheet reads
    `print` there, for the browser's own print, and `screen`. What works on a screen alone is for none of them.
    """
    return f'[hidden], template, script, noscript, form, button:not([data-term]), .headerlink, [data-not-in~="{reader}"]'


def leave_out(article: "Tag", reader: str, more: str = "") -> None:
    """Take from an article what is not for a reader, and what a further selector names; a term is plain text there."""
    for element in article.select(left_out(reader) + more):
        element.decompose()
    for term in article.select("[data-term]"):
        term.unwrap()


def of_manual(extra: Mapping[str, Any], key: str) -> str:
    """What the settings say of the files for download, below `extra:` and `manual:`; empty where they say nothing."""
    manual = extra.get("manual")
    return str(manual.get(key, "")) if isinstance(manual, Mapping) else ""


def parts(nav: Iterable[Any]) -> list[tuple[str, list[str]]]:
    """The `nav:` of mkdocs.yml as (title, paths of pages). A page at its top is a part of its own, without a title."""
    return [
        (title if isinstance(inside, list) else "", list(paths(inside)))
        for item in nav
        for title, inside in (item.items() if isinstance(item, Mapping) else [("", item)])
    ]


def paths(nav: Any) -> Iterator[str]:
    """Every path in a part of a `nav:`, whatever its depth."""
    match nav:
        case str():
            yield nav
        case Mapping():
            yield from paths(list(nav.values()))
        case _:
            for entry in nav:
                yield from paths(entry)
