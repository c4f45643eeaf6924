//! What good results must be: the same bytes whatever the threads, order or names of files, and true to the texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use parallax::report::REPORTS;

use crate::folder::{Folder, STUDY};

const OUTLETS: [&str; 3] = ["Quay Mail", "Lighthouse", "Harbour Post"];

/// Sentences that an invented article is put together from; some carry a frame, some have characters of several bytes.
const SENTENCES: [&str; 10] = [
    "The tram has swallowed nine million crowns.",
    "It shortens the way to the docks.",
    "Rain fell on the new rails \u{2014} for the third day \u{1f327}.",
    "\u{201c}It will exceed the budget,\u{201d} said Pia Lund, who voted against it.",
    "The city denied that the line exceeds its budget.",
    "Caf\u{e9} owners on M\u{f8}ller\u{2019}s quay complained.",
    "Pia Lund claimed that it would shorten the commute.",
    "Nobody came to the opening.",
    "\u{422}\u{440}\u{430}\u{43c}\u{432}\u{430}\u{439} \u{442}\u{430}\u{43a} \u{438} \u{43d}\u{435} \u{43f}\u{440}\u{438}\u{448}\u{451}\u{43b}.",
    "Taxpayers will not swallow another million, according to the council.",
];

/// Invented articles of an outlet, one row each, without a header.
fn articles(outlet: usize) -> Vec<String> {
    (0..60)
        .map(|number| {
            let pick =
                |step: usize| SENTENCES[(number * (outlet + 3) + step * (number % 7 + 1) + outlet) % SENTENCES.len()];
            let text: Vec<&str> = (0..number % 5 + 2).map(pick).collect();
            let (month, day) = (number % 3 + 1, number % 28 + 1);
            let title = pick(9).trim_end_matches('.').replace(',', " ");
            let name = OUTLETS.get(outlet).copied().unwrap_or("Morning Tide");
            format!("{outlet}-{number:02},{name},2023-{month:02}-{day:02},{title},\"{}\"\n", text.join(" "))
        })
        .collect()
}

fn csv(rows: &[String]) -> String {
    "id,outlet,date,title,text\n".to_owned() + &rows.concat()
}

/// A study on these files.
fn study(files: &[(&str, Vec<String>)]) -> Folder {
    let folder = Folder::new();
    let mut corpora = String::new();
    for (name, rows) in files {
        folder.write(name, csv(rows));
        write!(corpora, "[[corpus]]\npath = \"{name}\"\n").unwrap();
    }
    folder.write("study.toml", STUDY.replace("[[corpus]]\npath = \"articles.csv\"\n", &corpora));
    folder
}

fn tables(folder: &Folder) -> BTreeMap<String, String> {
    let names: Vec<_> = fs::read_dir(folder.path().join("results")).unwrap().collect();
    let names = names.into_iter().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let tables = names.filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "csv"));
    tables.map(|name| (name.clone(), folder.text(&format!("results/{name}")))).collect()
}

fn same_tables(what: &str, expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>) {
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>(), "{what}");
    for (name, content) in expected {
        let line = content.lines().zip(found[name].lines()).find(|(a, b)| a != b);
        assert!(content == &found[name], "{what}: {name} differs at {line:?}");
    }
}

fn three_files() -> [(&'static str, Vec<String>); 3] {
    [("a.csv", articles(0)), ("b.csv", articles(1)), ("c.csv", articles(2))]
}

#[test]
fn results_depend_on_neither_threads_nor_order_nor_names() {
    let folder = study(&three_files());
    folder.done(&["run", "study.toml", "--threads", "1"]);
    let files = folder.files();
    let expected = tables(&folder);
    assert!(
        expected["codings.csv"].lines().count() > 200 && expected.len() == REPORTS.len() - 1,
        "all but unlabelled.csv"
    );
    for threads in ["2", "7"] {
        folder.done(&["run", "study.toml", "--threads", threads]);
        assert!(folder.files() == files, "{threads} threads");
    }
    let [first, second, third] = three_files();
    let reordered = study(&[third.clone(), first.clone(), second.clone()]);
    reordered.done(&["run", "study.toml"]);
    same_tables("[[corpus]] in another order", &expected, &tables(&reordered));
    let turned = |(_, rows): &(&str, Vec<String>)| rows.iter().rev().cloned().collect::<Vec<_>>();
    let shuffled = study(&[("z.csv", turned(&first)), ("m/n.csv", turned(&second)), ("a.csv", turned(&third))]);
    shuffled.done(&["run", "study.toml"]);
    same_tables("rows shuffled and files renamed", &expected, &tables(&shuffled));
    let one = study(&[("all.csv", [turned(&second), turned(&third), turned(&first)].concat())]);
    one.done(&["run", "study.toml"]);
    same_tables("one file", &expected, &tables(&one));
}

#[test]
fn another_outlet_changes_no_digit_of_the_others() {
    let mut files = three_files().to_vec();
    let before = study(&files);
    before.done(&["run", "study.toml"]);
    // Words of its own everywhere, so that no text of it shows two others to be copies of one.
    let own_words = |(number, row): (usize, String)| {
        let (columns, text) = row.split_once(",\"").unwrap();
        let words: Vec<&str> = text.split(' ').collect();
        format!(
            "{columns},\"{}",
            words.chunks(3).map(|three| three.join(" ")).collect::<Vec<_>>().join(&format!(" w{number} "))
        )
    };
    files.push(("d.csv", articles(3).into_iter().enumerate().map(own_words).collect()));
    let after = study(&files);
    after.done(&["run", "study.toml"]);
    for table in ["prevalence.csv", "contrasts.csv"] {
        let without_q = |folder: &Folder| -> Vec<BTreeMap<String, String>> {
            let mut rows = folder.rows(&format!("results/{table}"));
            rows.retain(|row| row["group"] != "Morning Tide");
            // Adjusted for the number of tests, which has grown.
            for row in &mut rows {
                row.remove("q_value");
            }
            rows
        };
        assert!(!without_q(&before).is_empty());
        assert_eq!(without_q(&before), without_q(&after), "{table}");
    }
    let pairs = |folder: &Folder| -> BTreeSet<Vec<String>> {
        let mut rows = folder.rows("results/comparisons.csv");
        rows.retain(|row| {
            ["group_a", "group_b"].iter().all(|group| !matches!(&row[*group][..], "Morning Tide" | "(rest)"))
        });
        let columns =
            ["frame", "group_a", "group_b", "period", "difference", "conf_low", "conf_high", "p_value", "test"];
        rows.iter().map(|row| columns.map(|column| row[column].clone()).to_vec()).collect()
    };
    assert_eq!(pairs(&before), pairs(&after), "the seed of a comparison is that of its row");
}

#[test]
fn codings_and_counts_are_true_to_the_texts() {
    let folder = study(&three_files());
    folder.done(&["run", "study.toml"]);
    let mut texts = BTreeMap::new();
    for name in ["a.csv", "b.csv", "c.csv"] {
        texts.extend(folder.rows(name).into_iter().map(|row| (row["id"].clone(), row)));
    }
    let slices = check_spans(&folder, |document| (texts[document]["title"].clone(), texts[document]["text"].clone()));
    assert!(slices.0 > 10 && slices.1 > 200, "titles and sentences: {slices:?}");
    check_hits(&folder);
    check_prevalence(&folder);
    folder.done(&["verify", "study.toml"]);
}

#[test]
fn the_demo_study_runs_and_comes_out_again() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/ukraine-crisis");
    let folder = Folder::empty();
    copy(&demo, folder.path());
    // Learning takes long in a test build; that it comes out the same again is tested on a study of its own.
    folder.edit("study.toml", "codings  = \"hand-codings.csv\"\n", "");
    folder.edit("study.toml", "notebooks = \"../../notebooks-export\"\n", "");
    let said = folder.done(&["run", "study.toml", "--threads", "1"]);
    assert!(said.out.lines().count() <= 15, "{}", said.out);
    let before = folder.files();
    folder.done(&["check", "study.toml"]);
    folder.done(&["run", "study.toml", "--threads", "2"]);
    assert!(folder.files() == before);
    folder.done(&["verify", "study.toml"]);
    check_hits(&folder);
    check_prevalence(&folder);
    for row in folder.rows("results/codings.csv").iter().step_by(100) {
        let said =
            folder.done(&["explain", "study.toml", "--document", &row["document"], "--sentence", &row["sentence"]]);
        assert!(said.out.contains(&row["frame"]), "{row:?}: {}", said.out);
    }
}

/// Every row's start and end slice its text out of the document, in code points. Returns how many rows are of titles
/// and how many of texts.
fn check_spans(folder: &Folder, content: impl Fn(&str) -> (String, String)) -> (usize, usize) {
    let (mut titles, mut sentences) = (0, 0);
    for row in folder.rows("results/codings.csv") {
        let (title, text) = content(&row["document"]);
        let is_title = row["sentence"] == "0";
        *(if is_title { &mut titles } else { &mut sentences }) += 1;
        let [start, end] = ["start", "end"].map(|column| row[column].parse::<usize>().unwrap());
        let slice: String = if is_title { title } else { text }.chars().skip(start).take(end - start).collect();
        assert_eq!(slice, row["text"], "{row:?}");
    }
    (titles, sentences)
}

/// The hits of codings.csv are those of documents.csv.
fn check_hits(folder: &Folder) {
    let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in folder.rows("results/codings.csv").iter().filter(|row| row["hit"] == "true") {
        *counted.entry((row["document"].clone(), row["frame"].clone())).or_default() += 1;
    }
    assert!(!counted.is_empty());
    for row in folder.rows("results/documents.csv") {
        let hits = counted.remove(&(row["document"].clone(), row["frame"].clone())).unwrap_or(0);
        assert_eq!(row["hits"], hits.to_string(), "{row:?}");
    }
    assert!(counted.is_empty(), "not in documents.csv: {counted:?}");
}

/// Documents, sentences, hits and estimate of every row follow from documents.csv.
fn check_prevalence(folder: &Folder) {
    let mut cells: BTreeMap<[String; 3], [u64; 3]> = BTreeMap::new();
    for row in folder.rows("results/documents.csv") {
        let number = |column: &str| row[column].parse::<u64>().unwrap();
        for period in ["all", &row["period"]] {
            let cell = cells.entry([&row["frame"], &row["group"], period].map(str::to_owned)).or_default();
            let adds = [1, number("sentences"), number("hits")];
            cell.iter_mut().zip(adds).for_each(|(sum, add)| *sum += add);
        }
    }
    let rows = folder.rows("results/prevalence.csv");
    for row in &rows {
        assert_eq!(row["without_rule_share"], "", "rules alone code the frames: {row:?}");
        let cell = cells.remove(&[&row["frame"], &row["group"], &row["period"]].map(Clone::clone)).unwrap_or_default();
        let found = ["documents", "sentences", "hits"].map(|column| row[column].parse::<u64>().unwrap());
        assert_eq!(found, cell, "{row:?}");
        let [hits, all] = [cell[2], cell[1]].map(|count| f64::from(u32::try_from(count).unwrap()));
        let share = hits / all;
        match row["estimate"].parse::<f64>() {
            Ok(estimate) => assert!((estimate - share).abs() <= 5.1e-7, "{row:?}: {share}"),
            Err(_) => assert_eq!(cell[1], 0, "{row:?}"),
        }
    }
    assert!(cells.is_empty(), "not in prevalence.csv: {cells:?}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        } else if name != "results" {
            copy(&path, &to.join(name));
        }
    }
}
