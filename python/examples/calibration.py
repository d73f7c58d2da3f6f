"""Which defect rate gives the dispute rate that a platform reports? SciPy asks, redress answers.

Common random numbers make the dispute rate a smooth, rising function of the factor, so that a root finder that knows nothing of
noise works; what it finds is as sure as the interval says.
"""

from pathlib import Path

from scipy.optimize import brentq

import redress

BASELINE = Path(__file__).parents[2] / "scenarios" / "baseline.toml"
FACTOR = "sellers[*].defect*"
REPORTED = 0.012


def main() -> None:
    evaluator = redress.Evaluator(BASELINE, days=30, replications=4)

    def miss(factor: float) -> float:
        return evaluator.evaluate({FACTOR: factor}).mean("dispute_rate") - REPORTED

    factor = brentq(miss, 0.2, 3.0, xtol=0.01)
    fitted = evaluator.evaluate({FACTOR: factor}, replications=8)
    low, high = fitted.interval("dispute_rate")
    simulated, known = evaluator.effort
    print(f"defects times {factor:.2f}: dispute rate {fitted.mean('dispute_rate'):.2%} (95 % {low:.2%} to {high:.2%})")
    print(f"reported {REPORTED:.2%}; {simulated} replications simulated, {known} known already")


if __name__ == "__main__":
    main()
