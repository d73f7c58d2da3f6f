"""SALib chooses the points and works out the indices; redress gives the dispute rate at each of them."""

from pathlib import Path

import numpy as np
from SALib import ProblemSpec

import redress

BASELINE = Path(__file__).parents[2] / "scenarios" / "baseline.toml"
KEYS = ["sellers[*].defect", "sellers[*].response.delay*", "buyers[*].reason_honesty"]
BOUNDS = [[0.01, 0.08], [0.5, 2.0], [0.6, 1.0]]


def main() -> None:
    evaluator = redress.Evaluator(BASELINE, {"market.count": 1}, days=20, replications=1)
    problem = ProblemSpec({"names": KEYS, "bounds": BOUNDS, "outputs": ["dispute_rate"]})
    problem.sample_sobol(16, calc_second_order=False, seed=1)
    points = [dict(zip(KEYS, map(float, row), strict=True)) for row in problem.samples]
    rates = [point.mean("dispute_rate") for point in evaluator.evaluate_all(points)]
    problem.set_results(np.array(rates))
    problem.analyze_sobol(calc_second_order=False, seed=1)
    for key, total, width in zip(KEYS, problem.analysis["ST"], problem.analysis["ST_conf"], strict=True):
        print(f"{key:<32} total index {total:5.2f} ± {width:.2f}")


if __name__ == "__main__":
    main()
