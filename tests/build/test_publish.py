"""What is published: the same every time, with true checksums, in versions; and the lock of the packages."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from packaging.specifiers import SpecifierSet
from playwright.sync_api import Browser, expect
from support.examples import files
from support.published import Published, git, make_small_repository, publish, run_publish
from support.sites import ROOT, Build, Server, make_project, mkdocs_build

from macros.door.environment import LOCKS
from macros.door.run import OLDEST
from macros.publish import __main__ as program
from macros.source.mistake import MistakesError

pytestmark = pytest.mark.xdist_group("published")


def checksums(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file()}


def test_two_builds_of_one_commit_are_the_same(tmp_path: Path, published: Published) -> None:
    # Another folder, another time, another time zone.
    git(tmp_path, "clone", "--quiet", str(published.project), "another name")
    again = publish(tmp_path / "another name", tmp_path / "out", TZ="Pacific/Auckland", LC_ALL="C")
    assert checksums(again.site) == checksums(published.site)
    assert published.zip.name in [path.name for path in again.site.rglob("*")]


def test_the_page_offers_both_files_with_their_checksum(published: Published) -> None:
    folder = published.site / "download"
    page = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser").article
    rows = {row.a["href"]: row for row in page.select("tbody tr")}
    offered = {(folder / href).resolve() for href in rows}
    assert offered == {published.zip.resolve(), published.pdf.resolve()}
    for href, row in rows.items():
        assert row.code.get_text() == hashlib.sha256((folder / href).read_bytes()).hexdigest()
    assert "version 1.0 of 2026-03-04" in page.get_text()


def test_a_plain_build_says_where_the_files_are(fleet: Build) -> None:
    page = BeautifulSoup((fleet.site / "download" / "index.html").read_text(encoding="utf-8"), "html.parser").article
    assert "The published site offers them here" in page.get_text()
    assert not page.select("table")


def test_every_file_of_the_zip_has_the_time_of_the_commit(published: Published) -> None:
    with zipfile.ZipFile(published.zip) as packed:
        entries = packed.infolist()
    assert {entry.date_time for entry in entries} == {(2026, 3, 4, 5, 6, 8)}
    assert {entry.filename.split("/")[0] for entry in entries} == {published.zip.stem}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


@pytest.mark.slow
def test_without_git_a_build_says_what_to_do(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", {}, programs=True)
    done = subprocess.run([sys.executable, "-m", "macros.publish", "build"], cwd=project, capture_output=True, text=True,
                          env={"GIT_CEILING_DIRECTORIES": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert done.returncode == 1
    assert "SOURCE_DATE_EPOCH" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("written", ["", "yesterday", "1772690708.5", "-1", "0", "9" * 20])
def test_a_time_of_the_build_that_is_none_is_named_before_anything_is_built(written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    monkeypatch.setattr(program, "make_downloads", lambda *_: pytest.fail("It is built."))
    with pytest.raises(MistakesError, match=f'^SOURCE_DATE_EPOCH is "{written}"'):
        program.main(["build", str(tmp_path / "site")])


def test_a_build_by_mkdocs_names_it_too(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, files()), SOURCE_DATE_EPOCH="yesterday")
    assert build.code == 1 and build.output.count('SOURCE_DATE_EPOCH is "yesterday"') == 1 and "Traceback" not in build.output


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [("file: ", "name: "), ("manual:\n", "manual: 5\n  other:\n")])
def test_files_without_a_name_are_a_mistake_in_the_settings(old: str, new: str, tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", {}, lambda text: text.replace(f"  {old}", f"  {new}", 1), programs=True)
    done = subprocess.run([sys.executable, "-m", "macros.publish", "build"], cwd=project, capture_output=True, text=True,
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1772690708"})
    assert done.returncode == 1
    assert done.stderr.endswith("mkdocs.yml:1:1: The name of the files for download is missing or has a space. Write one word below `extra:`, `manual:`, `file:`.\n")
    assert "Traceback" not in done.stderr


# The program of a project, which takes two empty files for those that it would make: `build` makes them by the same call.
WITH_FILES_MADE = """
import sys
from macros.publish import __main__ as program
def make(folder, _):
    folder.mkdir()
    name = program.load_config(program.SETTINGS).extra["manual"]["file"]
    for ending in (".zip", ".pdf"):
        (folder / f"{name}{ending}").touch()
program.make_downloads = make
sys.exit(program.main(sys.argv[1:]))
"""


def test_versions_stand_beside_each_other_with_a_picker(
    tmp_path: Path, serve: Callable[[Path], Server], browser: Browser
) -> None:
    project = make_small_repository(tmp_path / "project")
    git(project, "config", "user.name", "Writer")
    git(project, "config", "user.email", "writer@example.org")
    root = tmp_path / "all"
    server = serve(root)
    run_publish(project, "deploy", program=("-c", WITH_FILES_MADE), SITE_URL=f"{server.url}/")
    settings = (project / "mkdocs.yml").read_text()
    (project / "mkdocs.yml").write_text(settings.replace('version: "1.0"', 'version: "1.1"').replace("servers-1.0", "servers-1.1"))
    git(project, "commit", "--quiet", "--all", "--message=Begin version 1.1")
    run_publish(project, "deploy", program=("-c", WITH_FILES_MADE), SITE_URL=f"{server.url}/")
    root.mkdir()
    git(project, "archive", "--format=zip", "--output=../all.zip", "gh-pages")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        packed.extractall(root)

    versions = json.loads((root / "versions.json").read_text())
    assert [(one["version"], one["aliases"]) for one in versions] == [("1.1", ["latest"]), ("1.0", [])]
    for version in ("1.0", "1.1"):
        assert {path.name for path in (root / version / "download").glob("*.*")} >= {f"ha-management-servers-{version}{ending}" for ending in (".zip", ".pdf")}
    page = browser.new_page()
    page.goto(server.url + "/")
    page.wait_for_url("**/latest/")
    picker = page.locator(".md-version")
    expect(picker.locator(".md-version__current")).to_contain_text("1.1")
    picker.locator(".md-version__current").focus()
    expect(picker.get_by_role("link")).to_have_text(["1.1", "1.0"])
    picker.get_by_role("link", name="1.0").click()
    page.wait_for_url("**/1.0/**")
    expect(page.locator("article")).to_be_visible()
    page.goto(f"{server.url}/1.0/download/")
    expect(page.locator("article")).to_contain_text("version 1.0")
    page.close()


@pytest.mark.parametrize(("options", "of_both"), [
    ([], []),
    (["--push"], ["--push"]),
    (["-p", "-r", "fork", "-b", "pages"], ["--push", "--remote=fork", "--branch=pages"]),
    (["--title", "One", "--remote=fork", "-bpages", "--allow-empty", "--deploy-prefix", "docs/a", "stable"],
     ["--remote=fork", "--branch=pages", "--deploy-prefix=docs/a"]),
])
def test_the_default_version_is_set_on_the_branch_that_was_written(
    options: list[str], of_both: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772690708")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(program, "version", lambda: "1.0")
    monkeypatch.setattr(program, "unpublished", lambda *_: [])
    monkeypatch.setattr(program, "make_downloads", lambda *_: None)
    monkeypatch.setattr(program, "run", lambda *words, **_: ran.append(words))
    assert program.main(["deploy", *options]) == 0
    deploy, set_default = ran
    assert deploy[:2] == ("mike", "deploy") and deploy[-len(options) - 2:] == (*options, "1.0", "latest")
    assert set_default[:2] == ("mike", "set-default") and set_default[-1] == "latest"
    assert sorted(set_default[2:-1]) == sorted(of_both)


# ---- Pins ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_direct_package_as_asked_and_all_by_hash(name: str) -> None:
    direct = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / LOCKS[name]).read_text(), re.MULTILINE)
    lock = (ROOT / name).read_text()
    entries = re.findall(r"^([\w.-]+)==(\S+) \\\n((?:    --hash=\S+(?: \\)?\n)+)", lock, re.MULTILINE)
    assert {(name.lower(), version) for name, version in direct} <= {(name.lower(), version) for name, version, _ in entries}
    assert direct and len(entries) == len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE)), "python3 -m macros lock"
    assert "://" not in lock and "--find-links" not in lock and "--index-url" not in lock


def pins(name: str) -> dict[str, str]:
    """Package → version of a lock."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_the_locks_agree_and_that_of_a_writer_is_small() -> None:
    versions = {(package, version) for name in LOCKS for package, version in pins(name).items()}
    assert len(versions) == len({package for package, _ in versions}), "one version of each package"
    assert len(pins("requirements.txt")) <= 45


@pytest.mark.parametrize("name", LOCKS)
def test_the_oldest_python_can_install_every_package_of_a_lock(name: str) -> None:
    locked = pins(name)
    looked_at = [one for one in distributions() if locked.get(one.name.lower().replace("_", "-")) == one.version]
    assert len(looked_at) > len(locked) / 2, "the packages of another lock are installed"
    needs = {f"{one.name} {one.version}": one.metadata.get("Requires-Python") or "" for one in looked_at}
    assert {name for name, need in needs.items() if ".".join(map(str, OLDEST)) not in SpecifierSet(need)} == set()


def test_every_action_is_pinned_by_its_commit() -> None:
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text()
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used and yaml.safe_load(text)["jobs"]
    for action, comment in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert re.search(r"# v\d+\.\d+\.\d+$", comment), action
