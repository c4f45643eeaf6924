//! The figure `timeline`: how the share of each frame moves at each group, with ribbons.

use std::io::Write;

use jiff::civil::Date;

use crate::compare::WHOLE_SPAN;
use crate::report::figures::axis::{Scale, percent, share_ticks};
use crate::report::figures::canvas::Canvas;
use crate::report::figures::drawing::Drawing;
use crate::report::figures::sheet::{Row, Sheet};
use crate::report::figures::strips::{self, Cell, Grid, StripRow};
use crate::report::figures::subject::{ALL_GROUPS, BY, FIRST_DAY, LAST_DAY, Subject, UNIT, VOICE};
use crate::report::palette::{PAPER, as_text, mixed};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `figures/timeline.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/timeline.csv",
    row: "A frame in a group and a period, as the figure timeline shows it.",
    key: &["frame", "group", "period"],
    columns: &[
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("period", Kind::Text, "The period."),
        Column::required("start", Kind::Date, "Its first day, or that of the corpus where it comes later."),
        Column::required("end", Kind::Date, "Its last day, or that of the corpus where it comes earlier."),
        Column::required("period_documents", Kind::Count, "Documents of the group in the period, copies included."),
        Column::required("documents", Kind::Count, "Documents of the group in all periods, copies included."),
        Column::optional("estimate", Kind::Share, "Sentences, or documents, with the frame, as a share of all."),
        Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval."),
        BY,
        VOICE,
        UNIT,
        ALL_GROUPS,
        FIRST_DAY,
        LAST_DAY,
    ],
};

pub(super) fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (chosen, periods, documents) = (subject.chosen(), subject.periods(), subject.documents());
    if periods.len() < 2 {
        return Ok(());
    }
    for found in subject.findings.prevalence.iter().filter(|row| row.period != WHOLE_SPAN) {
        let Some((start, end)) = periods.get(&found.period).filter(|_| chosen(&found.frame, &found.group)) else {
            continue;
        };
        rows.text(&found.frame).text(&found.group).text(&found.period).date(Some(*start)).date(Some(*end));
        rows.count(found.documents).count(documents.get(&found.group[..]).copied().unwrap_or_default());
        rows.number(found.estimate).interval(found.interval);
        subject.add_context(rows);
        rows.end()?;
    }
    Ok(())
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let days = span(drawing.sheet.rows());
    let tops: Vec<f64> = frames.iter().map(|frame| top_of(drawing, frame)).collect();
    let row = |(frame, top): (&&str, &f64)| StripRow {
        titles: vec![(drawing.frame_label(frame), as_text(&drawing.frame_colour(frame)))],
        ticks: vec![(0.0, "0".to_owned()), (1.0, percent(*top))],
    };
    let grid = Grid {
        groups: &groups,
        rows: frames.iter().zip(&tops).map(row).collect(),
        days,
        marks: drawing.marks(days),
        height: if frames.len() > 6 { 23.0 } else { 32.0 },
        pad: 0.0,
    };
    let (by, units) = (drawing.by(), drawing.units());
    let about = format!("Share of {units} that carry the frame, by period; each row has its own scale from\u{a0}0");
    let mut page = drawing.page(&format!("How each {by}'s use of each frame moves"), &about);
    strips::draw(&mut page, &grid, &|canvas, cell| {
        let rows = drawing.sheet.rows();
        let rows = rows.filter(|row| row.text("frame") == frames[cell.row] && row.text("group") == cell.group.id);
        draw_cell(canvas, cell, rows, (&drawing.frame_colour(frames[cell.row]), tops[cell.row]));
    });
    let key = strips::key(&grid.marks);
    let notes = [
        &key[..],
        "Lines: shares, at the middle of each period; ribbons: 95 % confidence intervals, cut off at the top of the \
         scale; no line where a group has no documents",
        if alone(drawing.sheet) {
            "Open dots: periods with a single document, which give no interval and do not set the scale; beyond it they \
             stand at its top"
        } else {
            ""
        },
        "n: documents",
        drawing.voice(),
        &drawing.left_out("frame"),
    ];
    page.end(&drawing.caption(&notes))
}

/// Whether a share comes without an interval.
fn alone(sheet: &Sheet) -> bool {
    sheet.rows().any(|row| row.number("estimate").is_some() && row.interval().is_none())
}

/// The first and the last day of the rows.
pub(super) fn span<'a>(rows: impl Iterator<Item = Row<'a>>) -> (Date, Date) {
    let days: Vec<(Date, Date)> = rows.filter_map(|row| row.date("start").zip(row.date("end"))).collect();
    let first = days.iter().map(|(start, _)| *start).min().unwrap_or_default();
    (first, days.iter().map(|(_, end)| *end).max().unwrap_or(first).max(first))
}

/// The top of a frame's scale: above every share that has an interval, and above most intervals.
fn top_of(drawing: &Drawing<'_>, frame: &str) -> f64 {
    let sheet = drawing.sheet;
    let all = || sheet.rows().filter(|row| row.text("frame") == frame);
    let sure = all().any(|row| row.interval().is_some());
    let rows = || all().filter(|row| row.interval().is_some() || !sure);
    let largest = rows().filter_map(|row| row.number("estimate")).fold(0.0, f64::max);
    let mut ends: Vec<f64> = rows().filter_map(Row::interval).map(|interval| interval.high).collect();
    ends.sort_by(f64::total_cmp);
    let most = ends.get(ends.len() / 2).copied().unwrap_or(0.0);
    share_ticks(largest.max(most), 4).last().copied().unwrap_or(1.0)
}

/// Where a share stands, across and up, and the two ends of its interval.
type Place = (f64, f64, Option<(f64, f64)>);

/// Ribbon and line of one frame in one group, broken where a period has no interval; an open dot where it has a share.
fn draw_cell<'a>(
    canvas: &mut Canvas,
    cell: &Cell<'_>,
    rows: impl Iterator<Item = Row<'a>>,
    (colour, top): (&str, f64),
) {
    let scale = Scale { values: (0.0, top), places: (cell.bottom, cell.top) };
    let mut rows: Vec<(Date, Row<'_>)> = rows.filter_map(|row| Some((row.date("start")?, row))).collect();
    rows.sort_by_key(|(start, _)| *start);
    let place = |row: &Row<'_>| {
        let days = row.date("start").zip(row.date("end"))?;
        let y = scale.within(row.number("estimate")?);
        let ribbon = row.interval().map(|interval| (scale.within(interval.low), scale.within(interval.high)));
        Some((cell.time.middle(days), y, ribbon))
    };
    let places: Vec<Option<Place>> = rows.iter().map(|(_, row)| place(row)).collect();
    let runs = || places.split(|place| place.is_none_or(|(_, _, ribbon)| ribbon.is_none()));
    let ribbon_colour = mixed(colour, PAPER, 0.72);
    runs().for_each(|run| draw_ribbon(canvas, run, &ribbon_colour));
    runs().for_each(|run| draw_line(canvas, run, colour));
    for (x, y, _) in places.iter().flatten().filter(|(_, _, ribbon)| ribbon.is_none()) {
        canvas.ring((*x, *y), 1.2, (colour, 0.6));
    }
}

fn draw_ribbon(canvas: &mut Canvas, run: &[Option<Place>], colour: &str) {
    let edge = |low: bool| {
        let ends = run.iter().flatten().filter_map(|(x, _, ribbon)| Some((*x, (*ribbon)?)));
        ends.map(move |(x, (bottom, top))| (x, if low { bottom } else { top }))
    };
    let mut corners: Vec<(f64, f64)> = edge(false).collect();
    if let [(x, high)] = corners[..] {
        let low = edge(true).next().map_or(high, |(_, low)| low);
        canvas.line((x, low), (x, high), (colour, 1.2));
    } else if !corners.is_empty() {
        corners.extend(edge(true).collect::<Vec<_>>().into_iter().rev());
        canvas.area(&corners, colour);
    }
}

fn draw_line(canvas: &mut Canvas, run: &[Option<Place>], colour: &str) {
    let points: Vec<(f64, f64)> = run.iter().flatten().map(|(x, y, _)| (*x, *y)).collect();
    if points.len() > 1 {
        canvas.path(&points, (colour, 1.1));
    }
    if points.len() <= 12 {
        for point in points {
            canvas.dot(point, 1.2, colour);
        }
    }
}
