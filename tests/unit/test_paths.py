"""The logic of the trees, and the decisions of the upgrade tree."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import pytest
from support.sites import ROOT

from macros.decision.model import Decision
from macros.decision.paths import cycle, every_path, reachable, walk, why

SOURCE = ROOT / "tests/decisions.txt"


class Source(NamedTuple):
    """tests/decisions.txt: term → answer for each condition, and situation → outcome."""

    terms: dict[str, dict[str, tuple[str, str]]]
    rows: dict[tuple[str, ...], str]

    def situations(self) -> Iterator[tuple[str, ...]]:
        """Every combination of terms, in the order of the conditions."""
        return product(*self.terms.values())

    def answers(self, situation: tuple[str, ...]) -> dict[str, str]:
        """The answers of the tree that say a situation."""
        return dict(terms[one] for terms, one in zip(self.terms.values(), situation, strict=True))


@pytest.fixture(scope="module")
def source() -> Source:
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    terms: dict[str, dict[str, tuple[str, str]]] = {}
    for condition, term, answer in (line.split() for line in lines if "→" not in line):
        question, _, answer_id = answer.partition("=")
        terms.setdefault(condition, {})[term] = (question, answer_id)
    head, *rows = ([part.split() for part in line.split("→")] for line in lines if "→" in line)
    assert head == [list(terms), []]
    return Source(terms, {tuple(situation): outcome for situation, (outcome,) in rows})


# The rules of the source, each with its condition. `True` where a rule asks for the method with downtime.
WITH_DOWNTIME: dict[str, Callable[[dict[str, str]], bool]] = {
    "replication is down for whatever reason, and it had not been noticed": lambda now: now["replication"] == "down-unnoticed",
    "downtime of the Management Server is acceptable": lambda now: now["downtime"] == "acceptable",
    "server switching is never done": lambda now: now["switching"] == "never",
}


def decided(now: dict[str, str]) -> str:
    """What the rules decide, whatever their order."""
    if any(rule(now) for rule in WITH_DOWNTIME.values()):
        return "with-downtime"
    # Minimal downtime is the priority. A fault that was known is repaired first: our conclusion.
    return "repair-first" if now["replication"] == "down-known" else "no-downtime"


def test_the_table_of_the_source_is_whole_and_follows_from_its_rules(source: Source) -> None:
    assert source.rows == {one: decided(dict(zip(source.terms, one, strict=True))) for one in source.situations()}


def test_the_upgrade_tree_decides_as_the_source_does(upgrade: Decision, source: Source) -> None:
    walked = {one: walk(upgrade, source.answers(one))[1] for one in source.situations()}
    wrong = [f"{' '.join(one)} → {source.rows.get(one)}, but the tree: {outcome or 'a question is open'}"
             for one, outcome in walked.items() if outcome != source.rows.get(one)]
    assert not wrong, "\n".join(["docs/_data/upgrade.yml decides otherwise than tests/decisions.txt:", *wrong])


def test_every_answer_of_the_upgrade_tree_has_its_condition_in_the_source(upgrade: Decision, source: Source) -> None:
    said = {answer for terms in source.terms.values() for answer in terms.values()}
    asked = {(name, answer) for name, question in upgrade.questions.items() for answer in question.answers}
    assert said == asked, "Write each answer into tests/decisions.txt, with the condition that it says."


def test_the_method_with_downtime_is_the_recommended_one(upgrade: Decision) -> None:
    assert [name for name, method in upgrade.methods.items() if method.recommended] == ["with-downtime"]


def test_walking_each_path_ends_where_the_path_ends(upgrade: Decision) -> None:
    for path, outcome in every_path(upgrade):
        assert walk(upgrade, dict(path)) == (path, outcome)


def test_a_walk_stops_at_the_first_open_question(upgrade: Decision) -> None:
    path, outcome = walk(upgrade, {"downtime": "unwanted", "replication": "ok"})
    assert (path, outcome) == ((("downtime", "unwanted"),), None)


def test_a_walk_ignores_an_answer_that_does_not_exist(upgrade: Decision) -> None:
    assert walk(upgrade, {"downtime": "party"}) == ((), None)


def test_the_reasons_are_those_of_the_answers_in_order() -> None:
    decision = tree({"a": {"x": "b", "y": "!out"}, "b": {"z": "!out", "w": "!out"}})
    assert why(decision, (("a", "x"), ("b", "w"))) == ["Because a x.", "Because b w."]


def test_a_circle_is_found_wherever_it_is() -> None:
    decision = tree({"a": {"x": "b", "y": "!out"}, "b": {"x": "c", "y": "!out"}, "c": {"x": "b", "y": "!out"}})
    found = cycle(decision)
    assert found is not None and set(found) == {"b", "c"}


def test_two_ways_to_one_question_are_no_circle() -> None:
    decision = tree({"a": {"x": "b", "y": "c"}, "b": {"x": "c", "y": "!out"}, "c": {"x": "!out", "y": "!out"}})
    assert cycle(decision) is None
    assert len(list(every_path(decision))) == 5


def test_what_no_answer_leads_to_is_not_reachable() -> None:
    decision = tree({"a": {"x": "!out", "y": "!out"}, "b": {"x": "!other", "y": "!out"}}, ["out", "other"])
    assert reachable(decision) == ({"a"}, {"out"})


@pytest.mark.parametrize("length", [1, 2000])
def test_a_long_tree_is_no_problem(length: int) -> None:
    chain = {f"q{i}": {"on": f"q{i + 1}", "off": "!out"} for i in range(length)}
    decision = tree({**chain, f"q{length}": {"on": "!out", "off": "!out"}})
    assert cycle(decision) is None
    assert sum(1 for _ in every_path(decision)) == length + 2


def tree(questions: dict[str, dict[str, str]], outcomes: list[str] | None = None) -> Decision:
    """A decision from question → answer → target, where `!` marks an outcome."""
    return Decision.model_validate({
        "title": "Test",
        "start": next(iter(questions)),
        "other_outcomes": {name: {"title": name, "page": "index.md"} for name in outcomes or ["out"]},
        "questions": {
            name: {"ask": f"{name}?", "answers": {
                answer: {
                    "label": answer,
                    "because": f"Because {name} {answer}.",
                    **({"choose": target[1:]} if target.startswith("!") else {"goto": target}),
                } for answer, target in answers.items()
            }} for name, answers in questions.items()
        },
    })
