//! The marks that figures are made of, each a function of a scale: dots, whiskers, arrowheads, ribbons, triangles, tiles.

use crate::report::figures::axis::Scale;
use crate::report::figures::canvas::Canvas;
use crate::report::figures::ink::FAINT;
use crate::report::figures::shapes::{Point, Stroke, Tile, at};
use crate::report::figures::theme::THEME;
use crate::stats::Interval;

/// Ends of an interval nearer to the end of a scale than this stand on it, whatever is lost in computing.
const SAME_PLACE: f64 = 0.01;

/// A line on the page along which values stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lane<'a> {
    /// From left to right, at that height.
    Across(&'a Scale, f64),
    /// From bottom to top, that far to the right.
    Up(&'a Scale, f64),
}

impl Lane<'_> {
    /// Where a value stands; one beyond the scale stands at its end.
    pub(super) fn place(&self, value: f64) -> Point {
        match self {
            Self::Across(scale, y) => at(scale.within(value), *y),
            Self::Up(scale, x) => at(*x, scale.within(value)),
        }
    }

    /// Whether a value lies beyond the scale.
    fn lacks(&self, value: f64) -> bool {
        let (Self::Across(scale, _) | Self::Up(scale, _)) = self;
        (scale.at(value) - scale.within(value)).abs() > SAME_PLACE
    }
}

/// How a value is drawn: filled where it is sure, else as a ring.
#[derive(Clone, Copy, Debug)]
pub(super) enum DotLook {
    Filled { radius: f64 },
    Open { radius: f64, line: f64 },
}

/// A dot at a value.
pub(super) fn dot(canvas: &mut Canvas, lane: &Lane<'_>, value: f64, look: DotLook, colour: &str) {
    match look {
        DotLook::Filled { radius } => canvas.dot(lane.place(value), radius, colour),
        DotLook::Open { radius, line } => canvas.ring(lane.place(value), radius, Stroke { colour, width: line }),
    }
}

/// A line from one end of an interval to the other, cut off at the ends of the scale.
pub(super) fn whisker(canvas: &mut Canvas, lane: &Lane<'_>, interval: Interval, stroke: Stroke<'_>) {
    canvas.line(lane.place(interval.low), lane.place(interval.high), stroke);
}

/// Arrowheads where a whisker across is cut off at an end of the scale.
pub(super) fn arrowheads(canvas: &mut Canvas, lane: &Lane<'_>, interval: Interval, colour: &str) {
    let (length, half) = (THEME.panels.arrow_length, THEME.panels.arrow_half);
    for (end, way) in [(interval.low, -1.0), (interval.high, 1.0)] {
        if lane.lacks(end) {
            let tip = lane.place(end);
            let behind = tip.x - length * way;
            canvas.area(&[at(behind, tip.y - half), tip, at(behind, tip.y + half)], colour);
        }
    }
}

/// An arrowhead outside of a dot of that radius, whose value lies beyond the scale, so that it is not read off at the end.
pub(super) fn tip(canvas: &mut Canvas, lane: &Lane<'_>, value: f64, radius: f64, colour: &str) {
    if !lane.lacks(value) {
        return;
    }
    let (length, half, dot) = (THEME.panels.arrow_length, THEME.panels.arrow_half, lane.place(value));
    let (x, y) = match lane {
        Lane::Across(scale, _) => ((scale.at(value) - dot.x).signum(), 0.0),
        Lane::Up(scale, _) => (0.0, (scale.at(value) - dot.y).signum()),
    };
    let base = at(dot.x + radius * x, dot.y + radius * y);
    let corners = [at(base.x + half * y, base.y + half * x), at(base.x - half * y, base.y - half * x)];
    canvas.area(&[corners[0], at(base.x + length * x, base.y + length * y), corners[1]], colour);
}

/// A triangle with its base at `tip` plus its height, pointing up; pointing down where the height is negative.
pub(super) fn triangle(canvas: &mut Canvas, tip: Point, height: f64, colour: &str) {
    let (half, base) = (THEME.contrasts.triangle_half, tip.y + height);
    canvas.area(&[at(tip.x - half, base), tip, at(tip.x + half, base)], colour);
}

/// A value over time: where it stands across, and what it is with its interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) x: f64,
    pub(super) value: f64,
    pub(super) interval: Option<Interval>,
}

/// The area between the ends of intervals that follow one another; of one alone a line between its ends. Moments without
/// an interval have no part in it.
pub(super) fn ribbon(canvas: &mut Canvas, scale: &Scale, moments: &[Moment], colour: &str) {
    let ends: Vec<(f64, Interval)> = moments.iter().filter_map(|moment| Some((moment.x, moment.interval?))).collect();
    if let [(x, interval)] = ends[..] {
        whisker(canvas, &Lane::Up(scale, x), interval, Stroke { colour, width: THEME.timeline.lone_ribbon });
    } else if !ends.is_empty() {
        let above = ends.iter().map(|(x, interval)| at(*x, scale.within(interval.high)));
        let below = ends.iter().rev().map(|(x, interval)| at(*x, scale.within(interval.low)));
        canvas.area(&above.chain(below).collect::<Vec<_>>(), colour);
    }
}

/// A tile that leaves a thin white edge around it.
pub(super) fn tile(canvas: &mut Canvas, place: Tile, colour: &str) {
    let edge = THEME.tiles.edge;
    let corner = at(place.corner.x + edge, place.corner.y + edge);
    canvas.rect(Tile { corner, width: place.width - 2.0 * edge, height: place.height - 2.0 * edge }, colour);
}

/// A tile without a value, crossed out.
pub(super) fn crossed_tile(canvas: &mut Canvas, place: Tile) {
    let Tile { corner, width, height } = place;
    let inset = THEME.tiles.cross;
    tile(canvas, place, FAINT);
    let from = at(corner.x + inset, corner.y + height - inset);
    canvas.line(from, at(corner.x + width - inset, corner.y + inset), THEME.tiles.cross_line);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { values: (0.0, 0.5), places: (10.0, 60.0) };

    fn drawn(draw: impl Fn(&mut Canvas)) -> String {
        let mut canvas = Canvas::default();
        draw(&mut canvas);
        canvas.into_svg(at(100.0, 100.0), "", "")
    }

    #[test]
    fn arrowheads_stand_only_where_an_interval_leaves_the_scale() {
        let lane = Lane::Across(&SCALE, 5.0);
        for (case, low, high, heads) in
            [("inside", 0.1, 0.4, 0), ("to the ends", 0.0, 0.5, 0), ("beyond one", 0.1, 0.9, 1), ("both", -0.1, 0.9, 2)]
        {
            let svg = drawn(|canvas| arrowheads(canvas, &lane, Interval { low, high }, "#000000"));
            assert_eq!(svg.matches("<polygon").count(), heads, "{case}");
        }
    }

    #[test]
    fn a_value_beyond_the_scale_has_a_tip_outside_of_its_dot() {
        let (across, up) = (Lane::Across(&SCALE, 5.0), Lane::Up(&SCALE, 5.0));
        for (case, lane, value, expected) in [
            ("inside", across, 0.4, None),
            ("at the end", across, 0.5, None),
            ("to the right", across, 0.6, Some("62,6.8 65,5 62,3.2")),
            ("to the left", across, -0.1, Some("8,3.2 5,5 8,6.8")),
            ("at the far end of an upright scale", up, 0.6, Some("6.8,62 5,65 3.2,62")),
        ] {
            let svg = drawn(|canvas| tip(canvas, &lane, value, 2.0, "#000000"));
            let points = svg.split_once("points=\"").and_then(|(_, rest)| rest.split('"').next());
            assert_eq!(points, expected, "{case}");
        }
    }

    #[test]
    fn a_ribbon_of_one_interval_is_a_line() {
        let moment = |x: f64| Moment { x, value: 0.2, interval: Some(Interval { low: 0.1, high: 0.3 }) };
        for (case, moments, shape) in
            [("one", vec![moment(3.0)], "<line "), ("two", vec![moment(3.0), moment(6.0)], "<polygon ")]
        {
            assert!(drawn(|canvas| ribbon(canvas, &SCALE, &moments, "#000000")).contains(shape), "{case}");
        }
    }
}
