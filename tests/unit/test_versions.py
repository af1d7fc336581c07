"""Published versions of a tree: every kept address gives the outcome of then, or the page says what has changed."""

from pathlib import Path

import pytest
from support.trees import decision_of, said_of_trees

from macros.content.data import stray_files
from macros.content.generated import SCHEMAS, renew, unpublished
from macros.decision import versions
from macros.decision.versions import concerns, meanings, opened, read_versions, walk, with_version
from macros.source.mistake import MistakesError

FILE, KEPT = "docs/_data/paint.yml", "docs/_data/published/paint.routes"

FIRST = """\
title: Choose a paint
start: tools
other_outcomes:
  oil: {title: Oil, page: index.md}
  water: {title: Water, page: index.md}
  none: {title: None today, page: index.md}
questions:
  tools:
    ask: Which tool is there?
    answers:
      brush: {label: A brush, goto: place, because: So.}
      nothing: {label: Nothing, choose: none, because: So.}
  place:
    ask: Where is it?
    answers:
      inside: {label: Inside, goto: dry, because: So.}
      outside: {label: Outside, goto: warm, because: So.}
  dry:
    ask: Is it dry?
    answers:
      ever: {label: Ever, choose: water, because: So.}
      never: {label: Never, choose: none, because: So.}
  warm:
    ask: Is it warm?
    answers:
      ever: {label: Ever, choose: oil, because: So.}
      never: {label: Never, choose: none, because: So.}
      frost: {label: Frost, choose: none, same_because: It is asked for, because: So.}
"""
# A question, an answer and an outcome have another name; one answer is gone.
SECOND = {
    "  none: {": "  wait: {renamed_from: [none], ", "choose: none": "choose: wait",
    "  dry:\n": "  damp:\n    renamed_from: [dry]\n", "goto: dry": "goto: damp",
    "  damp:\n    renamed_from: [dry]\n    ask: Is it dry?\n    answers:\n      ever: {": "  damp:\n    renamed_from: [dry]\n    ask: Is it dry?\n    answers:\n      no: {renamed_from: [ever], ",
    "      frost: {label: Frost, choose: wait, same_because: It is asked for, because: So.}\n": """\
retired:
  warm:
    note: Frost counts as never.
    answers:
      frost: {now: {warm: never}}
""",
}
# The first question is gone, one answer leads elsewhere, and one leads to a new question.
THIRD = {
    "start: tools": "start: place",
    """\
  tools:
    ask: Which tool is there?
    answers:
      brush: {label: A brush, goto: place, because: So.}
      nothing: {label: Nothing, choose: wait, because: So.}
""": "",
    "retired:\n": "retired:\n  tools:\n    note: Tools are not asked for.\n    answers:\n      brush: {now: {}}\n      nothing: {now: {}}\n",
    "label: Ever, choose: oil": "label: Ever, choose: water",
    "label: Never, choose: wait, because: So.}\n  warm": """label: Never, goto: old, because: So.}
  old:
    ask: Is it old?
    answers:
      really: {label: Really, choose: oil, because: So.}
      hardly: {label: Hardly, choose: wait, because: So.}
  warm""",
}
CHANGED = """\
changed:
  - until: "2.0"
    answers: {warm: ever}
    note: Water does for a warm place.
  - until: "2.0"
    answers: {damp: never}
    note: Whether it is old counts too.
"""


def edited(text: str, edits: dict[str, str]) -> str:
    for old, new in edits.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


SECOND_TEXT = edited(FIRST, SECOND)
THIRD_TEXT = edited(SECOND_TEXT, THIRD) + CHANGED


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The three versions as a project keeps them."""
    text = ""
    for name, tree in {"1.0": FIRST, "2.0": SECOND_TEXT, "3.0": THIRD_TEXT}.items():
        text = with_version(text, name, decision_of(tree, tmp_path_factory.mktemp("version")), "")
    return text


def lines_of(tree: str, kept: str, project: Path) -> list[str]:
    """What a build says of the tree."""
    return said_of_trees(project, {FILE: tree, KEPT: kept})


# Every address of every version → the outcome or the open question of today, and what is said.
TOOLS, FROST, WATER, OLD = "Tools are not asked for.", "Frost counts as never.", "Water does for a warm place.", "Whether it is old counts too."
TODAY = [
    ("tools=nothing", "place", [TOOLS]),
    ("tools=brush place=inside dry=ever", "water", [TOOLS]),
    ("tools=brush place=inside dry=never", "old", [TOOLS, OLD]),
    ("tools=brush place=outside warm=ever", "water", [TOOLS, WATER]),
    ("tools=brush place=outside warm=never", "wait", [TOOLS]),
    ("tools=brush place=outside warm=frost", "wait", [TOOLS, FROST]),
    ("tools=nothing", "place", [TOOLS]),
    ("tools=brush place=inside damp=no", "water", [TOOLS]),
    ("tools=brush place=inside damp=never", "old", [TOOLS, OLD]),
    ("tools=brush place=outside warm=ever", "water", [TOOLS, WATER]),
    ("tools=brush place=outside warm=never", "wait", [TOOLS]),
    ("place=inside damp=no", "water", []),
    ("place=inside damp=never old=really", "oil", [OLD]),
    ("place=inside damp=never old=hardly", "wait", [OLD]),
    ("place=outside warm=ever", "water", [WATER]),
    ("place=outside warm=never", "wait", []),
]


def test_each_address_of_each_version_gives_its_outcome_or_a_sentence(kept: str, tmp_path: Path) -> None:
    assert lines_of(THIRD_TEXT, kept, tmp_path) == []
    today, found = decision_of(THIRD_TEXT, tmp_path), []
    for version in read_versions(tmp_path / "docs/_data", "paint", tmp_path):
        for _, way, outcome in version.combinations:
            address = opened(meanings(today), way)
            notes = [*address.retired, *(one.note for one in today.changed if concerns(one, address.given))]
            _, question, end = walk(today, address.given)
            assert not address.strange and (end == {"none": "wait"}.get(outcome, outcome) or notes)
            found.append((" ".join(map("=".join, way)), end or question, notes))
    assert found == TODAY


@pytest.mark.parametrize(("edits", "at", "says"), [
    # An id that went without a word.
    ({"    renamed_from: [dry]\n": ""}, "questions:", ['The question "dry" of version 1.0 is gone.', "`renamed_from: [dry]`", "Combinations: 2, 3."]),
    ({"no: {renamed_from: [ever], ": "no: {"}, "    answers:\n      no", ['The answer "ever" to "dry" of version 1.0', "`renamed_from: [ever]`", "Combinations: 2."]),
    ({"frost: {now": "ice: {now"}, "    answers:\n      ever: {label: Ever, choose: water", ['The answer "frost" to "warm" of version 1.0', "`retired:`", "Combinations: 6."]),
    ({"      nothing: {now: {}}\n": ""}, "    answers:\n      brush: {now", ['The answer "nothing" to "tools" of version 2.0', "`nothing: {}` here", "Combinations: 1."]),
    ({"  tools:\n    note: Tools are not asked for.\n    answers:\n      brush: {now: {}}\n      nothing: {now: {}}\n": ""},
     "questions:", ['The question "tools" of version 2.0 is gone.', "Combinations: 1, 2, 3, 4, 5."]),
    ({"wait: {renamed_from: [none], ": "wait: {"}, "other_outcomes:", ['The outcome "none" of version 1.0 is gone.', "Combinations: 5."]),
    # What leads elsewhere without a word, whatever is said of another answer of the address.
    ({CHANGED[:CHANGED.rindex("  - until")]: "changed:\n"}, "ever: {label: Ever, choose: water",
     ['led to "oil" in version 2.0 lead to "water" now', '`until: "2.0"`', "Combinations: 4."]),
    ({CHANGED[CHANGED.rindex("  - until"):]: ""}, "  old:", ["led to an outcome in version 2.0 leave this question open", "Combinations: 3."]),
    ({'until: "2.0"\n    answers: {warm': 'until: "1.0"\n    answers: {warm'}, "ever: {label: Ever, choose: water", ["version 2.0", "Combinations: 4."]),
    ({"label: Hardly, choose: wait": "label: Hardly, choose: water"},
     "hardly:", ['led to "wait" in version 3.0 lead to "water" now', "Combinations: 3."]),
    # An entry that says what is not so.
    ({"answers: {warm: ever}": "answers: {warm: evr}"}, "answers: {warm: evr}", ['There is no answer "evr". Did you mean "ever"?']),
    ({"answers: {damp: never}": "answers: {dump: never}"}, "answers: {dump: never}", ['There is no question "dump". Did you mean "damp"?']),
    ({"answers: {damp: never}": "answers: {damp: no}"}, '  - until: "2.0"\n    answers: {damp: no}', ["no address of version 2.0 or before leads elsewhere"]),
    ({'until: "2.0"\n    answers: {damp': 'until: "2.1"\n    answers: {damp'}, 'until: "2.1"', ['no published version "2.1"', "3.0, 2.0, 1.0"]),
])
def test_a_planted_defect_is_named_with_line_version_and_combinations(edits: dict[str, str], at: str, says: list[str], kept: str, tmp_path: Path) -> None:
    text = edited(THIRD_TEXT, edits)
    line = text.count("\n", 0, text.index(at)) + 1
    found = [one for one in lines_of(text, kept, tmp_path) if one.startswith(f"{FILE}:{line}:")]
    assert any(all(words in one for words in says) for one in found), lines_of(text, kept, tmp_path)


def test_a_change_may_be_of_one_address_with_every_answer_in_it(kept: str, tmp_path: Path) -> None:
    whole = THIRD_TEXT.replace("answers: {warm: ever}", "answers: {place: outside, warm: ever}")
    assert lines_of(whole, kept, tmp_path) == []
    today = decision_of(whole, tmp_path)
    given = opened(meanings(today), (("tools", "brush"), ("place", "outside"), ("warm", "ever"))).given
    assert given == {"place": "outside", "warm": "ever"}
    assert [one.note for one in today.changed if concerns(one, given)] == [WATER]


def test_a_version_is_kept_once_and_only_grows(kept: str, tmp_path: Path) -> None:
    first, second, third = (decision_of(text, tmp_path) for text in (FIRST, SECOND_TEXT, THIRD_TEXT))
    assert with_version(kept, "3.0", third, "") == with_version(kept, "3.1", third, "") == kept
    # Published once more under the same name: the addresses of both stay.
    both = with_version(with_version("", "1.0", first, ""), "1.0", second, "")
    assert both.count("# Version") == 1 and "dry=never → none" in both and "damp=never → wait" in both
    (one,) = [line for line in lines_of(SECOND_TEXT, both.replace("→ none", "→"), tmp_path) if ":2:1:" in line]
    assert one.startswith(f"{KEPT}:2:1: The line is no combination")


def test_of_too_many_combinations_the_first_are_kept_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST_STEPS", 7)
    text = with_version("", "1.0", decision_of(FIRST, tmp_path), "")
    assert [line.split(" ")[0] for line in text.splitlines()] == ["#", "1", "2", "3", "#"]
    # What is not kept may have changed.
    said = lines_of(FIRST + 'changed:\n  - {until: "1.0", answers: {warm: ever}, note: It was otherwise.}\n', text, tmp_path)
    assert said == []


def test_a_version_is_kept_before_it_is_published(tmp_path: Path) -> None:
    lines_of(FIRST, "", tmp_path)
    (said,) = unpublished(tmp_path, "1.0")
    assert said.startswith(f"{KEPT}:1:1:") and "renew --publish" in said
    assert KEPT in renew(tmp_path, "1.0")
    assert unpublished(tmp_path, "1.0") == [] and KEPT not in renew(tmp_path, "1.0")
    # A project that keeps no versions is not asked for them.
    (tmp_path / KEPT).unlink()
    (tmp_path / KEPT).parent.rmdir()
    assert unpublished(tmp_path, "1.0") == []


def test_a_kept_file_with_a_merge_or_in_another_encoding_is_named_and_not_written_over(tmp_path: Path) -> None:
    lines_of(FIRST, "", tmp_path)
    for spoilt in (b"<<<<<<< HEAD\n# Version 1.0\n", "# Version 1.0\n".encode("utf-16")):
        (tmp_path / KEPT).write_bytes(spoilt)
        for ask in (renew, unpublished):
            with pytest.raises(MistakesError, match=f"^{KEPT}:1:1: The line is no combination"):
                ask(tmp_path, "1.0")
        assert (tmp_path / KEPT).read_bytes() == spoilt


def test_a_schema_that_an_editor_kept_in_another_encoding_is_written_anew(tmp_path: Path) -> None:
    lines_of(FIRST, "", tmp_path)
    renew(tmp_path)
    schema = tmp_path / SCHEMAS / "form.schema.json"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(text, encoding="utf-16")
    assert renew(tmp_path) == [f"{SCHEMAS}/form.schema.json"] and schema.read_text(encoding="utf-8") == text


def test_the_versions_of_a_tree_that_is_gone_are_named(tmp_path: Path) -> None:
    lines_of(FIRST, "", tmp_path)
    assert stray_files(tmp_path / "docs", tmp_path) == []
    (tmp_path / FILE).unlink()
    (said,) = stray_files(tmp_path / "docs", tmp_path)
    assert said.startswith(f'{KEPT}:1:1: There is no tree "paint"')


def test_a_project_that_keeps_no_versions_is_asked_nothing_of_them(tmp_path: Path) -> None:
    assert lines_of(THIRD_TEXT, "", tmp_path) == []
