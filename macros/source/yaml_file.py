"""Read the YAML of a data file: its values, where each stands, and every mistake in it.

The YAML is a plain subset: mappings, lists and scalars as YAML 1.2 reads them (`yes` is a
word). Anchors, aliases and tags have no use in a data file and are refused, so no file can
grow in memory or build an object.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from macros.source.files import position, read_text
from macros.source.merge import unmerged
from macros.source.mistake import Mistake, MistakesError, Place, ValueMistake, said
from macros.source.spaces import IN_DATA, odd_spaces

DEEPEST = 20  # levels of nesting; a decision has six
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Source:
    """The values of one file, where each stands, and what is wrong with its YAML."""

    name: str
    data: Any = None
    # Place → (line, column) of its key and of its value, both counted from 1.
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def locate(self, found: ValueMistake) -> Mistake:
        """The mistake at the position of its place, or of the nearest part that holds it."""
        place = found.place
        position = (self.keys if found.at_key else self.values).get(place)
        while place and position is None:
            place = place[:-1]
            position = self.keys.get(place) or self.values.get(place)
        line, column = position or (1, 1)
        return Mistake(line, column, found.what, found.fix)

    def error(self, mistakes: list[Mistake]) -> MistakesError:
        """The error to raise for mistakes in this file."""
        return MistakesError(said(self.name, mistakes))


def read(path: Path, name: str) -> Source:
    """The YAML of one file, with the mistakes in it that leave its values whole.

    Raises MistakesError where there are no values to continue with.
    """
    source = Source(name)
    text = read_text(path, name)
    Builder(source, text).build()
    if source.mistakes and source.data is None:
        raise source.error(source.mistakes)
    return source


class Stop(Exception):
    """The rest of the file cannot be read; the mistake is noted."""


class Builder:
    """Turns the events of a YAML parser into plain data and positions."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.events: Iterator[yaml.Event] = iter(())

    def build(self) -> None:
        if found := misread(self.text):
            self.source.mistakes += found
            return
        try:
            self.events = (
                event for event in yaml.parse(self.text, Loader=LOADER)
                if not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentEndEvent))
            )
            if isinstance(next(self.events), yaml.StreamEndEvent):
                self.at(1, 1, "The file is empty.", "Write its contents as in a file of the same kind, or delete it.")
                return
            self.source.data = self.value(next(self.events), ())
            extra = next(self.events)
            if not isinstance(extra, yaml.StreamEndEvent):
                self.note(extra.start_mark, "The file contains a second document.", "Delete this `---`.")
        except Stop:
            pass
        except yaml.reader.ReaderError as error:
            self.source.mistakes.append(character_mistake(error, self.text))
        except yaml.MarkedYAMLError as error:
            self.source.mistakes.append(yaml_mistake(error, self.text))

    def note(self, mark: yaml.Mark, what: str, fix: str) -> None:
        self.at(mark.line + 1, mark.column + 1, what, fix)

    def at(self, line: int, column: int, what: str, fix: str) -> None:
        self.source.mistakes.append(Mistake(line, column, what, fix))

    def stop(self, event: yaml.Event, what: str, fix: str) -> Stop:
        self.note(event.start_mark, what, fix)
        return Stop()

    def value(self, event: yaml.Event, place: Place) -> Any:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.stop(event, "Anchors (&) and aliases (*) are not used here.",
                            "Write the text out, or put it in quotes if it begins with & or *.")
        if event.tag is not None and event.tag != "!":
            raise self.stop(event, f'The tag "{event.tag}" is not used here.',
                            "Put the text in quotes if it begins with !.")
        if len(place) > DEEPEST:
            raise self.stop(event, "The nesting is too deep.", "Fix the indentation.")
        if isinstance(event, yaml.ScalarEvent):
            self.source.mistakes += [*cut_off(event, self.text), *escapes(event, self.text)]
            return scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self.items(place))
        return self.mapping(place)

    def items(self, place: Place) -> Iterator[Any]:
        position = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*place, position)
            self.source.values[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            yield self.value(event, here)
            position += 1

    def mapping(self, place: Place) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent) or key.anchor or key.tag:
                raise self.stop(key, "A key must be a word.", "Write `key: value`.")
            self.source.mistakes += escapes(key, self.text)
            here = (*place, key.value)
            known = key.value in result
            if known:
                mark = key.start_mark
                self.source.mistakes.append(twice(key.value, mark.line + 1, mark.column + 1, self.source.keys[here][0]))
            position = (key.start_mark.line + 1, key.start_mark.column + 1)
            event = next(self.events)
            if not known:
                self.source.keys[here] = position
                # A block begins below its key, but a mistake in it is looked for at the key.
                simple = isinstance(event, yaml.ScalarEvent) and event.value
                mark = event.start_mark
                self.source.values[here] = (mark.line + 1, mark.column + 1) if simple else position
            value = self.value(event, here)
            if not known:
                result[key.value] = value
        return result


def twice(key: str, line: int, column: int, first: int) -> Mistake:
    """The mistake of a key that stands in line `first` of its group already."""
    return Mistake(line, column, f'The key "{key}" appears twice (first in line {first}).', "Delete one of them, or give it another name.")


NULL = re.compile(r"~|null|Null|NULL|")
BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def scalar(event: yaml.ScalarEvent) -> str | bool | float | None:
    """A scalar as the core schema of YAML 1.2 reads it (yaml.org/spec/1.2.2, 10.3.2)."""
    if not event.implicit[0]:
        return event.value
    if NULL.fullmatch(event.value):
        return None
    if BOOLEAN.fullmatch(event.value):
        return event.value.lower() == "true"
    if NUMBER.fullmatch(event.value):
        return float(event.value)
    return event.value


def misread(text: str) -> list[Mistake]:
    """What a parser takes for something else: it is said alone, for what follows from it is no help."""
    lines = text.split("\n")
    return [*unmerged(lines), *odd_spaces(lines, IN_DATA)]


# What begins a comment behind a value.
COMMENT = re.compile(r"[ \t]+#")


def cut_off(event: yaml.ScalarEvent, text: str) -> Iterator[Mistake]:
    """The mistake of a text without quotes that ends where a ` #` follows. A number and `true` are whole before it."""
    comment = COMMENT.match(text, event.end_mark.index)
    if comment and event.implicit[0] and isinstance(scalar(event), str):
        yield Mistake(*position(text, comment.end() - 1), "What stands from this # on is a comment, and is not shown.",
                      'Put the whole text in quotes: key: "text #1". Write a comment on a line of its own.')


# A backslash and what it stands for, between double quotation marks; in the group, what no writer here means:
# YAML knows many more, such as a tab for the `\t` of `C:\temp`. `\_` is a space where no line breaks.
ESCAPE = re.compile(r'\\(?:["\\n_]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(.))', re.DOTALL)


def escapes(event: yaml.ScalarEvent, text: str) -> Iterator[Mistake]:
    """The mistake of each backslash between double quotation marks that is read as a part of another character."""
    if event.style != '"':
        return
    for escape in ESCAPE.finditer(text, event.start_mark.index, event.end_mark.index):
        if escape[1]:
            yield Mistake(*position(text, escape.start()), "Between double quotation marks this backslash is not shown, and changes what is behind it.",
                          "Write two, or use single quotes: key: 'text'.")


# A text between quotation marks, closed.
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', re.DOTALL)


def yaml_mistake(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    """What the YAML parser stopped at, in the words of a writer and where it is to be fixed.

    It is told from what is written where the parser stopped and where the part began that it was
    reading, not from the parser's words, which differ between its two versions. The parser often
    notices a slip one line below it, or at the end of the file.
    """
    lines = [*text.splitlines(), ""]  # it may stop below the last one
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark or mark
    written = lines[mark.line]
    part = "\n".join(lines[begun.line:])[begun.column:]
    read = "\n".join([*lines[begun.line:mark.line], written[:mark.column]])[begun.column:]
    above = next((number for number in range(mark.line - 1, -1, -1) if lines[number].strip()), None)
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return at(mark, "There is a tab where YAML allows only spaces.", "Indent with spaces.")
    if merged := run_on(text, mark):
        return at(merged.start_mark, *not_closed(merged.style))
    if part.startswith(("'", '"')):
        quoted = QUOTED.match(part)
        if not quoted:
            return at(begun, *not_closed(part[0]))
        if len(read) < quoted.end():
            return at(mark, "What stands here has a meaning between these quotation marks.", "Use single ones: key: 'text'.")
    # A character that begins nothing says nothing of brackets, but for those that begin a text outside them.
    known = not isinstance(error, yaml.scanner.ScannerError) or written[mark.column:].startswith(("|", ">"))
    if known and (bracket := unclosed(text, mark)):
        return at(bracket.start_mark, f'The "{bracket.id}" is not closed.',
                  f'Write "{CLOSED_BY[bracket.id]}" behind its last entry, or put the text in quotes if it begins with "{bracket.id}".')
    if part.startswith(("[", "{")):
        return at(mark, "What stands here is no part of the entry before it.", "Write a comma between two entries, or put the whole text in quotes.")
    if part.startswith(("@", "`", "%")):
        return at(begun, f'A text begins with {part[0]}, which has a meaning in YAML.', 'Put the text in quotes: key: "text".')
    if error.context_mark and ":" not in lines[begun.line] and not part.startswith("-"):
        return at(begun, *NO_COLON)
    if above is not None and NO_SPACE.match(lines[above]):
        return Mistake(above + 1, lines[above].index(":") + 1, "There is no space behind the colon.", "Write `key: value`.")
    if written[mark.column:].startswith(":"):
        if written.find(":") < mark.column or above is None:
            return at(mark, "A text contains a colon and a space.", 'Put the text in quotes: key: "text: more text".')
        if ":" not in lines[above]:
            return Mistake(above + 1, len(lines[above]) - len(lines[above].lstrip()) + 1, *NO_COLON)
    elif written[:mark.column].strip():
        return at(mark, "What stands here is no part of the value before it.",
                  "Put the whole text in quotes; for a quotation mark within it use the other kind around it.")
    return at(mark, "The line is not indented like the lines that it belongs to.",
              "Indent the keys of one group alike, two spaces more than the key above them.")


def character_mistake(error: yaml.reader.ReaderError, text: str) -> Mistake:
    """A character that YAML does not allow. One of the two parsers counts bytes, so it is looked for."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return Mistake(text.count("\n", 0, found.start() if found else error.position) + 1, 1, "There is a character that YAML does not allow.", "Delete it.")


def not_closed(quote: str) -> tuple[str, str]:
    return "The quotation mark is not closed.", f"Write {quote} at the end of the text."


# A line that begins as those of data do.
KEY_LINE = re.compile(r"\n[ \t]*(?:- +)?[\w-]+:[ \n]")


def run_on(text: str, stop: yaml.Mark) -> yaml.Token | None:
    """A text in quotes that lines of data have become a part of: it ends where the parser stopped, at the quotation mark of the next one."""
    found = None
    for token in tokens(text):
        if token.start_mark.line > stop.line:
            break
        if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"') and token.end_mark.line == stop.line > token.start_mark.line:
            found = token
    return found if found and KEY_LINE.search(text, found.start_mark.index, found.end_mark.index) else None


CLOSED_BY = {"[": "]", "{": "}"}


def tokens(text: str) -> Iterator[yaml.Token]:
    """The tokens of a text, as far as they can be read, and to the first bracket that is nested too deep: the parser takes ever longer for each."""
    depth = 0
    try:
        for token in yaml.scan(text, Loader=LOADER):
            yield token
            depth += (token.id in CLOSED_BY) - (token.id in CLOSED_BY.values())
            if depth > DEEPEST:
                return
    except yaml.YAMLError:
        return


def unclosed(text: str, stop: yaml.Mark) -> yaml.Token | None:
    """The last bracket before the place where the parser stopped that is not closed, neither before it nor behind."""
    opened: list[yaml.Token] = []
    for token in tokens(text):  # what is open where no more can be read counts as not closed
        if token.id in CLOSED_BY:
            opened.append(token)
        elif token.id in CLOSED_BY.values():
            if not opened or CLOSED_BY[opened[-1].id] != token.id:
                break
            opened.pop()
    before = (one for one in reversed(opened) if (one.start_mark.line, one.start_mark.column) < (stop.line, stop.column))
    return next(before, None)


# A key and its value with no space between them: the parser takes the line for a text.
NO_SPACE = re.compile(r"\s*[\w-]+:[^\s/]")
NO_COLON = ("The line has no colon.", "Write `key: value`, or put a text of several lines in quotes.")


def at(mark: yaml.Mark, what: str, fix: str) -> Mistake:
    return Mistake(mark.line + 1, mark.column + 1, what, fix)
