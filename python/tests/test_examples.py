"""Every example runs, and says something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
NEEDS = {"calibration": "scipy", "optuna_threshold": "optuna", "salib_indices": "SALib", "cluster_sweep": "distributed"}
SAYS = {
    "headline": "orders disputed",
    "comparison": "refunded automatically: -",
    "tuned_threshold": "best: {'threshold':",
    "calibration": "known already",
    "optuna_threshold": "AUC 0.",
    "salib_indices": "total index",
    "cluster_sweep": "6 points; sweep.csv, sweep_segments.csv, units.bin",
}


def test_every_example_is_run():
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(SAYS)


@pytest.mark.parametrize("name", sorted(SAYS))
def test_example(name, tmp_path):
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    line = [sys.executable, str(EXAMPLES / f"{name}.py")]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert SAYS[name] in done.stdout
