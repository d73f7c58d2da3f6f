"""Which defect rate gives the dispute rate that a platform reports? SciPy asks, redress answers.

Common random numbers make the dispute rate a smooth, rising function of the defect rate, so that a root finder that knows nothing of
noise works; what it finds is as sure as the interval says.
"""

from pathlib import Path

from scipy.optimize import brentq

import redress

BASELINE = Path(__file__).parents[2] / "scenarios" / "baseline.toml"
KEY = "sellers[*].defect"
REPORTED = 0.02


def main() -> None:
    evaluator = redress.Evaluator(BASELINE, days=30, replications=4)

    def miss(defect: float) -> float:
        return evaluator.evaluate({KEY: defect}).mean("dispute_rate") - REPORTED

    defect = brentq(miss, 0.005, 0.2, xtol=0.0005)
    fitted = evaluator.evaluate({KEY: defect}, replications=8)
    low, high = fitted.interval("dispute_rate")
    simulated, known = evaluator.effort
    print(f"defects in {defect:.2%} of parcels: dispute rate {fitted.mean('dispute_rate'):.2%} (95 % {low:.2%} to {high:.2%})")
    print(f"reported {REPORTED:.2%}; {simulated} replications simulated, {known} known already")


if __name__ == "__main__":
    main()
