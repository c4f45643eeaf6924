//! The options of `find`: how lines are sorted and how long they are.

use clap::{Args, ValueEnum};

use crate::study::{LineDesign, LineOrder};

/// How lines are shown.
#[derive(Debug, Args)]
pub(super) struct Lines {
    /// What lines are sorted by
    #[arg(long, value_enum, default_value_t = SortOrder::Document)]
    sort: SortOrder,
    /// The most characters on either side of the match
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(0..=1000))]
    width: u16,
    /// Only the first N lines in that order
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Lines {
    /// The same as the method knows it.
    pub(super) fn design(&self) -> LineDesign {
        LineDesign { order: self.sort.into(), width: self.width.into(), limit: self.limit }
    }
}

/// What lines are sorted by, on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortOrder {
    /// Document and place
    Document,
    /// The words before the match, the nearest first
    Left,
    /// The match and the words behind it
    Right,
    /// Outlet, then date
    Outlet,
    /// Date, then outlet
    Date,
}

impl From<SortOrder> for LineOrder {
    fn from(order: SortOrder) -> Self {
        match order {
            SortOrder::Document => Self::Document,
            SortOrder::Left => Self::Left,
            SortOrder::Right => Self::Right,
            SortOrder::Outlet => Self::Outlet,
            SortOrder::Date => Self::Date,
        }
    }
}
