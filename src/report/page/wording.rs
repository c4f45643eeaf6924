//! What the sentences of the summary are made of: a statement, the number that leads, and numbers in words.

use crate::compare::{Comparison, Contrast, Corrected};
use crate::model::CompareSettings;
use crate::report::number::{grouped, percent};
use crate::report::page::PageSource;
use crate::stats::{Interval, SIGNIFICANT};

/// One statement, and what the sentences behind it carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statement {
    /// What it is about, in a word or two.
    pub(super) topic: &'static str,
    /// Plain text.
    pub(super) text: String,
    /// Id of the frame that it is about.
    pub(super) frame: Option<String>,
    /// The group that it is about.
    pub(super) group: Option<String>,
}

impl Statement {
    pub(super) fn plain(topic: &'static str, text: String) -> Self {
        Self { topic, text, ..Self::default() }
    }
}

/// The number of a row that leads: as hand codings correct it where they do, else as counted.
pub(super) struct Leading {
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) q: Option<f64>,
}

impl Leading {
    pub(super) fn of_difference(row: &Comparison) -> Self {
        let counted = Self { value: row.difference, interval: row.interval, q: row.q_value };
        row.corrected.as_deref().map_or(counted, Self::of_corrected)
    }

    pub(super) fn of_ratio(row: &Contrast) -> Self {
        let counted = Self { value: row.log_ratio, interval: row.interval, q: row.q_value };
        row.corrected.as_deref().map_or(counted, Self::of_corrected)
    }

    fn of_corrected(corrected: &Corrected) -> Self {
        Self { value: Some(corrected.estimate), interval: corrected.interval(), q: corrected.q_value }
    }

    pub(super) fn is_significant(&self) -> bool {
        self.q.is_some_and(|q| q < SIGNIFICANT)
    }
}

pub(super) fn label<'a>(source: &'a PageSource<'_>, frame: &'a str) -> &'a str {
    source.codebook.frames.iter().find(|known| known.id == frame).map_or(frame, |known| &known.label)
}

/// "95 % interval 2.4 to 8.9 %" between `before` and `after`, with the numbers as `shown` prints them; nothing where there
/// is none.
pub(super) fn within(before: &str, interval: Option<Interval>, after: &str, shown: impl Fn(f64) -> String) -> String {
    interval.map_or_else(String::new, |Interval { low, high }| {
        let low = shown(low);
        let low = low.strip_suffix(" %").unwrap_or(&low);
        format!("{before}95 % interval {low} to {}{after}", shown(high))
    })
}

pub(super) fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "an undefined share".to_owned(), percent)
}

pub(super) fn q_value(value: Option<f64>) -> String {
    match value {
        None => "not tested".to_owned(),
        Some(tiny) if tiny < 0.001 => "q < 0.001".to_owned(),
        Some(q) => format!("q = {q:.3}"),
    }
}

pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// What so many groups are called: "6 outlets", and "6 groups of outlets" where the study merges outlets into groups.
pub(super) fn groups_called(compare: &CompareSettings, count: usize) -> String {
    if compare.groups.is_empty() {
        plural(&compare.by, count)
    } else {
        format!("{} of {}", plural("group", count), plural(&compare.by, 2))
    }
}

fn plural(noun: &str, count: usize) -> String {
    if let Some(stem) = noun.strip_suffix("ry").filter(|_| count != 1) {
        return format!("{stem}ries");
    }
    format!("{noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_that_are_merged_are_counted_as_groups() {
        let mut compare = CompareSettings::default();
        assert_eq!([1, 6].map(|count| groups_called(&compare, count)), ["outlet", "outlets"]);
        compare.groups.insert("tabloids".to_owned(), vec!["alfa".to_owned(), "beta".to_owned()]);
        assert_eq!([1, 6].map(|count| groups_called(&compare, count)), ["group of outlets", "groups of outlets"]);
    }

    #[test]
    fn q_values_are_told_to_three_decimals() {
        assert_eq!([None, Some(0.0004), Some(0.0301)].map(q_value), ["not tested", "q < 0.001", "q = 0.030"]);
    }
}
