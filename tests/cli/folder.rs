//! A study in a folder of its own, to be broken by tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

pub(crate) const STUDY: &str = r#"title = "The harbour tram"
codebook = "codebook.toml"

[[corpus]]
path = "articles.csv"

[compare]
by = "outlet"
period = "month"
contrasts = [["cost", "benefit"]]
"#;

pub(crate) const CODEBOOK: &str = r#"title = "The harbour tram"

[lists]
money = ["million*", "budget*", "taxpayer*"]

[[frame]]
id = "cost"
label = "What it costs"

[[frame]]
id = "benefit"
label = "What it brings"

[[rule]]
id = "overspent"
frame = "cost"
match = "(swallow* | exceed*) NEAR/5 {money}"
hits = ["The tram has swallowed nine million crowns."]
misses = ["The gull swallowed a herring."]

[[rule]]
id = "shorter-way"
frame = "benefit"
match = "shorten* NEAR/5 (way | commute*)"
"#;

pub(crate) const ARTICLES: &str = r#"id,outlet,date,title,text
q-1,Quay Mail,2023-05-02,Tram swallows another million,"The tram has swallowed nine million crowns. ""It will shorten the way to work,"" said Pia Lund."
q-2,Quay Mail,2023-06-11,Rails in the rain,The rails lay in the rain. Nobody came.
l-1,Lighthouse,2023-05-03,A shorter way,The tram shortens the way for thousands of commuters. It may exceed its budget.
l-2,Lighthouse,2023-06-12,Nine stops,"The line has nine stops, the city said."
"#;

/// A folder with a study that runs.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// With study file, codebook and four articles of two outlets.
    pub(crate) fn new() -> Self {
        let folder = Self::empty();
        folder.write("study.toml", STUDY).write("codebook.toml", CODEBOOK).write("articles.csv", ARTICLES);
        folder
    }

    pub(crate) fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Puts `to` in place of `from`, which must be there.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) -> &Self {
        let content = self.text(name);
        assert!(content.contains(from), "{name} has no {from:?}");
        self.write(name, content.replacen(from, to, 1))
    }

    pub(crate) fn append(&self, name: &str, more: impl AsRef<[u8]>) -> &Self {
        let content = [&fs::read(self.path().join(name)).unwrap(), more.as_ref()].concat();
        self.write(name, content)
    }

    pub(crate) fn remove(&self, name: &str) -> &Self {
        fs::remove_file(self.path().join(name)).unwrap();
        self
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program with these words, in this folder.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parallax"));
        command.current_dir(self.path()).args(words);
        command
    }

    pub(crate) fn parallax(&self, words: &[&str]) -> Said {
        Said::of(&self.command(words).output().unwrap())
    }

    /// As [`parallax`](Self::parallax), where it must go well.
    pub(crate) fn done(&self, words: &[&str]) -> Said {
        let said = self.parallax(words);
        assert_eq!((said.code, &said.errors[..]), (Some(0), ""), "{words:?}: {}", said.out);
        said
    }

    /// Every file and empty folder below, hidden ones too, with its content.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut files, mut waiting) = (BTreeMap::new(), vec![self.path().to_path_buf()]);
        while let Some(folder) = waiting.pop() {
            let name = |path: &Path| path.strip_prefix(self.path()).unwrap().to_path_buf();
            let entries: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            if entries.is_empty() {
                files.insert(name(&folder), b"(a folder)".to_vec());
            }
            for path in entries {
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    files.insert(name(&path), fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// The rows of a table, by column.
    pub(crate) fn rows(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader =
            csv::Reader::from_path(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        reader.deserialize().map(|row| row.unwrap_or_else(|error| panic!("{name}: {error}"))).collect()
    }
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) errors: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let said = Self { code: output.status.code(), out: text(&output.stdout), errors: text(&output.stderr) };
        assert!(!said.errors.contains("panicked"), "{}", said.errors);
        said
    }
}
