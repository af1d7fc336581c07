"""What a page looks like on paper."""

import io
import re
import unicodedata

from playwright.sync_api import Page
from pypdf import PdfReader


class Sheets:
    """The text of the printed page; `in` ignores line breaks, hyphenation and ligatures."""

    def __init__(self, page: Page) -> None:
        page.emulate_media(media="print")
        self.text = self.plain("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))

    @staticmethod
    def plain(text: str) -> str:
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))

    def __contains__(self, text: str) -> bool:
        return self.plain(text) in self.text
