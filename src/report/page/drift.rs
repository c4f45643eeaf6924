//! Drift: what a scorer finds where no rule of the codebook matches, period by period, in a sentence. Not here: the same by frame and
//! group, which is a column of `prevalence.csv`.

use std::collections::BTreeMap;

use crate::report::page::PageSource;
use crate::report::{counted, grouped};

/// What the scorer found beyond the rules, over the periods: how a share that the instrument loses sight of is told.
pub(in crate::report) fn drift(source: &PageSource<'_>) -> Option<String> {
    let mut found: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for (_, document) in source.counts.documents() {
        let period = document.period.as_deref().unwrap_or_default();
        for frame in document.frames.iter() {
            if let Some(without_rule) = frame.without_rule {
                let [alone, hits] = found.entry(period).or_default();
                *alone += without_rule;
                *hits += frame.hits;
            }
        }
    }
    let cell = |(period, [alone, hits]): (&&str, &[u64; 2])| {
        let period = if period.is_empty() { String::new() } else { format!(" in {period}") };
        #[expect(clippy::cast_precision_loss, reason = "hits stay far below 2^53")]
        let share = *alone as f64 / *hits as f64;
        format!("{share:.2}{period} ({} of {})", grouped(*alone), counted(*hits, "hit"))
    };
    let cells: Vec<String> = found.iter().filter(|(_, [_, hits])| *hits > 0).map(cell).collect();
    (!cells.is_empty()).then(|| {
        format!(
            "Of the hits of frames that a scorer codes, no rule matches a share of {}: where it rises the codebook's words go out \
             of use, and a share of sentences that falls there need not have fallen (by frame and group: without_rule_share in \
             prevalence.csv).",
            cells.join(", ")
        )
    })
}
