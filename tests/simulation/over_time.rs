//! How often intervals over time and inside stories hold the truth, and how often their tests reject what is true.

use parallax::stats::{
    ClusterCounts, ClusteredLogit, ClusteredShare, Dealing, DeltaEstimate, Interval, LogitRow, RandomStream, Seed,
    StratumCounts, TimeBin, difference_in_differences, difference_interval, interruption, permutation_test,
    stratified_difference, stratified_swap_test,
};

use crate::population::{Population, Tally, uniform};

/// The level that the tests are held to.
const LEVEL: f64 = 0.05;

/// Random arrangements of a permutation: the p-value has no finer steps than .005, which .05 is one of.
const DRAWS: u32 = 199;

/// What so many simulated corpora came to.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    condition: String,
    quantity: &'static str,
    pub(crate) tally: Tally,
    tested: u32,
    rejected: u32,
}

impl Kept {
    /// Nothing yet.
    pub(crate) fn new(condition: &str, quantity: &'static str) -> Self {
        Self { condition: condition.to_owned(), quantity, tally: Tally::default(), tested: 0, rejected: 0 }
    }

    /// Adds what one corpus says of a quantity. Only where nothing changes is a rejection wrong.
    pub(crate) fn add(&mut self, interval: Option<Interval>, p_value: Option<f64>, truth: f64) {
        self.tally.add(interval, truth);
        if let Some(p_value) = p_value {
            self.tested += 1;
            self.rejected += u32::from(p_value <= LEVEL);
        }
    }

    fn add_estimate(&mut self, estimate: DeltaEstimate, truth: f64) {
        self.add(Some(estimate.interval()), estimate.p_value(), truth);
    }

    /// What is told.
    pub(crate) const fn quantity(&self) -> &'static str {
        self.quantity
    }

    /// The share of corpora in which the test rejects.
    pub(crate) fn rejected_share(&self) -> f64 {
        f64::from(self.rejected) / f64::from(self.tested)
    }

    /// A line of the table: coverage is empty where there is no interval, the share rejected where there is no test.
    pub(crate) fn to_csv(&self) -> String {
        let number = |count: u32, value: f64| if count > 0 { format!("{value:.4}") } else { String::new() };
        let (coverage, width) = (self.tally.coverage(), self.tally.width());
        let [coverage, width] = [coverage, width].map(|value| number(self.tally.intervals(), value));
        let rejected = number(self.tested, self.rejected_share());
        format!("\"{}\",{},{coverage},{width},{},{rejected}", self.condition, self.quantity, self.tested)
    }
}

/// Documents of an outlet over some days, and the share of the frame before and from the middle day on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) days: i32,
    pub(crate) documents: usize,
    pub(crate) shares: [f64; 2],
    pub(crate) icc: f64,
    /// Spread of the logarithm of sizes.
    pub(crate) spread: f64,
}

impl Stretch {
    pub(crate) fn name(&self) -> String {
        let Self { days, documents, shares: [before, after], icc, spread } = self;
        format!(
            "{documents} documents over {days} days, share {before} then {after} (icc {icc}), log sizes sd {spread}"
        )
    }

    pub(crate) fn populations(&self) -> [Population; 2] {
        self.shares.map(|share| Population::new(share, self.icc, 20.0).with_spread(self.spread))
    }

    /// Documents with their days, the middle day being 0; each day is as likely as another.
    pub(crate) fn draw(&self, populations: &[Population; 2], stream: &mut RandomStream) -> Vec<(i32, ClusterCounts)> {
        let half = self.days / 2;
        let days = usize::try_from(self.days).unwrap_or_default();
        let document = |_| {
            let day = i32::try_from(stream.below(days)).unwrap_or_default() - half;
            let drawn = populations[usize::from(day >= 0)].draw(1, 1, stream);
            drawn.into_iter().map(move |counts| (day, counts)).collect::<Vec<_>>()
        };
        (0..self.documents).flat_map(document).collect()
    }
}

/// Trend, step, change of slope, and before against after. The trend is told only where nothing changes.
pub(crate) fn over_days(condition: &Stretch, repetitions: u32) -> Vec<Kept> {
    let (name, populations) = (condition.name(), condition.populations());
    let mut stream = Seed::new(1).stream(&format!("over-time/{name}"));
    let [mut trend, mut step, mut slope, mut change] =
        ["trend", "step", "slope-change", "before-after"].map(|quantity| Kept::new(&name, quantity));
    let [before, after] = condition.shares;
    for _ in 0..repetitions {
        let documents = condition.draw(&populations, &mut stream);
        if let Ok(fit) = ClusteredLogit::fit(&trend_rows(&documents)) {
            trend.add_estimate(fit.coefficient(1), 0.0);
        }
        if let Some(Ok(found)) = interruption(&bins(&documents)) {
            step.add(Some(found.step.interval()), found.log_odds_step.p_value(), after - before);
            slope.add_estimate(found.slope_change, 0.0);
        }
        let sides = [false, true].map(|is_after| {
            let side = documents.iter().filter(|(day, _)| (*day >= 0) == is_after);
            side.map(|(_, counts)| counts.clone()).collect::<Vec<_>>()
        });
        let interval = difference_interval(&ClusteredShare::of(&sides[1], 0), &ClusteredShare::of(&sides[0], 0));
        let dealing = Dealing { draws: DRAWS, kinds: &[0] };
        let tested = permutation_test(&sides[1], &sides[0], dealing, &mut stream);
        change.add(interval, tested.and_then(|tested| tested.p_values[0]), after - before);
    }
    let is_null = after.to_bits() == before.to_bits();
    [trend, step, slope, change].into_iter().filter(|kept| is_null || kept.quantity != "trend").collect()
}

fn trend_rows(documents: &[(i32, ClusterCounts)]) -> Vec<LogitRow> {
    let row = |(cluster, (day, counts)): (usize, &(i32, ClusterCounts))| {
        let covariates = vec![f64::from(*day) / 7.0];
        LogitRow { k: counts.k[0], n: counts.n, covariates, cluster }
    };
    documents.iter().enumerate().map(row).collect()
}

fn bins(documents: &[(i32, ClusterCounts)]) -> Vec<TimeBin> {
    let mut days: Vec<i32> = documents.iter().map(|(day, _)| *day).collect();
    days.sort_unstable();
    days.dedup();
    let bin = |time: &i32| {
        let here = documents.iter().filter(|(day, _)| day == time);
        let (k, n) = here.fold((0, 0), |(k, n), (_, counts)| (k + counts.k[0], n + counts.n));
        TimeBin { time: *time, k, n }
    };
    days.iter().map(bin).collect()
}

/// Documents of two outlets before a day and from it on, of the same share throughout.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Changes {
    /// Before and after, of either outlet.
    pub(crate) documents: [[usize; 2]; 2],
    pub(crate) share: f64,
    pub(crate) icc: f64,
}

/// The change of one outlet less that of the other.
pub(crate) fn changes(condition: &Changes, repetitions: u32) -> Kept {
    let Changes { documents, share, icc } = condition;
    let [[a, b], [c, d]] = documents;
    let name = format!("{a} then {b} documents against {c} then {d}, share {share} (icc {icc})");
    let population = Population::new(*share, *icc, 10.0).with_spread(0.8);
    let mut stream = Seed::new(1).stream(&format!("changes/{name}"));
    let mut kept = Kept::new(&name, "difference-in-differences");
    for _ in 0..repetitions {
        let shares = documents
            .map(|sides| sides.map(|documents| ClusteredShare::of(&population.draw(documents, 1, &mut stream), 0)));
        let found = difference_in_differences(shares);
        kept.add(found.map(|found| found.interval), found.and_then(|found| found.p_value), 0.0);
    }
    kept
}

/// Stories that two outlets have, each with documents of both; the share differs from story to story.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stories {
    pub(crate) count: usize,
    pub(crate) share: f64,
    /// How alike sentences of a story are.
    pub(crate) icc: f64,
    /// By how much the second outlet's share is above the first's in every story.
    pub(crate) more: f64,
}

/// The difference inside stories and the test by swapping.
pub(crate) fn inside_stories(condition: &Stories, repetitions: u32) -> Kept {
    let Stories { count, share, icc, more } = condition;
    let name = format!("{count} stories, share {share} and {more} more (icc {icc})");
    let population = Population::new(*share, *icc, 20.0);
    let mut stream = Seed::new(1).stream(&format!("inside/{name}"));
    let mut kept = Kept::new(&name, "within");
    for _ in 0..repetitions {
        let strata: Vec<StratumCounts> = (0..*count).map(|_| story(&population, *more, &mut stream)).collect();
        let interval = stratified_difference(&strata).and_then(|found| found.interval);
        kept.add(interval, stratified_swap_test(&strata, &mut stream).map(|tested| tested.p_value), -more);
    }
    kept
}

/// One to three documents of each outlet, which share their story's share.
fn story(population: &Population, more: f64, stream: &mut RandomStream) -> StratumCounts {
    let share = population.share_of_document(stream);
    let mut side = |share: f64| {
        let documents = 1 + stream.below(3);
        let sentences: u64 = (0..documents).map(|_| population.sentences(stream)).sum();
        let hits = (0..sentences).filter(|_| uniform(stream) < share).count() as u64;
        (hits, sentences)
    };
    let ((k_a, n_a), (k_b, n_b)) = (side(share), side((share + more).min(1.0)));
    StratumCounts { k_a, n_a, k_b: k_b as f64, n_b }
}
