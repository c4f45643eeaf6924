//! How often intervals hold the truth, and tests reject what is true, where copies of a text count as their mean, and where all
//! others count alike.

use parallax::compare::{Comparison, DocumentCounts, FrameCounts, REST};
use parallax::model::{CompareSettings, CopyRule, RestRule};
use parallax::stats::{RandomStream, Seed};
use parallax::{Counts, Plan, findings};

use crate::plain::PlainSide;
use crate::population::{Tally, uniform};

/// What is asked for, and of which outlets.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub(crate) copies: CopyRule,
    pub(crate) rest: RestRule,
    /// The part of the texts with the frame that an outlet prints three times more.
    pub(crate) printed_again: f64,
    /// The first is held against the others.
    pub(crate) sides: Vec<PlainSide>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WeighedRates {
    pub(crate) difference: Tally,
    pub(crate) tested: u32,
    pub(crate) rejected: u32,
}

impl Weighed {
    pub(crate) fn name(&self) -> String {
        let (copies, rest) = (self.copies.as_str(), self.rest.as_str());
        let sides: Vec<String> = self.sides.iter().map(PlainSide::name).collect();
        format!("copies {copies} ({} printed again), rest {rest}; {}", self.printed_again, sides.join(" against "))
    }

    /// So many corpora; the truth is the difference of the populations' shares.
    pub(crate) fn rates(&self, repetitions: u32) -> WeighedRates {
        let mut stream = Seed::new(1).stream(&format!("weighed/{}", self.name()));
        let mut rates = WeighedRates::default();
        let others = &self.sides[1..];
        let truth = self.sides[0].share - others.iter().map(|side| side.share).sum::<f64>() / others.len() as f64;
        for seed in 0..repetitions {
            let Some(row) = self.comparison(seed, &mut stream) else { continue };
            rates.difference.add(row.interval, truth);
            if let Some(p_value) = row.p_value {
                rates.tested += 1;
                rates.rejected += u32::from(p_value < 0.05);
            }
        }
        rates
    }

    /// The first outlet against all others in a corpus of its own.
    fn comparison(&self, seed: u32, stream: &mut RandomStream) -> Option<Comparison> {
        let settings = CompareSettings { copies: self.copies, rest: self.rest, ..CompareSettings::default() };
        let plan = Plan::new(vec!["frame".to_owned()], settings, u64::from(seed)).ok()?;
        let mut counts = Counts::default();
        for (outlet, side) in self.sides.iter().enumerate() {
            for (number, unit) in side.population().draw(side.documents, 1, stream).into_iter().enumerate() {
                // What carries the frame is what is printed again.
                let copies = if uniform(stream) < self.printed_again && unit.k[0] > 1 { 4 } else { 1 };
                let hits = unit.k[0];
                let document = DocumentCounts {
                    group: format!("outlet-{outlet}").into(),
                    cluster: if copies > 1 { format!("{outlet}-{number}").into() } else { "".into() },
                    sentences: unit.n,
                    frames: vec![FrameCounts { hits, ..FrameCounts::default() }].into(),
                    ..DocumentCounts::default()
                };
                for copy in 0..copies {
                    counts.insert(format!("{outlet}-{number}-{copy}"), document.clone());
                }
            }
        }
        let is_it = |row: &Comparison| &*row.group_a == "outlet-0" && (&*row.group_b == REST || self.sides.len() == 2);
        findings(&plan, &counts).comparisons.into_iter().find(is_it)
    }
}
