"""Another site, of another product and language, needs its own pages and data and no change of code."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, expect
from support.second_site import WORDS, files, settings
from support.sites import Build, make_project, making, mistakes_in_data, mkdocs_build, write_docs
from support.wrong_links import wrong_links

from macros.page.words import ENGLISH, FILLED

SAID = ("aria-label", "title", "alt", "placeholder")


@pytest.fixture
def bakery(built_once: Callable[..., Build]) -> Build:
    return built_once("bakery", making(files(), settings))


def said(part: Tag) -> Iterator[str]:
    """Each text that a reader of a part of a page may meet, also what a script fills in."""
    yield from part.stripped_strings
    for tag in part.find_all(True):
        yield from (str(value) for name, value in tag.attrs.items() if name in SAID or name.startswith("data-say-"))
    for template in part.find_all("template"):
        yield from BeautifulSoup(template.decode_contents(), "html.parser").stripped_strings


def english() -> set[str]:
    """The default words that this site has others for, each as what stands between what is filled in."""
    texts = (text for group in yaml.safe_load(WORDS) for _, text in getattr(ENGLISH, group))
    return {piece for text in texts for one in FILLED.split(text) if len(piece := one.strip(" :.")) > 1}


def test_no_default_word_is_on_a_page_of_a_site_with_words_of_its_own(bakery: Build) -> None:
    texts = []
    for path in ("index.html", "fragen/index.html", "backen/wahl/index.html", "backen/sauer/index.html", "404.html", "sauer/index.html"):
        page = BeautifulSoup((bakery.site / path).read_text(encoding="utf-8"), "html.parser")
        texts += [f"{path}: {text}" for text in said(page)]
    known = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, english()))})(?!\w)")
    texts += re.findall(r"--say-\w+: ?[^;}]*", next(bakery.site.glob("assets/site.*.css")).read_text(encoding="utf-8"))
    assert texts[-1].endswith('"Zeit ____ Kürzel ____"')
    assert [text for text in texts if known.search(text)] == []
    # The check sees what it is for.
    assert known.search("Question 1 of at most 3") and any("Von höchstens 3 Fragen die Nummer 1" in text for text in texts)


def test_every_link_of_every_page_leads_somewhere(bakery: Build) -> None:
    assert wrong_links(bakery) == []


def test_a_tree_of_a_page_in_a_folder_works_in_the_browser(bakery: Build, page: Page) -> None:
    page.goto(f"{bakery.url}backen/wahl/?brot.zeit=tag")
    tree = page.locator("[data-name=brot]")
    expect(tree.get_by_text("Von höchstens 3 Fragen die Nummer 2")).to_be_visible()
    tree.get_by_role("button", name="Ich bin nicht sicher").locator("visible=true").click()
    expect(tree.get_by_role("heading", name="Noch offen")).to_be_visible()
    expect(tree.locator("[data-part=possible]").get_by_text("1 Weg").first).to_be_visible()
    page.goto(f"{bakery.url}backen/wahl/?brot.zeit=tag&brot.starter=ja")
    tree.get_by_role("link", name="Diese Anleitung beginnen").click()
    expect(page).to_have_url(re.compile(r"/backen/sauer/"))


@pytest.mark.parametrize(("right", "wrong", "message"), [
    ("  back:", "  bakc:", 'The key "bakc" is not known here. Did you mean "back"?'),
    ("picture:", "picutre:", 'The key "picutre" is not known here. Did you mean "picture"?'),
    ("die Nummer {number}", "die Nummer {nummer}", '"place" does not have the right braces. Write {most} and {number} in it, and no other braces.'),
    ("Zurück", "Zurück {", '"back" does not have the right braces. Write it without braces.'),
    ("Zurück", "", '"back" is empty.'),
    ("Zurück", "[Zurück]", '"back" must be a text, not a list.'),
])
def test_a_wrong_word_is_a_mistake_at_its_place(right: str, wrong: str, message: str, tmp_path: Path) -> None:
    text = WORDS.replace(right, wrong, 1)
    (found,) = mistakes_in_data(write_docs(tmp_path, {"_data/words.yml": text}))
    line = text[:WORDS.index(right)].count("\n") + 1
    assert found.startswith(f"docs/_data/words.yml:{line}:") and message in found


def test_words_that_are_left_out_are_the_default_ones(tmp_path: Path) -> None:
    pages = {**files(), "_data/words.yml": "tree:\n  back: Zurück\n"}
    build = mkdocs_build(make_project(tmp_path, pages))
    tree = (build.site / "index.html").read_text(encoding="utf-8")
    assert ">Zurück<" in tree and f">{ENGLISH.tree.restart}<" in tree
