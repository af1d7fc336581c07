"""`python -m macros.content renew`: write the schemas and route reviews of this project anew."""

import sys
from pathlib import Path

from macros.content.generated import renew
from macros.source.mistake import MistakesError

if sys.argv[1:] != ["renew"]:
    sys.exit("Write `python -m macros.content renew`.")
try:
    print("\n".join(f"{name} has changed: review it." for name in renew(Path.cwd())) or "Nothing has changed.")
except MistakesError as error:
    sys.exit(str(error))
