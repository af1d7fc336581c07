"""Where in the sources a mistake of the built site is: MkDocs names the page, not the line."""

import re
from pathlib import Path

# What MkDocs says of a link; the page and the link as it is written.
DOC_FILE = re.compile(r"Doc file '(?P<page>[^']+)' contains an? .*?link '(?P<link>[^']*)'.*")
# What `wrong_links` says of a link in the built HTML.
BUILT = re.compile(r"(?P<html>\S+\.html): <\w+> (?P<link>.*)")


def located(said: list[str], project: Path) -> list[str]:
    """`file:line: …` for each line that names a page and a link of it; the others are left out."""
    found = []
    for line in said:
        if match := DOC_FILE.search(line):
            page = f"docs/{match['page']}"
            found.append(f"{page}:{line_of(project / page, match['link'])}: {match[0]}")
        elif match := BUILT.match(line):
            place = source_of(match["html"], match["link"], project)
            found.append(f"{place}: The link \"{match['link']}\" leads nowhere, or out of the site.")
    return found


def source_of(html: str, link: str, project: Path) -> str:
    """The page's source and the line of a link in it, or else in the settings."""
    stem = html.removesuffix("index.html").removesuffix(".html").rstrip("/")
    for page in (f"docs/{stem}.md", f"docs/{stem}/index.md".replace("//", "/")):
        if (project / page).is_file() and link in (project / page).read_text(encoding="utf-8"):
            return f"{page}:{line_of(project / page, link)}"
    # An asset that every page asks for stands in the settings.
    return f"mkdocs.yml:{line_of(project / 'mkdocs.yml', link.lstrip('./'))}"


def line_of(path: Path, text: str, time: int = 1) -> int:
    """The line, from 1, in which a text stands for the nth time; 1 where it does not."""
    if not path.is_file():
        return 1
    lines = [number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line]
    return lines[min(time, len(lines)) - 1] if lines else 1
