"""Styles and scripts of a whole site: under names that change with what they hold, and named by every page."""

import re
from pathlib import Path

from support.examples import NESTED, TREE, files
from support.sites import Build, make_project, mkdocs_build
from support.wrong_links import wrong_links

FINGERPRINT = re.compile(r"\.[0-9a-f]{8}\.(?=js$|css$)")
# In the text of a page, wherever it stands: also what a script loads later.
NAMED = re.compile(r"[^\"' ]*/?assets/[\w.-]+\.(?:js|css)(?=[\"' ])")


def ours(build: Build) -> set[str]:
    """The styles and scripts of the site that are not the theme's."""
    return {path.name for path in (build.site / "assets").glob("*") if path.suffix in (".js", ".css")}


def plain(name: str) -> str:
    return FINGERPRINT.sub(".", name)


def edit(project: Path, name: str) -> None:
    path = project / "docs" / "assets" / name
    path.write_text(path.read_text(encoding="utf-8") + ("edited();\n" if name.endswith(".js") else "p { --edited: 1; }\n"), encoding="utf-8")


def test_an_edit_changes_the_name_and_no_page_names_a_file_that_is_gone(tmp_path: Path) -> None:
    project = make_project(tmp_path, NESTED)
    builds = {}
    for edited in ("", "style/base.css", "site.js", "status-reader.js"):
        if edited:
            edit(project, edited)
        build = mkdocs_build(project)
        assert build.code == 0, build.output
        assert wrong_links(build) == []
        builds[edited] = ours(build)
        assert all(FINGERPRINT.search(name) for name in builds[edited]), "nothing is served under its plain name"
        assert not (build.site / "assets" / "style").exists(), "nor a second time"
        for page in build.site.rglob("*.html"):
            for link in NAMED.findall(page.read_text(encoding="utf-8")):
                file = build.site / link.lstrip("/") if link.startswith("/") else page.parent / link
                assert file.is_file(), f"{page}: {link}"
    steps = list(builds.values())
    changed = [{plain(name) for name in after - before} for before, after in zip(steps, steps[1:], strict=False)]
    assert changed == [{"site.css"}, {"site.js"}, {"status-reader.js"}]
    assert len({len(names) for names in steps}) == 1


def test_two_builds_are_the_same(tmp_path: Path) -> None:
    first, again = (mkdocs_build(make_project(tmp_path / name, files(TREE))) for name in ("one", "another"))
    assert ours(first) == ours(again)
    assert all((first.site / "assets" / name).read_bytes() == (again.site / "assets" / name).read_bytes() for name in ours(first))


def test_from_disk_the_search_finds_its_shim(tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, files(TREE)), OFFLINE="true")
    assert build.code == 0, build.output
    shims = {name for name in ours(build) if name.startswith("iframe-worker.")}
    assert set(re.findall(r'assets/(iframe-worker[^"]+)"', (build.site / "index.html").read_text(encoding="utf-8"))) == shims != set()


def test_a_script_with_settings_of_its_own_is_named_too(tmp_path: Path) -> None:
    project = make_project(
        tmp_path, {**files(TREE), "assets/own.js": "own();\n"},
        lambda text: text.replace("extra_javascript:\n", "extra_javascript:\n  - {path: assets/own.js, defer: true}\n"),
    )
    build = mkdocs_build(project)
    assert build.code == 0, build.output
    assert re.search(r'src="assets/own\.[0-9a-f]{8}\.js"', (build.site / "index.html").read_text(encoding="utf-8"))
    assert wrong_links(build) == []


def test_a_mistake_in_a_style_or_in_what_the_settings_name_stops_the_build(tmp_path: Path) -> None:
    project = make_project(tmp_path, {**files(TREE), "link.md": "[A style](assets/style/base.css)\n"},
                           lambda text: text.replace("assets/style/colours.css", "assets/style/colors.css").replace("assets/site.js", "assets/sight.js"))
    (project / "docs" / "assets" / "style" / "shared.css").write_text("a {\n", encoding="utf-8")
    build = mkdocs_build(project)
    assert build.code == 1 and not (build.site / "index.html").exists()
    for says in (r'mkdocs\.yml:\d+:5: There is no file "assets/style/colors\.css" in docs/\. Did you mean "assets/style/colours\.css"\?',
                 r'mkdocs\.yml:\d+:5: There is no file "assets/sight\.js" in docs/\. Did you mean "assets/site\.js"\?',
                 r'docs/assets/style/shared\.css:1:3: A "{" is not closed\.', r'docs/link\.md:1:11: .* not published'):
        assert re.search(says, build.output), build.output
