//! The colours of figures and page: one per frame, the same in all of them, told apart with every kind of colour vision.

/// The page.
pub(in crate::report) const PAPER: &str = "#ffffff";

/// By the order of the frames in the codebook. Six of Okabe and Ito (2008; without yellow, which vanishes on white),
/// then six that stand apart from them and from each other: of Tol (2021), brown and grey.
const FRAMES: [&str; 12] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#882255", "#999933", "#767676", "#7a4b14",
    "#332288", "#117733",
];

/// The colours too dark for a dark ground (WCAG 2.2 asks for a contrast of 3 to 1), and what stands for each there: near
/// it in hue, and apart from all others.
const LIT: [(&str, &str); 3] = [("#882255", "#e60057"), ("#7a4b14", "#995200"), ("#332288", "#705cd6")];

/// How much white goes into the colours of the thirteenth frame and those after it.
const TINT: f64 = 0.55;

/// The colour of the frame with that index in the codebook, as `#rrggbb`. Frames 13 to 24 have lighter tints of the
/// first twelve; after that the colours come round again.
#[must_use]
pub fn frame_colour(index: usize) -> String {
    let colour = FRAMES[index % FRAMES.len()];
    if (index / FRAMES.len()).is_multiple_of(2) { colour.to_owned() } else { mixed(colour, PAPER, TINT) }
}

/// The colour of that frame on the dark ground of the page at night: its own wherever that can be seen there.
pub(in crate::report) fn frame_colour_at_night(index: usize) -> String {
    let colour = frame_colour(index);
    let lit = LIT.iter().find(|(dark, _)| *dark == colour);
    lit.map_or(colour, |(_, lit)| (*lit).to_owned())
}

/// `colour` with that share of `other` in it.
pub(in crate::report) fn mixed(colour: &str, other: &str, share: f64) -> String {
    let (one, two) = (channels(colour), channels(other));
    let mix = |channel: usize| (one[channel] * (1.0 - share) + two[channel] * share).round();
    format!("#{:02x}{:02x}{:02x}", byte(mix(0)), byte(mix(1)), byte(mix(2)))
}

/// Red, green and blue, 0 to 255.
pub(in crate::report) fn channels(colour: &str) -> [f64; 3] {
    let channel = |at: usize| colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    [1, 3, 5].map(|at| f64::from(channel(at).unwrap_or_default()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn byte(value: f64) -> u8 {
    value.clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of linear red, green and blue in the eyes of people with normal vision, without the red, and without
    /// the green cones (Machado, Oliveira and Fernandes 2009, severity 1).
    const EYES: [[[f64; 3]; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ];

    /// CIE 1976 L*a*b* of a colour as those eyes see it.
    fn lab(colour: &str, eyes: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = channels(colour).map(|channel| {
            let share = channel / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        let dot = |row: &[f64; 3]| row.iter().zip(&linear).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0);
        let seen = [dot(&eyes[0]), dot(&eyes[1]), dot(&eyes[2])];
        let curve = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let mix = |weights: [f64; 3]| weights.iter().zip(&seen).map(|(weight, light)| weight * light).sum::<f64>();
        let x = curve(mix([0.4124, 0.3576, 0.1805]) / 0.950_47);
        let y = curve(mix([0.2126, 0.7152, 0.0722]));
        let z = curve(mix([0.0193, 0.1192, 0.9505]) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn apart(a: &str, b: &str, eyes: &[[f64; 3]; 3]) -> f64 {
        lab(a, eyes).iter().zip(lab(b, eyes)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn colours_are_told_apart_with_every_kind_of_vision() {
        for eyes in &EYES {
            for colours in [frame_colour, frame_colour_at_night].map(|of| (0..FRAMES.len()).map(of).collect::<Vec<_>>())
            {
                for (place, colour) in colours.iter().enumerate() {
                    for (other_place, other) in colours.iter().enumerate().skip(place + 1) {
                        let least = if other_place == place + 1 { 17.0 } else { 11.0 };
                        let found = apart(colour, other, eyes);
                        assert!(found >= least, "{colour} and {other}: {found:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_first_twenty_four_frames_have_colours_of_their_own() {
        let colours: std::collections::BTreeSet<String> = (0..24).map(frame_colour).collect();
        assert_eq!(colours.len(), 24);
        assert_eq!((frame_colour(0), frame_colour(24)), ("#0072b2".to_owned(), "#0072b2".to_owned()));
    }
}
