"""Progress of a simulation: a bar of tqdm, or a function of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Progress = bool | Callable[[int, int], Any] | None


@contextmanager
def shown(progress: Progress, words: str) -> Iterator[Callable[[int, int], Any] | None]:
    """What the simulation calls with the orders simulated and those expected, some ten times a second; `None` for no progress."""
    if not progress:
        yield None
        return
    if callable(progress):
        yield progress
        return
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError("progress=True draws with tqdm: pip install tqdm, or give a function of two numbers") from None
    with tqdm(desc=words, unit=" orders", unit_scale=True, leave=False) as bar:

        def tell(orders: int, expected: int) -> None:
            bar.total = max(expected, orders)
            bar.update(orders - bar.n)

        yield tell
