"""What programs find in the sources, each started as by hand."""

import subprocess
import sys
from pathlib import Path

from support.sites import ROOT


def markdown_mistakes(folder: Path) -> str:
    """What PyMarkdown finds in the pages of a folder."""
    return output_of("pymarkdown", "--config", ROOT / "tests" / "pymarkdown.json", "scan", "--recurse", folder)


def spelling_mistakes(*paths: Path) -> str:
    """What codespell finds: the place, the word and what to write."""
    return output_of("codespell_lib", "--skip", "*.json,*.js", *paths)


def output_of(module: str, *arguments: object) -> str:
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    return done.stdout + done.stderr
