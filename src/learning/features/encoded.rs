//! What a sentence encoder of the user's own makes of the stretch: one vector, written before by `parallax encode`.

use std::sync::LazyLock;

use crate::learning::features::{FeatureUnit, Sink};

/// More numbers than the vectors of any model of the family have.
const MOST_NUMBERS: usize = 4_096;

/// The names of the features. They sort as the numbers do.
static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..MOST_NUMBERS).map(|number| format!("{number:04}")).collect());

/// Adds the numbers of the stretch's vector, of the length 1 as words and characters have; nothing where it was not encoded.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(vector) = unit.vectors.and_then(|vectors| vectors.of(unit.text.written())) else { return };
    for (name, number) in NAMES.iter().zip(vector) {
        sink.add(&[name], number);
    }
}
