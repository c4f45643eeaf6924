//! Looking at words before a study is coded: `find`.

use crate::folder::{Folder, Said};

/// What the command says where it ends well; counts go to stderr.
fn found(folder: &Folder, words: &[&str]) -> Said {
    let said = folder.parallax(words);
    assert_eq!(said.code, Some(0), "{words:?}: {}", said.errors);
    said
}

#[test]
fn find_shows_every_match_in_its_context() {
    let folder = Folder::new();
    let before = folder.files();
    let said = found(&folder, &["find", "study.toml", "tram", "--sort", "right", "--width", "16"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(
        lines,
        [
            "Quay Mail   2023-05-02  q-1:1  The tram has swallowed",
            "Lighthouse  2023-05-03  l-1:1  The tram shortens the",
            "Quay Mail   2023-05-02  q-1:0      Tram swallows",
        ]
    );
    assert!(
        said.errors.ends_with("Quay Mail         2          1   2\nall               3          2   4\n"),
        "{}",
        said.errors
    );
    assert!(folder.files() == before, "find writes nothing");
}

#[test]
fn found_lines_are_a_table_with_places_that_hold() {
    let folder = Folder::new();
    folder.append("articles.csv", "f-1,=Mail,2023-05-09,\"=1+tram(1)\",\"\u{201c}Nine\u{201d} trams.\"\n");
    let words = ["find", "study.toml", "tram* | {money}", "--sort", "left", "--output", "out/kwic.csv"];
    found(&folder, &[&words[..], &["--threads", "1"]].concat());
    let one = folder.text("out/kwic.csv");
    found(&folder, &[&words[..], &["--threads", "2"]].concat());
    assert_eq!(folder.text("out/kwic.csv"), one);
    let articles = folder.rows("articles.csv");
    let rows = folder.rows("out/kwic.csv");
    assert_eq!(rows.len(), 8);
    for row in &rows {
        let article = articles.iter().find(|article| article["id"] == row["document"]).unwrap();
        let text = &article[if row["sentence"] == "0" { "title" } else { "text" }];
        let [start, end] = ["start", "end"].map(|column| row[column].parse::<usize>().unwrap());
        let matched: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(row["match"], matched, "{row:?}");
        assert!(!row.values().any(|cell| cell.starts_with('=')), "{row:?}");
    }
    found(&folder, &[&words[..], &["--limit", "3"]].concat());
    assert_eq!(folder.rows("out/kwic.csv"), rows[..3]);
}

#[test]
fn a_pattern_that_cannot_be_read_is_shown_with_a_caret() {
    let folder = Folder::new();
    for (pattern, says) in [
        ("tram NEAR stop", "PATTERN:1:6: NEAR needs a distance in words"),
        ("{mony}", "PATTERN:1:1: unknown list {mony}; did you mean \"money\"?"),
    ] {
        let said = folder.parallax(&["find", "study.toml", pattern]);
        assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{pattern}");
        assert!(said.errors.contains(says) && said.errors.trim_end().ends_with('^'), "{pattern}: {}", said.errors);
    }
}
