//! Small multiples of dots and whiskers: a panel for each frame or source, a row for each group.

use crate::report::figures::axis::{Scale, percent, share_ticks};
use crate::report::figures::canvas::{Anchor, BODY};
use crate::report::figures::drawing::{Group, grouped};
use crate::report::figures::page::{Page, SMALL};
use crate::report::palette::{AXIS, FAINT};
use crate::stats::Interval;

/// One panel.
pub(super) struct Panel {
    pub(super) title: String,
    /// By row.
    pub(super) dots: Vec<Dot>,
}

/// What a row shows in a panel.
pub(super) struct Dot {
    /// `None` where it is undefined.
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    /// Whether the interval may be too narrow.
    pub(super) weak: bool,
    pub(super) colour: String,
    /// What to say where there is no value.
    pub(super) absent: &'static str,
}

/// The axis of a panel.
#[derive(Clone)]
pub(super) struct Axis {
    pub(super) ends: (f64, f64),
    /// Places and labels.
    pub(super) ticks: Vec<(f64, String)>,
    /// Where the axis line stands.
    pub(super) origin: f64,
}

/// The narrowest panel, in points.
const NARROWEST: f64 = 48.0;
const GAP: f64 = 9.0;

/// A rare frame's axis is no shorter than this share of the longest, so that noise near 0 is not blown up.
const SHORTEST: f64 = 0.125;

/// With more groups than these, names have two lines at most, and one.
const FEW_GROUPS: usize = 10;
const MANY_GROUPS: usize = 15;

/// Where everything stands.
struct Layout {
    /// Lines of each row's name, and the row's height.
    rows: Vec<(Vec<String>, f64)>,
    /// From the left edge to the first panel.
    labels: f64,
    columns: usize,
    panel: f64,
}

/// Axes of shares from 0 on, one for each panel, long enough for the values and for most intervals; `room` is the width
/// of a panel.
pub(super) fn share_axes(panels: &[Panel], room: f64) -> Vec<Axis> {
    let needed: Vec<f64> = panels.iter().map(needed).collect();
    let longest = needed.iter().copied().fold(0.0, f64::max);
    let axis = |needed: &f64| {
        let ticks = share_ticks(needed.max(longest * SHORTEST), if room > 110.0 { 4 } else { 2 });
        let top = ticks.last().copied().unwrap_or(1.0);
        Axis { ends: (0.0, top), ticks: ticks.into_iter().map(|tick| (tick, percent(tick))).collect(), origin: 0.0 }
    };
    needed.iter().map(axis).collect()
}

/// How far the axis of a panel must go.
fn needed(panel: &Panel) -> f64 {
    let dots = || panel.dots.iter();
    let largest = dots().filter_map(|dot| dot.value).fold(0.0, f64::max);
    let mut ends: Vec<f64> = dots().filter_map(|dot| dot.interval).map(|interval| interval.high).collect();
    ends.sort_by(f64::total_cmp);
    // One group with two documents shall not squeeze all others: the widest tenth of the intervals may leave the axis.
    let most = ends.get(ends.len() * 9 / 10).or(ends.last()).copied().unwrap_or(0.0);
    largest.max(most)
}

/// Whether an interval of these panels goes beyond its axis.
pub(super) fn leaves(panels: &[Panel], axes: &[Axis]) -> bool {
    let beyond = |panel: &Panel, axis: &Axis| {
        let mut intervals = panel.dots.iter().filter_map(|dot| dot.interval);
        intervals.any(|interval| interval.high > axis.ends.1 + 1e-9 || interval.low < axis.ends.0 - 1e-9)
    };
    panels.iter().zip(axes).any(|(panel, axis)| beyond(panel, axis))
}

/// How wide panels will be on that page.
pub(super) fn panel_width(page: &Page<'_>, groups: &[Group], panels: usize) -> f64 {
    layout(page, groups, panels).panel
}

/// Draws the panels, rows named by the groups under `heading`.
pub(super) fn draw(page: &mut Page<'_>, heading: &str, groups: &[Group], panels: &[Panel], axes: &[Axis]) {
    let layout = layout(page, groups, panels.len());
    let in_bands = panels.chunks(layout.columns).zip(axes.chunks(layout.columns));
    for (number, band) in in_bands.enumerate() {
        page.y += if number > 0 { 8.0 } else { 0.0 };
        draw_band(page, &layout, (heading, groups), band);
    }
}

fn layout(page: &Page<'_>, groups: &[Group], panels: usize) -> Layout {
    let counts: Vec<String> = groups.iter().map(|group| grouped(group.documents)).collect();
    let counts = page.widest(counts.iter().map(String::as_str), SMALL).max(4.0);
    let most = page.width() * 0.22 + 28.0 - counts;
    let lines = match groups.len() {
        many if many > MANY_GROUPS => 1,
        several if several > FEW_GROUPS => 2,
        _ => 3,
    };
    let names: Vec<Vec<String>> =
        groups.iter().map(|group| page.ruler.wrapped(&group.name, (BODY.size, false), most, lines)).collect();
    let widest = page.widest(names.iter().flatten().map(String::as_str), BODY).max(24.0);
    let labels = widest + 6.0 + counts + 9.0;
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let height = |lines: &Vec<String>| (lines.len() as f64 * BODY.leading() + 3.0).max(10.5) * page.stretch;
    let rows = names.into_iter().map(|lines| (height(&lines), lines)).map(|(height, lines)| (lines, height)).collect();
    let room = page.width() - labels - 4.0;
    let columns = columns(room, panels);
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let panel = (room - GAP * (columns - 1) as f64) / columns as f64;
    Layout { rows, labels, columns, panel }
}

/// As many panels beside each other as have room, and no fewer in the last band than need be.
fn columns(room: f64, panels: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few panels")]
    let most = (((room + GAP) / (NARROWEST + GAP)).floor().max(1.0)) as usize;
    let bands = panels.div_ceil(most).max(1);
    panels.div_ceil(bands).max(1)
}

fn draw_band(
    page: &mut Page<'_>,
    layout: &Layout,
    (heading, groups): (&str, &[Group]),
    (band, axes): (&[Panel], &[Axis]),
) {
    let title = BODY.bold();
    let titles: Vec<Vec<String>> = band
        .iter()
        .map(|panel| page.ruler.wrapped(&panel.title, (title.size, true), layout.panel + GAP - 3.0, 4))
        .collect();
    let lines = titles.iter().map(Vec::len).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "at most four lines")]
    let head = lines as f64 * title.leading();
    let top = page.y + head + 4.0;
    let bottom = top + layout.rows.iter().map(|(_, height)| height).sum::<f64>();
    let counts_at = page.left + layout.labels - 9.0;
    page.canvas.text((page.left, top - 4.0), heading, SMALL);
    page.canvas.text((counts_at, top - 4.0), "n", SMALL.anchor(Anchor::End));
    let mut y = top;
    for ((lines, height), group) in layout.rows.iter().zip(groups) {
        page.lines((page.left, y + height / 2.0), lines, BODY);
        let place = (counts_at, y + height / 2.0 + SMALL.half_height());
        page.canvas.text(place, &grouped(group.documents), SMALL.anchor(Anchor::End));
        y += height;
    }
    for (column, ((panel, axis), lines)) in band.iter().zip(axes).zip(&titles).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let left = page.left + layout.labels + (layout.panel + GAP) * column as f64;
        page.lines_above((left, top - 4.0), lines, title);
        let scale = Scale { values: axis.ends, places: (left, left + layout.panel) };
        draw_panel(page, (layout, panel), axis, (&scale, top, bottom));
    }
    page.y = bottom + SMALL.leading() + 3.0;
}

fn draw_panel(
    page: &mut Page<'_>,
    (layout, panel): (&Layout, &Panel),
    axis: &Axis,
    (scale, top, bottom): (&Scale, f64, f64),
) {
    for (value, label) in &axis.ticks {
        let x = scale.at(*value);
        page.canvas.line((x, top), (x, bottom), (FAINT, 0.5));
        page.canvas.line((x, bottom), (x, bottom + 2.0), (AXIS, 0.5));
        // Labels keep out of the panels beside theirs.
        let half = page.ruler.width(label, SMALL.size, false) / 2.0;
        let middle = x.min((scale.places.1 - half + 4.0).max(scale.places.0 + half - 3.0));
        page.canvas.text((middle, bottom + 2.0 + SMALL.leading()), label, SMALL.anchor(Anchor::Middle));
    }
    let origin = scale.at(axis.origin);
    page.canvas.line((origin, top), (origin, bottom), (AXIS, 0.7));
    let mut y = top;
    for ((_, height), dot) in layout.rows.iter().zip(&panel.dots) {
        draw_dot(page, dot, scale, y + height / 2.0);
        y += height;
    }
}

/// A dot with its whiskers; an open one without an interval, words where there is no value.
fn draw_dot(page: &mut Page<'_>, dot: &Dot, scale: &Scale, y: f64) {
    let Some(value) = dot.value else {
        page.canvas.text((scale.places.0 + 3.0, y + SMALL.half_height()), dot.absent, SMALL);
        return;
    };
    if let Some(interval) = dot.interval {
        let (low, high) = (scale.within(interval.low), scale.within(interval.high));
        page.canvas.line((low, y), (high, y), (&dot.colour, if dot.weak { 0.5 } else { 1.2 }));
        for (end, place, way) in [(interval.low, low, -1.0), (interval.high, high, 1.0)] {
            if (scale.at(end) - place).abs() > 0.01 {
                page.canvas
                    .area(&[(place - 3.0 * way, y - 1.8), (place, y), (place - 3.0 * way, y + 1.8)], &dot.colour);
            }
        }
    }
    let place = (scale.within(value), y);
    match dot.interval {
        Some(_) => page.canvas.dot(place, 2.1, &dot.colour),
        None => page.canvas.ring(place, 1.9, (&dot.colour, 0.8)),
    }
}
