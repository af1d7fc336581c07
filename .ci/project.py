"""Serve the site, run its tests or publish it, from nothing but Python 3, git and apt-get.

    python3 .ci/project.py serve      the site on http://127.0.0.1:8000, following every edit
    python3 .ci/project.py test       every test; words after it go to pytest
    python3 .ci/project.py check      the quick tests, those without a browser: half a minute
    python3 .ci/project.py renew      write the schemas and route reviews anew
    python3 .ci/project.py links      ask every link that leads out of the site (needs the internet)
    python3 .ci/project.py benchmark  measure reading and building, and keep the tables in docs/
    python3 .ci/project.py build      all that is published, into site/ or the folder named after it
    python3 .ci/project.py deploy     the same as a version on the branch gh-pages; --push pushes it
    python3 .ci/project.py lock       requirements.txt from .ci/requirements.in; --upgrade renews all

All install what they need into .venv/ beside the README.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# The Python that .venv/ is made from, also when this is run by the one in it.
BASE = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
OLDEST = (3, 11, 2)
# Not among the requirements: only `links` needs it.
LINK_CHECKER = "LinkChecker==10.6.0"
# The address in `site_url` is not asked: the pages checked are those built here.
SITE = "^https://ha-management\\.example/"
# Debian puts servers where an ordinary user's PATH does not lead.
SEARCH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
# What lays out the printed manual: library → its Debian package.
PDF_LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
# The manual's font; without it the manual takes another one.
PDF_FONT = Path("/usr/share/fonts/truetype/liberation")
# What a shell says of a program that Ctrl+C ended.
INTERRUPTED = 130
LOCK_TOOL = "pip-tools==7.6.2"


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return missing(f"Python {dotted(OLDEST)} or later (this is {dotted(sys.version_info[:3])})")
    match arguments:
        case ["serve", *options]:
            install_packages()
            return run([PYTHON, "-m", "mkdocs", "serve", "--no-strict", *options])
        case ["test", *options]:
            install_packages()
            install_programs({"chromium": "chromium", "nginx": "nginx-light"})
            install_pdf_libraries()
            return run([PYTHON, "-m", "pytest", "-c", ROOT / "tests/pytest.ini", *options])
        case ["check", *options]:
            install_packages()
            return run([PYTHON, "-m", "pytest", "-c", ROOT / "tests/pytest.ini", "-m", "not slow", *options])
        case ["renew"]:
            install_packages()
            return run([PYTHON, ROOT / "tests/support/generated.py"])
        case ["links"]:
            install_packages()
            return check_links()
        case ["benchmark", *options]:
            install_packages()
            install_programs({"chromium": "chromium", "npm": "npm", "nginx": "nginx-light"})
            return run([PYTHON, ROOT / "tests/benchmark", *options])
        case ["build" | "deploy", *_]:
            install_packages()
            install_pdf_libraries()
            return run([PYTHON, ".ci/publish", *arguments])
        case ["lock", *options]:
            return lock(options)
    print(__doc__, file=sys.stderr)
    return 2


def check_links() -> int:
    """Build the site and follow its links, those to other hosts too."""
    if run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", LINK_CHECKER]):
        return missing(LINK_CHECKER)
    # As files, so that every link can be followed without a server.
    return (run([PYTHON, "-m", "mkdocs", "build", "--no-directory-urls"])
            or run([PYTHON, "-m", "linkcheck", "--check-extern", "--no-robots", "--ignore-url", SITE, "site/index.html"]))


def install_packages() -> None:
    """Fill .venv/ with requirements.txt, unless it holds just that already, made by this Python."""
    wanted = stamp()
    done = VENV / "installed.txt"
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return
    folder = VENV if VENV.exists() else ROOT
    if VENV.is_symlink():
        sys.exit(failed(f"{VENV} is a link to the packages of another folder, and they are not those of requirements.txt. "
                        "Delete the link and run this command again."))
    if not os.access(folder, os.W_OK):
        sys.exit(failed(f"The folder {folder} cannot be written, and the packages are installed there. "
                        "Change its owner, or work in a clone of your own."))
    print("Installing the Python packages of requirements.txt …", flush=True)
    # Until the last package is there, nothing says that it is.
    done.unlink(missing_ok=True)
    if subprocess.run([BASE, "-c", "import ensurepip"], capture_output=True).returncode:
        apt_install(["python3-venv"])
    # Cleared, for another Python leaves packages there that this one cannot use.
    if run([BASE, "-m", "venv", "--clear", VENV]):
        sys.exit(missing("the venv module of Python (Debian: python3-venv)"))
    if run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "-r", ROOT / "requirements.txt"]):
        sys.exit(missing("the packages of requirements.txt; pip says above why"))
    done.write_text(wanted, encoding="utf-8")


def stamp() -> str:
    """What an installation is made from: the packages, and the Python by its version and its place."""
    packages = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    return f"{packages}\n{sys.version}\n{BASE}\n"


def install_programs(packages: dict[str, str]) -> None:
    """Make sure that each program is there; if not, install its Debian package."""
    absent = [program for program in packages if not shutil.which(program, path=SEARCH)]
    apt_install([packages[program] for program in absent])
    for program in absent:
        if not shutil.which(program, path=SEARCH):
            sys.exit(missing(f"{program} (Debian: apt-get install {packages[program]})"))


def install_pdf_libraries() -> None:
    """Make sure that the libraries which lay out the manual are there, and its font if it can be had."""
    absent = [library for library in PDF_LIBRARIES if not ctypes.util.find_library(library)]
    font = [] if PDF_FONT.exists() else ["fonts-liberation"]
    apt_install([PDF_LIBRARIES[library] for library in absent] + font)
    for library in absent:
        if not ctypes.util.find_library(library):
            sys.exit(missing(f"the library {library} (Debian: apt-get install {PDF_LIBRARIES[library]})"))


def lock(options: list[str]) -> int:
    """Write requirements.txt: every package that those of .ci/requirements.in need, with its hashes."""
    # Another one may choose packages that the oldest cannot install.
    if sys.version_info[:3] != OLDEST:
        return missing(f"Python {dotted(OLDEST)}, the oldest that the packages are locked for (this is {dotted(sys.version_info[:3])})")
    if not PYTHON.exists() and run([BASE, "-m", "venv", VENV]):
        return missing("the venv module of Python (Debian: python3-venv)")
    if run([PYTHON, "-m", "pip", "install", "--quiet", LOCK_TOOL]):
        return missing(f"{LOCK_TOOL}; pip says above why")
    os.environ["CUSTOM_COMPILE_COMMAND"] = "python3 .ci/project.py lock"
    return run([PYTHON, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras",
                "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links",
                "--output-file", "requirements.txt", *options, ".ci/requirements.in"])


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, where this is Debian and we may; else leave it to the caller."""
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {' '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
                   env=environment, stdout=subprocess.DEVNULL)


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def missing(what: str) -> int:
    return failed(f"Missing: {what}. Install it and run this command again.")


def failed(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def run(command: list) -> int:
    """Run a command in the project's folder; its exit code."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run([str(word) for word in command], cwd=ROOT, env=environment).returncode


def start() -> None:
    """Do what the command line says, and end with its exit code."""
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    start()
