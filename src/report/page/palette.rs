//! The colours of frames: one place, fixed by the codebook's order, so that a frame looks the same in every chart.

/// A colour on paper and on a dark screen, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    /// On white, with a contrast of at least 3 to 1.
    pub(super) light: &'static str,
    /// On a dark ground, with the same.
    pub(super) dark: &'static str,
}

/// Okabe and Ito (2008), Color Universal Design: eight colours that people with any colour vision tell apart. Yellow, sky
/// blue and orange are darkened on white, black is lightened on dark, so that thin lines stay visible.
const COLOURS: [Colour; 8] = [
    Colour { light: "#0072b2", dark: "#4aa3df" },
    Colour { light: "#d55e00", dark: "#f0803c" },
    Colour { light: "#009e73", dark: "#2bbf94" },
    Colour { light: "#b3578d", dark: "#cc79a7" },
    Colour { light: "#b97f00", dark: "#e69f00" },
    Colour { light: "#3a8fc2", dark: "#56b4e9" },
    Colour { light: "#857c00", dark: "#f0e442" },
    Colour { light: "#222222", dark: "#d6d6d6" },
];

/// The colour of the frame with this index in the codebook; after the eighth they begin anew.
pub(super) const fn colour(frame: usize) -> Colour {
    COLOURS[frame % COLOURS.len()]
}
