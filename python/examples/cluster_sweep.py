"""A sweep on a cluster: here of processes on this machine; any other client of Dask does as well."""

import tempfile
from pathlib import Path

import dask
from distributed import Client, LocalCluster

import redress
import redress.dask

BASELINE = Path(__file__).parents[2] / "scenarios" / "baseline.toml"


def main() -> None:
    dask.config.set(redress.dask.SETTINGS)
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        sweep = redress.dask.sweep(
            BASELINE,
            client,
            folder,
            factors={"sellers[*].defect": [0.02, 0.04, 0.08], "sellers[*].response.delay*": [0.5, 1]},
            days=30,
            replications=3,
            unit_seconds=0.2,
        )
        print(f"{len(sweep)} points; {', '.join(sorted(path.name for path in Path(folder).iterdir()))}")
        print("\n".join(sweep.findings))


if __name__ == "__main__":
    main()
