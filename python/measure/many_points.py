"""A study of very many small points, by one process, by units of the command line and on a cluster of Dask. What drives the last two
is killed in the middle and started again: only what is missing is simulated, and the tables have the bytes of one process.

Usage: python python/measure/many_points.py [--program target/release/redress] [--points 10000] [--unit-seconds S]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measured import ROOT, Taken, measured

DAYS, REPLICATIONS = 1, 2
STUDY = """
name = "many_points"
scenario = "{scenario}"
days = {days}
replications = {replications}
set = ["run.warm_up_days = 0", "market.orders_per_day = 20"]
[[factor]]
key = "sellers[*].defect"
range = "0..0.5/{points}"
"""
FILES = ("sweep.csv", "sweep_segments.csv", "units.bin")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "target" / "release" / "redress")
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--unit-seconds", type=float, default=0.05)
    parser.add_argument("--drive", nargs=3, metavar=("SCHEDULER", "STUDY", "FOLDER"), help=argparse.SUPPRESS)
    return parser.parse_args()


def hashes(folder: Path) -> dict[str, str]:
    found = {}
    for name in FILES:
        with (folder / name).open("rb") as file:
            # Not read as a whole: until a child has begun, the memory of this process counts as its own.
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def told(words: str, taken: Taken) -> None:
    print(f"{words}: {taken.cpu:.1f} s of CPU, {taken.wall:.1f} s of wall clock, {taken.peak_mb:.0f} MB at most", flush=True)


def killed(line: list, is_time: object) -> None:
    """Starts a process and kills it when it is time."""
    with subprocess.Popen([os.fspath(word) for word in line], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not is_time():
            time.sleep(0.02)
        if process.poll() is not None:
            sys.exit("it was finished before it could be killed: give more points")
        process.kill()


def drive(asked: argparse.Namespace) -> None:
    """What is killed on a cluster: the process that hands units out and takes their results."""
    import redress.dask
    from distributed import Client

    scheduler, study, folder = asked.drive
    wanted = []
    with Client(scheduler) as client:
        options = {"unit_seconds": asked.unit_seconds, "progress": lambda _, all: wanted.append(all)}
        redress.dask.sweep(study, client, folder, **options)
    print(wanted[0])


def by_units(asked: argparse.Namespace, study: Path, home: Path, wanted: dict[str, str]) -> None:
    program, plan = asked.program, home / "plan"
    line = [program, "plan", study, "--out", plan]
    told("plan", measured([*line, "--unit-seconds", str(asked.unit_seconds), "--quiet"]))
    ids = (plan / "units.txt").read_text().split()
    told("one unit of them", measured([program, "unit", plan, ids[0], "--threads", "1", "--quiet"]))
    unit = [program, "unit", plan, "--quiet"]
    killed([*unit, *ids], lambda: len(list((plan / "units").glob("*.bin"))) > len(ids) / 2)
    missing = measured([program, "report", plan, "--missing"]).printed.split()
    print(f"killed with {len(ids) - len(missing)} of {len(ids)} units finished")
    before = {path.name: path.stat().st_mtime_ns for path in (plan / "units").glob("*.bin")}
    told(f"the {len(missing)} that are missing", measured([*unit, *missing]))
    after = {path.name: path.stat().st_mtime_ns for path in (plan / "units").glob("*.bin")}
    assert len(after) == len(ids) and all(after[name] == when for name, when in before.items()), "only what is missing"
    told("report", measured([program, "report", plan, "--out", home / "merged", "--no-charts", "--quiet"]))
    assert hashes(home / "merged") == wanted, "the bytes of one process"


def on_a_cluster(asked: argparse.Namespace, study: Path, home: Path, wanted: dict[str, str]) -> None:
    import dask
    import redress.dask
    from distributed import LocalCluster

    dask.config.set(redress.dask.SETTINGS)
    folder = home / "cluster"
    working = folder / ".units.bin.partial"
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        line = [sys.executable, __file__, "--points", str(asked.points), "--unit-seconds", str(asked.unit_seconds)]
        line += ["--drive", cluster.scheduler_address, study, folder]
        half = (home / "alone" / "units.bin").stat().st_size / 2
        killed(line, lambda: working.exists() and working.stat().st_size > half)
        known = len(redress.Store(working))
        print(f"driver killed with {known} of {asked.points} points finished")
        taken = measured(line)
        told(f"driver of the {asked.points - known} points that are missing", taken)
        assert int(taken.printed) == (asked.points - known) * REPLICATIONS, "only what is missing"
    assert hashes(folder) == wanted, "the bytes of one process"


def main() -> None:
    asked = arguments()
    if asked.drive:
        drive(asked)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        study, scenario = home / "study.toml", ROOT / "scenarios" / "verification" / "base.toml"
        study.write_text(
            STUDY.format(scenario=scenario, days=DAYS, replications=REPLICATIONS, points=asked.points), encoding="utf-8"
        )
        line = [asked.program, "sweep", study, "--out", home / "alone"]
        told(f"{asked.points} points by one process", measured([*line, "--no-charts", "--quiet"]))
        wanted = hashes(home / "alone")
        by_units(asked, study, home, wanted)
        on_a_cluster(asked, study, home, wanted)
    print("the same SHA-256 of " + ", ".join(FILES) + " each time")


if __name__ == "__main__":
    main()
