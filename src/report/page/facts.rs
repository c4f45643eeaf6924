//! What the page knows of a study beside its tables: titles, frames, rules, periods, totals.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde_json::{Value, json};

use crate::compare::{Counts, FEW_DOCUMENTS, REST, UNNAMED, WHOLE_SPAN, counted_documents, full_names};
use crate::model::{CompareSettings, Mark, Period, StanceFilter, VoiceFilter};
use crate::report::named_days::named_days;
use crate::report::page::PageSource;
use crate::report::page::tables::Held;
use crate::report::palette::{frame_colour, frame_colour_at_night};
use crate::report::{RecordCounts, shown_tables};
use crate::stats::SIGNIFICANT;

/// Sources that the page draws of each group.
pub(super) const MOST_SPEAKERS: usize = 8;

/// Whose words may be chosen, and what the page calls them.
pub(super) const VOICES: [(VoiceFilter, &str); 3] = [
    (VoiceFilter::All, "All voices"),
    (VoiceFilter::Own, "Outlet\u{2019}s own"),
    (VoiceFilter::Attributed, "Sources\u{2019}"),
];

/// What the page calls a choice of voices: with a stance only where the study asks for one, which no other choice has.
fn label_of(voice: VoiceFilter, label: &str, settings: &CompareSettings) -> String {
    match settings.stance {
        _ if voice != settings.voice => label.to_owned(),
        StanceFilter::All => label.to_owned(),
        StanceFilter::Favor => format!("{label}, affirming"),
        StanceFilter::Against => format!("{label}, rejecting"),
    }
}

/// Sums over all documents; of hits over those that count in the tables, of the codebook's frames, each of which may be in a group
/// of frames too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) documents: u64,
    pub(super) sentences: u64,
    pub(super) hits: u64,
    /// Of the hits, in the outlet's own voice.
    pub(super) own: u64,
    /// Of the hits, in a source's.
    pub(super) attributed: u64,
    /// First and last day of publication.
    pub(super) dates: Option<(Date, Date)>,
}

impl Totals {
    pub(super) fn of(source: &PageSource<'_>) -> Self {
        let mut totals = Self::default();
        for (_, document) in counted_documents(source.study.compare.copies, source.counts) {
            for frame in document.frames.iter().take(source.codebook.frames.len()) {
                totals.hits += frame.hits;
                totals.own += frame.own;
                totals.attributed += frame.attributed;
            }
        }
        for (_, document) in source.counts.documents() {
            totals.documents += 1;
            totals.sentences += document.sentences;
            if let Some(date) = document.date {
                let (first, last) = totals.dates.unwrap_or((date, date));
                totals.dates = Some((first.min(date), last.max(date)));
            }
        }
        totals
    }
}

/// The values of the column compared by, in the order of the tables.
pub(super) fn groups(counts: &Counts) -> BTreeSet<&str> {
    counts.documents().map(|(_, document)| &*document.group).collect()
}

/// Everything as JSON. `held` says, by table, how much of it the page holds.
pub(super) fn facts(source: &PageSource<'_>, held: &BTreeMap<&str, Held>) -> Value {
    let PageSource { study, codebook, counts, records, .. } = source;
    let settings = &study.compare;
    let totals = Totals::of(source);
    let held: serde_json::Map<String, Value> =
        held.iter().map(|(table, held)| ((*table).to_owned(), held.to_json())).collect();
    let rules = codebook.rules.iter().map(|rule| {
        let frame = &codebook.frames[rule.frame].id;
        json!({ "id": rule.id, "frame": frame, "weight": rule.weight, "stance": rule.stance.as_str() })
    });
    json!({
        "title": study.title,
        "version": env!("CARGO_PKG_VERSION"),
        "studyFile": source.study_file,
        "by": settings.by,
        "unit": settings.unit.as_str(),
        "voice": settings.voice.as_str(),
        "seed": study.seed.to_string(),
        "language": codebook.language,
        "frames": frames(source),
        "rules": rules.collect::<Vec<_>>(),
        "groups": groups(counts),
        "periods": periods(counts, settings.period.as_ref()),
        "days": named_days(study).iter().filter_map(|mark| day(counts, settings.period.as_ref()?, mark)).collect::<Vec<_>>(),
        // Of odd records the first is told by its file, and a corpus that was coded in parts has others.
        "records": RecordCounts { odd: Vec::new(), ..(*records).clone() },
        "totals": {
            "documents": totals.documents,
            "sentences": totals.sentences,
            "hits": totals.hits,
            "first": totals.dates.map(|(first, _)| first.to_string()),
            "last": totals.dates.map(|(_, last)| last.to_string()),
        },
        "held": held,
        "tables": shown_tables().map(|report| named(report.table.name(), report.label)).collect::<Vec<_>>(),
        "voices": VOICES.map(|(voice, label)| named(voice.as_str(), &label_of(voice, label, settings))),
        "limits": { "significant": SIGNIFICANT, "fewDocuments": FEW_DOCUMENTS, "speakers": MOST_SPEAKERS },
        // Pairs, as an object would have names of its own, such as "constructor".
        "fullNames": full_names(counts).into_iter().collect::<Vec<_>>(),
        "wholeSpan": WHOLE_SPAN,
        "rest": REST,
        "unnamed": UNNAMED,
    })
}

fn named(name: &str, label: &str) -> Value {
    json!({ "name": name, "label": label })
}

fn frames(source: &PageSource<'_>) -> Vec<Value> {
    let frame = |(index, frame): (usize, &crate::codebook::Frame)| {
        json!({
            "id": frame.id,
            "label": frame.label,
            "definition": frame.definition,
            "threshold": frame.threshold,
            "whole": source.is_coded_whole(&frame.id),
            "light": frame_colour(index),
            "dark": frame_colour_at_night(index),
        })
    };
    source.codebook.frames.iter().enumerate().map(frame).collect()
}

/// The periods in the order of time, each with its place on a scale on which neighbours are 1 apart, so that a gap in the
/// corpus is a gap in the chart. Cut dates make periods of any length; these stand 1 apart.
fn periods(counts: &Counts, period: Option<&Period>) -> Vec<Value> {
    let Some(period) = period else { return Vec::new() };
    let mut places: BTreeMap<&str, i64> = BTreeMap::new();
    for (_, document) in counts.documents() {
        if let (Some(label), Some(date)) = (document.period.as_deref(), document.date) {
            places.entry(label).or_insert_with(|| place(period, date));
        }
    }
    let is_even = !matches!(period, Period::Cuts(_));
    let place = |(order, (label, place)): (usize, (&str, i64))| json!({ "label": label, "at": if is_even { place } else { i64::try_from(order).unwrap_or_default() } });
    places.into_iter().enumerate().map(place).collect()
}

/// A day that the study names, at its place between the periods, whose dots stand in their middle; `None` where no document is of
/// its period.
fn day(counts: &Counts, period: &Period, mark: &Mark) -> Option<Value> {
    let label = period.label(mark.date);
    let at = periods(counts, Some(period)).iter().find(|known| known["label"] == label)?["at"].as_f64()?;
    let into = if let Period::Cuts(cuts) = period {
        // Such a period may have no end; its own first day stands before it, and any other in its middle.
        if cuts.contains(&mark.date) { 0.0 } else { 0.5 }
    } else {
        let is_of_period = |day: &Date| place(period, *day) == place(period, mark.date);
        let before = mark.date.series((-1).days()).take_while(is_of_period).count() - 1;
        let length = before + mark.date.series(1.day()).take_while(is_of_period).count();
        share_of(before, length)
    };
    Some(json!({ "date": mark.date.to_string(), "label": mark.label, "at": at + into - 0.5 }))
}

#[expect(clippy::cast_precision_loss, reason = "days of a year")]
fn share_of(days: usize, all: usize) -> f64 {
    days as f64 / all as f64
}

/// Days, weeks, months, quarters or years since some day long ago.
fn place(period: &Period, date: Date) -> i64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()) - 1);
    match period {
        Period::Day => days(date),
        Period::Week => (days(date) - i64::from(date.weekday().since(Weekday::Monday))).div_euclid(7),
        Period::Month => 12 * year + month,
        Period::Quarter => 4 * year + month / 3,
        Period::Year => year,
        Period::Cuts(_) => 0,
    }
}

fn days(date: Date) -> i64 {
    i64::from(Date::ZERO.until(date).map(|span| span.get_days()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::compare::DocumentCounts;

    #[test]
    fn a_named_day_stands_between_the_dots_of_its_periods() {
        let mut counts = Counts::default();
        for day in [date(2022, 1, 10), date(2022, 2, 10)] {
            let period = Some(Period::Month.label(day).into());
            counts.insert(day.to_string(), DocumentCounts { date: Some(day), period, ..DocumentCounts::default() });
        }
        let january = place(&Period::Month, date(2022, 1, 1));
        for (named, beyond_january) in
            [(date(2022, 2, 1), Some(0.5)), (date(2022, 2, 15), Some(1.0)), (date(2022, 3, 1), None)]
        {
            let mark = Mark { date: named, label: String::new() };
            let found = day(&counts, &Period::Month, &mark).map(|day| day["at"].as_f64().unwrap());
            assert_eq!(
                found,
                beyond_january.map(|beyond| share_of(usize::try_from(january).unwrap(), 1) + beyond),
                "{named}"
            );
        }
    }

    #[test]
    fn neighbouring_periods_are_one_apart_over_the_turn_of_a_year() {
        for (period, before, after) in [
            (Period::Day, date(2021, 12, 31), date(2022, 1, 1)),
            (Period::Week, date(2022, 1, 2), date(2022, 1, 3)),
            (Period::Week, date(2021, 12, 27), date(2022, 1, 9)),
            (Period::Month, date(2021, 12, 1), date(2022, 1, 31)),
            (Period::Quarter, date(2021, 10, 1), date(2022, 3, 31)),
            (Period::Year, date(2021, 1, 1), date(2022, 12, 31)),
        ] {
            assert_eq!(place(&period, after) - place(&period, before), 1, "{period:?}, {before} and {after}");
        }
        assert_eq!(place(&Period::Week, date(2022, 1, 3)), place(&Period::Week, date(2022, 1, 9)));
    }
}
