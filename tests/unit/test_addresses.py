"""The addresses of links, for paper."""

from bs4 import BeautifulSoup
from markdown import markdown

from macros.page.words import Words
from macros.procedure.beginnings import Beginnings
from macros.procedure.extension import Marks
from macros.publish.built import leave_out

PAGE = """\
# Bread

[Oven](https://oven.example/a?b=1&c) and [flour][mill], [the same oven](https://oven.example/a?b=1&c), <https://shown.example/>.

| Where |
| --- |
| [Water](http://well.example) |

[Yeast](yeast.md), [below](#rest), [mail](mailto:baker@oven.example).

[mill]: https://mill.example "The mill"
"""
OVEN, MILL, WELL = "https://oven.example/a?b=1&c", "https://mill.example", "http://well.example"


def article(text: str, said: Words | None = None) -> BeautifulSoup:
    marks = Marks(Beginnings())
    marks.words = said or marks.words
    return BeautifulSoup(markdown(text, extensions=["tables", "toc", marks]), "html.parser")


def test_each_address_out_of_the_site_is_listed_once_in_order() -> None:
    assert [item.get_text() for item in article(PAGE).select("ol > li")] == [OVEN, MILL, WELL]


def test_each_link_out_has_the_number_of_its_address() -> None:
    numbered = [(link.get_text(), link["data-address"]) for link in article(PAGE).select("a[data-address]")]
    assert numbered == [("Oven", "1"), ("flour", "2"), ("the same oven", "1"), ("Water", "3")]


def test_a_page_without_a_link_out_has_no_list() -> None:
    assert article("[Yeast](yeast.md), <https://shown.example/>\n").ol is None


def test_the_list_is_named_in_the_words_of_the_site() -> None:
    assert article(PAGE, Words(pages={"addresses": "Wohin"})).select_one("ol").find_previous("p").get_text() == "Wohin"


def test_the_list_is_in_the_manual_and_not_in_the_copies() -> None:
    for reader, listed in (("manual", 1), ("copy", 0)):
        page = article(PAGE)
        leave_out(page, reader)
        assert page.get_text().count(WELL) == listed, reader
