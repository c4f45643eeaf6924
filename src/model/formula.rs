//! Cells that a spreadsheet would compute, and the apostrophe that makes them text there. Corpora are scraped, so ids, outlets
//! and names may be somebody's formulas as well as texts may, and coders open tables in Excel.

use std::borrow::Cow;

/// What begins a formula: the signs that spreadsheets know, their wide forms, which some know in Japan, and what
/// they pass over before a sign.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A name, id or other label as a cell: behind an apostrophe where it begins with a sign of a formula and is no number.
///
/// [`unguarded`] gives the label back, whatever it is: one that has apostrophes before such a sign gets another.
#[must_use]
pub fn guarded(label: &str) -> Cow<'_, str> {
    if is_suspect(label) { Cow::Owned(format!("'{label}")) } else { Cow::Borrowed(label) }
}

/// The label that a cell was made of by [`guarded`].
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(label) if is_suspect(label) => label,
        _ => cell,
    }
}

/// Words of an article as a cell: behind an apostrophe where a spreadsheet would compute them. After an equals sign it does
/// always; after the other signs only where they call a function or a program, since numbers, handles and lists begin
/// with them too.
#[must_use]
pub fn guarded_words(words: &str) -> Cow<'_, str> {
    let mut characters = words.chars();
    let is_formula = match (characters.next(), characters.next()) {
        (Some('='), Some(_)) => true,
        (Some('+' | '-' | '@'), Some(second)) => !second.is_whitespace() && words.contains(['(', '|']),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

/// Whether a label begins, after any apostrophes, as a formula does.
fn is_suspect(label: &str) -> bool {
    // Nearly every cell, told by its first byte.
    if label.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let rest = label.trim_start_matches('\'');
    rest.starts_with(SIGNS) && !is_number(rest)
}

/// Whether a spreadsheet reads it as a number: `-0.25`, `+4.9e-12`, but not `-inf`.
fn is_number(cell: &str) -> bool {
    let is_of_number = |character: char| character.is_ascii_digit() || matches!(character, '+' | '-' | '.' | 'e' | 'E');
    cell.chars().all(is_of_number) && cell.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_begins_as_a_formula_stands_behind_an_apostrophe() {
        for (label, cell) in [
            ("=A1", "'=A1"),
            ("@SUM(3)", "'@SUM(3)"),
            ("@KyivPaper", "'@KyivPaper"),
            ("-1+1", "'-1+1"),
            ("-", "'-"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'=A1", "''=A1"),
            ("-inf", "'-inf"),
            ("-0.250000", "-0.250000"),
            ("+380441234567", "+380441234567"),
            ("'-5", "'-5"),
            ("'t Vrije Volk", "'t Vrije Volk"),
            ("a=b", "a=b"),
            ("", ""),
            ("'", "'"),
        ] {
            assert_eq!(guarded(label), cell, "{label}");
            assert_eq!(unguarded(cell), label, "{cell}");
        }
    }

    #[test]
    fn only_words_that_a_spreadsheet_would_compute_get_an_apostrophe() {
        for (words, is_guarded) in [
            ("=1+1", true),
            ("=HYPERLINK(\"https://example.org\")", true),
            ("@SUM(1,2)", true),
            ("+cmd|' /C calc'!A0", true),
            ("-2+3+cmd|' /C calc'!A0", true),
            ("-0.250000", false),
            ("- Reuters (file)", false),
            ("@KyivPaper: the bridge is shut", false),
            ("=", false),
            ("", false),
            ("1 = 1", false),
        ] {
            assert_eq!(guarded_words(words) != words, is_guarded, "{words}");
        }
    }
}
