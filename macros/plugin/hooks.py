"""What happens at each hook of the macros plugin.

The only module that knows the plugin, and of it no more than `env.conf`, `env.project_dir`,
`env.page`, `env.markdown`, `env.variables` and `env.macro`, and in the preview `env.config`.
"""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import click
from pathspec.gitignore import GitIgnoreSpec

from macros.content.data import read_data
from macros.content.pages import mistakes_of_pages
from macros.decision.published import write_trees
from macros.page.calls import Calls, body_of, box, calls_of_page, ids_made, with_boxes
from macros.page.render import render
from macros.page.site import Site
from macros.page.snippets import read_snippets
from macros.plugin.macros import page_macros, tree_of_404
from macros.publish.dates import last_changes
from macros.publish.downloads import copy_downloads, downloads_here, read_downloads
from macros.source.files import named
from macros.source.mistake import said

try:
    from mkdocs.exceptions import PluginError
except ModuleNotFoundError:  # Zensical has no MkDocs beside it, and shows any exception.
    from click import ClickException as PluginError

# Beside MkDocs' own log, which counts a warning as a failure; without a handler of its own it
# prints to the terminal.
LOG = logging.getLogger("macros")
UNTIL_FIXED = "The build stops until this is fixed"


def define_env(env: Any) -> None:
    """Read every data file, register the macros and check all that is written.

    Raises PluginError, which stops a build. The preview continues: there each mistake is shown
    on the page and printed, until it is fixed. It stops only for what no build can read or write.
    """
    conf, extra, project = env.conf, env.conf["extra"], Path(env.project_dir)
    if extra["offline"]:
        suit_pages_from_disk(conf)
    site = site_of(conf, project)
    data = read_data(site, project)

    def macros_at(here: Callable[[], str]) -> dict[str, Callable[..., str]]:
        return {**page_macros(data, site, here), "downloads": downloads_here(extra, conf["site_url"], here)}

    macros = macros_at(lambda: base(env.page))
    for name, macro in macros.items():
        env.macro(macro, name)
    calls = Calls(macros, {"tree": data.names_of_trees})

    @cache
    def made(page: str) -> set[str] | None:
        # What is broken is not rendered, so its ids are not known.
        return None if data.mistakes else ids_made(site.source(page), replace(calls, macros=macros_at(lambda: site.url(page))))

    of_pages, unreadable = mistakes_of_pages(site, project, calls, made)
    # Functions, for the plugin prints every other variable in full.
    env.variables["data"] = lambda: data
    env.variables["calls"] = lambda: calls
    env.variables["mistakes"] = lambda: of_pages
    env.variables["last_changes"] = last_changes(site.docs)

    final = [*unreadable, *site.snippets.unreadable, *unwritable(Path(project, conf["site_dir"]))]
    wrong = [*data.mistakes, *site.snippets.mistakes, *(line for lines in of_pages.values() for line in lines)]
    if final or (wrong and not previewing()):
        raise PluginError("\n".join([*wrong, *final]))
    for line in wrong:
        LOG.error(line)
    if previewing() and hasattr(env, "config"):
        # The plugin would end the server.
        env.config["on_error_fail"] = False
    # The page for a missing address is no page to the macros; its template takes the tree from here.
    extra["tree_of_404"] = tree_of_404(data, site, extra.get("tree_on_404"), urlsplit(conf["site_url"] or "/").path)
    if hasattr(env, "page"):  # Zensical comes here for each page, and calls no hook below.
        write_trees(Path(conf["site_dir"]), data.trees)


def on_pre_page_macros(env: Any) -> None:
    """In the preview, put a box in place of each wrong macro call of the page at hand, the other mistakes on top."""
    page = env.page.file.src_uri
    wrong = env.variables["mistakes"]().get(page)
    if not wrong or not previewing():
        return
    project = Path(env.project_dir)
    site = site_of(env.conf, project)
    name = named(site.docs / page, project)
    calls = env.variables["calls"]()
    for key in calls.macros:
        env.page.meta.pop(key, None)  # it would hide the macro
    text = site.source(page)
    in_place = said(name, calls_of_page(text, calls))
    on_top = [line for line in wrong if line not in in_place]
    body = with_boxes(body_of(text), name, calls) if in_place else body_of(text)
    env.markdown = f"{box(on_top, UNTIL_FIXED)}\n\n{body}" if on_top else body


def on_post_page_macros(env: Any) -> None:
    """End each page with the date on which it was last updated."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Write the trees as JSON; for a site that is published, the Markdown copies and the downloads too."""
    folder, extra, trees = Path(env.conf["site_dir"]), env.conf["extra"], env.variables["data"]().trees
    write_trees(folder, trees)
    if extra["markdown_copies"]:
        # Slow to import, and not there beside Zensical.
        from macros.publish.copies import write_copies

        write_copies(folder, site_of(env.conf, Path(env.project_dir)), trees, env.conf)
    source = extra["downloads_folder"]
    copy_downloads(read_downloads(source), source, folder)


def suit_pages_from_disk(conf: Any) -> None:
    """Change the theme's settings where it is not made for pages that a browser opens from disk."""
    # The search needs a shim; the plugin would load it from another host.
    conf["extra"]["polyfills"] = ["assets/iframe-worker.js"]
    # On file:// instant navigation ends `document$` before it has told anyone of the page.
    conf["theme"]["features"].remove("navigation.instant")


def previewing() -> bool:
    """Whether this is `mkdocs serve`."""
    command = click.get_current_context(silent=True)
    return command is not None and command.info_name == "serve"


def base(page: Any) -> str:
    """The address below the site's root that a page's relative links start from."""
    # Zensical moves each relative link of a page as if it stood beside the page's source.
    return quote(page.path) if hasattr(page, "path") else page.url


def unwritable(folder: Path) -> list[str]:
    """The line for a folder that the site cannot be written into. It need not be there yet."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    for path in (there, *(path for path in folder.rglob("*") if path.is_dir())):
        if not path.is_dir() or not os.access(path, os.W_OK | os.X_OK):
            return [f"The site cannot be written: {path} is not a folder that you can write to. "
                    "Change its owner, or name another folder with `--site-dir`."]
    return []


def site_of(conf: Any, project: Path) -> Site:
    """What links depend on, from the settings of MkDocs or Zensical."""
    excluded = conf.get("exclude_docs")
    if isinstance(excluded, str):  # as Zensical gives it
        excluded = GitIgnoreSpec.from_lines(excluded.splitlines())
    configs = conf["mdx_configs"]
    snippets = configs.get("pymdownx.snippets", {})
    # As they are written, they begin where the command is run.
    folders = [Path(project, folder) for folder in snippets.get("base_path", ())]
    snippets["base_path"] = [str(folder) for folder in folders]
    return Site(
        docs=Path(project, conf["docs_dir"]),
        directory_urls=conf["use_directory_urls"],
        excluded=excluded.match_file if excluded else lambda path: False,
        # In Zensical the macros are such an extension; a page is read here without them.
        extensions=tuple(name for name in conf["markdown_extensions"] if "zensical" not in str(name)),
        extension_configs=configs,
        snippets=read_snippets(folders, snippets.get("auto_append", ()), project),
    )
