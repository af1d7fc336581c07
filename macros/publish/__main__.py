"""Make what is published: the offline copy, the printed manual and the site that offers both.

    python -m macros.publish build [FOLDER]       all of it, into FOLDER (default: site/)
    python -m macros.publish deploy [WORDS ...]   the same as a version on the branch gh-pages, by mike;
                                                  the words go to `mike deploy`, those about the branch
                                                  to `mike set-default` too
    python -m macros.publish keep                 renew, and keep the trees as a version, before it is published

`python3 -m macros build` and `deploy` run this in the Python that has the packages. Two runs on
one commit give the same bytes: every date comes from that commit.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config import load_config

from macros.content.generated import renew, unpublished
from macros.publish.archive import write_zip
from macros.publish.built import of_manual
from macros.publish.dates import build_time
from macros.source.files import SETTINGS
from macros.source.mistake import MistakesError

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    if arguments == ["keep"]:
        print("\n".join(f"{name} has changed: review it." for name in renew(ROOT, version())) or "Nothing has changed.")
        return 0
    if build_time() is None:
        os.environ["SOURCE_DATE_EPOCH"] = str(commit_time())
    with tempfile.TemporaryDirectory() as temporary:
        downloads = Path(temporary) / "downloads"
        match arguments:
            case ["build", *folder] if len(folder) < 2:
                make_downloads(downloads, Path(temporary))
                target = Path(*folder) if folder else ROOT / "site"
                mkdocs("build", "--strict", "--site-dir", target.resolve(), DOWNLOADS=downloads)
            case ["deploy", *options]:
                if lines := unpublished(ROOT, version()):
                    sys.exit("\n".join(lines))
                make_downloads(downloads, Path(temporary))
                run("mike", "deploy", "--update-aliases", "--alias-type", "copy", *options, version(), "latest",
                    DOWNLOADS=downloads, VERSIONS="mike")
                run("mike", "set-default", *of_branch(options), "latest", VERSIONS="mike")
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    return 0


def of_branch(options: Sequence[str]) -> list[str]:
    """Which of the options of `mike deploy` say what branch is written, where in it, and whether it is pushed."""
    parser = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    parser.add_argument("-p", "--push", action="store_true")
    for names in (["-r", "--remote"], ["-b", "--branch"], ["--deploy-prefix"]):
        parser.add_argument(*names)
    known = vars(parser.parse_known_args(options)[0])
    return [f"--{name.replace('_', '-')}" + ("" if value is True else f"={value}") for name, value in known.items()]


def version() -> str:
    """The version of the pages."""
    return one_word(load_config(SETTINGS).extra, "version", "The version of the pages")


def one_word(extra: Mapping[str, Any], key: str, what: str) -> str:
    """What the settings say below `extra:` and `manual:`; one word, as it stands in an address and in a line of a kept file."""
    name = of_manual(extra, key)
    if len(name.split()) != 1:
        sys.exit(f"{SETTINGS}:1:1: {what} is missing or has a space. Write one word below `extra:`, `manual:`, `{key}:`.")
    return name


def make_downloads(folder: Path, temporary: Path) -> None:
    """Write the offline copy and the manual into a folder, named with their version."""
    config = load_config(SETTINGS)
    name = one_word(config.extra, "file", "The name of the files for download")
    # Slow to import, and not needed to say what is missing.
    from macros.publish.manual import Manual, write_pdf

    copy = temporary / name
    mkdocs("build", "--strict", "--site-dir", copy, OFFLINE="true")
    (copy / "404.html").unlink()  # for a server; its addresses begin at the root of a site
    folder.mkdir()
    pdf = folder / f"{name}.pdf"
    write_pdf(Manual.of(config, copy), pdf)
    # The copy holds the manual where its page Download looks for it.
    (copy / "download").mkdir()
    shutil.copy(pdf, copy / "download" / pdf.name)
    write_zip(copy, folder / f"{name}.zip", int(os.environ["SOURCE_DATE_EPOCH"]))


def commit_time() -> int:
    """When the last commit was made, in seconds since 1970."""
    found = subprocess.run(["git", "log", "-1", "--format=%ct"], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if "dubious ownership" in found.stderr:
        sys.exit(f"This clone belongs to another user, so git does not read it. If you trust it, run "
                 f"`git config --global --add safe.directory {shlex.quote(str(ROOT))}`, or build in a clone of your own.")
    if found.returncode or not found.stdout.strip():
        sys.exit("The dates come from git, and there is no commit here. Build in a clone of the repository, "
                 "or set SOURCE_DATE_EPOCH to the time of the build in seconds since 1970.")
    return int(found.stdout)


def mkdocs(*words: object, **environment: object) -> None:
    run("mkdocs", *words, **environment)


def run(program: str, *words: object, **environment: object) -> None:
    """Run a program of this Python with additions to the environment; ends this one if it fails."""
    # mike calls mkdocs by its name: both are found beside this Python first.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    added = {name: str(value) for name, value in environment.items()}
    command = [shutil.which(program, path=path) or program, *map(str, words)]
    settings = {"NO_MKDOCS_2_WARNING": "1", "MARKDOWN_COPIES": "true", "PATH": path}
    code = subprocess.run(command, env={**os.environ, **settings, **added}).returncode
    if code:
        sys.exit(code)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except MistakesError as error:
        sys.exit(str(error))
