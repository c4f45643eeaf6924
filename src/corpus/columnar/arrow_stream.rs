//! Documents that come as a stream of Arrow, batch after batch, as `pyarrow.ipc.new_stream` writes it.

use std::io::{self, Read};

use arrow_ipc::reader::StreamReader;

use crate::corpus::columnar::cells::BatchRows;
use crate::corpus::reader::{Records, Row};
use crate::corpus::stream::Stream;
use crate::corpus::{CorpusError, Reader};
use crate::model::FileFormat;

/// A stream is handed in, never found among files, so that this opens nothing by itself.
pub(in crate::corpus) const READER: Reader =
    Reader { name: "Arrow stream", format: FileFormat::ArrowStream, extensions: &[], one_document: false, open };

/// The standard input, as a source of a stream.
#[must_use]
pub fn standard_input() -> Box<dyn Read + Send> {
    Box::new(io::stdin())
}

/// A stream whose schema is read.
struct ArrowRecords {
    reader: StreamReader<Pipe>,
    columns: Vec<String>,
    batch: BatchRows,
    read: u64,
}

/// The bytes as they come, and whether they came to an end.
struct Pipe {
    stream: Stream,
    ran_dry: bool,
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read_bytes(buffer)?;
        self.ran_dry |= read == 0 && !buffer.is_empty();
        Ok(read)
    }
}

pub(in crate::corpus) fn open(stream: Stream) -> Result<Box<dyn Records>, CorpusError> {
    let name = stream.name().to_owned();
    let reader = StreamReader::try_new(Pipe { stream, ran_dry: false }, None);
    let reader = reader.map_err(|error| {
        refused(&name, &format!("no stream of Arrow ({error}); write one, as pyarrow.ipc.new_stream does"))
    })?;
    let columns = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
    Ok(Box::new(ArrowRecords { reader, columns, batch: BatchRows::default(), read: 0 }))
}

fn refused(name: &str, message: &str) -> CorpusError {
    CorpusError::Header { path: name.to_owned(), message: message.to_owned() }
}

impl Records for ArrowRecords {
    fn columns(&self) -> Option<&[String]> {
        Some(&self.columns)
    }

    fn next_batch(&mut self) -> Result<Option<usize>, CorpusError> {
        let batch = self.reader.next().transpose();
        let name = self.reader.get_ref().stream.name();
        let batch = batch.map_err(|error| {
            refused(
                name,
                &format!(
                    "the stream of Arrow breaks off or is damaged after {} records ({error}); send it again",
                    self.read
                ),
            )
        })?;
        let Some(batch) = batch else {
            // A stream that is closed says so. One that only stops, between two batches, was left by a program that was killed.
            return if self.reader.get_ref().ran_dry {
                Err(refused(
                    name,
                    &format!(
                        "the stream of Arrow breaks off after {} records; send it again, and close its writer at the end",
                        self.read
                    ),
                ))
            } else {
                Ok(None)
            };
        };
        self.batch = BatchRows::of(&batch);
        Ok(Some(self.batch.count()))
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, CorpusError> {
        self.read += 1;
        let read = self.read;
        Ok(self.batch.next_row(|| format!("record {read}")))
    }

    fn stream(&mut self) -> &mut Stream {
        &mut self.reader.get_mut().stream
    }
}
