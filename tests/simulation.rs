//! Whether the intervals and tests keep their promises, on simulated outlets whose truth is known. Seeded: the figures
//! are the same on every run.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

use parallax::stats::{
    ClusterCounts, ClusteredShare, Dealing, Interval, MONTE_CARLO_DRAWS, RandomStream, Seed, Z_95, beta_quantile,
    korn_graubard, logit_t, newcombe, normal_quantile, permutation_test, welch, welch_p_value, wilson,
};

/// A population of documents: shares that vary from document to document as a beta distribution does, so that sentences
/// of one document are alike to the degree of the intraclass correlation.
struct Population {
    shares: Vec<f64>,
    mean_sentences: f64,
    /// Standard deviation of the logarithm of a document's sentences, as real corpora have it at about 1; 0 for a Poisson
    /// number.
    spread: f64,
}

impl Population {
    fn new(share: f64, icc: f64, mean_sentences: f64) -> Self {
        let scale = (1.0 - icc) / icc;
        let quantile =
            |step: u32| beta_quantile((f64::from(step) + 0.5) / 2_000.0, share * scale, (1.0 - share) * scale);
        Self { shares: (0..2_000).map(quantile).collect(), mean_sentences, spread: 0.0 }
    }

    /// The same with documents of very unequal sizes.
    fn with_spread(self, spread: f64) -> Self {
        Self { spread, ..self }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of sentences from 1 to 400")]
    fn sentences(&self, stream: &mut RandomStream) -> u64 {
        if self.spread == 0.0 {
            return 1 + poisson(self.mean_sentences - 1.0, stream);
        }
        let log = self.mean_sentences.ln() - self.spread * self.spread / 2.0;
        let size = (log + self.spread * normal_quantile(uniform(stream).max(1e-12))).exp();
        size.round().clamp(1.0, 400.0) as u64
    }

    fn share(&self) -> f64 {
        self.shares.iter().sum::<f64>() / self.shares.len() as f64
    }

    /// Documents of one sentence and a Poisson number more, or of a lognormal number, each with hits of `kinds` unrelated frames.
    fn draw(&self, documents: usize, kinds: usize, stream: &mut RandomStream) -> Vec<ClusterCounts> {
        let document = |_| {
            let n = self.sentences(stream);
            let mut hits = || {
                let share = self.shares[stream.below(self.shares.len())];
                (0..n).filter(|_| uniform(stream) < share).count() as u64
            };
            ClusterCounts { n, k: (0..kinds).map(|_| hits()).collect() }
        };
        (0..documents).map(document).collect()
    }
}

fn uniform(stream: &mut RandomStream) -> f64 {
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

fn covers(interval: Option<Interval>, truth: f64) -> bool {
    interval.is_some_and(|interval| interval.low <= truth && truth <= interval.high)
}

#[test]
fn intervals_of_shares_cover_the_truth_where_naive_ones_do_not() {
    for (share, icc) in [(0.1, 0.05), (0.2, 0.1), (0.3, 0.2), (0.5, 0.1)] {
        let (population, repetitions) = (Population::new(share, icc, 20.0), 2_000);
        let mut stream = Seed::new(1).stream(&format!("shares/{share}/{icc}"));
        let (mut ours, mut naive) = (0, 0);
        for _ in 0..repetitions {
            let sums = ClusteredShare::of(&population.draw(30, 1, &mut stream), 0);
            let interval = logit_t(&sums).or_else(|| korn_graubard(&sums));
            ours += u32::from(covers(interval, population.share()));
            naive += u32::from(covers(wilson(sums.k, sums.n, Z_95), population.share()));
        }
        let (ours, naive) = (f64::from(ours) / f64::from(repetitions), f64::from(naive) / f64::from(repetitions));
        assert!((0.93..=0.97).contains(&ours), "share {share}, icc {icc}: logit-t covers {ours}");
        assert!(naive < 0.88, "share {share}, icc {icc}: Wilson on sentences covers {naive}");
    }
}

#[test]
fn intervals_of_differences_cover_the_truth_where_naive_ones_do_not() {
    for (first, second, icc) in [(0.05, 0.15, 0.1), (0.1, 0.1, 0.3), (0.5, 0.3, 0.1)] {
        let populations = (Population::new(first, icc, 20.0), Population::new(second, icc, 20.0));
        let truth = populations.0.share() - populations.1.share();
        let mut stream = Seed::new(1).stream(&format!("differences/{first}/{second}/{icc}"));
        let (mut ours, mut naive, repetitions) = (0, 0, 2_000);
        for _ in 0..repetitions {
            let a = ClusteredShare::of(&populations.0.draw(30, 1, &mut stream), 0);
            let b = ClusteredShare::of(&populations.1.draw(30, 1, &mut stream), 0);
            ours += u32::from(covers(welch(&a, &b), truth));
            naive += u32::from(covers(newcombe((a.k, a.n), (b.k, b.n), Z_95), truth));
        }
        let (ours, naive) = (f64::from(ours) / f64::from(repetitions), f64::from(naive) / f64::from(repetitions));
        let case = format!("{first} less {second}, icc {icc}");
        assert!((0.93..=0.97).contains(&ours), "{case}: Welch covers {ours}");
        assert!(naive < 0.88, "{case}: Newcombe on sentences covers {naive}");
    }
}

#[test]
fn the_permutation_test_errs_as_often_as_it_says() {
    // Share, correlation, then documents and mean sentences of the two outlets.
    for (share, icc, first, second) in
        [(0.2, 0.05, (15, 20.0), (15, 20.0)), (0.3, 0.3, (12, 20.0), (20, 20.0)), (0.3, 0.15, (30, 10.0), (30, 40.0))]
    {
        let case = format!("share {share}, icc {icc}, outlets {first:?} and {second:?}");
        let (one, other) = (Population::new(share, icc, first.1), Population::new(share, icc, second.1));
        let mut stream = Seed::new(1).stream(&case);
        let (mut rejections, mut naive, repetitions, kinds) = (0, 0, 40, 100);
        let every: Vec<usize> = (0..kinds).collect();
        for _ in 0..repetitions {
            let (a, b) = (one.draw(first.0, kinds, &mut stream), other.draw(second.0, kinds, &mut stream));
            let dealing = Dealing { draws: MONTE_CARLO_DRAWS, kinds: &every };
            let tested = permutation_test(&a, &b, dealing, &mut stream).unwrap();
            rejections += tested.p_values.iter().flatten().filter(|p_value| **p_value <= 0.05).count();
            for kind in 0..kinds {
                let (a, b) = (ClusteredShare::of(&a, kind), ClusteredShare::of(&b, kind));
                naive += usize::from(!covers(newcombe((a.k, a.n), (b.k, b.n), Z_95), 0.0));
            }
        }
        let tests = (repetitions * kinds) as f64;
        let (size, naive) = (rejections as f64 / tests, naive as f64 / tests);
        assert!((0.04..=0.06).contains(&size), "{case}: rejects {size} of true hypotheses");
        assert!(naive > 0.1, "{case}: sentences taken as independent reject {naive}");
    }
}

#[test]
fn intervals_cover_the_truth_where_a_few_long_documents_hold_most_sentences() {
    for (share, icc) in [(0.1, 0.05), (0.1, 0.3), (0.5, 0.1)] {
        let (population, repetitions) = (Population::new(share, icc, 20.0).with_spread(0.8), 1_000);
        let mut stream = Seed::new(1).stream(&format!("long documents/{share}/{icc}"));
        let mut covered = 0;
        for _ in 0..repetitions {
            let found = ClusteredShare::of(&population.draw(30, 1, &mut stream), 0);
            covered += u32::from(covers(logit_t(&found).or_else(|| korn_graubard(&found)), population.share()));
        }
        let covered = f64::from(covered) / f64::from(repetitions);
        assert!((0.92..=0.97).contains(&covered), "share {share}, icc {icc}: covers {covered}");
    }
}

#[test]
fn the_test_of_rich_groups_keeps_its_size_far_out() {
    let one = Population::new(0.05, 0.3, 20.0).with_spread(1.0);
    let other = Population::new(0.05, 0.05, 20.0).with_spread(1.0);
    let mut stream = Seed::new(1).stream("rich");
    let (mut p_values, kinds) = (Vec::new(), 40);
    for _ in 0..30 {
        let (a, b) = (one.draw(200, kinds, &mut stream), other.draw(600, kinds, &mut stream));
        let shares = |kind| (ClusteredShare::of(&a, kind), ClusteredShare::of(&b, kind));
        p_values.extend((0..kinds).map(shares).filter_map(|(a, b)| welch_p_value(&a, &b)));
    }
    for (level, most) in [(0.05, 0.06), (0.01, 0.018), (0.001, 0.004)] {
        let size = p_values.iter().filter(|p_value| **p_value <= level).count() as f64 / p_values.len() as f64;
        assert!(size <= most, "rejects {size} of true hypotheses at {level}");
    }
}
