"""The adapter for Zensical, which calls `define_env` for each page anew, and no later hook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from click import ClickException
from pathspec.gitignore import GitIgnoreSpec

from macros.decision.published import write_trees
from macros.page.moved import write_moved
from macros.page.words import in_words
from macros.plugin.read import Written, read
from macros.procedure.extension import add_marks
from macros.procedure.published import write_procedures
from macros.source.files import SETTINGS
from macros.source.mistake import MistakesError

# The stamps of the files last read, what was read, and the lines that stop the build.
KEPT: list[tuple[dict, Written, list[str]]] = []


def define_env(env: Any) -> None:
    """Register the macros for the page at hand. Raises ClickException for mistakes, which stops a build."""
    try:
        written, lines = read_once(env.conf, Path(env.project_dir))
        if lines:
            raise MistakesError(lines)
    except MistakesError as error:
        raise ClickException(str(error)) from None
    add_marks(env.conf["markdown_extensions"], written.marks)
    written.at_page(env.page.path)
    # It moves each relative link of a page as if it stood beside the page's source.
    for name, macro in written.macros_at(lambda: quote(env.page.path)).items():
        env.macro(macro, name)


def read_once(conf: Mapping[str, Any], project: Path) -> tuple[Written, list[str]]:
    """What is written for the site and the lines that stop its build; read anew only when a file has changed."""
    found = stamps(project, Path(project, conf["docs_dir"]))
    if not KEPT or KEPT[0][0] != found:
        written = read(settings(conf), project)
        lines = written.stopping()
        if not lines:
            folder = Path(project, conf["site_dir"])
            write_trees(folder, written.data.trees, project, written.version)
            write_procedures(folder, written.procedures.played)
            with in_words(written.data.wording):
                write_moved(folder, written.site, conf.get("site_url") or "")
        KEPT[:] = [(found, written, lines)]
    return KEPT[0][1:]


def stamps(project: Path, docs: Path) -> dict[Path, tuple[int, int]]:
    """Each file that is read → when it was last changed, in nanoseconds, and its size in bytes."""
    files = ((path, path.stat()) for path in (project / SETTINGS, *docs.rglob("*")) if path.is_file())
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in files}


def settings(conf: Mapping[str, Any]) -> dict[str, Any]:
    """Zensical's settings, as MkDocs would give them."""
    # The macros are an extension there; a page is read here without them.
    extensions = [name for name in conf["markdown_extensions"] if "zensical" not in str(name)]
    patterns = {key: GitIgnoreSpec.from_lines((conf.get(key) or "").splitlines()) for key in ("exclude_docs", "not_in_nav", "draft_docs")}
    return {**conf, "markdown_extensions": extensions, **patterns}
