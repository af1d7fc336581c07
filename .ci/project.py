"""Serve the site or run its tests, from nothing but Python 3, git and (for the tests) apt-get.

    python3 .ci/project.py serve      the site on http://127.0.0.1:8000, following every edit
    python3 .ci/project.py test       every test; words after it go to pytest
    python3 .ci/project.py check      the quick tests, those that need no browser
    python3 .ci/project.py renew      write the schemas and route reviews anew
    python3 .ci/project.py links      ask every link that leads out of the site (needs the internet)
    python3 .ci/project.py benchmark  measure reading and building, and keep the tables in docs/

All install what they need into .venv/ beside the README.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
# Not among the requirements: only `links` needs it.
LINK_CHECKER = "LinkChecker==10.6.0"
# The address in `site_url` is not asked: the pages checked are those built here.
SITE = "^https://ha-management\\.example/"
# Debian puts servers where an ordinary user's PATH does not lead.
SEARCH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return missing(f"Python {OLDEST[0]}.{OLDEST[1]} or later (this is {sys.version.split()[0]})")
    match arguments:
        case ["serve", *options]:
            install_packages()
            return run([PYTHON, "-m", "mkdocs", "serve", "--no-strict", *options])
        case ["test", *options]:
            install_packages()
            install_programs({"chromium": "chromium", "nginx": "nginx-light"})
            return run([PYTHON, "-m", "pytest", "-c", ROOT / "tests/pytest.ini", *options])
        case ["check", *options]:
            install_packages()
            return run([PYTHON, "-m", "pytest", "-c", ROOT / "tests/pytest.ini", "-m", "not browser", *options])
        case ["renew"]:
            install_packages()
            return run([PYTHON, ROOT / "tests/generated.py"])
        case ["links"]:
            install_packages()
            return check_links()
        case ["benchmark", *options]:
            install_packages()
            install_programs({"chromium": "chromium", "npm": "npm"})
            return run([PYTHON, ROOT / "tests/benchmark", *options])
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
    """Fill .venv/ with requirements.txt, unless it holds just that already."""
    wanted = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    stamp = VENV / "requirements.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the Python packages of requirements.txt …", flush=True)
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode:
        apt_install(["python3-venv"])
    if run([sys.executable, "-m", "venv", VENV]):
        sys.exit(missing("the venv module of Python (Debian: python3-venv)"))
    if run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "-r", ROOT / "requirements.txt"]):
        sys.exit(missing("the packages of requirements.txt; pip says above why"))
    stamp.write_text(wanted)


def install_programs(packages: dict[str, str]) -> None:
    """Make sure that each program is there; if not, install its Debian package."""
    absent = [program for program in packages if not shutil.which(program, path=SEARCH)]
    apt_install([packages[program] for program in absent])
    for program in absent:
        if not shutil.which(program, path=SEARCH):
            sys.exit(missing(f"{program} (Debian: apt-get install {packages[program]})"))


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, where this is Debian and we may; else leave it to the caller."""
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {' '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
                   env=environment, stdout=subprocess.DEVNULL)


def missing(what: str) -> int:
    print(f"Missing: {what}. Install it and run this command again.", file=sys.stderr)
    return 1


def run(command: list) -> int:
    """Run a command in the project's folder; its exit code."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    try:
        return subprocess.run([str(word) for word in command], cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
