"""The question of this project: how do response delays and reason choices shift dispute rates and ranking penalties?

Fewer days than scenarios/studies/headline.toml asks for, so that it takes seconds; leave `days` and `replications` out for the
picture of the README.
"""

from pathlib import Path

import redress

STUDY = Path(__file__).parents[2] / "scenarios" / "studies" / "headline.toml"


def main() -> None:
    sweep = redress.sweep(STUDY, days=10, replications=2)
    for sentence in sweep.findings:
        print(sentence)
    table = sweep.sweep
    rows = zip(table["median response delay"], table["steering"], table["metric"], table["mean"], strict=True)
    for delay, steering, metric, mean in rows:
        if metric == "dispute_rate":
            print(f"delay {delay:>5}, steering {steering:4}: {mean:.2%} of orders disputed")


if __name__ == "__main__":
    main()
