//! Whether the intervals and tests keep their promises, on simulated outlets whose truth is known. Seeded: the figures
//! are the same on every run. In full: `cargo run --release --example coverage`.

#![expect(clippy::cast_precision_loss, reason = "small counts")]

mod at_once;
mod coded_outlet;
mod corrected;
mod over_time;
mod plain;
mod population;
mod rare;
mod series;
mod stances;
mod weighed;

use std::ops::RangeInclusive;

use parallax::model::{CopyRule, RestRule};
use parallax::stats::{
    ClusteredShare, Dealing, Interval, MONTE_CARLO_DRAWS, Seed, Z_95, difference_interval, korn_graubard, logit_t,
    newcombe, permutation_test, wilson,
};
use parallax::study::Strategy;

use crate::at_once::{OF_GROUPS, OF_PAIRS, null_rates};
use crate::corrected::{Design, FRAMES, Line};
use crate::over_time::{Changes, Stories, Stretch, changes, inside_stories, over_days};
use crate::plain::PlainSide;
use crate::population::Population;
use crate::rare::Rare;
use crate::series::{Drifting, lags, level_changes};
use crate::stances::{Spoken, stances};
use crate::weighed::Weighed;

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
            ours += u32::from(covers(interval, share));
            naive += u32::from(covers(wilson(sums.k, sums.n, Z_95), share));
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
        let truth = first - second;
        let mut stream = Seed::new(1).stream(&format!("differences/{first}/{second}/{icc}"));
        let (mut ours, mut naive, repetitions) = (0, 0, 2_000);
        for _ in 0..repetitions {
            let a = ClusteredShare::of(&populations.0.draw(30, 1, &mut stream), 0);
            let b = ClusteredShare::of(&populations.1.draw(30, 1, &mut stream), 0);
            ours += u32::from(covers(difference_interval(&a, &b), truth));
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
        let side = PlainSide { documents: 30, share, icc, spread: 0.8 };
        let covered = plain::plain_shares(&side, 1_000)[0].tally.coverage();
        assert!((0.92..=0.97).contains(&covered), "share {share}, icc {icc}: covers {covered}");
        let covered = plain::plain_differences(&[side, side], 500)[0].tally.coverage();
        assert!((0.92..=0.975).contains(&covered), "difference, share {share}, icc {icc}: covers {covered}");
    }
}

#[test]
fn the_test_of_rich_groups_keeps_its_size_far_out() {
    let side = |documents, icc| PlainSide { documents, share: 0.05, icc, spread: 1.0 };
    let sizes = plain::sizes(plain::by_welch, &[side(200, 0.3), side(600, 0.05)], 30);
    for (size, most) in sizes.iter().zip([72, 21, 4]) {
        assert!(size.tested >= 1_150 && size.rejected <= most, "{}", size.to_csv("welch"));
    }
}

/// Pools the conditions of each quantity that begins so, and holds its coverage to a range.
fn assert_coverage(lines: &[Line], quantity: &str, range: RangeInclusive<f64>) {
    let means = corrected::means(lines);
    let these: Vec<&Line> = means.iter().filter(|line| line.quantity.starts_with(quantity)).collect();
    assert!(!these.is_empty(), "no {quantity}");
    for line in these {
        let all: Vec<String> = lines.iter().map(Line::to_csv).collect();
        assert!(range.contains(&line.tally.coverage()), "{}\nof\n{}", line.to_csv(), all.join("\n"));
    }
}

/// In full: `examples/null_tests.csv`.
#[test]
fn tests_of_all_groups_or_frames_at_once_reject_what_is_true_no_more_often_than_they_say() {
    let side = |documents, icc| PlainSide { documents, share: 0.1, icc, spread: 0.0 };
    let groups = null_rates(&OF_GROUPS, &[side(15, 0.1); 3], (200, 199));
    let pairs = null_rates(&OF_PAIRS, &[side(20, 0.2); 2], (200, 199));
    for rate in groups.iter().chain(&pairs) {
        // 19 of 200 would come once in two hundred such tests.
        assert!(rate.tested > 190 && rate.rejected < 19, "{}", rate.to_csv());
    }
}

/// Short forms of the last rows of the same table. Dealing documents out found a difference of the three groups in .28 of corpora.
#[test]
fn what_few_documents_have_is_told_apart_no_more_often_than_the_tests_say() {
    let [short, middle, long] = [8.0, 20.0, 40.0].map(|sentences| (60, sentences));
    for sides in [vec![short, long], vec![short, middle, long]] {
        for rate in (Rare { share: 0.004, icc: 0.5, sides }).rates(25) {
            assert!(rate.rate() <= 0.1, "{}", rate.to_csv());
        }
    }
}

#[test]
fn corrected_shares_hold_the_truth_where_published_ones_do_not() {
    let of_frame = |frame| {
        let design = Design { documents: 60, frame, codings: 50, strategy: Strategy::Stratified };
        corrected::shares("short", &design, 30)
    };
    let lines = FRAMES.map(of_frame).concat();
    assert_coverage(&lines, "published, over-fires", 0.0..=0.5);
    assert_coverage(&lines, "published, misses", 0.0..=0.5);
    assert_coverage(&lines, "corrected, ", 0.92..=1.0);
    assert_coverage(&lines, "corrected difference", 0.91..=1.0);
    assert_coverage(&lines, "corrected log ratio", 0.91..=1.0);
}

#[test]
fn corrected_shares_hold_the_truth_however_the_sample_was_drawn() {
    for strategy in [Strategy::Random, Strategy::Stratified, Strategy::Uncertain] {
        let of_frame = |frame| {
            let design = Design { documents: 60, frame, codings: 20, strategy };
            corrected::shares("strategies", &design, 20)
        };
        assert_coverage(&FRAMES.map(of_frame).concat(), "corrected, ", 0.91..=1.0);
    }
}

#[test]
fn corrected_parts_hold_the_truth() {
    let common = Design { documents: 60, frame: (0.2, 0.1), codings: 50, strategy: Strategy::Stratified };
    for lines in [
        corrected::periods(2, 60, 60),
        corrected::voices(&common, ("voice", 0.6, 0.88), 40),
        corrected::contrasts([0.3, 0.3], true, 80),
        corrected::documents(&common, 40),
        corrected::weights(&common, 40),
    ] {
        assert_coverage(&lines, "corrected", 0.9..=1.0);
    }
}

#[test]
fn bounds_by_agreement_hold_the_truth_where_single_coders_do_not() {
    let design = Design { documents: 60, frame: (0.05, 0.3), codings: 100, strategy: Strategy::Stratified };
    let lines = corrected::coders(&design, [0.1, 0.1], 60);
    assert_coverage(&lines, "one coder", 0.0..=0.6);
    assert_coverage(&lines, "bounds by agreement", 0.95..=1.0);
}

#[test]
fn intervals_over_time_and_inside_stories_cover_the_truth_and_their_tests_reject_what_is_true_rarely() {
    let days = Stretch { days: 40, documents: 60, shares: [0.15; 2], icc: 0.1, spread: 0.0 };
    let stories = Stories { count: 12, share: 0.2, icc: 0.1, more: 0.0 };
    // Of six documents before often none has a hit.
    let uneven = Changes { documents: [[6, 60], [60, 60]], share: 0.05, icc: 0.2 };
    let lines = over_days(&days, 200).into_iter().chain([inside_stories(&stories, 400), changes(&uneven, 400)]);
    // Three standard errors around .05 and .95, of 200 corpora.
    for line in lines {
        let (coverage, rejected) = (line.tally.coverage(), line.rejected_share());
        assert!((0.90..=0.995).contains(&coverage) && rejected <= 0.1, "{}", line.to_csv());
    }
}

/// A short form of the last rows of `examples/over_time_tests.csv`.
#[test]
fn changes_of_level_and_leads_are_told_where_they_are_and_rarely_where_they_are_not() {
    let stretch = |shares| Stretch { days: 20, documents: 60, shares, icc: 0.1, spread: 0.0 };
    let drifting = |follows| Drifting { days: 100, share: 0.2, kept: 0.5, follows, silent: 0.1 };
    let (nothing, change) = (level_changes(&stretch([0.1; 2]), 60), level_changes(&stretch([0.05, 0.4]), 25));
    let (unrelated, late) = (lags(&drifting(None), 400), lags(&drifting(Some(1)), 200));
    for kept in nothing.iter().chain(&unrelated) {
        assert!(kept.rejected_share() <= 0.12, "{}", kept.to_csv());
    }
    assert!(change[0].rejected_share() > 0.9 && change[1].rejected_share() > 0.9, "{}", change[1].to_csv());
    assert!(change[2].tally.coverage() > 0.85, "{}", change[2].to_csv());
    assert!(late[0].rejected_share() > 0.5 && late[1].tally.coverage() > 0.6, "{}", late[1].to_csv());
}

/// A short form of `examples/stance_tests.rs`.
#[test]
fn intervals_of_stances_cover_the_truth_and_their_tests_keep_the_level() {
    let condition = Spoken { documents: 60, share: 0.5, icc: 0.2, less: 0.0, own: 2.0, attributed: 2.0 };
    for kept in stances(&condition, 600) {
        let (coverage, rejected) = (kept.tally.coverage(), kept.rejected_share());
        assert!((0.92..=0.98).contains(&coverage) && (0.02..=0.08).contains(&rejected), "{}", kept.to_csv());
    }
}

/// Texts that carry the frame are printed four times: counted each time they make the share too large, counted once they do not.
/// And of others that count alike the mean of their shares is what a group is held against, however much each publishes.
#[test]
fn copies_that_weigh_less_and_others_that_count_alike_keep_their_promises() {
    let side = |documents, share| PlainSide { documents, share, icc: 0.1, spread: 0.5 };
    let pair = |copies| Weighed {
        copies,
        rest: RestRule::Pooled,
        printed_again: 0.5,
        sides: vec![side(30, 0.15), side(20, 0.15)],
    };
    let four = |rest| Weighed {
        copies: CopyRule::Weight,
        rest,
        printed_again: 0.3,
        sides: vec![side(25, 0.15), side(60, 0.05), side(25, 0.15), side(15, 0.25)],
    };
    for condition in [pair(CopyRule::Weight), four(RestRule::Equal)] {
        let (name, rates) = (condition.name(), condition.rates(150));
        let (coverage, rejected) = (rates.difference.coverage(), f64::from(rates.rejected) / f64::from(rates.tested));
        assert!(rates.tested >= 145, "{name}: {rates:?}");
        assert!((0.92..=0.98).contains(&coverage), "{name}: covers {coverage}");
        assert!((0.015..=0.08).contains(&rejected), "{name}: rejects {rejected}");
    }
    let as_one = four(RestRule::Pooled).rates(40);
    assert!(as_one.difference.coverage() < 0.8, "the rest as one is another question: {as_one:?}");
}
