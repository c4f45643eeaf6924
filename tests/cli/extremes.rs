//! Input that nobody writes by hand but machines and accidents do: very deep, very long, very many, very odd. Nothing
//! hangs, overflows the stack or takes more than moments.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use crate::folder::{ARTICLES, Folder, STUDY};

const HEADER: &str = "id,outlet,date,title,text\n";

#[test]
fn a_pipe_is_no_input() {
    for name in ["study.toml", "codebook.toml", "articles.csv"] {
        for behind_link in [false, true] {
            let folder = Folder::new();
            folder.remove(name);
            pipe(&folder.path().join(if behind_link { "pipe" } else { name }));
            if behind_link {
                std::os::unix::fs::symlink("pipe", folder.path().join(name)).unwrap();
            }
            refused(&folder, &["run", "study.toml"], &[name, "a pipe, device or socket; name a regular file"]);
        }
    }
    let folder = Folder::new();
    folder.edit("study.toml", "articles.csv", "*.csv");
    pipe(&folder.path().join("zebra.csv"));
    pipe(&folder.path().join("manifest.json"));
    folder.done(&["run", "study.toml"]);
    folder.remove("results/manifest.json");
    pipe(&folder.path().join("results/manifest.json"));
    for command in ["verify", "compare"] {
        refused(&folder, &[command, "study.toml"], &["results/manifest.json: a pipe", "move it away"]);
    }
    folder.done(&["run", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
}

#[test]
fn patterns_too_deep_or_too_large_are_refused() {
    let many = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<Vec<_>>();
    for (name, pattern, says) in [
        ("open groups", "(".repeat(100_000), "groups are nested more than 32 deep; use lists"),
        ("groups", format!("{}tram{}", "(".repeat(100_000), ")".repeat(100_000)), "nested more than 32 deep"),
        ("words", many(100_000, &|n| format!("w{n}")).join(" "), "100000 words in a row, more than 100; put |"),
        ("proximities", many(100_000, &|n| format!("w{n}")).join(" NEAR/3 "), "more than 100 NEAR and BEFORE"),
        ("distance", "a NEAR/99999999999999999999 b".to_owned(), "a distance in words from 1 to 100"),
    ] {
        let folder = Folder::new();
        folder.edit("codebook.toml", "shorten* NEAR/5 (way | commute*)", &pattern);
        let said = refused(&folder, &["run", "study.toml"], &["codebook.toml:24:", says]);
        assert!(said.len() < 1000, "{name}: {} characters", said.len());
    }
    let chain = many(20_000, &|n| format!("l{} = [\"{{l{n}}} more\"]", n + 1)).join("\n");
    let folder = Folder::new();
    folder.edit("codebook.toml", "[lists]", &format!("[lists]\nl0 = [\"tram\"]\n{chain}"));
    refused(&folder, &["run", "study.toml"], &["codebook.toml:", "more than 1000 deep; split"]);
    let words = many(5_000, &|n| format!("\"w{n}\"")).join(", ");
    let rules =
        many(2_000, &|n| format!("[[rule]]\nid = \"r{n}\"\nframe = \"cost\"\nmatch = \"{{all}} | v{n}\"")).join("\n");
    let folder = Folder::new();
    folder.edit("codebook.toml", "[lists]", &format!("[lists]\nall = [{words}]")).append("codebook.toml", rules);
    refused(&folder, &["run", "study.toml"], &["codebook.toml:", "more than 5000000 words and branches", "{list}"]);
}

#[test]
fn lists_that_double_thirty_times_cost_nothing() {
    for entry in
        ["\"{L} {L}\"", "\"{L}\", \"{L}\"", "\"{L}\", \"{L} x\"", "\"{L} NEAR/2 {L}\"", "\"({L} a | {L} b) ({L} | c)\""]
    {
        let folder = Folder::new();
        let mut lists = "[lists]\nl0 = [\"tram\", \"rail\"]\n".to_owned();
        for level in 1..=30 {
            writeln!(lists, "l{level} = [{}]", entry.replace('L', &format!("l{}", level - 1))).unwrap();
        }
        folder.edit("codebook.toml", "[lists]", &lists).edit("codebook.toml", "shorten* NEAR/5 (way", "{l30} | (way");
        folder.done(&["run", "study.toml"]);
    }
}

#[test]
fn files_nested_too_deep_are_refused_or_passed_over() {
    let deep = |open: &str, close: &str| format!("x = {}1{}\n", open.repeat(100_000), close.repeat(100_000));
    for more in [deep("[", "]"), deep("{a = ", "}"), format!("{} = 1\n", vec!["a"; 100_000].join("."))] {
        for file in ["study.toml", "codebook.toml"] {
            let folder = Folder::new();
            folder.append(file, &more);
            let said = refused(&folder, &["run", "study.toml"], &[file, "nested too deep"]);
            assert!(said.len() < 1000, "{file}: {} characters", said.len());
        }
    }
    let folder = Folder::new();
    let brackets = ["[".repeat(100_000), "]".repeat(100_000)].concat();
    let line = format!("{{\"outlet\": \"A\", \"date\": \"2023-05-02\", \"text\": \"The tram.\", \"x\": {brackets}}}\n");
    folder.write("articles.jsonl", line).edit("study.toml", "articles.csv", "articles.jsonl");
    folder.done(&["run", "study.toml"]);
}

#[test]
fn headers_of_a_hundred_thousand_columns_are_read() {
    let columns = (0..100_000).fold(String::new(), |columns, number| columns + ",c" + &number.to_string());
    let folder = Folder::new();
    folder.write(
        "articles.csv",
        format!("id,outlet,date,text{columns}\n1,A,2023-05-02,The tram.{}\n", ",".repeat(100_000)),
    );
    folder.done(&["run", "study.toml"]);
    folder.write("articles.csv", format!("id,date,text{columns}\n"));
    let said = refused(&folder, &["run", "study.toml"], &["no column \"outlet\"", "99983 more"]);
    assert!(said.len() < 1000, "{said}");
    let row = format!("1,A,2023-05-02,a,b{}\n2,A,2023-05-02,a,b\n", ",".repeat(3_000_000));
    folder.write("articles.csv", format!("{HEADER}{row}"));
    assert!(folder.done(&["run", "study.toml"]).out.starts_with("2 records read = 1 kept + 1 excluded"));
}

#[test]
fn a_text_without_sentences_takes_moments() {
    let word = |word: &str| format!("{word} ").repeat(100_000);
    for (pattern, text) in [
        ("tram", word("tram")),
        ("tram NEAR/5 tram", word("tram")),
        ("(tram | tram tram) (tram | tram tram) (tram | tram tram) tram", word("tram")),
        ("tram\"\nunless = \"rail", word("tram rail")),
        ("tram", word("not tram")),
        ("tram", word("said tram")),
        ("t*m", format!("t{}", "ra".repeat(1_000_000))),
    ] {
        let folder = Folder::new();
        folder.edit("codebook.toml", "shorten* NEAR/5 (way | commute*)", pattern);
        folder.write("articles.csv", format!("{HEADER}1,A,2023-05-02,Tram,{text}\n"));
        folder.done(&["run", "study.toml", "--threads", "1"]);
    }
}

#[test]
fn phrases_of_parts_of_two_lengths_are_traced_without_trying_every_way() {
    let folder = Folder::new();
    folder.edit("codebook.toml", "shorten* NEAR/5 (way | commute*)", &"(tram | tram tram) ".repeat(60));
    folder.write("articles.csv", format!("{HEADER}1,A,2023-05-02,Tram,{}\n", "tram ".repeat(90)));
    folder.done(&["run", "study.toml"]);
    assert_eq!(folder.rows("results/codings.csv").len(), 1);
}

#[test]
fn a_codebook_of_twenty_thousand_rules_is_read_in_moments() {
    let folder = Folder::new();
    let mut rules = String::new();
    for number in 0..20_000 {
        writeln!(
            rules,
            "[[rule]]\nid = \"r{number}\"\nframe = \"cost\"\nmatch = \"a{number}* NEAR/5 ({{money}} | b{number})\""
        )
        .unwrap();
    }
    folder.append("codebook.toml", rules);
    folder.done(&["run", "study.toml"]);
}

#[test]
fn file_names_need_not_be_text() {
    let folder = Folder::new();
    let name = |bytes: &[u8]| folder.path().join(OsStr::from_bytes(bytes));
    folder.remove("articles.csv").edit("study.toml", "articles.csv", "*.csv");
    if std::fs::write(name(b"caf\xe9.csv"), ARTICLES).is_err() {
        // Some file systems take only UTF-8; then there is nothing to be read.
        assert_eq!(folder.parallax(&["run", "study.toml"]).code, Some(2));
        return;
    }
    folder.done(&["run", "study.toml"]);
    folder.done(&["verify", "study.toml"]);
    std::fs::rename(name(b"study.toml"), name(b"st\xfcdy.toml")).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parallax"));
    let words = [b"run".as_slice(), b"st\xfcdy.toml", b"--output", b"r\xe9sultats"].map(OsStr::from_bytes);
    assert!(command.current_dir(folder.path()).args(words).output().unwrap().status.success());
    assert!(name(b"r\xe9sultats/manifest.json").exists());
}

#[test]
fn outlets_that_look_alike_are_one() {
    let folder = Folder::new();
    let names = [
        "Caf\u{e9} News",
        "Cafe\u{301} News",
        " Caf\u{e9}  News ",
        "Caf\u{e9}\u{a0}News",
        "\"Caf\u{e9}\nNews\"",
        "Caf\u{e9}\u{200b} News",
    ];
    let rows = names.iter().enumerate().fold(HEADER.to_owned(), |rows, (number, name)| {
        rows + &format!("{number},{name},2023-05-02,Tram,The tram came.\n")
    });
    folder.write(
        "articles.csv",
        rows + "x,CAF\u{c9} NEWS,2023-05-02,Tram,The tram came.\nr,(rest),2023-05-02,a,b\ns,(all),2023-05-02,a,b\n",
    );
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.starts_with("9 records read = 7 kept + 2 excluded (2 reserved-name"), "{}", said.out);
    let groups: std::collections::BTreeSet<String> =
        folder.rows("results/prevalence.csv").iter().map(|row| row["group"].clone()).collect();
    assert_eq!(groups.into_iter().collect::<Vec<_>>(), ["CAF\u{c9} NEWS", "Caf\u{e9} News"]);
    for name in ["(rest)", "(all)"] {
        let told = format!("\"\"{name}\"\" in the column \"\"outlet\"\"");
        assert!(folder.text("results/excluded.csv").contains(&told), "{name}");
    }
}

#[test]
fn odd_ids_come_back_as_they_were() {
    let folder = Folder::new();
    let ids = ["a\nb", "a\"b", "a,b", "=cmd()"];
    let rows = ids.iter().fold(HEADER.to_owned(), |rows, id| {
        rows + &format!("\"{}\",Quay Mail,2023-05-02,Tram,It exceeds its budget.\n", id.replace('"', "\"\""))
    });
    folder.write("articles.csv", rows);
    folder.done(&["run", "study.toml"]);
    for table in ["results/documents.csv", "results/codings.csv"] {
        let found: std::collections::BTreeSet<String> =
            folder.rows(table).iter().map(|row| row["document"].clone()).collect();
        // The last would be computed by a spreadsheet, so it stands behind an apostrophe, which our own readers take away.
        let guarded = |id: &&str| if id.starts_with('=') { format!("'{id}") } else { (*id).to_owned() };
        assert_eq!(found, ids.iter().map(guarded).collect(), "{table}");
    }
    folder.done(&["compare", "study.toml"]);
    folder.done(&["explain", "study.toml", "--document", "a\nb"]);
    folder.done(&["explain", "study.toml", "--document", "=cmd()"]);
}

#[test]
fn frames_without_rules_are_told() {
    for (codebook, says) in [
        ("[[frame]]\nid = \"cost\"\n[[frame]]\nid = \"benefit\"\n".to_owned(), "The codebook has no [[rule]]"),
        (format!("{}[[frame]]\nid = \"gulls\"\n", crate::folder::CODEBOOK), "No rule for the frame gulls"),
    ] {
        let folder = Folder::new();
        folder.write("codebook.toml", codebook);
        for command in ["run", "check"] {
            let said = folder.done(&[command, "study.toml"]);
            assert!(said.out.contains(says), "{command}: {}", said.out);
        }
    }
}

#[test]
fn small_and_uniform_corpora_are_compared_as_far_as_they_go() {
    let alike = (0..12).fold(HEADER.to_owned(), |rows, number| {
        rows + &format!("{number},Outlet {},2023-05-02,Tram,It exceeds its budget.\n", number % 2)
    });
    for (name, articles, study) in [
        ("one document", format!("{HEADER}1,A,2023-05-02,Tram,It exceeds its budget.\n"), STUDY.to_owned()),
        ("one outlet", ARTICLES.replace("Lighthouse", "Quay Mail"), STUDY.to_owned()),
        ("all alike", alike, STUDY.to_owned()),
        ("no word", format!("{HEADER}1,A,2023-05-02,  ,?! ...\n"), STUDY.to_owned()),
        ("no hit", format!("{HEADER}1,A,2023-05-02,Rain,It rains.\n2,B,2023-05-02,Sun,It shines.\n"), STUDY.to_owned()),
        (
            "first and last year",
            format!("{HEADER}1,A,1600-01-01,a,b\n2,A,2100-12-31,c,d\n"),
            STUDY.replace("month", "week"),
        ),
        ("own documents", ARTICLES.to_owned(), STUDY.replace("by =", "unit = \"document\"\nvoice = \"own\"\nby =")),
        ("least seed", ARTICLES.to_owned(), format!("seed = 0\n{STUDY}")),
        ("largest seed", ARTICLES.to_owned(), format!("seed = 18446744073709551615\n{STUDY}")),
    ] {
        let folder = Folder::new();
        folder.write("articles.csv", articles).write("study.toml", study);
        folder.done(&["run", "study.toml"]);
        folder.done(&["compare", "study.toml"]);
        folder.done(&["verify", "study.toml"]);
        for table in ["prevalence", "comparisons", "contrasts"] {
            for row in folder.rows(&format!("results/{table}.csv")) {
                let broken = row.values().find(|cell| ["NaN", "inf", "-inf"].contains(&cell.as_str()));
                assert!(broken.is_none(), "{name}: {row:?}");
            }
        }
    }
}

#[test]
fn results_do_not_know_where_they_were_made() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    let results = |folder: &Folder, place: &str| {
        let files = folder
            .files()
            .into_iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(place).ok()?.to_path_buf(), bytes)));
        files.collect::<std::collections::BTreeMap<_, _>>()
    };
    let expected = results(&folder, "results");
    let whole = folder.path().join("study.toml");
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    for (from, study, output) in [
        ("deep", Path::new("../study.toml"), Some("../second")),
        ("deep", &whole, None),
        (".", Path::new("./deep/../study.toml"), Some("deep/results")),
        ("deep", &whole, Some("results")),
    ] {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parallax"));
        command.current_dir(folder.path().join(from)).arg("run").arg(study);
        command.args(output.into_iter().flat_map(|output| ["--output", output]));
        assert!(command.output().unwrap().status.success(), "{study:?} from {from}");
        let place = output.map_or("results".into(), |output| {
            if output.starts_with("..") { "second".into() } else { "deep/results".to_owned() }
        });
        assert!(results(&folder, &place) == expected, "{study:?} from {from} to {output:?}");
    }
    let elsewhere = Folder::empty();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parallax"));
    command.current_dir(elsewhere.path()).arg("run").arg(&whole).args(["--output", "outside"]);
    assert!(command.output().unwrap().status.success());
    assert!(results(&elsewhere, "outside") == expected);
    for (name, bytes) in &expected {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(folder.path().to_str().unwrap()), "{name:?} names a place of this machine");
    }
}

#[test]
fn links_to_the_output_folder_are_followed_or_told() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", folder.path().join("results")).unwrap();
    folder.done(&["run", "study.toml"]);
    assert!(folder.path().join("real/manifest.json").exists() && folder.path().join("results").is_symlink());
    let folder = Folder::new();
    std::os::unix::fs::symlink("nowhere", folder.path().join("results")).unwrap();
    refused(&folder, &["run", "study.toml"], &["results: a link that leads nowhere", "--output"]);
    refused(&folder, &["run", "study.toml", "--output", "results/deep"], &["a link that leads nowhere"]);
}

#[test]
fn empty_words_are_refused() {
    let folder = Folder::new();
    for words in [
        &["run", ""][..],
        &["run", "study.toml", "--output", ""],
        &["init", ""],
        &["explain", "study.toml", "--document", ""],
    ] {
        assert_eq!(folder.parallax(words).code, Some(2), "{words:?}");
    }
    for (name, bytes) in [("a.csv.gz", &b""[..]), ("a.csv.zst", b"")] {
        let folder = Folder::new();
        folder.write(name, bytes).edit("study.toml", "articles.csv", name);
        refused(&folder, &["run", "study.toml"], &[name, "end early or are damaged"]);
    }
}

/// Runs what must fail with exit code 2 and these words, and returns what was said.
fn refused(folder: &Folder, words: &[&str], says: &[&str]) -> String {
    let said = folder.parallax(words);
    assert_eq!((said.code, &said.out[..]), (Some(2), ""), "{words:?}: {}", said.errors);
    for part in says {
        assert!(said.errors.contains(part), "{words:?}: no {part:?} in: {}", said.errors);
    }
    said.errors
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}
