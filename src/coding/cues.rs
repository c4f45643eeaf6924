//! The cues of one sentence: rules that match, are not cancelled, and are spoken by whom the rule asks for.

use std::cmp::Reverse;
use std::ops::Range;

use crate::codebook::{Codebook, MatchMemory, Rule, RuleVoice};
use crate::coding::source_names::SourceNames;
use crate::coding::speakers::Speakers;
use crate::model::{Cue, Span, Voice};
use crate::text::{Sentence, Token, Vocabulary};

/// What cues are found with, the same for every sentence of a document.
#[derive(Clone, Copy)]
pub(super) struct Finder<'d> {
    pub(super) codebook: &'d Codebook,
    pub(super) tokens: &'d [Token],
    pub(super) vocabulary: &'d Vocabulary,
    pub(super) speakers: &'d Speakers<'d>,
}

/// What one worker keeps between sentences.
#[derive(Debug, Default)]
pub(super) struct CueMemory {
    matching: MatchMemory,
    sources: SourceNames,
    rules: Vec<usize>,
    ranges: Vec<Range<usize>>,
    cancelling: Vec<Range<usize>>,
}

impl Finder<'_> {
    /// Puts every cue of `sentence` into `cues`, those included that overlap others, in the order of the text.
    pub(super) fn find(&self, sentence: &Sentence, memory: &mut CueMemory, cues: &mut Vec<Cue>) {
        cues.clear();
        let tokens = &self.tokens[sentence.tokens.clone()];
        let matcher = &self.codebook.matcher;
        memory.rules.clear();
        memory.rules.extend_from_slice(matcher.enter(tokens, self.vocabulary, &mut memory.matching));
        for index in 0..memory.rules.len() {
            let rule = memory.rules[index];
            self.find_rule(rule, sentence, memory, cues);
        }
        cues.sort();
    }

    fn find_rule(&self, index: usize, sentence: &Sentence, memory: &mut CueMemory, cues: &mut Vec<Cue>) {
        let rule = &self.codebook.rules[index];
        let matcher = &self.codebook.matcher;
        let CueMemory { matching, sources, ranges, cancelling, .. } = memory;
        matcher.find(rule.pattern, matching, ranges);
        if ranges.is_empty() {
            return;
        }
        cancelling.clear();
        if let Some(unless) = rule.unless {
            matcher.find(unless, matching, cancelling);
        }
        for range in ranges.iter() {
            let in_document =
                |range: &Range<usize>| sentence.tokens.start + range.start..sentence.tokens.start + range.end;
            let place = in_document(range);
            if cancelling.iter().any(|other| self.cancels(&in_document(other), &place)) {
                continue;
            }
            let span = Span::new(self.tokens[place.start].span.start, self.tokens[place.end - 1].span.end);
            let cue = self.speakers.cue(index, rule, (span, place), sentence);
            if allows(rule, &cue.voice, self.codebook, sources) {
                cues.push(cue);
            }
        }
    }

    /// Whether a match of `unless` overlaps a cue or shares a clause with it.
    fn cancels(&self, unless: &Range<usize>, cue: &Range<usize>) -> bool {
        let overlaps = unless.start < cue.end && cue.start < unless.end;
        overlaps || self.speakers.share_a_clause(unless, cue)
    }
}

/// Whether a rule counts in this mouth.
fn allows(rule: &Rule, voice: &Voice, codebook: &Codebook, sources: &mut SourceNames) -> bool {
    let fits = match (rule.voice, voice) {
        (None, _) | (Some(RuleVoice::Own), Voice::Own) | (Some(RuleVoice::Attributed), Voice::Source(_)) => true,
        (Some(_), _) => false,
    };
    fits && match (rule.source, voice) {
        (None, _) => true,
        (Some(pattern), Voice::Source(Some(name))) => sources.matches(codebook, pattern, name),
        (Some(_), _) => false,
    }
}

/// The cues of one frame that count: of overlapping ones the longest. Of equally long ones the weightier rule's counts,
/// then the one that stands first, then the rule whose id sorts first; never the one that stands first in the codebook.
pub(super) fn longest(codebook: &Codebook, cues: &[Cue], frame: usize) -> Vec<Cue> {
    let mut ranked: Vec<&Cue> = cues.iter().filter(|cue| codebook.rules[cue.rule].frame == frame).collect();
    ranked.sort_by(|a, b| {
        let (rule_a, rule_b) = (&codebook.rules[a.rule], &codebook.rules[b.rule]);
        (Reverse(a.span.len()), Reverse(order(rule_a.weight)), a.span.start)
            .cmp(&(Reverse(b.span.len()), Reverse(order(rule_b.weight)), b.span.start))
            .then_with(|| rule_a.id.cmp(&rule_b.id))
    });
    let mut kept: Vec<Cue> = Vec::new();
    for cue in ranked {
        if !kept.iter().any(|other| other.span.overlaps(cue.span)) {
            kept.push(cue.clone());
        }
    }
    kept.sort_by_key(|cue| cue.span);
    kept
}

/// A finite weight as an integer that sorts like it.
fn order(weight: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "weights are checked to lie within 20 of 0")]
    let millionths = (weight * 1e6).round() as i64;
    millionths
}
