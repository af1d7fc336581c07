"""The pages name no command and no parameter that is not in the data."""

import re
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from support.sites import ROOT, Build

from macros.reference.commands import read_commands

# Options as they are typed in a text: a hyphen, then small letters and underscores.
COMMAND = re.compile(r"\bsg\w+\.(?:sh|bat)(?:\s+-\w+)?")
OPTION = re.compile(r"-\w+")
PARAMETER = re.compile(r"\b([a-z]+(?:-[a-z]+)*)=<?")


@cache
def article(page: Path) -> Tag | None:
    """What a page says, without the theme's parts around it."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one("article")


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
        for page in built.site.rglob("*.html") if "contributing" not in page.parts and article(page)
        for code in article(page).select("code") for name in PARAMETER.findall(code.get_text())
    }
    assert {one for one in found if one[1] not in known} == set()
    assert {name for _, name in found} == known
