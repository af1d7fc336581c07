"""A small site whose pages carry every mark of a procedure, written by hand: a run has content of its own to work on."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from support import reports, run_model
from support.sites import OWN, ROOT, make_project, mkdocs_build

from macros.content.data import Data, read_data
from macros.page.render import render
from macros.page.site import Site
from macros.reference.html import status_data


def state(role: str, replication: str, version: str) -> dict[str, object]:
    """What a server is: its words, and the same as values."""
    words = [f"{role.capitalize()}, running", replication.capitalize(), version.capitalize()]
    return {"words": words, "role": role, "running": "running", "replication": replication, "version": version}


LEADS, FOLLOWS = state("active", "works", "old"), state("standby", "works", "old")
NEW, ALONE, OUT = state("active", "works", "new"), state("active", "alone", "old"), state("standby", "excluded", "old")
HASHES = iter(f"{number:08x}" for number in range(1, 1000))


def attributes(**values: object) -> str:
    """HTML attributes; data_on becomes data-on, a dictionary JSON."""
    texts = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in values.items() if value is not None}
    return "".join(f" {name.replace('_', '-')}='{value}'" for name, value in texts.items())


def step(place: str, words: str, on: str = "active", more: str = "", counted: bool = True, loose: bool = True, **marks: object) -> str:
    """A step as the build marks it. Its words begin with the role in bold."""
    role = re.search(r"<strong>On (.*?):</strong>", words)
    marks = {"data_" + name: value for name, value in marks.items()}
    opening = attributes(data_step=place, data_words=next(HASHES), data_role=role[1] if role else "", data_on=on,
                         data_of=marks.pop("data_of", on), data_counted="" if counted else None, **marks)
    return f"<li{opening}>{f'<p>{words}</p>' if loose else words}{more}</li>"


def stop(section: str, words: str) -> str:
    return f'<div class="admonition note" data-stop="{section}" data-words="{next(HASHES)}"><p class="admonition-title">{words}</p><p>Our reason.</p></div>'


def accept(id_: str, words: str, marks: str = "") -> str:
    return f'<div class="admonition warning"{marks} data-accept="{id_}" data-words="{next(HASHES)}"><p class="admonition-title">{words}</p><p>It is lost.</p></div>'


def steps(*items: str) -> str:
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


TERM = '<button type="button" data-term="">installer</button>'
COMMAND = '<div class="highlight"><pre id="__code_9"><code>tool server=&lt;Standby Server&gt; active=&lt;Active Server&gt;</code></pre></div>'
EXPECTED = "<p><strong>Expected:</strong> it ends without an error. <strong>If not:</strong> see <a href=\"#what-if\">what if</a>.</p>"
CHECKS = f"""<div class="data-table"><table><thead><tr><th>Check</th><th>Expected</th></tr></thead><tbody>
<tr data-check-before="before/1" data-words="{next(HASHES)}"><td>The licence</td><td data-expected="">Valid</td></tr>
<tr data-check-before="before/2" data-words="{next(HASHES)}"><td>The installer</td><td>There</td></tr>
</tbody></table></div>"""
RUN = f"""---
description: A run.
---

# Run

{{{{ runbook(active="Active Server", first="First Server") }}}}

{{{{ look_up("How to stop a server", "How to start the Active Server") }}}}

<h2 id="before">Before you start</h2>

{CHECKS}

{accept("loss", "Warning: changes are lost")}

<h2 id="phase-1" data-phase="1">Phase 1: Begin</h2>

{steps(
    step("phase-1/1", "<strong>On the Active Server:</strong> Begin.", more=EXPECTED, after={"active": ALONE}),
    step("phase-1/2", "<strong>On the First Server:</strong> Begin.", on="first", loose=False, after={"first": OUT}),
    step("phase-1/3", "<strong>On each other Standby Server:</strong> Run the command.", on="other", each="on", more=COMMAND + EXPECTED, after={"other": OUT}),
    step("phase-1/4", "<strong>On the Active Server:</strong> Exclude each other Standby Server. Wait.", of="other", each="of"),
    step("phase-1/5", "<strong>On the Active Server:</strong> End."),
)}

{stop("phase-1", "Stop: do not continue until the First Server is excluded")}

<ul class="servers" aria-hidden="true"><li><strong>Active Server</strong><span>Active</span></li><li><strong>Each other Standby Server</strong><span>Standby</span></li></ul>

<table data-expected-state="phase-1"><thead><tr><th>Expected state now</th><th>Role</th></tr></thead><tbody>
<tr><td>Active Server</td><td>Active</td></tr><tr><td>Each other Standby Server</td><td>Standby</td></tr></tbody></table>

<h2 id="phase-2" data-phase="2">Phase 2: Move</h2>

{accept("no-return", "Warning: no way back for the Active Server", ' data-no-return=""')}

{steps(
    step("phase-2/1", f"<strong>On the First Server:</strong> Run the {TERM}. " + "It takes long and says much. " * 20, on="first", more=EXPECTED),
    step("phase-2/2", "<strong>On the First Server:</strong> Look.", on="first", check={"first": "active"}, after={"first": NEW}),
)}

<h2 id="verify">Verify</h2>

{steps(step("verify/1", "<strong>On each Management Server:</strong> Look.", on="all", each="on", check={"active": "standby", "first": "active", "other": "standby"}))}

<h2 id="what-if">What if</h2>

{steps(step("what-if/1", "<strong>On each Management Server:</strong> Look.", on="all", each="on", counted=False))}

{render("run-back.html")}

<table data-failures=""><thead><tr><th>Step</th><th>If</th><th>Read on</th></tr></thead><tbody>
<tr data-failure-of="phase-1/1 phase-1/2" data-event="dies"><th>1</th><td><span data-role="First Server">First Server</span> sinks</td><td>Nothing has changed: <a href="#what-if">What if</a></td></tr>
<tr data-failure-of="phase-1/3" data-event="dies"><th>3</th><td><span data-every="each Management Server">Each Management Server</span> sinks</td><td><a href="#what-if">What if</a></td></tr>
</tbody></table>
"""
PLAIN = """---
description: A plain page.
---

# Plain

{{ under_way() }}

[To the run](run.md)

{{ look_up("How to stop a server") }}
"""
# Words of a step may be those of an older page, with no marks but what it is and where.
ODD_ROLES = """---
description: Roles with signs.
---

# Odd

{{ runbook(active="Active Server (old)", first="First [$^|+? Server") }}

## Phase 1: Begin

1. **On the Active Server (old):** Begin.
2. **On the First [$^|+? Server:** Begin.
"""
OTHER = f"""\
# Another role

{{{{ under_way() }}}}

{{{{ runbook(active="Active Server", first="Server under Repair") }}}}

<h2 id="phase-1" data-phase="1">Phase 1: Begin</h2>

{steps(
    step("phase-1/1", "<strong>On the Active Server:</strong> Begin."),
    step("phase-1/2", "<strong>On the Server under Repair:</strong> Begin.", on="first"),
    step("phase-1/3", "<strong>On each other Standby Server:</strong> Begin.", on="other", each="on"),
)}
"""
# Sentences that name a server in every way.
NAMED = """\
# Names

{{ runbook(active="Active Server", first="First Server") }}

## Phase 1: Begin

1. **On the Active Server:** Begin.
2. **On the First Server:** Begin.

The Active Server is up. Ask the First Server, the upgraded Active Server, an Active Server or a First Server. First Server: up.
"""
WHO = {"active": "the Active Server", "first": "the First Server", "other": "each other Standby Server", "all": "each Management Server", "": "the Client"}


def marked(mark: dict[str, Any]) -> str:
    """A mark of the model as HTML."""
    place, known = f"{mark['section']}/{mark['number']}", {"data_words": mark["hash"]}
    if mark["kind"] == "check":
        return f"<table><tbody><tr{attributes(data_check_before=place, **known)}><td>{mark['words']}</td><td>Done</td></tr></tbody></table>"
    if mark["kind"] == "step":
        values = {"data_on": mark["on"], "data_of": mark["of"], "data_each": mark["each"] or None, "data_counted": "" if mark["counted"] else None}
        return f"<ol start='{mark['number']}'><li{attributes(data_step=place, **known, **values)}><p><strong>On {WHO[mark['on']]}:</strong> {mark['words']}</p></li></ol>"
    values = {f"data_{mark['kind']}": mark["section"], "data_of": mark["of"] or None}
    return f"<div class='admonition'{attributes(**values, **known)}><p class='admonition-title'>{mark['words']}</p></div>"


def model_page() -> str:
    """The page of the model: a section for each phase."""
    page = run_model.page()
    lines = ["# A run", '{{ runbook(active="Active Server", first="First Server") }}']
    for phase in page["phases"]:
        numbered = attributes(data_phase=phase["phase"]) if isinstance(phase["phase"], int) else ""
        lines += [f"<h2 id='{phase['title']}'{numbered}>{phase['title']}</h2>", *(marked(mark) for mark in page["marks"] if mark["section"] == phase["title"])]
    return "\n\n".join(lines)


WORDS = """\
run: {each_standby: each Standby Server, each_other: each other Standby Server, each_server: each Management Server, server: Management Server}
run_says: {standby: Standby Server}
"""
PAGES = {"_data/words.yml": WORDS, "index.md": PLAIN, "run.md": RUN, "odd.md": ODD_ROLES, "other.md": OTHER, "named.md": NAMED, "model.md": model_page()}
ANSWERS = {"upgrade.size": ["small", "large"]}
START = {"active": LEADS, "first": FOLLOWS, "other": FOLLOWS}


@cache
def own_data() -> Data:
    """What the reader of reports decides by is that of this site: the scripts are tried together."""
    return read_data(Site(ROOT / "docs", extensions=("toc", "attr_list")), ROOT)


def report(code: str) -> str:
    """A report of one server: that leads, that follows, that is broken, or with a state that is not known."""
    return {
        "L": reports.ACTIVE, "F": reports.STANDBY, "X": reports.report("10", "BROKEN_ACT_STB", role="Active"), "?": reports.report("10", "NONSENSE", role="Active"),
    }[code]


def with_root_marks(html: str, procedure: str) -> str:
    """What the build says of the whole procedure."""
    data = own_data()
    html = html.replace('<template data-template="said">', status_data(data.states, data.window, data.checks, lambda page: f"../{page}") + '<template data-template="said">', 1)
    own = attributes(data_procedure=procedure, data_version="1.0", data_start=START)
    html = html.replace(' data-answers="{}"', attributes(data_answers=ANSWERS))
    html = re.sub('<template data-template="server">.*?</template>', render("run-server.html", titles=["Role", "Replication", "Version"], first="").split("\n")[0], html)
    return html.replace(" data-runbook ", f" data-runbook{own} ", 1)


def build_run_site(folder: Path) -> None:
    """Build the site in an empty folder, to be in a folder of its host."""
    build = mkdocs_build(make_project(folder / "project", PAGES), f"{OWN}docs/")
    assert build.code == 0, build.output
    for name in ("run", "other"):
        page = build.site / name / "index.html"
        page.write_text(with_root_marks(page.read_text(encoding="utf-8"), name), encoding="utf-8")
    (folder / "site").mkdir()
    build.site.rename(folder / "site" / "docs")
