"""A wrong macro call in a page is named with its line and its fix."""

import pytest

from macros.page.calls import Calls, ids_made, with_boxes


def tree(tree: str) -> str:
    return tree


def table(tree: str, caption: str = "") -> str:
    return tree + caption


CALLS = Calls({"decision_tree": tree, "comparison_table": table}, {"tree": ["upgrade", "recovery"]})


@pytest.mark.parametrize("text", [
    '{{ decision_tree("upgrade") }}',
    "{{ comparison_table('recovery', caption='x') }}",
    '{{ decision_tree(\n  tree="upgrade"\n) }}',
    "{% raw %}{{ nothing }} {% if %}{% endraw %}",
    "a { brace } and { #id }",
    "{# a remark #}",
    "",
])
def test_a_right_call_is_right(text: str) -> None:
    assert CALLS.mistakes(text) == []


@pytest.mark.parametrize(("call", "column", "words"), [
    ('{{ decision_tree("upgrad") }}', 19, ['There is no tree "upgrad"', 'Did you mean "upgrade"?', "upgrade, recovery"]),
    ('{{ decision_tree(tree="") }}', 1, ['There is no tree ""', "upgrade, recovery"]),
    ('{{ decison_tree("upgrade") }}', 4, ['There is no macro "decison_tree"', 'Did you mean "decision_tree"?']),
    ("{{ decision_tree() }}", 4, ["missing a required argument", '{{ decision_tree("upgrade") }}']),
    ('{{ decision_tree("upgrade", "x") }}', 4, ["too many positional arguments", '{{ decision_tree("upgrade") }}']),
    ('{{ decision_tree(name="upgrade") }}', 4, ["'tree'"]),
    ('{{ comparison_table("upgrade", title="x") }}', 4, ["'title'", '{{ comparison_table("upgrade", "caption") }}']),
    ("{{ decision_tree(upgrade) }}", 4, ["word in quotes", '{{ decision_tree("upgrade") }}']),
    ("{{ decision_tree(*['upgrade']) }}", 4, ["word in quotes"]),
    ("{{ decision_tree(7) }}", 4, ["word in quotes", '{{ decision_tree("upgrade") }}']),
    ('{{ comparison_table("upgrade", caption=none) }}', 4, ["word in quotes"]),
    ('{{ decision_tree("upgrade") }} {{ decision_tree("upgrad") }}', 50, ['There is no tree "upgrad"']),
    ('{% raw %}{{ decision_tree("upgrad") }}{% endraw %} {# upgrad #} {{ decision_tree("upgrad") }}', 83, ['There is no tree "upgrad"']),
    ('upgrad {{ decision_tree("upgrad") }}', 26, ['There is no tree "upgrad"']),
    ("{{ upgrade }}", 4, ['"upgrade" is between braces', "{% raw %}"]),
    ("{{ 7 * 7 }}", 1, ["Only macro calls", "{% raw %}"]),
    ("{% if true %}x{% endif %}", 1, ["Only macro calls"]),
    ('{{ decision_tree("upgrade") | safe }}', 1, ["Only macro calls"]),
    ('{{ decision_tree("upgrade" }}', 1, ["cannot be read", '{{ macro("word") }}']),
    ('{{ decision_tree("upgrade) }}', 1, ["quotation mark of the macro call is not closed", '{{ macro("word") }}']),
    ("it's {{ decision_tree('upgrade) }}, isn't it", 6, ["quotation mark"]),
    ('{{ decision_tree("upgrade) }}\n\n{{ comparison_table("upgrade") }}', 1, ["quotation mark"]),
    ('{% raw %}{{ a("b) }}{% endraw %} {{ decision_tree(upgrade") }}', 34, ["quotation mark"]),
    ("""{{ comparison_table("upgrade", caption="It's") }} {% if %}""", 51, ["cannot be read"]),
    ("text {{ decision_tree('upgrade')", 6, ["cannot be read"]),
    ("{% endif %}", 1, ["cannot be read"]),
    ("## Title {#id}", 10, ["`{#` and not closed", "`{ #id }`"]),
])
def test_a_wrong_call_is_named_with_its_place_and_fix(call: str, column: int, words: list[str]) -> None:
    (mistake,) = CALLS.mistakes(f"# Page\n\n{call}\n")
    assert (mistake.line, mistake.column) == (3, column)
    for word in words:
        assert word in f"{mistake.what} {mistake.fix}"


def test_all_wrong_calls_of_a_page_are_named() -> None:
    text = '{{ decision_tree("a") }} {{ nothing("b") }}\n\n{{ comparison_table() }}\n'
    assert [(one.line, one.column) for one in CALLS.mistakes(text)] == [(1, 19), (1, 29), (3, 4)]


def test_the_preview_puts_a_box_in_place_of_each_wrong_line_and_keeps_the_rest() -> None:
    text = '# Page\n\n{{ nothing("<b>") }}\n\n{{ decision_tree("upgrade") }}\n\n{{ decision_tree("upgrade" }}\nlast\n'
    shown = with_boxes(text, "docs/page.md", CALLS)
    assert CALLS.mistakes(shown) == [], "what is shown can be rendered"
    assert shown.count("data-mistake") == 2
    assert "docs/page.md:3:4:" in shown and "docs/page.md:7:1:" in shown
    assert '{{ decision_tree("upgrade") }}' in shown and "last" in shown and "# Page" in shown
    assert "<b>" not in shown


def test_a_page_that_cannot_be_read_at_all_is_shown_as_a_box() -> None:
    shown = with_boxes("# Page\n\n{% if x %}\n\nlast", "docs/page.md", CALLS)
    assert CALLS.mistakes(shown) == [] and "data-mistake" in shown and "docs/page.md:" in shown


MAKES_IDS = Calls({"tree": lambda tree: f'<p id="{tree}"><b id="{tree}-b">', "list": lambda: '<ul id="list">'}, {"tree": ["a", "b"]})


@pytest.mark.parametrize(("text", "ids"), [
    ('{{ tree("a") }}\n\n<p id="c">{{ list() }}', {"a", "a-b", "list"}),
    ('{{ tree(tree="b") }} {% raw %}{{ tree("a") }}{% endraw %}', {"b", "b-b"}),
    ('{{ tree("c") }}', None),
    ('---\nrender_macros: false\n---\n`{{ tree("c") }}`', set()),
])
def test_the_ids_that_the_macros_of_a_page_make_are_known(text: str, ids: set[str] | None) -> None:
    assert ids_made(text, MAKES_IDS) == ids
