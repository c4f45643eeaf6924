//! How often a frame that few documents have is said to be more frequent in one group than in others, where it is not.

use jiff::civil::{Date, date};

use parallax::compare::{DocumentCounts, FrameCounts, Test, TestFamily, TrendKind};
use parallax::model::CompareSettings;
use parallax::stats::{ClusterCounts, Seed};
use parallax::{Counts, Plan, findings};

use crate::at_once::{FRAMES, LEVEL, NullRate};
use crate::population::Population;

/// Spread of the logarithm of the sizes of a group's documents.
const SPREAD: f64 = 0.8;

/// A frame that so many documents of both groups have, at least, is in a row of its own.
const FROM_DOCUMENTS: [(usize, &str); 3] =
    [(1, "rare-count of 1 to 5 documents"), (6, "rare-count of 6 to 10"), (11, "rare-count of more")];

/// The same, and of a frame that is not rare by dealing documents.
const ONE_FRAME: &str = "one frame";
const OF_TWO: &str = "any frame by holm_p";
const OF_MORE: &str = "any pair and frame by holm_p";
const AT_ONCE: &str = "omnibus of one frame";
const BEFORE_AFTER: &str = "before-after";
const DIVERGENCE: &str = "divergence";

/// Groups in which each sentence has a frame with the same probability.
#[derive(Clone, Debug)]
pub(crate) struct Rare {
    pub(crate) share: f64,
    /// How alike sentences of a document are.
    pub(crate) icc: f64,
    /// Documents of each group, and the mean of their sentences.
    pub(crate) sides: Vec<(usize, f64)>,
}

/// A test and its p-value.
type Tested = (&'static str, f64);

impl Rare {
    fn name(&self) -> String {
        let side = |(documents, sentences): &(usize, f64)| format!("{documents} documents of {sentences} sentences");
        let sides: Vec<String> = self.sides.iter().map(side).collect();
        format!("share {} (icc {}), log sizes sd {SPREAD}; {}", self.share, self.icc, sides.join(" against "))
    }

    /// Each test's rate over so many corpora.
    pub(crate) fn rates(&self, repetitions: u32) -> Vec<NullRate> {
        let condition = self.name();
        let mut stream = Seed::new(1).stream(&format!("rare/{condition}"));
        let population = |side: &(usize, f64)| Population::new(self.share, self.icc, side.1).with_spread(SPREAD);
        let populations: Vec<Population> = self.sides.iter().map(population).collect();
        let mut rates: Vec<NullRate> = FROM_DOCUMENTS
            .map(|(_, test)| test)
            .into_iter()
            .chain([ONE_FRAME, BEFORE_AFTER, DIVERGENCE, OF_TWO, AT_ONCE, OF_MORE])
            .map(|test| NullRate { condition: condition.clone(), test, tested: 0, rejected: 0 })
            .collect();
        for seed in 0..repetitions {
            let sides = populations.iter().zip(&self.sides);
            let groups: Vec<Vec<ClusterCounts>> =
                sides.map(|(population, (documents, _))| population.draw(*documents, FRAMES, &mut stream)).collect();
            for (test, p_value) in tests(&groups, u64::from(seed)) {
                for rate in rates.iter_mut().filter(|rate| rate.test == test) {
                    rate.tested += 1;
                    rate.rejected += u32::from(p_value <= LEVEL);
                }
            }
        }
        rates.into_iter().filter(|rate| rate.tested > 0).collect()
    }
}

fn tests(groups: &[Vec<ClusterCounts>], seed: u64) -> Vec<Tested> {
    let frames: Vec<String> = (0..FRAMES).map(|frame| format!("frame-{frame}")).collect();
    let settings = CompareSettings { interruptions: vec![day(1)], ..CompareSettings::default() };
    let [Ok(plan), Ok(plan_in_time)] =
        [CompareSettings::default(), settings].map(|settings| Plan::new(frames.clone(), settings, seed))
    else {
        return Vec::new();
    };
    let found = findings(&plan, &counts(groups, false));
    let pairs = || found.comparisons.iter().filter(|row| row.family == TestFamily::Pairs);
    let least = pairs().filter_map(|row| row.stricter.holm).reduce(f64::min);
    let mut tests: Vec<Tested> =
        least.map(|least| (if groups.len() == 2 { OF_TWO } else { OF_MORE }, least)).into_iter().collect();
    tests.extend(found.omnibus.iter().filter_map(|row| row.test).map(|test| (AT_ONCE, test.p_value)));
    if groups.len() == 2 {
        tests.extend(pairs().filter(|row| row.test == Some(Test::RareCount)).filter_map(|row| {
            let frame = frames.iter().position(|frame| **frame == *row.frame)?;
            let carriers = groups.iter().flatten().filter(|unit| unit.k[frame] > 0).count();
            let (_, test) = FROM_DOCUMENTS.into_iter().rev().find(|(from, _)| *from <= carriers)?;
            Some((test, row.p_value?))
        }));
        tests.extend(pairs().filter_map(|row| Some((ONE_FRAME, row.p_value?))));
        tests.extend(found.divergences.iter().filter_map(|row| row.test).map(|test| (DIVERGENCE, test.p_value)));
        let in_time = findings(&plan_in_time, &counts(groups, true)).trends;
        let changes = in_time.iter().filter(|row| row.kind == TrendKind::BeforeAfter);
        tests.extend(changes.filter_map(|row| Some((BEFORE_AFTER, row.p_value?))));
    }
    tests
}

/// The documents of groups; or of one group, those of the first on one day and those of the second on the next.
fn counts(groups: &[Vec<ClusterCounts>], are_days: bool) -> Counts {
    let mut counts = Counts::default();
    for (number, group) in groups.iter().enumerate() {
        for (place, unit) in group.iter().enumerate() {
            let frame = |hits: &u64| FrameCounts { hits: *hits, ..FrameCounts::default() };
            let document = DocumentCounts {
                group: if are_days { "outlet".into() } else { format!("outlet-{number}").into() },
                date: are_days.then(|| day(number)),
                sentences: unit.n,
                frames: unit.k.iter().map(frame).collect::<Vec<_>>().into(),
                ..DocumentCounts::default()
            };
            counts.insert(format!("{number}-{place}"), document);
        }
    }
    counts
}

fn day(number: usize) -> Date {
    date(2022, 3, if number == 0 { 1 } else { 2 })
}
