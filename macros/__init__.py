"""The door to the macros plugin: reads the data, registers the macros, holds no logic.

The only module that knows the plugin, and of it no more than `env.conf`, `env.project_dir`,
`env.page`, `env.markdown`, `env.variables` and `env.macro`, and in the preview `env.config`.
"""

import logging
from pathlib import Path
from typing import Any

import click
from mkdocs.exceptions import PluginError

from macros.calls import Calls, body_of, page_mistakes, with_boxes
from macros.data import read_data
from macros.history import last_changes
from macros.on_page import page_macros
from macros.pages import Site
from macros.publish import write_trees
from macros.render import render
from macros.yaml_file import SourceError

# Beside MkDocs' own log, which counts a warning as a failure; without a handler of its own it
# prints to the terminal.
LOG = logging.getLogger("macros")


def define_env(env: Any) -> None:
    """Read every data file, register the macros and check their calls.

    Raises PluginError, which stops a build. The preview goes on: there each mistake is shown
    on the page in place and printed, until it is mended.
    """
    site = site_of(env.conf)
    project = Path(env.project_dir)
    data = read_data(site, project)
    macros = page_macros(data, site, lambda: env.page.url)
    for name, macro in macros.items():
        env.macro(macro, name)
    calls = Calls(macros, {"tree": sorted({*data.trees, *data.broken} - {"commands", "states"})})
    env.variables["calls"] = calls
    env.variables["trees"] = data.trees
    env.variables["last_changes"] = last_changes(site.docs)

    wrong = data.mistakes
    for page in site.pages():
        wrong += page_mistakes(site.docs / page, page_name(site, project, page), calls)
    if wrong and not previewing():
        raise PluginError("\n".join(wrong))
    for line in wrong:
        LOG.error(line)
    if previewing():
        # The plugin would end the server.
        env.config["on_error_fail"] = False


def on_pre_page_macros(env: Any) -> None:
    """In the preview, put a box in place of each wrong macro call of the page at hand."""
    if not previewing():
        return
    site = site_of(env.conf)
    page = env.page.file.src_uri
    name = page_name(site, Path(env.project_dir), page)
    try:
        body = body_of(site.docs / page, name)
    except (SourceError, OSError):
        return
    calls = env.variables["calls"]
    if calls.mistakes(body):
        env.markdown = with_boxes(body, name, calls)


def on_post_page_macros(env: Any) -> None:
    """End each page with the date of its last change."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Publish each tree as JSON, with its schema."""
    write_trees(Path(env.conf["site_dir"]), env.variables["trees"])


def previewing() -> bool:
    """Whether this is `mkdocs serve`."""
    command = click.get_current_context(silent=True)
    return command is not None and command.info_name == "serve"


def page_name(site: Site, project: Path, page: str) -> str:
    """What a page is called in messages: its path below the project."""
    path = site.docs / page
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else page


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
