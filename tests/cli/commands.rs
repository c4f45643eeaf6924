//! The commands one by one: usage, `init`, `check`, `explain`, `compare`, `verify`.

use std::fs;

use crate::folder::Folder;

#[test]
fn wrong_usage_is_refused_with_what_would_be_right() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    let before = folder.files();
    for (words, says) in [
        (&[][..], &["Usage:"][..]),
        (&["rnu", "study.toml"], &["'rnu'", "--help"]),
        (&["comparre", "study.toml"], &["'comparre'", "'compare'"]),
        (&["run"], &["<STUDY>", "--help"]),
        (&["run", "study.toml", "--thread", "2"], &["'--thread'", "'--threads'"]),
        (&["run", "study.toml", "--threads", "0"], &["'0'", "1..=1024"]),
        (&["run", "study.toml", "--threads", "many"], &["'many'", "--threads"]),
        (&["run", "study.toml", "other.toml"], &["'other.toml'"]),
        (&["explain", "study.toml"], &["--document <ID>"]),
        (&["explain", "study.toml", "--document", "q-1", "--sentence", "two"], &["'two'", "--sentence"]),
        (
            &["explain", "study.toml", "--document", "q-11"],
            &["study.toml: no document \"q-11\"", "did you mean \"q-1\"?"],
        ),
        (
            &["explain", "study.toml", "--document", "q-1", "--sentence", "9"],
            &["\"q-1\" has no sentence 9", "the last is 2"],
        ),
        (
            &["verify", "study.toml", "--output", "nowhere"],
            &["nowhere/manifest.json: no manifest", "run the study first"],
        ),
        (
            &["compare", "study.toml", "--output", "nowhere"],
            &["nowhere: no results there", "parallax run study.toml --output nowhere"],
        ),
        (&["init", "."], &["the folder is not empty", "parallax init my-study"]),
        (&["init", "study.toml"], &["study.toml: a file", "parallax init my-study"]),
        (&["init", "study.toml/deeper"], &["study.toml/deeper: ", "another place"]),
        (&["run", "study.toml", "--output", "study.toml"], &["study.toml: a file stands", "move it away"]),
    ] {
        let said = folder.parallax(words);
        assert_eq!(said.code, Some(2), "{words:?}: {}", said.errors);
        for part in says {
            assert!(said.errors.contains(part), "{words:?}: no {part:?} in: {}", said.errors);
        }
        assert_eq!(said.out, "", "{words:?}");
    }
    assert!(folder.files() == before);
}

#[test]
fn the_starter_study_runs_and_stays_as_it_is() {
    let folder = Folder::empty();
    let said = folder.done(&["init", "new/study"]);
    assert!(said.out.contains("parallax check new/study/study.toml"), "{}", said.out);
    let before = folder.files();
    folder.done(&["check", "new/study/study.toml"]);
    assert!(folder.files() == before, "check writes nothing");
    folder.done(&["run", "new/study/study.toml"]);
    folder.done(&["verify", "new/study/study.toml"]);
    for (name, content) in before {
        assert_eq!(fs::read(folder.path().join(&name)).unwrap(), content, "{name:?}");
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    folder.done(&["init", "empty"]);
}

#[test]
fn a_study_begun_from_a_table_runs_on_what_was_guessed() {
    let folder = Folder::new();
    let row = |day: u32, paper: &str| {
        format!(
            "{day:02}.05.2023;{paper};Tram of day {day};\"The tram swallowed {day} million crowns. Nobody came on day {day}.\"\n"
        )
    };
    let rows: String = (1..=14).map(|day| row(day, ["Quay Mail", "Lighthouse"][day as usize % 2])).collect();
    folder.write("in/export.csv", format!("Datum;Quelle;Titel;Volltext\n{rows}"));
    let said = folder.done(&["init", "new", "--from", "in/export.csv", "--codebook", "codebook.toml"]);
    for part in ["by 14 records", "outlet = \"Quelle\"", "text   = \"Volltext\"", "read as %d.%m.%Y"] {
        assert!(said.out.contains(part), "no {part:?} in: {}", said.out);
    }
    folder.done(&["check", "new/study.toml"]);
    folder.done(&["run", "new/study.toml"]);
    assert_eq!(folder.rows("new/results/documents.csv").len(), 14 * 2, "14 documents, two frames");

    let said = folder.write("in/empty.csv", "Datum;Text\n").parallax(&["init", "other", "--from", "in/empty.csv"]);
    assert!(said.code == Some(2) && said.errors.contains("no record that can be read"), "{}", said.errors);
    let said = folder.parallax(&["init", "other", "--from", "in/export.csv", "--codebook", "nobody.toml"]);
    assert_eq!(said.code, Some(2));
    assert!(said.errors.contains("nobody.toml: neither a codebook to begin with"), "{}", said.errors);
    assert!(!folder.path().join("other").exists(), "a study that cannot be made leaves nothing");
}

#[test]
fn check_says_no_where_an_example_fails() {
    for (from, to, says) in [
        ("swallowed nine million", "cost nine million", "must match: The tram has cost nine million crowns."),
        ("a herring", "a million herrings", "must not match, but matches \"swallowed a million\""),
    ] {
        let folder = Folder::new();
        folder.edit("codebook.toml", from, to);
        for words in [&["check", "study.toml"][..], &["check", "study.toml", "--quiet"]] {
            let said = folder.parallax(words);
            assert_eq!((said.code, &said.errors[..]), (Some(1), ""), "{to}");
            assert!(said.out.contains("1 failing example of 2") && said.out.contains("overspent"), "{}", said.out);
            assert!(said.out.contains(says), "{to}: {}", said.out);
        }
    }
}

#[test]
fn check_shows_what_is_excluded() {
    let folder = Folder::new();
    folder.append("articles.csv", "x,Quay Mail,2023,Stop,It stops.\n");
    let said = folder.done(&["check", "study.toml"]);
    for part in ["5 records read = 4 kept + 1 excluded", "bad-date: 1", "articles.csv, record 5: \"2023\" is no date"] {
        assert!(said.out.contains(part), "no {part:?} in {}", said.out);
    }
}

#[test]
fn compare_refuses_documents_that_no_longer_fit() {
    for (name, change, says) in [
        (
            "the codebook",
            change(|f| f.edit("codebook.toml", "exceed*", "eat*")),
            &["codebook.toml has changed", "parallax run study.toml"][..],
        ),
        (
            "edited",
            change(|f| f.edit("results/documents.csv", "Lighthouse", "Quay Mail")),
            &["results/documents.csv: changed", "run the study"],
        ),
        (
            "missing",
            change(|f| f.remove("results/documents.csv")),
            &["results/documents.csv: not there", "run the study"],
        ),
        (
            "more articles",
            change(|f| f.write("more.csv", "id,outlet,date,text\n").edit("study.toml", "articles.csv", "*.csv")),
            &["([[corpus]], by, [groups], [[frame_group]], [keyness]) in study.toml has changed", "parallax run"],
        ),
        (
            "another group",
            change(|f| f.edit("study.toml", "by = \"outlet\"", "by = \"section\"")),
            &["compared by outlet, and study.toml says by = \"section\"", "parallax run"],
        ),
        (
            "no manifest",
            change(|f| f.remove("results/manifest.json")),
            &["results/manifest.json: no manifest", "run the study"],
        ),
        (
            "broken manifest",
            change(|f| f.write("results/manifest.json", "{")),
            &["results/manifest.json: no file that parallax wrote", "move it away"],
        ),
    ] {
        let folder = Folder::new();
        folder.done(&["run", "study.toml"]);
        change(&folder);
        let before = folder.files();
        let said = folder.parallax(&["compare", "study.toml"]);
        assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{name}: {}", said.errors);
        for part in says {
            assert!(said.errors.contains(part), "{name}: no {part:?} in: {}", said.errors);
        }
        assert!(folder.files() == before, "{name}");
    }
}

#[test]
fn compare_refuses_to_pass_over_files_that_came_since() {
    let folder = Folder::new();
    folder.edit("study.toml", "articles.csv", "*.csv");
    folder.done(&["run", "study.toml"]);
    folder.write("more.csv", "id,outlet,date,text\n");
    let said = folder.parallax(&["compare", "study.toml"]);
    assert_eq!(said.code, Some(2));
    assert!(said.errors.contains("the list of corpus files has changed"), "{}", said.errors);
}

#[test]
fn compare_refuses_to_forget_records_that_had_no_date() {
    let folder = Folder::new();
    folder.append("articles.csv", "x,Quay Mail,,Stop,It stops.\n");
    folder.done(&["run", "study.toml"]);
    folder.edit("study.toml", "period", "# period");
    let said = folder.parallax(&["compare", "study.toml"]);
    assert_eq!(said.code, Some(2), "{}", said.out);
    assert!(
        said.errors.contains("need for dates has changed") && said.errors.contains("parallax run"),
        "{}",
        said.errors
    );
}

#[test]
fn compare_after_other_settings_writes_what_a_run_writes() {
    for (from, to) in [
        ("by = \"outlet\"", "by = \"outlet\""),
        ("period = \"month\"", "period = \"quarter\""),
        ("period = \"month\"", "period = [\"2023-06-01\"]"),
        ("period = \"month\"", ""),
        ("period = \"month\"", "voice = \"own\""),
        ("period = \"month\"", "unit = \"document\""),
        ("contrasts", "#"),
    ] {
        for first in ["run", "code"] {
            let folder = Folder::new();
            folder.done(&[first, "study.toml"]);
            folder.edit("study.toml", from, to);
            folder.done(&["compare", "study.toml"]);
            let compared = folder.files();
            folder.done(&["verify", "study.toml"]);
            folder.done(&["run", "study.toml"]);
            assert!(folder.files() == compared, "{first}, then {to:?}");
        }
    }
}

#[test]
fn verify_names_what_has_changed() {
    for (name, change, says) in [
        ("output", change(|f| f.append("results/codings.csv", "x")), &["codings.csv: the output differs"][..]),
        ("output missing", change(|f| f.remove("results/prevalence.csv")), &["prevalence.csv"]),
        (
            "input",
            change(|f| f.append("articles.csv", "x,Quay Mail,2023-05-09,Stop,It stops.\n")),
            &["articles.csv: the input has changed", "documents.csv"],
        ),
        (
            "codebook",
            change(|f| f.edit("codebook.toml", "exceed*", "eat*")),
            &["codebook.toml: the input has changed", "codings.csv"],
        ),
        (
            "seed",
            change(|f| f.edit("study.toml", "title", "seed = 77\ntitle")),
            &["study.toml: the input has changed", "seed"],
        ),
    ] {
        let folder = Folder::new();
        folder.done(&["run", "study.toml"]);
        assert!(folder.done(&["verify", "study.toml"]).out.contains("to the same bytes"));
        change(&folder);
        let before = folder.files();
        let said = folder.parallax(&["verify", "study.toml"]);
        assert_eq!((said.code, &said.errors[..]), (Some(1), ""), "{name}: {}", said.out);
        for part in says {
            assert!(said.out.contains(part), "{name}: no {part:?} in: {}", said.out);
        }
        assert!(folder.files() == before, "{name}: verify changes nothing");
    }
}

#[test]
fn code_takes_an_earlier_comparison_away() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    folder.done(&["code", "study.toml"]);
    let names: Vec<String> = folder
        .files()
        .keys()
        .filter_map(|path| Some(path.strip_prefix("results").ok()?.display().to_string()))
        .collect();
    assert_eq!(
        names,
        [
            "attributions.csv",
            "codebook.md",
            "codings.csv",
            "datapackage.json",
            "documents.csv",
            "duplicates.csv",
            "excluded.csv",
            "keyness.csv",
            "manifest.json",
            "metadata.csv",
            "ro-crate-metadata.json",
            "stories.csv",
            "validation.csv",
        ]
    );
}

type Change = fn(&Folder) -> &Folder;

fn change(change: Change) -> Change {
    change
}

#[test]
fn plot_draws_the_figures_again_and_other_sizes_beside_them() {
    let folder = Folder::new();
    folder.append("study.toml", "[[mark]]\ndate = \"2023-05-20\"\nlabel = \"The <vote>\"\n");
    folder.done(&["run", "study.toml"]);
    let before = folder.files();
    folder.remove("results/figures/timeline.svg").write("results/figures/prevalence.png", "");
    let said = folder.done(&["plot", "study.toml"]);
    assert!(said.out.contains("timeline.svg") && said.out.contains("prevalence.png"), "{}", said.out);
    assert!(folder.files() == before, "the same figures as of the run");
    folder.done(&["plot", "study.toml", "--figure", "timeline", "--width", "85", "--format", "svg", "--quiet"]);
    assert!(folder.text("results/figures/timeline-85mm.svg").contains("The &lt;vote&gt;"));
    assert_eq!(folder.files().len(), before.len() + 1);
    folder.done(&["verify", "study.toml"]);
    folder.edit("study.toml", "The <vote>", "The ballot").done(&["plot", "study.toml", "--figure", "timeline"]);
    let said = folder.parallax(&["verify", "study.toml"]);
    let differs = said.out.contains("study.toml: the input has changed") && !said.out.contains("on the disk");
    assert!(said.code == Some(1) && differs, "the manifest knows the new figure: {}", said.out);
}

#[test]
fn plot_says_what_it_lacks() {
    let folder = Folder::new();
    let says = |words: &[&str], parts: &[&str]| {
        let said = folder.parallax(&[&["plot", "study.toml"], words].concat());
        assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{words:?}");
        for part in parts {
            assert!(said.errors.contains(part), "{words:?}: no {part:?} in: {}", said.errors);
        }
    };
    says(&[], &["results/manifest.json: no manifest", "run the study first"]);
    folder.done(&["run", "study.toml"]);
    let before = folder.files();
    says(&["--figure", "calibration"], &["results/figures/calibration.csv: not there; run the study first"]);
    says(&["--figure", "timelime"], &["timelime", "timeline"]);
    says(&["--width", "20"], &["expected millimetres from 60 to 400"]);
    says(&["--figure", "prevalence", "--height", "20"], &["prevalence: needs a height of", "at a width of 170 mm"]);
    assert!(folder.files() == before);
    folder.append("results/figures/prevalence.csv", "x\n");
    says(&["--figure", "prevalence"], &["prevalence.csv:"]);
}
