//! The days that a study names, as figures and page mark them on the axis of time.

use jiff::civil::Date;

use crate::model::{Mark, Study};

/// What a day is called that the study tests for a change and has no mark at.
const TESTED: &str = "tested for a change";

/// The marks of the study, and the days at which it tests for a change, in order. A day that is both has its mark alone.
pub(in crate::report) fn named_days(study: &Study) -> Vec<Mark> {
    let is_marked = |day: &Date| study.marks.iter().any(|mark| mark.date == *day);
    let tested = study.compare.interruptions.iter().filter(|day| !is_marked(day));
    let tested = tested.map(|day| Mark { date: *day, label: TESTED.to_owned() });
    let mut marks: Vec<Mark> = study.marks.iter().cloned().chain(tested).collect();
    marks.sort_by_key(|mark| mark.date);
    marks
}
