//! Stories, on the demo corpus, and groups compared inside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::folder::Folder;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/ukraine-crisis");

/// The demo's articles, compared inside stories; more of the study file behind.
fn demo(more: &str) -> Folder {
    let folder = Folder::new();
    let corpora = ["*.csv", "*.jsonl"].map(|files| format!("[[corpus]]\npath = \"{DEMO}/articles/{files}\"\n{more}"));
    let head = "codebook = \"codebook.toml\"\n[compare]\nwithin = \"story\"\n";
    folder.write("study.toml", format!("{head}{}", corpora.concat()));
    folder
}

#[test]
fn groups_are_compared_inside_the_stories_found_and_again_from_the_tables() {
    let folder = demo("");
    folder.done(&["run", "study.toml"]);
    let mut outlets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in folder.rows("results/stories.csv") {
        outlets.entry(row["story"].clone()).or_default().insert(row["outlet"].clone());
    }
    assert!(outlets.values().all(|outlets| outlets.len() > 1));
    for row in folder.rows("results/within.csv") {
        let pair = [&row["group_a"], &row["group_b"]].map(String::as_str);
        let shared = outlets
            .values()
            .filter(|outlets| outlets.contains(pair[0]) && (outlets.contains(pair[1]) || pair[1] == "(rest)"));
        assert_eq!(row["strata"], shared.count().to_string(), "{row:?}");
    }
    let found = folder.text("results/within.csv");
    assert!(found.lines().any(|line| line.contains(",story,5,")), "{found}");
    folder.done(&["compare", "study.toml"]);
    assert_eq!(folder.text("results/within.csv"), found);
}

#[test]
fn a_column_of_the_corpus_with_that_name_goes_before_stories_found() {
    let folder = demo("set = { story = \"one\" }\n");
    folder.done(&["run", "study.toml"]);
    assert!(folder.rows("results/within.csv").iter().all(|row| row["strata"] == "1"));
    assert!(!folder.rows("results/stories.csv").is_empty());
}
