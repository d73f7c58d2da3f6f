"""Points that somebody else chooses: an optimiser, a sampler, a person."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from . import _redress
from ._api import Given, Overrides, _given, _settings, _store
from ._progress import Progress, shown
from ._redress import Evaluation, Store


class Evaluator:
    """A scenario whose keys somebody else sets: ask an optimiser or a sampler for points, and tell it what they give.

    All points share the seed: two points differ by their settings and by the chance that these change, so that differences are
    much surer than levels. A replication that is known is not simulated again, so that asking for ten after five costs five.

    >>> evaluator = redress.Evaluator("scenarios/baseline.toml", days=60)
    >>> point = evaluator.evaluate({"policy.dispute_rate.threshold": 0.02}, replications=10)
    >>> point.mean("dispute_rate"), point.interval("dispute_rate")
    """

    def __init__(
        self,
        scenario: Given,
        overrides: Overrides = None,
        *,
        seed: int | None = None,
        days: int | None = None,
        replications: int | None = None,
        store: Store | str | os.PathLike[str] | None = None,
        threads: int | None = None,
    ) -> None:
        """Arguments as for `redress.sweep`: what the store has is not simulated again.

        Raises:
            ScenarioError: with the place of everything that is wrong.
        """
        settings = _settings(overrides, seed=seed, days=days, replications=replications)
        self._inner = _redress.Evaluator(_given(scenario), settings, _store(store))
        self._threads = threads

    def evaluate(
        self,
        settings: Mapping[str, Any],
        *,
        replications: int | None = None,
        first: int = 0,
        progress: Progress = None,
    ) -> Evaluation:
        """Evaluates a point.

        Args:
            settings: keys with values on top of the scenario; `KEY*` scales.
            replications: how many; the scenario's number unless given.
            first: the number of the first.
            progress: as for `redress.run`.

        Raises:
            ScenarioError: if the point is no valid scenario.
        """
        return self.evaluate_all([settings], replications=replications, first=first, progress=progress)[0]

    def evaluate_all(
        self,
        settings: Sequence[Mapping[str, Any]],
        *,
        replications: int | None = None,
        first: int = 0,
        progress: Progress = None,
    ) -> list[Evaluation]:
        """Evaluates points side by side, in the order given; arguments and errors as for `evaluate`."""
        points = [dict(point) for point in settings]
        with shown(progress, "evaluate") as told:
            return self._inner.evaluate_all(points, first, replications, self._threads, told)

    @property
    def effort(self) -> tuple[int, int]:
        """Replications simulated so far, and those that were known already."""
        return self._inner.effort

    @property
    def scenario(self) -> str:
        """Every key of the scenario with its value, as TOML, without the settings of any point."""
        return self._inner.scenario

    def __repr__(self) -> str:
        return repr(self._inner)
