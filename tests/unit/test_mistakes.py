"""A writer's mistake stops the build with one message: file, line, what is wrong, what to write.

Each file in broken/ holds one mistake. The comment `# MISTAKE: …` stands in the line that the
message has to name, and says how the message begins.
"""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from support.examples import TREE, files
from support.sites import make_project, mistakes_in_data, mkdocs_build, write_docs

from macros.content.data import read_data
from macros.decision.model import Decision
from macros.decision.read import load_trees
from macros.page.site import Site
from macros.plugin.read import unwritable
from macros.source import yaml_file
from macros.source.files import read_text
from macros.source.load import load
from macros.source.merge import unmerged
from macros.source.mistake import MistakesError, said
from macros.source.spaces import IN_DATA, IN_PAGES, odd_spaces
from macros.source.yaml_file import read

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yml"))
MARK = "# MISTAKE: "


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_the_line_and_the_fix_are_named(broken: Path, tmp_path: Path) -> None:
    text = broken.read_text(encoding="utf-8")
    (line,) = [number for number, one in enumerate(text.splitlines(), 1) if MARK in one]
    expected = text.splitlines()[line - 1].split(MARK)[1]
    # Behind a text a comment is a mistake of its own.
    project = write_docs(tmp_path, files(re.sub(rf" *{MARK}.*", "", text)))
    _, wrong = load_trees(project / "docs", project, Site(project / "docs", extensions=("toc", "attr_list")))
    (message,) = wrong.pop("colour")
    assert wrong == {}
    assert message.startswith(f"docs/_data/colour.yml:{line}:")
    assert expected in message


def test_what_ends_a_line_for_a_program_alone_is_named_with_the_line_that_an_editor_shows(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("one\x0ctwo\r\nthree\n\u2028\n\x85", encoding="utf-8")
    with pytest.raises(MistakesError) as error:
        read_text(path, "page.md")
    says = "A line ends here with a character that editors do not count as one. Delete it, or press Enter in its place."
    assert error.value.lines == [f"page.md:{place}: {says}" for place in ("1:4", "3:1", "4:1")]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_text_that_can_be_read_has_the_lines_of_an_editor(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(f"a{sign}b", encoding="utf-8")
    with pytest.raises(MistakesError, match="page.md:1:2: A line ends here"):
        read_text(path, "page.md")


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


@pytest.mark.slow
def test_the_mistakes_of_a_project_are_printed_without_a_build(tmp_path: Path) -> None:
    project = make_project(tmp_path, files(), programs=True)
    for text, code, says in (("# Red\n", 0, "No mistakes.\n"), ("# Red\n\n[a](nowhere.md)\n", 1, 'docs/red.md:3:5: The link "nowhere.md" leads')):
        (project / "docs" / "red.md").write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-m", "macros.plugin"], cwd=project, capture_output=True, text=True)
        assert done.returncode == code and done.stdout.startswith(says), done.stdout + done.stderr
    assert not (project / "site").exists()


@pytest.mark.slow
def test_a_dead_link_stops_a_quiet_build_that_is_not_strict(tmp_path: Path) -> None:
    pages = {**files(), "red.md": "# Red\n\n[a](nowhere.md)\n"}
    project = make_project(tmp_path, pages, lambda text: text.replace("strict: true", "strict: false"), programs=True)
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict"], cwd=project,
                          capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert done.returncode != 0
    assert 'docs/red.md:3:5: The link "nowhere.md" leads to no file in docs/.' in done.stdout + done.stderr
    assert not (project / "site" / "index.html").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["states", "commands"])
def test_a_tree_may_have_the_name_of_a_reference(name: str, tmp_path: Path) -> None:
    page = f'# Start\n\n{{{{ decision_tree("{name}") }}}}\n'
    project = make_project(tmp_path, {"index.md": page, "red.md": "# Red\n", "blue.md": "# Blue\n", f"_data/{name}.yml": TREE})
    data = read_data(Site(project / "docs"), project)
    assert (list(data.trees), data.words["tree"], data.mistakes) == ([name], [name], [])
    build = mkdocs_build(project)
    assert build.code == 0, build.output
    assert "Choose a colour" in (build.site / "index.html").read_text(encoding="utf-8")
    broken = make_project(tmp_path / "broken", {f"_data/{name}.yml": TREE.replace("goto: sure", "goto: shure")})
    data = read_data(Site(broken / "docs"), broken)
    assert data.words["tree"] == [name] and any(f"_data/{name}.yml:13:" in line for line in data.mistakes)


@pytest.mark.parametrize(("file", "says"), [
    ("_data/other.yaml", 'Rename it to "other.yml".'),
    ("_data/other.YML", 'Rename it to "other.yml".'),
    ("_data/reference/states.yaml", 'Rename it to "states.yml".'),
    ("_data/reference/comands.yml", 'Did you mean "reference/commands.yml"?'),
    ("_data/trees/other.yml", "Move a tree to docs/_data/"),
])
def test_a_data_file_that_would_not_be_read_is_named(file: str, says: str, tmp_path: Path) -> None:
    (message,) = mistakes_in_data(write_docs(tmp_path, {**files(), file: TREE}))
    assert message.startswith(f"docs/{file}:1:1: The file is not read") and says in message


@pytest.mark.slow
def test_what_editors_leave_beside_a_file_stops_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path, files())
    docs = project / "docs"
    for folder, name in ((docs / "_data", "colour.yml"), (docs, "red.md"), (docs / "_data", "note.txt")):
        # Emacs writes who edits the file and where, as a link that leads nowhere.
        (folder / f".#{name}").symlink_to("writer@host.1234")
        for leftover in (f"#{name}#", f"{name}~", f".{name}.swp"):
            (folder / leftover).write_bytes(b"\xff: [")
    build = mkdocs_build(project)
    assert build.code == 0, build.output
    assert not [path for path in build.site.rglob("*") if path.name.startswith((".", "#")) or path.name.endswith("~")]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path)


def latin(path: Path) -> None:
    path.write_bytes(b"# caf\xe9\n")


@pytest.mark.parametrize(("make", "says"), [
    (pipe, "not a regular file"), (device, "not a regular file"), (loop, "cannot be read"), (latin, "not UTF-8"),
    (Path.mkdir, "it is a folder"),
])
@pytest.mark.parametrize("file", ["_data/colour.yml", "_data/reference/commands.yml"])
def test_a_data_file_that_is_no_text_is_named(file: str, make: Callable[[Path], None], says: str, tmp_path: Path) -> None:
    project = write_docs(tmp_path, {"_data/reference/x.txt": ""})
    make(project / "docs" / file)
    (message,) = mistakes_in_data(project)
    assert message.startswith(f"docs/{file}:1:") and says in message


@pytest.mark.parametrize("make", [pipe, device, loop, latin], ids=lambda make: make.__name__)
def test_a_page_snippet_or_picture_that_is_no_text_stops_the_build(make: Callable[[Path], None], tmp_path: Path) -> None:
    project = make_project(tmp_path, files())
    wrong = ["docs/bad.md", "docs/_data/bad.txt", *(["docs/bad.png"] if make is not latin else [])]
    for name in wrong:
        make(project / name)
    build = mkdocs_build(project)
    assert build.code != 0 and "Traceback" not in build.output
    assert [name for name in wrong if f"{name}:1:" not in build.output] == []


@pytest.mark.parametrize(("content", "says"), [
    (b"", "1:1: The page is empty."), (b"\n \n", "1:1: The page is empty."), (b"---\ntitle: Red\n---\n", "1:1: The page is empty."),
    (b"# caf\xe9\n", "1:6: The file is not UTF-8 text."),
])
def test_a_page_without_a_text_is_named_and_no_link_to_its_sections(content: bytes, says: str, tmp_path: Path) -> None:
    pages = {**files(TREE.replace("page: red.md,", "page: red.md#bright,")), "green.md": "# Green\n\n[a](red.md#bright)\n",
             "_data/rules/coverage.yml": "colours:\n  red: [bright]\n"}
    project = make_project(tmp_path, pages)
    (project / "docs" / "red.md").write_bytes(content)
    build = mkdocs_build(project)
    assert build.code != 0 and len(build.errors) == 1 and f"docs/red.md:{says}" in build.errors[0], build.output


@pytest.mark.parametrize("file", ["_data/abbreviations.txt", "_data/note.txt"])
def test_a_snippet_that_a_page_includes_and_that_is_no_text_is_named(file: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, {**files(), "_data/note.txt": "A note.\n", "red.md": '# Red\n\n--8<-- "note.txt"\n'})
    latin(project / "docs" / file)
    build = mkdocs_build(project)
    assert build.code != 0 and re.findall(r"docs/\S+:\d.*", build.output) == [f"docs/{file}:1:6: The file is not UTF-8 text. Save it with the encoding UTF-8."]


def test_a_page_with_another_ending_is_named(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, {**files(), "red.markdown": "# Red\n"}))
    assert build.code != 0 and 'docs/red.markdown:1:1: The name of the page ends in ".markdown".' in build.output


def test_a_snippet_of_the_settings_that_is_nowhere_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path, {**files(), "_data/abbreviation.txt": ""})
    (project / "docs" / "_data" / "abbreviations.txt").unlink()
    build = mkdocs_build(project)
    (line,) = [n for n, one in enumerate((project / "mkdocs.yml").read_text().splitlines(), 1) if "auto_append" in one]
    assert build.code != 0
    assert re.search(rf'mkdocs.yml:{line}:\d+: There is no snippet "abbreviations.txt". Did you mean "abbreviation.txt"\?', build.output)


@pytest.mark.slow
def test_a_folder_that_the_site_cannot_be_written_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert unwritable(tmp_path / "new" / "site") == []
    file = tmp_path / "file"
    file.write_text("")
    project = make_project(tmp_path / "project", files(), programs=True)
    says = f"The site cannot be written: {file} is not a folder"
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--site-dir", file / "below"], cwd=project,
                          capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert done.returncode != 0 and "Traceback" not in done.stderr and says in done.stdout + done.stderr
    (message,) = unwritable(file)
    assert says in message
    (tmp_path / "site" / "below").mkdir(parents=True)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "below" and may(path, mode))
    (message,) = unwritable(tmp_path / "site")
    assert f"{tmp_path / 'site' / 'below'} is not a folder that you can write to" in message


def test_the_example_that_the_broken_files_differ_from_is_right(tmp_path: Path) -> None:
    docs = write_docs(tmp_path, files()) / "docs"
    trees, wrong = load_trees(docs, tmp_path, Site(docs))
    assert (list(trees), wrong) == (["colour"], {})


def test_all_mistakes_of_a_file_are_named_at_once_and_a_misspelt_key_as_such_alone(tmp_path: Path) -> None:
    path = tmp_path / "colour.yml"
    path.write_text(TREE.replace("start: warm", "strat: warm").replace("ask: Really?", "ask: [Really]"))
    with pytest.raises(MistakesError) as raised:
        load(path, "colour.yml", Decision)
    named = [(*line.split(":")[1:3], line.split('"')[1]) for line in raised.value.lines]
    assert named == [("2", "1", "strat"), ("15", "5", "ask")]


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
    with pytest.raises(MistakesError) as raised:
        load(path, "bad.yml", Decision)
    assert raised.value.lines[0].startswith(f"bad.yml:{line}:")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(MistakesError, match="nothing.yml:1:1: The file cannot be read"):
        load(tmp_path / "nothing.yml", "nothing.yml", Decision)


def test_no_text_makes_the_reader_throw(tmp_path: Path) -> None:
    chance = random.Random(11)
    pieces = ["a", ":", ": ", "- ", '"', "'", "[", "]", "{", "}", ",", "\n", "\n  ", "\t", "|", ">", "@", "`", "%", "!", "&", "*", "\\", "#", "?", "---", "\u2028", "\x85"]
    path = tmp_path / "x.yml"
    for _ in range(600):
        path.write_text("".join(chance.choices(pieces, k=chance.randrange(16))), encoding="utf-8")
        try:
            assert read(path, "x.yml") is not None
        except MistakesError as found:
            assert all(re.match(r"x\.yml:\d+:\d+: .+\. .+\.", line) for line in found.lines), found.lines


@pytest.mark.parametrize("written", ["Yes", "no", "On", '"7.3"', "'a: b'"])
def test_words_that_yaml_1_1_turned_into_booleans_are_text(written: str, tmp_path: Path) -> None:
    path = tmp_path / "colour.yml"
    path.write_text(TREE.replace("ask: Really?", f"ask: {written}"))
    assert load(path, "colour.yml", Decision).questions["sure"].ask in (written, written.strip("\"'"))


@pytest.mark.parametrize("hidden", ["```markdown\n{}\n```", "~~~\n{}\n~~~", "<!--\n{}\n-->", "    {}"])
def test_a_heading_that_is_not_shown_is_no_section(hidden: str, tmp_path: Path) -> None:
    project = write_docs(tmp_path, files(TREE.replace("page: red.md,", "page: red.md#bright,")))
    page, site = project / "docs" / "red.md", Site(project / "docs", extensions=("toc", "attr_list", "pymdownx.superfences"))
    heading = "## Shining { #bright }"
    page.write_text(f"# Red\n\n{hidden.format(heading)}\n", encoding="utf-8")
    (message,) = load_trees(project / "docs", project, site)[1]["colour"]
    assert 'The page "red.md" has no section "#bright"' in message
    page.write_text(f"# Red\n\n{heading}\n", encoding="utf-8")
    trees, wrong = load_trees(project / "docs", project, site)
    assert (list(trees), wrong) == (["colour"], {})


@pytest.mark.parametrize(("text", "place", "words"), [
    ("title: A\nquestions:\n  b:\n    ask A\n    help: x\n", "4:5", "no colon"),
    ("title: A\nquestions:\n  b:\n    answers:\n      one:\n        label Yes\n        choose: x\n", "6:9", "no colon"),
    ("title: A\nstart\n", "2:1", "no colon"),
    ("title: A\n  start: b\n", "2:8", "not indented like"),
    ("title: A\nquestions:\n  b:\n    ask: x\n   help: y\n", "5:4", "not indented like"),
    ("title: A\nquestions:\n    b:\n      ask: x\n  c:\n    ask: y\n", "5:3", "not indented like"),
    ("title: A: b\n", "1:9", "contains a colon and a space"),
    ("title: A\nstart: b: c\n", "2:9", "contains a colon and a space"),
    ('title: "A\nstart: b\n', "1:8", 'not closed. Write " at the end of the text.'),
    ("title: 'A\nstart: b\n", "1:8", "not closed. Write ' at the end of the text."),
    ('title: A\nstart: "', "2:8", "not closed"),
    ("title: A\nstart: '\n", "2:8", "not closed"),
    ('title: A\nlist: [a, "', "2:11", 'not closed. Write " at'),
    ('"title": A\n "start": b\n', "2:9", "not indented like"),
    ('title: "A\\q"\n', None, "has a meaning between these quotation marks"),
    ('title: "A" or "B"\n', "1:12", "no part of the value before it"),
    ("title: 'It's'\n", "1:12", "no part of the value before it"),
    ("title: |A\n  B\n", "1:9", "no part of the value before it"),
    ("title: [A, B\nstart: b\n", "1:8", 'The "[" is not closed. Write "]" behind its last entry'),
    ("title: {A: B\nstart: b\n", "1:8", 'The "{" is not closed. Write "}" behind its last entry'),
    ("title: A\nlist: [", "2:7", 'The "[" is not closed'),
    ("title: A\nlist: [\n", "2:7", 'The "[" is not closed'),
    ("title: A\nlist: [a,\n\n", "2:7", 'The "[" is not closed'),
    ("title: A\nlist: [a, {b: c}, # ]", "2:7", 'The "[" is not closed'),
    ("title: A\ngroup: {", "2:8", 'The "{" is not closed'),
    ("title: A\ngroup: {\n", "2:8", 'The "{" is not closed'),
    ("title: A\ngroup: {a:\n", "2:8", 'The "{" is not closed'),
    ("title: A\ngroup: {a: [b, c}\n", "2:12", 'The "[" is not closed'),
    ("one: {a: b\ntwo: {a: b}\n", "1:6", 'The "{" is not closed'),
    ("one: [[a]\ntwo: b\n", "1:6", 'The "[" is not closed'),
    ("list: [a,\ntext: >-\n  A\n", "1:7", 'The "[" is not closed'),
    ('list: ["a"\ntext: "A" or B\n', "1:7", 'The "[" is not closed'),
    ("list: [a\nother: b\ntext: @A\n", "1:7", 'The "[" is not closed'),
    ('list: ["a" "b"]\n', "1:12", "Write a comma between two entries"),
    ("group: {a: b: c}\n", "1:13", "Write a comma between two entries"),
    ("list: [@a]\n", "1:8", "begins with @"),
    ("list: [*, a]\n", None, "no part of the value"),
    ('title: "A" or B\nlist: [\n', "1:12", "no part of the value before it"),
    ("title: @A\n", "1:8", "begins with @"),
    ("title: `A`\n", "1:8", "begins with `"),
    ("title: A\n\tstart: b\n", "2:1", "a tab"),
    ("title:\n\tstart: b\n", "2:1", "a tab"),
    ("- A\nstart: b\n", "2:1", "not indented like"),
    ('title: "A\nstart: b\ntext: "C"\n', "1:8", 'not closed. Write " at the end of the text.'),
    ("title: A\ngroup:\n  one: 'A\n  two: b\n  list:\n    - 'C'\n", "3:8", "not closed. Write ' at"),
    ('list:\n  - "A\n  - b: c\n  - "D: e"\n', "2:5", "not closed"),
    ('title: "A\n  b: c"\nstart: "A" or "B"\n', "3:12", "no part of the value before it"),
    ('title: "A\n  B" or C\n', "2:6", "no part of the value before it"),
    ("title: A\n\u00a0 start: b\n", "2:1", "looks like a space, and is another character"),
    ("title:\n  one:\n    - \u00a0a\n  two:\u2003b\n", "3:7", "Type a space in its place."),
    ("list:\n  -\u00a0a\n", "2:4", "Type a space in its place."),
    ("title: A\n- b\n", "2:1", "not indented like"),
    ("<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\n", "1:1", "A merge was not finished here. Keep one of the two texts"),
    ("title: [A,\n<<<<<<< HEAD\n  B,\n=======\n  C,\n>>>>>>> other\n  D]\n", "2:1", "A merge was not finished here."),
    ("title: >-\n  A\n<<<<<<< HEAD\nstart: b\n=======\n>>>>>>> other\n", "3:1", "A merge was not finished here."),
])
@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml_file.LOADER])
def test_what_the_parser_stops_at_is_said_where_it_is_fixed(
    loader: type, text: str, place: str | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the two parsers reads it."""
    monkeypatch.setattr(yaml_file, "LOADER", loader)
    path = tmp_path / "x.yml"
    path.write_text(text)
    with pytest.raises(MistakesError) as found:
        read(path, "x.yml")
    assert found.value.lines[0].startswith(f"x.yml:{place}: " if place else "x.yml:") and words in found.value.lines[0], found.value.lines


def test_a_character_that_is_none_far_behind_a_mistake_hides_it_from_no_one(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text('list: ["a" "b"]\n' + "# far\n" * 20_000 + "\x07\n")
    with pytest.raises(MistakesError, match=r"\Ax\.yml:(1:12|20002:1): "):  # the parser in Python looks at all characters first
        read(path, "x.yml")


def test_what_is_like_the_mark_of_a_merge_is_none() -> None:
    assert list(unmerged(["A heading", "=======", "<<<<<<<<", ">>>>>>>x", " <<<<<<< a", "> > a", "a <<<<<<< b"])) == []


def test_spaces_of_another_kind_within_a_text_are_let_alone() -> None:
    data, page = ["title: 4\u00a0GB", "- a\u00a0b", '"a b":\u00a0c'], ["4\u00a0GB", "- a\u00a0b", "## 4\u2009GB", "2.5\u00a0GB", "*4\u00a0GB*"]
    assert [*odd_spaces(data, IN_DATA), *odd_spaces(page, IN_PAGES)] == []


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml_file.LOADER])
def test_a_character_that_is_none_has_its_line_behind_letters_of_several_bytes(loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_file, "LOADER", loader)
    path = tmp_path / "x.yml"
    path.write_text(f"title: {'é' * 30}\nstart: b\ntext: \x07\na: b\nc: d\ne: f\n", encoding="utf-8")
    with pytest.raises(MistakesError, match=r"\Ax\.yml:3:1: There is a character"):
        read(path, "x.yml")


READERS = pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml_file.LOADER])


def said_of(text: str, loader: type, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said of a data file whose values are whole."""
    monkeypatch.setattr(yaml_file, "LOADER", loader)
    path = folder / "x.yml"
    path.write_text(text, encoding="utf-8")
    source = read(path, "x.yml")
    assert source.data is not None
    return said("x.yml", source.mistakes)


@READERS
@pytest.mark.parametrize(("text", "places"), [
    ("help: Server #1 switching\n", ["1:14"]),
    ("help: Open the door # and close it\n", ["1:21"]),
    ("é:\n  - Ä😀 door #1\n  - Window #2 and #3\n", ["2:13", "3:12"]),
    ("help: Two\n  lines #2\nstart: b\n", ["2:9"]),
    ("group: {one: 1, two: Door #2\n  }\n", ["1:27"]),
])
def test_a_text_that_a_comment_cuts_off_is_named(text: str, places: list[str], loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said_of(text, loader, tmp_path, monkeypatch)
    assert [line.split(": ")[0] for line in lines] == [f"x.yml:{place}" for place in places], lines
    assert all("is a comment, and is not shown. Put the whole text in quotes" in line for line in lines)


@READERS
@pytest.mark.parametrize("text", [
    "# A comment\nhelp: Door  \n  # more\nstart: b\n# The end", "help: Door#1 and a.md#b\n", 'help: "Door #1" # said\n', "help: 'Door #1'\n",
    "help: >- # folded\n  Door #1\n", "help: |\n  # Door\n  #1\n", "number: 7.5 # seconds\nright: true # always\nnone: # nothing\n", "list: [a, b] # both\ngroup: # all\n  a: b\n",
])
def test_a_comment_that_cuts_nothing_off_is_let_alone(text: str, loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_of(text, loader, tmp_path, monkeypatch) == []


@READERS
@pytest.mark.parametrize(("text", "places"), [
    ('path: "C:\\temp"\n', ["1:10"]),
    ('path: "C:\\Program Files\\new"\n', ["1:10"]),
    ('list: ["Ä😀 \\0", "a\\/b\\x41"]\n', ["1:12", "1:19", "1:22"]),
    ('path: "Two\n  lines \\t"\nstart: b\n', ["2:9"]),
    ('path: "Two \\\n  lines"\n', ["1:12"]),
    ('"a\\tb": c\n', ["1:3"]),
])
def test_a_backslash_that_is_lost_is_named(text: str, places: list[str], loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said_of(text, loader, tmp_path, monkeypatch)
    assert [line.split(": ")[0] for line in lines] == [f"x.yml:{place}" for place in places], lines
    assert all("this backslash is not shown" in line and "Write two, or use single quotes" in line for line in lines)


@READERS
@pytest.mark.parametrize("text", [
    'path: "C:\\\\temp \\"so\\" \\n \\u00e4 \\U0001f600 a\\_b"\n', "path: 'C:\\temp'\n", "path: C:\\temp\n", "path: >-\n  C:\\temp \"\\t\"\n",
])
def test_a_backslash_that_is_meant_is_let_alone(text: str, loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_of(text, loader, tmp_path, monkeypatch) == []
