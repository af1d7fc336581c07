"""The styles become one file, and what is served has a name that changes with what it holds."""

import re
from pathlib import Path

import pytest

from macros.publish.assets import joined, mistakes_in_style, read_assets, with_fingerprint, write_assets

SETTINGS = "extra_css:\n  - assets/style/a.css\n  - assets/style/b.css\n"
FILES = {"style/a.css": "a { color: red; }\n", "style/b.css": "\n\nb { color: blue; }", "go.js": "/* Starts\n   it. */\ngo(`a  /* b */`,\n    1);\n", "#go.js": "left by an editor"}
STYLES = ["assets/style/b.css", "assets/style/a.css"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "docs" / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def test_a_fingerprint_follows_the_content_and_nothing_else() -> None:
    one, same, other = with_fingerprint("a/b.min.js", b"1"), with_fingerprint("a/b.min.js", b"1"), with_fingerprint("a/b.min.js", b"2")
    assert one == same != other
    assert re.fullmatch(r"a/b\.min\.[0-9a-f]{8}\.js", one)


def test_styles_are_joined_in_their_order() -> None:
    assert joined(["b { }\n\n", "\na { }"]) == "b { }\n\na { }\n"


def test_what_the_words_say_stands_before_the_styles(project: Path) -> None:
    said = read_assets(project / "docs", project, STYLES, words=":root { --say-a: \"A\"; }")
    assert said.files[said.names[STYLES[0]]].startswith(b':root { --say-a: "A"; }\n\nb { color: blue; }')


def test_styles_are_served_without_comments_and_with_every_string() -> None:
    style = '/* One\n   two */\na::after { content: "/* kept */"; } /* three */\nb { content: \'\\\'/*\'; }\n'
    assert joined([style]) == 'a::after { content: "/* kept */"; } b { content: \'\\\'/*\'; }\n'


def test_every_style_is_served_as_the_one_file_and_every_script_as_its_own(project: Path) -> None:
    assets = read_assets(project / "docs", project, STYLES)
    style, script = (assets.names[path] for path in ("assets/style/a.css", "assets/go.js"))
    assert assets.names == {**dict.fromkeys(STYLES, style), "assets/go.js": script}
    assert re.fullmatch(r"assets/site\.[0-9a-f]{8}\.css", style) and re.fullmatch(r"assets/go\.[0-9a-f]{8}\.js", script)
    write_assets(assets, project / "site")
    assert (project / "site" / style).read_text(encoding="utf-8") == "b { color: blue; }\n\na { color: red; }\n"
    assert (project / "site" / script).read_text(encoding="utf-8").split() == ["go(`a", "/*", "b", "*/`,1);"]
    assert assets.mistakes == []


@pytest.mark.parametrize("edited", ["style/a.css", "go.js"])
def test_an_edit_changes_the_name_of_what_it_is_in_and_no_other(project: Path, edited: str) -> None:
    before = read_assets(project / "docs", project, STYLES).names
    path = project / "docs" / "assets" / edited
    path.write_text(path.read_text(encoding="utf-8") + ("more();" if edited.endswith(".js") else "c { top: 0; }\n"), encoding="utf-8")
    after = read_assets(project / "docs", project, STYLES).names
    assert {source for source in before if before[source] != after[source]} == (set(STYLES) if edited.endswith(".css") else {"assets/go.js"})


def test_the_end_of_a_line_makes_no_other_name(project: Path) -> None:
    before = read_assets(project / "docs", project, STYLES).names
    (project / "docs" / "assets" / "style" / "a.css").write_bytes(FILES["style/a.css"].replace("\n", "\r\n").encode())
    assert read_assets(project / "docs", project, STYLES).names == before


def test_a_script_keeps_what_its_first_line_asks_of_a_browser_and_no_other_comment(project: Path) -> None:
    (project / "docs" / "assets" / "go.js").write_text("//# allFunctionsCalledOnLoad\n// Starts it.\ngo();\n", encoding="utf-8")
    assets = read_assets(project / "docs", project, STYLES)
    assert assets.files[assets.names["assets/go.js"]] == b"//# allFunctionsCalledOnLoad\ngo();"


def test_a_style_of_another_host_stays_as_it_is(project: Path) -> None:
    assets = read_assets(project / "docs", project, ["https://elsewhere.example/a.css", *STYLES])
    assert assets.mistakes == [] and "https://elsewhere.example/a.css" not in assets.names


def test_a_script_that_is_nowhere_is_named(project: Path) -> None:
    assets = read_assets(project / "docs", project, STYLES, ["assets/go.js", "https://elsewhere.example/a.js", "assets/goo.js"])
    assert assets.mistakes == ['mkdocs.yml:1:1: There is no file "assets/goo.js" in docs/. Did you mean "assets/go.js"? '
                               "Write the path of one, or delete the line."]


def test_a_style_that_is_nowhere_is_named_with_its_place_in_the_settings(project: Path) -> None:
    (project / "docs" / "assets" / "style" / "b.css").rename(project / "docs" / "assets" / "style" / "bb.css")
    assets = read_assets(project / "docs", project, STYLES)
    assert assets.mistakes == ['mkdocs.yml:3:5: There is no file "assets/style/b.css" in docs/. Did you mean "assets/style/bb.css"? '
                               "Write the path of one, or delete the line."]
    assert "assets/style/a.css" in assets.names
    (project / "mkdocs.yml").rename(project / "other.yml")
    assert read_assets(project / "docs", project, STYLES).mistakes[0].startswith("mkdocs.yml:1:1: There is no file")


def test_a_style_that_cannot_be_read_is_named(project: Path) -> None:
    (project / "docs" / "assets" / "style" / "a.css").write_bytes(b"/* caf\xe9 */")
    [mistake] = read_assets(project / "docs", project, STYLES).mistakes
    assert mistake.startswith("docs/assets/style/a.css:1:7: The file is not UTF-8 text.")


@pytest.mark.parametrize(("css", "line", "column", "says"), [
    ("a { color: red;\n", 1, 3, 'A "{" is not closed.'),
    ("@media print {\n  a { color: red; }\n", 1, 14, 'A "{" is not closed.'),
    ("a { }\n}\n", 2, 1, 'A "}" closes nothing.'),
    ("a { }\n/* no end\nb { }\n", 2, 1, "A comment is opened and not closed."),
    ("a {\n  background: url(../logo.svg);\n}\n", 2, 15, '"url(" names another file'),
    ("a { background: url( 'https://elsewhere.example/a.png' ); }", 1, 17, '"url(" names another file'),
    ('@import "b.css";\n', 1, 1, '"@import" names another file'),
])
def test_what_goes_wrong_beside_other_styles_is_found(css: str, line: int, column: int, says: str) -> None:
    [found] = mistakes_in_style(css)
    assert (found.line, found.column) == (line, column) and found.what.startswith(says) and found.fix


@pytest.mark.parametrize("css", [
    '/* { url(a.png) */ a::before { content: "} \\" {"; }', "a { content: '/*'; }", "a { &:hover { color: red; } }",
    "a { background: url(data:image/png;base64,AA//); }", "a { background: url( \"data:image/svg+xml,<svg/>\" ); filter: url(#f); }", "",
])
def test_a_right_style_is_let_alone(css: str) -> None:
    assert mistakes_in_style(css) == []
