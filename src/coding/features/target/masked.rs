//! Stems of the whole stretch, with the target and other names masked: what is said, whoever it is said of.

use crate::coding::features::target::add_runs;
use crate::coding::features::{Sink, Unit};

/// Adds stems and pairs of neighbouring stems.
pub(in crate::coding::features) fn add(unit: &Unit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    add_runs(sink, "", &scene.stems(0..scene.items.len()), 2, |_| true);
}
