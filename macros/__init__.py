"""The door to the macros plugin: reads the data, registers the macros, holds no logic.

The only module that knows the plugin, and of it no more than `env.conf`, `env.project_dir`,
`env.page`, `env.markdown`, `env.variables` and `env.macro`.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from macros.commands import FILE as COMMANDS
from macros.commands import command_details, command_table, read_commands
from macros.history import last_changes
from macros.pages import Site, relative
from macros.publish import FOLDER, write_trees
from macros.render import render
from macros.runbook import runbook
from macros.states import FILE, read_states
from macros.status import state_table, status_reader
from macros.table import comparison_table
from macros.tree import decision_tree, notices
from macros.trees import read_trees
from macros.yaml_file import SourceError


def define_env(env: Any) -> None:
    """Read every data file and register the macros. Raises PluginError, which stops the build."""
    site = site_of(env.conf)
    try:
        trees = read_trees(site.docs, Path(env.project_dir), site)
        if (site.docs / COMMANDS).is_file():
            commands = read_commands(site.docs)
            env.macro(lambda: command_table(commands), "command_table")
            env.macro(lambda: command_details(commands), "command_details")
        states = read_states(site.docs, f"docs/{FILE}", site, trees)
    except SourceError as error:
        raise PluginError(str(error)) from None
    placed: Counter[tuple[str, str]] = Counter()
    readers: Counter[str] = Counter()

    def link(target: str) -> str:
        return site.link(env.page.url, target)

    def table_macro(tree: str) -> str:
        return comparison_table(trees[tree], link)

    def tree_macro(tree: str) -> str:
        here = env.page.url
        placed[here, tree] += 1
        first = sum(count for (url, _), count in placed.items() if url == here) == 1
        json = relative(here, f"{FOLDER}/{tree}.json")
        return decision_tree(trees[tree], tree, placed[here, tree], first, link, json)

    def state_table_macro() -> str:
        return state_table(states, link)

    def status_reader_macro() -> str:
        here = env.page.url
        readers[here] += 1
        return status_reader(states, trees, readers[here], link)

    def notices_macro(tree: str) -> str:
        return notices(trees[tree])

    env.variables["trees"] = trees
    env.variables["last_changes"] = last_changes(site.docs)
    env.macro(table_macro, "comparison_table")
    env.macro(tree_macro, "decision_tree")
    env.macro(notices_macro, "notices")
    env.macro(runbook)
    if states:
        env.macro(state_table_macro, "state_table")
        env.macro(status_reader_macro, "status_reader")


def on_post_page_macros(env: Any) -> None:
    """End each page with the date of its last change."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Publish each tree as JSON, with its schema."""
    write_trees(Path(env.conf["site_dir"]), env.variables["trees"])


def site_of(conf: Any) -> Site:
    """What links depend on, from the settings of MkDocs."""
    excluded = conf.get("exclude_docs")
    return Site(
        docs=Path(conf["docs_dir"]),
        directory_urls=conf["use_directory_urls"],
        excluded=excluded.match_file if excluded else lambda path: False,
        extensions=tuple(conf["markdown_extensions"]),
        extension_configs=conf["mdx_configs"],
    )
