//! What happens to a frame over time: trends, changes at a day named before looking, and days at which its share changes
//! level.
//!
//! In reading order: `dated` (documents with their days, and how long a step of time is), `trend` (a row of `trends.csv`),
//! `trends`, `lags`, `interruptions`, `changepoints`.
//!
//! Not here: shares of single periods, which are `prevalence`; and the formulas, which are `stats`.

mod changepoints;
mod dated;
mod interruptions;
mod lags;
mod trend;
mod trends;

pub use changepoints::Changepoint;
pub use trend::{SeriesSize, Trend, TrendKind};

use crate::compare::Plan;
use crate::compare::cells::Cells;
use dated::DatedGroups;

/// What is found over time.
pub(super) struct OverTime {
    /// By kind, day, frame, group.
    pub(super) trends: Vec<Trend>,
    /// By frame, group, day.
    pub(super) changepoints: Vec<Changepoint>,
}

/// All rows of `trends.csv` and `changepoints.csv`; none where no document has a date.
pub(super) fn rows(plan: &Plan, cells: &Cells<'_>) -> OverTime {
    let Some(dated) = DatedGroups::new(plan, cells) else {
        return OverTime { trends: Vec::new(), changepoints: Vec::new() };
    };
    let mut trends = trends::rows(plan, &dated);
    trends.extend(lags::rows(plan, &dated));
    for day in &plan.settings().interruptions {
        trends.extend(interruptions::rows(plan, &dated, *day));
    }
    trend::adjust(&mut trends);
    OverTime { trends, changepoints: changepoints::rows(plan, &dated) }
}
