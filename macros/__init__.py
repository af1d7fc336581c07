"""The door to the macros plugin: reads the data, registers the macros, holds no logic.

The only module that knows the plugin, and of it no more than `env.conf`, `env.project_dir`,
`env.page`, `env.markdown`, `env.variables` and `env.macro`.
"""

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError

from macros.copies import write_copies
from macros.history import last_changes
from macros.pages import Site, relative
from macros.publish import FOLDER, write_trees
from macros.render import render
from macros.runbook import runbook
from macros.table import comparison_table
from macros.tree import decision_tree, notices
from macros.trees import read_trees
from macros.yaml_file import SourceError


def define_env(env: Any) -> None:
    """Read every tree and register the macros. Raises PluginError, which stops the build."""
    site = site_of(env.conf)
    try:
        trees = read_trees(site.docs, Path(env.project_dir), site)
    except SourceError as error:
        raise PluginError(str(error)) from None
    placed: Counter[tuple[str, str]] = Counter()

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

    def notices_macro(tree: str) -> str:
        return notices(trees[tree])

    # The page for a missing address is no page to the macros; its template takes the tree from here.
    if (tree := env.conf["extra"].get("tree_on_404")) in trees:
        root = urlsplit(env.conf["site_url"] or "/").path
        env.conf["extra"]["tree_of_404"] = decision_tree(
            trees[tree], tree, 1, True, lambda target: root + site.link("", target), f"{root}{FOLDER}/{tree}.json"
        )
    env.variables["trees"] = trees
    env.variables["last_changes"] = last_changes(site.docs)
    env.macro(table_macro, "comparison_table")
    env.macro(tree_macro, "decision_tree")
    env.macro(notices_macro, "notices")
    env.macro(runbook)


def on_post_page_macros(env: Any) -> None:
    """End each page with the date of its last change."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Publish each tree as JSON with its schema, and each page as Markdown with llms.txt."""
    folder, trees = Path(env.conf["site_dir"]), env.variables["trees"]
    write_trees(folder, trees)
    write_copies(folder, site_of(env.conf), trees, env.conf)


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
