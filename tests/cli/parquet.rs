//! A corpus of Parquet is read like the table it was made of.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
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
