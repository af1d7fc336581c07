"""The styles and scripts as they are served, each with a fingerprint in its name.

The styles become one file without comments, and the scripts lose their comments and indentation. A browser may keep a file for good whose name changes with what it holds.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rjsmin import jsmin

from macros.source.files import SETTINGS, is_leftover, named, position, read_text
from macros.source.mistake import Mistake, MistakesError, near_miss, said

FOLDER = "assets"
# What a style consists of, as far as joining it with others goes: comments, strings and pictures in
# the style itself are passed over.
TOKEN = re.compile(
    r"""/\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | url\(\s*["']?(?:data:|\#)
    | (?P<file>@import|url\() | (?P<comment>/\*) | (?P<brace>[{}])""",
    re.DOTALL | re.VERBOSE,
)

# Comments, and strings that may look like one.
COMMENT = re.compile(r"""/\*.*?\*/\n?|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)

# The first line of a script whose functions a browser should prepare when it loads: a first click does not wait for them.
EAGER = b"//# allFunctionsCalledOnLoad\n"


@dataclass
class Assets:
    """What is served in place of the sources.

    `names` leads from the path of a source to that of the file which is served for it, both from
    the site's root; `files` holds what is in each of these. `mistakes` are lines for a writer.
    """

    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def add(self, sources: Iterable[str], name: str, content: bytes) -> None:
        """Serve the content for these sources, under a name (`a/b.css`) that gets its fingerprint."""
        path = with_fingerprint(name, content)
        self.files[path] = content
        self.names |= dict.fromkeys(sources, path)


def with_fingerprint(name: str, content: bytes) -> str:
    """`a/b.css` → `a/b.0123abcd.css`, the digits from the content."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"


def read_assets(docs: Path, project: Path, styles: Collection[str], scripts: Collection[str] = (), words: str = "") -> Assets:
    """What is served for the styles that the settings name, and for every script in docs/assets/.

    `scripts` are those that the settings name; they too must be there. Paths begin at `docs`; an
    address of another host is left as it is. `words` is a style that stands before the others. Names in messages are paths below `project`.
    """
    assets, texts = Assets(), {}
    for path in dict.fromkeys(path for path in (*styles, *scripts) if "//" not in path):
        file = docs / path
        if not file.is_file():
            assets.mistakes += said(SETTINGS, [no_such_file(path, docs, project)])
        elif path in styles:
            try:
                texts[path] = read_text(file, named(file, project))
            except MistakesError as error:
                assets.mistakes += error.lines
    for path, text in texts.items():
        assets.mistakes += said(named(docs / path, project), mistakes_in_style(text))
    if texts:
        assets.add(texts, f"{FOLDER}/site.css", joined([*filter(None, [words]), *texts.values()]).encode())
    for path in sorted((docs / FOLDER).glob("*.js")):
        if path.is_file() and not is_leftover(path):
            name = path.relative_to(docs).as_posix()
            assets.add([name], name, minified(path.read_bytes()))
    return assets


def minified(script: bytes) -> bytes:
    """A script without its comments and indentation, but with what its first line asks of a browser."""
    return (EAGER if script.startswith(EAGER) else b"") + jsmin(script)


def joined(styles: Iterable[str]) -> str:
    """The texts of styles as one, in their order and without comments."""
    return "\n".join(f"{COMMENT.sub(kept, text).strip()}\n" for text in styles)


def kept(match: re.Match[str]) -> str:
    """What is served of a part of a style: all but a comment."""
    return "" if match[0].startswith("/*") else match[0]


def mistakes_in_style(css: str) -> list[Mistake]:
    """What is wrong with a style once others stand before and after it, in another folder."""
    found, opened = [], []

    def note(index: int, what: str, fix: str) -> None:
        found.append(Mistake(*position(css, index), what, fix))

    for match in TOKEN.finditer(css):
        if match["file"]:
            note(match.start(), f'"{match["file"]}" names another file, which is not found from the joined style.',
                 "List a style below `extra_css` in mkdocs.yml; write a picture as `url(data:…)`.")
        elif match["comment"]:
            note(match.start(), "A comment is opened and not closed.", "Write `*/` where it ends.")
            break
        elif match["brace"] == "{":
            opened.append(match.start())
        elif match["brace"] and opened:
            opened.pop()
        elif match["brace"]:
            note(match.start(), 'A "}" closes nothing.', "Delete it, or write the \"{\" that it closes.")
    for index in opened:
        note(index, 'A "{" is not closed.', 'Write "}" where it ends.')
    return found


def no_such_file(path: str, docs: Path, project: Path) -> Mistake:
    """The mistake for a style or script that the settings name and that is not there."""
    # Another file may hold the settings.
    settings = read_text(project / SETTINGS, SETTINGS) if (project / SETTINGS).is_file() else ""
    known = [file.relative_to(docs).as_posix() for file in (docs / FOLDER).rglob("*") if file.suffix in (".css", ".js")]
    return Mistake(*position(settings, max(settings.find(path), 0)), f'There is no file "{path}" in {named(docs, project)}/.',
                   f"{near_miss(path, known)}Write the path of one, or delete the line.")


def write_assets(assets: Assets, site: Path) -> None:
    """Put what is served into the site."""
    for path, content in assets.files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
