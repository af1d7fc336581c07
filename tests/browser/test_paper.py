"""What the browser prints: nothing that belongs together is divided. The parts of a page of its own begin at ever other heights."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from support.rules import FORM
from support.sites import make_project, mkdocs_build

# One process builds the site and reads its sheets.
pytestmark = pytest.mark.xdist_group("paper")

PARTS = range(101, 141)
PART = """
## Part {n}

{before}

| Colour {n} | Use |
| --- | --- |
{rows}

1. **On the Active Server:** Begin {n}. {filler}

    **Expected:** it is done {n}.

!!! note "Stop: do not continue until paint {n} is dry"

    {filler}

    Dry to the last corner {n}.

!!! warning "Wet {n}"

    {filler}

    Wash it off {n}.

Run {gap} `paint-tool.sh -stop_painting` then.
"""
# The first and the last words of what belongs together.
TOGETHER = {
    "a heading and its text": ("Part {n}", "Before {n}"),
    "a table": ("Colour {n}", "Last colour {n}"),
    "a step": ("Begin {n}", "it is done {n}"),
    "a stop": ("paint {n} is dry", "Dry to the last corner {n}"),
    "a warning": ("Wet {n}", "Wash it off {n}"),
}


def part(n: int) -> str:
    text = "Paint needs its time and its air. "
    rows = "\n".join([*["| Red | Doors |"] * (n % 4 + 4), f"| Last colour {n} | None |"])
    before = "\n\n".join([f"Before {n}", *[text] * (n * 7 % 19)])
    return PART.format(n=n, before=before, rows=rows, filler=text * 12, gap="a " * (n * 3 % 70))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], object], browser: Browser) -> list[str]:
    """The text of each printed sheet, line by line."""
    text = "---\ndescription: How to paint.\n---\n\n# Painting\n" + "".join(map(part, PARTS))
    project = make_project(tmp_path_factory.mktemp("paper"), {"index.md": text, "_data/rules/form.yml": FORM})
    build = mkdocs_build(project)
    assert build.code == 0, build.output
    page = browser.new_page()
    page.goto(serve(build.site).url)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    return [sheet.extract_text() for sheet in printed.pages]


def sheet_of(sheets: list[str], words: str) -> int:
    """The number of the sheet that has the words."""
    return next(number for number, text in enumerate(sheets) if words in " ".join(text.split()))


@pytest.mark.parametrize("name", TOGETHER)
def test_what_belongs_together_is_on_one_sheet(name: str, sheets: list[str]) -> None:
    pairs = [[words.format(n=n) for words in TOGETHER[name]] for n in PARTS]
    assert [(first, last) for first, last in pairs if sheet_of(sheets, first) != sheet_of(sheets, last)] == []


def test_no_word_of_a_command_is_broken(sheets: list[str]) -> None:
    assert "".join(sheets).count("paint-tool.sh -stop_painting") == len(PARTS)


def test_no_sheet_is_nearly_empty(sheets: list[str]) -> None:
    assert all(len(text) > 400 for text in sheets[:-1]), [len(text) for text in sheets]
