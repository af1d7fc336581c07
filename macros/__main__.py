"""The front door of the project: `python3 -m macros COMMAND`, see `--help`."""

import sys

if sys.version_info < (3, 11, 2):
    sys.exit("This needs Python 3.11.2 or later, and this is Python %s." % sys.version.split()[0])

# Below the check of the version: an older Python could not read it.
from macros.door.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
