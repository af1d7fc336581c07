"""The page of a run in a real browser: bar, current step, boxes, sheets, record, rehearsal, paper."""

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pypdf import PdfReader
from support.paper import Sheets
from support.accessible import broken_rules
from support import reports
from support.readers import expect_no_new_page
from support.run_site import own_data, report
from support.runs import COUNT, ITEM, NAMES, NOW, SHEET, accept, box, close, item, open_run, sheet, tick, ticked, use_names
from support.sites import Server
from support.tabs import Tabs

SIZES = [(1440, 900), (390, 844)]
SERVERS = ".runbook [data-part=servers] li"
PHASE_1 = ["Active Server: Begin", "First Server: Begin", "each other Standby Server: Run", "Exclude each other", "Active Server: End", "Stop: do not continue"]


@pytest.fixture
def options() -> dict[str, Any]:
    return {"permissions": ["clipboard-read", "clipboard-write"], "reduced_motion": "reduce"}


def before_the_start(page: Page) -> None:
    """All that holds back the first step."""
    tick(page, "The licence", "The installer")
    accept(page, "Warning: changes are lost")


def from_menu(page: Page, name: str) -> Locator:
    """Open a sheet as a reader does."""
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(SHEET).get_by_role("button", name=name, exact=True).click()
    return page.locator(SHEET)


def record_of(page: Page) -> str:
    return sheet(page, "Record").get_by_label("Record, times in UTC").input_value()


def current(page: Page) -> str:
    return page.locator("[aria-current=step]").inner_text()


def saved(page: Page, button: str) -> str:
    """The text of the file that a button of a sheet saves."""
    with page.expect_download() as download:
        page.locator(SHEET).get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def taken_up(page: Page, name: str, text: str) -> None:
    """Choose a file for the record's sheet, which is open."""
    page.locator(SHEET).get_by_label("Take up a run from a file").set_input_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})


def printed(page: Page, button: str) -> str:
    """What the planning sheet says that a button of the sheet for paper prints."""
    page.evaluate("window.printed = null; window.print = () => { window.printed = document.querySelector('.run-planning')?.innerText; }")
    sheet(page, "Print").get_by_role("button", name=button).click()
    return page.evaluate("window.printed")


# ---- The bar -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_bar_is_slim_and_in_sight_with_the_current_step_and_the_servers(width: int, height: int, page: Page, run: Server) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_run(page, run, NAMES, "Yes")
    before_the_start(page)
    bar = page.locator(".run-bar")
    for words in ("On north (Active Server): Begin", "On south (First Server): Begin", "On east (Standby Server): Run"):
        page.get_by_role("button", name="Next", exact=True).click()
        expect(bar).to_be_in_viewport(ratio=1)
        assert bar.bounding_box()["height"] <= (64 if width > 1000 else 56)
        expect(page.locator("[aria-current=step]")).to_be_in_viewport()
        assert words in current(page)
        expect(page.locator("[aria-current=step] .step-tick")).to_be_focused()
        page.keyboard.press("Space")
        for server in page.locator(SERVERS).all():
            expect(server).to_be_in_viewport(ratio=0.9)
    expect(page.locator(NOW)).to_have_text("Phase 1, step 3, on west")
    assert [one.partition(" ·")[0] for one in page.locator(SERVERS).all_text_contents()] == [
        "north Active, running", "south, east Standby, running", "west Standby, running",
    ]
    assert "Excluded" in page.locator(SERVERS).nth(1).inner_text()


def test_the_bar_says_how_far_each_phase_is_and_what_the_state_of_the_servers_is(page: Page, run: Server) -> None:
    open_run(page, run)
    assert page.locator(SERVERS).all_text_contents() == [
        "Active Server Active, running · Replication: Works · Version: Old",
        "First Server, Standby Server Standby, running · Replication: Works · Version: Old",
    ]
    box(page, "On the Active Server: Begin").check()
    expect(page.locator(SERVERS).first).to_have_text("Active Server Active, running · Replication: Alone · Version: Old")
    box(page, "On the Active Server: Begin").uncheck()
    expect(page.locator(SERVERS).first).to_have_text("Active Server Active, running · Replication: Works · Version: Old")
    tick(page, "On the First Server: Begin")
    phases = page.get_by_role("list", name="Phases").locator(".visually-hidden")
    assert phases.all_text_contents() == [
        "Before the start: 0 of 2 done", "Phase 1: Begin: 1 of 6 done", "Phase 2: Move: 0 of 2 done", "Verify: 0 of 1 done",
    ]
    tick(page, "On each Management Server: Look")
    assert phases.all_text_contents()[-1] == "Verify: 1 of 1 done"


def test_every_server_stays_in_sight_beyond_the_point_of_no_return_and_the_first_says_of_what_each_word_is(page: Page, run: Server) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_run(page, run, "#active=mgmt-north-1&standby=mgmt-south-2&standby=mgmt-east-3&first=mgmt-south-2", "Yes")
    tick(page, "(First Server): Begin")
    accept(page, "Warning: no way back")
    for server in page.locator(SERVERS).all():
        expect(server).to_be_in_viewport(ratio=0.9)
    titles = page.locator(f"{SERVERS} [data-title]").evaluate_all("all => all.map((one) => one.getBoundingClientRect().width > 0)")
    assert titles == [True] * 2 + [False] * 4


def test_on_a_phone_a_name_in_the_bar_breaks_nowhere_if_a_line_can_hold_it_and_the_state_keeps_its_titles_for_who_cannot_see(page: Page, run: Server) -> None:
    open_run(page, run, "#active=north-of-all&standby=east-1-of-many&standby=west-1-of-many&first=west-1-of-many", "Yes")
    for width in range(320, 391, 10):
        page.set_viewport_size({"width": width, "height": 844})
        lines = page.locator(f"{SERVERS} b").evaluate_all("all => all.map((one) => Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)))")
        assert lines == [1] * 3, width
    tick(page, "(First Server): Begin")
    titles = page.locator(f"{SERVERS} [data-title]")
    assert titles.evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)") == [0] * 6, "there is no room for them"
    assert page.locator(".run-bar__servers").aria_snapshot().count("Replication: ") == 3


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_bar_covers_neither_what_a_link_leads_to_nor_the_focus(width: int, height: int, page: Page, run: Server) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_run(page, run)
    covered = page.evaluate("""async () => {
        const frame = () => new Promise(requestAnimationFrame);
        const wrong = [];
        const look = (element, name) => {
            // The theme may have laid the page anew for another address.
            const [one, two] = [element, document.querySelector(".run-bar")].map((box) => box.getBoundingClientRect());
            if (one.top < two.bottom && one.bottom > two.top) wrong.push(name);
        };
        // The bar is measured with the first frame that shows it.
        await frame();
        await frame();
        for (const heading of document.querySelectorAll("article h2[id]")) {
            location.hash = heading.id;
            await frame();
            await frame();
            look(heading, heading.id);
        }
        for (const one of [...document.querySelectorAll("article :is(input, a, button)")].filter((one) => one.checkVisibility() && !one.closest(".runbook"))) {
            for (const edge of [innerHeight - 10, document.querySelector(".md-header").offsetHeight + 10]) {
                scrollBy(0, one.getBoundingClientRect().bottom - edge);
                await frame();
                one.focus();
                await frame();
                look(one, one.outerHTML);
                one.blur();
            }
        }
        return wrong;
    }""")
    assert covered == []


def test_the_page_is_about_the_servers_that_there_are(page: Page, run: Server) -> None:
    """The picture of a state names each server as its table does, and each step keeps the number that texts refer to."""
    picture, rows = (page.locator(f"{part}:visible") for part in (".servers strong", "[data-expected-state] th[scope=row], [data-expected-state] td:first-child"))
    open_run(page, run)
    assert picture.all_inner_texts() == rows.all_inner_texts() == ["Active Server", "Each other Standby Server"]
    use_names(page, "north", ["south", "east", "west"])
    assert picture.all_inner_texts() == rows.all_inner_texts() == ["north (Active Server)", "east (Standby Server)", "west (Standby Server)"]
    numbers = page.eval_on_selector_all("[data-step^=phase-1]", "all => all.filter((one) => !one.hidden).map((one) => one.value)")
    assert numbers == [1, 2, 3, 3, 4, 4, 5]
    use_names(page, "north", ["south"])
    assert picture.all_inner_texts() == rows.all_inner_texts() == ["north (Active Server)"]
    expect(page.locator(ITEM, has_text="Standby Server")).to_have_count(0)
    expect(page.locator(COUNT)).to_have_text("0 of 10 done")


def test_next_shows_the_box_of_a_step_that_is_longer_than_the_screen(page: Page, run: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    open_run(page, run)
    before_the_start(page)
    tick(page, *PHASE_1)
    accept(page, "Warning: no way back")
    page.get_by_role("button", name="Next", exact=True).click()
    assert "On the First Server: Run the installer" in current(page)
    assert page.locator("[aria-current=step]").bounding_box()["height"] > 500
    expect(page.locator("[aria-current=step] .step-tick")).to_be_in_viewport(ratio=1)


# ---- Steps, stops, checks ------------------------------------------------------------------------


def test_next_leads_to_checks_and_warnings_first_and_never_past_a_stop(page: Page, run: Server) -> None:
    open_run(page, run)
    following = page.get_by_role("button", name="Next", exact=True)
    for words in ("The licence", "The installer"):
        following.click()
        assert words in current(page)
        page.keyboard.press("Space")
    assert "Warning: changes are lost" in current(page)
    accept(page, "Warning: changes are lost")
    for words in PHASE_1[:-1]:
        assert words in current(page)
        following.click()
        page.keyboard.press("Space")
    following.click()
    assert PHASE_1[-1] in current(page)
    tick(page, "On the First Server: Run the installer")
    following.click()
    assert "Stop: do not continue" in current(page)
    page.keyboard.press("Space")
    assert "Warning: no way back" in current(page)


def test_what_helps_in_a_case_leads_back_to_the_step_at_hand_while_a_run_is_under_way(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    back = page.locator("[data-back] button")
    expect(back).to_be_hidden()
    before_the_start(page)
    tick(page, "On north (Active Server): Begin")
    box(page, "On east (Management Server): Look").scroll_into_view_if_needed()
    page.get_by_role("button", name="Back to: Phase 1, step 2, on south", exact=True).click()
    expect(page.locator("[aria-current=step] .step-tick")).to_be_focused()
    expect(page.locator("[aria-current=step]")).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(back).to_have_text("Back to: Phase 1, step 3, on east")
    sheet(page, "Reset").get_by_role("button", name="Reset", exact=True).click()
    expect(back).to_be_hidden()


def test_a_done_step_folds_to_one_line_with_its_time_and_opens_again(page: Page, run: Server) -> None:
    page.clock.install(time="2026-03-04T03:05:00Z")
    open_run(page, run)
    step = item(page, "On the First Server: Run the installer")
    tall = step.bounding_box()["height"]
    box(page, "On the First Server: Run the installer").check()
    expect(step.get_by_text("Expected:")).to_be_hidden()
    expect(step).to_contain_text("Done 03:05 UTC")
    assert step.bounding_box()["height"] < min(60, tall)
    step.get_by_role("button", name="Show").click()
    expect(step.get_by_text("Expected:")).to_be_visible()
    step.get_by_role("button", name="Hide").click()
    expect(step.get_by_text("Expected:")).to_be_hidden()
    box(page, "On the First Server: Run the installer").uncheck()
    expect(step.get_by_text("Expected:")).to_be_visible()
    assert step.bounding_box()["height"] >= tall


def test_a_step_is_skipped_or_done_otherwise_with_a_reason_only(page: Page, run: Server) -> None:
    open_run(page, run)
    before_the_start(page)
    form = sheet(page, "This step")
    form.get_by_role("button", name="Skip").click()
    expect(form).to_contain_text("Write a reason first.")
    form.get_by_label("Reason").fill("It is done already")
    form.get_by_role("button", name="Skip").click()
    expect(form).to_be_hidden()
    step = item(page, "On the Active Server: Begin")
    expect(step).to_contain_text("Skipped")
    expect(step).to_contain_text("It is done already")
    assert box(page, "On the Active Server: Begin").evaluate("(one) => [one.checked, one.indeterminate]") == [False, True]
    assert "Works" in page.locator(SERVERS).first.inner_text(), "a skipped step changes nothing"
    form = sheet(page, "This step")
    form.get_by_label("Reason").fill("By a script")
    form.get_by_role("button", name="Done otherwise").click()
    expect(item(page, "On the First Server: Begin")).to_contain_text("Done otherwise")
    looks = page.eval_on_selector_all("[data-how] [data-part=how]", "all => [...new Set(all.map((one) => getComputedStyle(one).borderBlockEnd))].length")
    assert looks >= 2, "they differ without colour"
    # One click never makes it done: it opens the step again, and the same place takes that back.
    box(page, "On the Active Server: Begin").click()
    expect(step).not_to_contain_text("Skipped")
    expect(box(page, "On the Active Server: Begin")).not_to_be_checked()
    step.get_by_role("button", name="Undo").click()
    expect(step).to_contain_text("Skipped")
    box(page, "On the Active Server: Begin").click()
    form = sheet(page, "This step")
    form.get_by_label("Reason").fill("No such server")
    form.get_by_role("button", name="Does not apply").click()
    expect(step).to_contain_text("Does not apply")
    assert [button.get_attribute("aria-label").strip() for button in page.get_by_role("button", name="Show step").all()] == ["Show step 1", "Show step 2"]


def test_what_is_skipped_is_not_done_even_when_nothing_is_open(page: Page, run: Server) -> None:
    """The bar says what the record says."""
    open_run(page, run)
    before_the_start(page)
    form = sheet(page, "This step")
    form.get_by_label("Reason").fill("It is done already")
    form.get_by_role("button", name="Skip").click()
    expect(page.locator(COUNT)).to_have_text("2 of 11 done")
    accept(page, "Warning: no way back")
    page.eval_on_selector_all("article [data-item]:not([data-how], [hidden]) .step-tick", "all => all.forEach((one) => one.click())")
    expect(page.locator(NOW)).to_have_text("Nothing is open. Skipped: 1")
    expect(page.locator(COUNT)).to_have_text("10 of 11 done")
    assert "NOT FINISHED. Left to do, see below: 1." in record_of(page)


def test_a_way_beside_the_phases_is_named_until_it_is_ended(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    accept(page, "Warning: changes are lost")
    accept(page, "Warning: no way back")
    page.eval_on_selector_all("article [data-item]:not([data-how], [hidden], [data-step^=what-if]) .step-tick", "all => all.forEach((one) => one.click())")
    expect(page.locator(NOW)).to_have_text("All phases are done")
    look = page.locator("[data-step^=what-if]:visible .step-tick")
    look.nth(1).check()
    expect(page.locator(NOW)).to_have_text("What if, step 1, on north")
    expect(page.locator(".run-bar__phases .is-now")).to_have_count(0)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(look.first).to_be_focused()
    look.first.check()
    look.nth(2).check()
    form = sheet(page, "This step")
    form.get_by_label("Reason").fill("It is down")
    form.get_by_role("button", name="Skip").click()
    expect(page.locator(NOW)).to_have_text("Nothing is open. Skipped: 1")
    look.nth(3).click()
    look.nth(3).check()
    expect(page.locator(NOW)).to_have_text("All phases are done")


def test_a_note_is_kept_whatever_else_is_done_and_enter_does_nothing(page: Page, run: Server) -> None:
    open_run(page, run)
    before_the_start(page)
    form = sheet(page, "This step")
    form.get_by_label("Note").fill("Seen at the console")
    form.get_by_label("Reason").fill("It is done already")
    form.get_by_label("Reason").press("Enter")
    expect(form).not_to_contain_text("Saved")
    expect(item(page, "On the Active Server: Begin")).not_to_contain_text("Skipped")
    form.get_by_role("button", name="Skip").click()
    expect(item(page, "On the Active Server: Begin")).to_contain_text("Skipped")
    assert "Seen at the console" in sheet(page, "Record").locator("textarea").first.input_value()


def test_a_report_checks_a_step_and_is_overridden_with_a_reason_only(page: Page, run: Server) -> None:
    checks = own_data().checks.checks
    open_run(page, run)
    before_the_start(page)
    form = sheet(page, "This step")
    expect(form.get_by_label("Status report")).to_be_hidden()
    form.locator("[name=which]").select_option(label="Phase 2, step 2: On the First Server: Look.")
    verdict, link = form.locator("[data-part=verdict]"), form.get_by_role("link")
    for text, said, explained in (
        ("nothing", ["no status report"], ""), (report("F"), [": STB_REP.", "another role"], "STB_REP"), (report("L") + report("F"), ["more than one report"], ""),
        (report("X"), [checks["needs-attention"].title, "BROKEN_ACT_STB"], "BROKEN_ACT_STB"), (report("?"), [checks["unknown-state"].title, "NONSENSE"], ""),
    ):
        form.get_by_label("Status report").fill(text)
        form.get_by_role("button", name="Check the report").click()
        for words in said:
            expect(verdict).to_contain_text(words)
        # What does not pass leads to where its state is explained, if it is known.
        assert [one.get_attribute("href").partition("#")[2] for one in link.all()] == ([explained] if explained else []), said
        expect(link).to_have_text([f"What {explained} means"] if explained else [])
    # Of a server whose state is not known no role is said to be missing, and none to be wrong.
    assert verdict.inner_text().startswith(checks["unknown-state"].title)
    expect(verdict).not_to_contain_text(checks["role-missing"].title)
    form.get_by_role("button", name="Done against the report").click()
    expect(form).to_contain_text("Write a reason first.")
    form.get_by_label("Reason").fill("The report is old")
    form.get_by_role("button", name="Done against the report").click()
    expect(item(page, "On the First Server: Look")).to_contain_text("Done against the report")
    record = record_of(page)
    shown = next(line for line in record.splitlines() if line.startswith("    The report showed: State of HOST_MGT (10): NONSENSE."))
    assert checks["unknown-state"].title in shown
    close(page)
    box(page, "On the First Server: Look").uncheck()
    form = sheet(page, "This step")
    for text in (report("F"), report("L")):
        form.locator("[name=which]").select_option(label="Phase 2, step 2: On the First Server: Look.")
        expect(link).to_have_count(0)  # that of the report before has gone with it
        expect(verdict).to_be_empty()
        form.get_by_label("Status report").fill(text)
        form.get_by_role("button", name="Check the report").click()
    expect(form).to_be_hidden()
    expect(item(page, "On the First Server: Look")).to_contain_text("Checked by a report")
    assert "The report showed: State of HOST_MGT (10): ACT_REP.\n" in record_of(page)


def test_a_step_done_without_a_report_that_can_be_read_says_so_and_why(page: Page, run: Server) -> None:
    open_run(page, run)
    form = sheet(page, "This step")
    form.locator("[name=which]").select_option(label="Phase 2, step 2: On the First Server: Look.")
    form.get_by_label("Status report").fill("command not found")
    form.get_by_role("button", name="Check the report").click()
    expect(form.locator("[data-part=verdict]")).to_contain_text("There is no status report in this text.")
    form.get_by_label("Reason").fill("The command is missing")
    form.get_by_role("button", name="Done against the report").click()
    record = record_of(page)
    said, showed = record[record.rindex("DONE AGAINST THE REPORT"):].splitlines()[1:3]
    assert said.endswith("Reason: The command is missing") and showed.strip() == "No status report could be read."
    assert "The report showed" not in record


def test_a_report_is_held_against_the_role_of_its_server(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    for server, fits, does_not in (("north", "F", "L"), ("south", "L", "F")):
        form = sheet(page, "This step")
        form.locator("[name=which]").select_option(label=f"Verify, step 1: On each Management Server: Look. ({server})")
        form.get_by_label("Status report").fill(report(does_not))
        form.get_by_role("button", name="Check the report").click()
        expect(form).to_contain_text("another role")
        form.get_by_label("Status report").fill(report(fits))
        form.get_by_role("button", name="Check the report").click()
        # The report names another server: the reader says which it is, or the step stays open.
        expect(form).to_contain_text(f"This step is for {server}. Which server is it?")
        assert not item(page, f"On {server} (Management Server): Look").get_by_role("checkbox").is_checked()
        same = form.get_by_label("It is the same server")
        assert same.bounding_box()["width"] < 40, "it is no field, as wide as the sheet"
        same.check()
        form.get_by_role("button", name="Check the report").click()
        expect(item(page, f"On {server} (Management Server): Look")).to_contain_text("Checked by a report")
        assert f" Confirmed to be {server}.\n" in record_of(page)
        close(page)


@pytest.mark.parametrize("leave", [close, lambda page: page.keyboard.press("Escape")], ids=["closed", "escape"])
def test_what_is_typed_in_a_sheet_is_there_again_however_it_was_left(leave: Callable[[Page], None], page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    typed = [("This step", "Note", "Seen"), ("This step", "Reason", "Done by hand"), ("Names", "Standby", "south\neast\nwest\nfar"), ("Time", "The way back takes", "45")]
    for name, field, text in typed:
        sheet(page, name).get_by_label(field).first.fill(text)
        leave(page)
    for name, field, text in typed:
        expect(sheet(page, name).get_by_label(field).first).to_have_value(text)
        close(page)
    assert "Seen" in record_of(page) and "far" not in record_of(page)
    form = sheet(page, "This step")
    for number in (1, 0):
        form.locator("[name=which]").select_option(index=number)
        expect(form.get_by_label("Reason")).to_have_value("")
        expect(form.get_by_label("Note")).to_have_value("" if number else "Seen")
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    page.locator("[data-open=menu]").first.click()
    expect(sheet(page, "This step").get_by_label("Note")).to_have_value("Seen")


def test_a_report_of_long_ago_checks_no_step(page: Page, run: Server) -> None:
    open_run(page, run)
    form = sheet(page, "This step")
    form.locator("[name=which]").select_option(label="Phase 2, step 2: On the First Server: Look.")
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S+0000}"
    for seen, words in ((now.replace(now[:4], "2020", 1), own_data().checks.checks["old"].title), (now, "")):
        connections = {"Active replication connection(s)": {"sub_smc1174": {"State": "streaming", "Last Receive": seen}}}
        whole = json.loads(report("L"))
        whole["Server 10 Status"]["PostgreSQL replication setup"] |= connections
        form.get_by_label("Status report").fill(json.dumps(whole))
        form.get_by_role("button", name="Check the report").click()
        if words:
            expect(form).to_contain_text(words)
    expect(item(page, "On the First Server: Look")).to_contain_text("Checked by a report")


def test_what_is_typed_for_a_step_outlives_names_that_come_in_another_tab(page: Page, run: Server) -> None:
    open_run(page, run)
    form = sheet(page, "This step")
    form.locator("[name=which]").select_option(label="Phase 1, step 3: On each other Standby Server: Run the command.")
    form.get_by_label("Reason").fill("It is done already")
    other = page.context.new_page()
    open_run(other, run, NAMES, "Yes")
    expect(page.locator("article")).to_contain_text("east (Standby Server)")
    form.get_by_label("Note").fill("Seen at the console")
    form.get_by_role("button", name="Skip").click()
    expect(form).to_contain_text("What you typed is still here")
    form.get_by_role("button", name="Skip").click()
    expect(item(page, "On east (Standby Server): Run")).to_contain_text("Skipped")
    assert "Seen at the console" in record_of(page)


def test_a_report_that_takes_another_server_of_the_run_for_the_active_one_checks_no_step(page: Page, run: Server) -> None:
    """After the roles have changed, a Standby Server that still follows the former Active Server."""
    open_run(page, run, NAMES, "Yes")
    form = sheet(page, "This step")
    form.locator("[name=which]").select_option(label="Verify, step 1: On each Management Server: Look. (north)")
    listed = " north (10) south (1174)"
    for knows, words in (("10", "takes north for"), ("1174", "")):
        form.get_by_label("Status report").fill(reports.report("10", "STB_REP", listed, knows=knows))
        form.get_by_role("button", name="Check the report").click()
        if words:
            expect(form).to_contain_text(words)
            expect(form).to_contain_text("At this step it should be south.")
    expect(item(page, "On north (Management Server): Look")).to_contain_text("Checked by a report")


def test_a_warning_is_accepted_with_initials(page: Page, run: Server) -> None:
    open_run(page, run)
    warning = box(page, "Warning: changes are lost")
    warning.click()
    expect(warning).not_to_be_checked()
    dialog = page.locator(SHEET)
    expect(dialog).to_contain_text("Warning: changes are lost")
    dialog.get_by_label("Your initials").fill("<b>")
    dialog.get_by_role("button", name="Accept").click()
    expect(dialog).to_be_visible()
    close(page)
    expect(warning).not_to_be_checked()
    accept(page, "Warning: changes are lost", "CD")
    expect(warning).to_be_checked()
    expect(item(page, "Warning: changes are lost")).to_contain_text("by CD")
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    expect(item(page, "Warning: changes are lost")).to_contain_text("by CD")
    # They are asked for once, and stand beside what follows.
    box(page, "Warning: no way back").click()
    expect(dialog.get_by_label("Your initials")).to_have_value("CD")
    dialog.get_by_role("button", name="Accept").click()
    expect(item(page, "Warning: no way back")).to_contain_text("by CD")
    tick(page, "The licence")
    assert re.search(r"The licence\n.* by CD", record_of(page))


# ---- Sheets that come late ------------------------------------------------------------------------

LATE = re.compile(r"/run-(record|sheets)\.[0-9a-f]+\.js$")


def asked_late(page: Page) -> list[str]:
    """What the page asks for of the scripts that come late, as it does."""
    found: list[str] = []
    page.on("request", lambda request: found.append(name[1]) if (name := LATE.search(request.url)) else None)
    return found


def test_the_sheets_come_when_the_menu_is_opened_and_once(page: Page, run: Server) -> None:
    asked = asked_late(page)
    open_run(page, run)
    accept(page, "Warning: changes are lost")
    assert asked == []
    for name in ("Record", "Time", "Print", "Reset", "This step", "Rehearsal", "Names"):
        expect(from_menu(page, name)).to_have_count(1)
        close(page)
    assert sorted(asked) == ["record", "sheets"]


@pytest.mark.parametrize("late", ["record", "sheets"])
def test_a_click_waits_for_a_sheet_that_is_on_its_way(late: str, page: Page, run: Server) -> None:
    held: list[Route] = []
    page.route(re.compile(rf"/run-{late}\."), lambda route: held.append(route))
    open_run(page, run)
    with page.expect_request(LATE):
        page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.get_by_role("dialog", name="Menu")).to_be_visible()
    page.get_by_role("button", name="Time", exact=True).click()
    expect(page.locator(SHEET)).to_have_count(0)
    tick(page, "The licence")
    held[0].continue_()
    expect(page.get_by_role("dialog", name="Time")).to_contain_text("It is now")
    expect(page.locator(COUNT)).to_contain_text("1 of")


def test_the_last_click_counts_while_sheets_are_on_their_way(page: Page, run: Server) -> None:
    held: list[Route] = []
    page.route(LATE, lambda route: held.append(route))
    open_run(page, run)
    for name in ("Record", "Time", "Names"):
        page.get_by_role("button", name="Menu", exact=True).click()
        page.get_by_role("button", name=name, exact=True).click()
    for route in held:
        route.continue_()
    page.wait_for_function("Boolean(window.RunSheets)")
    expect(page.get_by_role("dialog", name="Names of your servers")).to_be_visible()
    expect(page.locator(SHEET)).to_have_count(1)


@pytest.mark.parametrize("late", ["record", "sheets"])
def test_sheets_that_cannot_be_loaded_are_said_and_tried_again(late: str, page: Page, run: Server) -> None:
    scripts = re.compile(rf"/run-{late}\.")
    page.route(scripts, lambda route: route.abort())
    open_run(page, run)
    dialog = from_menu(page, "Record")
    expect(dialog.get_by_role("status")).to_contain_text("could not be loaded")
    expect(dialog).to_have_accessible_name("Menu")
    close(page)
    tick(page, "The licence")
    expect(page.locator(COUNT)).to_have_text("1 of 11 done")
    accept(page, "Warning: changes are lost")
    page.unroute(scripts)
    record = sheet(page, "Record")
    expect(record.get_by_label("Record, times in UTC")).to_have_value(re.compile("Accepted"))
    close(page)
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.locator(SHEET).get_by_role("status")).to_be_empty()


def test_a_step_is_checked_with_a_report_before_the_menu_was_opened(page: Page, run: Server) -> None:
    open_run(page, run)
    before_the_start(page)
    accept(page, "Warning: no way back")
    tick(page, *PHASE_1, "Run the installer")
    assert "On the First Server: Look" in current(page)
    item(page, "On the First Server: Look").get_by_role("button", name="Check with a report").click()
    form = page.get_by_role("dialog", name="One step")
    form.get_by_label("Status report").fill(report("L"))
    form.get_by_role("button", name="Check the report").click()
    expect(item(page, "On the First Server: Look")).to_contain_text("Checked by a report")


# ---- Record, time, rehearsal ---------------------------------------------------------------------


def test_the_record_is_copied_and_saved_as_text_and_as_markdown(page: Page, run: Server) -> None:
    page.clock.install(time="2026-03-04T03:05:00Z")
    open_run(page, run, NAMES, "Yes")
    before_the_start(page)
    form = sheet(page, "This step")
    form.get_by_label("Note for the record").fill("Took a while")
    form.get_by_role("button", name="Keep the note").click()
    close(page)
    tick(page, "On north (Active Server): Begin")
    record = sheet(page, "Record")
    text = record.get_by_label("Record, times in UTC").input_value()
    for words in ("Run", "Version of the pages: 1.0", "2026-03-04 03:05 UTC", "north", "Took a while", "by AB", "NOT DONE"):
        assert words in text
    record.get_by_role("button", name="Copy").click()
    expect(record).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == text
    assert saved(page, "Save as a file") == text
    record.get_by_label("Form").select_option("Markdown")
    assert record.get_by_label("Record, times in UTC").input_value().startswith("# ")


def test_a_run_is_taken_up_from_its_file_in_another_browser(page: Page, run: Server, tabs: Tabs) -> None:
    open_run(page, run, NAMES, "Yes")
    before_the_start(page)
    tick(page, "On east (Standby Server): Run")
    sheet(page, "Record")
    text = saved(page, "Save the run")
    close(page)
    before = ticked(page)
    with tabs.lend() as there:
        open_run(there, run)
        tick(there, "On the First Server: Begin")
        record = sheet(there, "Record")
        taken_up(there, "run.json", text)
        expect(record).to_contain_text("Ticks here: 1.")
        assert ticked(there) == ["On the First Server:"], "not before it is confirmed"
        expect(record).to_contain_text("Names in the file: north, south, east, west. Names here, which they replace: none.")
        record.get_by_role("button", name="Cancel").click()
        taken_up(there, "run.json", text)
        expect(record.get_by_role("button", name="Take it up")).to_be_focused()
        there.keyboard.press("Enter")
        expect(record).to_contain_text("The run is taken up.")
        expect(record.get_by_role("button", name="Undo")).to_be_focused()
        there.keyboard.press("Enter")
        assert ticked(there) == ["On the First Server:"], "names and ticks are back"
        record = sheet(there, "Record")
        taken_up(there, "run.json", text)
        record.get_by_role("button", name="Take it up").click()
        expect(record).to_contain_text("The run is taken up.")
        assert saved(there, "Save the run") == text
        close(there)
        assert ticked(there) == before
        there.reload()
        there.locator(".runbook.is-live").wait_for()
        assert ticked(there) == before


def test_a_file_that_is_no_run_changes_nothing(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "On the First Server: Begin")
    before = page.evaluate("({...localStorage})")
    record = sheet(page, "Record")
    for text, said in (("{", "holds no JSON"), ("[]", "is no run"), ('{"format": 9, "procedure": "run"}', "newer pages"), ("x" * (1 << 20 | 1), "too large")):
        taken_up(page, "x.json", text)
        expect(record).to_contain_text(said)
        expect(record.get_by_role("button", name="Take it up")).to_have_count(0)
        assert page.evaluate("({...localStorage})") == before


def test_a_file_of_older_pages_lists_what_has_changed_and_ticks_none_of_it(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "On the First Server: Begin")
    tick(page, "On the Active Server: End")
    accept(page, "Warning: changes are lost")
    sheet(page, "Record")
    file = json.loads(saved(page, "Save the run"))
    changed = next(id_ for id_ in file["ticks"] if id_.startswith("phase-1/5/"))
    tick_of_before = file["ticks"].pop(changed)
    for place in ("phase-1/3", "phase-1/5", "phase-2/9", "before/check-7", "former/2", "phase-2/stop"):
        file["ticks"][f"{place}/ffffffff"] = tick_of_before
    file["ticks"]["phase-1/3/fffffffe west"] = tick_of_before
    file["accepted"]["former/accept/ffffffff"] = {**file["accepted"].popitem()[1], "words": "Warning: of before"}
    taken_up(page, "run.json", json.dumps(file))
    record = page.locator(SHEET)
    record.get_by_role("button", name="Take it up").click()
    changed, gone = "Its words have changed since, so it is not ticked: ", "It is no longer on this page, so it is not ticked: "
    assert sorted(record.get_by_role("listitem").all_inner_texts()) == sorted([
        f"{changed}Phase 1, step 3: On each other Standby Server: Run the command.", f"{changed}Phase 1, step 3: On each other Standby Server: Run the command. (west)",
        f"{changed}Phase 1, step 5: On the Active Server: End.", f"{gone}Phase 2: Move, step 9", f"{gone}Before you start: check 7", f"{gone}former, step 2",
        f"{gone}Phase 2: Move: stop", f"{gone}Warning: of before: a warning to accept",
    ])
    close(page)
    assert ticked(page) == ["On the First Server:"]


def test_the_time_sheet_says_when_to_turn_back(page: Page, run: Server) -> None:
    page.clock.install(time="2026-03-04T03:05:00Z")
    open_run(page, run)
    form = sheet(page, "Time")
    form.get_by_label("Start of the window").fill("2026-03-04T03:00")
    form.get_by_label("End of the window").fill("2026-03-04T02:00")
    form.get_by_role("button", name="Keep").click()
    assert "after its start" in form.get_by_label("End of the window").evaluate("(one) => one.validationMessage")
    form.get_by_label("End of the window").fill("2026-03-04T05:00")
    form.get_by_label("Phase 1: Begin").fill("20")
    form.get_by_label("The way back takes").fill("45")
    form.get_by_role("button", name="Keep").click()
    expect(form).to_contain_text("Latest moment to turn back: 04:15 UTC.")
    expect(form).to_contain_text("Planned 20 min")
    close(page)
    expect(page.locator(SERVERS).first).to_have_text("Turn back by 04:15 UTC")
    page.clock.set_fixed_time("2026-03-04T04:20:00Z")
    tick(page, "The licence")
    expect(page.locator(SERVERS).first).to_have_text("Too late to turn back since 04:15 UTC")
    page.clock.set_fixed_time("2026-03-04T04:00:00Z")
    accept(page, "Warning: no way back")
    expect(page.locator(SERVERS).first).to_have_text("Point of no return: no simple way back")


def test_half_a_window_is_not_kept_and_not_lost(page: Page, run: Server) -> None:
    open_run(page, run)
    form = sheet(page, "Time")
    start, end = form.get_by_label("Start of the window"), form.get_by_label("End of the window")
    start.fill("2026-03-04T03:00")
    form.get_by_role("button", name="Keep").click()
    assert "or neither" in end.evaluate("(one) => one.validationMessage")
    expect(start).to_have_value("2026-03-04T03:00")
    end.fill("2026-03-04T05:00")
    form.get_by_role("button", name="Keep").click()
    expect(form).to_contain_text("Planned")
    end.fill("")
    form.get_by_role("button", name="Keep").click()
    assert "or neither" in end.evaluate("(one) => one.validationMessage")
    start.fill("")
    form.get_by_role("button", name="Keep").click()
    assert end.evaluate("(one) => one.validationMessage") == ""


def test_what_was_looked_up_by_others_goes_with_what_is_undone(page: Page, run: Server) -> None:
    open_run(page, run)
    first, second = page.locator(".look-up input").all()[:2]
    sheet(page, "Record")
    file = json.loads(saved(page, "Save the run"))
    names = page.locator(".look-up label").all_inner_texts()
    file["lookUp"] = {" ".join(name.split()): "THEIRS" for name in names[:2]}
    record = page.locator(SHEET)
    taken_up(page, "run.json", json.dumps(file))
    record.get_by_role("button", name="Take it up").click()
    expect(first).to_have_value("THEIRS")
    second.evaluate("(one) => { one.value = 'OURS'; one.dispatchEvent(new Event('input', { bubbles: true })); }")
    record.get_by_role("button", name="Undo").click()
    expect(first).to_have_value("")
    expect(second).to_have_value("OURS")
    page.reload()
    expect(page.locator(".look-up input").first).to_have_value("")


def test_a_finished_phase_offers_its_own_minutes(page: Page, run: Server) -> None:
    page.clock.install(time="2026-03-04T03:00:00Z")
    open_run(page, run)
    tick(page, "The licence")
    page.clock.set_fixed_time("2026-03-04T03:07:00Z")
    tick(page, "The installer")
    form = sheet(page, "Time")
    expect(form.get_by_label("Before the start")).to_have_value("")
    form.get_by_role("button", name="Plan with the times of this run").click()
    expect(form.get_by_label("Before the start")).to_have_value("7")


def test_a_rehearsal_is_marked_everywhere_and_kept_apart(page: Page, run: Server, context: BrowserContext) -> None:
    open_run(page, run, NAMES, "Yes")
    tick(page, "On south (First Server): Begin")
    before = page.evaluate("({...localStorage})")
    sheet(page, "Rehearsal").get_by_role("button", name="Begin a rehearsal").click()
    assert ticked(page) == [] and page.title().startswith("REHEARSAL")
    expect(page.locator(".run-bar")).to_contain_text("REHEARSAL")
    expect(page.get_by_text("Nothing on this page is done on real servers.")).to_be_visible()
    tick(page, "On north (Active Server): Begin")
    assert "REHEARSAL" in record_of(page)
    close(page)
    above = [sheet.extract_text().strip().startswith("REHEARSAL") for sheet in PdfReader(io.BytesIO(page.pdf())).pages]
    assert len(above) > 1 and all(above), "each sheet says so, above what stands on it"
    page.emulate_media(media="screen")
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    assert ticked(page) == ["On north (Active Server):"]
    other = open_run(context.new_page(), run)
    assert ticked(other) == ["On south (First Server):"] and not other.title().startswith("REHEARSAL")
    sheet(page, "Rehearsal").get_by_role("button", name="End the rehearsal").click()
    assert ticked(page) == ["On south (First Server):"] and "REHEARSAL" not in page.title()
    expect(page.get_by_text("REHEARSAL").locator("visible=true")).to_have_count(0)
    assert page.evaluate("({...localStorage})").items() >= before.items()
    sheet(page, "Rehearsal").get_by_role("button", name="Continue the last rehearsal").click()
    assert ticked(page) == ["On north (Active Server):"]
    sheet(page, "Rehearsal").get_by_role("button", name="End the rehearsal").click()
    sheet(page, "Rehearsal").get_by_role("button", name="Begin anew").click()
    assert ticked(page) == [] and page.title().startswith("REHEARSAL")


def test_a_rehearsal_throws_in_what_may_fail_at_the_current_step(page: Page, run: Server) -> None:
    """What fails is what the page's table says: of several servers, the one of the step."""
    open_run(page, run, NAMES, "Yes")
    expect(sheet(page, "Rehearsal").get_by_role("button", name="Throw in a failure")).to_be_hidden()
    page.locator(SHEET).get_by_role("button", name="Begin a rehearsal").click()
    throw = sheet(page, "Rehearsal").get_by_role("button", name="Throw in a failure")
    throw.click()
    expect(page.locator(SHEET)).to_contain_text("has nothing for this step")
    expect(page.locator(SHEET).get_by_text("What the page says")).to_be_hidden()
    close(page)
    before_the_start(page)
    sheet(page, "Rehearsal")
    throw.click()
    dialog = page.locator(SHEET)
    expect(dialog).to_contain_text("Thrown in at Phase 1, step 1, on north: south (First Server) sinks. What now?")
    expect(dialog.get_by_text("Nothing has changed")).to_be_hidden()
    dialog.get_by_text("What the page says").click()
    dialog.get_by_role("link", name="What if").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="What if")).to_be_in_viewport()
    tick(page, "On north (Active Server): Begin")
    tick(page, "On south (First Server): Begin")
    sheet(page, "Rehearsal")
    throw.click()
    expect(dialog).to_contain_text("Thrown in at Phase 1, step 3, on east: east (Standby Server) sinks. What now?")
    close(page)
    record = record_of(page)
    assert re.findall(r"Failure thrown in .* UTC: (.*)", record) == ["south (First Server) sinks", "east (Standby Server) sinks"]


def test_the_list_of_steps_begins_at_the_next_one_and_calls_one_beside_the_phases_by_its_own_section(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "The licence", "The installer")
    expect(page.locator(NOW)).to_contain_text("a warning to accept")  # which is no step
    choice = sheet(page, "This step").locator("[name=which]")
    assert "Begin" in choice.evaluate("(one) => one.selectedOptions[0].text")
    assert choice.locator("option").all_text_contents()[-2:] == ["Verify, step 1: On each Management Server: Look.", "What if, step 1: On each Management Server: Look."]


def test_the_answers_of_the_tree_that_led_here_are_in_the_record(page: Page, run: Server) -> None:
    open_run(page, run, "?upgrade.size=large&utm_source=x&x.y=z&upgrade.size=huge")
    page.get_by_label("How to stop a server").fill("see page 3")
    record = record_of(page)
    assert "Answers that led here: upgrade.size=large\n" in record
    assert "How to stop a server: see page 3" in record
    assert "On the First Server: Run the installer." in record, "a term that the page explains is one of the words"


def test_the_record_speaks_of_the_servers_by_their_names_and_repeats_commands_and_what_is_expected(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    before_the_start(page)
    tick(page, "On east (Standby Server): Run", "On north (Active Server): Exclude east", "On south (First Server): Look")
    for how in ("Skip", "Done otherwise"):
        form = sheet(page, "This step")
        form.get_by_label("Reason").fill("Why")
        form.get_by_role("button", name=how).dispatch_event("click")
    text = record_of(page)
    assert "[x] 3. On east (Standby Server): Run the command.\n" in text, "no role alone, and the server once"
    assert "[x] 4. On north (Active Server): Exclude east (Standby Server). Wait.\n" in text
    assert "1. On south (First Server): Run the installer. It takes long" in text, "a term that opens is one of the words"
    assert "    Command: tool server=east active=north\n" in text
    assert "Found as expected: Valid" in text
    assert "How to stop a server: not noted" in text
    page.locator(SHEET).get_by_label("Form").select_option("asMarkdown")
    markdown = page.locator(SHEET).get_by_label("Record, times in UTC").input_value()
    assert markdown != text and "undefined" not in text + markdown, "a sentence that the template does not have would be a gap"


def test_a_role_that_is_not_chosen_is_said_in_the_bar_and_no_state_is_made_of_it(page: Page, run: Server) -> None:
    open_run(page, run, "#active=north&standby=south&standby=east", "Yes")
    rows = page.locator(SERVERS)
    expect(rows).to_have_text([re.compile("^north Active, running · Replication: Works"), re.compile("^south, east not known: which one is the First Server is not chosen$")])


def test_the_versions_of_the_servers_are_in_the_plan_the_record_and_on_paper(page: Page, run: Server) -> None:
    open_run(page, run)
    form = sheet(page, "Time")
    form.get_by_label("Version of the servers at the start").fill("7 3")
    form.get_by_role("button", name="Keep").click()
    assert "no space" in form.get_by_label("Version of the servers at the start").evaluate("(one) => one.validationMessage")
    form.get_by_label("Version of the servers at the start").fill("7.3")
    form.get_by_label("Version at the end").fill("7.5")
    form.get_by_role("button", name="Keep").click()
    close(page)
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    assert "Version of the servers, as entered, not measured: from 7.3, to 7.5" in record_of(page)
    close(page)
    expect(sheet(page, "Time").get_by_label("Version at the end")).to_have_value("7.5")
    close(page)
    assert "7.3 → 7.5" in printed(page, "Planning sheet, filled in")


def test_a_tick_taken_back_is_in_the_record_unless_it_is_put_back(page: Page, run: Server) -> None:
    open_run(page, run)
    tick(page, "The licence")
    tick(page, "The installer")
    box(page, "The installer").click()
    assert "Taken back" in record_of(page)
    close(page)
    page.get_by_role("button", name="Undo").click()
    assert "Taken back" not in record_of(page)


# ---- Paper, keyboard, everybody ------------------------------------------------------------------


def test_paper_has_each_tick_as_it_is_and_an_empty_box_and_room_for_the_rest(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    before_the_start(page)
    tick(page, "On south (First Server): Begin")
    steps = page.locator("[data-step]:visible").count()
    checks = page.locator("[data-check-before]:visible").count()
    others = page.locator(ITEM).count() - steps
    # Whatever palette the screen has, and a link within the page needs no address.
    page.emulate_media(media="print")
    colours = """(scheme) => {
        document.body.dataset.mdColorScheme = scheme;
        return [...document.querySelectorAll("article :is(.admonition-title, a, .run-bar, td)")].map((one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]);
    }"""
    assert page.evaluate(colours, "slate") == page.evaluate(colours, "default")
    assert page.evaluate("getComputedStyle(document.querySelector('[data-step] a[href*=\\'#\\']'), '::after').content") == "none"
    step = item(page, "On south (First Server): Begin")
    body, how = (step.locator(f"[data-part={name}]").bounding_box() for name in ("body", "how"))
    assert how["y"] >= body["y"] + body["height"], "the time of a step stands below it"
    sheets = Sheets(page)
    assert sheets.text.count(Sheets.plain("Initials ________")) == steps + others - checks - 2
    assert sheets.text.count("☐") == steps + others - 4 and sheets.text.count("☑") == 4
    for words in ("On north (Active Server):", "On east (Standby Server):", "it ends without an error"):
        assert words in sheets
    for control in ("Menu", "Show", "Next"):
        assert control not in sheets


def test_the_initials_of_a_tick_stand_beside_its_time_on_the_page_and_on_paper(page: Page, run: Server) -> None:
    page.clock.install(time="2026-03-04T03:05:00Z")
    open_run(page, run)
    tick(page, "On the First Server: Begin")
    initials = sheet(page, "Record").get_by_label("Your initials for what you tick from now on")
    initials.fill("XY")
    initials.blur()
    close(page)
    tick(page, "On the Active Server: Begin")
    sheets = Sheets(page)
    assert sheets.text.count("XY") == 1 and Sheets.plain("Done 03:05 UTC, XY") in sheets.text


def test_a_table_of_checks_begins_below_its_heading_however_long_it_is(page: Page, run: Server) -> None:
    open_run(page, run)
    page.evaluate("""() => {
        const [first, last] = document.querySelectorAll("[data-check-before]");
        for (let row = 0; row < 18; row++) last.before(first.cloneNode(true));
    }""")
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages]
    assert "The licence" in sheets[0] and "The installer" in sheets[1]


def test_the_planning_sheet_prints_blank_or_filled_in(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    page.get_by_label("How to stop a server").fill("see page 3")
    for button, is_filled in (("Planning sheet, blank", False), ("Planning sheet, filled in", True)):
        text = printed(page, button)
        assert "How to stop a server" in text and "Phase 1: Begin" in text
        assert ("north" in text, "see page 3" in text) == (is_filled, is_filled)
        assert page.locator(".run-planning").count() == 0


def test_the_keyboard_alone_does_a_run(page: Page, run: Server) -> None:
    open_run(page, run)
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(SHEET)).to_be_visible()
    page.keyboard.press("Enter")  # the first entry
    expect(page.get_by_role("dialog", name="One step")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(SHEET)).to_have_count(0)
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
    page.get_by_role("button", name="Next", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator(COUNT)).to_have_text("1 of 11 done")


def test_each_box_is_called_by_one_sentence_at_most_in_the_words_that_the_reader_sees(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    # The head of a row is called by the names of all that it holds: the words beside the box of a check are not said twice.
    for number, words in enumerate(("The licence", "The installer"), 1):
        expect(box(page, words)).to_have_accessible_name(f"Check {number}")
        expect(box(page, words)).to_have_accessible_description(words)
    warning = box(page, "Warning: no way back")
    expect(warning).to_have_accessible_name("Accept: Warning: no way back for north (Active Server)")
    warning.click()
    expect(page.locator("[data-part=accept-words]")).to_have_text("Warning: no way back for north (Active Server)")
    close(page)
    names = page.eval_on_selector_all(".step-tick", "all => all.filter((one) => one.checkVisibility()).map((one) => one.ariaLabel)")
    assert len(names) > 10 and all(names)
    assert [name for name in names if len(re.findall(r"[.!?](?:\s|$)", name)) > 1 or len(name) > 200] == []


def test_a_browser_that_denies_storage_still_counts_and_says_so(page: Page, context: BrowserContext, run: Server) -> None:
    page = context.new_page()  # where the theme throws
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied'); }})")
    open_run(page, run, NAMES, "Yes")
    tick(page, "On south (First Server): Begin")
    expect(page.locator(COUNT)).to_contain_text("1 of 16 done")
    expect(page.locator(".runbook [data-part=message]")).to_contain_text("This browser keeps no ticks")
    expect(page.locator(".run-bar").get_by_text("NOT KEPT")).to_be_visible()


def test_repeated_commands_have_a_copy_button_that_copies_them(page: Page, run: Server) -> None:
    open_run(page, run, NAMES, "Yes")
    for name in ("east", "west"):
        step = item(page, f"On {name} (Standby Server): Run")
        step.scroll_into_view_if_needed()
        page.evaluate("navigator.clipboard.writeText('')")
        step.get_by_role("button", name="Copy").click()
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.trim() !== '')")
        assert page.evaluate("navigator.clipboard.readText()").strip() == f"tool server={name} active=north"


def test_without_javascript_the_page_reads_with_its_roles(plain_page: Page, run: Server) -> None:
    plain_page.goto(f"{run.url}/run/{NAMES}")
    for part in (".run-bar", "dialog", ".step-tick"):
        assert plain_page.locator(f"{part} >> visible=true").count() == 0
    expect(plain_page.get_by_text("On the First Server:").first).to_be_visible()
    assert "north" not in plain_page.locator("article").inner_text()


def test_a_run_works_on_a_page_that_the_theme_loads_later(page: Page, run: Server) -> None:
    page.goto(f"{run.url}/")
    loaded_by_the_theme = expect_no_new_page(page)
    page.get_by_role("link", name="To the run").click()
    page.locator(".runbook.is-live").wait_for()
    loaded_by_the_theme()
    tick(page, "The licence")
    expect(page.locator(COUNT)).to_have_text("1 of 11 done")
    assert "NOT DONE" in record_of(page), "the sheets come there too"


HOLD = """(() => {
  window.held = [];
  const later = window.setTimeout;
  window.setTimeout = (what, ms, ...more) => (ms === undefined && window.isHeld ? window.held.push(what) : later(what, ms, ...more));
})()"""


def test_what_a_reader_does_while_the_run_is_starting_counts_at_once(page: Page, run: Server) -> None:
    """Names come into the address between its two tasks; a box takes its tick as soon as it is there, in the same task."""
    page.add_init_script(f"window.isHeld = true; {HOLD}")
    page.goto(f"{run.url}/run/")
    page.wait_for_function("document.querySelector('[data-runbook]') && held.length === 1")
    page.evaluate("held.shift()()")
    page.wait_for_function("held.length === 1")
    page.evaluate("fragment => { location.hash = fragment }", NAMES)
    page.evaluate("""async () => {
        await new Promise(requestAnimationFrame); // the address has changed, and nothing listened
        isHeld = false;
        held.shift()();
        await null; // the task goes on behind what it awaited
        document.querySelector("[data-check-before] .step-tick").click();
    }""")
    question = page.get_by_role("dialog", name="Use these names?")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Yes").click()
    assert box(page, "The licence").is_checked()
    expect(item(page, "On north (Active Server): Begin")).to_be_visible()
    expect(page.locator(COUNT)).to_have_text("1 of 16 done")


def test_a_page_that_is_left_between_the_tasks_of_its_start_is_not_furnished(page: Page, run: Server) -> None:
    """The reader goes on, and comes back: nothing is thrown, and there is one run."""
    page.add_init_script(HOLD)
    page.goto(f"{run.url}/")
    expect_no_new_page(page)
    page.evaluate("window.isHeld = true")
    page.get_by_role("link", name="To the run").click()
    page.wait_for_function("document.querySelector('[data-runbook]') && held.length === 1")
    page.evaluate("held.shift()()")  # the first task; the second one waits
    page.wait_for_function("held.length === 1")
    gone = page.evaluate_handle("document.querySelector('[data-runbook]')")
    page.go_back()
    page.wait_for_function("!document.querySelector('[data-runbook]')")
    page.evaluate("isHeld = false; held.shift()()")
    page.get_by_role("link", name="To the run").click()
    page.locator(".runbook.is-live").wait_for()
    assert gone.evaluate("box => box.hidden && !box.matches('.is-live')")
    tick(page, "The licence")
    expect(page.locator(COUNT)).to_have_text("1 of 11 done")
    assert page.locator(".runbook").count() == 1 and page.locator("[data-check-before]").first.locator(".step-tick").count() == 1


@pytest.mark.parametrize(("scheme", "screen", "zoomed"), [("light", (1280, 900), (320, 256)), ("dark", (390, 844), (640, 450))])
def test_a_run_is_accessible_in_each_state(scheme: str, screen: tuple[int, int], zoomed: tuple[int, int], page: Page, run: Server) -> None:
    """On a screen; at 400 % and at 200 % of zoom it fits. A sheet has the page behind it, which is looked at alone."""
    page.emulate_media(color_scheme=scheme)
    found = []

    def show(size: tuple[int, int]) -> None:
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))

    def look(state: str, within: str = "html") -> None:
        size = page.viewport_size
        if (size["width"], size["height"]) == screen:
            found.extend((state, *broken) for broken in broken_rules(page, within=within))
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (state, size)

    show(screen)
    open_run(page, run, NAMES)
    look("asked", "html" if scheme == "light" else SHEET)
    show(zoomed)
    look("asked")
    page.get_by_role("button", name="Yes").click()
    before_the_start(page)
    tick(page, "On south (First Server): Begin")
    for size in (zoomed, screen):
        show(size)
        look("ticked")
        if size == (640, 450):
            continue  # a sheet that has all in 320 px has it in these
        for name in ("This step", "Names", "Record", "Time", "Rehearsal", "Print", "Reset"):
            sheet(page, name)
            look(name, SHEET)
        close(page)
    sheet(page, "Rehearsal").get_by_role("button", name="Begin a rehearsal").click()
    look("rehearsal", "html" if scheme == "dark" else ":is(.runbook, .run-rehearsal)")
    show(zoomed)
    look("rehearsal")
    assert found == []
