//! `voices.csv`: in whose voice, and with which stance, each group carries a frame where it does.

use crate::compare::{FramePart, IntervalMethod, PartShare};
use crate::report::columns::{described_in, words_of};
use crate::report::tables::prevalence::corrected_share;
use crate::report::{ReportError, Rows, Staging, Table};

/// The description of `voices.csv`.
pub(super) static VOICES: Table = Table {
    file: "voices.csv",
    row: "A part of a frame's sentences in a group and a period. Sorted by frame (the codebook's order), part, group and \
          period, the whole span first. Sentences count whatever the study's unit, voice and stance are.",
    key: &["frame", "part", "group", "period"],
    columns: described_in!("voices.tsv", "part" => words_of!(FramePart)),
};

pub(super) fn write_voices<'a>(
    staging: &mut Staging,
    parts: impl Iterator<Item = PartShare<'a>>,
) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &VOICES)?;
    for found in parts {
        rows.text(found.frame).text(found.part.as_str()).text(found.group).text(found.period);
        rows.count(found.sample.documents).count(found.sample.clusters).count(found.sample.sentences);
        rows.count(found.sentences).count(found.hits).number(found.estimate).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str));
        corrected_share(found.corrected.as_deref(), &mut rows);
        rows.count(found.codings).text(&found.note).end()?;
    }
    rows.finish(staging)
}
