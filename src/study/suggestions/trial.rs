//! Suggestions as rules, tried on the corpus: what each would match that no rule of the frame matches.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::codebook::{Codebook, TomlError, parse, written_rule};
use crate::coding::{DocumentReader, read_sentences};
use crate::model::{CompareSettings, Document};
use crate::stats::learning::LearningError;
use crate::stats::{Interval, jeffreys};
use crate::study::suggestions::LEAST_CARRIERS;
use crate::study::suggestions::alikeness::{Alikeness, alikeness};
use crate::study::suggestions::candidates::{Carriers, PatternCandidate, candidates};
use crate::study::suggestions::choice::choose;
use crate::study::suggestions::sentences::{CodedVerdict, FrameSentences, Standing, WordedCorpus, WordedSentence};

/// Sentences shown of a suggestion: those that read most like the frame's, and those that read least like them.
const SHOWN: [usize; 2] = [3, 2];

/// The most characters of a sentence that is to be an example of a rule.
const LONGEST_EXAMPLE: usize = 400;

/// A sentence that a suggestion would add to the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedHit {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence; 0 is the title.
    pub sentence: usize,
    /// What the document is compared as.
    pub group: String,
    /// The sentence, white space made single blanks.
    pub text: String,
    /// Whether it reads like the sentences that rules match, or people say that it carries the frame.
    pub is_alike: bool,
    margin: f64,
    coded: Option<CodedVerdict>,
}

/// How many of a suggestion's sentences are right, by the codings among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SuggestionPrecision {
    /// Coded sentences among those that no rule matches and the suggestion does.
    pub codings: u64,
    /// Share of them with the frame, by one over the probability that they were drawn with.
    pub share: f64,
    /// Its 95 % interval: Jeffreys' on as many codings of equal weight as they are worth (Kish), sentences of one document
    /// taken for independent.
    pub interval: Interval,
}

/// A rule that a frame may lack.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSuggestion {
    /// An id that no rule of the codebook has.
    pub id: String,
    /// What it matches.
    pub pattern: String,
    /// Sentences that it matches and a rule does, too.
    pub matched: u64,
    /// Sentences that it matches and no rule does.
    pub new: u64,
    /// Of these, those that no suggestion before it matches.
    pub adds: u64,
    /// Of the new ones, those that read like sentences which rules match, or that people gave the frame.
    pub alike: u64,
    /// Documents and groups with a new one.
    pub documents: u64,
    /// Groups with a new one.
    pub groups: u64,
    /// How many are right; `None` where none of them was coded.
    pub precision: Option<SuggestionPrecision>,
    /// Examples for approval: what reads most like the frame first, one of a document.
    pub hits: Vec<JudgedHit>,
    /// What reads least like it: what an `unless` would have to keep out.
    pub doubtful: Vec<JudgedHit>,
}

/// Sentences of a document that no rule matches, by number.
type OpenSentences = BTreeMap<usize, JudgedSentence>;

/// What is known of such a sentence.
#[derive(Clone, Copy, Debug)]
struct JudgedSentence {
    alikeness: Alikeness,
    coded: Option<CodedVerdict>,
}

/// Suggestions that are tried on a corpus.
#[derive(Debug)]
pub struct SuggestionTrial<'s> {
    settings: &'s CompareSettings,
    /// The suggestions as a codebook of their own.
    rules: Option<Codebook>,
    /// In the same order, how many sentences that a rule matches have it as well.
    matched: Vec<u64>,
    /// Sentences that no rule matches, by document and number.
    open: BTreeMap<String, OpenSentences>,
    /// By suggestion, what it matches among them.
    hits: Vec<Vec<JudgedHit>>,
}

/// Why no suggestion can be made.
#[derive(Debug, thiserror::Error)]
pub enum SuggestionError {
    /// A suggestion is no pattern, which is a bug.
    #[error(transparent)]
    Pattern(#[from] TomlError),
    /// A learner failed.
    #[error(transparent)]
    Learning(#[from] LearningError),
}

impl<'s> SuggestionTrial<'s> {
    /// At most `size` suggestions made from `sentences`, for the codebook that these were read with.
    ///
    /// # Errors
    /// When a learner fails.
    pub fn new(
        sentences: FrameSentences,
        codebook: &Codebook,
        settings: &'s CompareSettings,
        size: usize,
    ) -> Result<Self, SuggestionError> {
        let is_enough = sentences.carriers() >= LEAST_CARRIERS as u64;
        let corpus = sentences.into_corpus();
        let alike = alikeness(&corpus)?;
        let candidates = candidates(&corpus, &alike, codebook);
        let chosen = choose(&candidates, &alike, if is_enough { size } else { 0 });
        let matched = chosen.iter().map(|it| candidates.get(it).map_or(0, |it: &Carriers| it.matched)).collect();
        let hits = chosen.iter().map(|_| Vec::new()).collect();
        let rules = as_codebook(&chosen, &corpus, codebook)?;
        Ok(Self { settings, rules, matched, open: open(corpus.sentences, alike), hits })
    }

    /// Adds what the suggestions match in `documents`, which must be of the same corpus.
    pub fn add(&mut self, documents: &[Document]) {
        let Some(rules) = &self.rules else { return };
        let (open, settings) = (&self.open, self.settings);
        let found: Vec<Vec<(usize, JudgedHit)>> = documents
            .par_iter()
            .map_init(DocumentReader::default, |reader, document| {
                open.get(&document.id).map_or_else(Vec::new, |open| hits_in(document, open, rules, settings, reader))
            })
            .collect();
        for (rule, hit) in found.into_iter().flatten() {
            self.hits[rule].push(hit);
        }
    }

    /// The suggestions, the one that adds most first.
    #[must_use]
    pub fn into_suggestions(self) -> Vec<RuleSuggestion> {
        let Some(rules) = self.rules else { return Vec::new() };
        let mut covered = BTreeSet::new();
        let mut suggestions = Vec::new();
        for ((rule, hits), matched) in rules.rules.into_iter().zip(self.hits).zip(self.matched) {
            let before = covered.len();
            covered.extend(hits.iter().map(|hit| (hit.document.clone(), hit.sentence)));
            let adds = (covered.len() - before) as u64;
            suggestions.push(RuleSuggestion {
                matched,
                adds,
                ..RuleSuggestion::of(rule.id, rule.written.matches, hits)
            });
        }
        suggestions
    }
}

impl RuleSuggestion {
    /// The rule as a codebook has it, with its examples to approve.
    #[must_use]
    pub fn rule(&self, frame: &str) -> String {
        let hits: Vec<&str> = self.hits.iter().map(|hit| &hit.text[..]).collect();
        written_rule(&self.id, frame, &self.pattern, &hits)
    }

    /// What the sentences that it matches, and no rule does, say of it; not in it is what other suggestions say.
    fn of(id: String, pattern: String, mut hits: Vec<JudgedHit>) -> Self {
        hits.sort_by(JudgedHit::by_approval);
        let distinct = |of: fn(&JudgedHit) -> &str| hits.iter().map(of).collect::<BTreeSet<_>>().len() as u64;
        Self {
            id,
            pattern,
            matched: 0,
            new: hits.len() as u64,
            adds: 0,
            alike: hits.iter().filter(|hit| hit.is_alike).count() as u64,
            documents: distinct(|hit| &hit.document),
            groups: distinct(|hit| &hit.group),
            precision: SuggestionPrecision::of(&hits),
            doubtful: shown(hits.iter().rev().filter(|hit| !hit.is_alike), SHOWN[1]),
            hits: shown(hits.iter().filter(|hit| hit.is_alike), SHOWN[0]),
        }
    }
}

impl JudgedHit {
    /// Those that people gave the frame first and those that they did not last, the others by how much they read like it; ties
    /// by place.
    fn by_approval(a: &Self, b: &Self) -> Ordering {
        let doubt = |hit: &Self| hit.coded.map_or(1, |it| if it.is_present { 0 } else { 2 });
        let by_margin = b.margin.total_cmp(&a.margin);
        let by_place = (&a.document, a.sentence).cmp(&(&b.document, b.sentence));
        doubt(a).cmp(&doubt(b)).then(by_margin).then(by_place)
    }
}

impl SuggestionPrecision {
    fn of(hits: &[JudgedHit]) -> Option<Self> {
        let coded: Vec<CodedVerdict> = hits.iter().filter_map(|hit| hit.coded).collect();
        let weight: f64 = coded.iter().map(|it| it.weight).sum();
        let squares: f64 = coded.iter().map(|it| it.weight * it.weight).sum();
        let present: f64 = coded.iter().filter(|it| it.is_present).map(|it| it.weight).sum();
        (weight > 0.0).then(|| {
            let share = present / weight;
            let interval = jeffreys(share, weight * weight / squares, 0.05);
            Self { codings: coded.len() as u64, share, interval }
        })
    }
}

/// The first `size` that can be read at a glance, one of a document.
fn shown<'h>(hits: impl Iterator<Item = &'h JudgedHit>, size: usize) -> Vec<JudgedHit> {
    let mut documents = BTreeSet::new();
    hits.filter(|hit| hit.text.chars().count() <= LONGEST_EXAMPLE)
        .filter(|hit| documents.insert(&hit.document))
        .take(size)
        .cloned()
        .collect()
}

/// The sentences that no rule matches, by document and number.
fn open(sentences: Vec<WordedSentence>, alike: Vec<Alikeness>) -> BTreeMap<String, OpenSentences> {
    let mut open: BTreeMap<String, OpenSentences> = BTreeMap::new();
    for (sentence, alikeness) in sentences.into_iter().zip(alike) {
        if sentence.standing == Standing::Open {
            let judged = JudgedSentence { alikeness, coded: sentence.coded };
            open.entry(sentence.document).or_default().insert(sentence.number, judged);
        }
    }
    open
}

/// What the suggestions match among the open sentences of a document.
fn hits_in(
    document: &Document,
    open: &OpenSentences,
    rules: &Codebook,
    settings: &CompareSettings,
    reader: &mut DocumentReader,
) -> Vec<(usize, JudgedHit)> {
    let mut found = Vec::new();
    read_sentences(rules, document, reader, |unit| {
        let Some(judged) = open.get(&unit.number()) else { return };
        let matching: BTreeSet<usize> = unit.cues.iter().map(|cue| cue.rule).collect();
        found.extend(matching.into_iter().map(|rule| {
            let hit = JudgedHit {
                document: document.id.clone(),
                sentence: unit.number(),
                group: settings.group(document).to_owned(),
                text: unit.written().split_whitespace().collect::<Vec<_>>().join(" "),
                is_alike: judged.alikeness.is_alike,
                margin: judged.alikeness.margin,
                coded: judged.coded,
            };
            (rule, hit)
        }));
    });
    found
}

/// The candidates as rules of a codebook of their own, with ids that `codebook` does not have; `None` of none.
fn as_codebook(
    chosen: &[PatternCandidate],
    corpus: &WordedCorpus,
    codebook: &Codebook,
) -> Result<Option<Codebook>, TomlError> {
    if chosen.is_empty() {
        return Ok(None);
    }
    let mut taken: BTreeSet<String> = codebook.rules.iter().map(|rule| rule.id.clone()).collect();
    let mut text = format!("language = \"{}\"\n[[frame]]\nid = \"suggested\"\n", codebook.language);
    for candidate in chosen {
        let pattern = candidate.pattern(corpus);
        let id = free_id(&pattern, &taken);
        text += &written_rule(&id, "suggested", &pattern, &[]);
        taken.insert(id);
    }
    parse(&text, "suggestions").map(Some)
}

/// A name for a pattern: its words, and a number where a rule has that name.
fn free_id(pattern: &str, taken: &BTreeSet<String>) -> String {
    let words: Vec<&str> = pattern.split(' ').filter(|word| !word.starts_with("NEAR/")).collect();
    let name = words.join("-");
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coding::failing_examples;
    use crate::learning::CodedSentence;

    const CODEBOOK: &str = "[[frame]]\nid = \"f\"\n[[rule]]\nid = \"mass\"\nframe = \"f\"\nmatch = \"mass* NEAR/4 tank*\"\n\
                            unless = \"toy*\"\n";

    /// A corpus in which tanks that mass are the frame, tanks that gather are missed, and the rest is of the weather. No verb is
    /// written twice, so that the learner tells by the other words alone.
    fn corpus() -> Vec<Document> {
        let about = ["north", "south", "east", "west", "river"];
        let document = |number: usize| {
            let place = about[number % 5];
            let verb = if number.is_multiple_of(3) { "gather" } else { "mass" }.to_owned() + &letters(number);
            let frame = format!("Many tanks {verb} near the {place} with heavy guns.");
            let other = format!("Rain fell softly over the {place} on a day in May. Toy tanks mass in {place} shops.");
            let mut document = Document::new(format!("d{number:02}"), "", &format!("{frame} {other}"));
            document.outlet = ["Alfa", "Beta"][number % 2].to_owned();
            document
        };
        (0..60).map(document).collect()
    }

    /// A word that no other number has, so that no two sentences are copies of one text.
    fn letters(number: usize) -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }

    fn suggested(documents: &[Document], coded: &[CodedSentence]) -> Vec<RuleSuggestion> {
        let (codebook, settings) = (parse(CODEBOOK, "codebook.toml").unwrap(), CompareSettings::default());
        let mut sentences = FrameSentences::new(0, coded);
        sentences.add(&codebook, documents);
        let mut trial = SuggestionTrial::new(sentences, &codebook, &settings, 5).unwrap();
        trial.add(documents);
        trial.into_suggestions()
    }

    fn coded(document: &str, present: bool, weight: f64) -> CodedSentence {
        CodedSentence { document: document.to_owned(), sentence: 1, present, weight }
    }

    #[test]
    fn what_stands_in_sentences_that_read_like_matched_ones_is_suggested() {
        let mut documents = corpus();
        let found = suggested(&documents, &[]);
        assert!(!found.is_empty());
        for it in &found {
            assert!(it.hits.iter().all(|hit| hit.text.contains("gather")), "{it:?}");
            assert!(it.alike <= it.new && it.adds <= it.new && it.precision.is_none(), "{it:?}");
            assert!(it.hits.iter().chain(&it.doubtful).all(|hit| !hit.text.contains("Toy")), "set aside: {it:?}");
        }
        documents.reverse();
        assert_eq!(suggested(&documents, &[]), found, "the order of documents");
    }

    #[test]
    fn precision_is_that_of_the_codings_among_the_new_sentences() {
        let codings =
            [coded("d00", true, 2.0), coded("d03", true, 1.0), coded("d06", false, 1.0), coded("d01", true, 1.0)];
        let found = suggested(&corpus(), &codings);
        let precision = found[0].precision.unwrap();
        // Three of them are of sentences that no rule matches; weights of 2, 1 and 1 are worth 16/6 equal ones.
        assert_eq!(precision.codings, 3, "{found:?}");
        assert!((precision.share - 0.75).abs() < 1e-12, "{precision:?}");
        assert_eq!(precision.interval, jeffreys(0.75, 16.0 / 6.0, 0.05));
        assert!(found[0].doubtful.iter().any(|hit| hit.document == "d06"), "coders say no: {found:?}");
    }

    #[test]
    fn a_suggestion_is_a_rule_that_its_examples_pass() {
        for it in suggested(&corpus(), &[]) {
            let text = format!("[[frame]]\nid = \"f\"\n{}", it.rule("f"));
            let codebook = parse(&text, "new.toml").unwrap();
            assert_eq!(codebook.rules[0].hits.len(), it.hits.len());
            assert_eq!(failing_examples(&codebook), [], "{text}");
        }
    }

    #[test]
    fn ids_are_free() {
        let taken = ["near-war".to_owned(), "near-war-2".to_owned()].into_iter().collect();
        assert_eq!(free_id("near NEAR/6 war", &taken), "near-war-3");
        assert_eq!(free_id("calm", &taken), "calm");
    }
}
