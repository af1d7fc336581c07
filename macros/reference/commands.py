"""The commands of the Management Servers: their data file, and the reference made from it.

The classes mirror the keys of `docs/_data/reference/commands.yml` one to one.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from macros.source.load import load
from macros.source.mistake import ValueMistake
from macros.source.part import Id, Part, Text

FILE = "_data/reference/commands.yml"

Risk = Literal["none", "low", "high", "data-loss"]
# YAML gives a list; a tuple keeps the model frozen.
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


class Parameter(Part):
    """A parameter, typed as `name=<value>`."""

    value: Text = Field(description="What stands for the value, without the angle brackets.")
    means: Text = Field(description="What the value is.")
    required: bool = Field(False, description="True where the command needs it.")


class Command(Part):
    """A program with one option."""

    program: Text = Field(description="The name of the script.")
    option: Text = Field(description="The option, with its hyphen.")
    does: Text = Field(description="What it does, as one sentence.")
    where: Text = Field(description="On which server it is run.")
    when: Text | None = Field(None, description="What must be so before it is run.")
    only_if: Texts = Field((), description="Where one condition is not enough: those that must all hold.")
    risk: Risk = Field(description="The level of risk.")
    consequence: Text = Field(description="What the risk is, as a full sentence.")
    parameters: dict[Id, Parameter] = Field({}, description="Parameter name → parameter.")
    notes: Texts = Field((), description="What else to know, a full sentence each.")

    @property
    def name(self) -> str:
        """The program and its option, as they are typed."""
        return f"{self.program} {self.option}"

    @property
    def forms(self) -> list[str]:
        """The lines to copy: with the parameters that must be there, then with all."""
        required = {name: part for name, part in self.parameters.items() if part.required}
        lines = [
            " ".join([self.name, *(f"{name}=<{part.value}>" for name, part in chosen.items())])
            for chosen in (required, self.parameters)
        ]
        return list(dict.fromkeys(lines))


class Commands(Part):
    """The whole data file, in its order."""

    risks: dict[Risk, Text] = Field(description="Level → what it means.")
    commands: dict[Id, Command] = Field(min_length=1, description="Command id → command.")


def mistakes(commands: Commands) -> list[ValueMistake]:
    """Levels of risk that a command has and the file does not explain; commands named twice."""
    found = []
    seen: dict[str, str] = {}
    for name, command in commands.commands.items():
        place = ("commands", name)
        if command.risk not in commands.risks:
            found.append(ValueMistake(
                (*place, "risk"), f'The risk "{command.risk}" is not explained.',
                f"Write `{command.risk}: …` under the top-level `risks:`.",
            ))
        if command.name in seen:
            found.append(ValueMistake(
                (*place, "option"), f'"{command.name}" is there twice (first as "{seen[command.name]}").',
                "Delete one of them.",
            ))
        seen.setdefault(command.name, name)
    return found


def read_commands(docs: Path, name: str = f"docs/{FILE}") -> Commands:
    """The commands below the folder `docs`. Raises MistakesError with every mistake."""
    return load(docs / FILE, name, Commands, mistakes)
