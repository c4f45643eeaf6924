//! What each source says in one document, as integers and numbers of sentences.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{Mood, Speech, VerbClass};

/// An attribution, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken<'a> {
    /// The name that the source has in the document; `None` where nobody is named.
    pub name: Option<&'a str>,
    /// Id of the group of sources that the codebook puts it in.
    pub group: Option<&'a str>,
    /// Whether it was said at all.
    pub mood: Mood,
    /// Whether the words are quoted.
    pub kind: Speech,
    /// Class of the reporting verb; `None` where there is no verb.
    pub verb_class: Option<VerbClass>,
    /// Numbers of the sentences that have a word of it.
    pub sentences: &'a [u32],
}

impl Spoken<'_> {
    /// Whether it was in fact said, and has words.
    fn is_said(&self) -> bool {
        self.mood == Mood::Asserted && !self.sentences.is_empty()
    }
}

/// What one source says in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCounts {
    /// Its name in the document; `None` for all who are not named.
    pub name: Option<Arc<str>>,
    /// Id of the group of sources that the codebook puts it in.
    pub group: Option<Arc<str>>,
    /// Numbers of the sentences that have a word of its, ascending, each once.
    pub sentences: Box<[u32]>,
    /// Its attributions.
    pub attributions: AttributionCounts,
}

/// What tells the sources of a document apart, in the order that they are listed in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct NamedSource<'a> {
    group: Option<&'a str>,
    name: Option<&'a str>,
}

/// Numbers of attributions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionCounts {
    /// In the order of [`Speech::ALL`].
    pub by_kind: [u32; Speech::ALL.len()],
    /// In the order of [`VerbClass::ALL`]; attributions without a verb are in none.
    pub by_verb_class: [u32; VerbClass::ALL.len()],
}

impl SourceCounts {
    /// Its name and group, where it has them.
    pub(super) fn names(&mut self) -> impl Iterator<Item = &mut Arc<str>> {
        [&mut self.name, &mut self.group].into_iter().flatten()
    }

    /// The sources of one document, by group and name. Only what was in fact said counts, and only where it has words:
    /// "did not say", "would say" and "declined to comment" give nobody the word.
    #[must_use]
    pub fn of<'a>(document: impl IntoIterator<Item = Spoken<'a>>) -> Vec<Self> {
        let mut sources: BTreeMap<NamedSource<'_>, (Vec<u32>, AttributionCounts)> = BTreeMap::new();
        for spoken in document.into_iter().filter(Spoken::is_said) {
            let (sentences, attributions) =
                sources.entry(NamedSource { group: spoken.group, name: spoken.name }).or_default();
            sentences.extend_from_slice(spoken.sentences);
            attributions.add(&spoken);
        }
        let source = |(NamedSource { group, name }, (mut sentences, attributions)): (_, (Vec<u32>, _))| {
            sentences.sort_unstable();
            sentences.dedup();
            Self {
                name: Option::map(name, Arc::from),
                group: Option::map(group, Arc::from),
                sentences: sentences.into_boxed_slice(),
                attributions,
            }
        };
        sources.into_iter().map(source).collect()
    }
}

impl AttributionCounts {
    fn add(&mut self, spoken: &Spoken<'_>) {
        let kind = Speech::ALL.iter().position(|kind| *kind == spoken.kind);
        if let Some(count) = kind.and_then(|at| self.by_kind.get_mut(at)) {
            *count += 1;
        }
        let class = VerbClass::ALL.iter().position(|class| Some(*class) == spoken.verb_class);
        if let Some(count) = class.and_then(|at| self.by_verb_class.get_mut(at)) {
            *count += 1;
        }
    }

    /// Adds the counts of another document, or of another source.
    pub fn merge(&mut self, other: &Self) {
        let pairs = self.by_kind.iter_mut().zip(&other.by_kind);
        pairs.chain(self.by_verb_class.iter_mut().zip(&other.by_verb_class)).for_each(|(sum, count)| *sum += count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_were_said_count_and_each_sentence_once() {
        let said = Spoken {
            name: Some("Anna Novak"),
            group: Some("city"),
            mood: Mood::Asserted,
            kind: Speech::Direct,
            verb_class: Some(VerbClass::Neutral),
            sentences: &[3, 4],
        };
        let nobody = Spoken { name: None, group: None, verb_class: None, kind: Speech::Indirect, ..said };
        let document = [
            said,
            Spoken { kind: Speech::Mixed, verb_class: Some(VerbClass::Warning), sentences: &[1, 3], ..said },
            Spoken { mood: Mood::Negated, sentences: &[9], ..said },
            Spoken { mood: Mood::Hypothetical, sentences: &[9], ..said },
            Spoken { mood: Mood::Refused, sentences: &[], ..said },
            Spoken { sentences: &[], ..said },
            nobody,
        ];
        let found = SourceCounts::of(document);
        let names: Vec<_> = found.iter().map(|source| (source.group.as_deref(), source.name.as_deref())).collect();
        assert_eq!(names, [(None, None), (Some("city"), Some("Anna Novak"))]);
        assert_eq!((&*found[0].sentences, found[0].attributions.by_kind), (&[3, 4][..], [0, 1, 0]));
        assert_eq!(found[0].attributions.by_verb_class, [0; 9], "no verb, no class");
        assert_eq!((&*found[1].sentences, found[1].attributions.by_kind), (&[1, 3, 4][..], [1, 0, 1]));
        assert_eq!(found[1].attributions.by_verb_class, [1, 0, 0, 0, 0, 0, 1, 0, 0]);
    }
}
