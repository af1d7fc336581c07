"""Programs and libraries that are no Python packages: found, or installed where this is Debian and we may."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from macros.door.run import Stop, say

# Debian puts servers where an ordinary user's PATH does not lead.
SEARCH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
# Debian's browsers without a window, the light one first; each package is named as its program.
BROWSERS = ("chromium-headless-shell", "chromium")
# What lays out the printed manual: library → its Debian package.
PDF_LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
# The manual's font; without it the manual uses another one.
PDF_FONT = Path("/usr/share/fonts/truetype/liberation")


def install_programs(packages: Mapping[str, str]) -> None:
    """Make sure that each program is there: name → its Debian package. Raises Stop for the first that is not."""
    make_sure(packages, lambda program: shutil.which(program, path=SEARCH))


def browser() -> str | None:
    """The path of the lightest browser that is there."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> None:
    """Make sure that there is a browser, the light one if it can be had. Raises Stop."""
    light, whole = BROWSERS
    if not shutil.which(light):
        apt_install([light])
    if not browser():
        install_programs({whole: whole})


def install_pdf_libraries() -> None:
    """Make sure that the libraries which lay out the manual are there, and its font if it can be had. Raises Stop."""
    if not PDF_FONT.exists():
        apt_install(["fonts-liberation"])
    make_sure(PDF_LIBRARIES, ctypes.util.find_library)


def make_sure(packages: Mapping[str, str], find: Callable[[str], object]) -> None:
    absent = [name for name in packages if not find(name)]
    apt_install([packages[name] for name in absent])
    for name in absent:
        if not find(name):
            raise Stop(f"{name} is missing. Install it (Debian: apt-get install {packages[name]}) and run this again.")


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, where this is Debian and we may; else leave it to the caller."""
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    say(f"Installing with apt-get: {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
                   env=environment, stdout=subprocess.DEVNULL)
