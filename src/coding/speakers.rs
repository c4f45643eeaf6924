//! Who speaks a cue, and on which side.

use std::ops::Range;

use crate::codebook::Rule;
use crate::model::{Cue, Span, Voice};
use crate::text::{Language, Reading, Sentence, Vocabulary};

/// The voices of one document.
pub(super) struct Speakers<'d> {
    pub(super) content: &'d str,
    pub(super) reading: &'d Reading,
    pub(super) vocabulary: &'d Vocabulary,
    pub(super) language: Option<&'d Language>,
}

impl Speakers<'_> {
    /// The cue of a rule at a place: its span, and its tokens in the document.
    pub(super) fn cue(
        &self,
        index: usize,
        rule: &Rule,
        (span, _tokens): (Span, Range<usize>),
        _sentence: &Sentence,
    ) -> Cue {
        let voice = if self.language.is_some() { Voice::Own } else { Voice::Unknown };
        Cue { span, rule: index, voice, verb: None, verb_class: None, stance: rule.stance }
    }

    /// Whether two runs of tokens of one sentence lie, at least in part, in the same clause.
    pub(super) fn share_a_clause(&self, _a: &Range<usize>, _b: &Range<usize>) -> bool {
        true
    }
}
