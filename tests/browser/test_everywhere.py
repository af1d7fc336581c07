"""What holds on every page: accessible, no other host, narrow screens, the JSON."""

import json

import jsonschema
import pytest
from playwright.sync_api import Browser, Page, expect
from support.accessible import broken_rules
from support.readers import STATES, addresses, expect_no_new_page
from support.sites import Build, Server

from macros.decision.model import Decision

# Every page and state once, in turn in a wide window in light colours and in a narrow one in dark; test_access.py
# looks at each kind of page in both.
WINDOWS = [(1280, "light"), (320, "dark")]


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_page_is_accessible_and_fits(width: int, scheme: str, site: Server, built: Build, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found = []
    for address in addresses(built.site)[WINDOWS.index((width, scheme))::len(WINDOWS)]:
        page.goto(f"{site.url}/{address}")
        found += [(address, *broken) for broken in broken_rules(page)]
        # 320 px is also what 400 % zoom leaves of a window of 1280 px (WCAG 1.4.10).
        for narrow in (640, 320):
            page.set_viewport_size({"width": narrow, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= narrow, address
        page.set_viewport_size({"width": width, "height": 800})
    context.close()
    assert found == []


def test_every_target_of_the_tree_is_large_enough(site: Server, built: Build, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for state in ["", *STATES]:
        page.goto(f"{site.url}/upgrade/{state}")
        sizes = page.eval_on_selector_all(
            "[data-decision-tree] button",
            "all => all.filter(b => b.offsetParent).map(b => [b.offsetWidth, b.offsetHeight, b.textContent])",
        )
        assert sizes and all(width >= 24 and height >= 24 for width, height, _ in sizes), sizes


def test_forced_colours_leave_the_picture_readable(site: Server, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site.url}/upgrade/?upgrade.downtime=unwanted")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    fill = page.eval_on_selector("svg .node text", "text => getComputedStyle(text).fill")
    stroke = page.eval_on_selector("svg .node rect", "rect => getComputedStyle(rect).stroke")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fill != ground and stroke != ground


@pytest.mark.parametrize(("part", "address"), [
    ("decision-tree", "upgrade/"), ("runbook", "upgrade-with-downtime/"), ("status-reader", "replication-states/"),
])
def test_a_part_starts_on_a_page_that_the_theme_loads_later(part: str, address: str, site: Server, page: Page) -> None:
    page.goto(site.url)
    loaded_by_the_theme = expect_no_new_page(page)
    for _ in range(2):  # the script comes once, and starts the part each time
        page.locator(f".md-sidebar--primary a[href$='/{address}'], .md-sidebar--primary a[href='{address}']").click()
        page.locator(f"[data-{part}].is-live").wait_for()
        expect(page.locator("article h1")).to_be_focused()
        page.locator(".footer-links a[href$='about/']").click()
        page.locator(f"[data-{part}]").wait_for(state="detached")
    loaded_by_the_theme()
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert len([one for one in asked if one.startswith(f"{site.url}/assets/{part}.")]) == 1


def test_each_tree_is_published_as_json_with_its_schema(built: Build, upgrade: Decision) -> None:
    folder = built.site / "trees"
    tree = json.loads((folder / "upgrade.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / tree["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tree, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**tree, "strat": "x"}, schema)
    assert Decision.model_validate({key: value for key, value in tree.items() if key not in ("$schema", "version", "combinations")}) == upgrade
