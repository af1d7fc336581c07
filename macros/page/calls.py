"""The macro calls in a page: what is wrong with each, found before any page is rendered.

A page may hold `{{ macro("word") }}` and `{% raw %}`, nothing else of the template language. So
every call can be checked as it stands, and no page fails half-way.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from inspect import signature

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.page.front_matter import front_mistakes, front_values
from macros.page.render import render
from macros.page.rendered import found_in
from macros.page.site import FRONT_MATTER
from macros.source.files import position, shown
from macros.source.mistake import Mistake, near_miss, one_of, said

PARSER = Environment()


@dataclass(frozen=True)
class Calls:
    """What a page may call: the macros, and for a parameter's name the words it may be given."""

    macros: Mapping[str, Callable[..., str]]
    words: Mapping[str, Collection[str]]

    def mistakes(self, text: str) -> list[Mistake]:
        """What is wrong with the calls in a page. Front matter must be blanked, not cut off."""
        try:
            body = PARSER.parse(text).body
        except TemplateSyntaxError as error:
            return [syntax_mistake(error, text)]
        lines = written_out(text).splitlines()
        found, behind = [], {}
        for statement in body:
            parts = statement.nodes if isinstance(statement, nodes.Output) else [statement]
            for part in (one for one in parts if not isinstance(one, nodes.TemplateData)):
                line = lines[part.lineno - 1] if part.lineno <= len(lines) else ""
                # The same word may stand in the text, or in a call before this one.
                begun = OPENING.search(line, behind.get(part.lineno, 0))
                start = begun.start() if begun else 0
                if begun:
                    behind[part.lineno] = begun.end()
                for near, what, fix in self.mistakes_of(part):
                    column = max(line.find(near, start), start) + 1
                    found.append(Mistake(part.lineno, column, what, fix))
        return found

    def mistakes_of(self, part: nodes.Node) -> Iterator[tuple[str, str, str]]:
        """For each mistake of a part: a text that it stands at, what is wrong and the fix."""
        if isinstance(part, nodes.Name):
            yield part.name, f'"{part.name}" is between braces but is not a macro call.', self.fix(part.name)
            return
        if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
            yield "{", "Only macro calls are allowed between braces.", SHOW_BRACES
            return
        name = part.node.name
        if name not in self.macros:
            yield name, f'There is no macro "{name}".', self.fix(name)
            return
        named = [(given.key, given.value) for given in part.kwargs]
        values = [*part.args, *(value for _, value in named)]
        if part.dyn_args or part.dyn_kwargs or not all(isinstance(value, nodes.Const) and isinstance(value.value, str) for value in values):
            yield name, f'The macro "{name}" is given something other than a word in quotes.', self.example(name)
            return
        try:
            bound = signature(self.macros[name]).bind(*part.args, **dict(named))
        except TypeError as error:
            yield name, f'The macro "{name}" is not called correctly: {error}.', self.example(name)
            return
        for parameter, value in bound.arguments.items():
            known = self.words.get(parameter)
            if known is not None and value.value not in known:
                word = value.value
                yield (word, f'There is no {parameter} "{word}".',
                       f"{near_miss(word, known)}Write one of: {one_of(known)}.")

    def fix(self, name: str) -> str:
        """What to write for a name that is no macro."""
        return f"{near_miss(name, self.macros)}Write one of: {one_of(self.macros)}. {SHOW_BRACES}"

    def example(self, name: str) -> str:
        """How a macro is called, with words that are known."""
        words = (f'"{next(iter(self.words.get(one, ())), one)}"' for one in signature(self.macros[name]).parameters)
        return f"Write `{{{{ {name}({', '.join(words)}) }}}}`."


def written_out(text: str) -> str:
    """A text with what is taken as it is written blanked, and remarks. Each character keeps its place."""
    return AS_WRITTEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def values_given(text: str, name: str, macro: Callable[..., str]) -> dict[str, str] | None:
    """Parameter → text, given or by default, of the first call of a macro in a page; None where no call can be read."""
    if name not in text:  # parsing takes long, and few pages call one
        return None
    try:
        body = PARSER.parse(body_of(text))
    except TemplateSyntaxError:
        return None
    for call in body.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == name:
            try:
                bound = signature(macro).bind(*call.args, **{given.key: given.value for given in call.kwargs})
            except TypeError:
                return None
            bound.apply_defaults()
            values = {key: value.value if isinstance(value, nodes.Const) else value for key, value in bound.arguments.items()}
            return {key: value for key, value in values.items() if isinstance(value, str)}
    return None


SHOW_BRACES = "To show braces to the reader, put them between `{% raw %}` and `{% endraw %}`."


# What is taken as it is written, or in the group a call within a line; the words of a call, and what is left of one.
CALL = re.compile(r"\{%-?\s*raw\b.*?\bendraw\s*-?%\}|(\{\{[^{}\n]*\}\})", re.DOTALL)
WORDS = re.compile(r"\"[^\"]*\"|'[^']*'")
LOOSE = re.compile("[\"']")
OPENING = re.compile(r"\{[{%]")
# What is no call, though it may look like one.
AS_WRITTEN = re.compile(r"\{%-?\s*raw\b.*?\bendraw\s*-?%\}|\{#.*?#\}", re.DOTALL)


def syntax_mistake(error: TemplateSyntaxError, text: str) -> Mistake:
    """A text that the template language cannot read, at the last braces of its line, or at the quotation mark that is not closed."""
    call = next((call for call in CALL.finditer(text) if LOOSE.search(WORDS.sub("", call[1] or ""))), None)
    if call:
        return Mistake(*position(text, call.start()), "A quotation mark of the macro call is not closed.", 'Write `{{ macro("word") }}`.')
    lines = text.splitlines() or [""]
    line = min(error.lineno, len(lines))
    written = lines[line - 1]
    column = max(written.rfind("{{"), written.rfind("{%"), written.rfind("{#"), 0) + 1
    if "comment" in (error.message or ""):
        return Mistake(line, column, "A comment is opened with `{#` and not closed.",
                       "For an id write `{ #id }`, with a space; else close the comment with `#}`.")
    return Mistake(line, column, f"The macro call cannot be read ({str(error.message).rstrip('.')}).",
                   f'Write `{{{{ macro("word") }}}}`. {SHOW_BRACES}')


def body_of(text: str) -> str:
    """A page's text with its front matter blanked, so that lines keep their numbers."""
    front = FRONT_MATTER.match(text)
    return "\n" * front[0].count("\n") + text[front.end():] if front else text


def page_mistakes(text: str, calls: Calls) -> list[Mistake]:
    """What is wrong with the front matter and the macro calls of a page."""
    return [*front_mistakes(text, calls.macros), *calls_of_page(text, calls)]


def calls_of_page(text: str, calls: Calls) -> list[Mistake]:
    """What is wrong with the macro calls of a page; its front matter may switch macros off."""
    body = body_of(text)
    if has_macros(text):
        return calls.mistakes(body)
    names = "|".join(map(re.escape, calls.macros))
    return [
        Mistake(*position(body, match.start()), "A macro is called, but `render_macros: false` switches macros off.",
                "Delete that line of the front matter, or show the call as code.")
        for match in re.finditer(rf"\{{\{{-?\s*(?:{names})\s*\(", shown(body))
    ]


def has_macros(text: str) -> bool:
    """Whether the macro calls of a page are rendered, by its front matter."""
    return front_values(text).get("render_macros") is not False


@dataclass(frozen=True, eq=False)  # a set equals any set of the same ids
class Made(Set):
    """The ids that the macro calls of a page make, and the text in which they stand."""

    ids: Set[str] = frozenset()
    text: str = ""

    def __contains__(self, name: object) -> bool:
        return name in self.ids

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


def ids_made(text: str, calls: Calls) -> Made | None:
    """What the macro calls of a page make, or None where a call is wrong."""
    if not has_macros(text):
        return Made()
    body = body_of(text)
    return None if calls.mistakes(body) else Made(*found_in("\n".join(results(body, calls.macros))))


def results(text: str, macros: Mapping[str, Callable[..., str]]) -> Iterator[str]:
    """What each macro call of a page gives. The calls must be right."""
    for statement in PARSER.parse(text).body:
        for part in statement.nodes if isinstance(statement, nodes.Output) else ():
            if isinstance(part, nodes.Call):
                named = {given.key: given.value.value for given in part.kwargs}
                yield macros[part.node.name](*(value.value for value in part.args), **named)


def with_boxes(text: str, name: str, calls: Calls) -> str:
    """A page with a box in place of each line that holds a wrong macro call, for the preview."""
    lines = text.splitlines()
    boxes: dict[int, list[Mistake]] = {}
    while found := calls.mistakes("\n".join(lines)):
        if all(one.line in boxes for one in found):
            # The mistake reaches over several lines: nothing of the page can be shown.
            return box(said(name, [one for group in boxes.values() for one in group]))
        for one in found:
            boxes.setdefault(one.line, []).append(one)
            lines[one.line - 1] = ""
    return "\n".join(
        f"\n{box(said(name, boxes[number]))}\n" if number in boxes else line
        for number, line in enumerate(lines, 1)
    )


def box(lines: list[str], title: str = "Left out until this is fixed") -> str:
    """Mistakes as a box on the page, safe to stand in a page's Markdown."""
    return render("mistake.html", lines=lines, title=title).replace("{", "&#123;")
