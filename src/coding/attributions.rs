//! The attributions of a document as tables and counts need them: with the group that the codebook puts each source in,
//! and the sentences that its words reach into.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::source_names::SourceNames;
use crate::model::{Attribution, Document, Span};
use crate::text::{Reading, TokenKind, Voices};

/// What ends the name in a source as written: what comes after describes it, and may name others.
const NAME_ENDS: [char; 6] = [',', ';', ':', '(', '\u{2013}', '\u{2014}'];

/// The attributions of a document, in the order of the verbs.
pub(super) fn of(
    codebook: &Codebook,
    document: &Document,
    (reading, voices): (&Reading, &Voices<'_>),
    names: &mut SourceNames,
) -> Vec<Attribution> {
    let attribution = |found: &crate::text::Attribution| Attribution {
        sentence: reading.sentences.get(found.sentence).map_or(0, |sentence| sentence.number),
        source: found.source,
        name: found.name.clone(),
        group: None,
        verb: found.verb,
        verb_class: found.verb.map(|_| found.verb_class),
        mood: found.mood,
        kind: found.kind,
        content: found.content.clone(),
        sentences: sentences(reading, &found.content),
    };
    let mut attributions: Vec<Attribution> = voices.attributions().iter().map(attribution).collect();
    attributions.sort_by_key(|found| found.verb.or(found.content.first().copied()).map(|span| span.start));
    if !codebook.sources.is_empty() {
        find_groups(codebook, document.content(), names, &mut attributions);
    }
    attributions
}

/// Numbers of the sentences that have a word of the content.
fn sentences(reading: &Reading, content: &[Span]) -> Vec<u32> {
    let mut numbers = Vec::new();
    for part in content {
        let first = reading.sentences.partition_point(|sentence| sentence.span.end <= part.start);
        for sentence in reading.sentences[first..].iter().take_while(|sentence| sentence.span.start < part.end) {
            let tokens = &reading.tokens[sentence.tokens.clone()];
            let from = tokens.partition_point(|token| token.span.start < part.start);
            let mut inside = tokens[from..].iter().take_while(|token| token.span.end <= part.end);
            if inside.any(|token| token.kind == TokenKind::Word) {
                numbers.push(u32::try_from(sentence.number).unwrap_or(u32::MAX));
            }
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Gives each source its group: by its name in the document; else by the first way of writing that name, with title
/// ("Russian Foreign Minister Lavrov"), that is in a group. So a source is in one group throughout a document.
fn find_groups(codebook: &Codebook, content: &str, names: &mut SourceNames, attributions: &mut [Attribution]) {
    let mut groups: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for found in attributions.iter() {
        let Some(name) = found.name.as_deref() else { continue };
        let group = groups.entry(name).or_insert_with(|| names.group_of(codebook, name));
        if group.is_none() {
            let written = found.source.map_or("", |source| source.of(content));
            let written = written.split(NAME_ENDS).next().unwrap_or(written);
            *group = (written != name).then(|| names.group_of(codebook, written)).flatten();
        }
    }
    let found: Vec<Option<usize>> = attributions
        .iter()
        .map(|found| found.name.as_deref().and_then(|name| groups.get(name).copied().flatten()))
        .collect();
    for (attribution, group) in attributions.iter_mut().zip(found) {
        attribution.group = group;
    }
}
