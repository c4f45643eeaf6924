//! Axes: where values and days stand, and which of them are labelled.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A straight scale from values to places on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Two different values.
    pub(super) values: (f64, f64),
    /// Where they stand.
    pub(super) places: (f64, f64),
}

impl Scale {
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.values.0) / (self.values.1 - self.values.0);
        self.places.0 + share * (self.places.1 - self.places.0)
    }

    /// As [`at`](Self::at), values beyond the scale at its ends.
    pub(super) fn within(&self, value: f64) -> f64 {
        self.at(value.clamp(self.values.0.min(self.values.1), self.values.0.max(self.values.1)))
    }
}

/// Steps between the ticks of an axis of shares.
const STEPS: [f64; 20] = [
    0.001, 0.002, 0.003, 0.004, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4,
    0.5,
];

/// Round shares from 0 to `max` or a little beyond, with at most `most` steps between them.
pub(super) fn share_ticks(max: f64, most: u32) -> Vec<f64> {
    let most = f64::from(most.max(1));
    let max = if max.is_finite() { max.clamp(0.001, 1.0) } else { 1.0 };
    for step in STEPS {
        let steps = (max / step - 1e-9).ceil();
        if steps <= most && (steps * step <= 1.0 + 1e-9) {
            let mut ticks = Vec::new();
            let mut tick = 0.0;
            while tick <= steps {
                ticks.push(tick * step);
                tick += 1.0;
            }
            return ticks;
        }
    }
    vec![0.0, 1.0]
}

/// A share in per cent, with as many decimals as a tick of that size needs; of 0 the bare number.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent.abs() < 1e-9 {
        return "0".to_owned();
    }
    let whole = (percent - percent.round()).abs() < 1e-6;
    if whole { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

/// A span of days as an axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeScale {
    first: Date,
    scale: Scale,
}

impl TimeScale {
    /// From the first day to the end of the last.
    pub(super) fn new((first, last): (Date, Date), places: (f64, f64)) -> Self {
        let days = f64::from(days_between(first, last)).max(0.0) + 1.0;
        Self { first, scale: Scale { values: (0.0, days), places } }
    }

    /// Where it begins and ends on the page.
    pub(super) const fn places(&self) -> (f64, f64) {
        self.scale.places
    }

    /// The middle of that span of days.
    pub(super) fn middle(&self, (first, last): (Date, Date)) -> f64 {
        let middle = f64::from(days_between(self.first, first) + days_between(self.first, last) + 1) / 2.0;
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

fn month(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs()).saturating_sub(1) % MONTHS.len()]
}

/// The days of a time axis that are labelled: as many as go with `room` labels beside each other.
pub(super) fn day_ticks((first, last): (Date, Date), room: usize) -> Vec<(Date, String)> {
    let room = room.max(2);
    let steps: [(Span, Label); 12] = [
        (1.day(), day_and_month),
        (2.days(), day_and_month),
        (7.days(), day_and_month),
        (14.days(), day_and_month),
        (1.month(), month_and_year),
        (2.months(), month_and_year),
        (3.months(), month_and_year),
        (6.months(), month_and_year),
        (1.year(), year),
        (2.years(), year),
        (5.years(), year),
        (10.years(), year),
    ];
    for (step, label) in steps {
        let ticks = ticks(step, (first, last), room + 1);
        if ticks.len() <= room && ticks.len() > 1 {
            return ticks.into_iter().map(|day| (day, label(day))).collect();
        }
    }
    day_ends((first, last))
}

/// The first and the last day alone.
pub(super) fn day_ends((first, last): (Date, Date)) -> Vec<(Date, String)> {
    if first == last {
        return vec![(first, written(first))];
    }
    let label = if days_between(first, last) > SHORT { |day| month(day).to_owned() } else { day_and_month };
    vec![(first, label(first)), (last, label(last))]
}

/// Days of a span so short that its months alone do not say where it begins and ends.
const SHORT: i32 = 60;

/// Days a step apart, at most `most`; steps of months begin with a first of a month, those of years with a first of
/// January.
fn ticks(step: Span, (first, last): (Date, Date), most: usize) -> Vec<Date> {
    let start = if step.get_years() > 0 {
        Date::new(first.year() - first.year().rem_euclid(step.get_years()), 1, 1).ok()
    } else if step.get_months() > 0 {
        let in_year = i32::from(first.month() - 1);
        let month = in_year - in_year % step.get_months() + 1;
        i8::try_from(month).ok().and_then(|month| Date::new(first.year(), month, 1).ok())
    } else {
        Some(first)
    };
    let mut ticks = Vec::new();
    let mut day = start;
    while let Some(tick) = day.filter(|tick| *tick <= last && ticks.len() < most) {
        if tick >= first {
            ticks.push(tick);
        }
        day = tick.checked_add(step).ok();
    }
    ticks
}

fn day_and_month(day: Date) -> String {
    format!("{} {}", day.day(), month(day))
}

/// `Feb`, and in January the year too, which then says of which year the others are.
fn month_and_year(day: Date) -> String {
    if day.month() == 1 { format!("Jan {:02}", day.year().rem_euclid(100)) } else { month(day).to_owned() }
}

fn year(day: Date) -> String {
    day.year().to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn shares_are_counted_from_zero_in_round_steps() {
        for (max, most, ticks) in [
            (0.037, 4, vec![0.0, 0.01, 0.02, 0.03, 0.04]),
            (0.037, 2, vec![0.0, 0.02, 0.04]),
            (0.2, 2, vec![0.0, 0.1, 0.2]),
            (0.93, 4, vec![0.0, 0.25, 0.5, 0.75, 1.0]),
            (0.93, 2, vec![0.0, 0.5, 1.0]),
            (0.0, 2, vec![0.0, 0.001]),
            (7.0, 1, vec![0.0, 1.0]),
            (f64::NAN, 1, vec![0.0, 1.0]),
        ] {
            let found = share_ticks(max, most);
            let same = found.len() == ticks.len() && found.iter().zip(&ticks).all(|(a, b)| (a - b).abs() < 1e-12);
            assert!(same, "{max} in {most}: {found:?}");
        }
        assert_eq!((percent(0.1), percent(0.005), percent(0.0)), ("10 %".into(), "0.5 %".into(), "0".into()));
    }

    #[test]
    fn days_are_labelled_at_round_places() {
        for (first, last, room, labels) in [
            (date(2022, 1, 10), date(2022, 2, 23), 2, vec!["10 Jan", "23 Feb"]),
            (date(2021, 11, 1), date(2022, 2, 23), 4, vec!["Nov", "Dec", "Jan 22", "Feb"]),
            (date(2021, 11, 2), date(2022, 2, 23), 2, vec!["Nov", "Feb"]),
            (date(2022, 2, 1), date(2022, 2, 14), 3, vec!["1 Feb", "8 Feb"]),
            (date(2019, 5, 1), date(2022, 2, 14), 4, vec!["2020", "2021", "2022"]),
            (date(2022, 2, 1), date(2022, 2, 1), 4, vec!["1 Feb 2022"]),
        ] {
            let found: Vec<String> = day_ticks((first, last), room).into_iter().map(|(_, label)| label).collect();
            assert!(found.len() <= room, "{first} to {last}: {found:?}");
            assert_eq!(found, labels, "{first} to {last}");
        }
    }

    #[test]
    fn values_beyond_a_scale_stand_at_its_end() {
        let scale = Scale { values: (0.0, 0.2), places: (10.0, 30.0) };
        assert!((scale.at(0.1) - 20.0).abs() < 1e-9 && (scale.within(0.9) - 30.0).abs() < 1e-9);
        let time = TimeScale::new((date(2022, 1, 1), date(2022, 1, 10)), (0.0, 100.0));
        assert!((time.start(date(2022, 1, 6)) - 50.0).abs() < 1e-9);
        assert!((time.middle((date(2022, 1, 1), date(2022, 1, 10))) - 50.0).abs() < 1e-9);
        assert!((time.start(date(2030, 1, 1)) - 100.0).abs() < 1e-9);
    }
}
