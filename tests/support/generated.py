"""`python tests/support/generated.py` is what the front door calls for `python -m macros.content renew`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, "-m", "macros.content", "renew"], cwd=ROOT).returncode)
