"""What a call raises for a scenario or study that is not valid."""

from __future__ import annotations


class ScenarioError(ValueError):
    """A scenario, a study or an override is not valid; nothing was simulated.

    Attributes:
        errors: every violation as (place, message); the place is `FILE:LINE:COLUMN`, or the override that set the value.
    """

    errors: list[tuple[str, str]]

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(errors)
        self.errors = list(errors)

    def __str__(self) -> str:
        return "\n".join(f"{place}: {message}" for place, message in self.errors)
