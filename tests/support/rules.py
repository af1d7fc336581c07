"""Writers' rules of a small site, which tests change."""

from macros.content.rules import Form
from macros.source.yaml_file import Builder, Source

STYLE = """\
# yaml-language-server: $schema=../schema/style.schema.json
quoted: [Install as a Secondary Server]
avoid:
  - {words: [primary, master], say: Write "Active Server", because: a server has one name for each role}
  - {words: [secondary], say: Write "Standby Server", because: a server has one name for each role}
  - {words: [node], say: Write "Management Server", because: the word means too many things}
  - {words: [standby server], as_written: true, say: Write "Standby Server", because: a role has capitals}
  - {words: [simply, just, please], say: Leave it out, because: it helps nobody}
  - {words: [we], say: write to the reader, because: the reader does not know who}
  - {words: ["…?", TODO], as_written: true, say: Write the text, because: it only holds the place of a text}
"""
FORM = """\
# yaml-language-server: $schema=../schema/form.schema.json
callouts: [note, warning]
steps: [On …server…, In the Client]
example: On the Active Server
description: {least: 6, most: 40}
procedures:
  pages: red*.md
  sections: [Before you start, Phase, Verify, What if]
  phase: Phase
  most_steps: 7
  stop: "Stop: "
  back: To go back from here
"""
COVERAGE = """\
# yaml-language-server: $schema=../schema/coverage.schema.json
Paint:
  red: [gloves, open paint]
  blue: [in a fence]
Made by macros and snippets:
  index: [Warm or cold?, Lively]
  blue: [A note]
"""
RULES = {"_data/rules/style.yml": STYLE, "_data/rules/form.yml": FORM, "_data/rules/coverage.yml": COVERAGE}


def form() -> Form:
    """The rules for the form of pages, read."""
    source = Source("")
    Builder(source, FORM).build()
    return Form.model_validate(source.data)
