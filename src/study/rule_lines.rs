//! Matches of one rule, drawn at random and shown in their contexts, each with what became of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::coding::{CueMemory, DocumentReader, MatchFate, PatternMatch, probe_rule, read_sentences};
use crate::model::{CompareSettings, Document};
use crate::stats::Seed;
use crate::study::concordance::ConcordanceLine;

/// A match of a rule in its context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// Where it stands.
    pub line: ConcordanceLine,
    /// What became of it.
    pub fate: MatchFate,
    /// The words that cancel it, where the rule's `unless` does.
    pub cancelled_by: Option<String>,
}

/// How many matches of a rule there are, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FateCount {
    /// Cues of the frame.
    pub counts: u64,
    /// Those in whose place a longer cue of the frame counts.
    pub covered: u64,
    /// Those that `unless` cancels.
    pub cancelled: u64,
    /// Those in another mouth than the rule asks for.
    pub other_voice: u64,
}

/// Which matches are drawn, and how they are shown.
#[derive(Debug)]
pub struct RuleDraw<'s> {
    /// Whose rule it is.
    pub codebook: &'s Codebook,
    /// Its place in the codebook.
    pub rule: usize,
    /// How many matches are drawn.
    pub size: usize,
    /// The most characters of context on either side.
    pub width: usize,
    /// What the draw goes by.
    pub seed: Seed,
    /// What groups documents.
    pub settings: &'s CompareSettings,
}

/// The matches of a rule that are drawn from a corpus.
#[derive(Debug)]
pub struct RuleLines<'s> {
    draw: RuleDraw<'s>,
    lines: BTreeMap<Lot, RuleLine>,
    counts: BTreeMap<String, FateCount>,
}

/// What a match draws: the lowest are shown. It depends on the match's own place only, so that neither the order of files
/// nor other documents change who is drawn; the place itself breaks ties.
type Lot = (u64, String, usize, usize);

impl FateCount {
    fn add(&mut self, fate: &MatchFate) {
        let count = match fate {
            MatchFate::Counts => &mut self.counts,
            MatchFate::Covered => &mut self.covered,
            MatchFate::Cancelled(_) => &mut self.cancelled,
            MatchFate::OtherVoice => &mut self.other_voice,
        };
        *count += 1;
    }

    /// The sum of two.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            counts: self.counts + other.counts,
            covered: self.covered + other.covered,
            cancelled: self.cancelled + other.cancelled,
            other_voice: self.other_voice + other.other_voice,
        }
    }

    /// All of them.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.counts + self.covered + self.cancelled + self.other_voice
    }
}

impl<'s> RuleLines<'s> {
    /// None yet.
    #[must_use]
    pub const fn new(draw: RuleDraw<'s>) -> Self {
        Self { draw, lines: BTreeMap::new(), counts: BTreeMap::new() }
    }

    /// Adds what the rule matches in `documents`.
    pub fn add(&mut self, documents: &[Document]) {
        let draw = &self.draw;
        let found: Vec<Vec<RuleLine>> = documents
            .par_iter()
            .map_init(<(DocumentReader, CueMemory)>::default, |(reader, memory), document| {
                draw.lines_of(document, reader, memory)
            })
            .collect();
        for (document, lines) in documents.iter().zip(found) {
            let count = self.counts.entry(draw.settings.group(document).to_owned()).or_default();
            for line in lines {
                count.add(&line.fate);
                self.lines.insert(draw.lot(&line.line), line);
            }
            while self.lines.len() > draw.size {
                self.lines.pop_last();
            }
        }
    }

    /// The matches drawn, in the order of documents and places, and how many there are by group.
    #[must_use]
    pub fn into_lines(self) -> (Vec<RuleLine>, BTreeMap<String, FateCount>) {
        let mut lines: Vec<RuleLine> = self.lines.into_values().collect();
        lines.sort_by(|a, b| a.line.place().cmp(&b.line.place()));
        (lines, self.counts)
    }
}

impl RuleDraw<'_> {
    fn lines_of(&self, document: &Document, reader: &mut DocumentReader, memory: &mut CueMemory) -> Vec<RuleLine> {
        let (mut lines, content) = (Vec::new(), document.content());
        read_sentences(self.codebook, document, reader, |unit| {
            for found in probe_rule(unit, self.rule, memory) {
                let place = PatternMatch { sentence: unit.number(), span: found.span };
                let line = ConcordanceLine::new(document, place, self.width).of(self.settings.group(document));
                let cancelled_by = match &found.fate {
                    MatchFate::Cancelled(by) => Some(by.of(content).split_whitespace().collect::<Vec<_>>().join(" ")),
                    MatchFate::Counts | MatchFate::Covered | MatchFate::OtherVoice => None,
                };
                lines.push(RuleLine { line, fate: found.fate, cancelled_by });
            }
        });
        lines
    }

    fn lot(&self, line: &ConcordanceLine) -> Lot {
        let (document, sentence, start) = line.place();
        let rule = &self.codebook.rules[self.rule].id;
        let name = format!("check/{rule}/{document}/{sentence}/{start}");
        (self.seed.stream(&name).bits(), document.to_owned(), sentence, start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    const CODEBOOK: &str = "[[frame]]\nid = \"f\"\n[[rule]]\nid = \"long\"\nframe = \"f\"\nmatch = \"red tank*\"\n\
                            [[rule]]\nid = \"tank\"\nframe = \"f\"\nmatch = \"tank*\"\nunless = \"toy*\"\nvoice = \"own\"\n";

    fn drawn(documents: &[Document], size: usize) -> (Vec<RuleLine>, FateCount) {
        let (codebook, settings) = (parse(CODEBOOK, "codebook.toml").unwrap(), CompareSettings::default());
        let draw = RuleDraw { codebook: &codebook, rule: 1, size, width: 20, seed: Seed::new(1), settings: &settings };
        let mut lines = RuleLines::new(draw);
        lines.add(documents);
        let (lines, counts) = lines.into_lines();
        (lines, counts.into_values().next().unwrap_or_default())
    }

    #[test]
    fn every_match_says_what_became_of_it() {
        let text = "A tank came. Red tanks came. Toy tanks came. The tank was seen, and toys, too. \
                    \u{201c}The tanks are here,\u{201d} Pia Lund said.";
        let (lines, counts) = drawn(&[Document::new("1", "", text)], 9);
        let fates: Vec<_> =
            lines.iter().map(|it| (it.line.sentence, it.fate.as_str(), it.cancelled_by.as_deref())).collect();
        assert_eq!(
            fates,
            [
                (1, "counts", None),
                (2, "covered", None),
                (3, "cancelled", Some("Toy")),
                (4, "counts", None),
                (5, "voice", None)
            ]
        );
        assert_eq!(counts, FateCount { counts: 2, covered: 1, cancelled: 1, other_voice: 1 });
    }

    #[test]
    fn the_order_of_documents_changes_no_draw() {
        let mut documents: Vec<_> = (0..30).map(|n| Document::new(format!("{n}"), "", "A tank came.")).collect();
        let (lines, counts) = drawn(&documents, 5);
        assert_eq!((lines.len(), counts.all()), (5, 30));
        documents.reverse();
        assert_eq!(drawn(&documents, 5).0, lines);
    }
}
