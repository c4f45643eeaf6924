//! An attribution, its words as parts of the text, and which of them hold a place.

use std::ops::Range;

use crate::model::{Mood, Span, Speech, VerbClass};
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::candidate::Complement;
use crate::text::voice::quotes::Quotation;
use crate::text::voice::reports::SpeechReport;
use crate::text::voice::rules::VoiceRule;

/// Words that a document gives as somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributedWords {
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
    /// Whether it is a claim that the clause around it says to be false: "the claim that it rained is baseless".
    pub is_judged: bool,
    /// The words, with their quotation marks; more than one span where "X said" is inserted. In order.
    pub content: Vec<Span>,
    /// The rule that found it.
    pub rule: VoiceRule,
    /// How many other attributions' words it stands in.
    pub depth: usize,
}

impl AttributedWords {
    /// From the first to the last word of the content.
    #[must_use]
    pub fn hull(&self) -> Span {
        self.content.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
    }

    /// Whether a word of its verb belongs to `class`, in whichever sentence the verb stands.
    pub(in crate::text) fn verb_is(&self, passage: &Passage, class: Class) -> bool {
        let whole = passage.whole();
        self.verb.is_some_and(|verb| whole.tokens_of(verb).any(|at| whole.is(at, class)))
    }
}

/// A span of content with its attribution; in a list by start, also the furthest end so far.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Part {
    pub(in crate::text) span: Span,
    pub(in crate::text) attribution: usize,
    furthest: usize,
}

/// The attribution that a report makes, its source known as `name`.
pub(in crate::text) fn attribution(
    passage: &Passage,
    quotations: &[Quotation],
    report: &SpeechReport,
    name: Option<String>,
) -> AttributedWords {
    AttributedWords {
        sentence: report.sentence,
        source: report.source.as_ref().map(|source| passage.span(source)),
        name,
        verb: report.cue.as_ref().map(|cue| passage.span(cue)),
        verb_class: report.class,
        mood: report.mood,
        kind: kind_of(quotations, &report.contents),
        complement: report.complement,
        is_judged: report.is_judged,
        content: report.contents.iter().map(|tokens| passage.span(tokens)).collect(),
        rule: report.rule,
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
            // A word between two quotations makes it mixed: “we” shall “never” go.
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

/// Lists the words of all attributions by where they begin.
pub(in crate::text) fn index_parts(attributions: &[AttributedWords], parts: &mut Vec<Part>) {
    for (attribution, it) in attributions.iter().enumerate() {
        parts.extend(it.content.iter().map(|span| Part { span: *span, attribution, furthest: 0 }));
    }
    // Outer words first where two begin together, so that `holding`, which goes backwards, meets the innermost first.
    parts.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end), part.attribution));
    // The furthest end so far lets a search from the right stop early: without it a megabyte of one sentence is
    // gone through for each cue.
    let mut furthest = 0;
    for part in parts {
        furthest = furthest.max(part.span.end);
        part.furthest = furthest;
    }
}

/// Counts for each attribution the others in whose words its verb stands.
pub(in crate::text) fn find_depths(attributions: &mut [AttributedWords], parts: &[Part]) {
    for (index, attribution) in attributions.iter_mut().enumerate() {
        let Some(verb) = attribution.verb else { continue };
        attribution.depth = holding(parts, verb.start).filter(|part| part.attribution != index).count();
    }
}

/// The parts that hold byte `at`, innermost first.
pub(in crate::text) fn holding(parts: &[Part], at: usize) -> impl Iterator<Item = Part> {
    let after = parts.partition_point(|part| part.span.start <= at);
    parts[..after]
        .iter()
        .rev()
        .take_while(move |part| part.furthest > at)
        .filter(move |part| part.span.end > at)
        .copied()
}
