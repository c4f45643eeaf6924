//! The families whose features are sums of word vectors, so that a score can be taken apart into the words' shares.

use crate::learning::features::meaning::{self, NAMES, Vector};
use crate::learning::features::{FeatureFamily, FeatureUnit, toward};

/// What the names of a family's vectors begin with, after the family's, in the order of [`vectors`].
#[must_use]
pub const fn sides(family: FeatureFamily) -> &'static [&'static str] {
    match family {
        FeatureFamily::Meaning => &[""],
        FeatureFamily::Surroundings => &["left:", "right:", "near:"],
        _ => &[],
    }
}

/// The names of the features of a vector, whole.
pub fn number_names(family: FeatureFamily, side: &str) -> impl Iterator<Item = String> {
    NAMES.iter().map(move |name| format!("{}:{side}{name}", family.definition().name))
}

/// The vectors that a family adds to a unit, in that order; none for families that add none.
#[must_use]
pub fn vectors<'u>(unit: &'u FeatureUnit<'u>, family: FeatureFamily) -> Vec<Vector<'u>> {
    match family {
        FeatureFamily::Meaning => vec![meaning::whole(unit)],
        FeatureFamily::Surroundings => toward::surroundings(unit),
        _ => Vec::new(),
    }
}
