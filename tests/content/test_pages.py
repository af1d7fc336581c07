"""This site keeps its own rules."""

import subprocess
import sys

import pytest
from support.sites import ROOT


# `check` has built the site with the same rules before it runs its tests.
@pytest.mark.slow
def test_nothing_is_wrong_in_this_site() -> None:
    done = subprocess.run([sys.executable, "-m", "macros.plugin"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"Edit what these lines name:\n{done.stdout}{done.stderr}"
