//! The paragraphs for a paper: every number in them is of the run.

use std::collections::BTreeSet;

use crate::plans::{articles, coded_by_two};

#[test]
fn the_methods_of_a_run_are_told_with_its_own_numbers() {
    let folder = articles();
    folder.done(&["run", "study.toml"]);
    let told = folder.text("results/methods.md");
    for says in [
        "60 records were read; 60 were kept and 0 excluded.",
        "published 2023-05-01 to 2023-05-28",
        "Lighthouse (30 documents,",
        "The share of a frame is the sentences that carry it over all sentences of a group.",
        "The two groups are held against each other.",
        "No number here is corrected by hand codings",
    ] {
        assert!(told.contains(says), "{says}: {told}");
    }
    assert!(!told.contains("## Hand codings") && told.contains("(cost against benefit)"), "{told}");
    let rows = folder.rows("results/comparisons.csv");
    for (word, how) in [
        ("welch", "computed from these variances"),
        ("permutation-exact", "in every possible way"),
        ("permutation-monte-carlo", "at random"),
    ] {
        let count = rows.iter().filter(|row| row["test"] == word).count();
        let line = told.split(". ").find(|sentence| sentence.contains(how)).unwrap_or_default();
        assert_eq!(line.trim().starts_with(&format!("{count} p-value")), count > 0, "{word}, {count}: {told}");
    }
    folder.done(&["code", "study.toml"]);
    assert!(!folder.files().keys().any(|path| path.ends_with("methods.md")), "of a comparison that is gone");
}

#[test]
fn what_people_coded_is_told_and_how_it_corrects() {
    let folder = articles();
    coded_by_two(&folder);
    let study = folder.text("study.toml");
    folder.done(&["run", "study.toml"]);
    let told = folder.text("results/methods.md");
    assert!(told.contains("People coded 80 sentences. 80 of them were drawn with a known probability"), "{told}");
    assert!(told.contains("Two or more coders agreed on each coding, or it was adjudicated."), "{told}");
    assert!(told.contains("are corrected by hand codings that were drawn"), "{told}");
    assert!(told.contains("Hand codings recalibrated the probabilities"), "{told}");
    assert!(folder.text("results/codebook.md").contains("In this study hand codings recalibrated the probabilities"));
    let over_time = told.split_once("## Over time").unwrap().1.split("\n## ").next().unwrap();
    assert!(over_time.contains("None of these is corrected by hand codings."), "{over_time}");
    assert!(folder.text("results/report.html").contains(", as hand codings correct them, tested"));
    let unsettled: String = folder
        .text("sample/coded.csv")
        .lines()
        .filter(|line| !line.contains("adjudicated"))
        .fold(String::new(), |text, line| text + line + "\n");
    folder.write("sample/coded.csv", unsettled).write("study.toml", study);
    let said = folder.done(&["run", "study.toml"]);
    assert!(
        said.out.contains("16 coded sentences left out of a frame on which as many coders say yes as no"),
        "{}",
        said.out
    );
    let told = folder.text("results/methods.md");
    assert!(told.contains("Left out where as many said yes as no: 16 codings."), "{told}");
    let note = &folder.rows("results/prevalence.csv")[0]["note"];
    assert!(note.contains("left out: hand codings in dispute, "), "{note}");
}

#[test]
fn a_subset_is_told_and_read_is_kept_and_excluded() {
    let folder = articles();
    let asked = "where = \"outlet != 'Lighthouse' or date > 2023-05-07\"\nto = 2023-05-21";
    folder.edit("study.toml", "path = \"articles.csv\"", &format!("path = \"articles.csv\"\n{asked}"));
    let said = folder.done(&["run", "study.toml"]);
    let outside = folder.rows("results/excluded.csv").iter().filter(|row| row["reason"] == "outside-subset").count();
    let kept = 60 - outside;
    assert!(outside > 0 && kept > 0);
    let counts =
        format!("60 records read = {kept} kept + {outside} excluded ({outside} outside the subset; see excluded.csv)");
    assert!(said.out.contains(&counts), "{}", said.out);
    let told = folder.text("results/methods.md");
    let part = "The study is about a subset of the records of articles.csv (`outlet != 'Lighthouse' or date > 2023-05-07, up to \
                2023-05-21`); the others are outside-subset in excluded.csv.";
    assert!(told.contains(part), "{told}");
    let checked = folder.done(&["check", "study.toml"]).out;
    assert!(
        checked.contains(&format!("outside-subset: {outside}")) && !checked.contains("as \"where\" asks"),
        "{checked}"
    );
    let part = format!(
        "  subset of articles.csv (outlet != 'Lighthouse' or date > 2023-05-07, up to 2023-05-21): {kept} of 60 records\n"
    );
    assert!(checked.contains(&part), "{checked}");
    // What is compared may change; which documents there are was settled when they were coded.
    folder.edit("study.toml", "[compare]", "[compare]\nleast_documents = 5");
    folder.done(&["compare", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
    folder.edit("study.toml", "to = 2023-05-21", "to = 2023-05-20");
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(
        refused
            .errors
            .contains("([[corpus]], by, [groups], [[frame_group]], [keyness]) in study.toml has changed since"),
        "{}",
        refused.errors
    );
    folder.edit("study.toml", &asked.replace("05-21", "05-20"), "to = 2024-01-01");
    folder.edit("study.toml", "least_documents = 5", "stance = \"favor\"");
    folder.done(&["run", "study.toml"]);
    let told = folder.text("results/methods.md");
    assert!(told.contains("articles.csv (`up to 2024-01-01`); no record lies outside it."), "{told}");
    let page = folder.text("results/report.html");
    assert!(page.contains("\u{201d}, affirming it, stands in "), "{page}");
}

#[test]
fn a_value_of_a_condition_that_no_record_has_is_told_with_the_nearest() {
    let folder = articles();
    let asked = |text: &str| format!("path = \"articles.csv\"\nwhere = \"{text}\"");
    folder.edit("study.toml", "path = \"articles.csv\"", &asked("outlet in ('Lighthouse', 'Quay Mial')"));
    let note = "where: outlet 'Quay Mial' is in no record; did you mean 'Quay Mail'?";
    for command in ["run", "check"] {
        let said = folder.done(&[command, "study.toml"]);
        assert!(said.out.contains(note) && !said.out.contains("'Lighthouse' is in no"), "{command}: {}", said.out);
    }
    folder.edit("study.toml", &asked("outlet in ('Lighthouse', 'Quay Mial')"), &asked("outlet == 'Quay Mial'"));
    let refused = folder.parallax(&["run", "study.toml"]);
    assert!(refused.code == Some(2) && refused.errors.contains(note), "{}", refused.errors);
    folder.edit("study.toml", &asked("outlet == 'Quay Mial'"), "path = \"articles.csv\"");
    folder.edit("study.toml", "[compare]", "[compare]\nwithin = \"event\"");
    let refused = folder.parallax(&["run", "study.toml"]);
    assert!(refused.errors.contains("or within = \"story\""), "{}", refused.errors);
}

#[test]
fn merged_groups_are_compared_as_one_and_said() {
    let folder = articles();
    folder.append("study.toml", "\n[groups]\nharbour = [\"Lighthouse\", \"Anchr\"]\n");
    let refused = folder.parallax(&["run", "study.toml"]);
    let message = "study.toml: unknown outlet \"Anchr\" in the group \"harbour\" of [groups]";
    assert!(refused.errors.contains(message), "{}", refused.errors);
    folder.edit("study.toml", ", \"Anchr\"]", "]");
    folder.edit("study.toml", "harbour = ", "\"(all)\" = ");
    let refused = folder.parallax(&["run", "study.toml"]);
    assert!(refused.errors.contains("the group \"(all)\" in [groups] stands for all groups"), "{}", refused.errors);
    folder.edit("study.toml", "\"(all)\" = ", "harbour = ");
    folder.done(&["run", "study.toml"]);
    let groups = |name: &str| folder.rows(name).into_iter().map(|row| row["group"].clone()).collect::<BTreeSet<_>>();
    let merged = groups("results/prevalence.csv");
    assert!(merged.contains("harbour") && !merged.contains("Lighthouse"), "{merged:?}");
    assert!(folder.text("results/methods.md").contains("Merged into one group each: harbour of Lighthouse."));
    assert!(folder.text("results/report.html").contains(", 2 groups of outlets, "), "not 2 outlets");
    // The key terms of other groups would stand beside the tables of these.
    folder.edit("study.toml", "harbour = ", "light = ");
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(refused.code == Some(2) && refused.errors.contains("[groups]"), "{}", refused.errors);
    folder.done(&["run", "study.toml"]);
    assert!(groups("results/documents.csv").contains("light"));
}

#[test]
fn days_that_part_nothing_are_pointed_out() {
    let folder = articles();
    let days = "period = [\"1999-01-01\", \"2023-05-10\"]\ninterruptions = [\"2023-05-11\", \"2032-05-11\"]";
    folder.edit("study.toml", "period = \"month\"", days);
    let said = folder.done(&["run", "study.toml"]);
    for day in ["period: 1999-01-01", "interruptions: 2032-05-11"] {
        let note = format!("{day} parts nothing, as the documents are of 2023-05-01 to 2023-05-28");
        assert!(said.out.contains(&note), "{}", said.out);
    }
    let told = folder.text("results/methods.md");
    assert!(told.contains("leaves out one day at a time"), "28 days");
    for sentence in [
        "the periods that 2023-05-10 part; 1999-01-01 parts nothing, as all documents are on one side of it.",
        "At 2023-05-11, named before looking,",
        "2032-05-11 parts nothing, as all documents are on one side of it.",
    ] {
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
}

#[test]
fn settings_without_effect_are_pointed_out() {
    let folder = articles();
    folder.edit("study.toml", "period = \"month\"", "at_least = 2\nperiod_pairs = true\nleast_documents = 1000");
    folder.append("study.toml", "\n[[mark]]\ndate = \"2032-05-11\"\nlabel = \"Later\"\n");
    folder.edit("study.toml", "[[corpus]]\n", "[[corpus]]\nrename = { \"Lighthous\" = \"Light\" }\n");
    let notes = [
        "rename: 'Lighthous' is in no record; did you mean 'Lighthouse'?",
        "[[mark]]: 2032-05-11 is in no figure",
        "at_least: without effect where sentences are the unit",
        "period_pairs: without effect, as the study has no period",
        "has 1000 documents, so that no two are compared",
    ];
    let said = folder.done(&["run", "study.toml"]);
    for note in notes {
        assert!(said.out.contains(note), "{note}: {}", said.out);
    }
    let told = folder.text("results/methods.md");
    assert!(told.contains("No two groups have 1000 documents each, as least_documents asks"), "{told}");
    // Who only compares again should know, too; spellings are those of the run.
    let said = folder.done(&["compare", "study.toml"]);
    for note in &notes[1..] {
        assert!(said.out.contains(note), "{note}: {}", said.out);
    }
}

#[test]
fn what_changed_since_the_run_is_named() {
    let folder = articles();
    folder.done(&["run", "study.toml"]);
    // Of the same size, but newer, and then older of another size.
    let text = folder.text("articles.csv");
    folder.done(&["compare", "study.toml"]);
    folder.write("articles.csv", text.replace("tram", "trum"));
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(refused.errors.contains("articles.csv has changed since"), "{}", refused.errors);
    folder.write("articles.csv", &text);
    folder.done(&["compare", "study.toml"]);
    folder.append("study.toml", "\n[[frame_group]]\nid = \"both\"\nframes = [\"jobs\", \"environment\"]\n");
    let refused = folder.parallax(&["compare", "study.toml"]);
    assert!(refused.errors.contains("[[frame_group]]"), "{}", refused.errors);
}

#[test]
fn of_many_groups_the_largest_are_named() {
    let folder = articles();
    let outlets =
        (0..70).map(|number| format!("o{number:02},Paper {number:02},2023-05-0{},Tram,It runs.\n", number % 9 + 1));
    let again = (0..2).map(|number| format!("p{number},Paper 69,2023-05-09,Tram,It stops {number}.\n"));
    let rows: String = outlets.chain(again).collect();
    folder.write("articles.csv", format!("id,outlet,date,title,text\n{rows}"));
    folder.done(&["run", "study.toml"]);
    let told = folder.text("results/methods.md");
    assert!(told.contains("compared by outlet: Paper 69 (3 documents, "), "{told}");
    assert!(told.contains("; and 10 more with 10 documents, see prevalence.csv."), "{told}");
}
