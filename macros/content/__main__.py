"""`python -m macros.content renew`: write the schemas and route reviews of this project anew.

`python -m macros.content settings`: say what in mkdocs.yml keeps MkDocs from reading it, before MkDocs
says so without a line.
"""

import sys
from pathlib import Path

from macros.content.generated import renew
from macros.content.nav import shape_mistakes
from macros.page.snippets import SETTINGS
from macros.source.files import read_text
from macros.source.mistake import MistakesError, said

if sys.argv[1:] not in (["renew"], ["settings"]):
    sys.exit("Write `python -m macros.content renew` or `python -m macros.content settings`.")
try:
    if sys.argv[1] == "settings":
        sys.exit("\n".join(said(SETTINGS, shape_mistakes(read_text(Path(SETTINGS), SETTINGS)))) or 0)
    print("\n".join(f"{name} has changed: review it." for name in renew(Path.cwd())) or "Nothing has changed.")
except MistakesError as error:
    sys.exit(str(error))
