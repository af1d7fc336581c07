"""Whether an address leads to another site is decided in one place."""

import re

import pytest
from support.sites import ROOT

from macros.page.site import leads_elsewhere


@pytest.mark.parametrize(("link", "elsewhere"), [
    ("https://a.example/b", True), ("//a.example/b", True), ("mailto:a@b.example", True),
    ("a.md", False), ("../a/?b=c#d", False), ("/a", False), ("#a", False), ("", False),
])
def test_an_address_of_another_site_is_told_from_one_of_this(link: str, elsewhere: bool) -> None:
    assert leads_elsewhere(link) is elsewhere


def test_nothing_else_decides_it() -> None:
    deciding = [path.name for path in (ROOT / "macros").rglob("*.py") if re.search(r"\.netloc\b", path.read_text(encoding="utf-8"))]
    assert deciding == ["site.py"]
