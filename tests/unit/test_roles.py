"""Roles on a page that declares some: a step names one that is known, and no server gets the name of another."""

import pytest
from support.rules import form

from macros.content.roles import role_mistakes

ROLES = ["each Standby Server"]


def found(call: str, line: str, roles: list[str]) -> list[tuple[int, int, str]]:
    text = f"---\ndescription: A page.\n---\n\n# A page\n\n{call}\n\n{line}\n"
    return [(one.line, one.column, f"{one.what} {one.fix}") for one in role_mistakes(text, form().model_copy(update={"roles": roles}))]


@pytest.mark.parametrize(("call", "line", "column", "said"), [
    ('{{ runbook(active="Chief Server", first="Second Server") }}', "1. **On the Second Server:** Look.", None, ""),
    ('{{ runbook(active="Chief Server") }}', "1. **On each Standby Server:** Look.", None, ""),
    ('{{ runbook(active="Chief Server") }}', "1. **On the chief server:** Look.", None, ""),
    ('{{ runbook(active="Chief Server") }}', "1. **In the Client:** Look.", None, ""),
    ('{{ runbook(active="Chief Server") }}', "1. **On the Cheif Server:** Look.", 6, 'no role "Cheif Server". Did you mean "Chief Server"?'),
    ('{{ runbook(active="Chief Server") }}', "    2. **On each standby Servers:** Look.", 10, 'Did you mean "each Standby Server"?'),
    ("{{ runbook(active=\"Active Server\") }}", "1. **On the Active Server:** Look.", None, ""),
    ("{{ runbook(active=\"Active Server\") }}", "1. **On the old Active Server:** Look.", 6, 'Did you mean "Active Server"?'),
    ("{{ runbook(active=\"Active Server\") }}", "1. **On the server in the cellar:** Look.", 6, "add it to `roles:`"),
    ("No call.", "1. **On the server in the cellar:** Look.", None, ""),
    ("As `{{ runbook(active=\"Active Server\") }}` says.", "1. **On the server in the cellar:** Look.", None, ""),
])
def test_a_step_names_a_role_that_is_known(call: str, line: str, column: int | None, said: str) -> None:
    mistakes = found(call, line, ROLES)
    assert [one[:2] for one in mistakes] == ([(9, column)] if column else []) and all(said in one[2] for one in mistakes), mistakes


def test_without_a_list_a_step_may_name_anything() -> None:
    assert found("{{ runbook(active=\"Active Server\") }}", "1. **On the server in the cellar:** Look.", []) == []


@pytest.mark.parametrize(("active", "line", "column"), [
    ("Chief", "1. **On the new Chief:** Look.", 13),
    ("Chief", "The new Chiefs are not meant.", None),
    ("Chief", "The former Chief is left alone.", None),
    ("present Chief", "1. **On the new Chief:** Look.", None),
])
def test_a_new_role_that_would_get_an_old_name_is_found(active: str, line: str, column: int | None) -> None:
    mistakes = found(f'{{{{ runbook(active="{active}") }}}}', line, [])
    assert [one[:2] for one in mistakes] == ([(9, column)] if column else [])
