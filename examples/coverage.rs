//! How often intervals hold the truth and tests reject it, on simulated outlets: the evidence behind the corrected columns.
//!
//! `cargo run --release --example coverage -- 200 > examples/coverage.csv` runs every condition 200 times, in some minutes. Each
//! outlet is labelled by a scorer that errs in its own way; `sample`'s own function draws what people code. The rows of
//! `rejections` give the share of true hypotheses rejected in place of coverage.

#![expect(clippy::print_stdout, reason = "an example speaks")]
#![expect(clippy::cast_precision_loss, reason = "small counts")]

#[path = "../tests/simulation/coded_outlet.rs"]
mod coded_outlet;
#[path = "../tests/simulation/corrected.rs"]
mod corrected;
#[path = "../tests/simulation/plain.rs"]
mod plain;
#[path = "../tests/simulation/population.rs"]
mod population;

use std::error::Error;

use parallax::stats::{ClusterCounts, Dealing, MONTE_CARLO_DRAWS, RandomStream, permutation_test};
use parallax::study::Strategy;

use crate::corrected::{Design, FRAMES, Line, means};
use crate::plain::PlainSide;

fn main() -> Result<(), Box<dyn Error>> {
    let repetitions: u32 = std::env::args().nth(1).map_or(Ok(200), |text| text.parse())?;
    println!("block,condition,quantity,intervals,coverage,mean_width");
    let blocks: [fn(u32); 7] =
        [shares, few_codings, strategies, periods_and_voices, other_units, plain_intervals, tests];
    for block in blocks {
        block(repetitions);
    }
    Ok(())
}

fn print(lines: &[Line]) {
    for line in lines {
        println!("{}", line.to_csv());
    }
}

fn design(documents: usize, frame: (f64, f64), codings: usize) -> Design {
    Design { documents, frame, codings, strategy: Strategy::Stratified }
}

fn shares(repetitions: u32) {
    let mut lines = Vec::new();
    for documents in [100, 30] {
        for frame in FRAMES {
            for codings in [20, 50, 100] {
                lines.extend(corrected::shares("shares", &design(documents, frame, codings), repetitions));
            }
        }
    }
    print(&lines);
    print(&means(&lines));
}

fn few_codings(repetitions: u32) {
    let mut lines = Vec::new();
    for frame in FRAMES {
        for codings in [6, 10, 15] {
            lines.extend(corrected::shares("few codings", &design(100, frame, codings), repetitions));
        }
    }
    print(&lines);
    print(&means(&lines));
}

fn strategies(repetitions: u32) {
    let mut lines = Vec::new();
    for strategy in [Strategy::Random, Strategy::Uncertain] {
        for frame in FRAMES {
            for codings in [20, 50, 100] {
                let design = Design { strategy, ..design(100, frame, codings) };
                lines.extend(corrected::shares("strategies", &design, repetitions));
            }
        }
    }
    print(&lines);
    print(&means(&lines));
}

fn periods_and_voices(repetitions: u32) {
    for (periods, codings) in [(2, 50), (2, 100), (2, 300), (6, 50), (6, 100), (6, 300)] {
        print(&corrected::periods(periods, codings, repetitions));
    }
    for frame in [(0.05, 0.3), (0.2, 0.1), (0.5, 0.3)] {
        for voice in [("voice", 0.6, 0.88), ("stance", 0.2, 0.75)] {
            for codings in [50, 100, 200] {
                print(&corrected::voices(&design(100, frame, codings), voice, repetitions));
            }
        }
    }
    for (shares, is_exclusive) in [([0.3, 0.3], true), ([0.2, 0.1], true), ([0.2, 0.1], false), ([0.05, 0.05], false)] {
        print(&corrected::contrasts(shares, is_exclusive, repetitions));
    }
}

fn other_units(repetitions: u32) {
    for frame in FRAMES {
        for codings in [20, 50, 100] {
            print(&corrected::documents(&design(300, frame, codings), repetitions));
            print(&corrected::weights(&design(100, frame, codings), repetitions));
        }
        for errors in [[0.05, 0.05], [0.1, 0.1], [0.02, 0.1], [0.0, 0.2]] {
            print(&corrected::coders(&design(100, frame, 100), errors, repetitions));
        }
    }
}

/// Sizes of documents as in a corpus of agency news, and of reports: the standard deviation of their logarithm is about 1.
fn plain_intervals(repetitions: u32) {
    let side = |documents, (share, icc)| PlainSide { documents, share, icc, spread: 0.8 };
    let frames = [(0.05, 0.1), (0.1, 0.05), (0.1, 0.3), (0.2, 0.1), (0.5, 0.1)];
    for documents in [10, 30, 100] {
        for frame in frames {
            print(&plain::plain_shares(&side(documents, frame), 10 * repetitions));
            print(&plain::plain_differences(&[side(documents, frame), side(documents, frame)], 10 * repetitions));
        }
    }
    for share in [0.1, 0.2] {
        let uneven = [side(8, (share, 0.3)), side(40, (share, 0.05))];
        print(&plain::plain_differences(&uneven, 10 * repetitions));
    }
}

fn tests(repetitions: u32) {
    let side = |documents, icc, spread| PlainSide { documents, share: 0.1, icc, spread };
    let rich =
        |share| [(200, 0.3), (600, 0.05)].map(|(documents, icc)| PlainSide { documents, share, icc, spread: 1.0 });
    let even = [side(40, 0.1, 0.8), side(40, 0.1, 0.8)];
    for (name, test, sides, times) in [
        ("welch", plain::by_welch as plain::Tested, rich(0.05), 2),
        ("welch", plain::by_welch, rich(0.2), 2),
        ("permutation", by_permutation, even, 1),
        ("permutation", by_permutation, [side(15, 0.1, 0.0), side(40, 0.1, 0.0)], 1),
        ("permutation", by_permutation, [side(8, 0.3, 0.8), side(40, 0.05, 0.8)], 1),
    ] {
        for size in plain::sizes(test, &sides, times * repetitions) {
            println!("{}", size.to_csv(name));
        }
    }
}

/// With as many draws as over the whole span.
fn by_permutation(a: &[ClusterCounts], b: &[ClusterCounts], stream: &mut RandomStream) -> Vec<f64> {
    let kinds: Vec<usize> = (0..plain::KINDS).collect();
    let tested = permutation_test(a, b, Dealing { draws: MONTE_CARLO_DRAWS, kinds: &kinds }, stream);
    tested.into_iter().flat_map(|tested| tested.p_values).flatten().collect()
}
