//! Exports of annotation tools whose interface is not the one that `sample` wrote: the frames are found where they were
//! chosen, and what nobody asked is no 0.

use crate::folder::Folder;

/// Units with the frames that are in them.
const UNITS: [(usize, &[&str]); 4] = [(1, &["loss"]), (2, &["aid"]), (3, &["loss", "aid"]), (4, &[])];

/// A task of the full JSON for each unit, its results by `result`.
fn tasks(result: fn(&str) -> String) -> String {
    let task = |(number, frames): &(usize, &[&str])| {
        let results: Vec<String> = frames.iter().map(|frame| result(frame)).collect();
        format!(
            r#"{{"data":{{"document":"d","sentence":{number}}},"annotations":[{{"completed_by":7,"result":[{}]}}]}}"#,
            results.join(",")
        )
    };
    format!("[{}]", UNITS.iter().map(task).collect::<Vec<_>>().join(","))
}

/// A row of JSON-MIN for each unit, its answer by `answer`.
fn rows(answer: fn(&[&str]) -> String) -> String {
    let row = |(number, frames): &(usize, &[&str])| {
        format!(
            r#"{{"document":"d","sentence":{number},"annotation_id":{number},"annotator":7,"lead_time":1{}}}"#,
            answer(frames)
        )
    };
    format!("[{}]", UNITS.iter().map(row).collect::<Vec<_>>().join(","))
}

/// A line of doccano for each unit.
fn lines(labels: fn(&[&str]) -> String) -> String {
    let line = |(number, frames): &(usize, &[&str])| {
        format!("{{\"id\":1,\"document\":\"d\",\"sentence\":{number},{}}}\n", labels(frames))
    };
    UNITS.iter().map(line).collect::<Vec<_>>().concat()
}

fn list(frames: &[&str], one: fn(&str) -> String) -> String {
    frames.iter().map(|frame| one(frame)).collect::<Vec<_>>().join(",")
}

fn coded_by(name: &str, text: &str) -> Folder {
    let folder = Folder::empty();
    folder
        .write("articles.csv", "id,outlet,text\nd,A,Rain fell. Farmers got aid. Aid covers the loss. It was Monday.\n")
        .write("codebook.toml", "[[frame]]\nid = \"loss\"\n[[frame]]\nid = \"aid\"\nlabel = \"Help given\"\n")
        .write(
            "study.toml",
            format!("codebook = \"codebook.toml\"\ncodings = \"{name}\"\n[[corpus]]\npath = \"articles.csv\"\n"),
        )
        .write(name, text)
        .write("other.csv", "document,sentence,loss,aid,coder\nd,1,1,0,b\nd,2,0,1,b\nd,3,1,1,b\nd,4,0,0,b\n");
    folder
}

/// An export: its case, its file's name, and what stands in it.
type Export = (&'static str, &'static str, String);

fn of_label_studio() -> Vec<Export> {
    let csv = UNITS.map(|(number, frames)| {
        let [loss, aid] = ["loss", "aid"].map(|frame| if frames.contains(&frame) { "Yes" } else { "No" });
        format!("d,{number},{number},7,1,x,{loss},{aid}\n")
    });
    vec![
        (
            "choices of another name",
            "a.json",
            tasks(|frame| format!(r#"{{"from_name":"topic","value":{{"choices":["{frame}"]}}}}"#)),
        ),
        (
            "a tree of choices",
            "a.json",
            tasks(|frame| format!(r#"{{"from_name":"frames","value":{{"taxonomy":[["Economy","{frame}"]]}}}}"#)),
        ),
        (
            "marked words",
            "a.json",
            tasks(|frame| format!(r#"{{"from_name":"label","value":{{"start":0,"end":1,"labels":["{frame}"]}}}}"#)),
        ),
        (
            "choices, and words marked beside them",
            "a.json",
            tasks(|frame| {
                format!(
                    "{},{}",
                    format_args!(r#"{{"from_name":"topic","value":{{"choices":["{frame}"]}}}}"#),
                    r#"{"from_name":"span","value":{"start":0,"end":1,"labels":["loss"]}},{"type":"relation","from_id":"a"}"#
                )
            }),
        ),
        (
            "JSON-MIN, choices of another name",
            "a.json",
            rows(|frames| format!(r#","topic":{{"choices":[{}]}}"#, list(frames, |frame| format!("\"{frame}\"")))),
        ),
        (
            "JSON-MIN, marked words",
            "a.json",
            rows(|frames| {
                format!(r#","label":[{}]"#, list(frames, |frame| format!(r#"{{"start":0,"labels":["{frame}"]}}"#)))
            }),
        ),
        (
            "CSV, a part for each frame",
            "a.csv",
            format!("document,sentence,annotation_id,annotator,lead_time,note,loss,Help given\n{}", csv.concat()),
        ),
    ]
}

fn of_doccano() -> Vec<Export> {
    vec![
        (
            "doccano, marked words with relations",
            "a.jsonl",
            lines(|frames| {
                let entities = list(frames, |frame| format!(r#"{{"id":1,"label":"{frame}","start_offset":0}}"#));
                format!("\"entities\":[{entities}],\"relations\":[],\"Comments\":[]")
            }),
        ),
        (
            "doccano, classes beside marked words",
            "a.jsonl",
            lines(|frames| {
                let cats = list(frames, |frame| format!("\"{frame}\""));
                format!("\"cats\":[{cats}],\"entities\":[[0,4,\"place\"]],\"Comments\":[]")
            }),
        ),
        (
            "doccano, a label that says none",
            "a.jsonl",
            lines(|frames| {
                let frames = if frames.is_empty() { &["None of these"][..] } else { frames };
                format!("\"label\":[{}],\"Comments\":[]", list(frames, |frame| format!("\"{frame}\"")))
            }),
        ),
    ]
}

#[test]
fn frames_are_found_in_whichever_part_of_the_interface_they_were_chosen() {
    for (case, name, text) in of_label_studio().into_iter().chain(of_doccano()) {
        let folder = coded_by(name, &text);
        folder.done(&["agree", name, "other.csv", "--study", "study.toml"]);
        let rows = folder.rows("agreement/agreement.csv");
        let all = rows.iter().filter(|row| row["scope"] == "all" && row["frame"] != "(all)");
        let all: Vec<_> =
            all.map(|row| (&row["frame"][..], &row["units"][..], &row["percent_agreement"][..])).collect();
        assert_eq!(all, [("loss", "4", "1.000000"), ("aid", "4", "1.000000")], "{case}");
        let said = folder.done(&["run", "study.toml"]).out;
        assert!(said.contains("8 hand codings of 4 sentences for 2 frames"), "{case}: {said}");
    }
}

#[test]
fn what_nobody_could_choose_is_no_zero() {
    let renamed = lines(|frames| {
        let labels = list(frames, |frame| format!("\"{}\"", frame.replace("loss", "Losses")));
        format!("\"label\":[{labels}],\"Comments\":[]")
    });
    let folder = coded_by("a.jsonl", &renamed);
    let said = folder.done(&["run", "study.toml"]).out;
    assert!(said.contains("4 hand codings of 4 sentences for 1 frame"), "{said}");
    assert!(said.contains("nobody chose loss, and labels such as \"Losses\" are no frames"), "{said}");
    let numbers = lines(|_| "\"label\":[3],\"Comments\":[]".to_owned());
    let said = coded_by("a.jsonl", &numbers).parallax(&["run", "study.toml"]);
    assert!(said.code == Some(2) && said.errors.contains("labels such as \"3\" are no frames"), "{}", said.errors);
    let remarks = rows(|_| r#","mood":"bright""#.to_owned());
    let said = coded_by("a.json", &remarks).parallax(&["run", "study.toml"]);
    assert!(said.code == Some(2) && said.errors.contains("holds frames (mood)"), "{}", said.errors);
}
