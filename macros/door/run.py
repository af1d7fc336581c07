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


def run(command: Sequence[object], *beside: Sequence[object], **environment: str) -> int:
    """Run a program, and others beside it, with additions to the environment; the first exit code that is not 0.

    What each says is shown whole, in their order; one that fails ends those after it. Ctrl+C and
    SIGTERM reach every program: none is left behind. The codes are then 130 and 143.
    """
    children: list[subprocess.Popen] = []
    told: set[int] = set()

    def note(number: int, *_: object) -> None:
        """While the programs begin, a signal is kept for them; then it ends the wait."""
        told.add(number)
        if len(children) <= len(beside):
            return
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        terminate(children)

    # Before a program is there: a signal that comes while it begins must not pass it by.
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, note)
    try:
        for words in (command, *beside):
            children.append(subprocess.Popen(
                [str(word) for word in words], cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
                **({"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if children else {}),
            ))
        if signal.SIGTERM in told:
            terminate(children)
        if signal.SIGINT in told:
            raise KeyboardInterrupt
        code = next((code for child in children if (code := shown(child))), 0)
        terminate(children)
        return TERMINATED if signal.SIGTERM in told else code
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        for child in children:
            end(child)
        for number, handler in before.items():
            signal.signal(number, handler)


def terminate(children: Sequence[subprocess.Popen]) -> None:
    """Tell those that still run to end."""
    for child in children:
        child.terminate()


def shown(child: subprocess.Popen) -> int:
    """The exit code of a program, after what it has kept to say is shown as it comes."""
    while child.stdout and (part := child.stdout.read1()):
        sys.stdout.buffer.write(part)
        sys.stdout.flush()
    return child.wait()


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
