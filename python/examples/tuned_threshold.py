"""Which threshold of the dispute rate tells bad sellers from good ones best? Kim and Nelson's procedure, with its guarantee."""

from pathlib import Path

import redress

STUDY = Path(__file__).parents[2] / "scenarios" / "studies" / "threshold_alone.toml"


def main() -> None:
    tuned = redress.tune(STUDY, days=30)
    print("\n".join(tuned.findings))
    print("best:", tuned.best)


if __name__ == "__main__":
    main()
