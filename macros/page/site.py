"""Pages of the site: which exist, which anchors they have, and how to link from one to another."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote, urlsplit

from macros.page.rendered import Rendered, rendered
from macros.page.snippets import Snippets
from macros.source.files import read_text
from macros.source.mistake import MistakesError

# As MkDocs reads it.
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)


@dataclass(frozen=True, eq=False)  # each reading has its own
class Site:
    """What of the site's settings a link depends on."""

    docs: Path
    directory_urls: bool = True
    excluded: Callable[[str], bool] = lambda path: False
    extensions: tuple[str, ...] = ()
    extension_configs: Mapping[str, Mapping] | None = None
    snippets: Snippets = Snippets()

    def pages(self) -> list[str]:
        """The paths of all pages below docs/, with slashes."""
        return [file for file in self.files() if file.endswith(".md")]

    def first_page(self) -> str:
        """The page that a reader opens first; where the root has none, the first by its name. Empty on a site without pages."""
        pages = self.pages()
        return "index.md" if "index.md" in pages else next(iter(pages), "")

    def files(self) -> list[str]:
        """The paths of all files below docs/ that are published, with slashes."""
        found = (path.relative_to(self.docs) for path in self.docs.rglob("*") if not path.is_dir())
        return sorted(
            path.as_posix() for path in found
            if not any(part.startswith(".") for part in path.parts) and not self.excluded(path.as_posix())
        )

    def source(self, page: str) -> str:
        """All that is written in a page. Empty where it cannot be read."""
        try:
            return read_text(self.docs / page, page)
        except MistakesError:
            return ""

    def text(self, page: str) -> str:
        """The Markdown of a page, without its front matter."""
        return FRONT_MATTER.sub("", self.source(page))

    def blank(self, page: str) -> bool:
        """Whether a page is empty or cannot be read. That is said of it once, not of each link to one of its sections."""
        return not self.text(page).strip()

    def rendered(self, page: str) -> Rendered:
        """The ids and links that the Markdown of a page makes; what its macros make is not in it."""
        text = self.text(page)
        snippets = (self.snippets.texts[name] for name in self.snippets.within(text))
        return rendered(text, snippets, self.extensions, self.extension_configs or {})

    def anchors(self, page: str) -> Set[str]:
        """The ids on a page that its Markdown makes; ids made by macros are not among them."""
        return self.rendered(page).ids

    def url(self, page: str) -> str:
        """The address of a page from the site's root, as MkDocs makes it (`a/b.md` → `a/b/`)."""
        stem = page.removesuffix(".md")
        folder, _, name = stem.rpartition("/")
        if name in ("index", "README"):
            if self.directory_urls:
                return quote(f"{folder}/") if folder else ""
            return quote(f"{folder}/index.html".lstrip("/"))
        return quote(f"{stem}/" if self.directory_urls else f"{stem}.html")

    def link(self, page_url: str, target: str) -> str:
        """The relative address of a target (`b.md#part`) for a page at `page_url`."""
        page, _, anchor = target.partition("#")
        fragment = f"#{quote(anchor)}" if anchor else ""
        return relative(page_url, self.url(page)) + fragment


def relative(page_url: str, target_url: str) -> str:
    """The relative address that leads from one address below the site's root to another."""
    folder = page_url.rpartition("/")[0]
    path = relpath(target_url or ".", folder or ".")
    slash = "/" if target_url.endswith("/") or not target_url else ""
    return "./" if (path, slash) == (".", "/") else path + slash


def leads_elsewhere(link: str) -> bool:
    """Whether an address is on another site, or of another kind, such as e-mail. Raises ValueError for one that cannot be read."""
    parts = urlsplit(link)
    return bool(parts.scheme or parts.netloc)
