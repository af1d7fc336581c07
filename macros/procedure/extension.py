"""Has Python-Markdown mark the procedures of each page, and read them without what stands in braces."""

import threading
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from macros.page.processors import register
from macros.page.words import ENGLISH, in_words
from macros.procedure.beginnings import Beginnings
from macros.procedure.marks import items, mark, plain_lines, state_now, with_states
from macros.procedure.model import Stop
from macros.procedure.names import mark_names
from macros.procedure.played import Played


class Marks(Extension):
    """The extension of Python-Markdown that marks each page."""

    def __init__(self, begin: Beginnings) -> None:
        super().__init__()
        self.begin = begin
        self.words = ENGLISH
        self.programs: frozenset[str] = frozenset()
        # Zensical renders pages side by side, each in a thread of its own.
        self.here = threading.local()

    @property
    def page(self) -> Played | None:
        """What is played of the page at hand."""
        return getattr(self.here, "page", None)

    @page.setter
    def page(self, page: Played | None) -> None:
        self.here.page = page

    def __repr__(self) -> str:
        return f"Marks({self.begin})"

    def extendMarkdown(self, md: Markdown) -> None:
        # After snippets (32) and before what reads blocks of code (25).
        md.preprocessors.register(Plain(md, self), "procedure_plain", 29)
        register(md, lambda: self.words)
        # As soon as headings have their ids (5).
        md.treeprocessors.register(Marker(md, self), "procedure_marks", 4)
        # When blocks of code and what is written as HTML are there (30).
        md.postprocessors.register(Names(md, self), "procedure_names", 1)


class Plain(Preprocessor):
    """Takes away what stands in braces for the reader of procedures, and puts a state below each stop."""

    def __init__(self, md: Markdown, marks: Marks) -> None:
        super().__init__(md)
        self.marks = marks

    def run(self, lines: list[str]) -> list[str]:
        page = self.marks.page
        # A stop outside the phases is not played: it has no state, and takes none from the stops below it.
        states = [state_now(page.at_stop[stop.line], page, self.marks.words) if stop.line in page.at_stop else "" for stop in items(page, Stop)]
        return list(with_states(list(plain_lines(lines)), self.marks.begin.stop, states))


class Marker(Treeprocessor):
    def __init__(self, md: Markdown, marks: Marks) -> None:
        super().__init__(md)
        self.marks = marks

    def run(self, root: Element) -> None:
        with in_words(self.marks.words):
            mark(root, self.marks.begin, self.marks.page, self.marks.programs)


class Names(Postprocessor):
    def __init__(self, md: Markdown, marks: Marks) -> None:
        super().__init__(md)
        self.marks = marks

    def run(self, text: str) -> str:
        run, said = self.marks.words.run, self.marks.words.run_says
        return mark_names(text, [phrase for key, phrase in run if key.startswith("each_")], said.standby)


def add_marks(extensions: list, marks: Marks) -> None:
    """Add the extension to those that a generator reads its pages with, in place of a former one."""
    extensions[:] = [*(one for one in extensions if not isinstance(one, Marks)), marks]
