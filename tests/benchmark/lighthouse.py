"""What Lighthouse says of every page behind nginx, beside the theme alone with the same words."""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmark.building import this_site
from support.nginx_server import free_address, nginx_server
from support.sites import Build, addressed, build_own, mkdocs_build

RELEASE = "lighthouse@12.8.2"
PROFILES = {"Phone": [], "Desktop": ["--preset=desktop"]}
# The performance of these is measured, on a phone; the other scores are those of every page.
PAGES = [
    "/", "/upgrade/", "/upgrade-with-downtime/", "/upgrade-no-downtime/", "/recovery/", "/replication-states/", "/window/", "/commands/",
    "/installation/", "/failover/", "/planned-switch/", "/standby-maintenance/", "/questions-upgrade/", "/glossary/", "/status-checks/",
]
RULES = {"accessibility": "Accessibility", "best-practices": "Best practices", "seo": "SEO"}


def theme_alone(folder: Path, url: str) -> Build:
    """This site with its tables and trees as they are without JavaScript, and without our style, scripts and templates."""
    _, project, _ = this_site(folder)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^extra_css:.*?(?=^markdown_extensions:)", "", settings, flags=re.MULTILINE | re.DOTALL)
    (project / "mkdocs.yml").write_text(settings.replace("  custom_dir: macros/theme\n", ""), encoding="utf-8")
    return mkdocs_build(project, url)


def scores(program: list[str | Path], url: str, profile: str, categories: list[str], folder: Path) -> dict[str, int]:
    """Category → score from 0 to 100. Prints what costs points. Raises CalledProcessError."""
    told = folder / "lighthouse.json"
    command = [
        *program, url, "--output=json", f"--output-path={told}", "--quiet", f"--only-categories={','.join(categories)}",
        "--chrome-flags=--headless=new --no-sandbox", *PROFILES[profile],
    ]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    # Now and then the browser's trace has no beginning; Lighthouse then asks to be run again.
    if subprocess.run(command, env=environment, stderr=subprocess.DEVNULL).returncode:
        subprocess.run(command, env=environment, check=True)
    report = json.loads(told.read_text(encoding="utf-8"))
    for category in report["categories"].values():
        for one in category["auditRefs"]:
            audit = report["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"{profile} {url}: {audit['id']} {audit['score']} {audit.get('displayValue', '')}", file=sys.stderr)
    return {name: round(100 * (category["score"] or 0)) for name, category in report["categories"].items()}


def fetch(folder: Path) -> list[str | Path]:
    """Install Lighthouse from npm into a folder; the command that runs it."""
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, RELEASE], check=True)
    return [folder / "node_modules" / ".bin" / "lighthouse"]


def report(folder: Path, runs: int) -> str:
    """The tables of Lighthouse, as Markdown."""
    program = fetch(folder / "npm-lighthouse")
    ours, alone = free_address(), free_address()
    for name in ("lighthouse-ours", "nginx-ours", "nginx-alone"):
        (folder / name).mkdir()
    build = addressed(folder, "ours", build_own, folder / "lighthouse-ours", f"http://{ours}/")
    plain = theme_alone(folder / "lighthouse-alone", f"http://{alone}/")
    assert plain.code == 0, plain.output

    def score(address: str, page: str, profile: str, categories: list[str]) -> dict[str, int]:
        return scores(program, f"http://{address}{page}", profile, categories, folder)

    with ExitStack() as stack:
        stack.enter_context(nginx_server(build.site, folder / "nginx-ours", ours))
        stack.enter_context(nginx_server(plain.site, folder / "nginx-alone", alone))
        return "\n".join([
            "### Lighthouse", "", f"{RELEASE.replace('@', ' ')}. Performance is that on a phone, the median of {runs} runs, with the lowest and the highest.", "",
            *speed(lambda *what: score(*what, ["performance"])["performance"], ours, alone, runs), "",
            *rules(lambda *what: score(ours, *what, list(RULES)), build.site), "",
        ])


def speed(score: Callable[[str, str, str], int], ours: str, alone: str, runs: int) -> list[str]:
    """The table of performance on a phone. The two sites take turns."""
    lines = ["| Page | Performance | The theme alone |", "| --- | --- | --- |"]
    for page in PAGES:
        rounds = [(score(ours, page, "Phone"), score(alone, page, "Phone")) for _ in range(runs)]
        said = [f"{statistics.median(one):.0f} ({min(one)} to {max(one)})" for one in zip(*rounds, strict=True)]
        lines.append(f"| `{page}` | {' | '.join(said)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def rules(score: Callable[[str, str], dict[str, int]], site: Path) -> list[str]:
    """The table of the other scores: the lowest of all pages."""
    pages = sorted(f"/{page.parent.relative_to(site).as_posix()}/".replace("/./", "/") for page in site.rglob("index.html"))
    lines = [f"| Profile | Pages | {' | '.join(f'{name}, lowest' for name in RULES.values())} |", "| --- | --- | --- | --- | --- |"]
    for profile in PROFILES:
        found = {page: score(page, profile) for page in pages}
        lowest = " | ".join(str(min(one[rule] for one in found.values())) for rule in RULES)
        lines.append(f"| {profile} | {len(pages)} | {lowest} |")
    return lines
