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
