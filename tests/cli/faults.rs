//! Kills and failing system calls at every point of a command: what it leaves is the whole old or the whole new result.
//!
//! A small library (`faults.c`) stands between the program and the system. Before a call it copies the folder of results,
//! which is what a kill there would leave; in further runs a call fails, and all that follow it may fail too. With
//! `PARALLAX_FAULTS=every` each call is one of these points, else each rename is a point for kills and one call in a few
//! for all.

#![expect(clippy::print_stderr, reason = "how many points were tried, or why none, is said to whoever runs the tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::coded_tables::coded;
use crate::folder::{Folder, Said};

/// Numbers of the system's errors on Linux.
const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// A command that is broken off, and what comes after it.
struct Scene {
    /// The command.
    words: &'static [&'static str],
    /// The folder that it writes to.
    watched: &'static str,
    /// The next command on that folder.
    next: &'static [&'static str],
    /// What the next command adds to the folder.
    added: &'static str,
    /// One call in this many is a point, unless all of them are.
    stride: usize,
}

const RUN: Scene = Scene {
    words: &["run", "study.toml", "--quiet"],
    watched: "results",
    next: &["code", "wrong.toml", "--quiet"],
    added: "",
    stride: 41,
};

#[test]
fn run_leaves_the_old_or_the_new_result() {
    let folder = study();
    folder.done(RUN.words);
    folder.edit("study.toml", "month", "year");
    RUN.play(&folder);
}

#[test]
fn compare_leaves_the_old_or_the_new_result() {
    let folder = study();
    folder.done(RUN.words);
    folder.edit("study.toml", "month", "year");
    Scene { words: &["compare", "study.toml", "--quiet"], ..RUN }.play(&folder);
}

#[test]
fn train_leaves_the_old_or_the_new_model() {
    let folder = Folder::empty();
    let words = &["train", "coded.csv", "--text", "text", "--label", "label", "--output", "made/model.json", "--quiet"];
    folder.write("coded.csv", coded(24)).done(words);
    folder.write("coded.csv", coded(30));
    let next = &["features", "made/model.json", "--output", "made/next.csv"];
    Scene { words, watched: "made", next, added: "next.csv", stride: 3 }.play(&folder);
}

#[test]
fn predict_leaves_the_old_or_the_new_table() {
    let folder = Folder::empty();
    let words = &["predict", "coded.csv", "--model", "model.json", "--output", "made/p.csv", "--quiet"];
    folder.write("coded.csv", coded(24));
    folder.done(&["train", "coded.csv", "--text", "text", "--label", "label", "--output", "model.json", "--quiet"]);
    folder.done(words);
    folder.write("coded.csv", coded(30));
    let next = &["features", "model.json", "--output", "made/next.csv"];
    Scene { words, watched: "made", next, added: "next.csv", stride: 3 }.play(&folder);
}

#[test]
fn sample_leaves_nothing_or_the_whole_sample() {
    let folder = study();
    let words = &["sample", "study.toml", "--n", "6", "--quiet"];
    Scene { words, watched: "sample", next: words, added: "", stride: 7 }.play(&folder);
}

#[test]
fn agree_leaves_the_old_or_the_new_tables() {
    let folder = Folder::empty();
    let codings = |value: u8| {
        let row = |document: u32| format!("q-{document},1,cost,{}\n", (document % 2) as u8 & value);
        format!("document,sentence,frame,value\n{}", (0..12).map(row).collect::<String>())
    };
    let words = &["agree", "anna.csv", "boris.csv", "--quiet"];
    folder.write("anna.csv", codings(1)).write("boris.csv", codings(1)).done(words);
    folder.write("boris.csv", codings(0));
    let next = &["agree", "absent.csv", "--quiet"];
    Scene { words, watched: "agreement", next, added: "", stride: 7 }.play(&folder);
}

/// A study, and one of the same output folder whose corpus is not there.
fn study() -> Folder {
    let folder = Folder::new();
    folder.write("wrong.toml", folder.text("study.toml").replace("articles.csv", "absent.csv"));
    folder
}

type Tree = BTreeMap<PathBuf, Vec<u8>>;

impl Scene {
    /// Plays the scene in copies of `folder`, which holds the old result.
    fn play(&self, folder: &Folder) {
        let Some(shim) = Shim::compile() else { return };
        let watched = folder.path().join(self.watched);
        let kept = folder.path().join("kept");
        if watched.exists() {
            copy(&watched, &kept);
        }
        let snapshots = folder.path().join("snapshots");
        fs::create_dir(&snapshots).unwrap();
        let stride = if std::env::var_os("PARALLAX_FAULTS").is_some() { 1 } else { self.stride };
        let copying = [("FAULT_SNAPSHOTS", snapshots.display().to_string()), ("FAULT_STRIDE", stride.to_string())];
        let calls = self.under(&shim, folder, &copying).1;
        let (old, new) = (tree(&kept), tree(&watched));
        assert!(old != new && !new.is_empty(), "{:?}: the results differ", self.words);
        let check = |when: &str| {
            self.next_command(folder);
            let now = self.visible(&watched);
            assert!(now == old || now == new, "{:?} {when}: {:?}", self.words, now.keys());
            now == new
        };
        let points =
            (1..=calls.len()).filter(|number| number % stride == 1 % stride || calls[number - 1].starts_with("rename"));
        let points: Vec<usize> = points.collect();
        for number in &points {
            replace(&snapshots.join(number.to_string()), &watched);
            check(&format!("killed before {number}, {}", calls[number - 1]));
        }
        let mut failed = 0;
        for (errno, from) in [(EIO, 0), (ENOSPC, 0), (EIO, 1)] {
            for number in (1..=calls.len()).step_by(stride) {
                replace(&kept, &watched);
                let settings = [
                    ("FAULT_AT", number.to_string()),
                    ("FAULT_ERRNO", errno.to_string()),
                    ("FAULT_FROM", from.to_string()),
                ];
                let (said, _) = self.under(&shim, folder, &settings);
                let is_new = check(&format!("error {errno} at {number}, {}, from there on: {from}", calls[number - 1]));
                assert!(said.code != Some(0) || is_new, "{:?}: done, says it, at {number}", self.words);
                failed += 1;
            }
        }
        replace(&snapshots.join(points[points.len() / 2].to_string()), &watched);
        let cleared = [self.next, self.words].map(|words| folder.parallax(words).code);
        // The lock of a killed run is nobody's; it stays where the next command writes nothing.
        let is_left = |path: &PathBuf| path.to_string_lossy().contains(".partial-") && !path.ends_with(".partial-lock");
        assert!(!tree(&watched).keys().any(is_left), "{:?}: {cleared:?}", self.words);
        eprintln!("{:?}: {} kills, {failed} failing calls", self.words, points.len());
    }

    /// The command, with the system as `settings` say; what it said, and the calls it made.
    fn under(&self, shim: &Shim, folder: &Folder, settings: &[(&str, String)]) -> (Said, Vec<String>) {
        let log = folder.path().join("calls.log");
        let _ = fs::remove_file(&log);
        let mut command = folder.command(self.words);
        command.env("LD_PRELOAD", &shim.library).env("FAULT_LOG", &log);
        command.env("FAULT_FOLDER", fs::canonicalize(folder.path()).unwrap().join(self.watched));
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        let said = Said::of(&command.output().unwrap());
        let calls = fs::read_to_string(&log).unwrap().lines().map(str::to_owned).collect();
        (said, calls)
    }

    fn next_command(&self, folder: &Folder) {
        let said = folder.parallax(self.next);
        assert!(
            said.code == Some(0) || self.added.is_empty(),
            "{:?} after {:?}: {}",
            self.next,
            self.words,
            said.errors
        );
    }

    /// What its users see in the folder.
    fn visible(&self, watched: &Path) -> Tree {
        let mut now = tree(watched);
        now.retain(|path, _| path != Path::new(self.added) && !path.to_string_lossy().contains(".partial-"));
        now
    }
}

/// The library between program and system.
struct Shim {
    library: PathBuf,
    _folder: Folder,
}

impl Shim {
    /// `None`, said on stderr, where there is no C compiler or the system is not Linux, whose calls it knows.
    fn compile() -> Option<Self> {
        let folder = Folder::empty();
        let library = folder.path().join("faults.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/faults.c");
        let compiled =
            Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).arg("-ldl").status();
        match compiled {
            Ok(status) if cfg!(target_os = "linux") => {
                assert!(status.success(), "faults.c does not compile");
                Some(Self { library, _folder: folder })
            }
            _ => {
                eprintln!("skipped: no C compiler (cc), or not on Linux");
                None
            }
        }
    }
}

/// Every file below `folder`, and every empty folder, by its path; nothing where there is none.
fn tree(folder: &Path) -> Tree {
    let (mut found, mut waiting) = (Tree::new(), vec![folder.to_path_buf()]);
    while let Some(place) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&place) else { continue };
        let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        let name = |path: &Path| path.strip_prefix(folder).unwrap().to_path_buf();
        if paths.is_empty() {
            found.insert(name(&place), b"(a folder)".to_vec());
        }
        for path in paths {
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(name(&path), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

/// Has `to` be as `from`, which may be absent.
fn replace(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    if from.exists() {
        copy(from, to);
    }
}
