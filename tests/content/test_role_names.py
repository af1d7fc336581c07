"""A server's name is never put where a page means the server that has that role later."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sites import ROOT

from macros.content.form import plain
from macros.source.mistake import Mistake, said

CALL = re.compile(r"\{\{\s*runbook\(([^)]*)\)")
ROLES = re.compile(r'\b(?:active|first)="([^"]+)"')
PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if CALL.search(path.read_text(encoding="utf-8")))


def misleading(text: str) -> Iterator[Mistake]:
    """Each "new X" where X is a role that the runbook replaces by the name of the server that has it now.

    Of a Standby Server that took over, the page would then give the name of the server that it replaced.
    """
    call = CALL.search(text)
    for role in ROLES.findall(call[1]) if call else []:
        for number, line in enumerate(plain(text), 1):
            for match in re.finditer(rf"\bnew {re.escape(role)}(?!s)", line):
                yield Mistake(number, match.start() + 1, f'"{match[0]}" would get the name of the server that is "{role}" now.',
                              f'Name the role in the call of `runbook` otherwise, such as "present {role}".')


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_page_gives_the_new_server_the_name_of_the_old_one(path: Path) -> None:
    assert said(path.name, misleading(path.read_text(encoding="utf-8"))) == []


def test_there_are_pages_to_look_at() -> None:
    assert len(PAGES) > 3


@pytest.mark.parametrize(("active", "line", "column"), [
    ("Chief", "1. **On the new Chief:** Look.", 13),
    ("Chief", "The new Chiefs are not meant.", None),
    ("Chief", "The former Chief is left alone.", None),
    ("present Chief", "1. **On the new Chief:** Look.", None),
])
def test_a_new_role_that_would_get_an_old_name_is_found(active: str, line: str, column: int | None) -> None:
    text = f'# A page\n\n{{{{ runbook(active="{active}") }}}}\n\n{line}\n'
    assert [(one.line, one.column) for one in misleading(text)] == ([(5, column)] if column else [])
