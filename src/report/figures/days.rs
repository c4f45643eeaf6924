//! Scales of time: where days stand, and which of them may have a label. What is *not* here: drawing them (`day_axis`).

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::report::figures::axis::Scale;

/// A span of days, both ends in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
}

/// A span of days as an axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeScale {
    first: Date,
    scale: Scale,
}

impl TimeScale {
    /// From the first day to the end of the last.
    pub(super) fn new(days: Days, left: f64, right: f64) -> Self {
        // Both days are in the span: from a day to the same day is one day, not none.
        let count = f64::from(days_between(days.first, days.last)).max(0.0) + 1.0;
        Self { first: days.first, scale: Scale { values: (0.0, count), places: (left, right) } }
    }

    /// Where it begins and ends on the page.
    pub(super) const fn places(&self) -> (f64, f64) {
        self.scale.places
    }

    /// The middle of that span of days.
    pub(super) fn middle(&self, days: Days) -> f64 {
        let middle = f64::from(days_between(self.first, days.first) + days_between(self.first, days.last) + 1) / 2.0;
        self.scale.within(middle)
    }

    /// The beginning of a day.
    pub(super) fn start(&self, day: Date) -> f64 {
        self.scale.within(f64::from(days_between(self.first, day)))
    }
}

/// Days from one to the other; negative where the other is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// How a day is written on an axis.
type Label = fn(Date) -> String;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `21 Feb 2022`
pub(super) fn written(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// `10 Jan 2022 to 23 Feb 2022`, or the one day.
pub(super) fn span_written(Days { first, last }: Days) -> String {
    if first == last { written(first) } else { format!("{} to {}", written(first), written(last)) }
}

fn month(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs()).saturating_sub(1) % MONTHS.len()]
}

/// A labelled day. The first of an axis names its year below the label, and so does each that begins another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayTick {
    pub(super) day: Date,
    pub(super) label: String,
    pub(super) year: Option<String>,
}

/// The ticks at these days.
fn labelled(days: &[Date], label: Label) -> Vec<DayTick> {
    let tick = |(place, day): (usize, &Date)| {
        let (label, year) = (label(*day), year(*day));
        let is_named = label.ends_with(&year);
        let begins = place == 0 || day.year() != days[place - 1].year();
        DayTick { day: *day, label, year: (begins && !is_named).then_some(year) }
    };
    days.iter().enumerate().map(tick).collect()
}

/// The days of a time axis that are labelled: as many as go with `room` labels beside each other.
pub(super) fn day_ticks(days: Days, room: usize) -> Vec<DayTick> {
    let room = room.max(2);
    let steps: [(Span, Label); 12] = [
        (1.day(), day_and_month),
        (2.days(), day_and_month),
        (7.days(), day_and_month),
        (14.days(), day_and_month),
        (1.month(), month_alone),
        (2.months(), month_alone),
        (3.months(), month_alone),
        (6.months(), month_alone),
        (1.year(), year),
        (2.years(), year),
        (5.years(), year),
        (10.years(), year),
    ];
    for (step, label) in steps {
        let ticks = ticks(step, days, room + 1);
        if ticks.len() <= room && ticks.len() > 1 {
            return labelled(&ticks, label);
        }
    }
    day_ends(days)
}

/// The first and the last day alone.
pub(super) fn day_ends(Days { first, last }: Days) -> Vec<DayTick> {
    if first == last {
        return labelled(&[first], written);
    }
    labelled(&[first, last], if days_between(first, last) > SHORT { month_alone } else { day_and_month })
}

/// Days of a span so short that its months alone do not say where it begins and ends.
const SHORT: i32 = 60;

/// Days a step apart, at most `most`; steps of months begin with a first of a month, those of years with a first of
/// January.
fn ticks(step: Span, Days { first, last }: Days, most: usize) -> Vec<Date> {
    let mut ticks = Vec::new();
    let mut day = first_tick(step, first);
    while let Some(tick) = day.filter(|tick| *tick <= last && ticks.len() < most) {
        if tick >= first {
            ticks.push(tick);
        }
        day = tick.checked_add(step).ok();
    }
    ticks
}

/// Where steps of that length begin, at `first` or before.
fn first_tick(step: Span, first: Date) -> Option<Date> {
    // Years that people count in: steps of five from 2020, whatever the corpus begins with.
    if step.get_years() > 0 {
        return Date::new(first.year() - first.year().rem_euclid(step.get_years()), 1, 1).ok();
    }
    // Likewise quarters from January, April, July and October.
    if step.get_months() > 0 {
        let in_year = i32::from(first.month() - 1);
        let month = in_year - in_year % step.get_months() + 1;
        return i8::try_from(month).ok().and_then(|month| Date::new(first.year(), month, 1).ok());
    }
    Some(first)
}

fn day_and_month(day: Date) -> String {
    format!("{} {}", day.day(), month(day))
}

fn month_alone(day: Date) -> String {
    month(day).to_owned()
}

fn year(day: Date) -> String {
    day.year().to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn words(tick: DayTick) -> String {
        [Some(tick.label), tick.year].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn days_are_labelled_at_round_places() {
        for (first, last, room, labels) in [
            (date(2022, 1, 10), date(2022, 2, 23), 2, vec!["10 Jan 2022", "23 Feb"]),
            (date(2021, 11, 1), date(2022, 2, 23), 4, vec!["Nov 2021", "Dec", "Jan 2022", "Feb"]),
            (date(2021, 11, 2), date(2022, 2, 23), 2, vec!["Nov 2021", "Feb 2022"]),
            (date(2022, 2, 1), date(2022, 2, 14), 3, vec!["1 Feb 2022", "8 Feb"]),
            (date(2019, 5, 1), date(2022, 2, 14), 4, vec!["2020", "2021", "2022"]),
            (date(2022, 2, 1), date(2022, 2, 1), 4, vec!["1 Feb 2022"]),
        ] {
            let found: Vec<String> = day_ticks(Days { first, last }, room).into_iter().map(words).collect();
            assert!(found.len() <= room, "{first} to {last}: {found:?}");
            assert_eq!(found, labels, "{first} to {last}");
        }
    }

    #[test]
    fn days_beyond_a_scale_stand_at_its_end() {
        let ten = Days { first: date(2022, 1, 1), last: date(2022, 1, 10) };
        let time = TimeScale::new(ten, 0.0, 100.0);
        assert!((time.start(date(2022, 1, 6)) - 50.0).abs() < 1e-9);
        assert!((time.middle(ten) - 50.0).abs() < 1e-9);
        assert!((time.start(date(2030, 1, 1)) - 100.0).abs() < 1e-9);
    }
}
