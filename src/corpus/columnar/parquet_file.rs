//! Documents of Parquet files, row group after row group.

use bytes::Bytes;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use crate::corpus::columnar::cells::BatchRows;
use crate::corpus::reader::{Records, Row};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader};
use crate::model::FileFormat;

/// One record a row.
pub(in crate::corpus) const PARQUET: Reader =
    Reader { name: "Parquet", format: FileFormat::Parquet, extensions: &["parquet"], one_document: false, open };

/// Rows that are unpacked at once.
const ROWS: usize = 1000;

struct ParquetRecords {
    stream: Stream,
    reader: ParquetRecordBatchReader,
    columns: Vec<String>,
    batch: BatchRows,
    read: u64,
}

/// Such a file is told by its end, so that its bytes are read whole; columns are unpacked some rows at a time.
fn open(mut stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    let bytes = Bytes::from(stream.whole_bytes()?);
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(|error| refused(&stream, &error))?;
    let columns = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    let reader = builder.with_batch_size(ROWS).build().map_err(|error| refused(&stream, &error))?;
    Ok(Box::new(ParquetRecords { stream, reader, columns, batch: BatchRows::default(), read: 0 }))
}

fn refused(stream: &Stream, error: &dyn std::fmt::Display) -> CorpusError {
    let message = format!("no Parquet that can be read ({error}); write it again, as pandas.DataFrame.to_parquet does");
    CorpusError::Header { path: stream.name().to_owned(), message }
}

impl Records for ParquetRecords {
    fn columns(&self) -> Option<&[String]> {
        Some(&self.columns)
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        while self.batch.is_done() {
            let Some(batch) = self.reader.next() else { return Ok(None) };
            let batch = batch.map_err(|error| refused(&self.stream, &error))?;
            self.batch = BatchRows::of(&batch);
        }
        self.read += 1;
        let read = self.read;
        Ok(self.batch.next_row(|| format!("record {read}")))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.stream
    }
}
