"""A run in a real browser, on pages of its own: trust, names, ticks that move, tabs, reset."""

import json
import random
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from support.hostile import hostile_fragments, hostile_names, hostile_values
from support.readers import expect_no_new_page
from support.runs import COUNT, NAMES, SHEET, UNPAINTED, begun, box, clear_names, close, item, open_run, open_unpainted, sheet, tick, ticked, use_names
from support.sites import Server

COMMANDS = "[...document.querySelectorAll('article pre code, article code')].map((code) => code.textContent).join('\\n')"
KEYS = "Object.keys(localStorage).filter((key) => /^\\/docs\\/ v[23] /.test(key)).sort()"
NAMED = ["/docs/ v3 names", "/docs/ v3 run run first"]


@pytest.fixture
def options() -> dict[str, Any]:
    return {"reduced_motion": "reduce"}


# ---- Trust ---------------------------------------------------------------------------------------


def test_names_of_a_link_are_asked_about_before_they_are_used_or_kept(page: Page, run: Server) -> None:
    open_run(page, run, NAMES)
    question = page.get_by_role("dialog", name="Use these names?")
    expect(question).to_be_visible()
    assert question.get_by_role("listitem").all_inner_texts() == [
        "Active Server: north", "First Server: south", "Standby Server: east", "Standby Server: west",
    ]
    assert "north" not in page.evaluate(COMMANDS) and page.evaluate(KEYS) == []
    question.get_by_role("button", name="Yes").click()
    expect(question).to_be_hidden()
    assert "server=west active=north" in page.evaluate(COMMANDS)
    assert page.evaluate(KEYS) == NAMED
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    expect(question).to_be_hidden()
    assert "active=north" in page.evaluate(COMMANDS)


def test_the_readers_own_link_asks_nothing_and_no_to_another_leaves_their_names_and_cleans_the_address(page: Page, run: Server) -> None:
    open_run(page, run)
    use_names(page, "mine", ["yours"])
    question = page.get_by_role("dialog", name="Use these names?")
    sheet(page, "Names").get_by_role("link", name="Link to this page with these names").click()
    assert "#active=mine" in page.url
    expect(question).to_be_hidden()
    close(page)
    before = page.evaluate("({...localStorage})")
    page.evaluate("fragment => { location.hash = fragment }", NAMES)
    expect(question).to_contain_text("They replace the names that you use now, and what is ticked stays ticked.")
    question.get_by_role("button", name="No", exact=True).click()
    expect(question).to_be_hidden()
    assert page.url == f"{run.url}/run/"
    assert page.evaluate("({...localStorage})") == before
    expect(page.locator("[data-step]:visible").first).to_contain_text("On mine (Active Server):")
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    expect(question).to_be_hidden()


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
                const asked = document.querySelector("[data-sheet=asked]").open;
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
    load_sheets(page)
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
                form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
                if (!field.validationMessage || %s.length) taken.push([field.name, name]);
            }
            return taken;
        }""" % KEYS,
        names,
    )
    assert taken == []


def test_names_that_cannot_be_used_are_said_in_the_form(page: Page, run: Server) -> None:
    open_run(page, run)
    first = page.locator("[data-step]:visible").first
    names = sheet(page, "Names")
    fields = [names.get_by_label("name or address"), names.get_by_label("Standby Servers, one per line")]
    for wrong, values, message in (
        (1, ["north", "\n".join(f"s{number}" for number in range(9))], "one to eight"), (1, ["north", "a\na"], "once only"), (1, ["north", "x" * 65], "at most 64"),
        (1, ["north", "-rf"], "begins with"), (1, ["north", "a b"], '"a b" cannot be used'), (0, ["a;b", "south"], '"a;b" cannot be used'),
    ):
        for field, value in zip(fields, values, strict=True):
            field.fill(value)
        names.get_by_role("button", name="Use these names").click()
        said = [field.evaluate("field => field.validationMessage") for field in fields]
        assert message in said[wrong] and not said[1 - wrong]
        expect(first).to_contain_text("On the Active Server:")
    fields[0].fill("north")
    names.get_by_role("button", name="Use these names").click()
    expect(first).to_contain_text("On north (Active Server):")


def test_hostile_stored_values_are_left_alone_and_said(page: Page, run: Server) -> None:
    open_run(page, run)
    before = page.evaluate(COMMANDS)
    wrong = page.evaluate(
        """([values, before]) => {
            const changed = (key) => dispatchEvent(new StorageEvent("storage", { key }));
            const wrong = [];
            const key = "/docs/ v3 names";
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
    key = next(key for key in page.evaluate(KEYS) if " ticks " in key)
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
    assert json.loads(page.evaluate("key => localStorage[key]", key))["how"] == "hand"


def test_another_site_on_the_host_keeps_its_own(page: Page, run: Server) -> None:
    names = json.dumps({"active": "a", "standby": ["b"], "first": "b"})
    others = {"servers": names, "names": names, "/ v3 names": names, "/other/ v3 names": names, "/other/ v2 names": names, "/docs/ v1 names": names, "null": "1"}
    page.goto(run.url)
    page.evaluate("all => Object.assign(localStorage, all)", others)
    open_run(page, run)
    tick(page, "Begin.")
    sheet(page, "Reset").get_by_role("button", name="Reset", exact=True).click()
    close(page)
    expect(page.locator("[data-step]:visible").first).to_contain_text("On the Active Server:")
    assert page.evaluate("({...localStorage})").items() >= others.items()
    assert page.evaluate(KEYS) == []


def test_roles_may_hold_signs(page: Page, run: Server) -> None:
    open_run(page, run, "#active=north&standby=south", "Yes", name="odd")
    steps = page.locator("[data-step]:visible strong")
    assert steps.all_inner_texts() == ["On north (Active Server (old)):", "On south (First [$^|+? Server):"]


# ---- Ticks ---------------------------------------------------------------------------------------


def test_no_name_follows_an_article(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes", name="named")
    expect(page.get_by_text("is up. Ask")).to_have_text(
        "north (Active Server) is up. Ask south (First Server), the upgraded Active Server, an Active Server or a First Server. "
        "south (First Server): up."
    )


def test_ticks_move_with_the_role_when_names_come_change_and_go(page: Page, run: Server) -> None:
    open_run(page, run)
    expect(page.locator(COUNT)).to_have_text("0 of 11 done")
    for words in ("On the Active Server: Begin", "On the First Server", "On each other Standby Server"):
        box(page, words).check()
    expect(page.locator(COUNT)).to_have_text("3 of 11 done")
    use_names(page, "north", ["south", "east", "west"])
    expect(page.locator(COUNT)).to_have_text("4 of 16 done")
    assert ticked(page) == ["On north (Active Server):", "On south (First Server):", "On east (Standby Server):", "On west (Standby Server):"]
    use_names(page, "centre", ["south", "east", "new"])
    assert ticked(page) == ["On centre (Active Server):", "On south (First Server):", "On east (Standby Server):"]
    clear_names(page)
    assert ticked(page) == ["On the Active Server:", "On the First Server:"]
    use_names(page, "north", ["south", "east", "west"])
    expect(page.locator(COUNT)).to_have_text("4 of 16 done")
    page.reload()
    expect(page.locator(COUNT)).to_have_text("4 of 16 done")
    clear_names(page)
    expect(page.locator(COUNT)).to_have_text("3 of 11 done")


def test_names_of_other_servers_do_not_take_over_what_is_ticked_unasked(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    form = sheet(page, "Names")
    use, same, kept = form.get_by_role("button", name="Use these names"), form.get_by_label("They are the same servers"), form.get_by_text("What is ticked stays ticked")
    form.get_by_label("Standby servers").fill("south\neast\nwest\nfar")
    use.click()
    expect(form).to_be_hidden()  # nothing is ticked
    tick(page, "On south (First Server): Begin")
    form = sheet(page, "Names")
    expect(kept).to_be_hidden()
    form.get_by_label("Standby servers").fill("south\neast\nwest\nfar\nnear")
    use.click()
    expect(form).to_be_hidden()  # a server more
    form = sheet(page, "Names")
    form.get_by_label("Active Server").fill("rome")
    use.click()
    expect(kept).to_contain_text("leave out: north.")
    expect(same).to_be_focused()
    same.check()
    form.get_by_label("Standby servers").fill("south")
    use.click()
    expect(kept).to_contain_text("leave out: north, east, west, far, near.")
    expect(same).not_to_be_checked()
    assert ticked(page) == ["On south (First Server):"], "nothing has changed"
    same.check()
    use.click()
    expect(item(page, "On rome (Active Server): Begin")).to_be_visible()
    assert ticked(page) == ["On south (First Server):"]


def test_names_given_on_another_page_move_the_ticks_of_this_one(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run)
    tick(page, "On each other Standby Server")
    other = context.new_page()
    page.close()
    open_run(other, run, name="odd")
    names = sheet(other, "Names")
    names.get_by_label("name or address").fill("north")
    names.get_by_label("Standby Servers, one per line").fill("south\neast\nwest")
    names.get_by_label("Which one is").select_option("east")
    names.get_by_role("button", name="Use these names").click()
    open_run(other, run)
    assert ticked(other) == ["On each other Standby Server:"]  # which are the others is not known here yet
    use_names(other, "north", ["south", "east", "west"])
    assert ticked(other) == ["On east (Standby Server):", "On west (Standby Server):"]


def test_two_tabs_keep_each_others_ticks_and_names(page: Page, run: Server, context: BrowserContext) -> None:
    other = context.new_page()
    open_run(page, run)
    open_run(other, run)
    tick(page, "On the Active Server: Begin")
    expect(other.locator(COUNT)).to_have_text("1 of 11 done")
    tick(other, "On the First Server")
    expect(page.locator(COUNT)).to_have_text("2 of 11 done")
    use_names(other, "north", ["south", "east"])
    expect(page.locator("[data-step]:visible").first).to_contain_text("On north (Active Server):")
    page.locator("[data-step]:visible").first.get_by_role("checkbox").uncheck()
    expect(other.locator(COUNT)).to_have_text("1 of 13 done")
    assert ticked(other) == ["On south (First Server):"]


def test_a_tab_that_was_not_told_loses_no_tick_of_another(page: Page, run: Server, context: BrowserContext) -> None:
    other = context.new_page()
    other.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    open_run(page, run)
    open_run(other, run)
    tick(page, "On the Active Server: Begin")
    tick(other, "On the First Server")
    page.reload()
    expect(page.locator(COUNT)).to_have_text("2 of 11 done")


def test_a_page_that_comes_back_shows_what_was_ticked_meanwhile(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "On the First Server")
    page.evaluate("for (const key of Object.keys(localStorage)) localStorage.removeItem(key)")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator(COUNT)).to_have_text("0 of 11 done")


def test_a_reset_asks_first_and_can_be_undone(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    expect(sheet(page, "Reset").get_by_role("button", name="Reset", exact=True)).to_be_disabled()
    close(page)
    tick(page, "On north (Active Server): Begin", "On east (Standby Server): Run", "On west (Standby Server): Run", "On east (Management Server)")
    before = page.evaluate("({...localStorage})")
    question = sheet(page, "Reset")
    expect(question).to_contain_text("Ticks on this page that are removed: 4.")
    close(page)
    assert len(ticked(page)) == 4 and page.evaluate("({...localStorage})") == before
    sheet(page, "Reset").get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator(COUNT)).to_have_text("0 of 16 done")
    undo = question.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    assert question.get_by_role("button").all_inner_texts() == ["Undo", "Close"]
    expect(question).not_to_contain_text("removed", use_inner_text=True)  # the count is that of before
    undo.click()
    expect(sheet(page, "Reset")).to_contain_text("Ticks on this page that are removed: 4.", use_inner_text=True)
    assert len(ticked(page)) == 4 and page.evaluate("({...localStorage})") == before


def test_what_was_taken_back_comes_back_into_its_own_run_alone(page: Page, run: Server) -> None:
    open_run(page, run)
    begin, end = (item(page, f"On the Active Server: {words}") for words in ("Begin", "End"))
    tick(page, "On the Active Server: Begin", "On the Active Server: End")
    whole = page.evaluate("({...localStorage})")
    box(page, "On the Active Server: Begin").uncheck()
    once = page.evaluate("({...localStorage})")
    box(page, "On the Active Server: End").uncheck()
    expect(begin.get_by_role("button", name="Undo")).to_be_hidden()
    end.get_by_role("button", name="Undo").click()
    assert page.evaluate("({...localStorage})") == once, "the other one is open still, and leaves its trace"
    tick(page, "On the Active Server: Begin")
    box(page, "On the Active Server: Begin").uncheck()
    begin.get_by_role("button", name="Undo").click()
    assert len(ticked(page)) == 2 and set(page.evaluate("({...localStorage})")) >= set(whole)
    box(page, "On the Active Server: Begin").uncheck()
    expect(begin.get_by_role("button", name="Undo")).to_be_visible()
    before = page.evaluate("({...localStorage})")
    sheet(page, "Rehearsal").get_by_role("button", name="Begin a rehearsal").click()
    expect(begin.get_by_role("button", name="Undo")).to_be_hidden()
    sheet(page, "Rehearsal").get_by_role("button", name="End the rehearsal").click()
    assert page.evaluate("({...localStorage})") == before
    tick(page, "On the First Server: Begin")
    box(page, "On the Active Server: End").uncheck()
    expect(end.get_by_role("button", name="Undo")).to_be_visible()
    sheet(page, "Reset").get_by_role("button", name="Reset", exact=True).click()
    close(page)
    expect(end.get_by_role("button", name="Undo")).to_be_hidden()


def undone(page: Page) -> list[str]:
    """The items of which storage holds that they were taken back."""
    return [one["id"].split("/")[1] for one in json.loads(page.evaluate("localStorage['/docs/ v3 run run undone'] ?? '[]'"))]


def test_what_another_tab_takes_back_is_told_after_an_undo_here(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run)
    tick(page, "On the Active Server: Begin", "On the Active Server: End")
    other = open_run(context.new_page(), run)
    begin = item(page, "On the Active Server: Begin")
    box(page, "On the Active Server: Begin").uncheck()
    box(other, "On the Active Server: End").uncheck()
    begin.get_by_role("button", name="Undo").click()
    assert undone(page) == ["5"] and len(ticked(page)) == 1
    reset = sheet(page, "Reset")
    reset.get_by_role("button", name="Reset", exact=True).click()
    tick(other, "On the First Server: Begin")
    box(other, "On the First Server: Begin").uncheck()
    reset.get_by_role("button", name="Undo").click()
    assert undone(page) == ["5", "2"] and len(ticked(page)) == 1


def test_a_reset_removes_ticks_that_are_not_shown(page: Page, run: Server) -> None:
    open_run(page, run)
    use_names(page, "north", ["south", "east"])
    tick(page, "On east (Standby Server): Run")
    use_names(page, "north", ["south", "west"])
    tick(page, "On west (Standby Server): Run")
    question = sheet(page, "Reset")
    expect(question).to_contain_text("Ticks kept for other names of servers")
    question.get_by_role("button", name="Reset", exact=True).click()
    assert not any(" ticks " in key for key in page.evaluate(KEYS))


FORMER = re.compile(r"/run-former\.")
OLD_NAMES = {"/docs/ v2 names": '{"active":"north","standby":["south","east"],"used":true}', "/docs/ v2 first First Server": "south"}


def keep_old(page: Page) -> None:
    """Keep names and a tick in the form before this one, on the page that they are of."""
    page.evaluate("""(names) => {
        const step = document.querySelector("[data-step='phase-1/3']");
        const old = `phase-1/3/${shared.mark(step.querySelector("[data-part=body]").textContent)}`;
        Object.assign(localStorage, names, { [`/docs/ v2 tick /docs/run/ ${old} east`]: "1700000000000" });
    }""", OLD_NAMES)


def old_keys(page: Page) -> list[str]:
    return [key for key in page.evaluate(KEYS) if " v2 " in key]


def test_what_takes_over_is_asked_for_only_where_there_is_an_old_entry(page: Page, run: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if FORMER.search(request.url) else None)
    open_run(page, run)
    page.get_by_label("How to stop a server").fill("With care")
    tick(page, "The licence")
    page.evaluate("localStorage['/docs/ v2 status-set one'] = localStorage['/other/ v2 names'] = '{}'")
    open_run(page, run)
    assert "/docs/ v2 note " in "".join(page.evaluate(KEYS)) and asked == []
    page.evaluate("(names) => Object.assign(localStorage, names)", OLD_NAMES)
    page.goto(f"{run.url}/")
    assert asked == []
    page.get_by_role("link", name="To the run").click()
    expect(page.locator("[data-step]:visible").first).to_contain_text("On north (Active Server):")
    open_run(page, run)
    assert len(asked) == 1


def test_ticks_and_names_of_the_form_before_are_taken_over_another_time_where_what_does_so_does_not_come(page: Page, run: Server) -> None:
    open_run(page, run)
    keep_old(page)
    page.route(FORMER, lambda route: route.abort())
    kept = old_keys(page)
    open_run(page, run)
    tick(page, "On the Active Server: Begin.")
    assert ticked(page) == ["On the Active Server:"]
    assert old_keys(page) == kept and len(kept) == 3
    page.unroute(FORMER)
    for _ in range(2):
        open_run(page, run)
        assert ticked(page) == ["On north (Active Server):", "On east (Standby Server):"]
        assert old_keys(page) == []
        expect(item(page, "On east (Standby Server): Run")).to_contain_text("2023-11-14 22:13 UTC")


SETUPS = [("north", ["south", "east"]), ("south", ["north", "east", "west"]), ("east", ["south"])]
# Inside the page: a tab in the background is not painted, which a click of Playwright waits for.
SHOWN = """() => [...document.querySelectorAll("article [data-item]")].filter((one) => !one.hidden)
    .map((one) => [one.dataset.item, Boolean(one.dataset.how)])"""
TOGGLE = """(chance) => {
    const boxes = [...document.querySelectorAll("[data-item]:not([data-accept], [hidden]) .step-tick")];
    const box = boxes[Math.floor(chance * boxes.length)];
    box.click();
    return [box.closest("[data-item]").dataset.item, box.checked];
}"""
RENAME = """([active, standby]) => {
    const form = document.querySelector("[data-part=form]");
    form.elements.active.value = active;
    form.elements.standby.value = standby.join("\\n");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.elements.first.value = standby[0];
    form.requestSubmit();
}"""


def load_sheets(tab: Page) -> None:
    """The sheets come with the menu: until then a click on what they have is answered later."""
    tab.evaluate("document.querySelector('[data-open=menu]').click()")
    tab.wait_for_function("Boolean(window.RunSheets)")
    tab.wait_for_load_state("networkidle")
    tab.evaluate("document.querySelector('dialog[open]').close()")


def in_step(tab: Page, other: Page) -> list[tuple[str, bool]]:
    """What a tab shows, once another one shows the same: it hears of a change a moment later."""
    shown = tab.evaluate(SHOWN)
    other.wait_for_function(f"(shown) => JSON.stringify(({SHOWN})()) === JSON.stringify(shown)", arg=shown, polling=20)
    return shown


# ---- The way back from another page --------------------------------------------------------------

LINE = ".under-way"


def elsewhere(page: Page, run: Server) -> Page:
    page.goto(f"{run.url}/")
    return page


def test_an_address_with_two_slashes_leads_back_to_no_other_host(page: Page, run: Server) -> None:
    root = run.url.removesuffix("/docs")
    page.goto(f"{root}//docs/run/")
    page.locator(".runbook.is-live").wait_for()
    tick(page, "The licence")
    page.goto(f"{root}//docs/")
    link = page.locator(LINE).get_by_role("link")
    expect(link).to_be_visible()
    assert link.evaluate("(one) => one.href") == f"{root}//docs/run/#run-now"


def test_another_page_leads_back_to_the_step_of_the_latest_run(page: Page, run: Server) -> None:
    tick(open_run(page, run), "The licence")
    line = open_run(page, run, name="other").locator(LINE)
    expect(line).to_have_text("A run is under way: Run. Back to Before the start: check 2.", use_inner_text=True)
    page.emulate_media(media="print")
    expect(line).to_be_hidden()
    page.emulate_media(media="screen")
    tick(page, "On the Active Server: Begin")
    expect(elsewhere(page, run).locator(LINE)).to_have_text("A run is under way: Another role. Back to Phase 1, step 2, on the Server under Repair.", use_inner_text=True)
    expect(open_run(page, run, name="other").locator(LINE)).to_be_hidden()
    tick(open_run(page, run), "The installer")
    box(page, "The licence").uncheck()
    elsewhere(page, run).locator(LINE).get_by_role("link", name="Before the start: check 1", exact=True).click()
    expect(page.locator("[aria-current=step] .step-tick")).to_be_focused()
    expect(page.locator("[aria-current=step]")).to_be_in_viewport()
    sheet(page, "Reset").get_by_role("button", name="Reset", exact=True).click()
    expect(elsewhere(page, run).locator(LINE)).to_contain_text("Another role")
    sheet(open_run(page, run, name="other"), "Reset").get_by_role("button", name="Reset", exact=True).click()
    expect(elsewhere(page, run).locator(LINE)).to_be_hidden()


def test_a_run_that_has_ended_leads_nobody_back(page: Page, run: Server) -> None:
    open_run(page, run, name="odd")
    tick(page, "Begin.")
    expect(elsewhere(page, run).locator(LINE)).to_be_visible()
    open_run(page, run, name="odd")
    page.locator("article [data-item]:not([data-how], [hidden]) .step-tick").first.check()
    expect(elsewhere(page, run).locator(LINE)).to_be_hidden()


def test_the_way_back_is_there_on_a_page_that_the_theme_loads_and_in_another_tab(page: Page, run: Server, context: BrowserContext) -> None:
    other = elsewhere(context.new_page(), run)
    expect(other.locator(LINE)).to_be_hidden()
    loaded_by_the_theme = expect_no_new_page(elsewhere(page, run))
    page.get_by_role("link", name="To the run").click()
    tick(begun(page), "The licence")
    expect(other.locator(LINE)).to_contain_text("check 2")
    page.go_back()
    page.locator(LINE).get_by_role("link").click()
    expect(begun(page).locator("[aria-current=step] .step-tick")).to_be_focused()
    loaded_by_the_theme()
    tick(page, "The installer")
    expect(other.locator(LINE)).to_contain_text("a warning to accept")


def test_the_way_back_to_a_rehearsal_says_so_and_is_of_its_tab(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run)
    sheet(page, "Rehearsal").get_by_role("button", name="Begin a rehearsal").click()
    expect(elsewhere(page, run).locator(LINE)).to_be_hidden()
    tick(open_run(page, run), "The licence")
    expect(elsewhere(page, run).locator(LINE)).to_have_text("REHEARSAL A run is under way: Run. Back to Before the start: check 2.", use_inner_text=True)
    other = elsewhere(context.new_page(), run)
    expect(other.locator(LINE)).to_be_hidden()
    tick(open_run(other, run), "The licence")
    tick(other, "The installer")
    expect(elsewhere(other, run).locator(LINE)).to_have_text("A run is under way: Run. Back to Before the start: a warning to accept.", use_inner_text=True)
    expect(page.locator(LINE)).to_contain_text("REHEARSAL")
    page.locator(LINE).get_by_role("link").click()
    expect(page).to_have_title(re.compile("^REHEARSAL"))
    sheet(page, "Rehearsal").get_by_role("button", name="End the rehearsal").click()
    assert "REHEARSAL" not in elsewhere(page, run).locator(LINE).inner_text()


def test_nothing_that_is_kept_leads_anywhere_but_to_a_run(page: Page, run: Server) -> None:
    elsewhere(page, run)
    odd = [json.dumps(value) for value in (
        None, 1, [], ["a"], {"time": 1}, {"where": "a"}, {"time": "1", "where": "a"}, {"time": 1, "where": ["a"]}, {"time": 1, "where": ""}, {"time": -1, "where": "a"},
        {"time": 1, "where": "a\u202eb"}, {"time": 1, "where": "a" * 501}, {"time": 1, "where": "a\nb"},
    )]
    shown = """(values) => values.filter((value) => {
        for (const store of [localStorage, sessionStorage]) for (const place of ["", "named/", "run/"]) store[`/docs/${place} at`] = value;
        dispatchEvent(new StorageEvent("storage"));
        return !document.querySelector(".under-way").hidden;
    })"""
    assert page.evaluate(shown, [*odd, *hostile_values()]) == []
    assert page.evaluate(shown.replace('"run/"', '"plain/", "../evil/", "//evil/"').replace('"named/", ', ""), ['{"time": 9, "where": "a"}']) == []
    page.evaluate("""sessionStorage.clear(); localStorage["/docs/run/ at"] = JSON.stringify({time: 1, where: "<img src=x onerror=alert()>"}); dispatchEvent(new StorageEvent("storage"))""")
    link = page.locator(LINE).get_by_role("link")
    expect(link).to_have_text("<img src=x onerror=alert()>")
    assert link.evaluate("(link) => link.href") == f"{run.url}/run/#run-now" and page.locator(f"{LINE} img").count() == 0


# More of them, with all that a reader may do, are played on a smaller page in test_run_random.py.
def test_no_tick_is_lost_and_none_invented_whatever_two_tabs_do(page: Page, run: Server, context: BrowserContext) -> None:
    chance = random.Random(0)
    context.add_init_script(UNPAINTED)
    tabs = [open_unpainted(tab, run) for tab in (page, context.new_page())]
    for tab in tabs:
        load_sheets(tab)
    page.evaluate(RENAME, SETUPS[0])
    in_step(page, tabs[1])
    done: set[str] = set()
    for _ in range(50):
        tab = chance.choice(tabs)
        [what] = chance.choices(["toggle", "rename", "undo", "reload"], [12, 2, 2, 1])
        if what == "toggle":
            item_id, is_done = tab.evaluate(TOGGLE, chance.random())
            (done.add if is_done else done.discard)(item_id)
        elif what == "rename":
            tab.evaluate(RENAME, chance.choice(SETUPS))
        elif what == "undo" and done:
            tab.evaluate("for (const one of ['open=reset', 'action=reset-yes', 'action=undo']) document.querySelector(`[data-${one}]`).click()")
        elif what == "reload":
            tab.reload()
            load_sheets(begun(tab))
        shown = in_step(tab, tabs[tabs[0] == tab])
        assert [id_ for id_, is_done in shown if is_done] == [id_ for id_, _ in shown if id_ in done], what


# ---- A role of one page is not that of another -------------------------------------------------


def test_a_server_chosen_for_one_role_is_not_taken_for_another(page: Page, run: Server) -> None:
    """The server that was upgraded first is not by itself the one that is maintained later."""
    open_run(page, run, NAMES, "Yes")
    expect(page.locator("article")).to_contain_text("south (First Server)")
    open_run(page, run, name="other")
    steps = page.locator("[data-step]:visible")
    expect(steps.nth(0)).to_contain_text("On north (Active Server):")
    expect(steps.nth(1)).to_contain_text("On the Server under Repair:")
    expect(steps.nth(2)).to_contain_text("On each other Standby Server:")
    names = sheet(page, "Names")
    names.get_by_role("button", name="Use these names").click()
    expect(names).to_be_visible()
    expect(steps.nth(1)).to_contain_text("On the Server under Repair:")  # nothing is chosen, nothing is guessed
    names.get_by_label("Which one is the Server under Repair").select_option("west")
    names.get_by_role("button", name="Use these names").click()
    expect(steps.nth(1)).to_contain_text("On west (Server under Repair):")
    open_run(page, run)
    expect(page.locator("article")).to_contain_text("south (First Server)")
