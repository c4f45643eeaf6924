//! Tells the tables of earlier runs from articles, where a folder or pattern of the study would find both.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// Lists what a run has written, in its output folder.
const MANIFEST: &str = "manifest.json";

/// What earlier runs left in folders looked at so far: names of files, by folder.
#[derive(Default)]
pub(super) struct Results(BTreeMap<PathBuf, BTreeSet<String>>);

#[derive(Deserialize)]
struct Manifest {
    program: String,
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
struct Output {
    path: String,
}

impl Results {
    /// Whether `file` is a manifest of this program, or one beside it, or in the folder above (as of the data of figures),
    /// names it as an output.
    pub(super) fn hold(&mut self, file: &Path) -> bool {
        let mut folders = file.ancestors().skip(1).take(2);
        folders.any(|folder| {
            let Ok(name) = file.strip_prefix(folder) else { return false };
            let outputs = self.0.entry(folder.to_path_buf()).or_insert_with(|| outputs(&folder.join(MANIFEST)));
            let is_manifest = name == Path::new(MANIFEST) && !outputs.is_empty();
            is_manifest || outputs.contains(&name.to_string_lossy().replace('\\', "/"))
        })
    }
}

/// The files that a manifest lists; none where there is no manifest of this program.
fn outputs(manifest: &Path) -> BTreeSet<String> {
    let is_file = fs::metadata(manifest).is_ok_and(|metadata| metadata.is_file());
    let manifest = is_file
        .then(|| fs::read(manifest).ok())
        .flatten()
        .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let Some(manifest) = manifest.filter(|manifest| manifest.program == env!("CARGO_PKG_NAME")) else {
        return BTreeSet::new();
    };
    manifest.outputs.into_iter().map(|output| output.path).collect()
}
