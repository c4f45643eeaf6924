//! A grid of small panels over time: a row for each frame or contrast, a column for each group, the days below, and the
//! dates that the researcher marked as lines through all of them.

use jiff::civil::Date;

use crate::model::Mark;
use crate::report::figures::axis::{TimeScale, day_ends, day_ticks, written};
use crate::report::figures::canvas::{Anchor, BODY, Canvas, Type};
use crate::report::figures::drawing::{Group, grouped};
use crate::report::figures::page::{Page, SMALL};
use crate::report::figures::text::clean;
use crate::report::palette::{AXIS, FAINT, INK};

/// The narrowest panel, and the space between panels, in points.
const NARROWEST: f64 = 34.0;
const GAP: f64 = 6.0;

/// Marks closer than this share a place for their letters.
const CLOSE: f64 = 7.0;

/// On pages narrower than this the titles of rows stand above them, so that the panels have the whole width.
const NARROW: f64 = 300.0;

/// What is drawn.
pub(super) struct Grid<'a> {
    pub(super) groups: &'a [Group],
    pub(super) rows: Vec<StripRow>,
    pub(super) days: (Date, Date),
    pub(super) marks: Vec<&'a Mark>,
    /// Height of a panel in points, and room that it leaves free above and below its scale.
    pub(super) height: f64,
    pub(super) pad: f64,
}

/// One row of panels.
pub(super) struct StripRow {
    /// What it shows, in parts with a colour each.
    pub(super) titles: Vec<(String, String)>,
    /// Labels of the vertical axis, each at its share of the height from the bottom.
    pub(super) ticks: Vec<(f64, String)>,
}

/// The place of one panel.
pub(super) struct Cell<'a> {
    pub(super) row: usize,
    pub(super) group: &'a Group,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) time: TimeScale,
}

/// Where everything stands in all blocks.
struct Layout {
    titles: Vec<Vec<(Vec<String>, String)>>,
    /// Height of the titles where they stand above their rows, 0 where they stand beside them.
    above: f64,
    labels: f64,
    columns: usize,
    panel: f64,
    height: f64,
}

/// Draws the grid, in as many blocks of columns as it takes; `draw_cell` fills each panel.
pub(super) fn draw(page: &mut Page<'_>, grid: &Grid<'_>, draw_cell: &dyn Fn(&mut Canvas, &Cell<'_>)) {
    let layout = layout(page, grid);
    for (number, block) in grid.groups.chunks(layout.columns.max(1)).enumerate() {
        page.y += if number > 0 { 9.0 } else { 0.0 };
        draw_block(page, (grid, &layout), block, draw_cell);
    }
}

/// What the letters at the marks stand for; empty without marks.
pub(super) fn key(marks: &[&Mark]) -> String {
    let entry =
        |(number, mark): (usize, &&Mark)| format!("{} {} ({})", letter(number), clean(&mark.label), written(mark.date));
    let entries: Vec<String> = marks.iter().enumerate().map(entry).collect();
    if entries.is_empty() { String::new() } else { format!("Dashed lines: {}", entries.join("; ")) }
}

fn layout(page: &Page<'_>, grid: &Grid<'_>) -> Layout {
    let ticks = page.widest(grid.rows.iter().flat_map(|row| &row.ticks).map(|(_, label)| &label[..]), SMALL);
    let narrow = page.width() < NARROW;
    let most = if narrow { page.width() } else { page.width() * 0.17 + 28.0 };
    let title =
        |(text, colour): &(String, String)| (page.ruler.wrapped(text, (BODY.size, true), most, 3), colour.clone());
    let titles: Vec<Vec<(Vec<String>, String)>> =
        grid.rows.iter().map(|row| row.titles.iter().map(title).collect()).collect();
    let lines = titles.iter().flatten().flat_map(|(lines, _)| lines).map(String::as_str);
    let beside = if narrow { 0.0 } else { page.widest(lines, BODY.bold()) + 5.0 };
    let labels = beside + ticks + 5.0;
    let room = page.width() - labels - 5.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let fit = (((room + GAP) / (NARROWEST + GAP)).floor().max(1.0)) as usize;
    let blocks = grid.groups.len().div_ceil(fit).max(1);
    let columns = grid.groups.len().div_ceil(blocks).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let panel = (room - GAP * (columns - 1) as f64) / columns as f64;
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let needed = titles.iter().map(|parts| parts.iter().map(|(lines, _)| lines.len()).sum::<usize>() as f64);
    let needed = needed.fold(0.0, f64::max) * BODY.leading();
    let (above, least) = if narrow { (needed + 1.5, 0.0) } else { (0.0, needed + 4.0) };
    Layout { titles, above, labels, columns, panel, height: least.max(grid.height) * page.stretch }
}

fn draw_block(
    page: &mut Page<'_>,
    (grid, layout): (&Grid<'_>, &Layout),
    block: &[Group],
    draw_cell: &dyn Fn(&mut Canvas, &Cell<'_>),
) {
    let head = draw_heads(page, (grid, layout), block);
    let mut top = page.y + head + layout.above;
    for (row, described) in grid.rows.iter().enumerate() {
        let bottom = top + layout.height;
        let beside = layout.above < f64::EPSILON;
        draw_titles(page, &layout.titles[row], if beside { (top, bottom) } else { (top - layout.above, top - 1.5) });
        let ticks_at = page.left + layout.labels - 3.0;
        let place = |share: &f64| bottom - grid.pad - share * (layout.height - 2.0 * grid.pad);
        for (share, label) in &described.ticks {
            // The outermost labels stay inside, where they do not touch those of the rows above and below.
            let middle = place(share).clamp(top + 2.8, bottom - 2.2);
            page.canvas.text((ticks_at, middle + SMALL.half_height()), label, SMALL.anchor(Anchor::End));
        }
        for (column, group) in block.iter().enumerate() {
            let (left, right) = sides(page, layout, column);
            for (share, _) in &described.ticks {
                page.canvas.line((left, place(share)), (right, place(share)), (FAINT, 0.5));
            }
            for mark in &grid.marks {
                let x = TimeScale::new(grid.days, (left, right)).start(mark.date);
                page.canvas.dashed((x, top), (x, bottom), (AXIS, 0.5), "2 1.5");
            }
            let time = TimeScale::new(grid.days, (left, right));
            draw_cell(&mut page.canvas, &Cell { row, group, top, bottom, left, right, time });
        }
        top = bottom + GAP + layout.above;
    }
    let bottom = top - GAP - layout.above;
    for column in 0..block.len() {
        draw_days(page, grid.days, sides(page, layout, column), bottom);
    }
    page.y = bottom + 3.0 + SMALL.leading();
}

fn sides(page: &Page<'_>, layout: &Layout, column: usize) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let left = page.left + layout.labels + (layout.panel + GAP) * column as f64;
    (left, left + layout.panel)
}

/// Names of the groups with their documents, and the letters of the marks; says how much room they took.
fn draw_heads(page: &mut Page<'_>, (grid, layout): (&Grid<'_>, &Layout), block: &[Group]) -> f64 {
    let look = BODY.bold();
    let names: Vec<Vec<String>> =
        block.iter().map(|group| page.ruler.wrapped(&group.name, (look.size, true), layout.panel, 3)).collect();
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let letters = if grid.marks.is_empty() { 0.0 } else { SMALL.leading() };
    let head = lines * look.leading() + SMALL.leading() + letters + 3.0;
    for (column, (lines, group)) in names.iter().zip(block).enumerate() {
        let (left, right) = sides(page, layout, column);
        let counts = page.y + head - letters - 3.0;
        page.lines_above((left, counts - SMALL.leading()), lines, look);
        page.canvas.text((left, counts), &format!("n = {}", grouped(group.documents)), SMALL);
        let time = TimeScale::new(grid.days, (left, right));
        for (x, text) in letter_places(&grid.marks, &time) {
            page.canvas.text((x, page.y + head - 2.0), &text, SMALL.fill(INK).anchor(Anchor::Middle));
        }
    }
    head
}

/// Where the letters of the marks stand; marks too close for two letters share a place.
fn letter_places(marks: &[&Mark], time: &TimeScale) -> Vec<(f64, String)> {
    let mut places: Vec<(f64, f64, String)> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        let x = time.start(mark.date);
        match places.last_mut() {
            Some((_, last, text)) if x - *last < CLOSE => {
                *last = x;
                text.push(',');
                text.push_str(&letter(number));
            }
            _ => places.push((x, x, letter(number))),
        }
    }
    places.into_iter().map(|(first, last, text)| (f64::midpoint(first, last), text)).collect()
}

/// a, b, ..., z, a1, b1, ...
fn letter(number: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    if number < 26 { letter.to_string() } else { format!("{letter}{}", number / 26) }
}

fn draw_titles(page: &mut Page<'_>, parts: &[(Vec<String>, String)], (top, bottom): (f64, f64)) {
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let lines = parts.iter().map(|(lines, _)| lines.len()).sum::<usize>() as f64;
    let mut base = f64::midpoint(top, bottom) - BODY.leading() * (lines - 1.0) / 2.0 + BODY.half_height();
    for (lines, colour) in parts {
        let look: Type<'_> = BODY.bold().fill(colour);
        for line in lines {
            page.canvas.text((page.left, base), line, look);
            base += BODY.leading();
        }
    }
}

/// The days below a column: as many as have room for their labels.
fn draw_days(page: &mut Page<'_>, days: (Date, Date), (left, right): (f64, f64), bottom: f64) {
    let time = TimeScale::new(days, (left, right));
    page.canvas.line((left, bottom), (right, bottom), (AXIS, 0.7));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few labels")]
    let most = (((right - left) / 18.0) as usize).max(2);
    let in_room = |ticks: Vec<(Date, String)>| {
        let places: Vec<(f64, f64)> =
            ticks.iter().map(|(day, label)| label_place(page, &time, (*day, label))).collect();
        let apart = places.windows(2).all(|pair| pair[0].0 + pair[0].1 + 2.0 <= pair[1].0 - pair[1].1);
        apart.then(|| ticks.into_iter().zip(places).collect::<Vec<_>>())
    };
    let first = || {
        let ticks = day_ends(days).into_iter().take(1);
        ticks.map(|(day, label)| ((day, label.clone()), label_place(page, &time, (day, &label)))).collect()
    };
    let labels: Vec<((Date, String), (f64, f64))> = (2..=most)
        .rev()
        .map(|room| day_ticks(days, room))
        .chain([day_ends(days)])
        .find_map(in_room)
        .unwrap_or_else(first);
    for ((day, label), (middle, _)) in labels {
        let x = time.start(day);
        page.canvas.line((x, bottom), (x, bottom + 2.0), (AXIS, 0.5));
        page.canvas.text((middle, bottom + 2.0 + SMALL.leading()), &label, SMALL.anchor(Anchor::Middle));
    }
}

/// The middle of a day's label, over its own panel as far as the gap beside it, and half its width.
fn label_place(page: &Page<'_>, time: &TimeScale, (day, label): (Date, &str)) -> (f64, f64) {
    let (left, right) = time.places();
    let half = page.ruler.width(label, SMALL.size, false) / 2.0;
    (time.start(day).clamp((left + half - 2.0).min(right), (right - half + 2.0).max(left)), half)
}
