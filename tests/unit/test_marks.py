"""The marks of a procedure's parts in the HTML, and what is left out for whom."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import pytest
from markdown import markdown
from markdown.extensions.toc import TocExtension

from macros.page.render import code_spans
from macros.procedure.beginnings import Beginnings
from macros.procedure.extension import Marks, add_marks
from macros.procedure.marks import lead_back
from macros.publish.built import left_out, parts

BEGIN = Beginnings(("At …door…", "Outside"), "Halt: ", "Way out")
PAGE = """\
# House

1. **At the front door:** Ring.

## Enter { #in }

1. **At the front door:** Open it.
2. **Outside:** Wait.
3. **At each back door:** Open it.

    1. **At the *inner* door:** Knock.

!!! note "Halt: wait until all doors are open"

    All of them.

!!! note "Wait: no stop"

**Way out:** close them.

Then the **Way out:** is closed.

### Deeper

1. Then **at the door:** no step.
2. **At the door**: no step.

    **At the door:** no step.

3. **At the cellar door:** Open it.

Also:

- **At the garden door:** no step, as it has no number.
"""


class Marked(HTMLParser):
    """Collects (tag, its marks) of each element that is marked."""

    def __init__(self, text: str, begin: Beginnings) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(markdown(text, extensions=["admonition", "attr_list", "tables", "toc", Marks(begin)]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if found := {name.removeprefix("data-"): value or "" for name, value in attrs if name.startswith("data-")}:
            self.found.append((tag, found))


def marks(text: str, begin: Beginnings = BEGIN) -> list[tuple[str, dict[str, str]]]:
    return Marked(text, begin).found


def test_every_step_has_its_section_number_and_role() -> None:
    assert [(found["step"], found["role"]) for tag, found in marks(PAGE) if tag == "li"] == [
        ("/1", "the front door"),
        ("in/1", "the front door"), ("in/2", "each back door"), ("in/3", "the inner door"),
        ("deeper/1", "the cellar door"),
    ]


@pytest.mark.parametrize(("headings", "wanted"), [
    ("h2#one h3#of-one h2#until h3#a h3#b", ["a", "b"]), ("h2#until h3#a h4#of-a h2#help h2#table", ["a", "help"]), ("h2#one h2#help", []), ("h2#until", []),
])
def test_what_helps_in_a_case_ends_with_a_way_back_to_the_step_at_hand(headings: str, wanted: list[str]) -> None:
    root, section, found = Element("div"), "", []
    for heading in headings.split():
        tag, id_ = heading.split("#")
        root.extend([Element(tag, {"id": id_}), Element("p")])
    lead_back(root, "until", {"help"})
    for element in root:
        section = element.get("id", section) if element.tag in ("h2", "h3") else section
        found += [section] if "data-back" in element.attrib else []
    assert found == wanted and ("data-back" in root[-1].attrib) == (wanted[-1:] == [section])


def test_stop_and_way_back_know_their_section() -> None:
    assert [mark for mark in marks(PAGE) if mark[0] != "li"] == [("div", {"stop": "in"}), ("p", {"way-back": "in"})]


RULED = Beginnings(("At …door…",), expected="You see", if_not="Otherwise", checks="Before", conditions=("if", "unless"))


def parts_of_steps(text: str, programs: frozenset[str] = frozenset({"ring"})) -> str:
    rules = Marks(RULED)
    rules.programs = programs
    return markdown(text, extensions=["admonition", "attr_list", "tables", "toc", rules])


@pytest.mark.parametrize(("words", "depends"), [
    ("If it is shut, open it.", True), ("Open it, unless it is open.", True), ("Open it. If it is shut, knock.", False), ("Lift it.", False), ("Open 7.5, if there is one.", True),
])
def test_a_step_that_depends_on_something_is_marked(words: str, depends: bool) -> None:
    for text in (f"1. **At the door:** {words}\n", f"1. **At the door:** {words}\n\n    **You see:** it, if all is well. **Otherwise:** wait.\n"):
        assert ("data-condition" in parts_of_steps(text)) is depends


def test_what_is_to_be_seen_after_a_step_is_an_element_of_its_own() -> None:
    html = parts_of_steps("1. **At the door:** Ring.\n\n    **You see:** a `light` and *him*. **Otherwise:** ring again.\n\n2. **At the door:** Wait.\n\n    **You see:** him.\n")
    assert '<strong>You see:</strong> <span data-expected="">a <code>light</code> and <em>him</em>. </span><strong>Otherwise:</strong> ring again.' in html
    assert '<strong>You see:</strong> <span data-expected="">him.</span>' in html


def test_the_commands_of_a_step_are_marked_where_it_says_to_run_them() -> None:
    html = parts_of_steps("1. **At the door:** Run `ring loud` on `it`.\n\n    **You see:** `ring -no` ends. **Otherwise:** run `ring -again`.\n\nElsewhere `ring -x`.\n")
    assert html.count("data-command") == 1 and '<code data-command="">ring loud</code>' in html
    assert "data-command" not in parts_of_steps("1. **At the door:** Run `ring`.\n", frozenset())


def test_a_site_without_rules_has_steps_alone() -> None:
    text = "1. **On the roof:** Look.\n2. **At the door:** Look.\n\n**Way out:** jump.\n"
    assert marks(text, Beginnings()) == [("li", {"step": "/1", "role": "the roof"})]


@pytest.mark.parametrize(("bold", "role"), [
    ("At the \\*grand\\* door", "the *grand* door"), ("At the A & B door", "the A & B door"),
    ("At the <i>\"red\"</i> door", 'the "red" door'), ("at The Door", "The Door"), ("At the gate", None),
])
def test_a_role_is_words_whatever_signs_are_in_it(bold: str, role: str | None) -> None:
    assert marks(f"1. **{bold}:** Open it.\n") == ([("li", {"step": "/1", "role": role})] if role else [])


def test_a_generator_that_asks_twice_has_the_marks_of_the_last_time() -> None:
    extensions: list = ["toc"]
    add_marks(extensions, Marks(Beginnings()))
    add_marks(extensions, Marks(BEGIN))
    assert extensions[0] == "toc" and [one.begin for one in extensions[1:]] == [BEGIN]


def test_the_navigation_in_its_order() -> None:
    nav = [{"A": "a.md"}, {"B": ["b/1.md", {"Two": "b/2.md"}, {"Deep": [{"C": "c.md"}]}]}, "d.md"]
    assert parts(nav) == [("", ["a.md"]), ("B", ["b/1.md", "b/2.md", "c.md"]), ("", ["d.md"])]
    assert parts([]) == []


def test_each_reader_leaves_out_what_names_it() -> None:
    assert '[data-not-in~="manual"]' in left_out("manual") and "copy" not in left_out("manual")


def test_a_table_has_the_name_of_its_section_and_a_header_in_each_row() -> None:
    html = markdown("## Rooms { #r }\n\n| Room | Size |\n| --- | --- |\n| `Hall` | Big |\n| | Small |\n", extensions=["attr_list", "tables", "toc", Marks(BEGIN)])
    assert '<table aria-label="Rooms">' in html and html.count('<th scope="col">') == 2
    assert html.count('<th scope="row">') == 1 and '<th scope="row"><code>Hall</code></th>' in html


def test_an_option_in_the_code_of_a_line_is_one_piece_and_a_block_is_left_alone() -> None:
    html = markdown("Run `tool -first_one key=<a> --second x-ray` & wait `-z`.\n\n    block -first\n", extensions=[Marks(BEGIN)])
    assert '<code>tool <span class="option">-first_one</span> key=&lt;a&gt; <span class="option">--second</span> x-ray</code>' in html
    assert '<code><span class="option">-z</span></code>' in html and html.count("option") == 3
    assert code_spans("Run `tool -x <a>`.") == 'Run <code>tool <span class="option">-x</span> &lt;a&gt;</code>.'


def test_the_link_of_a_heading_to_itself_is_neither_heard_nor_a_stop_of_the_keyboard() -> None:
    html = markdown("## Hall\n\n[Hall](#hall)\n", extensions=[TocExtension(permalink=True), Marks(BEGIN)])
    assert html.count('aria-hidden="true"') == html.count('tabindex="-1"') == 1
    assert 'aria-hidden="true"' in next(tag for tag in html.split("<") if "headerlink" in tag)
