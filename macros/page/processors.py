"""What is done to every page between its Markdown and its HTML, in this order."""

from collections.abc import Callable

from markdown import Markdown

from macros.page.addresses import Addresses
from macros.page.options import Options
from macros.page.permalinks import Permalinks
from macros.page.tables import Namer
from macros.page.terms import Terms
from macros.page.words import Words


def register(md: Markdown, words: Callable[[], Words]) -> None:
    """Add each part to Python-Markdown. `words` gives those of the site when a page is rendered.

    The first two run after abbreviations (7) and before headings have their ids and permalinks (5).
    """
    md.treeprocessors.register(Terms(md), "terms", 6.5)
    md.treeprocessors.register(Namer(md), "named_tables", 6)
    md.treeprocessors.register(Permalinks(md), "permalinks", 3)
    md.treeprocessors.register(Options(md), "options", 2.5)
    # Links are taken for the checks at 1.
    md.treeprocessors.register(Addresses(md, words), "addresses", 2)
