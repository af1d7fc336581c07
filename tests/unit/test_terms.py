"""The first place of a term on a page opens its explanation; later ones are plain text."""

import re
import threading

from bs4 import BeautifulSoup
from markdown import markdown

from macros.page.rendered import render_page
from macros.procedure.beginnings import Beginnings
from macros.procedure.extension import Marks
from macros.publish.built import leave_out

EXPLAINED = '\n\n*[RGB]: Red, "green" & blue\n*[dye bath]: A tub\n'
EXTENSIONS = ["abbr", "attr_list", "def_list", "tables", "toc", "md_in_html", "admonition", "pymdownx.details"]


def article(text: str) -> BeautifulSoup:
    return BeautifulSoup(markdown(text + EXPLAINED, extensions=[*EXTENSIONS, Marks(Beginnings())]), "html.parser")


def opened(text: str) -> list[tuple[str, str, str]]:
    """Each term that opens: the element around its words, what it says, and its explanation."""
    page = article(text)
    return [(term.find_parent(lambda one: one.name != "span").name, term.get_text(), page.find(id=term["popovertarget"], popover=True).get_text()) for term in page.select("button")]


def test_the_first_place_of_each_term_opens_its_explanation() -> None:
    page = "An RGB mix in the dye bath. RGB, and RGB again.\n\n- the dye bath of RGB\n"
    assert opened(page) == [("p", "RGB", 'RGB: Red, "green" & blue'), ("p", "dye bath", "dye bath: A tub")]
    assert article(page).abbr is None


def test_the_words_of_a_page_stay_as_they_are_written() -> None:
    page = "*One* RGB, **two** RGB three RGB: `x` RGB.\n\nRGB RGB (RGB).\n"
    assert [" ".join(one.get_text().split()) for one in article(page).select("p")] == ["One RGB, two RGB three RGB: x RGB.", "RGB RGB (RGB)."]


def test_a_later_place_behind_a_first_one_with_its_characters_is_plain_text_there() -> None:
    page = article("An (RGB) mix, and RGB again.")
    assert page.p.get_text() == "An (RGB) mix, and RGB again."
    assert [one.get_text() for one in page.select("button, .together")] == ["(RGB)", "RGB"]


def test_no_line_ends_between_a_term_and_the_characters_at_it() -> None:
    for text, whole in (("A mix (RGB) of", "(RGB)"), ('**A** "RGB", if', '"RGB",'), ("RGB.", "RGB."), ("x (RGB mix)", "(RGB")):
        page = article(text)
        assert [one.get_text() for one in page.select(".together")] == [whole], text
        assert page.p.get_text() == text.replace("*", ""), text
    assert article("An RGB mix").select(".together") == []


def test_no_place_where_a_button_would_be_in_the_way_opens_it() -> None:
    for before in ("# RGB", "## About RGB", "[RGB](a.md)", "[the **RGB** mix](a.md)", "`RGB`", "RGB\n:   A mix.", "    RGB", "??? note \"RGB\"\n\n    Text.", "| RGB |\n| --- |\n| 1 |"):
        assert opened(before) == [], before
        assert opened(f"{before}\n\n---\n\nThe RGB mix.\n") == [("p", "RGB", 'RGB: Red, "green" & blue')], before


def test_a_page_without_a_term_has_no_explanations() -> None:
    assert "popover" not in str(article("Plain."))


def test_a_heading_keeps_its_id_and_name() -> None:
    heading = article("## Mix RGB now").h2
    assert (heading["id"], heading.decode_contents()) == ("mix-rgb-now", "Mix RGB now")


def test_a_term_belongs_to_its_sentence_for_the_checks_of_pages() -> None:
    page = render_page("The RGB mix." + EXPLAINED, [*EXTENSIONS, Marks(Beginnings())], {})
    assert ("text", "The RGB mix.") in page.parts


def test_the_manual_and_the_copies_have_the_words_alone() -> None:
    for reader in ("manual", "copy"):
        page = article("The RGB mix.")
        leave_out(page, reader)
        assert re.sub(r"\s+", " ", page.get_text()).strip() == "The RGB mix.", reader
        assert page.button is None


def test_pages_rendered_side_by_side_keep_their_terms() -> None:
    found: dict[int, list] = {}
    pages = ["The RGB mix.", "A dye bath."] * 8
    threads = [threading.Thread(target=lambda n=n, text=text: found.update({n: opened(text)})) for n, text in enumerate(pages)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [found[n] for n in range(len(pages))] == [opened(text) for text in pages]
