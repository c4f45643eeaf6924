//! The figure `composition`: what the frames of each group are made up of.

use std::collections::BTreeMap;
use std::io::Write;

use crate::compare::WHOLE_SPAN;
use crate::report::figures::axis::percent;
use crate::report::figures::canvas::{Anchor, BODY};
use crate::report::figures::drawing::{Drawing, Group, grouped};
use crate::report::figures::page::{Page, SMALL};
use crate::report::figures::subject::{ALL_GROUPS, BY, FIRST_DAY, LAST_DAY, Subject, UNIT, VOICE};
use crate::report::palette::{AXIS, FAINT, text_on};
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `figures/composition.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/composition.csv",
    row: "A frame in a group, as the figure composition shows it.",
    key: &["frame", "group"],
    columns: &[
        Column::required("frame", Kind::Text, "Id of the frame."),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("documents", Kind::Count, "Documents of the group, copies included."),
        Column::required("hits", Kind::Count, "Sentences, or documents, that carry the frame."),
        Column::required("all_hits", Kind::Count, "The same of all frames together; one with two frames counts twice."),
        Column::optional("share", Kind::Share, "The first as a share of the second."),
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
    let whole = || subject.findings.prevalence.iter().filter(|row| row.period == WHOLE_SPAN);
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for found in whole() {
        *all.entry(&found.group).or_default() += found.hits;
    }
    for found in whole().filter(|row| chosen(&row.frame, &row.group)) {
        let hits = all.get(&found.group[..]).copied().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let share = (hits > 0).then(|| found.hits as f64 / hits as f64);
        rows.text(&found.frame).text(&found.group).count(found.documents).count(found.hits).count(hits).number(share);
        subject.add_context(rows);
        rows.end()?;
    }
    Ok(())
}

/// The lowest row, in points.
const LEAST_ROW: f64 = 14.0;

/// With more groups than this each has one line, and with more frames the key has two columns at least: else a page would
/// not hold them.
const MANY: usize = 15;

/// Where everything stands.
struct Layout {
    rows: Vec<(Vec<String>, f64)>,
    /// Height of every bar, whatever its row has room for.
    bar: f64,
    left: f64,
    right: f64,
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let groups = drawing.groups();
    let frames = drawing.sheet.distinct("frame");
    let by = drawing.by();
    let about = format!("Each frame as a share of all frames found in the {by}'s {}", drawing.units());
    let mut page = drawing.page(&format!("What the frames of each {by} are made up of"), &about);
    draw_key(drawing, &frames, &mut page);
    let layout = layout(drawing, &groups, &mut page);
    draw_axis(&mut page, &layout);
    let mut y = page.y;
    for ((lines, height), group) in layout.rows.iter().zip(&groups) {
        page.lines((page.left, y + height / 2.0), lines, BODY);
        draw_bar(drawing, (group, &frames), &mut page, (&layout, y + (height - layout.bar) / 2.0, layout.bar));
        y += height;
    }
    page.y = y + 3.0 + SMALL.leading();
    let left_out = drawing.left_out("frame");
    let rest = if left_out.is_empty() { String::new() } else { format!("{left_out}; the others are left blank") };
    let notes = [
        "Numbers in the bars are those of the key; n: documents; hits: all that the frames were found in, where one with \
         two frames counts twice. Shares of few hits are uncertain: intervals are in the figure prevalence",
        drawing.voice(),
        &rest,
    ];
    page.end(&drawing.caption(&notes))
}

/// The numbers and colours of the frames, in columns.
fn draw_key(drawing: &Drawing<'_>, frames: &[&str], page: &mut Page<'_>) {
    let labels: Vec<String> = frames.iter().map(|frame| drawing.frame_label(frame)).collect();
    let entry = 14.0 + page.widest(labels.iter().map(String::as_str), BODY).min(page.width() - 14.0) + 8.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let columns = (page.width() / entry).floor().max(if frames.len() > MANY { 2.0 } else { 1.0 }) as usize;
    let columns = columns.min(frames.len().max(1));
    let rows = frames.len().div_ceil(columns);
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let width = page.width() / columns as f64;
    for (number, (frame, label)) in frames.iter().zip(&labels).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few rows and columns")]
        let (x, y) = (page.left + width * (number / rows) as f64, page.y + 11.0 * (number % rows) as f64);
        let colour = drawing.frame_colour(frame);
        page.canvas.rect((x, y), (11.0, 9.0), &colour);
        let look = SMALL.bold().fill(text_on(&colour)).anchor(Anchor::Middle);
        page.canvas.text((x + 5.5, y + 4.5 + look.half_height()), &(number + 1).to_string(), look);
        let lines = page.ruler.wrapped(label, (BODY.size, false), width - 16.0, 1);
        page.lines((x + 14.0, y + 4.5), &lines, BODY);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let height = 11.0 * rows as f64;
    page.y += height + 6.0;
}

fn layout(drawing: &Drawing<'_>, groups: &[Group], page: &mut Page<'_>) -> Layout {
    let numbers: Vec<(String, String)> =
        groups.iter().map(|group| (grouped(group.documents), grouped(hits(drawing, group)))).collect();
    let documents = page.widest(numbers.iter().map(|(documents, _)| &documents[..]).chain(["n"]), SMALL);
    let hits = page.widest(numbers.iter().map(|(_, hits)| &hits[..]).chain(["hits"]), SMALL);
    let most = page.width() * 0.2 + 30.0 - documents;
    let lines = if groups.len() > MANY { 1 } else { 3 };
    let names: Vec<Vec<String>> =
        groups.iter().map(|group| page.ruler.wrapped(&group.name, (BODY.size, false), most, lines)).collect();
    let widest = page.widest(names.iter().flatten().map(String::as_str), BODY).max(24.0);
    let counts_at = page.left + widest + 6.0 + documents;
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let height = |lines: usize| (lines as f64 * BODY.leading() + 4.0).max(LEAST_ROW) * page.stretch;
    let rows: Vec<(Vec<String>, f64)> =
        names.into_iter().map(|lines| (lines.len(), lines)).map(|(n, lines)| (lines, height(n))).collect();
    let top = page.y + SMALL.leading();
    page.canvas.text((page.left, top - 2.0), &drawing.heading_of_groups(), SMALL);
    page.canvas.text((counts_at, top - 2.0), "n", SMALL.anchor(Anchor::End));
    page.canvas.text((page.right, top - 2.0), "hits", SMALL.anchor(Anchor::End));
    let mut y = top;
    for ((documents, hits), (_, height)) in numbers.iter().zip(&rows) {
        let base = y + height / 2.0 + SMALL.half_height();
        page.canvas.text((counts_at, base), documents, SMALL.anchor(Anchor::End));
        page.canvas.text((page.right, base), hits, SMALL.anchor(Anchor::End));
        y += height;
    }
    page.y = top;
    Layout { rows, bar: (LEAST_ROW - 2.4) * page.stretch, left: counts_at + 6.0, right: page.right - hits - 12.0 }
}

fn hits(drawing: &Drawing<'_>, group: &Group) -> u64 {
    drawing.sheet.rows().find(|row| row.text("group") == group.id).map_or(0, |row| row.count("all_hits"))
}

fn draw_axis(page: &mut Page<'_>, layout: &Layout) {
    let bottom = page.y + layout.rows.iter().map(|(_, height)| height).sum::<f64>();
    let width = layout.right - layout.left;
    let ticks = if width > 150.0 { &[0.0, 0.25, 0.5, 0.75, 1.0][..] } else { &[0.0, 0.5, 1.0] };
    for tick in ticks {
        let x = layout.left + width * tick;
        page.canvas.line((x, page.y), (x, bottom), (FAINT, 0.5));
        page.canvas.line((x, bottom), (x, bottom + 2.0), (AXIS, 0.5));
        page.canvas.text((x, bottom + 2.0 + SMALL.leading()), &percent(*tick), SMALL.anchor(Anchor::Middle));
    }
}

fn draw_bar(
    drawing: &Drawing<'_>,
    (group, frames): (&Group, &[&str]),
    page: &mut Page<'_>,
    (layout, y, height): (&Layout, f64, f64),
) {
    let width = layout.right - layout.left;
    let mut x = layout.left;
    if hits(drawing, group) == 0 {
        page.canvas.text((x + 3.0, y + height / 2.0 + SMALL.half_height()), "no hits", SMALL);
        return;
    }
    for (number, frame) in frames.iter().enumerate() {
        let share = drawing.row(("frame", frame), &group.id).and_then(|row| row.number("share")).unwrap_or(0.0);
        if share <= 0.0 {
            continue;
        }
        let colour = drawing.frame_colour(frame);
        // A thin white edge keeps neighbours apart where colours are not seen.
        let edge = if share * width > 1.0 { 0.5 } else { 0.0 };
        page.canvas.rect((x, y), (share * width - edge, height), &colour);
        let label = (number + 1).to_string();
        if share * width > page.ruler.width(&label, SMALL.size, true) + 2.4 {
            let look = SMALL.bold().fill(text_on(&colour)).anchor(Anchor::Middle);
            let place = (x + (share * width - edge) / 2.0, y + height / 2.0 + look.half_height());
            page.canvas.text(place, &label, look);
        }
        x += share * width;
    }
}
