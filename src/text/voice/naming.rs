//! The name inside a source: its words as written, without titles, appositions, brackets and possessive; a source without
//! capitals ("two officials") is its own name. Not here: which other names of the document it joins (`names`).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;

/// Words without which a capital tells nothing of what follows: who holds an office may be named after it.
const OFFICES: [Class; 3] = [Class::Title, Class::Human, Class::Person];

/// The name of a source; `None` where it names nobody, as a pronoun.
pub(in crate::text) fn name_of(passage: &Passage, source: &Range<usize>) -> Option<String> {
    // "Nowak himself"
    let stressed = source.len() > 1 && passage.is(source.end - 1, Class::Reflexive);
    let source = &(source.start..source.end - usize::from(stressed));
    if is_pronoun(passage, source) || names_nobody(passage, source) {
        return None;
    }
    // "Ewa Lis, the mayor" and "Ewa Lis (Greens)" are named by what stands before.
    let stops = [Class::Comma, Class::OpenBracket, Class::Relative, Class::Dash];
    let owner = source.len() > 1 && passage.is(source.end - 1, Class::Possessive);
    let source = &(source.start..source.end - usize::from(owner));
    let ends = |at: usize| passage.is_any(at, &stops) && !is_listed(passage, at, source.end);
    let end = (source.start + 1..source.end).find(|&at| ends(at)).unwrap_or(source.end);
    if let Some(apposed) = apposed_name(passage, source, end) {
        return Some(passage.text(&apposed).to_owned());
    }
    let whole = source.start..end;
    let links = [Class::Coordinator, Class::Preposition];
    let is_linked = whole.clone().any(|at| passage.is_any(at, &links) && !is_particle(passage, at, end));
    let name = if is_linked { linked_name(passage, whole) } else { without_titles(passage, whole) };
    let name = without_determiners(passage, without_end_marks(passage, name));
    let written = passage.text(&name);
    // "the Prime Minister": an office without a name.
    let office = name.start > 0 && passage.is(name.start - 1, Class::Article);
    if office && name.clone().all(|at| passage.is(at, Class::Title)) {
        return Some(written.to_lowercase());
    }
    Some(if is_lowered(passage, &name) { lower_first(written) } else { written.to_owned() })
}

/// Whether a name is that of an office, which others may hold: "Polish tax official".
pub(in crate::text) fn is_office(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| !last.starts_with(char::is_uppercase))
}

/// Whether a source is a lone pronoun.
pub(in crate::text) fn is_pronoun(passage: &Passage, source: &Range<usize>) -> bool {
    let pronouns = [
        Class::Subject,
        Class::Relative,
        Class::Complementiser,
        Class::Contracted,
        Class::Object,
        Class::Male,
        Class::Female,
        Class::Plural,
        Class::First,
        Class::Neuter,
    ];
    source.len() == 1 && passage.is_any(source.start, &pronouns)
}

/// Whether a comma parts names of a list: "Lodz, Minsk and Vilnius", "the Foreign, Trade & Aid Office".
fn is_listed(passage: &Passage, comma: usize, end: usize) -> bool {
    let names = |at: &usize| passage.is_any(*at, &[Class::Capital, Class::Hyphen, Class::Comma, Class::Article]);
    let office = passage.is_any(comma + 1, &[Class::Title, Class::Human]);
    let joint =
        (comma + 1..end).find(|at| !names(at)).filter(|&at| passage.is(at, Class::Coordinator) && at > comma + 1);
    // "Ewa Lis, CEO and CTO of QRS"
    let offices = (comma..end).any(|at| passage.is(at, Class::Of));
    let joined = joint.is_some_and(|at| passage.is_any(at + 1, &[Class::Capital, Class::Definite])) && !offices;
    passage.is(comma, Class::Comma) && passage.is(comma - 1, Class::Capital) && joined && !office
}

/// Whether a source has no noun: "the", "this", "some", "both".
fn names_nobody(passage: &Passage, source: &Range<usize>) -> bool {
    let grammar = [
        Class::Definite,
        Class::Indefinite,
        Class::Quantifier,
        Class::Dummy,
        Class::Adverb,
        Class::Preposition,
        Class::Object,
        Class::Mark,
    ];
    source.clone().all(|at| passage.is_any(at, &grammar))
}

/// Whether the small word of a family name stands here: "Ursula | von der | Leyen".
pub(in crate::text) fn is_particle(passage: &Passage, at: usize, end: usize) -> bool {
    let mut next = at;
    while next < end && passage.is(next, Class::NameParticle) {
        next += 1;
    }
    next > at && next < end && passage.is(next, Class::Capital)
}

/// Of "financier Jan Nowak", "Mr. Nowak", "QRS's Jan Nowak" the name alone; all of "two officials".
fn without_titles(passage: &Passage, source: Range<usize>) -> Range<usize> {
    let Range { mut start, end } = source;
    let after = (start..end).rev().find(|&at| is_common(passage, at, end)).map_or(start, |at| at + 1);
    if after < end && (after..end).any(|at| passage.is_word(at)) {
        start = after;
    }
    start = title_end(passage, start..end).unwrap_or(start);
    // "NASA Administrator Bill Lis", "QRS News' Ewa Lis"
    let leads = [Class::Human, Class::Possessive, Class::SingleQuote];
    let person = (start + 1..end).rev().find(|&at| passage.is_any(at - 1, &leads) && is_person(passage, at..end));
    start = person.unwrap_or(start);
    while start + 1 < end && passage.is(start, Class::Mark) {
        start += 1;
    }
    start..end
}

/// Whether a word in lower case stands here, though it is no small word of a family name.
fn is_common(passage: &Passage, at: usize, end: usize) -> bool {
    passage.is_word(at) && !passage.is(at, Class::Capital) && !is_particle(passage, at, end)
}

/// Behind the last title that a name follows.
fn title_end(passage: &Passage, words: Range<usize>) -> Option<usize> {
    let end = words.end;
    let named = |at: usize| {
        passage.is(at, Class::Capital)
            && !passage.is(at, Class::Person)
            && (!passage.is(at, Class::Title) || at + 1 == end)
    };
    // "Senior QRS officials" have no name that their title could stand before.
    let last = words.clone().rev().find(|&at| passage.is_word(at));
    let ends_named = last.is_some_and(|last| passage.is(last, Class::Capital));
    let mut titles = words.rev().filter(|&at| passage.is(at, Class::Title));
    let title = titles.find(|&at| (ends_named || !passage.is(at, Class::Ranking)) && (at + 1..end).any(named));
    title.map(|title| title + 1)
}

/// Whether words are a common given name and what may follow it in the name of a person.
fn is_person(passage: &Passage, words: Range<usize>) -> bool {
    let given = passage.is_any(words.start, &[Class::GivenMasculine, Class::GivenFeminine]);
    given && words.len() > 1 && words.clone().all(|at| is_name_part(passage, at, words.end))
}

/// Whether a token can be a part of a person's name: a capital, a particle, a hyphen, the period of an initial.
fn is_name_part(passage: &Passage, at: usize, end: usize) -> bool {
    let mark = passage.is_any(at, &[Class::Hyphen, Class::Stop]) && !passage.is(at, Class::Dash);
    passage.is(at, Class::Capital) && !passage.is(at, Class::Body) || mark || is_particle(passage, at, end)
}

/// Of words with a preposition or conjunction: the person after an office ("Secretary of State Jan Nowak"), the person before a
/// place ("President Jan Nowak of Oakland"); else all of them.
fn linked_name(passage: &Passage, source: Range<usize>) -> Range<usize> {
    let Range { start, end } = source;
    let joint = (start..end).rev().find(|&at| passage.is(at, Class::Coordinator));
    // "a host and former secretary of state Jan Nowak" is one person, "the host and President Nowak" are two.
    if let Some(joint) = joint {
        let office = passage.is_any(joint - usize::from(joint > start), &OFFICES);
        let named = (start..joint).any(|at| is_person(passage, at..joint.min(at + 2)));
        let described = passage.is(start, Class::Definite);
        let goes_on =
            !passage.is(joint + 1, Class::Capital) || (joint + 1..end).any(|at| passage.is(at, Class::Preposition));
        let one = office && goes_on && !named && !described;
        let person = person_after_office(passage, joint + 1..end).filter(|_| one);
        return person.unwrap_or(start..end);
    }
    person_after_office(passage, source.clone()).or_else(|| person_before_place(passage, &source)).unwrap_or(source)
}

/// "Linda Lis" in "envoy to the United Nations Linda Lis", but all of "envoy to President Lis"; the last two of three capitals or more
/// after a title and "of".
fn person_after_office(passage: &Passage, source: Range<usize>) -> Option<Range<usize>> {
    let end = source.end;
    let link = source.clone().find(|&at| passage.is(at, Class::Preposition));
    let mut first = end;
    let floor = link.map_or(source.start, |link| link + 1);
    while first > floor && is_name_part(passage, first - 1, end) {
        first -= 1;
    }
    if first == end
        || link.is_some_and(|link| passage.is(link, Class::For) || !passage.is_any(link.wrapping_sub(1), &OFFICES))
    {
        return None;
    }
    // What stands before the person is the end of the office: "United Nations | Linda Lis".
    let others = [
        Class::Title,
        Class::Human,
        Class::Nationality,
        Class::Preposition,
        Class::Definite,
        Class::Indefinite,
        Class::Possessive,
    ];
    let ends_office = |at: usize| link.is_none() || at > floor && !passage.is_any(at - 1, &others);
    let title = (first..end - 1).rev().find(|&at| passage.is(at, Class::Title) && ends_office(at));
    let title = title.map(|title| title + 1 + usize::from(passage.is(title + 1, Class::Stop)));
    let given = (first..end).find(|&at| is_person(passage, at..end) && ends_office(at));
    // "ambassador to the U.S. Stavros Lis"
    let last_two = link.filter(|link| ends_with_person(passage, *link, end)).map(|_| end - 2);
    let start = title.or(given).or(last_two).filter(|start| *start < end)?;
    Some(start..end)
}

/// Whether three capitals or more follow the "of" or "to" of an office at token `link`, the last two of them a person's.
fn ends_with_person(passage: &Passage, link: usize, end: usize) -> bool {
    let office = passage.is_any(link, &[Class::Of, Class::To]) && passage.is(link.wrapping_sub(1), Class::Title);
    let from = link + 1 + usize::from(passage.is(link + 1, Class::Article));
    let name = |at: usize| {
        passage.is(at, Class::Capital)
            && !passage.is(at, Class::Title)
            && (at + 2 < end || !passage.is(at, Class::Body))
    };
    office && end > from + 2 && (from..end).all(name)
}

/// "Jan Nowak" in "President Jan Nowak of Oakland": a title or a common given name tells that it is a person.
fn person_before_place(passage: &Passage, source: &Range<usize>) -> Option<Range<usize>> {
    let link =
        source.clone().find(|&at| passage.is(at, Class::Preposition) && !is_particle(passage, at, source.end))?;
    let head = without_titles(passage, source.start..link);
    let titled = head.start > source.start && passage.is_any(head.start - 1, &[Class::Title, Class::Stop]);
    let parts = head.clone().all(|at| is_name_part(passage, at, link));
    let offices = [Class::Title, Class::Person, Class::Nationality];
    let name =
        parts && !passage.is_any(link.wrapping_sub(1), &offices) && passage.is(link.wrapping_sub(1), Class::Capital);
    (name && (titled || is_person(passage, head.clone()))).then_some(head)
}

/// Without a possessive or a mark at the end; the period of "Jr." stays.
fn without_end_marks(passage: &Passage, name: Range<usize>) -> Range<usize> {
    let Range { start, mut end } = name;
    let suffix = |end: usize| passage.is(end - 1, Class::Stop) && passage.is(end - 2, Class::Generation);
    let marks = [
        Class::Possessive,
        Class::Comma,
        Class::Stop,
        Class::DoubleQuote,
        Class::SingleQuote,
        Class::Hyphen,
        Class::OpenBracket,
        Class::CloseBracket,
        Class::Colon,
    ];
    while end > start + 1 && passage.is_any(end - 1, &marks) && !suffix(end) {
        end -= 1;
    }
    start..end
}

/// Without articles and counts, where a noun is left: "the three unions" are those three, "two officials" any. Not "one of the
/// officials", "one-sided reports".
fn without_determiners(passage: &Passage, name: Range<usize>) -> Range<usize> {
    let Range { mut start, end } = name;
    let alone = |at: usize| {
        let counted = passage.is(at, Class::Indefinite) && !passage.is(at, Class::Single);
        counted && passage.is_any(at + 1, &[Class::Preposition, Class::Mark])
    };
    while start + 1 < end && passage.is_any(start, &[Class::Definite, Class::Indefinite]) && !alone(start) {
        start += 1;
        if passage.is(start - 1, Class::Article) {
            break;
        }
    }
    start..end
}

/// Whether the capital of a name is due to its place alone: "Officials said", "Senior aides said". A word that may be somebody's
/// name keeps it: "Baker said", "Kremlin aides said".
fn is_lowered(passage: &Passage, name: &Range<usize>) -> bool {
    let Range { start, end } = *name;
    let first = passage.role(start);
    // "NATO officials", "Western officials"
    if !first.is(Class::Capital) || first.is(Class::Upper) || first.is(Class::Nationality) || first.is(Class::Demonym) {
        return false;
    }
    if !opens(passage, start) {
        return false;
    }
    let several = passage.is(start, Class::Several) || is_several(passage, start);
    if end - start == 1 {
        return several;
    }
    let counts = [Class::Indefinite, Class::Quantifier, Class::Number, Class::Ordinal, Class::Ranking];
    let counts = passage.is_any(start, &counts);
    // "State Department officials", "President Biden and his aides"
    let named = passage.is(start + 1, Class::Capital);
    let plain = !named && (several || passage.is_any(start, &[Class::Human, Class::Title, Class::Modifier]));
    let headed = passage.is_word(end - 1) && !passage.is(end - 1, Class::Capital);
    headed && (counts || plain) || (counts || several) && passage.is(start + 1, Class::Preposition)
}

/// "officials", "prosecutors": a plural of who holds an office or does a work.
fn is_several(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::PluralNoun) && passage.is_any(at, &[Class::Human, Class::Person])
}

/// Whether a token opens a sentence, or what a mark introduces.
fn opens(passage: &Passage, at: usize) -> bool {
    let starts = passage.sentence_of(at).is_none_or(|sentence| sentence.tokens.start == at);
    starts || passage.is_any(at - 1, &[Class::Colon, Class::Stop, Class::Dash]) || passage.is_quote_mark(at - 1)
}

fn lower_first(written: &str) -> String {
    let mut characters = written.chars();
    characters.next().into_iter().flat_map(char::to_lowercase).chain(characters).collect()
}

/// "Lavrov" in "the foreign minister, Sergei Lavrov,": the name after a comma, where only an office stands before it.
fn apposed_name(passage: &Passage, source: &Range<usize>, comma: usize) -> Option<Range<usize>> {
    // "the spokesman of the oil company, Mr Jan Nowak,"
    let of = (source.start..comma).find(|&at| passage.is_any(at, &[Class::Of, Class::For]));
    let heads = [Some(comma), of].into_iter().flatten().filter(|&end| end > source.start);
    let office =
        heads.into_iter().any(|end| passage.is_any(end - 1, &[Class::Title, Class::Person, Class::Human, Class::Body]));
    if !office || !passage.is(comma, Class::Comma) {
        return None;
    }
    let end = (comma + 1..source.end).find(|&at| passage.is(at, Class::Comma)).unwrap_or(source.end);
    // "the adviser, Gen. Jan Nowak,"
    let mut first = comma + 1;
    while first < end && passage.is_any(first, &[Class::Title, Class::Stop]) {
        first += 1;
    }
    let part =
        |at: usize| (passage.is(at, Class::Capital) || is_name_part(passage, at, end)) && !passage.is(at, Class::Title);
    // "the driver's widow, Ewa,", but not "the mayor, Republican,"
    let others = [Class::Nationality, Class::Demonym, Class::Body, Class::Masthead];
    let single = end == first + 1 && !passage.is_any(first, &others);
    let named = single || end > first + 1;
    (named && passage.is(first, Class::Capital) && (first..end).all(part)).then_some(first..end)
}
