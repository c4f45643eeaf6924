//! Reads the dates of articles: by the study's own formats, as ISO 8601, or by the name of the month. A date is never
//! guessed.

use std::ops::RangeInclusive;

use jiff::{civil::Date, fmt::strtime::BrokenDownTime};

use crate::corpus::named_dates;
use crate::model::plain_digits;

/// Years in which a newspaper can have appeared; the first printed one is of 1605.
const YEARS: RangeInclusive<i16> = 1600..=2100;

/// The civil date of `text`, as written, whatever its time zone. Read by the first of `formats` that fits, in strftime
/// letters, then as ISO 8601 with or without a time: `2022-02-03`, `2022-02-03T10:00:00Z`, `2022-02-03 10:00+01:00`,
/// `20220203`; then with the month as a word of `language`, English or any that is known: `Feb. 3, 2022`. A format without a
/// day or month means the first one. Digits of other scripts are digits: `٢٠٢٢-٠٢-٠٣`.
///
/// # Errors
/// What is wrong with the date and what would be right.
pub(super) fn parse(text: &str, formats: &[String], language: Option<&str>) -> Result<Date, String> {
    let text = text.trim();
    // The study's own formats first: 03/02/2022 is the second of March or the third of February by what the study
    // says, never by a guess.
    match found(text, formats, language).or_else(|| found(&plain_digits(text), formats, language)) {
        Some(date) if YEARS.contains(&date.year()) => Ok(date),
        Some(date) => Err(format!("\"{}\" is of the year {}; expected 1600 to 2100", shown(text), date.year())),
        None => Err(no_date(text, formats)),
    }
}

fn found(text: &str, formats: &[String], language: Option<&str>) -> Option<Date> {
    let by_formats = formats.iter().find_map(|format| by_format(text, format));
    by_formats.or_else(|| iso(text)).or_else(|| named_dates::parse(text, language))
}

fn no_date(text: &str, formats: &[String]) -> String {
    let shown = shown(text);
    if let Some(remedy) = remedy_for_number(text) {
        return format!("\"{shown}\" is no date but {remedy}");
    }
    match formats {
        [] if is_month(text.as_bytes()) => {
            format!("\"{text}\" has no day; date_format = \"%Y-%m\" reads months as their first day")
        }
        [] => format!(
            "\"{shown}\" is no date; expected 2022-02-03, or say how dates are written: {}",
            likely(&plain_digits(text))
        ),
        [format] => format!(
            "\"{shown}\" is no date; expected the date_format {format} or 2022-02-03; date_format may be a list of formats"
        ),
        [first, .., last] => {
            format!("\"{shown}\" is no date; expected one of the date_format from {first} to {last}, or 2022-02-03")
        }
    }
}

/// What a bare number in place of a date is, and what to do: a day as spreadsheets count them (45505 is 2024-08-01), or
/// seconds or milliseconds since 1970.
fn remedy_for_number(text: &str) -> Option<&'static str> {
    let whole = text.split('.').next().filter(|whole| all_digits(whole.as_bytes()))?;
    match (whole.len(), whole.as_bytes().first()?) {
        (5, b'2'..=b'6') => {
            Some("a spreadsheet's number of a day; format the column as a date, 2022-02-03, and export again")
        }
        (10 | 13, b'0'..=b'9') => Some("a count of seconds since 1970; write it as a day, 2022-02-03, before"),
        _ => None,
    }
}

/// Formats that only a study can choose between: days before months, and months before days.
const COMMON: [&str; 11] = [
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y",
    "%d/%m/%y", "%m/%d/%y",
];

/// The common formats that a text fits, that of ISO 8601 among them, where day or month may have one digit (2024-1-5), and a time may
/// follow.
pub(super) fn fitting(text: &str) -> Vec<String> {
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    let (day, time) = match time.matches(':').count() {
        1 => (day, " %H:%M"),
        2 => (day, " %H:%M:%S"),
        _ => (text, ""),
    };
    let is_read = |format: &String| by_format(text, format).is_some_and(|date| YEARS.contains(&date.year()));
    let fitting = COMMON.iter().filter(|format| by_format(day, format).is_some());
    fitting.map(|format| format!("{format}{time}")).filter(is_read).collect()
}

/// The formats that a text fits, which the study must choose from: days before months, and months before days.
fn likely(text: &str) -> String {
    let fitting: Vec<String> = fitting(text).iter().map(|format| format!("\"{format}\"")).collect();
    match &fitting[..] {
        [] => "date_format = \"%d.%m.%Y\"".to_owned(),
        [only] => format!("date_format = {only}"),
        several => format!("date_format = {}, whichever is meant", several.join(" or ")),
    }
}

/// Whether a text that fits none of the formats fits one of them with day and month the other way round.
pub(super) fn fits_swapped(text: &str, formats: &[String]) -> bool {
    formats
        .iter()
        .any(|format| swapped(format).is_some_and(|format| by_format(&plain_digits(text.trim()), &format).is_some()))
}

/// The format with `%d` for `%m` and the other way round; `None` where it has not both.
pub(super) fn swapped(format: &str) -> Option<String> {
    // Stands in for one of the two while the other takes its place; a format cannot have it.
    const APART: &str = "%\u{0}";
    let has_both = format.contains("%m") && (format.contains("%d") || format.contains("%e"));
    has_both.then(|| format.replace("%m", APART).replace("%d", "%m").replace("%e", "%m").replace(APART, "%d"))
}

fn is_month(bytes: &[u8]) -> bool {
    matches!(bytes, [year @ .., b'-', a, b] if year.len() == 4 && all_digits(year) && all_digits(&[*a, *b]))
}

/// The value as a message can carry it.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    if text.chars().count() > LONGEST { line + "..." } else { line }
}

fn by_format(text: &str, format: &str) -> Option<Date> {
    let parts = BrokenDownTime::parse(format, text).ok()?;
    parts.to_date().ok().or_else(|| match (parts.year(), parts.month(), parts.day(), parts.day_of_year()) {
        (Some(year), month, None, None) => Date::new(year, month.unwrap_or(1), 1).ok(),
        _ => None,
    })
}

fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let (year, month, day, rest) = match bytes {
        // Eight digits and nothing else, or a number such as 202202031 would be a date.
        [y @ .., _, _, _, _] if y.len() == 4 && all_digits(bytes) => (0..4, 4..6, 6..8, 8),
        // Fourteen are a day and a time without signs between, as GDELT writes them.
        [y @ .., _, _, _, _, _, _, _, _, _, _] if y.len() == 4 && all_digits(bytes) && is_time_of(&bytes[8..]) => {
            (0..4, 4..6, 6..8, 14)
        }
        [_, _, _, _, b'-', _, _, b'-', _, _, ..] => (0..4, 5..7, 8..10, 10),
        [_, _, _, _, _, _, _, _, b'T', ..] => (0..4, 4..6, 6..8, 8),
        _ => return None,
    };
    if !is_time(&bytes[rest..]) {
        return None;
    }
    let [year, month, day] = [year, month, day].map(|range| number(&bytes[range]));
    Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn number(digits: &[u8]) -> Option<i16> {
    if !all_digits(digits) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Whether what follows the day is nothing, or a time with an optional zone.
fn is_time(rest: &[u8]) -> bool {
    let [b'T' | b't' | b' ', time @ ..] = rest else { return rest.is_empty() };
    let end = time.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b':' | b'.' | b',')).unwrap_or(time.len());
    let (clock, zone) = time.split_at(end);
    let whole = clock.split(|byte| matches!(byte, b'.' | b',')).next().unwrap_or_default();
    let digits: Vec<u8> = whole.iter().copied().filter(|byte| *byte != b':').collect();
    is_time_of(&digits) && is_zone(zone)
}

/// Whether two, four or six digits are hour, minute and second.
fn is_time_of(digits: &[u8]) -> bool {
    // ISO 8601 has 24:00 for midnight at the end of a day, and a leap second 60.
    let limits = [24, 59, 60];
    matches!(digits.len(), 2 | 4 | 6)
        && digits.chunks(2).zip(limits).all(|(pair, limit)| number(pair).is_some_and(|part| part <= limit))
}

fn is_zone(zone: &[u8]) -> bool {
    let zone = zone.trim_ascii_start();
    match zone {
        [] | b"Z" | b"z" | b"UTC" | b"GMT" => true,
        [b'+' | b'-', offset @ ..] => {
            let digits = offset.iter().filter(|byte| byte.is_ascii_digit()).count();
            matches!(digits, 2 | 4 | 6) && offset.iter().all(|byte| byte.is_ascii_digit() || *byte == b':')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_read_as_written() {
        let third = date(2022, 2, 3);
        for (text, format, expected) in [
            ("2022-02-03", None, Some(third)),
            (" 2022-02-03 ", None, Some(third)),
            ("20220203", None, Some(third)),
            ("20220203T100000Z", None, Some(third)),
            ("20220203100000", None, Some(third)),
            ("20220203990000", None, None),
            ("2022-02-03T10:00:00Z", None, Some(third)),
            ("2022-02-03T23:59:59.123+0000", None, Some(third)),
            ("2022-02-03 10:00:00+01:00", None, Some(third)),
            ("2022-02-03 10:00:00 UTC", None, Some(third)),
            ("2022-02-03T00:30:00-11:00", None, Some(third)),
            ("03.02.2022", Some("%d.%m.%Y"), Some(third)),
            ("3.2.2022", Some("%d.%m.%Y"), Some(third)),
            ("Feb 3, 2022", Some("%b %d, %Y"), Some(third)),
            ("Thu, 03 Feb 2022 10:00:00 +0100", Some("%a, %d %b %Y %H:%M:%S %z"), Some(third)),
            ("2022-02-03", Some("%d.%m.%Y"), Some(third)),
            ("2022-02", Some("%Y-%m"), Some(date(2022, 2, 1))),
            ("2022", Some("%Y"), Some(date(2022, 1, 1))),
            ("٢٠٢٢-٠٢-٠٣", None, Some(third)),
            ("۲۰۲۲/۰۲/۰۳", Some("%Y/%m/%d"), Some(third)),
            ("٠٣\u{200f}/٠٢\u{200f}/٢٠٢٢", Some("%d/%m/%Y"), Some(third)),
            ("۱۴۰۰-۱۱-۱۴", None, None),
            ("2022-02", None, None),
            ("2022", None, None),
            ("03/02/2022", None, None),
            ("03022022", None, None),
            ("2022-2-3", None, None),
            ("2022-02-30", None, None),
            ("0000-00-00", None, None),
            ("1066-10-14", None, None),
            ("9999-12-31", None, None),
            ("2022-02-03 or so", None, None),
            ("2022-02-03T99:00", None, None),
            ("2022-02-03T", None, None),
            ("31.02.2022", Some("%d.%m.%Y"), None),
            ("03.02.22", Some("%d.%m.%Y"), None),
            ("", None, None),
            ("-1", None, None),
            ("２０２２-02-03", None, Some(third)),
            ("1643880000", None, None),
        ] {
            let formats: Vec<String> = format.iter().map(|format: &&str| (*format).to_owned()).collect();
            assert_eq!(parse(text, &formats, None).ok(), expected, "{text:?} by {format:?}");
        }
    }

    #[test]
    fn trouble_names_the_value_and_the_remedy() {
        let trouble = parse("03/02/2022", &[], None).unwrap_err();
        assert!(trouble.contains("03/02/2022") && trouble.contains("date_format"), "{trouble}");
        for (number, what) in
            [("45505", "spreadsheet"), ("45505.5", "spreadsheet"), ("1722506400", "1970"), ("1722506400000", "1970")]
        {
            let trouble = parse(number, &[], None).unwrap_err();
            assert!(trouble.contains(what), "{trouble}");
        }
        assert!(parse("1066-10-14", &[], None).unwrap_err().contains("1600 to 2100"));
    }

    #[test]
    fn the_first_format_that_fits_counts_and_a_swap_is_seen() {
        let formats = ["%d/%m/%Y", "%Y.%m.%d"].map(str::to_owned);
        for (text, expected, fits_swapped) in [
            ("03/02/2022", Some("2022-02-03"), true),
            ("2022.02.03", Some("2022-02-03"), true),
            ("02/13/2022", None, true),
            ("2022-02-03", Some("2022-02-03"), false),
            ("Feb. 3, 2022", Some("2022-02-03"), false),
            ("13/13/2022", None, false),
        ] {
            let found = parse(text, &formats, None).ok().map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
            assert_eq!(super::fits_swapped(text, &formats), fits_swapped, "{text}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_told_the_formats_that_it_fits() {
        for (text, remedy) in [
            ("04.03.2022", "date_format = \"%d.%m.%Y\""),
            ("2022/03/04", "date_format = \"%Y/%m/%d\""),
            ("03/04/2022", "date_format = \"%d/%m/%Y\" or \"%m/%d/%Y\", whichever is meant"),
            ("03/24/2022", "date_format = \"%m/%d/%Y\""),
            ("1/24/2020 10:00", "date_format = \"%m/%d/%Y %H:%M\""),
            ("gestern", "date_format = \"%d.%m.%Y\""),
        ] {
            let trouble = parse(text, &[], None).unwrap_err();
            assert!(trouble.ends_with(remedy), "{text}: {trouble}");
        }
    }
}
