//! Canonical names: "President Vladimir Putin", "Mr. Putin" and "he" are one source, where that is safe.
//!
//! A name is its capitalised words without titles. A single name joins a longer one of the document that ends with it,
//! if there is just one such; otherwise it stands for itself. A pronoun is the last source of its number and, where
//! names tell, its sex; it is left open after a source that is not a person, and where two persons could be meant.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::reports::Report;

/// The canonical name of the source of each report; `None` where it names nobody.
pub(in crate::text) fn canonical_names(passage: &Passage, reports: &[Report]) -> Vec<Option<String>> {
    let own: Vec<Option<String>> =
        reports.iter().map(|report| report.source.as_ref().and_then(|source| name_of(passage, source))).collect();
    let longer = longer_names(&own);
    let mut last: Option<(usize, String)> = None;
    let mut names = Vec::with_capacity(reports.len());
    for (report, own) in reports.iter().zip(own) {
        let name = match (&report.source, own) {
            (Some(_), Some(own)) => {
                Some(longer.get(last_word(&own)).cloned().flatten().filter(|it| it.ends_with(&own)).unwrap_or(own))
            }
            (Some(source), None) if is_pronoun(passage, source) => last
                .as_ref()
                .filter(|(sentence, _)| report.sentence.saturating_sub(*sentence) <= 3)
                .map(|(_, name)| name.clone()),
            _ => None,
        };
        if let Some(name) = &name {
            last = Some((report.sentence, name.clone()));
        }
        names.push(name);
    }
    names
}

/// For each last word of a name of several words, that name; `None` where several names share it.
fn longer_names(names: &[Option<String>]) -> BTreeMap<String, Option<String>> {
    let mut longer: BTreeMap<String, Option<String>> = BTreeMap::new();
    for name in names.iter().flatten().filter(|name| name.contains(' ')) {
        let known = longer.entry(last_word(name).to_owned()).or_insert_with(|| Some(name.clone()));
        if let Some(other) = known
            && other != name
        {
            if name.ends_with(other.as_str()) {
                *known = Some(name.clone());
            } else if !other.ends_with(name.as_str()) {
                *known = None;
            }
        }
    }
    longer
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// The name inside a source: its words as written, without titles, appositions, brackets and possessive; a source
/// without capitals ("two officials") is its own name. `None` for a pronoun.
pub(in crate::text) fn name_of(passage: &Passage, source: &Range<usize>) -> Option<String> {
    if is_pronoun(passage, source) {
        return None;
    }
    let stops = [Class::Comma, Class::OpenBracket, Class::Relative, Class::Dash];
    let end = (source.start + 1..source.end).find(|&at| passage.is_any(at, &stops)).unwrap_or(source.end);
    let joined = (source.start..end).any(|at| passage.is(at, Class::Coordinator) || passage.is(at, Class::Preposition));
    let mut start = source.start;
    if !joined {
        let person = (start..end).rposition(|at| passage.is_word(at) && !passage.is(at, Class::Capital));
        let after = person.map_or(start, |at| start + at + 1);
        if after < end {
            start = after;
        }
        let named = |at: usize| passage.is(at, Class::Capital) && (!passage.is(at, Class::Title) || at + 1 == end);
        let title = (start..end).rev().find(|&at| passage.is(at, Class::Title) && (at + 1..end).any(named));
        start = title.map_or(start, |title| title + 1);
        while start + 1 < end && passage.is(start, Class::Mark) {
            start += 1;
        }
    }
    let mut end = end;
    while end > start + 1 && passage.is_any(end - 1, &[Class::Possessive, Class::Mark]) {
        end -= 1;
    }
    while start + 1 < end && passage.is_any(start, &[Class::Definite, Class::Indefinite]) {
        start += 1;
    }
    Some(passage.text(&(start..end)).to_owned())
}

fn is_pronoun(passage: &Passage, source: &Range<usize>) -> bool {
    source.len() == 1
        && passage
            .is_any(source.start, &[Class::Subject, Class::Relative, Class::Contracted, Class::Object, Class::Male])
        || source.len() == 1 && passage.is_any(source.start, &[Class::Female, Class::Plural, Class::First])
}
