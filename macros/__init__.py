"""The door to the macros plugin: reads the data, registers the macros, holds no logic.

The only module that knows the plugin, and of it no more than `env.conf`, `env.project_dir`,
`env.page`, `env.markdown`, `env.variables` and `env.macro`.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from macros.downloads import FOLDER as DOWNLOADS
from macros.downloads import copy_downloads, downloads, read_downloads
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
    extra = env.conf["extra"]
    found = read_downloads(extra["downloads_folder"])
    if extra["offline"]:
        suit_pages_from_disk(env.conf)
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

    def downloads_macro() -> str:
        folder = relative(env.page.url, DOWNLOADS)
        return downloads(found, extra["manual"], extra["offline"], env.conf["site_url"], folder)

    env.variables["trees"] = trees
    env.variables["last_changes"] = last_changes(site.docs)
    env.macro(table_macro, "comparison_table")
    env.macro(tree_macro, "decision_tree")
    env.macro(notices_macro, "notices")
    env.macro(runbook)
    env.macro(downloads_macro, "downloads")


def on_post_page_macros(env: Any) -> None:
    """End each page with the date of its last change."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Publish each tree as JSON, with its schema, and the files for download."""
    site = Path(env.conf["site_dir"])
    write_trees(site, env.variables["trees"])
    source = env.conf["extra"]["downloads_folder"]
    copy_downloads(read_downloads(source), source, site)


def suit_pages_from_disk(conf: Any) -> None:
    """Change the theme's settings where it is not made for pages that a browser opens from disk."""
    # The search needs a shim; the plugin would load it from another host.
    conf["extra"]["polyfills"] = ["assets/iframe-worker.js"]
    # On file:// instant navigation ends `document$` before it has told anyone of the page.
    conf["theme"]["features"].remove("navigation.instant")


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
