"""The front door of the project: `python3 -m macros COMMAND`, see `--help`."""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit("This needs Python %d.%d or later, and this is Python %s." % (*OLDEST, sys.version.split()[0]))

# Below the check of the version: an older Python could not read it.
from macros.door.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
