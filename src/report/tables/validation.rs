//! `validation.csv`: what people said of sentences and documents, beside what the machine says of them.

use crate::compare::{Counts, DoubleCoding, JudgedFrame};
use crate::model::{Stance, VoiceFilter};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, StagedFile, Staging, Table};

/// The description of `validation.csv`.
pub static VALIDATION: Table = Table {
    file: "validation.csv",
    row: "A frame of a sentence, or of a document as a whole, that people coded: what corrects the shares. Sorted by \
          document, sentence, then the codebook's order of frames. Empty without hand codings.",
    key: &["document", "sentence", "frame"],
    columns: described_in!(
        "validation.tsv",
        "coded_voice" => &SPEAKERS,
        "coded_stance" => &STANCES,
        "hit_voice" => &SPEAKERS,
        "hit_stance" => &STANCES,
    ),
};

const OWN: &str = VoiceFilter::Own.as_str();
const SPEAKERS: [&str; 2] = [OWN, VoiceFilter::Attributed.as_str()];
const STANCES: [&str; 3] = [Stance::Favor.as_str(), Stance::Against.as_str(), Stance::Neutral.as_str()];

/// Writes `validation.csv`. `frames` are the codebook's ids, in its order.
///
/// # Errors
/// When the file cannot be written.
pub fn write_validation(staging: &mut Staging, frames: &[String], counts: &Counts) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &VALIDATION)?;
    for (document, counted) in counts.documents() {
        for double in &counted.double_codings {
            add_row(&mut rows, document, &frames[double.frame], double)?;
        }
    }
    rows.finish(staging)
}

fn add_row(rows: &mut Rows<StagedFile>, document: &str, frame: &str, double: &DoubleCoding) -> Result<(), ReportError> {
    rows.text(document);
    rows.text(&double.sentence.map_or_else(String::new, |sentence| sentence.to_string())).text(frame);
    for judged in [double.people, double.sentence.map(|_| double.machine)] {
        let rows = match judged {
            Some(judged) => rows.boolean(judged.carries),
            None => rows.text(""),
        };
        let judged = judged.unwrap_or_default();
        rows.text(speaker(judged)).text(judged.stance.map_or("", Stance::as_str));
    }
    rows.text(double.only_coder.as_deref().unwrap_or_default());
    // All digits, so that a comparison from this file has those of the run.
    rows.text(&double.inclusion.map_or_else(String::new, |inclusion| inclusion.to_string())).end()
}

const fn speaker(judged: JudgedFrame) -> &'static str {
    match judged.is_own {
        None => "",
        Some(true) => SPEAKERS[0],
        Some(false) => SPEAKERS[1],
    }
}

/// Whether the outlet speaks, by a cell that [`write_validation`] wrote; `None` where it is none of its words.
pub(in crate::report) fn is_own(cell: &str) -> Option<bool> {
    SPEAKERS.contains(&cell).then_some(cell == OWN)
}

/// The stance in a cell that [`write_validation`] wrote; `None` where it is none of its words.
pub(in crate::report) fn stance(cell: &str) -> Option<Stance> {
    [Stance::Favor, Stance::Against, Stance::Neutral].into_iter().find(|stance| stance.as_str() == cell)
}
