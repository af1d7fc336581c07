"""Run programs in the project's folder, and end with them."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# The oldest Python that is supported: that of Debian 12.
OLDEST = (3, 11, 2)
ROOT = Path(__file__).resolve().parent.parent.parent
INTERRUPTED = 130  # what a shell gives after Ctrl+C
TERMINATED = 143
PATIENCE = 5  # seconds in which a program that was told to end may end by itself


class Stop(Exception):
    """What keeps a command from its work. The text says it, and what to do about it."""


def run(command: Sequence[object], **environment: str) -> int:
    """Run a program with additions to the environment; its exit code.

    Ctrl+C and SIGTERM reach the program too: none is left behind. The codes are then 130 and 143.
    """
    child: subprocess.Popen | None = None
    told: set[int] = set()

    def note(number: int, *_: object) -> None:
        """While the program begins, a signal is kept for it; then it ends the wait."""
        told.add(number)
        if child and number == signal.SIGINT:
            raise KeyboardInterrupt
        if child:
            child.terminate()

    # Before the program is there: a signal that comes while it begins must not pass it by.
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, note)
    try:
        child = subprocess.Popen(
            [str(word) for word in command], cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        )
        if signal.SIGTERM in told:
            child.terminate()
        if signal.SIGINT in told:
            raise KeyboardInterrupt
        code = child.wait()
        return TERMINATED if signal.SIGTERM in told else code
    except KeyboardInterrupt:
        end(child)
        return INTERRUPTED
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end(child: subprocess.Popen) -> None:
    """Wait for a program that the terminal has told to end; tell it again if it stays."""
    for tell in (lambda: None, child.terminate, child.kill):
        tell()
        try:
            child.wait(timeout=PATIENCE)
            return
        except subprocess.TimeoutExpired:
            continue
        except KeyboardInterrupt:
            continue


def need(command: Sequence[object], otherwise: str, **environment: str) -> None:
    """Run a program that has to succeed. Raises Stop with the text `otherwise` if it fails."""
    code = run(command, **environment)
    if code in (INTERRUPTED, TERMINATED):
        sys.exit(code)
    if code:
        raise Stop(otherwise)


def say(text: str) -> None:
    """Tell the reader of the terminal what is being done."""
    print(text, flush=True)
