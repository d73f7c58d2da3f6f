"""Tables are those of the command line, cell by cell, and data frames read them without a copy."""

from __future__ import annotations

import hashlib

import pytest

import redress

pa = pytest.importorskip("pyarrow")
SMALL = {"days": 20, "replications": 2}
OPTIONS = ("--days", "20", "--replications", "2")
FASTER = {"sellers[*].response.delay*": 0.5}


def expect_equal(table: redress.Table, folder) -> None:
    """The same columns, types and cells as the Parquet file of the command line: numbers to the last bit."""
    import pyarrow.parquet as pq

    written = pq.read_table(folder / f"{table.name}.parquet")
    mine = pa.table(table)
    assert mine.schema.equals(written.schema)
    assert mine.combine_chunks().equals(written.combine_chunks())
    assert len(table) > 0


def expect_same_bytes(result, folder, mine) -> None:
    for path in result.write_csv(mine):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_run_has_the_tables_of_the_command_line(scenarios, command, tmp_path):
    folder = command("run", "scenarios/baseline.toml", *OPTIONS, "--set", "sellers[*].response.delay*=0.5")
    run = redress.run(scenarios / "baseline.toml", FASTER, **SMALL)
    for table in (run.summary, run.daily, run.sellers, run.reasons):
        expect_equal(table, folder)
    expect_equal(run.replication_values, folder)
    expect_same_bytes(run, folder, tmp_path / "mine")


def test_compare_has_the_table_of_the_command_line(scenarios, command, tmp_path):
    folder = command("compare", "scenarios/baseline.toml", *OPTIONS, "--vary", "sellers[*].response.delay*=0.5")
    found = redress.compare(
        scenarios / "baseline.toml", vary={"sellers[*].response.delay*=0.5": FASTER}, **SMALL
    )
    expect_equal(found.compare, folder)
    expect_same_bytes(found, folder, tmp_path / "mine")


def test_sweep_has_the_tables_and_the_units_of_the_command_line(scenarios, command, tmp_path):
    study = scenarios / "studies" / "response_delay.toml"
    folder = command("sweep", str(study), *OPTIONS)
    found = redress.sweep(study, **SMALL)
    expect_equal(found.sweep, folder)
    expect_equal(found.sweep_segments, folder)
    expect_same_bytes(found, folder, tmp_path / "mine")
    found.write_units(tmp_path / "units.bin")
    digest = [hashlib.sha256(path.read_bytes()).digest() for path in (tmp_path / "units.bin", folder / "units.bin")]
    assert digest[0] == digest[1]


def test_sweep_over_factors_has_the_table_of_the_command_line(scenarios, command):
    folder = command("sweep", "scenarios/baseline.toml", *OPTIONS, "--factor", "sellers[*].defect=0.01,0.05")
    found = redress.sweep(scenarios / "baseline.toml", factors={"sellers[*].defect": [0.01, 0.05]}, **SMALL)
    expect_equal(found.sweep, folder)


def test_tune_has_the_table_of_the_command_line(scenarios, command, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(
        f"""
scenario = "{scenarios / 'baseline.toml'}"
days = 30
replications = 4
objective = {{ maximise = "orders_completed" }}
indifference = 100
set = ["market.count = 1"]
responses = ["dispute_rate"]
[[factor]]
key = "sellers[*].defect"
values = [0.01, 0.03]
[[factor]]
key = "policy.dispute_rate.threshold"
values = [0.01, 0.02]
"""
    )
    folder = command("tune", str(study))
    tuned = redress.tune(study)
    expect_equal(tuned.tune, folder)
    expect_same_bytes(tuned, folder, tmp_path / "mine")
    assert set(tuned.best) == {"sellers[*].defect", "policy.dispute_rate.threshold"}


def test_sensitivity_has_the_table_of_the_command_line(scenarios, command, tmp_path):
    study = scenarios / "studies" / "what_matters.toml"
    text = study.read_text().replace("base_samples = 2048", "base_samples = 8\ntrajectories = 3").replace("keep = 4", "keep = 2")
    small = tmp_path / "study.toml"
    small.write_text(text.replace('"../baseline.toml"', f'"{scenarios / "baseline.toml"}"'))
    options = {"days": 5, "replications": 1}
    folder = command("sensitivity", str(small), "--days", "5", "--replications", "1")
    found = redress.sensitivity(small, **options)
    expect_equal(found.sensitivity, folder)
    expect_same_bytes(found, folder, tmp_path / "mine")
    assert found.points[0] > 0 and found.findings


def test_data_frames_read_a_table_without_a_copy(scenarios):
    polars, pandas, duckdb = map(pytest.importorskip, ("polars", "pandas", "duckdb"))
    table = redress.run(scenarios / "baseline.toml", **SMALL).summary
    arrow = pa.table(table)
    again = pa.table(table)
    place = arrow.schema.get_field_index("mean")
    address = [frame.column(place).chunk(0).buffers()[1].address for frame in (arrow, again)]
    assert address[0] == address[1]
    frame = polars.DataFrame(table)
    assert frame["mean"].to_arrow().buffers()[1].address == address[0]
    assert frame.height == len(pandas.DataFrame.from_arrow(table)) == len(table)
    world = frame.filter(polars.col("scope") == "world")
    ((rows, total),) = duckdb.sql("select count(*), sum(mean) from frame where scope = 'world'").fetchall()
    assert rows == world.height and total == pytest.approx(world["mean"].sum())
    summary = table
    assert duckdb.sql("select * from summary").fetchall() == duckdb.sql("select * from arrow").fetchall()
    assert summary["mean"] == frame["mean"].to_list()


def test_a_table_outlives_its_result(scenarios):
    arrow = pa.table(redress.run(scenarios / "baseline.toml", **SMALL).daily)
    assert arrow.num_rows > 0 and arrow.column("day").to_pylist()[0] == 0


def test_columns_say_their_type_and_meaning(scenarios):
    table = redress.metrics()
    assert table.columns == ["metric", "unit", "label"]
    assert table.meanings["metric"] == ("str", "name of the metric")
    assert "dispute_rate" in table["metric"]
    with pytest.raises(KeyError, match="no column nothing"):
        table["nothing"]


def test_design_has_the_levels_of_every_point(scenarios):
    design = redress.design(scenarios / "baseline.toml", factors={"run.days": [10, 20], "sellers[*].defect": [0.1, 0.2]})
    assert design.to_dict() == {
        "point": [0, 1, 2, 3],
        "run.days": [10, 10, 20, 20],
        "sellers[*].defect": [0.1, 0.2, 0.1, 0.2],
    }
