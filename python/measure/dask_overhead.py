"""What a cluster costs beside the simulation: `redress.dask.sweep` on processes of this machine against `redress sweep` on as many
threads, in turn.

The cluster's start and end (processes, imports) are told apart from the sweep, as a cluster serves many sweeps.

Usage: python python/measure/dask_overhead.py [--program target/release/redress] [--rounds 5] [--study FILE] [--days N]
       [--replications N] [--unit-seconds S] [--workers N] [--plain]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from measured import ROOT, in_turn, measured, range_of


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "target" / "release" / "redress")
    parser.add_argument("--study", type=Path, default=ROOT / "scenarios" / "studies" / "headline.toml")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--replications", type=int, default=5)
    parser.add_argument("--unit-seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plain", action="store_true", help="leave out redress.dask.SETTINGS")
    parser.add_argument("--sweep-into", help=argparse.SUPPRESS)
    return parser.parse_args()


def sweep(asked: argparse.Namespace) -> None:
    """One sweep on a cluster of its own; prints the seconds that each part took."""
    import dask
    import redress.dask
    from distributed import Client, LocalCluster

    if not asked.plain:
        dask.config.set(redress.dask.SETTINGS)

    def taken(client: Client) -> tuple[float, float]:
        return time.process_time() + sum(client.run(time.process_time).values()), time.monotonic()

    with (
        LocalCluster(n_workers=asked.workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(asked.workers)
        begun = taken(client)
        redress.dask.sweep(
            asked.study,
            client,
            asked.sweep_into,
            days=asked.days,
            replications=asked.replications,
            unit_seconds=asked.unit_seconds,
        )
        ended = taken(client)
    print(json.dumps({"cpu": ended[0] - begun[0], "wall": ended[1] - begun[1]}))


def main() -> None:
    asked = arguments()
    if asked.sweep_into:
        sweep(asked)
        return
    options = ["--days", str(asked.days), "--replications", str(asked.replications)]
    alone, cluster, start = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        folders = [Path(folder) / name for name in ("alone", "cluster")]

        def by_itself() -> None:
            line = [asked.program, "sweep", asked.study, *options, "--threads", str(asked.workers), "--fresh"]
            taken = measured([*line, "--out", folders[0], "--no-charts", "--quiet", "--no-progress"])
            alone.append((taken.cpu, taken.wall))

        def on_a_cluster() -> None:
            line = [sys.executable, __file__, "--study", asked.study, *options, "--workers", str(asked.workers)]
            line += ["--unit-seconds", str(asked.unit_seconds), "--sweep-into", folders[1]]
            taken = measured([*line, "--plain"] if asked.plain else line)
            found = json.loads(taken.printed)
            cluster.append((found["cpu"], found["wall"]))
            start.append((taken.cpu - found["cpu"], taken.wall - found["wall"]))
            for name in ("sweep.csv", "sweep_segments.csv", "units.bin"):
                bytes_of = [(folder / name).read_bytes() for folder in folders]
                if bytes_of[0] != bytes_of[1]:
                    sys.exit(f"{name} differs")
                # The next sweep has to simulate it again.
                (folders[1] / name).unlink()

        in_turn(asked.rounds, [by_itself, on_a_cluster])
    settings = "Dask's own settings" if asked.plain else "redress.dask.SETTINGS"
    print(f"{asked.study.stem}, {asked.days} days, {asked.replications} replications, units of {asked.unit_seconds} s, {settings}")
    print(f"{asked.workers} workers of one thread against {asked.workers} threads, {asked.rounds} rounds; medians (least to most)")
    for at, name in enumerate(("seconds of CPU", "seconds of wall clock")):
        one, other, begun = ([row[at] for row in rows] for rows in (alone, cluster, start))
        more = [b / a - 1 for a, b in zip(one, other, strict=True)]
        print(f"{name}: command line {range_of(one)}, cluster {range_of(other)}, more {range_of(more, '+.1%')};", end=" ")
        print(f"start and end of the cluster apart {range_of(begun)}")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
