"""The upgrade tree decides as the facts do, whatever its questions are called and whatever else it asks.

The rules here are written from the facts, not from the data file, and change only when a fact does.
What else changes in a tree shows in its route review, tests/routes/.
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from support.examples import TREE
from support.sites import ROOT

from macros.decision.model import Decision
from macros.decision.paths import every_path
from macros.source.load import load

FILE = "docs/_data/upgrade.yml"
Situation = dict[str, str]

# Condition → each thing that may hold, in the words of the facts, and the answer that says it, by
# its present or a former id: the data says what it is today (`renamed_from`, `retired`).
CONDITIONS = {
    "replication": {
        "works": "replication=ok", "excluded on purpose": "replication=ok",
        "down, unnoticed": "replication=broken", "down, known": "replication=known",
    },
    "downtime": {"acceptable": "downtime=acceptable", "minimal": "downtime=unwanted"},
    "switching": {"done": "switching=used", "never": "switching=never"},
}
# Each rule of the facts that asks for the method with downtime, with its condition.
WITH_DOWNTIME: dict[str, Callable[[Situation], bool]] = {
    "replication is down for whatever reason, and it had not been noticed": lambda now: now["replication"] == "down, unnoticed",
    "downtime of the Management Server is acceptable": lambda now: now["downtime"] == "acceptable",
    "server switching is never done": lambda now: now["switching"] == "never",
}


def decided(now: Situation) -> str:
    """What the rules decide, whatever their order."""
    if any(rule(now) for rule in WITH_DOWNTIME.values()):
        return "with-downtime"
    # Minimal downtime is the priority. A fault that was known is repaired first: our conclusion.
    return "repair-first" if now["replication"] == "down, known" else "no-downtime"


def disagreements(tree: Decision, conditions: dict[str, dict[str, str]] = CONDITIONS,
                  wanted: Callable[[Situation], str] = decided) -> list[str]:
    """Each situation in which no path of the tree that fits it ends as it should.

    A question that the facts do not have fits every situation: its answers may lead elsewhere.
    """
    answers: dict[str, dict[str, str]] = {}
    for said in dict.fromkeys(said for terms in conditions.values() for said in terms.values()):
        found = of_today(tree, *said.split("="))
        if found is None:
            return [f"No answer says {said} any more. If it was renamed, write its former id below `renamed_from:`; "
                    "if it was removed, write it below `retired:`, and below its `now:` the answer that it stands for."]
        answers[said] = found
    asked = {name for steps in answers.values() for name in steps}
    asks_more = not asked.issuperset(question for path, _ in every_path(tree) for question, _ in path)
    wrong = []
    for held in product(*conditions.values()):
        now = dict(zip(conditions, held, strict=True))
        given = {step for condition, one in now.items() for step in answers[conditions[condition][one]].items()}
        about = {name for name, _ in given}
        ends = {present(tree, outcome) for path, outcome in every_path(tree)
                if all(step in given for step in path if step[0] in about)}
        if wanted(now) not in ends or (not asks_more and ends != {wanted(now)}):
            wrong.append(f"{', '.join(f'{key} {value}' for key, value in now.items())}: "
                         f"the facts say {wanted(now)}, the tree {' or '.join(sorted(ends))}")
    return wrong


def of_today(tree: Decision, question: str, answer: str) -> dict[str, str] | None:
    """Question → answer of today for an answer by any id that it has or had; None where the data does not say.

    Nothing, where the question is gone and its answer stands for none of today.
    """
    name = next((id_ for id_, one in tree.questions.items() if question in (id_, *one.renamed_from)), question)
    there = tree.questions[name].answers if name in tree.questions else {}
    for id_, one in there.items():
        if answer in (id_, *one.renamed_from):
            return {name: id_}
    gone = [tree.retired[id_].answers for id_ in (name, question) if id_ in tree.retired]
    now = next((dict(answers[answer].now) for answers in gone if answer in answers), None)
    # A question that is still asked needs an answer: without one, any would fit.
    return None if there and not now else now


def present(tree: Decision, outcome: str) -> str:
    """The id by which the facts know an outcome: its oldest."""
    return (*tree.outcomes[outcome].renamed_from, outcome)[0]


def test_the_upgrade_tree_decides_as_the_facts_do() -> None:
    wrong = disagreements(load(ROOT / FILE, FILE, Decision))
    assert not wrong, "\n".join([f"In {FILE} lead the answers as the facts decide; where a fact has changed, change "
                                 "tests/content/test_decisions.py.", *wrong])


def test_the_method_with_downtime_is_the_recommended_one() -> None:
    tree = load(ROOT / FILE, FILE, Decision)
    assert [present(tree, name) for name, method in tree.methods.items() if method.recommended] == ["with-downtime"]


# ---- The comparison itself, on a small tree -----------------------------------------------------

SMALL = {"warmth": {"hot": "warm=hot", "cold": "warm=cold"}, "certain": {"yes": "sure=really", "no": "sure=not-really"}}


# Asks before all else; one answer decides at once, as the facts do in no situation with "blue".
EXTRA = {
    "start: warm": "start: extra",
    "questions:\n": """questions:
  extra:
    ask: Anything else?
    answers:
      nothing: {label: Nothing, goto: warm, because: So.}
      rain: {label: Rain, choose: red, because: Red is seen.}
""",
}


def retired(really: str, not_really: str) -> dict[str, str]:
    """The question is another one, and its former answers stand for these of it."""
    kept = f"{{note: It was asked otherwise., answers: {{really: {{now: {{certain: {really}}}}}, not-really: {{now: {{certain: {not_really}}}}}}}}}"
    return {"  sure:\n": "  certain:\n", "goto: sure": "goto: certain", "      really:": "      sharp:", "      not-really:": "      dull:",
            "Red is not cold.}\n": f"Red is not cold.}}\nretired:\n  sure: {kept}\n"}


# An answer of a question that stays is removed, and stands for none of today.
REMOVED = {"not-really: {": "perhaps: {", "Red is not cold.}\n": "Red is not cold.}\nretired:\n  sure: {note: It is said otherwise., answers: {not-really: {}}}\n"}


@pytest.mark.parametrize(("edits", "count"), [
    ({}, 0),
    (retired("sharp", "dull"), 0),
    (retired("dull", "sharp"), 2),
    ({"ask: Really?": "ask: Are you quite certain?"}, 0),
    ({"  sure:\n": "  certain:\n    renamed_from: [sure]\n", "goto: sure": "goto: certain"}, 0),
    ({"not-really: {": "perhaps: {renamed_from: [not-really], "}, 0),
    ({"  red: {": "  ruby: {renamed_from: [red], ", "choose: red": "choose: ruby"}, 0),
    ({"choose: blue": "choose: red"}, 1),
    ({"label: Warm, choose: red": "label: Warm, choose: blue"}, 2),
    ({"  sure:\n": "  certain:\n", "goto: sure": "goto: certain"}, 1),
    ({**EXTRA, **REMOVED}, 1),
    (EXTRA, 0),
    ({**EXTRA, "choose: blue": "choose: red"}, 1),
], ids=["as it is", "answers retired", "answers retired that stand for others", "reworded", "a question renamed", "an answer renamed", "an outcome renamed", "one decides otherwise", "two decide otherwise",
        "renamed without its former id", "an answer retired for none", "one question more", "one question more, and one decides otherwise"])
def test_only_another_decision_disagrees(edits: dict[str, str], count: int, tmp_path: Path) -> None:
    text = TREE
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "colour.yml"
    file.write_text(text, encoding="utf-8")
    wrong = disagreements(load(file, file.name, Decision), SMALL, lambda now: "blue" if now == {"warmth": "cold", "certain": "yes"} else "red")
    assert len(wrong) == count, wrong
