//! The days below a panel over time: as many labels as have room, the years below them.

use crate::report::figures::days::{DayTick, Days, TimeScale, day_ends, day_ticks};
use crate::report::figures::page::FigurePage;
use crate::report::figures::shapes::{TextAnchor, at};
use crate::report::figures::theme::{SMALL, THEME};

/// A labelled day, the middle of its label on the page, and half its width.
struct DayLabel {
    tick: DayTick,
    middle: f64,
    half: f64,
}

/// Draws the axis with its labels below the panel that ends at `bottom`.
pub(super) fn draw_days(page: &mut FigurePage<'_>, days: Days, time: &TimeScale, bottom: f64) {
    let (left, right) = time.places();
    page.canvas.line(at(left, bottom), at(right, bottom), THEME.axis.line);
    let below = bottom + THEME.axis.tick_length;
    for label in labels(page, days, time) {
        let x = time.start(label.tick.day);
        page.canvas.line(at(x, bottom), at(x, below), THEME.axis.tick);
        let place = at(label.middle, below + SMALL.leading());
        page.canvas.text(place, &label.tick.label, SMALL.anchor(TextAnchor::Middle));
        if let Some(year) = &label.tick.year {
            page.canvas.text(at(place.x, place.y + SMALL.leading()), year, SMALL.anchor(TextAnchor::Middle));
        }
    }
}

/// As many labels as stand apart from each other; of the first day alone where not even two do.
fn labels(page: &FigurePage<'_>, days: Days, time: &TimeScale) -> Vec<DayLabel> {
    let (left, right) = time.places();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few labels")]
    let most = (((right - left) / THEME.strips.day) as usize).max(2);
    let placed =
        |ticks: Vec<DayTick>| -> Vec<DayLabel> { ticks.into_iter().map(|tick| day_label(page, time, tick)).collect() };
    // How wide a label is shows only in its letters, so the most are tried first, then fewer until none touch.
    let ways = (2..=most).rev().map(|room| day_ticks(days, room)).chain([day_ends(days)]);
    ways.map(placed).find(|labels| stand_apart(labels)).unwrap_or_else(|| {
        let first = day_ends(days).into_iter().take(1).collect();
        placed(first)
    })
}

fn stand_apart(labels: &[DayLabel]) -> bool {
    let apart =
        |pair: &[DayLabel]| pair[0].middle + pair[0].half + THEME.strips.day_gap <= pair[1].middle - pair[1].half;
    labels.windows(2).all(apart)
}

/// A day's label, over its own panel as far as the gap beside it.
fn day_label(page: &FigurePage<'_>, time: &TimeScale, tick: DayTick) -> DayLabel {
    let (left, right) = time.places();
    let out = THEME.strips.day_out;
    let half = page.widest([&tick.label[..], tick.year.as_deref().unwrap_or_default()], SMALL) / 2.0;
    // A label at the end of a panel would else run into the next one.
    let middle = time.start(tick.day).clamp((left + half - out).min(right), (right - half + out).max(left));
    DayLabel { tick, middle, half }
}
