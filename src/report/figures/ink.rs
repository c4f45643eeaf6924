//! What figures draw in beside the colours of frames: ink and greys, and colours that text is read in or on.

use crate::report::palette::{PAPER, channels, mixed};

/// Text and whatever must be read.
pub(super) const INK: &str = "#1a1a1a";
/// Text of second rank; contrast 5.9 to 1 on white.
pub(super) const GREY: &str = "#616161";
/// Axes and ticks.
pub(super) const AXIS: &str = "#8a8a8a";
/// Grid lines.
pub(super) const FAINT: &str = "#e4e4e4";
/// Marks that stand for no frame.
pub(super) const SLATE: &str = "#37474f";

/// `colour`, darkened as far as text in it needs to be read on white (WCAG 2.2, contrast 4.5 to 1).
pub(super) fn as_text(colour: &str) -> String {
    let mut darkened = colour.to_owned();
    while 1.05 / (luminance(&darkened) + 0.05) < 4.5 {
        darkened = mixed(&darkened, INK, 0.1);
    }
    darkened
}

/// Ink or white, whichever is read better on `colour`.
pub(super) fn text_on(colour: &str) -> &'static str {
    // Above this luminance black has the higher contrast (WCAG 2.2, contrast ratio).
    if luminance(colour) > 0.22 { INK } else { PAPER }
}

/// Relative luminance (WCAG 2.2), from 0 for black to 1 for white.
fn luminance(colour: &str) -> f64 {
    let [red, green, blue] = channels(colour).map(|channel| {
        let share = channel / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::palette::{frame_colour, frame_colour_at_night};

    /// The page at night, as its style sheet has it.
    const NIGHT: &str = "#15181b";

    #[test]
    fn colours_are_seen_at_night_and_differ_from_those_of_the_day_only_where_they_must() {
        let contrast = |colour: &str| (luminance(colour) + 0.05) / (luminance(NIGHT) + 0.05);
        for index in 0..24 {
            let (day, night) = (frame_colour(index), frame_colour_at_night(index));
            assert!(contrast(&night) >= 3.0, "{night}: {:.2}", contrast(&night));
            assert_eq!(day == night, contrast(&day) >= 3.0, "{day} and {night}");
        }
    }

    #[test]
    fn text_on_a_colour_is_read() {
        for index in 0..24 {
            let colour = frame_colour(index);
            let (paper, ink) = (luminance(&colour), luminance(text_on(&colour)));
            let contrast = (paper.max(ink) + 0.05) / (paper.min(ink) + 0.05);
            assert!(contrast >= 4.0, "{colour}: {contrast:.2}");
        }
    }
}
