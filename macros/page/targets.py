"""Pages and sections that data files name: each is there."""

from collections.abc import Iterable
from functools import cache
from posixpath import normpath

from macros.page.moved import read_moves
from macros.page.site import Site
from macros.source.mistake import Place, ValueMistake, near_miss


def target_mistakes(targets: Iterable[tuple[Place, str]], site: Site) -> list[ValueMistake]:
    """Targets (`page.md` or `page.md#section`) whose page or anchor does not exist."""
    pages = site.pages()
    anchors = cache(site.anchors)
    found = []
    for place, target in targets:
        page, hash_sign, anchor = target.partition("#")
        if page not in pages:
            plain = normpath(page).lstrip("./")
            moved = read_moves(site).to.get(plain)
            found.append(ValueMistake(
                place,
                f'There is no page "{page}" in docs/.',
                f"{near_miss(moved or plain, pages)}Write the path below docs/, as in `upgrade.md`.",
            ))
            continue
        if hash_sign and not site.blank(page) and anchor not in anchors(page):
            found.append(ValueMistake(
                place,
                f'The page "{page}" has no section "#{anchor}".',
                instead_of_section(anchor, anchors(page)),
            ))
    return found


def instead_of_section(section: str, known: Iterable[str]) -> str:
    """What to write instead of a section that a page does not have."""
    return f"{near_miss(section, known)}Write the id of a heading, or give the heading this id with `{{ #id }}`."
