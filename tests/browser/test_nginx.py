"""The site behind a real nginx: what the headers say, and that nothing a reader does is stopped by them."""

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from support.readers import TREE, answer, clicking, expect_no_new_page, outcome_shown
from support.reports import CASES
from support.runs import open_run, sheet
from support.sites import Server
from support.tabs import Tabs

from macros.decision.model import Decision
from macros.decision.paths import every_path

MISSING = "/no/such/deep/page"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Every directive of the policy; script-src also holds the hashes of the theme's inline scripts.
POLICY = {
    "default-src": {"'self'"},
    "script-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "object-src": {"'none'"},
    "base-uri": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}


def one_of(nginx: Server, pattern: str) -> str:
    """The path of the one file of the site that a pattern fits: `*` stands for its fingerprint."""
    [file] = nginx.folder.glob(pattern.lstrip("/"))
    return f"/{file.relative_to(nginx.folder).as_posix()}"


def ask(nginx: Server, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """nginx's answer, with `body` read; `_` in the name of a header stands for `-`."""
    connection = HTTPConnection(urlsplit(nginx.url).netloc, timeout=60)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    response.body = response.read()
    connection.close()
    return response


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    """A reader's page; at the end it may have met no error and no stop by the policy."""
    said: list[str] = []
    with tabs.lend(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
    # The browser itself reports the answer 404, which a missing address is meant to give.
    assert [text for text in said if "404 (Not Found)" not in text] == []


def test_the_policy_stops_what_is_not_the_sites_own(tabs: Tabs, nginx: Server) -> None:
    with tabs.lend() as page:  # what is stopped is said on the console
        page.goto(f"{nginx.url}/upgrade/")
        page.evaluate("""() => {
            window.stopped = new Set();
            addEventListener("securitypolicyviolation", (event) => window.stopped.add(event.effectiveDirective));
            const put = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));
            put("script", { textContent: "window.intruder = true" });
            put("style", { textContent: "body { display: none }" });
            put("img", { src: "https://elsewhere.example/x.png" });
            fetch("https://elsewhere.example/").catch(() => {});
        }""")
        page.wait_for_function("window.stopped.size === 4")
        assert page.evaluate("window.intruder") is None
        assert page.locator("h1").is_visible()


def test_search_loads_on_first_use_and_finds_states_texts_and_commands_first(page: Page, nginx: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{nginx.url}/about/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == []
    field, first = page.locator(".md-search__input"), page.locator(".md-search-result__item").first.locator("a").nth(1)
    for key, words, address in [
        ("/", "ACT_ONHOLD", "/replication-states/#ACT_ONHOLD"), ("s", "No standby initialized", "/window/#shown-none-initialized"),
        ("f", "-init_standby", "/commands/#init-standby"),
    ]:
        page.keyboard.press(key)
        field.fill("")
        field.press_sequentially(words)
        expect(first).to_have_attribute("href", nginx.url + address)
        for _ in range(10):  # the theme draws its results anew after each letter, and the focus is lost with the old ones
            field.focus()
            page.keyboard.press("Tab")  # the page, then its section
            page.keyboard.press("Tab")
            if first.evaluate("(link) => link === document.activeElement"):
                break
        expect(first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".md-search__output")).to_be_hidden()
    assert len([url for url in asked if url.endswith("/search_index.json")]) == 1


def test_copy(page: Page, nginx: Server, upgrade: Decision) -> None:
    path, outcome = next(every_path(upgrade))
    assert clicking(page, f"{nginx.url}/upgrade/", upgrade, path) == outcome
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert upgrade.questions[path[0][0]].ask in page.evaluate("navigator.clipboard.readText()")
    # The theme's own button beside a command.
    page.goto(f"{nginx.url}/upgrade-no-downtime/")
    block = page.locator(".highlight").first
    block.hover()
    block.locator("[data-clipboard-target]").click()
    expect(page.locator(".md-dialog--active")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").strip() == "sgReplicationAdmin.sh -status"


def test_status_reader(page: Page, nginx: Server) -> None:
    page.goto(f"{nginx.url}/replication-states/")
    page.get_by_label("Status reports", exact=True).fill(CASES["two Active"].text)
    expect(page.get_by_role("status").locator("[data-verdict=broken]")).to_be_visible()


def test_the_sheets_of_a_run_are_loaded(page: Page, nginx: Server) -> None:
    open_run(page, nginx, name="upgrade-no-downtime")
    expect(sheet(page, "Record").get_by_label("Record, times in UTC")).not_to_have_value("")


def test_instant_navigation(page: Page, nginx: Server, upgrade: Decision) -> None:
    page.goto(f"{nginx.url}/about/")
    loaded_by_the_theme = expect_no_new_page(page)
    page.locator(".md-sidebar--primary a[href$='/upgrade/']").click()
    expect(page.locator(f"{TREE}.is-live")).to_be_visible()
    loaded_by_the_theme()
    path, outcome = next(every_path(upgrade))
    for question, answer_id in path:
        answer(page.locator(TREE), upgrade, question, answer_id)
    assert outcome_shown(page.locator(TREE)) == outcome


@pytest.mark.parametrize("path", ["/", "/upgrade/", MISSING])
def test_security_headers(path: str, nginx: Server) -> None:
    response = ask(nginx, path)
    assert {name: response.getheader(name) for name in HEADERS} == HEADERS
    assert "camera=()" in response.getheader("Permissions-Policy")
    assert response.getheader("Server") == "nginx", "no version"
    found = [part.split() for part in response.getheader("Content-Security-Policy").split(";")]
    policy = {name: {source for source in sources if not source.startswith("'sha256-")} for name, *sources in found}
    assert policy == POLICY


@pytest.mark.parametrize("path", ["/assets/site.*.css", "/assets/status-core.*.js"])
def test_what_a_page_loads_keeps_to_the_site_too(path: str, nginx: Server) -> None:
    response = ask(nginx, one_of(nginx, path))
    assert (response.getheader("Content-Security-Policy"), response.getheader("X-Content-Type-Options")) == ("default-src 'self'", "nosniff")


def test_a_missing_address_helps(page: Page, nginx: Server, upgrade: Decision) -> None:
    assert ask(nginx, MISSING).status == ask(nginx, "/404.html").status == 404
    one_each = {outcome: path for path, outcome in every_path(upgrade)}
    for outcome, path in one_each.items():
        assert clicking(page, nginx.url + MISSING, upgrade, path) == outcome
        page.locator(".decision-tree__open:visible").click()
        expect(page).to_have_url(re.compile(rf"^{re.escape(nginx.url)}/{upgrade.outcomes[outcome].page.removesuffix('.md')}/\?"))
    page.goto(nginx.url + MISSING)
    article = page.locator("article")
    paths = article.get_by_role("link").evaluate_all("links => links.map(link => link.pathname)")
    assert "/trees/upgrade.json" in paths
    assert all(ask(nginx, path).status == 200 for path in paths if path != MISSING)
    article.get_by_role("searchbox").fill("installation")
    article.get_by_role("searchbox").press("Enter")
    expect(page.locator(".md-search-result__link").first).to_be_visible()


@pytest.mark.parametrize("path", ["/upgrade/", "/assets/site.*.css", "/assets/decision-tree.*.js", "/search/search_index.json", "/upgrade.md"])
def test_texts_are_compressed(path: str, nginx: Server) -> None:
    path = one_of(nginx, path) if "*" in path else path
    plain, small = ask(nginx, path), ask(nginx, path, Accept_Encoding="gzip")
    assert (plain.getheader("Content-Encoding"), small.getheader("Content-Encoding")) == (None, "gzip")
    assert gzip.decompress(small.body) == plain.body and len(small.body) < len(plain.body) / 2
    assert small.getheader("Vary") == "Accept-Encoding"


def test_what_has_a_fingerprint_is_kept_and_the_rest_asked_for_again(nginx: Server) -> None:
    files = [file for file in nginx.folder.glob("assets/**/*") if file.suffix in (".js", ".css") and "lunr" not in file.parts]
    theme = [file for file in files if ".min." in file.name]
    assert len(theme) > 3 and len(files) > len(theme) + 3, "theirs and ours"
    for file in files:
        kept = ask(nginx, f"/{file.relative_to(nginx.folder).as_posix()}").getheader("Cache-Control")
        assert kept == "public, max-age=31536000, immutable", file
    for path in ("/", "/upgrade/", "/search/search_index.json", "/trees/upgrade.json"):
        first = ask(nginx, path)
        assert first.getheader("Cache-Control") == "no-cache", path
        again = ask(nginx, path, If_None_Match=first.getheader("ETag"))
        assert (again.status, again.body) == (304, b"")
        other = ask(nginx, path, If_None_Match='"other"')
        assert (other.status, other.body) == (200, first.body)


@pytest.mark.parametrize(("path", "kind"), [
    ("/", "text/html; charset=utf-8"), ("/upgrade.md", "text/markdown; charset=utf-8"),
    ("/llms.txt", "text/plain; charset=utf-8"), ("/trees/upgrade.json", "application/json; charset=utf-8"),
    ("/sitemap.xml", "text/xml; charset=utf-8"), ("/assets/site.*.js", "text/javascript; charset=utf-8"),
    ("/assets/site.*.css", "text/css; charset=utf-8"),
])
def test_each_kind_of_file_has_its_type(path: str, kind: str, nginx: Server) -> None:
    assert ask(nginx, one_of(nginx, path) if "*" in path else path).getheader("Content-Type") == kind


def test_an_address_without_its_slash_is_led_to_the_page(nginx: Server) -> None:
    response = ask(nginx, "/upgrade")
    assert (response.status, response.getheader("Location")) == (301, "/upgrade/")
