"""Reads a procedure from a page's Markdown. What a writer adds to plain Markdown stands in braces at the end of a line:

    1. **On the Active Server:** Exclude … { .exclude of="each Standby Server" instead="stop" }
    !!! note "Stop: do not continue until …" { holds="each Management Server: stopped or excluded" }
    !!! warning "…" { .stretch .no-return #id }
    **To go back from here:** … [The upgrade is cancelled](#cancelled){ .follow }
    ## Take over { #take-over from="active-dead" to="healthy" case="serving-server-dies" }
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape

from markdown.extensions.toc import slugify, unique

from macros.procedure.actions import Actions
from macros.procedure.braces import CALLOUT, FOLLOW, HEADING, LEFT, STEP, Braces, split
from macros.procedure.beginnings import Beginnings
from macros.procedure.model import Claim, Mark, Procedure, Section, Step, Stop, WayBack
from macros.source.code import fenced
from macros.source.mistake import Mistake, near_miss, one_of

BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
# What each kind of line may carry in braces: keys, and words; None where the reader knows them elsewhere.
KEYS = {
    "step": ("of", "instead", "holds", "check"), "stop": ("holds",), "warning": (), "heading": ("from", "to", "case"),
}
WORDS = {"step": None, "stop": (), "warning": ("stretch", "no-return"), "heading": None}
# Whose id is no id of an element on the page.
NO_ID = ("step", "stop")
# Markdown's signs, and what of them is text: code, a link, an emphasis, what stands behind a backslash.
SIGNS = re.compile(r"(`+)(.+?)\1|\[([^\]]*)\]\([^)]*\)|<[^>]+>|\\([!-/:-@[-`{-~])|\*+|(?<!\w)(_{1,2})(?=\S)(.+?)(?<=\S)\5(?!\w)")


class Reader:
    """One page being read: its sections so far, and the mistakes."""

    def __init__(self, page: str, actions: Actions, begin: Beginnings, roles: Mapping[str, str] | None) -> None:
        self.page, self.actions, self.begin, self.declared = page, actions, begin, roles is not None
        self.roles = [role for key in ("active", "first") if (role := (roles or {}).get(key))]
        self.sections: list[Section] = []
        self.items: list = []
        self.mistakes: list[Mistake] = []
        self.ids: set[str] = set()
        self.number = 0
        self.phase = 0

    def wrong(self, line: int, column: int, what: str, fix: str) -> None:
        self.mistakes.append(Mistake(line, column, what, fix))

    # ---- Lines

    def heading(self, line: int, marks: str, title: str, braces: Braces) -> None:
        self.known(line, braces, "heading")
        cases = dict.fromkeys(way.case for way in self.actions.ways_on if way.case)
        for key, known, what in (("from", self.actions.start, "state"), ("to", self.actions.goals, "goal"), ("case", cases, "case")):
            if (value := braces.keys.get(key)) is not None and value not in known:
                self.wrong(line, braces.column, f'"{key}" names no {what} "{value}".',
                           f"{near_miss(value, known)}Write one of: {one_of(known)}." if known else "Delete it.")
        self.close()
        if len(marks) == 2 and self.begin.phase and title.startswith(self.begin.phase):
            self.phase += 1
            phase = self.phase
        else:
            phase = 0
        self.number = 0
        self.sections.append(Section(
            line, len(marks), self.id_of(title, braces), plain(title), braces.keys.get("from", ""), braces.keys.get("to", ""),
            braces.keys.get("case", ""), phase,
        ))

    def id_of(self, title: str, braces: Braces) -> str:
        """The id of a heading, as the table of contents gives it."""
        return braces.id or unique(slugify(plain(title), "-"), self.ids)

    @property
    def section(self) -> str:
        """The section that a line belongs to; none below the title of the page."""
        return self.sections[-1].id if self.sections and self.sections[-1].level > 1 else ""

    def close(self) -> None:
        """What was read since the last heading belongs to it."""
        if self.items and not self.sections:
            self.sections.append(Section(self.items[0].line, 1, "", ""))
        if self.sections:
            self.sections[-1] = replace(self.sections[-1], items=tuple(self.items))
        self.items = []

    def step(self, line: int, bare: str, braces: Braces, below: list[str]) -> None:
        text = STEP.fullmatch(bare)[2]
        role = self.begin.role(first_bold(text))
        if not role:
            if braces.words or braces.keys:
                self.wrong(line, braces.column, "An action stands at something that is no step.",
                           "Begin the step with the server that it is done on, in bold.")
            return
        self.number += 1
        self.known(line, braces, "step")
        action, instead = self.action(line, braces), braces.keys.get("instead", "")
        if instead and instead not in self.actions.actions:
            self.unknown_action(line, braces.column, instead)
            instead = ""
        on = article(role)
        of = braces.keys.get("of", on)
        does = self.actions.actions[action] if action else None
        # A page without roles may speak of servers that only a reader can tell.
        if self.declared or does and "of" not in braces.keys and (does.needs or does.changes):
            self.servers(line, bare.find("**") + 1, on)
        if "of" in braces.keys:
            self.servers(line, braces.column, of)
        parts = paragraphs(below)
        expected, if_not = labelled(parts, self.begin.expected), labelled(parts, self.begin.if_not)
        words = "\n".join([text, *below])
        self.items.append(Step(
            line, self.section, self.number, " ".join(words.split()), on, of, action, instead,
            braces.keys.get("check", ""), self.claims(line, braces), commands(below), expected, if_not,
            tuple(LINK.findall(if_not or text)),
        ))

    def action(self, line: int, braces: Braces) -> str:
        """The action of a step: the one word in its braces."""
        for word in braces.words:
            if word not in self.actions.actions:
                self.unknown_action(line, braces.column, word)
                return ""
        if len(braces.words) > 1:
            self.wrong(line, braces.column, "The step has two actions.", "Write two steps, or `instead=\"…\"` for one of them.")
        return braces.words[0] if braces.words else ""

    def unknown_action(self, line: int, column: int, word: str) -> None:
        known = self.actions.actions
        self.wrong(line, column, f'There is no action "{word}".', f"{near_miss(word, known)}Write one of: {one_of(known, 20)}.")

    def servers(self, line: int, column: int, words: str) -> None:
        """Words for servers name a role of the page or a group of the data file."""
        if words.lower() in (role.lower() for role in self.roles) or self.actions.group(words):
            return
        known = [*self.roles, *(word for group in self.actions.groups for word in group.words)]
        self.wrong(line, column, f'No server is called "{words}".', f"{near_miss(words, known)}Write one of: {one_of(known, 6)}.")

    def claims(self, line: int, braces: Braces) -> tuple[Claim, ...]:
        """What must hold: `servers: value or value, value; servers: value`."""
        found = []
        for part in braces.keys["holds"].split(";") if "holds" in braces.keys and self.actions.groups else ():
            servers, colon, values = part.partition(":")
            servers = servers.strip()
            if not colon or not values.strip():
                self.wrong(line, braces.column, f'"{part.strip()}" says nothing that could hold.',
                           f'Write `holds="{self.actions.groups[0].words[0]}: {" or ".join(next(iter(self.actions.attributes.values())))}"`.')
                continue
            self.servers(line, braces.column, servers)
            each = tuple(tuple(one.strip() for one in re.split(r"\bor\b", value)) for value in values.split(","))
            for one in (one for options in each for one in options):
                if self.actions.attribute_of(one) is None:
                    known = [value for values in self.actions.attributes.values() for value in values]
                    self.wrong(line, braces.column, f'No server can be "{one}".', f"{near_miss(one, known)}Write one of: {one_of(known, 20)}.")
            found.append((servers, each))
        return tuple(found)

    def named(self, line: int, text: str) -> None:
        """A role of the page gets the name of a server wherever it stands, so what stands before it must not make it another server."""
        for role in self.roles:
            for match in re.finditer(rf"\bnew {re.escape(role)}(?!s)", text):
                self.wrong(line, match.start() + 1, f'"{match[0]}" would get the name of the server that is "{role}" now.',
                           f'Name the role in the call of `runbook` otherwise, such as "present {role}".')
        step = STEP.fullmatch(text.lstrip())
        if self.declared and text[:1] == " " and step and (role := self.begin.role(first_bold(step[2]))):
            self.servers(line, text.find("**") + 1, article(role))

    def callout(self, line: int, kind: str, title: str, braces: Braces, folded: bool) -> None:
        stop, given = bool(self.begin.stop) and title.startswith(self.begin.stop), braces.words or braces.id or braces.keys
        if folded and (stop or given):
            self.wrong(line, 1, "A callout that the procedure depends on is folded.", "Begin it with `!!!`.")
        elif stop:
            self.known(line, braces, "stop")
            self.items.append(Stop(line, self.section, plain(title), self.claims(line, braces)))
        elif not folded:
            self.known(line, braces, "warning")
            self.items.append(Mark(line, self.section, plain(title), kind, "stretch" in braces.words, "no-return" in braces.words, braces.id))

    def way_back(self, line: int, text: str) -> None:
        """A paragraph that begins as a way back does, with the links that are followed."""
        follow = FOLLOW.findall(text) or [""]
        self.items += [WayBack(line, self.section, link) for link in follow]

    def known(self, line: int, braces: Braces, kind: str) -> None:
        """Braces hold only what this kind of line may carry, and that once."""
        for what, given, known in (("key", braces.keys, KEYS[kind]), ("word", braces.words, WORDS[kind])):
            for one in given if known is not None else ():
                if one not in known:
                    self.wrong(line, braces.column, f'The {what} "{one}" is not known at a {kind}.',
                               f"{near_miss(one, known)}Write one of: {one_of(known)}." if known else "Delete it.")
        for key in braces.twice:
            self.wrong(line, braces.column, f'The key "{key}" stands there twice.', "Delete one of them.")
        if braces.id and kind in NO_ID:
            self.wrong(line, braces.column, f'The id "{braces.id}" is not known at a {kind}.', "Delete it.")

    def not_followed(self, line: int, text: str) -> None:
        """A link that is to be followed stands in a way back alone."""
        if match := FOLLOW.search(re.sub(r"`[^`]*`", lambda code: " " * len(code[0]), text)):
            self.wrong(line, match.start() + 1, "A link that is to be followed stands outside a way back.",
                       f"Begin the paragraph with `**{self.begin.back}:**`, or delete `{{ .follow }}`.")

    def left(self, line: int, bare: str) -> None:
        """Braces that cannot be read: a reader of the page would see them."""
        if match := LEFT.search(bare):
            self.wrong(line, match.start() + 1, "What stands in braces cannot be read.",
                       'Write it in one pair of braces, values in double quotes: `{ .word key="value" }`.')


def read_procedure(
    page: str, lines: list[tuple[int, str]], actions: Actions, begin: Beginnings, roles: Mapping[str, str] | None,
) -> tuple[Procedure, list[Mistake]]:
    """A page's procedure and its mistakes.

    `lines` are its lines with their numbers, code blocks among them, front matter not. `roles` are the
    values of its `runbook(…)` call; None where it has none.
    """
    reader = Reader(page, actions, begin, roles)
    text = list(prose(lines))
    reader.ids |= {braces.id for _, _, bare, braces in text if not STEP.match(bare) and not CALLOUT.match(bare)} - {""}
    back = 0
    for place, number, bare, braces in text:
        reader.named(number, bare)
        if match := HEADING.fullmatch(bare):
            reader.heading(number, match[1], match[2] or "", braces)
        elif STEP.fullmatch(bare):
            reader.step(number, bare, braces, below(lines, place))
        elif match := CALLOUT.fullmatch(LEFT.sub("", bare).rstrip()):
            reader.callout(number, match[1], match[2], braces, folded=bare.startswith("?"))
        elif begin.back and bare.startswith(f"**{begin.back}:**"):
            words = paragraph(lines, place)
            reader.way_back(number, " ".join(words))
            back = place + len(words)
            continue
        elif not bare.startswith(("!!!", "???")):
            if place >= back:
                reader.not_followed(number, lines[place][1])
            continue
        reader.left(number, bare)
    reader.close()
    tools, roles = roles is not None, roles or {}
    return Procedure(
        page, roles.get("active", ""), roles.get("first", ""), roles.get("until", ""), tools, tuple(reader.sections),
    ), reader.mistakes


def prose(lines: list[tuple[int, str]]) -> Iterable[tuple[int, int, str, Braces]]:
    """Each line outside code blocks: its place and its number, the line without its braces, and these."""
    for place, (kind, line) in enumerate(fenced(line for _, line in lines)):
        if kind == "text":
            yield place, lines[place][0], *split(line)


def paragraph(lines: list[tuple[int, str]], place: int) -> list[str]:
    """The lines of the paragraph that begins at a place."""
    end = next((end for end in range(place, len(lines)) if not lines[end][1].strip()), len(lines))
    return [line for _, line in lines[place:end]]


def below(lines: list[tuple[int, str]], place: int) -> list[str]:
    """The lines that continue a step: blank ones and indented ones."""
    found = []
    for _, line in lines[place + 1:]:
        if line.strip() and not line.startswith("   "):
            break
        found.append(line.strip())
    while found and not found[-1]:
        found.pop()
    return found


def paragraphs(lines: list[str]) -> list[str]:
    """Lines as paragraphs."""
    return [part.replace("\n", " ") for part in re.split(r"\n\n+", "\n".join(lines)) if part]


def labelled(parts: list[str], label: str) -> str:
    """What stands behind a label in bold, up to the next label or the end of its paragraph."""
    for part in parts:
        if label and (match := re.search(rf"\*\*{re.escape(label)}:\*\*\s*(.*?)(?=\s*\*\*[^*]+:\*\*|$)", part)):
            return match[1]
    return ""


def commands(lines: Iterable[str]) -> tuple[str, ...]:
    """The commands of a step: the lines of its code blocks."""
    return tuple(line for kind, line in fenced(lines) if kind == "code" and line)


def first_bold(text: str) -> str:
    """The words in bold that a text begins with."""
    match = BOLD.match(text)
    return match[1] if match else ""


def article(role: str) -> str:
    """A role without its article."""
    return re.sub(r"^the ", "", role, flags=re.IGNORECASE)


def plain(text: str) -> str:
    """Words without Markdown's signs."""
    def said(match: re.Match[str]) -> str:
        return match[2] or plain(match[3] or match[6] or "") or match[4] or ""

    return unescape(SIGNS.sub(said, text)).strip()
