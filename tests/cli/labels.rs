//! Labels from outside: in the scorer's place, in every shape that models and people give them.

use std::collections::BTreeMap;

use crate::folder::Folder;

/// Every sentence of the articles.
const SENTENCES: [(&str, usize); 11] = [
    ("l-1", 0),
    ("l-1", 1),
    ("l-1", 2),
    ("l-2", 0),
    ("l-2", 1),
    ("q-1", 0),
    ("q-1", 1),
    ("q-1", 2),
    ("q-2", 0),
    ("q-2", 1),
    ("q-2", 2),
];

/// A study that is coded by `labels`.
fn folder(name: &str, labels: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::new();
    folder.edit("study.toml", "codebook =", &format!("labels = \"{name}\"\ncodebook =")).write(name, labels);
    folder
}

/// A table with a row for each sentence, the words behind its number by `cells`.
fn table(head: &str, cells: impl Fn(&str, usize) -> String) -> String {
    let row = |(document, sentence): &(&str, usize)| format!("{document},{sentence},{}\n", cells(document, *sentence));
    format!("{head}\n{}", SENTENCES.iter().map(row).collect::<String>())
}

/// Whether the labels find the cost of the tram.
fn costs(document: &str, sentence: usize) -> bool {
    [("q-1", 0), ("q-1", 1), ("l-2", 1)].contains(&(document, sentence))
}

fn mark(is_there: bool, words: [&str; 2]) -> String {
    words[usize::from(is_there)].to_owned()
}

/// Rows of a table by document, sentence and frame.
fn hits(folder: &Folder) -> Vec<String> {
    let text = folder.text("results/codings.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| -> BTreeMap<String, String> {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    let rows: Vec<BTreeMap<String, String>> = reader.records().map(|record| row(record.unwrap())).collect();
    let hits = rows.iter().filter(|row| row["hit"] == "true" && row["frame"] == "cost");
    hits.map(|row| format!("{} {} {}", row["document"], row["sentence"], row["probability"])).collect()
}

#[test]
fn labels_code_in_whatever_shape_they_come() {
    let plain = ["l-2 1 1.000000", "q-1 0 1.000000", "q-1 1 1.000000"];
    let likely = ["l-2 1 0.900000", "q-1 0 0.900000", "q-1 1 0.900000"];
    let json = |document: &str, sentence: usize| {
        let frames = if costs(document, sentence) { "[\"cost\"]" } else { "[]" };
        format!("{{\"document\":\"{document}\",\"sentence\":{sentence},\"frames\":{frames}}}\n")
    };
    let lines: String = SENTENCES.iter().map(|(document, sentence)| json(document, *sentence)).collect();
    let long = |words| move |d: &str, s: usize| format!("cost,{}", mark(costs(d, s), words));
    let wide = |words| move |d: &str, s: usize| mark(costs(d, s), words);
    for (case, name, labels, expected) in [
        ("wide", "llm.csv", table("document,sentence,cost", wide(["0", "1"])), plain),
        ("long", "llm.csv", table("document,sentence,frame,value", long(["no", "yes"])), plain),
        ("words", "llm.csv", table("Document,Sentence,Cost", wide(["FALSCH", "WAHR"])), plain),
        (
            "a byte order mark",
            "llm.csv",
            format!("\u{feff}{}", table("document,sentence,cost", wide(["0", "1"]))),
            plain,
        ),
        ("a list", "llm.csv", table("document,sentence,frames", wide(["none", "cost"])), plain),
        ("JSON lines", "llm.jsonl", lines, plain),
        ("probabilities", "llm.csv", table("document,sentence,cost", wide(["0.2", "0.9"])), likely),
        ("percent", "llm.csv", table("document,sentence,cost", wide(["20", "90"])), likely),
        ("a comma", "llm.csv", table("document;sentence;cost", wide(["0,2", "0,9"])).replacen(',', ";", 0), likely),
        ("long probabilities", "llm.csv", table("document,sentence,frame,probability", long([".2", ".9"])), likely),
        (
            "values with probabilities",
            "llm.csv",
            table("document,sentence,cost,cost_probability", wide(["0,0.2", "1,0.9"])),
            likely,
        ),
        ("sureness", "llm.csv", table("document,sentence,cost,cost_confidence", wide(["0,0.8", "1,0.9"])), likely),
    ] {
        let labels = if case == "a comma" {
            let row = |line: &str| line.splitn(3, ',').collect::<Vec<_>>().join(";") + "\n";
            labels.lines().map(row).collect()
        } else {
            labels
        };
        let folder = folder(name, labels);
        // The page and the notebooks, which take longest, once.
        let files = ["codebook.md", "report.html", "notebooks/parallax-r.qmd"];
        let (verb, files) = if case == "wide" { ("run", &files[..]) } else { ("code", &files[..1]) };
        let said = folder.done(&[verb, "study.toml"]);
        assert_eq!(hits(&folder), expected, "{case}");
        assert!(said.out.contains("Coded by labels"), "{case}: {}", said.out);
        let manifest = folder.text("results/manifest.json");
        assert!(manifest.contains("\"labels\"") && manifest.contains(name), "{case}");
        for file in files {
            assert!(folder.text(&format!("results/{file}")).contains(name), "{case}: {file} says who labelled");
        }
    }
}

#[test]
fn a_sentence_without_a_label_counts_for_nothing() {
    let all = table("document,sentence,cost", |d, s| mark(costs(d, s), ["0", "1"]));
    let labels: String =
        all.lines().filter(|line| !line.starts_with("q-2") && *line != "l-1,2,0").collect::<Vec<_>>().join("\n");
    let folder = folder("llm.csv", labels);
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("4 records read = 3 kept + 1 excluded (1 no-label"), "{}", said.out);
    assert!(said.out.contains("1 sentence in 1 document has no label"), "{}", said.out);
    assert_eq!(folder.text("results/unlabelled.csv"), "document,sentence\nl-1,2\n");
    let excluded = folder.text("results/excluded.csv");
    assert!(excluded.contains("articles.csv,2,no-label"), "{excluded}");
    let documents = folder.text("results/documents.csv");
    assert!(documents.lines().any(|line| line.starts_with("l-1,") && line.contains(",2,cost,0,")), "{documents}");
    folder.done(&["verify", "study.toml"]);
    folder.done(&["compare", "study.toml"]);
    let said = folder.done(&["explain", "study.toml", "--document", "l-1"]);
    assert!(said.out.contains("no label from outside"), "{}", said.out);
    folder.edit("llm.csv", "l-1,0,0", "l-1,0,1");
    let said = folder.parallax(&["compare", "study.toml"]);
    assert!(said.code == Some(2) && said.errors.contains("llm.csv has changed since"), "{}", said.errors);
    let said = folder.parallax(&["verify", "study.toml"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
}

#[test]
fn a_sample_is_added_to_only_under_the_labels_it_was_drawn_by() {
    let all = table("document,sentence,cost", |d, s| mark(costs(d, s), ["0", "1"]));
    let without = |row: &str| all.lines().filter(|line| *line != row).collect::<Vec<_>>().join("\n");
    let folder = folder("llm.csv", without("l-1,2,0"));
    let draw = ["sample", "study.toml", "--n", "3", "--strategy", "random"];
    let add = [&draw[..], &["--add-to", "sample"]].concat();
    folder.done(&draw);
    // As many sentences of the document as before have a label, but other ones.
    folder.write("llm.csv", without("l-1,1,0"));
    let said = folder.parallax(&add);
    assert!(said.code == Some(2) && said.errors.contains("llm.csv: other labels than when"), "{}", said.errors);
    folder.write("llm.csv", without("l-1,2,0")).edit("codebook.toml", "title = ", "# Again.\ntitle = ");
    let said = folder.done(&add);
    assert!(said.out.contains("codebook.toml has changed since the sample was begun"), "{}", said.out);
}

#[test]
fn a_label_is_found_again_by_its_words() {
    let moved = "document,sentence,text,cost\nq-1,2,The tram has swallowed nine million crowns.,1\nq-1,0,Words of another text,0\nl-1,1,,0\n";
    let folder = folder("llm.csv", moved);
    let said = folder.done(&["code", "study.toml"]);
    assert_eq!(hits(&folder), ["q-1 1 1.000000"]);
    assert!(said.out.contains("found again by them in the same document"), "{}", said.out);
    assert!(said.out.contains("left out"), "{}", said.out);
}

#[test]
fn explain_names_the_labeller_and_the_voice_of_what_no_rule_matched() {
    let labels = table("document,sentence,cost", |d, s| mark(costs(d, s), ["0", "1"]));
    let folder = folder("gpt.csv", labels);
    let said = folder.done(&["explain", "study.toml", "--document", "l-2"]);
    for expected in ["probability 1.000 (hit, as labelled by gpt)", "no rule matched", "voice: the city", "no stance"] {
        assert!(said.out.contains(expected), "{expected}: {}", said.out);
    }
}

#[test]
fn labels_of_whole_documents_code_documents() {
    let labels = "document,cost,benefit\nq-1,1,0\nq-2,0,0\nl-1,1,1\nl-2,0,1\n";
    let folder = folder("llm.csv", labels);
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(said.code == Some(2) && said.errors.contains("unit = \"document\""), "{}", said.errors);
    folder.edit("study.toml", "by = \"outlet\"", "by = \"outlet\"\nunit = \"document\"");
    folder.done(&["run", "study.toml"]);
    let prevalence = folder.text("results/prevalence.csv");
    assert!(
        prevalence.lines().any(|line| line.starts_with("benefit,Lighthouse,all,all,all,2,") && line.contains(",2,1.0")),
        "{prevalence}"
    );
    assert_eq!(folder.text("results/codings.csv").lines().count(), 1, "no sentence was labelled");
    folder.done(&["verify", "study.toml"]);
    let said = folder.done(&["explain", "study.toml", "--document", "q-1"]);
    assert!(said.out.contains("cost: carries it, as labelled as a whole"), "{}", said.out);
    for (setting, remedy) in [("voice = \"own\"", "add a column voice"), ("at_least = 2", "take at_least away")] {
        folder.edit("study.toml", "unit = \"document\"", &format!("unit = \"document\"\n{setting}"));
        let said = folder.parallax(&["run", "study.toml"]);
        assert!(said.code == Some(2) && said.errors.contains(remedy), "{setting}: {}", said.errors);
        folder.edit("study.toml", &format!("\n{setting}"), "");
    }
}

/// The column `cost` is what people said of the texts before: all of them wrong, to tell it from what was predicted.
#[test]
fn a_table_of_predictions_is_a_file_of_labels() {
    let folder = folder("llm.csv", "");
    let coded = |number: usize| {
        let (text, cost) =
            if number.is_multiple_of(2) { ("The tram swallows millions", 1) } else { ("The rails lay in rain", 0) };
        format!("{text} on day {number}.,{cost},{}\n", 1 - cost)
    };
    folder.write("coded.csv", "text,cost,benefit\n".to_owned() + &(0..60).map(coded).collect::<String>());
    let labels = ["--multi-label", "--label", "cost", "--label", "benefit"];
    folder.done(&[&["train", "coded.csv", "--output", "model.json"], &labels[..]].concat());
    folder.write(
        "new.csv",
        "id,text,cost,benefit\nq-1,The tram swallows millions on day 4.,0,0\nq-2,The rails lay in rain on day 5.,1,0\n\
         l-1,The tram swallows millions on day 6.,0,0\nl-2,,1,1\n",
    );
    folder.remove("llm.csv");
    folder.done(&["predict", "new.csv", "--model", "model.json", "--output", "llm.csv"]);
    folder.edit("study.toml", "by = \"outlet\"", "by = \"outlet\"\nunit = \"document\"");
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("labels with probabilities by llm of 3 documents for 2 frames"), "{}", said.out);
    let hits: Vec<String> = folder
        .rows("results/documents.csv")
        .iter()
        .map(|row| ["document", "frame", "hits"].map(|column| &row[column][..]).join(" "))
        .collect();
    let expected = ["l-1 cost 1", "l-1 benefit 0", "q-1 cost 1", "q-1 benefit 0", "q-2 cost 0", "q-2 benefit 1"];
    assert_eq!(hits, expected, "l-2 has no text to predict from, so nobody labelled it");
}

#[test]
fn hostile_files_are_refused_with_a_remedy() {
    let hits = table("document,sentence,cost", |_, _| "1".to_owned());
    let elsewhere = "document,sentence,cost\nx-1,1,1\nx-2,1,0\n";
    for (case, labels, expected) in [
        ("no document", "sentence,cost\n1,1\n", "no column \"document\" (or \"id\"); it has sentence, cost"),
        (
            "no frame",
            "document,sentence,costs\nq-1,1,1\n",
            "neither the columns frame and value nor one for each frame",
        ),
        ("empty", "", "an empty file; labels have the columns document, sentence, frame, value"),
        ("only a header", "document,sentence,cost\n", "no label can be used"),
        ("only hits", &hits, "label the sentences without it too"),
        ("no value", "document,sentence,cost\nq-1,1,perhaps\nq-1,2,0\n", "label of \"cost\" is \"perhaps\""),
        ("three values", "document,sentence,cost\nq-1,1,0\nq-1,2,1\nl-1,1,2\n", "labels from 0 to 2"),
        ("two scales", "document,sentence,cost\nq-1,1,0.4\nq-1,2,80\n", "write all from 0 to 1"),
        (
            "sure of its answers",
            "document,sentence,frame,value,probability\nq-1,1,cost,0,0.9\nq-1,2,cost,1,0.8\n",
            "call it confidence",
        ),
        (
            "whole answers",
            "document,sentence,response\nq-1,1,\"{\"\"cost\"\": 1}\"\n",
            "\"response\" may hold whole answers of a model: make a column of each frame",
        ),
        ("another corpus", elsewhere, "2 labels of documents that the corpus does not have; the first is of \"x-1\""),
    ] {
        let folder = folder("llm.csv", labels);
        let said = folder.parallax(&["run", "study.toml"]);
        let told = format!("{}{}", said.out, said.errors);
        assert!(told.contains("llm.csv") && told.contains(expected), "{case}: {told}");
    }
    let folder = folder("llm.csv", "");
    folder.remove("llm.csv");
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(said.code == Some(2) && said.errors.contains("llm.csv"), "{}", said.errors);
}

#[test]
fn labels_that_contradict_each_other_are_not_used() {
    let labels = table("document,sentence,cost", |d, s| mark(costs(d, s), ["0", "1"]));
    let folder = folder("llm.csv", labels + "q-1,1,0\nq-1,0,1\nq-2,1,0\n");
    let said = folder.done(&["code", "study.toml"]);
    assert!(said.out.contains("has another label here in another record"), "{}", said.out);
    assert_eq!(hits(&folder), ["l-2 1 1.000000", "q-1 0 1.000000"]);
    assert_eq!(folder.text("results/unlabelled.csv"), "document,sentence\nq-1,1\n");
}

#[test]
fn most_of_a_crowd_decides() {
    let crowd = |coder: &str, flip: &str| {
        table("document,sentence,coder,cost", |d, s| {
            format!("{coder},{}", mark(costs(d, s) != (flip == format!("{d} {s}")), ["0", "1"]))
        })
    };
    let rows = |text: String| text.split_once('\n').unwrap().1.to_owned();
    let labels = crowd("a", "q-1 0") + &rows(crowd("b", "")) + &rows(crowd("c", ""));
    let folder = folder("crowd.csv", labels);
    folder.done(&["code", "study.toml"]);
    assert_eq!(hits(&folder), ["l-2 1 1.000000", "q-1 0 0.666667", "q-1 1 1.000000"]);
}

#[test]
fn columns_that_are_no_frame_are_named_with_the_nearest() {
    let labels = table("document,sentence,cost,benefits,reason", |d, s| mark(costs(d, s), ["0", "1"]) + ",1,because");
    let folder = folder("llm.csv", labels);
    let said = folder.done(&["code", "study.toml"]);
    let expected = "columns that are no frame of the codebook: benefits (did you mean benefit?)";
    assert!(said.out.contains(expected), "{}", said.out);
    assert!(said.out.contains("none for benefit, which the rules code"), "{}", said.out);
}

#[test]
fn how_sure_an_answer_is_becomes_the_probability_of_the_frame() {
    let labels = table("document,sentence,frame,value,confidence", |d, s| {
        format!("cost,{},0.9", mark(costs(d, s), ["no", "yes"]))
    });
    let folder = folder("llm.csv", labels.replace(',', ";"));
    folder.write("llm.csv", format!("\u{feff}{}", folder.text("llm.csv")));
    let said = folder.done(&["code", "study.toml"]);
    assert_eq!(hits(&folder), ["l-2 1 0.900000", "q-1 0 0.900000", "q-1 1 0.900000"]);
    assert!(said.out.contains("confidence read as how sure each answer is"), "{}", said.out);
    let documents = folder.rows("results/documents.csv");
    let q2 = documents.iter().find(|row| row["document"] == "q-2" && row["frame"] == "cost").unwrap();
    assert_eq!(q2["expected"], "0.300000", "three answers 0 with .9 each");
}

#[test]
fn evaluate_measures_voice_and_stance_of_rules_and_of_labels() {
    let people = "document,sentence,frame,value,coder,voice,stance\nq-1,1,cost,1,anna,own,favor\n\
                  q-1,2,benefit,1,anna,attributed,favor\nl-1,1,benefit,1,anna,own,against\nl-1,2,cost,0,anna,,\n";
    let folder = Folder::new();
    folder.write("people.csv", people).edit("study.toml", "codebook =", "codings = \"people.csv\"\ncodebook =");
    let said = folder.done(&["evaluate", "study.toml"]);
    assert!(said.out.contains("voice and stance where people"), "{}", said.out);
    let voices = folder.text("results/evaluation-voices.csv");
    let accuracy = |aspect: &str, estimate: &str| format!("(all),{aspect},,accuracy,{estimate}");
    for (aspect, estimate) in [("voice", "1.000000"), ("stance", "0.666667")] {
        assert!(voices.contains(&accuracy(aspect, estimate)), "{aspect}: {voices}");
    }
    let confusion = folder.text("results/evaluation-voices-confusion.csv");
    assert!(confusion.starts_with("frame,aspect,coded,predicted,codings\n"), "{confusion}");
    assert!(confusion.contains("benefit,stance,against,favor,1"), "{confusion}");
    let labels = "document,sentence,frame,value,voice,stance\nq-1,1,cost,1,attributed,favor\nq-1,2,benefit,1,attributed,\n\
                  l-1,1,benefit,1,own,against\nq-1,1,benefit,0,,\nq-1,2,cost,0,,\nl-1,1,cost,0,,\n";
    folder.write("llm.csv", labels).edit("study.toml", "codebook =", "labels = \"llm.csv\"\ncodebook =");
    folder.done(&["evaluate", "study.toml"]);
    let voices = folder.text("results/evaluation-voices.csv");
    for (aspect, estimate) in [("voice", "0.666667"), ("stance", "1.000000")] {
        assert!(voices.contains(&accuracy(aspect, estimate)), "by labels, {aspect}: {voices}");
    }
}

#[test]
fn labels_are_held_against_each_coder_and_stand_in_no_figure_of_theirs() {
    let labels = table("document,sentence,cost", |document, sentence| mark(costs(document, sentence), ["0", "1"]));
    let labelled = folder("llm.csv", labels);
    let coder = |flips: &[(&str, usize)]| {
        table("document,sentence,cost", |document, sentence| {
            mark(costs(document, sentence) != flips.contains(&(document, sentence)), ["0", "1"])
        })
    };
    labelled.write("anna.csv", coder(&[])).write("boris.csv", coder(&[("l-1", 0)]));
    let said = labelled.done(&["agree", "anna.csv", "boris.csv", "--study", "study.toml"]);
    assert!(said.out.contains("llm (labels), against each coder"), "{}", said.out);
    let rows = labelled.rows("agreement/agreement.csv");
    let found = |scope: &str, a: &str, b: &str| {
        let is_it =
            |row: &&BTreeMap<String, String>| row["scope"] == scope && row["coder_a"] == a && row["coder_b"] == b;
        let row = rows.iter().find(is_it).unwrap_or_else(|| panic!("no {scope} {a} {b} in {rows:?}"));
        (row["units"].clone(), row["percent_agreement"].clone())
    };
    assert_eq!(found("pair", "anna", "llm (labels)"), ("11".to_owned(), "1.000000".to_owned()));
    assert_eq!(found("pair", "boris", "llm (labels)"), ("11".to_owned(), "0.909091".to_owned()));
    assert_eq!(found("all", "", ""), ("11".to_owned(), "0.909091".to_owned()));
    assert_eq!(labelled.rows("agreement/disagreements.csv").len(), 1);
    assert!(!labelled.text("agreement/all-codings.csv").contains("llm"));
}
