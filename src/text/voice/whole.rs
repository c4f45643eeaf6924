//! The stance of a sentence in which no rule of a codebook found its words: that of most of what it says. Not here: the stance
//! of a cue (`stance`).

use crate::model::Span;
use crate::text::language::Class;
use crate::text::voice::functions::Function;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand};
use crate::text::voice::voices::Voices;

impl Voices<'_> {
    /// Whether what a span says only leads up to what its sentence goes on to say: "Minsk denies any plan, but the mayor said
    /// that", "Despite claims that there is no plan, the mayor fears".
    #[must_use]
    pub fn yields(&self, span: Span) -> bool {
        let Some(whole) = &self.passage else { return false };
        let cue = whole.tokens_of(span);
        let Some(sentence) = whole.sentence_of(cue.start).map(|it| it.tokens.clone()) else { return false };
        let conceded = (sentence.start..cue.start).take_while(|&at| !whole.is(at, Class::Comma));
        let conceded = whole.is(sentence.start, Class::Concessive) && conceded.count() == cue.start - sentence.start;
        let comma = |at: usize| whole.is(at, Class::Comma) && whole.is(at + 1, Class::Adversative);
        conceded || (cue.end..sentence.end).any(comma)
    }

    /// How the voice of `words` stands to most of what they say: each word that is neither grammar nor a name, nor names a
    /// source or its verb, is asked as if it were a cue. More than half must be negated or denied, or more than half left
    /// open; otherwise it is affirmed. The stand is the one that most of those words have, the first of equals. `None`
    /// where voices are not known.
    #[must_use]
    pub fn stand_of_most(&self, words: &[Span]) -> Option<Stand> {
        let passage = self.passage.as_ref()?;
        let content = words.iter().filter(|word| {
            self.function_of(passage.token_at(word.start)) == Some(Function::Content) && !self.is_report(**word)
        });
        let stands: Vec<Stand> = content.map(|word| self.stand_of(*word)).collect();
        let plain = Stand { polarity: Polarity::Affirmed, because: None, rule: VoiceRule::Affirmed };
        let most = [Side::Rejected, Side::Open].into_iter().find(|side| {
            let on_side = stands.iter().filter(|stand| Side::of(stand.polarity) == *side).count();
            2 * on_side > stands.len()
        });
        let Some(side) = most else { return Some(plain) };
        let on_side = || stands.iter().filter(|stand| Side::of(stand.polarity) == side);
        // `max_by_key` takes the last of equals, so from behind the first.
        on_side().rev().max_by_key(|stand| on_side().filter(|other| other.rule == stand.rule).count()).copied()
    }
}

/// What a polarity comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Affirmed,
    Rejected,
    Open,
}

impl Side {
    const fn of(polarity: Polarity) -> Self {
        match polarity {
            Polarity::Affirmed | Polarity::Conceded => Self::Affirmed,
            Polarity::Negated | Polarity::Denied | Polarity::Distanced => Self::Rejected,
            Polarity::Hedged | Polarity::Questioned | Polarity::Unsaid | Polarity::Supposed | Polarity::Opposed => {
                Self::Open
            }
        }
    }
}
