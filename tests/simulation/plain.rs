//! How often the intervals of shares and differences that nobody corrected hold the truth, and how often tests reject
//! what is true, where documents are of very unequal size.

use parallax::stats::{
    ClusterCounts, ClusteredShare, RandomStream, Seed, difference_interval, korn_graubard, logit_t, welch_p_value,
};

use crate::corrected::Line;
use crate::population::{Population, Tally};

/// Levels at which the tests are held to what they promise.
const LEVELS: [f64; 3] = [0.05, 0.01, 0.001];

/// One side of a comparison: documents, share of the frame, intraclass correlation, spread of the logarithm of sizes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainSide {
    pub(crate) documents: usize,
    pub(crate) share: f64,
    pub(crate) icc: f64,
    pub(crate) spread: f64,
}

impl PlainSide {
    pub(crate) fn population(&self) -> Population {
        Population::new(self.share, self.icc, 20.0).with_spread(self.spread)
    }

    pub(crate) fn name(&self) -> String {
        let Self { documents, share, icc, spread } = self;
        format!("{documents} documents, share {share} (icc {icc}), log sizes sd {spread}")
    }
}

/// The share of one group.
pub(crate) fn plain_shares(side: &PlainSide, repetitions: u32) -> Vec<Line> {
    let (population, name, mut tally) = (side.population(), side.name(), Tally::default());
    let mut stream = Seed::new(1).stream(&format!("plain/{name}"));
    for _ in 0..repetitions {
        let found = ClusteredShare::of(&population.draw(side.documents, 1, &mut stream), 0);
        tally.add(logit_t(&found).or_else(|| korn_graubard(&found)), side.share);
    }
    vec![Line::new("plain", &name, "share", tally)]
}

/// The difference of two groups.
pub(crate) fn plain_differences(sides: &[PlainSide; 2], repetitions: u32) -> Vec<Line> {
    let (populations, mut tally) = (sides.map(|side| side.population()), Tally::default());
    let name = sides.map(|side| side.name()).join(" against ");
    let mut stream = Seed::new(1).stream(&format!("plain/{name}"));
    for _ in 0..repetitions {
        let [a, b] = [0, 1].map(|side| populations[side].draw(sides[side].documents, 1, &mut stream));
        let [a, b] = [a, b].map(|units| ClusteredShare::of(&units, 0));
        tally.add(difference_interval(&a, &b), sides[0].share - sides[1].share);
    }
    vec![Line::new("plain", &name, "difference", tally)]
}

/// P-values of a test, one for each kind of hits.
pub(crate) type Tested = fn(&[ClusterCounts], &[ClusterCounts], &mut RandomStream) -> Vec<f64>;

/// Unrelated frames in a corpus of the simulation of tests.
pub(crate) const KINDS: usize = 40;

/// Welch's test of rich groups.
pub(crate) fn by_welch(a: &[ClusterCounts], b: &[ClusterCounts], _: &mut RandomStream) -> Vec<f64> {
    let p_value = |kind| welch_p_value(&ClusteredShare::of(a, kind), &ClusteredShare::of(b, kind));
    (0..KINDS).filter_map(p_value).collect()
}

/// The share of true hypotheses that a test rejects, by level, and how many were tested in so many corpora.
pub(crate) fn sizes(test: Tested, sides: &[PlainSide; 2], repetitions: u32) -> Vec<Size> {
    let populations = sides.map(|side| side.population());
    let name = sides.map(|side| side.name()).join(" against ");
    let mut stream = Seed::new(1).stream(&format!("size/{name}"));
    let mut p_values: Vec<f64> = Vec::new();
    for _ in 0..repetitions {
        let [a, b] = [0, 1].map(|side| populations[side].draw(sides[side].documents, KINDS, &mut stream));
        p_values.extend(test(&a, &b, &mut stream));
    }
    let size = |level: f64| {
        let rejected = p_values.iter().filter(|p_value| **p_value <= level).count();
        Size { condition: name.clone(), level, tested: p_values.len(), rejected }
    };
    LEVELS.map(size).into()
}

/// How often a test rejects what is true.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) condition: String,
    pub(crate) level: f64,
    pub(crate) tested: usize,
    pub(crate) rejected: usize,
}

impl Size {
    /// A line of the table, the rate in the place of coverage.
    pub(crate) fn to_csv(&self, test: &str) -> String {
        let rate = self.rejected as f64 / self.tested as f64;
        format!("rejections,\"{}\",{test} at {},{},{rate:.4},", self.condition, self.level, self.tested)
    }
}
