//! The figure `differences`: each group against the rest, frame by frame, as a map of colours with significance marked.

use std::io::Write;

use crate::compare::{REST, WHOLE_SPAN};
use crate::report::figures::canvas::{Anchor, BODY, Canvas};
use crate::report::figures::contrasts::SIGNIFICANT;
use crate::report::figures::drawing::{Drawing, Group, grouped};
use crate::report::figures::page::{Page, SMALL};
use crate::report::figures::sheet::Row;
use crate::report::figures::subject::{ALL_GROUPS, BY, FIRST_DAY, LAST_DAY, Subject, UNIT, VOICE};
use crate::report::palette::{AXIS, FAINT, GREY, INK, PAPER, mixed, text_on};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `figures/differences.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/differences.csv",
    row: "A frame in a group held against all the others together, as the figure differences shows it.",
    key: &["frame", "group"],
    columns: &[
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("documents", Kind::Count, "Documents of the group, copies included."),
        Column::optional("estimate", Kind::Share, "Share in the group."),
        Column::optional("estimate_rest", Kind::Share, "Share in all other groups together."),
        Column::optional("difference", Kind::Number, "The first share minus the second."),
        Column::optional("conf_low", Kind::Number, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Number, "Upper end of its 95 % confidence interval."),
        Column::optional("p_value", Kind::PValue, "Two-sided p-value of the permutation test."),
        Column::optional("q_value", Kind::PValue, "The p-value adjusted by Benjamini and Hochberg."),
        BY,
        VOICE,
        UNIT,
        ALL_GROUPS,
        FIRST_DAY,
        LAST_DAY,
    ],
};

/// The longest a name is that runs upward, in points.
const UPWARD: f64 = 95.0;

/// More than the rest, and less: two colours that everybody tells apart (Okabe and Ito 2008, darkened).
const MORE: &str = "#b35806";
const LESS: &str = "#1f5fa8";

pub(super) fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let chosen = subject.chosen();
    let against_rest =
        subject.findings.comparisons.iter().filter(|row| row.group_b == REST && row.period == WHOLE_SPAN);
    for found in against_rest.filter(|row| chosen(&row.frame, &row.group_a)) {
        rows.text(&found.frame).text(&found.group_a).count(found.documents_a);
        rows.number(found.estimate_a).number(found.estimate_b).number(found.difference).interval(found.interval);
        rows.p_value(found.p_value).p_value(found.q_value);
        subject.add_context(rows);
        rows.end()?;
    }
    Ok(())
}

/// What the cells have room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// The number with its stars after it.
    InOneLine,
    /// The number with its stars below it.
    InTwoLines,
    /// The stars alone.
    Stars,
}

/// Where everything stands, and the difference that has the full colour.
struct Layout {
    titles: Vec<Vec<String>>,
    left: f64,
    cell: (f64, f64),
    words: Words,
    full: f64,
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let (by, units) = (drawing.by(), drawing.units());
    let about = format!("Share of {units} with the frame, less that of all the others together, in percentage points");
    let mut page = drawing.page(&format!("Where each {by} differs from the rest"), &about);
    let layout = layout(drawing, (&groups, &frames), &page);
    draw_heads(&mut page, &groups, &layout);
    for (frame, lines) in frames.iter().zip(&layout.titles) {
        page.lines((page.left, page.y + layout.cell.1 / 2.0), lines, BODY);
        for (column, group) in groups.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few columns")]
            let x = layout.left + layout.cell.0 * column as f64;
            let row = drawing.row(("frame", frame), &group.id);
            draw_cell(&mut page.canvas, row, (x, page.y), &layout);
        }
        page.y += layout.cell.1;
    }
    page.y += 5.0;
    draw_key(&mut page, &layout);
    let stars = format!(
        "* q < {SIGNIFICANT}, ** q < 0.01, *** q < 0.001: permutation tests over documents, adjusted for all cells by \
         Benjamini and Hochberg"
    );
    let any = |is: &dyn Fn(&Row<'_>) -> bool| drawing.sheet.rows().any(|row| is(&row));
    let notes = [
        &stars[..],
        if any(&untested) { "Grey: not tested, for want of documents or of hits" } else { "" },
        if any(&|row| row.number("difference").is_none()) { "Crossed out: undefined" } else { "" },
        "n: documents",
        drawing.voice(),
        if layout.words == Words::Stars { "The numbers are in the data; a wider figure shows them" } else { "" },
        &drawing.left_out("frame"),
    ];
    page.end(&drawing.caption(&notes))
}

fn layout(drawing: &Drawing<'_>, (groups, frames): (&[Group], &[&str]), page: &Page<'_>) -> Layout {
    let most = page.width() * 0.17 + 35.0;
    let titles: Vec<Vec<String>> = frames
        .iter()
        .map(|frame| page.ruler.wrapped(&drawing.frame_label(frame), (BODY.size, false), most, 3))
        .collect();
    let labels = page.widest(titles.iter().flatten().map(String::as_str), BODY).max(24.0) + 6.0;
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let width = ((page.width() - labels) / groups.len().max(1) as f64).min(64.0);
    let widest = |texts: Vec<String>| page.widest(texts.iter().map(String::as_str), BODY.bold()) + 2.0;
    let words = if widest(drawing.sheet.rows().filter_map(|row| Some(points(&row)? + stars(&row))).collect()) <= width {
        Words::InOneLine
    } else if widest(drawing.sheet.rows().filter_map(|row| points(&row)).collect()) <= width {
        Words::InTwoLines
    } else {
        Words::Stars
    };
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let lines = titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let least = if words == Words::InTwoLines { 18.0 } else { 14.0 };
    let height = (lines * BODY.leading() + 3.0).max(least) * page.stretch;
    let tested = drawing.sheet.rows().filter(|row| !untested(row));
    let differences = tested.filter_map(|row| row.number("difference"));
    let full = differences.map(f64::abs).fold(0.01, f64::max);
    Layout { titles, left: page.left + labels, cell: (width, height), words, full }
}

/// Whether a difference is known but not tested: it neither sets the scale of the colours nor has one.
fn untested(row: &Row<'_>) -> bool {
    row.number("difference").is_some() && row.number("p_value").is_none()
}

/// A difference in percentage points, with its sign.
fn points(row: &Row<'_>) -> Option<String> {
    let difference = row.number("difference")? * 100.0;
    let text = format!("{difference:+.1}");
    Some(if text == "-0.0" || text == "+0.0" { "0.0".to_owned() } else { text.replace('-', "\u{2212}") })
}

/// One star for each level that the q-value is below.
fn stars(row: &Row<'_>) -> &'static str {
    match row.number("q_value") {
        Some(q) if q < 0.001 => "***",
        Some(q) if q < 0.01 => "**",
        Some(q) if q < SIGNIFICANT => "*",
        _ => "",
    }
}

/// Names of the groups above their columns: in lines where these are wide enough, else upwards.
fn draw_heads(page: &mut Page<'_>, groups: &[Group], layout: &Layout) {
    let wide = layout.cell.0 >= 36.0;
    let two = layout.cell.0 >= 2.0 * BODY.leading() + 2.0;
    let names: Vec<Vec<String>> = groups
        .iter()
        .map(|group| {
            let (room, most) = if wide { (layout.cell.0 - 3.0, 4) } else { (UPWARD, if two { 2 } else { 1 }) };
            page.ruler.wrapped(&group.name, (BODY.size, false), room, most)
        })
        .collect();
    let counts: Vec<String> = groups.iter().map(|group| grouped(group.documents)).collect();
    let flat = page.widest(counts.iter().map(String::as_str), SMALL) + 1.0 <= layout.cell.0;
    #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
    let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let widest = page.widest(names.iter().flatten().map(String::as_str), BODY);
    let name_height = if wide { lines * BODY.leading() } else { widest + 3.0 };
    let count_height = if flat { SMALL.leading() } else { page.widest(counts.iter().map(String::as_str), SMALL) + 3.0 };
    let bottom = page.y + name_height + count_height + 2.0;
    page.canvas.text((layout.left - 5.0, bottom - 2.5), "n", SMALL.anchor(Anchor::End));
    for (column, (lines, count)) in names.iter().zip(&counts).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let middle = layout.left + layout.cell.0 * (column as f64 + 0.5);
        if flat {
            page.canvas.text((middle, bottom - 2.5), count, SMALL.anchor(Anchor::Middle));
        } else {
            page.canvas.upward((middle + SMALL.half_height(), bottom - 2.5), count, SMALL);
        }
        let above = bottom - count_height - 2.0;
        if wide {
            page.lines_above((middle, above), lines, BODY.anchor(Anchor::Middle));
        } else {
            let mut base = middle + BODY.half_height() - if lines.len() > 1 { BODY.leading() / 2.0 } else { 0.0 };
            for line in lines {
                page.canvas.upward((base, above - 1.0), line, BODY);
                base += BODY.leading();
            }
        }
    }
    page.y = bottom;
}

fn draw_cell(canvas: &mut Canvas, row: Option<Row<'_>>, (x, y): (f64, f64), layout: &Layout) {
    let (width, height) = layout.cell;
    let Some((row, difference)) = row.and_then(|row| Some((row, row.number("difference")?))) else {
        canvas.rect((x + 0.4, y + 0.4), (width - 0.8, height - 0.8), FAINT);
        canvas.line((x + 2.0, y + height - 2.0), (x + width - 2.0, y + 2.0), (AXIS, 0.6));
        return;
    };
    let colour = if untested(&row) { FAINT.to_owned() } else { colour(difference, layout.full) };
    canvas.rect((x + 0.4, y + 0.4), (width - 0.8, height - 0.8), &colour);
    let middle = x + width / 2.0;
    let look = SMALL.size(7.0).fill(if untested(&row) { GREY } else { text_on(&colour) }).anchor(Anchor::Middle);
    let stars = stars(&row);
    if layout.words == Words::Stars {
        // Stars below each other where there is no room beside each other.
        if width < 12.0 {
            canvas.upward((middle + 4.0, y + height / 2.0), stars, look.bold());
        } else {
            canvas.text((middle, y + height / 2.0 + 4.0), stars, look.bold());
        }
        return;
    }
    let look = if stars.is_empty() { look } else { look.bold() };
    let (number, base) = (points(&row).unwrap_or_default(), y + height / 2.0 + look.half_height());
    if layout.words == Words::InOneLine || stars.is_empty() {
        canvas.text((middle, base), &(number + stars), look);
    } else {
        canvas.text((middle, base - 3.0), &number, look);
        canvas.text((middle, base + 6.5), stars, look);
    }
}

/// The further from 0 the deeper; `full` has the full colour.
fn colour(difference: f64, full: f64) -> String {
    let depth = (difference.abs() / full).min(1.0);
    mixed(PAPER, if difference < 0.0 { LESS } else { MORE }, depth * 0.92 + 0.02)
}

/// What the colours mean.
fn draw_key(page: &mut Page<'_>, layout: &Layout) {
    const STEPS: i32 = 10;
    const STEP: f64 = 5.0;
    let width = STEP * f64::from(2 * STEPS + 1);
    let left = layout.left.min(page.right - width - 30.0).max(page.left + 22.0);
    for step in -STEPS..=STEPS {
        let difference = layout.full * f64::from(step) / f64::from(STEPS);
        let x = left + STEP * f64::from(step + STEPS);
        page.canvas.rect((x, page.y), (STEP + 0.1, 6.0), &colour(difference, layout.full));
    }
    let base = page.y + 6.0 + SMALL.leading();
    let full = layout.full * 100.0;
    let ticks = [(0.0, format!("\u{2212}{full:.1}")), (0.5, "0".to_owned()), (1.0, format!("+{full:.1}"))];
    for (share, label) in ticks {
        page.canvas.text((left + width * share, base), &label, SMALL.fill(INK).anchor(Anchor::Middle));
    }
    page.canvas.text((left + width * 0.25, base), "less", SMALL.fill(GREY).anchor(Anchor::Middle));
    page.canvas.text((left + width * 0.75, base), "more", SMALL.fill(GREY).anchor(Anchor::Middle));
    page.y = base;
}
