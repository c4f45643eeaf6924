//! Reads `codings.csv` and `documents.csv` of a results folder back as labels: what two runs are held against each other by.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{Reader, StringRecord};

use crate::compare::{HitLabel, HitPlace, LabelledDocument, SideLabels};
use crate::model::unguarded;
use crate::report::ReportError;
use crate::report::read_documents::open_recorded;

/// The labels that a run left in `folder`.
///
/// # Errors
/// When a table is missing, lacks a column or cannot be read.
pub fn read_labels(folder: &Path) -> Result<SideLabels, ReportError> {
    let mut labels = SideLabels::default();
    let documents = ["document", "group", "outlet", "date", "cluster", "sentences", "frame"];
    TableReader::open(folder, "documents.csv", &documents)?.each(
        |[id, group, outlet, date, cluster, sentences, frame]| {
            if !labels.frames.iter().any(|known| known == frame) {
                labels.frames.push(frame.to_owned());
            }
            if !labels.documents.contains_key(id) {
                let [group, outlet, date, cluster] = [group, outlet, date, cluster].map(str::to_owned);
                let document = LabelledDocument { group, outlet, date, cluster, sentences: whole(sentences)? };
                labels.documents.insert(id.to_owned(), document);
            }
            Ok(())
        },
    )?;
    let codings = ["document", "sentence", "frame", "hit", "rules", "voice", "stance", "text"];
    TableReader::open(folder, "codings.csv", &codings)?.each(
        |[id, sentence, frame, hit, rules, voice, stance, text]| {
            if hit == "true" {
                let place = HitPlace { document: id.to_owned(), sentence: whole(sentence)?, frame: frame.to_owned() };
                let rules = rules.split(';').filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
                let [voice, stance, text] = [voice, stance, text].map(str::to_owned);
                labels.hits.insert(place, HitLabel { rules, voice, stance, text });
            }
            Ok(())
        },
    )?;
    Ok(labels)
}

fn whole(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("\"{text}\" where a whole number is expected; run the study again"))
}

/// A table of which `N` columns are read.
struct TableReader<const N: usize> {
    path: PathBuf,
    reader: Reader<File>,
    places: [usize; N],
}

impl<const N: usize> TableReader<N> {
    fn open(folder: &Path, name: &str, columns: &[&str; N]) -> Result<Self, ReportError> {
        let path = folder.join(name);
        let mut reader = open_recorded(&path)?;
        let unreadable = |message| ReportError::Unreadable { path: path.clone(), line: 1, message };
        let header = reader.headers().map_err(|error| unreadable(error.to_string()))?.clone();
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            let found = header.iter().position(|name| name == *column);
            *place = found.ok_or_else(|| unreadable(format!("no column \"{column}\"; run the study again")))?;
        }
        Ok(Self { path, reader, places })
    }

    /// Shows the cells of every row to `see`, as they were before they were guarded.
    fn each(mut self, mut see: impl FnMut([&str; N]) -> Result<(), String>) -> Result<(), ReportError> {
        let mut row = StringRecord::new();
        loop {
            let line = self.reader.position().line();
            let unreadable = |message| ReportError::Unreadable { path: self.path.clone(), line, message };
            if !self.reader.read_record(&mut row).map_err(|error| unreadable(error.to_string()))? {
                return Ok(());
            }
            let cells = self.places.map(|place| unguarded(row.get(place).unwrap_or_default()));
            see(cells).map_err(unreadable)?;
        }
    }
}
