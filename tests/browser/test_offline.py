"""The offline copy, opened from disk in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.kinds_site import LOGS
from support.published import TREES, URL, Published
from support.readers import READERS, longest, page_with
from support.runs import close, sheet, use_names
from support.sites import Build
from support.tabs import Tabs
from support.wrong_links import wrong_links

from macros.decision.model import Decision
from macros.source.load import load

pytestmark = pytest.mark.xdist_group("published")

# The message of an error says who asked for what is denied.
DENIED = """
    const deny = () => { throw new DOMException(`denied ${new Error().stack.split('\\n')[3].trim()}`, 'SecurityError'); };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { deny(); } });
    for (const name of ['pushState', 'replaceState']) History.prototype[name] = function () { deny(); };
"""
# The theme's scripts, of which one stands in the page, complain of denied storage; what they then do without is their own.
THEME_ASKED = re.compile(r"denied at (__md_get \(|.*/assets/javascripts/)")


@pytest.fixture
def page(tabs: Tabs, published: Published) -> Iterator[Page]:
    """A page that may ask for files of the copy alone."""
    yield from watched(tabs, published.copy, javascript=True)


@pytest.fixture
def plain_page(tabs: Tabs, published: Published) -> Iterator[Page]:
    """The same without JavaScript."""
    yield from watched(tabs, published.copy, javascript=False)


def watched(tabs: Tabs, copy: Path, javascript: bool) -> Iterator[Page]:
    asked: list[str] = []
    errors: list[str] = []
    with tabs.lend(java_script_enabled=javascript) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
    assert asked and [url for url in asked if not url.startswith((copy.as_uri(), "data:", "blob:"))] == []
    assert [error for error in errors if not THEME_ASKED.match(error)] == []


def decision(tree: str, published: Published) -> Decision:
    return load(published.project / "docs" / "_data" / f"{tree}.yml", f"{tree}.yml", Decision)


# From disk the other readers take the same ways as on a server, and so do other paths.
@pytest.mark.parametrize("reader", ["clicking", "without-javascript"])
@pytest.mark.parametrize("tree", TREES)
def test_a_path_of_every_tree_ends_at_its_outcome(tree: str, reader: str, published: Published, request) -> None:
    page = request.getfixturevalue("plain_page" if reader == "without-javascript" else "page")
    data, url = decision(tree, published), (published.copy / page_with(tree, published.copy)).as_uri()
    path, outcome = longest(data)
    assert READERS[reader](page, url, data, path) == outcome


@pytest.mark.parametrize("tree", TREES)
def test_the_tree_does_without_storage_and_history(tree: str, published: Published, page: Page) -> None:
    page.add_init_script(DENIED)
    data, url = decision(tree, published), (published.copy / page_with(tree, published.copy)).as_uri()
    path, outcome = longest(data)
    assert READERS["clicking"](page, url, data, path) == outcome


def test_every_page_opens(published: Published, page: Page) -> None:
    for file in sorted(published.copy.rglob("*.html")):
        page.goto(file.as_uri())
        expect(page.locator("h1").first).to_be_visible()


def test_every_link_leads_somewhere_in_the_copy(published: Published) -> None:
    assert wrong_links(Build(0, "", published.copy, URL)) == []


def test_search_finds_a_page(published: Published, page: Page) -> None:
    page.goto((published.copy / "index.html").as_uri())
    page.get_by_label("Search", exact=True).first.click()
    page.locator(".md-search__input").press_sequentially("horizon", delay=20)
    found = page.locator(".md-search-result__link").first
    expect(found).to_contain_text("Paint the fleet under sail")
    found.click()
    expect(page.locator("h1")).to_contain_text("Paint the fleet under sail")
    assert page.url.startswith((published.copy / "voyage-sail.html").as_uri())


def test_the_status_reader_answers_the_question_of_the_tree(published: Published, page: Page) -> None:
    page.goto((published.copy / "states.html").as_uri())
    reader = page.locator("[data-status-reader].is-live")
    reader.get_by_label("Status reports", exact=True).fill(LOGS)
    reader.get_by_role("link", name="Answer:").click()
    expect(page.locator("[data-question=wind]")).to_be_visible()


def test_a_long_text_is_read_from_disk_where_no_worker_is(published: Published, page: Page) -> None:
    page.goto((published.copy / "states.html").as_uri())
    reader = page.locator("[data-status-reader].is-live")
    reader.get_by_label("Report files").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": (LOGS + "\n" + "nothing here\n" * 50_000).encode()})
    expect(reader.locator("[data-part=verdict] [data-verdict]")).to_have_count(1)
    expect(reader.get_by_role("button", name="Cancel")).to_be_hidden()


def test_a_sample_is_judged_from_disk(published: Published, page: Page) -> None:
    """Samples are in the part that is loaded once it is asked for."""
    page.goto((published.copy / "states.html").as_uri())
    reader = page.locator("[data-status-reader].is-live")
    expect(reader.locator("[data-part=verdict] [data-verdict]")).to_have_count(0)
    reader.get_by_label("Try a sample").select_option(index=1)
    expect(reader.locator("[data-part=verdict] [data-verdict]")).to_have_count(1)


def test_the_runbook_keeps_names_and_ticks(published: Published, page: Page) -> None:
    url = (published.copy / "voyage-anchor.html").as_uri()
    name_and_tick(page, url)
    page.reload()
    expect(page.locator("article")).to_contain_text("swan (Leader)")
    expect(page.locator(".step-tick:visible").first).to_be_checked()
    expect(page.locator("[data-part=count]")).to_contain_text("1 of")


def test_the_runbook_says_when_it_cannot_keep_them(published: Published, page: Page) -> None:
    page.add_init_script(DENIED)
    # With names in the address the form changes the address, which is denied here too.
    name_and_tick(page, (published.copy / "voyage-anchor.html").as_uri() + "#active=a&standby=b")
    expect(page.locator("article")).to_contain_text("swan (Leader)")
    expect(page.locator(".runbook [data-part=message]")).to_contain_text("keeps no ticks")


def test_the_sheets_of_a_run_come_from_disk_too(published: Published, page: Page) -> None:
    page.goto((published.copy / "voyage-anchor.html").as_uri())
    page.locator(".step-tick:visible").first.check()
    expect(sheet(page, "Record").get_by_label("Record, times in UTC")).to_have_value(re.compile("Done: 1;"))


def test_a_run_of_the_form_before_is_taken_over_from_disk_too(published: Published, page: Page) -> None:
    url = (published.copy / "voyage-anchor.html").as_uri()
    page.goto(url)
    page.evaluate("""localStorage[`${shared.SITE} v2 names`] = '{"active":"swan","standby":["duck"],"used":true}'""")
    page.goto(url)
    expect(page.locator("article")).to_contain_text("swan (Leader)")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(' v2 '))") == []


def test_a_run_under_way_is_led_back_to_from_disk_too(published: Published, page: Page) -> None:
    page.goto((published.copy / "voyage-anchor.html").as_uri())
    page.locator(".step-tick:visible").first.check()
    page.goto((published.copy / "lost.html").as_uri())
    page.locator(".under-way").get_by_role("link").click()
    expect(page.locator("[aria-current=step] .step-tick").first).to_be_focused()
    assert page.url.startswith((published.copy / "voyage-anchor.html").as_uri())


def name_and_tick(page: Page, url: str) -> None:
    """Give two servers their names and tick the first box."""
    page.goto(url)
    page.locator(".runbook.is-live").wait_for()  # a run that has begun has asked
    if page.get_by_role("dialog", name="Use these names?").is_visible():
        close(page)
    use_names(page, "swan", ["duck"])
    page.locator(".step-tick:visible").first.check()


def test_the_copy_says_what_it_is_and_holds_the_manual(published: Published, plain_page: Page) -> None:
    plain_page.goto((published.copy / "download.html").as_uri())
    expect(plain_page.locator("article")).to_contain_text("a copy of these pages, version 1.0 of 2026-03-04")
    href = plain_page.locator("article a[href$='.pdf']").get_attribute("href")
    assert (published.copy / href).read_bytes() == published.pdf.read_bytes()
