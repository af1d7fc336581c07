"""Measure, print the tables, and keep them in docs/contributing/benchmark.md.

    python3 .ci/project.py benchmark [--runs N] [--pages 10 100 1000]
"""

import argparse
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from benchmark import building, reading  # noqa: E402
from benchmark.ways import MERMAID  # noqa: E402

PAGE = TESTS.parent / "docs" / "contributing" / "benchmark.md"
START, END = "<!-- results -->\n", "<!-- end of results -->"


def main() -> None:
    parser = argparse.ArgumentParser(prog="project.py benchmark", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each thing is measured")
    parser.add_argument("--pages", type=int, nargs="+", default=building.PAGES, help="how many pages with a tree")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        # Each part is shown when it is done: the whole takes minutes.
        parts = [
            "## The last run\n\n"
            f"Medians of {options.runs} runs. Mermaid {MERMAID}, Material for MkDocs {version('mkdocs-material')}, "
            f"Python {platform.python_version()}.\n"
        ]
        for measure in (
            lambda: reading.report(folder, options.runs),
            lambda: building.report(folder, options.runs, options.pages),
        ):
            parts.append(measure())
            print(parts[-1], flush=True)
        text = "\n".join(parts)
    before, rest = PAGE.read_text(encoding="utf-8").split(START)
    PAGE.write_text(f"{before}{START}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
