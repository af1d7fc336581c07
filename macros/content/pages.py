"""Every mistake in the pages and snippets of a site, and against its writers' rules, found before any page is built."""

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from macros.content.coverage import coverage_mistakes
from macros.content.form import block_mistakes, form_mistakes, plain, prose
from macros.content.generated import stale, without_schema
from macros.content.markdown import silent_mistakes
from macros.content.procedures import Procedures
from macros.content.rules import COVERAGE, Rules
from macros.content.shown import shown_mistakes
from macros.content.words import words
from macros.decision.model import Decision
from macros.page.calls import Calls, Made, body_of, page_mistakes
from macros.page.ids import doubled_ids
from macros.page.links import Links
from macros.page.moved import read_moves
from macros.page.site import Site
from macros.source.files import is_leftover, named, read_text
from macros.source.mistake import Mistake, MistakesError, said

# Endings that MkDocs takes for pages too, and that are not looked at here.
OTHER_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd")


def unreadable(site: Site, project: Path) -> list[str]:
    """A line for each file that no build can read. All else that would be said of the site follows from it."""
    lines = list(site.snippets.unreadable)
    for file in site.files():
        path = site.docs / file
        name = named(path, project)
        if path.suffix.lower() in OTHER_PAGES:
            lines += said(name, [Mistake(1, 1, f'The name of the page ends in "{path.suffix}".', "Let it end in `.md`.")])
        elif path.suffix == ".md":
            try:
                read_text(path, name)
            except MistakesError as error:
                lines += error.lines
        elif not path.is_file():
            lines += said(name, [Mistake(1, 1, "This is not a file that can be copied to the site.", "Delete it.")])
    return lines


def mistakes_of_pages(
    site: Site, project: Path, rules: Rules, trees: Mapping[str, Decision], procedures: Procedures, calls: Calls,
    made: Callable[[str], Made | None],
) -> dict[str, list[str]]:
    """Page → the lines that say what is wrong with it. Each page can be read.

    `made` gives what the macros of a page make, or None where it cannot be known. A mistake in a file
    that is no page stands on the page that shows the file, or else on the first one.
    """
    links = Links(site, made)
    texts: dict[str, str] = {}
    wrong: dict[str, list[str]] = {}
    for file in site.pages():
        name = named(site.docs / file, project)
        texts[file] = text = read_text(site.docs / file, name)
        texts_of = sources(site, name, text)
        if site.blank(file):
            wrong[file] = said(name, [Mistake(1, 1, "The page is empty.", "Write its text, or delete the file.")])
            continue
        read_wrong = procedures.mistakes.get(file, [])
        lines = {mistake.line for mistake in read_wrong}
        by_source = [
            *said(name, [*read_wrong, *rule_mistakes(file, text, procedures, rules)]),
            *said(name, page_mistakes(text, calls)),
            *said(name, links.moves.mistakes.get(file, ())),
            *said(name, site.snippets.wrong_calls(text)),
            # A line that the reader of procedures cannot read is named once.
            *said(name, (mistake for mistake in silent_mistakes(body_of(text)) if mistake.line not in lines)),
            *(line for where, mistake in doubled_ids(site.rendered(file), texts_of) for line in said(where, [mistake])),
        ]
        # What is shown wrong follows, as a rule, from what is written wrong.
        wrong[file] = [*by_source, *([] if by_source else as_shown(site, file, texts_of, rules)), *links.mistakes(file, texts_of)]
    for page, line in [*covered(site, project, rules, made), *around(site, project, rules, trees, texts)]:
        there = wrong.setdefault(page or site.first_page(), [])
        if line not in there:  # a slip of a snippet may have been seen in the page
            there.append(line)
    return wrong


def as_shown(site: Site, page: str, texts: dict[str, str], rules: Rules) -> Iterator[str]:
    """The lines that say what is wrong with a page once it is rendered. `texts` are what it is made of."""
    procedures = rules.form.procedures if rules.form and fnmatchcase(page, rules.form.procedures.pages) else None
    for name, mistake in shown_mistakes(site.rendered(page), texts, procedures):
        yield from said(name, [mistake])


def rule_mistakes(page: str, text: str, procedures: Procedures, rules: Rules) -> Iterator[Mistake]:
    """What is wrong with a page by the rules of its site for form and words."""
    if rules.form:
        yield from form_mistakes(page, text, procedures.read[page], rules.form)
    if rules.style:
        yield from words(prose(text), rules.style)


def covered(site: Site, project: Path, rules: Rules, made: Callable[[str], Made | None]) -> Iterator[tuple[str, str]]:
    """Each page, or "", with a line for what it does not carry any more."""

    def shown(page: str) -> str | None:
        # Of an empty page that alone is said.
        by_macros = None if site.blank(page) else made(page)
        return None if by_macros is None else f"{site.rendered(page).text}\n{by_macros.text}"

    name = named(site.docs / COVERAGE, project)
    for page, mistake in coverage_mistakes(rules, site.pages(), read_moves(site).to, shown, name):
        yield page, *said(named(site.docs / page, project) if page else name, [mistake])


def around(site: Site, project: Path, rules: Rules, trees: Mapping[str, Decision], texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """For each mistake in what is no page, a page to show it on, or "": rules, snippets, data and what is made of it."""
    yield from (("", line) for line in rules.broken)
    for snippet, text in site.snippets.texts.items():
        found = list(site.snippets.mistakes(snippet))
        lines = {mistake.line for mistake in found}
        # A macro call in a snippet is named once, also where it is indented.
        found += [one for one in silent_mistakes(text) if one.line not in lines]
        found += [*(block_mistakes(text, rules.form) if rules.form else ()), *(words(plain(text), rules.style) if rules.style else ())]
        page = next((page for page, whole in texts.items() if snippet in site.snippets.within(whole)), "")
        yield from ((page, line) for line in said(site.snippets.called[snippet], found))
    for path in sorted((site.docs / "_data").rglob("*.yml")) if rules.style else ():
        page = next((page for page, whole in texts.items() if f'("{path.stem}")' in whole), "")
        if not is_leftover(path) and path.parent.name != "rules":
            try:
                lines = read_text(path, "").splitlines()
            except MistakesError:
                continue  # named with the data
            yield from ((page, line) for line in said(named(path, project), words(lines, rules.style)))
    yield from (("", line) for line in [*without_schema(project), *stale(project, trees)])


def sources(site: Site, name: str, text: str) -> dict[str, str]:
    """What a page is made of: name in messages → text, its own first, then its snippets."""
    included = site.snippets.within(text)
    return {name: body_of(text)} | {site.snippets.called[one]: site.snippets.texts[one] for one in included}
