"""The runs of this site's own pages, and the date of a page's last change."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect
from support.readers import DATA, TREES, address_with, clicking
from support.runs import COUNT, open_run, sheet
from support.sites import Build, Server, make_project, mkdocs_build
from support.tabs import Tabs

from macros.decision.model import Decision
from macros.decision.paths import every_path
from macros.source.load import load

def procedures(folder: Path) -> list[str]:
    """The pages of this site that have a run."""
    return sorted(page.parent.relative_to(folder).as_posix() for page in folder.rglob("index.html") if " data-runbook " in page.read_text(encoding="utf-8"))


def test_every_procedure_of_this_site_has_a_run_that_counts(tabs: Tabs, site: Server) -> None:
    pages = procedures(site.folder)
    assert pages
    for name in pages:
        with tabs.lend() as page:
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
            open_run(page, Server(site.url, site.folder), "#active=mgt-a&standby=mgt-b&standby=mgt-c&first=mgt-c", "Yes", name=name)
            done, all_ = re.match(r"(\d+) of (\d+) done", page.locator(COUNT).inner_text()).groups()
            assert int(done) == 0 and int(all_) > 0, name
            steps = page.locator("[data-step]:visible")
            assert steps.count() == steps.get_by_role("checkbox").count(), name
            page.get_by_role("button", name="Next", exact=True).click()
            expect(page.locator("[aria-current=step] .step-tick")).to_be_focused()
            assert errors == [], name


def test_without_javascript_every_procedure_reads_as_it_is_written(plain_page: Page, site: Server) -> None:
    for name in procedures(site.folder):
        plain_page.goto(f"{site.url}/{name}/#active=mgt-a&standby=mgt-b")
        assert plain_page.locator(".runbook >> visible=true").count() == 0
        assert plain_page.locator("[data-step]:visible").count() > 0
        assert "mgt-a" not in plain_page.content()


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


def test_the_answers_of_a_tree_go_along_into_the_record(page: Page, site: Server) -> None:
    name, decision, path = next(
        (name, decision, path)
        for name in TREES for decision in [load(DATA / f"{name}.yml", name, Decision)] for path, outcome in every_path(decision)
        if decision.outcomes[outcome].page.removesuffix(".md") in procedures(site.folder)
    )
    clicking(page, address_with(name, site.url, site.folder), decision, path)
    page.locator(".decision-tree__open:visible").click()
    page.locator(".runbook.is-live").wait_for()
    record = sheet(page, "Record").locator("textarea").first.input_value()
    questions = decision.questions
    assert "; ".join(f"{questions[question].ask} {questions[question].answers[answer].label}" for question, answer in path) in record
    assert decision.outcomes[next(outcome for other, outcome in every_path(decision) if other == path)].title in record
