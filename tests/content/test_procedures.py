"""The two upgrade procedures, walked step by step, and what each of them must say where."""

import re

import pytest
from support.sites import ROOT
from support.walk import walk

from macros.content.form import plain, sections

PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("upgrade-with-downtime", "upgrade-no-downtime")}
SNIPPETS = sorted((ROOT / "docs" / "_data" / "snippets").glob("*.txt"))
BOTH = pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
ANNOUNCED = re.compile(r'!!! warning "Standby initialization wipes the database of .+ and fills it again from .+"')
RUNS_IT = re.compile(r"\d+\. \*\*On .*\brun Standby initialization for", re.IGNORECASE)


@BOTH
@pytest.mark.parametrize("count", range(1, 9))
def test_the_phases_can_be_done_in_their_order(text: str, count: int) -> None:
    assert walk(text, count) == []


WITH, WITHOUT = PAGES.values()
BREAKS = {
    "the Active Server is upgraded before the Standby Servers are stopped":
        (WITH, "1. **On each Standby Server:** Stop the Management Server.", "1. **On each Standby Server:** Look.", "with replication up"),
    "a Standby Server is never upgraded": (WITH, "1. **On each Standby Server:** Run the SMC installer", "1. **On each Standby Server:** Look at", "left behind"),
    "initialized while stopped": (WITH, "2. **On each Standby Server:** Start the", "2. **On each Standby Server:** Look at the", "not ready"),
    "the first one is not excluded": (WITHOUT, "exclude the Final Active Server", "look at the Final Active Server", "with replication up"),
    "the others are not excluded": (WITHOUT, "exclude each other Standby Server", "look at each other Standby Server", "is not Excluded"),
    "excluded on the wrong server": (WITHOUT, "1. **On the Initial Active Server:** In HA Adm", "1. **On the Final Active Server:** In HA Adm", "which is not the Active Server"),
    "activated before it is upgraded": (WITHOUT, "1. **On the Final Active Server:** Run the SMC installer", "1. **On the Final Active Server:** Look at", "too early"),
    "two stay Active": (WITHOUT, "→ **Database Replication** → **Set Standby**.", "→ look.", "two Active Servers"),
    "initialized from the former one": (WITHOUT, "2. **On the Final Active Server:** In HA Administration, run", "2. **On the Initial Active Server:** In HA Administration, run", "not the only Active"),
    "a table with the old version": (WITHOUT, "| Final Active Server | Standby, running | Excluded | New |", "| Final Active Server | Standby, running | Excluded | Old |", "is not Old"),
}


@pytest.mark.parametrize(("text", "old", "new", "says"), BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_order_is_found(text: str, old: str, new: str, says: str) -> None:
    broken = text.replace(old, new, 1)
    assert broken != text
    assert any(says in wrong for wrong in walk(broken, 2))


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
    for part in sections(text):
        if part.title.startswith(("Phase", "Verify")):
            lines = "\n".join(line for _, line in part.lines)
            for step in re.split(r"^(?=\d+\. \*\*On)", lines, flags=re.MULTILINE)[1:]:
                step = step.split("\n!!!")[0]
                assert "**Expected:**" in step and "**If not:**" in step, f"{part.title}: {step[:60]}"


@BOTH
def test_nothing_is_wiped_before_the_reader_was_stopped(text: str) -> None:
    """The stop above each phase that initializes says that databases are wiped, or which changes to save."""
    phases = [part for part in sections(text) if part.title.startswith("Phase")]
    for before, part in zip(phases, phases[1:], strict=False):
        if any(RUNS_IT.match(line) for _, line in part.lines):
            stop = "\n".join(line for _, line in before.lines).split('!!! note "Stop: ')[1]
            assert "wipes" in stop


def test_changes_are_saved_before_their_last_copy_is_wiped() -> None:
    saved = WITHOUT.index("Stop: do not continue until you have checked whether anything must be entered again")
    assert saved < WITHOUT.index("run Standby initialization for the Initial Active Server")
