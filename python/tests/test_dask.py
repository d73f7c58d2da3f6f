"""A sweep on a cluster: the bytes of one process, whatever is killed meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import redress

dask, distributed = pytest.importorskip("dask"), pytest.importorskip("distributed")
import redress.dask  # noqa: E402

dask.config.set(redress.dask.SETTINGS)

#: A market of the baseline for twenty days: what is slow here is to start processes.
WORLD = {"market.count": 1, "run.warm_up_days": 0}
SMALL = {"days": 20, "replications": 4}
DEFECTS = [round(0.005 * level, 4) for level in range(1, 25)]
FILES = ("sweep.csv", "sweep_segments.csv", "units.bin")


def hashes(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


@pytest.fixture(scope="module")
def alone(scenarios, tmp_path_factory) -> dict[str, str]:
    """What one process writes."""
    folder = tmp_path_factory.mktemp("alone")
    result = redress.sweep(scenarios / "baseline.toml", WORLD, factors={"sellers[*].defect": DEFECTS}, **SMALL)
    result.write_csv(folder)
    result.write_units(folder / "units.bin")
    return hashes(folder)


@pytest.fixture(scope="module")
def client():
    """Of two workers, which are started again when they are killed."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def sweep(scenarios, client, folder, **more) -> redress.Sweep:
    return redress.dask.sweep(
        scenarios / "baseline.toml",
        client,
        folder,
        WORLD,
        factors={"sellers[*].defect": DEFECTS},
        **{**SMALL, "unit_seconds": 0.01, **more},
    )


def test_units_are_complete_in_themselves(scenarios):
    plan = redress.plan(scenarios / "baseline.toml", WORLD, factors={"sellers[*].defect": DEFECTS}, **SMALL)
    store = redress.Store()
    units = plan.units(store, 0.01)
    wanted = [(point, replication) for point in range(len(DEFECTS)) for replication in range(4)]
    assert [(p, r) for unit in units for p, first, end in unit.parts for r in range(first, end)] == wanted
    assert len(units) > 5
    (whole,) = plan.units(store, 1000.0)
    assert len(pickle.dumps(whole)) < 2 * len(pickle.dumps(units[0])), "of further points what differs is sent"
    order = random.Random(7).sample(units, len(units))
    for unit in [*order, order[0]]:
        result, failed = pickle.loads(pickle.dumps(unit)).execute()
        assert failed == []
        store.tell(result)
    assert plan.units(store, 0.01) == []
    found = plan.result(store, {})
    assert found.is_complete
    mine = redress.sweep(scenarios / "baseline.toml", WORLD, factors={"sellers[*].defect": DEFECTS}, **SMALL)
    assert found.sweep.to_dict() == mine.sweep.to_dict()
    with pytest.raises(RuntimeError, match="no unit of this version"):
        store.tell(result[:-1])


def test_a_cluster_gives_the_bytes_of_one_process(scenarios, client, alone, tmp_path):
    told = []
    result = sweep(scenarios, client, tmp_path / "r", progress=lambda done, all: told.append((done, all)))
    assert result.is_complete and hashes(tmp_path / "r") == alone
    assert told[-1] == (len(DEFECTS) * 4, len(DEFECTS) * 4)
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == sorted(FILES)
    again = sweep(scenarios, client, tmp_path / "r", progress=lambda *_: pytest.fail("it is known"))
    assert again.is_complete and hashes(tmp_path / "r") == alone


def test_workers_killed_at_random_moments_lose_nothing(scenarios, client, alone, tmp_path):
    kills, rng = int(os.environ.get("KILLS", "5")), random.Random(1)
    moments = sorted(rng.sample(range(1, len(DEFECTS) * 4 - 2), kills))
    killed = []

    def kill(done: int, _: int) -> None:
        while moments and done >= moments[0]:
            moments.pop(0)
            # The nannies know their workers, and start others in their place.
            pids = [nanny.pid for nanny in client.cluster.workers.values() if nanny.pid]
            if pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(rng.choice(pids), signal.SIGKILL)
                    killed.append(1)

    result = sweep(scenarios, client, tmp_path / "r", progress=kill)
    assert len(killed) >= kills - 1, "workers were killed"
    assert result.is_complete and hashes(tmp_path / "r") == alone


def test_a_driver_that_is_killed_goes_on_from_what_is_finished(scenarios, client, alone, tmp_path):
    script = textwrap.dedent(
        f"""
        import sys, redress.dask
        from distributed import Client
        with Client(sys.argv[1]) as client:
            redress.dask.sweep({str(scenarios / "baseline.toml")!r}, client, sys.argv[2], {WORLD!r},
                factors={{"sellers[*].defect": {DEFECTS!r}}}, days=20, replications=4, unit_seconds=0.01,
                progress=lambda done, all: print(done, flush=True))
        """
    )
    folder = tmp_path / "r"
    line = [sys.executable, "-c", script, client.scheduler.address, str(folder)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as driver:
        for words in driver.stdout:
            if int(words) >= len(DEFECTS):
                driver.kill()
                break
    known = len(redress.Store(folder / ".units.bin.partial"))
    assert 0 < known < len(DEFECTS) * 4 and not (folder / "sweep.csv").exists()
    told = []
    result = sweep(scenarios, client, folder, progress=lambda done, all: told.append(all))
    assert result.is_complete and hashes(folder) == alone
    assert told[0] < len(DEFECTS) * 4, "what was finished is not simulated again"


def test_a_scheduler_that_is_killed_is_told_and_another_goes_on_from_what_is_finished(scenarios, client, alone, tmp_path):
    script = textwrap.dedent(
        """
        import time
        from distributed import LocalCluster
        if __name__ == "__main__":
            with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
                print(cluster.scheduler_address, flush=True)
                time.sleep(600)
        """
    )
    (tmp_path / "cluster.py").write_text(script)
    line = [sys.executable, str(tmp_path / "cluster.py")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL) as cluster:
        try:
            with distributed.Client(cluster.stdout.readline().strip()) as other:
                with pytest.raises(ConnectionError, match="what is finished is kept, and the same call with the client"):
                    sweep(scenarios, other, tmp_path / "r", progress=lambda done, _: done >= len(DEFECTS) and cluster.kill())
        finally:
            cluster.kill()
    told = []
    result = sweep(scenarios, client, tmp_path / "r", progress=lambda done, all: told.append(all))
    assert result.is_complete and hashes(tmp_path / "r") == alone
    assert told[0] < len(DEFECTS) * 4, "what was finished is not simulated again"


def test_a_wrong_point_is_told_before_anything_is_sent(scenarios, client, tmp_path):
    with pytest.raises(redress.ScenarioError):
        redress.dask.sweep(scenarios / "baseline.toml", client, tmp_path / "r", WORLD, factors={"sellers[*].defect": [7]})
    assert not (tmp_path / "r").exists()


def test_precision_asks_in_rounds(scenarios, client, tmp_path):
    options = {
        "factors": {"sellers[*].defect": [0.02, 0.04]},
        "days": 20,
        "replications": 3,
        "precision": {"dispute_rate": "10%"},
        "max_replications": 30,
    }
    result = redress.dask.sweep(scenarios / "baseline.toml", client, tmp_path / "r", WORLD, unit_seconds=0.01, **options)
    alone = redress.sweep(scenarios / "baseline.toml", WORLD, **options)
    assert result.sweep.to_dict() == alone.sweep.to_dict()
    assert max(result.sweep["replications"]) > 3
