//! Dictionaries of other programs as codebooks: what is kept means the same, what is not is listed.
//!
//! The losses of each dictionary here stand in a file `.losses` beside it. After a change that means to alter them:
//! `PARALLAX_RENEW=1 cargo test --test dictionaries`, and read the difference.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_text;
mod command;
mod meaning;
mod refusals;
mod shapes;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use parallax::codebook::import::{Content, Dictionary, FORMATS, Format, Imported, Outcome, convert};
use parallax::codebook::{self, Codebook};
use parallax::coding::{DocumentReader, code};
use parallax::corpus::read_dictionary;
use parallax::model::Document;

/// The dictionaries here, all written for these tests.
const FILES: [(&str, &str); 12] = [
    ("liwc", "liwc-2001.dic"),
    ("liwc", "liwc-2007.dic"),
    ("liwc-22", "liwc-22.dicx"),
    ("liwc-22", "liwc-22-semicolons.dicx"),
    ("quanteda", "quanteda-nested.yml"),
    ("quanteda", "quanteda-flat.yaml"),
    ("yoshikoder", "yoshikoder.ykd"),
    ("yoshikoder", "yoshikoder-regexp.ykd"),
    ("lexicoder", "lexicoder-3.lc3"),
    ("lexicoder", "lexicoder-2.lcd"),
    ("wordstat", "wordstat-weights.cat"),
    ("wordstat", "wordstat-rules.cat"),
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dictionaries").join(name)
}

/// A dictionary here, its import and the codebook.
fn imported(format: &str, file: &str) -> (Dictionary, Imported, Codebook) {
    let (text, _) = read_dictionary(&path(file)).unwrap();
    let format = Format::named(format).unwrap();
    let dictionary = (format.read)(&text).unwrap_or_else(|error| panic!("{file}:{error}"));
    let imported = convert(&dictionary, format, file);
    let codebook =
        codebook::parse(&imported.codebook, file).unwrap_or_else(|error| panic!("{error}\n{}", imported.codebook));
    (dictionary, imported, codebook)
}

/// The frames that the codebook codes a sentence by, in its order.
fn frames<'c>(codebook: &'c Codebook, sentence: &str) -> Vec<&'c str> {
    let document = Document::new("1", "", sentence);
    let coded = code(codebook, &document, &mut DocumentReader::default());
    let mut frames: Vec<usize> = coded.codings.iter().filter(|coding| coding.hit).map(|coding| coding.frame).collect();
    frames.sort_unstable();
    frames.dedup();
    frames.into_iter().map(|frame| codebook.frames[frame].id.as_str()).collect()
}

#[test]
fn every_format_has_two_dictionaries() {
    for format in FORMATS {
        assert!(FILES.iter().filter(|(name, _)| *name == format.name).count() >= 2, "{}", format.name);
    }
}

#[test]
fn the_format_is_told_by_the_file() {
    for (format, file) in FILES {
        let (text, _) = read_dictionary(&path(file)).unwrap();
        let extension = file.rsplit('.').next().unwrap();
        assert_eq!(Format::of_file(extension, &text).map(|found| found.name), Some(format), "{file}");
    }
    for (extension, text, expected) in [
        ("txt", "%\n1\tfun\n%\n", Some("liwc")),
        ("txt", "\n+FUN\nlaugh*\n", Some("lexicoder")),
        ("xml", "<?xml version='1.0'?><dictionary style='050805'>", Some("yoshikoder")),
        ("xml", "<?xml version='1.0'?><dictionary style='Lexicoder'>", Some("lexicoder")),
        ("YML", "fun: [laugh*]", Some("quanteda")),
        ("txt", "fun: [laugh*]", None),
    ] {
        assert_eq!(Format::of_file(extension, text).map(|found| found.name), expected, "{extension}: {text}");
    }
}

#[test]
fn losses_are_as_recorded() {
    for (format, file) in FILES {
        let (_, imported, _) = imported(format, file);
        let tally = imported.tally;
        let mut found = format!(
            "{} read = {} kept + {} approximated + {} dropped; {} repeated; empty: {}\n",
            tally.read,
            tally.kept,
            tally.approximated,
            tally.dropped,
            tally.repeated,
            imported.empty.join(", ")
        );
        for loss in &imported.losses {
            let cells = [&loss.category[..], &loss.entry, loss.outcome.as_str(), &loss.pattern, &loss.reason];
            writeln!(found, "{} | {}", loss.line, cells.join(" | ").replace('\t', " ")).unwrap();
        }
        let recorded = path(&format!("{file}.losses"));
        if std::env::var_os("PARALLAX_RENEW").is_some() {
            std::fs::write(&recorded, &found).unwrap();
        }
        assert_eq!(found, std::fs::read_to_string(&recorded).unwrap(), "{file}");
    }
}

#[test]
fn counts_reconcile() {
    for (format, file) in FILES {
        let (dictionary, imported, _) = imported(format, file);
        let tally = imported.tally;
        let entries: usize = dictionary.categories.iter().map(|category| category.entries.len()).sum();
        let lost = |outcome| imported.losses.iter().filter(|loss| loss.outcome == outcome).count();
        assert_eq!(tally.read, entries, "{file}");
        assert_eq!(tally.read, tally.kept + tally.approximated + tally.dropped, "{file}");
        assert_eq!(tally.approximated, lost(Outcome::Approximated), "{file}");
        assert_eq!(tally.dropped, lost(Outcome::Dropped), "{file}");
    }
}

#[test]
fn every_entry_that_is_not_dropped_matches_its_own_words() {
    let mut tried = 0;
    for (format, file) in FILES {
        let (dictionary, imported, codebook) = imported(format, file);
        for (index, category) in dictionary.categories.iter().enumerate() {
            let path = dictionary.path(index).join(" / ");
            let frame = codebook.frames.iter().find(|frame| frame.label == path).unwrap();
            for entry in &category.entries {
                let Content::Words(text) = &entry.content else { continue };
                // Evidence against the frame: alone it carries no sentence.
                if entry.weight.is_some_and(|weight| weight < 0.0) {
                    continue;
                }
                let is_dropped = |loss: &&parallax::codebook::import::Loss| {
                    loss.line == entry.line && loss.category == path && loss.outcome == Outcome::Dropped
                };
                if imported.losses.iter().any(|loss| is_dropped(&loss)) {
                    continue;
                }
                let text = if format == "wordstat" { text.replace('_', " ") } else { text.clone() };
                let sentence = format!("Yesterday {} mattered here.", text.replace('*', "").replace('?', "a").trim());
                assert!(frames(&codebook, &sentence).contains(&frame.id.as_str()), "{file}, {path}: {sentence}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 80, "only {tried} entries");
}

#[test]
fn a_codebook_is_the_same_at_every_import() {
    for (format, file) in FILES {
        let (first, second) = (imported(format, file).1, imported(format, file).1);
        assert_eq!(first, second, "{file}");
        assert!(first.codebook.is_ascii() || file.contains("flat") || file.contains("2001"), "{file}");
    }
}

#[test]
fn names_that_meet_are_told_apart() {
    let text = "SHIPS\n\tTUG (2)\nSHIPS_WEIGHT_2\n\tBARGE (1)\nships!\n\tRAFT (1)\n\t@A [RAFT NEAR SEA /S 2] (1)\n\t@A [SEA NEAR RAFT /S 1] (1)\n";
    let format = Format::named("wordstat").unwrap();
    let imported = convert(&(format.read)(text).unwrap(), format, "ships.cat");
    let codebook = codebook::parse(&imported.codebook, "ships.toml").unwrap();
    let ids: Vec<&str> = codebook.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["ships-weight-2-2", "ships-weight-2", "ships-2", "ships-2-a", "ships-2-a-2"]);
}
