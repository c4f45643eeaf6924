//! The attributions of a document as tables and counts need them: with the group that the codebook puts each source in,
//! and the sentences that its words reach into.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::source_names::SourceNames;
use crate::model::{Attribution, Document, Span};
use crate::text::{Reading, TokenKind, Voices};

/// What ends the name in a source as written: what comes after describes it, and may name others.
// Without them "Lavrov, who met Blinken" could be put into the group that Blinken is in.
const NAME_ENDS: [char; 6] = [',', ';', ':', '(', '\u{2013}', '\u{2014}'];

/// The attributions of a document, in the order of the verbs: those to whom the outlet itself gives voice, and apart from them
/// those to whom one of these does, of whom only the codings know, whose source is the innermost.
pub(super) fn of(
    codebook: &Codebook,
    document: &Document,
    (reading, voices): (&Reading, &Voices<'_>),
    names: &mut SourceNames,
) -> (Vec<Attribution>, Vec<Attribution>) {
    let attribution = |found: &crate::text::AttributedWords| Attribution {
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
    let (outer, inner): (Vec<_>, Vec<_>) = voices.attributions().iter().partition(|found| found.depth == 0);
    let mut attributions: Vec<Attribution> = outer.into_iter().map(attribution).collect();
    // A quotation that names nobody has no verb, and stands where its words do.
    attributions.sort_by_key(|found| found.verb.or(found.content.first().copied()).map(|span| span.start));
    let count = attributions.len();
    attributions.extend(inner.into_iter().map(attribution));
    if !codebook.sources.is_empty() {
        find_groups(codebook, document.content(), names, &mut attributions);
    }
    let inner = attributions.split_off(count);
    (attributions, inner)
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
            // Of words only: a closing mark that the cut left at the beginning of a sentence does not make it
            // reported.
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
        // The first naming with a group decides, also for the mentions before it: "Lavrov" in the first paragraph is
        // in the group that "Russian Foreign Minister Lavrov" in the third shows.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;
    use crate::coding::{DocumentReader, code};
    use crate::model::{Mood, Speech};

    const CODEBOOK: &str = r#"
[sources]
ministry = ["mayor of Oakford's office", "ministry", "Minister Ode"]
town     = ["Oakford", "the mayor", "Novak", "{councils}"]
abroad   = ["(foreign | Norwegian) envoy*", "envoy to Oakford"]
zone     = ["Novak"]
[lists]
councils = ["council*"]
[[frame]]
id = "f"
"#;

    fn attributions(language: &str, title: &str, text: &str) -> (Document, Vec<Attribution>) {
        let codebook = parse(CODEBOOK, "c.toml").unwrap();
        let mut document = Document::new("1", title, text);
        document.extra.insert("language".to_owned(), language.to_owned());
        let coded = code(&codebook, &document, &mut DocumentReader::default());
        assert_eq!(coded.has_voices, language == "en");
        (document, coded.attributions)
    }

    /// The group of the first source of a text.
    fn group(text: &str) -> Option<String> {
        let codebook = parse(CODEBOOK, "c.toml").unwrap();
        let group = attributions("en", "", text).1.first().and_then(|found| found.group);
        group.map(|group| codebook.sources[group].id.clone())
    }

    /// Who speaks in somebody else's words is in a group, too, and has no row among those whom the outlet gives voice.
    #[test]
    fn a_source_in_the_words_of_another_is_in_its_group() {
        let text = "Novak said that the ministry had claimed that the bridge would fall.";
        let codebook = parse(CODEBOOK, "c.toml").unwrap();
        let mut document = Document::new("1", "", text);
        document.extra.insert("language".to_owned(), "en".to_owned());
        let coded = code(&codebook, &document, &mut DocumentReader::default());
        let named = |found: &[Attribution]| -> Vec<(Option<String>, Option<String>)> {
            let id = |group: usize| codebook.sources[group].id.clone();
            found.iter().map(|found| (found.name.clone(), found.group.map(id))).collect()
        };
        assert_eq!(named(&coded.attributions), [(Some("Novak".to_owned()), Some("town".to_owned()))]);
        assert_eq!(named(&coded.inner_attributions), [(Some("ministry".to_owned()), Some("ministry".to_owned()))]);
    }

    #[test]
    fn a_source_is_in_the_group_with_the_longest_match() {
        for (text, expected) in [
            ("Anna Novak said that the bridge was safe.", Some("town")),
            ("The ministry said that the bridge was safe.", Some("ministry")),
            ("The council said that the bridge was safe.", Some("town")),
            ("Clara Berg said that the bridge was safe.", None),
            ("Clara Berg, a former aide to Novak, said that the bridge was safe.", None),
            ("Minister Ode said that the bridge was safe.", Some("ministry")),
            ("It was alleged that the bridge was unsafe.", None),
        ] {
            assert_eq!(group(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn groups_stand_sorted_and_of_equal_matches_the_first_counts() {
        let codebook = parse(CODEBOOK, "c.toml").unwrap();
        let ids: Vec<&str> = codebook.sources.iter().map(|group| group.id.as_str()).collect();
        assert_eq!(ids, ["abroad", "ministry", "town", "zone"]);
        let mut names = SourceNames::default();
        for (name, expected) in [
            ("Novak", Some("town")),
            ("Norwegian envoy to Oakford", Some("abroad")),
            ("Oakford", Some("town")),
            ("mayor of Oakford's office", Some("ministry")),
            ("Novak's people at the ministry", Some("town")),
            ("spokesman for the ministry in Oakford", Some("ministry")),
            ("man in Oakford", Some("town")),
            ("somebody", None),
            ("", None),
        ] {
            let found = names.group_of(&codebook, name).map(|group| ids[group]);
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn one_name_is_in_one_group_throughout_a_document() {
        let text = "Minister Ode said the bridge was safe. Ode added that it was new.";
        let (_, found) = attributions("en", "", text);
        let groups: Vec<_> = found.iter().map(|found| (found.name.as_deref(), found.group)).collect();
        assert_eq!(groups, [(Some("Ode"), Some(1)), (Some("Ode"), Some(1))]);
    }

    #[test]
    fn words_know_their_sentences() {
        let text = "The bridge is old. \u{201C}It is safe. It will hold,\u{201D} Novak said. It rained.";
        let (document, found) = attributions("en", "", text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].sentences.as_slice(), found[0].mood, found[0].kind),
            (&[2, 3][..], Mood::Asserted, Speech::Direct)
        );
        assert_eq!(found[0].source.map(|source| source.of(document.content())), Some("Novak"));
    }

    #[test]
    fn nothing_is_known_of_who_speaks_in_another_language() {
        assert!(attributions("nn", "", "Novak said that the bridge was safe.").1.is_empty());
    }
}
