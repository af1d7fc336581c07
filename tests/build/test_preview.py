"""`mkdocs serve` as a writer uses it: edits are followed, and mistakes shown and taken back."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.examples import TREE, files
from support.sites import make_project

pytestmark = pytest.mark.slow

DEADLINE = 90  # seconds for one edit to be seen; far more than a rebuild takes


@dataclass(frozen=True)
class Preview:
    """A running `mkdocs serve` of a small project."""

    project: Path
    url: str
    log: Path
    process: subprocess.Popen

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.project / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def until(self, path: str, is_right: Callable[[str], bool]) -> str:
        """The text at a path, once it is right. Fails when the time is up or the server has ended."""
        end, text = time.monotonic() + DEADLINE, ""
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{self.url}/{path}", timeout=DEADLINE) as response:
                    text = response.read().decode()
            except OSError:
                text = ""
            if text and is_right(text):
                return text
            time.sleep(0.1)
        pytest.fail(f"{path} did not become right; the server said:\n{self.log.read_text()}\n{text[-3000:]}")

    def until_it_says(self, words: str) -> None:
        """Wait for words of the server. While a build has failed it answers no request."""
        end = time.monotonic() + DEADLINE
        while words not in self.log.read_text():
            assert self.process.poll() is None and time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Callable[[str], Preview]]:
    """Start a preview with this text as its tree."""
    started = []

    def start(tree: str) -> Preview:
        project = make_project(tmp_path / "project", files(tree), programs=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = tmp_path / "log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", f"127.0.0.1:{port}"],
                cwd=project, stdout=output, stderr=output,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://127.0.0.1:{port}/"},
            )
        started.append(process)
        return Preview(project, f"http://127.0.0.1:{port}", log, process)

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=DEADLINE)


def whole_page(text: str) -> bool:
    return "<h1" in text and "data-mistake" not in text


def whole(text: str) -> bool:
    return "data-decision-tree" in text and "data-mistake" not in text


def test_a_mistake_is_shown_in_place_and_fixing_it_brings_the_page_back(preview) -> None:
    wrong = TREE.replace("goto: sure", "goto: shure")
    site = preview(wrong)
    message = "docs/_data/colour.yml:13:33: There is no question &#34;shure&#34;. Did you mean &#34;sure&#34;?"
    text = site.until("", lambda text: "data-mistake" in text)
    assert message in text and "data-decision-tree" not in text
    assert message.replace("&#34;", '"') in site.log.read_text()
    assert "<h1" in site.until("red/", bool), "other pages are there"

    site.edit("docs/_data/colour.yml", "goto: shure", "goto: sure")
    site.until("", whole)

    site.edit("docs/index.md", 'decision_tree("colour")', 'decision_tree("color")')
    text = site.until("", lambda text: "data-mistake" in text)
    assert "docs/index.md:5:" in text and "Did you mean &#34;colour&#34;?" in text
    assert "comparison-table" in text, "the rest of the page is there"

    site.edit("docs/index.md", 'decision_tree("color") }}', 'decision_tree("colour"')
    text = site.until("", lambda text: "data-mistake" in text and "cannot be read" in text)
    assert "docs/index.md:5:" in text

    site.edit("docs/index.md", 'decision_tree("colour"', 'decision_tree("colour") }}')
    site.until("", whole)
    assert "Traceback" not in site.log.read_text()


def test_what_is_wrong_with_a_page_stands_on_top_of_it_and_what_no_build_can_read_ends_no_preview(preview) -> None:
    site = preview(TREE)
    site.until("", whole)
    red = "# Red\n\n## Dark red\n"
    for wrong, says in (
        (f"{red}\n[a](bleu.md)\n", "docs/red.md:5:5: The link &#34;bleu.md&#34; leads to no file in docs/. Did you mean &#34;blue.md&#34;?"),
        (f'{red}\n--8<-- "nothing.txt"\n', "docs/red.md:5:9: There is no snippet &#34;nothing.txt&#34;."),
        (f"---\nnotices: 1\n---\n\n{red}", "docs/red.md:2:1: The key &#34;notices&#34; has the name of a macro"),
    ):
        (site.project / "docs" / "red.md").write_text(wrong, encoding="utf-8")
        text = site.until("red/", lambda text: says in text)  # noqa: B023
        assert "Dark red" in text and "The build stops until this is fixed" in text and says.replace("&#34;", '"') in site.log.read_text()
    (site.project / "docs" / "red.md").write_text(red, encoding="utf-8")
    site.until("red/", whole_page)
    # What no build can read ends the build, not the preview.
    (site.project / "docs" / "red.md").write_bytes(b"# caf\xe9\n")
    site.until_it_says("docs/red.md:1:6: The file is not UTF-8 text.")
    (site.project / "docs" / "red.md").write_text(red + "\nBack.\n", encoding="utf-8")
    site.until("red/", lambda text: "Back." in text)
    for right, wrong, says in (
        ("site_name: ", "site_name: [", 'mkdocs.yml:1:12: The "[" is not closed'),
        ("site_description: ", "site_descripton: ", 'mkdocs.yml:2:1: MkDocs has no setting "site_descripton". Did you mean "site_description"?'),
    ):
        site.edit("mkdocs.yml", right, wrong)
        site.until_it_says(says)
        site.edit("mkdocs.yml", wrong, right)
        site.until("", whole)
    log = site.log.read_text()
    assert "Traceback" not in log and "Doc file" not in log, "MkDocs does not name the link again"


def test_the_preview_follows_pages_data_templates_style_and_script(preview) -> None:
    site = preview(TREE)
    site.until("", whole)
    site.edit("docs/red.md", "## Dark red", "## Bright red")
    site.until("red/", lambda text: "Bright red" in text)
    site.edit("docs/_data/colour.yml", "ask: Really?", "ask: Are you sure?")
    site.until("", lambda text: "Are you sure?" in text)
    site.edit("macros/templates/comparison-table.html", "<caption>", "<caption>all methods, ")
    site.until("", lambda text: "all methods" in text)
    for source, served, edited in (
        ("style/base.css", r"assets/site\.\w+\.css", "p{--edited:1}"), ("decision-tree.js", r"assets/decision-tree\.\w+\.js", "edited()"),
    ):
        before = re.search(served, site.until("", whole))[0]
        path = site.project / "docs" / "assets" / source
        path.write_text(path.read_text(encoding="utf-8") + edited, encoding="utf-8")
        text = site.until("", lambda text: whole(text) and before not in text)  # noqa: B023
        site.until(re.search(served, text)[0], lambda text: edited in text)  # noqa: B023
