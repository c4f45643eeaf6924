//! Dates whose month is a word, as newspapers and archives write them: `Feb. 5, 2024`, `February 6, 2024 Tuesday`,
//! `Tue, 06 Feb 2024 10:27:00 GMT`, `5. Februar 2024, 10:27 Uhr`.
//!
//! Nothing is guessed: the month is a word and the year has four digits, so that no number can be taken for another. A word
//! that means two months (`listopad` is October in Croatian, November in Polish) needs the record's language.

use std::sync::LazyLock;

use jiff::civil::Date;

/// Names of months, weekdays and seasons by language, as CLDR has them and newspapers shorten them: language, number of the month,
/// `day`, or `from` and the month in which a season begins, names. A point behind a name is left out.
const NAMES: &str = include_str!("date_names.tsv");

/// Words that may stand between the parts of a date.
const LINKS: [&str; 28] = [
    "at", "on", "of", "the", "um", "uhr", "den", "der", "am", "pm", "a.m", "p.m", "de", "del", "le", "à", "el", "las",
    "kl", "h", "г", "года", "року", "р", "r", "roku", "godz", "feira",
];

struct Language {
    code: &'static str,
    /// Month, or `None` for a weekday, by name.
    names: Vec<(&'static str, Option<i8>)>,
    /// Season and the month in which it begins.
    seasons: Vec<(&'static str, i8)>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(languages);

fn languages() -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for line in NAMES.lines() {
        let mut cells = line.split('\t');
        let (Some(code), Some(kind), Some(names)) = (cells.next(), cells.next(), cells.next()) else { continue };
        if languages.last().is_none_or(|last| last.code != code) {
            languages.push(Language { code, names: Vec::new(), seasons: Vec::new() });
        }
        let month = kind.parse().ok();
        let season = kind.strip_prefix("from ").and_then(|month| month.parse().ok());
        languages.iter_mut().filter(|language| language.code == code).for_each(|language| match season {
            Some(first) => language.seasons.extend(names.split(' ').map(|name| (name, first))),
            None => language.names.extend(names.split(' ').map(|name| (name, month))),
        });
    }
    languages
}

/// The date of `text`, read with the names of `language` and of English, or where it is not known with those of every
/// language here, as far as they agree; `None` where there is no such date, or more than one.
pub(super) fn parse(text: &str, language: Option<&str>) -> Option<Date> {
    let tokens = tokens(text);
    // Most texts that come here are numbers in another order.
    if tokens.len() < 3 || !text.contains(char::is_alphabetic) {
        return None;
    }
    let primary = language.map(|code| code.split(['-', '_']).next().unwrap_or(code).to_lowercase());
    let is_known = LANGUAGES.iter().any(|language| Some(language.code) == primary.as_deref());
    let is_meant =
        |language: &&Language| !is_known || language.code == "en" || Some(language.code) == primary.as_deref();
    let mut dates = LANGUAGES.iter().filter(is_meant).filter_map(|language| language.date(&tokens));
    let first = dates.next()?;
    dates.all(|date| date == first).then_some(first)
}

/// The first day of the month, or of the first of two, or of the season that `text` names with a year: "January 2009", "May/June 2009",
/// "Summer, 2008". A season begins with its first month north of the equator, and a winter in January of the year that is
/// named, in which most of it lies.
pub(super) fn first_day(text: &str) -> Option<Date> {
    let tokens = tokens(text);
    let mut dates = LANGUAGES.iter().filter_map(|language| language.first_day(&tokens));
    let first = dates.next()?;
    dates.all(|date| date == first).then_some(first)
}

/// Words and numbers, without the points and brackets around them.
fn tokens(text: &str) -> Vec<&str> {
    let is_sign = |c: char| matches!(c, '.' | '(' | ')' | '\u{200e}' | '\u{200f}');
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·'))
        .flat_map(parts)
        .map(|token| token.trim_matches(is_sign))
        .filter(|token| !token.is_empty())
        .collect()
}

/// `05-Feb-2024` and `5/Feb/2024` are three tokens, `10:27:00-05:00` and `-0500` one.
fn parts(piece: &str) -> Vec<&str> {
    if piece.contains(':') || piece.starts_with(['-', '+']) || !piece.contains(char::is_alphabetic) {
        return vec![piece];
    }
    piece.split(['-', '/']).collect()
}

impl Language {
    fn date(&self, tokens: &[&str]) -> Option<Date> {
        let (mut months, mut sure_months, mut day, mut year) = (Vec::new(), Vec::new(), None, None);
        for token in tokens {
            let lower = token.to_lowercase();
            let name = self.names.iter().filter(|(name, _)| *name == lower);
            let meanings: Vec<Option<i8>> = name.map(|(_, month)| *month).collect();
            if let Some(month) = meanings.iter().flatten().next() {
                months.push(*month);
                // "mar." is Tuesday or March in Spanish: a weekday where another word is the month.
                if !meanings.contains(&None) {
                    sure_months.push(*month);
                }
            } else if meanings.is_empty() && !is_beside(token, &lower) {
                let number = number(token)?;
                let place = if number >= 1000 { &mut year } else { &mut day };
                if place.replace(number).is_some() {
                    return None;
                }
            }
        }
        let [month] = (if sure_months.is_empty() { months } else { sure_months })[..] else { return None };
        Date::new(year?, month, i8::try_from(day?).ok()?).ok()
    }
}

impl Language {
    fn first_day(&self, tokens: &[&str]) -> Option<Date> {
        let [words @ .., year] = tokens else { return None };
        let month = match words {
            [word] => self.month(word).or_else(|| self.season(word))?,
            [first, last] => self.month(last).and(self.month(first))?,
            _ => return None,
        };
        Date::new(number(year).filter(|year| *year >= 1000)?, month, 1).ok()
    }

    fn month(&self, word: &str) -> Option<i8> {
        let lower = word.to_lowercase();
        self.names.iter().filter(|(name, _)| *name == lower).find_map(|(_, month)| *month)
    }

    /// The month in which a season begins.
    fn season(&self, word: &str) -> Option<i8> {
        let lower = word.to_lowercase();
        self.seasons.iter().find(|(name, _)| *name == lower).map(|(_, month)| *month)
    }
}

/// A year of four digits, or a day: `5`, `05`, `5th`, `1er`, `5º`.
fn number(token: &str) -> Option<i16> {
    let digits = token.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = &token[digits.len()..];
    let is_day =
        matches!(digits.len(), 1 | 2) && matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "°");
    let is_year = digits.len() == 4 && suffix.is_empty();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && (is_day || is_year) { digits.parse().ok() } else { None }
}

/// Whether a token says nothing of the day: a word between its parts, a time, a zone.
fn is_beside(token: &str, lower: &str) -> bool {
    let is_zone = token.len() <= 5 && token.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_time = token.contains(':')
        && token.starts_with(|c: char| c.is_ascii_digit())
        && token.bytes().all(|byte| byte.is_ascii_digit() || b":+-.zapm".contains(&byte.to_ascii_lowercase()));
    let is_offset = token.starts_with(['+', '-'])
        && token.len() >= 3
        && token[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    is_zone || is_time || is_offset || LINKS.contains(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_seasons_are_read_as_their_first_day() {
        for (text, expected) in [
            ("January 2009", Some("2009-01-01")),
            ("May/June 2009", Some("2009-05-01")),
            ("November-December, 2009", Some("2009-11-01")),
            ("Summer, 2008", Some("2008-06-01")),
            ("Fall 2008", Some("2008-09-01")),
            ("Winter 2008", Some("2008-01-01")),
            ("Herbst 2008", Some("2008-09-01")),
            ("f\u{e9}vrier 2009", Some("2009-02-01")),
            ("listopad 2009", None),
            ("2009", None),
            ("Trams 2009", None),
            ("May 5 2009", None),
            ("Spring in May 2009", None),
        ] {
            assert_eq!(first_day(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn months_are_read_as_words() {
        for (text, language, expected) in [
            ("Feb. 5, 2024", None, Some("2024-02-05")),
            ("April 9, 2024", None, Some("2024-04-09")),
            ("Sept. 2, 2024", None, Some("2024-09-02")),
            ("February 6, 2024 Tuesday", None, Some("2024-02-06")),
            ("March 8, 2024 Friday 10:27 AM GMT", None, Some("2024-03-08")),
            ("Tue, 06 Feb 2024 10:27:00 +0100", None, Some("2024-02-06")),
            ("Tue, 06 Feb 2024 10:27:00 GMT", None, Some("2024-02-06")),
            ("6th of February 2024 at 10:27 a.m. (EST)", None, Some("2024-02-06")),
            ("05-Feb-2024", None, Some("2024-02-05")),
            ("2024 March 8", None, Some("2024-03-08")),
            ("Mon Feb 05 10:27:00 EST 2024", None, Some("2024-02-05")),
            ("5. Februar 2024, 10:27 Uhr", Some("de"), Some("2024-02-05")),
            ("Montag, 5. März 2024", None, Some("2024-03-05")),
            ("mardi 5 mars 2024 à 10:27", Some("fr"), Some("2024-03-05")),
            ("1er août 2024", None, Some("2024-08-01")),
            ("mar. 5 mar. 2024", Some("es"), None),
            ("mar. 5 abr. 2024", Some("es"), Some("2024-04-05")),
            ("5 de mayo de 2024", Some("es"), Some("2024-05-05")),
            ("5 листопада 2024 р.", Some("uk"), Some("2024-11-05")),
            ("5 listopada 2024 r., godz. 14:05", Some("pl"), Some("2024-11-05")),
            ("quinta-feira, 5 de março de 2024", Some("pt"), Some("2024-03-05")),
            ("Mo., 5. Feb. 2024", Some("de"), Some("2024-02-05")),
            ("05. März 2024, 14:05 Uhr", Some("de"), Some("2024-03-05")),
            ("lundi 5 févr. 2024", Some("fr"), Some("2024-02-05")),
            ("понедельник, 5 февраля 2024 года", Some("ru"), Some("2024-02-05")),
            ("понеділок, 5 лютого 2024 року", Some("uk"), Some("2024-02-05")),
            ("poniedziałek, 5 lutego 2024", Some("pl"), Some("2024-02-05")),
            ("lunes, 5 de febrero de 2024", Some("es"), Some("2024-02-05")),
            ("lunedì 5 febbraio 2024", Some("it"), Some("2024-02-05")),
            ("maandag 5 februari 2024", Some("nl"), Some("2024-02-05")),
            ("Monday, Feb. 5th, 2024", None, Some("2024-02-05")),
            ("Updated: Feb. 5, 2024 5:10 p.m. ET", None, None),
            ("5 февраля 2024 г.", None, Some("2024-02-05")),
            ("5 listopada 2024", Some("pl"), Some("2024-11-05")),
            ("5 listopada 2024", Some("hr"), Some("2024-10-05")),
            ("5 listopada 2024", None, None),
            ("Feb 5, 24", None, None),
            ("February 2024", None, None),
            ("Feb 30, 2024", None, None),
            ("Feb 5 March 6, 2024", None, None),
            ("Feb 5, 2024 edition two", None, None),
            ("5/2/2024", None, None),
            ("soon", None, None),
        ] {
            let found = parse(text, language).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text:?} in {language:?}");
        }
    }
}
