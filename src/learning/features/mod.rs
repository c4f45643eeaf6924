//! What the scorer knows of a stretch of text: named numbers, in families that can be switched off one by one.
//!
//! A family is one file with a function that adds its features to a [`Sink`], one variant of [`FeatureFamily`] and one line in
//! [`FAMILIES`]. Names are stable and readable, since users see them as evidence: `words:tank`, `rules:forces-massed`.
//!
//! In reading order: `sink`, the families of any stretch (`words`, `characters`, `neighbours`, `position`, `context`,
//! `rules`, `meaning`, `encoded`), those toward a target (`toward`), and `vectors`, the two families that are sums of word
//! vectors.
//!
//! Not here: how values are weighed and become columns (`learning::matrix`), and what is learnt of them.

mod characters;
mod context;
mod encoded;
mod meaning;
mod neighbours;
mod position;
mod rules;
mod sink;
mod toward;
mod vectors;
mod words;

use serde::{Deserialize, Serialize};

use crate::coding::TextUnit;
use crate::encoder::SentenceVectors;

pub use meaning::{DIMENSIONS, Vector, word_vector_data};
pub use sink::{Feature, NameTable, Sink, feature_hash};
pub use toward::{Scene, SceneToken};
pub use vectors::{number_names, sides, vectors};

/// What is scored: a stretch of a document with everything a feature may look at.
#[derive(Clone, Copy, Debug)]
pub struct FeatureUnit<'t> {
    /// The stretch, with what the codebook's rules found in it.
    pub text: TextUnit<'t>,
    /// Columns that the user named as context.
    pub context: &'t [String],
    /// How it looks from the target; `None` where no stance toward a target is asked.
    pub target: Option<&'t Scene<'t>>,
    /// Vectors of sentences, where the user has encoded them.
    pub vectors: Option<&'t SentenceVectors>,
}

/// A kind of features, which `--without` switches off and `--ablate` measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeatureFamily {
    /// Words and pairs of neighbouring words.
    Words,
    /// Runs of characters within words.
    Characters,
    /// What the codebook's rules found.
    Rules,
    /// Where in the document the stretch stands.
    Position,
    /// Words of the sentences before and after.
    Neighbours,
    /// Values of columns the user named.
    Context,
    /// What the words are about, from published word vectors.
    Meaning,
    /// What the target is called and where it stands.
    Target,
    /// Stems of the stretch, the target and other names masked.
    Masked,
    /// Stems by where they stand from the target.
    Window,
    /// What the target does and what is done to it.
    Relations,
    /// Good and bad words around the target.
    Polarity,
    /// What the words around the target are about, from published word vectors.
    Surroundings,
    /// The vector of the sentence, from an encoder that the user brought.
    Encoder,
}

/// A family and how its features are made.
#[derive(Debug)]
pub struct Definition {
    /// Which one.
    pub family: FeatureFamily,
    /// Its name on the command line and in front of its features' names.
    pub name: &'static str,
    /// What it is, for `--help` and `features`.
    pub meaning: &'static str,
    /// What its measures, or the numbers of its vectors, are called together where a score is explained.
    pub together: &'static str,
    /// How the values of its sparse features are weighed.
    pub weighting: Weighting,
    /// Whether it needs to know who speaks, which takes longer to read.
    pub needs_voices: bool,
    /// Whether it says something only where a stance toward a target is asked.
    pub needs_target: bool,
    add: fn(&FeatureUnit<'_>, &mut Sink),
}

/// How the values of sparse features are weighed before learners see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// `(1 + ln n) ln((1 + N) / (1 + df)) + 1`, and the family's features of a unit scaled to the Euclidean length 1.
    TfIdf,
    /// As they are, scaled to the Euclidean length 1.
    UnitLength,
    /// As they are.
    Plain,
}

/// Every family, in the order in which a unit's features are made.
pub static FAMILIES: [Definition; 14] = [
    Definition {
        family: FeatureFamily::Words,
        name: "words",
        meaning: "words and pairs of neighbouring words",
        together: "(words)",
        weighting: Weighting::TfIdf,
        needs_voices: false,
        needs_target: false,
        add: words::add,
    },
    Definition {
        family: FeatureFamily::Characters,
        name: "characters",
        meaning: "runs of 3 to 5 characters between spaces",
        together: "(runs of characters)",
        weighting: Weighting::TfIdf,
        needs_voices: false,
        needs_target: false,
        add: characters::add,
    },
    Definition {
        family: FeatureFamily::Rules,
        name: "rules",
        meaning: "what the codebook's rules found, in whose voice and with which stance",
        together: "(rules)",
        weighting: Weighting::Plain,
        needs_voices: true,
        needs_target: false,
        add: rules::add,
    },
    Definition {
        family: FeatureFamily::Position,
        name: "position",
        meaning: "where in the document the stretch stands, and how long it is",
        together: "(length and place)",
        weighting: Weighting::Plain,
        needs_voices: false,
        needs_target: false,
        add: position::add,
    },
    Definition {
        family: FeatureFamily::Neighbours,
        name: "neighbours",
        meaning: "words of the sentences before and after",
        together: "(sentences before and after)",
        weighting: Weighting::TfIdf,
        needs_voices: false,
        needs_target: false,
        add: neighbours::add,
    },
    Definition {
        family: FeatureFamily::Context,
        name: "context",
        meaning: "values of the columns named with --context",
        together: "(context)",
        weighting: Weighting::Plain,
        needs_voices: false,
        needs_target: false,
        add: context::add,
    },
    Definition {
        family: FeatureFamily::Meaning,
        name: "meaning",
        meaning: "what the words are about, from the word vectors GloVe",
        together: "(what the words are about)",
        weighting: Weighting::Plain,
        needs_voices: false,
        needs_target: false,
        add: meaning::add,
    },
    Definition {
        family: FeatureFamily::Target,
        name: "target",
        meaning: "what the target is called, and where in the stretch it stands",
        together: "(name and place of the target)",
        weighting: Weighting::TfIdf,
        needs_voices: true,
        needs_target: true,
        add: toward::add_own,
    },
    Definition {
        family: FeatureFamily::Masked,
        name: "masked",
        meaning: "stems of the stretch, with the target and other names masked",
        together: "(words, names masked)",
        weighting: Weighting::TfIdf,
        needs_voices: true,
        needs_target: true,
        add: toward::add_masked,
    },
    Definition {
        family: FeatureFamily::Window,
        name: "window",
        meaning: "stems left and right of the target, in its clause, near it",
        together: "(words by side of the target)",
        weighting: Weighting::TfIdf,
        needs_voices: true,
        needs_target: true,
        add: toward::add_window,
    },
    Definition {
        family: FeatureFamily::Relations,
        name: "relations",
        meaning: "verbs the target is subject or object of, words it depends on, what it owns",
        together: "(what the target does and suffers)",
        weighting: Weighting::TfIdf,
        needs_voices: true,
        needs_target: true,
        add: toward::add_relations,
    },
    Definition {
        family: FeatureFamily::Polarity,
        name: "polarity",
        meaning: "good and bad words around the target",
        together: "(good and bad words around the target)",
        weighting: Weighting::TfIdf,
        needs_voices: true,
        needs_target: true,
        add: toward::add_polarity,
    },
    Definition {
        family: FeatureFamily::Surroundings,
        name: "surroundings",
        meaning: "what the words left of, right of and near the target are about, from the word vectors GloVe",
        together: "(what the words around the target are about)",
        weighting: Weighting::Plain,
        needs_voices: true,
        needs_target: true,
        add: toward::add_surroundings,
    },
    Definition {
        family: FeatureFamily::Encoder,
        name: "encoder",
        meaning: "the vector of the sentence, from the sentence encoder that `parallax encode` ran",
        together: "(sentence vector)",
        weighting: Weighting::Plain,
        needs_voices: false,
        needs_target: false,
        add: encoded::add,
    },
];

impl FeatureFamily {
    /// How its features are made.
    #[must_use]
    pub fn definition(self) -> &'static Definition {
        // A test holds the list to the numbers of the variants.
        &FAMILIES[self as usize]
    }

    /// The family of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        FAMILIES.iter().find(|definition| definition.name == name).map(|definition| definition.family)
    }
}

/// Adds the features of `unit` that belong to `families` to what `sink` holds.
pub fn collect(unit: &FeatureUnit<'_>, families: &[FeatureFamily], sink: &mut Sink) {
    // In the order of the list, not of the settings: a model learnt with families named in another order is the same.
    for definition in FAMILIES.iter().filter(|definition| families.contains(&definition.family)) {
        sink.begin(definition.family);
        (definition.add)(unit, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_stand_in_the_order_of_their_numbers() {
        for (index, definition) in FAMILIES.iter().enumerate() {
            assert_eq!(definition.family as usize, index, "{}", definition.name);
            assert_eq!(FeatureFamily::of(definition.name), Some(definition.family));
            assert!(std::ptr::eq(definition.family.definition(), definition));
        }
    }
}
