//! The figure `contrasts`: which of two frames prevails at each group, over time where the study has periods.

use std::io::Write;

use crate::compare::WHOLE_SPAN;
use crate::report::columns::described_in;
use crate::report::figures::axis::Scale;
use crate::report::figures::canvas::Canvas;
use crate::report::figures::drawing::{Drawing, DrawnGroup};
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::as_text;
use crate::report::figures::marks::{DotLook, Lane, dot, tip, triangle, whisker};
use crate::report::figures::page::{DrawnPage, FigurePage};
use crate::report::figures::panels::{self, Panel, PanelAxis, PanelDot, Panels};
use crate::report::figures::shapes::{Stroke, at};
use crate::report::figures::sheet::SheetRow;
use crate::report::figures::strips::{self, ColouredTitle, Grid, StripCell, StripRow};
use crate::report::figures::theme::THEME;
use crate::report::{ReportError, Rows, Subject, Table};
use crate::stats::SIGNIFICANT;

/// The figure.
pub(super) static FIGURE: Figure =
    Figure { name: "contrasts", table: &TABLE, parts_by: &["frame_a", "frame_b"], rows: add_rows, draw };

/// The description of `figures/contrasts.csv`.
static TABLE: Table = Table {
    file: "figures/contrasts.csv",
    row: "Two frames in a group and a period (the whole span where the study has none), as the figure contrasts shows them.",
    key: &["frame_a", "frame_b", "group", "period"],
    columns: described_in!("contrasts.tsv"),
};

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (groups, periods, documents) = (subject.groups_of_size(), subject.periods(), subject.documents());
    let (context, over_time) = (subject.context(), periods.len() > 1);
    for found in &subject.findings.contrasts {
        if (&*found.period == WHOLE_SPAN) == over_time || !groups.contains(&found.group[..]) {
            continue;
        }
        let days = periods.get(&*found.period);
        rows.text(&found.frame_a).text(&found.frame_b).text(&found.group).text(&found.period);
        rows.date(days.map(|days| days.first)).date(days.map(|days| days.last));
        rows.count(documents.get(&found.group[..]).copied().unwrap_or_default());
        rows.count(found.hits_a).count(found.hits_b).number(found.log_ratio).interval(found.interval);
        rows.p_value(found.q_value);
        Subject::add_corrected(rows, found.corrected.as_deref());
        rows.p_value(found.corrected.as_ref().and_then(|corrected| corrected.q_value));
        context.add(rows);
        rows.end()?;
    }
    Ok(())
}

/// Ratios that axes are labelled with, as the exponents of 2 that they are; none goes on beyond the last.
const STEPS: [i32; 6] = [1, 2, 3, 4, 5, 6];

/// A scale goes that many doublings beyond the largest ratio, so that its dot stands clear of the edge.
const BEYOND: f64 = 0.15;

/// Two frames that a study holds against each other.
#[derive(Clone, Copy, PartialEq)]
struct FramePair<'a> {
    a: &'a str,
    b: &'a str,
}

/// A pair as it is drawn: what ratios above and below 1 look like, and where the scale ends, as an exponent of 2.
struct PairLook {
    above: String,
    below: String,
    limit: f64,
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let over_time = drawing.sheet.rows().any(|row| row.days("start", "end").is_some());
    let periods = if over_time { ", by period" } else { "" };
    let about = format!(
        "How many times as often the one is used as the other{periods}, on a logarithmic scale; 1: equally often"
    );
    let mut page = drawing.begin(&format!("Which of two frames prevails at each {}", drawing.by()), &about);
    let pairs = drawing.sheet.distinct_by(pair_of);
    let key = if over_time {
        draw_strips(drawing, &pairs, &mut page)
    } else {
        draw_panels(drawing, &pairs, &mut page);
        String::new()
    };
    page.end(&drawing.caption(&[&key, &explanation(over_time), drawing.correction(), drawing.voice()]))
}

/// What the caption says of the marks.
fn explanation(over_time: bool) -> String {
    let dots = if over_time { "Dots: ratios, filled where" } else { "Dots: ratios, with thick whiskers where" };
    let triangles = if over_time { "; triangles alone: hits of only one of the two frames" } else { "" };
    format!(
        "{dots} the test has q < {SIGNIFICANT} and the interval leaves out 1; dots with a tip: ratios beyond the scale{triangles}. Whiskers: 95 % confidence \
         intervals, cut off at the ends of the scale, as is one without a limit there; none where there are too few documents for \
         one, or where codings leave a corrected ratio without either limit. n: documents"
    )
}

fn pair_of(row: SheetRow<'_>) -> FramePair<'_> {
    FramePair { a: row.text("frame_a"), b: row.text("frame_b") }
}

fn rows_of<'a>(drawing: &Drawing<'a>, pair: FramePair<'a>) -> impl Iterator<Item = SheetRow<'a>> {
    drawing.sheet.rows().filter(move |row| pair_of(*row) == pair)
}

/// Whether test and interval, which are of two methods, both tell the ratio from 1: where they disagree its row calls it open.
fn is_significant(row: SheetRow<'_>) -> bool {
    let holds_1 = row.leading_limits().is_some_and(|limits| limits.low <= 0.0 && limits.high >= 0.0);
    row.leading_q().is_some_and(|q| q < SIGNIFICANT) && !holds_1
}

/// The end of the scale for these rows, as an exponent of 2: beyond every ratio as far as scales go, and at least a doubling.
fn limit<'a>(rows: impl Iterator<Item = SheetRow<'a>>) -> f64 {
    // Those without an interval, too: of a corrected study they may be most, and at the edge all look alike.
    let largest = rows.filter_map(|row| row.leading("log_ratio")).map(f64::abs).fold(0.0, f64::max);
    let steps = largest / std::f64::consts::LN_2;
    STEPS.into_iter().map(f64::from).find(|step| steps <= step - BEYOND).unwrap_or(f64::from(STEPS[STEPS.len() - 1]))
}

fn pair_look(drawing: &Drawing<'_>, pair: FramePair<'_>, limit: f64) -> PairLook {
    PairLook { above: drawing.frame_colour(pair.a), below: drawing.frame_colour(pair.b), limit }
}

/// Draws a row of strips for each pair; gives the key to the marks.
fn draw_strips(drawing: &Drawing<'_>, pairs: &[FramePair<'_>], page: &mut FigurePage<'_>) -> String {
    let look = |pair: &FramePair<'_>| pair_look(drawing, *pair, limit(rows_of(drawing, *pair)));
    let looks: Vec<PairLook> = pairs.iter().map(look).collect();
    let days = drawing.sheet.span();
    let grid = Grid {
        groups: &drawing.groups(),
        rows: pairs.iter().zip(&looks).map(|(pair, look)| strip_row(drawing, *pair, look)).collect(),
        days,
        marks: drawing.marks(days),
        height: THEME.contrasts.height,
        pad: THEME.contrasts.pad,
    };
    strips::draw(page, &grid, &|canvas, cell| {
        let rows = rows_of(drawing, pairs[cell.row]).filter(|row| row.text("group") == cell.group.id);
        draw_cell(canvas, cell, rows, &looks[cell.row]);
    });
    strips::key(&grid.marks)
}

fn strip_row(drawing: &Drawing<'_>, pair: FramePair<'_>, look: &PairLook) -> StripRow {
    let title = |arrow: char, frame: &str, colour: &str| ColouredTitle {
        text: format!("{arrow}\u{a0}{}", drawing.frame_label(frame)),
        colour: as_text(colour),
    };
    // `4 ×` at both ends: the arrow of the title says which frame is the more frequent there.
    let end = format!("{:.0} \u{d7}", look.limit.exp2());
    StripRow {
        titles: vec![title('\u{2191}', pair.a, &look.above), title('\u{2193}', pair.b, &look.below)],
        ticks: vec![(0.0, end.clone()), (0.5, "1".to_owned()), (1.0, end)],
    }
}

fn draw_cell<'a>(canvas: &mut Canvas, cell: &StripCell<'_>, rows: impl Iterator<Item = SheetRow<'a>>, look: &PairLook) {
    let (theme, end) = (&THEME.contrasts, look.limit * std::f64::consts::LN_2);
    let scale = Scale { values: (-end, end), places: (cell.bottom - theme.pad, cell.top + theme.pad) };
    canvas.line(at(cell.left, scale.at(0.0)), at(cell.right, scale.at(0.0)), theme.middle);
    for row in rows {
        let Some(days) = row.days("start", "end") else { continue };
        let x = cell.time.middle(days);
        match row.leading("log_ratio") {
            Some(ratio) => draw_ratio(canvas, &Lane::Up(&scale, x), ratio, row, look),
            None => draw_only(canvas, x, cell, row, look),
        }
    }
}

/// A ratio with its interval, filled where it differs from 1.
fn draw_ratio(canvas: &mut Canvas, lane: &Lane<'_>, ratio: f64, row: SheetRow<'_>, look: &PairLook) {
    let theme = &THEME.contrasts;
    let colour = if ratio >= 0.0 { &look.above } else { &look.below };
    if let Some(interval) = row.leading_limits() {
        whisker(canvas, lane, interval, Stroke { colour, width: theme.whisker });
    }
    tip(canvas, lane, ratio, theme.ring, colour);
    let sure = DotLook::Filled { radius: theme.dot };
    let open = DotLook::Open { radius: theme.ring, line: theme.ring_line };
    dot(canvas, lane, ratio, if is_significant(row) { sure } else { open }, colour);
}

/// A triangle at the edge where only one of the frames has hits; nothing where neither has.
fn draw_only(canvas: &mut Canvas, x: f64, cell: &StripCell<'_>, row: SheetRow<'_>, look: &PairLook) {
    let height = THEME.contrasts.triangle_height;
    match (row.count("hits_a") > 0, row.count("hits_b") > 0) {
        (true, false) => triangle(canvas, at(x, cell.top), height, &look.above),
        (false, true) => triangle(canvas, at(x, cell.bottom), -height, &look.below),
        _ => {}
    }
}

/// Without periods: a panel for each pair, a row for each group.
fn draw_panels(drawing: &Drawing<'_>, pairs: &[FramePair<'_>], page: &mut FigurePage<'_>) {
    let groups = drawing.groups();
    // One scale for all panels: they stand beside each other and are compared at a glance.
    let limit = limit(drawing.sheet.rows());
    let end = limit * std::f64::consts::LN_2;
    let ticks = [-limit, 0.0, limit].map(|exponent| (exponent * std::f64::consts::LN_2, times(exponent))).to_vec();
    let panels: Vec<Panel> = pairs.iter().map(|pair| panel(drawing, *pair, &groups)).collect();
    let axes = vec![PanelAxis { ends: (-end, end), ticks, origin: 0.0 }; panels.len()];
    panels::draw(page, &Panels { heading: drawing.heading_of_groups(), groups, shown: panels, axes });
}

/// How many times that is: `4`, or `1/4`.
fn times(exponent: f64) -> String {
    if exponent < 0.0 { format!("1/{:.0}", (-exponent).exp2()) } else { format!("{:.0}", exponent.exp2()) }
}

fn panel(drawing: &Drawing<'_>, pair: FramePair<'_>, groups: &[DrawnGroup]) -> Panel {
    let look = pair_look(drawing, pair, 0.0);
    let dots = groups.iter().map(|group| {
        let row = rows_of(drawing, pair).find(|row| row.text("group") == group.id);
        let value = row.and_then(|row| row.leading("log_ratio"));
        PanelDot {
            value,
            counted: None,
            interval: row.and_then(SheetRow::leading_limits),
            weak: !row.is_some_and(is_significant),
            alone: false,
            colour: if value.unwrap_or(0.0) >= 0.0 { look.above.clone() } else { look.below.clone() },
            absent: row.map_or("no hits", absent),
        }
    });
    let title = format!("{} (right) or {} (left)", drawing.frame_label(pair.a), drawing.frame_label(pair.b));
    Panel { title, dots: dots.collect() }
}

/// What stands where there is no ratio.
fn absent(row: SheetRow<'_>) -> &'static str {
    match (row.count("hits_a") > 0, row.count("hits_b") > 0) {
        (true, _) => "only the first",
        (_, true) => "only the second",
        _ => "no hits",
    }
}
