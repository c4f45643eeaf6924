//! What the words around the target are about: sums of word vectors left of it, right of it, and near it, as in Vo and
//! Zhang (2015), "Target-dependent Twitter sentiment classification with rich automatic features".

use crate::coding::features::meaning::add_weighed;
use crate::coding::features::{Sink, Unit};

/// Times that a word beside the target counts; one further away counts less.
const BESIDE: i32 = 12;

/// Adds the vectors.
pub(in crate::coding::features) fn add(unit: &Unit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    add_weighed(scene.before().iter().map(|item| (&*item.form, 1)), "left:", sink);
    add_weighed(scene.after().iter().map(|item| (&*item.form, 1)), "right:", sink);
    let times = |place: usize| {
        let distance = i32::try_from(place.abs_diff(scene.target)).unwrap_or(i32::MAX);
        BESIDE / distance.max(1)
    };
    let items = scene.items.iter().enumerate();
    add_weighed(items.map(|(place, item)| (&*item.form, times(place))), "near:", sink);
}
