//! How often the tests of all groups, or of all frames, at once reject what is true: no group differs from another.

use parallax::stats::{
    ClusterCounts, Dealing, RandomStream, Seed, benjamini_hochberg, divergence_test, holm, omnibus_test,
    permutation_test,
};

use crate::plain::PlainSide;
use crate::population::Population;

/// Unrelated frames of a corpus.
pub(crate) const FRAMES: usize = 5;

/// The level that the tests are held to.
pub(crate) const LEVEL: f64 = 0.05;

/// A test and how often it was wrong.
#[derive(Clone, Debug)]
pub(crate) struct NullRate {
    pub(crate) condition: String,
    pub(crate) test: &'static str,
    pub(crate) tested: u32,
    pub(crate) rejected: u32,
}

impl NullRate {
    pub(crate) fn rate(&self) -> f64 {
        f64::from(self.rejected) / f64::from(self.tested)
    }

    pub(crate) fn to_csv(&self) -> String {
        format!("\"{}\",{},{},{:.4}", self.condition, self.test, self.tested, self.rate())
    }
}

/// Whether each test finds something in groups that are drawn from their populations; `None` where it cannot be made.
type Tested = fn(&[Vec<ClusterCounts>], u32, &mut RandomStream) -> Option<bool>;

/// The tests of more than two groups.
pub(crate) const OF_GROUPS: [(&str, Tested); 1] = [("omnibus of one frame", by_omnibus)];

/// The tests of two groups over all frames.
pub(crate) const OF_PAIRS: [(&str, Tested); 4] = [
    ("divergence", by_divergence),
    ("any frame by max_p", by_largest),
    ("any frame by holm_p", by_holm),
    ("any frame by q_value", by_rate),
];

/// Draws groups so often and lets each test say whether they differ.
pub(crate) fn null_rates(tests: &[(&'static str, Tested)], sides: &[PlainSide], times: (u32, u32)) -> Vec<NullRate> {
    let (repetitions, draws) = times;
    let populations: Vec<Population> = sides.iter().map(PlainSide::population).collect();
    let condition = sides.iter().map(PlainSide::name).collect::<Vec<_>>().join(" against ");
    let mut stream = Seed::new(1).stream(&format!("null/{condition}"));
    let none =
        |(test, _): &(&'static str, Tested)| NullRate { condition: condition.clone(), test, tested: 0, rejected: 0 };
    let mut rates: Vec<NullRate> = tests.iter().map(none).collect();
    for _ in 0..repetitions {
        let groups: Vec<Vec<ClusterCounts>> = populations
            .iter()
            .zip(sides)
            .map(|(population, side)| population.draw(side.documents, FRAMES, &mut stream))
            .collect();
        for (rate, (_, test)) in rates.iter_mut().zip(tests) {
            if let Some(is_rejected) = test(&groups, draws, &mut stream) {
                rate.tested += 1;
                rate.rejected += u32::from(is_rejected);
            }
        }
    }
    rates
}

fn by_omnibus(groups: &[Vec<ClusterCounts>], draws: u32, stream: &mut RandomStream) -> Option<bool> {
    let groups: Vec<&[ClusterCounts]> = groups.iter().map(Vec::as_slice).collect();
    Some(omnibus_test(&groups, Dealing { draws, kinds: &[0] }, stream)?[0]?.p_value <= LEVEL)
}

fn by_divergence(groups: &[Vec<ClusterCounts>], draws: u32, stream: &mut RandomStream) -> Option<bool> {
    let kinds: Vec<usize> = (0..groups[0][0].k.len()).collect();
    Some(divergence_test(&groups[0], &groups[1], Dealing { draws, kinds: &kinds }, stream)?.p_value <= LEVEL)
}

fn by_largest(groups: &[Vec<ClusterCounts>], draws: u32, stream: &mut RandomStream) -> Option<bool> {
    let kinds: Vec<usize> = (0..FRAMES).collect();
    let tested = permutation_test(&groups[0], &groups[1], Dealing { draws, kinds: &kinds }, stream)?;
    Some(tested.max_p_values.iter().flatten().any(|p_value| *p_value <= LEVEL))
}

fn by_holm(groups: &[Vec<ClusterCounts>], draws: u32, stream: &mut RandomStream) -> Option<bool> {
    by_adjusted(holm, groups, draws, stream)
}

fn by_rate(groups: &[Vec<ClusterCounts>], draws: u32, stream: &mut RandomStream) -> Option<bool> {
    by_adjusted(benjamini_hochberg, groups, draws, stream)
}

fn by_adjusted(
    method: fn(&[f64]) -> Vec<f64>,
    groups: &[Vec<ClusterCounts>],
    draws: u32,
    stream: &mut RandomStream,
) -> Option<bool> {
    let kinds: Vec<usize> = (0..FRAMES).collect();
    let tested = permutation_test(&groups[0], &groups[1], Dealing { draws, kinds: &kinds }, stream)?;
    let p_values: Vec<f64> = tested.p_values.into_iter().flatten().collect();
    Some(method(&p_values).iter().any(|p_value| *p_value <= LEVEL))
}
