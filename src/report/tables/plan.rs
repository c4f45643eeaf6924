//! `plan.csv` and `plan-curve.csv`: how many more codings a study needs, and how widths fall with them.

use std::io::Write;

use crate::compare::{CodingPlan, FIRST_CODINGS, NeededCodings, Obstacle};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, StagedFile, Staging, Table};

/// The description of `plan.csv`.
pub static CODING_PLAN: Table = Table {
    file: "plan.csv",
    row: "A frame's share in a group, or its difference between two groups. Sorted by frame (the codebook's order), shares \
          before differences.",
    key: &["frame", "group_a", "group_b"],
    columns: described_in!("plan.tsv"),
};

/// The description of `plan-curve.csv`.
pub static WIDTH_CURVE: Table = Table {
    file: "plan-curve.csv",
    row: "A frame's share in a group with so many codings. Sorted by frame (the codebook's order), group, codings.",
    key: &["frame", "group", "codings"],
    columns: described_in!("plan-curve.tsv"),
};

/// Writes `plan.csv` and `plan-curve.csv`.
///
/// # Errors
/// When a file cannot be written.
pub fn write_coding_plan(staging: &mut Staging, plan: &CodingPlan) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &CODING_PLAN)?;
    for needed in &plan.needed {
        add_needed(&mut rows, needed, plan.outdated.as_deref())?;
    }
    rows.finish(staging)?;
    let mut rows = Rows::create(staging, &WIDTH_CURVE)?;
    add_curve(&mut rows, plan)?;
    rows.finish(staging)
}

/// `plan-curve.csv` in memory.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn width_curve_csv(plan: &CodingPlan) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&WIDTH_CURVE);
    add_curve(&mut rows, plan)?;
    rows.into_table()
}

fn add_curve<W: Write>(rows: &mut Rows<W>, plan: &CodingPlan) -> Result<(), ReportError> {
    for point in &plan.curve {
        rows.text(&point.frame).text(&point.group).count(point.codings).number(Some(point.half_width));
        rows.count(point.coded).number(Some(plan.wanted)).end()?;
    }
    Ok(())
}

fn add_needed(rows: &mut Rows<StagedFile>, needed: &NeededCodings, outdated: Option<&str>) -> Result<(), ReportError> {
    let is_pair = needed.group_b.is_some();
    rows.text(&needed.frame).text(&needed.group_a).text(needed.group_b.as_deref().unwrap_or_default());
    rows.count(needed.present[0]).count(needed.present[1]).number(needed.half_width);
    rows.number(needed.needed.map(|all| all[0])).number(needed.needed.map(|all| all[1]).filter(|_| is_pair));
    let draw = needed.to_draw();
    let cell = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    rows.text(&cell(draw.map(|draw| draw[0]))).text(&cell(draw.map(|draw| draw[1]).filter(|_| is_pair)));
    rows.text(&with_outdated(obstacle_in_words(needed.obstacle), outdated)).end()
}

/// A note, and what has changed since the figures beside it were counted.
pub(super) fn with_outdated(note: String, outdated: Option<&str>) -> String {
    let changed = outdated.map(|changed| format!("{changed} has changed since the results that this is planned from"));
    let notes: Vec<String> = [note].into_iter().filter(|note| !note.is_empty()).chain(changed).collect();
    notes.join("; ")
}

/// What stands in the way, in words; nothing where nothing does.
#[must_use]
pub fn obstacle_in_words(obstacle: Option<Obstacle>) -> String {
    match obstacle {
        None => String::new(),
        Some(Obstacle::TooFewCodings) => format!("code a first {FIRST_CODINGS} of the group, then plan again"),
        Some(Obstacle::TooFewToCode) => "all there are, and even these are too few: more documents".to_owned(),
        Some(Obstacle::TooFewDocuments) => "more documents, not more codings".to_owned(),
    }
}
