"""Data files and sites of any size, for the benchmark and for the tests of growth."""

from pathlib import Path

METHODS = ("first", "second", "third")


def tree(questions: int, onward: int = 2) -> str:
    """A data file with that many questions, each with three answers, `onward` of them to further questions.

    With two, a thousand questions are ten levels; with one, a thousand.
    """
    lines = ["title: A large decision", "start: q0", "criteria: {cost: What it costs}", "methods:"]
    lines += [f"  {name}: {{title: The {name} method, page: index.md, criteria: {{cost: Some}}}}" for name in METHODS]
    lines.append("questions:")
    for number in range(questions):
        lines += [
            f"  q{number}:",
            f"    ask: What is the state of part {number} of the system?",
            "    help: Open the view of this part and read its state.",
            "    answers:",
        ]
        for position, method in enumerate(METHODS):
            following = onward * number + position + 1
            leads = f"goto: q{following}" if position < onward and following < questions else f"choose: {method}"
            lines.append(f"      a{position}: {{label: It is in state {position}, {leads}, "
                         f"because: State {position} of part {number} leads there.}}")
    return "\n".join(lines) + "\n"


def one_page(questions: int) -> dict[str, str]:
    """The files of a site of one page with a tree of that many questions."""
    return {"index.md": '# Start\n\n{{ decision_tree("large") }}\n', "_data/large.yml": tree(questions)}


def many_pages(pages: int, data: Path) -> dict[str, str]:
    """The files of a site of that many pages, each with the tree of a data file, and of the pages it leads to."""
    page = f'# Page\n\n{{{{ decision_tree("{data.stem}") }}}}\n'
    return {
        **{path.name: f"# {path.stem}\n" for path in data.parent.parent.glob("*.md")},
        **{f"pages/page-{number}.md": page for number in range(pages)},
        f"_data/{data.name}": data.read_text(encoding="utf-8"),
    }
