//! What must hold of any file: of corpora read = kept + excluded, and whatever else is read from files is refused or used,
//! never a panic.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use parallax::corpus::{self, CorpusError, Needs, Record};
use parallax::model::CorpusSettings;
use parallax::stats::RandomStream;
use parallax::{
    Learnt, Objective, Plan, PredictRequest, Project, TableColumns, TrainingRequest, Unwatched, code_corpus, findings,
    predict, read_counts, train,
};

use crate::exports::EXPORTS;
use crate::studies;
use crate::texts::{mixed, torn, torn_bytes};

/// Names whose endings readers go by.
const NAMES: [&str; 6] = ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.txt", "a.html"];

const ARTICLES: &str = "id,outlet,date,title,text\n\
    1,Quay Mail,2022-01-31,Troops mass,\"Moscow has amassed 100,000 soldiers, the minister said.\"\n\
    2,Lighthouse,\"February 2, 2022\",No troops,\"\"\"There is no invasion,\"\" Pia Lund said.\"\n\
    3,Quay Mail,03.02.2022,,It rained. Nobody came.\n";
const LINES: &str = "{\"id\":\"1\",\"outlet\":\"A\",\"date\":\"2022-02-03T10:00:00Z\",\"text\":\"Troops \\u00e9 \\ud83d\\ude00\"}\n\
    {\"id\":2,\"outlet\":\"B\",\"date\":null,\"text\":\"NaN\",\"x\":[1,{\"y\":NaN}]}\n";
const CODED: &str = "text,label\nThe council votes.,fair\nA shameful scheme.,slanted\n";
const STUDY: &str = "title = \"t\"\ncodebook = \"codebook.toml\"\n[[corpus]]\npath = \"articles.csv\"\n\
    [compare]\nperiod = \"month\"\n";
const CODEBOOK: &str = "[[frame]]\nid = \"f\"\n[[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = \"troops | soldiers\"\n";

/// Feeds files to all that reads files, in a folder of its own.
pub(crate) struct FileCheck {
    folder: tempfile::TempDir,
    project: Project,
    plan: Plan,
    model: String,
    documents: String,
}

impl FileCheck {
    /// With a model and a table of counts that were made by the program itself, to be torn.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        for (name, content) in [("articles.csv", ARTICLES), ("study.toml", STUDY), ("codebook.toml", CODEBOOK)] {
            fs::write(at(name), content)?;
        }
        fs::write(at("coded.csv"), format!("text,label\n{}", CODED.split_once('\n').map_or("", |it| it.1).repeat(8)))?;
        train(&training(at("coded.csv")), &at("model.json"), &Unwatched)?;
        let project = Project::open(&at("study.toml"), None)?;
        code_corpus(&project, &Learnt::now(&project, &Unwatched)?, &Unwatched)?;
        let (model, documents) =
            (fs::read_to_string(at("model.json"))?, fs::read_to_string(at("results/documents.csv"))?);
        let plan = Plan::new(vec!["f".to_owned()], project.study.compare.clone(), 1)?;
        Ok(Self { folder, project, plan, model, documents })
    }

    /// How many inputs were fed.
    pub(crate) fn round(&self, stream: &mut RandomStream) -> u64 {
        match stream.below(7) {
            0 => self.corpora(&torn_bytes(ARTICLES, stream)),
            1 => self.corpora(&torn_bytes(LINES, stream)),
            2 => self.corpora(mixed(ARTICLES, stream).as_bytes()),
            3 => self.model(&torn(&self.model, stream), &torn_bytes(CODED, stream)),
            4 => self.counts(&torn(&self.documents, stream)),
            _ => self.export(stream),
        }
        1
    }

    /// Runs a torn study.
    pub(crate) fn study(&self, stream: &mut RandomStream) {
        let folder = self.folder.path().join("study");
        // Where the disk is full nothing can be checked, and nothing was found.
        let _ = fs::create_dir_all(&folder).map(|()| studies::torn_study(&folder, stream));
    }

    /// A torn export of a database is refused, or each of its records is kept or left out.
    fn export(&self, stream: &mut RandomStream) {
        let (name, whole) = EXPORTS[stream.below(EXPORTS.len())];
        self.write(name, &torn_bytes(whole, stream));
        assert!(reconciles(self.folder.path(), name).unwrap_or(true), "{name}");
    }

    /// Bytes under the name of every kind of file are refused, or each of their records is kept or left out.
    pub(crate) fn corpora(&self, bytes: &[u8]) {
        for name in NAMES {
            self.write(name, bytes);
            let reconciles = reconciles(self.folder.path(), name).unwrap_or(true);
            assert!(reconciles, "{name}: {:?}", String::from_utf8_lossy(bytes));
        }
    }

    /// A model that can be read scores any table that can be.
    fn model(&self, model: &str, table: &[u8]) {
        let (model, table) = (self.write("torn.json", model.as_bytes()), self.write("table.csv", table));
        let output = self.folder.path().join("predicted.csv");
        drop(predict(
            &PredictRequest { table: &table, model: &model, codebook: None, vectors: None, output: &output },
            &Unwatched,
        ));
    }

    /// Counts that can be read can be compared.
    fn counts(&self, documents: &str) {
        self.write("results/documents.csv", documents.as_bytes());
        if let Ok(counts) = read_counts(&self.project) {
            drop(findings(&self.plan, &counts));
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        // Where the disk is full nothing can be checked, and nothing was found.
        let _ = fs::write(&path, bytes);
        path
    }
}

/// How many documents such a file has.
#[cfg(test)]
pub(crate) fn kept(name: &str, bytes: &[u8]) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    reconciled(folder.path(), name).unwrap().unwrap()
}

/// Whether of every file read = kept + excluded.
fn reconciles(folder: &Path, name: &str) -> Result<bool, CorpusError> {
    Ok(reconciled(folder, name)?.is_some())
}

/// The documents kept, where of every file read = kept + excluded.
fn reconciled(folder: &Path, name: &str) -> Result<Option<u64>, CorpusError> {
    let needs = Needs { by: "outlet".to_owned(), date: false, columns: Vec::new(), within: None };
    let settings = CorpusSettings { path: name.to_owned(), ..CorpusSettings::default() };
    let mut corpus = corpus::open(folder, &[settings], needs)?;
    let (mut kept, mut excluded) = (0, 0);
    while let Some(record) = corpus.next_record()? {
        match record {
            Record::Kept(_) => kept += 1,
            Record::Excluded(..) => excluded += 1,
        }
    }
    let is_whole = corpus.bytes_read() == corpus.bytes_total();
    let holds = is_whole && corpus.files().iter().all(|it| it.read == kept + excluded && it.kept == kept);
    Ok(holds.then_some(kept))
}

fn training(table: PathBuf) -> TrainingRequest {
    TrainingRequest {
        table,
        columns: TableColumns { text: "text".to_owned(), labels: vec!["label".to_owned()], ..TableColumns::default() },
        is_multi_label: false,
        group: None,
        codebook: None,
        vectors: None,
        without: Vec::new(),
        thresholds: Objective::default(),
        seed: 1,
    }
}
