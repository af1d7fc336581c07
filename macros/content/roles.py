"""The roles on a page that declares some, in `runbook(active="…", first="…")`: a step names one that is known.

The runbook puts the names of the reader's servers in their place, so that another wording would get none,
or that of another server.
"""

import re
from collections.abc import Iterator

from macros.content.form import plain
from macros.content.rules import FOLDER, Form
from macros.source.files import shown
from macros.source.mistake import Mistake, near_miss

CALL = re.compile(r"\{\{-?\s*runbook\(([^)]*)\)")
STEP = re.compile(r" *\d+\. +\*\*([^*]+:)\*\*")


def role_mistakes(text: str, form: Form) -> Iterator[Mistake]:
    """What is wrong with the roles in a page."""
    call = CALL.search(shown(text))
    if not call:
        return
    declared = declared_in(call[1])
    known = [*declared, *form.roles]
    for number, line in enumerate(plain(text), 1):
        for role in declared:
            for match in re.finditer(rf"\bnew {re.escape(role)}(?!s)", line):
                yield Mistake(number, match.start() + 1, f'"{match[0]}" would get the name of the server that is "{role}" now.',
                              f'Name the role in the call of `runbook` otherwise, such as "present {role}".')
        step = STEP.match(line) if form.roles else None
        role = form.beginnings().role(step[1]).removeprefix("the ") if step else ""
        if role and role.casefold() not in map(str.casefold, known):
            yield Mistake(number, step.start(1) + 1, f'The page declares no role "{role}".',
                          f"{near_miss(role, known)}Write it as the call of `runbook` does, or add it to `roles:` in docs/{FOLDER}/form.yml.")


def declared_in(given: str) -> list[str]:
    """The roles that a call of the runbook with these arguments declares."""
    return [role for _, role in re.findall(r'\b(active|first)="([^"]+)"', given)]
