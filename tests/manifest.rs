//! The manifest: what it holds, that it comes back, and what two of them differ in.

use std::fs;

use parallax::model::{Excluded, Exclusion, Origin};
use parallax::report::{
    Difference, FileRecords, Input, InputRole, MANIFEST, Manifest, Output, RecordCounts, ReportError, Staging,
    differences, output_differences, outputs_on_disk,
};
use tempfile::TempDir;

fn manifest(outputs: Vec<Output>) -> Manifest {
    let left_out = |record, reason| Excluded {
        origin: Origin { file: "a.csv".to_owned(), record },
        reason,
        detail: String::new(),
    };
    let excluded = [left_out(1, Exclusion::BadDate), left_out(2, Exclusion::TooLong), left_out(3, Exclusion::BadDate)];
    let mut corpus = Input::new(InputRole::Corpus, "a.csv", b"abc");
    corpus.records = Some(FileRecords { read: 10, kept: 7, excluded: 3 });
    corpus.notes = vec!["read as windows-1252".to_owned()];
    let inputs = vec![
        corpus,
        Input::new(InputRole::Codebook, "codebook.toml", b""),
        Input::new(InputRole::Study, "study.toml", b""),
    ];
    Manifest::new("A study", 20_220_203, RecordCounts::new(7, &excluded), inputs, outputs)
}

fn output(path: &str, bytes: u64) -> Output {
    Output { path: path.to_owned(), bytes, sha256: "0".repeat(64) }
}

#[test]
fn it_lists_counts_inputs_and_outputs_in_a_stable_order() {
    let folder = TempDir::new().unwrap();
    let mut staging = Staging::begin(folder.path()).unwrap();
    let written = manifest(vec![output("b.csv", 2), output("a.csv", 1)]).of_documents("f".repeat(64));
    written.write(&mut staging).unwrap();
    staging.commit().unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let expected = serde_json::json!({
        "program": "parallax",
        "version": env!("CARGO_PKG_VERSION"),
        "title": "A study",
        "seed": 20_220_203,
        "documents": "f".repeat(64),
        "records": {"read": 10, "kept": 7, "excluded": {"bad-date": 2, "too-long": 1}},
        "inputs": [
            {"role": "study", "path": "study.toml", "bytes": 0, "sha256": empty},
            {"role": "codebook", "path": "codebook.toml", "bytes": 0, "sha256": empty},
            {
                "role": "corpus",
                "path": "a.csv",
                "bytes": 3,
                "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "records": {"read": 10, "kept": 7, "excluded": 3},
                "notes": ["read as windows-1252"]
            }
        ],
        "outputs": [
            {"path": "a.csv", "bytes": 1, "sha256": "0".repeat(64)},
            {"path": "b.csv", "bytes": 2, "sha256": "0".repeat(64)}
        ]
    });
    assert_eq!(fs::read_to_string(folder.path().join(MANIFEST)).unwrap(), format!("{expected:#}\n"));
    assert_eq!(Manifest::read(folder.path()).unwrap(), written);
}

#[test]
fn a_missing_or_broken_one_is_named_with_the_remedy() {
    let folder = TempDir::new().unwrap();
    let error = Manifest::read(folder.path()).unwrap_err();
    assert!(matches!(error, ReportError::NoManifest(_)), "{error}");
    fs::write(folder.path().join(MANIFEST), "{\"program\": 1}").unwrap();
    let error = Manifest::read(folder.path()).unwrap_err().to_string();
    assert!(error.contains("manifest.json: not a manifest") && error.contains("line 1 column 13"), "{error}");
}

#[test]
fn the_same_run_twice_does_not_differ() {
    assert_eq!(differences(&manifest(vec![output("a.csv", 1)]), &manifest(vec![output("a.csv", 1)])), []);
}

#[test]
fn each_change_is_one_difference() {
    let recorded = || manifest(vec![output("a.csv", 1), output("b.csv", 2)]);
    let changed = |change: fn(&mut Manifest)| {
        let mut now = recorded();
        change(&mut now);
        differences(&recorded(), &now).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let version = format!("version: was parallax {}, is parallax 9.0.0", env!("CARGO_PKG_VERSION"));
    for (change, said) in [
        ((|now| now.version = "9.0.0".to_owned()) as fn(&mut Manifest), version.as_str()),
        (|now| now.seed = 1, "seed: was 20220203, is 1"),
        (|now| now.title = "Another".to_owned(), "title: was A study, is Another"),
        (|now| drop(now.inputs.pop()), "a.csv: was read, is missing now"),
        (|now| now.inputs.push(Input::new(InputRole::Corpus, "b.csv", b"")), "b.csv: was not read then, is read now"),
        (|now| now.inputs[0] = Input::new(InputRole::Study, "study.toml", b"x"), "study.toml: the input has changed"),
        (|now| now.inputs[2].notes.clear(), "a.csv: its records are read otherwise"),
        (|now| drop(now.outputs.remove(0)), "a.csv: was written, is missing now"),
        (|now| now.outputs.push(output("c.csv", 3)), "c.csv: was not written then, is written now"),
        (|now| now.outputs[1].bytes = 3, "b.csv: the output differs"),
    ] {
        assert_eq!(changed(change), [said]);
    }
}

#[test]
fn edited_and_missing_files_are_found_on_the_disk() {
    let folder = TempDir::new().unwrap();
    let mut staging = Staging::begin(folder.path()).unwrap();
    for name in ["a.csv", "b.csv", "c.csv"] {
        staging.write(name, name.as_bytes()).unwrap();
    }
    let recorded = staging.outputs();
    staging.commit().unwrap();
    let found = || output_differences(&recorded, &outputs_on_disk(folder.path(), &recorded).unwrap());
    assert_eq!(found(), []);
    fs::write(folder.path().join("b.csv"), "B.csv").unwrap();
    fs::remove_file(folder.path().join("c.csv")).unwrap();
    assert_eq!(found(), [Difference::OutputChanged("b.csv".to_owned()), Difference::OutputMissing("c.csv".to_owned())]);
}

#[test]
fn documents_without_voices_are_counted_where_there_are_any() {
    let json = |count| serde_json::to_value(RecordCounts::new(3, &[]).with_voiceless(count)).unwrap();
    assert_eq!(json(0), serde_json::json!({"read": 3, "kept": 3, "excluded": {}}));
    assert_eq!(json(2), serde_json::json!({"read": 3, "kept": 3, "excluded": {}, "without_voice": 2}));
}
