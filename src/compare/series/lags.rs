//! Which of two groups takes a frame up first: the lag at which their shares by day are most alike.

use rayon::prelude::*;

use crate::compare::Plan;
use crate::compare::notes::Notes;
use crate::compare::series::dated::{DatedGroup, DatedGroups};
use crate::compare::series::trend::{NumberedFrame, Trend, TrendKind, add_remarks};
use crate::compare::series::trends::{numbered, pairs};
use crate::compare::study_time::StudyTime;
use crate::stats::{LEAST_LAG_BINS, UnitCount, lead_lag};

/// Groups up to which lags are looked for: pairs of more are thousands of series, each shifted hundreds of times.
const MOST_GROUPS: usize = 12;

/// Days from which on a bin is a week: a frame that takes days to pass on leaves no trace in thousands of bins.
const LONG_SPAN: i32 = 730;

/// The rows of all frames and pairs of groups that are large enough; none where these are too many.
pub(super) fn rows(plan: &Plan, dated: &DatedGroups<'_>) -> Vec<Trend> {
    if dated.large.len() > MOST_GROUPS {
        return Vec::new();
    }
    let last = dated.groups.iter().filter_map(|group| group.documents.last()).map(|document| document.day).max();
    let bin_days = if last.is_some_and(|last| last >= LONG_SPAN) { 7 } else { 1 };
    let pairs = pairs(dated, &dated.groups);
    let each: Vec<_> = numbered(plan).flat_map(|frame| pairs.iter().map(move |pair| (frame, *pair))).collect();
    each.par_iter().map(|(frame, pair)| Lagging { pair: *pair, bin_days, scale: dated.scale }.row(*frame)).collect()
}

/// Two groups whose shares by bin are held against each other.
struct Lagging<'d, 'a> {
    pair: [&'d DatedGroup<'a>; 2],
    bin_days: i32,
    scale: StudyTime,
}

impl Lagging<'_, '_> {
    fn row(&self, frame: NumberedFrame<'_>) -> Trend {
        let row = Trend::empty_of_pair(TrendKind::LeadLag, frame, self.pair, self.scale);
        let (bin, spanned) = (if self.bin_days == 1 { "days" } else { "weeks" }, self.spanned());
        let mut notes = Notes::default();
        let Some([first, last]) = spanned.filter(|[first, last]| bins_between(*first, *last) >= LEAST_LAG_BINS) else {
            notes.add(true, &format!("the two publish side by side for fewer than {LEAST_LAG_BINS} {bin}: no lag"));
            return Trend { note: notes.into_text(), ..row };
        };
        let [a, b] = self.pair.map(|group| self.shares(group, frame, [first, last]));
        let Some(found) = lead_lag(&a, &b) else {
            notes.add(true, &format!("no hits of a group, or hardly any {bin} on which both publish: no lag"));
            return Trend { note: notes.into_text(), ..row };
        };
        notes.add(true, &format!("lags up to {} {bin}: no p below {:.3}", found.most, least_p(found.most, a.len())));
        for group in self.pair {
            add_remarks(&mut notes, frame, group, &format!(" in {}", group.name));
        }
        let mut size = row.size;
        size.bins = found.bins;
        Trend {
            estimate: Some(found.correlation),
            p_value: Some(found.p_value),
            lag: Some(found.lag * self.bin_days),
            size,
            note: notes.into_text(),
            ..row
        }
    }

    /// First and last bin of the days on which both groups have begun to publish and neither has ceased to.
    fn spanned(&self) -> Option<[i32; 2]> {
        let of_group = |group: &DatedGroup<'_>| Some([group.documents.first()?.day, group.documents.last()?.day]);
        let [a, b] = self.pair.map(of_group);
        let ([a_first, a_last], [b_first, b_last]) = (a?, b?);
        Some([a_first.max(b_first) / self.bin_days, a_last.min(b_last) / self.bin_days])
    }

    /// The share of the frame by bin; none where the group publishes nothing.
    fn shares(&self, group: &DatedGroup<'_>, frame: NumberedFrame<'_>, [first, last]: [i32; 2]) -> Vec<Option<f64>> {
        let mut bins = vec![UnitCount { k: 0, n: 0 }; bins_between(first, last)];
        for document in &group.documents {
            let bin = usize::try_from(document.day / self.bin_days - first).ok();
            if let Some(bin) = bin.and_then(|bin| bins.get_mut(bin)) {
                bin.k += document.counts.k[frame.index];
                bin.n += document.counts.n;
            }
        }
        bins.iter().map(|bin| (bin.n > 0).then(|| bin.k as f64 / bin.n as f64)).collect()
    }
}

fn bins_between(first: i32, last: i32) -> usize {
    usize::try_from(last - first + 1).unwrap_or_default()
}

/// The shifts that hold the observed lag among theirs, as a share of all.
fn least_p(most: usize, bins: usize) -> f64 {
    (2 * most + 1) as f64 / bins as f64
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use crate::compare::counts::example::{counts, document, plan};
    use crate::compare::{DocumentCounts, TrendKind, findings};
    use crate::model::CompareSettings;

    /// Beta has on each day what alfa had two days before.
    #[test]
    fn a_group_that_follows_by_two_days_is_told() {
        let hits = |day: u64| day * day * 37 % 11;
        let of_day = |day: u64| {
            let date = date(2022, 1, 1).saturating_add(i64::try_from(day).unwrap().days());
            let one = |group: &str, hits: u64| {
                (format!("{group}-{day}"), DocumentCounts { date: Some(date), ..document(group, "", 20, [hits, 0, 0]) })
            };
            [one("alfa", hits(day + 2)), one("beta", hits(day))]
        };
        let found = findings(&plan(CompareSettings::default()), &counts((0..100).flat_map(of_day)));
        let rows: Vec<_> = found.trends.iter().filter(|row| row.kind == TrendKind::LeadLag).collect();
        assert_eq!(rows.len(), 3, "one of each frame");
        assert_eq!((rows[0].lag, rows[0].p_value, rows[0].size.bins), (Some(2), Some(0.05), 98), "{:?}", rows[0]);
        assert!(rows[0].estimate.unwrap() > 0.9, "{:?}", rows[0]);
        assert_eq!((rows[2].lag, rows[2].estimate), (None, None), "{}", rows[2].note);
        let short = findings(&plan(CompareSettings::default()), &counts((0..50).flat_map(of_day)));
        let row = short.trends.iter().find(|row| row.kind == TrendKind::LeadLag).unwrap();
        assert_eq!((row.lag, &row.note[..]), (None, "the two publish side by side for fewer than 60 days: no lag"));
    }
}
