"""Small data files and pages that tests change."""

TREE = """\
title: Choose a colour
start: warm
criteria:
  mood: Mood
methods:
  red: {title: Red, page: red.md, criteria: {mood: Lively}}
  blue: {title: Blue, page: blue.md, recommended: true, criteria: {mood: Calm}}
questions:
  warm:
    ask: Warm or cold?
    answers:
      hot: {label: Warm, choose: red, because: Red is warm.}
      cold: {label: Cold, goto: sure, because: There are many cold colours.}
  sure:
    ask: Really?
    answers:
      really: {label: Really, choose: blue, because: Blue is cold.}
      not-really: {label: Not really, choose: red, because: Red is not cold.}
"""

PAGES = {
    "index.md": '# Start\n\n{{ comparison_table("colour") }}\n\n{{ decision_tree("colour") }}\n',
    "red.md": "# Red\n\n## Dark red\n",
    "blue.md": "# Blue\n",
}


def files(tree: str = TREE) -> dict[str, str]:
    """A whole small site whose tree is named colour."""
    return {**PAGES, "_data/colour.yml": tree}


PROCEDURE = """\
---
description: Runbook - paint it red.
---

# Paint it red

## Before you start

| Check | Expected | If not |
| --- | --- | --- |
| Paint | There | Get it |

## Phase 1: Prepare

!!! warning "Red does not come off"

    Wear gloves.

1. **On the Active Server:** Open the paint.

    ```shell
    open paint
    ```

2. **On each Standby Server:** Wait.

!!! note "Stop: do not continue until the paint is open"

    If it is not, wait.

| Expected state now | Role |
| --- | --- |
| Active Server | Active |

**To go back from here:** close the paint.

## Phase 2: Paint

1. **On the Active Server:** Paint.

!!! note "Stop: do not continue until all is red"

    If it is not, paint again.

| Expected state now | Role |
| --- | --- |
| Active Server | Active, red |

## Verify

1. **On the Active Server:** Look at it.

## What if

### The paint is blue

1. **On the Active Server:** See [Blue](blue.md).
"""


DEEP = '# Deep\n\n{{ comparison_table("colour") }}\n\n{{ decision_tree("colour") }}\n'


NESTED = {
    **PAGES,
    "a/index.md": DEEP,
    "a/page.md": DEEP,
    "a/b/c/deep page.md": DEEP + '\n{{ decision_tree("colour") }}\n',
    "a/b/target.md": "# Target\n\n## Part\n",
    "_data/colour.yml": TREE.replace("page: red.md", "page: a/b/target.md#part").replace("page: blue.md", "page: index.md"),
}
