"""A tab that a test has used is as new for the next one, or is not used again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.sites import Server
from support.tabs import Tabs

# What a page finds of those before it. The kept values are of its origin.
FOUND = """async () => ({
    local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie, name: window.name, steps: history.length,
    state: history.state, bases: (await indexedDB.databases()).length, caches: await caches.keys(),
    size: [innerWidth, innerHeight], look: ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(forced-colors: active)",
        "(prefers-contrast: more)", "print"].filter((one) => matchMedia(one).matches),
    online: navigator.onLine, left: window.left ?? null,
    clipboard: (await navigator.permissions.query({ name: "clipboard-read" })).state, year: new Date().getFullYear() > 2001,
})"""
KEPT = """async () => {
    localStorage.setItem("left", "x");
    sessionStorage.setItem("left", "x");
    document.cookie = "left=x";
    await new Promise((done) => { indexedDB.open("left").onsuccess = done; });
    await caches.open("left");
}"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> list[str]:
    """A page at two origins."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "index.html").write_text("<!DOCTYPE html><title>A place</title><h1>A place</h1>")
    return [serve(folder).url + "/" for _ in range(2)]


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Tabs]:
    """Tabs of these tests alone."""
    tabs = Tabs(browser)
    yield tabs
    for tab in sum(tabs.free.values(), []):
        tab.context.close()


def keep(page: Page, places: list[str]) -> None:
    for place in places:
        page.goto(place)
        page.evaluate(KEPT)


def go_about(page: Page, places: list[str]) -> None:
    page.goto(places[1])
    page.evaluate("history.pushState('left', '', '#left')")
    page.go_back()


def open_another(page: Page, places: list[str]) -> None:
    page.context.new_page().goto(places[0])


# What each leaves behind that can be undone.
UNDONE: dict[str, Callable[[Page, list[str]], object]] = {
    "kept": keep,
    "history": go_about,
    "name": lambda page, places: page.evaluate("window.name = 'left'"),
    "size": lambda page, places: page.set_viewport_size({"width": 400, "height": 300}),
    "paper": lambda page, places: page.emulate_media(media="print"),
    "look": lambda page, places: page.emulate_media(color_scheme="dark", reduced_motion="reduce", forced_colors="active", contrast="more"),
    "another": open_another,
}
# What spends the tab.
SPENT: dict[str, Callable[[Page, list[str]], object]] = {
    "script": lambda page, places: page.add_init_script("window.left = 1"),
    "script of all": lambda page, places: page.context.add_init_script("window.left = 1"),
    "function": lambda page, places: page.expose_function("left", lambda: 1),
    "clock": lambda page, places: page.clock.set_fixed_time("2001-01-01T00:00:00Z"),
    "route": lambda page, places: page.route("**", lambda route: route.fulfill(body="left")),
    "route of all": lambda page, places: page.context.route("**", lambda route: route.fulfill(body="left")),
    "offline": lambda page, places: page.context.set_offline(True),
    "permission": lambda page, places: page.context.grant_permissions(["clipboard-read"]),
    "devtools": lambda page, places: page.context.new_cdp_session(page).send(
        "Emulation.setDeviceMetricsOverride", {"width": 90, "height": 90, "deviceScaleFactor": 2, "mobile": True}),
    "closed": lambda page, places: page.close(),
}


def found(page: Page, place: str) -> dict[str, Any]:
    page.goto(place)
    return {**page.evaluate(FOUND), "pages": len(page.context.pages)}


OTHER = {"viewport": {"width": 500, "height": 400}, "color_scheme": "dark", "reduced_motion": "reduce"}


def as_new(browser: Browser, place: str, **options: Any) -> dict[str, Any]:
    with browser.new_context(**options) as context:
        return found(context.new_page(), place)


@pytest.mark.parametrize("options", [{}, OTHER])
def test_what_one_test_leaves_the_next_one_does_not_find(options: dict[str, Any], places: list[str], tabs: Tabs, browser: Browser) -> None:
    with tabs.lend(**options) as first:
        first.goto(places[0])
        for leave in UNDONE.values():
            leave(first, places)
    with tabs.lend(**options) as second:
        assert second == first
        assert found(second, places[0]) == as_new(browser, places[0], **options)


def test_where_what_a_test_leaves_cannot_be_undone_the_next_one_has_another_tab(places: list[str], tabs: Tabs, browser: Browser) -> None:
    new, used, after = as_new(browser, places[0]), [], {}
    for left, leave in SPENT.items():
        with tabs.lend() as page:
            page.goto(places[0])
            leave(page, places)
        used.append(page)
        with tabs.lend() as page:
            after[left] = page in used, found(page, places[0])
    assert after == dict.fromkeys(SPENT, (False, new))


def test_the_next_test_cannot_go_back_to_a_page_of_the_one_before(places: list[str], tabs: Tabs) -> None:
    with tabs.lend() as page:
        page.goto(places[0])
    with tabs.lend() as page:
        page.goto(places[1])
        page.go_back()
        assert page.url == "about:blank"


def test_what_listens_for_one_test_does_not_hear_of_the_next(places: list[str], tabs: Tabs) -> None:
    heard: list[str] = []
    with tabs.lend() as page:
        for event in ("request", "pageerror", "console"):
            page.on(event, lambda *_, event=event: heard.append(event))
    with tabs.lend() as page:
        page.goto(places[0])
        page.on("pageerror", lambda error: heard.append("of this test"))
        page.evaluate("() => { console.log('x'); setTimeout(() => { throw new Error('x'); }); }")
        page.evaluate("new Promise((done) => setTimeout(done))")
    assert heard == ["of this test"]


def test_what_a_test_asks_for_holds_on_each_page_to_which_it_goes(places: list[str], tabs: Tabs) -> None:
    for _ in range(2):
        with tabs.lend() as page:
            page.emulate_media(media="print")
            for place in places:
                page.goto(place)
                assert page.evaluate("matchMedia('print').matches")


def test_two_tabs_that_are_lent_at_once_are_two(tabs: Tabs) -> None:
    with tabs.lend():
        pass
    with tabs.lend() as one, tabs.lend() as other:
        assert one != other and one.context != other.context


def test_a_tab_is_of_the_options_that_are_asked_for(places: list[str], tabs: Tabs) -> None:
    with tabs.lend() as page:
        pass
    with tabs.lend(java_script_enabled=False) as plain:
        assert plain != page
