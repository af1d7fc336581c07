"""The navigation of a site, `nav:` in its settings: each entry leads to a page, and each page has an entry.

MkDocs finds the same, without a line; of a `nav:` of another shape it says so before any plugin is asked.
"""

from collections.abc import Callable, Iterator

import yaml

from macros.page.links import suggestion
from macros.page.moved import read_moves
from macros.page.site import Site, leads_elsewhere
from macros.source.mistake import Mistake
from macros.source.yaml_file import LOADER, at, character_mistake, misread, yaml_mistake

EXAMPLE = "`- Title: page.md`"
# What a scalar that is no text is resolved to, as PyYAML names it.
TEXT = "tag:yaml.org,2002:str"


def shape_mistakes(settings: str) -> list[Mistake]:
    """What is wrong with the YAML of the settings, and with the shape of their `nav:`."""
    if found := misread(settings):
        return found
    try:
        nav = nav_of(settings)
    except yaml.MarkedYAMLError as error:
        return [yaml_mistake(error, settings)]
    except yaml.reader.ReaderError as error:
        return [character_mistake(error, settings)]
    return [one for one in entries(nav) if isinstance(one, Mistake)] if nav else []


def nav_mistakes(settings: str, site: Site, hidden: Callable[[str], bool]) -> Iterator[tuple[str, Mistake]]:
    """Each mistake in a `nav:` of the right shape, with the page that it is about, or "". A site without `nav:` has none.

    `hidden` tells which pages need no entry.
    """
    nav = nav_of(settings)
    if nav is None:
        return
    files, named = set(site.files()), set()
    for node in (one for one in entries(nav) if isinstance(one, yaml.ScalarNode)):
        named.add(node.value)
        if node.value not in files and not is_address(node.value):
            yield "", at(node.start_mark, f'The entry "{node.value}" of `nav:` leads to no page.',
                         f"{suggestion('', node.value, site.pages(), read_moves(site).to)}Write the path of a page below docs/, or delete the line.")
    for page in site.pages():
        if page not in named and not hidden(page):
            yield page, at(nav.start_mark, f'`nav:` has no entry for the page "{page}".',
                           f"Write `- Title: {page}` among its entries, or name the page below `not_in_nav:` to hide it.")


def nav_of(settings: str) -> yaml.Node | None:
    """What stands behind `nav:` in the settings; None where it is not there or empty."""
    _, nav = keys_of(settings).get("nav", (None, None))
    return None if nav is None or nav.value in ("", []) else nav


def keys_of(settings: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Each key at the top of the settings → its node and that of its value. Raises yaml.MarkedYAMLError."""
    root = yaml.compose(settings, Loader=LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return {key.value: (key, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def entries(nav: yaml.Node, whole: str = "`nav:`") -> Iterator[yaml.ScalarNode | Mistake]:
    """The path of each entry, and in place of each that is none what is wrong with it. `whole` is what the entries are of."""
    if not isinstance(nav, yaml.SequenceNode) or not nav.value:
        yield at(nav.start_mark, f"{whole} has no list of entries.", f"Write {EXAMPLE} on a line of its own for each page.")
        return
    for entry in (one for one in nav.value if not one.tag.startswith("!")):  # what is read from the environment is not known here
        if isinstance(entry, yaml.MappingNode) and len(entry.value) > 1:
            yield at(entry.value[1][0].start_mark, "Two entries of `nav:` stand behind one dash.", f"Begin each with a dash of its own: {EXAMPLE}.")
        elif isinstance(entry, yaml.MappingNode) and entry.value:
            yield from named_entry(*entry.value[0])
        elif is_text(entry):
            yield entry
        else:
            yield at(entry.start_mark, "The entry of `nav:` names no page.", f"Write {EXAMPLE}.")


def named_entry(title: yaml.Node, value: yaml.Node) -> Iterator[yaml.ScalarNode | Mistake]:
    """The same for an entry with a title: a page, or a section with entries of its own."""
    if is_text(value):
        yield value
    elif isinstance(value, yaml.ScalarNode):
        yield at(title.start_mark, f'The entry "{title.value}" of `nav:` names no page.', f"Write {EXAMPLE}, or entries below it, indented.")
    else:
        yield from entries(value, f'The section "{title.value}" of `nav:`')


def is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == TEXT and bool(node.value)


def is_address(entry: str) -> bool:
    """Whether an entry leads to another site."""
    try:
        return leads_elsewhere(entry)
    except ValueError:
        return False
