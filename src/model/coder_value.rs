//! How people and their tools write what was coded: present, absent, or not coded. One reading for every command.

use std::borrow::Cow;

/// What a cell says of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The frame is there.
    Present,
    /// It is not.
    Absent,
    /// Nobody said.
    NotCoded,
    /// Something else stands there.
    Unclear,
}

/// Words for yes, in lower case: of people, and the truth values that spreadsheets show in the languages they are used in.
const PRESENT: &[&str] = &[
    "yes",
    "y",
    "true",
    "t",
    "x",
    "on",
    "present",
    "checked",
    "selected",
    "applies",
    "ja",
    "j",
    "wahr",
    "trifft zu",
    "oui",
    "vrai",
    "sí",
    "si",
    "verdadero",
    "sì",
    "vero",
    "sim",
    "verdadeiro",
    "tak",
    "prawda",
    "ano",
    "áno",
    "pravda",
    "evet",
    "doğru",
    "igen",
    "igaz",
    "waar",
    "kyllä",
    "tosi",
    "sand",
    "sandt",
    "sant",
    "sann",
    "da",
    "adevărat",
    "jah",
    "tõene",
    "да",
    "истина",
    "так",
    "істина",
    "ναι",
    "αληθές",
    "はい",
    "是",
    "真",
    "예",
    "네",
    "نعم",
    "כן",
    "हाँ",
    "✓",
    "✔",
    "☑",
    "✅",
];

/// Words for no.
const ABSENT: &[&str] = &[
    "no",
    "n",
    "false",
    "f",
    "off",
    "absent",
    "unchecked",
    "not checked",
    "not selected",
    "does not apply",
    "nein",
    "falsch",
    "trifft nicht zu",
    "non",
    "faux",
    "falso",
    "não",
    "nie",
    "fałsz",
    "nee",
    "onwaar",
    "nej",
    "nei",
    "ne",
    "nepravda",
    "hayır",
    "yanlış",
    "yanliş",
    "nem",
    "hamis",
    "ei",
    "epätosi",
    "väär",
    "falsk",
    "falskt",
    "usann",
    "usant",
    "nu",
    "fals",
    "нет",
    "ложь",
    "ні",
    "хибність",
    "όχι",
    "ψευδές",
    "いいえ",
    "否",
    "假",
    "아니요",
    "아니오",
    "لا",
    "לא",
    "नहीं",
    "[ ]",
    "[]",
    "☐",
    "✗",
    "✘",
    "❌",
];

/// Marks of a missing value: of R, pandas, databases, SPSS (a full stop), of spreadsheets in several languages, and what
/// people write where they did not decide. "none" in lower case is not among them, since coders write it for a category.
const MISSING: &[&str] = &[
    "", "NA", "N/A", "n/a", "na", "n.a.", "N.A.", "<NA>", "NaN", "nan", "NAN", "None", "NULL", "null", "Null", ".",
    "#N/A", "#NV", "#N/D", "NaT", "\\N", "-", "--", "\u{2013}", "\u{2014}", "?", "missing", "MISSING",
];

/// What a cell says of a frame: by 1 or 0 however written (`1`, `1.0`, `1,0`), by words for yes and no, or not at all.
#[must_use]
pub fn presence(cell: &str) -> Presence {
    if is_missing_mark(cell) {
        return Presence::NotCoded;
    }
    let word = plain_signs(cell).trim().to_lowercase();
    // The sign by which a spreadsheet is told that a cell is text.
    let word = word.strip_prefix('\'').unwrap_or(&word);
    match presence_of_word(word) {
        Presence::Unclear => presence_of_parts(word),
        presence => presence,
    }
}

fn presence_of_word(word: &str) -> Presence {
    match decimal(word) {
        Some(number) if (number - 1.0).abs() < f64::EPSILON => Presence::Present,
        Some(number) if number.abs() < f64::EPSILON => Presence::Absent,
        _ if PRESENT.contains(&word) => Presence::Present,
        _ if ABSENT.contains(&word) => Presence::Absent,
        _ => Presence::Unclear,
    }
}

/// A value beside its label, as surveys and statistics packages export it ("1 = yes", "no (0)"), and a mark in brackets
/// ("[x]"). All parts must say the same: "1 = none" and "1 = low" stay unclear.
fn presence_of_parts(word: &str) -> Presence {
    let parts = word.split(['=', ':', '(', ')', '[', ']', '"']).map(|part| part.trim().trim_end_matches('.'));
    let mut said = parts.filter(|part| !part.is_empty()).map(presence_of_word);
    let first = said.next().unwrap_or(Presence::Unclear);
    if said.all(|next| next == first) { first } else { Presence::Unclear }
}

/// Whether a cell says that nothing is known.
#[must_use]
pub fn is_missing_mark(cell: &str) -> bool {
    let cell = cell.trim();
    // "#REF!", "#WERT!", "#NAME?": a formula that failed, in any language.
    let failed = cell.len() > 2 && cell.starts_with('#') && cell.ends_with(['!', '?']);
    failed || MISSING.contains(&cell)
}

/// A cell without signs that nobody sees (zero width, the selector behind an emoji), and with full-width letters and
/// digits, which East Asian keyboards type, as ordinary ones.
fn plain_signs(cell: &str) -> String {
    cell.chars().filter(|c| !is_unseen(*c)).map(narrow).collect()
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}')
}

/// A text with the digits of other scripts (Arabic, Persian, Devanagari, Bengali, Thai, full width) as the ordinary ones, and without
/// marks of the direction of writing, which spreadsheets put between them.
#[must_use]
pub fn plain_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(plain_signs(text)) }
}

/// The ordinary digit for one of another script.
fn other_digit(digit: u32) -> Option<char> {
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&digit))?;
    char::from_digit(digit - zero, 10)
}

/// Zeros of digits of other scripts, which their nine others follow.
const ZEROS: [u32; 5] = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

fn narrow(c: char) -> char {
    match u32::from(c) {
        // The decimal mark that stands between Arabic digits.
        0x066b => '.',
        digit @ 0x0660..=0x0e59 => other_digit(digit).unwrap_or(c),
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a number beside 0 and 1 is one of those that statistics packages have for "missing": -9, 9, 99, 888.
#[must_use]
pub fn is_missing_code(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let first = digits.chars().next().filter(|digit| matches!(digit, '7'..='9'));
    let negative = digits.len() < cell.len() && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits != "0";
    !digits.is_empty() && (negative || first.is_some_and(|first| digits.chars().all(|digit| digit == first)))
}

/// A finite number, with a point or a comma before its decimals; `None` of anything else, and of thousands that are set
/// apart, since "1,234" may be either.
#[must_use]
pub fn decimal(cell: &str) -> Option<f64> {
    let cell = &*plain_digits(cell.trim());
    let starts = cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ','));
    let marks = cell.bytes().filter(|byte| matches!(byte, b'.' | b',')).count();
    if !starts || marks > 1 {
        return None;
    }
    cell.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

/// A value that may be anything, as it is compared: numbers by one spelling, other words without the space around them.
#[must_use]
pub fn plain_value(cell: &str) -> String {
    decimal(cell).map_or_else(|| cell.trim().to_owned(), |number| number.to_string())
}

/// An id as it is compared where a spreadsheet may have taken it for a number: `0012`, `12.0` and `12,0` are `12`.
#[must_use]
pub fn comparable_id(id: &str) -> String {
    let id = id.trim();
    let whole = id.strip_suffix(".0").or_else(|| id.strip_suffix(",0")).unwrap_or(id);
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return id.to_owned();
    }
    let bare = whole.trim_start_matches('0');
    if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_spells_yes_no_and_nothing_its_own_way() {
        for (cells, expected) in [
            (
                &["1", "1.0", "1,0", " 1 ", "1.", "+1", "01", "1e0", "TRUE", "true", "T", "Yes", "y", "x", "X"][..],
                Presence::Present,
            ),
            (
                &[
                    "Ja",
                    "WAHR",
                    "oui",
                    "VRAI",
                    "Sí",
                    "VERDADERO",
                    "ИСТИНА",
                    "да",
                    "✓",
                    "✔\u{fe0f}",
                    "１",
                    "١",
                    "۱",
                    "'1",
                ],
                Presence::Present,
            ),
            (
                &[
                    "0",
                    "0.0",
                    "0,0",
                    "-0",
                    "0,00",
                    "FALSE",
                    "F",
                    "no",
                    "N",
                    "Nein",
                    "FALSCH",
                    "FAUX",
                    "нет",
                    "0\u{200b}",
                    "٠",
                    "۰٫۰",
                    "ONWAAR",
                ],
                Presence::Absent,
            ),
            (&["2", "0.5", "0,5", "maybe", "1 or 0", "1,000.0", "none", "inf", "11", "10"], Presence::Unclear),
        ] {
            for cell in cells {
                assert_eq!(presence(cell), expected, "{cell:?}");
            }
        }
    }

    #[test]
    fn a_value_may_stand_beside_its_label_and_in_any_language() {
        for (cells, expected) in [
            (
                &["1 = yes", "yes (1)", "[x]", "Yes.", "1: ja", "PRAVDA", "SANN", "はい", "ναι", "Selected", "\"1\""][..],
                Presence::Present,
            ),
            (
                &["0 = no", "no (0)", "[ ]", "No.", "YANLIŞ", "NEPRAVDA", "USANN", "いいえ", "όχι", "Not selected"],
                Presence::Absent,
            ),
            (&["1 = none", "1 = low", "0 = yes", "yes no", "(2)", "()", "1 (of 3)", "="], Presence::Unclear),
            (
                &[
                    "", " ", "\u{a0}", "NA", "N/A", "#N/A", "#NV", "NaN", "nan", "None", "NULL", ".", "<NA>", "-", "?",
                    "#REF!",
                ],
                Presence::NotCoded,
            ),
        ] {
            for cell in cells {
                assert_eq!(presence(cell), expected, "{cell:?}");
            }
        }
    }

    #[test]
    fn numbers_that_packages_have_for_missing_are_told_from_codes() {
        for (cell, expected) in [
            ("-9", true),
            ("-1", true),
            ("99", true),
            ("9", true),
            ("888", true),
            ("2", false),
            ("98", false),
            ("-", false),
            ("-0", false),
        ] {
            assert_eq!(is_missing_code(cell), expected, "{cell}");
        }
    }

    #[test]
    fn numbers_have_a_point_or_a_comma() {
        for (cell, expected) in [
            ("0.25", Some(0.25)),
            ("0,25", Some(0.25)),
            ("6,7E-01", Some(0.67)),
            ("1E+09", Some(1e9)),
            ("1.234,5", None),
            ("infinity", None),
            ("nan", None),
            ("", None),
        ] {
            assert_eq!(decimal(cell), expected, "{cell:?}");
        }
        for (id, expected) in
            [("0012", "12"), ("12.0", "12"), ("12,0", "12"), ("000", "0"), ("a01", "a01"), ("1.5", "1.5")]
        {
            assert_eq!(comparable_id(id), expected, "{id:?}");
        }
        assert_eq!(["2,0", "2.0", " 2", "a "].map(plain_value), ["2", "2", "2", "a"]);
    }
}
