//! The figure `timeline`: how the share of each frame moves at each group, with ribbons.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::civil::Date;

use crate::compare::{Changepoint, Prevalence, WHOLE_SPAN};
use crate::report::columns::described_in;
use crate::report::figures::axis::{Scale, percent, share_ticks};
use crate::report::figures::canvas::Canvas;
use crate::report::figures::days::Days;
use crate::report::figures::drawing::{Drawing, remark};
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::as_text;
use crate::report::figures::marks::{DotLook, Lane, Moment, dot, ribbon};
use crate::report::figures::page::DrawnPage;
use crate::report::figures::shapes::{Stroke, Tile, at};
use crate::report::figures::sheet::{FigureSheet, SheetRow};
use crate::report::figures::strips::{self, ColouredTitle, Grid, StripCell, StripRow};
use crate::report::figures::theme::THEME;
use crate::report::palette::{PAPER, mixed};
use crate::report::{ReportError, Rows, Subject, Table};

/// The figure.
pub(super) static FIGURE: Figure =
    Figure { name: "timeline", table: &TABLE, parts_by: &["frame"], rows: add_rows, draw };

/// The description of `figures/timeline.csv`.
static TABLE: Table = Table {
    file: "figures/timeline.csv",
    row: "A frame in a group and a period, as the figure timeline shows it.",
    key: &["frame", "group", "period"],
    columns: described_in!("timeline.tsv"),
};

/// Between the days of a change, and between changes.
const DAY_BREAK: &str = " ";
const CHANGE_BREAK: &str = ";";

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (chosen, periods, documents) =
        (subject.chosen(subject.groups_of_size()), subject.periods(), subject.documents());
    if periods.len() < 2 {
        return Ok(());
    }
    let context = subject.context();
    for found in subject.findings.prevalence.iter().filter(|row| &*row.period != WHOLE_SPAN) {
        let Some(days) = periods.get(&*found.period).filter(|_| chosen(&found.frame, &found.group)) else {
            continue;
        };
        rows.text(&found.frame).text(&found.group).text(&found.period).date(Some(days.first)).date(Some(days.last));
        rows.count(found.documents).count(documents.get(&found.group[..]).copied().unwrap_or_default());
        rows.number(found.estimate).interval(found.interval);
        Subject::add_corrected(rows, found.corrected.as_deref());
        rows.text(&changes(subject, found, &periods));
        context.add(rows);
        rows.end()?;
    }
    Ok(())
}

/// The changes of level of a frame in a group whose likeliest day lies in the period of a share.
fn changes(subject: &Subject<'_>, share: &Prevalence, periods: &BTreeMap<String, Days>) -> String {
    let rows = subject.findings.changepoints.iter().filter(|row| row.is_change);
    let rows = rows.filter(|row| *row.frame == *share.frame && *row.group == *share.group);
    let written = |row: &Changepoint| {
        let (date, (first, last)) = row.date.zip(row.range)?;
        period_of(date, periods).filter(|period| ***period == *share.period)?;
        Some([date, first, last].map(|day| day.to_string()).join(DAY_BREAK))
    };
    rows.filter_map(written).collect::<Vec<_>>().join(CHANGE_BREAK)
}

/// The last period that has begun by then; before all of them the first, as a week may begin before its first document.
fn period_of(date: Date, periods: &BTreeMap<String, Days>) -> Option<&String> {
    let begun = periods.iter().filter(|(_, days)| days.first <= date).max_by_key(|(_, days)| days.first);
    begun.or_else(|| periods.iter().min_by_key(|(_, days)| days.first)).map(|(period, _)| period)
}

/// With more frames than this their rows are lower.
const FEW_FRAMES: usize = 6;

/// A line with more periods than this has no dots, which would run into each other.
const FEW_PERIODS: usize = 12;

/// Steps of a scale, of which only the ends are labelled.
const STEPS: u32 = 4;

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let tops: Vec<f64> = frames.iter().map(|frame| top_of(drawing.sheet, frame)).collect();
    let days = drawing.sheet.span();
    let grid = Grid {
        groups: &groups,
        rows: frames.iter().zip(&tops).map(|(frame, top)| strip_row(drawing, frame, *top)).collect(),
        days,
        marks: drawing.marks(days),
        height: if frames.len() > FEW_FRAMES { THEME.timeline.low } else { THEME.timeline.high },
        pad: 0.0,
    };
    let (by, units) = (drawing.by(), drawing.units());
    let about = format!("Share of {units} that carry the frame, by period; each row has its own scale from\u{a0}0");
    let mut page = drawing.begin(&format!("How each {by}'s use of each frame moves"), &about);
    strips::draw(&mut page, &grid, &|canvas, cell| {
        draw_cell(canvas, cell, drawing, frames[cell.row], tops[cell.row]);
    });
    page.end(&drawing.caption(&notes(drawing, &strips::key(&grid.marks))))
}

fn strip_row(drawing: &Drawing<'_>, frame: &str, top: f64) -> StripRow {
    let title = ColouredTitle { text: drawing.frame_label(frame), colour: as_text(&drawing.frame_colour(frame)) };
    StripRow { titles: vec![title], ticks: vec![(0.0, "0".to_owned()), (1.0, percent(top))] }
}

fn notes(drawing: &Drawing<'_>, key: &str) -> Vec<String> {
    [
        key,
        "Lines: shares, at the middle of each period; ribbons: 95 % confidence intervals, cut off at the top of the \
         scale; no line where a group has no documents",
        remark(
            drawing.sheet.rows().any(|row| !row.text("changes").is_empty()),
            "Upright lines in a frame's colour: its share takes another level on this day, the likeliest of those of the bar at their \
             foot, which hold 95 % of the posterior",
        ),
        remark(
            alone(drawing.sheet),
            "Open dots: periods with a single document, which give no interval and do not set the scale; beyond it they \
             stand at its top",
        ),
        "n: documents",
        drawing.correction(),
        drawing.voice(),
        &drawing.left_out("frame"),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Whether a share comes without an interval.
fn alone(sheet: &FigureSheet) -> bool {
    sheet.rows().any(|row| row.leading("estimate").is_some() && row.leading_interval().is_none())
}

/// The top of a frame's scale: above every share that has an interval, and above most intervals.
fn top_of(sheet: &FigureSheet, frame: &str) -> f64 {
    let all = || sheet.rows().filter(|row| row.text("frame") == frame);
    let mut ends: Vec<f64> = all().filter_map(SheetRow::leading_interval).map(|interval| interval.high).collect();
    let shown = all().filter(|row| row.leading_interval().is_some() || ends.is_empty());
    let largest = shown.filter_map(|row| row.leading("estimate")).fold(0.0, f64::max);
    ends.sort_by(f64::total_cmp);
    // The wider half of the intervals may leave the scale: a week with two documents would else press the line of a
    // year flat.
    let most = ends.get(ends.len() / 2).copied().unwrap_or(0.0);
    share_ticks(largest.max(most), STEPS).last().copied().unwrap_or(1.0)
}

/// Ribbon and line of one frame in one group, broken where a period has no interval; an open dot where it has a share.
fn draw_cell(canvas: &mut Canvas, cell: &StripCell<'_>, drawing: &Drawing<'_>, frame: &str, top: f64) {
    let theme = &THEME.timeline;
    let colour = &drawing.frame_colour(frame)[..];
    let scale = Scale { values: (0.0, top), places: (cell.bottom, cell.top) };
    let moments = moments(drawing.sheet, cell, frame);
    // A line across a gap would show shares that nobody counted.
    let runs = || moments.split(|moment| moment.is_none_or(|moment| moment.interval.is_none()));
    let runs: Vec<Vec<Moment>> = runs().map(|run| run.iter().copied().flatten().collect()).collect();
    let pale = mixed(colour, PAPER, theme.ribbon_tint);
    for run in &runs {
        ribbon(canvas, &scale, run, &pale);
    }
    for change in changes_in(drawing.sheet, cell, frame) {
        draw_change(canvas, cell, &change, colour);
    }
    for run in &runs {
        draw_line(canvas, &scale, run, colour);
    }
    let open = DotLook::Open { radius: theme.dot, line: theme.ring_line };
    for moment in moments.iter().flatten().filter(|moment| moment.interval.is_none()) {
        dot(canvas, &Lane::Up(&scale, moment.x), moment.value, open, colour);
    }
}

/// A change of level: its likeliest day, and the days that it may be.
struct DrawnChange {
    day: Date,
    range: Days,
}

/// The changes of a frame in a group.
fn changes_in(sheet: &FigureSheet, cell: &StripCell<'_>, frame: &str) -> Vec<DrawnChange> {
    let rows = sheet.rows().filter(|row| row.text("frame") == frame && row.text("group") == cell.group.id);
    let change = |text: &str| {
        let days: Vec<Date> = text.split(DAY_BREAK).filter_map(|day| day.parse().ok()).collect();
        let [day, first, last] = days[..] else { return None };
        Some(DrawnChange { day, range: Days { first, last } })
    };
    rows.flat_map(|row| row.text("changes").split(CHANGE_BREAK).filter_map(change).collect::<Vec<_>>()).collect()
}

fn draw_change(canvas: &mut Canvas, cell: &StripCell<'_>, change: &DrawnChange, colour: &str) {
    let theme = &THEME.timeline;
    let x = cell.time.start(change.day);
    canvas.line(at(x, cell.top), at(x, cell.bottom), Stroke { colour, width: theme.change_line });
    let from = cell.time.start(change.range.first);
    let to = cell.time.start(change.range.last.tomorrow().unwrap_or(change.range.last));
    let corner = at(from, cell.bottom - theme.change_bar);
    canvas.rect(Tile { corner, width: (to - from).max(theme.change_line), height: theme.change_bar }, colour);
}

/// What a frame is in the periods of a group, in order of time; `None` where it has no share.
fn moments(sheet: &FigureSheet, cell: &StripCell<'_>, frame: &str) -> Vec<Option<Moment>> {
    let rows = sheet.rows().filter(|row| row.text("frame") == frame && row.text("group") == cell.group.id);
    let mut rows: Vec<_> = rows.filter_map(|row| Some((row.days("start", "end")?, row))).collect();
    rows.sort_by_key(|(days, _)| days.first);
    // A line goes through corrected shares or through counted ones: a step from one to the other would look like news.
    let corrected = rows.iter().all(|(_, row)| row.corrected().is_some() || row.number("estimate").is_none());
    let moment = |(days, row): &(Days, SheetRow<'_>)| {
        let value = if corrected { row.leading("estimate") } else { row.number("estimate") };
        let interval = if corrected { row.leading_interval() } else { row.interval() };
        Some(Moment { x: cell.time.middle(*days), value: value?, interval })
    };
    rows.iter().map(moment).collect()
}

fn draw_line(canvas: &mut Canvas, scale: &Scale, run: &[Moment], colour: &str) {
    let theme = &THEME.timeline;
    if run.len() > 1 {
        let through: Vec<_> = run.iter().map(|moment| at(moment.x, scale.within(moment.value))).collect();
        canvas.path(&through, Stroke { colour, width: theme.line });
    }
    if run.len() <= FEW_PERIODS {
        for moment in run {
            dot(canvas, &Lane::Up(scale, moment.x), moment.value, DotLook::Filled { radius: theme.dot }, colour);
        }
    }
}
