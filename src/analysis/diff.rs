//! `diff`: what two studies, or two folders of results, say otherwise of the sentences of one corpus.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::paths::{spare, spare_strangers};
use crate::analysis::project::Project;
use crate::analysis::run::{Job, RunScope, produce};
use crate::analysis::watch::Watcher;
use crate::compare::{LabelChanges, SideLabels, label_changes};
use crate::report::{
    CHANGED_RULES, CHANGED_SENTENCES, CHANGED_SHARES, DATA_PACKAGE, Input, InputRole, Manifest, PassingFolder, Staging,
    read_labels, strangers, write_label_changes, write_tables_package,
};

/// Folder beside the old side unless the caller names one.
const FOLDER: &str = "diff";

/// What two sides say otherwise, and where it stands.
#[derive(Debug)]
pub struct Differing {
    /// What changed.
    pub changes: LabelChanges,
    /// The folder of the tables.
    pub folder: PathBuf,
    /// Whether the sides were coded from other corpus files: sentences are the same by document and number alone.
    pub has_other_files: bool,
}

/// The labels of a side, and what they were made of.
struct Side {
    labels: SideLabels,
    /// Checksums of the corpus files.
    corpus: BTreeSet<String>,
}

impl Side {
    fn read(folder: &Path) -> Result<Self, AnalysisError> {
        let labels = read_labels(folder)?;
        let is_corpus = |input: &Input| input.role == InputRole::Corpus;
        let inputs = Manifest::read(folder)?.inputs.into_iter().filter(is_corpus);
        Ok(Self { labels, corpus: inputs.map(|input| input.sha256).collect() })
    }
}

/// Holds the labels of `new` against those of `old`, each a study file, which is coded as it is now, or a folder of results, and
/// writes the tables into `folder`, else into `diff` beside the old side.
///
/// # Errors
/// When a side cannot be read or coded, no document is in both, or the tables cannot be written.
pub fn diff(old: &Path, new: &Path, folder: Option<&Path>, watcher: &dyn Watcher) -> Result<Differing, AnalysisError> {
    let beside = old.parent().map(Path::to_path_buf).unwrap_or_default();
    let folder = folder.map_or_else(|| beside.join(FOLDER), Path::to_path_buf);
    let tables = [&CHANGED_SENTENCES, &CHANGED_RULES, &CHANGED_SHARES];
    spare_strangers(strangers(&folder, &tables, &[DATA_PACKAGE.to_owned()]), || inputs([old, new]))?;
    let [before, after] = [side_of(old, watcher)?, side_of(new, watcher)?];
    let changes = label_changes(&before.labels, &after.labels);
    if changes.documents == 0 {
        let [old, new] = [old, new].map(|path| path.display().to_string());
        return Err(AnalysisError::NotOneCorpus { old, new, left_out: changes.left_out });
    }
    let mut staging = Staging::begin_beside(&folder)?;
    write_label_changes(&mut staging, &changes, |id| {
        let document = before.labels.documents.get(id);
        document.map(|it| [it.group.clone(), it.outlet.clone(), it.date.clone()]).unwrap_or_default()
    })?;
    write_tables_package(&mut staging, "parallax-diff", "What two sides say otherwise of one corpus", &tables)?;
    spare(staging.destinations(), inputs([old, new]))?;
    staging.commit()?;
    Ok(Differing { changes, folder, has_other_files: before.corpus != after.corpus })
}

/// A folder of results is read; a study is coded into a folder of its own and read from there, so that both say the same in the
/// same words.
fn side_of(side: &Path, watcher: &dyn Watcher) -> Result<Side, AnalysisError> {
    if side.is_dir() {
        return Side::read(side);
    }
    let folder = PassingFolder::make().map_err(AnalysisError::NoPlace)?;
    let project = Project::open(side, None)?;
    let learnt = Learnt::now(&project, watcher)?;
    let mut staging = Staging::begin(folder.path())?;
    produce(&Job { project: &project, learnt: &learnt, scope: RunScope::Code, watcher, parts: None }, &mut staging)?;
    staging.commit()?;
    Side::read(folder.path())
}

/// The files that must not be written over.
fn inputs(sides: [&Path; 2]) -> Vec<PathBuf> {
    sides.into_iter().flat_map(|side| ["codings.csv", "documents.csv", ""].map(|name| side.join(name))).collect()
}
