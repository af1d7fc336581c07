"""The snippets that a page includes with `--8<-- "file"`, and what is wrong with such a call.

The extension leaves out a snippet that it does not find, and the build succeeds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from macros.source.files import is_leftover, named, position, read_text, shown
from macros.source.mistake import Mistake, MistakesError, near_miss

# What the extension reads as a call, in code blocks too.
CALL = re.compile(r"""^[ \t]*-+8<-+[ \t]+["'](?P<name>(?<=")[^"\n]+(?=")|(?<=')[^'\n]+(?='))["']$""", re.MULTILINE)
# What a reader would see as it is written, or what the extension knows and nobody needs here.
NO_CALL = re.compile(r"(?<![;\w-])-+8<|(?<![;\w-])8<-")
# Data files and schemas lie in the same folder.
NO_SNIPPETS = (".yml", ".yaml", ".json", ".routes")
HOW = 'Write `--8<-- "snippets/NAME.txt"` on a line of its own.'


@dataclass(frozen=True)
class Snippets:
    """Name, as a page writes it → text of each snippet, and what each is called in messages.

    `appended` are the names of those that the settings add to each page. `unreadable` are the lines that say
    which cannot be read.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    appended: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    def within(self, text: str, above: tuple[str, ...] = ()) -> Iterator[str]:
        """Each snippet that a text includes, itself or in a snippet."""
        for match in CALL.finditer(text):
            name = match["name"]
            if name in self.texts and name not in above:
                yield name
                yield from self.within(self.texts[name], (*above, name))

    def wrong_calls(self, text: str) -> Iterator[Mistake]:
        """What is wrong with the calls in a page or snippet."""
        for match in CALL.finditer(text):
            if match["name"] not in self.called:
                yield self.no_such(match["name"], position(text, match.start("name")))
        rest = CALL.sub(lambda match: " " * len(match[0]), shown(text))
        for match in NO_CALL.finditer(rest):
            yield Mistake(*position(text, match.start()), "The call of a snippet cannot be read.", HOW)

    def mistakes(self, name: str) -> Iterator[Mistake]:
        """What is wrong with a snippet. It comes into a page after the macros are rendered."""
        text = self.texts[name]
        # What the settings add to each page may wait for its first text.
        if not text.strip() and name not in self.appended:
            yield Mistake(1, 1, "The snippet is empty.", "Write its text, or delete the file and each call of it.")
        yield from self.wrong_calls(text)
        for match in re.finditer(r"\{\{|\{%", shown(text)):
            yield Mistake(*position(text, match.start()), "A snippet cannot call a macro.", "Write the call in the page.")
        if name in self.within(text):
            yield Mistake(1, 1, "The snippet includes itself.", "Delete one of the calls.")

    def mistakes_of_settings(self, settings: str) -> Iterator[Mistake]:
        """The snippets that the settings add to each page and that are nowhere."""
        for name in self.appended:
            if name not in self.called:
                yield self.no_such(name, position(settings, max(settings.find(name), 0)))

    def no_such(self, name: str, place: tuple[int, int]) -> Mistake:
        """The mistake of a name that no snippet has, at a line and column."""
        fix = f"{near_miss(name, self.called)}Write its path below docs/_data/."
        return Mistake(*place, f'There is no snippet "{name}".', fix)


def read_snippets(folders: Iterable[Path], appended: Iterable[str], project: Path) -> Snippets:
    """Every snippet below the folders; `appended` are those that the settings add to each page."""
    called, texts, unreadable = {}, {}, []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_dir() or is_leftover(path) or path.suffix.lower() in NO_SNIPPETS:
                continue
            name = path.relative_to(folder).as_posix()
            called[name] = named(path, project)
            try:
                texts[name] = read_text(path, called[name])
            except MistakesError as error:
                unreadable += error.lines
    return Snippets(texts, called, tuple(appended), tuple(unreadable))
