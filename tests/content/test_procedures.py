"""The two upgrade procedures, walked step by step, and what each of them must say where."""

import re

import pytest
from support.sites import ROOT
from support.walk import sections, walk

from macros.content.form import plain

PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("upgrade-with-downtime", "upgrade-no-downtime")}
SNIPPETS = sorted((ROOT / "docs" / "_data" / "snippets").glob("*.txt"))
BOTH = pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
ANNOUNCED = re.compile(r'!!! warning "Standby initialization wipes the database of .+ and fills it again from .+"')
RUNS_IT = re.compile(r"\d+\. \*\*On .*\brun Standby initialization for", re.IGNORECASE)


@BOTH
@pytest.mark.parametrize("count", range(1, 9))
def test_the_phases_can_be_done_in_their_order(text: str, count: int) -> None:
    assert walk(text, count) == []


def unannounced(text: str) -> list[int]:
    """The lines of steps that run Standby initialization with no warning that says which database is wiped."""
    found, announced = [], False
    for number, line in enumerate(plain(text), 1):
        if line.startswith("#"):
            announced = False
        announced = announced or bool(ANNOUNCED.match(line))
        if RUNS_IT.match(line) and not announced:
            found.append(number)
    return found


@pytest.mark.parametrize("text", [*PAGES.values(), *(path.read_text(encoding="utf-8") for path in SNIPPETS)], ids=[*PAGES, *(path.stem for path in SNIPPETS)])
def test_every_standby_initialization_is_announced_by_name(text: str) -> None:
    assert unannounced(text) == []


def test_an_initialization_that_is_not_announced_is_found() -> None:
    assert unannounced("## A\n\n1. **On the Active Server:** In the window, run Standby initialization for B.\n") == [3]
    warning = '!!! warning "Standby initialization wipes the database of B and fills it again from A"\n'
    assert unannounced(f"## A\n\n{warning}\n## B\n\n1. **On the Active Server:** Now run Standby initialization for B.\n") == [7]


@BOTH
def test_what_must_be_looked_up_stands_once_and_before_the_first_step(text: str) -> None:
    assert text.count("look_up(") == 1
    before, after = text.split("look_up(")
    assert "1. **On" not in before and "## Phase 1" in after
    assert "12321" in before and "Forcepoint Support" in before and "about.md#our-conclusions" in before
    assert "vendor's documentation" not in text


@BOTH
def test_the_notices_stand_before_the_first_step(text: str) -> None:
    before = text.split("## Phase 1")[0]
    assert '{{ notices("upgrade") }}' in before


@BOTH
def test_every_step_of_a_phase_says_what_is_expected_and_what_to_do_otherwise(text: str) -> None:
    for title, part in sections(text):
        if title.startswith(("Phase", "Verify")):
            for step in re.split(r"^(?=\d+\. \*\*On)", part, flags=re.MULTILINE)[1:]:
                step = step.split("\n!!!")[0]
                assert "**Expected:**" in step and "**If not:**" in step, f"{title}: {step[:60]}"


@BOTH
def test_nothing_is_wiped_before_the_reader_was_stopped(text: str) -> None:
    """The stop above each phase that initializes says that databases are wiped, or which changes to save."""
    phases = [part for title, part in sections(text) if title.startswith("Phase")]
    for before, part in zip(phases, phases[1:], strict=False):
        if any(RUNS_IT.match(line) for line in part.splitlines()):
            assert "wipes" in before.split('!!! note "Stop: ')[1]


def test_changes_are_saved_before_their_last_copy_is_wiped() -> None:
    text = PAGES["upgrade-no-downtime"]
    saved = text.index("Stop: do not continue until you have checked whether anything must be entered again")
    assert saved < text.index("run Standby initialization for the Initial Active Server")
