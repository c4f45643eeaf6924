//! The figure `contrasts`: which of two frames prevails at each group, over time where the study has periods.

use std::io::Write;

use crate::compare::WHOLE_SPAN;
use crate::report::figures::axis::Scale;
use crate::report::figures::canvas::Canvas;
use crate::report::figures::drawing::{Drawing, Group};
use crate::report::figures::page::Page;
use crate::report::figures::panels::{self, Axis, Dot, Panel};
use crate::report::figures::sheet::Row;
use crate::report::figures::strips::{self, Cell, Grid, StripRow};
use crate::report::figures::subject::{ALL_GROUPS, BY, FIRST_DAY, LAST_DAY, Subject, UNIT, VOICE};
use crate::report::figures::timeline::span;
use crate::report::palette::{AXIS, as_text};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `figures/contrasts.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/contrasts.csv",
    row: "Two frames in a group and a period (the whole span where the study has none), as the figure contrasts shows them.",
    key: &["frame_a", "frame_b", "group", "period"],
    columns: &[
        Column::required("frame_a", Kind::Text, "Id of the first frame."),
        Column::required("frame_b", Kind::Text, "Id of the second frame."),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("period", Kind::Text, "The period; \"all\" is the whole span."),
        Column::optional("start", Kind::Date, "Its first day, or that of the corpus where it comes later."),
        Column::optional("end", Kind::Date, "Its last day, or that of the corpus where it comes earlier."),
        Column::required("documents", Kind::Count, "Documents of the group in all periods, copies included."),
        Column::required("hits_a", Kind::Count, "Hits of the first frame."),
        Column::required("hits_b", Kind::Count, "Hits of the second frame."),
        Column::optional("log_ratio", Kind::Number, "Natural logarithm of the first over the second."),
        Column::optional("conf_low", Kind::Number, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Number, "Upper end of its 95 % confidence interval."),
        Column::optional("q_value", Kind::PValue, "Adjusted p-value of the permutation test."),
        BY,
        VOICE,
        UNIT,
        ALL_GROUPS,
        FIRST_DAY,
        LAST_DAY,
    ],
};

/// Ratios that axes are labelled with, as the exponents of 2 that they are.
const STEPS: [i32; 6] = [1, 2, 3, 4, 5, 6];

/// Room above and below a scale, where triangles stand.
const PAD: f64 = 5.0;

/// Tests with a q-value below this are marked.
pub(super) const SIGNIFICANT: f64 = 0.05;

pub(super) fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (groups, periods, documents) = (subject.groups(), subject.periods(), subject.documents());
    let over_time = periods.len() > 1;
    for found in &subject.findings.contrasts {
        if (found.period == WHOLE_SPAN) == over_time || !groups.contains(&found.group[..]) {
            continue;
        }
        let (start, end) = periods.get(&found.period).copied().unzip();
        rows.text(&found.frame_a).text(&found.frame_b).text(&found.group).text(&found.period).date(start).date(end);
        rows.count(documents.get(&found.group[..]).copied().unwrap_or_default());
        rows.count(found.hits_a).count(found.hits_b).number(found.log_ratio).interval(found.interval);
        rows.p_value(found.q_value);
        subject.add_context(rows);
        rows.end()?;
    }
    Ok(())
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let groups = drawing.groups();
    let over_time = drawing.sheet.rows().any(|row| row.date("start").is_some());
    let by = drawing.by();
    let heading = format!("Which of two frames prevails at each {by}");
    let about = if over_time {
        "How many times as often the one is used as the other, by period, on a logarithmic scale; 1: equally often"
    } else {
        "How many times as often the one is used as the other, on a logarithmic scale; 1: equally often"
    };
    let mut page = drawing.page(&heading, about);
    let key =
        if over_time { draw_strips(drawing, &groups, &mut page) } else { draw_panels(drawing, &groups, &mut page) };
    let dots = if over_time { "Dots: ratios, filled where" } else { "Dots: ratios, with thick whiskers where" };
    let triangles = "; triangles at the edge: hits of only one of the two frames";
    let notes = [
        key,
        format!(
            "{dots} the permutation test has q < {SIGNIFICANT}; whiskers: 95 % confidence intervals, \
             cut off at the ends of the scale; none where there are too few documents for one{}. n: documents",
            if over_time { triangles } else { "" }
        ),
        drawing.voice().to_owned(),
    ];
    let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    page.end(&drawing.caption(&notes))
}

/// The pairs of frames, in the study's order.
fn pairs<'a>(drawing: &Drawing<'a>) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::new();
    for row in drawing.sheet.rows() {
        let pair = (row.text("frame_a"), row.text("frame_b"));
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

fn rows_of<'a>(drawing: &Drawing<'a>, (a, b): (&'a str, &'a str)) -> impl Iterator<Item = Row<'a>> {
    drawing.sheet.rows().filter(move |row| row.text("frame_a") == a && row.text("frame_b") == b)
}

/// The end of the scale for these rows, as an exponent of 2: beyond every ratio, and at least a doubling.
fn limit<'a>(rows: impl Iterator<Item = Row<'a>>) -> f64 {
    let largest = rows.filter_map(|row| row.number("log_ratio")).map(f64::abs).fold(0.0, f64::max);
    let steps = largest / std::f64::consts::LN_2;
    STEPS.into_iter().map(f64::from).find(|step| steps <= step - 0.15).unwrap_or(f64::from(STEPS[STEPS.len() - 1]))
}

fn draw_strips(drawing: &Drawing<'_>, groups: &[Group], page: &mut Page<'_>) -> String {
    let pairs = pairs(drawing);
    let days = span(drawing.sheet.rows());
    let limits: Vec<f64> = pairs.iter().map(|pair| limit(rows_of(drawing, *pair))).collect();
    let row = |((a, b), limit): (&(&str, &str), &f64)| StripRow {
        titles: vec![
            (format!("\u{2191}\u{a0}{}", drawing.frame_label(a)), as_text(&drawing.frame_colour(a))),
            (format!("\u{2193}\u{a0}{}", drawing.frame_label(b)), as_text(&drawing.frame_colour(b))),
        ],
        ticks: vec![(0.0, times(*limit)), (0.5, "1".to_owned()), (1.0, times(*limit))],
    };
    let grid = Grid {
        groups,
        rows: pairs.iter().zip(&limits).map(row).collect(),
        days,
        marks: drawing.marks(days),
        height: 48.0,
        pad: PAD,
    };
    strips::draw(page, &grid, &|canvas, cell| {
        let rows = rows_of(drawing, pairs[cell.row]).filter(|row| row.text("group") == cell.group.id);
        let colours = (drawing.frame_colour(pairs[cell.row].0), drawing.frame_colour(pairs[cell.row].1));
        draw_cell(canvas, cell, rows, (limits[cell.row], &colours));
    });
    strips::key(&grid.marks)
}

/// `4 ×`
fn times(exponent: f64) -> String {
    format!("{:.0} \u{d7}", exponent.exp2())
}

fn draw_cell<'a>(
    canvas: &mut Canvas,
    cell: &Cell<'_>,
    rows: impl Iterator<Item = Row<'a>>,
    (limit, (above, below)): (f64, &(String, String)),
) {
    let end = limit * std::f64::consts::LN_2;
    let scale = Scale { values: (-end, end), places: (cell.bottom - PAD, cell.top + PAD) };
    canvas.line((cell.left, scale.at(0.0)), (cell.right, scale.at(0.0)), (AXIS, 0.6));
    for row in rows {
        let Some(days) = row.date("start").zip(row.date("end")) else { continue };
        let x = cell.time.middle(days);
        let Some(ratio) = row.number("log_ratio") else {
            draw_only(canvas, (x, cell), &row, (above, below));
            continue;
        };
        let colour = if ratio >= 0.0 { above } else { below };
        if let Some(interval) = row.interval() {
            canvas.line((x, scale.within(interval.low)), (x, scale.within(interval.high)), (colour, 0.8));
        }
        let place = (x, scale.within(ratio));
        if row.number("q_value").is_some_and(|q| q < SIGNIFICANT) {
            canvas.dot(place, 1.9, colour);
        } else {
            canvas.ring(place, 1.6, (colour, 0.8));
        }
    }
}

/// A triangle at the edge where only one of the frames has hits; nothing where neither has.
fn draw_only(canvas: &mut Canvas, (x, cell): (f64, &Cell<'_>), row: &Row<'_>, (above, below): (&str, &str)) {
    let (only_a, only_b) = (row.count("hits_a") > 0, row.count("hits_b") > 0);
    if only_a && !only_b {
        canvas.area(&[(x - 2.0, cell.top + 3.4), (x, cell.top), (x + 2.0, cell.top + 3.4)], above);
    } else if only_b && !only_a {
        canvas.area(&[(x - 2.0, cell.bottom - 3.4), (x, cell.bottom), (x + 2.0, cell.bottom - 3.4)], below);
    }
}

/// Without periods: a panel for each pair, a row for each group.
fn draw_panels(drawing: &Drawing<'_>, groups: &[Group], page: &mut Page<'_>) -> String {
    let pairs = pairs(drawing);
    let limit = limit(drawing.sheet.rows());
    let end = limit * std::f64::consts::LN_2;
    let label = |exponent: f64| {
        if exponent < 0.0 { format!("1/{:.0}", (-exponent).exp2()) } else { format!("{:.0}", exponent.exp2()) }
    };
    let ticks = [-limit, 0.0, limit].map(|exponent| (exponent * std::f64::consts::LN_2, label(exponent))).to_vec();
    let panel = |pair: &(&str, &str)| {
        let colours = (drawing.frame_colour(pair.0), drawing.frame_colour(pair.1));
        let dot = |group: &Group| {
            let row = rows_of(drawing, *pair).find(|row| row.text("group") == group.id);
            let value = row.and_then(|row| row.number("log_ratio"));
            let sure = row.and_then(|row| row.number("q_value")).is_some_and(|q| q < SIGNIFICANT);
            let hits = |column: &str| row.is_some_and(|row| row.count(column) > 0);
            Dot {
                value,
                interval: row.and_then(Row::interval),
                weak: !sure,
                colour: if value.unwrap_or(0.0) >= 0.0 { colours.0.clone() } else { colours.1.clone() },
                absent: match (hits("hits_a"), hits("hits_b")) {
                    (true, _) => "only the first",
                    (_, true) => "only the second",
                    _ => "no hits",
                },
            }
        };
        let title = format!("{} (right) or {} (left)", drawing.frame_label(pair.0), drawing.frame_label(pair.1));
        Panel { title, dots: groups.iter().map(dot).collect() }
    };
    let panels: Vec<Panel> = pairs.iter().map(panel).collect();
    let axis = Axis { ends: (-end, end), ticks, origin: 0.0 };
    panels::draw(page, &drawing.heading_of_groups(), groups, &panels, &vec![axis; panels.len()]);
    String::new()
}
