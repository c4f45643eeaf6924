//! How often corrected intervals hold the truth, by condition: what `examples/coverage.rs` prints in full and the tests
//! run in short.

use std::collections::BTreeMap;

use parallax::stats::{
    CodedTrial, CorrectedPair, CorrectedShare, Interval, PairScale, RandomStream, Seed, bounds_with_error,
    error_by_disagreement,
};
use parallax::study::Strategy;

use crate::coded_outlet::{CodedOutlet, CodedUnit, EVEN, MISSES, OVER_FIRES, SCORERS, Scorer};
use crate::population::{Population, Tally, uniform};

const ALPHA: f64 = 0.05;

/// Mean sentences of a document.
pub(crate) const SENTENCES: f64 = 15.0;

/// Share of a frame and its intraclass correlation.
pub(crate) const FRAMES: [(f64, f64); 4] = [(0.02, 0.1), (0.05, 0.3), (0.2, 0.1), (0.5, 0.3)];

/// A line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    block: &'static str,
    condition: String,
    pub(crate) quantity: String,
    pub(crate) tally: Tally,
}

impl Line {
    pub(crate) fn new(block: &'static str, condition: &str, quantity: &str, tally: Tally) -> Self {
        Self { block, condition: condition.to_owned(), quantity: quantity.to_owned(), tally }
    }

    /// A line of the table.
    pub(crate) fn to_csv(&self) -> String {
        let Self { block, condition, quantity, tally } = self;
        let (intervals, coverage, width) = (tally.intervals(), tally.coverage(), tally.width());
        format!("{block},\"{condition}\",\"{quantity}\",{intervals},{coverage:.3},{width:.3}")
    }
}

/// Lines of one block, all conditions of a quantity as one.
pub(crate) fn means(lines: &[Line]) -> Vec<Line> {
    let mut by_quantity: BTreeMap<&str, Tally> = BTreeMap::new();
    for line in lines {
        by_quantity.entry(&line.quantity).or_default().join(line.tally);
    }
    let block = lines.first().map_or("", |line| line.block);
    by_quantity.into_iter().map(|(quantity, tally)| Line::new(block, "all of the block", quantity, tally)).collect()
}

/// Documents of an outlet, its frame and how many of its sentences are coded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Design {
    pub(crate) documents: usize,
    pub(crate) frame: (f64, f64),
    pub(crate) codings: usize,
    pub(crate) strategy: Strategy,
}

impl Design {
    fn name(&self) -> String {
        let Self { documents, frame: (share, icc), codings, strategy } = self;
        let how = match strategy {
            Strategy::Random => ", at random",
            Strategy::Stratified => "",
            Strategy::Uncertain => ", uncertain ones",
        };
        format!("{documents} documents, share {share} (icc {icc}), {codings} codings{how}")
    }

    fn population(&self) -> Population {
        Population::new(self.frame.0, self.frame.1, SENTENCES)
    }
}

/// A corrected share, and the outlet and the sample behind it.
struct Drawing {
    outlet: CodedOutlet,
    sample: Vec<CodedUnit>,
    corrected: Option<CorrectedShare>,
}

impl Drawing {
    fn new(design: &Design, population: &Population, scorer: Scorer, stream: &mut RandomStream) -> Self {
        let outlet = CodedOutlet::draw(population, design.documents, scorer, stream);
        let sample = outlet.sample(design.strategy, design.codings, stream);
        let corrected = outlet.corrected(0, &sample);
        Self { outlet, sample, corrected }
    }
}

fn interval(share: Option<&CorrectedShare>) -> Option<Interval> {
    share.map(|share| share.interval(ALPHA))
}

fn held_against(pair: [Option<&CorrectedShare>; 2], scale: PairScale, rho: f64) -> Option<Interval> {
    let interval = CorrectedPair::independent(pair[0]?, pair[1]?, scale).correlated(rho).interval(ALPHA)?;
    (interval.low.is_finite() && interval.high.is_finite()).then_some(interval)
}

/// Outlets that carry a frame equally often, each labelled by a scorer that errs in its own way: shares as published and as
/// corrected, and the difference and log ratio of the first two.
pub(crate) fn shares(block: &'static str, design: &Design, repetitions: u32) -> Vec<Line> {
    let (population, truth, name) = (design.population(), design.frame.0, design.name());
    let mut stream = Seed::new(1).stream(&format!("{block}/{name}"));
    let (mut published, mut corrected) = ([Tally::default(); 3], [Tally::default(); 3]);
    let (mut difference, mut ratio) = (Tally::default(), Tally::default());
    for _ in 0..repetitions {
        let drawings = SCORERS.map(|scorer| Drawing::new(design, &population, scorer, &mut stream));
        for (place, drawing) in drawings.iter().enumerate() {
            published[place].add(drawing.outlet.published(0), truth);
            corrected[place].add(interval(drawing.corrected.as_ref()), truth);
        }
        let pair = [&drawings[0], &drawings[1]].map(|drawing| drawing.corrected.as_ref());
        difference.add(held_against(pair, PairScale::Difference, 0.0), 0.0);
        ratio.add(held_against(pair, PairScale::LogRatio, 0.0), 0.0);
    }
    let mut lines = Vec::new();
    for (place, scorer) in SCORERS.iter().enumerate() {
        lines.push(Line::new(block, &name, &format!("published, {}", scorer.name), published[place]));
        lines.push(Line::new(block, &name, &format!("corrected, {}", scorer.name), corrected[place]));
    }
    let both = format!("{} - {}", OVER_FIRES.name, MISSES.name);
    lines.push(Line::new(block, &name, &format!("corrected difference, {both}"), difference));
    lines.push(Line::new(block, &name, &format!("corrected log ratio, {both}"), ratio));
    lines
}

/// A group whose share rises from .1 to .3 and whose scorer grows blind in the middle of its span, in so many periods that
/// share one sample: each period by its own codings, and the last less the first.
pub(crate) fn periods(count: usize, codings: usize, repetitions: u32) -> Vec<Line> {
    const LEAST_CODINGS: usize = 5;
    let (documents, shares) = (120 / count, [0.1, 0.3]);
    let populations = shares.map(|share| Population::new(share, 0.1, SENTENCES));
    let scorers = [0.85, 0.55].map(|sensitivity| Scorer { name: "", sensitivity, specificity: 0.95 });
    let name = format!("{count} periods of {documents} documents, share .1 then .3, {codings} codings in all");
    let mut stream = Seed::new(1).stream(&format!("periods/{name}"));
    let (mut own, mut change) = (Tally::default(), Tally::default());
    for _ in 0..repetitions {
        let mut outlet = CodedOutlet::empty();
        let half = |period: usize| usize::from(2 * period >= count);
        for period in 0..count {
            outlet.append(&populations[half(period)], documents, scorers[half(period)], &mut stream);
        }
        let sample = outlet.sample(Strategy::Stratified, codings, &mut stream);
        let in_period = |period: usize| {
            let documents = period * documents..(period + 1) * documents;
            let is_enough = outlet.trials(0, &sample, &documents).len() >= LEAST_CODINGS;
            is_enough.then(|| outlet.corrected_in(&documents, &sample)).flatten()
        };
        let found: Vec<Option<CorrectedShare>> = (0..count).map(in_period).collect();
        for (period, share) in found.iter().enumerate() {
            own.add(interval(share.as_ref()), shares[half(period)]);
        }
        let ends = [found[count - 1].as_ref(), found[0].as_ref()];
        change.add(held_against(ends, PairScale::Difference, 0.0), shares[1] - shares[0]);
    }
    vec![
        Line::new("periods", &name, "corrected share of a period", own),
        Line::new("periods", &name, "corrected last less first", change),
    ]
}

/// A frame in a voice (named rightly in 88 of 100 sentences) or with a stance (75 of 100): its share of all sentences, and of
/// the frame's sentences.
pub(crate) fn voices(design: &Design, voice: (&'static str, f64, f64), repetitions: u32) -> Vec<Line> {
    let (what, share_of_voice, accuracy) = voice;
    let (population, name) = (design.population(), format!("{}, {what} {share_of_voice}", design.name()));
    let mut stream = Seed::new(1).stream(&format!("voices/{name}"));
    let (mut both, mut part) = (Tally::default(), Tally::default());
    for _ in 0..repetitions {
        for scorer in SCORERS {
            let mut outlet = CodedOutlet::draw(&population, design.documents, scorer, &mut stream);
            outlet.split_by_voice(share_of_voice, accuracy, &mut stream);
            let sample = outlet.sample(design.strategy, design.codings, &mut stream);
            let Some((with, without)) = outlet.corrected(0, &sample).zip(outlet.corrected(1, &sample)) else {
                continue;
            };
            both.add(interval(Some(&with)), design.frame.0 * share_of_voice);
            let rho = outlet.correlation(&sample, [&with, &without]);
            let odds = held_against([Some(&with), Some(&without)], PairScale::LogRatio, rho);
            part.add(odds.map(to_share), share_of_voice);
        }
    }
    vec![
        Line::new("voices", &name, "corrected share of sentences", both),
        Line::new("voices", &name, "corrected part of the frame", part),
    ]
}

/// From log odds.
fn to_share(odds: Interval) -> Interval {
    let share = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    Interval { low: share(odds.low), high: share(odds.high) }
}

/// Two frames coded on the same sentences: that exclude each other, or of which half of the second is with the first.
pub(crate) fn contrasts(shares: [f64; 2], is_exclusive: bool, repetitions: u32) -> Vec<Line> {
    let [a, b] = shares;
    let design = Design { documents: 100, frame: (a, 0.1), codings: 100, strategy: Strategy::Stratified };
    let how = if is_exclusive { "exclusive" } else { "overlapping" };
    let name = format!("{}, a second frame of {b}, {how}", design.name());
    let probability = if is_exclusive { [0.0, b / (1.0 - a)] } else { [0.5 * b / a, 0.5 * b / (1.0 - a)] };
    let (population, mut tally) = (design.population(), Tally::default());
    let mut stream = Seed::new(1).stream(&format!("contrasts/{name}"));
    for _ in 0..repetitions {
        let mut outlet = CodedOutlet::draw(&population, design.documents, EVEN, &mut stream);
        outlet.add_frame(probability, MISSES, &mut stream);
        let sample = outlet.sample(design.strategy, design.codings, &mut stream);
        let Some((first, second)) = outlet.corrected(0, &sample).zip(outlet.corrected(1, &sample)) else { continue };
        let rho = outlet.correlation(&sample, [&first, &second]);
        tally.add(held_against([Some(&first), Some(&second)], PairScale::LogRatio, rho), (a / b).ln());
    }
    vec![Line::new("contrasts", &name, "corrected log ratio", tally)]
}

/// Documents that carry a frame from two sentences on, coded as documents. The truth is that of 20,000 documents.
pub(crate) fn documents(design: &Design, repetitions: u32) -> Vec<Line> {
    const LEAST: u64 = 2;
    let (population, name) = (design.population(), design.name());
    let mut stream = Seed::new(1).stream(&format!("documents/{name}"));
    let many = CodedOutlet::draw(&population, 20_000, EVEN, &mut stream).by_documents(LEAST);
    let carriers = many.labels[0].people.iter().filter(|carries| **carries).count();
    let truth = carriers as f64 / many.documents().len() as f64;
    let (mut published, mut corrected) = (Tally::default(), Tally::default());
    for _ in 0..repetitions {
        for scorer in SCORERS {
            let outlet = CodedOutlet::draw(&population, design.documents, scorer, &mut stream).by_documents(LEAST);
            let sample = outlet.sample(design.strategy, design.codings, &mut stream);
            published.add(outlet.published(0), truth);
            corrected.add(interval(outlet.corrected(0, &sample).as_ref()), truth);
        }
    }
    vec![Line::new("documents", &name, "published", published), Line::new("documents", &name, "corrected", corrected)]
}

/// Coders who find a frame that is not there, or miss it, each so often: one alone, and one alone with bounds by agreement with
/// a second.
pub(crate) fn coders(design: &Design, errors: [f64; 2], repetitions: u32) -> Vec<Line> {
    let (population, truth) = (design.population(), design.frame.0);
    let name = format!("{}, coders find {} falsely and miss {}", design.name(), errors[0], errors[1]);
    let mut stream = Seed::new(1).stream(&format!("coders/{name}"));
    let (mut alone, mut bounded) = (Tally::default(), Tally::default());
    for _ in 0..repetitions {
        for scorer in [OVER_FIRES, MISSES] {
            let Drawing { outlet, sample, .. } = Drawing::new(design, &population, scorer, &mut stream);
            let truths = outlet.trials(0, &sample, &outlet.documents());
            let [first, second] = [0, 1].map(|_| by_coder(&truths, errors, &mut stream));
            let found = interval(outlet.corrected_by(0, &first).as_ref());
            alone.add(found, truth);
            bounded.add(
                found.map(|found| bounds_with_error(found, error_by_disagreement(disagreement(&first, &second)))),
                truth,
            );
        }
    }
    vec![Line::new("coders", &name, "one coder", alone), Line::new("coders", &name, "bounds by agreement", bounded)]
}

fn by_coder(truths: &[CodedTrial], errors: [f64; 2], stream: &mut RandomStream) -> Vec<CodedTrial> {
    let mut say = |truth: &CodedTrial| {
        let errs = uniform(stream) < errors[usize::from(truth.is_success)];
        CodedTrial { is_success: truth.is_success != errs, ..*truth }
    };
    truths.iter().map(&mut say).collect()
}

/// The weighted share of trials that two coders code differently.
fn disagreement(first: &[CodedTrial], second: &[CodedTrial]) -> f64 {
    let differ = |(a, b): (&CodedTrial, &CodedTrial)| if a.is_success == b.is_success { 0.0 } else { a.weight };
    let apart: f64 = first.iter().zip(second).map(differ).sum();
    apart / first.iter().map(|trial| trial.weight).sum::<f64>()
}

/// The mean of the shares of documents that are of very unequal size.
pub(crate) fn weights(design: &Design, repetitions: u32) -> Vec<Line> {
    let population = design.population().with_spread(1.0);
    let name = format!("{}, sizes lognormal", design.name());
    let mut stream = Seed::new(1).stream(&format!("weights/{name}"));
    let mut tally = Tally::default();
    for _ in 0..repetitions {
        for scorer in SCORERS {
            let Drawing { outlet, sample, .. } = Drawing::new(design, &population, scorer, &mut stream);
            tally.add(interval(outlet.corrected_mean_of_documents(&sample).as_ref()), design.frame.0);
        }
    }
    vec![Line::new("equal documents", &name, "corrected mean of documents", tally)]
}
