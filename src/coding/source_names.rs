//! Whether the name of a source matches a rule's `source`.

use crate::codebook::{Codebook, MatchMemory};
use crate::model::Span;
use crate::text::{Token, Vocabulary, token_spans};

/// Matches names against patterns; keeps its memory between names.
#[derive(Debug, Default)]
pub(super) struct SourceNames {
    vocabulary: Vocabulary,
    tokens: Vec<Token>,
    memory: MatchMemory,
}

impl SourceNames {
    /// Whether pattern number `pattern` matches anywhere in `name`.
    pub(super) fn matches(&mut self, codebook: &Codebook, pattern: usize, name: &str) -> bool {
        if self.vocabulary.is_full() {
            self.vocabulary.clear();
        }
        self.tokens.clear();
        for (span, kind) in token_spans(name, Span::new(0, name.len())) {
            self.tokens.push(Token { span, word: self.vocabulary.id(span.of(name)), kind });
        }
        codebook.matcher.enter(&self.tokens, &self.vocabulary, &mut self.memory);
        let mut found = Vec::new();
        codebook.matcher.find(pattern, &mut self.memory, &mut found);
        !found.is_empty()
    }
}
