"""The adapters of the generators, without a generator."""

import contextlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click import ClickException
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support.examples import TREE, files
from support.procedures import FILES as PROCEDURES
from support.rules import STYLE
from support.sites import ROOT, make_project

from macros.page import rendered
from macros.plugin import zensical
from macros.plugin.mkdocs import check_settings_first
from macros.plugin.read import read
from macros.source import files as source
from macros.source import yaml_file

DATA = "docs/_data/colour.yml"


def test_macros_can_be_imported_without_any_package() -> None:
    program = "import sys; sys.path.insert(0, sys.argv[1]); import macros; print(callable(macros.define_env))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program, ROOT], capture_output=True, text=True)
    assert done.stdout == "True\n", done.stderr


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_only_its_adapter_imports_a_generator(generator: str) -> None:
    imported = re.compile(rf"^\s*(from|import) {generator}\b", re.MULTILINE)
    found = {path.relative_to(ROOT / "macros").as_posix() for path in (ROOT / "macros").rglob("*.py")
             if imported.search(path.read_text(encoding="utf-8"))}
    # What is published is made by a run of MkDocs, whatever the pages know of it.
    assert found - {"publish/__main__.py"} <= {f"plugin/{generator}.py"}


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Callable[[str], dict], Counter]:
    """A project, a function that gives the macros of one of its pages in Zensical, and how often each text was read and parsed."""
    rules = {"_data/rules/style.yml": STYLE, "_data/rules/coverage.yml": "Table: {index: [Warm or cold?]}\n"}
    project, readings = make_project(tmp_path, {**files(), **rules}), Counter()
    conf = dict(load_config(str(project / "mkdocs.yml")))
    # As Zensical gives them.
    conf |= {"docs_dir": "docs", "site_dir": "site", "exclude_docs": "/_data/\n"}
    read, build = source.text_of, yaml_file.Builder.build
    monkeypatch.setattr(source, "text_of", lambda path, name: readings.update([path]) or read(path, name))
    monkeypatch.setattr(yaml_file.Builder, "build", lambda self: readings.update([self.text]) or build(self))
    monkeypatch.setattr(zensical, "KEPT", [])

    def macros_of(page: str) -> dict[str, Callable[..., str]]:
        macros = {}
        zensical.define_env(SimpleNamespace(
            conf=conf, project_dir=str(project), page=SimpleNamespace(path=page),
            macro=lambda macro, name: macros.update({name: macro}),
        ))
        return macros

    return project, macros_of, readings


def test_each_file_is_read_and_parsed_once_for_all_pages(reading: tuple) -> None:
    project, macros_of, readings = reading
    tables = {macros_of(page)["comparison_table"]("colour") for page in ("index.md", "red.md", "blue.md")}
    written = [path for ending in ("md", "yml") for path in (project / "docs").rglob(f"*.{ending}")]
    data = [path.read_text(encoding="utf-8") for path in written if path.suffix == ".yml"]
    assert {one: readings[one] for one in [*written, *data] if readings[one] != 1} == {} and "Lively" in tables.pop()


@pytest.mark.parametrize("change", ["of the same size", "of another size"])
def test_zensical_reads_an_edit(reading: tuple, change: str) -> None:
    project, macros_of, _ = reading
    path = project / DATA
    assert "Lively" in macros_of("index.md")["comparison_table"]("colour")
    stamp = path.stat()
    word, later = ("Dreary", 1_000_000) if change == "of the same size" else ("Very quiet", 0)
    path.write_text(TREE.replace("Lively", word))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + later))
    assert "Lively" not in macros_of("index.md")["comparison_table"]("colour")


def test_zensical_finds_a_mistake_made_and_fixed_between_two_pages(reading: tuple) -> None:
    project, macros_of, _ = reading
    macros_of("index.md")
    (project / DATA).write_text(TREE.replace("goto: sure", "goto: elsewhere"))
    for _ in range(2):
        with pytest.raises(ClickException, match=r'colour\.yml:13:\d+: There is no question "elsewhere"'):
            macros_of("index.md")
    (project / DATA).write_text(TREE)
    assert "Lively" in macros_of("index.md")["comparison_table"]("colour")


@pytest.mark.parametrize(("made", "page", "says"), [
    ({"_data/words.yml": "tree:\n  bakc: Return\n"}, "index.md", "docs/_data/words.yml:2:3: "),
    ({"_data/note.txt": '    {{ notices("colour") }}\n', "red.md": '# Red\n\n--8<-- "note.txt"\n'}, "red.md", "docs/_data/note.txt:1:5: A snippet cannot call a macro."),
    ({"_data/note.txt": ""}, "index.md", "docs/_data/note.txt:1:1: The snippet is empty."),
    ({**PROCEDURES, "_data/rules/form.yml": PROCEDURES["_data/rules/form.yml"].replace("goal: ", "goal: un")}, "index.md", "docs/_data/rules/form.yml:"),
    ({"_data/reference/actions.yml": "actions:\n\tsee: {}\n"}, "index.md", "docs/_data/reference/actions.yml:2:1: "),
    ({"assets/style/base.css": "a { background: url(a.png) }\n"}, "index.md", "docs/assets/style/base.css:1:"),
], ids=["the words", "a snippet that a page shows", "a snippet of no page", "the form of pages", "the actions", "a style"])
def test_a_mistake_that_no_macro_shows_stands_on_a_page_and_is_said_once(made: dict[str, str], page: str, says: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, {**files(), **made})
    written = read(load_config(str(project / "mkdocs.yml")), project)
    (said,) = [line for line in written.stopping() if line.startswith(says.split(" ")[0])]
    assert said.startswith(says) and said in written.of_pages[page]


@pytest.mark.parametrize(("text", "line", "says"), [
    ("site_name: [1]\n", 1, '"site_name" is not right: Expected type: str but received: list. '),
    ("site_name: A\nsite_descripton: B\n", 2, 'Did you mean "site_description"?'),
    ("site_name: A\nplugins: [serach]\n", 2, 'The "serach" plugin is not installed. '),
    ("site_name: A\nextra: !EVN [A]\n", 2, "no tag but `!ENV`"),
    ("site_name: A\nextra: [a\ncopyright: B\n", 2, 'The "[" is not closed'),
    ("- site_name\n", 1, "`key: value`"), ("", 1, '"site_name" is not right'), (None, 1, "The file cannot be read"),
])
def test_what_mkdocs_refuses_in_the_settings_has_a_line_before_each_rebuild(
    text: str | None, line: int, says: str, tmp_path: Path,
) -> None:
    (tmp_path / "docs").mkdir()
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    built = []
    server = check_settings_first(SimpleNamespace(builder=lambda: built.append(True)), SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml")))
    with pytest.raises(Abort, match=rf"\Amkdocs\.yml:{line}:\d+: .*{re.escape(says)}.*\Z"):
        server.builder()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nextra: {a: !ENV A}\n", encoding="utf-8")
    assert not built
    server.builder()
    assert built


def test_each_page_counts_its_own_trees(reading: tuple) -> None:
    _, macros_of, _ = reading
    assert macros_of("index.md")["decision_tree"]("colour") == macros_of("index.md")["decision_tree"]("colour")


@pytest.mark.parametrize("there", [True, False])
def test_the_preview_watches_the_route_reviews_where_there_are_some(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path, files())
    if there:
        (project / "tests" / "routes").mkdir(parents=True)
    for module in ("mkdocs", "read"):
        monkeypatch.setattr(f"macros.plugin.{module}.previewing", lambda: True)
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    with contextlib.chdir(project):
        config.plugins.on_config(config)
    assert (str(project / "tests" / "routes") in config.watch) is there


def test_a_long_preview_keeps_no_page_as_it_was_long_ago_and_renders_only_what_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path, files())
    settings, page, render = load_config(str(project / "mkdocs.yml")), project / "docs" / "red.md", rendered.render_page
    made: list[str] = []
    monkeypatch.setattr(rendered, "KEPT", {})
    monkeypatch.setattr(rendered, "BEFORE", {})
    monkeypatch.setattr(rendered, "render_page", lambda text, *more: made.append(text) or render(text, *more))
    read(settings, project)
    pages = len(rendered.KEPT)
    assert pages >= 3
    for number in range(5):
        made.clear()
        page.write_text(f"# Red\n\n## Dark red\n\nEdit {number}.\n", encoding="utf-8")
        read(settings, project)
        assert [text for text in made if f"Edit {number}." not in text] == [] and made
        assert len(rendered.KEPT) == len(rendered.BEFORE) == pages
