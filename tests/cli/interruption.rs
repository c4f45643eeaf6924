//! Ctrl-C: the run stops, says so, and leaves the results of earlier runs as they were.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::folder::Folder;

#[test]
fn ctrl_c_leaves_the_results_of_earlier_runs() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    folder.write("articles.csv", busy_corpus());
    let before = folder.files();
    for words in [&["run", "study.toml"][..], &["code", "study.toml"], &["run", "study.toml", "--output", "new/place"]]
    {
        let output = folder.path().join(words.get(3).unwrap_or(&"results"));
        let mut child = start(&folder, words);
        wait_until(&mut child, || has_begun(&output));
        interrupt(&child);
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{words:?}: {errors}");
        assert_eq!(errors, "parallax: stopped; the results of earlier runs are as they were\n", "{words:?}");
        assert!(folder.files() == before, "{words:?}");
    }
}

#[test]
fn a_second_ctrl_c_ends_the_run_at_once() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    let done = folder.files();
    folder.write("articles.csv", busy_corpus());
    let output = folder.path().join("results");
    let mut child = start(&folder, &["run", "study.toml"]);
    wait_until(&mut child, || has_begun(&output));
    // However many are sent, it ends as after one, and no result has changed.
    while child.try_wait().unwrap().is_none() {
        interrupt(&child);
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
    folder.write("articles.csv", crate::folder::ARTICLES);
    let mut left = folder.files();
    left.retain(|path, _| !path.to_string_lossy().contains(".partial-"));
    assert!(left == done);
    folder.done(&["run", "study.toml"]);
    assert!(folder.files() == done, "what it left half-written is cleared away");
}

#[test]
fn ctrl_c_stops_a_long_comparison() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    folder.write("articles.csv", many_groups()).edit("study.toml", "month", "day");
    folder.done(&["code", "study.toml", "--output", "coded"]);
    let before = folder.files();
    for (words, begun) in [
        (&["run", "study.toml"][..], ("results", "excluded.csv")),
        (&["compare", "study.toml", "--output", "coded"], ("coded", "documents.csv")),
    ] {
        let mut child = start(&folder, words);
        // What is written last before groups are compared.
        wait_until(&mut child, || unfinished(&folder.path().join(begun.0), begun.1));
        interrupt(&child);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{words:?}");
        assert!(folder.files() == before, "{words:?}");
    }
}

#[test]
fn ctrl_c_and_the_request_to_end_are_obeyed_inside_a_document() {
    let folder = Folder::new();
    folder.done(&["run", "study.toml"]);
    folder.write("articles.csv", one_long_article());
    let before = folder.files();
    for signal in ["-INT", "-TERM"] {
        for output in ["results", "new/place"] {
            let mut child = start(&folder, &["run", "study.toml", "--output", output]);
            wait_until(&mut child, || has_begun(&folder.path().join(output)));
            let asked = Instant::now();
            send(signal, &child);
            let mut errors = String::new();
            child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(130), "{signal} {output}: {errors}");
            assert!(asked.elapsed().as_secs() < 5, "{signal} {output}: {:?}", asked.elapsed());
            assert_eq!(
                errors, "parallax: stopped; the results of earlier runs are as they were\n",
                "{signal} {output}"
            );
            assert!(folder.files() == before, "{signal} {output}: nothing is left");
        }
    }
}

#[test]
fn a_second_run_into_the_same_folder_is_refused() {
    let folder = Folder::new();
    folder.write("articles.csv", busy_corpus());
    let output = folder.path().join("results");
    let mut child = start(&folder, &["run", "study.toml"]);
    wait_until(&mut child, || has_begun(&output));
    let said = folder.parallax(&["run", "study.toml"]);
    interrupt(&child);
    child.wait().unwrap();
    assert_eq!(said.code, Some(2), "{}", said.errors);
    assert!(said.errors.contains("results: another run is writing here; wait"), "{}", said.errors);
    assert!(!output.exists());
}

fn start(folder: &Folder, words: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("parallax"))
        .current_dir(folder.path())
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Whether a run has opened its place for unfinished files, the lock in it included.
fn has_begun(output: &Path) -> bool {
    unfinished(output, "lock")
}

/// Whether the unfinished files of a run include this one.
fn unfinished(output: &Path, name: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(output) else { return false };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with(".partial-") && entry.path().join(name).exists())
}

fn wait_until(child: &mut Child, is_so: impl Fn() -> bool) {
    while !is_so() {
        assert_eq!(child.try_wait().unwrap(), None, "the run is over before it could be stopped");
        std::thread::yield_now();
    }
}

/// What the terminal sends for Ctrl-C.
fn interrupt(child: &Child) {
    send("-INT", child);
}

fn send(signal: &str, child: &Child) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// Several megabytes of articles.
fn busy_corpus() -> String {
    let text = "The tram has swallowed nine million crowns. It may shorten the way, said Pia Lund. ".repeat(12);
    let mut articles = "id,outlet,date,title,text\n".to_owned();
    for number in 0..20_000 {
        let outlet = ["Quay Mail", "Lighthouse"][number % 2];
        writeln!(articles, "{number},{outlet},2023-05-{:02},Article {number},\"{text}\"", number % 28 + 1).unwrap();
    }
    articles
}

/// Four megabytes in one record, which take tens of seconds to code without optimisation.
fn one_long_article() -> String {
    let sentence = "The tram has swallowed nine million crowns, said Pia Lund, and it may shorten the way. ";
    format!("id,outlet,date,title,text\n1,Quay Mail,2023-05-02,T,\"{}\"\n", sentence.repeat(48_000))
}

/// Few articles of many outlets on many days, which take long to compare.
fn many_groups() -> String {
    let mut articles = "id,outlet,date,title,text\n".to_owned();
    for number in 0..6000 {
        let (outlet, day) = (number % 40, number % 28 + 1);
        let text = if number % 3 == 0 { "The tram shortens the way." } else { "It exceeds its budget. Nobody came." };
        writeln!(articles, "{number},Outlet {outlet},2023-05-{day:02},Article {number},{text}").unwrap();
    }
    articles
}
