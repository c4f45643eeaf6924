//! `documents.csv`: the integer counts that every finding is computed from, written and read back.

use std::fs::File;
use std::path::Path;

use csv::Reader;
use jiff::civil::Date;
use serde::Deserialize;

use crate::compare::{Counts, DocumentCounts, FrameCounts};
use crate::report::{Column, Kind, ReportError, Rows, Staging, Table};

/// Millionths in one.
const MILLION: u64 = 1_000_000;

/// The description of `documents.csv`.
pub(super) static DOCUMENTS: Table = Table {
    file: "documents.csv",
    row: "A document and a frame, zeros included. Sorted by document, then the codebook's order of frames.",
    key: &["document", "frame"],
    columns: &[
        Column::required("document", Kind::Text, "Id of the document."),
        Column::optional("outlet", Kind::Text, "Who published it."),
        Column::optional("date", Kind::Date, "Day of publication."),
        Column::optional("period", Kind::Text, "The period the date lies in; empty where the study names none."),
        Column::optional(
            "cluster",
            Kind::Text,
            "Documents with the same one are copies of each other; empty for a document alone.",
        ),
        Column::required("sentences", Kind::Count, "Sentences of the document, the title included."),
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required("hits", Kind::Count, "Sentences that carry the frame."),
        Column::required("own", Kind::Count, "Of these, in the outlet's own voice."),
        Column::required("attributed", Kind::Count, "Of these, in the voice of a source it quotes or reports."),
        Column::required("favor", Kind::Count, "Hits whose voice affirms the frame."),
        Column::required("against", Kind::Count, "Hits whose voice rejects the frame."),
        Column::required("neutral", Kind::Count, "Hits whose voice does neither."),
        Column::required(
            "expected",
            Kind::Number,
            "Sum of the probabilities of the codings, hits or not: the expected number of sentences.",
        ),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
    ],
};

/// Writes `documents.csv`. `frames` are the codebook's ids, in its order.
///
/// # Errors
/// When the file cannot be written.
pub fn write_documents(staging: &mut Staging, frames: &[String], counts: &Counts) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &DOCUMENTS)?;
    for (id, document) in counts.documents() {
        for (frame, count) in frames.iter().zip(&document.frames) {
            rows.text(id).text(&document.outlet).date(document.date);
            rows.text(document.period.as_deref().unwrap_or_default()).text(&document.cluster);
            rows.count(document.sentences).text(frame).count(count.hits).count(count.own).count(count.attributed);
            rows.count(count.favor).count(count.against).count(count.neutral);
            rows.text(&format!("{}.{:06}", count.expected / MILLION, count.expected % MILLION));
            rows.text(&document.group).end()?;
        }
    }
    rows.finish(staging)
}

/// Reads `documents.csv` of an earlier run in the folder `output`, back into the very counts it was written from.
/// `frames` are the codebook's ids, in its order.
///
/// # Errors
/// When the file cannot be read, or is not what [`write_documents`] writes for these frames.
pub fn read_documents(output: &Path, frames: &[String]) -> Result<Counts, ReportError> {
    let path = output.join(DOCUMENTS.file);
    let file = File::open(&path).map_err(|error| ReportError::at(&path, error))?;
    let mut reader = Reader::from_reader(file);
    let mut rows = reader.deserialize();
    let mut counts = Counts::default();
    loop {
        let line = rows.reader().position().line();
        let bad = |trouble| ReportError::BadTable { path: path.clone(), line, trouble };
        match next_document(&mut rows, frames).map_err(bad)? {
            Some((id, document)) => counts.insert(id, document),
            None => return Ok(counts),
        }
    }
}

/// A row of the file; its columns go by name.
#[derive(Deserialize)]
struct Row {
    document: String,
    outlet: String,
    date: String,
    period: Option<String>,
    cluster: String,
    sentences: u64,
    frame: String,
    hits: u64,
    own: u64,
    attributed: u64,
    favor: u64,
    against: u64,
    neutral: u64,
    expected: String,
    group: String,
}

/// The next document, from one row per frame; `None` at the end of the file, else what is wrong.
fn next_document(
    rows: &mut impl Iterator<Item = csv::Result<Row>>,
    frames: &[String],
) -> Result<Option<(String, DocumentCounts)>, String> {
    let mut document: Option<(String, DocumentCounts)> = None;
    for frame in frames {
        let row = match rows.next() {
            Some(row) => row.map_err(|error| error.to_string())?,
            None if document.is_none() => return Ok(None),
            None => return Err(format!("the file ends before frame \"{frame}\"")),
        };
        if row.frame != *frame {
            return Err(format!("frame \"{}\" stands where the codebook has \"{frame}\"", row.frame));
        }
        let count = row.count()?;
        match &mut document {
            None => document = Some(row.begin(count)?),
            Some((id, document)) if *id == row.document => document.frames.push(count),
            Some((id, _)) => return Err(format!("document \"{id}\" has no row for frame \"{frame}\"")),
        }
    }
    Ok(document)
}

impl Row {
    fn count(&self) -> Result<FrameCounts, String> {
        let &Self { hits, own, attributed, favor, against, neutral, .. } = self;
        Ok(FrameCounts { hits, own, attributed, favor, against, neutral, expected: in_millionths(&self.expected)? })
    }

    /// The document that this row is the first of.
    fn begin(self, count: FrameCounts) -> Result<(String, DocumentCounts), String> {
        let no_date = |_| format!("\"{}\" is no date", self.date);
        let date = if self.date.is_empty() { None } else { Some(self.date.parse::<Date>().map_err(no_date)?) };
        let Self { group, outlet, period, cluster, sentences, .. } = self;
        let frames = vec![count];
        Ok((self.document, DocumentCounts { group, outlet, date, period, cluster, sentences, frames }))
    }
}

/// Exact, unlike a detour over a floating-point number.
fn in_millionths(cell: &str) -> Result<u64, String> {
    let parts = cell.split_once('.').filter(|(_, decimals)| decimals.len() == 6);
    let number = parts.and_then(|(whole, decimals)| {
        whole.parse::<u64>().ok()?.checked_mul(MILLION)?.checked_add(decimals.parse().ok()?)
    });
    number.ok_or_else(|| format!("\"{cell}\" is no number with six decimals"))
}
