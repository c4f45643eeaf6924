//! Rows of `within.csv`: how two groups differ inside the values of a column (events, stories), pooled over these, so that
//! what each chooses to write about is told apart from how it writes about the same thing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::compare::cells::{Cells, CountedDocument};
use crate::compare::comparisons::{self, Pair};
use crate::compare::families;
use crate::compare::in_values::{ByValue, InValue, MixedShare, WithinSide};
use crate::compare::notes::{FEW_CARRIERS, Notes};
use crate::compare::place::{Place, REST, WHOLE_SPAN};
use crate::compare::{Plan, Test, TestFamily};
use crate::model::RestRule;
use crate::stats::{
    LEAST_STRATA, PooledEstimate, SIGNIFICANT, Seed, StratumCounts, stratified_difference, stratified_log_odds_ratio,
    stratified_swap_test,
};

/// How two groups differ in a frame inside the values of a column, over the whole span.
#[derive(Clone, Debug, PartialEq)]
pub struct WithinComparison {
    /// Id of the frame.
    pub frame: String,
    /// The group that sorts first, or the one held against the rest.
    pub group_a: String,
    /// The other group, or [`REST`].
    pub group_b: String,
    /// The column.
    pub within: String,
    /// Values of it in which both groups have sentences (or documents).
    pub strata: u64,
    /// What the first group has there.
    pub a: WithinSide,
    /// What the second group has there.
    pub b: WithinSide,
    /// The first share minus the second of what both have there, values of the column mixed.
    pub crude: Option<f64>,
    /// The difference inside values, pooled with Mantel and Haenszel's weights.
    pub difference: Option<PooledEstimate>,
    /// Mantel and Haenszel's log odds ratio.
    pub log_odds_ratio: Option<PooledEstimate>,
    /// Two-sided p-value that the groups are alike inside values, by swapping them there.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg within its family.
    pub q_value: Option<f64>,
    /// How the p-value was computed.
    pub test: Option<Test>,
    /// Which rows are adjusted together.
    pub family: TestFamily,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// Every group by value.
struct Strata<'a> {
    groups: BTreeMap<&'a str, ByValue<'a>>,
    /// The groups that count alike in the rest; `None` where it is their documents that do.
    alike: Option<BTreeSet<&'a str>>,
    within: &'a str,
    is_corrected: bool,
}

/// The rows of all frames for each pair of groups; none where the study does not ask for them.
pub(super) fn rows(plan: &Plan, cells: &Cells<'_>) -> Vec<Vec<WithinComparison>> {
    let asked = plan.settings().within.as_deref();
    let Some((within, column)) = asked.and_then(|within| Some((within, plan.column(within)?))) else {
        return Vec::new();
    };
    let is_alike = plan.settings().rest == RestRule::Equal;
    let alike = is_alike.then(|| cells.groups.iter().copied().filter(|group| cells.is_large(group)).collect());
    let mut strata = Strata { groups: BTreeMap::new(), alike, within, is_corrected: false };
    for group in &cells.groups {
        let (found, is_corrected) = by_value(plan, cells, Place { group, period: WHOLE_SPAN }, column);
        strata.is_corrected |= is_corrected;
        strata.groups.insert(group, found);
    }
    let pairs: Vec<Pair<'_>> = comparisons::pairs(cells, plan.settings());
    let whole = pairs.par_iter().filter(|pair| pair.period == WHOLE_SPAN);
    whole.map(|pair| strata.rows_of(plan, pair)).collect()
}

fn by_value<'a>(plan: &Plan, cells: &Cells<'a>, place: Place<'a>, column: usize) -> (ByValue<'a>, bool) {
    let documents = cells.documents_of(place);
    let mut values: BTreeMap<&str, Vec<CountedDocument<'a>>> = BTreeMap::new();
    for entry in documents {
        if let Some(value) = entry.counts.column(column) {
            values.entry(value).or_default().push(*entry);
        }
    }
    let mut is_corrected = false;
    let mut found = ByValue { documents: documents.len() as u64, ..ByValue::default() };
    for (value, documents) in &values {
        let cell = cells.cell_of(documents.iter());
        is_corrected |= cell.is_corrected();
        found.values.insert(value, InValue::of(&cell, plan.frames().len()));
    }
    (found, is_corrected)
}

impl<'a> Strata<'a> {
    fn rows_of(&self, plan: &Plan, pair: &Pair<'_>) -> Vec<WithinComparison> {
        let sides = [self.group(pair.group_a), self.other(pair)];
        (0..plan.frames().len()).map(|frame| self.row(plan, pair, frame, &sides)).collect()
    }

    fn group(&self, group: &str) -> ByValue<'a> {
        self.groups.get(group).cloned().unwrap_or_default()
    }

    /// The second group, or all but the first together.
    fn other(&self, pair: &Pair<'_>) -> ByValue<'a> {
        if pair.group_b != REST {
            return self.group(pair.group_b);
        }
        let mut rest = ByValue::default();
        for (name, group) in self.groups.iter().filter(|(name, _)| self.is_of_rest(name, pair)) {
            rest.documents += group.documents;
            for (value, counted) in &group.values {
                let in_value = rest.values.entry(value).or_default();
                if self.alike.is_some() { in_value.add_alike(name, counted) } else { in_value.add(counted) }
            }
        }
        rest
    }

    fn is_of_rest(&self, group: &str, pair: &Pair<'_>) -> bool {
        group != pair.group_a && self.alike.as_ref().is_none_or(|alike| alike.contains(group))
    }

    fn row(&self, plan: &Plan, pair: &Pair<'_>, frame: usize, [a, b]: &[ByValue<'a>; 2]) -> WithinComparison {
        let mut sides = [WithinSide::default(); 2];
        let mut strata = Vec::new();
        let mut mixed = [MixedShare::default(), MixedShare::default()];
        let shared: BTreeSet<&str> = a.values.keys().filter(|value| b.values.contains_key(*value)).copied().collect();
        for (a, b) in shared.iter().filter_map(|value| a.values.get(value).zip(b.values.get(value))) {
            let (k_a, k_b) = (a.hits[frame], b.counted_hits(frame));
            let stratum = StratumCounts { k_a, n_a: a.trials, k_b, n_b: b.trials };
            if stratum.has_both() {
                strata.push(stratum);
                for ((side, mixed), in_value) in sides.iter_mut().zip(&mut mixed).zip([a, b]) {
                    mixed.add(in_value, frame);
                    side.add(in_value.side);
                    side.hits += in_value.hits[frame];
                    side.carriers += in_value.carriers[frame];
                }
            }
        }
        for (side, group) in sides.iter_mut().zip([a, b]) {
            side.left_out = group.documents - side.documents;
        }
        let name = &plan.frames()[frame];
        let mut row = WithinComparison {
            frame: name.clone(),
            group_a: pair.group_a.to_owned(),
            group_b: pair.group_b.to_owned(),
            within: self.within.to_owned(),
            strata: strata.len() as u64,
            a: sides[0],
            b: sides[1],
            crude: None,
            difference: None,
            log_odds_ratio: None,
            p_value: None,
            q_value: None,
            test: None,
            family: pair.family(),
            note: Arc::default(),
        };
        row.note = self.note(&row, &strata);
        if strata.len() >= LEAST_STRATA {
            row.crude = mixed[0].share().zip(mixed[1].share()).map(|(a, b)| a - b);
            row.pool(&strata, plan.seed());
        }
        row
    }

    fn note(&self, row: &WithinComparison, strata: &[StratumCounts]) -> Arc<str> {
        let (mut notes, within) = (Notes::default(), self.within);
        if strata.len() < LEAST_STRATA {
            notes.add(
                true,
                &format!("fewer than {LEAST_STRATA} values of {within} with both groups: not compared inside"),
            );
            return notes.into_text();
        }
        let (hits, trials) =
            strata.iter().fold((0, 0), |sums, stratum| (sums.0 + stratum.k_a, sums.1 + stratum.n_a + stratum.n_b));
        let hits = hits + row.b.hits;
        notes.add(hits == 0, "no hits in either group: nothing to test");
        notes.add(hits > 0 && hits == trials, "nothing but hits in both groups: nothing to test");
        let with_hits = strata.iter().filter(|stratum| stratum.hits() > 0.0).count();
        let all = strata.len();
        let few = format!("hits in {with_hits} of {all} values of {within} only: the interval may be too narrow");
        notes.add(hits > 0 && with_hits < LEAST_STRATA, &few);
        for (side, of) in [(row.a, "group_a"), (row.b, "group_b")] {
            let remark =
                format!("fewer than {FEW_CARRIERS} documents with a hit in {of}: the interval may be too narrow");
            notes.add(hits > 0 && side.carriers < FEW_CARRIERS, &remark);
        }
        notes.add(hits > 0 && row.b.hits == 0, "no odds ratio without hits in group_b");
        notes.add(hits > 0 && row.a.hits == 0, "no odds ratio without hits in group_a");
        let least = least_p(row.strata);
        notes.add(least > SIGNIFICANT, &format!("of {all} values no p can be below {least}"));
        notes.add(self.is_corrected, "not corrected by hand codings");
        notes.into_text()
    }
}

impl WithinComparison {
    /// Remarks that few values leave no finding alone a q-value below the usual level, where so many tests are adjusted together.
    fn remark_floor(&mut self, tests: f64) {
        let (least, values) = (least_p(self.strata), self.strata);
        let is_unsure = self.q_value.is_some_and(|q_value| q_value >= SIGNIFICANT);
        // Nine events, an outlet below another in every one of them, p .004 among 30 tests: q .12, and no data could give less.
        if is_unsure && least <= SIGNIFICANT && least * tests >= SIGNIFICANT {
            let q_value = (least * tests).min(1.0);
            let remark = format!(
                "of {values} values no p can be below {least:.4}, and of {tests} tests no q of one alone below {q_value:.2}"
            );
            families::append(&mut self.note, &remark);
        }
    }

    /// Fills in what is pooled over the strata. The test draws from a stream named by frame and groups.
    fn pool(&mut self, strata: &[StratumCounts], seed: u64) {
        self.difference = stratified_difference(strata);
        self.log_odds_ratio = stratified_log_odds_ratio(strata);
        let hits = self.a.hits + self.b.hits;
        let is_mixed = hits > 0 && strata.iter().any(|stratum| stratum.hits() < (stratum.n_a + stratum.n_b) as f64);
        if !is_mixed {
            return;
        }
        for (pooled, remark) in [
            (self.difference, "the difference is alike in all values: no interval"),
            (self.log_odds_ratio, "the odds ratio is alike in all values: no interval"),
        ] {
            if pooled.is_some_and(|pooled| pooled.interval.is_none()) {
                families::append(&mut self.note, remark);
            }
        }
        let name = format!("within/{}/{}~{}", self.frame, self.group_a, self.group_b);
        if let Some(tested) = stratified_swap_test(strata, &mut Seed::new(seed).stream(&name)) {
            self.p_value = Some(tested.p_value);
            self.test = Some(Test::by_dealing(tested.exact));
            let interval = self.difference.and_then(|difference| difference.interval);
            families::remark_disagreement(interval, self.p_value, &mut self.note);
        }
    }
}

/// Adjusts the p-values of pairs, and apart from these those of groups against the rest.
pub(super) fn adjust(rows: &mut [WithinComparison]) {
    for family in [TestFamily::Pairs, TestFamily::Rest] {
        let mut of_family: Vec<&mut WithinComparison> =
            rows.iter_mut().filter(|row| row.family == family && row.p_value.is_some()).collect();
        families::adjust(of_family.iter_mut().map(|row| (row.p_value, &mut row.q_value)));
        let tests = of_family.len() as f64;
        for row in of_family {
            row.remark_floor(tests);
        }
    }
}

/// The least p-value that swapping two groups in so many values can give: every swap is as likely, and the two that are all alike
/// are the extreme ones.
fn least_p(strata: u64) -> f64 {
    (0..strata).fold(2.0, |least: f64, _| least / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::counts::example::{corpus, counts, document};
    use crate::compare::{DocumentCounts, findings};
    use crate::model::CompareSettings;

    fn plan() -> Plan {
        let settings =
            CompareSettings { within: Some("event".to_owned()), least_documents: 1, ..CompareSettings::default() };
        Plan::new(vec!["threat".to_owned(), "talks".to_owned(), "never".to_owned()], settings, 1).unwrap()
    }

    fn about(event: &str, document: DocumentCounts) -> DocumentCounts {
        DocumentCounts { columns: [(!event.is_empty()).then(|| event.into())].into(), ..document }
    }

    /// The six stories of the reference: hits and misses of two outlets in each.
    fn six_stories() -> Vec<(String, DocumentCounts)> {
        let stories = [[3, 7, 1, 9], [5, 7, 2, 10], [2, 6, 0, 8], [6, 9, 1, 9], [1, 11, 2, 12], [4, 8, 3, 9]];
        let mut documents = Vec::new();
        for (number, [a, b, c, d]) in stories.into_iter().enumerate() {
            for (group, hits, misses) in [("alfa", a, b), ("beta", c, d)] {
                let document = document(group, "", hits + misses, [hits, 0, 0]);
                documents.push((format!("{group}-{number}"), about(&format!("story {number}"), document)));
            }
        }
        documents
    }

    #[test]
    fn two_groups_are_compared_inside_six_stories() {
        let mut documents = six_stories();
        documents.push(("only".to_owned(), about("of one", document("alfa", "", 50, [50, 0, 0]))));
        documents.push(("none".to_owned(), about("", document("beta", "", 50, [50, 0, 0]))));
        let found = findings(&plan(), &counts(documents)).within;
        assert_eq!(found.len(), 3);
        let row = &found[0];
        let (difference, odds) = (row.difference.unwrap(), row.log_odds_ratio.unwrap());
        assert!((difference.estimate - 0.161_839_080_5).abs() < 1e-9 && (odds.estimate - 1.002_441_453_3).abs() < 1e-9);
        assert!((row.crude.unwrap() - (21.0 / 69.0 - 9.0 / 66.0)).abs() < 1e-12);
        assert_eq!((row.p_value, row.q_value, row.test), (Some(0.0625), Some(0.0625), Some(Test::PermutationExact)));
        let a = WithinSide { documents: 6, clusters: 6, sentences: 69, hits: 21, carriers: 6, left_out: 1 };
        let b = WithinSide { documents: 6, clusters: 6, sentences: 66, hits: 9, carriers: 5, left_out: 1 };
        assert_eq!((row.strata, row.a, row.b), (6, a, b));
        let few = ["group_a", "group_b"]
            .map(|of| format!("fewer than 10 documents with a hit in {of}: the interval may be too narrow"));
        assert!(row.note.starts_with(&few.join("; ")) && row.note.contains("two methods"), "{}", row.note);
        let never = &found[2];
        assert_eq!((never.p_value, &never.note[..]), (None, "no hits in either group: nothing to test"));
    }

    #[test]
    fn values_that_are_all_alike_give_no_interval_and_say_so() {
        let pair = |number: usize| {
            [("alfa", 3), ("beta", 1)].map(|(group, hits)| {
                let document = about(&format!("story {number}"), document(group, "", 10, [hits, 0, 0]));
                (format!("{group}-{number}"), document)
            })
        };
        let found = findings(&plan(), &counts((0..6).flat_map(pair))).within;
        let (difference, odds) = (found[0].difference.unwrap(), found[0].log_odds_ratio.unwrap());
        assert_eq!((difference.interval, odds.interval), (None, None));
        for what in ["the difference is alike", "the odds ratio is alike"] {
            assert!(found[0].note.contains(what), "{}", found[0].note);
        }
    }

    #[test]
    fn four_stories_are_too_few() {
        let found = findings(&plan(), &counts(six_stories().into_iter().take(8))).within;
        let row = &found[0];
        assert_eq!((row.strata, row.difference, row.p_value, row.crude), (4, None, None, None));
        assert_eq!(&*row.note, "fewer than 5 values of event with both groups: not compared inside");
    }

    #[test]
    fn the_rest_is_all_the_others_in_a_story() {
        let mut documents = six_stories();
        // Where the rest is beta and a copy of it, the share of the rest is that of beta.
        let more: Vec<_> = documents
            .iter()
            .filter(|(id, _)| id.starts_with("beta"))
            .map(|(id, counted)| {
                (id.replace("beta", "gamma"), DocumentCounts { group: "gamma".into(), ..counted.clone() })
            })
            .collect();
        documents.extend(more);
        let found = findings(&plan(), &counts(documents)).within;
        let row = found.iter().find(|row| row.group_a == "alfa" && row.group_b == REST).unwrap();
        assert_eq!((row.b.documents, row.b.hits, row.family), (12, 18, TestFamily::Rest));
        assert!((row.crude.unwrap() - (21.0 / 69.0 - 9.0 / 66.0)).abs() < 1e-12);
        let pairs = found.iter().filter(|row| row.frame == "threat" && row.group_b != REST).count();
        assert_eq!((pairs, found.len()), (3, 3 * 6));
        let floor = "of 6 values no p can be below 0.0312, and of 3 tests no q of one alone below 0.09";
        let pair = found.iter().find(|row| row.group_a == "alfa" && row.group_b == "beta").unwrap();
        assert!(pair.note.ends_with(floor), "{}", pair.note);
    }

    /// Values of the formulas in Python with `SciPy`; gamma has a third of beta's stories at other lengths, tiny one document.
    #[test]
    fn the_others_in_a_story_count_alike_on_request() {
        let mut documents = six_stories();
        for (number, (hits, sentences)) in [(9, 30), (8, 40), (20, 25)].into_iter().enumerate() {
            let counted = document("gamma", "", sentences, [hits, 0, 0]);
            documents.push((format!("gamma-{number}"), about(&format!("story {number}"), counted)));
        }
        documents.push(("tiny".to_owned(), about("story 0", document("tiny", "", 10, [10, 0, 0]))));
        let settings = CompareSettings {
            within: Some("event".to_owned()),
            least_documents: 2,
            rest: RestRule::Equal,
            ..CompareSettings::default()
        };
        let plan = Plan::new(vec!["threat".to_owned(), "talks".to_owned(), "never".to_owned()], settings, 1).unwrap();
        let found = findings(&plan, &counts(documents)).within;
        let row = found.iter().find(|row| row.group_a == "alfa" && row.group_b == REST).unwrap();
        let (difference, odds) = (row.difference.unwrap(), row.log_odds_ratio.unwrap());
        let interval = difference.interval.unwrap();
        for (what, value, expected) in [
            ("difference", difference.estimate, 0.094_360_559_105_255),
            ("its low", interval.low, -0.078_175_990_028_682),
            ("its high", interval.high, 0.266_897_108_239_193),
            ("log odds ratio", odds.estimate, 0.493_937_842_352_027),
            ("crude", row.crude.unwrap(), 21.0 / 69.0 - f64::midpoint(9.0 / 66.0, 37.0 / 95.0)),
        ] {
            assert!((value - expected).abs() < 1e-9, "{what}: {value}, not {expected}");
        }
        assert_eq!((row.b.documents, row.b.hits), (9, 9 + 37), "without the group that is too small");
    }

    #[test]
    fn no_column_asks_for_nothing() {
        let settings = CompareSettings::default();
        let plan = Plan::new(vec!["threat".to_owned(), "talks".to_owned(), "never".to_owned()], settings, 1).unwrap();
        assert_eq!(findings(&plan, &counts(corpus(&["alfa", "beta"]))).within, []);
    }
}
