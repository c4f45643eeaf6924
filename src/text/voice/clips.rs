//! Turns of a transcript that have lost the name before their colon, as pages do that are saved without what stood out in them:
//! "Ewa Lis joined “The Late Hour” on Friday. : We will not leave." Not here: turns with a name (`labels`).

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Form};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::labels::paragraph_end;
use crate::text::voice::quotes::{Quotation, is_inside};
use crate::text::voice::rules::VoiceRule;

/// Most marks before the colon that are left of lost words, in tokens.
const MOST_MARKS: usize = 6;

/// How many sentences before the colon one of them introduces who speaks: what was a link or caption may stand between.
const NEAREST: usize = 3;

/// Longest name of a programme, in tokens.
const LONGEST_TITLE: usize = 7;

/// Fewest words like "I" and "we" by which a transcript is told from an article, and how many it has for each quotation mark.
/// Of 118 such endings of real articles all were somebody's; without a programme before the colon 30 of 54 were the paper's own.
const FEWEST_FIRST: usize = 2;
const FIRST_A_MARK: usize = 3;

/// The turn that the colon opens with which a sentence begins, the last such colon of its text.
pub(in crate::text) fn nameless_turn<'a>(
    passage: &Passage<'a>,
    quotations: &[Quotation],
    sentence: usize,
) -> Option<Candidate<'a>> {
    let sentences = passage.sentences;
    let colon = opening_colon(passage, &sentences[sentence].tokens)?;
    let words = colon + 1..paragraph_end(passage, colon + 1);
    let mut later = sentences[sentence + 1..].iter().take_while(|it| it.tokens.start < words.end);
    if later.any(|it| opening_colon(passage, &it.tokens).is_some()) || !is_spoken(passage, quotations, words.clone()) {
        return None;
    }
    let mut before = sentences[sentence.saturating_sub(NEAREST)..sentence].iter().rev();
    let intro = before.find(|it| names_programme(passage, quotations, &it.tokens))?;
    let (mood, form, rule) = (Mood::Asserted, Form::Base, VoiceRule::NamelessTurn);
    let (cue, placing) = (colon..colon + 1, Placing::Exactly(words));
    Some(Candidate {
        cue,
        source: guest(passage, &intro.tokens),
        entry: None,
        mood,
        placing,
        shared: false,
        form,
        rule,
    })
}

/// The colon before which a sentence has nothing but marks.
fn opening_colon(passage: &Passage, tokens: &Range<usize>) -> Option<usize> {
    let mut marks = tokens.clone().take(MOST_MARKS).take_while(|&at| passage.is(at, Class::Mark));
    marks.find(|&at| passage.is(at, Class::Colon) && at + 1 < tokens.end && !passage.is_headline(at))
}

/// Whether words are what somebody says rather than what an article tells, which quotes others.
fn is_spoken(passage: &Passage, quotations: &[Quotation], words: Range<usize>) -> bool {
    let first = words.clone().filter(|&at| passage.is(at, Class::First) && !is_inside(quotations, at)).count();
    let marks = words.filter(|&at| passage.is(at, Class::DoubleQuote)).count();
    first >= FEWEST_FIRST && marks * FIRST_A_MARK <= first
}

/// Whether a sentence says in which programme somebody spoke: "told “The Late Hour”", "on 'Good Day'".
fn names_programme(passage: &Passage, quotations: &[Quotation], tokens: &Range<usize>) -> bool {
    let first = quotations.partition_point(|quotation| quotation.tokens.start < tokens.start);
    let mut inside = quotations[first..].iter().take_while(|quotation| quotation.tokens.start < tokens.end);
    inside.any(|quotation| {
        let title = quotation.inside();
        let lead = quotation.tokens.start.checked_sub(1);
        let introduced = lead.is_some_and(|lead| {
            passage.is(lead, Class::Preposition) || passage.is_finite(lead) || passage.role(lead).is_verb()
        });
        let short = (1..=LONGEST_TITLE).contains(&title.len());
        introduced && short && passage.is(title.start, Class::Capital)
    })
}

/// Whom a sentence names as the subject of a verb: "Retired officer | Ewa Lis | said", "| Jan Berg |, a mayor, joined". Who asks is the host.
fn guest(passage: &Passage, tokens: &Range<usize>) -> Option<Range<usize>> {
    let mut ends = (tokens.start + 1..tokens.end).filter(|&at| is_named(passage, at - 1) && !is_named(passage, at));
    ends.find_map(|end| {
        let first = (tokens.start..end).rev().take_while(|&at| is_named(passage, at)).last()?;
        let start = (first..end).find(|&at| opens_name(passage, first, at))?;
        let entry = passage.lexicon.verb(passage.role(end));
        let asks = entry.is_some_and(|entry| entry.class(false) == VerbClass::Asking);
        let acts = passage.is_any(end, &[Class::Comma, Class::Past]) || passage.is_finite(end) || entry.is_some();
        (acts && !asks && (2..=4).contains(&(end - start))).then_some(start..end)
    })
}

fn is_named(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Capital) && !passage.is(at, Class::Masthead)
}

/// Whether a word of a name that begins at `first` opens it without the office: "Retired Officer | Ewa Lis", "Secretary of State | Ewa Lis".
fn opens_name(passage: &Passage, first: usize, at: usize) -> bool {
    let given = passage.is_any(at, &[Class::GivenMasculine, Class::GivenFeminine]);
    let of_office = passage.is(first.wrapping_sub(1), Class::Of);
    if of_office { given } else { !passage.is_any(at, &[Class::Title, Class::Human, Class::Ranking]) }
}
