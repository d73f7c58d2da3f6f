"""A sweep on many machines, by any client of dask.distributed: of processes here, of SSH, of Slurm by dask-jobqueue, of Kubernetes."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import Plan, Store, Sweep, Unit
from ._api import Given, Overrides, Precision, plan
from ._progress import Progress

#: The finished units, in a folder of results.
UNITS = "units.bin"

#: Settings of Dask for a cluster that simulates: `dask.config.set(redress.dask.SETTINGS)` before its workers start. Without them each
#: worker samples its own stack a hundred times a second and looks at itself fifty times, which costs it some hundredths of its
#: processor and tells nothing of a unit.
SETTINGS = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "2s",
}

#: Seconds between two looks at how many threads the cluster has: it may grow and shrink.
_LOOK = 5.0


def execute(unit: Unit) -> tuple[bytes, list[tuple[int, str]]]:
    """What a worker does with a unit: one thread, so that a worker has as many units under way as it has threads."""
    return unit.execute(threads=1)


def sweep(
    study: Given,
    client: Any,
    folder: str | os.PathLike[str],
    overrides: Overrides = None,
    *,
    factors: Mapping[str, Sequence[Any]] | None = None,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    precision: Precision = None,
    max_replications: int | None = None,
    unit_seconds: float = 5.0,
    retries: int = 20,
    ahead: int = 4,
    progress: Progress = None,
) -> Sweep:
    """Simulates every point of a study on a cluster, and writes `sweep.csv`, `sweep_segments.csv` and `units.bin` into a folder.

    The tables have the bytes of one process, whatever happened to workers meanwhile. Every unit that is finished is in the folder
    at once: if this process is killed, or its scheduler, the same call goes on from there.

    Args:
        study, overrides, factors, seed, days, replications, precision, max_replications: as for `redress.plan`.
        client: of `distributed`; its workers need this version of redress, and no file of the study.
        folder: of the results; one process at a time.
        unit_seconds: seconds of one thread that a unit takes, about. Two to ten: an empty task costs the scheduler some 4 ms.
        retries: how often a unit is sent again that the scheduler has given up on, because workers died while it was there.
        ahead: units under way for each thread of the cluster; the others wait here and not in the scheduler. A cluster that grows
            has more of them within some seconds.
        progress: True for a bar of tqdm over replications, or a function of those done and all of them.

    Returns:
        As `redress.sweep`; `failures` has the points of which nothing came.

    Raises:
        ScenarioError: with the place of everything that is wrong with any point, before anything is sent.
        ConnectionError: if the scheduler is lost; what is finished is kept, and the same call with another client goes on from there.
        RuntimeError: if a worker has another version, or another process writes to the folder.
    """
    checked = plan(
        study,
        overrides,
        factors=factors,
        seed=seed,
        days=days,
        replications=replications,
        precision=precision,
        max_replications=max_replications,
    )
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    working = folder / f".{UNITS}.partial"
    if not working.exists() and (folder / UNITS).exists():
        # What is whole is kept until what is to take its place is.
        working.write_bytes((folder / UNITS).read_bytes())
    with _Kept(working) as kept:
        failures = _answer(checked, client, kept, unit_seconds, retries, ahead, progress)
        result = checked.result(kept.store, failures)
        result.write_csv(folder)
        result.write_units(folder / UNITS)
        working.unlink()
        return result


class _Kept:
    """The finished units, in a file that is free for the next call when this one ends, also where somebody keeps its error, and with
    that its frames."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path)

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        del self.store


def _answer(
    checked: Plan, client: Any, kept: _Kept, unit_seconds: float, retries: int, ahead: int, progress: Progress
) -> dict[int, str]:
    """Has the cluster execute what the store lacks, round by round, until it lacks nothing; the points that failed, and why."""
    failures: dict[int, str] = {}
    while True:
        units = [unit for unit in checked.units(kept.store, unit_seconds) if not all(p in failures for p, *_ in unit.parts)]
        if not units:
            return failures
        before = len(kept.store)
        failed = dict(failures)
        with _bar(progress, sum(last - first for unit in units for _, first, last in unit.parts)) as told:
            _round(units, client, kept, retries, ahead, failures, told)
        if len(kept.store) == before and failures == failed:
            raise RuntimeError(
                "workers simulate other worlds than this process has asked for: install the same version of redress everywhere"
            )


def _round(
    units: list[Unit], client: Any, kept: _Kept, retries: int, ahead: int, failures: dict[int, str], told: Any
) -> None:
    from distributed import CancelledError, as_completed
    from distributed.scheduler import KilledWorker

    waiting = iter(units)
    under_way: dict[str, tuple[Unit, int]] = {}

    def submit(unit: Unit, tried: int = 0) -> Any:
        # A unit that is killed, or runs twice, does no harm: what it gives is the same.
        future = client.submit(execute, unit, pure=False, retries=retries)
        under_way[future.key] = (unit, tried)
        return future

    def room() -> int:
        return max(1, sum(client.nthreads().values())) * ahead

    looked, wanted = time.monotonic(), room()
    completed = as_completed([submit(unit) for unit in itertools.islice(waiting, wanted)])
    try:
        for future in completed:
            unit, tried = under_way.pop(future.key)
            try:
                result, failed = future.result()
            except KilledWorker:
                # The scheduler blames units for the workers that died while they waited there; whether it was the unit's fault
                # shows if it happens again and again.
                if tried >= retries:
                    raise
                completed.add(submit(unit, tried + 1))
                continue
            except CancelledError as error:
                raise ConnectionError(
                    f"the cluster has dropped its units ({error}): what is finished is kept, and the same call "
                    "with the client of a cluster that runs goes on from there"
                ) from None
            kept.store.tell(result)
            failures.update(failed)
            future.release()
            told(sum(end - first for _, first, end in unit.parts))
            if time.monotonic() - looked > _LOOK:
                looked, wanted = time.monotonic(), room()
            while len(under_way) < wanted and (unit := next(waiting, None)) is not None:
                completed.add(submit(unit))
    except ConnectionError:
        # There is nobody to be told that the rest is not wanted.
        raise
    except BaseException:
        client.cancel(list(completed.futures))
        raise


class _bar:
    """Progress over replications."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._done, self._total, self._progress, self._tqdm = 0, total, progress, None

    def __enter__(self) -> Any:
        if self._progress is True:
            from tqdm.auto import tqdm

            self._tqdm = tqdm(total=self._total, desc="sweep", unit=" replications")
        return self._tell

    def _tell(self, replications: int) -> None:
        self._done += replications
        if self._tqdm is not None:
            self._tqdm.update(replications)
        elif callable(self._progress):
            self._progress(self._done, self._total)

    def __exit__(self, *_: object) -> None:
        if self._tqdm is not None:
            self._tqdm.close()
