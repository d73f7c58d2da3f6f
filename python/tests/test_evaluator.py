"""Points that somebody else chooses: the same draws, and nothing simulated twice."""

from __future__ import annotations

import pytest

import redress

KEY = "sellers[*].defect"


@pytest.fixture
def evaluator(scenarios):
    return redress.Evaluator(scenarios / "baseline.toml", days=20, replications=3)


def test_a_point_has_the_estimates_of_a_run(evaluator, scenarios):
    point = evaluator.evaluate({KEY: 0.05})
    run = redress.run(scenarios / "baseline.toml", {KEY: 0.05}, days=20, replications=3)
    assert point.summary.to_dict() == run.summary.to_dict()
    row = [i for i, (scope, metric) in enumerate(zip(run.summary["scope"], run.summary["metric"], strict=True)) if (scope, metric) == ("world", "dispute_rate")][0]
    assert point.mean("dispute_rate") == run.summary["mean"][row]
    assert point.interval("dispute_rate") == (run.summary["ci_low"][row], run.summary["ci_high"][row])
    assert point.sha256 == run.sha256 and point.replications == (0, 3)


def test_what_is_known_is_not_simulated_again(evaluator):
    five = evaluator.evaluate({KEY: 0.05}, replications=5)
    assert evaluator.effort == (5, 0)
    ten = evaluator.evaluate({KEY: 0.05}, replications=10)
    assert evaluator.effort == (10, 5)
    assert ten.values("dispute_rate")[:5] == five.values("dispute_rate")
    three = evaluator.evaluate({KEY: 0.05}, replications=3)
    assert evaluator.effort == (10, 8)
    assert three.values("dispute_rate") == five.values("dispute_rate")[:3]
    evaluator.evaluate({KEY: 0.05}, replications=3, first=7)
    assert evaluator.effort == (10, 11)


def test_differences_are_paired(evaluator):
    few, many = evaluator.evaluate_all([{KEY: 0.05}, {KEY: 0.06}], replications=10)
    mean, low, high = many.difference(few, "disputes_filed")
    assert low < mean < high and mean > 0
    levels = sum(high - low for low, high in (point.interval("disputes_filed") for point in (few, many)))
    assert high - low < levels, "common random numbers make differences surer than levels"
    with pytest.raises(ValueError, match="make no pairs"):
        many.difference(evaluator.evaluate({KEY: 0.05}, replications=2), "dispute_rate")


def test_a_store_serves_the_next_process(scenarios, tmp_path):
    def evaluator() -> redress.Evaluator:
        return redress.Evaluator(scenarios / "baseline.toml", days=20, replications=3, store=tmp_path / "units")

    first = evaluator()
    values = first.evaluate({KEY: 0.05}).values("dispute_rate")
    with pytest.raises(RuntimeError, match="in use by another process"):
        evaluator()
    del first
    again = evaluator()
    assert again.evaluate({KEY: 0.05}).values("dispute_rate") == values
    assert again.effort == (0, 3)


def test_a_wrong_point_is_told_and_nothing_is_simulated(evaluator):
    with pytest.raises(redress.ScenarioError):
        evaluator.evaluate_all([{KEY: 0.05}, {KEY: 7}])
    assert evaluator.effort == (0, 0)
    with pytest.raises(KeyError, match="there is no metric nothing"):
        evaluator.evaluate({KEY: 0.05}).mean("nothing")
    with pytest.raises(KeyError, match="there is no market 9"):
        evaluator.evaluate({KEY: 0.05}).mean("dispute_rate", "market", "9")
