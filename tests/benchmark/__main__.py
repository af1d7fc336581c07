"""Measure, print the tables, and keep them in docs/contributing/benchmark.md.

    python3 -m macros benchmark [reading] [building] [tables] [lighthouse] [--runs N] [--pages 10 100 1000]
"""

import argparse
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from benchmark import building, lighthouse, reading, tables  # noqa: E402

PAGE = TESTS.parent / "docs" / "contributing" / "benchmark.md"
PARTS = ("reading", "building", "tables", "lighthouse")


def keep(part: str, found: str) -> None:
    """Put the tables of a part in their place on the page."""
    start, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    before, rest = PAGE.read_text(encoding="utf-8").split(start)
    PAGE.write_text(f"{before}{start}\n{found}\n{end}{rest.split(end)[1]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m macros benchmark", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all if none is named")
    parser.add_argument("--runs", type=int, default=5, help="how often each thing is measured")
    parser.add_argument("--pages", type=int, nargs="+", default=building.PAGES, help="how many pages with a tree")
    options = parser.parse_args()
    for part in options.parts:
        if part not in PARTS:
            parser.error(f"there is no part {part}; write one of: {', '.join(PARTS)}")
    measures = {
        "reading": lambda folder: reading.report(folder, options.runs),
        "building": lambda folder: building.report(folder, options.runs, options.pages),
        "tables": tables.report,
        "lighthouse": lambda folder: lighthouse.report(folder, options.runs),
    }
    for part in options.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            found = measures[part](Path(folder))
        print(found, flush=True)
        keep(part, found)


if __name__ == "__main__":
    main()
