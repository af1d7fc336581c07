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
# its present or a former id (`renamed_from`).
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
    questions = {old: name for name, question in tree.questions.items() for old in (name, *question.renamed_from)}
    answers: dict[str, tuple[str, str]] = {}
    for said in dict.fromkeys(said for terms in conditions.values() for said in terms.values()):
        question, _, answer = said.partition("=")
        name = questions.get(question, "")
        found = [key for key, one in tree.questions[name].answers.items() if answer in (key, *one.renamed_from)] if name else []
        if not found:
            return [f"No answer says {said} any more. If it was renamed, write its former id below `renamed_from:`."]
        answers[said] = (name, found[0])
    asked = {name for name, _ in answers.values()}
    asks_more = not asked.issuperset(question for path, _ in every_path(tree) for question, _ in path)
    wrong = []
    for held in product(*conditions.values()):
        now = dict(zip(conditions, held, strict=True))
        given = {answers[conditions[condition][one]] for condition, one in now.items()}
        ends = {present(tree, outcome) for path, outcome in every_path(tree)
                if all(step in given for step in path if step[0] in asked)}
        if wanted(now) not in ends or (not asks_more and ends != {wanted(now)}):
            wrong.append(f"{', '.join(f'{key} {value}' for key, value in now.items())}: "
                         f"the facts say {wanted(now)}, the tree {' or '.join(sorted(ends))}")
    return wrong


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


@pytest.mark.parametrize(("edits", "count"), [
    ({}, 0),
    ({"ask: Really?": "ask: Are you quite certain?"}, 0),
    ({"  sure:\n": "  certain:\n    renamed_from: [sure]\n", "goto: sure": "goto: certain"}, 0),
    ({"not-really: {": "perhaps: {renamed_from: [not-really], "}, 0),
    ({"  red: {": "  ruby: {renamed_from: [red], ", "choose: red": "choose: ruby"}, 0),
    ({"choose: blue": "choose: red"}, 1),
    ({"label: Warm, choose: red": "label: Warm, choose: blue"}, 2),
    ({"  sure:\n": "  certain:\n", "goto: sure": "goto: certain"}, 1),
    (EXTRA, 0),
    ({**EXTRA, "choose: blue": "choose: red"}, 1),
], ids=["as it is", "reworded", "a question renamed", "an answer renamed", "an outcome renamed", "one decides otherwise", "two decide otherwise",
        "renamed without its former id", "one question more", "one question more, and one decides otherwise"])
def test_only_another_decision_disagrees(edits: dict[str, str], count: int, tmp_path: Path) -> None:
    text = TREE
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "colour.yml"
    file.write_text(text, encoding="utf-8")
    wrong = disagreements(load(file, file.name, Decision), SMALL, lambda now: "blue" if now == {"warmth": "cold", "certain": "yes"} else "red")
    assert len(wrong) == count, wrong
