//! How often intervals over time and inside stories hold the truth, and how often their tests reject, on simulated outlets.
//!
//! `cargo run --release --example over_time_tests -- 2000 > examples/over_time_tests.csv` runs every condition 2,000 times, in some
//! minutes. Where nothing changes, `rejected_share` should be .05; where something does, it is the power.

#![expect(clippy::print_stdout, reason = "an example speaks")]
#![expect(clippy::cast_precision_loss, reason = "small counts")]
#![expect(dead_code, reason = "the simulation's files are shared with tests that use the rest")]

#[path = "../tests/simulation/over_time.rs"]
mod over_time;
#[path = "../tests/simulation/population.rs"]
mod population;
#[path = "../tests/simulation/series.rs"]
mod series;

use std::error::Error;

use crate::over_time::{Changes, Kept, Stories, Stretch, changes, inside_stories, over_days};
use crate::series::{Drifting, lags, level_changes};

fn main() -> Result<(), Box<dyn Error>> {
    let repetitions: u32 = std::env::args().nth(1).map_or(Ok(2_000), |text| text.parse())?;
    println!("condition,quantity,coverage,width,tested,rejected_share");
    let days = |days, documents, shares, icc, spread| Stretch { days, documents, shares, icc, spread };
    for condition in [
        days(40, 40, [0.1; 2], 0.1, 0.0),
        days(40, 120, [0.1; 2], 0.1, 0.0),
        days(40, 120, [0.1; 2], 0.3, 0.8),
        days(40, 120, [0.3; 2], 0.1, 0.8),
        days(40, 120, [0.1, 0.2], 0.1, 0.0),
        days(20, 120, [0.1; 2], 0.1, 0.0),
        days(20, 30, [0.05; 2], 0.3, 0.8),
    ] {
        print(&over_days(&condition, repetitions));
    }
    let of_two = |documents, share, icc| Changes { documents, share, icc };
    for condition in [
        of_two([[100, 100], [100, 100]], 0.1, 0.2),
        of_two([[60, 60], [60, 60]], 0.03, 0.2),
        of_two([[100, 100], [100, 100]], 0.01, 0.2),
        of_two([[30, 60], [30, 60]], 0.01, 0.2),
        of_two([[14, 100], [200, 200]], 0.03, 0.1),
        of_two([[6, 100], [100, 100]], 0.05, 0.2),
    ] {
        print(&[changes(&condition, repetitions)]);
    }
    let stories = |count, share, icc, more| Stories { count, share, icc, more };
    for condition in [
        stories(6, 0.2, 0.1, 0.0),
        stories(12, 0.1, 0.1, 0.0),
        stories(12, 0.1, 0.3, 0.0),
        stories(30, 0.1, 0.1, 0.0),
        stories(30, 0.2, 0.1, 0.05),
        stories(100, 0.05, 0.3, 0.0),
    ] {
        print(&[inside_stories(&condition, repetitions)]);
    }
    for condition in [
        days(40, 120, [0.1; 2], 0.1, 0.0),
        days(40, 120, [0.1; 2], 0.3, 0.8),
        days(20, 40, [0.2; 2], 0.1, 0.0),
        days(40, 120, [0.1, 0.2], 0.1, 0.0),
        days(40, 240, [0.1, 0.2], 0.1, 0.0),
    ] {
        print(&level_changes(&condition, repetitions));
    }
    let drifting = |days, kept, follows, silent| Drifting { days, share: 0.2, kept, follows, silent };
    for condition in [
        drifting(80, 0.0, None, 0.0),
        drifting(120, 0.5, None, 0.2),
        drifting(120, 0.9, None, 0.2),
        drifting(120, 0.5, Some(2), 0.2),
    ] {
        print(&lags(&condition, repetitions));
    }
    Ok(())
}

fn print(lines: &[Kept]) {
    for line in lines {
        println!("{}", line.to_csv());
    }
}
