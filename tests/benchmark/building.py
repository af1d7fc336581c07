"""What our macros and large trees cost a build: processor time and peak memory, each build a process of its own."""

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmark.trees import many_pages, one_page
from support.sites import ROOT, make_project

from macros.content.data import read_data
from macros.content.procedures import read_procedures
from macros.content.rules import read_rules
from macros.page.site import Site
from macros.page.snippets import read_snippets

QUESTIONS = (10, 100, 200, 1000)
PAGES = (10, 100, 1000)


class Cost(NamedTuple):
    """Seconds of processor time, and MiB of the largest resident set."""

    seconds: float
    memory: float


def build(project: Path) -> Cost:
    """Build the project in a folder and say what it cost. Raises RuntimeError if it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", project / "site"],
        cwd=project, env={**environment, "NO_MKDOCS_2_WARNING": "1"},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The build of {project} failed.")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(projects: Sequence[Path], runs: int) -> list[Cost]:
    """The median cost of each project; the projects take turns."""
    rounds = [[build(project) for project in projects] for _ in range(runs)]
    return [Cost(*map(statistics.median, zip(*costs, strict=True))) for costs in zip(*rounds, strict=True)]


# A hook of MkDocs that writes each page as it is when the macros have run, with its braces as text.
WRITE_PAGES = r"""
import re
from pathlib import Path
from mkdocs.plugins import event_priority

@event_priority(-100)
def on_page_markdown(markdown, page, **others):
    path = Path("written", page.file.src_uri)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(re.sub(r"\{[{%#]", r'{{ "\g<0>" }}', markdown), encoding="utf-8")
"""


def this_site(folder: Path) -> tuple[Path, Path, Path]:
    """Three copies of this site: with our macros; with what they make written in the pages; with nothing in its place.

    The first has been built once, so that Python has compiled the macros.
    """
    ours, written, without = (folder / name for name in ("ours", "written", "without"))
    for copy in (ours, written, without):
        for name in ("docs", "macros"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("strict: true", "strict: false", 1)
        # Without our macros some links lead nowhere; this is not what is measured.
        (copy / "mkdocs.yml").write_text(settings.split("validation:")[0] + "validation: {links: {anchors: ignore}}\n")
    (ours / "hook.py").write_text(WRITE_PAGES)
    settings = (ours / "mkdocs.yml").read_text()
    (ours / "mkdocs.yml").write_text(settings + "hooks: [hook.py]\n")
    build(ours)
    (ours / "mkdocs.yml").write_text(settings)
    for copy in (written, without):
        (copy / "mkdocs.yml").write_text(settings.replace("module_name: macros", "module_name: nothing"))
        (copy / "nothing.py").write_text("def define_env(env):\n    pass\n")
    for page in (ours / "written").rglob("*.md"):
        name = page.relative_to(ours / "written")
        (written / "docs" / name).write_text(page.read_text(encoding="utf-8"))
        text = (without / "docs" / name).read_text(encoding="utf-8")
        (without / "docs" / name).write_text(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL))
    return ours, written, without


def proof(runs: int) -> float:
    """The median of the seconds of processor time that it takes to read this site's procedures and to play them all."""
    docs = ROOT / "docs"
    site = Site(docs, extensions=("toc", "attr_list"), snippets=read_snippets([docs / "_data"], (), ROOT))
    actions, rules = read_data(site, ROOT).actions, read_rules(docs, ROOT)
    costs = []
    for _ in range(runs):
        start = time.process_time()
        read_procedures(site, actions, rules)
        costs.append(time.process_time() - start)
    return statistics.median(costs)


def report(folder: Path, runs: int, pages: Sequence[int] = PAGES) -> str:
    """The tables of the build, as Markdown."""
    runs = max(runs, 3)
    ours, written, without = median(this_site(folder / "site"), runs)
    added, proved = ours.seconds - written.seconds, proof(runs)
    lines = [
        "### The build of this site", "",
        "| Build | Processor time | Peak memory |", "| --- | --- | --- |",
        f"| Without tables and trees | {without.seconds:.2f} s | {without.memory:.0f} MiB |",
        f"| With those that our macros make, written in the pages | {written.seconds:.2f} s | {written.memory:.0f} MiB |",
        f"| With our macros | {ours.seconds:.2f} s | {ours.memory:.0f} MiB |", "",
        f"Our macros add {added:.2f} s, {added / written.seconds:.0%} of the build. "
        f"To prove every procedure takes {proved:.2f} s, {proved / ours.seconds:.0%} of it. "
        f"Medians of {runs} runs, Python {platform.python_version()}.", "",
    ]
    lines += growth("A page with a large tree", "Questions", QUESTIONS, [
        make_project(folder / f"tree-{number}", one_page(number)) for number in (1, *QUESTIONS)
    ], runs)
    data = ROOT / "docs" / "_data" / "upgrade.yml"
    lines += growth("Many pages with the upgrade tree", "Pages", pages, [
        make_project(folder / f"pages-{number}", many_pages(number, data)) for number in (1, *pages)
    ], 1)
    return "\n".join(lines)


def growth(title: str, unit: str, sizes: Sequence[int], projects: Sequence[Path], runs: int) -> list[str]:
    """A table of costs by size. The first project is the smallest there is; each further one costs that and its size."""
    base, *costs = median(projects, runs)
    lines = [
        f"### {title}", "",
        f"| {unit} | Processor time | For each, beyond the first | Peak memory |", "| --- | --- | --- | --- |",
    ]
    for size, cost in zip(sizes, costs, strict=True):
        each = 1000 * (cost.seconds - base.seconds) / (size - 1)
        lines.append(f"| {size:,} | {cost.seconds:.2f} s | {each:.1f} ms | {cost.memory:.0f} MiB |")
    return [*lines, ""]
