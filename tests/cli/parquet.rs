//! A corpus of Parquet is read like the table it was made of, and tables are written as Parquet cell by cell as in their CSV.

use std::fs;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::DataType;
use bytes::Bytes;
use parallax::report::REPORTS;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::folder::{ARTICLES, Folder};

/// The articles as a file of Parquet, of two rows in a group.
fn articles(compression: Compression) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(ARTICLES.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |at: usize| -> ArrayRef { Arc::new(rows.iter().map(|row| Some(&row[at])).collect::<StringArray>()) };
    let columns = names.iter().enumerate().map(|(at, name)| (name, column(at)));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_compression(compression).set_max_row_group_row_count(Some(2));
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.build())).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn a_file_of_parquet_is_coded_like_the_table_it_was_made_of() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml", "--output", "expected"]);
    folder.edit("study.toml", "articles.csv", "articles.parquet");
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
    ] {
        folder.write("articles.parquet", articles(compression));
        folder.done(&["run", "study.toml", "--output", "found"]);
        for table in ["codings.csv", "documents.csv", "attributions.csv", "excluded.csv", "prevalence.csv"] {
            let [expected, found] = ["expected", "found"].map(|name| folder.text(&format!("{name}/{table}")));
            assert!(!expected.is_empty());
            assert_eq!(found, expected, "{compression}: {table}");
        }
    }
}

#[test]
fn what_is_no_parquet_is_refused_with_the_remedy() {
    let folder = Folder::new();
    folder.edit("study.toml", "articles.csv", "articles.parquet");
    let sound = articles(Compression::SNAPPY);
    for bytes in [ARTICLES.as_bytes(), &sound[..sound.len() / 2], b""] {
        folder.write("articles.parquet", bytes);
        let said = folder.parallax(&["check", "study.toml"]);
        assert_eq!(said.code, Some(2), "{}", said.errors);
        assert!(
            said.errors.contains("articles.parquet: no Parquet") && said.errors.contains("to_parquet"),
            "{}",
            said.errors
        );
    }
}

/// The rows of a file of Parquet as a CSV shows them: numbers as they are parsed there, nothing as an empty cell.
fn cells(bytes: Vec<u8>) -> (Vec<(String, DataType)>, Vec<Vec<String>>) {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    let fields = builder.schema().fields();
    let columns = fields.iter().map(|field| (field.name().clone(), field.data_type().clone())).collect();
    let mut rows = Vec::new();
    for batch in builder.build().unwrap() {
        let batch = batch.unwrap();
        for row in 0..batch.num_rows() {
            rows.push(batch.columns().iter().map(|column| cell(column, row)).collect());
        }
    }
    (columns, rows)
}

fn cell(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::Date32 => column.as_primitive::<Date32Type>().value_as_date(row).unwrap().to_string(),
        other => panic!("a column of {other}"),
    }
}

#[test]
fn tables_of_parquet_hold_the_cells_of_their_csv_in_columns_of_their_types() {
    let folder = Folder::new();
    let with_desk = |(place, line): (usize, &str)| format!("{line},{}\n", if place == 0 { "desk" } else { "007" });
    folder.write("articles.csv", ARTICLES.lines().enumerate().map(with_desk).collect::<String>());
    folder.edit("study.toml", "[[corpus]]", "tables = [\"csv\", \"parquet\"]\n[[corpus]]");
    folder.done(&["run", "study.toml"]);
    let mut compared = 0;
    for table in REPORTS.iter().map(|report| report.table) {
        let Ok(csv) = fs::read(folder.path().join("results").join(table.file)) else { continue };
        let packed = fs::read(folder.path().join("results").join(table.file.replace(".csv", ".parquet")));
        let (columns, rows) = cells(packed.unwrap_or_else(|error| panic!("{}: {error}", table.file)));
        let mut reader = csv::Reader::from_reader(&csv[..]);
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, reader.headers().unwrap().iter().collect::<Vec<_>>(), "{}", table.file);
        let expected: Vec<Vec<String>> = reader.records().map(|row| shown(&row.unwrap(), &columns)).collect();
        assert_eq!(rows, expected, "{}", table.file);
        compared += rows.len();
    }
    assert!(compared > 100, "{compared} rows");
    let metadata = cells(fs::read(folder.path().join("results/metadata.parquet")).unwrap());
    assert!(metadata.1.iter().flatten().any(|cell| cell == "007"), "what looks like a number stays as it is written");
}

/// A row of a CSV with its doubles as Rust prints them.
fn shown(row: &csv::StringRecord, columns: &[(String, DataType)]) -> Vec<String> {
    let cell = |(cell, (_, kind)): (&str, &(String, DataType))| match kind {
        DataType::Float64 if !cell.is_empty() => cell.parse::<f64>().unwrap().to_string(),
        _ => cell.to_owned(),
    };
    row.iter().zip(columns).map(cell).collect()
}

#[test]
fn tables_of_parquet_are_described_computed_again_and_go_with_the_key() {
    let folder = Folder::new();
    folder.edit("study.toml", "[[corpus]]", "tables = [\"csv\", \"parquet\"]\n[[corpus]]");
    folder.done(&["run", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
    let [first, package] = ["manifest.json", "datapackage.json"].map(|file| folder.text(&format!("results/{file}")));
    assert!(first.contains("prevalence.parquet") && package.contains("\"name\": \"prevalence.parquet\""));
    folder.done(&["compare", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
    folder.done(&["code", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
    assert!(!folder.path().join("results/prevalence.parquet").exists(), "a comparison that no longer holds");
    folder.done(&["run", "study.toml", "--threads", "1"]);
    assert_eq!(folder.text("results/manifest.json"), first, "other bytes");
    folder.edit("study.toml", "tables = [\"csv\", \"parquet\"]\n", "");
    folder.write("results/mine.parquet", "somebody's own");
    folder.done(&["run", "study.toml"]);
    assert!(!folder.path().join("results/codings.parquet").exists());
    assert!(folder.path().join("results/mine.parquet").exists());
    folder.remove("results/mine.parquet").done(&["verify", "study.toml"]);
}
