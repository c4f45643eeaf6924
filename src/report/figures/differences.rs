//! The figure `differences`: each group against the rest, frame by frame, as a map of colours with significance marked.

use std::io::Write;

use crate::report::columns::described_in;
use crate::report::figures::canvas::Canvas;
use crate::report::figures::drawing::{Drawing, remark};
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::{FAINT, GREY, INK, text_on};
use crate::report::figures::marks::{crossed_tile, tile};
use crate::report::figures::names::Names;
use crate::report::figures::page::{DrawnPage, FigurePage};
use crate::report::figures::shapes::{Point, TextAnchor, Tile, at};
use crate::report::figures::sheet::SheetRow;
use crate::report::figures::spread::factor;
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::figures::tile_heads::draw_heads;
use crate::report::palette::{PAPER, mixed};
use crate::report::{ReportError, Rows, Subject, Table};
use crate::stats::SIGNIFICANT;

/// The figure.
pub(super) static FIGURE: Figure =
    Figure { name: "differences", table: &TABLE, parts_by: &["frame"], rows: add_rows, draw };

/// The description of `figures/differences.csv`.
static TABLE: Table = Table {
    file: "figures/differences.csv",
    row: "A frame in a group held against all the others together, as the figure differences shows it.",
    key: &["frame", "group"],
    columns: described_in!("differences.tsv"),
};

/// More than the rest, and less: two colours that everybody tells apart (Okabe and Ito 2008, darkened).
const MORE: &str = "#b35806";
const LESS: &str = "#1f5fa8";

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (chosen, context) = (subject.chosen(subject.groups_of_size()), subject.context());
    for found in subject.findings.against_others().filter(|row| chosen(&row.frame, &row.group_a)) {
        rows.text(&found.frame).text(&found.group_a).count(found.sample_a.documents);
        rows.number(found.estimate_a).number(found.estimate_b).number(found.difference).interval(found.interval);
        rows.p_value(found.p_value).p_value(found.q_value);
        Subject::add_corrected(rows, found.corrected.as_deref());
        rows.p_value(found.corrected.as_ref().and_then(|corrected| corrected.q_value));
        context.add(rows);
        rows.end()?;
    }
    Ok(())
}

/// What the tiles have room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TileWords {
    /// The number with its stars after it.
    InOneLine,
    /// The number with its stars below it.
    InTwoLines,
    /// The stars alone.
    Stars,
}

/// A difference of this size has the full colour at least, so that noise near 0 is not blown up.
const LEAST_FULL: f64 = 0.01;

/// Lines of a frame's title.
const TITLE_LINES: usize = 3;

/// Steps of the key on either side of 0.
const KEY_STEPS: i32 = 10;

/// Where everything stands, and the difference that has the full colour.
struct TileLayout {
    titles: Names,
    left: f64,
    width: f64,
    height: f64,
    words: TileWords,
    full: f64,
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let (by, units) = (drawing.by(), drawing.units());
    let rest = drawing.look.study.compare.rest.in_words();
    let about = format!("Share of {units} with the frame, less that of {rest}, in percentage points");
    let mut page = drawing.begin(&format!("Where each {by} differs from the rest"), &about);
    let layout = layout(drawing, &frames, groups.len(), &page);
    draw_heads(&mut page, &groups, layout.left, layout.width);
    for (frame, lines) in frames.iter().zip(&layout.titles.lines) {
        page.lines(at(page.left, page.y + layout.height / 2.0), lines, BODY);
        for (column, group) in groups.iter().enumerate() {
            let corner = at(layout.left + layout.width * factor(column), page.y);
            draw_tile(&mut page.canvas, drawing.row(frame, group), corner, &layout);
        }
        page.y += layout.height;
    }
    draw_key(&mut page, &layout);
    page.end(&drawing.caption(&notes(drawing, layout.words)))
}

fn notes(drawing: &Drawing<'_>, words: TileWords) -> Vec<String> {
    let stars = format!(
        "* q < {SIGNIFICANT}, ** q < 0.01, *** q < 0.001: tests over documents, adjusted for all cells by \
         Benjamini and Hochberg"
    );
    let mut rows = drawing.sheet.rows();
    let untested = rows.clone().any(untested);
    [
        &stars[..],
        remark(untested, "Grey: not tested, for want of documents or of hits"),
        remark(rows.any(|row| row.leading("difference").is_none()), "Crossed out: undefined"),
        "n: documents",
        drawing.correction(),
        drawing.voice(),
        remark(words == TileWords::Stars, "The numbers are in the data; a wider figure shows them"),
        &drawing.left_out("frame"),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn layout(drawing: &Drawing<'_>, frames: &[&str], groups: usize, page: &FigurePage<'_>) -> TileLayout {
    let theme = &THEME.tiles;
    let most = page.width() * theme.titles_share + theme.titles_more;
    let labels: Vec<String> = frames.iter().map(|frame| drawing.frame_label(frame)).collect();
    let titles = Names::wrapped(page, labels.iter().map(String::as_str), BODY, most, TITLE_LINES);
    let before = titles.width + THEME.names.gap;
    let width = ((page.width() - before) / factor(groups.max(1))).min(theme.widest);
    let words = words(drawing, page, width);
    let least = if words == TileWords::InTwoLines { theme.high } else { theme.low };
    let height = (factor(titles.most_lines()) * BODY.leading() + theme.row_pad).max(least) * page.stretch;
    // An untested difference may rest on a single document and be the largest, which would leave all others pale.
    let tested = drawing.sheet.rows().filter(|row| !untested(*row));
    let full = tested.filter_map(|row| row.leading("difference")).map(f64::abs).fold(LEAST_FULL, f64::max);
    TileLayout { titles, left: page.left + before, width, height, words, full }
}

/// What tiles of that width have room for.
fn words(drawing: &Drawing<'_>, page: &FigurePage<'_>, width: f64) -> TileWords {
    let fit = |texts: Vec<String>| {
        page.widest(texts.iter().map(String::as_str), BODY.bold()) + THEME.tiles.words_pad <= width
    };
    if fit(drawing.sheet.rows().filter_map(|row| Some(points(row)? + stars(row))).collect()) {
        TileWords::InOneLine
    } else if fit(drawing.sheet.rows().filter_map(points).collect()) {
        TileWords::InTwoLines
    } else {
        TileWords::Stars
    }
}

/// Whether a difference is known but not tested: it neither sets the scale of the colours nor has one.
fn untested(row: SheetRow<'_>) -> bool {
    row.leading("difference").is_some() && row.leading_q().is_none()
}

/// A difference in percentage points, with its sign.
fn points(row: SheetRow<'_>) -> Option<String> {
    let difference = row.leading("difference")? * 100.0;
    let text = format!("{difference:+.1}");
    // What is 0 as it is shown has no sign.
    Some(if text == "-0.0" || text == "+0.0" { "0.0".to_owned() } else { text.replace('-', "\u{2212}") })
}

/// One star for each level that the q-value is below.
fn stars(row: SheetRow<'_>) -> &'static str {
    match row.leading_q() {
        Some(q) if q < 0.001 => "***",
        Some(q) if q < 0.01 => "**",
        Some(q) if q < SIGNIFICANT => "*",
        _ => "",
    }
}

fn draw_tile(canvas: &mut Canvas, row: Option<SheetRow<'_>>, corner: Point, layout: &TileLayout) {
    let place = Tile { corner, width: layout.width, height: layout.height };
    let Some((row, difference)) = row.and_then(|row| Some((row, row.leading("difference")?))) else {
        crossed_tile(canvas, place);
        return;
    };
    let colour = if untested(row) { FAINT.to_owned() } else { colour(difference, layout.full) };
    tile(canvas, place, &colour);
    let ink = if untested(row) { GREY } else { text_on(&colour) };
    draw_words(canvas, row, place, layout.words, ink);
}

/// The number and the stars of a tile, as far as it has room for them.
fn draw_words(canvas: &mut Canvas, row: SheetRow<'_>, place: Tile, words: TileWords, ink: &str) {
    let (theme, middle, stars) = (&THEME.tiles, place.middle(), stars(row));
    let look = BODY.fill(ink).anchor(TextAnchor::Middle);
    let look = if stars.is_empty() && words != TileWords::Stars { look } else { look.bold() };
    let base = middle.y + look.half_height();
    let number = points(row).unwrap_or_default();
    match words {
        // Stars below each other where there is no room beside each other.
        TileWords::Stars if place.width < theme.stars_narrow => {
            canvas.upward(at(middle.x + theme.stars_down, middle.y), stars, look);
        }
        TileWords::Stars => canvas.text(at(middle.x, middle.y + theme.stars_down), stars, look),
        TileWords::InTwoLines if !stars.is_empty() => {
            canvas.text(at(middle.x, base - theme.number_up), &number, look);
            canvas.text(at(middle.x, base + theme.number_down), stars, look);
        }
        TileWords::InOneLine | TileWords::InTwoLines => canvas.text(at(middle.x, base), &(number + stars), look),
    }
}

/// The further from 0 the deeper; `full` has the full colour.
fn colour(difference: f64, full: f64) -> String {
    let depth = (difference.abs() / full).min(1.0);
    mixed(PAPER, if difference < 0.0 { LESS } else { MORE }, depth * THEME.tiles.depth + THEME.tiles.palest)
}

/// What the colours mean.
fn draw_key(page: &mut FigurePage<'_>, layout: &TileLayout) {
    let theme = &THEME.tile_key;
    page.y += theme.above;
    let width = theme.step * f64::from(2 * KEY_STEPS + 1);
    let left = layout.left.min(page.right - width - theme.right).max(page.left + theme.left);
    for step in -KEY_STEPS..=KEY_STEPS {
        let difference = layout.full * f64::from(step) / f64::from(KEY_STEPS);
        let corner = at(left + theme.step * f64::from(step + KEY_STEPS), page.y);
        let place = Tile { corner, width: theme.step + theme.overlap, height: theme.height };
        page.canvas.rect(place, &colour(difference, layout.full));
    }
    let base = page.y + theme.height + SMALL.leading();
    let full = layout.full * 100.0;
    for (share, label, ink) in [
        (0.0, &format!("\u{2212}{full:.1}")[..], INK),
        (0.5, "0", INK),
        (1.0, &format!("+{full:.1}"), INK),
        (0.25, "less", GREY),
        (0.75, "more", GREY),
    ] {
        page.canvas.text(at(left + width * share, base), label, SMALL.fill(ink).anchor(TextAnchor::Middle));
    }
    page.y = base;
}
