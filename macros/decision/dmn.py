"""A tree as a decision table in DMN 1.3 (XML): one rule for each combination of answers."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as XML

from macros.decision.model import Decision

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def as_dmn(name: str, decision: Decision, combinations: Iterable[Mapping[str, Any]]) -> str:
    """The table as XML. Hit policy UNIQUE; a question that a combination does not ask is "-"."""
    XML.register_namespace("", NAMESPACE)
    root = part(None, "definitions", id=f"tree_{name}", name=decision.title, namespace=f"urn:tree:{name}")
    made = part(root, "decision", id=f"decision_{name}", name=decision.title)
    part(made, "variable", id=f"variable_{name}", name=decision.title, typeRef="string")
    table = part(made, "decisionTable", id=f"table_{name}", hitPolicy="UNIQUE")
    for question_id, question in decision.questions.items():
        asked = part(table, "input", id=f"input_{question_id}", label=question.ask)
        expression = part(asked, "inputExpression", id=f"expression_{question_id}", typeRef="string")
        part(expression, "text").text = variable(question_id)
        part(part(asked, "inputValues", id=f"values_{question_id}"), "text").text = ",".join(map(quoted, question.answers))
    output = part(table, "output", id=f"output_{name}", name="outcome", typeRef="string")
    part(part(output, "outputValues", id=f"outcomes_{name}"), "text").text = ",".join(map(quoted, decision.outcomes))
    for row in combinations:
        number = row["number"]
        rule = part(table, "rule", id=f"rule_{number}")
        for question_id in decision.questions:
            given = row["answers"].get(question_id)
            part(part(rule, "inputEntry", id=f"rule_{number}_{question_id}"), "text").text = quoted(given) if given else "-"
        part(part(rule, "outputEntry", id=f"rule_{number}_outcome"), "text").text = quoted(row["outcome"])
    XML.indent(root)
    return XML.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def part(parent: XML.Element | None, kind: str, **attributes: str) -> XML.Element:
    """An element of DMN, below its parent if it has one."""
    tag = f"{{{NAMESPACE}}}{kind}"
    return XML.Element(tag, attributes) if parent is None else XML.SubElement(parent, tag, attributes)


def variable(question: str) -> str:
    """The name of a question in an expression, where a hyphen would be a minus. No id has an underscore."""
    return question.replace("-", "_")


def quoted(name: str) -> str:
    """An id as a text of FEEL, the language of expressions in DMN."""
    return f'"{name}"'
