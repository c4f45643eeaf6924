//! Every place in a sentence where the pattern of one rule matches, and what became of it. Not here: which of them are
//! cues, which is `cues`.

use std::ops::Range;

use crate::codebook::Hit;
use crate::coding::TextUnit;
use crate::coding::cues::{Cancelled, CueFinder, CueMemory, LONGEST, apart, longest_cues};
use crate::model::Span;

/// A place where the pattern of a rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbedMatch {
    /// First to last matched word, in the document's content.
    pub span: Span,
    /// What became of it.
    pub fate: MatchFate,
}

/// What becomes of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchFate {
    /// It is a cue of the frame.
    Counts,
    /// A longer cue of the same frame counts in its place.
    Covered,
    /// The rule's `unless` cancels it, by the words of this span.
    Cancelled(Span),
    /// It is not in the mouth that the rule's `voice` or `source` asks for.
    OtherVoice,
}

/// The matches of the rule numbered `rule` in the sentence `unit`, which must have its cues, in the order of the text.
pub fn probe_rule(unit: &TextUnit<'_>, rule: usize, memory: &mut CueMemory) -> Vec<ProbedMatch> {
    let Some(codebook) = unit.codebook else { return Vec::new() };
    let counting = longest_cues(codebook, unit.cues, codebook.rules[rule].frame);
    let cues = unit.cues.iter().filter(|cue| cue.rule == rule);
    let mut found: Vec<ProbedMatch> = cues
        .map(|cue| {
            let fate = if counting.contains(cue) { MatchFate::Counts } else { MatchFate::Covered };
            ProbedMatch { span: cue.span, fate }
        })
        .collect();
    let (tokens, vocabulary, content) = (&unit.reading.tokens[..], unit.vocabulary, unit.document.content());
    let finder = CueFinder { codebook, tokens, vocabulary, content, voices: unit.voices };
    let tokens = unit.tokens.range();
    for first in tokens.clone().step_by(LONGEST) {
        let piece = Piece { first, end: tokens.end.min(first + LONGEST) };
        finder.add_dropped(piece, rule, memory, &mut found);
    }
    found.sort_by_key(|it| it.span);
    found
}

/// Whether a rule of `frame` would match in the sentence `unit`, which must have its cues, but for its `unless` or the mouth
/// it asks for, while none does.
pub fn is_set_aside(unit: &TextUnit<'_>, frame: usize, memory: &mut CueMemory) -> bool {
    let Some(codebook) = unit.codebook else { return false };
    let is_of_frame = |rule: usize| codebook.rules[rule].frame == frame;
    if unit.cues.iter().any(|cue| is_of_frame(cue.rule)) {
        return false;
    }
    let CueMemory { matching, hits, .. } = memory;
    let tokens = unit.tokens.range();
    tokens.clone().step_by(LONGEST).any(|first| {
        let piece = &unit.reading.tokens[first..tokens.end.min(first + LONGEST)];
        let rules: Vec<usize> = codebook.matcher.enter(piece, unit.vocabulary, matching).to_vec();
        rules.into_iter().filter(|rule| is_of_frame(*rule)).any(|rule| {
            codebook.matcher.find(codebook.rules[rule].pattern, matching, hits);
            !hits.is_empty()
        })
    })
}

/// The tokens that rules are looked for in at once.
#[derive(Clone, Copy)]
struct Piece {
    first: usize,
    end: usize,
}

impl MatchFate {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Covered => "covered",
            Self::Cancelled(_) => "cancelled",
            Self::OtherVoice => "voice",
        }
    }
}

impl CueFinder<'_> {
    /// Adds the matches that are no cues.
    fn add_dropped(&self, piece: Piece, rule: usize, memory: &mut CueMemory, found: &mut Vec<ProbedMatch>) {
        let CueMemory { matching, hits, cancelling, .. } = memory;
        let (rule, matcher) = (&self.codebook.rules[rule], &self.codebook.matcher);
        matcher.enter(&self.tokens[piece.first..piece.end], self.vocabulary, matching);
        matcher.find(rule.pattern, matching, hits);
        cancelling.clear();
        if let Some(unless) = rule.unless {
            matcher.find(unless, matching, cancelling);
        }
        hits.sort_by_key(Hit::looseness);
        for hit in apart(hits.drain(..), |hit| hit.tokens.clone()) {
            let span = self.span_of(&hit, piece.first);
            // A cue may be one of several ways in which the same words match.
            if found.iter().any(|it| it.span.overlaps(span)) {
                continue;
            }
            let cancels =
                |by: &&Hit| Cancelled::new([self.reach_of(by, piece)].into_iter()).touches(&self.reach_of(&hit, piece));
            let by = cancelling.iter().find(cancels).map(|by| self.span_of(by, piece.first));
            found.push(ProbedMatch { span, fate: by.map_or(MatchFate::OtherVoice, MatchFate::Cancelled) });
        }
    }

    fn reach_of(&self, hit: &Hit, piece: Piece) -> Range<usize> {
        self.reach(&(piece.first + hit.tokens.start..piece.first + hit.tokens.end), &(piece.first..piece.end))
    }

    fn span_of(&self, hit: &Hit, first: usize) -> Span {
        self.tokens[first + hit.tokens.start].span.hull(self.tokens[first + hit.tokens.end - 1].span)
    }
}
