//! Quotations that no verb leads to: those that go on from words before, and those that nobody is named for.

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::candidate::Complement;
use crate::text::voice::quotes::{MOST_SCARE_WORDS, Quotation, is_quoted};
use crate::text::voice::reports::SpeechReport;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::subjects::subject_before;

/// How far back the speaker of a quotation is looked for, in tokens.
const FURTHEST_SPEAKER: usize = 60;

/// How many sentences before a quotation its speaker may be named.
const FURTHEST_SENTENCE: usize = 3;

/// How far into a sentence the verb of its subject is looked for, in tokens.
const LONGEST_SUBJECT: usize = 20;

/// Gives each quotation that nobody is named for to the speaker before it: in the same paragraph after quoted words,
/// or as a paragraph of its own after such a paragraph.
pub(in crate::text) fn extend_with_quotations(
    passage: &Passage,
    quotations: &[Quotation],
    reports: &mut [SpeechReport],
) {
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
            // "“It rained,” Lis said, according to the agency. “It snowed.”": it is Lis who goes on.
            let passes_on = report.rule == VoiceRule::According
                && last.is_some_and(|last: usize| reports[last].sentence == report.sentence);
            // Who was only told to plan something has not been quoted, and does not go on.
            if !passes_on
                && report.complement == Complement::Clause
                && report.contents.iter().any(|it| is_quoted(quotations, it))
            {
                // A headline's quotation does not go on in the text.
                let title = passage.sentences[report.sentence].number == 0;
                last = Some(next).filter(|_| !title || passage.sentence_of(at).is_some_and(|it| it.number == 0));
            }
            next += 1;
        }
        let starts_sentence = passage.sentence_of(at).is_some_and(|sentence| sentence.tokens.start == at);
        let Some(speaker) = last.filter(|_| at >= covered && starts_sentence) else { continue };
        let end = reports[speaker].contents.last().map_or(0, |content| content.end);
        let end = reports[speaker].cue.as_ref().map_or(end, |cue| cue.end).max(end);
        // "“We came,” Nowak said. “We saw.”": the second sentence is Nowak's, too.
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
pub(in crate::text) fn add_bare_quotations(
    passage: &Passage,
    quotations: &[Quotation],
    reports: &mut Vec<SpeechReport>,
) {
    let mut contents: Vec<Range<usize>> = reports.iter().flat_map(|report| report.contents.iter().cloned()).collect();
    contents.sort_by_key(|content| content.start);
    let (mut covered, mut seen) = (0, 0);
    let mut outer = quotations.iter().filter(|quotation| !quotation.nested).peekable();
    let mut chain: Option<usize> = None;
    while let Some(quotation) = outer.next() {
        // A quotation over several paragraphs is closed in the last of them only.
        let goes_on = outer.peek().is_some_and(|next| next.continues) && !quotation.is_closed();
        let opened = if quotation.continues { chain } else { None };
        chain = goes_on.then(|| opened.unwrap_or(quotation.tokens.start));
        if goes_on || !quotation.is_closed() {
            continue;
        }
        let tokens = &(opened.unwrap_or(quotation.tokens.start)..quotation.tokens.end);
        while let Some(content) = contents.get(seen).filter(|content| content.start <= tokens.start) {
            covered = covered.max(content.end);
            seen += 1;
        }
        let words = tokens.clone().filter(|&token| passage.is_word(token)).count();
        // A few words between marks are a title or scare quotes, not somebody speaking: the “Normandy format”.
        let whole = words > 2 && (opened.is_some() || is_sentence(passage, quotation));
        // The turns of a printed transcript, each of which may open with a quotation mark, are not one speaker's words.
        let turns = reports.iter().any(|it| it.rule == VoiceRule::Turn && holds(tokens, it));
        let claims = claims_in_title(passage, tokens);
        if turns || covered > tokens.start || words <= MOST_SCARE_WORDS && !whole && !claims {
            continue;
        }
        reports.push(SpeechReport {
            sentence: passage.sentence_number(tokens.start),
            source: speaker_before(passage, tokens.start).or_else(|| last_speaker(passage, reports, tokens)),
            cue: None,
            class: VerbClass::Neutral,
            mood: Mood::Asserted,
            complement: Complement::Clause,
            is_judged: false,
            contents: vec![tokens.clone()],
            rule: VoiceRule::Bare,
        });
    }
    reports.sort_by_key(|report| report.sentence);
}

/// Whether quoted words of a title hold a verb: "Firm 'covered up' leak", "'I am no cheat'". A title quotes what somebody claims.
fn claims_in_title(passage: &Passage, quotation: &Range<usize>) -> bool {
    let title = passage.sentence_of(quotation.start).is_some_and(|sentence| sentence.number == 0);
    // "'heightened alert'" only describes.
    let follows = [Class::Particle, Class::Preposition, Class::Adverb, Class::Definite, Class::Indefinite, Class::Mark];
    let verbal = |at: usize| {
        let past = passage.is(at, Class::Past) && !passage.is(at, Class::Capital);
        past && passage.is_any(at + 1, &follows)
            || passage.is_any(at, &[Class::Auxiliary, Class::Finite]) && passage.is_finite(at)
    };
    title && quotation.clone().any(verbal)
}

fn holds(quotation: &Range<usize>, report: &SpeechReport) -> bool {
    report.contents.iter().any(|content| quotation.contains(&content.start))
}

/// Who the sentence before a paragraph of quoted words says to have spoken: "On Sunday he spoke to this newspaper."
fn speaker_before(passage: &Passage, quotation: usize) -> Option<Range<usize>> {
    let before = passage.sentence_number(quotation).checked_sub(1)?;
    let tokens = passage.sentences[before].tokens.clone();
    let spoken = tokens.clone().find(|&at| passage.is(at, Class::Speaking))?;
    let own = passage.is(quotation, Class::Paragraph)
        && (passage.is_any(spoken + 1, &[Class::To, Class::With, Class::Object])
        // "met this newspaper in a café"
        || passage.is(spoken + 1, Class::Definite) && passage.is(spoken + 2, Class::Person));
    // "She agreed to speak to us"
    let infinitive = passage.is(spoken - usize::from(spoken > 0), Class::To);
    let verb = if infinitive { (tokens.start + 1..spoken).find(|&at| passage.is_finite(at))? } else { spoken };
    if own { subject_before(passage, tokens.start, verb) } else { None }
}

/// Who spoke last before a quotation that is the whole of its sentence: in the sentences just before, whoever has words
/// in them or is their subject.
fn last_speaker(passage: &Passage, reports: &[SpeechReport], quotation: &Range<usize>) -> Option<Range<usize>> {
    let sentence = passage.sentence_number(quotation.start);
    let opens = passage.sentence_of(quotation.start).is_some_and(|it| it.tokens.start == quotation.start);
    if !opens {
        return None;
    }
    for before in (sentence.saturating_sub(FURTHEST_SENTENCE)..sentence).rev() {
        let spoken = reports.iter().rev().find(|it| it.sentence == before && it.source.is_some() && it.cue.is_some());
        let subject = || person_of(passage, &passage.sentences[before].tokens);
        if let Some(source) = spoken.and_then(|report| report.source.clone()).or_else(subject) {
            return Some(source);
        }
    }
    None
}

/// The subject of a sentence, where it is a person.
fn person_of(passage: &Passage, sentence: &Range<usize>) -> Option<Range<usize>> {
    let verb = (sentence.start + 1..sentence.end).take(LONGEST_SUBJECT).find(|&at| passage.is_finite(at))?;
    let subject = subject_before(passage, sentence.start, verb)?;
    let one = subject.len() == 1 && passage.is_any(subject.start, &[Class::Male, Class::Female]);
    let given = [Class::GivenMasculine, Class::GivenFeminine, Class::Title];
    let named = passage.is(subject.start, Class::Capital)
        && subject.len() >= 2
        && !passage.is_any(subject.start, &[Class::Definite, Class::Indefinite])
        && subject.clone().take(2).all(|at| passage.is(at, Class::Capital));
    (one || named || passage.is_any(subject.start, &given)).then_some(subject)
}

/// Whether a quotation is the whole of a sentence, its full stop inside: “The harvest is safe.”
fn is_sentence(passage: &Passage, quotation: &Quotation) -> bool {
    let inside = quotation.inside();
    let starts =
        passage.sentence_of(quotation.tokens.start).is_some_and(|it| it.tokens.start == quotation.tokens.start);
    starts && passage.is(inside.end.saturating_sub(1), Class::Stop) && inside.clone().any(|at| passage.is_finite(at))
}
