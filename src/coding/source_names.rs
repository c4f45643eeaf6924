//! Names of sources held against patterns: a rule's `source`, and the codebook's groups of sources.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::codebook::{Codebook, Hit, MatchMemory};
use crate::model::Span;
use crate::text::{Token, Vocabulary, is_preposition, token_spans};

/// Matches names against patterns; keeps its memory between names.
#[derive(Debug, Default)]
pub(super) struct SourceNames {
    // Both its own: what the memory knows of word forms goes by their numbers, and the document's vocabulary gives
    // the same numbers to other words.
    vocabulary: Vocabulary,
    tokens: Vec<Token>,
    memory: MatchMemory,
    hits: Vec<Hit>,
    /// By name: its group. The same few speak in most documents.
    groups: FxHashMap<Box<str>, Option<usize>>,
}

/// Names whose group is kept.
const MOST_NAMES: usize = 50_000;

impl SourceNames {
    /// Whether pattern number `pattern` matches anywhere in `name`.
    pub(super) fn matches(&mut self, codebook: &Codebook, pattern: usize, name: &str) -> bool {
        self.enter(codebook, name);
        codebook.matcher.find(pattern, &mut self.memory, &mut self.hits);
        !self.hits.is_empty()
    }

    /// The group of sources that `name` belongs to: the one that matches before the first preposition, else before the next
    /// ("U.S. Embassy in Kyiv" is of Washington); there the one that matches the longest stretch; of equal ones the group whose
    /// id sorts first.
    pub(super) fn group_of(&mut self, codebook: &Codebook, name: &str) -> Option<usize> {
        if let Some(known) = self.groups.get(name) {
            return *known;
        }
        let group = self.find_group(codebook, name);
        if self.groups.len() >= MOST_NAMES {
            self.groups.clear();
        }
        self.groups.insert(name.into(), group);
        group
    }

    fn find_group(&mut self, codebook: &Codebook, name: &str) -> Option<usize> {
        self.enter(codebook, name);
        let mut best: Option<(usize, Reverse<usize>, usize)> = None;
        for (index, group) in codebook.sources.iter().enumerate() {
            codebook.matcher.find(group.pattern, &mut self.memory, &mut self.hits);
            // The longest stretch: "Russian opposition leader" is in a group for the opposition rather than in one
            // for `russian`.
            let found = self.hits.iter().map(|hit| {
                let [first, last] = [hit.tokens.start, hit.tokens.end - 1].map(|at| self.tokens[at].span);
                (prepositions(&name[..first.start]), Reverse(last.end - first.start), index)
            });
            best = best.into_iter().chain(found).min();
        }
        best.map(|(_, _, index)| index)
    }

    fn enter(&mut self, codebook: &Codebook, name: &str) {
        if self.vocabulary.is_full() {
            self.vocabulary.clear();
        }
        self.tokens.clear();
        for (span, kind) in token_spans(name, Span::new(0, name.len())) {
            self.tokens.push(Token { span, word: self.vocabulary.id(span.of(name)), kind });
        }
        codebook.matcher.enter(&self.tokens, &self.vocabulary, &mut self.memory);
    }
}

/// Prepositions in the beginning of a name.
fn prepositions(beginning: &str) -> usize {
    beginning.split_whitespace().filter(|word| is_preposition(word)).count()
}
