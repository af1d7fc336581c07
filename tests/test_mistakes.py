"""A writer's mistake stops the build with one message: file, line, what is wrong, what to write.

Each file in broken/ holds one mistake. The comment `# MISTAKE: …` stands in the line that the
message has to name, and says how the message begins.
"""

import re
from pathlib import Path

import pytest
from conftest import make_project, mkdocs_build
from examples import TREE, files

from macros.model import Decision
from macros.pages import Site
from macros.source import load
from macros.trees import read_trees
from macros.yaml_file import SourceError

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yml"))
MARK = "# MISTAKE: "


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_the_line_and_the_mend_are_named(broken: Path, tmp_path: Path) -> None:
    text = broken.read_text(encoding="utf-8")
    (line,) = [number for number, one in enumerate(text.splitlines(), 1) if MARK in one]
    expected = text.splitlines()[line - 1].split(MARK)[1]
    project = make_project(tmp_path, files(text))
    with pytest.raises(SourceError) as raised:
        read_trees(project / "docs", project, Site(project / "docs", extensions=("toc", "attr_list")))
    (message,) = raised.value.lines
    assert message.startswith(f"docs/_data/colour.yml:{line}:")
    assert expected in message


def test_the_build_stops_with_the_mistakes_of_all_files_and_pages(tmp_path: Path) -> None:
    wrong = {
        "_data/colour.yml": TREE.replace("start: warm", "start: worm"),
        "_data/other.yml": TREE.replace("goto: sure", "goto: shure").replace("ask: Really?", "ask: [Really]"),
        "_data/reference/commands.yml": "risks: {low: Little.}\ncommands: {}\n",
        "red.md": '---\ntitle: Red\n---\n\n# Red\n\n{{ notice("colour") }}\n',
    }
    build = mkdocs_build(make_project(tmp_path, {**files(), **wrong}))
    assert build.code != 0
    assert "Traceback" not in build.output
    assert [re.search(r"docs/\S+:\d+:\d+:", line)[0] for line in build.errors] == [
        "docs/_data/colour.yml:2:8:", "docs/_data/other.yml:13:33:", "docs/_data/other.yml:15:5:",
        "docs/_data/reference/commands.yml:2:1:", "docs/red.md:7:4:",
    ]
    assert not build.site.exists() or not list(build.site.glob("*.html")), "no half-right page"


def test_the_example_that_the_broken_files_differ_from_is_right(tmp_path: Path) -> None:
    docs = make_project(tmp_path, files()) / "docs"
    assert list(read_trees(docs, tmp_path, Site(docs))) == ["colour"]


def test_all_mistakes_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "colour.yml"
    path.write_text(TREE.replace("start: warm", "strat: warm").replace("ask: Really?", "ask: [Really]"))
    with pytest.raises(SourceError) as raised:
        load(path, "colour.yml", Decision)
    named = [(*line.split(":")[1:3], line.split('"')[1]) for line in raised.value.lines]
    assert named == [("1", "1", "start"), ("2", "1", "strat"), ("15", "5", "ask")]


@pytest.mark.parametrize(("content", "line"), [
    (b"", 1),
    (b"title: caf\xe9\n", 1),
    (b"title: A\nstart: \x00\n", 2),
    (b"- a\n- b\n", 1),
    (b"just words\n", 1),
    (b"title: 'open\nstart: a\n", 1),
    (b"a: " + b"[" * 5000, 1),
    (b"x" * 2_000_000, 1),
    (b"? [a, b]\n: c\n", 1),
])
def test_a_file_that_is_no_data_file_is_named_with_a_line(content: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_bytes(content)
    with pytest.raises(SourceError) as raised:
        load(path, "bad.yml", Decision)
    assert raised.value.lines[0].startswith(f"bad.yml:{line}:")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nothing.yml:1:1: The file cannot be read"):
        load(tmp_path / "nothing.yml", "nothing.yml", Decision)


@pytest.mark.parametrize("written", ["Yes", "no", "On", '"7.3"', "'a: b'"])
def test_words_that_yaml_1_1_turned_into_booleans_are_text(written: str, tmp_path: Path) -> None:
    path = tmp_path / "colour.yml"
    path.write_text(TREE.replace("ask: Really?", f"ask: {written}"))
    assert load(path, "colour.yml", Decision).questions["sure"].ask in (written, written.strip("\"'"))


@pytest.mark.parametrize("hidden", ["```markdown\n{}\n```", "~~~\n{}\n~~~", "<!--\n{}\n-->", "    {}"])
def test_a_heading_that_is_not_shown_is_no_section(hidden: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, files(TREE.replace("page: red.md,", "page: red.md#bright,")))
    page, site = project / "docs" / "red.md", Site(project / "docs", extensions=("toc", "attr_list", "pymdownx.superfences"))
    heading = "## Shining { #bright }"
    page.write_text(f"# Red\n\n{hidden.format(heading)}\n", encoding="utf-8")
    with pytest.raises(SourceError, match='The page "red.md" has no section "#bright"'):
        read_trees(project / "docs", project, site)
    page.write_text(f"# Red\n\n{heading}\n", encoding="utf-8")
    assert list(read_trees(project / "docs", project, site)) == ["colour"]
