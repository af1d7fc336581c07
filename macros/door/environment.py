"""The packages of the project, in .venv/ beside the README.

Three locks, each installed by the commands that need it: `requirements.txt` (the site and the quick
checks), `macros/publish/requirements.txt` and `tests/requirements.txt`.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

from macros.door.programs import apt_install
from macros.door.run import OLDEST, ROOT, Stop, need, say

VENV = ROOT / ".venv"
# The Python that .venv/ is made from, also when this is run by the one in it.
BASE = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Lock → the packages that it is made from.
LOCKS = {
    "requirements.txt": "macros/requirements.in",
    "macros/publish/requirements.txt": "macros/publish/requirements.in",
    "tests/requirements.txt": "tests/requirements.in",
}
SITE, PUBLISH, TESTS = LOCKS
MADE_BY = "python.txt"  # in .venv/: the Python that made it
LOCK_TOOL = "pip-tools==7.6.2"


def install(*locks: str) -> None:
    """Fill .venv/ with the packages of these locks, unless it holds just those already.

    Raises Stop where that cannot be done. A stamp is written after each lock. What was cut off,
    whatever ended it, is begun again in an empty folder: of a package half of whose files are
    there, pip says that it is installed. So is what another lock of that name filled: it may hold
    packages that are no longer wanted.
    """
    texts = {lock: (ROOT / lock).read_text(encoding="utf-8") for lock in locks}
    stamps = {lock: VENV / f"{lock.replace('/', '-')}.sha256" for lock in locks}
    wanted = {lock: hashlib.sha256(text.encode()).hexdigest() for lock, text in texts.items()}
    make_environment(anew=any(stamps[lock].exists() and stamps[lock].read_text() != wanted[lock] for lock in locks))
    for lock, text in texts.items():
        if stamps[lock].exists():
            continue
        changeable()
        # Until the last package is there, nothing says which Python made this.
        begun = (VENV / MADE_BY).rename(VENV / "begun.txt")
        count = len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
        say(f"Installing the {count} packages of {lock} into .venv/ (this is done once) …")
        # The lock names every package, so pip has nothing to work out.
        need([PYTHON, "-m", "pip", "install", "--quiet", "--progress-bar", "on", "--disable-pip-version-check",
              "--no-deps", "--no-compile", "-r", ROOT / lock],
             f"The packages of {lock} could not be installed; pip says why above. Run this again when that is fixed.")
        begun.rename(VENV / MADE_BY)
        stamps[lock].write_text(wanted[lock])


def make_environment(anew: bool) -> None:
    """Make .venv/ with this Python, unless it is there, was made by it, and is not to be made anew. Raises Stop."""
    wanted = f"{sys.version}\n{BASE}\n"
    stamp = VENV / MADE_BY
    if not anew and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    changeable()
    stamp.unlink(missing_ok=True)
    if subprocess.run([BASE, "-c", "import ensurepip"], capture_output=True).returncode:
        apt_install(["python3-venv"])
    need([BASE, "-m", "venv", "--clear", VENV],
         "Python cannot make an environment: its module venv is missing, or the folder .venv cannot be replaced "
         "(Debian: apt-get install python3-venv).")
    stamp.write_text(wanted, encoding="utf-8")


def changeable() -> None:
    """Raises Stop where .venv/ belongs to another folder or cannot be written."""
    if VENV.is_symlink():
        raise Stop(f"{VENV} is a link to another folder, and what is there is not what this clone needs. "
                   "Delete the link and run this again.")
    folder = VENV if VENV.exists() else ROOT
    if not os.access(folder, os.W_OK):
        raise Stop(f"The folder {folder} cannot be written, and the packages are installed there. "
                   "Change its owner, or work in a clone of your own.")


def lock(options: list[str]) -> None:
    """Write the three locks anew from their inputs, with the hash of every package. Raises Stop."""
    # Another one may choose packages that the oldest cannot install.
    if sys.version_info[:3] != OLDEST:
        raise Stop("The packages are locked for the oldest Python that is supported. "
                   f"Run this with Python {'.'.join(map(str, OLDEST))}; this is {sys.version.split()[0]}.")
    tools = ROOT / ".cache" / "lock"
    need([BASE, "-m", "venv", "--clear", tools], "Python cannot make an environment in .cache/.")
    python = tools / PYTHON.relative_to(VENV)
    need([python, "-m", "pip", "install", "--quiet", LOCK_TOOL], f"{LOCK_TOOL} could not be installed; pip says why above.")
    for made, source in LOCKS.items():
        say(f"{made} …")
        # A lock decides the version of what the later ones need too: they are installed into one folder.
        earlier = list(LOCKS)[:list(LOCKS).index(made)]
        first = [word for lock in earlier for word in ("--constraint", lock)]
        need([python, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras", "--allow-unsafe",
              "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links",
              "--output-file", made, *first, *options, source],
             f"{made} could not be made; pip-tools says why above.", CUSTOM_COMPILE_COMMAND="python3 -m macros lock")
    shutil.rmtree(tools)
