//! What a document's trials weigh in shares, differences and contrasts: alike, alike by document, or alike by text.
//!
//! Sums stay whole numbers, so that their order moves no digit: what weighs less than a trial is counted in parts of one.

use crate::model::{CompareSettings, CopyRule, Weight};
use crate::stats::ClusterCounts;

/// Trials of a unit where units count alike, for tests that sum squares: of ten million units these stay below 2^64.
pub(super) const EVEN_TRIALS: u64 = 1_000_000;

/// The same where only sums enter, no squares.
pub(super) const FINE_TRIALS: u64 = EVEN_TRIALS * EVEN_TRIALS;

/// Parts of a trial: those of 1 to 22 copies are whole numbers of them, and with more copies a trial is off by a part in 10^8
/// at most.
pub(super) const FINE_PARTS: u64 = 232_792_560;

/// The same for tests that sum squares; of 1 to 10 copies whole numbers.
const COARSE_PARTS: u64 = 2_520;

/// What counts alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weighing {
    /// Every trial.
    Trials,
    /// Every trial of a document without a copy; of a text that a group has several times the mean of its copies is one.
    MeanCopies,
    /// Every unit, a text that a group has several times being one.
    Units,
}

impl Weighing {
    /// What a study asks for. Where units count alike a text counts once whatever becomes of its copies.
    pub(super) const fn of(settings: &CompareSettings) -> Self {
        match (settings.weight, settings.copies) {
            (Weight::Document, _) => Self::Units,
            (Weight::Sentence, CopyRule::Weight) => Self::MeanCopies,
            (Weight::Sentence, CopyRule::All | CopyRule::One) => Self::Trials,
        }
    }
}

/// The fine parts of a document's trials, of which its group has so many copies.
pub(super) fn fine_trials(trials: &ClusterCounts, copies: u64) -> ClusterCounts {
    scaled(trials, FINE_PARTS, copies)
}

/// Fine parts as coarse ones.
pub(super) fn coarse(unit: &ClusterCounts) -> ClusterCounts {
    scaled(unit, COARSE_PARTS, FINE_PARTS)
}

/// A unit of `of` trials with the same shares, to the nearest success; without trials the unit itself.
pub(super) fn evened(unit: &ClusterCounts, of: u64) -> ClusterCounts {
    if unit.n == 0 { unit.clone() } else { scaled(unit, of, unit.n) }
}

/// Counts times `by` over `over`, to the nearest whole number.
fn scaled(unit: &ClusterCounts, by: u64, over: u64) -> ClusterCounts {
    let [wide_by, wide_over] = [by, over].map(u128::from);
    let one =
        |count: u64| u64::try_from((2 * u128::from(count) * wide_by + wide_over) / (2 * wide_over)).unwrap_or(u64::MAX);
    ClusterCounts { n: one(unit.n), k: unit.k.iter().map(|k| one(*k)).collect() }
}
