//! Voices: who says it, and how that voice stands to it.
//!
//! [`VoiceReader::read`] finds the attributions of a document: a source, a verb of saying, and the words that are given as
//! the source's. [`Voices::voice_of`] then tells whose a span is, and [`Voices::stand_of`] whether that voice affirms
//! it. The method is a set of rules over closed word classes (the language's data files); see Krestel, Bergler & Witte
//! (2008), "Minding the Source", for the approach, and Newell et al. (2018), "An Attribution Relations Corpus for
//! Political News", for what counts as source, cue and content.
//!
//! Whose words are they? A clause or a quotation is the source's. An infinitive ("pledged to answer the build-up")
//! reports an act: the act is the source's, but a definite noun phrase inside it names what writer and reader already
//! know, so it is the outlet's word (definites are presupposed: Karttunen 1973). After a verb of intent ("plans to attack")
//! nobody spoke: the outlet tells what somebody is up to. The same holds of an object: what is
//! new ("demanded a written promise") is the source's, what is named ("denied the fearmongering") the outlet's.

mod contents;
mod functions;
mod groups;
mod labels;
mod names;
mod nouns;
mod people;
mod placing;
mod quotes;
mod reports;
mod sources;
mod stance;

use std::ops::Range;

use crate::model::{Mood, Span, Speech, VerbClass};
use crate::text::clauses::{clause_at, find_clauses};
use crate::text::language::{Class, Traits};
use crate::text::passage::{Passage, RoleTable};
use crate::text::voice::names::canonical_names;
use crate::text::voice::quotes::{Quotation, find_quotations, is_quoted};
use crate::text::voice::reports::{Report, reports_of};
use crate::text::{Language, Reading, Vocabulary};

pub use functions::Function;
pub use reports::Complement;
pub use stance::{Polarity, Stand};

/// Most words of a quotation that keeps its distance from a phrase rather than giving somebody's words.
const MOST_SCARE_WORDS: usize = 6;

/// How far back the speaker of a quotation is looked for, in tokens.
const FURTHEST_SPEAKER: usize = 60;

/// How many speakers inside one another are followed outwards. In broken text two may stand in each other's words, so
/// the way out need not end.
const MOST_NESTED: usize = 8;

/// Words that a document gives as somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Number in [`Reading::sentences`] of the sentence that names the source.
    pub sentence: usize,
    /// The source as written, with title and apposition; `None` where nobody is named ("it was alleged that").
    pub source: Option<Span>,
    /// The name the source has throughout the document: without title, a pronoun's antecedent where that is safe.
    pub name: Option<String>,
    /// The verb or noun of saying, with auxiliaries; or "according to", a colon or a dash. `None` for a quotation that
    /// only goes on.
    pub verb: Option<Span>,
    /// What the verb says of the reporter's belief.
    pub verb_class: VerbClass,
    /// Whether it was said at all.
    pub mood: Mood,
    /// Whether the words are quoted.
    pub kind: Speech,
    /// What they are grammatically.
    pub complement: Complement,
    /// The words, with their quotation marks; more than one span where "X said" is inserted. In order.
    pub content: Vec<Span>,
    /// How many other attributions' words it stands in.
    pub depth: usize,
}

impl Attribution {
    /// From the first to the last word of the content.
    #[must_use]
    pub fn hull(&self) -> Span {
        self.content.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
    }
}

/// Finds the voices of documents, one after the other. Kept between documents so that its memory is used again.
#[derive(Debug, Default)]
pub struct VoiceReader {
    table: RoleTable,
    roles: Vec<Traits>,
    quotations: Vec<Quotation>,
    clauses: Vec<usize>,
    reports: Vec<Report>,
    attributions: Vec<Attribution>,
    parts: Vec<Part>,
}

/// The voices of one document.
#[derive(Clone, Copy, Debug)]
pub struct Voices<'a> {
    /// `None` where the language is not supported.
    passage: Option<Passage<'a>>,
    quotations: &'a [Quotation],
    clauses: &'a [usize],
    attributions: &'a [Attribution],
    parts: &'a [Part],
}

/// A span of content with its attribution; in a list by start, also the furthest end so far.
#[derive(Clone, Copy, Debug)]
struct Part {
    span: Span,
    attribution: usize,
    furthest: usize,
}

impl VoiceReader {
    /// Analyses a document, of which `reading` are the sentences and tokens. `language` is `None` where it is not
    /// supported: then nothing is known of its voices.
    pub fn read<'a>(
        &'a mut self,
        content: &'a str,
        reading: &'a Reading,
        vocabulary: &'a Vocabulary,
        language: Option<&Language>,
    ) -> Voices<'a> {
        self.attributions.clear();
        self.parts.clear();
        self.clauses.clear();
        self.quotations.clear();
        let known = language.map(|language| (language.code, language.lexicon()));
        let passage = known.map(|(code, lexicon)| {
            self.table.update(vocabulary, lexicon, code);
            self.table.fill(content, reading, &mut self.roles);
            Passage { content, reading, vocabulary, lexicon, roles: &self.roles }
        });
        if let Some(passage) = &passage {
            find_quotations(passage, &mut self.quotations);
            find_clauses(passage, &mut self.clauses);
            self.reports.clear();
            for sentence in 0..reading.sentences.len() {
                reports_of(passage, &self.quotations, sentence, &mut self.reports);
            }
            extend_with_quotations(passage, &self.quotations, &mut self.reports);
            add_bare_quotations(passage, &self.quotations, &mut self.reports);
            let names = canonical_names(passage, &self.quotations, &self.reports);
            for (report, name) in self.reports.iter().zip(names) {
                self.attributions.push(attribution(passage, &self.quotations, report, name));
            }
            index_parts(&self.attributions, &mut self.parts);
            find_depths(&mut self.attributions, &self.parts);
        }
        Voices {
            passage,
            quotations: &self.quotations,
            clauses: &self.clauses,
            attributions: &self.attributions,
            parts: &self.parts,
        }
    }
}

impl<'a> Voices<'a> {
    /// What the document gives as somebody's words, in the order of the verbs.
    #[must_use]
    pub const fn attributions(&self) -> &'a [Attribution] {
        self.attributions
    }

    /// Whether voices are known at all; not so in a language that is not supported.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.passage.is_some()
    }

    /// The clause of a token, as a range of tokens; the token alone where the language is not supported.
    #[must_use]
    pub fn clause_of(&self, token: usize) -> Range<usize> {
        self.passage.map_or(token..token + 1, |passage| clause_at(self.clauses, passage.len(), token))
    }

    /// The innermost attribution whose source speaks `span`; `None` where the outlet itself does, or where voices are
    /// not known.
    #[must_use]
    pub fn voice_of(&self, span: Span) -> Option<&'a Attribution> {
        self.speaker_index(span).map(|index| &self.attributions[index])
    }

    /// The place of that attribution in [`Voices::attributions`].
    #[must_use]
    pub fn speaker_index(&self, span: Span) -> Option<usize> {
        self.speaker_of(span).0
    }

    /// The attribution that names who says "I", "we" or "you" where such a word is the source of `attribution`: the nearest
    /// around it that has another source. `attribution` itself where there is none.
    #[must_use]
    pub fn named_speaker(&self, attribution: &'a Attribution) -> &'a Attribution {
        let Some(passage) = &self.passage else { return attribution };
        let mut speaker = attribution;
        for _ in 0..MOST_NESTED {
            let Some(source) = speaker.source else { break };
            if !passage.is_participant(passage.token_at(source.start)) {
                return speaker;
            }
            let mut around = holding(self.parts, source.start).map(|part| &self.attributions[part.attribution]);
            let Some(outer) = around.find(|it| it.source.is_some_and(|outer| outer != source)) else { break };
            speaker = outer;
        }
        attribution
    }

    /// The attribution whose verb of denial `span` is, of those that name who denies.
    #[must_use]
    pub fn denial_at(&self, span: Span) -> Option<&'a Attribution> {
        let passage = self.passage.as_ref()?;
        let role = passage.role(passage.token_at(span.start));
        if !role.is_verb() && !role.is_noun() {
            return None;
        }
        self.reports_at(span).find(|attribution| {
            attribution.verb_class == VerbClass::Denying
                && attribution.source.is_some()
                && attribution.verb.is_some_and(|verb| verb.contains(span))
        })
    }

    /// Whether `span` is a noun of promising whose words are given: "guarantees that", "an assurance that".
    #[must_use]
    pub fn is_promise(&self, span: Span) -> bool {
        let Some(passage) = &self.passage else { return false };
        let noun = passage.lexicon.noun(passage.role(passage.token_at(span.start)));
        noun.is_some_and(|noun| noun.class(false) == VerbClass::Promising) && self.is_report(span)
    }

    /// Whether `span` lies in the name of a source or in its verb.
    #[must_use]
    pub fn is_report(&self, span: Span) -> bool {
        let holds = |part: Option<Span>| part.is_some_and(|part| part.contains(span));
        self.reports_at(span).any(|attribution| holds(attribution.source) || holds(attribution.verb))
    }

    /// The attributions made in the sentence of `span`.
    fn reports_at(&self, span: Span) -> impl Iterator<Item = &'a Attribution> {
        let sentence = self.passage.map_or(0, |passage| passage.sentence_number(passage.token_at(span.start)));
        let first = self.attributions.partition_point(|attribution| attribution.sentence < sentence);
        self.attributions[first..].iter().take_while(move |attribution| attribution.sentence == sentence)
    }
}

fn index_parts(attributions: &[Attribution], parts: &mut Vec<Part>) {
    for (attribution, it) in attributions.iter().enumerate() {
        parts.extend(it.content.iter().map(|span| Part { span: *span, attribution, furthest: 0 }));
    }
    parts.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end), part.attribution));
    let mut furthest = 0;
    for part in parts {
        furthest = furthest.max(part.span.end);
        part.furthest = furthest;
    }
}

fn find_depths(attributions: &mut [Attribution], parts: &[Part]) {
    for (index, attribution) in attributions.iter_mut().enumerate() {
        let Some(verb) = attribution.verb else { continue };
        attribution.depth = holding(parts, verb.start).filter(|part| part.attribution != index).count();
    }
}

/// The parts that hold byte `at`, innermost first.
fn holding(parts: &[Part], at: usize) -> impl Iterator<Item = Part> {
    let after = parts.partition_point(|part| part.span.start <= at);
    parts[..after]
        .iter()
        .rev()
        .take_while(move |part| part.furthest > at)
        .filter(move |part| part.span.end > at)
        .copied()
}

fn attribution(passage: &Passage, quotations: &[Quotation], report: &Report, name: Option<String>) -> Attribution {
    Attribution {
        sentence: report.sentence,
        source: report.source.as_ref().map(|source| passage.span(source)),
        name,
        verb: report.cue.as_ref().map(|cue| passage.span(cue)),
        verb_class: report.class,
        mood: report.mood,
        kind: kind_of(quotations, &report.contents),
        complement: report.complement,
        content: report.contents.iter().map(|tokens| passage.span(tokens)).collect(),
        depth: 0,
    }
}

/// Whether quotations cover all of the words, some or none.
fn kind_of(quotations: &[Quotation], contents: &[Range<usize>]) -> Speech {
    let (mut quoted, mut all) = (false, true);
    for content in contents {
        let first = quotations.partition_point(|quotation| quotation.tokens.start < content.start);
        let mut end = content.start;
        for quotation in quotations[first..].iter().take_while(|quotation| quotation.tokens.start < content.end) {
            quoted = true;
            all &= quotation.tokens.start <= end;
            end = end.max(quotation.tokens.end);
        }
        all &= end >= content.end;
    }
    match (quoted, all) {
        (true, true) => Speech::Direct,
        (true, false) => Speech::Mixed,
        _ => Speech::Indirect,
    }
}

/// Gives each quotation that nobody is named for to the speaker before it: in the same paragraph after quoted words,
/// or as a paragraph of its own after such a paragraph.
fn extend_with_quotations(passage: &Passage, quotations: &[Quotation], reports: &mut [Report]) {
    let mut contents: Vec<Range<usize>> = reports.iter().flat_map(|report| report.contents.iter().cloned()).collect();
    contents.sort_by_key(|content| content.start);
    let (mut covered, mut seen, mut next) = (0, 0, 0);
    let mut last: Option<usize> = None;
    for quotation in quotations.iter().filter(|quotation| !quotation.nested) {
        let at = quotation.tokens.start;
        while let Some(content) = contents.get(seen).filter(|content| content.start <= at) {
            covered = covered.max(content.end);
            seen += 1;
        }
        while let Some(report) = reports.get(next).filter(|report| report.cue.as_ref().is_none_or(|cue| cue.start < at))
        {
            if report.complement == Complement::Clause && report.contents.iter().any(|it| is_quoted(quotations, it)) {
                last = Some(next);
            }
            next += 1;
        }
        let starts_sentence = passage.sentence_of(at).is_some_and(|sentence| sentence.tokens.start == at);
        let Some(speaker) = last.filter(|_| at >= covered && starts_sentence) else { continue };
        let end = reports[speaker].contents.last().map_or(0, |content| content.end);
        let end = reports[speaker].cue.as_ref().map_or(end, |cue| cue.end).max(end);
        if end <= at && goes_on(passage, quotation, end) {
            reports[speaker].contents.push(quotation.tokens.clone());
            covered = quotation.tokens.end;
        }
    }
}

/// Whether a quotation goes on from words that ended before token `end`: in the same paragraph, or as the whole of the
/// next.
fn goes_on(passage: &Passage, quotation: &Quotation, end: usize) -> bool {
    let at = quotation.tokens.start;
    if at - end > FURTHEST_SPEAKER {
        return false;
    }
    let breaks = (end..=at).filter(|&token| passage.is(token, Class::Paragraph)).count();
    let after = quotation.tokens.end;
    let alone = !is_heading(passage, quotation)
        && passage.is(at, Class::Paragraph)
        && (after >= passage.len() || passage.is(after, Class::Paragraph));
    breaks == 0 || breaks == 1 && alone
}

/// Whether a quotation looks like a heading: a few words, the last of which has a capital.
fn is_heading(passage: &Passage, quotation: &Quotation) -> bool {
    let mut words = quotation.tokens.clone().rev().filter(|&token| passage.is_word(token));
    let capital = words.next().is_some_and(|last| passage.is(last, Class::Capital));
    capital && words.count() < MOST_SCARE_WORDS
}

/// A quotation of a sentence's length that nobody is named for is somebody's all the same, only nobody knows whose.
fn add_bare_quotations(passage: &Passage, quotations: &[Quotation], reports: &mut Vec<Report>) {
    let mut contents: Vec<Range<usize>> = reports.iter().flat_map(|report| report.contents.iter().cloned()).collect();
    contents.sort_by_key(|content| content.start);
    let (mut covered, mut seen) = (0, 0);
    for quotation in quotations.iter().filter(|quotation| !quotation.nested && quotation.is_closed()) {
        let tokens = &quotation.tokens;
        while let Some(content) = contents.get(seen).filter(|content| content.start < tokens.end) {
            covered = covered.max(content.end);
            seen += 1;
        }
        let words = tokens.clone().filter(|&token| passage.is_word(token)).count();
        if covered > tokens.start || words <= MOST_SCARE_WORDS {
            continue;
        }
        reports.push(Report {
            sentence: passage.sentence_number(tokens.start),
            source: None,
            cue: None,
            class: VerbClass::Neutral,
            mood: Mood::Asserted,
            complement: Complement::Clause,
            contents: vec![tokens.clone()],
        });
    }
    reports.sort_by_key(|report| report.sentence);
}
