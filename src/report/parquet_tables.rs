//! Tables as files of Parquet beside their CSV, cell by cell the same.
//!
//! They are made of the finished CSV, so that a table has one description and one writer, and neither file can say what the
//! other does not.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::StructBuilder;
use arrow_array::{RecordBatch, StructArray};
use arrow_schema::{Field, Fields, Schema};
use csv::{Reader, StringRecord};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::report::arrow_cells::{append, arrow_type};
use crate::report::{Kind, REPORTS, ReportError, StagedFile, Staging, Table};

/// Rows that are packed at once.
const BATCH: usize = 8192;

/// Rows of a group, the part of a file that is held in memory until it is written.
const GROUP: usize = 16 * BATCH;

/// Writes each table among the outputs of `staging` as Parquet, too.
///
/// # Errors
/// When a table cannot be read back or a file not be written.
pub fn write_parquet_tables(staging: &mut Staging) -> Result<(), ReportError> {
    let outputs = staging.outputs();
    let is_there = |table: &&Table| outputs.iter().any(|output| output.path == table.file);
    REPORTS.iter().map(|report| report.table).filter(is_there).try_for_each(|table| write(staging, table))
}

fn write(staging: &mut Staging, table: &Table) -> Result<(), ReportError> {
    let unreadable = |source: csv::Error| ReportError::row(table.file.as_ref(), table.file, source);
    let (file, _) = staging.read_back(table.file)?;
    let mut reader = Reader::from_reader(file);
    let columns = columns(table, reader.headers().map_err(unreadable)?);
    let mut packed = PackedTable::begin(staging.create(&table.parquet_file())?, &columns)?;
    for row in reader.records() {
        packed.add(&row.map_err(unreadable)?)?;
    }
    staging.keep(packed.finish()?)
}

/// Names and kinds of the columns of a file: those of its table, then those that only this corpus has, of which nothing is known.
fn columns(table: &Table, header: &StringRecord) -> Vec<(String, Kind)> {
    let kind = |place: usize| table.columns.get(place).map_or(Kind::Text, |column| column.kind);
    header.iter().enumerate().map(|(place, name)| (name.to_owned(), kind(place))).collect()
}

/// A file of Parquet that grows.
struct PackedTable {
    destination: PathBuf,
    kinds: Vec<Kind>,
    rows: StructBuilder,
    waiting: usize,
    out: ArrowWriter<StagedFile>,
}

impl PackedTable {
    fn begin(file: StagedFile, columns: &[(String, Kind)]) -> Result<Self, ReportError> {
        let destination = file.destination().to_path_buf();
        let fields: Fields =
            columns.iter().map(|(name, kind)| Field::new(name, arrow_type(*kind), true)).collect::<Vec<_>>().into();
        // Snappy is what every reader of Parquet unpacks.
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let out = ArrowWriter::try_new(file, Arc::new(Schema::new(fields.clone())), Some(properties))
            .map_err(|error| refused(&destination, error))?;
        let rows = StructBuilder::from_fields(fields, BATCH);
        Ok(Self { destination, kinds: columns.iter().map(|(_, kind)| *kind).collect(), rows, waiting: 0, out })
    }

    fn add(&mut self, row: &StringRecord) -> Result<(), ReportError> {
        for (place, (kind, cell)) in self.kinds.iter().zip(row).enumerate() {
            append(&mut self.rows, place, *kind, cell);
        }
        self.rows.append(true);
        self.waiting += 1;
        if self.waiting == BATCH { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> Result<(), ReportError> {
        self.waiting = 0;
        let rows: StructArray = self.rows.finish();
        self.out.write(&RecordBatch::from(rows)).map_err(|error| refused(&self.destination, error))
    }

    fn finish(mut self) -> Result<StagedFile, ReportError> {
        self.send()?;
        self.out.into_inner().map_err(|error| refused(&self.destination, error))
    }
}

fn refused(destination: &Path, error: ParquetError) -> ReportError {
    ReportError::at(destination, io::Error::other(error))
}
