//! `plan-bounds.csv`: where corrected shares lie if coders err.

use crate::compare::ShareBounds;
use crate::report::columns::described_in;
use crate::report::tables::plan::with_outdated;
use crate::report::{ReportError, Rows, StagedFile, Staging, Table};

/// The description of `plan-bounds.csv`.
pub static SHARE_BOUNDS: Table = Table {
    file: "plan-bounds.csv",
    row: "A frame's corrected share in a group over the whole span. Sorted by frame (the codebook's order), group.",
    key: &["frame", "group"],
    columns: described_in!("plan-bounds.tsv"),
};

/// Writes `plan-bounds.csv`; `outdated` is what has changed since the codings were counted.
///
/// # Errors
/// When the file cannot be written.
pub fn write_share_bounds(
    staging: &mut Staging,
    bounds: &[ShareBounds],
    outdated: Option<&str>,
) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &SHARE_BOUNDS)?;
    for share in bounds {
        add_row(&mut rows, share, outdated)?;
    }
    rows.finish(staging)
}

fn add_row(rows: &mut Rows<StagedFile>, share: &ShareBounds, outdated: Option<&str>) -> Result<(), ReportError> {
    let (corrected, bounds) = (share.corrected, share.bounds());
    rows.text(&share.frame).text(&share.group).count(share.codings);
    rows.number(corrected.map(|it| it.0)).number(corrected.map(|it| it.1.low)).number(corrected.map(|it| it.1.high));
    rows.count(share.disagreement.coded_twice);
    rows.number((share.disagreement.coded_twice > 0).then_some(share.disagreement.share)).number(share.error);
    rows.number(bounds.map(|it| it.low))
        .number(bounds.map(|it| it.high))
        .text(&with_outdated(share.note(), outdated))
        .end()
}
