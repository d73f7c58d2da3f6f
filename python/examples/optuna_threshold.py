"""Optuna asks for thresholds, redress tells what they give: few seller-days demoted, and bad sellers found.

A trial is evaluated with few replications; the best are asked for again with more, of which the first are known already.
"""

from pathlib import Path

import optuna

import redress

BASELINE = Path(__file__).parents[2] / "scenarios" / "baseline.toml"
KEY = "policy.dispute_rate.threshold"


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    evaluator = redress.Evaluator(BASELINE, {"market.count": 1}, days=30)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1))
    for _ in range(5):
        trials = [study.ask() for _ in range(2)]
        points = [{KEY: trial.suggest_float(KEY, 0.005, 0.1, log=True)} for trial in trials]
        for trial, point in zip(trials, evaluator.evaluate_all(points, replications=2), strict=True):
            value = point.mean("penalty_auc")
            study.tell(trial, value, state=None if value is not None else optuna.trial.TrialState.FAIL)
    best = evaluator.evaluate(study.best_params, replications=6)
    low, high = best.interval("penalty_auc")
    print(f"threshold {study.best_params[KEY]:.4f}: AUC {best.mean('penalty_auc'):.3f} (95 % {low:.3f} to {high:.3f})")
    print(f"{evaluator.effort[0]} replications simulated, {evaluator.effort[1]} known already")


if __name__ == "__main__":
    main()
