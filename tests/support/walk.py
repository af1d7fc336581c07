"""A procedure walked on paper: a page's text and a number of Standby Servers in, what goes wrong out.

What a step does is read off its words; what each action needs is written here from the facts. The
steps of the phases are walked in their order, with every "each …" step done for every server.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

STEP = re.compile(r"\d+\. +\*\*On ([^*]+):\*\* (.*)")
SUBJECT = r"(?:the |each )?((?:other )?(?:Initial Active|Final Active|Standby|Active) Server)"
# What a step does: the action, and how its words begin. A group names the server it is done to.
ACTIONS = {
    "upgrade": r"Run the SMC installer",
    "start": r"Start the Management Server",
    "stop": r"Stop the Management Server",
    "exclude": rf".*\bexclude {SUBJECT}",
    "activate": r".*\*\*Force Server Activation\*\*",
    "set standby": r".*\*\*Set Standby\*\*",
    "initialize": rf".*run Standby initialization for {SUBJECT}",
}


@dataclass
class Server:
    """A Management Server as the procedure should have left it."""

    active: bool = False
    running: bool = True
    replicates: bool = True
    new: bool = False


@dataclass
class World:
    """The servers by name, and what went wrong so far."""

    servers: dict[str, Server]
    wrong: list[str] = field(default_factory=list)

    def actives(self) -> list[str]:
        return [name for name, server in self.servers.items() if server.active and server.running]

    def need(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)

    def do(self, action: str, on: str, to: str) -> None:
        """Do one action, on the server that the step names, to one server."""
        here, there, all_run = self.servers[on], self.servers[to], all(one.running for one in self.servers.values())
        connected = [one for one in self.servers.values() if one.running and one.replicates and not one.active]
        match action:
            case "upgrade":
                self.need(not (connected if here.active else here.running and here.replicates and self.actives()), f"{on} is upgraded with replication up")
                self.need(not here.new, f"{on} is upgraded twice")
                # After an upgrade no Standby Server is initialized; whether the server runs, nobody knows.
                here.new, here.running, here.replicates = True, False, False
            case "start":
                here.running = True
            case "stop":
                self.need(here.running, f"{on} is stopped already")
                here.running = False
            case "exclude":
                self.need(self.actives() == [on], f"{to} is excluded on {on}, which is not the Active Server")
                self.need(all_run, f"{to} is excluded while a server is offline")
                there.replicates = False
            case "activate":
                self.need(here.running and here.new and not here.replicates, f"{on} is activated too early")
                here.active = True
            case "set standby":
                self.need(len(self.actives()) > 1, f"{on} is set to Standby with no other Active Server")
                here.active = here.replicates = False
            case "initialize":
                self.need(self.actives() == [on], f"{to} is initialized from {on}, which is not the only Active Server")
                self.need(there.running and there.new and not there.active, f"{to} is not ready to be initialized")
                self.need(all_run, f"{to} is initialized while a server is offline")
                there.replicates = True


def servers_of(phrase: str, named: dict[str, str], standby: list[str]) -> list[str]:
    """The servers that a role or "each …" stands for."""
    role = re.sub(r"^(?:the|each) ", "", phrase, flags=re.IGNORECASE)
    if role == "other Standby Server":
        return [name for name in standby if name != named.get("Final Active Server")]
    if role != "Standby Server" and role not in named:
        raise ValueError(f'The page has no role "{role}". Write one of: {", ".join(named)}, Standby Server.')
    return standby if role == "Standby Server" else [named[role]]


def sections(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a page below its `##` headings: title and text."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, below = part.partition("\n")
        yield title, below


def tables(text: str) -> Iterator[list[str]]:
    """The rows of the table "Expected state now": its cells."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for row in rows[2:] if rows and rows[0].startswith("| Expected state now") else []:
        yield [cell.strip() for cell in row.strip("|").split("|")]


def walk(text: str, count: int) -> list[str]:
    """What goes wrong when the phases of a page are done with so many Standby Servers."""
    try:
        return walked(text, count)
    except ValueError as error:
        return [str(error)]


def walked(text: str, count: int) -> list[str]:
    standby = [f"s{number}" for number in range(1, count + 1)]
    two = "Final Active Server" in text
    named = {"Initial Active Server": "a", "Final Active Server": "s1"} if two else {"Active Server": "a"}
    world = World({"a": Server(active=True, replicates=False), **{name: Server() for name in standby}})
    for title, phase in (part for part in sections(text) if part[0].startswith("Phase")):
        for step in filter(None, map(STEP.fullmatch, phase.splitlines())):
            place, words = step.groups()
            for on in servers_of(place, named, standby):
                for name, pattern in ACTIONS.items():
                    if found := re.match(pattern, words):
                        done_to = servers_of(found[1], named, standby) if found.groups() else [on]
                        for to in done_to:
                            world.do(name, on, to)
                        break
        world.need(len(world.actives()) < 2, f"{title}: two Active Servers run at its end")
        for place, role, replication, version in tables(phase):
            for name in servers_of(place, named, standby):
                server = world.servers[name]
                is_now = ("Active" if server.active else "Standby", "running" if server.running else "stopped")
                world.need(tuple(role.split(" (")[0].split(", ")[:2]) == is_now, f"{title}: {name} is {is_now}, not {role}")
                others = [one.replicates and one.running for one in world.servers.values() if one is not server]
                works = server.running and (all(others) if server.active else server.replicates)
                world.need((replication == "Works") == works, f"{title}: replication of {name} is not {replication}")
                world.need(version == ("New" if server.new else "Old"), f"{title}: {name} is not {version}")
    for name, server in world.servers.items():
        world.need(server.running and server.new and (server.active or server.replicates), f"{name} is left behind")
    return world.wrong
