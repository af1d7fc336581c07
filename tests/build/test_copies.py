"""What other programs read: the Markdown copies, llms.txt, and what each page says of itself."""

import re
from pathlib import Path
from posixpath import dirname, normpath

import pytest
from bs4 import BeautifulSoup
from support.examples import PAGES, TREE
from support.sites import ROOT, Build, make_project, mkdocs_build

from macros.decision.model import Decision
from macros.page.site import Site
from macros.publish.copies import copy_of, sections

SITE = Site(ROOT / "docs")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")


def source_pages() -> list[str]:
    return [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]


def page_html(built: Build, page: str) -> BeautifulSoup:
    return BeautifulSoup((built.site / SITE.url(page) / "index.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("page", source_pages())
def test_each_page_says_what_it_is(page: str, built: Build) -> None:
    front = re.match(r"---\n(.*?)\n---\n", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert front and re.search(r"^description: \S", front[1], re.MULTILINE), f"docs/{page} has no `description:` in its front matter"
    soup = page_html(built, page)
    address = built.url + SITE.url(page)
    said = {tag.get("name") or tag.get("property"): tag["content"] for tag in soup.select("meta[content]")}
    description = said["description"]
    assert description in front[1] or description in front[1].replace('"', "").replace("'", "")
    assert said["og:description"] == description
    assert said["og:url"] == address == soup.select_one("link[rel=canonical]")["href"]
    assert said["og:type"] in ("website", "article") and said["twitter:card"] == "summary"
    assert said["og:title"] and soup.title.string in (f"{said['og:title']} - {said['og:site_name']}", said["og:site_name"])
    assert address in (built.site / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_title_with_signs_stays_text(tmp_path: Path) -> None:
    page = '---\ntitle: \'"Quoted" & co\'\ndescription: A & B.\n---\n\n# One\n'
    build = mkdocs_build(make_project(tmp_path, {**PAGES, "_data/colour.yml": TREE, "odd.md": page}))
    soup = BeautifulSoup((build.site / "odd/index.html").read_text(encoding="utf-8"), "html.parser")
    assert soup.select_one('meta[property="og:title"]')["content"] == '"Quoted" & co'


def test_each_page_has_a_copy_whose_links_lead_to_copies(built: Build) -> None:
    for page in source_pages():
        text = (built.site / page).read_text(encoding="utf-8")
        assert text.startswith("# ")
        for link in LINK.findall(CODE.sub("", text)):
            if "://" not in link:
                assert (built.site / normpath(f"{dirname(page)}/{link}".lstrip("/"))).is_file(), (page, link)
                assert link.endswith((".md", ".json", ".zip", ".pdf", ".txt")), (page, link)
        alternate = page_html(built, page).select_one('link[rel~=alternate][type="text/markdown"]')
        assert (built.site / SITE.url(page) / alternate["href"]).resolve() == (built.site / page).resolve()


def test_the_copy_has_the_whole_tree_once(built: Build, upgrade: Decision) -> None:
    text = (built.site / "upgrade.md").read_text(encoding="utf-8")
    for question in upgrade.questions.values():
        assert text.count(f"### {question.ask}\n") == 1
        for answer in question.answers.values():
            leads = f"Next question: {upgrade.questions[answer.goto].ask}" if answer.goto else f"Outcome: {upgrade.outcomes[answer.choose].title}"
            assert f"- **{answer.label}**\n  – {answer.because}\n  → {leads}\n" in text
    for outcome in upgrade.outcomes.values():
        assert text.count(f"### Outcome: {outcome.title}") == 1
    for method in upgrade.methods.values():
        for value in method.criteria.values():
            assert f"| {value} |" in text


def test_the_copy_has_nothing_to_click(built: Build) -> None:
    for page in source_pages():
        text = (built.site / page).read_text(encoding="utf-8")
        for words in ("Copy link", "Start again", "Next step", "Clear the ticks", "Use these names", "¶", "<", "{done}"):
            # Signs stand as they are in code.
            assert words not in re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL), (page, words)


@pytest.mark.parametrize(("html", "markdown"), [
    ('<div class="admonition warning"><p class="admonition-title"><span class="kind">Warning: </span>Stop</p><p>Why.</p></div>', "> **Warning: Stop**\n>\n> Why."),
    ('<details class="note"><summary>More</summary><p>Text.</p></details>', "> **More**\n>\n> Text."),
    ('<div class="language-shell highlight"><pre><code><span>ls</span> -l\n</code></pre></div>', "```shell\nls -l\n```"),
    ('<p><a href="../upgrade/#part">a</a> <a href="#here">b</a> <a href="https://x.example/">c</a></p>',
     "[a](upgrade.md) b [c](https://x.example/)"),
    ('<p>a<span hidden>b</span></p><form>c</form><template>d</template>', "a"),
])
def test_what_markdown_has_no_word_for(html: str, markdown: str) -> None:
    page = f"<article><h1>T</h1>{html}</article>"
    assert copy_of(page, "about.md", "about/", {"upgrade": "upgrade.md"}).text == f"# T\n\n{markdown}\n"


def test_the_list_names_every_page(built: Build) -> None:
    text = (built.site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# HA Management Servers\n\n> ")
    listed = re.findall(r"^- \[.+?\]\((.+?)\)(: \S.*)?$", text, re.MULTILINE)
    wanted = {built.url + page for page in source_pages()} | {f"{built.url}trees/upgrade.json"}
    assert wanted <= {address for address, _ in listed}
    for address, description in listed:
        assert (built.site / address.removeprefix(built.url)).is_file()
        assert description or address.endswith(".json")


def test_sections_follow_the_navigation() -> None:
    nav = [{"A": "a.md"}, {"B": ["b/1.md", {"Two": "b/2.md"}, {"Deep": [{"C": "c.md"}]}]}, "d.md"]
    assert sections(nav, []) == {"Pages": ["a.md", "d.md"], "B": ["b/1.md", "b/2.md", "c.md"]}
    assert sections(None, ["x.md", "y.md"]) == {"Pages": ["x.md", "y.md"]}


@pytest.mark.slow
def test_copies_where_addresses_are_files_and_pages_lie_deep(tmp_path: Path) -> None:
    pages = {**PAGES, "_data/colour.yml": TREE, "a/b/c d.md": "# Deep\n\n[up](../../red.md) [self](c%20d.md)\n"}
    for number, settings in enumerate([str, lambda text: text + "\nuse_directory_urls: false\n"]):
        folder = tmp_path / str(number)
        build = mkdocs_build(make_project(folder, pages, settings), MARKDOWN_COPIES="true")
        assert build.code == 0, build.output
        text = (build.site / "a/b/c d.md").read_text(encoding="utf-8")
        assert "[up](../../red.md)" in text and "(c%20d.md)" in text


@pytest.mark.slow
def test_every_link_of_the_page_for_missing_addresses_is_absolute(tmp_path: Path) -> None:
    def under_a_folder(text: str) -> str:
        return text.replace("tree_on_404: upgrade", "tree_on_404: colour")

    build = mkdocs_build(make_project(tmp_path, {**PAGES, "_data/colour.yml": TREE}, under_a_folder), "https://example.org/docs/v1/")
    soup = BeautifulSoup((build.site / "404.html").read_text(encoding="utf-8"), "html.parser")
    links = [tag.get("href") or tag.get("src") or tag.get("action") for tag in soup.select("[href], [src], [action]")]
    assert [link for link in links if not link.startswith(("/docs/v1/", "#"))] == []
    assert soup.select_one("[data-decision-tree]") and soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert {"/docs/v1/red/", "/docs/v1/trees/colour.json"} <= set(links)
