"""`python -m macros.plugin`: print each mistake of the project in this folder, without building the site.

`python -m macros.plugin settings`: print what is wrong with its settings, which MkDocs says without a line.
"""

import sys
from pathlib import Path

from macros.plugin.mkdocs import said_of, settings_mistakes
from macros.source.files import SETTINGS

if sys.argv[1:] == ["settings"]:
    sys.exit("\n".join(settings_mistakes(Path(SETTINGS))) or 0)
found = said_of(Path(SETTINGS))
print(found or "No mistakes.")
sys.exit(1 if found else 0)
