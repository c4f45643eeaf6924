//! The findings: all rows of `prevalence.csv`, `comparisons.csv` and `contrasts.csv`, in order.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::compare::cells::Cells;
use crate::compare::comparisons::{self, Comparison, Pair};
use crate::compare::contrasts::{self, Contrast};
use crate::compare::{Counts, Plan, Prevalence};

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
}

/// All findings of a plan; the same digits for any order of documents and any number of threads.
#[must_use]
pub fn findings(plan: &Plan, counts: &Counts) -> Findings {
    findings_with_progress(plan, counts, &|_, _| ())
}

/// All findings of a plan, as [`findings`]; from time to time `progress` hears how many of how many cells and pairs of
/// cells are done. It is called from several threads.
#[must_use]
pub fn findings_with_progress(plan: &Plan, counts: &Counts, progress: &(dyn Fn(usize, usize) + Sync)) -> Findings {
    let cells = Cells::new(plan, counts);
    let pairs = pairs(&cells);
    let in_cells: Vec<(&str, &str)> =
        cells.groups.iter().flat_map(|group| cells.periods.iter().map(|period| (*group, *period))).collect();
    let (done, total) = (AtomicUsize::new(0), in_cells.len() + pairs.len());
    let tick = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);

    let of_cells = in_cells.par_iter().map(|(group, period)| {
        let cell = cells.cell(group, period);
        let prevalence = (0..plan.frames().len()).map(|frame| Prevalence::new(plan, frame, (group, period), &cell));
        let rows = (prevalence.collect(), Contrast::rows(plan, group, period, &cell));
        tick();
        rows
    });
    let (prevalence, contrasts): (Vec<Vec<_>>, Vec<Vec<_>>) = of_cells.collect();
    let of_pairs = pairs.par_iter().map(|pair| {
        let a = cells.cell(pair.group_a, pair.period);
        let b = if pair.group_b == REST {
            cells.rest(pair.group_a, pair.period)
        } else {
            cells.cell(pair.group_b, pair.period)
        };
        let rows = pair.rows(plan, &a, &b);
        tick();
        rows
    });
    let comparisons: Vec<Vec<Comparison>> = of_pairs.collect();
    let (mut comparisons, mut contrasts) = (by_column(comparisons), by_column(contrasts));
    comparisons::adjust(&mut comparisons);
    contrasts::adjust(&mut contrasts);
    Findings { prevalence: by_column(prevalence), comparisons, contrasts }
}

/// Every pair of groups in every period, the first to sort first; after the pairs of a group, the group and the rest.
fn pairs<'a>(cells: &Cells<'a>) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for (place, group_a) in cells.groups.iter().enumerate() {
        for group_b in cells.groups[place + 1..].iter().chain([&REST]) {
            pairs.extend(cells.periods.iter().map(|period| Pair { group_a, group_b, period }));
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
