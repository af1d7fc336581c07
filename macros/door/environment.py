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
from macros.door.run import ROOT, Stop, need, say

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Lock → the packages that it is made from.
LOCKS = {
    "requirements.txt": "macros/requirements.in",
    "macros/publish/requirements.txt": "macros/publish/requirements.in",
    "tests/requirements.txt": "tests/requirements.in",
}
SITE, PUBLISH, TESTS = LOCKS
LOCK_TOOL = "pip-tools==7.6.2"
LOCKED_FOR = (3, 11)  # the oldest Python that is supported


def install(*locks: str) -> None:
    """Fill .venv/ with the packages of these locks, unless it holds just those already.

    Raises Stop where that cannot be done. A stamp is written after each lock: what was
    interrupted is begun again.
    """
    make_environment()
    for lock in locks:
        text = (ROOT / lock).read_text(encoding="utf-8")
        wanted = hashlib.sha256(text.encode()).hexdigest()
        stamp = VENV / f"{lock.replace('/', '-')}.sha256"
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        stamp.unlink(missing_ok=True)
        count = len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
        say(f"Installing the {count} packages of {lock} into .venv/ (this is done once) …")
        # The lock names every package, so pip has nothing to work out.
        need([PYTHON, "-m", "pip", "install", "--quiet", "--progress-bar", "on", "--disable-pip-version-check",
              "--no-deps", "--no-compile", "-r", ROOT / lock],
             f"The packages of {lock} could not be installed; pip says why above. Run this again when that is fixed.")
        stamp.write_text(wanted)


def make_environment() -> None:
    """Make .venv/ with this Python, unless it is there and was made by it. Raises Stop."""
    if not os.access(ROOT, os.W_OK) or VENV.exists() and not os.access(VENV, os.W_OK):
        raise Stop(f"The folder {VENV if VENV.exists() else ROOT} cannot be written. "
                   "Clone the repository into a folder of your own, or have its owner changed.")
    wanted = f"{sys.version}\n{sys.executable}\n"
    stamp = VENV / "python.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode:
        apt_install(["python3-venv"])
    need([sys.executable, "-m", "venv", "--clear", VENV],
         "Python cannot make an environment: its module venv is missing, or the folder .venv cannot be replaced "
         "(Debian: apt-get install python3-venv).")
    stamp.write_text(wanted, encoding="utf-8")


def lock(options: list[str]) -> None:
    """Write the three locks anew from their inputs, with the hash of every package. Raises Stop."""
    if sys.version_info[:2] != LOCKED_FOR:
        raise Stop("The packages are locked for the oldest Python that is supported. "
                   f"Run this with Python {LOCKED_FOR[0]}.{LOCKED_FOR[1]}; this is {sys.version.split()[0]}.")
    tools = ROOT / ".cache" / "lock"
    need([sys.executable, "-m", "venv", "--clear", tools], "Python cannot make an environment in .cache/.")
    python = tools / PYTHON.relative_to(VENV)
    need([python, "-m", "pip", "install", "--quiet", LOCK_TOOL], f"{LOCK_TOOL} could not be installed; pip says why above.")
    for made, source in LOCKS.items():
        say(f"{made} …")
        # The first lock decides the version of what the others need too.
        first = [] if made == SITE else ["--constraint", SITE]
        need([python, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras", "--allow-unsafe",
              "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links",
              "--output-file", made, *first, *options, source],
             f"{made} could not be made; pip-tools says why above.", CUSTOM_COMPILE_COMMAND="python3 -m macros lock")
    shutil.rmtree(tools)
