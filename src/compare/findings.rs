//! The findings: all rows of `prevalence.csv`, `omnibus.csv`, `comparisons.csv`, `divergence.csv`, `contrasts.csv`, `trends.csv`, `changepoints.csv`,
//! `sources.csv` and `speakers.csv`, in order. Not here: those of `voices.csv` and `stances.csv`, which nobody holds (`parts`, `stances`).

use std::convert::Infallible;

use rayon::prelude::*;

use crate::compare::cells::Cells;
use crate::compare::comparisons::Comparison;
use crate::compare::contrasts::Contrast;
use crate::compare::divergence::Divergence;
use crate::compare::in_places::{self, InPlaces, shares};
use crate::compare::omnibus::Omnibus;
use crate::compare::place::{REST, WHOLE_SPAN};
use crate::compare::regression::{self, Coefficient};
use crate::compare::row_order::by_column;
use crate::compare::series::{self, Changepoint, OverTime, Trend};
use crate::compare::sources::{self, SourceShare};
use crate::compare::speakers::{self, SpeakerShare};
use crate::compare::stances::StanceTests;
use crate::compare::within::{self, WithinComparison};
use crate::compare::{Counts, Plan, Prevalence};
use crate::model::VoiceFilter;

/// Everything that is found, each table in its final order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// By frame (codebook order), group, period; the whole span first.
    pub prevalence: Vec<Prevalence>,
    /// By frame (codebook order), period; the whole span first.
    pub omnibus: Vec<Omnibus>,
    /// By pair of groups, period, as the comparisons of each frame.
    pub divergences: Vec<Divergence>,
    /// By frame, pair of groups, period; each group's row against the rest after its pairs.
    pub comparisons: Vec<Comparison>,
    /// By frame (codebook order), pair of groups; none where the study compares within no column.
    pub within: Vec<WithinComparison>,
    /// By contrast (the study's order), group, period.
    pub contrasts: Vec<Contrast>,
    /// By kind of source, source, group, period; the whole span first.
    pub sources: Vec<SourceShare>,
    /// By frame (codebook order), group of sources, group, period; none where the codebook has no groups of sources.
    pub speakers: Vec<SpeakerShare>,
    /// What the rows of `stances.csv` say together.
    pub stance_tests: StanceTests,
    /// By kind of row, frame (codebook order), group.
    pub trends: Vec<Trend>,
    /// By frame (codebook order), group, day.
    pub changepoints: Vec<Changepoint>,
    /// By frame (codebook order), term, level.
    pub regression: Vec<Coefficient>,
    /// The columns that shares were to be explained by and that are no term, each with the reason.
    pub no_terms: Vec<(String, String)>,
}

impl Findings {
    /// The rows over the whole span that hold each group against all the others: against the rest, or of two groups the
    /// one against the other.
    pub fn against_others(&self) -> impl Iterator<Item = &Comparison> {
        let has_rest = self.comparisons.iter().any(|row| &*row.group_b == REST);
        let is_it = move |row: &&Comparison| &*row.period == WHOLE_SPAN && (&*row.group_b == REST || !has_rest);
        self.comparisons.iter().filter(is_it)
    }
}

/// All findings of a plan; the same digits for any order of documents and any number of threads.
#[must_use]
pub fn findings(plan: &Plan, counts: &Counts) -> Findings {
    let Ok::<_, Infallible>(found) = findings_with_progress(plan, counts, &|_, _| Ok(()));
    found
}

/// All findings of a plan, as [`findings`]; from time to time `progress` hears how many of how many cells and pairs of
/// cells are done. It is called from several threads.
///
/// # Errors
/// What `progress` says to stop the work.
pub fn findings_with_progress<E: Send>(
    plan: &Plan,
    counts: &Counts,
    progress: &(dyn Fn(usize, usize) -> Result<(), E> + Sync),
) -> Result<Findings, E> {
    let cells = Cells::new(plan, counts);
    let mut in_places = in_places::rows(plan, &cells, progress)?;
    in_places.adjust(plan);
    let mut within = by_column(within::rows(plan, &cells));
    within::adjust(&mut within);
    let sources = sources::rows(plan, &cells);
    let speakers = by_column(speakers::rows(plan, &cells));
    let stance_tests = StanceTests::new(plan, &cells);
    let OverTime { trends, changepoints } = series::rows(plan, &cells);
    let (regression, no_terms) = regression::rows(plan, &cells);
    let InPlaces { prevalence, contrasts, comparisons, divergences, omnibus } = in_places;
    Ok(Findings {
        prevalence,
        omnibus,
        divergences,
        comparisons,
        within,
        contrasts,
        sources,
        speakers,
        stance_tests,
        trends,
        changepoints,
        regression,
        no_terms,
    })
}

/// The rows of `prevalence.csv` as a study with another `voice` has them.
#[must_use]
pub fn prevalence_of_voice(plan: &Plan, counts: &Counts, voice: VoiceFilter) -> Vec<Prevalence> {
    let plan = plan.clone().with_voice(voice);
    let cells = Cells::new(&plan, counts);
    let in_places = cells.places().into_par_iter().map(|place| shares(&plan, place, &cells.cell(place)));
    by_column(in_places.collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use rayon::ThreadPoolBuilder;

    use super::*;
    use crate::compare::StricterP;
    use crate::compare::counts::example::{corpus, counts, document, plan, weekly};
    use crate::model::{CompareSettings, Period};
    use crate::stats::{Interval, Seed};

    #[test]
    fn findings_do_not_depend_on_the_order_or_the_partition_of_documents() {
        let plan = plan(weekly());
        let documents = corpus(&["alfa", "beta", "gamma"]);
        let expected = findings(&plan, &counts(documents.clone()));
        let mut stream = Seed::new(3).stream("shuffle");
        for _ in 0..3 {
            let mut shuffled = documents.clone();
            for place in (1..shuffled.len()).rev() {
                shuffled.swap(place, stream.below(place + 1));
            }
            let mut merged = counts(shuffled.split_off(stream.below(shuffled.len())));
            merged.merge(counts(shuffled));
            assert_eq!(findings(&plan, &merged), expected);
        }
    }

    #[test]
    fn findings_do_not_depend_on_the_number_of_threads() {
        let (plan, counts) = (plan(weekly()), counts(corpus(&["alfa", "beta", "gamma"])));
        let with = |threads: usize| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| findings(&plan, &counts))
        };
        assert_eq!(with(1), with(2));
    }

    #[test]
    fn another_outlet_changes_no_row_of_the_others() {
        let plan = plan(weekly());
        let two = findings(&plan, &counts(corpus(&["alfa", "gamma"])));
        let three = findings(&plan, &counts(corpus(&["alfa", "beta", "gamma"])));
        let mut old = three.clone();
        old.prevalence.retain(|row| &*row.group != "beta");
        old.contrasts.retain(|row| &*row.group != "beta");
        old.sources.retain(|row| &*row.group != "beta");
        old.comparisons.retain(|row| &*row.group_a == "alfa" && &*row.group_b == "gamma");
        old.divergences.retain(|row| &*row.group_a == "alfa" && &*row.group_b == "gamma");
        // All groups at once is another question with another group.
        old.omnibus.clear();
        let mut expected = two;
        expected.comparisons.retain(|row| &*row.group_b != REST);
        // Only the adjustment for the number of tests may and must change.
        for findings in [&mut old, &mut expected] {
            // So is what tells them all apart.
            findings.regression.clear();
            findings.stance_tests = StanceTests::default();
            findings.comparisons.iter_mut().for_each(|row| (row.q_value, row.stricter) = (None, StricterP::default()));
            findings.divergences.iter_mut().for_each(|row| row.q_value = None);
            findings.contrasts.iter_mut().for_each(|row| row.q_value = None);
        }
        assert_eq!(old, expected);
    }

    #[test]
    fn rows_hold_no_text_of_their_own() {
        let found = findings(&plan(weekly()), &counts(corpus(&["alfa", "beta", "gamma"])));
        let is_shared = |text: &Arc<str>| text.is_empty() || Arc::strong_count(text) > 2;
        for row in &found.prevalence {
            assert!([&row.frame, &row.group, &row.period].into_iter().all(is_shared), "{row:?}");
        }
        for row in &found.comparisons {
            assert!([&row.frame, &row.group_a, &row.group_b, &row.period].into_iter().all(is_shared), "{row:?}");
        }
    }

    #[test]
    fn another_frame_changes_no_row_of_the_others() {
        let documents = corpus(&["alfa", "beta"]);
        let settings = CompareSettings { period: Some(Period::Week), ..CompareSettings::default() };
        let one = Plan::new(vec!["threat".to_owned()], settings.clone(), 20_220_203).unwrap();
        let mut three = findings(&plan(settings), &counts(documents.clone())).comparisons;
        three.retain(|row| &*row.frame == "threat");
        let mut alone = findings(&one, &counts(documents)).comparisons;
        for row in three.iter_mut().chain(&mut alone) {
            (row.q_value, row.stricter) = (None, StricterP::default());
        }
        assert_eq!(three, alone);
    }

    #[test]
    fn tables_are_full_grids_in_a_stable_order() {
        let mut documents = corpus(&["alfa", "beta"]);
        documents.push(("late".to_owned(), document("beta", "2022-W09", 10, [1, 0, 0])));
        let found = findings(&plan(weekly()), &counts(documents));
        let key = |row: &Prevalence| (row.frame.to_string(), row.group.to_string(), row.period.to_string());
        let keys: Vec<_> = found.prevalence.iter().map(key).collect();
        let mut expected = Vec::new();
        for frame in ["threat", "talks", "never"] {
            for group in ["alfa", "beta"] {
                for period in ["all", "2022-W01", "2022-W02", "2022-W03", "2022-W09"] {
                    expected.push((frame.to_owned(), group.to_owned(), period.to_owned()));
                }
            }
        }
        assert_eq!(keys, expected);
        // Frames by the one pair by periods; contrasts by groups by periods.
        assert_eq!((found.comparisons.len(), found.contrasts.len()), (3 * 5, 2 * 2 * 5));
        let empty = &found.prevalence[4];
        assert_eq!((empty.documents, empty.sentences, empty.hits), (0, 0, 0));
        assert_eq!((empty.estimate, empty.interval, empty.method, empty.icc), (None, None, None, None));
        assert_eq!(&*empty.note, "no documents");
    }

    fn holds(interval: Option<Interval>, estimate: Option<f64>) -> bool {
        let slack = 1e-9;
        let within = |interval: Interval, it: f64| interval.low <= it + slack && it <= interval.high + slack;
        interval.is_none_or(|interval| estimate.is_some_and(|estimate| within(interval, estimate)))
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_estimate(
            documents in proptest::collection::vec((0..3_usize, 0..2_usize, 1..60_u64, 0..61_u64, 0..61_u64), 4..40)
        ) {
            let document = |(number, row): (usize, &(usize, usize, u64, u64, u64))| {
                let (group, period, n, a, b) = *row;
                let hits = [a.min(n), b.min(n), 0];
                (number.to_string(), document(["alfa", "beta", "gamma"][group], ["2022-W01", "2022-W02"][period], n, hits))
            };
            let settings = CompareSettings { least_documents: 1, ..weekly() };
            let found = findings(&plan(settings), &counts(documents.iter().enumerate().map(document)));
            for row in &found.prevalence {
                prop_assert!(holds(row.interval, row.estimate), "{row:?}");
            }
            for row in &found.comparisons {
                prop_assert!(holds(row.interval, row.difference), "{row:?}");
            }
            for row in &found.contrasts {
                prop_assert!(holds(row.interval, row.log_ratio), "{row:?}");
            }
        }
    }
}
