//! Reads `documents.csv` back: what a comparison starts from when the corpus was coded before.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use csv::{Reader, StringRecord};
use jiff::civil::Date;

use crate::compare::{Counts, DocumentCounts, FrameCounts, PackedFrames, Plan};
use crate::model::unguarded;
use crate::report::ReportError;
use crate::report::error::refuse_pipe;

/// Name of the table.
const FILE: &str = "documents.csv";

/// A table that an earlier run should have left.
pub(super) fn open_recorded(path: &Path) -> Result<Reader<File>, ReportError> {
    refuse_pipe(path)?;
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => ReportError::NoDocuments(path.to_path_buf()),
        _ => ReportError::at(path, error),
    })?;
    Ok(Reader::from_reader(file))
}

/// The counts that an earlier run left in the folder `output`, for the frames of `plan`. Unless it has the `zeros`, a frame that
/// a document has no row of is one that it does not carry.
///
/// # Errors
/// When the table is missing, cannot be read, or does not have the frames of the plan in every document, as far as they must
/// be there.
pub fn read_documents(output: &Path, plan: &Plan, zeros: bool) -> Result<Counts, ReportError> {
    let path = output.join(FILE);
    let mut reader = open_recorded(&path)?;
    let at = |line: u64, message: String| ReportError::Unreadable { path: path.clone(), line, message };
    let header = reader.headers().map_err(|error| at(1, error.to_string()))?.clone();
    let columns = Columns::find(&header).map_err(|name| at(1, format!("no column \"{name}\"; run the study again")))?;
    let (mut counts, mut is_first) = (Counts::default(), true);
    let mut records = reader.records().map(|row| row.map_err(|error| at(0, error.to_string())));
    let mut next = records.next().transpose()?;
    while let Some(first) = next.take() {
        let id = columns.text(&first, Columns::DOCUMENT).to_owned();
        let mut document = columns.document(&first, plan).map_err(|message| at(line_of(&first), message))?;
        let mut counted = Vec::with_capacity(plan.frames().len());
        next = Some(first);
        for (index, frame) in plan.frames().iter().enumerate() {
            if let Some(row) = next.as_ref().filter(|row| columns.is_of(row, &id, frame)) {
                let frame = columns.frame(row, document.sentences);
                counted.push(frame.map_err(|message| at(line_of(row), message))?);
                next = records.next().transpose()?;
            } else if zeros || is_first || index == 0 {
                let line = next.as_ref().map_or(0, line_of);
                let or = if zeros { ", or written with zeros = false: say so in the study" } else { "" };
                let message = format!("expected frame \"{frame}\" of document \"{id}\"; run the study again{or}");
                return Err(at(line, message));
            } else {
                counted.push(FrameCounts::default());
            }
        }
        is_first = false;
        document.frames = counted.into();
        counts.insert(id, document);
    }
    Ok(counts)
}

/// The line that a row begins in; 0 where that is not known.
fn line_of(row: &StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

/// Where each column stands.
struct Columns([usize; Self::NAMES.len()]);

impl Columns {
    const NAMES: [&'static str; 20] = [
        "document",
        "outlet",
        "date",
        "period",
        "cluster",
        "sentences",
        "frame",
        "hits",
        "own",
        "attributed",
        "favor",
        "against",
        "neutral",
        "expected",
        "group",
        "without_rule",
        "own_favor",
        "own_against",
        "attributed_favor",
        "attributed_against",
    ];
    const DOCUMENT: usize = 0;
    const FRAME: usize = 6;

    fn find(header: &StringRecord) -> Result<Self, &'static str> {
        let mut places = [0; Self::NAMES.len()];
        for (place, name) in places.iter_mut().zip(Self::NAMES) {
            *place = header.iter().position(|column| column == name).ok_or(name)?;
        }
        Ok(Self(places))
    }

    fn text<'r>(&self, row: &'r StringRecord, column: usize) -> &'r str {
        unguarded(row.get(self.0[column]).unwrap_or_default())
    }

    /// Whether a row is that of a frame in a document.
    fn is_of(&self, row: &StringRecord, id: &str, frame: &str) -> bool {
        self.text(row, Self::FRAME) == frame && self.text(row, Self::DOCUMENT) == id
    }

    fn count(&self, row: &StringRecord, column: usize) -> Result<u64, String> {
        let text = self.text(row, column);
        match text.parse::<u32>() {
            Ok(count) => Ok(count.into()),
            Err(_) => {
                Err(format!("{} is \"{text}\"; expected a whole number below {}", Self::NAMES[column], 1_u64 << 32))
            }
        }
    }

    fn optional_count(&self, row: &StringRecord, column: usize) -> Result<Option<u64>, String> {
        if self.text(row, column).is_empty() { Ok(None) } else { self.count(row, column).map(Some) }
    }

    /// The document's own columns. Its period is that of the plan, which may be another than when it was coded; its
    /// group is its outlet where the plan compares outlets, else what it was coded with.
    fn document(&self, row: &StringRecord, plan: &Plan) -> Result<DocumentCounts, String> {
        let settings = plan.settings();
        let date = Some(self.text(row, 2)).filter(|date| !date.is_empty());
        let date = date.map(|date| date.parse().map_err(|_| format!("date is \"{date}\"; expected year-month-day")));
        let date: Option<Date> = date.transpose()?;
        if settings.period.is_some() && date.is_none() {
            return Err("no date, which a comparison of periods needs; run the study again".to_owned());
        }
        let outlet: Arc<str> = self.text(row, 1).into();
        Ok(DocumentCounts {
            group: if settings.by == "outlet" { settings.group_of(&outlet).into() } else { self.text(row, 14).into() },
            outlet,
            date,
            period: settings.period.as_ref().zip(date).map(|(period, date)| period.label(date).into()),
            cluster: self.text(row, 4).into(),
            sentences: self.count(row, 5)?,
            frames: PackedFrames::default(),
            sources: Box::default(),
            given: Box::default(),
            double_codings: Box::default(),
            columns: Box::default(),
        })
    }

    /// The counts of a frame in a document of so many sentences.
    fn frame(&self, row: &StringRecord, sentences: u64) -> Result<FrameCounts, String> {
        let expected = self.text(row, 13);
        let millionths = expected.split_once('.').filter(|(_, decimals)| decimals.len() == 6);
        let expected = millionths.and_then(|(whole, decimals)| format!("{whole}{decimals}").parse().ok());
        let frame = FrameCounts {
            hits: self.count(row, 7)?,
            own: self.count(row, 8)?,
            attributed: self.count(row, 9)?,
            favor: self.count(row, 10)?,
            against: self.count(row, 11)?,
            neutral: self.count(row, 12)?,
            expected: expected.ok_or_else(|| "expected must be a number with six decimals".to_owned())?,
            without_rule: self.optional_count(row, 15)?,
            own_favor: self.count(row, 16)?,
            own_against: self.count(row, 17)?,
            attributed_favor: self.count(row, 18)?,
            attributed_against: self.count(row, 19)?,
        };
        let is_possible = frame.hits <= sentences
            && frame.own + frame.attributed <= frame.hits
            && frame.without_rule <= Some(frame.hits)
            && frame.expected <= sentences * 1_000_000;
        is_possible
            .then_some(frame)
            .ok_or_else(|| "more hits than sentences, or than hits in all; run the study again".to_owned())
    }
}
