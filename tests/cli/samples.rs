//! Samples of whole documents, and samples that are added to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use crate::folder::Folder;

type Row = BTreeMap<String, String>;

/// A study that compares 80 documents of ten sentences.
fn documents() -> Folder {
    let folder = Folder::new();
    let mut articles = "id,outlet,date,title,text\n".to_owned();
    for number in 0..80 {
        let about = [1, 3, 1, 4, 0, 2, 1, 5, 2, 3][number % 10];
        let text = ["The tram swallows a million."].repeat(about).join(" ")
            + &" The gulls sat on the quay.".repeat(10 - about);
        let outlet = ["Quay Mail", "Lighthouse"][number % 2];
        writeln!(articles, "{number:03},{outlet},2023-05-{:02},Day {number},{}", number % 28 + 1, text.trim()).unwrap();
    }
    folder.write("articles.csv", articles);
    folder.edit("study.toml", "by = \"outlet\"\nperiod = \"month\"", "by = \"outlet\"\nunit = \"document\"");
    folder
}

/// What a simulated coder says of cost and benefit in a text.
fn answers(text: &str, coder: usize) -> [u8; 2] {
    let millions = text.matches("million").count();
    [millions >= 3, text.len() % 5 == coder || millions == 0].map(u8::from)
}

/// The sample as a coder gives it back by every road: folder and content of the file.
fn roads(rows: &[Row], coder: usize) -> Vec<(&'static str, &'static str, String)> {
    let name = ["anna", "boris"][coder];
    let mut wide = "item,document,sentence,stratum,inclusion_probability,text,coder,cost,benefit\n".to_owned();
    let mut excel = wide.replace(',', ";");
    let mut page = "item,frame,value,coder,voice,source,stance,unsure,note,text\r\n".to_owned();
    let mut long = "document,sentence,frame,value,coder,inclusion_probability\n".to_owned();
    let (mut full, mut lines) = (Vec::new(), String::new());
    for row in rows {
        let [item, document, stratum, inclusion, text] =
            ["item", "document", "stratum", "inclusion_probability", "text"].map(|name| &row[name][..]);
        let said = answers(text, coder);
        let [cost, benefit] = said;
        let quoted = format!("\"{text}\"");
        writeln!(wide, "{item},{document},,\"{stratum}\",{inclusion},{quoted},{name},{cost},{benefit}").unwrap();
        let (bare, thousands) = (document.trim_start_matches('0'), inclusion.replace("0.", "").replace('.', ""));
        let bare = if bare.is_empty() { "0" } else { bare };
        writeln!(excel, "{item};{bare};;{stratum};{thousands};{quoted};{name};{cost},0;{benefit},0").unwrap();
        let frames = ["cost", "benefit"].into_iter().zip(said);
        for (frame, value) in frames.clone() {
            write!(page, "{item},{frame},{value},{name},,,,,,{}\r\n", text.lines().next().unwrap()).unwrap();
            writeln!(long, "{document},,{frame},{value},{name},{inclusion}").unwrap();
        }
        let chosen: Vec<&str> = frames.filter(|(_, value)| *value == 1).map(|(frame, _)| frame).collect();
        let data = json!({ "item": item, "document": document, "sentence": null, "stratum": stratum,
            "inclusion_probability": inclusion, "text": text });
        let result = json!([{ "from_name": "frames", "value": { "choices": chosen } }]);
        full.push(json!({ "data": data, "annotations": [{ "completed_by": { "email": name }, "result": result }] }));
        writeln!(lines, "{}", json!({ "text": text, "item": item, "label": chosen, "Comments": [] })).unwrap();
    }
    vec![
        ("wide", "csv", wide),
        ("excel", "csv", excel),
        ("page", "csv", page),
        ("full", "json", Value::Array(full).to_string()),
        ("lines", "jsonl", lines),
        ("long", "csv", long),
    ]
}

#[test]
fn whole_documents_are_drawn_and_correct_the_shares_of_documents_by_every_road() {
    let folder = documents();
    folder.edit("study.toml", "unit = \"document\"", "unit = \"document\"\nat_least = 2");
    let said = folder.done(&["sample", "study.toml", "--n", "40"]);
    assert!(said.out.contains("40 documents drawn"), "{}", said.out);
    let rows = folder.rows("sample/sample.csv");
    assert!(rows.iter().all(|row| row["sentence"].is_empty() && row["text"].matches('.').count() == 10), "{rows:?}");
    assert!(rows.iter().all(|row| row["text"].starts_with("Day ") && !row.contains_key("voice")), "{rows:?}");
    let interface = folder.text("sample/sample-label-studio.xml");
    assert!(interface.contains("Code this document:") && !interface.contains("stance"), "{interface}");
    let study = folder.text("study.toml");
    let mut first: Option<Vec<String>> = None;
    for ((road, end, anna), (.., boris)) in roads(&rows, 0).into_iter().zip(roads(&rows, 1)) {
        let names = ["anna", "boris"].map(|coder| format!("sample/{road}/{coder}.{end}"));
        folder.write(&names[0], anna).write(&names[1], boris);
        folder.done(&["agree", &names[0], &names[1], "--study", "study.toml"]);
        folder.write("coded.toml", study.replacen("codebook", &format!("codings = {names:?}\ncodebook"), 1));
        let said = folder.done(&["run", "coded.toml"]);
        assert!(said.out.contains("160 hand codings of 40 documents for 2 frames by anna, boris"), "{}", said.out);
        assert!(said.out.contains("left out of a frame on which as many coders say yes as no"), "{}", said.out);
        let tables = ["prevalence", "comparisons", "contrasts", "validation"].map(|it| format!("results/{it}.csv"));
        let mut found = vec![folder.text("agreement/agreement.csv")];
        found.extend(tables.iter().map(|name| folder.text(name)));
        match &first {
            None => first = Some(found),
            Some(first) => assert!(*first == found, "{road} differs: {}", said.out),
        }
    }
    for row in folder.rows("results/prevalence.csv").iter().filter(|row| row["frame"] == "cost") {
        let of_group = folder.rows("results/validation.csv");
        let of_group = of_group.iter().filter(|coded| coded["frame"] == "cost" && is_of(coded, &row["group"]));
        assert_eq!(row["codings"], of_group.clone().count().to_string(), "{row:?}");
        let corrected: f64 = row["corrected"].parse().unwrap();
        let expected = by_cells(&of_group.collect::<Vec<_>>(), row["hits"].parse().unwrap());
        assert!((corrected - expected).abs() < 1e-6, "{corrected}, not {expected}");
    }
}

fn is_of(coded: &Row, group: &str) -> bool {
    coded["document"].parse::<usize>().unwrap() % 2 == usize::from(group == "Lighthouse")
}

/// The estimate of the sheet for a group of 40 documents of which `hits` carry the frame by the machine, to which a document
/// carries it from two sentences about money on.
fn by_cells(coded: &[&Row], hits: u32) -> f64 {
    let cell = |is_hit: bool| {
        let of_cell = coded.iter().filter(|row| {
            let number: usize = row["document"].parse().unwrap();
            ([1, 3, 1, 4, 0, 2, 1, 5, 2, 3][number % 10] >= 2) == is_hit
        });
        let sums = of_cell.fold((0.0, 0.0), |sum, row| {
            let weight = 1.0 / row["inclusion_probability"].parse::<f64>().unwrap();
            (sum.0 + weight, sum.1 + if row["coded"] == "true" { weight } else { 0.0 })
        });
        if sums.0 > 0.0 { sums.1 / sums.0 } else { 0.5 }
    };
    let share = f64::from(hits) / 40.0;
    share * cell(true) + (1.0 - share) * cell(false)
}

#[test]
fn codings_of_the_other_unit_are_answered_with_what_would_be_right() {
    let folder = documents();
    let said = folder.done(&["sample", "study.toml", "--n", "40", "--unit", "sentence"]);
    assert!(said.out.contains("only codings of documents correct its shares (--unit document)"), "{}", said.out);
    let sheet: Vec<String> = folder
        .rows("sample/sample.csv")
        .iter()
        .map(|row| format!("{},{},{},1,0", row["document"], row["sentence"], row["inclusion_probability"]))
        .collect();
    let header = "document,sentence,inclusion_probability,cost,benefit\n";
    folder.write("anna.csv", header.to_owned() + &sheet.join("\n"));
    folder.edit("study.toml", "codebook", "codings = \"anna.csv\"\ncodebook").done(&["run", "study.toml"]);
    let note = &folder.rows("results/prevalence.csv")[0]["note"];
    assert!(note.contains("code documents (parallax sample --unit document)"), "{note}");
    folder.edit("study.toml", "unit = \"document\"", "");
    let whole: Vec<String> = sheet.iter().map(|row| row.split(',').next().unwrap().to_owned() + ",,1,0").collect();
    let whole: BTreeSet<String> = whole.into_iter().collect();
    let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
    folder.write("anna.csv", "document,sentence,cost,benefit\n".to_owned() + &whole.join("\n"));
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("with unit = \"document\" they are"), "{}", said.out);
    let note = &folder.rows("results/prevalence.csv")[0]["note"];
    assert!(note.contains("write unit = \"document\" under [compare]"), "{note}");
    let said = folder.done(&["sample", "study.toml", "--n", "12", "--unit", "document", "--output", "whole"]);
    assert!(said.out.contains("neither correct nor teach"), "{}", said.out);
}

#[test]
fn of_codings_of_both_units_those_are_measured_that_the_study_compares() {
    let folder = documents();
    let header = "document,sentence,cost,benefit\n".to_owned();
    let whole: Vec<String> = (0..40).map(|number| format!("{number:03},,{},0", u8::from(number % 2 == 0))).collect();
    folder.write("mixed.csv", header + &whole.join("\n") + "\n050,1,1,0\n051,1,1,0\n");
    folder.edit("study.toml", "codebook", "codings = \"mixed.csv\"\ncodebook");
    for (unit, expected) in [("document", true), ("sentence", false)] {
        folder
            .write("of.toml", folder.text("study.toml").replace("unit = \"document\"", &format!("unit = \"{unit}\"")));
        folder.done(&["evaluate", "of.toml"]);
        let designs: BTreeSet<String> =
            folder.rows("results/evaluation.csv").iter().map(|row| row["design"].clone()).collect();
        assert_eq!(designs.iter().any(|design| design == "documents"), expected, "{unit}: {designs:?}");
    }
}

fn chances(rows: &[Row]) -> BTreeMap<(String, String), f64> {
    let chance = |row: &Row| row["inclusion_probability"].parse().unwrap();
    rows.iter().map(|row| ((row["document"].clone(), row["sentence"].clone()), chance(row))).collect()
}

/// By stratum, how many units of the corpus its sampled ones stand for.
fn sizes(rows: &[Row]) -> BTreeMap<String, i64> {
    let mut sizes: BTreeMap<String, f64> = BTreeMap::new();
    for row in rows {
        *sizes.entry(row["stratum"].clone()).or_default() += 1.0 / row["inclusion_probability"].parse::<f64>().unwrap();
    }
    #[expect(clippy::cast_possible_truncation, reason = "a count")]
    sizes.into_iter().map(|(stratum, size)| (stratum, size.round() as i64)).collect()
}

#[test]
fn a_sample_that_is_added_to_keeps_what_was_coded_and_knows_every_probability() {
    for (unit, all) in [("sentence", 880.0), ("document", 80.0)] {
        let folder = documents();
        let sample = |more: &[&str]| {
            let words = ["sample", "study.toml", "--n", "24", "--unit", unit];
            folder.done(&[&words[..], more].concat())
        };
        sample(&[]);
        let untouched = folder.text("sample/sample.csv");
        let key = || folder.rows("sample/sample-key.csv");
        let first = key();
        folder
            .write("before/sample.csv", &untouched)
            .write("before/sample-key.csv", folder.text("sample/sample-key.csv"));
        let said = sample(&["--add-to", "sample/sample.csv"]);
        assert!(said.out.contains(&format!("24 {unit}s drawn, to 24 of earlier parts")), "{}", said.out);
        let both = key();
        assert_eq!(sizes(&first), sizes(&both), "{unit}: strata are as large by either");
        sample(&["--add-to", "sample", "--strategy", "random"]);
        let known = chances(&key());
        assert_eq!((both.len(), known.len()), (48, 72), "{unit}: no unit twice");
        for (place, chance) in chances(&both) {
            let expected = 1.0 - (1.0 - chance) * (1.0 - 24.0 / (all - 48.0));
            assert!((known[&place] - expected).abs() < 2e-9, "{unit}, {place:?}: {}, not {expected}", known[&place]);
        }
        let new = chances(&folder.rows("sample/sample-3.csv"));
        assert!(new.len() == 24 && new.iter().all(|(place, chance)| (known[place] - chance).abs() < 1e-12), "{unit}");
        assert_eq!(folder.text("sample/sample.csv"), untouched, "what coders fill in");
        agree_knows(&folder, &known, unit);
        let other = if unit == "sentence" { "document" } else { "sentence" };
        let said = folder.parallax(&["sample", "study.toml", "--add-to", "sample", "--unit", other]);
        assert!(said.code == Some(2) && said.errors.contains("a sample of the other kind"), "{}", said.errors);
        folder.remove("sample/sample-design.csv");
        let said = folder.parallax(&["sample", "study.toml", "--add-to", "sample", "--unit", unit]);
        assert!(said.code == Some(2) && said.errors.contains("draw a sample of its own"), "{}", said.errors);
    }
}

#[test]
fn two_samples_of_one_design_do_not_count_as_one() {
    let folder = documents();
    for (seed, place) in [("1", "one"), ("2", "two")] {
        folder.done(&["sample", "study.toml", "--n", "20", "--seed", seed, "--strategy", "random", "--output", place]);
        let rows = folder.rows(&format!("{place}/sample.csv"));
        let [anna, boris] = [0, 1].map(|coder| roads(&rows, coder).swap_remove(0).2);
        folder.write(&format!("{place}/anna.csv"), anna).write(&format!("{place}/boris.csv"), boris);
    }
    folder.done(&["agree", "one/anna.csv", "one/boris.csv", "two/anna.csv", "two/boris.csv"]);
    let either = 1.0 - 0.75 * 0.75;
    let rows = folder.rows("agreement/all-codings.csv");
    let is_either = |row: &Row| (row["inclusion_probability"].parse::<f64>().unwrap() - either).abs() < 1e-9;
    assert!(rows.iter().all(is_either), "{:?}", rows[0]);
}

#[test]
fn a_coder_who_marks_only_hits_is_pointed_out() {
    let folder = documents();
    folder.done(&["sample", "study.toml", "--n", "40"]);
    let rows = folder.rows("sample/sample.csv");
    let mark = |row: &Row| {
        let marks = answers(&row["text"], 0).map(|value| if value == 1 { "x" } else { "" });
        format!("{},{}", row["item"], marks.join(","))
    };
    let marks: Vec<String> = rows.iter().map(mark).collect();
    folder.write("sample/anna.csv", "item,cost,benefit\n".to_owned() + &marks.join("\n"));
    folder.edit("study.toml", "codebook", "codings = \"sample/anna.csv\"\ncodebook");
    let said = folder.done(&["run", "study.toml"]);
    assert!(
        said.out.contains("anna marks only what is there") && said.out.contains("fill them with 0"),
        "{}",
        said.out
    );
}

/// Whatever copy of the first part is named beside the later ones, the key that has them all decides.
fn agree_knows(folder: &Folder, known: &BTreeMap<(String, String), f64>, unit: &str) {
    for sheet in ["sample/sample.csv", "before/sample.csv"] {
        for (name, coder) in [(sheet, "anna"), ("sample/sample-2.csv", "anna"), ("sample/sample-3.csv", "boris")] {
            let mut reader = csv::Reader::from_path(folder.path().join(name)).unwrap();
            let header = reader.headers().unwrap().clone();
            let mut out = csv::Writer::from_writer(Vec::new());
            out.write_record(&header).unwrap();
            for record in reader.records() {
                let record = record.unwrap();
                let filled = header.iter().zip(record.iter()).map(|(column, cell)| match column {
                    "cost" => "1".to_owned(),
                    "benefit" => "0".to_owned(),
                    "coder" => coder.to_owned(),
                    _ => cell.to_owned(),
                });
                out.write_record(filled.collect::<Vec<_>>()).unwrap();
            }
            folder.write(&format!("{}.filled.csv", name.trim_end_matches(".csv")), out.into_inner().unwrap());
        }
        let files = [sheet, "sample/sample-2.csv", "sample/sample-3.csv"];
        let files = files.map(|name| format!("{}.filled.csv", name.trim_end_matches(".csv")));
        // Somebody must have coded something twice for coders to agree.
        folder.write("sample/twin.csv", folder.text(&files[0]).replace(",anna,", ",boris,"));
        folder.done(&["agree", &files[0], &files[1], &files[2], "sample/twin.csv"]);
        for row in folder.rows("agreement/all-codings.csv") {
            let chance: f64 = row["inclusion_probability"].parse().unwrap();
            let expected = known[&(row["document"].clone(), row["sentence"].clone())];
            assert!((chance - expected).abs() < 1e-8, "{unit}, {sheet}: {chance}, not {expected}");
        }
    }
}

#[test]
fn an_overlap_without_coders_is_refused() {
    let said = Folder::new().parallax(&["sample", "study.toml", "--n", "4", "--overlap", "0.5"]);
    assert_eq!((said.code, said.errors.contains("--coders <NAMES>")), (Some(2), true), "{}", said.errors);
}
