"""The colours of the site stand in one place, and what is printed takes them from there."""

import pytest

from macros.publish.colours import colours_in, content_of, with_colours

CSS = "/* :root { --a: no; } */\n:root,\n[data-scheme] {\n  --a-b: #123456;\n  --c: rgb(1 2 3);\n}\n\n[data-dark] { --a-b: #fff; }\n"


def test_the_colours_are_those_of_the_first_rule_for_the_root() -> None:
    assert colours_in(CSS) == {"--a-b": "#123456", "--c": "rgb(1 2 3)"}


def test_each_use_is_replaced() -> None:
    style = with_colours("h1 { color: var(--a-b); border: 1pt solid var(--c); }", colours_in(CSS))
    assert style == "h1 { color: #123456; border: 1pt solid rgb(1 2 3); }"


def test_a_colour_that_is_gone_is_named() -> None:
    with pytest.raises(ValueError, match="no longer gives --gone in its first rule"):
        with_colours("h1 { color: var(--gone); }", colours_in(CSS))


def test_a_text_becomes_the_content_of_a_style_and_cannot_leave_its_quotes() -> None:
    assert content_of("Page {page} of {all}", page="counter(page)", all="counter(pages)") == '"Page " counter(page) " of " counter(pages)'
    assert content_of('a "b" \\\nc') == '"a \\"b\\" \\\\\\a c"'
