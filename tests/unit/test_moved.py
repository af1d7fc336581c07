"""Pages that have moved: what a page may name as its former path, and who is told where it is now."""

from pathlib import Path

import pytest

from macros.content.coverage import coverage_mistakes
from macros.content.rules import Coverage, Rules
from macros.page.links import Links
from macros.page.moved import read_moves, write_moved
from macros.page.site import Site
from macros.page.targets import target_mistakes

ROOT = "https://example.org/docs/"


def site_with(folder: Path, moved_from: str, directory_urls: bool = True, **others: str) -> Site:
    pages = {"new/red": f"---\ndescription: Red.\n{moved_from}\n---\n\n# Paint `it` *red* & dry {{ #top }}\n", "index": "# Start\n", **others}
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Site(folder, directory_urls, extensions=("toc",))


@pytest.mark.parametrize(("written", "place", "said"), [
    ("moved_from: red.md", (3, 13), "must be a list of paths. Write `moved_from: [old-path.md]`."),
    ("moved_from:", (3, 1), "must be a list of paths."),
    ("moved_from: []", (3, 1), "must be a list of paths."),
    ("moved_from: {red.md: 1}", (3, 1), "must be a list of paths."),
    ("moved_from: [red.md, red]", (3, 22), '"red" is not the path of a page.'),
    ("moved_from: [7]", (3, 14), "is not the path of a page."),
    ("moved_from: [/red.md]", (3, 14), '"/red.md" is not the path of a page.'),
    ("moved_from: [../red.md]", (3, 14), '"../red.md" is not the path of a page.'),
    ("moved_from: [a/../red.md]", (3, 14), '"a/../red.md" is not the path of a page.'),
    ("moved_from: [a//red.md]", (3, 14), '"a//red.md" is not the path of a page.'),
    ("moved_from: ['a\\red.md']", (3, 14), "is not the path of a page."),
    ('moved_from: ["https://example.org/red.md"]', (3, 14), "is not the path of a page."),
    ("moved_from:\n  - red.md\n  - .red.md", (5, 5), '".red.md" is not the path of a page.'),
    ("moved_from: [index.md]", (3, 14), 'The address of "index.md" is that of the page "index.md".'),
    ("moved_from: [README.md]", (3, 14), 'The address of "README.md" is that of the page "index.md".'),
    ("moved_from: [New/Red.md]", (3, 14), 'The address of "New/Red.md" is that of the page "new/red.md".'),
    ("moved_from: [red.md, red.md]", (3, 22), 'The address of "red.md" is that of a page that moved to "new/red.md".'),
    ("moved_from: [red.md, red/index.md]", (3, 22), 'is that of a page that moved to "new/red.md".'),
    ("moved_from: [paper.md]", (3, 14), 'The address of "paper.md" is that of the file "paper/index.html".'),
])
def test_what_is_no_former_path_is_named(written: str, place: tuple[int, int], said: str, tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "index.html").touch()
    moves = read_moves(site_with(tmp_path, written))
    [mistake] = moves.mistakes["new/red.md"]
    assert (mistake.line, mistake.column) == place and said in f"{mistake.what} {mistake.fix}", mistake
    assert set(moves.to) <= {"red.md"}


def test_a_path_that_two_pages_name_is_a_mistake_of_the_second(tmp_path: Path) -> None:
    moves = read_moves(site_with(tmp_path, "moved_from: [a.md]", other="---\nmoved_from: [a.md, b.md]\n---\n"))
    assert moves.to == {"a.md": "new/red.md", "b.md": "other.md"}
    assert [page for page, found in moves.mistakes.items() if found] == ["other.md"]


def test_a_page_without_it_or_with_broken_front_matter_has_not_moved(tmp_path: Path) -> None:
    site = site_with(tmp_path, "title: a", broken="---\nmoved_from: [\n---\n", word="moved_from: [a.md]\n", none="---\n---\n")
    assert (read_moves(site).to, [found for found in read_moves(site).mistakes.values() if found]) == ({}, [])


@pytest.mark.parametrize(("directory_urls", "files", "link"), [
    (True, ["index.html", "old/deep er/index.html"], "../../new/red/"),
    (False, ["old/deep er.html", "old/index.html"], "../new/red.html"),
])
def test_every_former_address_leads_on(directory_urls: bool, files: list[str], link: str, tmp_path: Path) -> None:
    paths = '[old/deep er.md, "old/index.md"]' if not directory_urls else '[old/deep er.md, README.md]'
    site = site_with(tmp_path / "docs", f"moved_from: {paths}", directory_urls)
    (tmp_path / "docs" / "index.md").unlink()
    write_moved(tmp_path / "site", site, ROOT)
    assert sorted(path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")) == files
    text = next(path for path in (tmp_path / "site").rglob("*deep er*") if path.exists())
    text = (text / "index.html" if directory_urls else text).read_text(encoding="utf-8")
    assert f'<a href="{link}">Paint it red &amp; dry</a>' in text and f'content="0; url={link}"' in text
    assert f'<link rel="canonical" href="{ROOT}new/red{"/" if directory_urls else ".html"}">' in text and "noindex" in text


@pytest.mark.parametrize(("page", "link", "new"), [
    ("index.md", "old/red.md", "new/red.md"), ("index.md", "old/red.md#part", "new/red.md"), ("index.md", "/old/red/", "new/red.md"),
    ("new/red.md", "../old/red.md", "red.md"),
])
def test_a_link_to_a_former_path_is_told_the_new_one(page: str, link: str, new: str, tmp_path: Path) -> None:
    site = site_with(tmp_path, "moved_from: [old/red.md]")
    path = tmp_path / page
    path.write_text(f"{path.read_text()}\n[a]({link})\n")
    [line] = Links(site, lambda page: set()).mistakes(page, {page: path.read_text()})
    assert f'Did you mean "{new}"?' in line


def test_a_data_file_that_names_a_former_path_is_told_the_new_one(tmp_path: Path) -> None:
    [mistake] = target_mistakes([(("page",), "paint.md#top")], site_with(tmp_path, "moved_from: [paint.md]"))
    assert 'Did you mean "new/red.md"?' in mistake.fix


@pytest.mark.parametrize("former", ["paint", "old/red"], ids=["a former path", "another folder"])
def test_a_rule_for_a_page_that_has_moved_is_told_the_new_path(former: str, tmp_path: Path) -> None:
    site = site_with(tmp_path, "moved_from: [paint.md]")
    rules = Rules(coverage=Coverage({"Paint": {former: ("gloves",)}}), places={(Coverage, ("Paint", former)): (3, 3)})
    [(page, mistake)] = coverage_mistakes(rules, site.pages(), read_moves(site).to, lambda page: None, "coverage.yml")
    assert (page, mistake.line) == ("", 3) and mistake.fix.startswith('Did you mean "new/red"? ')
