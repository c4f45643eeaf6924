//! The rows of groups, and of pairs of them, in every period: of `prevalence.csv`, `contrasts.csv`, `comparisons.csv`,
//! `divergence.csv` and `omnibus.csv`. Period by period, so that the cells of one alone are in memory, each made once.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::compare::cells::{Cell, Cells};
use crate::compare::comparisons::{self, Comparison, Pair};
use crate::compare::contrasts::{self, Contrast};
use crate::compare::divergence::{self, Divergence};
use crate::compare::omnibus::{self, Omnibus};
use crate::compare::place::Place;
use crate::compare::row_order::{arrange, by_column};
use crate::compare::shared_text::SharedText;
use crate::compare::sides::PeriodCells;
use crate::compare::{Plan, Prevalence};
use crate::model::RestRule;

/// The rows, each table in its final order.
#[derive(Default)]
pub(super) struct InPlaces {
    pub(super) prevalence: Vec<Prevalence>,
    pub(super) contrasts: Vec<Contrast>,
    pub(super) comparisons: Vec<Comparison>,
    pub(super) divergences: Vec<Divergence>,
    pub(super) omnibus: Vec<Omnibus>,
}

/// What is held against each other.
struct Asked<'a> {
    plan: &'a Plan,
    pairs: Vec<Pair<'a>>,
    /// Groups that are large enough for it.
    large: Vec<&'a str>,
}

/// The rows of the periods so far, period by period.
#[derive(Default)]
struct PeriodByPeriod {
    found: InPlaces,
    texts: SharedText,
    /// By divergence, the place of its pair among all pairs.
    pairs: Vec<usize>,
    omnibus: Vec<Vec<Omnibus>>,
}

/// The rows of one period.
struct PeriodRows {
    groups: Vec<GroupRows>,
    pairs: Vec<PairRows>,
    omnibus: Vec<Omnibus>,
}

/// Those of a group.
struct GroupRows {
    shares: Vec<Prevalence>,
    contrasts: Vec<Contrast>,
}

/// Those of a pair.
struct PairRows {
    /// Its place among all pairs.
    place: usize,
    comparisons: Vec<Comparison>,
    divergence: Divergence,
}

/// All rows, not adjusted yet; `progress` hears how many of how many cells and pairs of cells are done.
pub(super) fn rows<E: Send>(
    plan: &Plan,
    cells: &Cells<'_>,
    progress: &(dyn Fn(usize, usize) -> Result<(), E> + Sync),
) -> Result<InPlaces, E> {
    let pairs = comparisons::pairs(cells, plan.settings());
    let asked = Asked { plan, pairs, large: comparisons::large_groups(cells) };
    let (done, total) = (AtomicUsize::new(0), cells.periods.len() * cells.groups.len() + asked.pairs.len());
    let tick = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
    let mut rows = PeriodByPeriod::default();
    for period in &cells.periods {
        rows.add(PeriodRows::new(&asked, &PeriodCells::new(cells, period), &tick)?);
    }
    Ok(rows.arranged(plan, cells.groups.len()))
}

impl PeriodRows {
    fn new<E: Send>(
        asked: &Asked<'_>,
        cells: &PeriodCells<'_, '_>,
        tick: &(dyn Fn() -> Result<(), E> + Sync),
    ) -> Result<Self, E> {
        let groups = cells.groups().par_iter().map(|(group, cell)| {
            let place = Place { group, period: cells.period };
            let contrasts = Contrast::rows(asked.plan, place, cell);
            tick().map(|()| GroupRows { shares: shares(asked.plan, place, cell), contrasts })
        });
        let groups = groups.collect::<Result<_, E>>()?;
        let pairs = asked.pairs.par_iter().enumerate().filter(|(_, pair)| pair.period == cells.period);
        let pairs = pairs.filter_map(|(place, pair)| {
            let rows = asked.rows_of(place, pair, cells)?;
            Some(tick().map(|()| rows))
        });
        let omnibus = || omnibus::rows(asked.plan, cells, &asked.large);
        let (omnibus, pairs) = rayon::join(omnibus, || pairs.collect::<Result<_, E>>());
        Ok(Self { groups, pairs: pairs?, omnibus })
    }
}

impl Asked<'_> {
    /// `None` where a group has no cell, which none of a study is without.
    fn rows_of<'a>(&self, place: usize, pair: &Pair<'a>, cells: &PeriodCells<'_, 'a>) -> Option<PairRows> {
        let rest = self.plan.settings().rest;
        let mut sides = cells.sides(pair.groups(), rest)?;
        let comparisons = pair.rows(self.plan, &sides);
        if rest != RestRule::Pooled {
            sides = cells.sides(pair.groups(), RestRule::Pooled)?;
        }
        let divergence = Divergence::new(self.plan, pair, &sides);
        Some(PairRows { place, comparisons, divergence })
    }
}

impl PeriodByPeriod {
    /// Adds the rows of one more period, at once, so that those of all periods are never in memory twice.
    fn add(&mut self, period: PeriodRows) {
        let Self { found, texts, pairs, omnibus } = self;
        for mut rows in period.groups {
            rows.shares.iter_mut().for_each(|row| texts.share(row.texts()));
            rows.contrasts.iter_mut().for_each(|row| texts.share(row.texts()));
            found.prevalence.extend(rows.shares);
            found.contrasts.extend(rows.contrasts);
        }
        for mut rows in period.pairs {
            rows.comparisons.iter_mut().for_each(|row| texts.share(row.texts()));
            texts.share(rows.divergence.texts());
            found.comparisons.extend(rows.comparisons);
            found.divergences.push(rows.divergence);
            pairs.push(rows.place);
        }
        omnibus.push(period.omnibus);
    }

    /// From period by period to group by group, or pair by pair, and then to frame by frame.
    fn arranged(mut self, plan: &Plan, groups: usize) -> InPlaces {
        let of_group = |row: usize, kinds: usize| (row % kinds, row / kinds % groups, row / kinds / groups);
        let (frames, pairs) = (plan.frames().len(), &self.pairs);
        arrange(&mut self.found.prevalence, |row| of_group(row, frames));
        arrange(&mut self.found.contrasts, |row| of_group(row, plan.contrasts().len()));
        arrange(&mut self.found.comparisons, |row| (row % frames, pairs[row / frames]));
        arrange(&mut self.found.divergences, |row| pairs[row]);
        InPlaces { omnibus: by_column(self.omnibus), ..self.found }
    }
}

impl InPlaces {
    /// Adjusts the p-values of each table.
    pub(super) fn adjust(&mut self, plan: &Plan) {
        divergence::adjust(&mut self.divergences);
        omnibus::adjust(&mut self.omnibus);
        comparisons::adjust(&mut self.comparisons, plan.settings().rest);
        contrasts::adjust(&mut self.contrasts);
    }
}

/// The shares of all frames in a cell.
pub(super) fn shares(plan: &Plan, place: Place<'_>, cell: &Cell<'_>) -> Vec<Prevalence> {
    (0..plan.frames().len()).map(|frame| Prevalence::new(plan, frame, place, cell)).collect()
}
