"""Notes of what was looked up, in a real browser."""


import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.cores import core_of
from support.paper import Sheets
from support.sites import Server

KEYS = "Object.keys(localStorage).filter((key) => key.includes(' note ')).sort()"


def open_run(page: Page, run: Server) -> None:
    page.goto(f"{run.url}/run/")
    page.locator(".runbook.is-live").wait_for(state="attached")


def test_a_note_is_one_line_of_plain_text(browser: Browser) -> None:
    with core_of(browser, "look-up.js") as page:
        def note_of(text: str) -> str:
            return page.evaluate("(text) => core.noteOf(text)", text)

        plain = "Résumé: سلام, see \"page 3\" <b>"
        assert note_of(plain) == plain
        assert note_of("\n\r\t\0\x1b\x7f\x85\u2028\u2029\u200e\u200f\u061c\u202a\u202e\u2066\u2069").strip() == ""
        assert len(note_of("x" * 900)) == 500
        assert page.evaluate("shared.mark('On  the\\n server ') === shared.mark('On the server') && shared.mark('Stop it') !== shared.mark('Start it')")


def test_notes_are_kept_and_the_same_on_every_page(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("systemctl stop 'x' $(id) <b>")
    other = context.new_page()
    other.goto(f"{run.url}/")
    expect(other.get_by_label("How to stop a server")).to_have_value("systemctl stop 'x' $(id) <b>")
    other.get_by_label("How to stop a server").fill("see page 3")
    expect(page.get_by_label("How to stop a server")).to_have_value("see page 3")
    expect(page.get_by_label("How to start the Active Server")).to_have_value("")
    other.get_by_label("How to stop a server").fill("")
    assert page.evaluate(KEYS) == []


def test_notes_work_on_a_page_that_the_theme_loads_later(page: Page, run: Server) -> None:
    page.goto(f"{run.url}/")
    page.get_by_label("How to stop a server").fill("see page 3")
    page.get_by_role("link", name="To the run").click()
    page.locator(".runbook.is-live").wait_for(state="attached")
    expect(page.get_by_label("How to stop a server")).to_have_value("see page 3")


NO_LINES = ["a\nb", "x" * 501, "a\u202eb", "a\0b", "\u2028"]


def test_a_note_that_is_no_plain_line_is_not_shown(page: Page, run: Server) -> None:
    open_run(page, run)
    field, spoilt = page.get_by_label("How to stop a server"), page.get_by_text("A note that is kept in this browser cannot be read")
    field.fill("x")
    [key] = page.evaluate(KEYS)
    page.evaluate("([key, value]) => { localStorage[key] = value }", [key, NO_LINES[0]])
    page.reload()
    expect(field).to_have_value("")
    expect(spoilt).to_be_visible()
    # The page hears of the others as of those that another page keeps.
    found = page.evaluate("""([key, values]) => {
        const field = [...document.querySelectorAll(".look-up input")].find((one) => one.closest("label").textContent.includes("How to stop"));
        const seen = (value) => {
            localStorage[key] = value;
            dispatchEvent(new StorageEvent("storage", { key }));
            return [field.value, field.closest(".look-up").querySelector("[data-part=spoilt]").checkVisibility(), localStorage[key]];
        };
        return values.map((value) => [seen("x"), seen(value)]);
    }""", [key, NO_LINES])
    assert found == [[["x", False, "x"], ["x", True, value]] for value in NO_LINES]


def test_notes_are_on_paper_with_a_line_to_write_on(page: Page, run: Server) -> None:
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("see page 3 of the guide")
    assert "see page 3 of the guide" in Sheets(page)
    lines = page.eval_on_selector_all(".look-up label", "all => all.map((one) => getComputedStyle(one, '::after').borderBottomStyle)")
    assert lines == ["solid", "solid"]


def test_without_a_script_notes_are_blank_fields(plain_page: Page, run: Server) -> None:
    plain_page.goto(f"{run.url}/run/")
    expect(plain_page.get_by_label("How to start the Active Server")).to_be_visible()
    expect(plain_page.get_by_text("What you write here stays in this browser")).to_be_hidden()


def test_a_browser_that_keeps_nothing_says_so(context: BrowserContext, run: Server) -> None:
    page = context.new_page()  # where the theme throws
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied'); }})")
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("see page 3")
    expect(page.get_by_text("This browser keeps no notes")).to_be_visible()
