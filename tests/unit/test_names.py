"""The names of roles on the page of a run, marked for the script that puts names of servers there."""

import re
from html import escape

import pytest

from macros.procedure.names import mark_names

PHRASES = ("each Follower", "each other Follower", "each Machine")


def page(text: str, active: str = "Leader", first: str = "Next Follower", becomes: str = "") -> str:
    given = {"active": active, "first": first, "becomes": becomes}
    run = "".join(f' data-{key}="{escape(role)}"' for key, role in given.items() if role)
    return f"""<section class="runbook" data-runbook{run} data-odd='{{"a": ">"}}'>Leader</section>{text}"""


def found(text: str, **roles: str) -> list[tuple[str, str, str]]:
    """Each mark of a page, (its kind, its value, the words in it)."""
    return re.findall(r'<span data-(\w+)="(.*?)">(.*?)</span>', mark_names(page(text, **roles), PHRASES, "Follower"))


@pytest.mark.parametrize(("text", "marks"), [
    ("Start the Leader.", [("role", "Leader", "the Leader")]),
    ("The Leader and Next Follower.", [("role", "Leader", "The Leader"), ("role", "Next Follower", "Next Follower")]),
    ("Leaders lead a Misleader.", []),
    ("A former Leader, an Leader, a Leader, the upgraded Leader: other servers.", []),
    ("Each other Follower, each Follower, each Machine.", [("every", "each other Follower", "Each other Follower"), ("every", "each Follower", "each Follower"), ("every", "each Machine", "each Machine")]),
    ("each Followers", []),
    ("<code>tool &lt;Leader&gt; &lt;Follower&gt;</code>", [("role", "Leader", "&lt;Leader&gt;"), ("every", "", "&lt;Follower&gt;")]),
    ('<a title="Leader" href="#a">Leader</a>', [("role", "Leader", "Leader")]),
])
def test_each_name_is_marked_and_no_other_server_is(text: str, marks: list[tuple[str, str, str]]) -> None:
    assert found(f"<p>{text}</p>") == marks


def test_a_name_that_means_another_server_stays_in_its_sentence() -> None:
    text = "<p>A former Leader, an Leader, a Leader, the upgraded Leader: other servers.</p>"
    assert mark_names(page(text), PHRASES, "Follower") == page(text)


@pytest.mark.parametrize("left", [
    "<h1>Leader</h1>", '<h2 id="a">The <em>Leader</em></h2>', "<h3>Leader</h3>", "<template><p>Leader</p></template>", "<script>Leader</script>",
    '<div id="a" class="big look-up"><div><div>a</div>Leader</div>Leader</div>', '<section class="decision-tree">Leader</section>',
])
def test_a_heading_and_what_a_script_fills_have_no_marks(left: str) -> None:
    assert found(f"{left}<p>Leader</p>") == [("role", "Leader", "Leader")]


@pytest.mark.parametrize("role", ["Leader (old)", "[x", "a*", "$", "^", "a|b", "x{2}", "a\\", "a.b", "a-b/c", "+?", "R&D \"x\" <y>"])
def test_a_role_is_looked_for_letter_by_letter(role: str) -> None:
    [(kind, value, words)] = found(f"<p>({escape(role, quote=False)}) axb</p>", active=role)
    assert (kind, value, words) == ("role", escape(role), escape(role, quote=False))


def test_the_longest_role_is_meant_and_the_later_name_of_a_server_is_one_too() -> None:
    assert found("<p>Old Leader, New Leader</p>", first="Old Leader", becomes="New Leader") == [("role", "Old Leader", "Old Leader"), ("role", "New Leader", "New Leader")]


def test_a_page_without_a_run_is_as_it_was() -> None:
    assert mark_names("<p>each Machine</p>", PHRASES, "Follower") == "<p>each Machine</p>"


def test_nothing_but_the_marks_is_added() -> None:
    text = page("<p>Start the Leader &amp; each\nMachine: <b>a > b</b> <br/>'</p>")
    assert re.sub(r'<span data-(?:role|every)="[^"]*">|</span>', "", mark_names(text, PHRASES, "Follower")) == text
