"""A folder as a zip whose bytes depend on its files alone."""

import time
import zipfile
from pathlib import Path


def write_zip(folder: Path, archive: Path, epoch: int) -> None:
    """Pack a folder, its own name first, with every entry dated `epoch` (seconds since 1970, UTC).

    Entries are sorted and readable by all, whatever the file system says. A zip counts in steps of
    two seconds from 1980; an earlier time raises ValueError.
    """
    date = time.gmtime(epoch)[:6]
    files = {path.relative_to(folder.parent).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, path in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, also when packed on Windows
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, path.read_bytes())
