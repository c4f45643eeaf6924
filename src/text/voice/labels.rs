//! Reports without a verb: "Kremlin: no plans to invade", "Russia ready to talk - Kremlin", "... — Name (@handle)".

use std::ops::Range;

use crate::model::Mood;
use crate::text::language::{Class, Form};
use crate::text::passage::Passage;
use crate::text::voice::candidate::{Candidate, Placing};
use crate::text::voice::headlines::{before_topic, is_body, is_time, is_topic, topic_end, written};
use crate::text::voice::quotes::Quotation;
use crate::text::voice::rules::VoiceRule;

/// Longest turn of a transcript, in tokens.
const LONGEST_TURN: usize = 1000;

/// Most sentences between two turns of a transcript.
const MOST_BETWEEN: usize = 40;

/// Longest name before a colon or after a dash, in tokens.
const LONGEST_NAME: usize = 8;

/// Longest office or seat in brackets after a name, in tokens: "(Minister for Rivers and Ports)".
const LONGEST_OFFICE: usize = 8;

/// The report a sentence makes by naming its source before a colon or after a dash.
pub(in crate::text) fn label<'a>(
    passage: &Passage<'a>,
    quotations: &[Quotation],
    sentence: usize,
) -> Option<Candidate<'a>> {
    let tokens = written(passage, sentence);
    if let Some(found) = headed_by_quotation(passage, quotations, &tokens) {
        return Some(found);
    }
    if let Some(found) = introduced(passage, quotations, &tokens) {
        return Some(found);
    }
    let is_title = passage.is_headline(tokens.start);
    // "Exchange of prisoners: All will be freed - Lis": who signs speaks, the topic does not.
    if is_title && let Some(found) = dashed(passage, quotations, &tokens) {
        return Some(found);
    }
    let opens = |token: usize| quotations.binary_search_by_key(&token, |quotation| quotation.tokens.start).is_ok();
    let starts_paragraph = is_title || passage.is(tokens.start, Class::Paragraph);
    // A printed transcript may open each turn with a quotation mark, a live blog opens each entry with its time.
    let timed = !is_title && is_time(passage, tokens.start);
    let first = tokens.start + usize::from(!is_title && passage.is_quote_mark(tokens.start) || timed);
    let brief = passage.is_brief(tokens.start);
    let colon =
        (starts_paragraph || timed || brief).then(|| name_before_colon(passage, &(first..tokens.end))).flatten();
    if let Some(colon) = colon {
        let name = before_topic(passage, without_bracket(passage, first..colon));
        let short = name.len() <= 4 && name.clone().all(|token| is_name(passage, token));
        let office = is_office(passage, name.clone());
        let source = name.clone();
        // "Q: Is a raid near?": the outlet asks.
        // "False: the film shows no raid": a verdict is no name.
        if name.len() == 1 && passage.is_any(first, &[Class::Asker, Class::False]) {
            return None;
        }
        let turn = (!is_title && starts_paragraph).then(|| turn(passage, &source, sentence)).flatten();
        if turn.is_some() {
            return turn;
        }
        // In running text a name and a colon may open a list; before a quotation, or in a headline, it says who speaks.
        let entry = (timed || brief) && office;
        let topic = is_topic(passage, &source, colon + 1..tokens.end);
        let quotes = opens(colon + 1) && !(is_title && topic);
        if quotes || (entry || is_title && (short || office)) && !topic {
            let source = author(passage, source.clone()).unwrap_or(source);
            return Some(labelled(VoiceRule::Label, source, colon..colon + 1, Placing::After(colon + 1)));
        }
    }
    if (is_title || brief)
        && let Some(found) = signed(passage, &tokens, is_title)
    {
        return Some(found);
    }
    dashed(passage, quotations, &tokens)
}

/// The words that somebody signs behind a dash: "Bridge ready to open - mayor".
fn dashed<'a>(passage: &Passage<'a>, quotations: &[Quotation], tokens: &Range<usize>) -> Option<Candidate<'a>> {
    let is_title = passage.is_headline(tokens.start);
    let brief = passage.is_brief(tokens.start);
    let dash = tokens.clone().rev().take(LONGEST_NAME + 6).find(|&token| passage.is(token, Class::Dash))?;
    let mut end = tokens.end;
    while end > dash + 1 && passage.is(end - 1, Class::Stop) {
        end -= 1;
    }
    let handle = (dash + 1..tokens.end).any(|token| passage.folded(token).starts_with('@'));
    // "— Ewa Lis (@ewalis) May 5": the name ends where the bracket opens.
    if handle && let Some(bracket) = (dash + 1..end).find(|&token| passage.is(token, Class::OpenBracket)) {
        end = bracket;
    }
    // "... — Farah, Ostley": the place is no part of the name.
    let place = (dash + 2..end).find(|&token| passage.is(token, Class::Comma));
    let name = dash + 1..place.unwrap_or(end);
    let named = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.clone().all(|token| is_name(passage, token) || passage.folded(token) == ".");
    let quoted = dash > 0 && passage.is_quote_mark(dash - 1) && quotes_all(passage, quotations, dash);
    let placing = if dash == tokens.start {
        previous_paragraph(passage, quotations, dash)?
    } else {
        let topic = topic_end(passage, tokens.start..dash).filter(|_| is_title);
        topic.map_or(Placing::Before(dash), |topic| Placing::Exactly(topic..before_comma(passage, dash)))
    };
    let ends_title =
        brief && dash > tokens.start + 2 && (is_title && named && name.len() <= 4 || is_office(passage, name));
    (named && (handle || quoted) || ends_title)
        .then(|| labelled(VoiceRule::Dashed, dash + 1..place.unwrap_or(end), dash..dash + 1, placing))
}

/// Whether the quotation before a dash opens its sentence: "Nowak called it “a storm.” — Agency" is not signed.
fn quotes_all(passage: &Passage, quotations: &[Quotation], dash: usize) -> bool {
    let after = quotations.partition_point(|quotation| quotation.tokens.start < dash);
    let last = quotations[..after].iter().rev().take(2).find(|quotation| quotation.tokens.end == dash);
    let opens = |start: usize| passage.sentence_of(start).is_some_and(|it| it.tokens.start == start);
    last.is_none_or(|quotation| opens(quotation.tokens.start))
}

/// Token `dash` or the comma before it.
fn before_comma(passage: &Passage, dash: usize) -> usize {
    dash - usize::from(passage.is(dash - 1, Class::Comma))
}

/// The turn of a transcript that a name before a colon opens.
fn turn<'a>(passage: &Passage, name: &Range<usize>, sentence: usize) -> Option<Candidate<'a>> {
    let colon = (name.end..name.end + LONGEST_OFFICE).find(|&at| passage.is(at, Class::Colon))?;
    let words = Placing::Exactly(colon + 1..paragraph_end(passage, colon + 1));
    let spoken = labelled(VoiceRule::Turn, name.clone(), colon..colon + 1, words);
    if answers(passage, name, sentence) {
        return Some(Candidate { source: interviewee(passage, sentence), ..spoken });
    }
    let short = name.len() <= 5 && name.clone().all(|token| is_name(passage, token) || is_period(passage, token));
    (short && is_turn(passage, name, sentence)).then_some(spoken)
}

/// A name without the office or seat in brackets behind it: "Mr Lis (Minister for Rivers)"; the name in brackets behind an office: "The
/// Minister for Rivers (Mr Lis)".
fn without_bracket(passage: &Passage, words: Range<usize>) -> Range<usize> {
    let closed = passage.is(words.end - 1, Class::CloseBracket);
    let bracket = words.clone().find(|&at| closed && passage.is(at, Class::OpenBracket));
    let Some(bracket) = bracket.filter(|&at| at > words.start) else { return words };
    let named = (words.start..bracket).all(|at| is_name(passage, at) || is_period(passage, at));
    if named { words.start..bracket } else { bracket + 1..words.end - 1 }
}

/// The period of an abbreviated title: "PROF. LIS".
fn is_period(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Stop) && passage.folded(at) == "." && passage.is(at.wrapping_sub(1), Class::Title)
}

/// A paragraph that only names the author of the quotation that is the next: "From the desk of Kim Lund, secretary:".
fn introduced<'a>(passage: &Passage, quotations: &[Quotation], tokens: &Range<usize>) -> Option<Candidate<'a>> {
    let colon = tokens.end.checked_sub(1).filter(|last| passage.is(*last, Class::Colon))?;
    if !passage.is(tokens.start, Class::Paragraph) {
        return None;
    }
    let next = quotations.binary_search_by_key(&tokens.end, |quotation| quotation.tokens.start).ok()?;
    let source = author(passage, tokens.start..colon)?;
    let placing = Placing::Exactly(quotations[next].tokens.clone());
    Some(labelled(VoiceRule::Label, source, colon..colon + 1, placing))
}

/// A headline that opens with quoted words and goes on, after a colon, with who says them: "'We were cheated': fans demand
/// refunds".
fn headed_by_quotation<'a>(
    passage: &Passage,
    quotations: &[Quotation],
    tokens: &Range<usize>,
) -> Option<Candidate<'a>> {
    let first = quotations.binary_search_by_key(&tokens.start, |quotation| quotation.tokens.start).ok()?;
    let colon = quotations[first].tokens.end;
    if !passage.is_brief(tokens.start) || !passage.is(colon, Class::Colon) {
        return None;
    }
    let ends = [Class::Comma, Class::Stop, Class::Relative, Class::Preposition, Class::DoubleQuote];
    let mut words = (colon + 1..tokens.end).take(LONGEST_NAME);
    let end = words.find(|&at| {
        let verb = at > colon + 1 && passage.role(at).is_verb();
        verb || passage.is_any(at, &ends) || passage.is_finite(at)
    });
    let end = end.unwrap_or(tokens.end);
    let name = colon + 1..end;
    // Where every word has a capital, a long name runs into its verb.
    let speaks = passage.is_any(end - 1, &[Class::Human, Class::Several, Class::Body, Class::Capital]);
    let speaks = speaks && !name.is_empty() && name.len() <= 4;
    let placing = Placing::Exactly(quotations[first].tokens.clone());
    speaks.then(|| labelled(VoiceRule::Label, name, colon..colon + 1, placing))
}

/// The person among the words before a colon: "Kim Lund" of "From the desk of Kim Lund, secretary". A place looks the same
/// ("From New Quay, last year"); so a common given name opens the name, or an office stands beside it.
fn author(passage: &Passage, words: Range<usize>) -> Option<Range<usize>> {
    if words.len() > LONGEST_NAME || words.clone().any(|token| passage.is_finite(token)) {
        return None;
    }
    let end = words.clone().find(|token| passage.is(*token, Class::Comma)).unwrap_or(words.end);
    let lead = (words.start..end).rev().find(|token| passage.is_any(*token, &[Class::Preposition, Class::Of]));
    let name = lead.map_or(words.start, |lead| lead + 1)..end;
    let is_given = passage.is_any(name.start, &[Class::GivenMasculine, Class::GivenFeminine]);
    let has_office = (end..words.end).any(|token| is_body(passage, token));
    let is_whole = (2..=4).contains(&name.len()) && name.clone().all(|token| is_name(passage, token));
    (is_whole && (is_given || has_office)).then_some(name)
}

/// "Army plans a raid: ministry", as a title or as one of several headlines in a text, where only an office will do.
fn signed<'a>(passage: &Passage, tokens: &Range<usize>, is_title: bool) -> Option<Candidate<'a>> {
    let last = tokens.clone().rev().take(LONGEST_NAME).find(|&token| passage.is(token, Class::Colon))?;
    let mut name = last + 1..tokens.end;
    while !name.is_empty() && passage.is(name.end - 1, Class::Stop) {
        name.end -= 1;
    }
    let words = last > tokens.start + 3 && !name.is_empty() && name.len() <= 4;
    let named = name.clone().all(|token| is_name(passage, token));
    let speaks = [Class::Person, Class::Human, Class::Body];
    let office = is_office(passage, name.clone()) && name.clone().any(|token| passage.is_any(token, &speaks));
    (words && (named && is_title || office))
        .then(|| labelled(VoiceRule::Signed, name, last..last + 1, Placing::Before(last)))
}

/// Whether a name before a colon may open a turn of a transcript: it is in capitals ("TODD: ...") or a plain name
/// ("Amadi: ..."). "NEW DELHI: ..." looks the same; what tells them apart is that turns come in numbers.
fn is_turn(passage: &Passage, name: &Range<usize>, sentence: usize) -> bool {
    let capitals = passage.is(name.end - 1, Class::Upper)
        && name.clone().all(|at| passage.is_any(at, &[Class::Upper, Class::Mark, Class::Title]));
    let first = passage.sentences[..sentence].iter().all(|earlier| earlier.number == 0);
    let own = passage.sentences[sentence].tokens.end;
    let asks = || (name.end..own).any(|at| passage.is(at, Class::QuestionMark));
    // Transcripts print speakers in capitals; so does a dateline ("KYIV: ..."), but that comes first and asks nothing.
    capitals && (!first || asks()) || passage.is(name.end - 1, Class::Capital) && has_turns(passage, sentence)
}

/// Whether a name before a colon is the letter of who answers: "A: They will leave." after "Q: Will they leave?" Nobody is named.
fn answers(passage: &Passage, name: &Range<usize>, sentence: usize) -> bool {
    let before = &passage.sentences[sentence.saturating_sub(MOST_BETWEEN)..sentence];
    let letter = name.len() == 1 && passage.folded(name.start).len() == 1;
    letter && before.iter().any(|earlier| asks(passage, earlier.tokens.start))
}

/// Who is asked: the first person that the words before the first answer name: "Five minutes with Ewa Lis", "Q: Mayor Lis, ...".
fn interviewee(passage: &Passage, sentence: usize) -> Option<Range<usize>> {
    let sentences = &passage.sentences[sentence.saturating_sub(MOST_BETWEEN)..sentence];
    let first = sentences.iter().position(|it| asks(passage, it.tokens.start))?;
    let words = sentences.first()?.tokens.start..sentences[first].tokens.end;
    let mut starts = words.clone().filter(|&at| is_name(passage, at) && !is_name(passage, at.wrapping_sub(1)));
    starts.find_map(|start| person_named(passage, start..words.end))
}

/// The name of a person that words begin with: an office or a given name tells, or what leads to it.
fn person_named(passage: &Passage, words: Range<usize>) -> Option<Range<usize>> {
    let start = words.start;
    let end = (start + 1..words.end).find(|&at| !is_name(passage, at) || passage.is(at, Class::Paragraph));
    let name = start..end.unwrap_or(words.end);
    let titles = [Class::Title, Class::Human, Class::GivenMasculine, Class::GivenFeminine];
    let led = passage.is_any(start.wrapping_sub(1), &[Class::With, Class::For]);
    let person = led || name.clone().any(|at| passage.is_any(at, &titles));
    (person && passage.is(name.end - 1, Class::Capital) && (2..=4).contains(&name.len())).then_some(name)
}

/// Whether the letter of who asks opens a sentence: "Q: ..."
fn asks(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Asker) && passage.is(at + 1, Class::Colon)
}

/// Whether another paragraph near this one opens with a name before a colon.
fn has_turns(passage: &Passage, sentence: usize) -> bool {
    let sentences = passage.sentences;
    let near = sentence.saturating_sub(MOST_BETWEEN)..sentences.len().min(sentence + MOST_BETWEEN);
    let mut others = near.filter(|other| *other != sentence);
    others.any(|other| opens_turn(passage, &sentences[other].tokens))
}

/// Whether a sentence opens a paragraph with a name before a colon.
fn opens_turn(passage: &Passage, tokens: &Range<usize>) -> bool {
    if !passage.is(tokens.start, Class::Paragraph) || passage.is_headline(tokens.start) {
        return false;
    }
    // A printed transcript may open each turn with a quotation mark.
    let name = tokens.start + usize::from(passage.is_quote_mark(tokens.start));
    let named = |colon: usize| {
        let words = without_bracket(passage, name..colon);
        words.len() <= 5 && words.clone().all(|at| is_name(passage, at) || is_period(passage, at))
    };
    name_before_colon(passage, &(name..tokens.end)).is_some_and(named)
}

/// The first token of the next paragraph.
pub(in crate::text) fn paragraph_end(passage: &Passage, from: usize) -> usize {
    let limit = passage.len().min(from + LONGEST_TURN);
    (from..limit).find(|&token| passage.is(token, Class::Paragraph)).unwrap_or(limit)
}

fn labelled<'a>(rule: VoiceRule, source: Range<usize>, cue: Range<usize>, placing: Placing) -> Candidate<'a> {
    let (mood, form) = (Mood::Asserted, Form::Base);
    Candidate { cue, source: Some(source), entry: None, mood, placing, shared: false, form, rule }
}

/// The first colon, where only a short name stands before it.
fn name_before_colon(passage: &Passage, tokens: &Range<usize>) -> Option<usize> {
    let limit = tokens.end.min(tokens.start + LONGEST_NAME + LONGEST_OFFICE);
    let colon = (tokens.start + 1..limit).find(|&token| passage.is(token, Class::Colon))?;
    if colon > tokens.start + LONGEST_NAME && !passage.is(colon - 1, Class::CloseBracket) {
        return None;
    }
    // "Strode: On paper." has a name that is a verb elsewhere.
    let named = !passage.is_headline(tokens.start);
    let mut words = tokens.start..colon;
    let clausal = words.any(|at| {
        passage.is_quote_mark(at)
            || passage.is_finite(at) && !(named && passage.is(at, Class::Capital) && !passage.role(at).is_verb())
    });
    (!clausal && colon + 1 < tokens.end).then_some(colon)
}

/// Whether words name an office or body: "head of the regional council", "British intelligence"; not the paper itself.
fn is_office(passage: &Passage, name: Range<usize>) -> bool {
    if name.is_empty() || name.len() > LONGEST_NAME {
        return false;
    }
    // "city council": a few plain words will do where the last names a body.
    let joins = [Class::Preposition, Class::Of];
    let is_plain = name.len() <= 3
        && is_body(passage, name.end - 1)
        && !name.clone().any(|token| passage.is_finite(token) || passage.is_any(token, &joins));
    let fits = |token: usize| {
        let is_part = passage.is_any(token, &PARTS_OF_OFFICES) || is_plain && passage.is_word(token);
        is_body(passage, token) || is_part && !passage.is(token, Class::Masthead)
    };
    name.clone().all(fits) && name.clone().any(|token| is_body(passage, token))
}

/// What stands in the name of an office or body.
const PARTS_OF_OFFICES: [Class; 9] = [
    Class::Capital,
    Class::Person,
    Class::Title,
    Class::Possessive,
    Class::Definite,
    Class::Hyphen,
    Class::Of,
    Class::To,
    Class::Ranking,
];

/// Whether a word can be part of a name or of "UN chief".
fn is_name(passage: &Passage, token: usize) -> bool {
    if passage.is(token, Class::Possessive) {
        return true;
    }
    if passage.is(token, Class::Masthead) {
        return false;
    }
    let common = [Class::Definite, Class::Indefinite, Class::Preposition, Class::Subordinator, Class::Gerund];
    let kinds = [Class::Capital, Class::Person, Class::Title, Class::Hyphen, Class::Possessive];
    passage.is_any(token, &kinds) && !passage.is_any(token, &common)
}

/// A signature on a line of its own signs the paragraph before it.
fn previous_paragraph(passage: &Passage, quotations: &[Quotation], dash: usize) -> Option<Placing> {
    let floor = dash.saturating_sub(120);
    let start = (floor..dash).rev().find(|&token| passage.is(token, Class::Paragraph))?;
    let after = quotations.partition_point(|quotation| quotation.tokens.start < dash);
    let quoted = quotations[..after].last().filter(|quotation| quotation.tokens.end == dash);
    Some(Placing::Exactly(quoted.map_or(start, |quotation| quotation.tokens.start)..dash))
}
