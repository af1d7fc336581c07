"""Steps within a page: what a reader has entered there stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.sites import Build, making

FILES = {
    "index.md": '# First\n\n<textarea id="entered"></textarea>\n\n[Down](#below)\n\n## Below\n\nText.\n\n[Further](other.md)\n',
    "other.md": "# Other\n\n[Down](#under)\n\n## Under\n\nText.\n",
}


@pytest.fixture
def first(page: Page, built_once: Callable[..., Build]) -> Page:
    """The first page, with something entered, once the theme knows the pages of the site."""
    with page.expect_response("**/sitemap.xml"):
        page.goto(built_once("steps", making(FILES)).url)
    page.locator("#entered").fill("mine")
    return page


def clicked(page: Page) -> None:
    page.get_by_role("link", name="Down").click()


def written(page: Page) -> None:
    page.evaluate("location.hash = 'below'")


def back(page: Page) -> None:
    page.evaluate("location.hash = 'below'")
    page.go_back()


@pytest.mark.parametrize("step", [clicked, written, back])
def test_a_step_within_a_page_does_not_load_it_anew(step: Callable[[Page], None], first: Page) -> None:
    asked: list[str] = []
    first.on("request", lambda request: asked.append(request.url) if request.resource_type in ("xhr", "fetch", "document") else None)
    step(first)
    first.wait_for_function("step => location.hash === (step === 'back' ? '' : '#below')", arg=step.__name__)
    first.evaluate("new Promise(requestAnimationFrame)")
    assert not asked
    assert first.locator("#entered").input_value() == "mine"


def test_steps_between_pages_lead_where_the_address_says(first: Page) -> None:
    clicked(first)
    first.get_by_role("link", name="Further").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Other")
    clicked(first)
    expect(first.get_by_role("heading", name="Under")).to_be_in_viewport()
    first.go_back()
    first.go_back()
    expect(first.get_by_role("heading", level=1)).to_contain_text("First")
    first.go_forward()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Other")


def test_back_while_a_page_is_on_its_way_leads_back(first: Page) -> None:
    held = []
    first.route("**/other/", lambda route: held.append(route))
    first.get_by_role("link", name="Further").click()
    first.wait_for_url("**/other/")
    first.go_back()
    for one in held:
        one.continue_()
    first.wait_for_load_state("networkidle")
    expect(first.get_by_role("heading", level=1)).to_contain_text("First")
