//! Work with human coders: samples to fill in, and how far coders agree.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::folder::Folder;

/// A CSV without quoted fields, by column name.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The sample with a value for every frame, as a coder gives it back.
fn filled(sample: &str, value: impl Fn(usize) -> &'static str) -> String {
    let mut reader = csv::Reader::from_reader(sample.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&header).unwrap();
    for (number, record) in reader.records().enumerate() {
        let cells = record.unwrap();
        let cells = header.iter().zip(cells.iter());
        let cells = cells.map(|(name, cell)| if ["cost", "benefit"].contains(&name) { value(number) } else { cell });
        out.write_record(cells).unwrap();
    }
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

#[test]
fn a_sample_filled_in_by_two_coders_can_be_compared_blinded_or_not() {
    for extra in [&[][..], &["--blind"]] {
        let folder = Folder::new();
        folder.done(&[&["sample", "study.toml", "--n", "8", "--strategy", "random"], extra].concat());
        let sample = folder.text("sample/sample.csv");
        assert_eq!(rows(&sample).len(), 8);
        assert!(sample.starts_with('\u{feff}'), "Excel takes it for UTF-8");
        assert!(rows(&sample).iter().all(|row| row["item"].starts_with('s')), "no spreadsheet takes it for a number");
        folder.write("sample/anna.csv", filled(&sample, |n| if n < 3 { "1" } else { "0" }));
        folder.write("sample/boris.csv", filled(&sample, |n| ["1", "1", "0", ""][n.min(3)]));
        let said = folder.done(&["agree", "sample/anna.csv", "sample/boris.csv"]);
        assert!(said.out.contains("2 disagreements to adjudicate"), "{}", said.out);
        let agreement = rows(&folder.text("agreement/agreement.csv"));
        let all = agreement.iter().find(|row| row["frame"] == "cost" && row["scope"] == "all").unwrap();
        assert_eq!((&all["units"][..], &all["percent_agreement"][..]), ("3", "0.666667"));
        let document = &rows(&folder.text("agreement/disagreements.csv"))[0]["document"];
        assert!(["q-1", "q-2", "l-1", "l-2"].contains(&&document[..]), "{document}");
        let together = rows(&folder.text("agreement/all-codings.csv"));
        assert_eq!(together.len(), 8 * 2 + 3 * 2, "both coders' values for both frames");
        assert!(together.iter().all(|row| row["inclusion_probability"].parse::<f64>().unwrap() > 0.5));
        let settled = folder.text("agreement/disagreements.csv").replace(",,adjudicated", ",1,adjudicated");
        folder.write("agreement/disagreements.csv", &settled).write("settled.csv", &settled);
        let files = ["agree", "sample/anna.csv", "sample/boris.csv", "agreement/disagreements.csv"];
        let said = folder.parallax(&files);
        assert!(said.code == Some(2) && said.errors.contains("which the results would replace"), "{}", said.errors);
        let said = folder.parallax(&files[..3]);
        assert!(said.code == Some(2) && said.errors.contains("values were filled in"), "{}", said.errors);
        assert_eq!(folder.text("agreement/disagreements.csv"), settled);
        let said = folder.done(&[&files[..3], &["settled.csv"]].concat());
        assert!(said.out.contains("0 disagreements to adjudicate"), "{}", said.out);
    }
}

#[test]
fn a_blinded_sample_names_no_outlet_and_its_key_names_every_item() {
    let folder = Folder::new();
    folder.done(&["sample", "study.toml", "--n", "5", "--strategy", "uncertain", "--blind"]);
    let [sample, key] = ["sample/sample.csv", "sample/sample-key.csv"].map(|name| rows(&folder.text(name)));
    for name in ["sample/sample.csv", "sample/sample-label-studio.json", "sample/sample-doccano.jsonl"] {
        let text = folder.text(name);
        assert!(!text.contains("Quay Mail") && !text.contains("q-1") && !text.contains("l-2"), "{name}");
    }
    let items = |rows: &[BTreeMap<String, String>]| rows.iter().map(|row| row["item"].clone()).collect::<Vec<_>>();
    assert_eq!(items(&sample), items(&key));
    let sum: f64 = key.iter().map(|row| row["inclusion_probability"].parse::<f64>().unwrap()).sum();
    assert!(sum > 0.0 && sum <= 5.0, "{sum}");
}

#[test]
fn what_coders_filled_in_is_never_overwritten() {
    let folder = Folder::new();
    folder.done(&["sample", "study.toml", "--n", "8"]);
    let before = folder.files();
    let said = folder.parallax(&["sample", "study.toml", "--n", "8"]);
    assert_eq!(said.code, Some(2));
    assert!(said.errors.contains("sample/sample.csv: there already"), "{}", said.errors);
    assert!(folder.files() == before);
}

#[test]
fn codings_that_cannot_be_used_are_refused_or_left_out_visibly() {
    let folder = Folder::empty();
    folder.write("anna.csv", "document,sentence,frame,value\nd1,1,cost,1\nd1,two,cost,1\nd1,1,cost,0\n,1,cost,1\n");
    folder.write("boris.csv", "document,sentence,frame,value\nd1,1,cost,1\n");
    folder.write("other.csv", "document,sentence,frame,value\nd9,1,cost,1\n");
    folder.write("bare.csv", "paragraph,frame,value\nd9,cost,1\n").write("texts.csv", "document,text\nd1,Words.\n");
    let said = folder.done(&["agree", "anna.csv", "boris.csv"]);
    for part in ["record 2: sentence is \"two\"", "record 3: coder \"anna\" coded \"cost\" here before", "no document"]
    {
        assert!(said.out.contains(part), "no {part:?} in: {}", said.out);
    }
    for (words, says) in [
        (&["agree", "anna.csv", "other.csv"][..], "no unit was coded by two coders (the coders anna, other"),
        (&["agree", "boris.csv"], "there is only \"boris\""),
        (&["agree", "bare.csv"], "no column \"document\""),
        (&["agree", "texts.csv"], "no codings"),
        (&["agree", "anna.csv", "boris.csv", "--label", "cots"], "no column \"cots\""),
        (&["agree", "nobody.csv"], "nobody.csv: no such file"),
        (&["agree"], "<FILE>"),
        (&["sample", "study.toml", "--strategy", "best"], "'best'"),
    ] {
        let said = folder.parallax(words);
        assert_eq!(said.code, Some(2), "{words:?}: {}", said.errors);
        assert!(said.errors.contains(says), "{words:?}: no {says:?} in: {}", said.errors);
    }
}

/// "q-2" has a title and two sentences: 0, 1 and 2.
#[test]
fn coders_who_count_from_one_are_left_out_of_agreement_as_of_a_run() {
    let folder = Folder::new();
    let sheet = |numbers: [usize; 3]| {
        let rows = numbers.iter().zip([0, 1, 0]).map(|(number, value)| format!("q-2,{number},{value}\n"));
        format!("document,sentence,cost\n{}", rows.collect::<String>())
    };
    folder
        .write("anna.csv", sheet([0, 1, 2]))
        .write("clara.csv", sheet([0, 1, 2]))
        .write("boris.csv", sheet([1, 2, 3]));
    let warning = "boris.csv: all 3 codings without words left out, since boris seems to count from 1, the title";
    let said = folder.done(&["agree", "anna.csv", "boris.csv", "clara.csv"]);
    assert!(said.out.contains(warning), "{}", said.out);
    let rows = folder.rows("agreement/agreement.csv");
    let all = rows.iter().find(|row| row["scope"] == "all" && row["frame"] == "cost").unwrap();
    assert_eq!((&all["units"][..], &all["percent_agreement"][..]), ("3", "1.000000"), "those of anna and clara");
    let said = folder.parallax(&["agree", "anna.csv", "boris.csv"]);
    assert!(said.code == Some(2) && said.errors.contains(warning), "{}", said.errors);
    folder.edit("study.toml", "codebook", "codings = [\"anna.csv\", \"boris.csv\"]\ncodebook");
    let said = folder.done(&["code", "study.toml"]);
    assert!(said.out.contains(warning), "the same is said by other commands: {}", said.out);
    folder.remove("articles.csv");
    let said = folder.done(&["agree", "anna.csv", "boris.csv"]);
    let unchecked = "sentence numbers of codings without words are taken as they are, as the corpus cannot be read";
    assert!(said.out.contains(unchecked), "{}", said.out);
}

#[test]
fn a_stratified_sample_smaller_than_its_strata_is_refused() {
    let folder = Folder::new();
    let said = folder.parallax(&["sample", "study.toml", "--n", "2"]);
    assert_eq!(said.code, Some(2), "{}", said.out);
    assert!(said.errors.contains("strata and 2 to draw"), "{}", said.errors);
}

#[test]
fn named_coders_get_a_sheet_and_a_page_each_and_one_key_joins_what_comes_back() {
    let folder = Folder::new();
    folder.done(&["sample", "study.toml", "--n", "8", "--coders", "anna,boris", "--overlap", "0.5", "--blind"]);
    let key = rows(&folder.text("sample/sample-key.csv"));
    let sheets = ["anna", "boris"].map(|coder| rows(&folder.text(&format!("sample/{coder}.csv"))));
    let items = |rows: &[BTreeMap<String, String>]| rows.iter().map(|row| row["item"].clone()).collect::<BTreeSet<_>>();
    let [anna, boris] = [items(&sheets[0]), items(&sheets[1])];
    assert_eq!(anna.union(&boris).cloned().collect::<BTreeSet<_>>(), items(&key), "every sentence is somebody's");
    assert_eq!(anna.intersection(&boris).count(), 4, "half of 8");
    for name in ["anna.html", "boris.html", "anna.csv", "boris.csv"] {
        let text = folder.text(&format!("sample/{name}"));
        for hidden in ["inclusion_probability", "frame found", "Quay Mail", "q-1"] {
            assert!(!text.contains(hidden), "{name} tells {hidden:?}");
        }
    }
    // What the page saves: items, one row a frame.
    let page = |coder: &str, rows: &[BTreeMap<String, String>]| {
        let mut lines = String::from("item,frame,value,coder\n");
        for row in rows {
            for (frame, value) in [("cost", 1), ("benefit", 0)] {
                writeln!(lines, "{},{frame},{value},{coder}", row["item"]).unwrap();
            }
        }
        lines
    };
    folder.write("sample/codings-anna.csv", page("anna", &sheets[0]));
    folder.write("sample/codings-boris.csv", page("boris", &sheets[1]));
    let said = folder.done(&["agree", "sample/codings-anna.csv", "sample/codings-boris.csv"]);
    assert!(said.out.contains("0 disagreements to adjudicate"), "{}", said.out);
    let together = rows(&folder.text("agreement/all-codings.csv"));
    assert!(together.iter().all(|row| row["inclusion_probability"].parse::<f64>().unwrap() > 0.0));
    for (coders, says) in
        [("anna,Anna", "two coders of one name"), ("a/b", "letters, digits"), ("sample", "taken by a file")]
    {
        let said = folder.parallax(&["sample", "study.toml", "--n", "8", "--output", "other", "--coders", coders]);
        assert_eq!(said.code, Some(2), "{coders}");
        assert!(said.errors.contains(says), "{coders}: {}", said.errors);
    }
}

#[test]
fn what_is_settled_on_the_page_joins_by_itself() {
    let folder = Folder::new();
    folder.done(&["sample", "study.toml", "--n", "8", "--coders", "anna,boris", "--overlap", "1", "--blind"]);
    let sheet = rows(&folder.text("sample/anna.csv"));
    for (coder, odd) in [("anna", 0), ("boris", 2)] {
        let mut lines = String::from("item,frame,value,coder\n");
        for (number, row) in sheet.iter().enumerate() {
            let value = usize::from(number < 4) ^ usize::from(number < odd);
            writeln!(lines, "{},cost,{value},{coder}", row["item"]).unwrap();
        }
        folder.write(&format!("sample/codings-{coder}.csv"), &lines);
    }
    let files = ["agree", "--study", "study.toml", "sample/codings-anna.csv", "sample/codings-boris.csv"];
    let said = folder.done(&files);
    assert!(
        said.out.contains("2 disagreements to adjudicate") && said.out.contains("adjudication.html"),
        "{}",
        said.out
    );
    let page = folder.text("agreement/adjudication.html");
    assert!(!page.contains("anna") && !page.contains("boris"), "nobody is named");
    let key = rows(&folder.text("agreement/codings-adjudicated-key.csv"));
    assert_eq!(key.len(), 8);
    let disputed = &rows(&folder.text("agreement/disagreements.csv"))[0];
    let unit =
        |row: &&BTreeMap<String, String>| ["document", "sentence"].iter().all(|name| row[*name] == disputed[*name]);
    let item = &key.iter().find(unit).expect("the disputed sentence is in the key")["item"];
    // What the page saves of one of the two.
    folder.write("agreement/codings-adjudicated.csv", format!("item,frame,value,coder\n{item},cost,1,adjudicated\n"));
    let said = folder.done(&[&files[..], &["agreement/codings-adjudicated.csv"]].concat());
    assert!(said.out.contains("1 disagreement to adjudicate"), "{}", said.out);
    let all = rows(&folder.text("agreement/all-codings.csv"));
    let settled = all.iter().find(|row| row["coder"] == "adjudicated").expect("the decision is among the codings");
    assert!(settled["inclusion_probability"].parse::<f64>().unwrap() > 0.0, "with the probability of its draw");
}

#[test]
fn a_mark_that_is_no_category_is_named() {
    let folder = Folder::empty();
    for (file, odd) in [("anna.csv", "cost?"), ("boris.csv", "cost")] {
        let mut rows = "document,sentence,topic,mood\n".to_owned();
        for number in 0..12 {
            let topic = if number == 7 { odd } else { ["cost", "benefit"][number % 2] };
            writeln!(rows, "d{number},1,{topic},{number}").unwrap();
        }
        folder.write(file, rows);
    }
    let said = folder.done(&["agree", "anna.csv", "boris.csv", "--label", "topic", "--label", "mood"]);
    assert!(said.out.contains("topic: \"cost?\" (anna) stands once, a category of its own"), "{}", said.out);
    assert!(!said.out.contains("mood:"), "{}", said.out);
}
