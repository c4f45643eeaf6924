//! `stances.csv`: how much more a frame is affirmed than rejected, and whether own words and attributed ones differ in that.

use crate::compare::{StanceBalance, StanceSides};
use crate::report::columns::described_in;
use crate::report::tables::comparisons::corrected_cells;
use crate::report::{ReportError, Rows, Staging, Table};

/// The description of `stances.csv`.
pub(super) static STANCES: Table = Table {
    file: "stances.csv",
    row: "A frame in a group and a period: what affirms it against what rejects it, and own words against attributed ones. Sorted \
          by frame (the codebook's order), group and period, the whole span first. Sentences count whatever the study's unit, \
          voice and stance are; those whose voice is neutral toward the frame are on neither side.",
    key: &["frame", "group", "period"],
    columns: described_in!("stances.tsv"),
};

pub(super) fn write_stances<'a>(
    staging: &mut Staging,
    balances: impl Iterator<Item = StanceBalance<'a>>,
) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &STANCES)?;
    for found in balances {
        rows.text(found.frame).text(found.group).text(found.period);
        rows.count(found.sides.favor).count(found.sides.against).number(found.log_ratio);
        rows.interval(found.balance.map(|balance| balance.interval())).p_value(found.p_value).p_value(found.q_value);
        corrected_cells(found.corrected.as_deref(), &mut rows);
        rows.count(found.codings);
        for StanceSides { favor, against } in [found.own, found.attributed] {
            rows.count(favor).count(against);
        }
        rows.number(found.own.share()).number(found.attributed.share()).number(found.difference);
        rows.interval(found.difference_interval()).p_value(found.voices_p).p_value(found.voices_q);
        rows.count(found.documents).count(found.clusters).count(found.sentences).text(&found.note).end()?;
    }
    rows.finish(staging)
}
