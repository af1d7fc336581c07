"""The adapter for MkDocs, through the macros plugin.

Of the plugin it knows no more than `env.conf`, `env.project_dir`, `env.page`, `env.markdown`,
`env.variables` and `env.macro`, and in the preview `env.config`.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import TemplateNotFound
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from pathspec.gitignore import GitIgnoreSpec

from macros.content.generated import ROUTES
from macros.content.nav import keys_of, shape_mistakes
from macros.decision.published import write_trees
from macros.page.calls import body_of, box, calls_of_page, with_boxes
from macros.page.front_matter import no_such_template
from macros.page.moved import write_moved
from macros.page.render import render
from macros.page.site import Site
from macros.page.words import in_words
from macros.plugin.macros import tree_of_404
from macros.plugin.read import previewing, read
from macros.plugin.settings import no_such_file
from macros.procedure.extension import add_marks
from macros.procedure.published import write_procedures
from macros.publish.assets import write_assets
from macros.publish.dates import last_changes
from macros.publish.downloads import copy_downloads
from macros.reference.found import add_to_index, rows_found
from macros.source.files import SETTINGS, named, read_text
from macros.source.mistake import Mistake, MistakesError, near_miss, said

UNTIL_FIXED = "The build stops until this is fixed"


def define_env(env: Any) -> None:
    """Read all that is written, check it and register the macros.

    Raises PluginError, which stops a build; an error of another kind would become the page's text.
    """
    try:
        written = read(env.conf, Path(env.project_dir))
        if lines := written.stopping():
            raise MistakesError(lines)
    except MistakesError as error:
        raise PluginError(str(error)) from None
    add_marks(env.conf["markdown_extensions"], written.marks)
    name_assets(env.conf, written.assets.names)
    for name, macro in written.macros_at(lambda: env.page.url).items():
        env.macro(macro, name)
    # A function, for the plugin prints every other variable in full.
    env.variables["written"] = lambda: written
    env.variables["last_changes"] = last_changes(written.site.docs)
    extra, root = env.conf["extra"], urlsplit(env.conf["site_url"] or "/").path
    # The page for a missing address is no page to the macros; its template takes the tree from here.
    extra["words"] = written.data.wording
    extra["tree_of_404"] = tree_of_404(written.data, written.site, extra.get("tree_on_404"), root)
    env.conf["plugins"].events["build_error"].append(partial(missing_in_theme, Path(env.conf.config_file_path), written.site))
    if previewing():
        # The plugin would end the server.
        env.config["on_error_fail"] = False
        # Of a link all is said already, with its line.
        env.conf["validation"]["links"].update(dict.fromkeys(("not_found", "absolute_links", "unrecognized_links", "anchors"), logging.DEBUG))
        env.conf["plugins"].events["serve"].append(check_settings_first)
        # What is checked with the data; in mkdocs.yml it would have to be there.
        env.conf["watch"] += [str(folder) for folder in [Path(env.project_dir, ROUTES)] if folder.is_dir()]


def on_pre_page_macros(env: Any) -> None:
    """Say which page comes; in the preview, put a box in place of each wrong macro call of the page at hand, the other mistakes on top."""
    written, page = env.variables["written"](), env.page.file.src_uri
    written.at_page(page)
    lines = written.of_pages.get(page)
    if not lines or not previewing():
        return
    site, calls = written.site, written.calls
    name = named(site.docs / page, Path(env.project_dir))
    for key in calls.macros:
        env.page.meta.pop(key, None)  # it would hide the macro
    text = site.source(page)
    in_place = said(name, calls_of_page(text, calls))
    on_top = [line for line in lines if line not in in_place]
    body = with_boxes(body_of(text), name, calls) if in_place else body_of(text)
    env.markdown = f"{box(on_top, UNTIL_FIXED)}\n\n{body}" if on_top else body


def on_post_page_macros(env: Any) -> None:
    """End each page with the date on which it was last updated."""
    date = env.variables["last_changes"].get(env.page.file.src_uri)
    with in_words(env.variables["written"]().data.wording):
        env.markdown += "\n\n" + render("page-date.html", date=date)


def on_post_build(env: Any) -> None:
    """Write the assets, the trees, the procedures and the former addresses; for a site that is published, the copies and the downloads too."""
    folder, extra, written = Path(env.conf["site_dir"]), env.conf["extra"], env.variables["written"]()
    write_assets(written.assets, folder)
    add_to_index(folder, list(rows_found(written.data.states, written.data.window, written.site)))
    write_trees(folder, written.data.trees, Path(env.project_dir), written.version)
    write_procedures(folder, written.procedures.played)
    with in_words(written.data.wording):
        write_moved(folder, written.site, env.conf["site_url"] or "")
    if extra["markdown_copies"]:
        # Slow to import, and needed by no preview.
        from macros.publish.copies import write_copies

        with in_words(written.data.wording):
            write_copies(folder, written.site, written.data.trees, env.conf)
    copy_downloads(written.downloads, extra["downloads_folder"], folder)


def name_assets(conf: Any, names: Mapping[str, str]) -> None:
    """Let the pages name what is served (source → file), and keep the sources out of the site."""
    extra, scripts = conf["extra"], conf["extra_javascript"]
    extra["assets"] = names
    extra["polyfills"] = [names.get(path, path) for path in extra.get("polyfills", ())]
    conf["extra_css"] = list(dict.fromkeys(names.get(path, path) for path in conf["extra_css"]))
    for number, script in enumerate(scripts):
        if isinstance(script, str):
            scripts[number] = names.get(script, script)
        else:  # written as a mapping, with more than its path
            script.path = names.get(script.path, script.path)
    conf["exclude_docs"] = (conf["exclude_docs"] or GitIgnoreSpec([])) + GitIgnoreSpec.from_lines(f"/{path}" for path in names)


def missing_in_theme(settings: Path, site: Site, error: Exception) -> None:
    """Say which page or word of the settings names a file that the theme does not have; MkDocs shows a traceback."""
    if not isinstance(error, TemplateNotFound):
        return
    pages = (said(named(site.docs / page, settings.parent), no_such_template(site.source(page), error.name)) for page in site.pages())
    if lines := [line for page in pages for line in page] or said(SETTINGS, no_such_file(read_text(settings, SETTINGS), error.name)):
        raise Abort("\n".join(lines))


def check_settings_first(server: Any, config: MkDocsConfig, **_: Any) -> Any:
    """Look at the settings before each rebuild of the preview: of what MkDocs cannot read it shows a traceback."""
    build, settings = server.builder, Path(config.config_file_path)

    def checked() -> None:
        if lines := settings_mistakes(settings):
            raise Abort("\n".join(lines))
        build()

    server.builder = checked
    return server


def settings_mistakes(path: Path) -> list[str]:
    """The lines that say what is wrong with the settings: their YAML, their `nav:`, and what MkDocs does not take."""
    try:
        text = read_text(path, SETTINGS)
    except MistakesError as error:
        return error.lines
    return said(SETTINGS, shape_mistakes(text) or refused(path, text))


def refused(path: Path, text: str) -> Iterator[Mistake]:
    """What MkDocs does not take of settings whose YAML is right, with the line of the key."""
    config = MkDocsConfig(str(path.resolve()))
    known = [*config]
    try:
        with path.open("rb") as file:
            config.load_file(file)
    except ConfigurationError as error:
        mark = getattr(error.__context__, "problem_mark", None)
        yield Mistake(mark.line + 1 if mark else 1, 1, "MkDocs cannot read what stands here.", "Write `key: value` lines, and no tag but `!ENV`.")
        return
    at = {name: key.start_mark for name, (key, _) in keys_of(text).items()}
    errors, warnings = config.validate()
    for name, why in [*errors, *warnings]:
        line, column = (at[name].line + 1, at[name].column + 1) if name in at else (1, 1)
        if name in known:
            yield Mistake(line, column, f'"{name}" is not right: {in_plain_words(str(why))}.', "Compare it with the settings in MkDocs' own guide.")
        else:
            yield Mistake(line, column, f'MkDocs has no setting "{name}".', f"{near_miss(name, known)}Write the name of a setting, or delete the line.")


def in_plain_words(text: str) -> str:
    """A text of MkDocs on one line without its end, and types by their names."""
    return " ".join(re.sub(r"<class '(\w+)'>", r"\1", text).split()).rstrip(".")


def said_of(settings: Path) -> str:
    """Every mistake of a project, one per line, without building it: what a build says before it writes a page."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(settings))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        config.plugins.on_config(config)
    except PluginError as error:
        return str(error)
    return ""
