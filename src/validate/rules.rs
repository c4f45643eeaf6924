//! What each rule finds in a corpus, alone and beside the others: coverage, overlap and conflict, as for labelling
//! functions in Ratner et al. (2017), "Snorkel: rapid training data creation with weak supervision".

use crate::codebook::Codebook;
use crate::model::{CodedDocument, RuleMatch};

/// Integer counts by rule, so that the order of documents does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTable {
    /// In the codebook's order.
    pub rules: Vec<RuleFindings>,
}

/// What one rule found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleFindings {
    /// Matches, those covered by a longer cue of the frame included.
    pub matches: u64,
    /// Documents with a match.
    pub documents: u64,
    /// Matches that share no word with a match of another rule of the same frame: what only this rule found.
    pub alone: u64,
    /// Matches in a sentence that another rule of the same frame matches too.
    pub overlaps: u64,
    /// Matches that share a word with a match of a rule of another frame, or of the same frame and another stance.
    pub conflicts: u64,
}

impl RuleTable {
    /// A table in which no rule has found anything yet.
    #[must_use]
    pub fn new(codebook: &Codebook) -> Self {
        Self { rules: vec![RuleFindings::default(); codebook.rules.len()] }
    }

    /// Adds the matches of one document.
    pub fn add(&mut self, codebook: &Codebook, coded: &CodedDocument) {
        for sentence in coded.matches.chunk_by(|a, b| a.sentence == b.sentence) {
            for found in sentence {
                self.add_match(codebook, *found, sentence);
            }
        }
        let mut rules: Vec<usize> = coded.matches.iter().map(|found| found.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            self.rules[rule].documents += 1;
        }
    }

    fn add_match(&mut self, codebook: &Codebook, found: RuleMatch, sentence: &[RuleMatch]) {
        let rule = &codebook.rules[found.rule];
        let (mut is_alone, mut overlaps, mut conflicts) = (true, false, false);
        for other in sentence.iter().filter(|other| other.rule != found.rule) {
            let other_rule = &codebook.rules[other.rule];
            let (same_frame, touches) = (other_rule.frame == rule.frame, other.span.overlaps(found.span));
            is_alone &= !(same_frame && touches);
            overlaps |= same_frame;
            conflicts |= touches && (!same_frame || other_rule.stance != rule.stance);
        }
        let findings = &mut self.rules[found.rule];
        findings.matches += 1;
        findings.alone += u64::from(is_alone);
        findings.overlaps += u64::from(overlaps);
        findings.conflicts += u64::from(conflicts);
    }
}
