//! What stands between two words of a phrase, and whether it parts them.

use crate::text::{Token, Word};

/// What a mark between two words does to a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) enum PhraseMark {
    /// Ends it: commas, colons, dashes, brackets.
    Ends,
    /// Joins the two where it touches both, as a hyphen; ends it as a dash between spaces.
    Hyphen,
    /// Nothing: quotation marks, apostrophes, currency signs.
    Passes,
}

impl PhraseMark {
    pub(super) fn of(word: &Word) -> Self {
        const ENDS: &str = ",;:.!?()[]{}\u{2013}\u{2014}\u{2026}\u{2022}|\u{60c}\u{61b}\u{61f}\u{3001}\u{3002}\u{ff0c}";
        match word.surface.chars().next() {
            // Typesetters write "US–China talks" with an en dash; between blanks it ends a phrase, as does "--".
            Some(mark @ ('-' | '\u{2013}')) if word.surface.len() == mark.len_utf8() => Self::Hyphen,
            Some(mark) if mark == '-' || ENDS.contains(mark) => Self::Ends,
            _ => Self::Passes,
        }
    }

    /// Whether the mark at `index` ends a phrase.
    pub(super) fn breaks(self, tokens: &[Token], index: usize) -> bool {
        match self {
            Self::Ends => true,
            Self::Passes => false,
            Self::Hyphen => {
                let span = tokens[index].span;
                let touches_left = index > 0 && tokens[index - 1].span.end == span.start;
                let touches_right = tokens.get(index + 1).is_some_and(|next| next.span.start == span.end);
                !(touches_left && touches_right)
            }
        }
    }
}
