"""Generated sets of reports, and an oracle that says for each whether replication works.

A set is made as plain facts about each server. The oracle reads these facts, never a text: replication
works only if everything agrees that the facts about the product let one check.
"""

import json
import random
from collections.abc import Callable
from typing import Any

Facts = dict[str, Any]
NAME_PARTS = ["HOST", "DK", "Main Site", "Büro", "mgt-1", "Branch (2)", "a.b.example", "Office"]
FLAGS = ("Replication Role", "Active Publication", "Standby Subscription", "Replication Slots (Active Role Initialized)")
HEALTHY_FLAGS = {"active": (True, True, False, True), "standby": (True, False, True, False)}
OTHER_STATES = ("ACT_REP_EX", "ACT_NO_REP", "STB_NO_REP", "ACT_ONHOLD", "STB_ONHOLD", "STB_ACTREP", "BROKEN_ACT_STB",
                "UNKNOWN", "LEGACY_MODE", "SINGLE_SERVER", "ACT_REP", "STB_REP", "STB_NEW", "")


def healthy(chance: random.Random) -> Facts:
    """The facts of a healthy set of two to six servers."""
    keys = [str(key) for key in chance.sample(range(1, 3000), chance.randint(2, 6))]
    names = {key: f"{number} {chance.choice(NAME_PARTS)}".replace(" ", chance.choice([" ", "_"])) for number, key in enumerate(keys)}
    leader, *others = keys
    elements, minute = str(chance.randint(10, 5000)), chance.randint(0, 40)
    servers = {}
    for key in keys:
        role = "active" if key == leader else "standby"
        servers[key] = {
            "role": role, "code": "ACT_REP" if role == "active" else "STB_REP", "setup": role, "mode": role, "knows": leader,
            "replication": "PostgreSQL mode", "switch": "not requested", "flags": HEALTHY_FLAGS[role],
            "list": [(names[one], one) for one in keys], "count": str(len(keys)), "tables": "371", "elements": elements,
            "declared": list(others), "connected": dict.fromkeys(others, "streaming"),
            "seen": minute + chance.randint(0, 10), "own": key, "there": True,
        }
    return {"leader": leader, "servers": servers}


def works(facts: Facts) -> bool:
    """Whether everything agrees that replication works on every server."""
    servers = {key: one for key, one in facts["servers"].items() if one["there"]}
    lists = {tuple(sorted(one["list"])) for one in servers.values()}
    if len(lists) != 1 or {key for _, key in next(iter(lists))} != set(servers):
        return False
    leaders = [key for key, one in servers.items() if one["code"] == "ACT_REP"]
    if len(leaders) != 1 or len(servers) < 2:
        return False
    others = set(servers) - set(leaders)
    seen = [servers[key]["seen"] for key in others]
    if not all(one[what].isdecimal() for one in servers.values() for what in ("count", "tables", "elements")):
        return False
    return max(seen) - min(seen) <= 15 and len({one["tables"] for one in servers.values()}) == 1 \
        and len({one["elements"] for one in servers.values()}) == 1 \
        and all(agrees(key, one, leaders[0], others, len(servers)) for key, one in servers.items())


def agrees(key: str, one: Facts, leader: str, others: set[str], number: int) -> bool:
    """Whether the report of a server agrees with its place in the set."""
    role = "active" if key == leader else "standby"
    if (one["setup"], one["mode"], one["flags"]) != (role, role, HEALTHY_FLAGS[role]):
        return False
    if (one["replication"], one["switch"], one["count"]) != ("PostgreSQL mode", "not requested", str(number)):
        return False
    if role == "active":
        return one["code"] == "ACT_REP" and set(one["declared"]) == others and one["connected"] == dict.fromkeys(others, "streaming")
    return one["code"] == "STB_REP" and one["knows"] == leader and one["own"] == key


def mutated(facts: Facts, chance: random.Random) -> Facts:
    """The facts with one to three of them changed at random, some to what they were."""
    facts = {**facts, "servers": {key: {**one} for key, one in facts["servers"].items()}}
    keys = list(facts["servers"])
    for _ in range(chance.randint(1, 3)):
        one = facts["servers"][chance.choice(keys)]
        some = chance.choice(keys)
        match chance.randint(0, 13):
            case 0: one["code"] = chance.choice(OTHER_STATES)
            case 1: one["setup"] = chance.choice(["active", "standby", "none"])
            case 2: one["mode"] = chance.choice(["active", "standby"])
            case 3: one["knows"] = chance.choice([some, "9999"])
            case 4: one["replication"] = chance.choice(["PostgreSQL mode", "Legacy mode", ""])
            case 5: one["switch"] = chance.choice(["not requested", "requested", ""])
            case 6:
                flags = list(one["flags"])
                flags[chance.randrange(4)] ^= True
                one["flags"] = tuple(flags)
            case 7: one["list"] = chance.choice([one["list"][:-1], [*one["list"], ("NEW", "9999")], [("X", one["list"][0][1]), *one["list"][1:]]])
            case 8: one["count"] = chance.choice([one["count"], "1", "7", hex(len(keys)), f"{len(keys)}.0", ""])
            case 9: one["declared"] = chance.choice([one["declared"][1:], [*one["declared"], "9999"], one["declared"]])
            case 10: one["connected"] = chance.choice([dict(list(one["connected"].items())[1:]), dict.fromkeys(one["connected"], "catchup"), {}])
            case 11: one["seen"] += chance.choice([0, 30, -30])
            case 12: one[chance.choice(["tables", "elements"])] = chance.choice(["371", "372", "0x173"])
            case 13: one["there"] = chance.choice([True, False])
    return facts


def text_of(facts: Facts, chance: random.Random) -> str:
    """The reports of a set, in any order and form: the names of attributes in any letters, some as a text in JSON."""
    made = []
    for key, one in facts["servers"].items():
        if one["there"]:
            letters = chance.choice([str, str, str.lower, str.upper, str.swapcase])
            text = json.dumps(named(report(key, one), letters), indent=chance.choice([None, 1, 4]), ensure_ascii=chance.random() < 0.5)
            made.append(json.dumps({"output": text}) if chance.random() < 0.2 else text)
    chance.shuffle(made)
    return "\n".join(made)


def named(value: Any, letters: Callable[[str], str]) -> Any:
    """A value with the names in it in other letters."""
    return {letters(name): named(child, letters) for name, child in value.items()} if isinstance(value, dict) else value


def report(key: str, one: Facts) -> dict[str, Any]:
    words = {"active": "Active Server", "standby": "Standby Server", "none": "Unknown"}
    mode = words[one["mode"]] + (f" (Known Active Server is {one['knows']})" if one["mode"] == "standby" else "")
    setup = {
        "Table count": one["tables"], "PostgreSQL Server Mode": words[one["setup"]], **dict(zip(FLAGS, one["flags"], strict=True)),
        "Management Server Count": one["count"], "Management Servers": " " + " ".join(f"{name} ({key})" for name, key in one["list"]),
        "Network Element Count": one["elements"], "Database Replication State": f"{one['code']}|Words", "Current LSN": "3/4E9600",
        "Server Switch": one["switch"],
    }
    if one["role"] == "active":
        setup["Incremental Replication initialized"] = {f"sub_smc{slot}": f"Management Server with internal key {slot}" for slot in one["declared"]}
        setup["Active replication connection(s)"] = {f"sub_smc{slot}": {"IP": "192.0.2.7", "PID": "7", "State": state} for slot, state in one["connected"].items()}
    else:
        time = f"2026-02-18 {10 + one['seen'] // 60:02}:{one['seen'] % 60:02}:00+0000"
        setup["Active Server - Active replication connection(s)"] = {f"sub_smc{one['own']}": {"Last Receive": time}}
    return {"Command": "status", f"Server {key} Status": {
        "Replication mode": one["replication"], "Server mode (Local DB)": mode, "Server prefix": "1", "PostgreSQL replication setup": setup}}
