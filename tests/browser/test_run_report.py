"""What a pasted report says of the step that it checks, on an empty page."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from support.cores import called, core_of
from support.status_rules import RULES

NOW = 1_767_268_800_000  # 2026-01-01 12:00 UTC
SERVERS = {"active": ["north"], "first": ["south"], "other": ["east", "west"], "standby": ["south", "east", "west"]}
# The roles in which the servers are after a switch: the one that led at the start follows, the first one leads.
SWITCHED = {"active": "standby", "first": "active", "other": "standby"}
HOSTS = "north (1) south (2) east (3)"


@pytest.fixture(scope="module")
def judged(browser: Browser) -> Iterator[Callable[..., dict[str, Any]]]:
    with core_of(browser, "run-core.js", "status-core.js", "run-report.js") as page:
        function = """([text, item, servers, confirmed, rules, now]) => run.judgeStep(text, item,
            { rules, now, serversOf: (key) => servers[key] ?? null, isConfirmed: (label) => confirmed.includes(label) })"""
        yield lambda text, at="", check=SWITCHED, servers=SERVERS, confirmed=(): called(page, function, [text, {"at": at, "check": check}, servers, list(confirmed), RULES, NOW])


def report(key: str, code: str, hosts: str = HOSTS, leader: str = "2", **more: Any) -> str:
    return json.dumps({f"Host {key} says": {"Code": code, "Role": "Leads" if code == "L" else "Follows",
                       "Mode": "Leads" if code == "L" else f"Follows (leader is {leader})", "Hosts": hosts, "Number": str(hosts.count("(")), **more}})


def ids(found: dict[str, Any]) -> list[str]:
    return [one[0] for one in found["against"]]


@pytest.mark.parametrize(("at", "key", "code"), [("north", "1", "F"), ("south", "2", "L"), ("SOUTH", "2", "L"), ("east", "3", "F"), ("3", "3", "F"), ("", "2", "L"), ("", "3", "F")])
def test_a_healthy_server_in_its_role_has_nothing_against_it(at: str, key: str, code: str, judged) -> None:
    servers = {**SERVERS, "first": [at]} if at == "SOUTH" else SERVERS
    found = judged(report(key, code), at, servers=servers)
    assert (found["against"], found["other"], found["code"]) == ([], None, "")
    assert [one["code"] for one in found["servers"]] == [code]


@pytest.mark.parametrize(("at", "key", "code"), [("north", "1", "L"), ("south", "2", "F"), ("east", "3", "L")])
def test_another_role_than_that_of_the_server_is_against_it(at: str, key: str, code: str, judged) -> None:
    found = judged(report(key, code), at)
    assert ids(found) == ["report-other-state"] and found["code"] == code


def test_where_no_servers_are_named_each_role_of_the_step_will_do(judged) -> None:
    none: dict[str, list[str]] = {}
    assert [ids(judged(report(key, code), servers=none, check={"active": role})) for key, code, role in (("1", "L", "active"), ("1", "F", "active"), ("1", "F", "standby"))] == [
        [], ["report-other-state"], []]


def test_texts_without_one_report_are_against_it(judged) -> None:
    assert judged("nothing", "north") == {"servers": [], "other": None, "against": [["report-no-report"]], "code": ""}
    found = judged(report("1", "F") + report("2", "L"), "north")
    assert ids(found)[0] == "report-several" and (found["other"], found["code"]) == (None, "")


def test_a_state_that_does_not_work_is_said_once_and_explained(judged) -> None:
    found = judged(report("3", "X"), "east")
    assert found["against"] == [["needs-attention", {"servers": "east (3)"}]] and found["code"] == "X"
    found = judged(report("3", "?"), "east")
    assert ids(found) == ["unknown-state"] and found["code"] == "", "nothing is known of its role"
    assert ids(judged(report("2", "S"), "south")) == ["report-other-state"], "a server that stands alone"


def test_the_same_report_twice_is_one(judged) -> None:
    found = judged(report("2", "L") * 2, "south")
    assert (len(found["servers"]), found["against"]) == (1, [])


def test_a_report_of_another_server_is_against_it_until_that_is_confirmed(judged) -> None:
    for confirmed, said in (((), [["report-other", {"found": "east (3)", "server": "west"}]]), (["east (3)"], []), (["east"], [["report-other", {"found": "east (3)", "server": "west"}]])):
        found = judged(report("3", "F"), "west", confirmed=confirmed)
        assert (found["other"], found["against"]) == ("east (3)", said)
    found = judged(report("9", "F", hosts=""), "west", confirmed=["9"])
    assert (found["other"], "report-other" in ids(found)) == ("9", False)


def test_a_report_that_takes_another_server_of_the_run_for_the_leading_one_is_against_it(judged) -> None:
    assert judged(report("3", "F", leader="1"), "east")["against"] == [["report-knows", {"found": "north", "server": "south"}]]
    assert judged(report("3", "F", leader="9"), "east")["against"] == [], "of a key that is no server of the run nothing is known"
    by_key = {**SERVERS, "active": ["1"], "first": ["2"]}
    assert judged(report("3", "F", leader="1", hosts=""), "3", servers=by_key)["against"][0] == ["report-knows", {"found": "1", "server": "2"}]


def test_a_report_of_long_ago_is_against_it(judged) -> None:
    seen = {"connected": {"slot1": {"Is": "on", "Seen": "2025-01-01 12:00:00Z"}}}
    assert "old" in ids(judged(report("2", "L", **seen), "south"))
    fresh = {"connected": {"slot1": {"Is": "on", "Seen": "2026-01-01 11:59:00Z"}}}
    assert "old" not in ids(judged(report("2", "L", **fresh), "south"))
