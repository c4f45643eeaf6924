//! What a stance is: a polarity, the word that makes it so, and the rule. Not here: how it is found (`stance`).

use crate::model::{Span, Stance};
use crate::text::voice::rules::VoiceRule;

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
    /// It keeps its distance: scare quotes, "so-called", "supposed".
    Distanced,
    /// It passes it on as not proven: "purported".
    Hedged,
    /// It asks.
    Questioned,
    /// It was not said: "would not say whether".
    Unsaid,
    /// It supposes that it is not so: "if it does not invade".
    Supposed,
    /// It is against it, whether or not it will be: "should not invade".
    Opposed,
}

impl Polarity {
    /// The stance toward a frame for which an affirmed cue means `stance`.
    #[must_use]
    pub const fn apply(self, stance: Stance) -> Stance {
        match self {
            Self::Affirmed | Self::Conceded => stance,
            Self::Negated | Self::Denied | Self::Distanced | Self::Opposed => stance.reversed(),
            Self::Hedged | Self::Questioned | Self::Unsaid | Self::Supposed => Stance::Neutral,
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
    /// The rule that decides it.
    pub rule: VoiceRule,
}

/// A stance that a word makes so.
pub(in crate::text) fn stand(polarity: Polarity, because: Span, rule: VoiceRule) -> Stand {
    Stand { polarity, because: Some(because), rule }
}
