//! Looking at words before a study is coded: `find`, what `check` shows, `suggest`.

use std::collections::BTreeMap;
use std::fmt::Write;

use parallax::stats::{RandomStream, Seed};

use crate::folder::{Folder, Said};

/// What the command says where it ends well; counts go to stderr.
fn found(folder: &Folder, words: &[&str]) -> Said {
    let said = folder.parallax(words);
    assert_eq!(said.code, Some(0), "{words:?}: {}", said.errors);
    said
}

#[test]
fn find_shows_every_match_in_its_context() {
    let folder = Folder::new();
    let before = folder.files();
    let said = found(&folder, &["find", "study.toml", "tram", "--sort", "right", "--width", "16"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(
        lines,
        [
            "Quay Mail   2023-05-02  q-1:1  The tram has swallowed",
            "Lighthouse  2023-05-03  l-1:1  The tram shortens the",
            "Quay Mail   2023-05-02  q-1:0      Tram swallows",
        ]
    );
    assert!(
        said.errors.ends_with("Quay Mail         2          1   2\n(all)             3          2   4\n"),
        "{}",
        said.errors
    );
    assert!(folder.files() == before, "find writes nothing");
}

#[test]
fn found_lines_are_a_table_with_places_that_hold() {
    let folder = Folder::new();
    folder.append("articles.csv", "f-1,=Mail,2023-05-09,\"=1+tram(1)\",\"\u{201c}Nine\u{201d} trams.\"\n");
    let words = ["find", "study.toml", "tram* | {money}", "--sort", "left", "--output", "out/kwic.csv"];
    found(&folder, &[&words[..], &["--threads", "1"]].concat());
    let one = folder.text("out/kwic.csv");
    found(&folder, &[&words[..], &["--threads", "2"]].concat());
    assert_eq!(folder.text("out/kwic.csv"), one);
    let articles = folder.rows("articles.csv");
    let rows = folder.rows("out/kwic.csv");
    assert_eq!(rows.len(), 8);
    for row in &rows {
        let article = articles.iter().find(|article| article["id"] == row["document"]).unwrap();
        let text = &article[if row["sentence"] == "0" { "title" } else { "text" }];
        let [start, end] = ["start", "end"].map(|column| row[column].parse::<usize>().unwrap());
        let matched: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(row["match"], matched, "{row:?}");
        assert!(!row.values().any(|cell| cell.starts_with('=')), "{row:?}");
    }
    found(&folder, &[&words[..], &["--limit", "3"]].concat());
    assert_eq!(folder.rows("out/kwic.csv"), rows[..3]);
}

#[test]
fn a_pattern_that_cannot_be_read_is_shown_with_a_caret() {
    let folder = Folder::new();
    for (pattern, says) in [
        ("tram NEAR stop", "PATTERN:1:6: NEAR needs a distance in words"),
        ("{mony}", "PATTERN:1:1: unknown list {mony}; did you mean \"money\"?"),
    ] {
        let said = folder.parallax(&["find", "study.toml", pattern]);
        assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{pattern}");
        assert!(said.errors.contains(says) && said.errors.trim_end().ends_with('^'), "{pattern}: {}", said.errors);
    }
}

#[test]
fn matches_of_a_rule_say_what_became_of_them() {
    let folder = Folder::new();
    folder.edit("codebook.toml", "hits = [", "unless = \"another\"\nhits = [");
    let before = folder.files();
    let said = found(&folder, &["check", "study.toml", "--rule", "overspent"]);
    assert!(folder.files() == before, "check writes nothing");
    let lines: Vec<&str> = said.out.lines().map(str::trim_end).collect();
    assert_eq!(lines.len(), 3, "{}", said.out);
    for (line, parts) in lines.iter().zip([
        ["Lighthouse  2023-05-03  l-1:2", "counts", "exceed its budget"],
        ["Quay Mail   2023-05-02  q-1:0", "cancelled by \"another\"", "swallows another million"],
        ["Quay Mail   2023-05-02  q-1:1", "counts", "swallowed nine million"],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
    assert!(said.errors.contains("(all)             3       2        0          1      0\n"), "{}", said.errors);
    found(&folder, &["check", "study.toml", "--rule", "overspent", "--show", "2", "--output", "matches.csv"]);
    let rows = folder.rows("matches.csv");
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| ["counts", "cancelled"].contains(&&row["fate"][..])), "{rows:?}");
}

#[test]
fn sentences_near_a_frame_without_a_match_are_shown_nearest_first() {
    let folder = Folder::new();
    for number in 0..6 {
        let text = "The tram has swallowed nine million crowns of debt. The gull ate a herring. The tram is a debt of nine crowns.";
        folder.append("articles.csv", format!("m-{number},Quay Mail,2023-05-02,Debt {number},{text}\n"));
    }
    let words = ["check", "study.toml", "--misses", "--frame", "cost", "--output", "misses.csv"];
    found(&folder, &[&words[..], &["--threads", "1"]].concat());
    let rows = folder.rows("misses.csv");
    assert_eq!(rows[0]["text"], "The tram is a debt of nine crowns.", "{rows:?}");
    assert_eq!((&rows[0]["document"][..], &rows[0]["sentence"][..]), ("m-0", "3"), "one text once");
    assert!(rows.iter().all(|row| row["frame"] == "cost" && !row["text"].contains("swallowed")), "{rows:?}");
    let one = folder.text("misses.csv");
    found(&folder, &[&words[..], &["--threads", "2"]].concat());
    assert_eq!(folder.text("misses.csv"), one);
    let all = found(&folder, &["check", "study.toml", "--misses"]).out;
    assert!(all.starts_with("cost\n") && all.contains("\nbenefit\n"), "{all}");
}

#[test]
fn too_few_sentences_to_suggest_from_are_told_as_distinct_ones() {
    let folder = Folder::new();
    for number in 0..12 {
        folder
            .append("articles.csv", format!("c-{number},Quay Mail,2023-05-02,Calm,The tram shortens the way home.\n"));
    }
    let said = found(&folder, &["suggest", "study.toml", "--frame", "benefit"]).errors;
    // Two of articles that were there, and one for the twelve copies.
    assert!(said.contains("3 distinct sentences with the frame \"benefit\", too few to learn from"), "{said}");
}

/// Words that cost money, which the rule has of two in three numbers; no two numbers have one in common.
fn cost(number: usize) -> String {
    let letters: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
    let [verb, sum] = if number.is_multiple_of(3) { ["devour", "heavy"] } else { ["swallow", "million"] };
    format!("{verb}{letters} {sum}{letters}")
}

#[test]
fn rules_that_a_frame_may_lack_are_suggested_ready_to_paste() {
    let folder = Folder::new();
    let places = ["harbour", "school", "market", "bridge"];
    for (number, place) in places.iter().cycle().take(32).enumerate() {
        let text = format!("The {place} plan {} crowns of debt this year. A calm day at the {place}.", cost(number));
        folder.append("articles.csv", format!("m-{number},Quay Mail,2023-05-02,News {number},{text} No {number}.\n"));
    }
    let said = found(&folder, &["suggest", "study.toml", "--frame", "cost"]);
    assert!(said.out.contains("that no rule matches"), "{}{}", said.out, said.errors);
    assert!(said.out.contains("# precision not estimated: none of them is coded\n[[rule]]\n"), "{}", said.out);
    // What is printed is a piece of a codebook as it stands.
    folder.append("codebook.toml", format!("\n{}", said.out));
    found(&folder, &["check", "study.toml"]);
    let again = found(&folder, &["suggest", "study.toml", "--frame", "cost"]);
    assert_eq!(again.out, "", "what a rule matches is not suggested: {}", again.errors);
}

#[test]
fn suggestions_are_the_same_table_for_any_number_of_threads() {
    let folder = Folder::new();
    for number in 0..24 {
        let text = format!("The plan {} crowns of debt.", cost(number));
        folder.append("articles.csv", format!("m-{number},Mail {number},2023-05-02,News {number},{text}\n"));
    }
    let words = ["suggest", "study.toml", "--frame", "cost", "--output", "rules.csv"];
    found(&folder, &[&words[..], &["--threads", "1"]].concat());
    let one = folder.text("rules.csv");
    found(&folder, &[&words[..], &["--threads", "2"]].concat());
    assert_eq!(folder.text("rules.csv"), one);
    let few = found(&folder, &["suggest", "study.toml", "--frame", "benefit"]);
    assert!(few.errors.contains("too few to learn from; 10 are needed"), "{}", few.errors);
    let unknown = folder.parallax(&["suggest", "study.toml", "--frame", "costs"]);
    assert!(unknown.errors.contains("unknown frame \"costs\"; did you mean \"cost\"?"), "{}", unknown.errors);
}

#[test]
fn looks_that_cannot_be_are_refused() {
    let folder = Folder::new();
    for (words, says) in [
        (&["--rule", "overspend"][..], "codebook.toml: unknown rule \"overspend\"; did you mean \"overspent\"?"),
        (&["--misses", "--frame", "costs"], "codebook.toml: unknown frame \"costs\"; did you mean \"cost\"?"),
        (&["--frame", "cost"], "--misses"),
        (&["--output", "found.csv"], "of --rule or --misses only; leave --output out"),
        (&["--rule", "overspent", "--misses"], "cannot be used with"),
        (&["--rule", "overspent", "--output", "articles.csv"], "articles.csv"),
        (&["--misses", "--show", "few"], "invalid value 'few'"),
    ] {
        let said = folder.parallax(&[&["check", "study.toml"], words].concat());
        assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{words:?}");
        assert!(said.errors.contains(says), "{words:?}: {}", said.errors);
    }
}

#[test]
fn found_matches_are_counted_by_the_groups_of_the_study() {
    let folder = Folder::new();
    folder.append("study.toml", "\n[groups]\npress = [\"Quay Mail\", \"Lighthouse\"]\n");
    let said = found(&folder, &["find", "study.toml", "tram", "--output", "kwic.csv"]);
    assert!(said.errors.contains("group  matches  documents  of\npress        3          2   4\n"), "{}", said.errors);
    let rows = folder.rows("kwic.csv");
    assert!(rows.iter().all(|row| row["group"] == "press" && row["outlet"] != "press"), "{rows:?}");
}

#[test]
fn two_codebooks_are_held_against_each_other_sentence_by_sentence() {
    let folder = Folder::new();
    for number in 0..6 {
        let text = "The tram has swallowed nine million crowns. The rails exceed the way.";
        folder.append("articles.csv", format!("m-{number},Quay Mail,2023-05-02,Debt {number},{text} Stop {number}.\n"));
    }
    let wider = folder.text("codebook.toml").replace("{money}", "({money} | way)").replace("swallow* | ", "");
    folder.write("wider.toml", wider.replace("hits = [\"The tram has swallowed nine million crowns.\"]\n", ""));
    let study = folder.text("study.toml");
    folder.write("other.toml", study.replace("codebook.toml", "wider.toml"));
    let said = found(&folder, &["diff", "study.toml", "other.toml", "--output", "changed"]);
    assert!(said.out.starts_with("Shares of sentences in 10 documents\n"), "{}", said.out);
    let rows = folder.rows("changed/diff-sentences.csv");
    let of = |change: &str| rows.iter().filter(|row| row["change"] == change).count();
    assert_eq!((of("gained"), of("lost"), of("recoded")), (6, 8, 0), "{rows:?}");
    assert!(rows.iter().all(|row| row["frame"] == "cost" && row["group"] == "Quay Mail"), "{rows:?}");
    let shares = folder.rows("changed/diff-shares.csv");
    let row = shares.iter().find(|row| row["frame"] == "cost" && row["group"] == "(all)").unwrap();
    let cells = ["hits_old", "hits_new", "gained", "lost"].map(|column| row[column].as_str());
    assert_eq!(cells, ["9", "7", "6", "8"], "{row:?}");
    assert!(shares.iter().any(|row| row["group"] == "Lighthouse" && row["note"] == "no sentence gained or lost"));
    let rules = folder.rows("changed/diff-rules.csv");
    let row = rules.iter().find(|row| row["rule"] == "overspent" && row["group"] == "(all)").unwrap();
    assert_eq!(["gained", "lost"].map(|column| row[column].as_str()), ["6", "8"]);
    assert!(folder.text("changed/datapackage.json").contains("diff-rules.csv"));

    // The results of the same two studies say the same.
    for (name, output) in [("study.toml", "old"), ("other.toml", "new")] {
        folder.parallax(&["code", name, "--output", output]);
    }
    found(&folder, &["diff", "old", "new", "--output", "again"]);
    for table in ["diff-sentences.csv", "diff-rules.csv"] {
        assert_eq!(folder.text(&format!("again/{table}")), folder.text(&format!("changed/{table}")), "{table}");
    }
    // On one degree of freedom half a width is beyond all shares.
    for row in shares.iter().filter(|row| !row["conf_low"].is_empty()) {
        let [low, high] = ["conf_low", "conf_high"].map(|column| row[column].parse::<f64>().unwrap());
        assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high), "{row:?}");
    }
    let same = found(&folder, &["diff", "old", "old", "--output", "same"]);
    assert!(
        same.out.contains("no sentence is labelled otherwise") && !same.out.contains("frame / group"),
        "{}",
        same.out
    );
    // Other words under the same ids would pass for other labels.
    assert!(said.out.contains("the same sentences on both sides"), "{}", said.out);
    folder.write("articles.csv", folder.text("articles.csv").replace("swallowed", "fetched"));
    let said = found(&folder, &["diff", "old", "study.toml", "--output", "edited"]);
    assert!(said.out.contains("the sides were coded from other corpus files"), "{}", said.out);
}

/// Articles of two outlets with words of a few, and a codebook that looks for some of these, all drawn at random.
fn random_articles(stream: &mut RandomStream) -> String {
    let mut table = "id,outlet,date,title,text\n".to_owned();
    for number in 0..24 {
        let sentence = |stream: &mut RandomStream| {
            let words: Vec<&str> = (0..5).map(|_| WORDS[stream.below(WORDS.len())]).collect();
            format!("The {}.", words.join(" "))
        };
        let text: Vec<String> = (0..=stream.below(6)).map(|_| sentence(stream)).collect();
        let outlet = ["Quay Mail", "Lighthouse"][stream.below(2)];
        writeln!(table, "r-{number},{outlet},2023-05-{:02},Day {number},{}", number + 1, text.join(" ")).unwrap();
    }
    table
}

const WORDS: [&str; 9] = ["tram", "rail", "crown", "gull", "quay", "storm", "ferry", "budget", "harbour"];

fn random_codebook(stream: &mut RandomStream) -> String {
    let mut text = String::new();
    for frame in ["cost", "benefit"] {
        writeln!(text, "[[frame]]\nid = \"{frame}\"\nlabel = \"{frame}\"\n").unwrap();
        for rule in 0..=stream.below(2) {
            let [a, b] = [(); 2].map(|()| WORDS[stream.below(WORDS.len())]);
            let how = ["|", "NEAR/2", "BEFORE/3"][stream.below(3)];
            writeln!(text, "[[rule]]\nid = \"{frame}-{rule}\"\nframe = \"{frame}\"\nmatch = \"{a} {how} {b}\"\n")
                .unwrap();
        }
    }
    text
}

#[test]
fn effects_are_the_differences_of_what_two_results_publish_whatever_the_codebooks() {
    let mut changed = 0;
    for seed in 0..4 {
        let mut stream = Seed::new(seed).stream("diff");
        let folder = Folder::new();
        folder.write("articles.csv", random_articles(&mut stream));
        for side in ["old", "new"] {
            folder.write(&format!("{side}-book.toml"), random_codebook(&mut stream));
            let study = folder.text("study.toml").replace("codebook.toml", &format!("{side}-book.toml"));
            folder.write(&format!("{side}.toml"), study).done(&["run", &format!("{side}.toml"), "--output", side]);
        }
        folder.done(&["diff", "old", "new", "--output", "changed"]);
        let published = ["old", "new"].map(|side| folder.rows(&format!("{side}/prevalence.csv")));
        for row in folder.rows("changed/diff-shares.csv").iter().filter(|row| row["group"] != "(all)") {
            let [old, new] = published.each_ref().map(|rows| {
                let is_it = |it: &&BTreeMap<String, String>| {
                    it["period"] == "all" && ["frame", "group"].iter().all(|column| it[*column] == row[*column])
                };
                rows.iter().find(is_it).unwrap()["estimate"].clone()
            });
            assert_eq!([&row["estimate_old"], &row["estimate_new"]], [&old, &new], "seed {seed}: {row:?}");
            let [difference, old, new] = [&row["difference"], &old, &new].map(|cell| cell.parse::<f64>().unwrap());
            assert!((difference - (new - old)).abs() < 2e-6, "seed {seed}: {row:?}");
            let [gained, lost, before, after] =
                ["gained", "lost", "hits_old", "hits_new"].map(|column| row[column].parse::<i64>().unwrap());
            assert_eq!(after - before, gained - lost, "seed {seed}: {row:?}");
            changed += usize::from(difference.abs() > 0.0);
        }
    }
    assert!(changed > 8, "{changed} shares of 16 differ");
}

#[test]
fn sides_that_cannot_be_held_against_each_other_are_refused() {
    let folder = Folder::new();
    folder.write("elsewhere.csv", "id,outlet,date,title,text\nz-1,Quay Mail,2023-05-02,Rain,It rained.\n");
    folder.write("other.toml", folder.text("study.toml").replace("articles.csv", "elsewhere.csv"));
    folder.write("empty/note.txt", "nothing");
    for (words, says) in [
        (&["study.toml", "other.toml"][..], "not of one corpus: no document is in both"),
        (&["study.toml", "empty"], "documents.csv: not there; run the study first"),
        (&["study.toml", "none.toml"], "none.toml"),
        (&["study.toml"], "<OTHER>"),
    ] {
        let said = folder.parallax(&[&["diff"], words].concat());
        assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{words:?}");
        assert!(said.errors.contains(says), "{words:?}: {}", said.errors);
    }
    assert!(!folder.path().join("diff").exists());
}
