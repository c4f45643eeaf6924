//! What bounds the words of a report: its sentence, the quotations around it, and the other reports.

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::candidate::Candidate;
use crate::text::voice::quotes::{Quotation, is_inside};

/// How many reports before and after can bound the words of one.
pub(in crate::text) const NEAREST: usize = 16;

/// How far words reach: a clause goes on over commas, a phrase ends at them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Reach {
    Clause,
    Phrase,
}

/// A sentence, its other reports, and the quotations around it: what bounds the words of one report.
pub(in crate::text) struct Bounds<'a, 'b> {
    pub(in crate::text) passage: &'b Passage<'a>,
    pub(in crate::text) quotations: &'b [Quotation],
    pub(in crate::text) tokens: Range<usize>,
    /// Whether the tokens are the inside of a quotation.
    pub(in crate::text) confined: bool,
    pub(in crate::text) candidates: &'b [Candidate<'a>],
    pub(in crate::text) index: usize,
}

impl<'a, 'b> Bounds<'a, 'b> {
    /// For the report `candidates[index]` in the sentence `tokens`: where it stands in a quotation, only that.
    pub(in crate::text) fn new(
        passage: &'b Passage<'a>,
        quotations: &'b [Quotation],
        tokens: &Range<usize>,
        candidates: &'b [Candidate<'a>],
        index: usize,
    ) -> Self {
        let cue = candidates[index].cue.start;
        let after = quotations.partition_point(|quotation| quotation.tokens.start <= cue);
        // Quotations nest two deep: of the four that opened last one is around the cue, if any is.
        let around = quotations[after.saturating_sub(4)..after].iter().rev().find(|it| it.inside().contains(&cue));
        let within = around.map_or(tokens.clone(), |around| {
            let inside = around.inside();
            tokens.start.max(inside.start)..tokens.end.min(inside.end)
        });
        Self { passage, quotations, tokens: within, confined: around.is_some(), candidates, index }
    }

    /// The reports after this one, as far as they can bound it.
    pub(in crate::text) fn later(&self) -> &'b [Candidate<'a>] {
        let end = self.candidates.len().min(self.index + 1 + NEAREST);
        &self.candidates[self.index + 1..end]
    }

    /// The index of the quotation that begins at a token.
    pub(in crate::text) fn opening_at(&self, token: usize) -> Option<usize> {
        self.quotations.binary_search_by_key(&token, |quotation| quotation.tokens.start).ok()
    }

    /// Whether a token lies in a quotation.
    pub(in crate::text) fn is_quoted(&self, token: usize) -> bool {
        is_inside(self.quotations, token)
    }

    /// The outermost quotation that ends with the token before `end`.
    pub(in crate::text) fn closing_before(&self, end: usize) -> Option<usize> {
        let after = self.quotations.partition_point(|quotation| quotation.tokens.start < end);
        (after.saturating_sub(8)..after)
            .find(|&index| self.quotations[index].tokens.end == end && self.quotations[index].is_closed())
    }

    /// The end of the sentence without its final stop, unless a quotation closes after it that began at `start` or later.
    pub(in crate::text) fn sentence_end(&self, start: usize) -> usize {
        let mut end = self.tokens.end;
        while end > start {
            let last = end - 1;
            if self.passage.is(last, Class::Stop) {
                if self.passage.is(last, Class::QuestionMark) {
                    return end;
                }
                end = last;
            } else if self.passage.is_quote_mark(last) {
                if self.closing_before(end).is_some_and(|index| self.quotations[index].tokens.start >= start) {
                    return end;
                }
                end = last;
            // A comma or dash at the end leads on to other words: "it would rain, | and she left".
            } else if self.passage.is_any(last, &[Class::Comma, Class::Dash]) {
                end = last;
            } else {
                return end;
            }
        }
        end
    }
}
