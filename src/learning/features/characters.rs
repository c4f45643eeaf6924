//! Runs of 3 to 5 characters between spaces, with the edges as `_`: they see endings, stems, misspellings, and the marks
//! that touch a word, such as scare quotes.

use crate::learning::features::{FeatureUnit, Sink};
use crate::text::TokenKind;

const SHORTEST: usize = 3;
const LONGEST: usize = 5;

/// What stands for the space before and after.
const EDGE: char = '_';

/// Adds every run of each stretch of tokens with nothing between them. It tells of the longest word in the stretch.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let mut padded = String::new();
    let mut starts = Vec::new();
    let mut first = unit.text.tokens.start;
    for touching in unit.text.tokens().chunk_by(|token, next| token.span.end == next.span.start) {
        let words = (first..).zip(touching).filter(|(_, token)| token.kind == TokenKind::Word);
        // The longest word says most; the first of two as long, so that the choice is the same each time.
        let longer = |a: (usize, usize), b: (usize, usize)| if b.1 > a.1 { b } else { a };
        sink.tell_of(words.map(|(place, token)| (place, token.span.len())).reduce(longer).map(|(place, _)| place));
        first += touching.len();
        padded.clear();
        // "ing_" is an ending and "_ing" a beginning; without the edges they were one feature.
        padded.push(EDGE);
        padded.extend(touching.iter().map(|token| unit.text.form(token)));
        padded.push(EDGE);
        starts.clear();
        starts.extend(padded.char_indices().map(|(at, _)| at));
        starts.push(padded.len());
        for length in SHORTEST..=LONGEST {
            for edges in starts.windows(length + 1) {
                sink.add(&[&padded[edges[0]..edges[length]]], 1.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::learning::features::{FeatureFamily, Sink, collect};
    use crate::learning::units::{Example, Instrument, Stretch, UnitReader};
    use crate::model::Document;

    fn names(text: &str) -> Vec<String> {
        let document = Document::new("1", "", text);
        let instrument = Instrument { families: vec![FeatureFamily::Characters], ..Instrument::default() };
        let example = Example { document: &document, stretch: Stretch::Whole, target: None };
        let mut sink = Sink::with_names();
        UnitReader::default()
            .with_unit(&instrument, &example, |unit| collect(unit, &[FeatureFamily::Characters], &mut sink));
        sink.names.unwrap_or_default().iter().map(|(_, name)| name.to_owned()).collect()
    }

    #[test]
    fn runs_stay_between_spaces_and_keep_the_marks_that_touch_a_word() {
        let cases = [
            ("I", vec!["_i_"]),
            (
                "É \u{201c}a\u{201d}",
                vec![
                    "_é_",
                    "_\u{201c}a",
                    "\u{201c}a\u{201d}",
                    "a\u{201d}_",
                    "_\u{201c}a\u{201d}",
                    "\u{201c}a\u{201d}_",
                    "_\u{201c}a\u{201d}_",
                ],
            ),
            ("ab cd", vec!["_ab", "ab_", "_ab_", "_cd", "cd_", "_cd_"]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|run| format!("characters:{run}")).collect();
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
