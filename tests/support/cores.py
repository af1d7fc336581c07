"""The cores of the scripts, on an empty page without a site."""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page
from support.sites import ROOT

ASSETS = ROOT / "docs" / "assets"
LONG = 100_000  # characters; to pack fewer takes longer than to send them
UNPACKED = "await new Response(new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt())]).stream().pipeThrough(new DecompressionStream('deflate'))).json()"


@contextmanager
def core_of(browser: Browser, *scripts: str) -> Iterator[Page]:
    """An empty page on which `core` is what the last script gives to the tests, `shared` what scripts share. It fails on any error."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in ("shared.js", *scripts):
        page.add_script_tag(path=str(ASSETS / name))
    page.evaluate("window.core = [...document.scripts].at(-1).core")
    yield page
    page.close()
    assert errors == []


def called(page: Page, function: str, value: Any = None) -> Any:
    """What a function of the page gives for a value. Both go as text: Playwright looks through each part of other values, which takes longer
    than the work. A long one goes packed: on its way to the page it is copied many times.
    """
    given, text = "JSON.parse(text)", json.dumps(value)
    if len(text) > LONG:
        given, text = UNPACKED, b64encode(zlib.compress(text.encode(), 1)).decode()
    found = page.evaluate(f"async (text) => JSON.stringify(await ({function})({given}))", text)
    return None if found is None else json.loads(found)
