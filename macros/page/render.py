"""The one template environment: every text from data is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.page.options import CLASS, OPTION
from macros.page.words import Spoken

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)


def code_spans(text: str) -> Markup:
    """The text as HTML, with what stands between two backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return Markup("").join(
        Markup("<code>{}</code>").format(with_options(part)) if number % 2 else part for number, part in enumerate(parts)
    )


def with_options(text: str) -> Markup:
    """A text as HTML, each option of a command in one piece."""
    return Markup("").join(
        Markup('<span class="{}">{}</span>').format(CLASS, part) if number % 2 else part for number, part in enumerate(OPTION.split(text))
    )


def filled(text: str, /, **values: object) -> Markup:
    """A text of the words with what stands in its braces, as HTML."""
    return escape(text).format(**values)


ENVIRONMENT.filters["code_spans"] = code_spans
ENVIRONMENT.filters["with_options"] = with_options
ENVIRONMENT.filters["filled"] = filled
ENVIRONMENT.globals["words"] = Spoken()


def render(template: str, **values: object) -> str:
    """The text of a template. Raises jinja2.UndefinedError for a value that is missing."""
    return ENVIRONMENT.get_template(template).render(**values)
