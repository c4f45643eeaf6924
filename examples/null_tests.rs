//! How often the tests of all groups or all frames at once reject what is true, at the level .05, on simulated outlets.
//!
//! `cargo run --release --example null_tests -- 2000 > examples/null_tests.csv` runs every condition 2,000 times, in some
//! minutes. Conditions of groups of like size and intraclass correlation come first; in the others the groups differ in both. Last stand
//! frames that few documents have, by all that a run says of them.

#![expect(clippy::print_stdout, reason = "an example speaks")]
#![expect(clippy::cast_precision_loss, reason = "small counts")]
#![expect(dead_code, reason = "the simulation's files are shared with tests that use the rest")]

#[path = "../tests/simulation/at_once.rs"]
mod at_once;
#[path = "../tests/simulation/coded_outlet.rs"]
mod coded_outlet;
#[path = "../tests/simulation/corrected.rs"]
mod corrected;
#[path = "../tests/simulation/plain.rs"]
mod plain;
#[path = "../tests/simulation/population.rs"]
mod population;
#[path = "../tests/simulation/rare.rs"]
mod rare;

use std::error::Error;

use crate::at_once::{NullRate, OF_GROUPS, OF_PAIRS, null_rates};
use crate::plain::PlainSide;
use crate::rare::Rare;

/// Random arrangements of each test, as in a run.
const DRAWS: u32 = 999;

fn main() -> Result<(), Box<dyn Error>> {
    let repetitions: u32 = std::env::args().nth(1).map_or(Ok(2_000), |text| text.parse())?;
    println!("condition,test,tested,rejected_share");
    let side = |documents, share, icc, spread| PlainSide { documents, share, icc, spread };
    for sides in [
        vec![side(15, 0.1, 0.1, 0.0); 3],
        vec![side(40, 0.1, 0.1, 0.0); 4],
        vec![side(30, 0.05, 0.3, 0.8); 5],
        vec![side(40, 0.1, 0.05, 0.0), side(20, 0.1, 0.3, 0.0), side(8, 0.1, 0.3, 0.0)],
        vec![side(40, 0.1, 0.05, 1.0), side(20, 0.1, 0.3, 1.0), side(8, 0.1, 0.3, 1.0)],
        vec![side(200, 0.1, 0.05, 0.8), side(60, 0.1, 0.3, 0.8), side(30, 0.1, 0.3, 0.8)],
    ] {
        print(&null_rates(&OF_GROUPS, &sides, (repetitions, DRAWS)));
    }
    for sides in [
        [side(15, 0.1, 0.1, 0.0); 2],
        [side(40, 0.1, 0.3, 0.8); 2],
        [side(30, 0.03, 0.1, 0.0); 2],
        [side(40, 0.1, 0.1, 0.0), side(8, 0.1, 0.1, 0.0)],
        [side(40, 0.1, 0.05, 0.8), side(8, 0.1, 0.3, 0.8)],
    ] {
        print(&null_rates(&OF_PAIRS, &sides, (repetitions, DRAWS)));
    }
    // The same distribution over frames, of which one group has eight times the hits.
    for share in [0.01, 0.05] {
        let sides = [side(40, share, 0.1, 0.0), side(40, 8.0 * share, 0.1, 0.0)];
        print(&null_rates(&OF_PAIRS[..1], &sides, (repetitions, DRAWS)));
    }
    rare(repetitions);
    Ok(())
}

fn rare(repetitions: u32) {
    let [short, middle, long] = [8.0, 20.0, 40.0].map(|sentences| (100, sentences));
    for (share, icc, sides) in [
        (0.002, 0.1, vec![middle; 2]),
        (0.002, 0.5, vec![middle; 2]),
        (0.002, 0.1, vec![(40, 20.0), (400, 20.0)]),
        (0.01, 0.1, vec![short, long]),
        (0.01, 0.9, vec![short, long]),
        (0.002, 0.1, vec![(400, 8.0), (40, 40.0)]),
        (0.002, 0.1, vec![middle; 4]),
        (0.002, 0.5, vec![short, middle, long]),
        (0.01, 0.9, vec![short, middle, long]),
        (0.004, 0.1, vec![(400, 8.0), (100, 20.0), (40, 40.0), (40, 20.0), (60, 8.0)]),
    ] {
        print(&Rare { share, icc, sides }.rates(repetitions));
    }
}

fn print(rates: &[NullRate]) {
    for rate in rates {
        println!("{}", rate.to_csv());
    }
}
