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
