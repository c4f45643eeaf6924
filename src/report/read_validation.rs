//! Reads `validation.csv` back: what corrects a comparison when the corpus was coded before.

use std::fs::File;
use std::path::Path;

use csv::{Reader, StringRecord};

use crate::compare::{Counts, DoubleCoding, JudgedFrame, Plan};
use crate::model::unguarded;
use crate::report::ReportError;
use crate::report::tables::{VALIDATION, is_own, stance};

/// Gives the documents in `counts` what an earlier run left in the folder `output` of people's codings.
///
/// # Errors
/// When the table is missing, cannot be read, or is of other documents or frames.
pub fn read_validation(output: &Path, plan: &Plan, counts: &mut Counts) -> Result<(), ReportError> {
    let path = output.join(VALIDATION.file);
    let file = File::open(&path).map_err(|error| ReportError::at(&path, error))?;
    let mut reader = Reader::from_reader(file);
    let at = |line: u64, message: String| ReportError::Unreadable { path: path.clone(), line, message };
    let header = reader.headers().map_err(|error| at(1, error.to_string()))?;
    if !header.iter().eq(VALIDATION.columns.iter().map(|column| column.name)) {
        return Err(at(1, "the columns are not those of this version; run the study again".to_owned()));
    }
    let mut rows: Vec<(String, DoubleCoding)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| at(0, error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let double = double_coding(&record, plan)
            .map_err(|column| at(line, format!("{column} is \"{}\"; run the study again", cell(&record, column))))?;
        rows.push((unguarded(cell(&record, "document")).to_owned(), double));
    }
    for document in rows.chunk_by(|a, b| a.0 == b.0) {
        let doubles = document.iter().map(|(_, double)| double.clone()).collect();
        if let Some((id, _)) = document.first()
            && !counts.set_double_codings(id, doubles)
        {
            return Err(at(0, format!("\"{id}\" is no document of documents.csv; run the study again")));
        }
    }
    Ok(())
}

/// A row; or the name of the column that is not as it was written.
fn double_coding(record: &StringRecord, plan: &Plan) -> Result<DoubleCoding, &'static str> {
    let frame = plan.frames().iter().position(|frame| frame == cell(record, "frame")).ok_or("frame")?;
    let sentence = told(record, "sentence").map(|text| text.parse().map_err(|_| "sentence")).transpose()?;
    let inclusion = told(record, "inclusion_probability").map(|text| text.parse().map_err(|_| "inclusion_probability"));
    let inclusion = inclusion.transpose()?.filter(|inclusion: &f64| *inclusion > 0.0);
    let judged = |names: [&'static str; 3]| {
        let [carries, of_voice, of_stance] = names;
        let Some(word) = told(record, carries) else { return Ok::<_, &'static str>(None) };
        Ok(Some(JudgedFrame {
            carries: word.parse().map_err(|_| carries)?,
            is_own: told(record, of_voice).map(|word| is_own(word).ok_or(of_voice)).transpose()?,
            stance: told(record, of_stance).map(|word| stance(word).ok_or(of_stance)).transpose()?,
        }))
    };
    Ok(DoubleCoding {
        sentence,
        frame,
        people: judged(["coded", "coded_voice", "coded_stance"])?,
        // Of a document as a whole the machine says it in its counts.
        machine: judged(["hit", "hit_voice", "hit_stance"])?.unwrap_or_default(),
        inclusion,
        only_coder: told(record, "only_coder").map(|coder| unguarded(coder).into()),
    })
}

/// The cell of a column where it says anything.
fn told<'r>(record: &'r StringRecord, name: &str) -> Option<&'r str> {
    Some(cell(record, name)).filter(|text| !text.is_empty())
}

/// The cell of a column of this very table.
fn cell<'r>(record: &'r StringRecord, name: &str) -> &'r str {
    let place = VALIDATION.columns.iter().position(|column| column.name == name);
    place.and_then(|place| record.get(place)).unwrap_or_default()
}
