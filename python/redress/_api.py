"""The questions, as functions."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from . import _redress
from ._progress import Progress, shown
from ._redress import Checked, Comparison, Plan, Run, Sensitivity, Store, Sweep, Table, Tuned

#: A path, TOML text, or a dict of keys.
Given = str | os.PathLike[str] | Mapping[str, Any]
#: Keys as in a scenario file, `KEY*` for a factor, with their values.
Overrides = Mapping[str, Any] | None
#: Metrics with how precise they have to be: "2%" of the mean, or a half-width in the metric's unit.
Precision = Mapping[str, str | float] | None


def _given(given: Given) -> Any:
    return dict(given) if isinstance(given, Mapping) else given


def _settings(overrides: Overrides, **run: int | None) -> dict[str, Any]:
    settings = dict(overrides or {})
    settings.update({f"run.{key}": value for key, value in run.items() if value is not None})
    return settings


def _targets(precision: Precision) -> list[str]:
    return [f"{metric}={width}" for metric, width in (precision or {}).items()]


def _store(store: Store | str | os.PathLike[str] | None) -> Store:
    return store if isinstance(store, Store) else Store(store)


def run(
    scenario: Given,
    overrides: Overrides = None,
    *,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    replication: int | None = None,
    precision: Precision = None,
    max_replications: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Run:
    """Simulates a scenario.

    Args:
        scenario: a path, TOML text, or a dict.
        overrides: keys with values on top of it; `KEY*` scales.
        seed, days, replications: instead of the scenario's own.
        replication: this one alone, by its number from 0.
        precision: replications are added until every metric is that precise, such as `{"dispute_rate": "2%"}`.
        max_replications: the most replications for that.
        threads: how many; one per processor unless given. Results do not depend on it.
        progress: True for a bar of tqdm, or a function of the orders simulated and those expected.

    Returns:
        A `Run` with the tables `summary`, `daily`, `sellers`, `reasons` and `replication_values`, `findings` and charts.

    Raises:
        ScenarioError: with the place of everything that is wrong.
        KeyboardInterrupt: on Ctrl-C, within half a second; nothing is kept.
    """
    settings = _settings(overrides, seed=seed, days=days, replications=replications)
    with shown(progress, "run") as told:
        return _redress.run(
            _given(scenario), settings, _targets(precision), max_replications, replication, threads, told
        )


def compare(
    baseline: Given,
    *others: Given,
    vary: Mapping[str, Mapping[str, Any]] | Sequence[Mapping[str, Any]] = (),
    overrides: Overrides = None,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    precision: Precision = None,
    max_replications: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Comparison:
    """Compares scenarios with a baseline under common random numbers: differences are paired, replication by replication.

    Args:
        baseline: a path, TOML text, or a dict.
        others: alternatives, given alike.
        vary: alternatives as settings of the baseline: `{"faster": {"sellers[*].response.delay*": 0.5}}`, or a list of them.
        overrides: keys with values on top of every scenario.
        precision: replications are added until every difference is that precise, in shares of the baseline's mean or in units.
        seed, days, replications, max_replications, threads, progress: as for `run`.

    Returns:
        A `Comparison` with the table `compare`, `findings`, `inputs` and a chart per alternative.

    Raises:
        ScenarioError: with the place of everything that is wrong.
        ValueError: if there is nothing to compare, an alternative does not differ, or seeds or days do.
    """
    if not isinstance(vary, Mapping):
        vary = {"; ".join(f"{key}={value}" for key, value in changes.items()): changes for changes in vary}
    variations = [(name, dict(changes)) for name, changes in vary.items()]
    settings = _settings(overrides, seed=seed, days=days, replications=replications)
    with shown(progress, "compare") as told:
        return _redress.compare(
            [_given(given) for given in (baseline, *others)],
            variations,
            settings,
            _targets(precision),
            max_replications,
            threads,
            told,
        )


def plan(
    study: Given,
    overrides: Overrides = None,
    *,
    factors: Mapping[str, Sequence[Any]] | None = None,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    precision: Precision = None,
    max_replications: int | None = None,
    threads: int | None = None,
) -> Plan:
    """Checks every point of a study, and simulates none.

    Args:
        study: a study; with `factors` a scenario.
        factors: a grid over these keys: `{"sellers[*].response.delay*": [0.5, 1, 2]}`.
        overrides, seed, days, replications, precision, max_replications, threads: as for `run`.

    Returns:
        A `Plan`: its `design`, and the `units` that any process can execute.

    Raises:
        ScenarioError: with the place of everything that is wrong with any point.
    """
    settings = _settings(overrides, seed=seed, days=days, replications=replications)
    grid = {key: list(values) for key, values in (factors or {}).items()}
    return Plan(_given(study), grid, settings, _targets(precision), max_replications, threads)


def sweep(
    study: Given,
    overrides: Overrides = None,
    *,
    factors: Mapping[str, Sequence[Any]] | None = None,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    precision: Precision = None,
    max_replications: int | None = None,
    store: Store | str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Sweep:
    """Simulates every point of a study under common random numbers.

    Args:
        study, overrides, factors, seed, days, replications, precision, max_replications, threads: as for `plan`.
        store: a file of finished units; what it has is not simulated again, so that an interrupted sweep goes on.
        progress: as for `run`.

    Returns:
        A `Sweep` with the tables `sweep` and `sweep_segments`, `findings` and charts.

    Raises:
        ScenarioError: with the place of everything that is wrong with any point.
        KeyboardInterrupt: on Ctrl-C; finished units are in the store.
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
        threads=threads,
    )
    with shown(progress, "sweep") as told:
        return checked.simulate(_store(store), threads, told)


def sensitivity(
    study: Given,
    overrides: Overrides = None,
    *,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    store: Store | str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Sensitivity:
    """Screens the factors of a study (Morris), and shares out the variance of its outputs among those that are left (Sobol).

    Args:
        study: a path, TOML text, or a dict.
        overrides, seed, days, replications, store, threads, progress: as for `sweep`.

    Returns:
        A `Sensitivity` with the table `sensitivity`, `findings` and charts.

    Raises:
        ScenarioError: with the place of everything that is wrong.
    """
    settings = _settings(overrides, seed=seed, days=days, replications=replications)
    with shown(progress, "sensitivity") as told:
        return _redress.sensitivity(_given(study), settings, _store(store), threads, told)


def tune(
    study: Given,
    overrides: Overrides = None,
    *,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
    store: Store | str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Tuned:
    """Finds the best candidate of a study that has an objective.

    Args:
        study: a path, TOML text, or a dict.
        overrides, seed, days, replications, store, threads, progress: as for `sweep`.

    Returns:
        A `Tuned` with `best`, the tables `tune` and `detector`, `findings` with what is guaranteed, and charts.

    Raises:
        ScenarioError: with the place of everything that is wrong.
    """
    settings = _settings(overrides, seed=seed, days=days, replications=replications)
    with shown(progress, "tune") as told:
        return _redress.tune(_given(study), settings, _store(store), threads, told)


def trace(
    scenario: Given,
    overrides: Overrides = None,
    *,
    orders: int = 5,
    order: str | None = None,
    outcome: str | None = None,
    seller_segment: str | None = None,
    buyer_segment: str | None = None,
    seller: str | None = None,
    day: int | None = None,
    replication: int = 0,
    seed: int | None = None,
    days: int | None = None,
) -> tuple[Table, list[str]]:
    """Tells the stories of single orders, event by event.

    Args:
        scenario, overrides, seed, days: as for `run`.
        orders: the most orders that are told.
        order: this one alone, `replication/market/seller/day/number`.
        outcome: what became of them, such as `"auto-executed"`.
        seller_segment, buyer_segment: the name of a segment.
        seller: `market/number` as in the table of sellers.
        day: something happens to them on this day.
        replication: the replication that is looked through.

    Returns:
        A table with a row per event, and a line per order that says what it is.

    Raises:
        ScenarioError: with the place of everything that is wrong.
        ValueError: if there is no such order, outcome, segment or seller.
    """
    settings = _settings(overrides, seed=seed, days=days)
    return _redress.trace(
        _given(scenario),
        settings,
        orders,
        order,
        outcome,
        seller_segment,
        buyer_segment,
        seller,
        day,
        replication,
    )


def design(study: Given, overrides: Overrides = None, *, factors: Mapping[str, Sequence[Any]] | None = None) -> Table:
    """The points of a study: a row each, with the level of every factor. Arguments and errors as for `plan`."""
    return plan(study, overrides, factors=factors).design


def check(
    scenario: Given,
    overrides: Overrides = None,
    *,
    seed: int | None = None,
    days: int | None = None,
    replications: int | None = None,
) -> Checked:
    """Checks a scenario, and simulates nothing.

    Returns:
        Every key with its value, warnings, and what a run takes: orders, bytes, seconds of one thread.

    Raises:
        ScenarioError: with the place of everything that is wrong.
    """
    return _redress.check(_given(scenario), _settings(overrides, seed=seed, days=days, replications=replications))


def metrics() -> Table:
    """Every metric: its name, its unit, and its label for people."""
    return _redress.metrics()
