//! Where a row of findings is: a group in a period, and the names of all periods and of all the other groups together.

/// The period of a row that spans all dates.
pub const WHOLE_SPAN: &str = "all";

/// The second group of a row that holds a group against all the others together.
pub const REST: &str = "(rest)";

/// All groups together, where a list of groups has their total. No group may be called so: an outlet "all" once stood twice below what
/// `find` had found.
pub const ALL_GROUPS: &str = "(all)";

/// Where a cell is: a group in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place<'a> {
    /// Value of the column compared by.
    pub(super) group: &'a str,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub(super) period: &'a str,
}
