//! A grid of small panels over time: a row for each frame or contrast, a column for each group, the days below, and the
//! dates that the researcher marked as lines through all of them. What is *not* here: the days' labels, in `day_axis.rs`.

use crate::model::Mark;
use crate::report::figures::canvas::Canvas;
use crate::report::figures::day_axis::draw_days;
use crate::report::figures::days::{Days, TimeScale, written};
use crate::report::figures::drawing::DrawnGroup;
use crate::report::figures::ink::INK;
use crate::report::figures::page::FigurePage;
use crate::report::figures::shapes::{TextAnchor, Type, at};
use crate::report::figures::spread::{Spread, factor};
use crate::report::figures::text::clean;
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::labels::kept_apart;
use crate::report::number::grouped;

/// What is drawn.
pub(super) struct Grid<'a> {
    pub(super) groups: &'a [DrawnGroup],
    pub(super) rows: Vec<StripRow>,
    pub(super) days: Days,
    pub(super) marks: Vec<Mark>,
    /// Height of a panel in points, and room that it leaves free above and below its scale.
    pub(super) height: f64,
    pub(super) pad: f64,
}

/// One row of panels.
pub(super) struct StripRow {
    /// What it shows, in parts.
    pub(super) titles: Vec<ColouredTitle>,
    /// Labels of the vertical axis, each at its share of the height from the bottom.
    pub(super) ticks: Vec<(f64, String)>,
}

/// A title in the colour of its frame.
pub(super) struct ColouredTitle {
    pub(super) text: String,
    pub(super) colour: String,
}

/// The place of one panel.
pub(super) struct StripCell<'a> {
    pub(super) row: usize,
    pub(super) group: &'a DrawnGroup,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) time: TimeScale,
}

/// Where everything stands in all blocks.
struct StripLayout {
    /// By row, the lines of each part of its title.
    titles: Vec<Vec<Vec<String>>>,
    /// Height of the titles where they stand above their rows, 0 where they stand beside them.
    above: f64,
    columns: Spread,
    height: f64,
}

/// Lines that a part of a title, and the name of a group, may have.
const MOST_LINES: usize = 3;

/// Draws one panel.
type DrawCell<'a> = &'a dyn Fn(&mut Canvas, &StripCell<'_>);

/// Draws the grid, in as many blocks of columns as it takes; `draw_cell` fills each panel.
pub(super) fn draw(page: &mut FigurePage<'_>, grid: &Grid<'_>, draw_cell: DrawCell<'_>) {
    let layout = layout(page, grid);
    for (number, block) in grid.groups.chunks(layout.columns.columns).enumerate() {
        page.y += if number > 0 { THEME.strips.block_gap } else { 0.0 };
        draw_block(page, grid, &layout, block, draw_cell);
    }
}

/// What the letters at the marks stand for; empty without marks.
pub(super) fn key(marks: &[Mark]) -> String {
    let entry =
        |(number, mark): (usize, &Mark)| format!("{} {} ({})", letter(number), clean(&mark.label), written(mark.date));
    let entries: Vec<String> = marks.iter().enumerate().map(entry).collect();
    if entries.is_empty() { String::new() } else { format!("Dashed lines: {}", entries.join("; ")) }
}

fn layout(page: &FigurePage<'_>, grid: &Grid<'_>) -> StripLayout {
    let theme = &THEME.strips;
    let narrow = page.width() < theme.narrow;
    let titles = wrapped_titles(page, grid, narrow);
    let lines = titles.iter().flatten().flatten().map(String::as_str);
    let beside = if narrow { 0.0 } else { page.widest(lines, BODY.bold()) + theme.titles_gap };
    let ticks = page.widest(grid.rows.iter().flat_map(|row| &row.ticks).map(|(_, label)| &label[..]), SMALL);
    let labels = beside + ticks + theme.ticks_gap;
    let room = page.width() - labels - theme.right;
    let columns = Spread::of(grid.groups.len(), page.left + labels, room, theme.narrowest, theme.gap);
    let needed = titles.iter().map(|parts| factor(parts.iter().map(Vec::len).sum()));
    let needed = needed.fold(0.0, f64::max) * BODY.leading();
    // On a narrow page titles beside the rows would leave the panels no room, so they go above them.
    let (above, least) = if narrow { (needed + theme.above_gap, 0.0) } else { (0.0, needed + theme.beside_pad) };
    StripLayout { titles, above, columns, height: least.max(grid.height) * page.stretch }
}

fn wrapped_titles(page: &FigurePage<'_>, grid: &Grid<'_>, narrow: bool) -> Vec<Vec<Vec<String>>> {
    let theme = &THEME.strips;
    let most = if narrow { page.width() } else { page.width() * theme.titles_share + theme.titles_more };
    let wrapped = |row: &StripRow| {
        row.titles.iter().map(|title| page.ruler.wrapped(&title.text, BODY.bold(), most, MOST_LINES)).collect()
    };
    grid.rows.iter().map(wrapped).collect()
}

fn draw_block(
    page: &mut FigurePage<'_>,
    grid: &Grid<'_>,
    layout: &StripLayout,
    block: &[DrawnGroup],
    draw_cell: DrawCell<'_>,
) {
    let gap = THEME.strips.gap;
    let mut top = page.y + draw_heads(page, grid, layout, block) + layout.above;
    for row in 0..grid.rows.len() {
        let bottom = top + layout.height;
        draw_row_labels(page, grid, layout, RowPlace { row, top, bottom });
        for (column, group) in block.iter().enumerate() {
            let left = layout.columns.left_of(column);
            let right = left + layout.columns.width;
            let time = TimeScale::new(grid.days, left, right);
            let cell = StripCell { row, group, top, bottom, left, right, time };
            draw_ground(&mut page.canvas, grid, layout, &cell);
            draw_cell(&mut page.canvas, &cell);
        }
        top = bottom + gap + layout.above;
    }
    let bottom = top - gap - layout.above;
    for column in 0..block.len() {
        let left = layout.columns.left_of(column);
        draw_days(page, grid.days, &TimeScale::new(grid.days, left, left + layout.columns.width), bottom);
    }
    page.y = bottom + THEME.strips.below + 2.0 * SMALL.leading();
}

/// Which row, and from where to where it goes.
#[derive(Clone, Copy)]
struct RowPlace {
    row: usize,
    top: f64,
    bottom: f64,
}

impl Grid<'_> {
    /// How far down the page a share of a panel's scale stands.
    fn place(&self, layout: &StripLayout, bottom: f64, share: f64) -> f64 {
        bottom - self.pad - share * (layout.height - 2.0 * self.pad)
    }
}

/// The title of a row, and the labels of its vertical axis.
fn draw_row_labels(page: &mut FigurePage<'_>, grid: &Grid<'_>, layout: &StripLayout, place: RowPlace) {
    let theme = &THEME.strips;
    let RowPlace { row, top, bottom } = place;
    let beside = layout.above < f64::EPSILON;
    let (from, to) = if beside { (top, bottom) } else { (top - layout.above, top - theme.above_gap) };
    draw_titles(page, &grid.rows[row].titles, &layout.titles[row], f64::midpoint(from, to));
    let x = layout.columns.left - theme.label_gap;
    for (share, label) in &grid.rows[row].ticks {
        // The outermost labels stay inside, where they do not touch those of the rows above and below.
        let inside = (top + theme.label_top, bottom - theme.label_bottom);
        let middle = grid.place(layout, bottom, *share).clamp(inside.0, inside.1);
        page.canvas.text(at(x, middle + SMALL.half_height()), label, SMALL.anchor(TextAnchor::End));
    }
}

/// The grid lines and the marked dates of a panel.
fn draw_ground(canvas: &mut Canvas, grid: &Grid<'_>, layout: &StripLayout, cell: &StripCell<'_>) {
    for (share, _) in &grid.rows[cell.row].ticks {
        let y = grid.place(layout, cell.bottom, *share);
        canvas.line(at(cell.left, y), at(cell.right, y), THEME.axis.grid);
    }
    for mark in &grid.marks {
        let x = cell.time.start(mark.date);
        canvas.dashed(at(x, cell.top), at(x, cell.bottom), THEME.strips.mark, THEME.strips.mark_dashes);
    }
}

/// Names of the groups with their documents, and the letters of the marks; says how much room they took.
fn draw_heads(page: &mut FigurePage<'_>, grid: &Grid<'_>, layout: &StripLayout, block: &[DrawnGroup]) -> f64 {
    let (theme, look, width) = (&THEME.strips, BODY.bold(), layout.columns.width);
    let names: Vec<&str> = block.iter().map(|group| &group.name[..]).collect();
    let names = kept_apart(&names, &|name| page.ruler.wrapped(name, look, width, MOST_LINES));
    let lines = factor(names.iter().map(Vec::len).max().unwrap_or(1));
    let letters = if grid.marks.is_empty() { 0.0 } else { SMALL.leading() };
    let head = lines * look.leading() + SMALL.leading() + letters + theme.head_gap;
    for (column, (lines, group)) in names.iter().zip(block).enumerate() {
        let left = layout.columns.left_of(column);
        let counts = page.y + head - letters - theme.head_gap;
        page.lines_above(at(left, counts - SMALL.leading()), lines, look);
        page.canvas.text(at(left, counts), &format!("n = {}", grouped(group.documents)), SMALL);
        let time = TimeScale::new(grid.days, left, left + width);
        for (x, text) in letter_places(&grid.marks, &time) {
            let place = at(x, page.y + head - theme.letters_gap);
            page.canvas.text(place, &text, SMALL.fill(INK).anchor(TextAnchor::Middle));
        }
    }
    head
}

/// Where the letters of the marks stand; marks too close for two letters share a place.
fn letter_places(marks: &[Mark], time: &TimeScale) -> Vec<(f64, String)> {
    let mut places: Vec<(f64, f64, String)> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        let x = time.start(mark.date);
        match places.last_mut() {
            Some((_, last, text)) if x - *last < THEME.strips.close => {
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

/// The parts of a title below each other, the middle of them at `middle`.
fn draw_titles(page: &mut FigurePage<'_>, titles: &[ColouredTitle], lines: &[Vec<String>], middle: f64) {
    let count = factor(lines.iter().map(Vec::len).sum());
    let mut base = middle - BODY.leading() * (count - 1.0) / 2.0 + BODY.half_height();
    for (title, lines) in titles.iter().zip(lines) {
        let look: Type<'_> = BODY.bold().fill(&title.colour);
        for line in lines {
            page.canvas.text(at(page.left, base), line, look);
            base += BODY.leading();
        }
    }
}
