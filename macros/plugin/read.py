"""All that is written for a site, read once and checked, whichever generator builds it.

Settings are a mapping as MkDocs gives it; what another generator gives, its adapter turns into one.
"""

import logging
import os
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import click

from macros.content.data import Data, read_data
from macros.content.nav import nav_mistakes
from macros.content.pages import mistakes_of_pages, unreadable
from macros.content.procedures import Procedures, read_procedures
from macros.content.rules import FORM, read_rules
from macros.page.calls import Calls, ids_made
from macros.page.rendered import begin_reading
from macros.page.site import Site
from macros.page.snippets import read_snippets
from macros.page.words import words_of
from macros.plugin.macros import Macro, page_macros, speaking
from macros.plugin.settings import check_settings
from macros.procedure.beginnings import Beginnings
from macros.procedure.extension import Marks
from macros.publish.assets import Assets, read_assets
from macros.publish.built import of_manual
from macros.publish.colours import words_in_styles
from macros.publish.dates import build_time
from macros.publish.downloads import Download, downloads, read_downloads
from macros.source.files import SETTINGS, each_file_once, named, read_text
from macros.source.mistake import MistakesError, said

# Beside MkDocs' own log, which counts a warning as a failure; without a handler of its own it
# prints to the terminal.
LOG = logging.getLogger("macros")


@dataclass(frozen=True)
class Written:
    """What is written for a site.

    `of_pages` holds for each page the lines that say what is wrong with it. `macros_at` gives the macros for a page from a function that
    gives the address of the page at hand, from the site's root. `marks` is the extension of Markdown
    that marks procedures; it is told the page at hand. `version` is that of the pages.
    """

    site: Site
    data: Data
    assets: Assets
    downloads: list[Download]
    calls: Calls
    macros_at: Callable[[Callable[[], str]], dict[str, Macro]]
    of_pages: dict[str, list[str]]
    marks: Marks
    procedures: Procedures
    version: str

    def at_page(self, page: str) -> None:
        """A page, by its path below docs/, is about to be rendered."""
        self.marks.page = self.procedures.played.get(page)

    def stopping(self) -> list[str]:
        """The lines that stop a build, none where it may continue.

        The preview continues: there each mistake is shown on its page, and printed here.
        """
        mistakes = list(dict.fromkeys([*self.data.mistakes, *(line for lines in self.of_pages.values() for line in lines)]))
        if not previewing():
            return mistakes
        for line in mistakes:
            LOG.error(line)
        return []


def read(settings: Mapping[str, Any], project: Path) -> Written:
    """Every data file, page and snippet of a site, each read once. Names in messages are paths below `project`.

    Raises MistakesError for what no build, and no preview, can read or write.
    """
    begin_reading()
    with each_file_once():
        return read_all(settings, project)


def read_all(settings: Mapping[str, Any], project: Path) -> Written:
    """The same; what reads a file again later, as a preview does, sees what is there then."""
    build_time()  # a generator asks for it when half of the site is made
    text = read_text(project / SETTINGS, SETTINGS)
    check_settings(settings, text)
    extra = settings["extra"]
    if extra["offline"]:
        suit_pages_from_disk(settings)
    scripts = [one if isinstance(one, str) else one["path"] for one in settings["extra_javascript"]]
    docs = Path(project, settings["docs_dir"])
    assets = read_assets(docs, project, settings["extra_css"], scripts, words_in_styles(words_of(docs)))
    rules = read_rules(docs, project)
    form = rules.form
    marks = Marks(form.beginnings() if form else Beginnings())
    site = site_of(settings, project, marks, assets.names)
    if lines := [*unreadable(site, project), *unwritable(Path(project, settings["site_dir"]))]:
        raise MistakesError(lines)
    data, found = read_data(site, project), read_downloads(extra["downloads_folder"])
    marks.words = data.wording
    if data.commands:
        marks.programs = frozenset(command.program for command in data.commands.commands.values())

    procedures = read_procedures(site, data.actions, rules)

    version = of_manual(extra, "version")

    def macros_at(here: Callable[[], str]) -> dict[str, Macro]:
        macros = page_macros(data, site, procedures, version, here)
        if extra.get("manual"):
            macros["downloads"] = lambda: downloads(found, extra, settings["site_url"], here())
        return {name: speaking(data.wording, macro) for name, macro in macros.items()}

    calls = Calls(macros_at(str), data.words)

    @cache
    def made(page: str) -> set[str] | None:
        # What is broken is not rendered, so its ids are not known.
        return None if data.mistakes else ids_made(site.source(page), replace(calls, macros=macros_at(lambda: site.url(page))))

    of_pages = mistakes_of_pages(site, project, rules, data.trees, procedures, calls, made)
    # What is of no page stands on the first one.
    first = site.first_page()
    for page, mistake in [*nav_mistakes(text, site, out_of_nav(settings)), *(("", one) for one in site.snippets.mistakes_of_settings(text))]:
        of_pages.setdefault(page or first, []).extend(said(SETTINGS, [mistake]))
    of_form = said(named(site.docs / FORM, project), procedures.mistakes.get(FORM, ()))
    of_pages.setdefault(first, []).extend([*data.of_no_page, *assets.mistakes, *of_form])
    return Written(site, data, assets, found, calls, macros_at, of_pages, marks, procedures, version)


def suit_pages_from_disk(settings: Mapping[str, Any]) -> None:
    """Change the theme's settings where it is not made for pages that a browser opens from disk."""
    # The search needs a shim; the plugin would load it from another host.
    settings["extra"]["polyfills"] = ["assets/iframe-worker.js"]
    # On file:// instant navigation ends `document$` before it has told anyone of the page.
    settings["theme"]["features"] = [one for one in settings["theme"].get("features", ()) if one != "navigation.instant"]


def previewing() -> bool:
    """Whether this is `mkdocs serve`."""
    command = click.get_current_context(silent=True)
    return command is not None and command.info_name == "serve"


def out_of_nav(settings: Mapping[str, Any]) -> Callable[[str], bool]:
    """Which pages need no entry in the navigation."""
    patterns = [settings[key] for key in ("not_in_nav", "draft_docs") if settings.get(key)]
    return lambda page: any(one.match_file(page) for one in patterns)


def unwritable(folder: Path) -> list[str]:
    """The line for a folder that the site cannot be written into. It need not be there yet."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    for path in (there, *(path for path in folder.rglob("*") if path.is_dir())):
        if not path.is_dir() or not os.access(path, os.W_OK | os.X_OK):
            return [f"The site cannot be written: {path} is not a folder that you can write to. "
                    "Change its owner, or name another folder with `--site-dir`."]
    return []


def site_of(settings: Mapping[str, Any], project: Path, marks: Marks, sources: Container[str] = ()) -> Site:
    """What links depend on; a page is rendered for them as a generator renders it, with the marks.

    `sources` are paths below docs/ for which other files are published.
    """
    excluded, configs = settings["exclude_docs"], settings["mdx_configs"]
    snippets = configs.get("pymdownx.snippets", {})
    # As they are written, they begin where the command is run.
    folders = [Path(project, folder) for folder in snippets.get("base_path", ())]
    snippets["base_path"] = [str(folder) for folder in folders]
    return Site(
        docs=Path(project, settings["docs_dir"]),
        directory_urls=settings["use_directory_urls"],
        excluded=lambda path: path in sources or bool(excluded and excluded.match_file(path)),
        extensions=(*(one for one in settings["markdown_extensions"] if not isinstance(one, Marks)), marks),
        extension_configs=configs,
        snippets=read_snippets(folders, snippets.get("auto_append", ()), project),
    )
