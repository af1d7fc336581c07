"""The pages carry every fact of a list written by hand, and no command that is not in the data."""

import re
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from support.sites import ROOT, Build

from macros.reference.commands import read_commands

FACTS = yaml.safe_load((ROOT / "tests/coverage.yml").read_text(encoding="utf-8"))
# Options as they are typed in a text: a hyphen, then small letters and underscores.
COMMAND = re.compile(r"\bsg\w+\.(?:sh|bat)(?:\s+-\w+)?")
OPTION = re.compile(r"-\w+")
PARAMETER = re.compile(r"\b([a-z]+(?:-[a-z]+)*)=<?")


def article(page: Path) -> Tag:
    """What a page says, without the theme's parts around it."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one("article")


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def carries(text: str, term: str) -> bool:
    """Whether a page has a term as whole words: `ACT_REP` is not in `ACT_REP_EX`, nor `OK` in "look"."""
    return re.search(rf"(?<!\w){re.escape(plain(term))}(?!\w)", plain(text)) is not None


@pytest.mark.parametrize(("text", "term", "there"), [
    ("The state is ACT_REP.", "ACT_REP", True),
    ("The state is ACT_REP_EX.", "ACT_REP", False),
    ("Look at every row.", "OK", False),
    ("run\n  sgReplicationAdmin.sh\n-gc", "sgReplicationAdmin.sh -gc", True),
    ("standby initialization", "Standby initialization", True),
    ("marked with -!- in the answer", "-!-", True),
    ("Version 17.3.0", "7.3.0", False),
])
def test_a_term_is_looked_for_as_whole_words(text: str, term: str, there: bool) -> None:
    assert carries(text, term) is there


@pytest.mark.parametrize(("section", "page"), [(section, page) for section, pages in FACTS.items() for page in pages])
def test_the_page_carries_the_facts(section: str, page: str, built: Build) -> None:
    path = built.site / "index.html" if page == "index" else built.site / page / "index.html"
    text = article(path).get_text()
    missing = [term for term in FACTS[section][page] if not carries(text, term)]
    assert not missing, (
        f"docs/{page}.md no longer has {', '.join(map(repr, missing))}. Write it again; or, where the fact itself has "
        f"changed, change the term in tests/coverage.yml, under “{section}”."
    )


def test_every_command_on_a_page_is_in_the_data(built: Build) -> None:
    """A program, its option and, in code, an option by itself."""
    commands = read_commands(ROOT / "docs").commands.values()
    known = {command.name for command in commands} | {command.program for command in commands}
    options = {command.option for command in commands}
    found, strange = set(), []
    for page in built.site.rglob("*.html"):
        if (text := article(page)) is None:
            continue
        names = {" ".join(name.split()) for name in COMMAND.findall(text.get_text(" "))}
        names |= {option[0] for code in text.select("code") if (option := OPTION.match(code.get_text()))}
        strange += [(page.parent.name, name) for name in names - known - options]
        found |= names
    assert strange == []
    assert known | options >= found >= {command.name for command in commands}, "each one is on a page"


def test_every_parameter_in_code_is_in_the_data(built: Build) -> None:
    known = {name for command in read_commands(ROOT / "docs").commands.values() for name in command.parameters}
    found = {
        (page.parent.name, name)
        for page in built.site.rglob("*.html") if article(page) and "contributing" not in page.parts
        for code in article(page).select("code") for name in PARAMETER.findall(code.get_text())
    }
    assert {one for one in found if one[1] not in known} == set()
    assert {name for _, name in found} == known
