"""An id that a page has twice is named at its second place; what is no second id is let alone."""

import pytest
from support.rules import form

from macros.page.ids import doubled_ids
from macros.page.rendered import render_page
from macros.procedure.extension import Marks
from macros.source.mistake import said

EXTENSIONS = ("admonition", "attr_list", "tables", "toc", "md_in_html", "pymdownx.superfences")
RIGHT = """\
# House

## Door { #door }

## Door

<a id="window" name="window"></a>

`{ #door }` and `<p id="door">` in code, {{ picture("#door") }} and [a link](#door).

<!-- <p id="door"> -->

```text
## Door { #door }
```

## Window { #Door }
"""


def found(text: str, **snippets: str) -> list[str]:
    texts = {"page": text, **snippets}
    whole = text
    for name, snippet in snippets.items():
        whole = whole.replace(f'--8<-- "{name}"', snippet)
    page = render_page(whole, (*EXTENSIONS, Marks(form().beginnings())), {})
    return [line for name, mistake in doubled_ids(page, texts) for line in said(name, [mistake])]


def test_ids_that_differ_and_ids_in_code_are_let_alone() -> None:
    assert found(RIGHT) == []


@pytest.mark.parametrize(("second", "column"), [
    ("## Gate { #door }", 12), ("## Gate {#door}", 11), ("## Gate {: .wide #door }", 19), ("Text.\n{: #door }", 5),
    ('<p id="door">Gate</p>', 8), ("<p class=a id='door'>Gate</p>", 16), ("<p id=door>Gate</p>", 7), ('<a name="door"></a>', 10),
    ('<div markdown\n  ID="door">\n\nGate\n\n</div>', 7), ("[Gate](a.md){ #door }", 16), ('[Gate](a.md){ id="door" }', 19),
])
def test_the_second_place_of_an_id_is_named(second: str, column: int) -> None:
    [line] = found(f"{RIGHT}\n{second}\n")
    number = RIGHT.count("\n") + 1 + second[:second.index("door")].count("\n") + 1
    assert line.startswith(f'page:{number}:{column}: The id "door" appears twice (first in line 3). Give one of them another id'), line


def test_each_further_place_is_named() -> None:
    lines = found("# A\n\n## B { #b }\n\n## C { #b }\n\n## D { #b }\n")
    assert [line.split(":")[1] for line in lines] == ["5", "7"] and all("(first in line 3)" in line for line in lines)


def test_an_id_in_a_snippet_is_named_there() -> None:
    [line] = found('# A\n\n--8<-- "note"\n\n## B { #b }\n', note="Text.\n\n## C { #b }\n")
    assert line.startswith('note:3:9: The id "b" appears twice (first in line 5 of page).')


@pytest.mark.parametrize(("text", "place"), [
    ('# A\n\n--8<-- "note"\n\n--8<-- "note"\n', "note:1:9"), ('# A\n\n## Two words\n\n<p id="two-words">B</p>\n', "page:5:8"),
])
def test_an_id_that_is_written_once_and_shown_twice_is_named(text: str, place: str) -> None:
    snippets = {"note": "## C { #b }\n"} if "note" in text else {}
    [line] = found(text, **snippets)
    assert line.startswith(f"{place}: The id ") and "is on one page twice." in line
