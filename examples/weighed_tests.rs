//! How often the interval of a difference holds the truth, and its test rejects what is true, where copies of a text weigh less
//! and where all others count alike, on simulated outlets.
//!
//! `cargo run --release --example weighed_tests > examples/weighed_tests.csv` runs every condition 2,000 times, in some ten minutes
//! (one standard error of a coverage is then .005). In the conditions the shares of the outlet and of what it is held against are
//! equal, so that `rejected_share` should be .05.

#![expect(clippy::print_stdout, reason = "an example speaks")]
#![expect(clippy::cast_precision_loss, reason = "small counts")]
#![expect(dead_code, reason = "the simulation's files are shared with tests that use the rest")]

#[path = "../tests/simulation/coded_outlet.rs"]
mod coded_outlet;
#[path = "../tests/simulation/corrected.rs"]
mod corrected;
#[path = "../tests/simulation/plain.rs"]
mod plain;
#[path = "../tests/simulation/population.rs"]
mod population;
#[path = "../tests/simulation/weighed.rs"]
mod weighed;

use std::error::Error;

use parallax::model::{CopyRule, RestRule};

use crate::plain::PlainSide;
use crate::weighed::Weighed;

fn main() -> Result<(), Box<dyn Error>> {
    let repetitions: u32 = std::env::args().nth(1).map_or(Ok(2_000), |text| text.parse())?;
    println!("condition,coverage,width,tested,rejected_share");
    let side = |documents, share, icc, spread| PlainSide { documents, share, icc, spread };
    let pair = |copies, printed_again, sides: [PlainSide; 2]| Weighed {
        copies,
        rest: RestRule::Pooled,
        printed_again,
        sides: sides.to_vec(),
    };
    let others = |rest, sides: &[PlainSide]| Weighed {
        copies: CopyRule::Weight,
        rest,
        printed_again: 0.3,
        sides: sides.to_vec(),
    };
    let uneven =
        [side(25, 0.15, 0.1, 0.5), side(60, 0.05, 0.1, 0.5), side(25, 0.15, 0.1, 0.5), side(15, 0.25, 0.1, 0.5)];
    for condition in [
        pair(CopyRule::Weight, 0.3, [side(15, 0.2, 0.1, 0.0); 2]),
        pair(CopyRule::Weight, 0.5, [side(30, 0.15, 0.1, 0.5), side(20, 0.15, 0.1, 0.5)]),
        pair(CopyRule::Weight, 0.5, [side(40, 0.05, 0.3, 0.8); 2]),
        pair(CopyRule::All, 0.5, [side(30, 0.15, 0.1, 0.5), side(20, 0.15, 0.1, 0.5)]),
        others(RestRule::Equal, &uneven),
        others(RestRule::Equal, &[side(20, 0.1, 0.1, 0.0); 4]),
        others(RestRule::Equal, &[side(30, 0.1, 0.3, 0.8); 6]),
        others(RestRule::Pooled, &uneven),
    ] {
        let rates = condition.rates(repetitions);
        let (coverage, width) = (rates.difference.coverage(), rates.difference.width());
        let rejected = f64::from(rates.rejected) / f64::from(rates.tested);
        println!("\"{}\",{coverage:.4},{width:.4},{},{rejected:.4}", condition.name(), rates.tested);
    }
    Ok(())
}
