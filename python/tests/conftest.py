"""What the tests share: the scenarios of the repository, and the program that they are held against."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def scenarios() -> Path:
    return ROOT / "scenarios"


@pytest.fixture(scope="session")
def program() -> Path:
    """The command line, built from the same sources: `REDRESS` names it, or it is where cargo puts it."""
    given = os.environ.get("REDRESS")
    places = [Path(given)] if given else [ROOT / "target" / profile / "redress" for profile in ("release", "quick", "debug")]
    for place in places:
        if place.exists():
            return place
    pytest.fail(f"the command line is not built: cargo build --release, or name it with REDRESS (looked for {places})")


@pytest.fixture
def command(program, tmp_path):
    """Runs the command line into a folder of its own, and gives the folder."""

    def run(name: str, *arguments: str) -> Path:
        folder = tmp_path / "command_line"
        line = [str(program), name, *arguments, "--out", str(folder), "--no-charts", "--quiet", "--no-progress"]
        done = subprocess.run([*line, "--format", "csv,parquet"], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return folder

    return run
