//! How often intervals of stances hold the truth: what affirms a frame against what rejects it, and own words against attributed ones.

use parallax::stats::{RandomStream, Seed, UnitCount, log_ratio, paired_share_difference};

use crate::over_time::Kept;
use crate::population::{Population, uniform};

/// Documents that carry a frame in their own voice and in that of sources.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken {
    pub(crate) documents: usize,
    /// The share of own words that affirms the frame, and how alike those of a document are.
    pub(crate) share: f64,
    pub(crate) icc: f64,
    /// The part by which sources of a document affirm the frame less.
    pub(crate) less: f64,
    /// Mean of the sentences with the frame in either voice.
    pub(crate) own: f64,
    pub(crate) attributed: f64,
}

impl Spoken {
    fn name(&self) -> String {
        let Self { documents, share, icc, less, own, attributed } = self;
        format!(
            "{documents} documents, {share} of {own} own and {less} less of {attributed} attributed sentences affirm (icc {icc})"
        )
    }
}

/// The balance of stances, and the difference of the two voices; that of the balance is tested only where neither side prevails.
pub(crate) fn stances(condition: &Spoken, repetitions: u32) -> [Kept; 2] {
    let Spoken { documents, share, icc, less, own, attributed } = *condition;
    let name = condition.name();
    let mut stream = Seed::new(1).stream(&format!("stances/{name}"));
    let population = Population::new(share, icc, own);
    let sizes = [Population::new(share, icc, own + 1.0), Population::new(share, icc, attributed + 1.0)];
    let favor = own * share + attributed * share * (1.0 - less);
    let truths = [(favor / (own + attributed - favor)).ln(), share * less];
    let [mut balance, mut voices] = ["balance", "own-less-attributed"].map(|quantity| Kept::new(&name, quantity));
    for _ in 0..repetitions {
        let units: Vec<[UnitCount; 2]> = (0..documents)
            .map(|_| {
                let of_document = population.share_of_document(&mut stream);
                [(&sizes[0], of_document), (&sizes[1], of_document * (1.0 - less))]
                    .map(|(size, share)| count(size, share, &mut stream))
            })
            .collect();
        let stances_of = |[own, given]: &[UnitCount; 2]| (own.k + given.k, own.n - own.k + given.n - given.k);
        if let Some(found) = log_ratio(&units.iter().map(stances_of).collect::<Vec<_>>()) {
            balance.add(Some(found.interval()), found.p_value(), truths[0]);
        }
        if let Some(found) = paired_share_difference(&units) {
            voices.add(Some(found.interval()), found.p_value(), truths[1]);
        }
    }
    [balance, voices]
}

fn count(size: &Population, share: f64, stream: &mut RandomStream) -> UnitCount {
    // One less, as a population has no document without a sentence, and many have none in one of the voices.
    let n = size.sentences(stream) - 1;
    UnitCount { k: (0..n).filter(|_| uniform(stream) < share).count() as u64, n }
}
