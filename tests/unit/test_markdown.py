"""Markdown that goes wrong in silence: each slip is named with its line, and right Markdown is let alone."""

import random

import pytest

from macros.content.markdown import silent_mistakes
from macros.source.code import fenced

RIGHT = '''# Title

A paragraph with `|` and {{ no_call }} in it.

!!! note "A title"

    A text.

    | One | Two |
    | --- | --- |
    | `a|b` | a \\\\| b |

!!! warning "A title alone"

## Section

??? note "Folded"
    A text without a blank line.

1. **One:** text.

    ```text
# no title
    | no table
    !!! note "no callout
<<<<<<< no merge
    ```

2. Two.
    - inner
    - inner

- One
- Two
continues
**and goes on**
*to the end,*
2.5 times as long, at
-40 degrees

-without a list

   ##words, `a`# words and
`a` # words
    ## code
::| a
:-

+one
-and another

<div class="a"><details>
<summary>Words</summary>

<div
  markdown>

`<div>`

</div>

</details></DIV>

## Directly above a table
| A | B |
|---|---|
| 1 | |

### Below

#### Further below

## Up again

*[RGB]: Red, green, blue
*[CMY]: Cyan, magenta, yellow

````markdown
```shell
```yaml
```
````

~~~text
```shell
~~~

```text
```a``` b
```

<!--
# no title
| no table
- no list
-->

{{ macro("x") }}
'''

SLIPS = {
    "a callout whose text is not indented": ('!!! note "Stop"\n\nThe text.\n', 3, "is not part of it"),
    "indented too little": ('!!! note "Stop"\n\n  The text.\n', 3, "Indent it by four spaces"),
    "directly below, not indented": ('!!! warning "Stop"\nThe text.\n', 2, "Indent it by four spaces"),
    "in a list, not indented far enough": ('1. One\n\n    !!! note "Stop"\n\n    The text.\n', 5, "Indent it by four spaces"),
    "folded, not indented": ('??? note "More"\n\nThe text.\n', 3, "Indent it by four spaces"),
    "a title without its closing quote": ('!!! note "Stop: do not continue\n\n    The text.\n', 1, "no closing quotation mark"),
    "a title that is a quote alone": ('!!! note "\n\n    The text.\n', 1, "no closing quotation mark"),
    "a folded title without its closing quote": ('???+ note "More\n\n    The text.\n', 1, "no closing quotation mark"),
    "a comment that is not closed": ("A text <!-- a remark\n\nMore.\n", 1, "hides the rest of the page"),
    "a row too short": ("| A | B |\n| --- | --- |\n| 1 |\n", 3, "The row has 1 cell, and the first row has 2"),
    "a row too long": ("| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n", 3, "The row has 3 cells"),
    "dashes too few": ("| A | B |\n| --- |\n| 1 | 2 |\n", 2, "The row has 1 cell"),
    "a bar in a cell": ("| A |\n| --- |\n| a | b |\n", 3, "`&#124;`"),
    "no line of dashes": ("| A | B |\n| 1 | 2 |\n", 1, "no line of dashes"),
    "one row alone": ("Text.\n\n| A | B |\n\nText.\n", 3, "no line of dashes"),
    "dashes with a letter": ("| A | B |\n| --- | -x- |\n| 1 | 2 |\n", 1, "no line of dashes"),
    "no blank line before a table": ("Text:\n| A |\n| --- |\n| 1 |\n", 2, "no blank line before it"),
    "a fence that is not closed": ("Text.\n\n```shell\nrun\n", 3, "opened and not closed"),
    "a fence closed with fewer marks": ("````text\na\n```\n", 1, "opened and not closed"),
    "a fence that is not closed above another one": ("Text.\n\n```shell\nrun\n\nMore.\n\n```shell\nrun\n```\n", 3, "opened and not closed"),
    "fences that are not closed, one in a list": ("```text\na\n\n1. B:\n\n    ```shell\n    run\n\n```{ .shell }\nrun\n```\n", [1, 6], "Write ``` on a line"),
    "an item with another kind of space": ("- A\n-\u00a0B\n", 2, "looks like a space, and is another character"),
    "lines with other kinds of spaces": ("##\u2009A\n\n!!!\u00a0note\n\n\u00a0   B\n\n1.  \u3000C\n\n>\u202fD\n", [1, 3, 5, 7, 9], "Type a space in its place."),
    "a fence of tildes that is not closed": ("~~~\na\n```\n", 1, "Write ~~~ on a line"),
    "a list directly below a paragraph": ("Do this:\n1. One\n2. Two\n", 2, "a part of it"),
    "bullets directly below a paragraph": ("Do this:\n- One\n", 2, "Write a blank line before it"),
    "in a callout": ('!!! note "T"\n\n    Do this:\n    - One\n', 4, "Write a blank line before it"),
    "a list within a list, indented too little": ("1. One\n  - inner\n2. Two\n", 2, "by four spaces"),
    "an item without a space": ("- one\n-two\n- three\n", 2, "Write `- ` before"),
    "the first item without a space": ("-one\n- two\n", 1, "no space behind its mark"),
    "the last item without a space": ("* one\n\n* two\n*three\n", 4, "Write `* ` before"),
    "a numbered item without a space": ("1. One\n2.Two\n", 2, "Write `2. ` before"),
    "an inner item without a space": ("1. One\n    -inner\n", 2, "Write `- ` before"),
    "two items without a space": ("Text.\n\n-one\n-two\n", [3, 4], "Write `- ` before"),
    "two numbered items without a space, below a text": ("Text:\n1.One\n2.Two\n", [2, 3], "no space behind its mark"),
    "a part that is not closed": ("<div markdown>\n\nText.\n", 1, "Write `</div>` below"),
    "a folded part that is not closed": ("Text.\n\n<details>\n<summary>More</summary>\n\n<div>\n</div>\n", 3, "Write `</details>`"),
    "a part that is closed in code alone": ("<div>\n\n```html\n</div>\n```\n", 1, "opened and not closed"),
    "one of two parts that is not closed": ("<div>\n</div>\n<div>\n", 3, "opened and not closed"),
    "a picture without words": ("Text. ![](a.png)\n", 1, "`![words](picture.png)`"),
    "a picture by reference without words": ("![ ][a]\n", 1, "has no words"),
    "a second title": ("Text.\n\n# Another\n", 3, "beside that of line 1"),
    "a level that is skipped": ("## A\n\n#### B\n", 3, "Begin the line with `###`"),
    "a level that is skipped below the title": ("### A\n", 1, "Begin the line with `##`"),
    "a merge that is not finished": ("<<<<<<< HEAD\n\nOne.\n\n=======\n\nTwo.\n\n>>>>>>> other\n", 1, "delete the lines `<<<<<<<`, `=======` and `>>>>>>>`"),
    "two merges that are not finished": ("<<<<<<< HEAD\n=======\n\nTwo.\n>>>>>>> other\n\n<<<<<<< HEAD\n=======\n>>>>>>> other\n", [1, 7], "A merge was not finished here."),
    "the last mark of a merge alone": ("One.\n\n>>>>>>> other\n", 3, "A merge was not finished here."),
    "a heading that is indented": (" ## A\n", 1, "Write its `##` at the beginning of the line."),
    "headings that are indented": ("  ## A\n\n   ### B\n", [1, 3], "The heading is indented, and is shown as text."),
    "a heading that is indented and two levels below": ("## A\n\n #### B\n", [3, 3], "Write its `####`"),
    "an aligned column": ("| A | B |\n| --- | --: |\n| 1 | 2 |\n", 2, "Write `| --- | --- |`."),
    "an aligned column, without bars at the ends": ("A | B\n:-- | ---\n1 | 2\n", 2, "aligns a column, with a style that browsers refuse on this site. Write `| --- | --- |`."),
    "an aligned column alone, in a callout": ('!!! note "T"\n\n    | A |\n    |:-:|\n    | 1 |\n', 4, "Write `| --- |`."),
    "an indented macro call": ('    {{ look_up("a") }}\n', 1, "at the beginning of the line"),
    "a macro call indented by one": (' {{ notices("a") }}\n', 1, "is indented"),
}


def numbers(lines: int | list[int]) -> list[int]:
    return lines if isinstance(lines, list) else [lines]


def test_right_markdown_is_let_alone() -> None:
    assert silent_mistakes(RIGHT) == []


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named_with_its_line(name: str) -> None:
    text, line, words = SLIPS[name]
    above = "# Title\n\n"
    found = silent_mistakes(above + text)
    assert [one.line for one in found] == [one + 2 for one in numbers(line)], found
    assert words in f"{found[0].what} {found[0].fix}"


@pytest.mark.parametrize("name", SLIPS)
def test_all_slips_of_a_text_are_named(name: str) -> None:
    """A slip does not hide another one above it."""
    text, line, _ = SLIPS[name]
    first = "# Title\n\nText:\n- One\n\n"
    assert [one.line for one in sorted(silent_mistakes(first + text))] == [4, *(one + 5 for one in numbers(line))]


def test_no_text_makes_the_check_throw() -> None:
    chance = random.Random(11)
    pieces = ["!!! note", '"', "|", "| --- |", "```", "~~~~", "1. ", "- ", "{{ a(", ")}}", "    ", "\n", "\n\n", "text", "<!--", "-->", "<div>", "</details>", "-x", "#", "`", "\\", "??? ", "ä", "\t"]
    for _ in range(2000):
        text = "".join(chance.choices(pieces, k=chance.randrange(40)))
        lines = text.count("\n") + 1
        assert all(1 <= one.line <= lines and one.column >= 1 and one.fix for one in silent_mistakes(text)), text


def test_a_long_run_of_backticks_is_read_at_once() -> None:
    """Tried part by part it would take hours."""
    assert silent_mistakes(f"| {'`' * 100_000} |\n| --- |\n") == []


@pytest.mark.parametrize(("text", "kinds"), [
    ("a\n```sh\nb\n```\nc", ["text", "opening", "code", "closing", "text"]),
    ("````\n```\n~~~\n````", ["opening", "code", "code", "closing"]),
    ("~~~\na\n~~~ b\n~~~~", ["opening", "code", "code", "closing"]),
    ("1. a\n\n    ```\n    b\n    ```", ["text", "text", "opening", "code", "closing"]),
    ("a\n```\nb", ["text", "opening", "code"]),
    ("a\n```x``` b\nc", ["text", "text", "text"]),
    ("```\n```x```\n```\nc", ["opening", "code", "closing", "text"]),
    ("~~~ a`b`\nc\n~~~", ["opening", "code", "closing"]),
])
def test_a_code_block_goes_from_its_fence_to_one_like_it(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in fenced(text.split("\n"))] == kinds
