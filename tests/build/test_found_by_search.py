"""What the search knows of a site with a page of each kind."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from support.sites import ROOT, Build


def test_no_entry_leads_into_a_tree_where_the_answers_say_what_is_shown(fleet: Build) -> None:
    index = json.loads((fleet.site / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = [entry["location"].partition("#") for entry in index["docs"]]
    pages = {page: BeautifulSoup((fleet.site / page / "index.html").read_text(encoding="utf-8"), "html.parser") for page, _, _ in places}
    found = [(page, pages[page].find(id=anchor)) for page, _, anchor in places if anchor]
    assert found and any(page.select("[data-decision-tree] [data-outcome]") for page in pages.values())
    assert [(page, place["id"]) for page, place in found if place and place.find_parent(attrs={"data-decision-tree": True})] == []


def test_what_is_left_out_of_the_search_holds_no_element_of_its_own_kind(fleet: Build) -> None:
    """The end of the inner one would be taken for that of the outer one, and what comes after it would be found."""
    left_out = [element for page in fleet.site.rglob("index.html")
                for element in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select("article [data-search-exclude]")]
    assert {"section", "div"} <= {element.name for element in left_out}
    assert [str(element)[:200] for element in left_out if element.find(element.name)] == []


@pytest.mark.parametrize("text", ['the "one" here', "the “one” here", "the (one) here", "the <one> here", "-one", "a [one]"])
def test_a_word_is_found_after_a_quotation_mark_or_a_bracket(text: str) -> None:
    separator = load_config(str(ROOT / "mkdocs.yml"))["plugins"]["material/search"].config.separator
    assert "one" in re.split(separator, text.replace("<", "&lt;").replace(">", "&gt;"))
