"""What these pages take from the settings: its shape, which MkDocs does not look at."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import ConfigDict, Field

from macros.source.files import SETTINGS
from macros.source.load import load_placed
from macros.source.mistake import Mistake, Place, ValueMistake, near_miss
from macros.source.part import Part, Text
from macros.source.yaml_file import LOADER, Source, at, twice

Texts = Annotated[tuple[Text, ...], Field(strict=False)]


class Open(Part):
    """A part of the settings that holds more than these pages take."""

    model_config = ConfigDict(extra="ignore")


class Manual(Part):
    """The files for download."""

    version: Text = Field(description="The version of these pages.")
    file: Text = Field(description="The name of the files, without what follows the last dot.")


class Extra(Open):
    """What is there for these pages alone."""

    offline: bool = Field(description="Most often `!ENV [OFFLINE, false]`.")
    markdown_copies: bool = Field(description="Most often `!ENV [MARKDOWN_COPIES, false]`.")
    downloads_folder: str = Field(description='Most often `!ENV [DOWNLOADS, ""]`.')
    manual: Manual | None = None
    in_footer: Texts = ()
    tree_on_404: Text | None = None
    polyfills: Texts = ()


class Theme(Open):
    """What these pages take of the theme's settings."""

    features: Texts = ()
    palette: Annotated[tuple[Open, ...], Field(strict=False)] = ()


class Snippets(Open):
    """Where the snippets are, and which stand on every page."""

    base_path: Texts = ()
    auto_append: Texts = ()


class Extensions(Open):
    """What these pages take of the settings of the extensions."""

    snippets: Snippets = Field(Snippets(), alias="pymdownx.snippets")


class Settings(Open):
    """The settings. An extension has what is written below its name."""

    extra_css: Texts = ()
    extra: Extra
    theme: Theme
    markdown_extensions: Extensions


def check_settings(settings: Mapping[str, Any], text: str) -> None:
    """Raises MistakesError with every mistake in the shape of the settings. `text` is that of their file."""
    source = Source(SETTINGS, {
        "extra_css": list(settings["extra_css"]), "extra": dict(settings["extra"]), "theme": dict(settings["theme"]),
        "markdown_extensions": settings["mdx_configs"],
    })
    for place, key, value in places(yaml.compose(text, Loader=LOADER)):
        position = (key.start_mark.line + 1, key.start_mark.column + 1)
        if key is not value and place in source.keys:
            source.mistakes.append(twice(key.value, *position, source.keys[place][0]))
        source.keys[place] = position
        source.values[place] = (value.start_mark.line + 1, value.start_mark.column + 1)
    load_placed(source, Settings, lambda found: [*folder_mistakes(found.extra.downloads_folder), *misspelt_keys(source.keys)])


def places(node: yaml.Node | None, place: Place = ()) -> Iterator[tuple[Place, yaml.Node, yaml.Node]]:
    """Each value below a node: its place in the values, its key and itself."""
    if isinstance(node, yaml.MappingNode):
        below = [(key.value, key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
    elif isinstance(node, yaml.SequenceNode):
        below = [(number, value, value) for number, value in enumerate(node.value)]
    else:
        return
    for step, key, value in below:
        # The extensions may be written as a list.
        here = place if place == ("markdown_extensions",) and isinstance(step, int) else (*place, step)
        yield here, key, value
        yield from places(value, here)


def misspelt_keys(places: Iterable[Place]) -> Iterator[ValueMistake]:
    """The keys that look like one of ours which is not written. Others are the theme's, or variables of pages."""
    written = {place for place in places if len(place) == 2}
    for name, part in (("extra", Extra), ("theme", Theme)):
        absent = [key for key in part.model_fields if (name, key) not in written]
        for place in sorted(place for place in written if place[0] == name and place[1] not in part.model_fields):
            if near := near_miss(str(place[1]), absent):
                yield ValueMistake(place, f'The key "{place[1]}" is not known here.', f"{near}Write that, or choose a name that is less like it.", at_key=True)


def folder_mistakes(folder: str) -> Iterator[ValueMistake]:
    """The folder with the files for download is there, if one is named."""
    if folder and not Path(folder).is_dir():
        yield ValueMistake(("extra", "downloads_folder"), f'There is no folder "{folder}".', 'Write the path of one, or "" for none.')


def no_such_file(text: str, file: str) -> list[Mistake]:
    """The mistake of the word below `theme:` that a file is named after which the theme does not have; none where no word is in its name."""
    words = [value for place, _, value in places(yaml.compose(text, Loader=LOADER))
             if place[0] == "theme" and isinstance(value, yaml.ScalarNode) and value.value and value.value in file]
    longest = max(words, key=lambda word: len(word.value), default=None)
    return [at(longest.start_mark, f'The theme has no file "{file}".', "Write the name of one that it has.")] if longest else []
