"""The same decision in three ways, as sites in the same theme: our tree, a Mermaid diagram, a plain list."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from support.sites import ROOT, make_project

from macros.decision.model import Decision
from macros.source.load import load

MERMAID = "11.17.2"
DATA = ROOT / "docs" / "_data" / "upgrade.yml"


class Way(NamedTuple):
    """A site, and where in it a reader looks and clicks. Selectors are CSS."""

    name: str
    project: Path
    choice: str  # there as soon as the choice can be read
    link: str  # what the reader clicks at the first question
    following: str  # the next question
    script: str  # the name of the script that the way needs, without its end, or an empty text


def ways(folder: Path) -> list[Way]:
    """The three sites, not yet built."""
    decision = load(DATA, DATA.name, Decision)
    first = decision.questions[decision.start]
    name, answer = next((name, answer) for name, answer in first.answers.items() if answer.goto)
    others = {path.name: f"# {path.stem}\n" for path in ROOT.glob("docs/*.md") if path.name != "index.md"}

    def project(name: str, page: str, settings=str) -> Path:
        text = f"# {decision.title}\n\n{page}"
        return make_project(folder / name, {**others, "index.md": text, f"_data/{DATA.name}": DATA.read_text()}, settings)

    def without_ours(settings: str) -> str:
        return re.sub(r"^extra_css:\n(?:  .*\n)*", "", settings, flags=re.MULTILINE)

    def with_mermaid(settings: str) -> str:
        fence = ("  - pymdownx.superfences:\n      custom_fences:\n        - name: mermaid\n          class: mermaid\n"
                 "          format: !!python/name:pymdownx.superfences.fence_code_format\n")
        settings = without_ours(settings).replace("  - pymdownx.superfences\n", fence)
        return settings.replace("extra_javascript:\n", "extra_javascript:\n  - assets/mermaid.min.js\n")

    found = [
        Way("The tree of this site", project("ours", f'{{{{ decision_tree("{DATA.stem}") }}}}\n'),
            ".is-live [data-question]:not([hidden])", f'[data-question="{decision.start}"] [data-answer="{name}"] button',
            f'[data-question="{answer.goto}"]:not([hidden])', "decision-tree"),
        Way("Mermaid diagram", project("mermaid", diagram(decision) + sections(decision, links=False), with_mermaid),
            "div.mermaid", f'svg a[*|href$="#{answer.goto}"]', f"#{answer.goto}", "mermaid.min"),
        Way("Markdown lists", project("lists", sections(decision, links=True), without_ours),
            f"#{decision.start}", f'article li a[href$="#{answer.goto}"]', f"#{answer.goto}", ""),
    ]
    fetch_mermaid(folder / "npm", found[1].project / "docs" / "assets")
    return found


def diagram(decision: Decision) -> str:
    """The decision as a Mermaid fence; each question leads to its section below."""
    def box(text: str) -> str:
        return '["' + text.replace('"', "'") + '"]'

    lines = ["```mermaid", "flowchart TD"]
    for name, question in decision.questions.items():
        lines += [f"  {name}{box(question.ask)}", f'  click {name} "#{name}"']
        for answer in question.answers.values():
            label = answer.label.replace('"', "'")
            lines.append(f'  {name} -->|"{label}"| {answer.goto or "to-" + answer.choose}')
    lines += [f"  to-{name}{box(outcome.title)}" for name, outcome in decision.outcomes.items()]
    return "\n".join([*lines, "```", "", ""])


def sections(decision: Decision, links: bool) -> str:
    """The decision as a section a question; with links its answers lead on."""
    lines = []
    for name, question in decision.questions.items():
        lines += [f"## {question.ask} {{ #{name} }}", "", question.help or "", ""]
        for answer in question.answers.values():
            target = f"#{answer.goto}" if answer.goto else decision.outcomes[answer.choose].page
            lines.append(f"- [{answer.label}]({target}). {answer.because}" if links else f"- {answer.label}. {answer.because}")
        lines.append("")
    for outcome in decision.outcomes.values():
        lines += [f"## {outcome.title}", "", outcome.summary or "", "", f"[{outcome.title}]({outcome.page})", ""]
    return "\n".join(lines)


def fetch_mermaid(folder: Path, assets: Path) -> None:
    """Put Mermaid's script, from npm, among the assets of a site."""
    folder.mkdir(parents=True)
    subprocess.run(["npm", "pack", "--silent", f"mermaid@{MERMAID}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    shutil.unpack_archive(folder / f"mermaid-{MERMAID}.tgz", folder)
    shutil.copy(folder / "package" / "dist" / "mermaid.min.js", assets)
