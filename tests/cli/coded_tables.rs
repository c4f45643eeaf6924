//! Scoring tables of coded texts: train, predict, evaluate and features, on tables as researchers have them.

use std::fmt::Write;

use crate::folder::{CODEBOOK, Folder};

/// Texts of two kinds that a few words tell apart, from `count` rows; every third row shares its story with the next.
pub(crate) fn coded(count: usize) -> String {
    let slanted = ["a shameful scheme", "the disgraceful bill", "this reckless, shameful plan", "a disgraceful mess"];
    let plain = ["a scheme of nine stops", "the bill of last May", "this plan for the quay", "a timetable for trams"];
    let mut table = "id,story,outlet,text,label,cost,benefit\n".to_owned();
    for row in 0..count {
        let is_slanted = row % 2 == 0;
        let words = if is_slanted { slanted[row / 2 % 4] } else { plain[row / 2 % 4] };
        let (label, cost, benefit) =
            (if is_slanted { "slanted" } else { "plain, fair" }, u8::from(row % 2 == 0), u8::from(row % 3 == 0));
        let end = if row % 3 == 0 { "It shortens the way" } else { "It rained" };
        let outlet = ["Quay Mail", "Lighthouse", "Ferry Post"][row % 3];
        writeln!(
            table,
            "{row},{},{outlet},\"The council took up {words} on day {row}. {end}.\",\"{label}\",{cost},{benefit}",
            row - usize::from(row % 3 == 1)
        )
        .unwrap();
    }
    table
}

const WORDS: [&str; 5] = ["coded.csv", "--text", "text", "--label", "label"];

fn with<'w>(command: &'w str, more: &[&'w str]) -> Vec<&'w str> {
    [&[command], &WORDS[..], more].concat()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn predictions_are_the_table_with_what_the_model_says() {
    let folder = Folder::empty();
    folder.write("coded.csv", coded(60));
    folder.done(&with("train", &["--group", "story", "--output", "model.json", "--seed", "1"]));
    folder.write(
        "new.csv",
        "id,text,note\nx,A shameful scheme.,\"a, \"\"b\"\"\"\ny,A timetable for the quay.,\nz,,kept\n",
    );
    folder.done(&["predict", "new.csv", "--model", "model.json", "--output", "predictions.csv"]);
    let found = cells(&folder.text("predictions.csv"));
    let head = ["id", "text", "note", "predicted", "probability_plain, fair", "probability_slanted", "evidence"];
    assert_eq!(found[0], head);
    assert_eq!(found[1][..4], ["x", "A shameful scheme.", "a, \"b\"", "slanted"]);
    assert_eq!(found[2][3], "plain, fair");
    assert_eq!(found[3], ["z", "", "kept", "", "", "", ""]);
    let shares: f64 = found[1][4..6].iter().map(|cell| cell.parse::<f64>().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-5 && found[1][6].contains("shameful"), "{:?}", found[1]);
    let said = folder.done(&["features", "model.json", "--top", "3"]);
    assert!(said.out.contains("for slanted") && said.out.contains("shame"), "{}", said.out);
    assert!(!said.out.contains("meaning:0"), "no single number of a word vector means anything: {}", said.out);
}

/// The sum of the numbers in a cell such as `shameful +1.20; (all else) -0.10; (constant) +0.05`.
fn told(evidence: &str) -> f64 {
    evidence.split("; ").map(|part| part.rsplit_once(' ').unwrap().1.parse::<f64>().unwrap()).sum()
}

#[test]
fn evidence_adds_up_to_the_log_odds() {
    let folder = Folder::empty();
    let texts = coded(60);
    folder.write("coded.csv", &texts).write("codebook.toml", CODEBOOK);
    let with_target: String = texts.lines().skip(1).fold("text,name,label\n".to_owned(), |table, line| {
        let cells = cells(line).remove(0);
        table + &format!("\"{}\",council,\"{}\"\n", cells[3], cells[4])
    });
    folder.write("toward.csv", with_target);
    let rules = ["--codebook", "codebook.toml"];
    for (table, to_train, to_predict) in [
        ("coded.csv", &[][..], &[][..]),
        ("coded.csv", &["--context", "outlet"], &[]),
        ("coded.csv", &rules, &rules),
        ("toward.csv", &["--target", "name"], &[]),
    ] {
        let train = ["train", table, "--label", "label", "--output", "model.json"];
        folder.done(&[&train, to_train].concat());
        folder.done(&[&["predict", table, "--model", "model.json"], to_predict].concat());
        let rows = cells(&folder.text("predictions.csv"));
        let column = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
        for row in &rows[1..] {
            let share: f64 = row[column(&format!("probability_{}", row[column("predicted")]))].parse().unwrap();
            let log_odds = (share / (1.0 - share)).ln();
            let told = told(&row[column("evidence")]);
            assert!((told - log_odds).abs() < 0.04, "{to_train:?}: {told}, not {log_odds}: {row:?}");
        }
    }
}

#[test]
fn the_model_and_every_table_are_the_same_with_one_thread_and_two() {
    let folder = Folder::empty();
    folder.write("coded.csv", coded(60));
    for threads in ["1", "2"] {
        let output = |name: &str| format!("{threads}/{name}");
        folder.done(&with("train", &["--threads", threads, "--output", &output("model.json")]));
        folder.done(&with("evaluate", &["--threads", threads, "--folds", "3", "--output", &output("evaluation.csv")]));
        let model = output("model.json");
        let words = ["predict", "coded.csv", "--model", &model, "--threads", threads, "--output", &output("p.csv")];
        folder.done(&words);
    }
    for name in ["model.json", "p.csv", "evaluation.csv", "evaluation-confusion.csv", "evaluation-reliability.csv"] {
        assert_eq!(folder.text(&format!("1/{name}")), folder.text(&format!("2/{name}")), "{name}");
    }
}

#[test]
fn four_scorers_stand_side_by_side_and_rules_are_not_made_up() {
    let folder = Folder::empty();
    folder.write("coded.csv", coded(60)).write("codebook.toml", CODEBOOK);
    let base = ["evaluate", "coded.csv", "--label", "cost", "--label", "benefit", "--multi-label", "--group", "story"];
    let estimates = |more: &[&str]| {
        folder.done(&[&base[..], more].concat());
        cells(&folder.text("evaluation.csv"))
    };
    let find = |rows: &[Vec<String>], scorer: &str, less: &str, metric: &str| {
        let is_meant = |row: &&Vec<String>| row[1] == scorer && row[2] == less && row[3] == "(all)" && row[4] == metric;
        rows.iter().find(is_meant).map(|row| row[5..8].to_vec()).unwrap_or_default()
    };
    let without = estimates(&[]);
    assert_eq!(find(&without, "rules", "", "macro_f1"), ["", "", ""], "no codebook, no rules");
    let rows = estimates(&["--codebook", "codebook.toml", "--outlet", "outlet", "--ablate"]);
    for scorer in ["majority", "rules", "statistics", "together", "without words"] {
        assert!(!find(&rows, scorer, "", "macro_f1")[0].is_empty(), "{scorer}");
    }
    let auc = find(&rows, "majority", "", "auc");
    assert_eq!(auc, ["0.500000"; 3], "shares of other folds rank nothing");
    let [together, statistics] = ["together", "statistics"].map(|name| find(&rows, name, "", "macro_f1")[0].clone());
    let difference: Vec<f64> =
        find(&rows, "together", "statistics", "macro_f1").iter().map(|cell| cell.parse().unwrap()).collect();
    let apart = together.parse::<f64>().unwrap() - statistics.parse::<f64>().unwrap();
    assert!((difference[0] - apart).abs() < 2e-6 && difference[1] <= difference[0] && difference[0] <= difference[2]);
    assert!(rows.iter().any(|row| row[0] == "held-out outlets"), "outlets are held out");
}

#[test]
fn a_mean_over_labels_says_that_one_has_no_value() {
    let folder = Folder::empty();
    folder.write("coded.csv", coded(60));
    let labels = ["--label", "cost", "--label", "benefit", "--multi-label", "--output", "model.json"];
    folder.done(&[&["train", "coded.csv"][..], &labels].concat());
    let without: Vec<String> = coded(60).lines().filter(|line| !line.ends_with(",1")).map(str::to_owned).collect();
    folder.write("held-out.csv", without.join("\n") + "\n");
    let said = folder.done(&["evaluate", "held-out.csv", "--model", "model.json"]).out;
    let told = "mean over 1 of 2 labels, as it is not defined of the others";
    assert!(said.contains(&format!("AUC: {told}")), "{said}");
    for row in folder.rows("evaluation.csv") {
        let is_mean_of_one = row["label"] == "(all)" && row["metric"] == "auc";
        assert!(!is_mean_of_one || row["note"].contains(told), "{row:?}");
        assert!(row["label"] == "(all)" || !row["note"].contains("mean over"), "{row:?}");
    }
}

#[test]
fn a_model_is_measured_on_a_table_it_was_not_trained_on() {
    let folder = Folder::empty();
    folder.write("coded.csv", coded(60)).write("held-out.csv", coded(31).replace(",text,", ",body,"));
    folder.done(&with("train", &["--output", "model.json"]));
    let said = folder.parallax(&["evaluate", "held-out.csv", "--model", "model.json"]);
    assert!(said.errors.contains("no column \"text\""), "{}", said.errors);
    folder.edit("held-out.csv", ",body,", ",text,");
    folder.done(&["evaluate", "held-out.csv", "--model", "model.json"]);
    assert!(cells(&folder.text("evaluation.csv")).iter().any(|row| row[0] == "held-out table" && row[1] == "together"));
    let said = folder.parallax(&["evaluate", "held-out.csv", "--model", "model.json", "--label", "stance"]);
    assert!(said.errors.contains("\"stance\" is no column of model.json, which reads text, "), "{}", said.errors);
    folder.edit("coded.csv", "slanted", "Slanted");
    let said = folder.done(&with("train", &["--output", "other.json"])).out;
    assert!(said.contains("\"Slanted\" and \"slanted\" are two labels"), "{said}");
    folder.edit("held-out.csv", "plain, fair", "neither");
    let said = folder.parallax(&["evaluate", "held-out.csv", "--model", "model.json"]);
    assert!(said.errors.contains("the label \"neither\" is none of the model's, which are plain, fair, slanted"));
}

#[test]
fn odd_tables_train_all_the_same() {
    let many: String = (0..60)
        .map(|row| format!("label {},word{} and word{}\n", row % 30, row % 30, row % 7))
        .collect::<Vec<_>>()
        .concat();
    let rare = coded(40).replacen("slanted", "third", 1).replacen("slanted", "third", 1);
    let same = "label,text\n".to_owned() + &"a,The same words.\nb,The same words.\n".repeat(6);
    for (case, table) in [
        ("three rows", "label,text\na,One tram.\nb,Two trams.\na,One more.\n".to_owned()),
        ("two rows", "label,text\na,One tram.\nb,Two trams.\n".to_owned()),
        ("a label of two rows", rare),
        ("thirty labels", format!("label,text\n{many}")),
        ("one text only", same),
        ("texts without words", "label,text\na,...\nb,!\na,?\nb,--\n".to_owned()),
        ("labels that are missing", "label,text\na,Tram.\n,Ferry.\nNA,Quay.\nb,Gull.\nNaN,Sea.\nb,\n".to_owned()),
    ] {
        let folder = Folder::empty();
        folder.write("coded.csv", table);
        folder.done(&with("train", &["--output", "model.json"]));
        folder.done(&["predict", "coded.csv", "--model", "model.json"]);
        let said = folder.parallax(&with("evaluate", &[]));
        if case == "one text only" {
            assert!(said.errors.contains("coded.csv: all rows are of one group"), "{}", said.errors);
        } else {
            assert_eq!(said.code, Some(0), "{case}: {}", said.errors);
        }
        let shares = cells(&folder.text("predictions.csv"));
        let is_share = |cell: &String| cell.is_empty() || (0.0..=1.0).contains(&cell.parse::<f64>().unwrap());
        let columns: Vec<usize> =
            (0..shares[0].len()).filter(|at| shares[0][*at].starts_with("probability_")).collect();
        assert!(shares[1..].iter().all(|row| columns.iter().all(|at| is_share(&row[*at]))), "{case}: {shares:?}");
    }
}

#[test]
fn rows_that_are_left_out_are_counted() {
    let folder = Folder::empty();
    folder.write("coded.csv", b"label;text\na;Stra\xdfe.\nb;Caf\xe9.\nNA;Quay.\na;\n\"b;open".as_slice());
    let said = folder.done(&with("train", &["--output", "model.json"]));
    for line in
        ["5 rows read, 2 rows kept", "read as windows-1252", "1 row left out: no label", "1 row left out: no text"]
    {
        assert!(said.out.contains(line), "no {line:?} in {}", said.out);
    }
    assert!(said.out.contains("is never closed"), "{}", said.out);
}

#[test]
fn tables_that_cannot_teach_are_refused_with_what_would_be_right() {
    let folder = Folder::empty();
    folder.write("coded.csv", coded(20)).write("codebook.toml", CODEBOOK);
    folder.write("one.csv", "label,text\na,One.\na,Two.\n").write("none.csv", "label,text\n").write("empty.csv", "");
    folder.done(&["train", "coded.csv", "--label", "label", "--codebook", "codebook.toml", "--output", "ruled.json"]);
    folder.done(&["train", "coded.csv", "--label", "label", "--context", "outlet", "--output", "model.json"]);
    folder.write("old.json", folder.text("model.json").replacen("\"format\":", "\"format\":9", 1));
    folder.write("other.toml", CODEBOOK.replace("shorten*", "short*")).write("new.csv", "id,body\n1,Tram.\n");
    for (words, says) in [
        (&["train", "coded.csv"][..], "name the column of the label with --label"),
        (&["train", "coded.csv", "--label", "labell"], "no column \"labell\"; did you mean \"label\"?"),
        (&["train", "coded.csv", "--label", "label", "--text", "body"], "no column \"body\""),
        (&["train", "coded.csv", "--label", "cost", "--label", "benefit"], "add --multi-label"),
        (&["train", "coded.csv", "--label", "label", "--multi-label"], "record 1: \"slanted\" in the column \"label\""),
        (&["train", "coded.csv", "--label", "cost", "--label", "cost", "--multi-label"], "\"cost\" is named twice"),
        (&["train", "coded.csv", "--label", "text"], "\"text\" is named twice"),
        (
            &[
                "train",
                "coded.csv",
                "--label",
                "label",
                "--without",
                "words",
                "--without",
                "characters",
                "--without",
                "position",
                "--without",
                "meaning",
            ],
            "every family of features is left out",
        ),
        (&["train", "one.csv", "--label", "label"], "every row has the label \"a\""),
        (&["train", "none.csv", "--label", "label"], "no coded row is left"),
        (&["train", "empty.csv", "--label", "label"], "the file is empty"),
        (&["train", "gone.csv", "--label", "label"], "gone.csv: no such file"),
        (&["train", "coded.csv", "--label", "label", "--without", "smell"], "the families are words, characters"),
        (&["train", "coded.csv", "--label", "label", "--output", "coded.csv"], "which the results would replace"),
        (&["predict", "coded.csv", "--model", "coded.csv"], "not a model of this program"),
        (&["predict", "coded.csv", "--model", "old.json"], "and this program reads layout"),
        (&["predict", "coded.csv", "--model", "ruled.json"], "name it with --codebook"),
        (
            &["predict", "coded.csv", "--model", "ruled.json", "--codebook", "other.toml"],
            "another version of the codebook",
        ),
        (
            &["predict", "new.csv", "--model", "model.json"],
            "no column \"text\", \"outlet\", which the model model.json reads",
        ),
        (&["features", "gone.json"], "gone.json: no such file"),
    ] {
        let said = folder.parallax(words);
        assert_eq!(said.code, Some(2), "{words:?}: {}", said.out);
        assert!(said.errors.contains(says), "{words:?} says {:?}, not {says:?}", said.errors);
    }
}

#[test]
fn a_target_is_placed_by_its_offsets_or_by_its_name() {
    let folder = Folder::empty();
    let mut table = "text,target,start,end,stance\n".to_owned();
    for row in 0..40 {
        let (verb, stance) = if row % 2 == 0 { ("praised", "favor") } else { ("blamed", "against") };
        let text = format!("Ödön {verb} Ms. Lund on day {row}.");
        let start = if row == 36 { 0 } else { text.chars().position(|c| c == 'L').unwrap() };
        let offsets = if row % 4 < 2 { format!("{start},{}", start + 4) } else { ",".to_owned() };
        writeln!(table, "{text},{},{offsets},{stance}", if row == 39 { "nobody" } else { "Lund" }).unwrap();
    }
    folder.write("coded.csv", table);
    let columns = ["--label", "stance", "--target", "target", "--target-start", "start", "--target-end", "end"];
    let said = folder.done(&[&["train", "coded.csv", "--output", "model.json"][..], &columns].concat());
    let says = "2 rows left out: the target is not in the text, or not where the table says; record 37";
    assert!(said.out.contains(says), "{}", said.out);
    let said = folder.done(&["predict", "coded.csv", "--model", "model.json"]);
    assert!(said.out.contains(says), "{}", said.out);
    let found = cells(&folder.text("predictions.csv"));
    let right = found[1..].iter().filter(|row| row[4] == row[5]).count();
    assert!(right >= 36, "{right} of 38");
    for row in [37, 40] {
        assert!(found[row][5..].iter().all(String::is_empty), "{:?}", found[row]);
    }
}

#[test]
fn labels_that_no_part_could_learn_are_not_measured() {
    let folder = Folder::empty();
    let row = |row: usize| {
        let (label, story) = if row.is_multiple_of(2) { ("plain", "s1") } else { ("slanted", "s2") };
        format!("{label},{story},A tram crosses bridge {row}.\n")
    };
    folder.write("coded.csv", "label,story,text\n".to_owned() + &(0..40).map(row).collect::<String>());
    folder.done(&with("evaluate", &["--group", "story"]));
    let rows = cells(&folder.text("evaluation.csv"));
    for scorer in ["majority", "statistics", "together"] {
        let of_scorer: Vec<&Vec<String>> = rows.iter().filter(|row| row[1] == scorer).collect();
        assert!(!of_scorer.is_empty(), "{scorer}");
        for row in of_scorer {
            assert_eq!(row[5..8].join(""), "", "each part learnt one label only: {row:?}");
            assert!(row[10].contains("in one fold: plain, slanted"), "{row:?}");
        }
    }
}
