//! Small multiples of dots and whiskers: a panel for each frame or source, a row for each group.

use std::ops::Range;

use crate::report::figures::axis::{Scale, percent, share_ticks};
use crate::report::figures::drawing::{DrawnGroup, remark};
use crate::report::figures::ink::GREY;
use crate::report::figures::marks::{DotLook, Lane, arrowheads, dot, tip, whisker};
use crate::report::figures::names::{NamedRow, Names};
use crate::report::figures::page::FigurePage;
use crate::report::figures::shapes::{Stroke, TextAnchor, at};
use crate::report::figures::spread::{Spread, factor};
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::number::grouped;
use crate::stats::Interval;

/// One panel.
pub(super) struct Panel {
    pub(super) title: String,
    /// By row.
    pub(super) dots: Vec<PanelDot>,
}

/// What a row shows in a panel.
pub(super) struct PanelDot {
    /// `None` where it is undefined.
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    /// What was counted, where the value is corrected by hand codings.
    pub(super) counted: Option<f64>,
    /// Whether the interval may be too narrow.
    pub(super) weak: bool,
    /// Whether it rests on a single document, which does not set the scale.
    pub(super) alone: bool,
    pub(super) colour: String,
    /// What to say where there is no value.
    pub(super) absent: &'static str,
}

/// The axis of a panel.
#[derive(Clone)]
pub(super) struct PanelAxis {
    pub(super) ends: (f64, f64),
    /// Places and labels.
    pub(super) ticks: Vec<(f64, String)>,
    /// Where the axis line stands.
    pub(super) origin: f64,
}

/// The panels of a figure, each with its axis; the rows are named by `groups` under `heading`.
pub(super) struct Panels {
    pub(super) heading: String,
    pub(super) groups: Vec<DrawnGroup>,
    pub(super) shown: Vec<Panel>,
    pub(super) axes: Vec<PanelAxis>,
}

/// A rare frame's axis is no shorter than this share of the longest, so that noise near 0 is not blown up.
const SHORTEST: f64 = 0.125;

/// With more groups than these, names have two lines at most, and one.
const FEW_GROUPS: usize = 10;
const MANY_GROUPS: usize = 15;

/// Lines of a panel's title.
const TITLE_LINES: usize = 4;

/// What is lost in computing the ends of an axis.
const NOTHING: f64 = 1e-9;

/// Where everything stands.
struct PanelLayout {
    rows: Vec<NamedRow>,
    /// The right end of the numbers of documents.
    counts_at: f64,
    columns: Spread,
}

/// Where the panels of a band stand on the page.
#[derive(Clone, Copy)]
struct Band {
    top: f64,
    bottom: f64,
}

impl Panels {
    /// Panels of shares, with axes from 0 on.
    pub(super) fn of_shares(
        page: &FigurePage<'_>,
        heading: String,
        groups: Vec<DrawnGroup>,
        panels: Vec<Panel>,
    ) -> Self {
        let axes = share_axes(&panels, layout(page, &groups, panels.len()).columns.width);
        Self { heading, groups, shown: panels, axes }
    }

    /// Whether a dot is such.
    pub(super) fn any(&self, is: impl Fn(&PanelDot) -> bool) -> bool {
        self.shown.iter().flat_map(|panel| &panel.dots).any(is)
    }

    /// What the caption says of open dots, where there are any.
    pub(super) fn open_dots(&self) -> &'static str {
        let alone = self.any(|dot| dot.value.is_some() && dot.interval.is_none());
        remark(
            alone,
            "Open dots: no interval from a single document, which does not set the scale; beyond it they stand at its end, with a tip",
        )
    }

    /// What the caption says of arrowheads, where there are any.
    pub(super) fn arrowheads(&self) -> &'static str {
        let leaves = self.shown.iter().zip(&self.axes).any(|(panel, axis)| axis.lacks_some(panel));
        remark(leaves, "Arrowheads: the interval goes beyond the axis")
    }
}

impl PanelAxis {
    /// Whether an interval of the panel goes beyond the axis.
    fn lacks_some(&self, panel: &Panel) -> bool {
        let mut intervals = panel.dots.iter().filter_map(|dot| dot.interval);
        intervals.any(|interval| interval.high > self.ends.1 + NOTHING || interval.low < self.ends.0 - NOTHING)
    }
}

impl PanelDot {
    const fn sets_scale(&self) -> bool {
        self.interval.is_some() && !self.alone
    }
}

/// Axes of shares from 0 on, one for each panel, long enough for the values and for most intervals; `room` is the width
/// of a panel.
fn share_axes(panels: &[Panel], room: f64) -> Vec<PanelAxis> {
    let needed: Vec<f64> = panels.iter().map(needed).collect();
    let longest = needed.iter().copied().fold(0.0, f64::max);
    let axis = |needed: &f64| {
        let ticks = share_ticks(needed.max(longest * SHORTEST), if room > THEME.panels.wide { 4 } else { 2 });
        let top = ticks.last().copied().unwrap_or(1.0);
        PanelAxis {
            ends: (0.0, top),
            ticks: ticks.into_iter().map(|tick| (tick, percent(tick))).collect(),
            origin: 0.0,
        }
    };
    needed.iter().map(axis).collect()
}

/// How far the axis of a panel must go.
fn needed(panel: &Panel) -> f64 {
    // A group with a single document has no interval, or one from hand codings of the others that goes from 0 to 88 %: neither that
    // nor its share of 1 in 2 sentences shall squeeze all others.
    let some_sure = panel.dots.iter().any(PanelDot::sets_scale);
    let dots = || panel.dots.iter().filter(|dot| dot.sets_scale() || !some_sure);
    let largest = dots().filter_map(|dot| dot.value).fold(0.0, f64::max);
    let mut ends: Vec<f64> = dots().filter_map(|dot| dot.interval).map(|interval| interval.high).collect();
    ends.sort_by(f64::total_cmp);
    // One group with two documents shall not squeeze all others: the widest tenth of the intervals may leave the axis.
    let most = ends.get(ends.len() * 9 / 10).or(ends.last()).copied().unwrap_or(0.0);
    largest.max(most)
}

/// Draws the panels, in as many bands as it takes.
pub(super) fn draw(page: &mut FigurePage<'_>, panels: &Panels) {
    let layout = layout(page, &panels.groups, panels.shown.len());
    for first in (0..panels.shown.len()).step_by(layout.columns.columns) {
        page.y += if first > 0 { THEME.panels.band_gap } else { 0.0 };
        let last = (first + layout.columns.columns).min(panels.shown.len());
        draw_band(page, &layout, panels, first..last);
    }
}

fn layout(page: &FigurePage<'_>, groups: &[DrawnGroup], panels: usize) -> PanelLayout {
    let theme = &THEME.panels;
    let counts: Vec<String> = groups.iter().map(|group| grouped(group.documents)).collect();
    let counts = page.widest(counts.iter().map(String::as_str), SMALL).max(theme.counts_least);
    let most = page.width() * theme.names_share + theme.names_more - counts;
    let lines = match groups.len() {
        many if many > MANY_GROUPS => 1,
        several if several > FEW_GROUPS => 2,
        _ => 3,
    };
    let names = Names::wrapped(page, groups.iter().map(|group| &group.name[..]), BODY, most, lines);
    let labels = names.width + THEME.names.gap + counts + theme.counts_gap;
    let height = |lines: usize| (factor(lines) * BODY.leading() + theme.row_pad).max(theme.row_least) * page.stretch;
    let rows = names.lines.into_iter().map(|lines| NamedRow { height: height(lines.len()), lines }).collect();
    let room = page.width() - labels - theme.right;
    let columns = Spread::of(panels, page.left + labels, room, theme.narrowest, theme.gap);
    PanelLayout { rows, counts_at: page.left + labels - theme.counts_gap, columns }
}

/// Draws the panels of that range beside each other.
fn draw_band(page: &mut FigurePage<'_>, layout: &PanelLayout, panels: &Panels, range: Range<usize>) {
    let (theme, look) = (&THEME.panels, BODY.bold());
    let (shown, axes) = (&panels.shown[range.clone()], &panels.axes[range]);
    // A title may use some of the gap beside its panel, where nothing else stands.
    let width = layout.columns.width + theme.gap - theme.title_gap;
    let titles = Names::wrapped(page, shown.iter().map(|panel| &panel.title[..]), look, width, TITLE_LINES);
    let top = page.y + factor(titles.most_lines()) * look.leading() + theme.head_gap;
    let band = Band { top, bottom: top + layout.rows.iter().map(|row| row.height).sum::<f64>() };
    draw_names(page, layout, panels, band);
    for (column, ((panel, axis), lines)) in shown.iter().zip(axes).zip(&titles.lines).enumerate() {
        let left = layout.columns.left_of(column);
        page.lines_above(at(left, top - theme.head_gap), lines, look);
        let scale = Scale { values: axis.ends, places: (left, left + layout.columns.width) };
        draw_axis(page, axis, &scale, band);
        draw_dots(page, &layout.rows, panel, &scale, band);
    }
    page.y = band.bottom + SMALL.leading() + theme.below;
}

/// The names of the groups, and how many documents each has.
fn draw_names(page: &mut FigurePage<'_>, layout: &PanelLayout, panels: &Panels, band: Band) {
    let head = band.top - THEME.panels.head_gap;
    page.canvas.text(at(page.left, head), &panels.heading, SMALL);
    page.canvas.text(at(layout.counts_at, head), "n", SMALL.anchor(TextAnchor::End));
    let mut y = band.top;
    for (row, group) in layout.rows.iter().zip(&panels.groups) {
        page.lines(at(page.left, y + row.height / 2.0), &row.lines, BODY);
        let place = at(layout.counts_at, y + row.height / 2.0 + SMALL.half_height());
        page.canvas.text(place, &grouped(group.documents), SMALL.anchor(TextAnchor::End));
        y += row.height;
    }
}

fn draw_axis(page: &mut FigurePage<'_>, axis: &PanelAxis, scale: &Scale, band: Band) {
    let theme = &THEME.axis;
    let below = band.bottom + theme.tick_length;
    for (value, label) in &axis.ticks {
        let x = scale.at(*value);
        page.canvas.line(at(x, band.top), at(x, band.bottom), theme.grid);
        page.canvas.line(at(x, band.bottom), at(x, below), theme.tick);
        // Labels keep out of the panels beside theirs.
        let half = page.text_width(label, SMALL) / 2.0;
        let (left, right) = (scale.places.0 + half - THEME.panels.label_left, scale.places.1 - half);
        let middle = x.min((right + THEME.panels.label_right).max(left));
        page.canvas.text(at(middle, below + SMALL.leading()), label, SMALL.anchor(TextAnchor::Middle));
    }
    let origin = scale.at(axis.origin);
    page.canvas.line(at(origin, band.top), at(origin, band.bottom), theme.line);
}

fn draw_dots(page: &mut FigurePage<'_>, rows: &[NamedRow], panel: &Panel, scale: &Scale, band: Band) {
    let mut y = band.top;
    for (row, shown) in rows.iter().zip(&panel.dots) {
        draw_dot(page, shown, scale, y + row.height / 2.0);
        y += row.height;
    }
}

/// A dot with its whiskers; an open one without an interval, words where there is no value.
fn draw_dot(page: &mut FigurePage<'_>, shown: &PanelDot, scale: &Scale, y: f64) {
    let theme = &THEME.panels;
    let Some(value) = shown.value else {
        let place = at(scale.places.0 + theme.absent, y + SMALL.half_height());
        page.canvas.text(place, shown.absent, SMALL);
        return;
    };
    let (lane, colour) = (Lane::Across(scale, y), &shown.colour[..]);
    if let Some(interval) = shown.interval {
        let width = if shown.weak { theme.weak_whisker } else { theme.whisker };
        whisker(&mut page.canvas, &lane, interval, Stroke { colour, width });
        arrowheads(&mut page.canvas, &lane, interval, colour);
    }
    if let Some(counted) = shown.counted {
        let small = DotLook::Open { radius: theme.counted, line: theme.ring_line };
        dot(&mut page.canvas, &lane, counted, small, GREY);
    }
    let look = match shown.interval {
        Some(_) => DotLook::Filled { radius: theme.dot },
        None => DotLook::Open { radius: theme.ring, line: theme.ring_line },
    };
    dot(&mut page.canvas, &lane, value, look, colour);
    tip(&mut page.canvas, &lane, value, theme.dot, colour);
}
