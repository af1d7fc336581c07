"""A reader's runs as they must be, written apart from the script: what is ticked, in two tabs and two places.

An operation is a list, its name first; a tick is (time, how, by, reason). Nothing here knows how the script does it.
"""

import random
from dataclasses import dataclass, field, replace
from typing import Any

HASH = {name: f"{number:08x}" for number, name in enumerate(
    ["backup", "wiped", "begin", "first", "other", "for", "all", "stop", "client", "end", "ask"], 1)}

# A page as the script is given it: (kind, section, number, on, of, each, counted).
PARTS = {
    "backup": ("check", "before", 1, "", "", "", True),
    "wiped": ("accept", "wiped", None, "", "standby", "", True),
    "begin": ("step", "phase-1", 1, "active", "active", "", True),
    "first": ("step", "phase-1", 2, "first", "first", "", True),
    "other": ("step", "phase-1", 3, "other", "other", "on", True),
    "stop": ("stop", "phase-1", None, "", "", "", True),
    "for": ("step", "phase-2", 1, "active", "standby", "of", True),
    "all": ("step", "phase-2", 2, "all", "all", "on", True),
    "client": ("step", "phase-2", 3, "", "", "", True),
    "end": ("step", "verify", 1, "active", "active", "", True),
    "ask": ("step", "what-if", 1, "other", "other", "on", False),
}
PHASE = {"before": 0, "wiped": 1, "phase-1": 1, "phase-2": 2, "verify": 3, "what-if": "what-if"}


def page() -> dict[str, Any]:
    """The page of the model, as the script's core is given it."""
    marks = [{"kind": kind, "section": section, "number": number, "hash": HASH[name], "words": f"Do {name}", "phase": PHASE[section], "on": on,
              "of": of, "each": each, "counted": counted, "old": f"{section}/{number}/{name}"}
             for name, (kind, section, number, on, of, each, counted) in PARTS.items()]
    return {"procedure": "folder/a run", "version": "1.0", "title": "A run", "active": "Active Server", "first": "First Server", "standby": "Standby Server",
            "start": {}, "phases": [{"phase": phase, "title": section} for section, phase in PHASE.items()], "marks": marks}


def base(name: str) -> str:
    kind, section, number, *_ = PARTS[name]
    return f"{section}/{ {'step': number, 'check': f'check-{number}'}.get(kind, kind)}/{HASH[name]}"


@dataclass
class Kept:
    """What a place holds: of one run, and the names that it is seen with."""

    ticks: dict[str, tuple] = field(default_factory=dict)
    accepted: dict[str, tuple] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    names: dict[str, Any] | None = None
    begun: int | None = None
    initials: str = ""
    undone: list[dict[str, Any]] = field(default_factory=list)  # the last five that were taken back

    def copy(self) -> "Kept":
        """One that may be changed: no tick and no names are, others take their place."""
        return replace(self, ticks=dict(self.ticks), accepted=dict(self.accepted), notes=dict(self.notes))

    def begin(self) -> None:
        times = [one[0] for one in (*self.ticks.values(), *self.accepted.values())]
        if times:
            self.begun = min([*times, *([self.begun] if self.begun else [])])

    def targets(self, name: str) -> list[str] | None:
        """For which servers a part is done one by one; None if it is done once, or for servers that nobody has named."""
        kind, _, _, on, of, each, _ = PARTS[name]
        meant = of if kind == "accept" else {"on": on, "of": of, "": ""}[each]
        if not self.names or not meant:
            return None
        active, standby, first = (self.names[key] for key in ("active", "standby", "first"))
        if meant == "other":
            return [one for one in standby if one != first] if first else None
        return {"standby": standby, "all": [active, *standby]}[meant]

    def items(self) -> list[tuple[str, str, list[str]]]:
        """What stands on the page: (part, id, the ids that make it done too)."""
        found: list[tuple[str, str, list[str]]] = []
        for name in PARTS:
            servers = self.targets(name)
            if servers is None:
                found.append((name, base(name), []))
            elif self.names and not self.names["used"]:
                found.append((name, base(name), [f"{base(name)} {one}" for one in servers]))
            else:
                found += [(name, f"{base(name)} {one}", []) for one in servers]
        return found

    def tick_of(self, key: str, every: list[str]) -> tuple | None:
        """The tick or acceptance of an item; of one that is done for each server a skipped one, or the last."""
        for entries in (self.ticks, self.accepted):
            if key in entries:
                return entries[key]
            if every and all(one in entries for one in every):
                each = [entries[one] for one in every]
                return next((one for one in each if one[1] == "skipped"), max(each, key=lambda one: one[0]))
        return None

    def shown(self) -> list[list[str]]:
        """What a reader sees, [id, how it is done]."""
        return [[key, "" if tick is None else "accepted" if PARTS[name][0] == "accept" else tick[1]]
                for name, key, every in self.items() for tick in [self.tick_of(key, every)]]

    def spread(self) -> None:
        if not self.names or not self.names["used"]:
            return
        for name in PARTS:
            for entries in (self.ticks, self.notes):
                servers = self.targets(name)
                if PARTS[name][0] == "accept" or not servers or base(name) not in entries:
                    continue
                for server in servers:
                    entries.setdefault(f"{base(name)} {server}", entries[base(name)])
                del entries[base(name)]

    def plain(self) -> dict[str, Any]:
        return {"ticks": {key: list(value) for key, value in self.ticks.items()}, "accepted": {key: list(value) for key, value in self.accepted.items()},
                "notes": dict(self.notes), "names": self.names, "begun": self.begun, "items": [one[1] for one in self.items()]}


class Model:
    """Two tabs over one storage; in each place, real and rehearsal, a run of its own."""

    def __init__(self, former: dict[str, int]) -> None:
        """`former`: ticks in the form before this one, the script's old id → time."""
        self.places = {False: Kept(), True: Kept()}
        for old, time in former.items():
            name, _, server = old.partition(" ")
            self.places[False].ticks[base(name) + (f" {server}" if server else "")] = (time, "hand", "", "")
        self.shared: dict[bool, dict[str, Any]] = {False: {}, True: {}}
        self.first = {False: "", True: ""}
        self.tabs = [(False, Kept()), (False, Kept())]
        self.file: tuple[bool, Kept] | None = None
        self.load(0)
        self.load(1)

    def stored_names(self, rehearsal: bool) -> dict[str, Any] | None:
        """A rehearsal begins with the real names; which server is the first is chosen for each run."""
        shared = self.shared[rehearsal] or self.shared[False]
        if not shared:
            return None
        standby, first = shared["standby"], self.first[rehearsal]
        return {**shared, "first": first if first in standby else standby[0] if len(standby) == 1 else ""}

    def load(self, tab: int, rehearsal: bool | None = None) -> None:
        place = self.tabs[tab][0] if rehearsal is None else rehearsal
        view = self.places[place].copy()
        view.names = self.stored_names(place)
        view.begin()
        before = view.copy()
        view.spread()
        self.write(place, before, view)
        self.tabs[tab] = (place, view)

    def write(self, place: bool, before: Kept, after: Kept) -> None:
        """Only what differs is written: what another tab has done since stays."""
        kept = self.places[place]
        for part in ("ticks", "accepted", "notes"):
            had, has, there = getattr(before, part), getattr(after, part), getattr(kept, part)
            for key in had.keys() - has.keys():
                there.pop(key, None)
            there.update({key: value for key, value in has.items() if had.get(key) != value})
        had_names, has_names = before.names or {}, after.names or {}
        if had_names.get("first", "") != has_names.get("first", ""):
            self.first[place] = has_names.get("first", "")
        if {**had_names, "first": ""} != {**has_names, "first": ""}:
            self.shared[place] = {key: value for key, value in has_names.items() if key != "first"}
        if before.begun != after.begun:
            kept.begun = after.begun
        if before.initials != after.initials:
            kept.initials = after.initials
        if before.undone != after.undone:
            kept.undone = after.undone

    def change(self, tab: int, after: Kept) -> None:
        place, before = self.tabs[tab]
        self.write(place, before, after)
        self.tabs[tab] = (place, after)

    def do(self, operation: list[Any]) -> None:
        what, tab, *values = operation
        if what == "load":
            return self.load(tab)
        if what == "rehearse":
            return self.load(tab, not self.tabs[tab][0])
        place, view = self.tabs[tab]
        view = view.copy()
        if what == "export":
            self.file = (place, view)
            return None
        if what == "take up":
            if self.file and self.file[0] == place:
                self.change(tab, self.file[1].copy())
            return None
        if what == "names":
            view.names = values[0] or view.names and {**view.names, "used": False}
            view.spread()
        elif what == "again":
            view = Kept(names=view.names, initials=view.initials)
        else:
            self.on_item(what, view, *values)
        return self.change(tab, view)

    def on_item(self, what: str, view: Kept, at: int, *values: Any) -> None:
        items = view.items()
        name, key, every = items[at % len(items)]
        is_accepted = PARTS[name][0] == "accept"
        entries = view.accepted if is_accepted else view.ticks
        if what == "note":
            view.notes.pop(key, None)
            if values[0]:
                view.notes[key] = values[0]
        elif what == "untick":
            if values and view.tick_of(key, every):
                view.undone = [*view.undone, {"time": values[0], "by": view.initials, "id": key}][-5:]
            entries.pop(key, None)
            if every and all(one in entries for one in every):
                for one in every:
                    del entries[one]
        else:
            time, how, by, reason = values
            if is_accepted and by:
                entries[key] = (time, by)
            elif not is_accepted:
                entries[key] = (time, how, by, reason)
            view.begin()


def names(chance: random.Random) -> dict[str, Any]:
    pool = ["north", "south", "east", "west", "10.0.0.3", "fe80::1", "constructor", "__proto__"]
    active, *standby = chance.sample(pool, chance.randint(2, 5))
    return {"active": active, "standby": standby, "first": standby[0] if len(standby) == 1 else chance.choice([*standby, *standby, ""]), "used": True}


def sequence(seed: int, length: int = 40) -> tuple[dict[str, int], list[list[Any]]]:
    """Ticks of the former form, and operations, the same for a seed on every run."""
    chance = random.Random(seed)
    clock = 1_700_000_000_000
    former = {name: clock + number for number, name in enumerate(["begin", "other", "for south", "client"]) if chance.random() < 0.2}
    present = names(chance)
    done: list[list[Any]] = []
    for _ in range(length):
        clock += chance.randint(1, 10) * 60_000
        tab, at = chance.randrange(2), chance.randrange(40)
        match chance.choices(["tick", "untick", "how", "note", "names", "rename", "clear", "load", "export", "take up", "rehearse", "again"],
                             [30, 8, 8, 6, 4, 5, 2, 14, 4, 4, 4, 1])[0]:
            case "how":
                done.append(["tick", tab, at, clock, chance.choice(["skipped", "otherwise", "overridden", "not-applicable"]), chance.choice(["", "AB"]), "it was so"])
            case "tick":
                done.append(["tick", tab, at, clock, chance.choice(["hand", "checked"]), chance.choice(["", "AB", "é"]), ""])
            case "note":
                done.append(["note", tab, at, chance.choice(["see page 3", "<b>", ""])])
            case "names":
                present = names(chance)
                done.append(["names", tab, present])
            case "rename":
                standby = [f"new{clock % 7}", *present["standby"][1:]]
                present = {**present, "standby": standby, "first": standby[0] if present["first"] == present["standby"][0] else present["first"]}
                done.append(["names", tab, present])
            case "clear":
                done.append(["names", tab, None])
            case "untick":
                done.append(["untick", tab, at])
            case other:
                done.append([other, tab])
    return former, done
