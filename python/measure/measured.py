"""What the measurements share: processes with the seconds that they and their children took of the processor, and medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Taken:
    """What a process took: seconds of the processor (its own and those of children that it waited for), seconds of a clock, the
    largest resident set in MB (of one process), and what it printed."""

    cpu: float
    wall: float
    peak_mb: float
    printed: str


def measured(line: Sequence[str | os.PathLike[str]]) -> Taken:
    """Runs a command from the repository's folder to its end; what it prints beside its output goes on to here."""
    begun = time.monotonic()
    with subprocess.Popen([os.fspath(word) for word in line], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, line))} ended with {process.returncode}\n{printed}")
    # Linux counts the resident set in kilobytes of 1,024 bytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = usage.ru_maxrss * unit / 1e6
    return Taken(usage.ru_utime + usage.ru_stime, time.monotonic() - begun, peak, printed)


def in_turn(rounds: int, ways: Sequence[Callable[[], None]]) -> None:
    """Calls each in turn, every other round backwards, so that whatever else the machine does meets all of them."""
    for number in range(rounds):
        for way in ways if number % 2 == 0 else reversed(ways):
            way()


def range_of(values: Sequence[float], form: str = ".2f") -> str:
    """The median with the least and the most."""
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"
