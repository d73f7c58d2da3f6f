//! Tables as Parquet have the columns and cells of those as CSV.
#![cfg(feature = "parquet")]

use crate::program::Program;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The tables of a folder without their extension, of which both formats have to be there.
fn tables(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.unwrap().path());
    let of = |extension: &str| -> Vec<PathBuf> {
        let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut found: Vec<_> = all
            .filter(|path| path.extension().is_some_and(|found| found == extension))
            .map(|path| path.with_extension(""))
            .collect();
        found.sort();
        found
    };
    assert!(entries.count() > 2);
    assert_eq!(of("csv"), of("parquet"));
    of("csv")
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path.with_extension("parquet")).expect("it is there");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet").build().unwrap();
    reader.map(Result::unwrap).collect()
}

/// Whether a cell of CSV is what a number is written as: six decimals, or six digits of less than a tenth.
fn is_written(cell: &str, number: f64) -> bool {
    let written: f64 = cell.parse().expect("a number");
    (written - number).abs() <= 0.500_001e-6_f64.min(0.500_001e-5 * number.abs()).max(1e-15 * number.abs())
}

/// Holds each cell of both formats against one another; gives the number of rows.
fn compare(table: &Path) -> usize {
    let batches = read(table);
    let mut csv = csv::Reader::from_path(table.with_extension("csv")).expect("a table");
    let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let mut row = 0;
    for batch in &batches {
        let schema = batch.schema();
        for (place, name) in names.iter().enumerate() {
            let (field, column) = (schema.field(place), batch.column(place));
            assert_eq!(field.name(), name, "{}", table.display());
            for at in 0..batch.num_rows() {
                let cell = &rows[row + at][place];
                assert_eq!(column.is_null(at), cell.is_empty(), "{} {name} {cell}", table.display());
                if cell.is_empty() {
                    continue;
                }
                match field.data_type() {
                    DataType::Utf8 => assert_eq!(column.as_string::<i32>().value(at), cell),
                    DataType::Int64 => {
                        assert_eq!(column.as_primitive::<Int64Type>().value(at).to_string(), cell);
                    }
                    DataType::Float64 => {
                        let number = column.as_primitive::<Float64Type>().value(at);
                        assert!(is_written(cell, number), "{} {name}: {number} {cell}", table.display());
                    }
                    other => panic!("{name} is {other}"),
                }
            }
        }
        if let Some(place) = names.iter().position(|name| name == "group") {
            let alias = batch.column_by_name("group_name").expect("a name that SQL takes");
            assert_eq!(alias, batch.column(place));
        }
        row += batch.num_rows();
    }
    assert_eq!(row, rows.len(), "{}", table.display());
    row
}

#[test]
fn every_table_of_every_command_has_the_same_cells_as_parquet() {
    let program = Program::new();
    let study = "scenario = \"small.toml\"\n[[factor]]\nkey = \"policy.dispute_rate.threshold\"\nvalues = [0.02, 0.04]\n\
                 [[factor]]\nname = \"order\"\nkey = \"policy.cancellation.silence\"\nvalues = [\"1d\", \"2d\"]\n";
    fs::write(program.path("study.toml"), study).expect("written");
    let tables_of = |arguments: &[&str]| {
        let fixed = ["--format", "csv,parquet", "--out", "results", "--no-charts", "--quiet"];
        program.succeed(&[arguments, &fixed].concat());
        let found = tables(&program.path("results"));
        let rows: usize = found.iter().map(|table| compare(table)).sum();
        assert!(rows > 0);
        found.len()
    };
    assert_eq!(tables_of(&["run", "small.toml", "--seller-days"]), 6);
    assert_eq!(tables_of(&["compare", "small.toml", "--vary", "policy.cancellation.silence=1d"]), 1);
    assert_eq!(tables_of(&["sweep", "study.toml"]), 2);
    let sweep = &read(&program.path("results/sweep"))[0];
    let kinds: Vec<DataType> = (0..5).map(|place| sweep.schema().field(place).data_type().clone()).collect();
    assert_eq!(kinds, [DataType::Int64, DataType::Float64, DataType::Utf8, DataType::Utf8, DataType::Utf8]);
    assert_eq!(sweep.column_by_name("order_name"), sweep.column_by_name("order"));
}

#[test]
fn parquet_alone_is_the_same_bytes_with_any_number_of_threads_and_rerun_repeats_it() {
    let program = Program::new();
    for threads in ["1", "2"] {
        let out = format!("with_{threads}");
        program.succeed(&[
            "run",
            "small.toml",
            "--format",
            "parquet",
            "--threads",
            threads,
            "--out",
            &out,
            "--no-charts",
        ]);
    }
    let read =
        |folder: &str, name: &str| fs::read(program.path(&format!("{folder}/{name}.parquet"))).unwrap();
    for name in ["summary", "daily", "sellers", "reasons", "replications"] {
        assert!(!program.path(&format!("with_1/{name}.csv")).exists());
        assert_eq!(read("with_1", name), read("with_2", name), "{name}");
    }
    let said = program.succeed(&["rerun", "with_1/manifest.json", "--out", "again"]);
    assert!(said.contains("5 files, each with the SHA-256"), "{said}");
    assert_eq!(read("again", "summary"), read("with_1", "summary"));
}

#[test]
fn an_unknown_format_is_refused_with_those_that_there_are() {
    let said = Program::new().fail(2, &["run", "small.toml", "--format", "xlsx"]);
    assert!(said.contains("invalid value 'xlsx' for '--format <FORMATS>'"), "{said}");
    assert!(said.contains("[possible values: csv, parquet]"), "{said}");
}
