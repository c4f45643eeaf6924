//! What the words around the target are about: sums of word vectors left of it, right of it, and near it, as in Vo and
//! Zhang (2015), "Target-dependent Twitter sentiment classification with rich automatic features".

use crate::learning::features::meaning::Vector;
use crate::learning::features::{FeatureUnit, Sink};

/// Times that a word beside the target counts; one further away counts less.
const BESIDE: i32 = 12;

/// Adds the vectors.
pub(in crate::learning::features) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    for vector in vectors(unit) {
        vector.add_to(sink);
    }
}

/// The vectors left of the target, right of it and near it; none without a target.
pub(in crate::learning::features) fn vectors<'u>(unit: &'u FeatureUnit<'u>) -> Vec<Vector<'u>> {
    let Some(scene) = unit.target else { return Vec::new() };
    let sum = |side: &'static str, times: &dyn Fn(usize) -> i32| {
        let words = scene.items.iter().enumerate();
        Vector::of(side, words.map(|(place, item)| (item.token, &*item.form, times(place))))
    };
    let (left, right) = (|place| i32::from(place < scene.target), |place| i32::from(place > scene.target));
    vec![sum("left:", &left), sum("right:", &right), sum("near:", &|place| nearness(place, scene.target))]
}

/// How often a word counts: the oftener the nearer to the target.
fn nearness(place: usize, target: usize) -> i32 {
    BESIDE / i32::try_from(place.abs_diff(target)).unwrap_or(i32::MAX).max(1)
}
