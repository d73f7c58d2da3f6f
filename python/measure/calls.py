"""What Python costs: a run of the package against the command line's, in turn, and a call of a world of nearly no order.

Usage: python python/measure/calls.py [--program target/release/redress] [--rounds 5] [--days N] [--replications N]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from measured import ROOT, in_turn, measured, range_of

SCENARIO = ROOT / "scenarios" / "baseline.toml"
RUN = """
import sys, time, redress
begun = time.process_time()
redress.run(sys.argv[1], days=int(sys.argv[2]), replications=int(sys.argv[3]), threads=2).write_csv(sys.argv[4])
print(time.process_time() - begun)
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "target" / "release" / "redress")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--replications", type=int, default=4)
    return parser.parse_args()


def call_seconds() -> float:
    """Seconds of the processor that a call takes beside reading its scenario: the least of fifty."""
    import redress

    def least(call: object) -> float:
        taken = []
        for _ in range(50):
            begun = time.process_time()
            call()
            taken.append(time.process_time() - begun)
        return min(taken)

    nearly_nothing = {"market.count": 1, "market.sellers": 1, "market.orders_per_day": 0.01, "run.warm_up_days": 0}
    world = redress.check(SCENARIO, nearly_nothing, days=1, replications=1).scenario
    return least(lambda: redress.run(world, threads=1)) - least(lambda: redress.check(world))


def main() -> None:
    import tempfile

    asked = arguments()
    command, package, start = [], [], []
    size = [str(asked.days), str(asked.replications)]
    with tempfile.TemporaryDirectory() as folder:

        def by_command() -> None:
            line = [asked.program, "run", SCENARIO, "--days", size[0], "--replications", size[1], "--threads", "2"]
            command.append(measured([*line, "--out", f"{folder}/a", "--no-charts", "--quiet", "--no-progress"]).cpu)

        def by_package() -> None:
            taken = measured([sys.executable, "-c", RUN, SCENARIO, *size, f"{folder}/b"])
            package.append(float(taken.printed))
            start.append(taken.cpu - package[-1])

        in_turn(asked.rounds, [by_command, by_package])
    more = [b / a - 1 for a, b in zip(command, package, strict=True)]
    print(f"baseline, {size[0]} days, {size[1]} replications, two threads, {asked.rounds} rounds; medians (least to most)")
    print(f"seconds of CPU: command line {range_of(command)}, package {range_of(package)}, more {range_of(more, '+.1%')};", end=" ")
    print(f"start of Python and import apart {range_of(start)}")
    print(f"a call beside reading its scenario: {call_seconds() * 1e3:.2f} ms of CPU")


if __name__ == "__main__":
    main()
