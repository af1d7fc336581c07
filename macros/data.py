"""All data of the site, read at once: what is right, and what is wrong with the rest."""

from dataclasses import dataclass
from pathlib import Path

from macros.commands import FILE as COMMANDS
from macros.commands import Commands, read_commands
from macros.model import Decision
from macros.pages import Site
from macros.states import FILE as STATES
from macros.states import States, read_states
from macros.trees import load_trees
from macros.window import FILE as WINDOW
from macros.window import Window, read_window
from macros.yaml_file import SourceError


@dataclass(frozen=True)
class Data:
    """The data files of a site. A reference that has no file is None.

    `broken` holds, by the name of a tree, by "commands", "states" or "window", the lines that
    say what is wrong with it; what is broken is in no other attribute.
    """

    trees: dict[str, Decision]
    commands: Commands | None
    states: States | None
    window: Window | None
    broken: dict[str, list[str]]

    @property
    def names_of_trees(self) -> list[str]:
        """Every tree, also one that is broken."""
        return sorted({*self.trees, *self.broken} - {"commands", "states", "window"})

    @property
    def mistakes(self) -> list[str]:
        """Every mistake in the data, once."""
        return list(dict.fromkeys(line for lines in self.broken.values() for line in lines))


def read_data(site: Site, project: Path) -> Data:
    """Every data file of the site. Names in messages are paths below `project`."""
    trees, broken = load_trees(site.docs, project, site)
    commands = states = window = None
    try:
        if (site.docs / COMMANDS).is_file():
            commands = read_commands(site.docs)
    except SourceError as error:
        broken["commands"] = error.lines
    try:
        # The states name answers of a tree: while a tree is broken they cannot be checked.
        if broken:
            raise SourceError([line for lines in broken.values() for line in lines])
        states = read_states(site.docs, f"docs/{STATES}", site, trees)
    except SourceError as error:
        broken["states"] = error.lines
    try:
        # The window names states, and answers of a tree.
        if broken:
            raise SourceError([line for lines in broken.values() for line in lines])
        window = read_window(site.docs, f"docs/{WINDOW}", site, trees, states.states if states else ())
    except SourceError as error:
        broken["window"] = error.lines
    return Data(trees, commands, states, window, broken)
