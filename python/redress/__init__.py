"""What happens after a marketplace purchase goes wrong: a discrete-event simulator of cancellations, refunds and disputes.

>>> import redress
>>> run = redress.run("scenarios/baseline.toml", {"sellers[*].response.delay*": 0.5}, days=60, replications=5)
>>> run.summary            # a table that polars, pandas, DuckDB and pyarrow read
>>> run.findings           # what it says, in sentences

A scenario is the path of a TOML file, TOML text, or a dict; `overrides` is a dict of keys as the command line's `--set` has them,
where `KEY*` scales what the scenario has. The same scenario, seed and version give the same numbers as the command line, with any
number of threads.
"""

from ._api import check, compare, design, metrics, plan, run, sensitivity, sweep, trace, tune
from ._errors import ScenarioError
from ._evaluator import Evaluator
from ._redress import (
    Checked,
    Comparison,
    Evaluation,
    Plan,
    Run,
    Sensitivity,
    Store,
    Sweep,
    Table,
    Tuned,
    Unit,
    __version__,
)

__all__ = [
    "Checked",
    "Comparison",
    "Evaluation",
    "Evaluator",
    "Plan",
    "Run",
    "ScenarioError",
    "Sensitivity",
    "Store",
    "Sweep",
    "Table",
    "Tuned",
    "Unit",
    "__version__",
    "check",
    "compare",
    "design",
    "metrics",
    "plan",
    "run",
    "sensitivity",
    "sweep",
    "trace",
    "tune",
]
