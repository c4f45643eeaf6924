//! The figure `calibration`: whether what is given a probability of 70 % is right in 70 % of cases.

use std::io::Write;

use crate::report::columns::described_in;
use crate::report::figures::axis::{Plane, QUARTERS, Scale, percent};
use crate::report::figures::drawing::Drawing;
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::SLATE;
use crate::report::figures::marks::{DotLook, Lane, dot, whisker};
use crate::report::figures::page::{DrawnPage, FigurePage};
use crate::report::figures::shapes::{Point, Stroke, TextAnchor, Tile, at};
use crate::report::figures::sheet::SheetRow;
use crate::report::figures::text::clean;
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::number::grouped;
use crate::report::{ReportError, Rows, Subject, Table};

/// The figure.
pub(super) static FIGURE: Figure = Figure { name: "calibration", table: &TABLE, parts_by: &[], rows: add_rows, draw };

/// The description of `figures/calibration.csv`.
static TABLE: Table = Table {
    file: "figures/calibration.csv",
    row: "A range of probabilities, as the figure calibration shows it.",
    key: &["bin_low"],
    columns: described_in!("calibration.tsv"),
};

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for bin in subject.reliability {
        rows.number(Some(bin.low)).number(Some(bin.high)).count(bin.n);
        rows.number(bin.mean_probability).number(bin.observed).interval(bin.interval).end()?;
    }
    Ok(())
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let about = "Share of codings that human coders confirm, by the probability that they were given";
    let mut page = drawing.begin("How far the probabilities can be trusted", about);
    let theme = &THEME.calibration;
    let left = page.left + page.text_width("100 %", SMALL) + theme.left;
    let side = (page.right - left - theme.right).min(theme.widest);
    let top = page.y + theme.above;
    let bottom = top + side * page.stretch;
    // A square from no to full probability, both ways.
    let square = Plane {
        across: Scale { values: (0.0, 1.0), places: (left, left + side) },
        up: Scale { values: (0.0, 1.0), places: (bottom, top) },
    };
    draw_axes(&mut page, &square);
    let mut last = None;
    for row in drawing.sheet.rows() {
        last = draw_bin(&mut page, row, &square, last);
    }
    page.y = bottom + THEME.axis.tick_length + 2.0 * SMALL.leading();
    let label = at(square.across.places.1, page.y);
    page.canvas.text(label, GIVEN, SMALL.anchor(TextAnchor::End));
    let counts = count_place(&mut page, &square);
    draw_counts(drawing, &mut page, &counts);
    page.end(&caption(drawing))
}

/// What the axis of probabilities is called.
const GIVEN: &str = "probability given";

/// Where the bars stand that say how many codings lie in each range.
struct CountPlace {
    across: Scale,
    bottom: f64,
    /// Of the highest bar.
    height: f64,
}

/// Beside the square where the page is wide enough, else below it and below the label that ends at `page.y`.
fn count_place(page: &mut FigurePage<'_>, square: &Plane) -> CountPlace {
    let theme = &THEME.calibration;
    let (bottom, top) = square.up.places;
    let places = (square.across.places.1 + theme.right + 2.0 * theme.count_out, page.right - theme.right);
    if places.1 - places.0 < theme.beside {
        let bottom = page.y + theme.bars_gap + BODY.leading() + theme.bars;
        page.y = bottom;
        return CountPlace { across: square.across, bottom, height: theme.bars };
    }
    let across = Scale { values: square.across.values, places };
    page.canvas.text(at(places.0, top + SMALL.size), "codings in each range", SMALL);
    page.canvas.text(at(places.1, page.y), GIVEN, SMALL.anchor(TextAnchor::End));
    for tick in QUARTERS {
        let below = at(across.at(tick), bottom + THEME.axis.tick_length + SMALL.leading());
        page.canvas.text(below, &percent(tick), SMALL.anchor(TextAnchor::Middle));
    }
    CountPlace { across, bottom, height: bottom - top - 2.0 * BODY.leading() - SMALL.leading() }
}

fn caption(drawing: &Drawing<'_>) -> String {
    let total: u64 = drawing.sheet.rows().map(|row| row.count("n")).sum();
    format!(
        "{}. Dots: ranges of probability, at the mean of their codings; whiskers: 95 % confidence intervals; open dots: too \
         few codings for one; on the dashed line probabilities are what they say, below it they are too high. A frame's probabilities \
         are those of what codes it: a scorer's from learners that had not seen the sentence, the rules' as these codings recalibrated \
         them. Bars: codings in each range; every coding counts once, whatever it was drawn for. {} codings. Data: {}.",
        clean(&drawing.look.study.title),
        grouped(total),
        drawing.sheet.file()
    )
}

fn draw_axes(page: &mut FigurePage<'_>, Plane { across, up }: &Plane) {
    let (left, right) = across.places;
    let (bottom, top) = up.places;
    let gap = THEME.calibration.label_gap;
    for tick in QUARTERS {
        let (x, y) = (across.at(tick), up.at(tick));
        page.canvas.line(at(x, bottom), at(x, top), THEME.axis.grid);
        page.canvas.line(at(left, y), at(right, y), THEME.axis.grid);
        let beside = at(left - gap, y + SMALL.half_height());
        page.canvas.text(beside, &percent(tick), SMALL.anchor(TextAnchor::End));
        let below = at(x, bottom + THEME.axis.tick_length + SMALL.leading());
        page.canvas.text(below, &percent(tick), SMALL.anchor(TextAnchor::Middle));
    }
    page.canvas.line(at(left, bottom), at(right, bottom), THEME.axis.line);
    page.canvas.line(at(left, bottom), at(left, top), THEME.axis.line);
    let theme = &THEME.calibration;
    page.canvas.dashed(at(left, bottom), at(right, top), theme.diagonal, theme.diagonal_dashes);
    page.canvas.text(at(left + gap, top + SMALL.size), "confirmed by human coders", SMALL);
}

/// Draws one range and the line from the one before it, where both have an interval; gives its place.
fn draw_bin(page: &mut FigurePage<'_>, row: SheetRow<'_>, square: &Plane, last: Option<Point>) -> Option<Point> {
    let theme = &THEME.calibration;
    let (probability, observed) = row.number("mean_probability").zip(row.number("observed"))?;
    let lane = Lane::Up(&square.up, square.across.within(probability));
    // The line ends here and begins anew behind it: through such a range it would look as sure as elsewhere.
    let Some(interval) = row.interval() else {
        let open = DotLook::Open { radius: theme.ring, line: theme.ring_line };
        dot(&mut page.canvas, &lane, observed, open, SLATE);
        return None;
    };
    whisker(&mut page.canvas, &lane, interval, Stroke { colour: SLATE, width: theme.whisker });
    let place = lane.place(observed);
    if let Some(last) = last {
        page.canvas.line(last, place, Stroke { colour: SLATE, width: theme.line });
    }
    dot(&mut page.canvas, &lane, observed, DotLook::Filled { radius: theme.dot }, SLATE);
    Some(place)
}

/// How many codings lie in each range.
fn draw_counts(drawing: &Drawing<'_>, page: &mut FigurePage<'_>, place: &CountPlace) {
    let theme = &THEME.calibration;
    let (left, right) = place.across.places;
    let mut free = left - theme.count_out;
    for (bar, count) in count_bars(drawing, place) {
        page.canvas.rect(bar, SLATE);
        let (text, middle) = (grouped(count), f64::midpoint(bar.corner.x, bar.corner.x + bar.width));
        let half = page.text_width(&text, SMALL) / 2.0;
        // Ten numbers in a narrow figure would run into each other; the bars still show what a number left out would.
        if middle - half >= free {
            let place = at(middle, bar.corner.y - theme.count_gap);
            page.canvas.text(place, &text, SMALL.anchor(TextAnchor::Middle));
            free = middle + half + theme.count_gap;
        }
    }
    page.canvas.line(at(left, place.bottom), at(right, place.bottom), THEME.axis.line);
}

/// A bar for each range of probabilities, as high as it has codings, and how many these are.
fn count_bars(drawing: &Drawing<'_>, place: &CountPlace) -> Vec<(Tile, u64)> {
    let (theme, across) = (&THEME.calibration, &place.across);
    let most = drawing.sheet.rows().map(|row| row.count("n")).max().unwrap_or(1).max(1);
    let bar = |row: SheetRow<'_>| {
        let (low, high) = row.number("bin_low").zip(row.number("bin_high"))?;
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let height = place.height * row.count("n") as f64 / most as f64;
        let (left, right) = (across.within(low), across.within(high));
        let corner = at(left + theme.bar_edge, place.bottom - height);
        Some((Tile { corner, width: right - left - 2.0 * theme.bar_edge, height }, row.count("n")))
    };
    drawing.sheet.rows().filter_map(bar).collect()
}
