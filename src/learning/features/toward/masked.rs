//! Stems of the whole stretch, with the target and other names masked: what is said, whoever it is said of.

use crate::learning::features::toward::add_runs;
use crate::learning::features::{FeatureUnit, Sink};

/// Adds stems and pairs of neighbouring stems.
pub(in crate::learning::features) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    add_runs(sink, "", &scene.stems(0..scene.items.len()), 2, |_| true);
}
