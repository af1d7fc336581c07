"""Every section begins below whatever is fixed on the screen, however the reader came to it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from support.readers import expect_no_new_page
from support.sites import Server
from support.tabs import Tabs

LONGEST, OTHER = "upgrade-no-downtime", "upgrade-with-downtime"
# The second is the narrowest at which the bar of a run stays at the top.
SIZES = [(1440, 900), (730, 900), (390, 844)]
# A bar at the top, and one at the bottom.
WIDEST_AND_NARROWEST = [SIZES[0], SIZES[-1]]
NAMES = '{"active":"mgt-paris","standby":["mgt-lyon","mgt-nice"],"first":"mgt-lyon"}'
# A script that goes to each place → what of the page covers its heading: its tags and classes, by id.
COVERED = """(go) => async (ids) => {
    const covered = {};
    for (const id of ids) {
        go(id);
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        const heading = document.getElementById(id);
        const box = heading.getBoundingClientRect();
        const over = new Set();
        for (const x of [0.01, 0.25, 0.5, 0.75, 0.99])
            for (const y of [0.02, 0.5, 0.98]) {
                const found = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
                if (found && !heading.contains(found) && !found.contains(heading)) over.add(found);
            }
        if (box.top >= innerHeight || box.bottom <= 0) covered[id] = ["out of sight"];
        else if (over.size) covered[id] = [...over].map((one) => `${one.tagName} ${one.className}`);
    }
    return covered;
}"""
BY_LINK = "(id) => document.querySelector(`a[href$='#${id}']`).click()"
BY_ADDRESS = "(id) => { location.hash = id; }"
NOWHERE = "() => {}"


def size_of(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.fixture(params=WIDEST_AND_NARROWEST, ids=size_of)
def page(request: pytest.FixtureRequest, tabs: Tabs, site: Server) -> Iterator[Page]:
    width, height = request.param
    with tabs.lend(f"localStorage.setItem('/ v2 names', '{NAMES}')") as page:
        page.set_viewport_size({"width": width, "height": height})
        yield page


def open_procedure(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".runbook.is-live").wait_for()


def covered(page: Page, ids: list[str], go: str = NOWHERE) -> dict[str, list[str]]:
    """What lies over each place that a script in the page goes to."""
    return page.evaluate(f"(ids) => ({COVERED})({go})(ids)", ids)


def sections(page: Page) -> list[str]:
    ids = page.eval_on_selector_all("article :is(h2, h3)[id]", "all => all.filter((one) => one.offsetParent).map((one) => one.id)")
    assert len(ids) > 8 and page.get_by_text("mgt-lyon").count() > 0
    return ids


# What is fixed is the same for every procedure: all sizes are those of one.
@pytest.mark.parametrize(("page", "name"), [*((size, LONGEST) for size in SIZES), (SIZES[-1], OTHER)], indirect=["page"], ids=str)
def test_a_link_leads_below_what_is_fixed(name: str, page: Page, site: Server) -> None:
    open_procedure(page, f"{site.url}/{name}/")
    expect_no_new_page(page)  # until the theme has started, a click may lead to the top
    ids = sections(page)
    # On the way up the theme shows its way to the top.
    assert covered(page, [*ids, *ids[::-3]], BY_LINK) == {}


def test_an_address_leads_below_what_is_fixed(page: Page, site: Server) -> None:
    open_procedure(page, f"{site.url}/{LONGEST}/")
    for id in sections(page)[::16]:  # the theme goes to an address as it goes to a link
        page.goto("about:blank")
        open_procedure(page, f"{site.url}/{LONGEST}/#{id}")
        assert covered(page, [id]) == {}


def test_a_link_of_another_page_leads_below_what_is_fixed(page: Page, site: Server) -> None:
    open_procedure(page, f"{site.url}/{LONGEST}/")
    for id in sections(page)[::16]:
        # Anew each time: a link that is followed just after a page was scrolled leads the theme to the top.
        page.goto(f"{site.url}/about/")
        loaded_by_the_theme = expect_no_new_page(page)
        page.evaluate("href => { const link = Object.assign(document.createElement('a'), { href }); document.body.append(link); link.click(); }", f"{site.url}/{LONGEST}/#{id}")
        page.locator(".runbook.is-live").wait_for()
        assert covered(page, [id]) == {}
        loaded_by_the_theme()


# Here nothing but the header is fixed, as high in every window.
@pytest.mark.parametrize("page", SIZES[-1:], indirect=True, ids=size_of)
@pytest.mark.parametrize(("name", "part"), [("replication-states", "tr[id]"), ("commands", "h3[id]"), ("glossary", "h2[id]"), ("recovery", "h2[id]")])
def test_parts_of_other_pages_begin_below_the_header(name: str, part: str, page: Page, site: Server) -> None:
    page.goto(f"{site.url}/{name}/")
    expect_no_new_page(page)  # until the theme has started, it may lead to the top
    ids = page.eval_on_selector_all(f"article {part}", "all => all.map((one) => one.id)")
    assert ids and covered(page, ids, BY_ADDRESS) == {}


@pytest.mark.parametrize("page", SIZES[:1], indirect=True, ids=size_of)
def test_the_contents_mark_the_section_that_an_address_leads_to(page: Page, site: Server) -> None:
    page.goto(f"{site.url}/recovery/")
    ids = page.eval_on_selector_all("article h2[id]", "all => all.map((one) => one.id)")[3:-3:4]
    for id in ids:
        page.goto("about:blank")
        page.goto(f"{site.url}/recovery/#{id}")
        expect(page.locator(".md-nav--secondary .md-nav__link--active").last).to_have_attribute("href", re.compile(f"#{id}$"))


@pytest.mark.parametrize("page", SIZES, indirect=True, ids=size_of)
def test_what_has_the_focus_is_not_below_the_bar(page: Page, site: Server) -> None:
    open_procedure(page, f"{site.url}/{LONGEST}/")
    page.locator(".step-tick:visible").last.focus()
    covered = page.evaluate(
        """async () => {
            // Until the bar has been laid out nothing makes room for it.
            for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
            const bars = [document.querySelector(".run-bar"), document.querySelector(".md-header")];
            const covered = [];
            for (const tick of [...document.querySelectorAll(".step-tick")].reverse()) {
                tick.focus();
                const box = tick.getBoundingClientRect();
                const isOver = (bar) => box.height && box.top < bar.getBoundingClientRect().bottom && box.bottom > bar.getBoundingClientRect().top;
                if (bars.some(isOver)) covered.push(tick.ariaLabel);
            }
            return covered;
        }"""
    )
    assert covered == []
