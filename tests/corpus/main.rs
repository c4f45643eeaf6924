//! Reads small corpora, whole, unusual and broken, from a temporary folder.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_bytes;
mod csv_files;
mod exports;
mod files;
mod formats;
mod mending;
mod subsets;

use std::{collections::BTreeMap, fs, path::Path};

use parallax::{
    corpus::{self, FileTally, Needs, Record},
    model::{CorpusSettings, Document, Excluded},
};

/// What a corpus yields.
#[derive(Debug, Default)]
struct Yield {
    documents: Vec<Document>,
    excluded: Vec<Excluded>,
    files: Vec<FileTally>,
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_all(folder: &Path, settings: &[CorpusSettings], needs: Needs) -> Result<Yield, String> {
    let mut corpus = corpus::open(folder, settings, needs).map_err(|error| error.to_string())?;
    let mut all = Yield::default();
    while let Some(record) = corpus.next_record().map_err(|error| error.to_string())? {
        match record {
            Record::Kept(document) => all.documents.push(document),
            Record::Excluded(excluded, _) => all.excluded.push(excluded),
        }
    }
    assert_eq!(corpus.bytes_read(), corpus.bytes_total());
    all.files = corpus.files().to_vec();
    for file in &all.files {
        assert_eq!(file.read, file.kept + file.excluded, "{file:?}");
    }
    assert_eq!(all.files.iter().map(|file| file.kept).sum::<u64>(), all.documents.len() as u64);
    assert_eq!(all.files.iter().map(|file| file.excluded).sum::<u64>(), all.excluded.len() as u64);
    Ok(all)
}

fn needs(date: bool) -> Needs {
    Needs { by: "outlet".to_owned(), date, columns: Vec::new(), within: None }
}

fn at(path: &str) -> CorpusSettings {
    CorpusSettings { path: path.to_owned(), ..CorpusSettings::default() }
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// `id|outlet|date|title|text` of each document, then `!reason` of each record left out, or `error` before all.
fn summary(outcome: &Result<Yield, String>) -> (Vec<String>, String) {
    match outcome {
        Err(error) => (vec!["error".to_owned()], error.clone()),
        Ok(all) => {
            let documents = all.documents.iter().map(|document| {
                let date = document.date.map_or(String::new(), |date| date.to_string());
                [&document.id, &document.outlet, &date, document.title(), document.text()].join("|")
            });
            let excluded = all.excluded.iter().map(|row| format!("!{}", row.reason.as_str()));
            let details: Vec<String> = all.excluded.iter().map(|row| row.detail.clone()).collect();
            let notes: Vec<String> = all.files.iter().flat_map(|file| file.notes.clone()).collect();
            (documents.chain(excluded).collect(), [details, notes].concat().join("\n"))
        }
    }
}

/// A name for messages, the bytes of a file, what it yields, and a part of the details, notes or error.
type Case<'a> = (&'a str, &'a [u8], &'a [&'a str], &'a str);

fn check(file: &str, date: bool, cases: &[Case<'_>]) {
    for (name, bytes, expected, part) in cases {
        let folder = folder(&[(file, bytes)]);
        let (found, details) = summary(&read_all(folder.path(), &[at(file)], needs(date)));
        assert_eq!(found, *expected, "{name}: {details}");
        assert!(details.contains(part), "{name}: {details:?} should have {part:?}");
    }
}
