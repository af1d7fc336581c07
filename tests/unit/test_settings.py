"""The shape of what these pages take from the settings: MkDocs lets it pass, so each mistake is said here, with its line."""

from pathlib import Path

import pytest
from mkdocs.config import load_config
from support.examples import files
from support.sites import make_project, mkdocs_build

from macros.plugin.settings import check_settings, no_such_file
from macros.source.mistake import MistakesError

RIGHT = """\
site_name: A
theme:
  name: material
  features: [navigation.top]
  icon: {repo: material/pen}
extra:
  offline: !ENV [NO_SUCH_VARIABLE, false]
  markdown_copies: false
  downloads_folder: ""
  manual:
    version: "1.0"
    file: a-1.0
  in_footer: [About]
  tree_on_404: colour
  polyfills: [a.js]
  more: {of: the theme}
extra_css:
  - a.css
  - b.css
markdown_extensions:
  - toc
  - pymdownx.snippets:
      base_path: [docs]
      auto_append: [a.txt]
"""
AS_GROUP = "markdown_extensions:\n  toc: {}\n  pymdownx.snippets:\n      base_path: [docs]\n"


def found(folder: Path, text: str) -> list[str]:
    (folder / "docs").mkdir()
    (folder / "docs" / "a.txt").write_text("")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    try:
        check_settings(load_config(str(folder / "mkdocs.yml")), text)
    except MistakesError as error:
        return error.lines
    return []


@pytest.mark.parametrize("text", [
    RIGHT, RIGHT.replace(RIGHT[RIGHT.index("  manual:"):RIGHT.index("extra_css:")], ""), RIGHT.replace(RIGHT[RIGHT.index("extra_css:"):], ""),
    RIGHT.replace(RIGHT[RIGHT.index("theme:"):RIGHT.index("extra:")], ""), RIGHT.replace(RIGHT[RIGHT.index("markdown_ext"):], AS_GROUP),
    RIGHT.replace('downloads_folder: ""', "downloads_folder: /"), RIGHT.replace("  in_footer", "  manuals: all of them\n  in_footer"),
], ids=["all", "without what may be left out", "without styles and extensions", "without a theme", "extensions as a group", "with downloads", "a key of its own"])
def test_right_settings_are_let_alone(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(("old", "new", "at", "says"), [
    ("- b.css", "- 5", "5", 'An entry of "extra_css" must be a text, not a number.'),
    ("- b.css", "- path: b.css", "path: b", 'An entry of "extra_css" must be a text, not a group of keys.'),
    ("- b.css", "-", "\nmarkdown", 'An entry of "extra_css" is empty.'),
    ("features: [navigation.top]", "features: navigation.top", "navigation.top", '"features" must be a list, not a text.'),
    ("  markdown_copies: false\n", "", "extra:", 'The key "markdown_copies" is missing. Write `markdown_copies: …`.'),
    (RIGHT[RIGHT.index("extra:"):RIGHT.index("extra_css:")], "extra: {}\n", "extra:", 'The key "offline" is missing.'),
    ("!ENV [NO_SUCH_VARIABLE, false]", "!ENV [NO_SUCH_VARIABLE, maybe]", "!ENV", '"offline" must be true or false, not a text.'),
    ('downloads_folder: ""', "downloads_folder: no-such-folder", "no-such", 'There is no folder "no-such-folder".'),
    ('version: "1.0"', "version: 1.0", "1.0", '"version" must be a text, not a number.'),
    ("    file:", "    flie:", "flie:", 'The key "flie" is not known here. Did you mean "file"?'),
    ("in_footer: [About]", "in_foter: [About]", "in_foter", 'The key "in_foter" is not known here. Did you mean "in_footer"? Write that, or'),
    ("features: [navigation.top]", "pallete: [{scheme: slate}]", "pallete", 'The key "pallete" is not known here. Did you mean "palette"?'),
    ("in_footer: [About]", "in_footer: 5", "5", '"in_footer" must be a list, not a number.'),
    ("tree_on_404: colour", "tree_on_404: [colour]", "[colour]", '"tree_on_404" must be a text, not a list.'),
    ("features: [navigation.top]", "palette: 5", "5", '"palette" must be a list, not a number.'),
    ("features: [navigation.top]", "palette: {scheme: slate}", "{scheme", '"palette" must be a list, not a group of keys.'),
    ("features: [navigation.top]", "palette: [slate]", "slate", 'An entry of "palette" must be a group of keys, not a text.'),
    ("  in_footer: [About]", "  offline: true", "offline: true", f'The key "offline" appears twice (first in line {RIGHT[:RIGHT.index("offline")].count(chr(10)) + 1}).'),
    ("  - b.css", "extra_css: []", "extra_css: []", 'The key "extra_css" appears twice'),
    ("  - toc", "  - toc:\n      title: A\n      title: B", "title: B", 'The key "title" appears twice'),
    ("polyfills: [a.js]", "polyfills: a.js", "a.js", '"polyfills" must be a list, not a text.'),
    ("base_path: [docs]", "base_path: docs", "docs\n", '"base_path" must be a list, not a text.'),
    ("auto_append: [a.txt]", "auto_append: a.txt", "a.txt", '"auto_append" must be a list, not a text.'),
])
def test_a_wrong_shape_has_its_line_and_column(old: str, new: str, at: str, says: str, tmp_path: Path) -> None:
    assert RIGHT.count(old) == 1
    text = RIGHT.replace(old, new)
    place = text.index(at, RIGHT.index(old) if at in new else 0)
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    lines = found(tmp_path, text)
    assert any(one.startswith(f"mkdocs.yml:{line}:{column}: {says}") for one in lines), (line, column, lines)


def test_extensions_that_are_written_as_a_group_have_their_lines_too(tmp_path: Path) -> None:
    text = RIGHT[:RIGHT.index("markdown_ext")] + AS_GROUP.replace("[docs]", "docs")
    [line] = found(tmp_path, text)
    assert line.startswith(f'mkdocs.yml:{text.count(chr(10))}:18: "base_path" must be a list')


def test_all_that_is_wrong_is_said_in_one_build(tmp_path: Path) -> None:
    def wrong(text: str) -> str:
        return text.replace("  - assets/style/base.css", "  - 5").replace("in_footer: [", "in_footer: 5 # [").replace("version: \"1.0\"", "version: 1.0")

    build = mkdocs_build(make_project(tmp_path, files(), wrong))
    assert build.code != 0 and not (build.site / "index.html").exists() and "Traceback" not in build.output
    said = [line for line in build.errors if "mkdocs.yml:" in line]
    assert len(said) == 3 and all(name in line for name, line in zip(("in_footer", "version", "extra_css"), said, strict=True)), said


def test_a_word_that_the_theme_has_no_file_for_has_its_line(tmp_path: Path) -> None:
    project = make_project(tmp_path, files(), lambda text: text.replace("material/weather-night", "material/no-such"))
    line = next(number for number, one in enumerate((project / "mkdocs.yml").read_text().splitlines(), 1) if "no-such" in one)
    build = mkdocs_build(project)
    assert build.code != 0 and f'mkdocs.yml:{line}:15: The theme has no file ".icons/material/no-such.svg".' in build.output, build.output


def test_a_template_that_a_page_names_and_the_theme_does_not_have_has_its_line(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, {**files(), "red.md": "---\ntitle: Red\ntemplate: hom.html\n---\n\n# Red\n\n## Dark red\n"}))
    assert build.code != 0 and 'docs/red.md:3:11: The theme has no template "hom.html".' in build.output, build.output


def test_a_file_that_no_word_of_the_settings_names_is_not_put_down_to_them() -> None:
    assert no_such_file(RIGHT, "own-template.html") == []


def test_a_site_whose_features_are_its_own_can_be_built_for_the_disk(tmp_path: Path) -> None:
    project = make_project(tmp_path, files(), lambda text: text.replace("    - navigation.instant\n", ""))
    assert mkdocs_build(project, OFFLINE="true").code == 0


def test_a_page_cannot_call_for_downloads_that_the_settings_do_not_name(tmp_path: Path) -> None:
    def without(text: str) -> str:
        return text.replace(text[text.index("  manual:"):text.index("  # Set by")], "")

    build = mkdocs_build(make_project(tmp_path, {**files(), "red.md": "# Red\n\n{{ downloads() }}\n"}, without))
    assert build.code != 0 and 'docs/red.md:3:4: There is no macro "downloads".' in build.output, build.output
