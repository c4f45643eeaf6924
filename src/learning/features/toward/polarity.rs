//! Good and bad words around the target: in patterns with the function words between them, and summed by place.

use crate::learning::features::toward::add_runs;
use crate::learning::features::toward::relations::sign;
use crate::learning::features::toward::scene::{Scene, SceneToken, TARGET};
use crate::learning::features::{FeatureUnit, Sink};
use crate::text::Function;

/// What stands for words of content that are not rated.
const OTHER: &str = "x";

/// How many items of a pattern are looked at on either side of the target.
const PATTERN_REACH: usize = 6;

/// Longest pattern.
const LONGEST_PATTERN: usize = 4;

/// Distance at which a word's weight has fallen to 1/e, in items.
const FADING: f32 = 5.0;

/// Adds patterns such as `TARGET was BAD by` and the sums of polarity.
pub(in crate::learning::features) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    add_patterns(scene, sink);
    if scene.items.iter().any(|item| item.rating != 0.0) {
        add_sums(scene, sink);
        add_nearest("nearest-left", scene.before().iter().rev(), sink);
        add_nearest("nearest-right", scene.after().iter(), sink);
    }
}

fn add_patterns(scene: &Scene<'_>, sink: &mut Sink) {
    let mut forms: Vec<(&str, usize)> = Vec::with_capacity(scene.items.len());
    let mut target = 0;
    for (place, item) in scene.items.iter().enumerate() {
        let form = match sign(item) {
            Some(sign) => sign,
            None if item.function.is_content() => OTHER,
            None => &item.form,
        };
        if place == scene.target {
            target = forms.len();
        }
        // A run of unrated words is one "x", so that "TARGET x BAD" is the same pattern over two words and over five.
        if form != OTHER || forms.last().is_none_or(|last| last.0 != OTHER) {
            forms.push((form, item.token));
        }
    }
    let near = &forms[target.saturating_sub(PATTERN_REACH)..(target + PATTERN_REACH + 1).min(forms.len())];
    // Function words alone say nothing of the target.
    let tells = |run: &[(&str, usize)]| run.iter().any(|(form, _)| [TARGET, "GOOD", "BAD"].contains(form));
    add_runs(sink, "", near, LONGEST_PATTERN, tells);
}

/// Good and bad, summed apart.
#[derive(Clone, Copy, Default)]
struct Sums {
    good: f32,
    bad: f32,
}

impl Sums {
    fn of<'i, 't: 'i>(items: impl Iterator<Item = &'i SceneToken<'t>>) -> Self {
        items.fold(Self::default(), |sums, item| sums.and(item.polarity))
    }

    fn and(self, polarity: f32) -> Self {
        // Apart, since "brave but brutal" is not the same as a sentence without a rated word.
        Self { good: self.good + polarity.max(0.0), bad: self.bad - polarity.min(0.0) }
    }

    fn balance(self) -> f32 {
        self.good - self.bad
    }

    fn add_to(self, sink: &mut Sink, place: &str) {
        sink.measure(&["good:", place], self.good);
        sink.measure(&["bad:", place], self.bad);
    }
}

fn add_sums(scene: &Scene<'_>, sink: &mut Sink) {
    let (items, at) = (&scene.items, scene.target);
    let end = items.len();
    let [back_3, back_6, back_8] = [3, 6, 8].map(|reach| at.saturating_sub(reach));
    let [ahead_3, ahead_6, ahead_8] = [3, 6, 8].map(|reach| (at + 1 + reach).min(end));
    let clause = &scene.clause;
    // On either side in rings: what stands within 3 items is left out of the ring to 8, so that a word counts in one.
    let ranges = [
        ("all", 0..end),
        ("left-3", back_3..at),
        ("left-8", back_8..back_3),
        ("left-far", 0..back_8),
        ("right-3", at + 1..ahead_3),
        ("right-8", ahead_3..ahead_8),
        ("right-far", ahead_8..end),
        ("near-3", back_3..ahead_3),
        ("near-6", back_6..ahead_6),
        ("clause-left", clause.start.min(at)..at),
        ("clause-right", at + 1..clause.end.max(at + 1)),
        ("clause", clause.clone()),
    ];
    for (place, range) in ranges {
        Sums::of(items[range].iter()).add_to(sink, place);
    }
    let fading = items.iter().enumerate().fold(Sums::default(), |sums, (place, item)| {
        #[expect(clippy::cast_precision_loss, reason = "a document has far fewer than 2^23 tokens")]
        let distance = place.abs_diff(at) as f32;
        sums.and(item.polarity * (-distance / FADING).exp())
    });
    fading.add_to(sink, "fading");
    Sums::of(items.iter().filter(|item| item.quoted)).add_to(sink, "quoted");
    add_by_role(scene, sink);
}

/// The balance of the words left and right of the target in its clause, by what the target is there.
fn add_by_role(scene: &Scene<'_>, sink: &mut Sink) {
    let before = scene.before().last().map(|item| item.function);
    let after = scene.after().first().map(|item| item.function);
    // By the neighbours alone, as nothing parses here: "TARGET's", "of TARGET", "TARGET is", "hit TARGET".
    let role = match (before, after) {
        (_, Some(Function::Genitive)) => "owner",
        (Some(Function::Preposition), _) => "complement",
        (_, Some(Function::Being | Function::Auxiliary | Function::Adverb))
        | (None | Some(Function::Mark | Function::Joint), Some(Function::Content)) => "subject",
        (Some(Function::Content | Function::Title), _) => "object",
        _ => "other",
    };
    let (at, clause) = (scene.target, &scene.clause);
    let left = Sums::of(scene.items[clause.start.min(at)..at].iter()).balance();
    let right = Sums::of(scene.items[at + 1..clause.end.max(at + 1)].iter()).balance();
    sink.measure(&["left-of-", role], left);
    sink.measure(&["right-of-", role], right);
    let speaker = if scene.speaks { "speaker" } else { "no-speaker" };
    sink.measure(&["said-by-", speaker], Sums::of(scene.items.iter()).balance());
}

/// The rated word that stands nearest on one side.
fn add_nearest<'i, 't: 'i>(name: &str, items: impl Iterator<Item = &'i SceneToken<'t>>, sink: &mut Sink) {
    let mut distance = 0.0;
    for item in items {
        distance += 1.0;
        // The first is the nearest; what stands behind it is in the sums.
        if item.polarity != 0.0 {
            sink.measure(&[name], item.polarity);
            sink.measure(&[name, "-by-distance"], item.polarity / distance);
            return;
        }
    }
}
