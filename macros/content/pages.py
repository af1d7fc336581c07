"""Every mistake in the pages and snippets of a site, found before any page is built."""

from collections.abc import Callable, Set
from pathlib import Path

from macros.content.markdown import silent_mistakes
from macros.page.calls import Calls, body_of, page_mistakes
from macros.page.links import Links
from macros.page.site import Site
from macros.source.files import named, read_text
from macros.source.mistake import Mistake, MistakesError, said

# Endings that MkDocs takes for pages too, and that are not looked at here.
OTHER_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd")


def mistakes_of_pages(
    site: Site, project: Path, calls: Calls, made: Callable[[str], Set[str] | None]
) -> tuple[dict[str, list[str]], list[str]]:
    """Page → the lines that say what is wrong with it, and the lines for files that no build can read.

    `made` gives the ids that the macros of a page make, or None where they cannot be known.
    """
    links = Links(site, made)
    wrong: dict[str, list[str]] = {}
    unreadable: list[str] = []
    for file in links.files:
        path = site.docs / file
        name = named(path, project)
        if path.suffix.lower() in OTHER_PAGES:
            unreadable += said(name, [Mistake(1, 1, f'The name of the page ends in "{path.suffix}".', "Let it end in `.md`.")])
        elif path.suffix == ".md":
            try:
                text = read_text(path, name)
            except MistakesError as error:
                unreadable += error.lines
                continue
            wrong[file] = [
                *page_mistakes(path, name, calls),
                *said(name, site.snippets.wrong_calls(text)),
                *said(name, silent_mistakes(body_of(text))),
                *links.mistakes(file, sources(site, name, text)),
            ]
        elif not path.is_file():
            unreadable += said(name, [Mistake(1, 1, "This is not a file that can be copied to the site.", "Delete it.")])
    return wrong, unreadable


def sources(site: Site, name: str, text: str) -> dict[str, str]:
    """What a page is made of: name in messages → text, its own first, then its snippets."""
    included = site.snippets.within(text)
    return {name: body_of(text)} | {site.snippets.called[one]: site.snippets.texts[one] for one in included}
