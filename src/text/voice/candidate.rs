//! What is known of a report before its words are found: cue, source, and where the words must stand.

use std::ops::Range;

use crate::model::Mood;
use crate::text::language::{Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::quotes::Quotation;
use crate::text::voice::rules::VoiceRule;

/// A report whose words are not found yet.
#[derive(Clone, Debug)]
pub(in crate::text) struct Candidate<'a> {
    pub(in crate::text) cue: Range<usize>,
    pub(in crate::text) source: Option<Range<usize>>,
    pub(in crate::text) entry: Option<&'a ReportingWord>,
    pub(in crate::text) mood: Mood,
    pub(in crate::text) placing: Placing,
    /// Whether the source is that of an earlier verb: "said ... and added".
    pub(in crate::text) shared: bool,
    pub(in crate::text) form: Form,
    /// What made it a report.
    pub(in crate::text) rule: VoiceRule,
}

impl Candidate<'_> {
    /// Whether its words end before token `at`, its source standing after them.
    pub(in crate::text) const fn placing_ends_at(&self, at: usize) -> bool {
        matches!(self.placing, Placing::Before(until) | Placing::Around(until, _) if until == at)
    }
}

/// A sentence that is searched for reports.
#[derive(Clone, Copy)]
pub(in crate::text) struct SearchedSentence<'a, 'b> {
    pub(in crate::text) passage: &'b Passage<'a>,
    /// All of the passage.
    pub(in crate::text) quotations: &'b [Quotation],
    pub(in crate::text) tokens: &'b Range<usize>,
    /// The reports found in it so far.
    pub(in crate::text) earlier: &'b [Candidate<'a>],
}

/// What is reported, grammatically; it decides whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Complement {
    /// A clause or a quotation: the source's words.
    Clause,
    /// A to-infinitive or gerund: the act is the source's, what it presupposes is the outlet's.
    Action,
    /// A to-infinitive after a verb of intent or desire ("plans to attack"): the outlet tells what the source is up to.
    Aim,
    /// A noun phrase that brings something new: the source's words.
    Noun,
    /// A noun phrase that names what the source spoke of: the outlet's words.
    Topic,
}

/// Where the words of a report stand. Numbers are tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text) enum Placing {
    /// Not found yet, or nowhere.
    None,
    /// They end before this token.
    Before(usize),
    /// They begin at this token.
    After(usize),
    /// They end before the first token, and may go on after the second.
    Around(usize, usize),
    /// An object or prepositional object that begins here.
    Object(usize),
    /// An object that is judged, not said.
    Topic(usize),
    /// An infinitive or gerund.
    Action(usize),
    /// These words.
    Exactly(Range<usize>),
    /// The subject of a passive.
    Subject(Range<usize>),
}
