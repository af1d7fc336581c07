"""A small site with procedures in words of its own, which tests change: a fleet is painted blue under sail, or at anchor."""

from pathlib import Path
from tempfile import TemporaryDirectory

from macros.content.procedures import Procedures, read_procedures
from macros.content.rules import read_rules
from macros.page.site import Site
from macros.page.snippets import read_snippets
from macros.procedure.actions import Actions, check, read_actions
from macros.source.load import load
from macros.source.mistake import MistakesError, said

ACTIONS = """\
# yaml-language-server: $schema=../schema/actions.schema.json
attributes:
  post: {leading: Leading, following: Following}
  sails: {set: sails set, furled: sails furled}
  rope: {tied: Tied, slack: Slack, cut: Cut, bare: Bare}
  flag: {red: Red, blue: Blue}
columns:
  Post: [post, sails]
  Rope: [rope]
  Flag: [flag]
start:
  at-sea:
    active: {post: leading, sails: set, rope: tied, flag: red}
    standby: {post: following, sails: set, rope: tied, flag: red}
  leader-lost:
    active: {post: leading, sails: furled, rope: slack, flag: blue}
    standby: {post: following, sails: set, rope: slack, flag: blue}
  one-adrift:
    active: {post: leading, sails: set, rope: tied, flag: red}
    standby: {post: following, sails: set, rope: tied, flag: red}
    first: {rope: cut}
goals:
  together:
    - {servers: {post: following, rope: [slack, cut, bare]}, at_most: 0, say: A boat is adrift.}
  all-blue:
    - {servers: {post: leading, sails: set}, at_least: 1, at_most: 1, say: Not one boat leads.}
    - {servers: {post: following, rope: [slack, cut, bare]}, at_most: 0, say: A boat is adrift.}
    - {servers: {flag: red}, at_most: 0, say: A boat is still red.}
  all-red:
    - {servers: {post: leading, sails: set}, at_least: 1, at_most: 1, say: Not one boat leads.}
    - {servers: {post: following, rope: [slack, cut, bare]}, at_most: 0, say: A boat is adrift.}
    - {servers: {flag: blue}, at_most: 0, say: A boat is still blue.}
  one-leads:
    - {servers: {post: leading, sails: set}, at_least: 1, at_most: 1, say: Not one boat leads.}
limits:
  - {servers: {post: leading, sails: set}, at_most: 1, not_in_stretch: true, say: Two boats lead.}
follows:
  - {when: {this: {post: following, rope: tied, sails: furled}}, this: {rope: slack}}
  - {when: {this: {post: following, rope: tied}, no: {post: leading, sails: set}}, this: {rope: slack}}
  - {when: {this: {post: following, rope: slack, sails: set}, some: {post: leading, sails: set}}, this: {rope: tied}}
groups:
  - {of: all, words: [each boat]}
  - {of: standby, words: [each Follower]}
  - {of: other, words: [each other Follower]}
  - {of: all, only: {sails: furled}, words: [every furled boat]}
  - {of: all, only: {flag: blue}, words: [every blue boat]}
  - {of: all, only: {post: following, rope: [cut, bare]}, words: [every loose boat]}
  - {of: all, only: {post: leading, sails: set}, words: [boat that leads now]}
  - {of: first, words: [boat in question]}
  - {of: active, words: [Leader]}
actions:
  look: {name: Look}
  furl:
    name: Furl
    needs:
      - when: {this: {post: leading}}
        need: {no: {post: following, sails: set, rope: tied}}
        say: "{server} is furled while a boat is in tow."
        fix: Furl the others before.
    changes: [{this: {sails: furled}}]
  anchor:
    name: Anchor
    needs: [{need: {every: {sails: furled}}, say: "{server} anchors while another boat sails.", fix: Furl the others before.}]
    changes: [{this: {sails: furled}}]
  hoist: {name: Hoist, changes: [{this: {sails: set}}]}
  cut:
    name: Cut the rope
    needs:
      - {need: {this: {post: following, rope: [tied, slack]}}, say: "{server} is cut off and is not in tow.", fix: Leave it out.}
      - {need: {on: {post: leading, sails: set}}, say: "{server} is cut off at a boat that does not lead.", fix: Do it at the one that leads.}
    changes: [{this: {rope: cut}}]
  paint:
    name: Paint
    needs:
      - {need: {this: {flag: red}}, say: "{server} is painted twice.", fix: Paint it once.}
      - {when: {this: {post: following}}, need: {this: {rope: [slack, cut, bare]}}, say: "{server} is painted in tow.", fix: Cut the rope.}
      - when: {this: {post: leading}}
        need: {no: {post: following, sails: set, rope: tied}}
        say: "{server} is painted while a boat is in tow."
        fix: Furl the others before.
    changes:
      - {this: {flag: blue, sails: furled}}
      - {when: {this: {post: leading}}, others: {rope: bare}, others_that_are: {post: following, rope: [tied, slack]}}
  strip:
    name: Strip the paint
    needs: [{need: {this: {flag: blue}}, say: "{server} is stripped and is red.", fix: Name the blue ones.}]
    changes:
      - {this: {flag: red, sails: furled}}
      - {when: {this: {post: leading}}, others: {rope: bare}, others_that_are: {post: following, rope: [tied, slack, cut]}}
      - {when: {this: {post: following}}, this: {rope: bare}}
  lead:
    name: Take the lead
    needs: [{need: {this: {sails: set}}, say: "{server} leads without sails.", fix: Hoist them before.}]
    changes: [{this: {post: leading, rope: tied}, others: {rope: bare}, others_that_are: {post: following, rope: [tied, slack]}}]
  step-down:
    name: Give up the lead
    needs: [{need: {this: {post: leading}, some: {post: leading, sails: set}}, say: "{server} gives up a lead that nobody takes.", fix: Let one lead before.}]
    changes: [{this: {post: following, rope: bare}}]
  tie:
    name: Tie up
    needs:
      - {need: {this: {post: following, sails: set, rope: [cut, bare]}}, say: "{server} is tied up and is not loose.", fix: Cut the rope before.}
      - {need: {some: {post: leading, sails: set}}, say: "{server} is tied up and nobody leads.", fix: Let one lead before.}
      - {need: {on: {post: leading, sails: set}}, say: "{server} is tied up at a boat that does not lead.", fix: Do it at the one that leads.}
    changes: [{this: {rope: tied}}]
events: {fails: It fails, network: Fog comes, dies: The boat sinks}
dead: {sails: furled}
ways_on:
  - {event: dies, when: {this: {post: leading}}, case: leader-sinks, to: help.md#take-the-lead, say: Nobody leads.}
  - {event: dies, to: help.md, say: One boat fewer.}
  - {event: network, when: {this: {flag: red}}, to: help.md, say: Look for the red ones.}
  - {event: network, to: help.md, say: Wait.}
"""

FORM = """\
# yaml-language-server: $schema=../schema/form.schema.json
callouts: [note, warning]
steps: [At …, In the fog]
example: At the Leader
procedures:
  pages: voyage-*.md
  sections: [Before, Leg, Look, What if]
  phase: Leg
  most_steps: 7
  stop: "Halt: "
  back: To turn round
  expected: You see
  if_not: Otherwise
  start: at-sea
  goal: all-blue
  goal_back: all-red
"""

SAIL = """\
---
description: Paint the fleet while it sails.
---

# Paint the fleet under sail

{{ runbook(active="Old Leader", first="New Leader") }}

## Before you cast off

| Check | Expected | Otherwise |
| --- | --- | --- |
| Paint | Blue | Buy it |

## Leg 1: Let go

1. **At the Old Leader:** Let the New Leader go. { .cut of="New Leader" }

    **You see:** its rope. **Otherwise:** pull.

2. **At the Old Leader:** Let the others go. { .cut of="each other Follower" instead="furl" }

    **You see:** their ropes. **Otherwise:** let them furl.

!!! note "Halt: every rope is cut" { holds="New Leader: cut; each other Follower: cut or furled" }

    Look back.

**To turn round:** see [All back](#all-back){ .follow }.

## Leg 2: Paint the New Leader

1. **At the New Leader:** Paint it. { .paint }

    **You see:** blue. **Otherwise:** turn round.

2. **At the New Leader:** Hoist the sails. { .hoist }

    **You see:** wind. **Otherwise:** turn round.

3. **At the New Leader:** Look round. { .look holds="Old Leader: leading, set; New Leader: following, set" }

    **You see:** one flag ahead. **Otherwise:** turn round.

!!! note "Halt: the New Leader is blue" { holds="Old Leader: leading, red; New Leader: following, blue" }

    Look back.

**To turn round:** see [All back](#all-back){ .follow }.

## Leg 3: Hand over the lead { #hand-over }

!!! warning "No simple way home from here" { .no-return #no-way-home }

    Think twice.

!!! warning "Two boats lead for a moment" { .stretch }

    Be quick.

1. **At the New Leader:** Take the lead. { .lead }

    **You see:** the horizon. **Otherwise:** see [Help](help.md).

2. **At the Old Leader:** Give up the lead. { .step-down }

    **You see:** the New Leader ahead. **Otherwise:** see [Help](help.md).

!!! note "Halt: one boat leads" { holds="New Leader: leading, set; Old Leader: following" }

    Look round.

**To turn round:** see [All back](#all-back){ .follow }.

## Leg 4: Paint the others

1. **At the Old Leader:** Paint it. { .paint }

    **You see:** blue. **Otherwise:** wait.

2. **At the Old Leader:** Hoist the sails. { .hoist }

    **You see:** wind. **Otherwise:** wait.

3. **At each other Follower:** Paint it. { .paint }

    **You see:** blue. **Otherwise:** wait.

4. **At each other Follower:** Hoist the sails. { .hoist }

    **You see:** wind. **Otherwise:** wait.

!!! note "Halt: all are blue" { holds="each boat: set, blue; New Leader: leading" }

    Look round.

**To turn round:** see [All back](#all-back){ .follow }.

## Leg 5: Tie up

1. **At the New Leader:** Tie up the Old Leader. { .tie of="Old Leader" }

    **You see:** its rope. **Otherwise:** throw again.

2. **At the New Leader:** Tie up the others. { .tie of="each other Follower" }

    **You see:** their ropes. **Otherwise:** throw again.

!!! note "Halt: all are tied" { holds="Old Leader: tied; each other Follower: tied" }

    Done.

## Look round

1. **At each boat:** Run the command. { .look check="flags" }

    ```shell
    flags --all
    ```

## What if

### All back

1. **At every blue boat:** Strip the paint. { .strip }
2. **At every furled boat:** Hoist the sails. { .hoist }
3. **At the boat that leads now:** Tie up every loose boat. { .tie of="every loose boat" }

### The leader sinks { #the-leader-sinks case="leader-sinks" }

Swim.

{{ if_something_breaks() }}
"""

ANCHOR = """\
---
description: Paint the fleet at anchor.
---

# Paint the fleet at anchor

{{ runbook(active="Leader") }}

## Before you drop anchor

| Check | Expected | Otherwise |
| --- | --- | --- |
| Paint | Blue | Buy it |

## Leg 1: Drop anchor

1. **At each Follower:** Furl the sails. { .furl instead="cut" }

    **You see:** masts. **Otherwise:** cut the rope.

2. **At the Leader:** Furl the sails. { .furl }

    **You see:** masts. **Otherwise:** wait.

!!! note "Halt: nobody sails" { holds="each boat: furled or cut" }

    Look round.

**To turn round:** see [Up again](#up-again){ .follow }.

## Leg 2: Paint the Leader

1. **At the Leader:** Paint it. { .paint }

    **You see:** blue. **Otherwise:** wait.

2. **At the Leader:** Hoist the sails. { .hoist }

    **You see:** wind. **Otherwise:** wait.

!!! note "Halt: the Leader is blue" { holds="Leader: leading, set, blue; each Follower: red" }

    Look round.

**To turn round:** see [All back](voyage-sail.md#all-back){ .follow }.

## Leg 3: Paint the others

1. **At each Follower:** Paint it. { .paint }

    **You see:** blue. **Otherwise:** wait.

2. **At each Follower:** Hoist the sails. { .hoist }

    **You see:** wind. **Otherwise:** wait.

3. **At the Leader:** Tie up the others. { .tie of="each Follower" }

    **You see:** their ropes. **Otherwise:** throw again.

!!! note "Halt: all are tied" { holds="each boat: blue; each Follower: tied" }

    Done.

## Look round

1. **At the Leader:** Look. { .look }

## What if

### Up again

1. **At the Leader:** Hoist the sails. { .hoist }
2. **At every furled boat:** Hoist the sails. { .hoist }
3. **At the Leader:** Tie up every loose boat. { .tie of="every loose boat" }
"""

HELP = """\
---
description: Help at sea.
---

# Help

Shout.

## Take the lead { #take-the-lead from="leader-lost" to="one-leads" }

1. **At the boat in question:** Take the lead. { .lead }

## Fetch a boat { #fetch-it from="one-adrift" to="together" }

1. **At the Leader:** Tie it up. { .tie of="boat in question" }
"""

FILES = {
    "_data/reference/actions.yml": ACTIONS, "_data/rules/form.yml": FORM,
    "help.md": HELP, "voyage-anchor.md": ANCHOR, "voyage-sail.md": SAIL,
}


def procedures_site(folder: Path, files: dict[str, str] = FILES) -> Site:
    """The site in a folder, with these files."""
    for name, text in files.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    docs = folder / "docs"
    return Site(docs, extensions=("toc", "attr_list"), snippets=read_snippets([docs / "_data"], [], folder))


def read_site(folder: Path, files: dict[str, str] = FILES, most: int = 4) -> tuple[Actions, Procedures]:
    """The actions and the procedures of the site. Raises MistakesError where the actions are broken."""
    site = procedures_site(folder, files)
    actions = read_actions(site.docs, site)
    rules = read_rules(site.docs, folder)
    if rules.broken:
        raise MistakesError(list(rules.broken))
    return actions, read_procedures(site, actions, rules, most)


def lines_of_mistakes(folder: Path, files: dict[str, str] = FILES, most: int = 4) -> list[str]:
    """What is wrong with the site, as `file:line:column: what. Fix.`"""
    try:
        found = read_site(folder, files, most)[1].mistakes
    except MistakesError as error:
        return error.lines
    return [line for page, mistakes in found.items() for line in said(f"docs/{page}", mistakes)]


def fleet(text: str = ACTIONS) -> Actions:
    """The actions in a text."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "actions.yml")
        path.write_text(text, encoding="utf-8")
        return load(path, "actions.yml", Actions, check)
