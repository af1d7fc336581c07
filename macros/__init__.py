"""The door to the macros plugin: reads the data, registers the macros, holds no logic.

The only module that knows the plugin, and of it no more than `env.conf`, `env.project_dir`,
`env.page`, `env.markdown`, `env.variables` and `env.macro`.
"""

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pathspec.gitignore import GitIgnoreSpec

from macros.history import last_changes
from macros.pages import Site, relative
from macros.publish import FOLDER, write_trees
from macros.render import render
from macros.runbook import runbook
from macros.table import comparison_table
from macros.tree import decision_tree, notices
from macros.trees import read_trees
from macros.yaml_file import SourceError

try:
    from mkdocs.exceptions import PluginError
except ModuleNotFoundError:  # Zensical has no MkDocs beside it, and shows any exception.
    from click import ClickException as PluginError


def define_env(env: Any) -> None:
    """Read every tree and register the macros. Raises PluginError, which stops the build."""
    site = site_of(env.conf, env.project_dir)
    try:
        trees = read_trees(site.docs, Path(env.project_dir), site)
    except SourceError as error:
        raise PluginError(str(error)) from None
    placed: Counter[tuple[str, str]] = Counter()

    def link(target: str) -> str:
        return site.link(base(env.page), target)

    def table_macro(tree: str) -> str:
        return comparison_table(trees[tree], link)

    def tree_macro(tree: str) -> str:
        here = base(env.page)
        placed[here, tree] += 1
        first = sum(count for (url, _), count in placed.items() if url == here) == 1
        json = relative(here, f"{FOLDER}/{tree}.json")
        return decision_tree(trees[tree], tree, placed[here, tree], first, link, json)

    def notices_macro(tree: str) -> str:
        return notices(trees[tree])

    env.variables["trees"] = trees
    env.variables["last_changes"] = last_changes(site.docs)
    env.macro(table_macro, "comparison_table")
    env.macro(tree_macro, "decision_tree")
    env.macro(notices_macro, "notices")
    env.macro(runbook)
    if hasattr(env, "page"):  # Zensical comes here for each page, and calls no hook below.
        write_trees(Path(env.conf["site_dir"]), trees)


def base(page: Any) -> str:
    """The address below the site's root that a page's relative links start from."""
    # Zensical moves each relative link of a page as if it stood beside the page's source.
    return quote(page.path) if hasattr(page, "path") else page.url


def on_post_page_macros(env: Any) -> None:
    """End each page with the date of its last change."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Publish each tree as JSON, with its schema."""
    write_trees(Path(env.conf["site_dir"]), env.variables["trees"])


def site_of(conf: Any, project: str) -> Site:
    """What links depend on, from the settings of MkDocs or Zensical."""
    excluded = conf.get("exclude_docs")
    if isinstance(excluded, str):  # as Zensical gives it
        excluded = GitIgnoreSpec.from_lines(excluded.splitlines())
    return Site(
        docs=Path(project, conf["docs_dir"]),
        directory_urls=conf["use_directory_urls"],
        excluded=excluded.match_file if excluded else lambda path: False,
        # In Zensical the macros are such an extension; a page is read here without them.
        extensions=tuple(name for name in conf["markdown_extensions"] if "zensical" not in str(name)),
        extension_configs=conf["mdx_configs"],
    )
