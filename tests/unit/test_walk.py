"""Walking a procedure finds each order of steps that would break a setup."""

import pytest
from support.walk import walk

HEAD = "| Expected state now | Role | Replication | Version |\n| --- | --- | --- | --- |\n"
WITH = f"""\
## Phase 1: Stop

1. **On each Standby Server:** Stop the Management Server.
2. **On the Active Server:** Stop the Management Server.

{HEAD}| Active Server | Active, stopped | Stopped | Old |

## Phase 2: Upgrade the Active Server

1. **On the Active Server:** Run the SMC installer.
2. **On the Active Server:** Start the Management Server.

## Phase 3: Upgrade the others

1. **On each Standby Server:** Run the SMC installer.
2. **On each Standby Server:** Start the Management Server.

## Phase 4: Initialize

1. **On the Active Server:** In the window, run Standby initialization for each Standby Server.

{HEAD}| Active Server | Active, running | Works | New |
| Each Standby Server | Standby, running | Works | New |
"""
WITHOUT = f"""\
## Phase 1: Exclude

1. **On the Initial Active Server:** In the window, exclude the Final Active Server.
2. **On the Initial Active Server:** Then exclude each other Standby Server.

## Phase 2: Upgrade the Final Active Server

1. **On the Final Active Server:** Run the SMC installer.
2. **On the Final Active Server:** Start the Management Server.

{HEAD}| Final Active Server | Standby, running | Excluded | New |

## Phase 3: Move the role

1. **On the Final Active Server:** Choose **Force Server Activation**.
2. **On the Initial Active Server:** Choose **Set Standby**.

## Phase 4: Upgrade the others

1. **On the Initial Active Server:** Run the SMC installer.
2. **On the Initial Active Server:** Start the Management Server.
3. **On each other Standby Server:** Run the SMC installer.
4. **On each other Standby Server:** Start the Management Server.

## Phase 5: Initialize

1. **On the Final Active Server:** In the window, run Standby initialization for each other Standby Server.
2. **On the Final Active Server:** In the window, run Standby initialization for the Initial Active Server.
"""
BREAKS = {
    "the Active Server is upgraded before the Standby Servers are stopped":
        (WITH, "**On each Standby Server:** Stop the", "**On each Standby Server:** Look at the", "with replication up"),
    "a Standby Server is never upgraded": (WITH, "**On each Standby Server:** Run the SMC", "**On each Standby Server:** Look at the SMC", "left behind"),
    "initialized while stopped": (WITH, "**On each Standby Server:** Start the", "**On each Standby Server:** Look at the", "not ready"),
    "the first one is not excluded": (WITHOUT, "exclude the Final Active Server", "look at the Final Active Server", "with replication up"),
    "the others are not excluded": (WITHOUT.replace("Excluded | New |", "Excluded | New |\n| Each other Standby Server | Standby, running | Excluded | Old |"),
                                    "exclude each other", "look at each other", "is not Excluded"),
    "excluded on the wrong server": (WITHOUT, "Initial Active Server:** In the window, exclude", "Final Active Server:** In the window, exclude",
                                     "which is not the Active Server"),
    "activated before it is upgraded": (WITHOUT, "**On the Final Active Server:** Run the SMC", "**On the Final Active Server:** Look at the SMC", "too early"),
    "two stay Active": (WITHOUT, "Choose **Set Standby**", "Look", "two Active Servers"),
    "initialized from the former one": (WITHOUT, "Final Active Server:** In the window, run Standby initialization for the Initial",
                                        "Initial Active Server:** In the window, run Standby initialization for the Initial", "not the only Active"),
    "a table with the old version": (WITHOUT, "Excluded | New |", "Excluded | Old |", "is not Old"),
    "a role that the page does not have": (WITHOUT, "**On the Initial Active Server:** Choose", "**On the Active Server:** Choose", 'no role "Active Server"'),
}


@pytest.mark.parametrize("text", [WITH, WITHOUT], ids=["with", "without"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_right_order_is_passed(text: str, count: int) -> None:
    assert walk(text, count) == []


@pytest.mark.parametrize(("text", "old", "new", "says"), BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_order_is_found(text: str, old: str, new: str, says: str) -> None:
    assert old in text and walk(text, 2) == []
    assert any(says in wrong for wrong in walk(text.replace(old, new, 1), 2))
