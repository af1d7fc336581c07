"""The macros that a page may call, by name."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from macros.content.data import Data
from macros.content.procedures import Procedures
from macros.decision.published import FOLDER
from macros.decision.table import comparison_table
from macros.decision.tree import decision_questions, decision_tree, notices
from macros.decision.ways import ways_to
from macros.page.calls import box, values_given
from macros.page.moved import title
from macros.page.site import Site, relative
from macros.page.words import Words, in_words
from macros.procedure.html import all_phases, if_something_breaks
from macros.procedure.played import Played
from macros.procedure.runbook import look_up, runbook, under_way
from macros.reference.html import (
    check_table,
    command_details,
    command_table,
    picture,
    state_table,
    status_data,
    status_reader,
    window_case,
    window_table,
)
from macros.reference.samples import menus

Macro = Callable[..., str]


def page_macros(data: Data, site: Site, procedures: Procedures, version: str, here: Callable[[], str]) -> dict[str, Macro]:
    """Name → macro. `version` is that of the pages; `here` gives the address of the page at hand, from the site's root.

    A macro whose data is broken gives a box with the mistakes, for the preview.
    """
    trees: Counter[tuple[str, str]] = Counter()
    readers: Counter[str] = Counter()

    def link(target: str) -> str:
        return site.link(here(), target)

    def of_tree(render: Callable[[str], str]) -> Macro:
        def macro(tree: str) -> str:
            return box(data.broken_trees[tree]) if tree in data.broken_trees else render(tree)

        return macro

    def of_reference(name: str, render: Callable[[], str]) -> Macro:
        def macro() -> str:
            return box(data.broken_references[name]) if name in data.broken_references else render()

        return macro

    def tree_here(tree: str) -> str:
        page = here()
        trees[page, tree] += 1
        first = sum(count for (other, _), count in trees.items() if other == page) == 1
        json = relative(page, f"{FOLDER}/{tree}.json")
        return decision_tree(data.trees[tree], tree, trees[page, tree], first, link, json, version)

    def reader_here() -> str:
        readers[here()] += 1
        samples = menus(data.checks, data.actions, procedures.played)
        return status_reader(data.states, data.window, data.checks, samples, data.trees, readers[here()], runs, link)

    runs = {page for page, procedure in procedures.read.items() if procedure.tools}
    # Zensical gives the path of a page's source for its address.
    pages = {address: played for page, played in procedures.played.items() for address in (site.url(page), quote(page))}

    def of_run(active: str, first: str = "", until: str = "what-if", becomes: str = "") -> str:
        status = status_data(data.states, data.window, data.checks, link) if data.states and data.checks else ""
        answers = {f"{name}.{id_}": question.answers for name, tree in data.trees.items() for id_, question in tree.questions.items()}
        played = pages.get(here())
        # A page carries the trees that may lead to it, and no other: they weigh.
        ways = ways_to(data.trees, played.procedure.page) if played else {}
        return runbook(active, first, until, played, status, version, answers, becomes, ways)

    def under_way_here() -> str:
        return under_way((title(site, page), link(page)) for page in site.pages() if values_given(site.source(page), "runbook", runbook))

    macros = {
        "comparison_table": of_tree(lambda tree: comparison_table(data.trees[tree], link, tree)),
        "decision_questions": of_tree(lambda tree: decision_questions(data.trees[tree], link)),
        "decision_tree": of_tree(tree_here),
        "look_up": look_up,
        "notices": of_tree(lambda tree: notices(data.trees[tree])),
        "runbook": of_run,
        "under_way": under_way_here,
    }
    if data.actions or "actions" in data.broken_references:
        def of_procedure(make: Callable[[Played], str]) -> Macro:
            # A procedure that does not hold has its mistakes on top of the page.
            return lambda: make(pages[here()]) if here() in pages else ""

        macros["all_phases"] = of_procedure(all_phases)
        macros["if_something_breaks"] = of_procedure(lambda played: if_something_breaks(played, data.actions.events, link))
    if data.commands or "commands" in data.broken_references:
        macros["command_table"] = of_reference("commands", lambda: command_table(data.commands))
        macros["command_details"] = of_reference("commands", lambda: command_details(data.commands))
    if data.states or "states" in data.broken_references:
        macros["state_table"] = of_reference("states", lambda: state_table(data.states, data.window, link))
    if data.checks or "checks" in data.broken_references:
        macros["check_table"] = of_reference("checks", lambda: check_table(data.checks, link))
        macros["status_reader"] = of_reference("checks", reader_here)
    if data.window or "window" in data.broken_references:
        macros["window_table"] = of_reference("window", lambda: window_table(data.window, link))
        macros["window_case"] = lambda case: of_reference("window", lambda: window_case(data.window, case))()
    if data.pictures or "pictures" in data.broken_references:
        macros["picture"] = lambda name: of_reference("pictures", lambda: picture(data.pictures, name))()
    return macros


def speaking(words: Words, macro: Macro) -> Macro:
    """The macro, with these words in its templates."""
    @wraps(macro)
    def spoken(*values: Any, **named: Any) -> str:
        with in_words(words):
            return macro(*values, **named)

    return spoken


def tree_of_404(data: Data, site: Site, tree: str | None, root: str) -> str:
    """The tree for the page for a missing address, with addresses from the path `root`.

    Empty where no such tree is right.
    """
    if tree not in data.trees:
        return ""
    return speaking(data.wording, decision_tree)(
        data.trees[tree], tree, 1, True, lambda target: root + site.link("", target), f"{root}{FOLDER}/{tree}.json"
    )
