"""What changes if every seller answers twice as fast? Differences are paired, replication by replication."""

from pathlib import Path

import redress

BASELINE = Path(__file__).parents[2] / "scenarios" / "baseline.toml"


def main() -> None:
    found = redress.compare(
        BASELINE, vary={"answers twice as fast": {"sellers[*].response.delay*": 0.5}}, days=60, replications=5
    )
    print("\n".join(found.findings))
    table = found.compare
    row = next(i for i, (scope, metric) in enumerate(zip(table["scope"], table["metric"], strict=True))
               if (scope, metric) == ("world", "disputes_auto_executed"))  # fmt: skip
    print(f"refunded automatically: {table['difference'][row]:+,.0f} a replication "
          f"({table['ci_low'][row]:+,.0f} to {table['ci_high'][row]:+,.0f})")  # fmt: skip


if __name__ == "__main__":
    main()
