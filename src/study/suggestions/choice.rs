//! Few of the candidates that together add many sentences, of which as many as possible read like the frame's.

use std::collections::BTreeMap;

use crate::stats::wilson;
use crate::study::suggestions::alikeness::Alikeness;
use crate::study::suggestions::candidates::{Carriers, PatternCandidate};

/// Sentences that a chosen candidate adds to those before it, at the least.
const LEAST_ADDED: usize = 3;

/// Share of them that surely read alike, at the least: below it most of what a rule adds would have to be kept out again.
const LEAST_ALIKE: f64 = 0.35;

/// Standard errors that "surely" leaves below the share found.
const SURE: f64 = 1.0;

/// At most `size` candidates, the one that adds most first. Each is worth the sentences that it adds to those of the ones
/// before it, times the share of them that surely reads alike, squared: half as many sentences of which all are right are
/// better than all with every second wrong, which somebody must read and keep out.
pub(super) fn choose(
    candidates: &BTreeMap<PatternCandidate, Carriers>,
    alike: &[Alikeness],
    size: usize,
) -> Vec<PatternCandidate> {
    let (mut chosen, mut covered) = (Vec::new(), vec![false; alike.len()]);
    while chosen.len() < size {
        let mut best: Option<(f64, &PatternCandidate, &Carriers)> = None;
        for (candidate, carriers) in candidates {
            let worth = worth(carriers, alike, &covered);
            // Of equals the first in the order of letters.
            if worth > best.map_or(0.0, |best| best.0) {
                best = Some((worth, candidate, carriers));
            }
        }
        let Some((_, candidate, carriers)) = best else { break };
        for place in &carriers.open {
            covered[*place as usize] = true;
        }
        chosen.push(candidate.clone());
    }
    chosen
}

fn worth(carriers: &Carriers, alike: &[Alikeness], covered: &[bool]) -> f64 {
    let (mut added, mut added_alike) = (0, 0);
    for place in carriers.open.iter().filter(|place| !covered[**place as usize]) {
        added += 1;
        added_alike += u64::from(alike[*place as usize].is_alike);
    }
    if added < LEAST_ADDED as u64 || added_alike < LEAST_ADDED as u64 {
        return 0.0;
    }
    let share = wilson(added_alike, added, SURE).map_or(0.0, |interval| interval.low);
    if share < LEAST_ALIKE { 0.0 } else { added as f64 * share * share }
}
