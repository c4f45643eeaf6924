//! Reads the sources and fails on what the design forbids: edges between layers that do not point down, files and
//! printing outside their layers, anything in a result that differs from run to run, files too long to read.

mod rules;
mod source;

use std::collections::BTreeSet;
use std::path::Path;

use rules::check;
use source::{Source, read_sources};

/// Layers that are in the code from its first day; a check that does not see them does not see the code.
const CORE: [&str; 3] = ["model", "report", "text"];

/// Every file of the library and the program.
fn sources() -> std::io::Result<Vec<Source>> {
    read_sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn the_code_keeps_to_its_layers() {
    let findings: Vec<String> = sources().unwrap().iter().flat_map(check).map(|finding| finding.to_string()).collect();
    assert!(findings.is_empty(), "{} places break the design:\n  {}", findings.len(), findings.join("\n  "));
}

#[test]
fn every_layer_of_the_library_is_seen() {
    let sources = sources().unwrap();
    let lib = sources.iter().find(|source| source.path == "src/lib.rs").expect("src/lib.rs");
    let declared: BTreeSet<&str> =
        lib.code.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let seen: BTreeSet<&str> = sources.iter().filter_map(Source::layer).filter(|layer| *layer != "main").collect();
    assert_eq!(declared, seen, "modules that lib.rs declares, and layers whose files were read");
    assert!(CORE.iter().all(|layer| seen.contains(layer)), "{CORE:?} not all in {seen:?}");
}

#[test]
fn the_check_complains_about_each_thing_forbidden() {
    for (path, text, expected) in rules::FORBIDDEN {
        let source = Source::new(path, &format!("//! A file.\n{text}"));
        let said: Vec<String> = check(&source).iter().map(ToString::to_string).collect();
        assert!(
            said.len() == 1 && said[0].contains(expected),
            "{path}: {text}\n  expected {expected:?}, got {said:#?}"
        );
    }
}

#[test]
fn the_check_passes_what_is_allowed() {
    for (path, text) in rules::ALLOWED {
        let source = Source::new(path, &format!("//! A file.\n{text}"));
        let said: Vec<String> = check(&source).iter().map(ToString::to_string).collect();
        assert!(said.is_empty(), "{path}: {text}\n  {said:#?}");
    }
}

#[test]
fn files_begin_with_their_purpose_and_stay_readable() {
    let long = format!("//! A file.\n{}", "//\n".repeat(600));
    for (text, expected) in [("use std::fmt;\n", "begins without"), (long.as_str(), "601 lines")] {
        let said: Vec<String> = check(&Source::new("src/model/a.rs", text)).iter().map(ToString::to_string).collect();
        assert!(said.len() == 1 && said[0].contains(expected), "expected {expected:?}, got {said:?}");
    }
}

/// Places where a word of a language would be a rule for one language only; the ids of rules stand in one table.
fn speaks_no_language(source: &Source) -> bool {
    let place = source.path.starts_with("src/text/voice/") || source.path == "src/coding/speakers.rs";
    place && source.path != "src/text/voice/rules.rs"
}

/// The string literals with letters in a source, but those in tests, comments and reasons of lints.
fn words_in(raw: &str) -> Vec<&str> {
    let code = raw.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("reason = "));
    let literals = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    literals.filter(|literal| without_escapes(literal).contains(char::is_alphabetic)).collect()
}

/// "\u{201C}" is a mark, whatever letters its number has.
fn without_escapes(literal: &str) -> String {
    let mut parts = literal.split("\\u{");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once('}').map(|(_, rest)| rest)).collect::<String>()
}

#[test]
fn rules_of_voice_hold_no_word_of_a_language() {
    let mut found = Vec::new();
    for source in sources().unwrap().iter().filter(|source| speaks_no_language(source)) {
        found.extend(words_in(&source.raw).into_iter().map(|word| format!("{}: {word:?}", source.path)));
    }
    assert!(found.is_empty(), "make these classes of src/text/language:\n  {}", found.join("\n  "));
    assert_eq!(words_in("let a = \"of\"; // \"by\"\nlet b = \"\\u{201C}\";\n// \"in\""), ["of", "by"]);
}
