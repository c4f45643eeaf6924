//! Stems by where they stand from the target: left or right of it, in its clause, near it.

use crate::learning::features::toward::add_runs;
use crate::learning::features::{FeatureUnit, Sink};

/// How far from the target is near, in items.
const NEAR: usize = 5;

/// Adds stems as `left:` and `right:`; with pairs as `clause:`; with runs of three as `near:`.
pub(in crate::learning::features) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    let (at, end) = (scene.target, scene.items.len());
    add_runs(sink, "left:", &scene.stems(0..at), 1, |_| true);
    add_runs(sink, "right:", &scene.stems(at + 1..end), 1, |_| true);
    add_runs(sink, "clause:", &scene.stems(scene.clause.clone()), 2, |_| true);
    let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(end);
    add_runs(sink, "near:", &scene.stems(near), 3, |_| true);
}
