"""What the pages must carry: each fact that a list names stands on its page as long as the list says so."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from macros.content.rules import Coverage, Rules
from macros.page.links import meant
from macros.source.mistake import Mistake


def coverage_mistakes(
    rules: Rules, pages: Collection[str], moves: Mapping[str, str], shown: Callable[[str], str | None], name: str
) -> Iterator[tuple[str, Mistake]]:
    """Each page that does not carry a term of the list, with its mistake; what is wrong with the list comes with "".

    `moves` is former path → page. `shown` gives the text of a page as a reader sees it, or None where it cannot be known yet.
    `name` is what the list is called in messages.
    """
    stems = {page.removesuffix(".md"): page for page in pages}
    for subject, terms_of in (rules.coverage.root if rules.coverage else {}).items():
        for stem, terms in terms_of.items():
            if stem not in stems:
                likely = meant("", f"{stem}.md", pages, moves)
                fix = f'Did you mean "{likely.removesuffix(".md")}"? ' if likely else ""
                yield "", Mistake(*rules.places[Coverage, (subject, stem)], f'There is no page "{stem}.md".',
                                  f"{fix}Write the path of a page below docs/, without `.md`.")
            elif (text := shown(stems[stem])) is not None:
                for number in missing(plain(text), terms):
                    line, _ = rules.places[Coverage, (subject, stem, number)]
                    yield stems[stem], Mistake(1, 1, f'The page does not say "{terms[number]}" any more.',
                                               f"Write it again; where the fact itself has changed, change line {line} of {name}.")


def missing(text: str, terms: tuple[str, ...]) -> list[int]:
    """The positions of the terms that a plain text does not have."""
    return [number for number, term in enumerate(terms) if not carries(text, term)]


def carries(text: str, term: str) -> bool:
    """Whether a plain text has a term as whole words: `ACT_REP` is not in `ACT_REP_EX`, nor `OK` in "look"."""
    return re.search(rf"(?<!\w){re.escape(plain(term))}(?!\w)", text) is not None


def plain(text: str) -> str:
    """A text on one line, in small letters."""
    return " ".join(text.split()).casefold()
