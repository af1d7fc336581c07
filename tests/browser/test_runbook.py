"""Runbooks in a real browser: ticks, the names of the reader's servers, paper."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from support.paper import Sheets
from support.sites import Build, Server, make_project, mkdocs_build

THREE = ("mgt-paris", ["mgt-lyon", "10.0.0.3"])
NINE = ("mgt-paris", [f"mgt-{number}" for number in range(2, 10)])
SETUPS = pytest.mark.parametrize("setup", [THREE, NINE], ids=["three servers", "eight Standby Servers"])


def fragment(setup: tuple[str, list[str]], first: str | None = None) -> str:
    active, standby = setup
    return "#" + urlencode([("active", active), *(("standby", name) for name in standby), ("first", first or standby[-1])])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def open_page(page: Page, site: Server) -> Callable[..., Locator]:
    """Open a page of the site with the names of a setup; its article."""

    def open_(name: str, setup: tuple[str, list[str]] | None = None, first: str | None = None) -> Locator:
        page.goto(f"{site.url}/{name}/{fragment(setup, first) if setup else ''}")
        page.locator(".runbook.is-live").wait_for()
        if setup:
            page.get_by_role("button", name="Yes").click()
        return page.locator("article")

    return open_


def steps(article: Locator, heading: str) -> list[str]:
    """The roles (in bold) of the visible steps below a heading, in order."""
    return article.evaluate(
        """(article, heading) => {
            const roles = [];
            let here = false;
            for (const one of article.querySelectorAll('h2, [data-step]')) {
                if (one.tagName === 'H2') here = one.textContent.startsWith(heading);
                else if (here && !one.hidden) roles.push(one.querySelector('strong').textContent);
            }
            return roles;
        }""",
        heading,
    )


@SETUPS
def test_with_downtime_names_each_server_where_its_step_is(setup, open_page) -> None:
    active, standby = setup
    article = open_page("upgrade-with-downtime", setup)
    on_active = f"On {active} (Active Server):"
    on_standby = [f"On {name} (Standby Server):" for name in standby]
    assert steps(article, "Phase 1") == [*on_standby, on_active]
    assert steps(article, "Phase 2") == [on_active] * 4
    assert steps(article, "Phase 3") == [*on_standby, *on_standby, on_active]
    assert steps(article, "Phase 4") == [on_active] * len(standby)
    for name in standby:
        expect(article.locator("[data-step]:visible", has_text=f"In HA Administration, run Standby initialization for {name} (Standby Server)")).to_have_count(1)
    assert len(steps(article, "Verify")) == 2 + 1 + len(standby)


@SETUPS
def test_without_downtime_names_the_first_and_the_others(setup, open_page) -> None:
    active, standby = setup
    article = open_page("upgrade-no-downtime", setup, first=standby[1])
    first, others = f"{standby[1]} (Final Active Server)", [name for name in standby if name != standby[1]]
    on_others = [f"On {name} (Standby Server):" for name in others]
    assert steps(article, "Phase 1") == [f"On {active} (Initial Active Server):"] * (1 + len(others))
    assert steps(article, "Phase 2") == [f"On {first}:"] * 4
    assert steps(article, "Phase 3") == [f"On {first}:", f"On {active} (Initial Active Server):", f"On {first}:"]
    assert steps(article, "Phase 4") == [f"On {active} (Initial Active Server):", f"On {first}:"]
    assert steps(article, "Phase 5") == [f"On {active} (Initial Active Server):"] * 2 + on_others * 2
    assert steps(article, "Phase 6") == [f"On {first}:"] * 2 + on_others + [f"On {first}:"] * len(others)
    expect(article.locator("[data-step]:visible").first).to_contain_text(f"exclude {first}")
    row = article.get_by_role("row").filter(has=article.page.get_by_role("cell", name="Excluded", exact=True)).first
    expect(row).to_contain_text(first)


def test_the_form_sets_and_clears_the_names(page: Page, open_page) -> None:
    article = open_page("upgrade-no-downtime")
    before = article.inner_text()
    page.get_by_text("Use the names of your servers").click()
    page.get_by_label("Initial Active Server, name or address").fill(" north ")
    page.get_by_label("Standby Servers, one per line").fill("south\n\neast\n")
    page.get_by_label("Which one is the").select_option("east")
    page.get_by_role("button", name="Use these names").click()
    assert steps(article, "Phase 5")[2:] == ["On south (Standby Server):"] * 2
    page.goto(page.url.replace("upgrade-no-downtime", "upgrade-with-downtime"))
    expect(page.locator("[data-step]:visible").first).to_contain_text("On south (Standby Server):")
    page.go_back()
    page.get_by_text("Use the names of your servers").click()
    link = page.get_by_role("link", name="Link to this page with these names").get_attribute("href")
    assert link.endswith("active=north&standby=south&standby=east&first=east")
    page.get_by_role("button", name="Clear the names").click()
    page.get_by_text("Use the names of your servers").click()
    assert article.inner_text() == before
    page.reload()
    page.locator(".runbook.is-live").wait_for()
    assert "north" not in article.inner_text()


def test_next_step_leads_to_the_first_open_one(page: Page, open_page) -> None:
    article = open_page("upgrade-with-downtime", THREE)
    article.get_by_role("checkbox").nth(0).check()
    page.get_by_role("button", name="Next step").click()
    expect(article.get_by_role("checkbox").nth(1)).to_be_focused()


def test_a_browser_that_denies_storage_still_counts_and_says_so(page: Page, open_page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied'); }})")
    article = open_page("upgrade-with-downtime", THREE)
    article.get_by_role("checkbox").first.check()
    status = page.locator(".runbook [data-part=count]")
    expect(status).to_contain_text("1 of ")
    expect(status).to_contain_text("lost when you leave")
    assert steps(article, "Phase 2")[0] == "On mgt-paris (Active Server):"


def test_repeated_commands_have_a_copy_button_that_copies_them(page: Page, open_page) -> None:
    article = open_page("upgrade-with-downtime", THREE)
    blocks = article.locator("[data-step]:visible pre code")
    expect(blocks).to_have_count(3)
    block = article.locator("[data-step]:visible", has=page.locator("pre")).last
    block.scroll_into_view_if_needed()
    block.get_by_role("button").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.trim() !== '')")
    assert page.evaluate("navigator.clipboard.readText()").strip() == "sgReplicationAdmin.sh -status"


def test_a_command_carries_the_values_of_its_server(page: Page, open_page) -> None:
    article = open_page("installation", ("10.0.0.1", ["lyon", "nice"]))
    step = article.locator("[data-step]:visible").filter(has_text="active-server=").last
    step.scroll_into_view_if_needed()
    step.get_by_role("button").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.trim() !== '')")
    assert page.evaluate("navigator.clipboard.readText()").strip() == (
        "sgCertifyMgtSrv.sh -standby active-server=<ip> login=<root user> pass=<password> standby-server=nice"
    )


@pytest.mark.parametrize("name", ["upgrade-with-downtime", "upgrade-no-downtime"])
def test_without_javascript_the_page_reads_with_its_roles(name: str, browser: Browser, site: Server) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site.url}/{name}/{fragment(THREE)}")
    expect(page.locator(".runbook")).to_be_hidden()
    expect(page.get_by_text("Standby Server:").first).to_be_visible()
    assert "mgt-paris" not in page.content()
    page.close()


def test_paper_has_an_empty_box_and_room_for_each_step(page: Page, open_page) -> None:
    article = open_page("upgrade-no-downtime", THREE, first="mgt-lyon")
    article.get_by_role("checkbox").first.check()
    visible = page.locator("[data-step]:visible").count()
    sheets = Sheets(page)
    assert sheets.text.count(Sheets.plain("Initials ________")) == visible
    assert sheets.text.count("☐") == visible
    for words in ("On mgt-paris (Initial Active Server):", "On 10.0.0.3 (Standby Server):", "exclude mgt-lyon (Final Active Server)"):
        assert words in sheets
    for control in ("Next step", "Use the names", "Reset progress"):
        assert control not in sheets


# ---- The date of the last change -------------------------------------------------------------


def date_of(build: Build, page: str) -> str:
    html = (build.site / page).read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").select_one(".page-date").get_text()


def commit(folder: Path, date: str) -> None:
    """Commit everything in a folder, at a date."""
    who = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org"]
    when = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    for command in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "--message", "Change"]):
        subprocess.run(["git", *command], cwd=folder, env=when, check=True)


@pytest.mark.slow
def test_each_page_says_when_it_was_last_changed(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"index.md": "# A\n", "b.md": "# B\n"})
    commit(project, "2024-05-06T12:00:00+00:00")
    (project / "docs" / "b.md").write_text("# B\n\nMore.\n")
    commit(project, "2025-01-02T12:00:00+00:00")
    build = mkdocs_build(project)
    assert build.code == 0, build.output
    assert date_of(build, "index.html").endswith("2024-05-06")
    assert date_of(build, "b/index.html").endswith("2025-01-02")


@pytest.mark.slow
def test_without_git_a_page_says_that_it_does_not_know(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, {"index.md": "# A\n"}))
    assert "not known" in date_of(build, "index.html")


@pytest.mark.slow
def test_the_tests_leave_the_repository_of_a_hook_alone(tmp_path: Path) -> None:
    """As git calls a hook: with the index of the commit, and in a linked worktree with its folder, in the environment."""
    (tmp_path / "file.txt").write_text("One\n")
    commit(tmp_path, "2024-05-06T12:00:00+00:00")
    git = {"GIT_DIR": str(tmp_path / ".git"), "GIT_INDEX_FILE": str(tmp_path / ".git" / "index")}
    test = f"{__file__}::{test_each_page_says_when_it_was_last_changed.__name__}"
    inner = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", test],
        env={**os.environ, **git}, capture_output=True, text=True,
    )
    assert inner.returncode == 0, inner.stdout
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert changed.stdout == ""
