"""How the parts of a procedure begin on a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Beginnings:
    """How each part begins, as the rules for the form of pages say it. What has no beginning is not marked."""

    steps: tuple[str, ...] = ("On …",)
    stop: str = ""
    back: str = ""
    phase: str = ""
    checks: str = ""
    expected: str = ""
    if_not: str = ""
    conditions: tuple[str, ...] = ()

    def role(self, bold: str) -> str:
        """On what a step is done that begins with these words in bold; nothing if no step on anything does."""
        for step in self.steps:
            before, open_words, _ = step.partition("…")
            if open_words and re.fullmatch(f"{pattern([step])}:", bold, re.IGNORECASE):
                return bold[len(before):-1].strip()
        return ""

    def is_condition(self, text: str) -> bool:
        """Whether the first sentence of a text holds a word that makes it depend on something."""
        sentence = re.split(r"[.!?](?:\s|$)", text.strip(), maxsplit=1)[0]
        return any(re.search(rf"\b{re.escape(word)}\b", sentence, re.IGNORECASE) for word in self.conditions)


def pattern(steps: Iterable[str]) -> str:
    """A pattern for one of the beginnings of a step: … stands for any words, or none."""
    return "|".join("[^*]*".join(map(re.escape, step.split("…"))) for step in steps)
