//! The options of `find`, how lines are sorted and how long they are, and those of `check`, what it shows.

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

/// What `check` looks at more closely.
#[derive(Debug, Args)]
pub(super) struct Looks {
    /// Let the rules teach a scorer, and say by frame, group and period how much it finds where no rule matches; takes
    /// about ten times as long
    #[arg(long)]
    pub(super) drift: bool,
    /// Show matches of this rule, drawn at random, each with what became of it: whether it counts, or what cancels it
    #[arg(long, value_name = "ID", conflicts_with_all = ["drift", "misses"], group = "look")]
    pub(super) rule: Option<String>,
    /// Show the sentences nearest to each frame's vocabulary in which no rule of it matches
    #[arg(long, conflicts_with = "drift", group = "look")]
    pub(super) misses: bool,
    /// With --misses: of this frame only
    #[arg(long, value_name = "ID", requires = "misses")]
    pub(super) frame: Option<String>,
    /// With --rule or --misses: how many are shown
    #[arg(long, value_name = "N", default_value_t = 20, requires = "look")]
    pub(super) show: usize,
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
