//! How many more codings a study needs, and where its shares lie if coders err.

use std::fmt::Write;

use crate::folder::Folder;

/// A study of 60 articles of two outlets, half of whose sentences speak of money.
pub(crate) fn articles() -> Folder {
    let folder = Folder::new();
    let mut articles = "id,outlet,date,title,text\n".to_owned();
    for number in 0..60 {
        let outlet = ["Quay Mail", "Lighthouse"][number % 2];
        let text = "The tram swallows a million. The gulls sat on the quay. ".repeat(1 + number % 4);
        writeln!(articles, "a{number},{outlet},2023-05-{:02},Day {number},{}", number % 28 + 1, text.trim()).unwrap();
    }
    folder.write("articles.csv", articles);
    folder
}

/// The weighted share of sentences that anna and boris code differently: boris errs in every fifth row.
pub(crate) fn coded_by_two(folder: &Folder) -> f64 {
    folder.done(&["sample", "study.toml", "--n", "80"]);
    let mut codings = "document,sentence,frame,value,coder,inclusion_probability\n".to_owned();
    let (mut all, mut apart) = (0.0, 0.0);
    for (place, row) in folder.rows("sample/sample.csv").iter().enumerate() {
        let (is_there, errs) = (row["text"].contains("million"), place % 5 == 0);
        let unit = format!("{},{},cost", row["document"], row["sentence"]);
        let chance = &row["inclusion_probability"];
        for (coder, value) in [("anna", is_there), ("boris", is_there != errs)] {
            writeln!(codings, "{unit},{},{coder},{chance}", u8::from(value)).unwrap();
        }
        if errs {
            writeln!(codings, "{unit},{},adjudicated,{chance}", u8::from(is_there)).unwrap();
        }
        let weight = 1.0 / chance.parse::<f64>().unwrap();
        all += weight;
        apart += if errs { weight } else { 0.0 };
    }
    folder.write("sample/coded.csv", codings);
    folder.edit("study.toml", "codebook", "codings = \"sample/coded.csv\"\ncodebook");
    apart / all
}

#[test]
fn bounds_by_agreement_are_those_of_two_coders_who_both_err() {
    let folder = articles();
    let disagreement = coded_by_two(&folder);
    folder.done(&["run", "study.toml"]);
    let said = folder.done(&["plan", "study.toml", "--bounds"]);
    assert!(said.out.contains("Bounds if coders err as often as two of them disagree"), "{}", said.out);
    let rows = folder.rows("plan/plan-bounds.csv");
    let corrected = folder.rows("results/prevalence.csv");
    for row in rows.iter().filter(|row| row["frame"] == "cost") {
        let share = corrected.iter().find(|it| ["frame", "group"].iter().all(|key| it[*key] == row[*key])).unwrap();
        let number = |name: &str| row[name].parse::<f64>().unwrap();
        assert!((number("disagreement") - disagreement).abs() < 1e-6 && row["coded_twice"] == "80", "{row:?}");
        // Everything was adjudicated where the two differed, so that both have to err alike.
        let error = ((1.0 - (1.0 - 2.0 * disagreement).sqrt()) / 2.0).powi(2);
        let (low, high) = (number("corrected_low"), number("corrected_high"));
        assert!(share["corrected_low"] == row["corrected_low"] && share["corrected"] == row["corrected"], "{row:?}");
        for (name, expected) in [
            ("error", error),
            ("bound_low", ((low - error) / (1.0 - error)).max(0.0)),
            ("bound_high", (high / (1.0 - error)).min(1.0)),
        ] {
            assert!((number(name) - expected).abs() < 2e-6, "{name}: {}, not {expected}", row[name]);
        }
    }
    assert_eq!(rows.iter().filter(|row| row["frame"] == "cost").count(), 2);
    let uncoded = rows.iter().find(|row| row["frame"] == "benefit").unwrap();
    assert!(uncoded["bound_low"].is_empty() && uncoded["note"].contains("too few hand codings"), "{uncoded:?}");
}

#[test]
fn a_plan_names_a_first_fifty_and_no_bounds_where_nothing_is_coded() {
    let folder = articles();
    folder.done(&["run", "study.toml"]);
    let said = folder.done(&["plan", "study.toml", "--half-width", "0.05"]);
    assert!(said.out.contains("code a first 50 of the group") && !said.out.contains("Bounds"), "{}", said.out);
    assert!(folder.rows("plan/plan.csv").iter().all(|row| row["draw_a"] == "50"), "{}", folder.text("plan/plan.csv"));
    folder.done(&["plan", "study.toml", "--bounds"]);
    assert!(folder.rows("plan/plan-bounds.csv").iter().all(|row| !row["note"].is_empty()));
}

#[test]
fn a_plan_says_where_its_figures_are_of_results_before_a_change() {
    type Change = fn(&Folder) -> &Folder;
    let cases: [(&str, Change); 6] = [
        ("codebook.toml", |folder| folder.edit("codebook.toml", "exceed*", "devour*")),
        ("articles.csv", |folder| folder.append("articles.csv", "b1,Lighthouse,2023-05-02,Fog,Nothing moved.\n")),
        ("the list of corpus files", |folder| {
            folder.edit("study.toml", "articles.csv", "*icles.csv").write("icles.csv", "id,outlet,date,text\n")
        }),
        ("the list of corpus files", |folder| folder.remove("articles.csv")),
        ("sample/coded.csv", |folder| folder.append("sample/coded.csv", "a1,1,cost,0,carla,1\n")),
        ("study.toml", |folder| folder.edit("study.toml", "month", "year")),
    ];
    let folder = articles();
    coded_by_two(&folder);
    folder.done(&["run", "study.toml"]);
    let files =
        ["study.toml", "codebook.toml", "articles.csv", "sample/coded.csv"].map(|name| (name, folder.text(name)));
    for (changed, change) in cases {
        for (name, text) in &files {
            folder.write(name, text);
        }
        assert!(!folder.done(&["plan", "study.toml"]).out.contains("has changed"), "nothing has changed");
        change(&folder);
        let said = folder.done(&["plan", "study.toml", "--bounds"]).out;
        let told = format!("{changed} has changed since the results that this is planned from");
        assert!(said.contains(&told) && said.contains("run the study, then plan again"), "{changed}: {said}");
        for table in ["plan/plan.csv", "plan/plan-bounds.csv"] {
            assert!(folder.rows(table).iter().all(|row| row["note"].contains(&told)), "{table}: {changed}");
        }
    }
}
