//! Frames that a study merges.

use crate::folder::{Folder, STUDY};

const GROUP: &str = "[[frame_group]]\nid = \"tram\"\nframes = [\"cost\", \"benefit\"]\n";

fn merged() -> Folder {
    let folder = Folder::new();
    folder.write("study.toml", format!("{STUDY}{GROUP}"));
    folder
}

#[test]
fn merged_frames_are_rows_of_their_own_beside_unchanged_ones() {
    let (folder, plain) = (merged(), Folder::new());
    folder.done(&["run", "study.toml"]);
    plain.done(&["run", "study.toml"]);
    let hits = |frame: &str, document: &str| -> u64 {
        let rows = folder.rows("results/documents.csv");
        let row = rows.iter().find(|row| row["frame"] == frame && row["document"] == document).unwrap();
        row["hits"].parse().unwrap()
    };
    for document in ["q-1", "q-2", "l-1", "l-2"] {
        let (any, most) = (hits("tram", document), hits("cost", document).max(hits("benefit", document)));
        assert!(any >= most && any <= hits("cost", document) + hits("benefit", document), "{document}");
    }
    // What is asked of all frames at once is asked of the codebook's.
    for table in ["divergence.csv", "codings.csv", "contrasts.csv"] {
        assert_eq!(folder.text(&format!("results/{table}")), plain.text(&format!("results/{table}")), "{table}");
    }
    let prevalence = |folder: &Folder| {
        let rows = folder.rows("results/prevalence.csv");
        rows.into_iter().filter(|row| row["frame"] != "tram").map(|row| row["estimate"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(prevalence(&folder), prevalence(&plain));
    let compared = folder.text("results/prevalence.csv");
    assert!(compared.lines().any(|line| line.starts_with("tram,")));
    for notebook in ["parallax-python.qmd", "parallax-r.qmd", "parallax.ipynb"] {
        let names_it = folder.text(&format!("results/notebooks/{notebook}")).matches("tram").count();
        assert!(names_it >= 3, "{notebook}: the frame, its label, and how often it must be there; {names_it}");
    }
    // A hit of a frame is a hit of its group as well, and counts once.
    let voices = |folder: &Folder| {
        let page = folder.text("results/report.html");
        page.lines().find(|line| line.contains("of all frames")).map(str::to_owned)
    };
    assert_eq!(voices(&folder), voices(&plain));
    assert!(voices(&plain).is_some());
    folder.done(&["compare", "study.toml"]);
    assert_eq!(folder.text("results/prevalence.csv"), compared);
    folder.done(&["verify", "study.toml"]);
}

#[test]
fn a_comparison_needs_the_frames_that_were_merged_when_the_corpus_was_coded() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    folder.write("study.toml", format!("{STUDY}{GROUP}"));
    let said = folder.parallax(&["compare", "study.toml"]);
    assert!(said.code == Some(2) && said.errors.contains("[[frame_group]]"), "{}", said.errors);
}
