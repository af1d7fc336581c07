"""The commands: their data file, the table and sections made from it, and the words explained."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from support.examples import files
from support.sites import ROOT, Build, Server, mistakes_in_data, write_docs

from macros.reference.commands import FILE, Commands, read_commands
from macros.reference.html import command_details, command_table

if TYPE_CHECKING:
    from playwright.sync_api import Page

COMMANDS = """\
risks:
  low: It may be repeated.
commands:
  paint:
    program: paint.sh
    option: -brush
    does: Paints.
    where: The wall
    risk: low
    consequence: The wall is wet.
    parameters:
      colour: {value: name, required: true, means: The colour}
      coats: {value: number, means: How many}
  wash:
    program: paint.sh
    option: -wash
    does: Washes.
    where: The brush
    risk: low
    consequence: None.
"""


def test_the_forms_have_what_is_required_then_everything(tmp_path: Path) -> None:
    commands = commands_of(tmp_path, COMMANDS)
    assert commands.commands["paint"].forms == ["paint.sh -brush colour=<name>", "paint.sh -brush colour=<name> coats=<number>"]
    assert commands.commands["wash"].forms == ["paint.sh -wash"]


def commands_of(folder: Path, text: str) -> Commands:
    path = folder / FILE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return read_commands(folder)


@pytest.mark.parametrize(("old", "new", "line", "message"), [
    ("risk: low", "risk: medium", 9, '"risk" cannot be "medium". Write one of: none, low,'),
    ("risk: low", "risk: high", 9, 'The risk "high" is not explained. Write `high: …` under the top-level `risks:`.'),
    ("  low: It", "  lwo: It", 2, 'The key cannot be "lwo". Did you mean "low"?'),
    ("option: -wash", "option: -brush", 16, '"paint.sh -brush" is there twice (first as "paint"). Delete one of them.'),
    ("does: Paints.", "dose: Paints.", 7, 'The key "dose" is not known here. Did you mean "does"?'),
    ("    where: The wall\n", "", 4, 'The key "where" is missing.'),
])
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, message: str, tmp_path: Path) -> None:
    found = mistakes_in_data(write_docs(tmp_path, {**files(), FILE: COMMANDS.replace(old, new, 1)}))
    assert any(one.startswith(f"docs/{FILE}:{line}:") and message in one for one in found), found


def test_texts_are_escaped(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> & {{ 7 * 7 }}"
    commands = commands_of(tmp_path, re.sub(r"((?:program|does|where|consequence|means): )[^,}\n]+", rf"\1'{hostile}'", COMMANDS))
    for html in (command_table(commands), command_details(commands)):
        assert "<script" not in html and "{{ 7 * 7 }}" in BeautifulSoup(html, "html.parser").get_text()


def test_what_it_risks_and_needs_stands_before_the_lines_to_copy(tmp_path: Path) -> None:
    text = COMMANDS.replace("    option: -wash\n", "    option: -wash\n    when: It is dry.\n    only_if: [It is old, It is paid]\n    notes: [Use soap., Then rinse.]\n")
    section = BeautifulSoup(command_details(commands_of(tmp_path, text)), "html.parser").find(id="wash").parent
    shown = [tag.get_text() for tag in section.select(".risk, dd li, pre code")]
    assert shown == ["Low", "It is old", "It is paid", "paint.sh -wash", "Use soap.", "Then rinse."]
    said = section.get_text()
    assert said.index("The brush") < said.index("It is dry.") < said.rindex("paint.sh -wash")


def test_code_in_a_text_is_shown_as_code(tmp_path: Path) -> None:
    commands = commands_of(tmp_path, COMMANDS.replace("consequence: None.", "consequence: Undoes `-brush`.").replace("The brush", "Where `-brush` was"))
    for html, codes in ((command_table(commands), 1), (command_details(commands), 2)):
        soup = BeautifulSoup(html, "html.parser")
        assert [code.get_text() for code in soup.select("td code, dd code")] == ["-brush"] * codes


def test_every_command_has_a_row_a_section_and_lines_to_copy(built: Build) -> None:
    soup = BeautifulSoup((built.site / "commands" / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = {link["href"].removeprefix("#"): link for link in soup.select(".command-table tbody th a")}
    commands = read_commands(ROOT / "docs").commands
    assert list(rows) == list(commands)
    for name, command in commands.items():
        assert rows[name].get_text() == command.name
        section = soup.find("h3", id=name).find_parent("section")
        assert [code.get_text() for code in section.select("pre code")] == command.forms
        for text in (command.consequence, command.where, *command.only_if, *command.notes):
            assert text.replace("`", "") in section.get_text()
        risk = rows[name].find_parent("tr").select_one(".risk").get_text()
        assert risk == section.select_one(".risk").get_text() == command.risk.replace("-", " ").capitalize()


@pytest.mark.parametrize("options", [{"permissions": ["clipboard-read", "clipboard-write"]}])
def test_the_lines_have_a_copy_button(site: Server, page: "Page") -> None:
    page.goto(f"{site.url}/commands/#exclude")
    box = page.locator("section.command", has=page.locator("#exclude")).locator("pre").first
    box.hover()
    box.get_by_role("button").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.trim() === 'sgReplicationAdmin.sh -exclude standby-server-key=<key>')")


ABBREVIATION = re.compile(r"^\*\[(.+?)\]: (.+)$", re.MULTILINE)


def test_every_term_opens_on_a_page_outside_of_code_trees_and_titles_and_is_explained_in_the_glossary(built: Build) -> None:
    words = dict(ABBREVIATION.findall((ROOT / "docs" / "_data" / "abbreviations.txt").read_text(encoding="utf-8")))
    assert {"SMC", "HA"} <= set(words)
    soups = {page: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in built.site.rglob("*.html")}
    shown = {
        (term.get_text(), soup.find(id=term["popovertarget"]).get_text().removeprefix(f"{term.get_text()}: "))
        for soup in soups.values() for term in soup.select("article [data-term]")
    }
    assert shown == set(words.items())
    terms = [term.get_text().casefold() for term in soups[built.site / "glossary" / "index.html"].select("article dt")]
    assert [word for word in words if not any(term.startswith(word.casefold()) for term in terms)] == []
    for page, soup in soups.items():
        assert soup.select("abbr, " + ", ".join(f"{place} [data-term]" for place in ("code", ".decision-tree", "h2", "nav", ".command"))) == [], page
