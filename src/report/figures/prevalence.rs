//! The figure `prevalence`: how often each group carries each frame, with intervals.

use std::io::Write;

use crate::compare::WHOLE_SPAN;
use crate::report::figures::drawing::{Drawing, Group};
use crate::report::figures::panels::{self, Dot, Panel, leaves, panel_width, share_axes};
use crate::report::figures::sheet::Row;
use crate::report::figures::subject::{ALL_GROUPS, BY, FIRST_DAY, LAST_DAY, Subject, UNIT, VOICE};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `figures/prevalence.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/prevalence.csv",
    row: "A frame in a group, as the figure prevalence shows it: the whole span of prevalence.csv.",
    key: &["frame", "group"],
    columns: &[
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("documents", Kind::Count, "Documents of the group, copies included."),
        Column::required("sentences", Kind::Count, "Their sentences, titles included."),
        Column::required("hits", Kind::Count, "Sentences, or documents, that carry the frame."),
        Column::optional("estimate", Kind::Share, "Hits as a share of sentences, or of documents."),
        Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval."),
        Column::optional("note", Kind::Text, "What a reader must know of this row."),
        BY,
        VOICE,
        UNIT,
        ALL_GROUPS,
        FIRST_DAY,
        LAST_DAY,
    ],
};

pub(super) fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let chosen = subject.chosen();
    for found in subject.findings.prevalence.iter().filter(|row| row.period == WHOLE_SPAN) {
        if chosen(&found.frame, &found.group) {
            rows.text(&found.frame).text(&found.group).count(found.documents).count(found.sentences).count(found.hits);
            rows.number(found.estimate).interval(found.interval).text(&found.note);
            subject.add_context(rows);
            rows.end()?;
        }
    }
    Ok(())
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let groups = drawing.groups();
    let panels: Vec<Panel> =
        drawing.sheet.distinct("frame").into_iter().map(|frame| panel(drawing, frame, &groups)).collect();
    let (by, units) = (drawing.by(), drawing.units());
    let about = format!(
        "Share of {units} that carry the frame, with 95 % confidence intervals; each panel has its own scale from\u{a0}0"
    );
    let mut page = drawing.page(&format!("How often each {by} uses each frame"), &about);
    let axes = share_axes(&panels, panel_width(&page, &groups, panels.len()));
    panels::draw(&mut page, &drawing.heading_of_groups(), &groups, &panels, &axes);
    let shown = || panels.iter().flat_map(|panel| &panel.dots);
    let notes = [
        "n: documents, which are the unit of the intervals",
        if shown().any(|dot| dot.weak) {
            "Thin whiskers: fewer than 10 documents with the frame, so that the interval may be too narrow"
        } else {
            ""
        },
        if shown().any(|dot| dot.value.is_some() && dot.interval.is_none()) {
            "Open dots: no interval from a single document"
        } else {
            ""
        },
        if leaves(&panels, &axes) { "Arrowheads: the interval goes beyond the axis" } else { "" },
        drawing.voice(),
        &drawing.left_out("frame"),
    ];
    page.end(&drawing.caption(&notes))
}

fn panel(drawing: &Drawing<'_>, frame: &str, groups: &[Group]) -> Panel {
    let dot = |group: &Group| {
        let row = drawing.row(("frame", frame), &group.id);
        Dot {
            value: row.and_then(|row| row.number("estimate")),
            interval: row.and_then(Row::interval),
            weak: row.is_some_and(|row| row.text("note").contains("may be too narrow")),
            colour: drawing.frame_colour(frame),
            absent: "no sentences",
        }
    };
    Panel { title: drawing.frame_label(frame), dots: groups.iter().map(dot).collect() }
}
