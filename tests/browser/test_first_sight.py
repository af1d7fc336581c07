"""What a reader sees first on this site's pages, and in which order."""

import pytest
from playwright.sync_api import Page, expect
from support.sites import Server

TOP = "(one) => one.getBoundingClientRect().top + scrollY"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_home_has_one_way_before_all_others_and_leaves_writing_to_the_footer(width: int, height: int, site: Server, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site.url)
    main = page.locator("article .md-button--primary")
    expect(main).to_have_count(1)
    assert main.evaluate("(one) => one.getBoundingClientRect().bottom") < height
    picture = page.locator("article .picture svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > height:  # beside the way
        assert picture.evaluate("(one) => one.getBoundingClientRect().bottom") < height
    ways = page.locator("article h2")
    assert ways.evaluate_all("all => all.slice(0, 4).map((one) => one.id)") == ["upgrade", "run", "recover", "look-up"]
    expect(page.locator(".md-nav--primary a[href*='contributing/']")).to_have_count(0)
    page.goto(page.locator(".footer-links a", has_text="Contribute").evaluate("(one) => one.href"))
    expect(page.locator(".md-nav--primary [aria-current=page]")).to_have_count(1)
    expect(page.locator(".md-nav--primary a[href$='upgrade/']")).to_have_count(0)


@pytest.mark.parametrize("address", ["upgrade-with-downtime/", "upgrade-no-downtime/", "planned-switch/", "failover/", "standby-maintenance/"])
def test_the_first_check_is_there_at_once_and_each_box_says_its_kind(address: str, site: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site.url}/{address}")
    page.locator(".runbook.is-live").wait_for()
    assert page.locator("[data-check-before]").first.evaluate(TOP) <= 700
    assert page.locator("article .warning > .admonition-title").evaluate_all("all => all.every((one) => /^(Warning|Point of no return): /.test(one.querySelector('.kind')?.textContent))")
    frames = page.evaluate("""() => [".admonition.note:not([data-stop])", ".admonition.warning:not([data-no-return])", "[data-stop]", "[data-no-return]"]
        .map((kind) => document.querySelector(`article ${kind}`)).filter(Boolean).map((box) => {
            const { borderTopStyle, borderTopWidth, borderInlineStartWidth } = getComputedStyle(box);
            return [borderTopStyle, borderTopWidth, borderInlineStartWidth].join();
        })""")
    assert frames and len({*frames}) == len(frames), frames


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_states_have_their_reader_and_the_recovery_its_tree_in_sight(width: int, height: int, site: Server, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for address, first in [("replication-states/", "textarea"), ("upgrade/", "[data-decision-tree] legend"), ("recovery/", "[data-decision-tree] legend")]:
        page.goto(f"{site.url}/{address}")
        page.locator(".is-live").first.wait_for()
        assert page.locator(f"article {first}").locator("visible=true").first.evaluate(TOP) < height * 0.9, address


def test_a_missing_address_is_answered_with_near_pages_and_no_second_navigation(site: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    text = (site.folder / "404.html").read_text(encoding="utf-8")
    page.route("**/gone/**", lambda route: route.fulfill(status=404, content_type="text/html", body=text))
    page.goto(f"{site.url}/gone/Planned-switch.html")
    near = page.locator("[data-near] li:visible a")
    expect(near).to_have_count(1)
    assert near.get_attribute("href").endswith("/planned-switch/")
    expect(page.get_by_role("searchbox", name="Words to look for")).to_be_visible()
    page.goto(f"{site.url}/gone/nowhere")
    expect(page.locator("article a[href$='/commands/']:visible")).to_have_count(0)
