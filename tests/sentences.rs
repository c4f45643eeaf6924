//! Where sentences end: a table of hard cases, and what holds for every text.

use parallax::model::Span;
use parallax::text::{Language, sentence_spans};
use proptest::prelude::*;

fn sentences<'a>(text: &'a str, language: Option<&Language>) -> Vec<&'a str> {
    sentence_spans(text, Span::new(0, text.len()), language).into_iter().map(|span| span.of(text)).collect()
}

#[test]
fn sentences_end_where_a_reader_would_end_them() {
    let table = include_str!("text/sentences.txt");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (category, case) = line.split_once(": ").expect(line);
        let marked =
            case.split_once(" => ").map_or(case, |(_, marked)| marked).replace("\\n", "\n").replace("\\r", "\r");
        let text = marked.replace('|', "");
        let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let language = if category.starts_with("none/") { None } else { Language::of("en") };
        let found = sentences(&text, language);
        if found != expected {
            wrong.push(format!("{category}:\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_hour_that_heads_an_entry_of_a_live_blog_is_no_sentence() {
    for (text, expected) in [
        ("10:42am\nThe harvest began.\n10.50 BST\nGrowers smiled.", &["The harvest began.", "Growers smiled."][..]),
        ("11:02\n\nAll was lost.\n\n(12.15 p.m. ET)\n\nRain.", &["All was lost.", "Rain."]),
        ("10:42am: The harvest began.", &["10:42am: The harvest began."]),
        ("It began at 10:42.", &["It began at 10:42."]),
        ("10.50\nRain.", &["10.50", "Rain."]),
    ] {
        assert_eq!(sentences(text, Language::of("en")), expected, "{text:?}");
    }
}

#[test]
fn a_text_of_blanks_has_no_sentence() {
    for text in ["", " ", "\n\n \t\r\n", "\u{A0}\u{FEFF}\u{200B}"] {
        assert!(sentences(text, None).is_empty(), "{text:?}");
    }
}

#[test]
fn a_megabyte_without_punctuation_is_one_sentence() {
    let text = "said ".repeat(200_000);
    assert_eq!(sentences(&text, Language::of("en")).len(), 1);
}

#[test]
fn a_megabyte_of_one_character_is_read_to_its_end() {
    for unit in ["\"", ".", ". ", "!", "a.", "A. ", "(", "' ", "\u{301}", "。", "\n", "- ", "x\n", "\u{2026} ", ")."] {
        let text = unit.repeat(1_000_000 / unit.len());
        let spans = sentence_spans(&text, Span::new(0, text.len()), Language::of("en"));
        let last = spans.last().map_or(text.as_str(), |span| &text[span.end..]);
        assert!(!last.contains(char::is_alphanumeric), "{unit:?} leaves {} bytes", last.len());
    }
}

#[test]
fn stays_inside_the_span_it_is_given() {
    let text = "One. Two. Three. Four.";
    let inside = sentence_spans(text, Span::new(5, 16), Language::of("en"));
    assert_eq!(inside.into_iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["Two.", "Three."]);
}

/// Whether nothing is said there but an hour.
fn is_gap(text: &str) -> bool {
    let is_hour = |line: &str| line.contains(':') && !line.contains(char::is_alphabetic);
    text.split(['\n', '\r']).all(|line| !line.contains(char::is_alphanumeric) || is_hour(line))
}

proptest! {
    #[test]
    fn sentences_and_the_blanks_between_them_are_the_text(text in r#"(\PC|[ .!?"'”»()A-Cа-в0-2/:\n\r\-…。]|U\.S\. |Gen\. |https://)*"#) {
        for language in [None, Language::of("en")] {
            let mut at = 0;
            for span in sentence_spans(&text, Span::new(0, text.len()), language) {
                prop_assert!(at <= span.start && span.start < span.end);
                prop_assert!(!span.of(&text).starts_with(char::is_whitespace) && !span.of(&text).ends_with(char::is_whitespace));
                prop_assert!(is_gap(&text[at..span.start]));
                at = span.end;
            }
            prop_assert!(is_gap(&text[at..]));
        }
    }
}
