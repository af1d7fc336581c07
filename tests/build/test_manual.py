"""The printed manual, read as a reader of the PDF sees it."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader
from support.paper import Sheets
from support.published import TREES, URL, Published
from support.wrong_links import OUTSIDE

from macros.decision.model import Decision
from macros.source.load import load

pytestmark = pytest.mark.xdist_group("published")


@pytest.fixture(scope="module")
def manual(published: Published) -> PdfReader:
    return PdfReader(published.pdf)


@pytest.fixture(scope="module")
def sheets(manual: PdfReader) -> list[str]:
    """The text of each sheet, without spaces."""
    return [Sheets.plain(sheet.extract_text()) for sheet in manual.pages]


@pytest.fixture(scope="module")
def pages(published: Published) -> dict[str, BeautifulSoup]:
    """The article of each page of the site that readers of the manual need, by its path."""
    return {
        path: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").article
        for file in sorted(published.copy.rglob("*.html"))
        if not (path := file.relative_to(published.copy).as_posix()).startswith("contributing/")
    }


def words(heading: Tag) -> str:
    """What a heading says, without the sign that links to it."""
    return "".join(one for one in heading.strings if not one.find_parent(class_="headerlink")).strip()


def title_of(article: Tag) -> str:
    return words(article.h1)


def destination(manual: PdfReader, link) -> int:
    """The number of the sheet, from 1, that an inner link leads to."""
    target = link.get("/Dest") or link["/A"]["/D"]
    found = manual.named_destinations[target] if isinstance(target, str) else None
    return manual.get_destination_page_number(found) + 1 if found else manual.get_page_number(target[0].get_object()) + 1


def links(manual: PdfReader) -> Iterator[tuple[int, dict]]:
    """Every link, with the number of its sheet."""
    for number, sheet in enumerate(manual.pages, 1):
        for one in sheet.get("/Annots") or []:
            link = one.get_object()
            if link["/Subtype"] == "/Link":
                yield number, link


def test_every_page_has_a_chapter_and_a_bookmark(manual: PdfReader, sheets: list[str], pages: dict) -> None:
    bookmarks = {one.title.strip(): manual.get_destination_page_number(one) for one in manual.outline if not isinstance(one, list)}
    titles = {title_of(article) for article in pages.values()}
    assert len(titles) == len(pages) and titles <= set(bookmarks)
    for title in titles:
        assert Sheets.plain(title) in sheets[bookmarks[title]]


def test_the_contents_name_the_sheet_that_each_page_is_on(sheets: list[str], pages: dict) -> None:
    listing = [number for number, text in enumerate(sheets, 1) if "FleetContentsVersion" in text]
    contents = re.sub(r"\.+", "…", "".join(sheets[number - 1] for number in listing))
    for article in pages.values():
        for heading in [article.h1, *article.select("h2")]:
            if heading.find_parent(hidden=True):
                continue
            title = Sheets.plain(words(heading))
            listed = re.escape(re.sub(r"\.+", "…", title))  # as the dots before a number are
            numbers = re.findall(listed + r"…(\d+?)(?=\D|$)", contents)
            assert any(int(number) not in listing and title in sheets[int(number) - 1] for number in numbers), title


def test_every_sheet_but_the_cover_has_its_number(sheets: list[str]) -> None:
    assert len(sheets) > 10
    for number, text in enumerate(sheets[1:], 2):
        assert f"Page{number}of{len(sheets)}" in text


def test_every_link_leads_somewhere(manual: PdfReader, pages: dict) -> None:
    inner = [destination(manual, link) for _, link in links(manual) if "/URI" not in link.get("/A", {})]
    assert len(inner) > 2 * len(pages)
    assert all(1 <= number <= len(manual.pages) for number in inner)
    outer = {link["/A"]["/URI"] for _, link in links(manual) if "/URI" in link.get("/A", {})}
    assert outer <= OUTSIDE | {URL}


def test_a_link_to_another_page_leads_to_its_chapter(manual: PdfReader, sheets: list[str], pages: dict) -> None:
    starts = sorted(manual.get_destination_page_number(one) + 1 for one in manual.outline if not isinstance(one, list))
    bookmark = next(one for one in manual.outline if not isinstance(one, list) and one.title.strip() == title_of(pages["index.html"]))
    first = manual.get_destination_page_number(bookmark) + 1
    last = next(number for number in starts if number > first) - 1
    led = {destination(manual, link) for number, link in links(manual) if first <= number <= last and "/URI" not in link.get("/A", {})}
    linked = {link["href"].partition("#")[0] for link in pages["index.html"].select("a[href]")} & set(pages)
    assert len(linked) > 3
    for path in linked:
        title = Sheets.plain(title_of(pages[path]))
        assert any(title in sheets[number - 1] for number in led), title


@pytest.mark.parametrize("name", TREES)
def test_each_tree_is_there_in_words_and_as_a_picture(name: str, published: Published, sheets: list[str]) -> None:
    tree = load(published.project / "docs" / "_data" / f"{name}.yml", f"{name}.yml", Decision)
    text = "".join(sheets)
    for question in tree.questions.values():
        for words in [question.ask, *(answer.label for answer in question.answers.values())]:
            assert text.count(Sheets.plain(words)) >= 2, words
    for outcome in tree.outcomes.values():
        assert text.count(Sheets.plain(outcome.title)) >= 2, outcome.title


def test_each_step_has_room_for_a_time_and_initials(sheets: list[str], pages: dict) -> None:
    steps = sum(len(article.select("[data-step]")) for article in pages.values())
    assert steps > 20
    assert "".join(sheets).count("Initials____") == steps


def test_the_manual_says_what_it_is(manual: PdfReader, sheets: list[str]) -> None:
    assert "Version1.0,2026-03-04" in sheets[0]
    assert manual.metadata.title == "Fleet"
    assert manual.trailer["/Root"]["/Lang"] == "en" and manual.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "".join(sheets)
    assert Sheets.plain("a copy of these pages, version 1.0 of 2026-03-04") in text
    assert Sheets.plain("in this folder") not in text


@pytest.mark.parametrize(("nav", "wanted"), [
    ([{"Red": "red.md"}, {"Elsewhere": "https://b.example/blue.md"}, {"More": ["blue.md", "https://b.example/"]}], [("", ["Red"]), ("More", ["Blue"])]),
    (None, [("", ["Blue"]), ("", ["Red"])]),
])
def test_the_pages_are_those_of_the_site_whatever_the_navigation_leads_to(
    nav: list | None, wanted: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from macros.publish.manual import Manual

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772690708")
    for folder in ("docs", "site"):
        (tmp_path / folder).mkdir()
    # A draft is written and not built.
    for name in ("Red", "Blue", "Draft"):
        (tmp_path / "docs" / f"{name.lower()}.md").write_text(f"# {name}\n")
    for name in ("Red", "Blue"):
        (tmp_path / "site" / f"{name.lower()}.html").write_text(f"<article><h1>{name}</h1></article>")
    config = SimpleNamespace(
        nav=nav, site_name="A", site_description="", site_url="https://a.example/", copyright="", docs_dir=str(tmp_path / "docs"), extra={"manual": {"version": "1"}},
    )
    manual = Manual.of(config, tmp_path / "site")
    assert [(part.title, [page.title for page in part.pages]) for part in manual.parts] == wanted
