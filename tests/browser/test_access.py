"""What holds beyond AA for each kind of page, on a site of the tests' own: see support/kinds.py.

The accessibility tree of each kind is kept as text below trees/. Where a change of it is right, write it anew with
`RENEW_TREES=1 pytest tests/browser/test_access.py` and read the difference before it is committed.
"""

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.accessible import AAA, broken_rules
from support.kinds import KINDS, READY, Kind, prepared
from support.kinds_site import kinds_site
from support.sites import Build, Server, make_project, mkdocs_build
from support.tabs import Tabs

TREES = Path(__file__).parent / "trees"
RENEW = "RENEW_TREES"
# Ways to look at a page: its width and height, and its colours.
VIEWS = {
    "wide-light": (1280, 900, "light"),
    "narrow-dark": (390, 844, "dark"),
    "zoomed": (320, 256, "light"),
}


# What has the focus lies on top where it stands: nothing covers it, and it is not out of the window.
IN_SIGHT = """() => {
    const one = document.activeElement, { left, top, width, height } = one.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return one.contains(there);
}"""


@pytest.fixture(scope="module")
def kinds(shared: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> Server:
    return kinds_site(shared, tmp_path_factory.mktemp("kinds"), serve)


def heard(page: Page) -> str:
    """The page as a screen reader has it, without addresses."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("- /url:")) + "\n"


# What of the run, the tree and the theme's part of them does not take a click in a square of 44 px about its middle.
SMALL = """() => {
    const inside = ".decision-tree, .runbook, .status-reader, [data-item], .highlight";
    const dialog = document.querySelector("dialog[open]");
    const targets = [...document.querySelectorAll("button, input, select, textarea, summary, .md-button, .decision-tree__open")]
        .filter((one) => one.closest(inside) && one.checkVisibility({ visibilityProperty: true }) && (!dialog || dialog.contains(one)));
    const small = targets.filter((one) => {
        one.scrollIntoView({ block: "center", behavior: "instant" });
        const { left, right, top, bottom } = one.getBoundingClientRect();
        // From the middle, or as far from an edge of the window as a target of this size can be.
        const within = (middle, end) => Math.min(Math.max(middle, 22), end - 22);
        const [x, y] = [within((left + right) / 2, innerWidth), within((top + bottom) / 2, innerHeight)];
        const takes = (at) => at === one || one.contains(at) || at?.control === one;
        const corners = [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([across, down]) => document.elementFromPoint(x + 20 * across, y + 20 * down));
        const sides = [[-1, 0], [1, 0], [0, -1], [0, 1]].map(([across, down]) => document.elementFromPoint(x + 21 * across, y + 21 * down));
        return ![...corners, ...sides].every(takes);
    });
    return [targets.length, small.map((one) => `${one.tagName} ${one.className} ${one.dataset.action ?? one.dataset.open ?? ""} ${one.textContent.trim().slice(0, 30)}`)];
}"""


# Of each element that the keyboard reaches: what of its focus is not seen.
UNSEEN = """() => {
    const parts = (colour) => {
        const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
        return { rgb: [red, green, blue], alpha };
    };
    const light = (rgb) => rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const contrast = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const ground = (element) => {
        if (!element) return [255, 255, 255];
        const { rgb, alpha } = parts(getComputedStyle(element).backgroundColor);
        return alpha === 1 ? rgb : ground(element.parentElement).map((one, at) => one * (1 - alpha) + rgb[at] * alpha);
    };
    const dialog = document.querySelector("dialog[open]");
    const wanted = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.disabled && (!dialog || dialog.contains(one)));
    const wrong = [];
    for (const one of wanted) {
        one.focus({ preventScroll: true });
        if (document.activeElement !== one) continue;
        const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(one);
        const grounds = [ground(one.parentElement ?? one), ...(parseFloat(outlineOffset) < 1 ? [ground(one)] : [])];
        const least = Math.min(...grounds.map((rgb) => contrast(parts(outlineColor).rgb, rgb)));
        if (["none", "auto"].includes(outlineStyle) || parseFloat(outlineWidth) < 2 || least < 3)
            wrong.push(`${one.tagName}.${one.className} ${one.id} "${one.textContent.trim().slice(0, 20)}": ${outlineStyle} ${outlineWidth} ${outlineColor} on ${grounds.join(" / ")} = ${least.toFixed(2)}`);
    }
    return [wanted.length, wrong];
}"""


def expect_right(page: Page, view: str, kind: Kind) -> None:
    """In a window of this size and in these colours the page breaks no rule up to AAA, takes a thumb and frames the focus; zoomed, the latter two."""
    width, height, scheme = VIEWS[view]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.evaluate(READY)
    broken = broken_rules(page, AAA) if view != "zoomed" else []  # no more than in the narrow one
    targets, small = page.evaluate(SMALL)
    page.keyboard.press("Tab")  # from here on the focus is that of a keyboard
    reached, unseen = page.evaluate(UNSEEN)
    assert {"broken": broken, "small": small, "unseen": unseen} == {"broken": [], "small": [], "unseen": []}, view
    assert reached > 5 and (targets > 3 or not kind.live), view


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_in_a_narrow_window_breaks_no_rule_and_takes_a_thumb_and_frames_the_focus_there_and_zoomed(kind: str, kinds: Server, tabs: Tabs) -> None:
    # A script may look at the width as it starts, so that a wide page made narrow would not be the same.
    with prepared(tabs, kinds, KINDS[kind], *VIEWS["narrow-dark"]) as page:
        expect_right(page, "narrow-dark", KINDS[kind])
        expect_right(page, "zoomed", KINDS[kind])


@pytest.mark.parametrize("colour", ["#ccc", "#999", "#666"])
def test_a_contrast_that_is_too_low_for_aa_or_aaa_is_found(colour: str, page: Page) -> None:
    page.set_content(f"<html lang='en'><title>Pale</title><main><h1>Pale</h1><p style='color: {colour}'>Pale</p></main></html>")
    [[_, html]] = broken_rules(page, AAA)
    assert colour in html


# At the second frame that is asked for from here on, a box that scrolls takes the focus.
MENDED = """() => {
    const ask = requestAnimationFrame;
    let frames = 0;
    window.requestAnimationFrame = (done) => ask(() => {
        if (++frames === 2) document.querySelector("div").tabIndex = 0;
        done();
    });
}"""


def test_what_a_page_mends_until_its_second_frame_is_not_found(page: Page) -> None:
    page.set_content(f"<html lang='en'><title>Wide</title><main><h1>Wide</h1><div style='width: 9em; overflow: auto'>{'wide' * 99}</div></main></html>")
    [[rule, _]] = broken_rules(page)
    assert rule == "scrollable-region-focusable"
    page.evaluate(MENDED)
    assert broken_rules(page) == []


# Each name of links that lead to more than one place: in the article to one section, on the whole page to one page;
# and the text of each link that leads nowhere, which a search engine cannot follow.
SAME = """(page) => {
    const wrong = [...page.querySelectorAll("a:not([href], [id], svg *)")].map((link) => [link.textContent]);
    for (const [within, end] of [["article", ""], ["body", /[?#].*/]]) {
        const places = {};
        for (const link of page.querySelectorAll(`${within} a[href]`)) {
            if (link.closest("[aria-hidden=true]")) continue;
            const name = (link.ariaLabel || link.textContent).replace(/\\s+/g, " ").trim().toLowerCase();
            (places[name] ??= new Set()).add(link.href.replace(end, ""));
        }
        wrong.push(...Object.entries(places).filter(([name, all]) => !name || all.size > 1).map(([name, all]) => [name, ...all]));
    }
    return [page.links.length, wrong];
}"""


def expect_own_place(page: Page) -> None:
    """The menu marks this page, and the path above it names the sections that the menu has open."""
    here = page.locator("nav [aria-current=page]")
    assert {one.split("?")[0].split("#")[0] for one in here.evaluate_all("all => all.map((one) => one.href)")} == {page.url.split("?")[0]}
    section = page.locator(".md-nav--primary .md-nav__item--section.md-nav__item--active > .md-nav__link")
    if section.count():
        assert [one.strip() for one in page.locator(".md-path li").all_text_contents()[1:]] == [one.strip() for one in section.all_text_contents()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_in_a_wide_window_is_heard_as_it_was_read_with_clear_links_and_place_and_is_right_to_see_and_to_reach(kind: str, kinds: Server, tabs: Tabs) -> None:
    # Whatever the theme adds to what is in view is there.
    with prepared(tabs, kinds, KINDS[kind], 1280, 9000) as page:
        found, file = heard(page), TREES / f"{kind}.txt"
        links, ambiguous = page.evaluate(f"({SAME})(document)")
        assert links > 5 and ambiguous == []
        if kind not in ("missing", "procedure-menu"):
            expect_own_place(page)
        expect_right(page, "wide-light", KINDS[kind])
    if os.environ.get(RENEW):
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    kept = file.read_text(encoding="utf-8")
    differences = "\n".join(difflib.unified_diff(kept.splitlines(), found.splitlines(), file.name, "now", lineterm="", n=2))
    assert found == kept, f"Read what a screen reader hears now. If it is right, write it anew with {RENEW}=1.\n{differences}"


def test_no_two_links_of_a_page_of_this_site_have_one_name_and_different_places(site: Server, built: Build, page: Page) -> None:
    page.goto(f"{site.url}/404.html", wait_until="commit")
    files = [file.relative_to(built.site).as_posix() for file in built.site.rglob("index.html")]
    found = page.evaluate(f"""(files) => Promise.all(files.map(async (file) => {{
        const address = new URL(file, location.origin).href.replace(/index\\.html$/, "");
        const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
        page.head.prepend(Object.assign(page.createElement("base"), {{ href: address }}));
        return ({SAME})(page);
    }}))""", files)
    assert all(count > 5 for count, _ in found)
    assert {file: wrong for file, (_, wrong) in zip(files, found, strict=True) if wrong} == {}


def test_what_is_left_after_a_failure_has_a_column_where_there_is_room_and_else_the_width_of_the_screen(kinds: Server, page: Page) -> None:
    def cells(width: int) -> list[dict[str, float]]:
        page.set_viewport_size({"width": width, "height": 800})
        row = page.locator("[data-failures] tbody tr").last
        row.scroll_into_view_if_needed()
        return row.locator("th, td").evaluate_all("(cells) => cells.map((cell) => { const { left, top, width } = cell.getBoundingClientRect(); return { left, top, width }; })")

    page.goto(f"{kinds.url}/{KINDS['procedure'].address}")
    at, what, left = cells(1280)
    assert at["top"] == what["top"] == left["top"] and at["left"] < what["left"] < left["left"]
    at, what, left = cells(390)
    assert at["top"] == what["top"] < left["top"] and at["left"] == left["left"] and left["width"] > 300


# What other sites of the host may have written where the choice of colours is kept.
NO_CHOICE = ["x", '"x"', "null", "{}", "[]", "7", '{"index":"length"}', '{"index":-1}', '{"index":2}', '{"index":{}}', '{"index":null}']


def test_a_kept_choice_of_colours_that_is_none_counts_as_none(kinds: Server, page: Page) -> None:
    page.goto(kinds.url)
    shown = {}
    for kept in NO_CHOICE:
        page.evaluate("(kept) => localStorage.setItem('/.__palette', kept)", kept)
        page.reload()
        light = page.locator("body[data-md-color-scheme=default]").is_visible()
        shown[kept] = light and page.get_by_role("button", name="Switch to dark mode").is_visible()
    assert shown == dict.fromkeys(NO_CHOICE, True)


def test_colours_are_those_of_the_system_until_the_reader_chooses(kinds: Server, page: Page) -> None:
    page.goto(kinds.url)
    expect(page.locator("meta[name=color-scheme]")).to_have_attribute("content", "light")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body[data-md-color-scheme=slate]")).to_be_visible()
    expect(page.locator("meta[name=color-scheme]")).to_have_attribute("content", "dark")
    page.get_by_role("button", name="Switch to light mode").focus()
    page.keyboard.press("Enter")
    expect(page.locator("body[data-md-color-scheme=default]")).to_be_visible()
    expect(page.get_by_role("button", name="Switch to dark mode")).to_be_focused()
    page.reload()
    expect(page.locator("body[data-md-color-scheme=default]")).to_be_visible()


def test_colours_without_a_button_are_those_of_the_system_without_one(tmp_path: Path, serve: Callable[[Path], Server], page: Page) -> None:
    build = mkdocs_build(make_project(tmp_path, {"index.md": "# Home\n"}, lambda text: re.sub(r"\n +toggle:(\n {8}.*){2}", "", text, count=1)))
    assert build.code == 0, build.output
    page.goto(serve(build.site).url)
    expect(page.locator("body[data-md-color-scheme=default]")).to_be_visible()
    expect(page.locator("[data-palette] button:visible")).to_have_count(0)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_role("button", name="Switch to light mode")).to_be_visible()


def test_a_keyboard_sees_where_it_is_in_the_navigation_of_a_narrow_page(kinds: Server, tabs: Tabs) -> None:
    with tabs.lend(reduced_motion="reduce") as page:
        page.set_viewport_size({"width": 390, "height": 600})
        page.goto(f"{kinds.url}/{KINDS['reference'].address}")
        links = page.locator(".md-sidebar--primary a[href]:visible")
        assert links.count() > 3
        seen = 0
        for _ in range(links.count() + 8):
            page.keyboard.press("Tab")
            if page.locator(".md-sidebar--primary :focus").count():
                seen += 1
                page.wait_for_function(IN_SIGHT)
        assert seen >= links.count()
