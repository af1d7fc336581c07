"""Every link of a built site leads somewhere, and none leads out except those listed."""

import itertools
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import defaults, load_config
from mkdocs.structure.files import File
from support.examples import NESTED, PAGES, TREE
from support.links import located
from support.sites import ROOT, Build, build_own, make_project, mkdocs_build
from support.wrong_links import OUTSIDE, doubled_ids, wrong_links

from macros.page.links import Links
from macros.page.site import Site


def test_every_link_of_this_site_leads_somewhere(built: Build) -> None:
    assert located(wrong_links(built), ROOT) == []


@pytest.mark.slow
def test_every_link_of_its_offline_copy_leads_somewhere(tmp_path: Path) -> None:
    # The copies for other programs are looked at where they are served, and in the offline copy of another site.
    build = build_own(tmp_path, OFFLINE="true", MARKDOWN_COPIES="false")
    (build.site / "404.html").unlink()  # no part of the copy
    # The manual takes long to make and is put there once it is.
    manual = build.site / "download" / f"{load_config(str(tmp_path / 'mkdocs.yml')).extra['manual']['file']}.pdf"
    manual.parent.mkdir()
    manual.touch()
    assert located(wrong_links(build), ROOT) == []


def test_no_page_has_an_id_twice(built: Build) -> None:
    assert doubled_ids(built.site, ROOT) == []


def test_every_link_outside_is_used(built: Build) -> None:
    html = "".join(page.read_text(encoding="utf-8") for page in built.site.rglob("*.html"))
    assert {link for link in OUTSIDE if f'href="{link}"' in html} == OUTSIDE


@pytest.mark.slow
@pytest.mark.parametrize("settings", [str, lambda text: text + "\nuse_directory_urls: false\n"], ids=["folders", "files"])
def test_the_macros_link_right_at_any_depth(settings, tmp_path: Path) -> None:
    build = mkdocs_build(make_project(tmp_path, NESTED, settings))
    assert build.code == 0, build.output
    assert wrong_links(build) == []
    assert doubled_ids(build.site, tmp_path) == [], "two trees on one page share no id"
    deep = next(build.site.glob("a/b/c/deep*/index.html"), build.site / "a/b/c/deep page.html")
    soup = BeautifulSoup(deep.read_text(encoding="utf-8"), "html.parser")
    targets = {(deep.parent / unquote(a["href"].split("#")[0])).resolve() for a in soup.select(".decision-tree__open")}
    names = {target.relative_to(build.site.resolve()).as_posix() for target in targets}
    assert names in ({"a/b/target", "."}, {"a/b/target.html", "index.html"})


def test_links_are_those_that_mkdocs_makes() -> None:
    sources = ["index.md", "a.md", "b/index.md", "b/README.md", "b/c/d e.md", "b/ä.md"]
    targets = ["index.md", "a.md", "b/index.md", "b/c.md", "x/y/z.md", "x/q?.md"]
    for directory_urls, source, target in itertools.product([True, False], sources, targets):
        site = Site(Path("docs"), directory_urls)
        from_, to = (File(path, "docs", "site", directory_urls) for path in (source, target))
        assert site.url(target) == to.url.replace("./", "", 1 if to.url == "./" else 0)
        assert site.link(site.url(source), target) == to.url_relative_to(from_), (source, target, directory_urls)


def test_the_settings_check_every_kind_of_link() -> None:
    config = defaults.MkDocsConfig()
    with (ROOT / "mkdocs.yml").open("rb") as file:
        config.load_file(file)
    links = config.validation
    assert config.strict is True
    assert set(links["links"].values()) == {"warn"}


HTML = {"host": '<img src="https://cdn.example/x.png">', "link-out": '<a href="https://elsewhere.example/">x</a>'}


@pytest.mark.slow
def test_every_link_to_another_host_in_html_is_found(tmp_path: Path) -> None:
    pages = {f"bad-{name}.md": f"# Bad\n\n<p>{html}</p>\n" for name, html in HTML.items()}
    found = wrong_links(mkdocs_build(make_project(tmp_path, {**PAGES, "_data/colour.yml": TREE, **pages})))
    assert sorted(one.split("/")[0] for one in found) == sorted(f"bad-{name}" for name in HTML)


RIGHT = """\
# Page

[a](red.md) [b](red.md#dark-red "Title") [c](<in/no space.md>) ![d](pictures/d%20e.png) [e](red.md?q=1#dark-red) [f](#page) [g](?q=1)
[h](https://example.org/#x) <writer@example.org> <https://example.org> [i](mailto:a@b.example) [j] [k][j] [m](#)
`[n](nowhere.md)` <!-- [o](nowhere.md) --> <a name="old"></a> [p](#old) <a href="#page">q</a> <a href="https://example.org">r</a>

    [s](nowhere.md)

~~~text
[t](nowhere.md)
~~~

[j]: red.md#made
"""


def test_links_that_are_right_are_left_alone(tmp_path: Path) -> None:
    docs = make_project(tmp_path, {"red.md": "# Red\n\n## Dark red\n", "in/no space.md": "# In\n",
                                   "pictures/d e.png": "", "page.md": RIGHT}) / "docs"
    links = Links(Site(docs, extensions=("toc", "attr_list", "pymdownx.superfences")), lambda page: {"made"})
    assert links.mistakes("page.md", {"page.md": RIGHT}) == []


def test_a_message_names_the_time_that_a_link_is_written(tmp_path: Path) -> None:
    text = "# Page\n\n[a](x.md)\n[a](x.md)\n\nSee `x.md`. [b][y]\n\n[y]: a&b.md\n"
    docs = make_project(tmp_path, {"page.md": text}) / "docs"
    found = Links(Site(docs), lambda page: set()).mistakes("page.md", {"page.md": text})
    assert [line.split(" ")[0] for line in found] == ["page.md:3:5:", "page.md:4:5:", "page.md:8:6:"]


def test_a_section_is_not_missed_where_macros_cannot_be_rendered(tmp_path: Path) -> None:
    docs = make_project(tmp_path, {"page.md": "# Page\n\n[a](#made)\n"}) / "docs"
    assert Links(Site(docs), lambda page: None).mistakes("page.md", {"page.md": ""}) == []
