//! A rule's `hits` and `misses`, tried.

use crate::codebook::{Codebook, Rule};
use crate::coding::{DocumentReader, code};
use crate::model::Document;

/// An example that does not come out as the codebook says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// Id of the rule.
    pub rule: String,
    /// What the codebook expects.
    pub expected: Expectation,
    /// The sentence.
    pub example: String,
    /// For a miss, the words that the rule matched.
    pub matched: Option<String>,
}

/// What an example is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The rule must match somewhere in it.
    Hit,
    /// The rule must match nowhere in it.
    Miss,
}

/// Every example that fails, in the order of the codebook. Each is coded as a document of its own, by the whole
/// codebook; the rule must have matched (or not), whether or not a longer cue of the same frame covers the match.
#[must_use]
pub fn failing_examples(codebook: &Codebook) -> Vec<ExampleFailure> {
    let mut reader = DocumentReader::default();
    let mut failures = Vec::new();
    for (index, rule) in codebook.rules.iter().enumerate() {
        for (expected, example) in examples(rule) {
            let document = Document::new(rule.id.as_str(), "", example);
            let result = code(codebook, &document, &mut reader);
            let span = result.matches.iter().find(|found| found.rule == index).map(|found| found.span);
            if span.is_some() != (expected == Expectation::Hit) {
                failures.push(ExampleFailure {
                    rule: rule.id.clone(),
                    expected,
                    example: example.to_owned(),
                    matched: span.map(|span| span.of(document.content()).to_owned()),
                });
            }
        }
    }
    failures
}

fn examples(rule: &Rule) -> impl Iterator<Item = (Expectation, &str)> {
    let hits = rule.hits.iter().map(|hit| (Expectation::Hit, hit.as_str()));
    hits.chain(rule.misses.iter().map(|miss| (Expectation::Miss, miss.as_str())))
}
