//! The cues of one sentence: rules that match, are not cancelled, and are spoken by whom the rule asks for.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::codebook::{Codebook, Hit, MatchMemory, Rule, RuleVoice};
use crate::coding::source_names::SourceNames;
use crate::coding::speakers;
use crate::model::{Cue, Span, Voice};
use crate::text::{Sentence, Token, Vocabulary, Voices};

/// Tokens that rules are looked for in at once. Longer sentences, which no news has but texts without punctuation do, are
/// taken in pieces of so many: a rule finds what lies within one, and memory stays small whatever matches.
pub(super) const LONGEST: usize = 5_000;

/// What cues are found with, the same for every sentence of a document.
#[derive(Clone, Copy, Debug)]
pub struct CueFinder<'d> {
    /// Whose rules are looked for.
    pub codebook: &'d Codebook,
    /// Of the whole document.
    pub tokens: &'d [Token],
    /// Their forms.
    pub vocabulary: &'d Vocabulary,
    /// The document's text, spans of which cues are.
    pub content: &'d str,
    /// Who speaks where.
    pub voices: &'d Voices<'d>,
}

/// What one worker keeps between sentences.
#[derive(Debug, Default)]
pub struct CueMemory {
    pub(super) matching: MatchMemory,
    pub(super) sources: SourceNames,
    rules: Vec<usize>,
    pub(super) hits: Vec<Hit>,
    pub(super) cancelling: Vec<Hit>,
    words: Vec<usize>,
    /// Whether a rule was given up in the sentence looked at last.
    pub(super) gave_up: bool,
}

impl CueFinder<'_> {
    /// Puts every cue of `sentence` into `cues`, those included that overlap cues of other rules, in the order of the
    /// text.
    pub fn find(&self, sentence: &Sentence, memory: &mut CueMemory, cues: &mut Vec<Cue>) {
        cues.clear();
        memory.gave_up = false;
        let matcher = &self.codebook.matcher;
        for first in sentence.tokens.clone().step_by(LONGEST) {
            let piece = first..sentence.tokens.end.min(first + LONGEST);
            memory.rules.clear();
            let tokens = &self.tokens[piece.clone()];
            memory.rules.extend_from_slice(matcher.enter(tokens, self.vocabulary, &mut memory.matching));
            for index in 0..memory.rules.len() {
                let rule = memory.rules[index];
                self.find_rule(rule, &piece, memory, cues);
            }
            memory.gave_up |= memory.matching.gave_up();
        }
        // They came rule by rule, and the order of the codebook must not show.
        cues.sort();
    }

    fn find_rule(&self, index: usize, piece: &Range<usize>, memory: &mut CueMemory, cues: &mut Vec<Cue>) {
        let rule = &self.codebook.rules[index];
        let matcher = &self.codebook.matcher;
        let CueMemory { matching, sources, hits, cancelling, words, .. } = memory;
        matcher.find(rule.pattern, matching, hits);
        if hits.is_empty() {
            return;
        }
        cancelling.clear();
        if let Some(unless) = rule.unless {
            matcher.find(unless, matching, cancelling);
        }
        // The matcher counts from the piece's first token, the voices from the document's.
        let first = piece.start;
        if !cancelling.is_empty() {
            let reach = |hit: &Hit| self.reach(&(first + hit.tokens.start..first + hit.tokens.end), piece);
            let cancelled = Cancelled::new(cancelling.iter().map(reach));
            hits.retain(|hit| !cancelled.touches(&reach(hit)));
        }
        hits.sort_by_key(Hit::looseness);
        for hit in apart(hits.drain(..), |hit| hit.tokens.clone()) {
            matcher.matched_words(rule.pattern, &hit, matching, words);
            for word in words.iter_mut() {
                *word += first;
            }
            let cue = speakers::cue(self.voices, self.content, rule, index, &self.spans(words));
            if allows(rule, &cue.voice, self.codebook, sources) {
                cues.push(cue);
            }
        }
    }

    fn spans(&self, tokens: &[usize]) -> Vec<Span> {
        tokens.iter().map(|token| self.tokens[*token].span).collect()
    }

    /// The clauses that a run of tokens lies in, at least in part; where clauses are not known, all of the sentence, or
    /// of its piece. A match of `unless` cancels what its clauses touch.
    pub(super) fn reach(&self, run: &Range<usize>, piece: &Range<usize>) -> Range<usize> {
        if !self.voices.is_known() {
            return piece.clone();
        }
        let (first, last) = (self.voices.clause_of(run.start), self.voices.clause_of(run.end - 1));
        first.start.min(run.start)..last.end.max(run.end)
    }
}

/// Runs of tokens in which nothing counts, by start, each with the farthest end so far: asked for thousands of matches
/// in a text without sentences.
pub(super) struct Cancelled(Vec<(usize, usize)>);

impl Cancelled {
    pub(super) fn new(runs: impl Iterator<Item = Range<usize>>) -> Self {
        let mut runs: Vec<(usize, usize)> = runs.map(|run| (run.start, run.end)).collect();
        runs.sort_unstable();
        let mut farthest = 0;
        for (_, end) in &mut runs {
            // A long run may begin before a short one and end behind it: asked of the last run alone, "touches" would
            // miss it.
            farthest = farthest.max(*end);
            *end = farthest;
        }
        Self(runs)
    }

    pub(super) fn touches(&self, run: &Range<usize>) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < run.end);
        self.0[..before].last().is_some_and(|(_, end)| *end > run.start)
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
#[must_use]
pub fn longest_cues(codebook: &Codebook, cues: &[Cue], frame: usize) -> Vec<Cue> {
    let mut ranked: Vec<&Cue> = cues.iter().filter(|cue| codebook.rules[cue.rule].frame == frame).collect();
    ranked.sort_by(|a, b| {
        let (rule_a, rule_b) = (&codebook.rules[a.rule], &codebook.rules[b.rule]);
        (Reverse(a.span.len()), Reverse(order(rule_a.weight)), a.span.start)
            .cmp(&(Reverse(b.span.len()), Reverse(order(rule_b.weight)), b.span.start))
            .then_with(|| rule_a.id.cmp(&rule_b.id))
    });
    let mut kept = apart(ranked, |cue| cue.span.start..cue.span.end);
    kept.sort_by_key(|cue| cue.span);
    kept.into_iter().cloned().collect()
}

/// The items, in the order given, that overlap none kept before.
pub(super) fn apart<T>(ranked: impl IntoIterator<Item = T>, place: impl Fn(&T) -> Range<usize>) -> Vec<T> {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for item in ranked {
        let Range { start, end } = place(&item);
        // What is kept does not overlap, so of all that begins before this one's end only the last can reach into it.
        let is_free = taken.range(..end).next_back().is_none_or(|(_, last)| *last <= start);
        if is_free {
            taken.insert(start, end);
            kept.push(item);
        }
    }
    kept
}

/// A finite weight as an integer that sorts like it.
fn order(weight: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "weights are checked to lie within 20 of 0")]
    let millionths = (weight * 1e6).round() as i64;
    millionths
}
