"""Marks the parts of a procedure in the HTML, so that no later reader looks at prose to find them.

    li[data-step="section/number"][data-role]   a step, and on what it is done, as it is written
    div[data-stop="section"]                    a stop; below it the state that is expected then. data-holds is JSON,
                                                kind of server → claims, each the values of which one must be so
    tr[data-check-before="section/number"]      a check before the start; td[data-label] is its column's header
    li[data-condition], tr[data-condition]      a step, or a check, that depends on something
    span[data-expected], td[data-expected]      what is to be seen after a step, or at a check
    code[data-command]                          a command that a step says to run
    div[data-accept="id"]                       a warning that is accepted by name
    div[data-stretch], div[data-no-return]      a stretch that must not be paused, the point of no return
    p[data-way-back="section"]                  the way back
    p[data-back]                                at the end of what helps in a case: a button to the step at hand, hidden without a run
    span.kind                                   what a box is, in words, before its title

A section is the id of the last heading above, a step's number its place there. What stands in braces
at the end of a line is read by macros/procedure/read.py and taken away here. Where the page is played,
a step has what the browser needs to follow a run: see `of_step`.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator
from hashlib import sha256
from xml.etree.ElementTree import Element, fromstring

from macros.page.render import render
from macros.page.tables import words
from macros.page.words import Words, in_words, words_here
from macros.procedure.beginnings import Beginnings
from macros.procedure.braces import CALLOUT, FOLLOW, HEADING, STEP, split
from macros.procedure.model import Mark, Step, Stop
from macros.procedure.played import Played, Row
from macros.source.code import fenced


def plain_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines of Markdown without what the reader of procedures takes from them."""
    for kind, line in fenced(lines):
        if kind != "text":
            pass
        elif STEP.match(line) or line.lstrip().startswith(("!!!", "???")):
            line = split(line)[0]
        elif HEADING.match(line):
            bare, braces = split(line)
            line = f"{bare} {{ #{braces.id} }}" if braces.id else bare if braces.keys else line
        else:
            line = FOLLOW.sub(lambda match: match[0][:match[0].rindex("{")], line)
        yield line


def with_states(lines: list[str], stop: str, states: list[str]) -> Iterator[str]:
    """The lines with a text below the block of each stop, as far as there are texts. An empty one adds nothing; what looks like a stop in a code block is none."""
    due = iter(states)
    pending = ""
    for kind, line in fenced(lines):
        if pending and line.strip() and not line.startswith(" "):
            yield from ("", pending, "")
            pending = ""
        yield line
        callout = CALLOUT.fullmatch(line.rstrip()) if kind == "text" else None
        if stop and callout and callout[2].startswith(stop):
            pending = next(due, "")
    if pending:
        yield from ("", pending, "")


def state_now(rows: tuple[Row, ...], page: Played, said: Words) -> str:
    """The table and the picture of a state, as one block of HTML without an empty line."""
    with in_words(said):
        html = render("state-now.html", rows=rows, columns=page.columns)
    return "\n".join(line for line in html.splitlines() if line.strip())


def mark(root: Element, begin: Beginnings, page: Played | None = None, programs: Container[str] = ()) -> None:
    """Mark every part of a procedure in the tree of a page. `programs` are those that commands begin with."""
    steps = {step.id: step for step in page.procedure.steps()} if page else {}
    warnings = {(item.section, bare(item.title)): item for item in items(page, Mark) if item.meant}
    stops = {(item.section, bare(item.title)): item for item in items(page, Stop)}
    section, number, checks, title, numbered, counted, heads = "", 0, 0, "", set(), bool(page), []
    phases = {phase.id: phase.phase for phase in page.procedure.phases()} if page else {}
    for element in root.iter():
        if element.tag in ("h2", "h3", "h4", "h5", "h6") and element.get("id"):
            section, number, title = element.get("id"), 0, words(element)
            if section in phases:
                element.set("data-phase", str(phases[section]))
            counted = counted and section != page.procedure.until
        elif element.tag == "ol":
            numbered.update(element)
        elif element in numbered and (role := begin.role(first_bold(element))):
            number += 1
            step = steps.get(f"{section}/{number}")
            given = {"data-step": f"{section}/{number}", "data-role": role, **(of_step(step, page, counted) if step else {})}
            if counted:
                given["data-counted"] = ""
            element.attrib.update(given)
            mark_parts(element, begin, programs)
        elif element.tag == "thead":
            heads = [words(cell) for cell in element.iterfind("tr/*")]
        elif element.tag == "tbody" and counted and begin.checks and title.startswith(begin.checks):
            for row in element:
                checks += 1
                for head, cell in zip(heads[1:], row[1:], strict=False):
                    cell.set("data-label", head)
                if len(row) > 1:
                    row[1].set("data-expected", "")
                    if begin.is_condition(words(row[1])):
                        row.set("data-condition", "")
                row.attrib.update({"data-check-before": f"{section}/{checks}", "data-words": short(words(row))})
        elif element.tag == "div" and "admonition" in element.get("class", ""):
            said = words(element.find("p[@class='admonition-title']"))
            if begin.stop and said.startswith(begin.stop):
                element.attrib.update({"data-stop": section, **({"data-words": short(words(element))} if page else {})})
                if (item := stops.get((section, bare(said)))) and (claims := page.claimed(item)):
                    element.set("data-holds", as_json(claims))
            elif item := warnings.get((section, bare(said))):
                element.attrib.update(of_mark(item, element))
            say_kind(element)
        elif begin.back and element.tag == "p" and first_bold(element) == f"{begin.back}:":
            element.set("data-way-back", section)
    if page and page.procedure.tools:
        lead_back(root, page.procedure.until, {one.id for one in page.procedure.sections if one.case})


def lead_back(root: Element, until: str, cases: Container[str]) -> None:
    """End each section that helps in a case with a way back: those behind `until` that are of a case, or a part of a section."""
    behind, helps, ends = False, False, []
    for place, element in enumerate([*root, Element("h2")]):
        if element.tag in ("h2", "h3"):
            if helps:
                ends.append(place)
            behind = behind or element.get("id") == until
            helps = behind and (element.tag == "h3" or element.get("id") in cases)
    for place in reversed(ends):
        root.insert(place, fromstring(render("run-back.html")))


def mark_parts(step: Element, begin: Beginnings, programs: Container[str]) -> None:
    """Mark in a step what it depends on, its commands, and what is to be seen after it."""
    labels = [f"{label}:" for label in (begin.expected, begin.if_not) if label]
    paragraphs = step.findall("p")
    text = [one for one in paragraphs if first_bold(one) not in labels] or [step]
    first = step if not paragraphs else paragraphs[0]
    if begin.is_condition(words(first).removeprefix(first_bold(first))):
        step.set("data-condition", "")
    for code in (code for part in text for code in part.iter("code")):
        if "".join(code.itertext()).partition(" ")[0] in programs:
            code.set("data-command", "")
    for paragraph in paragraphs:
        if begin.expected and first_bold(paragraph) == f"{begin.expected}:":
            wrap_expected(paragraph, begin)


def wrap_expected(paragraph: Element, begin: Beginnings) -> None:
    """Put what stands behind the first words in bold, up to what to do otherwise, in an element of its own."""
    label, *rest = paragraph
    end = next((place for place, one in enumerate(rest) if one.tag == "strong" and words(one) == f"{begin.if_not}:"), len(rest))
    span = Element("span", {"data-expected": ""})
    span.text, label.tail = (label.tail or "").lstrip(), " "
    for one in rest[:end]:
        paragraph.remove(one)
        span.append(one)
    paragraph.insert(1, span)


def say_kind(box: Element) -> None:
    """Say in the title of a warning what it is, for a reader who sees neither its colour nor its frame."""
    title = box.find("p[@class='admonition-title']")
    if title is None or "warning" not in box.get("class", "").split():
        return
    kind = Element("span", {"class": "kind"})
    said = words_here().notices.no_return if "data-no-return" in box.attrib else words_here().notices.warning
    kind.text, kind.tail, title.text = f"{said} ", title.text, ""
    title.insert(0, kind)


def items(page: Played | None, kind: type) -> Iterator:
    """The items of one kind of a page."""
    return (item for section in (page.procedure.sections if page else ()) for item in section.of(kind))


def of_step(step: Step, page: Played, counted: bool = True) -> dict[str, str]:
    """What the browser needs of a step: what it does, to which servers, and what they are then.

    data-on and data-of say on which servers it is done and for which: active, first, other, standby or
    all. data-each says over which of the two it is repeated. data-after is a JSON object, kind of
    server → the attributes that the step changes; only of a step that is counted. data-among stands at one that is
    not: the kind of servers that it may change, "" for any. data-check is one too, kind of server → the role that its report must show.
    """
    key = page.key if counted else page.sure
    on, of = key(step.on), key(step.of)
    given = {"data-words": short(step.text), "data-on": on, "data-of": of}
    if step.action:
        given["data-action"] = step.action
    if many := "on" if on in MANY else "of" if of in MANY else "":
        given["data-each"] = many
    if counted and (after := page.changed.get(step.id)):
        given["data-after"] = as_json(after)
    if not counted and step.action not in page.idle:
        given["data-among"] = page.among(step.of)
    if step.checks and (before := page.before.get(step.id)):
        given["data-check"] = as_json(before)
    return given


# Keys that stand for more than one server.
MANY = ("other", "standby", "all")


def of_mark(item: Mark, element: Element) -> dict[str, str]:
    """What marks a warning."""
    return {
        **({"data-accept": item.accept, "data-words": short(words(element))} if item.accept else {}),
        **({"data-stretch": ""} if item.stretch else {}), **({"data-no-return": ""} if item.no_return else {}),
    }


def state_of(row: Row) -> dict[str, object]:
    """A state as the browser reads it: its words by column, and each attribute."""
    return {"words": list(row.words), **row.state}


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def short(text: str) -> str:
    """Eight signs to know a text by, whatever its spaces."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def bare(title: str) -> str:
    """The letters and digits of a title: other signs are not all text yet when marks are set."""
    return re.sub(r"[\W_]+", "", title)


def first_bold(element: Element) -> str:
    """The words in bold that an item or a paragraph begins with."""
    while element.tag in ("li", "p") and len(element) and not (element.text or "").strip():
        element = element[0]
    return words(element) if element.tag == "strong" else ""
