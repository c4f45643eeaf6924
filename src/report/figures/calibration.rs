//! The figure `calibration`: whether what the scorer gives a probability of 70 % is right in 70 % of cases.

use std::io::Write;

use crate::report::figures::Subject;
use crate::report::figures::axis::{Scale, percent};
use crate::report::figures::canvas::{Anchor, BODY};
use crate::report::figures::drawing::{Drawing, grouped};
use crate::report::figures::page::{Page, SMALL};
use crate::report::figures::sheet::Row;
use crate::report::palette::{AXIS, FAINT, GREY, SLATE};
use crate::report::{Column, Kind, ReportError, Rows, Table};
use crate::stats::Interval;

/// Codings whose probabilities lie in one range, held against what people said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    /// Lower end of the range, in [0, 1].
    pub low: f64,
    /// Upper end of the range, in [0, 1].
    pub high: f64,
    /// Codings in it.
    pub n: u64,
    /// Mean of their probabilities; `None` without any.
    pub mean_probability: Option<f64>,
    /// The share of them that people coded so too.
    pub observed: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
}

/// The description of `figures/calibration.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/calibration.csv",
    row: "A range of probabilities, as the figure calibration shows it.",
    key: &["bin_low"],
    columns: &[
        Column::required("bin_low", Kind::Share, "Lower end of the range of probabilities."),
        Column::required("bin_high", Kind::Share, "Upper end of the range."),
        Column::required("n", Kind::Count, "Codings with a probability in the range."),
        Column::optional("mean_probability", Kind::Share, "Mean of their probabilities."),
        Column::optional("observed", Kind::Share, "Share of them that human coders gave the frame too."),
        Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval."),
    ],
};

/// The drawing is square, and no wider than this.
const WIDEST: f64 = 230.0;

pub(super) fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for bin in subject.reliability {
        rows.number(Some(bin.low)).number(Some(bin.high)).count(bin.n);
        rows.number(bin.mean_probability).number(bin.observed).interval(bin.interval).end()?;
    }
    Ok(())
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let about = "Share of codings that human coders confirm, by the probability from learners that had not seen them";
    let mut page = drawing.page("How far the scorer's probabilities can be trusted", about);
    let left = page.left + page.ruler.width("100 %", SMALL.size, false) + 4.0;
    let side = (page.right - left - 10.0).min(WIDEST);
    let top = page.y + 4.0;
    let height = side * page.stretch;
    let across = Scale { values: (0.0, 1.0), places: (left, left + side) };
    let up = Scale { values: (0.0, 1.0), places: (top + height, top) };
    draw_axes(&mut page, &across, &up);
    let mut last = None;
    for row in drawing.sheet.rows() {
        last = draw_bin(&mut page, &row, (&across, &up), last);
    }
    page.y = top + height + 2.0 + SMALL.leading();
    draw_counts(drawing, &mut page, &across);
    let notes = [
        "Dots: ranges of probability, at the mean of their codings; whiskers: 95 % confidence intervals; open dots: too \
         few codings for one; on the dashed line probabilities are what they \
         say, below it they are too high. Bars: codings in each range",
    ];
    let total: u64 = drawing.sheet.rows().map(|row| row.count("n")).sum();
    let title = super::text::clean(&drawing.look.study.title);
    let caption = format!("{title}. {}. {} codings. Data: {}.", notes[0], grouped(total), drawing.sheet.file());
    page.end(&caption)
}

fn draw_axes(page: &mut Page<'_>, across: &Scale, up: &Scale) {
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let (x, y) = (across.at(tick), up.at(tick));
        page.canvas.line((x, up.places.0), (x, up.places.1), (FAINT, 0.5));
        page.canvas.line((across.places.0, y), (across.places.1, y), (FAINT, 0.5));
        page.canvas.text((across.places.0 - 3.0, y + SMALL.half_height()), &percent(tick), SMALL.anchor(Anchor::End));
        let below = (x, up.places.0 + 2.0 + SMALL.leading());
        page.canvas.text(below, &percent(tick), SMALL.anchor(Anchor::Middle));
    }
    page.canvas.line((across.places.0, up.places.0), (across.places.1, up.places.0), (AXIS, 0.7));
    page.canvas.line((across.places.0, up.places.0), (across.places.0, up.places.1), (AXIS, 0.7));
    page.canvas.dashed((across.at(0.0), up.at(0.0)), (across.at(1.0), up.at(1.0)), (GREY, 0.7), "3 2");
    page.canvas.text((across.places.0 + 3.0, up.places.1 + SMALL.size), "confirmed by human coders", SMALL);
}

/// Draws one range and the line from the one before it, where both have an interval; gives its place.
fn draw_bin(
    page: &mut Page<'_>,
    row: &Row<'_>,
    (across, up): (&Scale, &Scale),
    last: Option<(f64, f64)>,
) -> Option<(f64, f64)> {
    let (probability, observed) = row.number("mean_probability").zip(row.number("observed"))?;
    let place = (across.within(probability), up.within(observed));
    let Some(interval) = row.interval() else {
        page.canvas.ring(place, 2.0, (SLATE, 0.8));
        return None;
    };
    page.canvas.line((place.0, up.within(interval.low)), (place.0, up.within(interval.high)), (SLATE, 1.2));
    if let Some(last) = last {
        page.canvas.line(last, place, (SLATE, 0.6));
    }
    page.canvas.dot(place, 2.2, SLATE);
    Some(place)
}

/// How many codings lie in each range.
fn draw_counts(drawing: &Drawing<'_>, page: &mut Page<'_>, across: &Scale) {
    const HEIGHT: f64 = 22.0;
    let most = drawing.sheet.rows().map(|row| row.count("n")).max().unwrap_or(1).max(1);
    let label = "probability given by the scorer";
    page.canvas.text((across.places.1, page.y + SMALL.leading()), label, SMALL.anchor(Anchor::End));
    let bottom = page.y + SMALL.leading() + 5.0 + BODY.leading() + HEIGHT;
    let mut free = across.places.0 - 8.0;
    for row in drawing.sheet.rows() {
        let (Some(low), Some(high)) = (row.number("bin_low"), row.number("bin_high")) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let height = HEIGHT * row.count("n") as f64 / most as f64;
        let (left, right) = (across.within(low), across.within(high));
        page.canvas.rect((left + 0.5, bottom - height), (right - left - 1.0, height), SLATE);
        let (text, middle) = (grouped(row.count("n")), f64::midpoint(left, right));
        let half = page.ruler.width(&text, SMALL.size, false) / 2.0;
        if middle - half >= free {
            page.canvas.text((middle, bottom - height - 2.0), &text, SMALL.anchor(Anchor::Middle));
            free = middle + half + 2.0;
        }
    }
    page.canvas.line((across.places.0, bottom), (across.places.1, bottom), (AXIS, 0.7));
    page.y = bottom;
}
