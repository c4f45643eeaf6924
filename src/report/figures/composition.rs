//! The figure `composition`: what the frames of each group are made up of.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::compare::WHOLE_SPAN;
use crate::report::columns::described_in;
use crate::report::figures::axis::{QUARTERS, percent};
use crate::report::figures::drawing::{Drawing, DrawnGroup};
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::text_on;
use crate::report::figures::names::{NamedRow, Names};
use crate::report::figures::page::{DrawnPage, FigurePage};
use crate::report::figures::shapes::{TextAnchor, Tile, at};
use crate::report::figures::spread::{factor, fitting};
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::labels::kept_apart;
use crate::report::number::grouped;
use crate::report::{ReportError, Rows, Subject, Table};

/// The figure.
pub(super) static FIGURE: Figure = Figure { name: "composition", table: &TABLE, parts_by: &[], rows: add_rows, draw };

/// The description of `figures/composition.csv`.
static TABLE: Table = Table {
    file: "figures/composition.csv",
    row: "A frame in a group, as the figure composition shows it.",
    key: &["frame", "group"],
    columns: described_in!("composition.tsv"),
};

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (chosen, context) = (subject.chosen(subject.groups()), subject.context());
    // Not groups of frames, whose hits are those of their frames once more.
    let frames: BTreeSet<&str> = subject.codebook.frames.iter().map(|frame| &*frame.id).collect();
    let rows_of_frames = subject.findings.prevalence.iter().filter(|row| frames.contains(&*row.frame));
    let whole = || rows_of_frames.clone().filter(|row| &*row.period == WHOLE_SPAN);
    // Over all frames, drawn or not: what is not drawn stays blank in the bar instead of making the rest look larger.
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for found in whole() {
        *all.entry(&found.group).or_default() += found.hits;
    }
    for found in whole().filter(|row| chosen(&row.frame, &row.group)) {
        let hits = all.get(&found.group[..]).copied().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let share = (hits > 0).then(|| found.hits as f64 / hits as f64);
        rows.text(&found.frame).text(&found.group).count(found.documents).count(found.hits).count(hits).number(share);
        context.add(rows);
        rows.end()?;
    }
    Ok(())
}

/// With more groups than this each has one line, and with more frames the key has two columns at least: else a page would
/// not hold them.
const MANY: usize = 15;

/// Lines of a group's name.
const NAME_LINES: usize = 3;

/// Where everything stands.
struct BarLayout {
    rows: Vec<NamedRow>,
    /// Height of every bar, whatever its row has room for.
    bar: f64,
    left: f64,
    right: f64,
    /// Where the numbers of documents end.
    counts_at: f64,
}

impl BarLayout {
    const fn width(&self) -> f64 {
        self.right - self.left
    }
}

/// The numbers beside the bar of a group.
struct BarCounts {
    documents: String,
    hits: String,
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let by = drawing.by();
    let about = format!("Each frame as a share of all frames found in the {by}'s {}", drawing.trials());
    let mut page = drawing.begin(&format!("What the frames of each {by} are made up of"), &about);
    draw_key(drawing, &frames, &mut page);
    let counts: Vec<BarCounts> = groups.iter().map(|group| bar_counts(drawing, group)).collect();
    let layout = layout(&groups, &counts, &page);
    draw_counts(&mut page, &layout, &drawing.heading_of_groups(), &counts);
    draw_axis(&mut page, &layout);
    for (row, group) in layout.rows.iter().zip(&groups) {
        page.lines(at(page.left, page.y + row.height / 2.0), &row.lines, BODY);
        let corner = at(layout.left, page.y + (row.height - layout.bar) / 2.0);
        let bar = Tile { corner, width: layout.width(), height: layout.bar };
        draw_bar(drawing, group, &frames, &mut page, bar);
        page.y += row.height;
    }
    page.y += THEME.bars.below + SMALL.leading();
    let left_out = drawing.left_out("frame");
    let rest = if left_out.is_empty() { String::new() } else { format!("{left_out}; the others are left blank") };
    let notes = [
        "Numbers in the bars are those of the key; n: documents; hits: all that the frames were found in, where one with \
         two frames counts twice. Shares of few hits are uncertain: intervals are in the figure prevalence",
        "Hits are as counted, not corrected by hand codings",
        drawing.voice(),
        &rest,
    ];
    page.end(&drawing.caption(&notes))
}

/// The numbers and colours of the frames, in columns.
fn draw_key(drawing: &Drawing<'_>, frames: &[&str], page: &mut FigurePage<'_>) {
    let theme = &THEME.bar_key;
    let labels: Vec<String> = frames.iter().map(|frame| drawing.frame_label(frame)).collect();
    let widest = page.widest(labels.iter().map(String::as_str), BODY).min(page.width() - theme.label);
    let columns = fitting(page.width(), theme.label + widest + theme.entry_gap, 0.0);
    let columns = columns.max(if frames.len() > MANY { 2 } else { 1 }).min(frames.len().max(1));
    let rows = frames.len().div_ceil(columns);
    let width = page.width() / factor(columns);
    let names: Vec<&str> = labels.iter().map(String::as_str).collect();
    let room = width - theme.label - theme.label_gap;
    let labels = kept_apart(&names, &|name| page.ruler.wrapped(name, BODY, room, 1));
    for (number, (frame, lines)) in frames.iter().zip(&labels).enumerate() {
        let corner = at(page.left + width * factor(number / rows), page.y + theme.row * factor(number % rows));
        let swatch = Tile { corner, width: theme.width, height: theme.height };
        let colour = drawing.frame_colour(frame);
        page.canvas.rect(swatch, &colour);
        draw_number(page, swatch, number, &colour);
        page.lines(at(corner.x + theme.label, swatch.middle().y), lines, BODY);
    }
    page.y += theme.row * factor(rows) + theme.below;
}

/// The number of a frame, counted from 0, in the middle of a box of its colour.
fn draw_number(page: &mut FigurePage<'_>, place: Tile, number: usize, colour: &str) {
    let look = SMALL.bold().fill(text_on(colour)).anchor(TextAnchor::Middle);
    let middle = place.middle();
    page.canvas.text(at(middle.x, middle.y + look.half_height()), &(number + 1).to_string(), look);
}

fn bar_counts(drawing: &Drawing<'_>, group: &DrawnGroup) -> BarCounts {
    BarCounts { documents: grouped(group.documents), hits: grouped(hits(drawing, group)) }
}

fn hits(drawing: &Drawing<'_>, group: &DrawnGroup) -> u64 {
    drawing.sheet.rows().find(|row| row.text("group") == group.id).map_or(0, |row| row.count("all_hits"))
}

fn layout(groups: &[DrawnGroup], counts: &[BarCounts], page: &FigurePage<'_>) -> BarLayout {
    let theme = &THEME.bars;
    let documents = page.widest(counts.iter().map(|count| &count.documents[..]).chain(["n"]), SMALL);
    let hits = page.widest(counts.iter().map(|count| &count.hits[..]).chain(["hits"]), SMALL);
    let most = page.width() * theme.names_share + theme.names_more - documents;
    let lines = if groups.len() > MANY { 1 } else { NAME_LINES };
    let names = Names::wrapped(page, groups.iter().map(|group| &group.name[..]), BODY, most, lines);
    let counts_at = page.left + names.width + THEME.names.gap + documents;
    let height = |lines: usize| (factor(lines) * BODY.leading() + theme.row_pad).max(theme.row_least) * page.stretch;
    BarLayout {
        rows: names.lines.into_iter().map(|lines| NamedRow { height: height(lines.len()), lines }).collect(),
        bar: (theme.row_least - theme.row_gap) * page.stretch,
        left: counts_at + theme.counts_gap,
        right: page.right - hits - theme.hits_gap,
        counts_at,
    }
}

/// The heads of the columns, and the numbers beside the bars.
fn draw_counts(page: &mut FigurePage<'_>, layout: &BarLayout, heading: &str, counts: &[BarCounts]) {
    let right = SMALL.anchor(TextAnchor::End);
    page.y += SMALL.leading();
    let head = page.y - THEME.bars.head_gap;
    page.canvas.text(at(page.left, head), heading, SMALL);
    page.canvas.text(at(layout.counts_at, head), "n", right);
    page.canvas.text(at(page.right, head), "hits", right);
    let mut y = page.y;
    for (count, row) in counts.iter().zip(&layout.rows) {
        let base = y + row.height / 2.0 + SMALL.half_height();
        page.canvas.text(at(layout.counts_at, base), &count.documents, right);
        page.canvas.text(at(page.right, base), &count.hits, right);
        y += row.height;
    }
}

fn draw_axis(page: &mut FigurePage<'_>, layout: &BarLayout) {
    let bottom = page.y + layout.rows.iter().map(|row| row.height).sum::<f64>();
    let below = bottom + THEME.axis.tick_length;
    let step = if layout.width() > THEME.bars.wide { 1 } else { 2 };
    for tick in QUARTERS.into_iter().step_by(step) {
        let x = layout.left + layout.width() * tick;
        page.canvas.line(at(x, page.y), at(x, bottom), THEME.axis.grid);
        page.canvas.line(at(x, bottom), at(x, below), THEME.axis.tick);
        page.canvas.text(at(x, below + SMALL.leading()), &percent(tick), SMALL.anchor(TextAnchor::Middle));
    }
}

/// The bar of a group: a part for each of its frames.
fn draw_bar(drawing: &Drawing<'_>, group: &DrawnGroup, frames: &[&str], page: &mut FigurePage<'_>, bar: Tile) {
    let theme = &THEME.bars;
    if hits(drawing, group) == 0 {
        let place = at(bar.corner.x + theme.absent, bar.middle().y + SMALL.half_height());
        page.canvas.text(place, "no hits", SMALL);
        return;
    }
    let mut corner = bar.corner;
    for (number, frame) in frames.iter().enumerate() {
        let share = drawing.row(frame, group).and_then(|row| row.number("share")).unwrap_or(0.0);
        let length = share * bar.width;
        if length > 0.0 {
            // A part of a few hits is hardly wider than the edge, and would vanish in it.
            let edge = if length > theme.edged { theme.edge } else { 0.0 };
            let part = Tile { corner, width: length - edge, height: bar.height };
            draw_part(page, part, length, number, &drawing.frame_colour(frame));
        }
        corner.x += length;
    }
}

/// A part of a bar that has `length` for itself, with its number where there is room.
fn draw_part(page: &mut FigurePage<'_>, part: Tile, length: f64, number: usize, colour: &str) {
    page.canvas.rect(part, colour);
    if length > page.text_width(&(number + 1).to_string(), SMALL.bold()) + THEME.bars.label_pad {
        draw_number(page, part, number, colour);
    }
}
