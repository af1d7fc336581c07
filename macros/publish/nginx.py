"""Fill in nginx.conf, beside this file, for a built site, and print it.

    python3 -m macros nginx SITE [ADDRESS:PORT]      the address is 127.0.0.1:8080 if none is given

The Content-Security-Policy names each inline script of the site's pages by its hash, so run this
again after each build with another release of the theme, and reload nginx.
"""

import base64
import hashlib
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

# What a browser runs; a block of JSON is not.
RUN = (None, "", "module", "text/javascript")

# What nginx reads in a text in quotes as something else: the end of it, a variable, a line break as `\n`.
UNFIT = re.compile(r'["$\\]')


class Scripts(HTMLParser):
    """Collects the text of each inline script that a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and "src" not in values and values.get("type") in RUN:
            self.text = ""

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.text is not None:
            self.texts.add(self.text)
        self.text = None


def hashes(site: Path) -> list[str]:
    """The sources that a Content-Security-Policy needs for the inline scripts of all pages."""
    scripts = Scripts()
    for page in site.rglob("*.html"):
        scripts.feed(page.read_text(encoding="utf-8"))
        scripts.reset()
    digests = (hashlib.sha256(text.encode()).digest() for text in scripts.texts)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def root(site: Path) -> str:
    """The whole path of a site, as it stands in quotes in nginx.conf. Raises ValueError for one that cannot."""
    path = str(site.resolve())
    if found := UNFIT.search(path):
        raise ValueError(f"nginx cannot serve {path}: it reads the {found[0]} in it as something else. Put the site into a folder without it.")
    return path


def configuration(site: Path, listen: str) -> str:
    """The text of nginx.conf for a built site, to listen at an address."""
    text = Path(__file__).with_suffix(".conf").read_text(encoding="utf-8")
    values = {"@ROOT@": f'"{root(site)}"', "@LISTEN@": listen, "@SCRIPTS@": " ".join(hashes(site))}
    for word, value in values.items():
        text = text.replace(word, value)
    return text


def main(arguments: list[str]) -> int:
    match arguments:
        case [site, *rest] if len(rest) <= 1 and (Path(site) / "index.html").is_file():
            try:
                print(configuration(Path(site), *rest or ["127.0.0.1:8080"]), end="")
            except ValueError as error:
                print(error, file=sys.stderr)
                return 1
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
