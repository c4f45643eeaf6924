//! The figure `prevalence`: how often each group carries each frame, with intervals.

use std::io::Write;

use crate::compare::{FEW_CARRIERS, WHOLE_SPAN};
use crate::report::columns::described_in;
use crate::report::figures::drawing::{Drawing, DrawnGroup, remark};
use crate::report::figures::figure::Figure;
use crate::report::figures::page::DrawnPage;
use crate::report::figures::panels::{self, Panel, PanelDot, Panels};
use crate::report::figures::sheet::SheetRow;
use crate::report::{ReportError, Rows, Subject, Table};

/// The figure.
pub(super) static FIGURE: Figure =
    Figure { name: "prevalence", table: &TABLE, parts_by: &["frame"], rows: add_rows, draw };

/// The description of `figures/prevalence.csv`.
static TABLE: Table = Table {
    file: "figures/prevalence.csv",
    row: "A frame in a group, as the figure prevalence shows it: the whole span of prevalence.csv.",
    key: &["frame", "group"],
    columns: described_in!("prevalence.tsv"),
};

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (chosen, context) = (subject.chosen(subject.groups()), subject.context());
    for found in subject.findings.prevalence.iter().filter(|row| &*row.period == WHOLE_SPAN) {
        if chosen(&found.frame, &found.group) {
            rows.text(&found.frame).text(&found.group).count(found.documents).count(found.sentences).count(found.hits);
            rows.number(found.estimate).interval(found.interval);
            Subject::add_corrected(rows, found.corrected.as_deref());
            rows.text(&found.note);
            context.add(rows);
            rows.end()?;
        }
    }
    Ok(())
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let panels: Vec<Panel> = frames.into_iter().map(|frame| panel(drawing, frame, &groups)).collect();
    let (by, units) = (drawing.by(), drawing.units());
    let about = format!(
        "Share of {units} that carry the frame, with 95 % confidence intervals; each panel has its own scale from\u{a0}0"
    );
    let mut page = drawing.begin(&format!("How often each {by} uses each frame"), &about);
    let shown = Panels::of_shares(&page, drawing.heading_of_groups(), groups, panels);
    panels::draw(&mut page, &shown);
    let thin = format!(
        "Thin whiskers: fewer than {FEW_CARRIERS} documents with the frame, so that the interval may be too narrow"
    );
    let notes = [
        "n: documents, which are the unit of the intervals",
        remark(shown.any(|dot| dot.weak), &thin),
        remark(
            shown.any(|dot| dot.alone && dot.interval.is_some()),
            "A group of a single document, whose interval is from hand codings of the others, does not set the scale",
        ),
        shown.open_dots(),
        shown.arrowheads(),
        drawing.correction(),
        remark(shown.any(|dot| dot.counted.is_some()), "Grey rings: as counted, before the correction"),
        drawing.voice(),
        &drawing.left_out("frame"),
    ];
    page.end(&drawing.caption(&notes))
}

fn panel(drawing: &Drawing<'_>, frame: &str, groups: &[DrawnGroup]) -> Panel {
    let dot = |group: &DrawnGroup| {
        let row = drawing.row(frame, group);
        PanelDot {
            value: row.and_then(|row| row.leading("estimate")),
            interval: row.and_then(SheetRow::leading_interval),
            counted: row.and_then(|row| row.before_correction("estimate")),
            weak: row.is_some_and(SheetRow::is_weak),
            alone: row.is_some_and(SheetRow::is_alone),
            colour: drawing.frame_colour(frame),
            absent: "no sentences",
        }
    };
    Panel { title: drawing.frame_label(frame), dots: groups.iter().map(dot).collect() }
}
