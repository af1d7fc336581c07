"""Procedures played slowly and plainly, apart from macros/procedure/simulate.py: only the file of actions is shared.

The actions are plain values, as the file has them; a server's state is a dict; nothing is kept or compared by identity.
"""

from typing import NamedTuple

FULL = {"when": {}, "this": {}, "others": {}, "others_that_are": {}}


class Doing(NamedTuple):
    """A step: its line, on what it is done and for which servers, in words, and the action, or what is done instead."""

    line: int
    on: str
    of: str
    action: str
    instead: str = ""


class Fleet:
    """Some servers and what went wrong with them: the lines and the words."""

    def __init__(self, data: dict, start: str, standby: int, active: str = "", first: str = "") -> None:
        self.data, self.active, self.first = data, active, first
        begin = data["start"][start]
        self.servers = [dict(begin["active"]), *(dict(begin["standby"]) for _ in range(standby))]
        self.servers[1].update(begin.get("first") or {})
        self.wrong: list[tuple[int, str]] = []
        self.applied: set[int] = set()

    # ---- Which servers

    def named(self, words: str) -> list[int]:
        if self.active and words.lower() == self.active.lower():
            return [0]
        if self.first and words.lower() == self.first.lower():
            return [1]
        for group in self.data["groups"]:
            if words.lower() in [one.lower() for one in group["words"]]:
                count = len(self.servers)
                every = {
                    "all": list(range(count)), "active": [0], "first": [1], "standby": list(range(1, count)),
                    "other": list(range(2 if self.first else 1, count)),
                }[group["of"]]
                return [number for number in every if self.is_so(self.servers[number], group.get("only") or {})]
        return []

    def called(self, number: int) -> str:
        if number == 0 and self.active:
            return self.active
        if number == 1 and self.first:
            return self.first
        key = "active" if number == 0 else "other" if self.first else "standby"
        for group in self.data["groups"]:
            if group["of"] == key and not group.get("only"):
                return group["words"][0]
        return key

    # ---- What is so

    @staticmethod
    def is_so(state: dict, wanted: dict) -> bool:
        return all(state[name] in ([value] if isinstance(value, str) else list(value)) for name, value in wanted.items())

    def holds(self, condition: dict, number: int, on: int | None) -> bool:
        others = [state for place, state in enumerate(self.servers) if place != number]
        if not self.is_so(self.servers[number], condition.get("this") or {}):
            return False
        if condition.get("on") and on is not None and not self.is_so(self.servers[on], condition["on"]):
            return False
        if condition.get("some") and not [one for one in others if self.is_so(one, condition["some"])]:
            return False
        if condition.get("every") and [one for one in others if not self.is_so(one, condition["every"])]:
            return False
        return not (condition.get("no") and [one for one in others if self.is_so(one, condition["no"])])

    # ---- What happens

    def change(self, given: dict, number: int) -> None:
        change = {**FULL, **given}
        if not self.holds(change["when"] or {}, number, None):
            return
        for place, state in enumerate(self.servers):
            if place == number:
                state.update(change["this"] or {})
            elif self.is_so(state, change["others_that_are"] or {}):
                state.update(change["others"] or {})

    def settle(self) -> None:
        for rule in self.data["follows"]:
            for number in range(len(self.servers)):
                self.change(rule, number)

    def limits(self, line: int, in_stretch: bool) -> None:
        for limit in self.data["limits"]:
            count = len([one for one in self.servers if self.is_so(one, limit["servers"])])
            most = limit.get("at_most")
            if not (limit.get("not_in_stretch") and in_stretch) and (count < (limit.get("at_least") or 0) or (most is not None and count > most)):
                self.wrong.append((line, limit["say"]))

    def do(self, step: Doing, instead: int = 0, in_stretch: bool = False) -> bool:
        """Do a step on each of its servers, the last `instead` of them in the other way; whether all that it needs was so."""
        before = len(self.wrong)
        servers, places = self.named(step.of), self.named(step.on)
        for turn, number in enumerate(servers):
            other = bool(step.instead) and turn + instead >= len(servers)
            name = step.instead if other else step.action
            on = None
            if name == step.action:
                on = number if number in places else places[0] if len(places) == 1 else None
            action = self.data["actions"][name]
            for need in action.get("needs") or ():
                if self.holds(need.get("when") or {}, number, on) and not self.holds(need["need"], number, on):
                    words = need["say"].replace("{server}", self.called(number))
                    self.wrong.append((step.line, words[:1].upper() + words[1:]))
                    return False
            for change in action.get("changes") or ():
                self.change(change, number)
            self.settle()
            self.applied.add(step.line)
            self.limits(step.line, in_stretch)
        return len(self.wrong) == before
