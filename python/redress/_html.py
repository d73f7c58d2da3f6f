"""What a notebook shows of tables and results."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

STYLE = "font-variant-numeric: tabular-nums"


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, float):
        return f"<td style='text-align: right'>{value:.6g}</td>"
    if isinstance(value, int):
        return f"<td style='text-align: right'>{value:,}</td>"
    return f"<td style='text-align: left'>{escape(str(value))}</td>"


def table(of: Any, shown: int) -> str:
    """The first rows of a table, with the meaning of a column where the pointer rests on its head."""
    meanings = of.meanings
    head = "".join(f"<th title='{escape(meanings[name][1], quote=True)}'>{escape(name)}</th>" for name in of.columns)
    columns = [of[name][:shown] for name in of.columns]
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in zip(*columns, strict=True))
    more = len(of) - shown
    foot = f"<p>{escape(of.name)}: {len(of):,} rows{f', {more:,} more than shown' if more > 0 else ''}</p>"
    return f"<table style='{STYLE}'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{foot}"


def result(of: Any) -> str:
    """What a result found, in sentences, and the picture that carries it."""
    findings = "".join(f"<p>{escape(sentence)}</p>" for sentence in of.findings)
    picture = ""
    if of.charts:
        # An image can neither run scripts nor take its identifiers from the page.
        data = base64.b64encode(of.svg().encode()).decode()
        picture = f"<img alt='{escape(of.charts[0], quote=True)}' style='max-width: 100%; background: white' src='data:image/svg+xml;base64,{data}'>"
    return f"<h3>{escape(of.name)}</h3>{findings}{picture}"
