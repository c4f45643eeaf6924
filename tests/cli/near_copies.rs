//! Near copies, on the demo corpus, whose README lists its wire copy.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::folder::Folder;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/ukraine-crisis");

/// Original and copies, lightly edited ones among them, from the table under "Wire copy".
fn listed() -> BTreeMap<String, BTreeSet<String>> {
    let readme = fs::read_to_string(Path::new(DEMO).join("README.md")).unwrap();
    let ids = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let row = |line: &str| match line.split(" | ").map(ids).collect::<Vec<_>>().as_slice() {
        [story, original, copies] if story.is_empty() && original.len() == 1 && !copies.is_empty() => {
            Some((original[0].clone(), copies.iter().chain(original).cloned().collect()))
        }
        _ => None,
    };
    readme.lines().filter(|line| line.contains("`mer-")).filter_map(row).collect()
}

#[test]
fn wire_copy_of_the_demo_is_found_and_nothing_else() {
    let folder = Folder::new();
    let corpora = ["*.csv", "*.jsonl", "podil-courier/*.txt"];
    let corpora = corpora.map(|files| format!("[[corpus]]\npath = \"{DEMO}/articles/{files}\"\n")).concat();
    folder.write("study.toml", format!("codebook = \"codebook.toml\"\n{corpora}"));
    folder.done(&["code", "study.toml"]);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in folder.rows("results/duplicates.csv") {
        assert_eq!(row["earliest"] == "true", row["document"] == row["cluster"], "{row:?}");
        found.entry(row["cluster"].clone()).or_default().insert(row["document"].clone());
    }
    let mut expected = listed();
    assert_eq!((expected.len(), expected.values().map(BTreeSet::len).sum::<usize>()), (11, 41));
    // A third of it is its own: .472 of all runs of five words are in both, .643 of the shorter text's in the longer.
    assert!(expected.get_mut("mer-0018").is_some_and(|copies| copies.remove("pen-0015")));
    let groups = |clusters: &BTreeMap<String, BTreeSet<String>>| clusters.values().cloned().collect::<BTreeSet<_>>();
    assert_eq!(groups(&found), groups(&expected));
}

/// A report that one outlet prints three times, of which the earliest counts.
#[test]
fn copies_that_do_not_count_are_in_no_number_of_page_and_figures() {
    let folder = Folder::new();
    let report = "The tram has swallowed nine million crowns since the works on the quay began in spring and the council now \
                  says that no more will be paid before the last of the stops has been opened to the people of the harbour";
    for (id, day) in [("q-3", 5), ("q-4", 6), ("q-5", 7)] {
        folder.append("articles.csv", format!("{id},Quay Mail,2023-05-{day:02},,{report}.\n"));
    }
    folder.edit("study.toml", "by = \"outlet\"", "by = \"outlet\"\ncopies = \"one\"");
    folder.done(&["run", "study.toml"]);
    let counted = |row: &&BTreeMap<String, String>| !["q-4", "q-5"].contains(&&row["document"][..]);
    let hits = |row: &BTreeMap<String, String>| row["hits"].parse::<u64>().unwrap();
    let all: u64 = folder.rows("results/documents.csv").iter().filter(counted).map(hits).sum();
    let page = folder.text("results/report.html");
    assert!(page.contains(&format!("Of {all} hits of all frames")), "{all} hits");
    assert!(page.contains("2 articles more count in no share"), "copies are named");
    let shares = folder.rows("results/prevalence.csv");
    for row in folder.rows("results/figures/timeline.csv") {
        let share = shares.iter().find(|share| share["group"] == row["group"] && share["period"] == "all").unwrap();
        assert_eq!(row["documents"], share["documents"], "{row:?}");
    }
}
