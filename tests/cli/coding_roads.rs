//! Codings on their way from a sample back into a study: by every tool, of documents, and of two samples.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::folder::{ARTICLES, Folder};

/// A study of 40 articles of ten sentences. People see the frame where three sentences or more are about money.
fn coded_documents() -> Folder {
    let folder = Folder::new();
    let (mut articles, mut wide) = ("id,outlet,date,title,text\n".to_owned(), "id,cost\n".to_owned());
    for number in 0..40 {
        let about = [1, 3, 1, 4, 0, 2, 1, 5, 2, 3][number % 10];
        let text = ["The tram swallows a million."].repeat(about).join(" ")
            + &" The gulls sat on the quay.".repeat(10 - about);
        let outlet = ["Quay Mail", "Lighthouse"][number % 2];
        writeln!(articles, "{number:03},{outlet},2023-05-{:02},,{}", number % 28 + 1, text.trim()).unwrap();
        writeln!(wide, "{number:03},{}", u8::from(about >= 3)).unwrap();
    }
    folder.write("articles.csv", articles).write("wide.csv", wide);
    folder.edit("study.toml", "codebook = ", "codings = \"wide.csv\"\ncodebook = ");
    folder.edit("study.toml", "by = \"outlet\"", "by = \"outlet\"\nunit = \"document\"");
    folder
}

#[test]
fn codings_of_documents_say_from_how_many_sentences_on_a_document_carries_a_frame() {
    let folder = coded_documents();
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("40 hand codings of 40 documents for 1 frame by wide"), "{}", said.out);
    assert!(
        said.out.contains("cost: at least 3 sentences, chosen by 40 coded documents: found in 40 %"),
        "{}",
        said.out
    );
    let hits = |folder: &Folder| {
        let rows = folder.rows("results/prevalence.csv");
        let whole = rows.iter().filter(|row| row["frame"] == "cost" && row["period"] == "all");
        whole.map(|row| row["hits"].parse::<u64>().unwrap()).sum::<u64>()
    };
    assert_eq!(hits(&folder), 16);
    folder.done(&["export", "study.toml"]);
    for (notebook, told) in [("parallax-python.qmd", "\"cost\": (3, 0)"), ("parallax-r.qmd", "\"cost\" = c(3, 0)")] {
        for place in ["results/notebooks", "notebooks"] {
            assert!(folder.text(&format!("{place}/{notebook}")).contains(told), "{place}/{notebook}");
        }
    }
    folder.done(&["verify", "study.toml"]);
    folder.done(&["compare", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
    let long: Vec<String> =
        folder.rows("wide.csv").iter().map(|row| format!("{},cost,{}", row["id"], row["cost"])).collect();
    folder.write("wide.csv", "document,frame,value\n".to_owned() + &long.join("\n"));
    assert!(folder.done(&["run", "study.toml"]).out.contains("cost: at least 3 sentences, chosen by"), "long form");
    folder.edit("study.toml", "unit = \"document\"", "unit = \"document\"\nat_least = { cost = 0.5 }");
    let said = folder.done(&["run", "study.toml"]);
    assert!(
        said.out.contains("cost: at least 50.0 % of the sentences, measured on 40 coded documents"),
        "{}",
        said.out
    );
    assert_eq!(hits(&folder), 4);
    folder.done(&["evaluate", "study.toml"]);
    let rows = folder.rows("results/evaluation.csv");
    assert!(rows.iter().any(|row| row["design"] == "documents" && row["label"] == "cost" && row["metric"] == "recall"));
    folder.edit("study.toml", "unit = \"document\"\nat_least = { cost = 0.5 }", "");
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("with unit = \"document\" they are"), "{}", said.out);
    assert!(folder.parallax(&["evaluate", "study.toml"]).errors.contains("write unit = \"document\""));
}

/// The answers of a simulated coder: one frame or both, by the words of the sentence.
fn answers(text: &str, coder: usize) -> [bool; 2] {
    [
        text.contains("swallow") || (coder == 1 && text.contains("gulls")),
        text.contains("tram") && text.len() % 7 != coder,
    ]
}

/// A sample as one coder gives it back by every road: file name and content.
fn roads(folder: &Folder, coder: usize) -> Vec<(String, String)> {
    let name = ["anna", "boris"][coder];
    let rows = folder.rows("sample/sample.csv");
    let tasks: Value = serde_json::from_str(&folder.text("sample/sample-label-studio.json")).unwrap();
    let (mut sheet, mut excel) = (String::new(), String::new());
    let (mut full, mut flat, mut lines) = (Vec::new(), Vec::new(), String::new());
    let mut studio = csv::Writer::from_writer(Vec::new());
    let mut doccano = csv::Writer::from_writer(Vec::new());
    studio.write_record(["annotation_id", "annotator", "frames", "item", "lead_time", "text"]).unwrap();
    doccano.write_record(["id", "text", "label", "item", "document", "sentence", "Comments"]).unwrap();
    sheet += "item,document,sentence,inclusion_probability,text,coder,cost,benefit\n";
    excel += "item;document;sentence;inclusion_probability;text;coder;cost;benefit\n";
    for (number, task) in tasks.as_array().unwrap().iter().enumerate() {
        let data = &task["data"];
        let item = data["item"].as_str().unwrap();
        let row = rows.iter().find(|row| row["item"] == item).unwrap();
        let said = answers(&row["text"], coder);
        let chosen: Vec<&str> =
            ["cost", "benefit"].into_iter().zip(said).filter(|(_, is)| *is).map(|(it, _)| it).collect();
        let [cost, benefit] = said.map(u8::from);
        let (document, sentence, inclusion) = (&row["document"], &row["sentence"], &row["inclusion_probability"]);
        let quoted = format!("\"{}\"", row["text"].replace('"', "\"\""));
        writeln!(sheet, "{item},{document},{sentence},{inclusion},{quoted},{name},{cost},{benefit}").unwrap();
        let thousands = inclusion.replace("0.", "").replace('.', "");
        let bare = document.trim_start_matches('0');
        writeln!(excel, "{item};{bare};{sentence};{thousands};{quoted};{name};{cost},0;{benefit},0").unwrap();
        let result = json!({ "from_name": "frames", "type": "choices", "value": { "choices": chosen } });
        let result = if chosen.is_empty() { json!([]) } else { json!([result]) };
        full.push(json!({ "id": number, "data": data, "annotations": [{ "completed_by": { "email": name }, "result": result }] }));
        let mut member = data.clone();
        (member["annotator"], member["annotation_id"], member["lead_time"]) = (json!(name), json!(number), json!(2.5));
        let listed = json!({ "choices": chosen });
        if !chosen.is_empty() {
            member["frames"] = if chosen.len() == 1 { json!(chosen[0]) } else { listed.clone() };
        }
        flat.push(member);
        let cell = if chosen.len() > 1 { listed.to_string() } else { chosen.concat() };
        studio.write_record([&number.to_string(), name, &cell, item, "2.5", &row["text"]]).unwrap();
        doccano
            .write_record([&number.to_string(), &row["text"], &chosen.join("#"), item, document, sentence, ""])
            .unwrap();
        let line = json!({ "id": number, "text": row["text"], "item": item, "label": chosen, "Comments": [] });
        writeln!(lines, "{line}").unwrap();
    }
    let text = |writer: csv::Writer<Vec<u8>>| String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let road = |kind: &str, end: &str, content: String| (format!("sample/{kind}/{name}.{end}"), content);
    vec![
        road("sheet", "csv", sheet),
        road("excel", "csv", excel),
        road("studio", "csv", text(studio)),
        road("full", "json", Value::Array(full).to_string()),
        road("flat", "json", Value::Array(flat).to_string()),
        road("lines", "jsonl", lines),
        road("doccano", "csv", text(doccano)),
    ]
}

#[test]
fn all_roads_lead_to_the_same_agreement_and_the_same_run() {
    let folder = coded_documents();
    folder.edit("study.toml", "codings = \"wide.csv\"\n", "").edit("study.toml", "unit = \"document\"", "");
    folder.done(&["sample", "study.toml", "--n", "120", "--strategy", "stratified"]);
    let study = folder.text("study.toml");
    let mut first: Option<[String; 3]> = None;
    for (anna, boris) in roads(&folder, 0).into_iter().zip(roads(&folder, 1)) {
        let names = [&anna.0, &boris.0].map(String::as_str);
        folder.write(names[0], &anna.1).write(names[1], &boris.1);
        folder.done(&["agree", names[0], names[1], "--study", "study.toml"]);
        let list = format!("codings = [\"{}\", \"{}\"]\ncodebook = ", names[0], names[1]);
        folder.write("coded.toml", study.replacen("codebook = ", &list, 1));
        let said = folder.done(&["run", "coded.toml"]);
        assert!(said.out.contains("480 hand codings of 120 sentences for 2 frames by anna, boris"), "{}", said.out);
        let found =
            ["agreement/agreement.csv", "results/documents.csv", "results/codings.csv"].map(|it| folder.text(it));
        match &first {
            None => first = Some(found),
            Some(first) => assert!(first == &found, "{} differs: {}", names[0], said.out),
        }
    }
}

#[test]
fn codings_of_two_samples_count_by_the_probability_of_being_in_either() {
    let folder = Folder::empty();
    folder.write(
        "one.csv",
        "item,document,sentence,stratum,inclusion_probability,coder,loss\na1,d,1,A,0.5,a,1\na2,d,2,B,0.5,a,0\n",
    );
    folder.write(
        "two.csv",
        "item,document,sentence,stratum,inclusion_probability,coder,loss\nb1,d,1,A,0.2,b,1\nb2,d,3,B,0.1,b,0\n",
    );
    folder.done(&["agree", "one.csv", "two.csv"]);
    let rows = folder.rows("agreement/all-codings.csv");
    let found: Vec<(&str, &str)> =
        rows.iter().map(|row| (&row["sentence"][..], &row["inclusion_probability"][..])).collect();
    let expected = [("1", "0.600000000"), ("2", "0.550000000"), ("1", "0.600000000"), ("3", "0.550000000")];
    assert_eq!(found, expected);
}

#[test]
fn codings_of_an_article_that_the_study_leaves_out_are_not_those_of_its_copy() {
    let folder = Folder::new();
    let copy = ARTICLES.lines().nth(1).unwrap().replace("q-1,Quay Mail", "l-3,Lighthouse");
    folder.write("articles.csv", format!("{ARTICLES}{copy}\n"));
    let coded = "q-1,1,The tram has swallowed nine million crowns.,1\nl-2,1,,0\n";
    folder.write("anna.csv", format!("document,sentence,text,cost\n{coded}"));
    folder.edit("study.toml", "codebook =", "codings = \"anna.csv\"\ncodebook =");
    folder.edit("study.toml", "path = \"articles.csv\"", "path = \"articles.csv\"\nwhere = \"outlet == 'Lighthouse'\"");
    let said = folder.done(&["run", "study.toml"]).out;
    let told = "1 coded document left out of the corpus, as excluded.csv says, and not used: the first is \"q-1\"";
    assert!(said.contains(told) && said.contains("1 hand coding of 1 sentence"), "{said}");
    assert!(!said.contains("not in the corpus"), "told once: {said}");
    // Beside them one of a document that the corpus has in no way.
    folder.append("anna.csv", "x-9,2,,1\n");
    let said = folder.done(&["run", "study.toml"]).out;
    let stranger = "1 coding not in the corpus; the first is sentence 2 of \"x-9\" (anna.csv, record 3)";
    assert!(said.contains(told) && said.contains(stranger), "{said}");
    folder.edit("study.toml", "codings =", "scorer = \"labels\"\nlabels =");
    let said = folder.done(&["run", "study.toml"]).out;
    assert!(said.contains("1 labelled document left out of the corpus"), "{said}");
    assert!(said.contains("1 label of documents that the corpus does not have; the first is of \"x-9\""), "{said}");
}
