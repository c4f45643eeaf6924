//! Words of a language stand in its tables only: what string literals of the code may hold, and what they may be held
//! against.
//!
//! In the rules of voice and stance no literal holds a letter. Where features and texts are looked at, literals name
//! features and tags, so there it is only forbidden to hold a text against one.

use crate::source::{Literal, Source};

/// Files and folders whose literals hold no letters.
const WORDLESS: [&str; 6] = [
    "src/text/voice/",
    "src/text/passage.rs",
    "src/text/clauses.rs",
    "src/text/boundaries.rs",
    "src/text/sentences.rs",
    "src/coding/speakers.rs",
];

/// Files and folders that hold no text against a literal with letters.
const UNCOMPARED: [&str; 3] = ["src/text/", "src/coding/", "src/learning/features/"];

/// Files that may: ids of rules; the readers of the tables, which name their columns; addresses, tags and letters of
/// damaged texts, which are no language's.
const EXCEPT: [&str; 5] = [
    "src/text/voice/rules.rs",
    "src/text/language/",
    "src/text/addresses.rs",
    "src/text/markup.rs",
    "src/text/double_decoding.rs",
];

/// Literals with letters where none may be, as `path:line: "literal"`.
pub(crate) fn check(source: &Source) -> Vec<String> {
    let within = |places: &[&str]| places.iter().any(|place| source.path.starts_with(place));
    if within(&EXCEPT) {
        return Vec::new();
    }
    let literals = source.literals.iter().filter(|literal| has_letter(&literal.text) && !is_exempt(literal));
    literals
        .filter(|literal| within(&WORDLESS) || (within(&UNCOMPARED) && is_compared(literal)))
        .map(|literal| format!("{}:{}: {:?}", source.path, literal.line, literal.text))
        .collect()
}

/// Outside escapes such as `\u{AB}` and `\n`.
fn has_letter(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        if rest[..at].contains(char::is_alphabetic) {
            return true;
        }
        let escaped = &rest[at + 1..];
        let end = if escaped.starts_with("u{") { escaped.find('}').map_or(escaped.len(), |end| end + 1) } else { 1 };
        rest = escaped.get(end..).unwrap_or_default();
    }
    rest.contains(char::is_alphabetic)
}

/// The reason of an `expect`, a file that is included, and bytes, which hold characters and no words: `b"IVX"`.
fn is_exempt(literal: &Literal) -> bool {
    ["reason =", "include_str!(", "include_bytes!(", " b", "(b"].iter().any(|opening| literal.before.ends_with(opening))
}

/// Whether a text is held against it: `== "to"`, `ends_with("ed")`, `"who" | "which" =>`.
fn is_compared(literal: &Literal) -> bool {
    let calls = ["with(", "contains(", "_prefix(", "_suffix(", "eq_ignore_ascii_case("];
    let before = ["==", "!="].iter().chain(&calls).any(|opening| literal.before.ends_with(opening));
    before || literal.after.starts_with("=>") || literal.after.starts_with("| ")
}

/// Path, code and whether it is allowed.
pub(crate) const EXAMPLES: [(&str, &str, bool); 10] = [
    ("src/text/voice/a.rs", "fn f(word: &str) -> bool { word == \"said\" }", false),
    ("src/text/voice/a.rs", "const OPEN: &str = \"\\u{201C}\\n\";", true),
    ("src/text/voice/a.rs", "fn f(byte: &u8) -> bool { b\"IVX\".contains(byte) }", true),
    ("src/text/voice/a.rs", "#[expect(clippy::all, reason = \"words\")]\nfn f() {}", true),
    ("src/text/voice/a.rs", "#[cfg(test)]\nmod tests { const A: &str = \"said\"; }", true),
    ("src/text/voice/rules.rs", "const A: &str = \"stance/denied\";", true),
    ("src/learning/features/a.rs", "fn f(sink: &mut Sink) { sink.add(&[\"role:owner\"], 1.0); }", true),
    ("src/learning/features/a.rs", "fn f(word: &str) -> bool { word.ends_with(\"ed\") }", false),
    ("src/learning/features/a.rs", "fn f(word: &str) -> u8 { match word { \"who\" | \",\" => 1, _ => 0 } }", false),
    ("src/report/a.rs", "fn f(word: &str) -> bool { word == \"said\" }", true),
];
