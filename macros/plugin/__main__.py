"""`python -m macros.plugin`: print each mistake of the project in this folder, without building the site."""

import sys
from pathlib import Path

from macros.plugin.mkdocs import said_of

found = said_of(Path("mkdocs.yml"))
print(found or "No mistakes.")
sys.exit(1 if found else 0)
