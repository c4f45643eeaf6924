//! How often intervals of stances hold the truth, and how often their tests reject, on simulated documents.
//!
//! `cargo run --example stance_tests -- 2000 > examples/stance_tests.csv` runs every condition 2,000 times, in a minute or two. Where
//! both stances, or both voices, are alike, `rejected_share` should be .05; elsewhere it is the power.

#![expect(clippy::print_stdout, reason = "an example speaks")]
#![expect(clippy::cast_precision_loss, reason = "small counts")]
#![expect(dead_code, reason = "the simulation's files are shared with tests that use the rest")]

#[path = "../tests/simulation/over_time.rs"]
mod over_time;
#[path = "../tests/simulation/population.rs"]
mod population;
#[path = "../tests/simulation/stances.rs"]
mod stances;

use std::error::Error;

use crate::stances::{Spoken, stances};

fn main() -> Result<(), Box<dyn Error>> {
    let repetitions: u32 = std::env::args().nth(1).map_or(Ok(2_000), |text| text.parse())?;
    println!("condition,quantity,coverage,width,tested,rejected_share");
    let spoken = |documents, share, icc| Spoken { documents, share, icc, less: 0.0, own: 2.0, attributed: 2.0 };
    for condition in [
        spoken(30, 0.5, 0.1),
        spoken(30, 0.5, 0.3),
        spoken(100, 0.5, 0.1),
        spoken(100, 0.8, 0.3),
        spoken(30, 0.9, 0.3),
        Spoken { own: 4.0, attributed: 0.5, ..spoken(100, 0.5, 0.3) },
        Spoken { less: 0.3, ..spoken(100, 0.6, 0.1) },
        Spoken { own: 1.0, attributed: 0.3, ..spoken(300, 0.9, 0.1) },
    ] {
        for kept in stances(&condition, repetitions) {
            println!("{}", kept.to_csv());
        }
    }
    Ok(())
}
