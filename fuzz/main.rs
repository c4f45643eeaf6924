//! Feeds torn and mixed-up input to whatever reads what users write, for as long as it is told to, and looks whether what must
//! hold of any input holds: no panic (with overflow checks, as built without `--release`), spans in order, read = kept + excluded,
//! the same codings from a workspace used before as from a fresh one, a codebook that can be read from every dictionary that
//! could.
//!
//! ```text
//! cargo run --locked --example fuzz -- SECONDS [FIRST_ROUND]
//! ```
//!
//! Rounds are numbered, and each depends on its number only, so that one that fails is run again by its number: `0 ROUND`. A loop
//! on the stable toolchain instead of `cargo fuzz`: it is not led by coverage, but everybody can run it and CI does.
//!
//! In reading order: `texts` (what is fed), `coding` (sentences, voices, patterns, dictionaries, codebooks and studies, all from
//! texts), `files` (what is read from files: corpora, tables, models; `exports` of databases among them), `studies` (whole runs).

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

mod coding;
mod exports;
mod files;
mod studies;
mod texts;

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use parallax::stats::Seed;

use crate::coding::CodingCheck;
use crate::files::FileCheck;

/// Every so many rounds one is on files, which take longer.
const FILES: u64 = 4;

/// And one a whole run of a study, which takes as long as hundreds of texts.
const STUDIES: u64 = 64;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let seconds = arguments.next().transpose()?.unwrap_or(10);
    let first = arguments.next().transpose()?.unwrap_or(0);
    let (rounds, inputs) = run(Duration::from_secs(seconds), first)?;
    println!("rounds {first} to {}, {inputs} inputs: all held", first + rounds - 1);
    Ok(())
}

/// Rounds from `first` on until the time is over, one at least; how many they were, and how many inputs.
fn run(time: Duration, first: u64) -> Result<(u64, u64), Box<dyn Error>> {
    let codebook = coding::demo_codebook()?;
    let (mut coding, files) = (CodingCheck::new(&codebook), FileCheck::new()?);
    let (start, mut round, mut inputs) = (Instant::now(), first, 0);
    while round == first || start.elapsed() < time {
        let held = catch_unwind(AssertUnwindSafe(|| one_round(round, &mut coding, &files)));
        inputs += held.map_err(|_| format!("round {round} failed; run it again with: 0 {round}"))?;
        round += 1;
    }
    Ok((round - first, inputs))
}

/// How many inputs were fed.
fn one_round(round: u64, coding: &mut CodingCheck<'_>, files: &FileCheck) -> u64 {
    let stream = &mut Seed::new(1).stream(&format!("fuzz/{round}"));
    let of_texts = coding.round(stream);
    if round.is_multiple_of(STUDIES) {
        files.study(stream);
        return of_texts + 1;
    }
    of_texts + if round.is_multiple_of(FILES) { files.round(stream) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::PAST;

    #[test]
    fn a_hundred_rounds_hold() {
        let codebook = coding::demo_codebook().unwrap();
        let (mut coding, files) = (CodingCheck::new(&codebook), FileCheck::new().unwrap());
        let inputs: u64 = (0..100).map(|round| one_round(round, &mut coding, &files)).sum();
        assert!(inputs >= 200, "{inputs}");
    }

    #[test]
    fn what_once_went_wrong_holds() {
        let codebook = coding::demo_codebook().unwrap();
        let (mut coding, files) = (CodingCheck::new(&codebook), FileCheck::new().unwrap());
        for text in PAST {
            coding.text(text);
            coding::dictionaries(text);
            files.corpora(text.as_bytes());
        }
    }
}
