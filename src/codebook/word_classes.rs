//! Which words of the vocabulary satisfy which word patterns. Asked once per distinct word form, so that a token costs
//! one look-up however many patterns there are.

use std::collections::BTreeMap;

use crate::codebook::pattern::WordPattern;
use crate::text::{Word, fold_signs};

/// Number of a word class: a set of word patterns, any of which satisfies it.
pub(super) type ClassId = u32;

/// Every word pattern of a codebook, arranged for look-up, and the classes it belongs to.
#[derive(Debug, Default)]
pub(super) struct WordClasses {
    classes: BTreeMap<Vec<WordPattern>, ClassId>,
    folded: Forms,
    exact: Forms,
}

impl WordClasses {
    /// The class of words that satisfy any of `patterns`; the same set is the same class.
    pub(super) fn class(&mut self, mut patterns: Vec<WordPattern>) -> ClassId {
        // So that `(tank | tanks)` in one rule and `(tanks | tank)` in another are one class.
        patterns.sort();
        patterns.dedup();
        let next = ClassId::try_from(self.classes.len()).unwrap_or(ClassId::MAX);
        if let Some(known) = self.classes.get(&patterns) {
            return *known;
        }
        for pattern in &patterns {
            match pattern {
                WordPattern::Folded(word) => self.folded.insert(word, next),
                WordPattern::Exact(word) => self.exact.insert(word, next),
            }
        }
        self.classes.insert(patterns, next);
        next
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.classes.len()
    }

    /// The classes that a word form satisfies, ascending.
    pub(super) fn of(&self, word: &Word) -> Vec<ClassId> {
        let mut found = Vec::new();
        self.folded.collect(&word.folded, &mut found);
        // Capitals count for these, the shape of apostrophes and accents does not: `=O'Brien` is in "O’Brien", too.
        if !self.exact.is_empty() {
            self.exact.collect(&fold_signs(&word.surface), &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Word patterns by shape: most are a plain word or a stem with `*` behind.
#[derive(Debug, Default)]
struct Forms {
    plain: BTreeMap<Box<str>, Vec<ClassId>>,
    stems: Stems,
    endings: BTreeMap<Box<str>, Vec<ClassId>>,
    other: Vec<(Box<str>, ClassId)>,
}

impl Forms {
    fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.stems.is_empty() && self.endings.is_empty() && self.other.is_empty()
    }

    fn insert(&mut self, pattern: &str, class: ClassId) {
        let is_wild = |text: &str| text.contains(['*', '?']);
        let (table, word) = match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
            _ if !is_wild(pattern) => (&mut self.plain, pattern),
            (Some(stem), _) if !is_wild(stem) => return self.stems.insert(stem, class),
            (_, Some(ending)) if !is_wild(ending) => (&mut self.endings, ending),
            // `wom?n`, `*terror*`: few in any codebook, and tried once per word form, not per token.
            _ => return self.other.push((pattern.into(), class)),
        };
        table.entry(word.into()).or_default().push(class);
    }

    fn collect(&self, word: &str, found: &mut Vec<ClassId>) {
        found.extend(self.plain.get(word).into_iter().flatten());
        self.stems.collect(word, found);
        if !self.endings.is_empty() {
            // The cut before the first letter counts, as `*mongering` matches "mongering".
            let cuts = word.char_indices().map(|(at, _)| at).chain([word.len()]);
            found.extend(cuts.filter_map(|cut| self.endings.get(&word[cut..])).flatten());
        }
        found.extend(self.other.iter().filter(|(pattern, _)| is_match(pattern, word)).map(|(_, class)| *class));
    }
}

/// Stems as a tree of letters, byte by byte: of "troops" the stems "tr" and "troop" are met on one way down.
#[derive(Debug)]
struct Stems(Vec<StemNode>);

/// A beginning of stems.
#[derive(Debug, Default)]
struct StemNode {
    /// The bytes that go on, each with the number of its node.
    next: Vec<(u8, usize)>,
    /// Classes of the stem that ends here.
    classes: Vec<ClassId>,
}

impl Default for Stems {
    fn default() -> Self {
        Self(vec![StemNode::default()])
    }
}

impl Stems {
    fn is_empty(&self) -> bool {
        let [root, rest @ ..] = &self.0[..] else { return true };
        root.classes.is_empty() && rest.is_empty()
    }

    fn insert(&mut self, stem: &str, class: ClassId) {
        let mut node = 0;
        for byte in stem.bytes() {
            node = self.next(node, byte).unwrap_or_else(|| {
                let new = self.0.len();
                self.0[node].next.push((byte, new));
                self.0.push(StemNode::default());
                new
            });
        }
        self.0[node].classes.push(class);
    }

    /// The classes of stems that `word` begins with, which may be all of it: `troop*` matches "troop".
    fn collect(&self, word: &str, found: &mut Vec<ClassId>) {
        let mut node = 0;
        found.extend(&self.0[node].classes);
        for byte in word.bytes() {
            let Some(next) = self.next(node, byte) else { return };
            node = next;
            found.extend(&self.0[node].classes);
        }
    }

    fn next(&self, node: usize, byte: u8) -> Option<usize> {
        self.0[node].next.iter().find(|(other, _)| *other == byte).map(|(_, next)| *next)
    }
}

/// Whether `word` satisfies a pattern with `*` and `?`; linear in practice, at most word times pattern length.
fn is_match(pattern: &str, word: &str) -> bool {
    let (mut pattern_rest, mut word_rest) = (pattern.chars(), word.chars());
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        match (pattern_rest.next(), word_rest.clone().next()) {
            (None, None) => return true,
            (Some('*'), _) => retry = Some((pattern_rest.clone(), word_rest.clone())),
            (Some(wanted), Some(found)) if wanted == '?' || wanted == found => {
                word_rest.next();
            }
            // Only the last star is ever made longer: what an earlier one could take over, the last one can take as
            // well. So `*a*b*c*` does not try all ways of dividing a word among its stars.
            _ => {
                let Some((after_star, mut from)) = retry.take() else { return false };
                if from.next().is_none() {
                    return false;
                }
                pattern_rest = after_star.clone();
                word_rest = from.clone();
                retry = Some((after_star, from));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Vocabulary;

    #[test]
    fn wildcards_match_as_in_file_names() {
        for (pattern, word, matches) in [
            ("troop*", "troop", true),
            ("troop*", "troops", true),
            ("troop*", "troup", false),
            ("troop*", "troo", false),
            ("troop*", "trooq", false),
            ("*", "troop", true),
            ("été*", "étés", true),
            ("été*", "ét", false),
            ("attache*", "attaché", false),
            ("attaché*", "attache", false),
            ("*mongering", "fearmongering", true),
            ("*mongering", "mongering", true),
            ("*mongering", "mongerings", false),
            ("wom?n", "women", true),
            ("wom?n", "womn", false),
            ("wom?n", "woméén", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("a*a*a", "aaaa", true),
            ("a*a*a", "aa", false),
            ("тан?*", "танки", true),
            ("nato", "nato", true),
            ("nato", "natos", false),
        ] {
            let mut classes = WordClasses::default();
            let class = classes.class(vec![WordPattern::Folded(pattern.to_owned())]);
            let mut vocabulary = Vocabulary::default();
            let id = vocabulary.id(word);
            let found = classes.of(vocabulary.word(id));
            assert_eq!(found.contains(&class), matches, "{pattern} on {word}");
        }
    }

    #[test]
    fn a_word_has_every_stem_that_it_begins_with_among_others_of_one_beginning() {
        let mut classes = WordClasses::default();
        let stems = ["tr*", "tra*", "troop*", "troope*", "troopa*", "troopers*", "*", "u*", "t*"];
        let ids: Vec<ClassId> =
            stems.iter().map(|stem| classes.class(vec![WordPattern::Folded((*stem).to_owned())])).collect();
        let mut vocabulary = Vocabulary::default();
        for word in ["trooper", "troops", "trap", "t", "zebra"] {
            let id = vocabulary.id(word);
            let begins = stems.iter().zip(&ids).filter(|(stem, _)| word.starts_with(stem.trim_end_matches('*')));
            let expected: Vec<ClassId> = begins.map(|(_, id)| *id).collect();
            assert_eq!(classes.of(vocabulary.word(id)), expected, "{word}");
        }
    }

    #[test]
    fn case_matters_for_exact_patterns_only() {
        let mut classes = WordClasses::default();
        let exact = classes.class(vec![WordPattern::Exact("NATO".to_owned())]);
        let folded = classes.class(vec![WordPattern::Folded("nato".to_owned())]);
        let mut vocabulary = Vocabulary::default();
        for (word, expected) in [("NATO", vec![exact, folded]), ("Nato", vec![folded]), ("Otan", vec![])] {
            let id = vocabulary.id(word);
            assert_eq!(classes.of(vocabulary.word(id)), expected, "{word}");
        }
    }
}
