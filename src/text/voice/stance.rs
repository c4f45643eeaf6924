//! Stance: whether a voice affirms, negates, denies, concedes, doubts or keeps its distance from a span.

use std::ops::Range;

use crate::model::{Span, Stance, VerbClass};
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::groups::Mood;
use crate::text::voice::reports::Complement;
use crate::text::voice::{Attribution, Voices};
use crate::text::{Reading, Vocabulary};

/// How a voice stands to what a span says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It says so.
    Affirmed,
    /// It says it is not so: "no sign of an invasion".
    Negated,
    /// Its source denies it: "denied planning an invasion".
    Denied,
    /// It grants it and turns to something else: "although troops were massing".
    Conceded,
    /// It keeps its distance: scare quotes, "so-called", "alleged".
    Distanced,
    /// It asks.
    Questioned,
    /// It was not said: "would not say whether".
    Unsaid,
}

impl Polarity {
    /// The stance toward a frame for which an affirmed cue means `stance`.
    #[must_use]
    pub const fn apply(self, stance: Stance) -> Stance {
        match self {
            Self::Affirmed | Self::Conceded => stance,
            Self::Negated | Self::Denied | Self::Distanced => stance.reversed(),
            Self::Questioned | Self::Unsaid => Stance::Neutral,
        }
    }
}

/// A polarity and what makes it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// How the voice stands to the span.
    pub polarity: Polarity,
    /// The word that makes it so: the negator, the verb of denial, the mark of distance. `None` for a plain affirmation.
    pub because: Option<Span>,
}
