//! How often a change of level or a lead is told where there is none, and found where there is one.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use parallax::compare::{DocumentCounts, FrameCounts};
use parallax::model::CompareSettings;
use parallax::stats::{Interval, RandomStream, Seed, lead_lag};
use parallax::{Counts, Plan, findings};

use crate::over_time::{Kept, Stretch};
use crate::population::{Population, uniform};

/// A change of level in the middle of a stretch of days, or none: the test of the whole series, whether any change is told, and
/// whether the days said to hold 95 % of the posterior hold the true one.
pub(crate) fn level_changes(condition: &Stretch, repetitions: u32) -> Vec<Kept> {
    let (name, populations) = (condition.name(), condition.populations());
    let mut stream = Seed::new(1).stream(&format!("changes/{name}"));
    let [mut test, mut told, mut range] =
        ["changepoint p", "change told", "95 % of its date"].map(|quantity| Kept::new(&name, quantity));
    let is_null = condition.shares[0].to_bits() == condition.shares[1].to_bits();
    for seed in 0..repetitions {
        let mut counts = Counts::default();
        for (number, (day, drawn)) in condition.draw(&populations, &mut stream).into_iter().enumerate() {
            let document = DocumentCounts {
                group: "outlet".into(),
                date: Some(middle().saturating_add(day.days())),
                sentences: drawn.n,
                frames: vec![FrameCounts { hits: drawn.k[0], ..FrameCounts::default() }].into(),
                ..DocumentCounts::default()
            };
            counts.insert(number.to_string(), document);
        }
        let Ok(plan) = Plan::new(vec!["frame".to_owned()], CompareSettings::default(), u64::from(seed)) else {
            continue;
        };
        let rows = findings(&plan, &counts).changepoints;
        let Some(first) = rows.first() else { continue };
        test.add(None, first.p_value, 0.0);
        let changes = rows.iter().filter(|row| row.is_change).count();
        told.add(None, first.p_value.map(|_| if changes > 0 { 0.0 } else { 1.0 }), 0.0);
        if let (false, Some((low, high))) = (is_null, first.range.filter(|_| changes == 1)) {
            range.add(Some(Interval { low: days(low), high: days(high) }), None, 0.0);
        }
    }
    [test, told, range].into_iter().filter(|kept| !is_null || kept.quantity() != "95 % of its date").collect()
}

fn middle() -> Date {
    date(2022, 3, 1)
}

/// Days since the middle one.
fn days(day: Date) -> f64 {
    f64::from(day.since(middle()).map_or(0, |span| span.get_days()))
}

/// Two series of shares by day that hang on to what they were the day before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drifting {
    pub(crate) days: usize,
    pub(crate) share: f64,
    /// The part of a day's share that is that of the day before.
    pub(crate) kept: f64,
    /// Days by which the second follows the first; `None` of two that have nothing to do with each other.
    pub(crate) follows: Option<usize>,
    /// The part of days on which an outlet publishes nothing.
    pub(crate) silent: f64,
}

impl Drifting {
    fn name(&self) -> String {
        let Self { days, share, kept, follows, silent } = self;
        let how = follows.map_or("unrelated".to_owned(), |lag| format!("the second {lag} days later"));
        format!("{days} days, share {share}, {kept} kept from day to day, {silent} silent; {how}")
    }

    /// What a series drifts by: shares of so many days.
    fn drift(&self, days: usize, stream: &mut RandomStream) -> Vec<f64> {
        let population = Population::new(self.share, 0.1, 20.0);
        let mut now = self.share;
        let mut day = || {
            now = self.kept * now + (1.0 - self.kept) * population.share_of_document(stream);
            now
        };
        (0..days).map(|_| day()).collect()
    }

    /// Hits in forty sentences of each day, as a share; none on days without any.
    fn published(&self, shares: &[f64], stream: &mut RandomStream) -> Vec<Option<f64>> {
        let mut of_day = |share: f64| {
            let is_silent = uniform(stream) < self.silent;
            let hits = (0..40).filter(|_| uniform(stream) < share).count() as f64;
            (!is_silent).then_some(hits / 40.0)
        };
        shares.iter().map(|share| of_day(*share)).collect()
    }
}

/// The test of a lead or lag, and whether the lag found is the true one.
pub(crate) fn lags(condition: &Drifting, repetitions: u32) -> Vec<Kept> {
    let name = condition.name();
    let mut stream = Seed::new(1).stream(&format!("lags/{name}"));
    let [mut test, mut lag] = ["lead-lag p", "its lag"].map(|quantity| Kept::new(&name, quantity));
    let behind = condition.follows.unwrap_or_default();
    for _ in 0..repetitions {
        let first = condition.drift(condition.days + behind, &mut stream);
        let second = match condition.follows {
            Some(_) => first[..condition.days].to_vec(),
            None => condition.drift(condition.days, &mut stream),
        };
        let first = condition.published(&first[behind..], &mut stream);
        let second = condition.published(&second, &mut stream);
        let Some(found) = lead_lag(&first, &second) else { continue };
        test.add(None, Some(found.p_value), 0.0);
        let at = f64::from(found.lag);
        lag.add(Some(Interval { low: at, high: at }), None, behind as f64);
    }
    [test, lag].into_iter().filter(|kept| condition.follows.is_some() || kept.quantity() != "its lag").collect()
}
