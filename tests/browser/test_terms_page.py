"""A term opens its explanation, and the addresses of links are on paper, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.paper import Sheets
from support.accessible import broken_rules
from support.sites import Server, make_project, mkdocs_build

# One process builds the site.
pytestmark = pytest.mark.xdist_group("terms")

DYEING = """\
---
description: How cloth is dyed blue, from the first bath to the last, with what can go wrong and how it is put right.
---

# The dye bath

The dye bath is of wood. Fill the dye bath, then rest: [the guild](https://guild.example/a?b=c) knows how long.
"""


@pytest.fixture(scope="module")
def dyers(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> Server:
    project = make_project(tmp_path_factory.mktemp("dyers"), {"index.md": DYEING, "_data/abbreviations.txt": "*[dye bath]: A tub for two bolts of cloth\n"})
    server = serve(project / "site")
    build = mkdocs_build(project, f"{server.url}/")
    assert build.code == 0, build.output
    return server


def term(page: Page, site: Server) -> tuple:
    """The button of the term and its explanation, closed."""
    page.goto(site.url)
    button, text = page.locator("[data-term]"), page.get_by_text("A tub for two bolts")
    expect(button).to_have_count(1)
    expect(text).to_be_hidden()
    return button, text


def test_a_term_opens_by_click_and_key_closes_with_escape_and_keeps_the_focus(page: Page, dyers: Server) -> None:
    button, text = term(page, dyers)
    button.click()
    expect(text).to_be_visible()
    assert broken_rules(page) == []
    for key in ("Escape", "Enter", "Escape", "Space", "Escape"):
        page.keyboard.press(key)
        expect(text).to_be_visible(visible=key != "Escape")
        expect(button).to_be_focused()


def test_a_term_opens_by_touch_without_a_script_beside_its_word_on_a_phone(browser: Browser, dyers: Server) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, java_script_enabled=False)
    page = context.new_page()
    button, text = term(page, dyers)
    button.tap()
    expect(text).to_be_visible()
    word, box = button.bounding_box(), text.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 320
    assert 0 <= box["y"] - word["y"] - word["height"] < 20
    page.touchscreen.tap(160, 600)
    expect(text).to_be_hidden()
    context.close()


def test_paper_has_no_explanation_that_is_open_and_alone_the_address_of_a_link_once_at_the_end(page: Page, dyers: Server) -> None:
    button, text = term(page, dyers)
    button.click()
    expect(text).to_be_visible()
    expect(page.get_by_text("https://guild.example/a?b=c")).to_be_hidden()
    sheets = Sheets(page)
    assert "Fill the dye bath, then rest" in sheets
    assert "A tub for two bolts" not in sheets
    assert "the guild [1] knows how long" in sheets
    assert sheets.text.count("https://guild.example/a?b=c") == 1
    assert sheets.text.index("https://guild.example") > sheets.text.index("howlong")
