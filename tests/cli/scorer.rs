//! The scorer of a study: learnt from hand codings, or from what the rules find.

use std::fmt::Write;

use crate::folder::Folder;

/// A study of 80 articles. In half of their first sentences the tram costs somebody something, which the rule sees only
/// where it is said to swallow money; the codings say it of all.
pub(crate) fn coded_study() -> Folder {
    let folder = Folder::new();
    let costs = ["The tram swallows a million.", "The bill for the tram rises.", "The price of the tram climbs."];
    let calm = ["The gulls sat on the quay.", "A ferry left for the island.", "The tram stops at the quay."];
    let (mut articles, mut codings) = ("id,outlet,date,title,text\n".to_owned(), String::new());
    codings += "document,sentence,frame,value,coder\n";
    for number in 0..80 {
        let outlet = ["Quay Mail", "Lighthouse"][number % 2];
        let first = if number % 4 < 2 { costs[number % 3] } else { calm[number % 3] };
        let text = format!("{first} Nobody said more on day {number}.");
        writeln!(articles, "d{number:02},{outlet},2023-05-{:02},,{text}", number % 28 + 1).unwrap();
        writeln!(codings, "d{number:02},1,cost,{},anna", u8::from(number % 4 < 2)).unwrap();
        writeln!(codings, "d{number:02},2,cost,0,anna").unwrap();
    }
    folder.write("articles.csv", articles).write("hand-codings.csv", codings);
    folder.edit("study.toml", "codebook = ", "codings = \"hand-codings.csv\"\ncodebook = ");
    folder
}

fn rows(folder: &Folder, name: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(folder.text(name).as_bytes()).records().map(Result::unwrap).collect()
}

#[test]
fn a_study_with_hand_codings_finds_what_its_rules_miss_and_comes_out_the_same_again() {
    let folder = coded_study();
    let said = folder.done(&["run", "study.toml", "--threads", "1"]);
    assert!(said.out.contains("Scorer learnt from 160 coded sentences for 1 frame"), "{}", said.out);
    let codings = rows(&folder, "results/codings.csv");
    let without_rule = codings.iter().filter(|row| &row[10] == "true" && row[17].is_empty());
    let (found, voiceless): (Vec<_>, Vec<_>) = without_rule.partition(|row| !row[11].is_empty());
    assert!(found.len() >= 8 && voiceless.is_empty(), "{codings:?}");
    assert!(codings.iter().all(|row| row[9].parse::<f64>().is_ok() == (&row[6] == "cost")), "model_score");
    folder.done(&["run", "study.toml", "--threads", "2", "--output", "again"]);
    for name in ["codings.csv", "documents.csv", "scorer.json", "manifest.json"] {
        assert_eq!(folder.text(&format!("again/{name}")), folder.text(&format!("results/{name}")), "{name}");
    }
    folder.done(&["verify", "study.toml"]);
    assert!(folder.text("results/manifest.json").contains("\"codings\""));
}

#[test]
fn who_codes_a_frame_is_said_with_its_f1_its_threshold_and_what_the_other_would_have_found() {
    let folder = coded_study();
    let said = folder.done(&["run", "study.toml"]);
    let by_scorer = said.out.lines().find(|line| line.starts_with("Coded by the scorer")).unwrap();
    // All right on what was not seen; on other sentences a little less is to be expected.
    assert!(
        by_scorer.contains("cost (in 40 coded sentences; F1 of the scorer 0.9")
            && by_scorer.contains("of the rules 0.49; a hit from a probability of "),
        "{by_scorer}"
    );
    let page = folder.text("results/codebook.md");
    let cells: Vec<&str> = page.lines().find(|line| line.starts_with("| `cost` |")).unwrap().split(" | ").collect();
    let measured = folder.done(&["evaluate", "study.toml"]);
    let is_choice = |line: &&str| line.split_whitespace().take(2).eq(["cost", "scorer"]);
    let told = measured.out.lines().find(is_choice).unwrap_or_default();
    assert!(
        told.contains(cells[3]) && told.contains(cells[4]),
        "evaluate says the choice of the run: {}",
        measured.out
    );
    let shares = said.out.lines().find(|line| line.contains("Shares that depend on who codes")).unwrap();
    assert!(
        shares.contains("cost: by scorer, which codes it, 25.0 %") && shares.contains("by rules 8.1 %"),
        "{shares}"
    );
    for name in ["results/codebook.md", "results/report.html"] {
        let text = folder.text(name);
        assert!(text.contains("by rules 8.1 %"), "{name} says the share by rules");
    }
    folder.done(&["compare", "study.toml"]);
    assert!(folder.text("results/report.html").contains("by rules 8.1 %"), "compare says it from what was learnt");
}

#[test]
fn what_explain_shows_adds_up_to_the_score() {
    let folder = coded_study();
    folder.done(&["run", "study.toml"]);
    let said = folder.done(&["explain", "study.toml", "--document", "d01", "--sentence", "1"]);
    let (head, parts) = said.out.split_once(" in log-odds:").unwrap();
    let (own, learnt) = head.rsplit_once("learners that have not seen it; with it, ").unwrap();
    let score: f64 = learnt.parse().unwrap();
    assert!(own.contains("model score "), "what the folds say of it: {own}");
    let part = |line: &str| line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    let sum: f64 = parts.lines().filter_map(part).sum();
    assert!((sum - score).abs() < 0.15, "{score} from rounded parts that sum to {sum}: {}", said.out);
    assert!(said.out.contains("no rule matched"), "{}", said.out);
}

#[test]
fn a_study_is_measured_on_its_hand_codings() {
    let folder = coded_study();
    let said = folder.done(&["evaluate", "study.toml"]);
    for line in ["majority", "rules", "statistics", "together", "together - rules", "held-out outlets"] {
        assert!(said.out.contains(line), "no {line:?} in {}", said.out);
    }
    let rows = rows(&folder, "results/evaluation.csv");
    let recall = |scorer: &str| {
        let is_meant = |row: &&csv::StringRecord| {
            &row[1] == scorer && row[2].is_empty() && &row[3] == "cost" && &row[4] == "recall"
        };
        rows.iter().find(is_meant).unwrap()[5].parse::<f64>().unwrap()
    };
    assert!(recall("rules") < 0.5 && recall("together") > 0.9, "{} {}", recall("rules"), recall("together"));
    assert!(said.out.contains("are over: cost"), "the frames behind the means are named: {}", said.out);
    let package: serde_json::Value = serde_json::from_str(&folder.text("results/evaluation-datapackage.json")).unwrap();
    let described: Vec<_> =
        package["resources"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    let files = ["evaluation.csv", "evaluation-confusion.csv", "evaluation-reliability.csv", "evaluation-groups.csv"];
    assert_eq!(described, files);
    let cells = self::rows(&folder, "results/evaluation-groups.csv");
    let of_rules: Vec<_> = cells.iter().filter(|row| &row[1] == "rules" && &row[2] == "cost").collect();
    let groups: Vec<&str> =
        of_rules.iter().filter(|row| &row[5] == "recall" && !row[3].is_empty()).map(|row| &row[3]).collect();
    assert_eq!(groups, ["Lighthouse", "Quay Mail"]);
    for row in &cells {
        let number = |cell: usize| row[cell].parse::<f64>().ok();
        if let (Some(value), Some(low), Some(high)) = (number(6), number(7), number(8)) {
            assert!(low <= value && value <= high, "{row:?}");
        }
    }
}

#[test]
fn rules_are_measured_on_every_coded_frame_also_where_nothing_can_be_learnt() {
    let folder = coded_study();
    let few: Vec<String> = folder.text("hand-codings.csv").lines().take(30).map(str::to_owned).collect();
    folder.write("hand-codings.csv", few.join("\n") + "\nd20,1,benefit,0,anna\nd21,1,benefit,1,anna\n");
    let said = folder.done(&["evaluate", "study.toml"]);
    assert!(said.out.contains("rules as written, every coded frame"), "{}", said.out);
    let cells = rows(&folder, "results/evaluation-groups.csv");
    for frame in ["cost", "benefit"] {
        let of_all = |row: &&csv::StringRecord| &row[2] == frame && row[3].is_empty() && &row[5] == "recall";
        assert!(cells.iter().filter(of_all).count() >= 1, "{frame}: {cells:?}");
    }
}

#[test]
fn a_blinded_sample_filled_in_teaches_the_study_it_was_drawn_from() {
    let folder = coded_study();
    folder.edit("study.toml", "codings = \"hand-codings.csv\"\n", "");
    folder.done(&["sample", "study.toml", "--n", "50", "--strategy", "random", "--blind"]);
    let sample = folder.text("sample/sample.csv");
    let mut reader = csv::Reader::from_reader(sample.as_bytes());
    let header = reader.headers().unwrap().clone();
    // As Excel saves it in many countries.
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(&header).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let is_cost = ["swallows", "bill", "price"].iter().any(|word| record[2].contains(word));
        let cell = |(name, cell): (&str, &str)| match name {
            "coder" => "anna".to_owned(),
            "cost" => u8::from(is_cost).to_string(),
            "benefit" => "0".to_owned(),
            _ => cell.to_owned(),
        };
        out.write_record(header.iter().zip(record.iter()).map(cell)).unwrap();
    }
    folder.write("sample/anna.csv", String::from_utf8(out.into_inner().unwrap()).unwrap());
    folder.edit("study.toml", "codebook = ", "codings = \"sample/anna.csv\"\ncodebook = ");
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("Scorer learnt from 50 coded sentences for 1 frame"), "{}", said.out);
    assert!(!said.out.contains("without inclusion_probability"), "{}", said.out);
}

#[test]
fn what_codings_say_of_the_instrument_stands_in_the_codebook_and_in_a_figure() {
    let folder = coded_study();
    let anna = folder.text("hand-codings.csv");
    let boris: Vec<String> = anna.lines().skip(1).take(40).map(|line| line.replace("anna", "boris")).collect();
    folder.write("hand-codings.csv", anna.clone() + &boris.join("\n"));
    folder.done(&["run", "study.toml"]);
    let page = folder.text("results/codebook.md");
    assert!(page.contains("| `cost` | 40 | 100.0 % | 1.000 |  |"), "{page}");
    assert!(
        page.lines()
            .any(|line| line.starts_with("| `cost` | 40 |") && line.contains("| 0.") && line.ends_with("| scorer |")),
        "{page}"
    );
    let bins = rows(&folder, "results/figures/calibration.csv");
    let n: u64 = bins.iter().map(|row| row[2].parse::<u64>().unwrap()).sum();
    assert_eq!((bins.len(), n), (10, 160));
    let before = folder.text("results/figures/calibration.csv");
    folder.done(&["compare", "study.toml"]);
    assert_eq!(folder.text("results/figures/calibration.csv"), before, "compare draws it from what was learnt");
}

#[test]
fn rules_that_are_as_good_as_the_scorer_code_their_frame_alone() {
    let folder = coded_study();
    folder.edit("codebook.toml", "(swallow* | exceed*) NEAR/5 {money}", "bill | price | swallow*");
    folder.edit("codebook.toml", "misses = [\"The gull swallowed a herring.\"]", "");
    let said = folder.done(&["run", "study.toml"]);
    assert!(
        said.out.contains("seen (see codebook.md): cost (in 40 coded sentences; F1 of the rules 1.00"),
        "{}",
        said.out
    );
    let codings = rows(&folder, "results/codings.csv");
    assert_eq!(codings.iter().filter(|row| &row[6] == "cost" && &row[10] == "true").count(), 40);
    let sure = |row: &csv::StringRecord| row[7].parse::<f64>().unwrap() > 0.85;
    assert!(codings.iter().filter(|row| &row[6] == "cost").all(sure), "as probable as the codings have it");
    assert!(folder.text("results/scorer.json").contains("\"method\":\"rules\""));
    let said = folder.done(&["evaluate", "study.toml"]);
    assert!(said.out.contains("cross-validation: together is not surely better than rules"), "{}", said.out);
}

#[test]
fn rules_teach_statistics_where_a_study_asks_for_it() {
    let folder = coded_study();
    folder.edit("study.toml", "codings = \"hand-codings.csv\"", "scorer = \"rules\"");
    folder.edit("codebook.toml", "(swallow* | exceed*) NEAR/5 {money}", "bill | price | swallow*");
    folder.edit("codebook.toml", "misses = [\"The gull swallowed a herring.\"]", "");
    folder.done(&["run", "study.toml"]);
    let hits = |folder: &Folder| rows(folder, "results/codings.csv").iter().filter(|row| &row[10] == "true").count();
    let alone = hits(&folder);
    folder.edit("study.toml", "scorer = \"rules\"", "scorer = \"taught-by-rules\"");
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("rule-coded sentence"), "{}", said.out);
    assert!(hits(&folder) >= alone, "what rules found stays found");
    let page = folder.text("results/report.html");
    assert!(
        page.contains("Of the hits of frames that a scorer codes, no rule matches a share of"),
        "the page tells of drift"
    );
}

#[test]
fn codings_that_cannot_teach_are_refused_or_named() {
    for (from, to, says) in [
        ("hand-codings.csv", "nowhere.csv", "nowhere.csv: no such file"),
        ("hand-codings.csv\"", "hand-codings.csv\"\nscorer = \"taught-by-rules\"", "no scorer beside codings"),
        (
            "hand-codings.csv\"",
            "hand-codings.csv\"\nscorer = \"best\"",
            "expected \"rules\", \"taught-by-rules\" or \"labels\"",
        ),
    ] {
        let folder = coded_study();
        folder.edit("study.toml", from, to);
        let said = folder.parallax(&["run", "study.toml"]);
        assert_eq!(said.code, Some(2), "{to}: {}", said.out);
        assert!(said.errors.contains(says), "{to}: {}", said.errors);
    }
    let folder = coded_study();
    for (from, to) in
        [("d00,1,cost,1,", "d00,1,costs,1,"), ("d01,1,cost,1,", "d99,1,cost,1,"), ("d02,1,cost,0,", "d02,77,cost,0,")]
    {
        folder.edit("hand-codings.csv", from, to);
    }
    let said = folder.done(&["run", "study.toml"]);
    for note in [
        "1 coding left out; record 1: frame \"costs\" (did you mean cost?) is not in the codebook",
        "1 coding not in the corpus; the first is sentence 1 of \"d99\" (hand-codings.csv, record 3)",
        "2 codings of \"d02\" by anna without words left out",
    ] {
        assert!(said.out.contains(note), "no {note:?} in {}", said.out);
    }
    folder.write("hand-codings.csv", "document,sentence,frame,value\nd00,1,cost,1\n");
    let said = folder.done(&["run", "study.toml"]);
    for note in
        ["1 hand coding of 1 sentence for 1 frame by hand-codings", "Nothing is learnt from them: no frame has 10 "]
    {
        assert!(said.out.contains(note), "no {note:?} in {}", said.out);
    }
    folder.edit("study.toml", "codings = \"hand-codings.csv\"\n", "");
    let said = folder.parallax(&["evaluate", "study.toml"]);
    assert!(said.errors.contains("no hand codings to measure with"), "{}", said.errors);
}

#[test]
fn compare_refuses_codings_that_are_not_those_of_the_run() {
    type Change = fn(&Folder) -> &Folder;
    let cases: [(&str, Change); 2] = [
        ("one more", |folder| folder.append("hand-codings.csv", "d21,1,benefit,1,carla\n")),
        ("no longer named", |folder| folder.edit("study.toml", "codings = \"hand-codings.csv\"\n", "")),
    ];
    for (case, change) in cases {
        let folder = coded_study();
        folder.done(&["run", "study.toml"]);
        change(&folder);
        let before = folder.files();
        let said = folder.parallax(&["compare", "study.toml"]);
        let refused = said.errors.contains("hand-codings.csv has changed") && said.errors.contains("parallax run");
        assert!(said.code == Some(2) && refused, "{case}: {}", said.errors);
        assert!(folder.files() == before, "{case}");
    }
}

/// The same articles, coded as a whole.
fn study_of_coded_documents() -> Folder {
    let folder = coded_study();
    let mut codings = "document,frame,value,coder\n".to_owned();
    for number in 0..80 {
        writeln!(codings, "d{number:02},cost,{},anna", u8::from(number % 4 < 2)).unwrap();
    }
    folder.write("hand-codings.csv", codings);
    folder.edit("study.toml", "period = \"month\"", "unit = \"document\"");
    folder
}

#[test]
fn codings_of_documents_teach_a_scorer_that_codes_documents() {
    let folder = study_of_coded_documents();
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("Scorer learnt from 80 coded documents for 1 frame"), "{}", said.out);
    let by_scorer = "Coded by the scorer, better than the rules on documents not seen (see codebook.md): cost (in 40 coded documents";
    assert!(said.out.contains(by_scorer), "{}", said.out);
    let page = folder.text("results/codebook.md");
    assert!(page.contains("F1 of the rules, which find a frame where as many sentences carry it"), "{page}");
    let methods = folder.text("results/methods.md");
    for said in [
        "measured on hand-coded documents not seen: cost",
        "Each sentence, and for cost each document as a whole, was coded",
        "(cost: coded as a whole, not by sentences)",
        "in all of the text and in the sentences of benefit. The prior",
    ] {
        assert!(methods.contains(said), "{said}: {methods}");
    }
    assert!(folder.text("results/report.html").contains("Coded of whole articles, so that no sentence is listed"));
    let documents = folder.rows("results/documents.csv");
    let hits: Vec<u32> =
        documents.iter().filter(|row| row["frame"] == "cost").map(|row| row["hits"].parse().unwrap()).collect();
    let carrying = hits.iter().sum::<u32>();
    assert!(hits.len() == 80 && (36..=44).contains(&carrying) && hits.iter().all(|hits| *hits <= 1), "{hits:?}");
    assert!(folder.rows("results/codings.csv").iter().all(|row| row["frame"] != "cost"), "only of the whole");
    let explained = folder.done(&["explain", "study.toml", "--document", "d00"]).out;
    assert!(explained.contains("cost: carries it, by the scorer of whole documents, probability 0."), "{explained}");
    let before = folder.text("results/prevalence.csv");
    folder.done(&["compare", "study.toml"]);
    assert!(before == folder.text("results/prevalence.csv"), "compared again from documents.csv");
}

/// What a scorer of documents counted is no number of sentences.
#[test]
fn what_a_scorer_of_documents_counted_is_not_taken_for_sentences() {
    let folder = study_of_coded_documents();
    folder.done(&["run", "study.toml"]);
    for (to, says) in [
        ("unit = \"sentence\"", "80 codings of whole documents are not used, since sentences are compared"),
        ("unit = \"document\"\nat_least = { cost = 2 }", "cost: at least 2 sentences, measured on 80 coded documents"),
        ("unit = \"document\"\nvoice = \"own\"", "they teach no scorer, since a document as a whole has no voice"),
    ] {
        let study = folder.text("study.toml");
        folder.edit("study.toml", "unit = \"document\"", to);
        let said = folder.parallax(&["compare", "study.toml"]);
        assert!(said.code == Some(2) && said.errors.contains("run parallax run study.toml"), "{to}: {}", said.errors);
        let said = folder.done(&["run", "study.toml", "--output", "other"]);
        assert!(said.out.contains(says) && !said.out.contains("Coded by the scorer"), "{to}: {}", said.out);
        folder.write("study.toml", study);
    }
}

#[test]
fn what_explain_shows_of_a_whole_document_adds_up_to_its_score() {
    let folder = study_of_coded_documents();
    let codings = folder.text("hand-codings.csv").replace("d00,cost,1,anna\n", "");
    folder.write("hand-codings.csv", codings).done(&["run", "study.toml"]);
    let said = folder.done(&["explain", "study.toml", "--document", "d00"]).out;
    let (head, parts) = said.split_once("model score, in log-odds:\n").unwrap();
    let (_, probability) = head.rsplit_once("probability ").unwrap();
    let (probability, threshold) = probability.trim().split_once(", threshold ").unwrap();
    let (probability, threshold): (f64, f64) = (probability.parse().unwrap(), threshold.parse().unwrap());
    assert!(head.contains("cost: carries it") && probability >= threshold, "{said}");
    let of_document = parts.split("\n[").next().unwrap();
    let part = |line: &str| line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    let sum: f64 = of_document.lines().filter_map(part).sum();
    assert!((1.0 / (1.0 + (-sum).exp()) - probability).abs() < 0.04, "{sum} for {probability}: {said}");
    let taught = folder.done(&["explain", "study.toml", "--document", "d04"]).out;
    assert!(taught.contains("coded by hand: the score is by learners that have not seen it"), "{taught}");
    let one = folder.done(&["explain", "study.toml", "--document", "d00", "--sentence", "1"]).out;
    assert!(one.contains("cost: carries it") && !one.contains("in log-odds"), "of one sentence: {one}");
}

#[test]
fn a_scorer_of_documents_is_measured_on_documents_it_has_not_seen() {
    let folder = study_of_coded_documents();
    let said = folder.done(&["evaluate", "study.toml", "--folds", "5"]);
    assert!(said.out.contains("80 coded documents for 1 frame"), "{}", said.out);
    let measured = folder.rows("results/evaluation.csv");
    let f1 = |scorer: &str| -> f64 {
        let is_it = |row: &&std::collections::BTreeMap<String, String>| {
            (&row["design"][..], &row["scorer"][..], &row["metric"][..], &row["less"][..])
                == ("cross-validation", scorer, "macro_f1", "")
        };
        measured.iter().find(is_it).unwrap()["estimate"].parse().unwrap()
    };
    assert!(f1("together") > f1("as many sentences as are asked for") + 0.2, "{}", said.out);
}

#[test]
fn a_scorer_learnt_before_codes_the_same_without_learning() {
    let folder = coded_study();
    folder.done(&["run", "study.toml"]);
    std::fs::copy(folder.path().join("results/scorer.json"), folder.path().join("scorer.json")).unwrap();
    let learnt = folder.text("results/codings.csv");
    folder.edit("study.toml", "codings = \"hand-codings.csv\"\n", "scorer = \"scorer.json\"\n");
    let said = folder.done(&["run", "study.toml"]);
    assert!(!said.out.contains("learnt from"), "{}", said.out);
    assert_eq!(folder.text("results/codings.csv"), learnt, "the same bits");
    assert!(folder.text("results/manifest.json").contains("\"role\": \"scorer\""));
    folder.done(&["verify", "study.toml"]);
    folder.done(&["compare", "study.toml"]);
    folder.edit("study.toml", "scorer = \"scorer.json\"", "scorer = \"scorer.json\"\ncodings = \"hand-codings.csv\"");
    folder.done(&["run", "study.toml"]);
    assert!(folder.text("results/prevalence.csv").contains("corrected"), "codings beside it correct");
    folder.append("codebook.toml", "# another\n");
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(said.errors.contains("trained with another version of the codebook"), "{}", said.errors);
}

#[test]
fn a_part_of_a_corpus_never_learns() {
    let folder = coded_study();
    let articles = folder.text("articles.csv");
    let part: Vec<&str> = articles.lines().take(31).collect();
    folder.write("articles.csv", part.join("\n") + "\n");
    let said = folder.parallax(&["code", "study.toml"]);
    assert_eq!(said.code, Some(2), "{}", said.errors);
    let stranger = "100 of 160 codings are of documents that the corpus does not have (the first is sentence ";
    for words in [stranger, "(hand-codings.csv, record ", "scorer = \"scorer.json\""] {
        assert!(said.errors.contains(words), "{}", said.errors);
    }
    assert!(!folder.path().join("results/codings.csv").exists());
}

#[test]
fn a_scorer_of_something_else_is_refused() {
    let folder = coded_study();
    let mut table = "text,mood\n".to_owned();
    for number in 0..40 {
        let (text, mood) = [("The gulls sat.", "calm"), ("The bill rises.", "angry")][number % 2];
        writeln!(table, "{text} {number},{mood}").unwrap();
    }
    folder.write("moods.csv", table);
    folder.done(&["train", "moods.csv", "--label", "mood", "--text", "text", "--output", "moods.json"]);
    folder.edit("study.toml", "codings = \"hand-codings.csv\"\n", "scorer = \"moods.json\"\n");
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(said.errors.contains("none of which is a frame of the codebook"), "{}", said.errors);
    folder.edit("study.toml", "moods.json", "missing.json");
    let said = folder.parallax(&["check", "study.toml"]);
    assert!(said.errors.contains("missing.json: no such file"), "{}", said.errors);
}
