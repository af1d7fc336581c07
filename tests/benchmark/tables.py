"""The tables of the trees (DMN), read and evaluated by programs of others: does each combination lead where the tree leads?"""

import json
import shutil
import subprocess
from pathlib import Path

from support.sites import build_own

PACKAGES = ("dmn-moddle@12.2.1", "feelin@8.2.0")
SCRIPT = Path(__file__).with_name("dmn.mjs")


def report(folder: Path) -> str:
    """The table of the tables, as Markdown. Raises CalledProcessError where npm or the programs fail."""
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *PACKAGES], check=True)
    (folder / "own").mkdir()
    build_own(folder / "own")
    # Node looks for packages beside the script.
    script = shutil.copy(SCRIPT, folder)
    told = subprocess.run(["node", script, folder / "own" / "site" / "trees"], check=True, capture_output=True, text=True).stdout
    lines = [f"### Decision tables (DMN), read by {PACKAGES[0].replace('@', ' ')}, evaluated by {PACKAGES[1].replace('@', ' ')}", "",
             "| Table | Rules | Warnings | Combinations that it decides otherwise than the tree |", "| --- | --- | --- | --- |"]
    for one in map(json.loads, told.splitlines()):
        wrong = ", ".join(map(str, one["wrong"])) or "none"
        lines.append(f"| `{one['file']}` | {one['rules']} | {len(one['warnings'])} | {wrong} |")
    return "\n".join([*lines, ""])
