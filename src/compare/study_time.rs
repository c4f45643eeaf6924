//! How time is measured in a study: from its first day, in steps that its length says.

use jiff::ToSpan;
use jiff::civil::Date;

/// Days from which on a span is long: half a year. Then what changes with time is told per 30 days, not 7, and a bin is a week,
/// not a day.
const LONG_SPAN: i32 = 182;

/// How time is measured in a study.
#[derive(Clone, Copy, Debug)]
pub(super) struct StudyTime {
    /// Day 0: that of the first document of all groups.
    first: Date,
    is_long: bool,
}

impl StudyTime {
    /// Of documents from one day to another.
    pub(super) fn between(first: Date, last: Date) -> Self {
        Self { first, is_long: (last - first).get_days() > LONG_SPAN }
    }

    /// Days that odds ratios are per.
    pub(super) const fn days(self) -> u32 {
        if self.is_long { 30 } else { 7 }
    }

    /// Days of a bin.
    pub(super) const fn bin_days(self) -> i32 {
        if self.is_long { 7 } else { 1 }
    }

    /// A day as so many times the days that odds ratios are per.
    pub(super) fn part(self, day: i32) -> f64 {
        f64::from(day) / f64::from(self.days())
    }

    pub(super) fn date(self, day: i32) -> Date {
        self.first.saturating_add(day.days())
    }

    /// Days from the first one.
    pub(super) fn day(self, date: Date) -> i32 {
        (date - self.first).get_days()
    }
}
