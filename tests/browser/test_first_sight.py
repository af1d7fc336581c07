"""What a reader sees first on this site's pages, and in which order."""

import pytest
from playwright.sync_api import Browser, expect
from support.sites import Server

TOP = "(one) => one.getBoundingClientRect().top + scrollY"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_home_has_one_way_before_all_others_and_leaves_writing_to_the_footer(width: int, height: int, site: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(site.url)
    main = page.locator("article .md-button--primary")
    expect(main).to_have_count(1)
    assert main.evaluate("(one) => one.getBoundingClientRect().bottom") < height
    ways = page.locator("article h2")
    assert ways.evaluate_all("all => all.slice(0, 4).map((one) => one.id)") == ["upgrade", "run", "recover", "look-up"]
    expect(page.locator(".md-nav--primary a[href*='contributing/']")).to_have_count(0)
    page.goto(page.locator(".footer-links a", has_text="Contribute").evaluate("(one) => one.href"))
    expect(page.locator(".md-nav--primary [aria-current=page]")).to_have_count(1)
    expect(page.locator(".md-nav--primary a[href$='upgrade/']")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("address", ["upgrade-with-downtime/", "upgrade-no-downtime/"])
def test_the_first_check_of_an_upgrade_is_there_at_once_and_each_box_says_its_kind(address: str, site: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{site.url}/{address}")
    page.locator(".runbook.is-live").wait_for()
    assert page.locator("[data-check-before]").first.evaluate(TOP) <= 700
    assert page.locator("article .warning > .admonition-title").evaluate_all("all => all.every((one) => /^(Warning|Point of no return): /.test(one.querySelector('.kind')?.textContent))")
    frames = page.evaluate("""() => [".admonition.note:not([data-stop])", ".admonition.warning:not([data-no-return])", "[data-stop]", "[data-no-return]"]
        .map((kind) => document.querySelector(`article ${kind}`)).filter(Boolean).map((box) => {
            const { borderTopStyle, borderTopWidth, borderInlineStartWidth } = getComputedStyle(box);
            return [borderTopStyle, borderTopWidth, borderInlineStartWidth].join();
        })""")
    assert len(frames) >= 3 and len({*frames}) == len(frames), frames
    page.close()
