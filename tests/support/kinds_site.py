"""A small site with one page of each kind: what a reader hears, sees and reaches is looked at on content of its own.

A fleet is painted; see support/procedures.py. Its addresses: "", choose/, voyage-sail/, voyage-anchor/, help/, states/,
commands/, contributing/ and 404.html.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from support.procedures import FILES
from support.sites import Server, make_project, mkdocs_build, once

from macros.reference.checks import FINDINGS

HOME = """\
---
description: The fleet.
---

# The fleet

<div class="first-way" markdown>

## Paint { #paint }

Answer two questions.

[Choose how](choose.md){ .md-button .md-button--primary }

</div>

## Other ways

- [Under sail](voyage-sail.md)
- [States of a boat](states.md)

| Boat | Colour |
| --- | --- |
| Swan | Blue |

!!! note "Boats float"

    Most do.

??? note "More of boats"

    They have masts, and a [rope](help.md).

!!! warning "Water is wet"

    Wear boots.
"""
CHOOSE = """\
---
description: Choose.
---

# Choose how to paint

## Find your way

{{ decision_tree("paint") }}

## Compare

{{ comparison_table("paint") }}
"""
TREE = """\
title: How to paint
start: wind
criteria: {speed: Speed}
methods:
  sail: {title: Under sail, page: voyage-sail.md, recommended: true, summary: The fleet goes on., criteria: {speed: Fast}}
  anchor: {title: At anchor, page: voyage-anchor.md, summary: The fleet stops., criteria: {speed: Slow}}
questions:
  wind:
    ask: Is there wind?
    why: Sails need it.
    help: Wet a finger.
    unsure: {who: The mate, where: On deck, longest: 1 minute}
    answers:
      good: {label: There is, goto: ropes, because: Sails fill.}
      none: {label: There is none, choose: anchor, because: Sails hang.}
  ropes:
    ask: Are the ropes whole?
    answers:
      whole: {label: Whole, choose: sail, because: They hold.}
      torn: {label: Torn, choose: anchor, because: They break.}
notices:
  fog: {kind: warning, title: Mind the fog., text: Ring the bell.}
"""
STATES_PAGE = """\
---
description: States.
---

# States of a boat

## Read logs

{{ status_reader() }}

## States { #states }

{{ state_table() }}
"""
STATES = """\
page: states.md
states:
  LEADING: {means: It leads., role: active, replication: works, next: Nothing to do.}
  IN_TOW: {means: It follows., role: standby, replication: works, next: Nothing to do.}
  ADRIFT: {means: Its rope is cut., role: standby, replication: broken, next: Tie it up with `rope -tie_up`., page: help.md#fetch-it}
"""
COMMANDS_PAGE = """\
---
description: Commands.
---

# Commands

## In short

{{ command_table() }}

## In full

{{ command_details() }}
"""
COMMANDS = """\
risks: {none: Nothing is lost., low: Little can be lost., high: A rope can break., data-loss: A boat can sink.}
commands:
  tie: {program: rope, option: -tie_up, does: Ties a boat up., where: Any boat, when: Always, risk: none, consequence: It holds.}
  cut: {program: rope, option: -cut_loose, does: Cuts a rope., where: The Leader, when: Never in fog, risk: data-loss, consequence: The boat drifts.}
"""
CONTRIBUTING = """\
---
description: How to write.
---

# How to write

## A page

Write [Markdown](more.md).

```yaml
boat: swan
```
"""
MORE = """\
---
description: More.
---

# More of it

The end.
"""
REPORT = {
    name: name.replace("_", " ").capitalize()
    for name in ("state", "role", "mode", "servers", "count", "replication_mode", "switch", "tables", "elements", "declared", "connections", "connection_state", "command", "success", "written")
}
CHECKS = json.dumps({
    "page": "checks.md",
    "report": {
        **REPORT, "server": "Log of {key}", "active": "Leader", "standby": "Follower", "known_active": "knows {key}", "native": "rope", "no_switch": "none",
        "slot": "rope_{key}", "streaming": "tight", "last_seen": ["Seen"], "status": "log", "flags": {},
    },
    "api": {
        "server": "boat/{key}", "flags": {},
        **{name: f"api_{name}" for name in ("active", "standbys", "name", "state", "servers", "licence", "registered", "streaming", "active_state", "other_states")},
    },
    "answers": {"tree": "paint", "page": "choose.md", "question": "ropes", "fits": {"whole": ["works"], "torn": ["ADRIFT", "needs-attention", "not-declared"]}},
    "limits": {"apart_minutes": 15, "apart_hours_without_zone": 24, "old_minutes": 60},
    "samples": {
        "tied": {"label": "All are tied", "servers": [
            {"name": "Swan", "key": "1", "state": "LEADING", "declared": ["2"], "connected": ["2"]}, {"name": "Duck", "key": "2", "state": "IN_TOW"},
        ]},
        "adrift": {"label": "One is adrift", "servers": [
            {"name": "Swan", "key": "1", "state": "LEADING"}, {"name": "Duck", "key": "2", "state": "ADRIFT"},
        ]},
    },
    "checks": {
        name: {"title": name.capitalize(), "when": f"Of {name}.", "means": f"Found {name}: {{servers}}.", "verdict": "broken"} for name in FINDINGS
    },
})
# What the reader of reports is given of a fleet whose ropes are whole.
LOGS = "".join(
    json.dumps({"Command": "log", f"Log of {key}": {"Mode": mode, "Role": role, "Count": "2", "Servers": "Swan (1) Duck (2)", "State": f"{state}|So it is."}})
    for key, mode, role, state in (("1", "Leader", "Leader", "LEADING"), ("2", "Follower (knows 1)", "Follower", "IN_TOW"))
)
CHECKS_PAGE = """\
---
description: Checks.
---

# Checks

{{ check_table() }}
"""
NAV = """\
nav:
  - Home: index.md
  - Choose: choose.md
  - Do:
      - Under sail: voyage-sail.md
      - At anchor: voyage-anchor.md
  - Help: help.md
  - Look up:
      - States: states.md
      - Commands: commands.md
      - Checks: checks.md
  - Write:
      - How to write: contributing/index.md
      - More: contributing/more.md
theme:
"""
PAGES = {
    **FILES,
    "index.md": HOME, "choose.md": CHOOSE, "states.md": STATES_PAGE, "commands.md": COMMANDS_PAGE, "checks.md": CHECKS_PAGE,
    "contributing/index.md": CONTRIBUTING, "contributing/more.md": MORE,
    "_data/paint.yml": TREE, "_data/reference/states.yml": STATES, "_data/reference/checks.yml": CHECKS, "_data/reference/commands.yml": COMMANDS,
}


def settings(text: str) -> str:
    """mkdocs.yml of this project as that of the site."""
    for ours, theirs in {
        "theme:\n": NAV, "site_name: HA Management Servers": "site_name: Fleet", "tree_on_404: upgrade": "tree_on_404: paint",
        "in_footer: [Download, About, Contribute]": "in_footer: [Write]", "copyright: Not the vendor's official documentation.": "copyright: The fleet",
    }.items():
        assert ours in text
        text = text.replace(ours, theirs, 1)
    return text


def kinds_site(shared: Path, folder: Path, serve: Callable[[Path], Server]) -> Server:
    """The site, served. It is built once in a run of the tests, in the folder `shared`. Its address ends without a slash."""
    server = serve(folder)

    def build(project: Path) -> None:
        built = mkdocs_build(make_project(project, PAGES, settings), "https://kinds.example/")
        assert built.code == 0, built.output

    shutil.copytree(once(shared / "kinds", build) / "site", folder, dirs_exist_ok=True)
    for page in [*folder.rglob("*.html"), *folder.rglob("*.xml"), *folder.rglob("*.json")]:
        page.write_text(page.read_text(encoding="utf-8").replace("https://kinds.example", server.url), encoding="utf-8")
    return server
