//! The findings: all rows of `prevalence.csv`, `comparisons.csv`, `contrasts.csv` and `sources.csv`, in order.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::compare::cells::{Cell, Cells, Place};
use crate::compare::comparisons::{self, Comparison, Pair};
use crate::compare::contrasts::{self, Contrast};
use crate::compare::sources::{self, SourceShare};
use crate::compare::{Counts, Plan, Prevalence};
use crate::model::{CompareSettings, VoiceFilter};

/// The period of a row that spans all dates.
pub const WHOLE_SPAN: &str = "all";

/// The second group of a row that holds a group against all the others together.
pub const REST: &str = "(rest)";

/// Everything that is found, each table in its final order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// By frame (codebook order), group, period; the whole span first.
    pub prevalence: Vec<Prevalence>,
    /// By frame, pair of groups, period; each group's row against the rest after its pairs.
    pub comparisons: Vec<Comparison>,
    /// By contrast (the study's order), group, period.
    pub contrasts: Vec<Contrast>,
    /// By kind of source, source, group, period; the whole span first.
    pub sources: Vec<SourceShare>,
}

impl Findings {
    /// The rows over the whole span that hold each group against all the others: against the rest, or of two groups the
    /// one against the other.
    pub fn against_others(&self) -> impl Iterator<Item = &Comparison> {
        let has_rest = self.comparisons.iter().any(|row| row.group_b == REST);
        let is_it = move |row: &&Comparison| row.period == WHOLE_SPAN && (row.group_b == REST || !has_rest);
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
    let (places, pairs) = (cells.places(), pairs(&cells, plan.settings()));
    let (done, total) = (AtomicUsize::new(0), places.len() + pairs.len());
    let tick = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);

    let in_places = places.par_iter().map(|place| {
        let cell = cells.cell(*place);
        let rows = (shares(plan, *place, &cell), Contrast::rows(plan, *place, &cell));
        tick().map(|()| rows)
    });
    let (prevalence, contrasts): (Vec<Vec<_>>, Vec<Vec<_>>) =
        in_places.collect::<Result<Vec<_>, E>>()?.into_iter().unzip();
    let in_pairs = pairs.par_iter().map(|pair| {
        let rows = pair.rows(plan, &cells);
        tick().map(|()| rows)
    });
    let mut comparisons = by_column(in_pairs.collect::<Result<_, E>>()?);
    let mut contrasts = by_column(contrasts);
    comparisons::adjust(&mut comparisons);
    contrasts::adjust(&mut contrasts);
    let sources = sources::rows(plan, &cells);
    Ok(Findings { prevalence: by_column(prevalence), comparisons, contrasts, sources })
}

/// The rows of `prevalence.csv` as a study with another `voice` has them.
#[must_use]
pub fn prevalence_of_voice(plan: &Plan, counts: &Counts, voice: VoiceFilter) -> Vec<Prevalence> {
    let plan = plan.clone().with_voice(voice);
    let cells = Cells::new(&plan, counts);
    let in_places = cells.places().into_par_iter().map(|place| shares(&plan, place, &cells.cell(place)));
    by_column(in_places.collect())
}

/// The shares of all frames in a cell.
fn shares(plan: &Plan, place: Place<'_>, cell: &Cell<'_>) -> Vec<Prevalence> {
    (0..plan.frames().len()).map(|frame| Prevalence::new(plan, frame, place, cell)).collect()
}

/// Groups up to which every pair is compared. Beyond, pairs are too many to compute or to read, and each group is held
/// against the rest only.
pub const MOST_GROUPS_IN_PAIRS: usize = 60;

/// Every pair of groups that are large enough, the first to sort first, over the whole span and where the study asks for
/// it in every period; after the pairs of a group, the group and the rest in every period. A group alone is compared with
/// nothing. Of two groups the rest of one is the other, so that there is one pair, which then takes the rest's place.
fn pairs<'a>(cells: &Cells<'a>, settings: &CompareSettings) -> Vec<Pair<'a>> {
    let is_large = |group: &&&str| {
        cells.documents_of(Place { group, period: WHOLE_SPAN }).len() as u64 >= settings.least_documents
    };
    let groups: Vec<&str> = cells.groups.iter().filter(is_large).copied().collect();
    let in_pairs = groups.len() <= MOST_GROUPS_IN_PAIRS;
    let are_two = cells.groups.len() == 2;
    let spans = if settings.period_pairs || are_two { &cells.periods[..] } else { &cells.periods[..1] };
    let mut pairs = Vec::new();
    for (place, group_a) in groups.iter().enumerate() {
        for group_b in groups[place + 1..].iter().filter(|_| in_pairs) {
            pairs.extend(spans.iter().map(|period| Pair { group_a, group_b, period }));
        }
        if cells.groups.len() > 2 {
            pairs.extend(cells.periods.iter().map(|period| Pair { group_a, group_b: REST, period }));
        }
    }
    pairs
}

/// The first row of each list, then the second of each, and so on: from cell by cell to frame by frame.
fn by_column<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut rows = Vec::new();
    while let Some(first) = lists.first_mut().and_then(Iterator::next) {
        rows.push(first);
        rows.extend(lists[1..].iter_mut().filter_map(Iterator::next));
    }
    rows
}

#[cfg(test)]
mod tests {
    use rayon::ThreadPoolBuilder;

    use super::*;
    use proptest::prelude::*;

    use crate::compare::{DocumentCounts, DoubleCoding, FrameCounts, IntervalMethod, JudgedFrame, Test, TestFamily};
    use crate::model::{Period, Unit};
    use crate::stats::{Interval, Seed};

    fn plan(settings: CompareSettings) -> Plan {
        Plan::new(vec!["threat".to_owned(), "talks".to_owned(), "never".to_owned()], settings, 20_220_203).unwrap()
    }

    fn weekly() -> CompareSettings {
        let contrasts = vec![("threat".to_owned(), "talks".to_owned()), ("talks".to_owned(), "never".to_owned())];
        CompareSettings { period: Some(Period::Week), contrasts, period_pairs: true, ..CompareSettings::default() }
    }

    fn document(group: &str, period: &str, sentences: u64, hits: [u64; 3]) -> DocumentCounts {
        let frame =
            |hits: u64| FrameCounts { hits, own: hits - hits / 3, attributed: hits / 3, ..FrameCounts::default() };
        DocumentCounts {
            group: group.into(),
            outlet: group.into(),
            period: Some(period.into()),
            sentences,
            frames: hits.map(frame).to_vec().into(),
            ..DocumentCounts::default()
        }
    }

    /// Thirty documents of each outlet over three weeks, drawn from a stream of the outlet's own; each tenth is a copy.
    fn corpus(outlets: &[&str]) -> Vec<(String, DocumentCounts)> {
        let mut documents = Vec::new();
        for outlet in outlets {
            let mut stream = Seed::new(1).stream(outlet);
            for number in 0..30_u64 {
                let sentences = 4 + stream.below(20) as u64;
                let hits = [stream.below(4) as u64, stream.below(3) as u64, 0];
                let mut counts = document(outlet, &format!("2022-W0{}", 1 + number % 3), sentences, hits);
                counts.cluster = if number % 10 == 0 { "wire".into() } else { "".into() };
                documents.push((format!("{outlet}-{number}"), counts));
            }
        }
        documents
    }

    fn counts(documents: impl IntoIterator<Item = (String, DocumentCounts)>) -> Counts {
        let mut counts = Counts::default();
        for (id, document) in documents {
            counts.insert(id, document);
        }
        counts
    }

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
        old.prevalence.retain(|row| row.group != "beta");
        old.contrasts.retain(|row| row.group != "beta");
        old.sources.retain(|row| row.group != "beta");
        old.comparisons.retain(|row| row.group_a == "alfa" && row.group_b == "gamma");
        let mut expected = two;
        expected.comparisons.retain(|row| row.group_b != REST);
        // Only the adjustment for the number of tests may and must change.
        for findings in [&mut old, &mut expected] {
            findings.comparisons.iter_mut().for_each(|row| row.q_value = None);
            findings.contrasts.iter_mut().for_each(|row| row.q_value = None);
        }
        assert_eq!(old, expected);
    }

    #[test]
    fn another_frame_changes_no_row_of_the_others() {
        let documents = corpus(&["alfa", "beta"]);
        let settings = CompareSettings { period: Some(Period::Week), ..CompareSettings::default() };
        let one = Plan::new(vec!["threat".to_owned()], settings.clone(), 20_220_203).unwrap();
        let mut three = findings(&plan(settings), &counts(documents.clone())).comparisons;
        three.retain(|row| row.frame == "threat");
        let mut alone = findings(&one, &counts(documents)).comparisons;
        for row in three.iter_mut().chain(&mut alone) {
            row.q_value = None;
        }
        assert_eq!(three, alone);
    }

    #[test]
    fn tables_are_full_grids_in_a_stable_order() {
        let mut documents = corpus(&["alfa", "beta"]);
        documents.push(("late".to_owned(), document("beta", "2022-W09", 10, [1, 0, 0])));
        let found = findings(&plan(weekly()), &counts(documents));
        let key = |row: &Prevalence| (row.frame.clone(), row.group.clone(), row.period.clone());
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
        assert_eq!(empty.note, "no documents");
    }

    #[test]
    fn small_and_empty_cells_say_so() {
        let five =
            |hits: u64| (0..5).map(move |number| (format!("five-{number}"), document("five", "", 9, [hits, 0, 0])));
        let single = ("single".to_owned(), document("one", "", 8, [2, 0, 0]));
        let plain = plan(CompareSettings::default());
        let plain = Plan::new(plain.frames().to_vec(), CompareSettings { least_documents: 1, ..Default::default() }, 1);
        let found = findings(&plain.unwrap(), &counts(five(3).chain([single])));
        let row = |group: &str, frame: &str| {
            found.prevalence.iter().find(|row| row.group == group && row.frame == frame).unwrap().clone()
        };
        for (group, frame, method, note) in [
            ("one", "threat", None, "fewer than 5 documents; no interval from one document"),
            ("one", "talks", None, "fewer than 5 documents; no interval from one document; no hits"),
            (
                "five",
                "threat",
                Some(IntervalMethod::KornGraubard),
                "fewer than 10 documents with a hit: the interval may be too narrow",
            ),
            (
                "five",
                "talks",
                Some(IntervalMethod::KornGraubard),
                "no hits; fewer than 10 documents with a hit: the interval may be too narrow",
            ),
        ] {
            let row = row(group, frame);
            assert_eq!((row.method, row.note.as_str()), (method, note), "{group} {frame}");
            assert!(row.estimate.is_some(), "{group} {frame}");
        }
        let pair = &found.comparisons[0];
        assert_eq!((pair.interval, pair.p_value, pair.test), (None, None, None));
        assert_eq!(pair.note, "fewer than 5 documents in group_b; no interval and no test from one document");
    }

    #[test]
    fn copies_of_one_text_count_as_one_unit() {
        let mut documents = corpus(&["alfa"]);
        documents.retain(|(_, counts)| counts.period.as_deref() == Some("2022-W01"));
        let apart = findings(&plan(weekly()), &counts(documents.clone()));
        for (_, counts) in &mut documents {
            counts.cluster = "wire".into();
        }
        let together = findings(&plan(weekly()), &counts(documents));
        let (apart, together) = (&apart.prevalence[0], &together.prevalence[0]);
        assert_eq!((apart.documents, apart.estimate), (together.documents, together.estimate));
        assert!(apart.interval.is_some() && together.interval.is_none());
        assert_eq!(together.note, "fewer than 5 distinct documents; no interval from one document");
    }

    #[test]
    fn voice_and_unit_choose_what_counts() {
        let documents = [("a", 6, 10), ("b", 0, 5), ("c", 3, 5)];
        let documents = documents.map(|(id, hits, n)| (id.to_owned(), document("alfa", "", n, [hits, 0, 0])));
        for (voice, unit, hits, estimate) in [
            (VoiceFilter::All, Unit::Sentence, 9, 9.0 / 20.0),
            (VoiceFilter::Own, Unit::Sentence, 6, 6.0 / 20.0),
            (VoiceFilter::Attributed, Unit::Sentence, 3, 3.0 / 20.0),
            (VoiceFilter::All, Unit::Document, 2, 2.0 / 3.0),
        ] {
            let settings = CompareSettings { voice, unit, ..CompareSettings::default() };
            let row = findings(&plan(settings), &counts(documents.clone())).prevalence.remove(0);
            let found = (row.documents, row.sentences, row.hits, row.estimate);
            assert_eq!(found, (3, 20, hits, Some(estimate)), "{voice:?} {unit:?}");
        }
    }

    /// The eight documents of the exact test: hits of sentences 3/10 5/12 2/8 6/15 against 1/9 0/11 2/14 1/10.
    #[test]
    fn eight_documents_are_tested_exactly() {
        let eight = [(3, 10), (5, 12), (2, 8), (6, 15), (1, 9), (0, 11), (2, 14), (1, 10)];
        let documents = eight.iter().enumerate().map(|(number, (hits, n))| {
            let group = if number < 4 { "alfa" } else { "beta" };
            (number.to_string(), document(group, "", *n, [*hits, 0, 0]))
        });
        let found = findings(&plan(CompareSettings::default()), &counts(documents));
        let row = &found.comparisons[0];
        assert_eq!(
            (row.p_value, row.q_value, row.test),
            (Some(2.0 / 70.0), Some(2.0 / 70.0), Some(Test::PermutationExact))
        );
        assert!((row.difference.unwrap() - 0.264_646_464_646_464_7).abs() < 1e-12);
        let interval = row.interval.unwrap();
        assert!((interval.low - 0.121_921_678_4).abs() < 1e-9 && (interval.high - 0.407_371_250_9).abs() < 1e-9);
        let notes: Vec<&str> = row.note.split("; ").collect();
        assert_eq!(
            notes,
            [
                "fewer than 5 documents in group_a",
                "fewer than 5 documents in group_b",
                "fewer than 10 documents with a hit in group_a: the interval may be too narrow",
                "fewer than 10 documents with a hit in group_b: the interval may be too narrow",
            ]
        );
    }

    #[test]
    fn q_values_are_adjusted_within_their_family() {
        let found = findings(&plan(weekly()), &counts(corpus(&["alfa", "beta", "gamma", "delta"])));
        for family in TestFamily::ALL {
            let rows = found.comparisons.iter().filter(|row| row.family == family);
            let tested: Vec<_> = rows.filter_map(|row| row.p_value.zip(row.q_value)).collect();
            let p_values: Vec<f64> = tested.iter().map(|pair| pair.0).collect();
            let q_values: Vec<f64> = tested.iter().map(|pair| pair.1).collect();
            assert!(!p_values.is_empty());
            assert_eq!(q_values, crate::stats::benjamini_hochberg(&p_values), "{family:?}");
        }
    }

    /// Group, group and period of each row of one frame.
    fn rows_of(found: &Findings) -> Vec<[&str; 3]> {
        let rows = found.comparisons.iter().filter(|row| row.frame == "threat");
        rows.map(|row| [&*row.group_a, &*row.group_b, &*row.period]).collect()
    }

    #[test]
    fn two_groups_are_one_pair_and_pairs_stand_in_periods_when_asked_for() {
        let settings = |period_pairs| CompareSettings { period_pairs, ..weekly() };
        let two = findings(&plan(settings(false)), &counts(corpus(&["alfa", "beta"])));
        let weeks = ["all", "2022-W01", "2022-W02", "2022-W03"];
        assert_eq!(rows_of(&two), weeks.map(|week| ["alfa", "beta", week]));
        assert!(two.against_others().all(|row| row.period == WHOLE_SPAN) && two.against_others().count() == 3);
        for (asked, in_pairs, all) in [(false, 3, 15), (true, 12, 24)] {
            let three = findings(&plan(settings(asked)), &counts(corpus(&["alfa", "beta", "gamma"])));
            let rows = rows_of(&three);
            let pairs = rows.iter().filter(|row| row[1] != REST).count();
            assert_eq!((pairs, rows.len()), (in_pairs, all), "period_pairs = {asked}");
            assert_eq!(three.against_others().count(), 9, "period_pairs = {asked}");
        }
    }

    #[test]
    fn small_groups_have_shares_but_no_pairs() {
        let mut documents = corpus(&["alfa", "beta"]);
        documents.extend((0..3).map(|number| (format!("few-{number}"), document("few", "2022-W01", 9, [1, 0, 0]))));
        let found = findings(&plan(CompareSettings::default()), &counts(documents));
        assert!(found.prevalence.iter().any(|row| row.group == "few" && row.estimate.is_some()));
        assert_eq!(rows_of(&found), [["alfa", "beta", "all"], ["alfa", REST, "all"], ["beta", REST, "all"]]);
        assert_eq!(found.comparisons[1].documents_b, 33, "the rest is all the others, small ones too");
    }

    #[test]
    fn groups_rich_in_documents_are_tested_without_drawing() {
        let rich = |group: &'static str, every: u64, documents: u64| {
            (0..documents).map(move |number| {
                let hits = [u64::from(number.is_multiple_of(every)), u64::from(number == 0), 0];
                (format!("{group}-{number}"), document(group, "", 5 + number % 7, hits))
            })
        };
        let found =
            findings(&plan(CompareSettings::default()), &counts(rich("alfa", 4, 200).chain(rich("beta", 3, 250))));
        let tests: Vec<Option<Test>> = found.comparisons.iter().map(|row| row.test).collect();
        assert_eq!(tests, [Some(Test::Welch), Some(Test::PermutationMonteCarlo), None]);
        let few =
            findings(&plan(CompareSettings::default()), &counts(rich("alfa", 4, 199).chain(rich("beta", 3, 250))));
        assert_eq!(few.comparisons[0].test, Some(Test::PermutationMonteCarlo), "199 documents are not 200");
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

    /// Two outlets of sixty documents whose frame the machine finds in half the sentences, and people in a quarter of these:
    /// of each document its first and its last sentence are coded, each with a probability of one in five.
    fn coded_corpus(inclusion: Option<f64>) -> Vec<(String, DocumentCounts)> {
        let coding = |number: u64, sentence: usize, frame: usize| {
            let machine = JudgedFrame { carries: sentence == 0 && frame == 0, ..JudgedFrame::default() };
            let people = JudgedFrame { carries: machine.carries && number.is_multiple_of(4), ..machine };
            DoubleCoding {
                sentence: Some(sentence),
                frame,
                people,
                machine,
                inclusion,
                only_coder: Some("anna".into()),
            }
        };
        let of_outlet = |outlet: &'static str| {
            (0..60_u64).map(move |number| {
                let mut counts = document(outlet, "2022-W01", 10, [5, 0, 0]);
                counts.double_codings =
                    [(0, 0), (0, 1), (9, 0), (9, 1)].map(|(at, frame)| coding(number, at, frame)).into();
                (format!("{outlet}-{number}"), counts)
            })
        };
        of_outlet("alfa").chain(of_outlet("beta")).collect()
    }

    #[test]
    fn codings_with_known_probability_correct_shares_differences_and_ratios() {
        let found = findings(&plan(weekly()), &counts(coded_corpus(Some(0.2))));
        let share = found.prevalence.iter().find(|row| row.frame == "threat" && row.period == WHOLE_SPAN).unwrap();
        let corrected = share.corrected.unwrap();
        // Half of all sentences are hits, of which people find a quarter; they find nothing in the others.
        assert!((corrected.estimate - 0.125).abs() < 1e-12, "{corrected:?}");
        assert!(corrected.low.unwrap() < 0.125 && corrected.high.unwrap() > 0.125 && share.codings == 120);
        assert!(share.note.ends_with("corrected by single coders: their errors are not in the interval"));
        let pair = &found.comparisons[0];
        let difference = pair.corrected.unwrap();
        assert!(difference.estimate.abs() < 1e-12 && pair.codings == 240, "{pair:?}");
        assert_eq!((difference.p_value, difference.q_value), (Some(1.0), Some(1.0)));
        let contrast = &found.contrasts[0];
        assert_eq!((contrast.corrected, contrast.codings), (None, 120), "nobody found the other frame");
        assert!(contrast.note.ends_with("not corrected: coders found none of a frame"), "{}", contrast.note);
    }

    #[test]
    fn what_is_not_corrected_says_why() {
        let few = |keep: u64| {
            let mut documents = coded_corpus(Some(0.2));
            for (place, (_, counts)) in documents.iter_mut().enumerate() {
                if place as u64 % 60 >= keep {
                    counts.double_codings = Box::default();
                }
            }
            documents
        };
        for (case, documents, note) in [
            ("nobody coded", corpus(&["alfa", "beta"]), ""),
            (
                "unknown probabilities",
                coded_corpus(None),
                "not corrected: nobody knows with which probability its 120 codings were drawn",
            ),
            ("four of ten", few(2), "not corrected: 4 hand codings are too few; code 6 more in this group"),
        ] {
            let found = findings(&plan(weekly()), &counts(documents));
            let share = &found.prevalence[0];
            assert_eq!(share.corrected, None, "{case}");
            let said = share.note.split("; ").find(|remark| remark.starts_with("not corrected")).unwrap_or_default();
            let rest = share.note.split_once(said).map_or("", |parts| parts.1);
            assert_eq!(format!("{said}{rest}"), if note.is_empty() { rest } else { note }, "{case}");
        }
        let sentences_only = CompareSettings { unit: Unit::Document, ..CompareSettings::default() };
        let found = findings(&plan(sentences_only), &counts(coded_corpus(Some(0.2))));
        let note = &found.prevalence[0].note;
        assert!(note.ends_with("not corrected: what was coded by hand is not the unit of the shares"), "{note}");
    }

    #[test]
    fn a_contrast_without_hits_has_no_ratio_but_may_have_a_test() {
        let found = findings(&plan(weekly()), &counts(corpus(&["alfa"])));
        assert!(found.comparisons.is_empty(), "one outlet has nothing to be compared with");
        let both = &found.contrasts[0];
        assert!(both.log_ratio.is_some() && both.interval.is_some() && both.p_value.is_some(), "{both:?}");
        let one = found.contrasts.iter().find(|row| row.frame_b == "never").unwrap();
        assert_eq!((one.log_ratio, one.interval, one.hits_b), (None, None, 0));
        assert!(one.p_value.unwrap() < 0.01);
        assert_eq!(one.note, "no hits of frame_b: no ratio");
    }
}
