"""The logic of the trees."""

import pytest
from support.paths import walk

from macros.decision.model import Decision
from macros.decision.paths import cycle, every_path, in_order, longest_ways, reachable, ways_to

SMALL = {"a": {"x": "b", "y": "!out"}, "b": {"z": "!out", "w": "!other"}}


def test_walking_each_path_ends_where_the_path_ends() -> None:
    decision = tree(SMALL, ["out", "other"])
    for path, outcome in every_path(decision):
        assert walk(decision, dict(path)) == (path, outcome)


def test_a_walk_stops_at_the_first_open_question() -> None:
    assert walk(tree(SMALL, ["out", "other"]), {"a": "x", "c": "z"}) == ((("a", "x"),), None)


def test_a_walk_ignores_an_answer_that_does_not_exist() -> None:
    assert walk(tree(SMALL, ["out", "other"]), {"a": "party"}) == ((), None)


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


def test_the_ways_to_an_outcome_are_those_of_all_ways_the_first_of_them_where_there_are_many() -> None:
    ways = {"a": {"x": "b", "y": "c", "z": "!out"}, "b": {"x": "c", "y": "!out"}, "c": {"x": "!out", "y": "!other", "z": "d"},
            "d": {"x": "!other", "y": "!out"}}
    decision = tree(ways, ["out", "other"])
    for most in (1, 2, 99):
        for outcome, (found, count) in ways_to(decision, most).items():
            expected = [way for way, end in every_path(decision) if end == outcome]
            assert (len(found), count) == (min(most, len(expected)), len(expected))
            assert set(found) <= set(expected)
    assert longest_ways(decision) == {"a": 4, "b": 3, "c": 2, "d": 1}
    assert in_order(decision)[0] == "a" and in_order(decision).index("b") < in_order(decision).index("c") < in_order(decision).index("d")


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
