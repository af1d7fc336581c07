"""What is made of a procedure that holds: states at stops and after steps, what breaks, and the picture of the whole."""

from pathlib import Path

import pytest
from support.procedures import read_site

from macros.procedure.model import Stop
from macros.procedure.played import Break, Played


@pytest.fixture
def sail(tmp_path: Path) -> Played:
    """The procedure under sail, played."""
    return read_site(tmp_path)[1].played["voyage-sail.md"]


@pytest.fixture
def anchor(tmp_path: Path) -> Played:
    """The procedure at anchor, played."""
    return read_site(tmp_path)[1].played["voyage-anchor.md"]


def test_a_stop_has_the_state_of_each_kind_of_server_and_both_where_the_reader_may_choose(sail: Played) -> None:
    first, *_, last = sail.at_stop.values()
    assert sail.columns == ("Post", "Rope", "Flag") and len(sail.at_stop) == 5
    assert [(row.key, row.called, row.words) for row in first] == [
        ("active", "Old Leader", ("Leading, sails set", "Tied", "Red")),
        ("first", "New Leader", ("Following, sails set", "Cut", "Red")),
        ("other", "Each other Follower", ("Following, sails set or sails furled", "Cut or Slack", "Red")),
    ]
    assert first[2].state == {"post": "following", "flag": "red"}
    assert [row.words for row in last] == [
        ("Following, sails set", "Tied", "Blue"), ("Leading, sails set", "Tied", "Blue"), ("Following, sails set", "Tied", "Blue"),
    ]


def test_a_step_has_the_states_that_it_changes_and_what_was_before_it(sail: Played) -> None:
    assert {key: row.state["rope"] for key, row in sail.after["leg-1-let-go/1"].items()} == {"first": "cut"}
    assert sail.after["leg-2-paint-the-new-leader/3"] == {}
    assert sail.before["hand-over/2"] == {"active": "leading", "first": "leading", "other": "following"}


def test_what_is_counted_behind_the_phases_begins_as_they_end(sail: Played) -> None:
    assert sail.before["look-round/1"] == {"active": "following", "first": "leading", "other": "following"}
    assert "all-back/1" not in sail.before, "what is not counted is not played"


def test_a_stop_claims_values_of_each_kind_of_server(sail: Played) -> None:
    first, *_, all_blue, _ = (stop for section in sail.procedure.phases() for stop in section.of(Stop))
    assert sail.claimed(first) == {"first": [("cut",)], "other": [("cut", "furled")]}
    assert sail.claimed(all_blue) == {"all": [("set",), ("blue",)], "first": [("leading",)]}
    assert sail.claimed(Stop(1, "x", "Halt", (("boat in question", (("cut",),)),))) == {}, "a reader has to find that one"


def test_what_breaks_leads_to_the_page_s_own_help_first(sail: Played, anchor: Played) -> None:
    fails, network, dies, *serving = sail.breaks["hand-over/1"]
    assert fails == Break("fails", "see [Help](help.md).", "", "voyage-sail.md#hand-over")
    assert (network.event, network.say, network.to) == ("network", "Wait.", "help.md")
    assert (dies.event, dies.say, dies.to) == ("dies", "Nobody leads.", "voyage-sail.md#the-leader-sinks")
    assert dies.left == "Old Leader: Leading, sails set. New Leader: Leading, sails furled. Each other Follower: Following, sails set."
    assert anchor.breaks["leg-2-paint-the-leader/2"][2].to == "help.md#take-the-lead"
    assert anchor.breaks["leg-1-drop-anchor/1"][2].to == "help.md"
    assert dies.server == "New Leader" and [one.server for one in serving] == ["Old Leader"], "each that serves is named"
    assert not any(sail.helpless.values())


def test_what_comes_during_a_step_is_told_by_what_was_before_it_too(anchor: Played) -> None:
    paint, hoist = ([one.say for one in anchor.breaks[f"leg-2-paint-the-leader/{number}"] if one.event == "network"] for number in (1, 2))
    assert (paint, hoist) == (["Look for the red ones."], ["Wait."])


def test_the_picture_of_the_whole(sail: Played) -> None:
    assert [(lane.phase.phase, lane.stretch, lane.no_return) for lane in sail.lanes] == [
        (1, False, False), (2, False, False), (3, True, True), (4, False, False), (5, False, False),
    ]
    assert [dict(lane.done) for lane in sail.lanes] == [
        {"first": ("Cut the rope",), "other": ("Cut the rope or furl",)},
        {"first": ("Paint", "Hoist")},
        {"first": ("Take the lead",), "active": ("Give up the lead",)},
        {"active": ("Paint", "Hoist"), "other": ("Paint", "Hoist")},
        {"active": ("Tie up",), "other": ("Tie up",)},
    ]
    assert [row.words[2] for row in sail.lanes[1].rows] == ["Red", "Blue", "Red"]


def test_words_for_servers_stand_for_their_kind(sail: Played, anchor: Played) -> None:
    words = ("OLD LEADER", "New Leader", "each other Follower", "each Follower", "each boat", "every blue boat", "nobody")
    assert [sail.key(word) for word in words] == ["active", "first", "other", "standby", "all", "", ""]
    assert [anchor.key(word) for word in ("Leader", "each Follower", "each other Follower")] == ["active", "standby", "standby"]


def test_servers_that_a_reader_has_to_find_are_none_of_the_named_ones(sail: Played, anchor: Played) -> None:
    for played in (sail, anchor):
        assert (played.sure("boat in question"), played.among("Boat in question")) == ("", "standby")
        assert (played.sure("every loose boat"), played.among("every loose boat")) == ("", "all")
    assert (sail.sure("New Leader"), sail.among("New Leader"), sail.among("each Follower")) == ("first", "first", "standby")


def test_the_start_has_its_state_and_a_page_without_a_run_is_not_played(sail: Played, tmp_path: Path) -> None:
    assert {row.key: row.words[0] for row in sail.start.values()} == {
        "active": "Leading, sails set", "first": "Following, sails set", "other": "Following, sails set",
    }
    assert "help.md" not in read_site(tmp_path)[1].played
