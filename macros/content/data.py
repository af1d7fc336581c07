"""All data of the site, read at once: what is right, and what is wrong with the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from macros.content.rules import RULES
from macros.decision.model import Decision
from macros.decision.read import FOLDER, load_trees
from macros.decision.versions import FOLDER as PUBLISHED
from macros.decision.versions import SUFFIX
from macros.page.site import Site
from macros.page.words import ENGLISH, Words, read_words
from macros.page.words import FILE as WORDS
from macros.procedure.actions import FILE as ACTIONS
from macros.procedure.actions import Actions, read_actions
from macros.reference.checks import FILE as CHECKS
from macros.reference.checks import Checks, read_checks
from macros.reference.commands import FILE as COMMANDS
from macros.reference.commands import Commands, read_commands
from macros.reference.pictures import FILE as PICTURES
from macros.reference.pictures import Pictures, read_pictures
from macros.reference.states import FILE as STATES
from macros.reference.states import States, read_states
from macros.reference.window import FILE as WINDOW
from macros.reference.window import Window, read_window
from macros.source.files import is_leftover, named
from macros.source.mistake import Mistake, MistakesError, near_miss, one_of, said

# Data files, as a pattern below docs/_data/ → the model that they follow.
MODELS: dict[str, type[BaseModel]] = {
    "*.yml": Decision,
    "reference/actions.yml": Actions,
    "reference/checks.yml": Checks,
    "reference/commands.yml": Commands,
    "reference/pictures.yml": Pictures,
    "reference/states.yml": States,
    "reference/window.yml": Window,
    "words.yml": Words,
    **RULES,
}

ENDINGS = (".yml", ".yaml")
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Data:
    """The data files of a site. A reference that has no file is None.

    `broken_trees` and `broken_references` hold, by name, the lines that say what is wrong with
    each, and with what it names; what is broken is in no other attribute. `stray` says which files
    are not read at all.
    """

    trees: dict[str, Decision]
    commands: Commands | None
    states: States | None
    window: Window | None
    checks: Checks | None
    actions: Actions | None
    pictures: Pictures | None
    wording: Words
    broken_trees: dict[str, list[str]]
    broken_references: dict[str, list[str]]
    stray: list[str]

    @property
    def words(self) -> dict[str, list[str]]:
        """Parameter of a macro → the words that it may be given. A broken tree is known, what is in another broken file is not."""
        known = {"tree": sorted({*self.trees, *self.broken_trees})}
        if self.window:
            known["case"] = list(self.window.cases)
        if self.pictures:
            known["name"] = list(self.pictures.pictures)
        return known

    @property
    def of_no_page(self) -> list[str]:
        """The mistakes that no macro shows in its place."""
        return [*self.stray, *(line for name in ("actions", "words") for line in self.broken_references.get(name, ()))]

    @property
    def mistakes(self) -> list[str]:
        """Every mistake in the data, once."""
        groups = (self.stray, *self.broken_trees.values(), *self.broken_references.values())
        return list(dict.fromkeys(line for lines in groups for line in lines))


def read_data(site: Site, project: Path) -> Data:
    """Every data file of the site. Names in messages are paths below `project`."""
    docs = site.docs
    trees, broken_trees = load_trees(docs, project, site)
    broken: dict[str, list[str]] = {}

    def one(name: str, file: str, read: Callable[[], Kind | None], without: Iterable[str] = ()) -> Kind | None:
        """What a reference gives; None where it has no file or is broken, or what it names is: `without` says how."""
        value, lines = None, list(without)
        try:
            value = read() if lexists(docs / file) else None
        except MistakesError as error:
            lines += error.lines
        if lines:
            broken[name] = lines
        return None if lines else value

    commands = one("commands", COMMANDS, lambda: read_commands(docs))
    states = one("states", STATES, lambda: read_states(docs, f"docs/{STATES}", site))
    # The window and the checks name states, and answers of trees: without those they are not used, but read, to say at once what else is wrong.
    without = [line for lines in (*broken_trees.values(), broken.get("states", ())) for line in lines]
    known = {**trees, **dict.fromkeys(broken_trees)}
    codes = None if "states" in broken else states.states if states else ()
    window = one("window", WINDOW, lambda: read_window(docs, f"docs/{WINDOW}", site, known, codes), without)
    checks = one("checks", CHECKS, lambda: None if codes == () else read_checks(docs, f"docs/{CHECKS}", site, known, codes), without)
    actions = one("actions", ACTIONS, lambda: read_actions(docs, site))
    pictures = one("pictures", PICTURES, lambda: read_pictures(docs))
    wording = one("words", WORDS, lambda: read_words(docs)) or ENGLISH
    return Data(trees, commands, states, window, checks, actions, pictures, wording, broken_trees, broken, stray_files(docs, project))


def stray_files(docs: Path, project: Path) -> list[str]:
    """A line for each file below docs/_data/ that looks like a data file and is not read, and for the published versions of no tree."""
    folder = docs / FOLDER
    known = [name for name in MODELS if "*" not in name]
    found = []
    for path in sorted((folder / PUBLISHED).glob(f"*{SUFFIX}")):
        # A tree in a file with another ending is named below.
        if not is_leftover(path) and not any((folder / f"{path.stem}{ending}").exists() for ending in ENDINGS):
            what = f'There is no tree "{path.stem}", but versions of it are published.'
            found += said(named(path, project), [Mistake(1, 1, what, "Give the tree its name back: kept addresses hold it. Or delete this file to give them up.")])
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.suffix.lower() not in ENDINGS or is_leftover(path):
            continue
        if path.suffix != ".yml":
            what = f'The file is not read, as its name ends in "{path.suffix}".'
            found += said(named(path, project), [Mistake(1, 1, what, f'Rename it to "{path.stem}.yml".')])
        elif len(place.parts) > 1 and place.as_posix() not in known:
            what = "The file is not read: no data file of this name is known in this folder."
            fix = f"{near_miss(place.as_posix(), known)}Move a tree to docs/_data/, or write one of: {one_of(known)}."
            found += said(named(path, project), [Mistake(1, 1, what, fix)])
    return found
