"""The one template environment: every text from data is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)


def render(template: str, **values: object) -> str:
    """The text of a template. Raises jinja2.UndefinedError for a value that is missing."""
    return ENVIRONMENT.get_template(template).render(**values)
