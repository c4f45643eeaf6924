//! Reads the sources and fails on what the design forbids: edges between layers that do not point down, files and
//! printing outside their layers, anything in a result that differs from run to run, files too long to read.

mod house;
mod literals;
mod rules;
mod source;

use std::collections::{BTreeMap, BTreeSet};
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
fn words_of_a_language_stand_in_its_tables_only() {
    let found: Vec<String> = sources().unwrap().iter().flat_map(literals::check).collect();
    assert!(found.is_empty(), "make these classes in the language's tables:\n  {}", found.join("\n  "));
}

#[test]
fn the_check_of_literals_sees_words_and_nothing_else() {
    for (path, code, is_allowed) in literals::EXAMPLES {
        let said = literals::check(&Source::new(path, &format!("//! A file.\n{code}\n")));
        assert_eq!(said.is_empty(), is_allowed, "{path}: {code}\n  {said:?}");
    }
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

/// The text of tests, benches, examples and `lib.rs`, where a public item may be used too.
fn elsewhere() -> std::io::Result<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = std::fs::read_to_string(root.join("src/lib.rs"))?;
    for folder in ["tests", "benches", "examples", "fuzz"] {
        text.extend(read_sources(&root.join(folder))?.into_iter().map(|source| source.raw));
    }
    Ok(text)
}

#[test]
fn the_code_keeps_to_the_rules_of_the_house() {
    let found = house::tally(&house::offences(&sources().unwrap(), &elsewhere().unwrap()));
    let allowed = house::allowances(include_str!("allowances.txt"));
    let more = found.iter().filter(|(place, what)| what.len() > allowed.get(*place).copied().unwrap_or(0));
    let more: Vec<String> =
        more.map(|((rule, path), what)| format!("{rule} {path} {}: {}", what.len(), what.join("; "))).collect();
    let gone: Vec<String> = allowed
        .keys()
        .filter(|place| !found.contains_key(*place))
        .map(|(rule, path)| format!("{rule} {path}: no offence any more, its line must leave allowances.txt"))
        .collect();
    assert!(more.is_empty() && gone.is_empty(), "{}", [more, gone].concat().join("\n"));
}

#[test]
fn the_rules_of_the_house_see_what_they_are_for() {
    for (code, expected) in house::EXAMPLES {
        let source = Source::new("src/model/a.rs", &format!("//! A file.\n{code}\n"));
        let said: Vec<&str> = house::offences(&[source], "").iter().map(|offence| offence.rule).collect();
        assert_eq!(said, expected, "{code}");
    }
    let circle = [
        Source::new("src/text/mod.rs", "pub use a::First;"),
        Source::new("src/text/a.rs", "use crate::text::b::{self, Second};"),
        Source::new("src/text/b.rs", "use crate::text::First;"),
        Source::new("src/text/c.rs", "use crate::text::First;"),
    ];
    let said: Vec<String> = house::offences(&circle, "").into_iter().map(|offence| offence.path).collect();
    assert_eq!(said, ["src/text/a", "src/text/b"]);
}

/// Parts of the code, all of it and what is subtle, with the least number of comment lines that say why, in a thousand lines
/// of code. Families of features, which are many and plain, are left out.
const COMMENTED: [(&str, usize); 5] = [
    ("src/", 15),
    ("src/codebook/matching.rs", 30),
    ("src/learning/", 25),
    ("src/stats/learning/", 30),
    ("src/text/voice/", 25),
];

/// Lines that are a comment and no documentation, tests included.
fn comment_lines(source: &Source) -> usize {
    source.raw.lines().filter(|line| line.trim().starts_with("// ")).count()
}

/// Prints the measures of the code: `cargo test --test architecture measures -- --nocapture`.
#[test]
#[expect(clippy::print_stdout, reason = "shown on request only")]
fn the_measures_of_the_code_stay_within_reach() {
    let sources = sources().unwrap();
    let mut lengths: Vec<usize> =
        sources.iter().flat_map(|source| house::functions(&source.code)).map(|function| function.lines).collect();
    lengths.sort_unstable();
    let ninth = lengths[lengths.len() * 9 / 10];
    let longest = sources.iter().map(|source| (source.raw.lines().count(), &source.path)).max().unwrap();
    let lines = |source: &&Source| source.code.lines().filter(|line| !line.trim().is_empty()).count();
    println!("functions {}, nine of ten within {ninth} lines; longest file {longest:?}", lengths.len());
    let mut layers: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for source in &sources {
        let layer = layers.entry(source.layer().unwrap_or("lib")).or_default();
        layer[0] += lines(&source);
        layer[1] += comment_lines(source);
    }
    for (layer, [code, comments]) in &layers {
        println!("{layer:10} {code:6} lines of code, {comments:4} comment lines");
    }
    for (part, least) in COMMENTED {
        let of_part =
            sources.iter().filter(|source| source.path.starts_with(part) && !source.path.contains("/features/"));
        let (code, comments) =
            of_part.fold((0, 0), |sum, source| (sum.0 + lines(&source), sum.1 + comment_lines(source)));
        println!("{part}: {comments} comment lines to {code} of code");
        assert!(1000 * comments >= least * code, "{part}: say why at its special cases, with examples");
    }
    let offences = house::offences(&sources, &elsewhere().unwrap());
    for rule in offences.iter().map(|offence| offence.rule).collect::<BTreeSet<_>>() {
        println!("{rule}: {}", offences.iter().filter(|offence| offence.rule == rule).count());
    }
    assert!(ninth <= 22, "nine of ten functions are within {ninth} lines; split the longest");
    assert!(layers["cli"][0] < 3000, "the command line has {} lines of code", layers["cli"][0]);
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
