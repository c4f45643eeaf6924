//! Words held against a list of frequencies: `reference` of `[keyness]`.

use crate::folder::Folder;
use crate::parts::{assert_same, code_parts, study};

const WORDS: &str =
    "rank,term,count\n1,The,900\n2,the,100\n3,gulls,20\n4,TRAM,2\n5,of the,70\n6,1945,40\n7,left came,3\n";

/// A study of thirty articles and a list.
fn with_list() -> Folder {
    let folder = study(30);
    folder.write("words.csv", WORDS).append("study.toml", "\n[keyness]\nreference = \"words.csv\"\n");
    folder
}

#[test]
fn groups_are_held_against_the_list_and_the_run_says_so() {
    let folder = with_list();
    folder.done(&["run", "study.toml"]);
    let rows = folder.rows("results/keyness.csv");
    let of_all = |term: &str| rows.iter().find(|row| row["term"] == term && row["frame"].is_empty());
    let gulls = of_all("gulls").unwrap();
    let cell = |column: &str| &gulls[column][..];
    assert_eq!([cell("against"), cell("other"), cell("other_words")], ["words.csv", "20", "1022"]);
    assert_eq!([cell("other_documents"), cell("other_clusters"), cell("comparison")], ["", "", "groups"]);
    assert!(cell("note").contains("a list, which has no documents"), "{}", cell("note"));
    assert!(rows.iter().all(|row| row["against"] == "words.csv"), "nothing is held against the rest");
    let pairs = rows.iter().filter(|row| row["kind"] == "pair");
    assert!(pairs.inspect(|row| assert_eq!(row["other_words"], "3")).count() > 0, "\"of the\" is no pair here");
    let told = folder.text("results/methods.md");
    for says in ["are held against the list of frequencies words.csv by weighted", "The list has no documents"] {
        assert!(told.contains(says), "{says}: {told}");
    }
    assert!(!told.contains("less than other documents"), "a list has none: {told}");
    let manifest = folder.text("results/manifest.json");
    assert!(manifest.contains("\"reference\"") && manifest.contains("2 of 7 rows are no word"), "{manifest}");
    folder.done(&["verify", "study.toml"]);
    folder.done(&["compare", "study.toml"]);
    folder.write("words.csv", WORDS.replace("gulls,20", "gulls,21"));
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(refused.errors.contains("words.csv has changed since"), "{}", refused.errors);
}

#[test]
fn the_list_travels_in_the_bundle() {
    let folder = with_list();
    folder.done(&["run", "study.toml", "--output", "single"]);
    folder.done(&["bundle", "study.toml"]);
    for gone in ["study.toml", "codebook.toml", "words.csv"] {
        folder.remove(gone);
    }
    code_parts(&folder, 2);
    folder.done(&["merge", "study.plx", "parts/01", "parts/00", "--output", "merged"]);
    assert_same(&folder, "single", "merged", "with a list of words");
    assert!(folder.text("merged/manifest.json").contains("words.csv"));
}

#[test]
fn a_list_that_cannot_be_used_is_refused_with_the_remedy() {
    let folder = with_list();
    for (words, expected) in [
        (None, "words.csv: no such file"),
        (
            Some("word,count\nthe,3\n"),
            "words.csv: no column \"term\"; its columns are word, count; a list of frequencies has the columns term and count",
        ),
        (Some("term,freq\nthe,3\n"), "words.csv: no column \"count\"; its columns are term, freq"),
        (
            Some("term,count\nthe,3\ntram,0.2\n"),
            "words.csv: record 2: \"0.2\" is no count of \"tram\"; write how often",
        ),
        (Some("term,count\n1945,3\nthe,0\n"), "words.csv: no word with a count above 0; list words in `term`"),
        (Some(""), "words.csv: no column \"term\": the file is empty"),
    ] {
        match words {
            Some(words) => folder.write("words.csv", words),
            None => folder.remove("words.csv"),
        };
        for command in ["check", "run"] {
            let said = folder.parallax(&[command, "study.toml"]);
            assert_eq!(said.code, Some(2), "{expected}: {}", said.out);
            assert!(said.errors.contains(expected), "{command}: {}", said.errors);
        }
    }
}
