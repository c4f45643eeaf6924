//! Simulated documents whose truth is known: shares that vary from document to document, and sizes as corpora have them.

use parallax::stats::{ClusterCounts, Interval, RandomStream, beta_quantile, normal_quantile};

/// Shares that a document may have, each as likely as the others.
const QUANTILES: u32 = 2_000;

/// A population of documents: shares that vary from document to document as a beta distribution does, so that sentences
/// of one document are alike to the degree of the intraclass correlation.
#[derive(Clone, Debug)]
pub(crate) struct Population {
    shares: Vec<f64>,
    mean_sentences: f64,
    /// Standard deviation of the logarithm of a document's sentences, as real corpora have it at about 1; 0 for a Poisson
    /// number.
    spread: f64,
}

impl Population {
    pub(crate) fn new(share: f64, icc: f64, mean_sentences: f64) -> Self {
        let scale = (1.0 - icc) / icc;
        let quantile = |step: u32| {
            let at = (f64::from(step) + 0.5) / f64::from(QUANTILES);
            beta_quantile(at, share * scale, (1.0 - share) * scale)
        };
        Self { shares: (0..QUANTILES).map(quantile).collect(), mean_sentences, spread: 0.0 }
    }

    /// The same with documents of very unequal sizes.
    pub(crate) fn with_spread(self, spread: f64) -> Self {
        Self { spread, ..self }
    }

    /// How many sentences a document has.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of sentences from 1 to 400")]
    pub(crate) fn sentences(&self, stream: &mut RandomStream) -> u64 {
        if self.spread == 0.0 {
            return 1 + poisson(self.mean_sentences - 1.0, stream);
        }
        let log = self.mean_sentences.ln() - self.spread * self.spread / 2.0;
        let size = (log + self.spread * normal_quantile(uniform(stream).max(1e-12))).exp();
        size.round().clamp(1.0, 400.0) as u64
    }

    /// The share of a document's sentences that carry the frame, before chance.
    pub(crate) fn share_of_document(&self, stream: &mut RandomStream) -> f64 {
        self.shares[stream.below(self.shares.len())]
    }

    /// Documents with hits of `kinds` unrelated frames.
    pub(crate) fn draw(&self, documents: usize, kinds: usize, stream: &mut RandomStream) -> Vec<ClusterCounts> {
        let document = |_| {
            let n = self.sentences(stream);
            ClusterCounts { n, k: (0..kinds).map(|_| self.hits(n, stream)).collect() }
        };
        (0..documents).map(document).collect()
    }

    fn hits(&self, sentences: u64, stream: &mut RandomStream) -> u64 {
        let share = self.share_of_document(stream);
        (0..sentences).filter(|_| uniform(stream) < share).count() as u64
    }
}

/// A number in [0, 1).
pub(crate) fn uniform(stream: &mut RandomStream) -> f64 {
    stream.below(1 << 53) as f64 / (1_u64 << 53) as f64
}

/// Knuth's method: uniform numbers are multiplied until they fall below `exp(-mean)`.
fn poisson(mean: f64, stream: &mut RandomStream) -> u64 {
    let mut events = 0;
    let mut product = uniform(stream);
    while product > (-mean).exp() {
        events += 1;
        product *= uniform(stream);
    }
    events
}

/// How often intervals hold the truth, and how wide they are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    intervals: u32,
    held: u32,
    width: f64,
}

impl Tally {
    /// Adds an interval; one that there is not counts for nothing.
    pub(crate) fn add(&mut self, interval: Option<Interval>, truth: f64) {
        let Some(Interval { low, high }) = interval else { return };
        self.intervals += 1;
        self.held += u32::from(low <= truth && truth <= high);
        self.width += high - low;
    }

    /// Adds those of another tally.
    pub(crate) fn join(&mut self, other: Self) {
        self.intervals += other.intervals;
        self.held += other.held;
        self.width += other.width;
    }

    pub(crate) fn intervals(self) -> u32 {
        self.intervals
    }

    pub(crate) fn coverage(self) -> f64 {
        f64::from(self.held) / f64::from(self.intervals)
    }

    pub(crate) fn width(self) -> f64 {
        self.width / f64::from(self.intervals)
    }
}
