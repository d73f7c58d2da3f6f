"""Every Parquet table of some folders, read by DuckDB and by polars, has the cells of the CSV table beside it."""

import csv
import math
import sys
from pathlib import Path

import duckdb
import polars


def is_written(cell, value):
    """Whether a cell of CSV is what a value is written as: six decimals, or six digits of less than a tenth."""
    if value is None:
        return cell == ""
    if isinstance(value, str):
        return cell in (value, "'" + value)
    if cell == "":
        return False
    if isinstance(value, int):
        return cell == str(value)
    # A decimal digit in the seventh place that is 5 may be rounded either way.
    tolerance = max(min(0.500001e-6, 0.500001e-5 * abs(value)), 1e-15 * abs(value))
    return math.isclose(float(cell), value, rel_tol=0.0, abs_tol=tolerance)


def compare(table):
    with open(table.with_suffix(".csv"), newline="", encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in head)
    read = {
        "DuckDB": duckdb.sql(f"SELECT {columns} FROM read_parquet('{table}')").fetchall(),
        "polars": polars.read_parquet(table).select(head).rows(),
    }
    if "group" in head:
        unquoted = duckdb.sql(f"SELECT group_name FROM read_parquet('{table}')").fetchall()
        place = head.index("group")
        if [row[0] for row in unquoted] != [row[place] for row in read["DuckDB"]]:
            sys.exit(f"{table}: group_name is not group")
    for reader, found in read.items():
        if len(found) != len(rows):
            sys.exit(f"{table}: {reader} finds {len(found)} rows, and CSV has {len(rows)}")
        for number, (row, cells) in enumerate(zip(found, rows)):
            for name, value, cell in zip(head, row, cells):
                if not is_written(cell, value):
                    sys.exit(f"{table}: row {number}, {name}: {reader} finds {value!r}, and CSV has {cell!r}")
    return len(rows) * len(head)


def main(folders):
    tables = sorted(table for folder in folders for table in Path(folder).glob("*.parquet"))
    of_csv = sorted(table for folder in folders for table in Path(folder).glob("*.csv"))
    if not tables or [table.with_suffix("") for table in tables] != [table.with_suffix("") for table in of_csv]:
        sys.exit("not every table is there in both formats")
    cells = sum(compare(table) for table in tables)
    print(f"{len(tables)} Parquet tables: {cells} cells are those of CSV, read by DuckDB and by polars")


main(sys.argv[1:])
