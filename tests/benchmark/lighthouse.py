"""Measure the site behind nginx with Lighthouse, and print the result as a Markdown table.

    python tests/benchmark/lighthouse.py [--runs 5] [PAGE …]

Needs Node (`npx` fetches Lighthouse) or a `lighthouse` of your own on the PATH. Performance is the
median of the runs on the main pages, or on those given (`/upgrade/`); the other scores are of one
run on every page. Run it while the machine has nothing else to do.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import build_own  # noqa: E402
from nginx_server import free_address, nginx_server  # noqa: E402

RELEASE = "lighthouse@12.8.2"
PROFILES = {"Phone": [], "Desktop": ["--preset=desktop"]}
MAIN = ["/", "/upgrade/", "/upgrade-with-downtime/", "/upgrade-no-downtime/", "/recovery/"]
RULES = ["accessibility", "best-practices", "seo"]


def measure(url: str, profile: str, categories: list[str]) -> dict[str, int]:
    """Category → score from 0 to 100. Prints what costs points. Raises CalledProcessError."""
    program = ["lighthouse"] if shutil.which("lighthouse") else ["npx", "--yes", RELEASE]
    done = subprocess.run(
        [*program, url, "--output=json", "--quiet", f"--only-categories={','.join(categories)}",
         "--chrome-flags=--headless=new --no-sandbox", *PROFILES[profile]],
        capture_output=True, text=True, check=True,
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
    )
    report = json.loads(done.stdout)
    for category in report["categories"].values():
        for one in category["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"{profile} {url}: {audit['id']} {audit['score']} {audit.get('displayValue', '')}", file=sys.stderr)
    return {name: round(100 * (category["score"] or 0)) for name, category in report["categories"].items()}


def row(url: str, page: str, profile: str, runs: int) -> str:
    """One line of the table."""
    scores = measure(url + page, profile, RULES)
    speed = [measure(url + page, profile, ["performance"])["performance"] for _ in range(runs)]
    said = f"{statistics.median(speed):.0f} ({min(speed)} to {max(speed)})" if speed else ""
    return f"| `{page}` | {profile} | {said} | " + " | ".join(str(scores[rule]) for rule in RULES) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = free_address()
        project, prefix = Path(folder, "project"), Path(folder, "nginx")
        project.mkdir()
        prefix.mkdir()
        build = build_own(project, f"http://{address}/")
        every = sorted(f"/{page.parent.relative_to(build.site).as_posix()}/".replace("/./", "/")
                       for page in build.site.rglob("index.html"))
        print("| Page | Profile | Performance, median (range) | Accessibility | Best practices | SEO |")
        print("| --- | --- | --- | --- | --- | --- |")
        with nginx_server(build.site, prefix, address):
            for page in arguments.pages or every:
                for profile in PROFILES:
                    main_page = page in (arguments.pages or MAIN)
                    print(row(f"http://{address}", page, profile, arguments.runs if main_page else 0), flush=True)


if __name__ == "__main__":
    main()
