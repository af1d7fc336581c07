"""The proof of a table: sixty planted defects, ten of each of six kinds, and the numbers of the combinations."""

from pathlib import Path

import pytest
from support.hang import no_hang
from support.trees import decision_of, said_of_trees

from macros.decision.dmn import NAMESPACE, as_dmn
from macros.decision.model import Decision
from macros.decision.paths import every_path
from macros.decision.proof import order_holds
from macros.decision.routes import combinations, kept_numbers, numbered, review

PLACES = range(10)


def table(*edits: tuple[str, str]) -> str:
    """Ten questions, one after the other: bad and poor end at low and mid, good leads on; the last one ends at high."""
    lines = ["title: A chain", "start: q0", "worst_first: [low, mid, high]", "other_outcomes:"]
    lines += [f"  {name}: {{title: It is {name}, page: index.md}}" for name in ("low", "mid", "high")]
    lines.append("questions:")
    for n in PLACES:
        leads = f"goto: q{n + 1}" if n < 9 else "choose: high"
        lines += [
            f"  q{n}:", f"    ask: How is part {n}?", "    worst_first: [bad, poor]", "    answers:",
            f"      bad: {{label: Bad {n}, choose: low, because: Part {n} is bad.}}",
            f"      poor: {{label: Poor {n}, choose: mid, because: Part {n} is poor.}}",
            f"      good: {{label: Good {n}, {leads}, because: Part {n} is good.}}",
        ]
    text = "\n".join(lines) + "\n"
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def bad(n: int, leads: str, more: str = "") -> tuple[str, str]:
    return f"Bad {n}, choose: low, because: Part {n} is bad.", f"Bad {n}, {leads}, because: Part {n} is bad.{more}"


def poor(n: int, leads: str, more: str = "") -> tuple[str, str]:
    return f"Poor {n}, choose: mid, because: Part {n} is poor.", f"Poor {n}, {leads}, because: Part {n} is poor.{more}"


def good(n: int, leads: str, more: str = "") -> tuple[str, str]:
    was = f"goto: q{n + 1}" if n < 9 else "choose: high"
    return f"Good {n}, {was}, because: Part {n} is good.", f"Good {n}, {leads}, because: Part {n} is good.{more}"


# The combinations of the whole table in the order of the file: at each part bad, poor, then (only at the last) good;
# the walk takes the first answers of a part before it goes on.
BAD, POOR, LAST = (lambda n: 2 * n + 1), (lambda n: 2 * n + 2), 21


def defects() -> list:
    """Kind, edits, the words of the line that is named, what is said, the numbers."""
    made = []
    for n in PLACES:
        made += [
            # 1. a combination without an outcome
            ("nowhere", [bad(n, "goto: q99")], f"Bad {n},", 'There is no question "q99"', [BAD(n)]),
            # 2. a combination that never ends
            ("circle", [good(n, "goto: q0")] if n == 9 else [poor(n, "goto: q0")],
             f"{'Good' if n == 9 else 'Poor'} {n},", "round in a circle", [LAST] if n == 9 else [POOR(n)]),
            # 3. a question of which every answer leads the same way: a new one behind the answer
            ("idle question", [poor(n, "goto: extra"), EXTRA], "  extra:", 'Whatever is answered to the question "extra"', "new"),
            # 4. an answer that changes nothing
            ("idle answer", [poor(n, "choose: low")], f"Poor {n},", '"poor" changes nothing: it leads where "bad" leads', [BAD(n), POOR(n)]),
            # 5. reasons that contradict each other on a path
            ("contradiction", [bad(n, "choose: low", f", contradicts: {{q{n - 1}: [good]}}")] if n else
             [good(0, "goto: q1", ", contradicts: {q5: [bad]}")],
             f"{'Bad' if n else 'Good'} {n},", "contradict each other", [BAD(n)] if n else [BAD(5)]),
            # 6. a worse answer with an outcome for a better situation
            ("order", [bad(n, "choose: mid"), poor(n, "choose: low")], f"Bad {n},", '"bad" is worse than "poor"', [BAD(n), POOR(n)]),
        ]
    return made


EXTRA = ("questions:\n", """questions:
  extra:
    ask: Anything else?
    answers:
      yes: {label: "Yes", choose: mid, because: So.}
      no: {label: "No", choose: mid, because: So.}
""")


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> str:
    """The kept combinations of the whole table, which is right."""
    return review(decision_of(table(), tmp_path_factory.mktemp("whole")), "")


def lines_of(text: str, kept: str, project: Path) -> list[str]:
    """What the build says of a table."""
    return said_of_trees(project, {"docs/_data/chain.yml": text, "tests/routes/chain.txt": kept})


def test_the_whole_table_is_right(kept: str, tmp_path: Path) -> None:
    assert lines_of(table(), kept, tmp_path) == []


@pytest.mark.parametrize(("kind", "edits", "at", "says", "numbers"), defects())
def test_a_planted_defect_is_named_with_its_line_and_combinations(
    kind: str, edits: list, at: str, says: str, numbers: list[int] | str, kept: str, tmp_path: Path
) -> None:
    text = table(*edits)
    numbers = [22, 23] if numbers == "new" else numbers
    (said,) = [line for line in lines_of(text, kept, tmp_path) if says in line]
    assert said.startswith(f"docs/_data/chain.yml:{line_of(text, at)}:"), said
    assert said.endswith(f" Combinations: {', '.join(map(str, numbers))}."), said


@pytest.mark.parametrize(("leads", "said"), [
    ({"goto": "q4"}, []),  # every way asks the last question, and alike
    ({"choose": "high"}, ['"a3" is worse than "a0", but leads to "high", which is for a better situation than "low".']),
])
def test_the_proof_of_the_order_ends_however_many_ways_there_are(leads: dict[str, str], said: list[str]) -> None:
    size = 30
    questions = {f"q{number}": {"ask": "?", "answers": {f"a{answer}": {
        "label": str(answer), "because": "So.",
        **({"goto": f"q{min(number + answer + 1, size - 1)}"} if number < size - 1 else {"choose": "high" if answer else "low"}),
    } for answer in range(4)}} for number in range(size)}
    questions["q0"]["worst_first"] = ["a3", "a0"]
    questions["q0"]["answers"]["a3"] = {"label": "3", "because": "So.", **leads}
    decision = Decision.model_validate({
        "title": "A long one", "start": "q0", "worst_first": ["low", "high"], "questions": questions,
        "other_outcomes": {name: {"title": name, "page": "index.md"} for name in ("low", "high")},
    })
    with no_hang():
        assert [found.what for found, _ in order_holds(decision)] == said


def test_an_answer_may_lead_where_another_leads_with_its_reason(kept: str, tmp_path: Path) -> None:
    assert lines_of(table(poor(3, "choose: low", ", same_because: It reads otherwise.")), kept, tmp_path) == []
    (said,) = lines_of(table(poor(3, "choose: mid", ", same_because: It reads otherwise.")), kept, tmp_path)
    assert "leads where no other answer leads" in said


@pytest.mark.parametrize(("edit", "says"), [
    (("[low, mid, high]", "[low, mid, hihg]"), 'There is no outcome "hihg". Did you mean "high"?'),
    (("[low, mid, high]", "[low, mid, low]"), '"low" is there twice.'),
    (("worst_first: [low, mid, high]\n", ""), "The outcomes have no order"),
    (bad(3, "choose: low", ", contradicts: {q98: [bad]}"), 'There is no question "q98"'),
    (bad(3, "choose: low", ", contradicts: {q1: [bda]}"), 'There is no answer "bda". Did you mean "bad"?'),
])
def test_a_wrong_name_in_the_marks_of_the_proof_is_named(edit: tuple[str, str], says: str, kept: str, tmp_path: Path) -> None:
    said = lines_of(table(edit), kept, tmp_path)
    assert said and all(says in line for line in said), said


def test_a_combination_keeps_its_number_and_none_is_given_twice(kept: str, tmp_path: Path) -> None:
    before, following = kept_numbers(kept)
    # One combination goes, two come.
    decision = decision_of(table(poor(4, "goto: extra"), EXTRA), tmp_path)
    after, following_after = numbered((way for way, _ in every_path(decision)), kept, decision)
    assert {way: number for way, number in before.items() if way in after}.items() <= after.items()
    assert sorted(set(after.values()) - set(before.values())) == [following, following + 1]
    # The new ones go again: their numbers stay used.
    again = review(decision_of(table(), tmp_path), review(decision, kept))
    assert kept_numbers(again)[1] > following_after
    # A renamed id changes no number.
    renamed = decision_of(table(("  q4:\n", "  middle:\n    renamed_from: [q4]\n"), ("goto: q4,", "goto: middle,")), tmp_path)
    assert sorted(numbered((way for way, _ in every_path(renamed)), kept, renamed)[0].values()) == sorted(before.values())


def test_a_number_that_stands_twice_stays_with_the_first(tmp_path: Path) -> None:
    decision = decision_of(table(), tmp_path)
    numbers, _ = numbered((way for way, _ in every_path(decision)), review(decision, "").replace("\n2 ", "\n1 "), decision)
    assert len(set(numbers.values())) == len(numbers)


def test_the_table_as_dmn_has_a_rule_for_each_combination_and_decides_alike(tmp_path: Path) -> None:
    from xml.etree import ElementTree

    decision = decision_of(table(("  q4:\n", "  q4-part:\n"), ("goto: q4,", "goto: q4-part,")), tmp_path)
    rows = combinations(decision, "")
    root = ElementTree.fromstring(as_dmn("chain", decision, rows))
    space = {"d": NAMESPACE}
    dmn = root.find("d:decision/d:decisionTable", space)
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert dmn.get("hitPolicy") == "UNIQUE" and len(ids) == len(set(ids))
    asked = [one.text for one in dmn.iterfind("d:input/d:inputExpression/d:text", space)]
    assert "q4_part" in asked
    for rule, row in zip(dmn.iterfind("d:rule", space), rows, strict=True):
        given = [one.text for one in rule.iterfind("d:inputEntry/d:text", space)]
        assert len(given) == len(asked)
        assert {name.replace("_", "-"): one.strip('"') for name, one in zip(asked, given, strict=True) if one != "-"} == row["answers"]
        assert rule.find("d:outputEntry/d:text", space).text == f'"{row["outcome"]}"'
