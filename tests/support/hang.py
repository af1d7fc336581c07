"""What has no end is stopped."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 60  # seconds; a hang has no end, and a busy machine is late


@contextmanager
def no_hang() -> Iterator[None]:
    """Raises TimeoutError in what takes longer than LONGEST."""
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
