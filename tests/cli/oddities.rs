//! Odd input that a run copes with: what is kept, what is left out and why, and that the counts agree everywhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::Value;

use crate::folder::{ARTICLES, CODEBOOK, Folder, STUDY};
use crate::refusals::utf16;

/// Name, content of articles.csv, documents kept, and of each record left out: number, reason, a part of the detail.
type Case = (&'static str, Vec<u8>, u64, &'static [(u64, &'static str, &'static str)]);

#[test]
fn records_that_cannot_be_used_are_left_out_and_counted() {
    let cases: Vec<Case> = vec![
        ("duplicate id", with("q-1,Quay Mail,2023-05-09,Again,Again.\n"), 4, &[(5, "duplicate-id", "\"q-1\" is already the id of articles.csv, record 1")]),
        ("too many fields", with("x,Quay Mail,2023-05-09,Stop,It stops, it said.\n"), 4, &[(5, "field-count", "6 fields where the header has 5, line 6")]),
        ("too few fields", with("x,Quay Mail,2023-05-09\n"), 4, &[(5, "field-count", "3 fields where the header has 5, line 6")]),
        ("NUL byte", with("x,Quay Mail,2023-05-09,a\0b,c\n"), 4, &[(5, "malformed", "NUL byte in line 6; remove")]),
        ("date in another order", with("x,Quay Mail,9/5/2023,Stop,It stops.\n"), 4, &[(5, "bad-date", "\"9/5/2023\" is no date")]),
        ("day that does not exist", with("x,Quay Mail,2023-02-30,Stop,It stops.\n"), 4, &[(5, "bad-date", "\"2023-02-30\"")]),
        ("absurd year", with("x,Quay Mail,9999-05-09,Stop,It stops.\n"), 4, &[(5, "bad-date", "expected 1600 to 2100")]),
        ("month only", with("x,Quay Mail,2023-05,Stop,It stops.\n"), 4, &[(5, "bad-date", "date_format = \"%Y-%m\"")]),
        ("no date", with("x,Quay Mail,,Stop,It stops.\n"), 4, &[(5, "missing-date", "compares periods")]),
        ("no outlet", with("x,,2023-05-09,Stop,It stops.\n"), 4, &[(5, "missing-outlet", "\"outlet\"")]),
        ("neither title nor text", with("x,Quay Mail,2023-05-09, ,\t\n"), 4, &[(5, "missing-text", "neither")]),
        ("title only", with("x,Quay Mail,2023-05-09,Stop,\n"), 5, &[]),
        ("no word in it", with("x,Quay Mail,2023-05-09,?!,\u{2026}\n"), 5, &[]),
        ("no id", with(",Quay Mail,2023-05-09,Stop,It stops.\n"), 5, &[]),
        ("quote never closed", with("x,Quay Mail,2023-05-09,\"Stop,It stops.\ny,Lighthouse,2023-05-09,a,b\n"), 6, &[]),
        ("quote never closed in the last record", with("x,Quay Mail,2023-05-09,\"Stop,It stops.\nIt goes on.\n"), 4, &[(5, "malformed", "opened in line 6 is never closed; all up to the end, line 7")]),
        ("stray quote that swallows a record", with("x,Quay Mail,2023-05-09,\"Stop,a\ny,Quay Mail,2023-05-09,\"Go\",b\nz,Quay Mail,2023-05-09,c,d\n"), 7, &[]),
        ("line ends of three kinds", with("x,Quay Mail,2023-05-09,a,b\r\ny,Quay Mail,2023-05-09,c,d\rz,Quay Mail,2023-05-09,e,\"f\r\ng\"\n\n\r\n"), 7, &[]),
        ("no line end at the end", ARTICLES.trim_end().into(), 4, &[]),
        ("UTF-8 with a mark", ["\u{feff}".as_bytes(), ARTICLES.as_bytes()].concat(), 4, &[]),
        ("UTF-16 with a mark", utf16(&format!("\u{feff}{ARTICLES}"), u16::to_be_bytes), 4, &[]),
        ("little-endian UTF-16 without a mark", utf16(ARTICLES, u16::to_le_bytes), 4, &[]),
        ("big-endian UTF-16 without a mark", utf16(ARTICLES, u16::to_be_bytes), 4, &[]),
        ("Windows-1252", latin("x,Quay Mail,2023-05-09,Caf\u{e9},\u{a0}Une all\u{e9}e\n", b""), 5, &[]),
        ("byte that Windows-1252 does not have", latin("x,Quay Mail,2023-05-09,Stra\u{df}e \u{fc}ber \u{e4}\u{f6}\u{fc}\u{df}\u{e9}\u{e8},\u{e0}\u{e7} et caf\u{e9} d\u{e9}j\u{e0} pr\u{ea}t \u{e0} \u{ea}tre bu \u{e0} la for\u{ea}t; \u{e9}t\u{e9} apr\u{e8}s \u{e9}t\u{e9}\n", b"y,Quay Mail,2023-05-09,\x81,b\n"), 5, &[(6, "undecodable", "stands for no character of windows-1252; save the file as UTF-8")]),
        ("broken UTF-8", with_bytes("x,Quay Mail,2023-05-09,\u{416}\u{43e}\u{43b}\u{442}\u{44b}\u{439} \u{442}\u{440}\u{430}\u{43c}\u{432}\u{430}\u{439},a\n".as_bytes(), b"y,Quay Mail,2023-05-09,\xd0,b\n"), 5, &[(6, "undecodable", "line 7")]),
    ];
    for (name, content, kept, excluded) in cases {
        let folder = Folder::new();
        folder.write("articles.csv", content);
        reconcile(name, &folder, "articles.csv", kept, excluded);
    }
}

#[test]
fn a_rule_that_a_crowded_line_would_keep_busy_is_given_up_there_and_said_to_be() {
    let folder = Folder::new();
    let crowded = "out ".repeat(4_000);
    folder.write("articles.csv", format!("{ARTICLES}x,Quay Mail,2023-05-09,Tram and budget,{crowded}\n"));
    let rule =
        "\n[[rule]]\nid = \"walk-out\"\nframe = \"cost\"\nmatch = \"out NEAR/100 out NEAR/100 out NEAR/100 out\"\n";
    folder.write("codebook.toml", format!("{CODEBOOK}{rule}"));
    let said = folder.done(&["code", "study.toml"]).out;
    let (sign, remedy) =
        ("Looks odd in 1 document: a sentence so crowded with a rule's words", "a smaller distance (NEAR/10)");
    assert!(said.contains(sign) && said.contains(remedy), "{said}");
    assert!(!folder.text("results/codings.csv").contains("walk-out"));
    let line = "1 document: a sentence so crowded with the pattern's words";
    let found = folder.parallax(&["find", "study.toml", "out NEAR/100 out NEAR/100 out NEAR/100 out"]);
    assert!(found.errors.contains(line), "{}", found.errors);
    folder.write("articles.csv", format!("{ARTICLES}x,Quay Mail,2023-05-09,Tram and budget,{}\n", "out ".repeat(40)));
    let said = folder.done(&["code", "study.toml"]).out;
    assert!(!said.contains(sign), "{said}");
    assert!(folder.text("results/codings.csv").contains("walk-out"));
}

#[test]
fn a_field_of_fifty_megabytes_is_left_out() {
    let folder = Folder::new();
    let mut content = format!("{ARTICLES}x,Quay Mail,2023-05-09,Long,\"").into_bytes();
    content.resize(content.len() + 50_000_000, b'a');
    content.extend_from_slice(b"\"\ny,Quay Mail,2023-05-09,After,It goes on.\n");
    folder.write("articles.csv", content);
    reconcile("50 MB", &folder, "articles.csv", 5, &[(5, "too-long", "begins in line 6; it ends in line 6;")]);
}

#[test]
fn broken_lines_of_json_are_left_out() {
    let folder = Folder::new();
    let lines = concat!(
        "{\"id\": 1, \"outlet\": \"Quay Mail\", \"date\": \"2023-05-02\", \"text\": \"The tram came.\"}\n",
        "{\"id\": 2, \"outlet\":\n",
        "[1]\n",
        "{\"id\": 3, \"outlet\": \"Quay Mail\", \"text\": \"No day.\"}\n",
        "{\"id\": 4, \"outlet\": \"Lighthouse\", \"date\": null, \"text\": \"No day.\"}\n",
        "{\"id\": 5, \"outlet\": \"Lighthouse\", \"date\": \"2023-05-02\", \"text\": \"\\ud800\"}\n",
        "\n",
        "{\"id\": 6, \"outlet\": \"Lighthouse\", \"date\": \"2023-05-02\", \"text\": \"Nine stops.\"} trailing\n",
    );
    folder.write("articles.jsonl", lines).edit("study.toml", "articles.csv", "articles.jsonl");
    let excluded = &[
        (2, "malformed", "line 2, column 19: the line ends in the middle of a value; expected one JSON object"),
        (3, "malformed", "line 3, column 1: this is no object; expected one JSON object"),
        (4, "missing-date", "no date"),
        (5, "missing-date", "no date"),
        (6, "malformed", "half a character"),
        (7, "malformed", "line 8"),
    ];
    reconcile("JSON Lines", &folder, "articles.jsonl", 1, excluded);
}

#[test]
fn a_compressed_corpus_is_read_as_it_is() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(ARTICLES.as_bytes()).unwrap();
    let zstd = zstd::encode_all(ARTICLES.as_bytes(), 1).unwrap();
    for (name, bytes) in [("articles.csv.gz", gzip.finish().unwrap()), ("articles.csv.zst", zstd)] {
        let folder = Folder::new();
        folder.write(name, bytes).edit("study.toml", "articles.csv", name);
        reconcile(name, &folder, name, 4, &[]);
    }
}

#[test]
fn an_encoding_other_than_utf_8_is_told() {
    for (bytes, note) in [
        (utf16(ARTICLES, u16::to_le_bytes), "articles.csv: read as utf-16le"),
        (latin("x,Quay Mail,2023-05-09,Caf\u{e9},Une all\u{e9}e\n", b""), "articles.csv: read as windows-1252"),
        (ARTICLES.replace(',', ";").into_bytes(), "articles.csv: read with semicolons between the fields"),
    ] {
        let folder = Folder::new();
        folder.write("articles.csv", bytes);
        let said = folder.parallax(&["run", "study.toml"]);
        assert!(said.out.contains(note), "{note}: {}", said.out);
    }
}

#[test]
fn results_of_earlier_runs_are_no_articles() {
    for (path, output) in [(".", "results"), ("*.csv", "."), ("**/*.csv", "deep/results"), (".", ".")] {
        let folder = Folder::new();
        let study = STUDY.replace("articles.csv", path).replace("title", &format!("output = \"{output}\"\ntitle"));
        folder.write("study.toml", study);
        folder.done(&["run", "study.toml"]);
        let first = folder.files();
        let again = folder.done(&["run", "study.toml"]);
        assert!(again.out.starts_with("4 records read = 4 kept + 0 excluded"), "{path}, {output}: {}", again.out);
        assert!(folder.files() == first, "{path}, {output}");
        folder.done(&["run", "study.toml", "--output", "second"]);
        folder.done(&["verify", "study.toml"]);
    }
}

/// Runs, and holds the summary, excluded.csv, documents.csv and manifest.json against each other and the expectation.
fn reconcile(name: &str, folder: &Folder, file: &str, kept: u64, excluded: &[(u64, &str, &str)]) {
    let said = folder.done(&["run", "study.toml"]);
    let read = kept + excluded.len() as u64;
    let mut by_reason: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, reason, _) in excluded {
        *by_reason.entry(reason).or_default() += 1;
    }
    let summary = format!("{read} records read = {kept} kept + {} excluded", excluded.len());
    assert!(said.out.starts_with(&summary), "{name}: {}", said.out);
    for (reason, count) in &by_reason {
        assert!(said.out.lines().next().unwrap().contains(&format!("{count} {reason}")), "{name}: {}", said.out);
    }
    let rows = folder.rows("results/excluded.csv");
    let mut found = String::new();
    for row in &rows {
        assert_eq!(row["file"], file, "{name}");
        writeln!(found, "{} {} {}", row["record"], row["reason"], row["detail"]).unwrap();
    }
    assert_eq!(rows.len(), excluded.len(), "{name}: {found}");
    for ((record, reason, detail), row) in excluded.iter().zip(&rows) {
        let fits = row["record"] == record.to_string() && row["reason"] == *reason && row["detail"].contains(detail);
        assert!(fits, "{name}: expected {record} {reason} {detail} in\n{found}");
    }
    let manifest: Value = serde_json::from_str(&folder.text("results/manifest.json")).unwrap();
    let all = serde_json::json!({ "read": read, "kept": kept, "excluded": by_reason });
    assert_eq!(manifest["records"], all, "{name}");
    let inputs = manifest["inputs"].as_array().unwrap();
    let of_file = serde_json::json!({ "read": read, "kept": kept, "excluded": excluded.len() });
    assert_eq!(inputs.iter().find(|input| input["path"] == file).unwrap()["records"], of_file, "{name}");
    let documents: std::collections::BTreeSet<String> =
        folder.rows("results/documents.csv").into_iter().map(|row| row["document"].clone()).collect();
    assert_eq!(documents.len() as u64, kept, "{name}");
}

fn with(more: &str) -> Vec<u8> {
    with_bytes(more.as_bytes(), b"")
}

fn with_bytes(more: &[u8], last: &[u8]) -> Vec<u8> {
    [ARTICLES.as_bytes(), more, last].concat()
}

/// The articles and `more` in Latin-1, then bytes as they are.
fn latin(more: &str, last: &[u8]) -> Vec<u8> {
    let latin: Vec<u8> = more.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    with_bytes(&latin, last)
}
