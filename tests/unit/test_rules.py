"""Pure parts of the writers' rules."""

from pathlib import Path

import pytest
from support.rules import FORM

from macros.content.coverage import carries, plain
from macros.content.rules import Style, read_rules
from macros.content.words import words

STYLE = Style.model_validate({
    "quoted": ["Just so"],
    "avoid": [{"words": ["just", "e.g.", "go on", "node"], "say": "Leave it out", "because": "it is short"},
              {"words": ["active server"], "as_written": True, "say": 'Write "Active Server"', "because": "of capitals"}],
})


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
    assert carries(plain(text), term) is there


@pytest.mark.parametrize(("line", "columns"), [
    ("It is just so, JUST so.", [7, 16]),
    ("The node's name, and (node).", [5, 23]),
    ("As it goes, e.g. here, they go on.", [13, 29]),
    ("The active server, not the Active Server.", [5]),
    ("A window says Just so, letter for letter.", []),
    ("It is `just` code, [a link](just.md), <b class=\"just\"> and {{ just('x') }}.", []),
    ("Adjust the justice, just-in-time.", []),
])
def test_a_word_is_found_as_a_whole_and_in_prose_alone(line: str, columns: list[int]) -> None:
    assert [mistake.column for mistake in words([line], STYLE)] == columns


@pytest.mark.parametrize(("old", "new", "place", "key"), [
    ("callouts: [note, warning]", "callouts: []", "2:1", "callouts"),
    ("sections: [Before you start, Phase, Verify, What if]", "sections: []", "8:3", "sections"),
])
def test_a_list_that_a_page_is_compared_with_is_not_empty(old: str, new: str, place: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "docs/_data/rules/form.yml"
    path.parent.mkdir(parents=True)
    path.write_text(FORM.replace(old, new), encoding="utf-8")
    (line,) = read_rules(tmp_path / "docs", tmp_path).broken
    assert line.startswith(f'docs/_data/rules/form.yml:{place}: "{key}" ')
