//! `zeros = false`: documents.csv without the rows of frames that a document does not carry.

use crate::folder::Folder;
use crate::parts::{assert_same, code_parts, study};

/// A study of thirty articles that leaves zeros out.
fn without_zeros() -> Folder {
    let folder = study(30);
    folder.done(&["run", "study.toml", "--output", "dense"]);
    folder.edit("study.toml", "codebook", "zeros = false\ncodebook");
    folder
}

#[test]
fn a_table_without_zeros_says_the_same() {
    let folder = without_zeros();
    folder.done(&["run", "study.toml", "--output", "sparse"]);
    let dense = folder.text("dense/documents.csv");
    let is_zero = |row: &str| row.contains(",0,0,0,0,0,0,0.000000,");
    let frames = dense.lines().skip(1).map(|row| row.split(',').nth(6).unwrap()).collect::<Vec<_>>();
    let first = frames[0];
    let count = frames.iter().skip(1).position(|frame| *frame == first).unwrap() + 1;
    assert!(count > 1, "a study of one frame has nothing to leave out");
    let kept = dense
        .lines()
        .enumerate()
        .filter(|(line, row)| *line <= count || row.split(',').nth(6) == Some(first) || !is_zero(row));
    let expected: String = kept.flat_map(|(_, row)| [row, "\n"]).collect();
    let sparse = folder.text("sparse/documents.csv");
    assert!(expected.len() < dense.len());
    assert_eq!(sparse, expected);
    folder.done(&["run", "study.toml"]);
    let run = folder.files();
    folder.done(&["compare", "study.toml"]);
    assert!(folder.files() == run, "compared from the table, all is as it was");
    folder.done(&["verify", "study.toml"]);
    folder.done(&["diff", "study.toml", "dense"]);
    assert_eq!(folder.rows("diff/diff-sentences.csv").len(), 0);
    folder.done(&["bundle", "study.toml"]);
    code_parts(&folder, 3);
    folder.done(&["merge", "study.plx", "parts/01", "parts/00", "parts/02", "--output", "merged"]);
    assert_same(&folder, "results", "merged", "without zeros");
}

#[test]
fn a_row_that_must_be_there_is_missed() {
    let folder = without_zeros();
    folder.done(&["run", "study.toml"]);
    let written = folder.text("results/documents.csv");
    let second = written.lines().nth(1).unwrap();
    folder.write("results/documents.csv", written.replacen(&format!("{second}\n"), "", 1));
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(refused.errors.contains("documents.csv"), "{}", refused.errors);
    // What was written without zeros is not read as if it had them.
    folder.write("results/documents.csv", written);
    folder.edit("study.toml", "zeros = false\n", "");
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(
        refused.errors.contains("documents.csv") && refused.errors.contains("run the study again"),
        "{}",
        refused.errors
    );
}
