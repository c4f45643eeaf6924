//! `plan-bounds.csv`: where corrected shares lie if coders err.

use crate::compare::ShareBounds;
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, StagedFile, Staging, Table};

/// The description of `plan-bounds.csv`.
pub static SHARE_BOUNDS: Table = Table {
    file: "plan-bounds.csv",
    row: "A frame's corrected share in a group over the whole span. Sorted by frame (the codebook's order), group.",
    key: &["frame", "group"],
    columns: &[
        columns::FRAME,
        columns::GROUP,
        Column::required("codings", Kind::Count, "Hand codings with known probability that correct the share."),
        Column::optional("corrected", Kind::Number, "The share as coders would find it, as in prevalence.csv."),
        Column::optional("corrected_low", Kind::Number, "Lower end of its 95 % interval."),
        Column::optional("corrected_high", Kind::Number, "Upper end of its 95 % interval."),
        Column::required("coded_twice", Kind::Count, "Units of all groups in which two or more coded the frame."),
        Column::optional(
            "disagreement",
            Kind::Number,
            "How often two coders disagree there, each unit weighed by one over the probability it was drawn with.",
        ),
        Column::optional(
            "error",
            Kind::Number,
            "How often a coding is wrong at most, by that disagreement: e = (1 - sqrt(1 - 2 disagreement)) / 2; e squared \
             where every coding of the group was agreed on or adjudicated. Errors that coders share are not in it.",
        ),
        Column::optional("bound_low", Kind::Number, "(corrected_low - error) / (1 - error), at least 0."),
        Column::optional("bound_high", Kind::Number, "corrected_high / (1 - error), at most 1."),
        Column::optional("note", Kind::Text, "Why there are no bounds, or what they leave out."),
    ],
};

/// Writes `plan-bounds.csv`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_share_bounds(staging: &mut Staging, bounds: &[ShareBounds]) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &SHARE_BOUNDS)?;
    for share in bounds {
        add_row(&mut rows, share)?;
    }
    rows.finish(staging)
}

fn add_row(rows: &mut Rows<StagedFile>, share: &ShareBounds) -> Result<(), ReportError> {
    let (corrected, bounds) = (share.corrected, share.bounds());
    rows.text(&share.frame).text(&share.group).count(share.codings);
    rows.number(corrected.map(|it| it.0)).number(corrected.map(|it| it.1.low)).number(corrected.map(|it| it.1.high));
    rows.count(share.disagreement.coded_twice);
    rows.number((share.disagreement.coded_twice > 0).then_some(share.disagreement.share)).number(share.error);
    rows.number(bounds.map(|it| it.low)).number(bounds.map(|it| it.high)).text(&share.note()).end()
}
