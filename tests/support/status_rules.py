"""What the core of the status reader decides by, in words of no product."""

RULES = {
    "report": {
        "server": "Host {key} says", "state": "Code", "role": "Role", "active": "Leads", "standby": "Follows", "mode": "Mode",
        "known_active": "leader is {key}", "servers": "Hosts", "count": "Number", "replication_mode": "Kind", "native": "own",
        "switch": "Switch", "no_switch": "no", "tables": "Tables", "elements": "Elements", "slot": "slot{key}", "declared": "declared",
        "connections": "connected", "connection_state": "Is", "streaming": "on", "last_seen": ["Seen"], "command": "Order",
        "status": "look", "success": "Done", "written": "Written", "flags": {"Flag": {"active": True, "standby": False}},
    },
    "api": {"server": "host/{key}", "active": "leader", "standbys": "followers", "name": "called", "state": "is", "servers": "hosts",
            "licence": "paid", "registered": "known", "streaming": "running", "active_state": "leader_is", "standby_states": "followers_are",
            "flags": {"leads": {"active": True}}},
    "window": {"modes": {"active": "Lead", "standby": "Follow"}, "rows": [
        {"status": "Fine", "info": "It leads", "code": "L"}, {"status": "Fine", "info": "It follows", "code": "F"}, {"status": "Dark", "info": None, "code": None}]},
    "texts": {"heard": "WORD GIVEN"},
    "passing": ["Seen"],
    "limits": {"apart_minutes": 15, "apart_hours_without_zone": 24, "old_minutes": 60},
    "states": {"L": {"role": "active", "replication": "works"}, "F": {"role": "standby", "replication": "works"},
               "X": {"role": "standby", "replication": "broken"}, "S": {"role": "single", "replication": "none"}},
    "verdicts": {"needs-attention": "broken", "several-active": "broken", "repeated": "note", "heard": "note", "zones": "note"},
}
