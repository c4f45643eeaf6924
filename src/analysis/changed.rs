//! What of a study is no longer as it was when its results were written.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::project::Project;
use crate::report::{Input, InputRole, Manifest, is_unchanged};

/// What has changed of all that results hang together with, the settings of a comparison too; `None` where nothing has.
///
/// # Errors
/// When a file that is there cannot be read.
pub(super) fn changed_since(project: &Project, manifest: &Manifest) -> Result<Option<String>, AnalysisError> {
    let other = |is_study: bool| {
        let asked = project.inputs.iter().filter(|input| (input.role == InputRole::Study) == is_study);
        asked.filter(|input| !manifest.inputs.contains(input)).map(|input| input.path.clone()).next()
    };
    if let Some(path) = other(false) {
        return Ok(Some(path));
    }
    if let Some(path) = other_codings(project, manifest)? {
        return Ok(Some(path));
    }
    // Results are read on machines, too, that do not have the articles.
    let corpus = match project.corpus() {
        Ok(_) => changed_corpus(project, manifest)?,
        Err(_) => Some("the list of corpus files".to_owned()),
    };
    // Last, as what it names is told by its own name.
    Ok(corpus.or_else(|| other(true)))
}

/// A file of codings or of labels, as the study names them, that is another than was read, or is gone; or was read and is named no
/// longer.
fn other_codings(project: &Project, manifest: &Manifest) -> Result<Option<String>, AnalysisError> {
    let named: Vec<&String> = project.study.codings.iter().chain(&project.study.labels).collect();
    let is_said = |input: &&Input| matches!(input.role, InputRole::Codings | InputRole::Labels);
    let read: Vec<&Input> = manifest.inputs.iter().filter(is_said).collect();
    for name in &named {
        let path = project.folder.join(name);
        let known = read.iter().find(|input| input.path == **name).filter(|_| path.is_file());
        if !known.map_or(Ok(false), |input| is_unchanged(input, &path))? {
            return Ok(Some((*name).clone()));
        }
    }
    Ok(read.iter().find(|input| !named.contains(&&input.path)).map(|input| input.path.clone()))
}

/// The codebook or the list of frequencies, if it is not as it was. The study file may change: most of its settings only say what
/// to compare.
pub(super) fn changed_input<'p>(project: &'p Project, manifest: &Manifest) -> Option<&'p Input> {
    let is_coded_with = |input: &&Input| matches!(input.role, InputRole::Codebook | InputRole::Reference);
    project.inputs.iter().filter(is_coded_with).find(|input| !manifest.inputs.contains(input))
}

/// A file of codings, or of labels from outside, that is not as it was, was not there yet, or is no longer named:
/// validation.csv is of those that were read, and so are the codings where a scorer learnt from them or labels code.
pub(super) fn changed_codings(learnt: &Learnt, manifest: &Manifest) -> Option<String> {
    let people = learnt.people.iter().flat_map(|people| &people.inputs);
    let now: Vec<&Input> = people.chain(learnt.labels.iter().flat_map(|labels| &labels.inputs)).collect();
    let is_said = |input: &&Input| matches!(input.role, InputRole::Codings | InputRole::Labels);
    let then: Vec<&Input> = manifest.inputs.iter().filter(is_said).collect();
    let mut gone = then.iter().filter(|known| now.iter().all(|input| input.path != known.path));
    let changed = now.iter().find(|input| !then.iter().any(|it| is_same_file(it, input))).or_else(|| gone.next());
    changed.map(|input| input.path.clone())
}

fn is_same_file(a: &Input, b: &Input) -> bool {
    (&a.path, &a.sha256) == (&b.path, &b.sha256)
}

/// The list of corpus files, if the study finds others than were read; else the first file of them that is not as it was.
pub(super) fn changed_corpus(project: &Project, manifest: &Manifest) -> Result<Option<String>, AnalysisError> {
    let corpus = project.corpus()?;
    let inputs = manifest.inputs.iter().filter(|input| input.role == InputRole::Corpus);
    let read: BTreeMap<&str, &Input> = inputs.map(|input| (&input.path[..], input)).collect();
    if corpus.recorded_names().collect::<BTreeSet<_>>() != read.keys().copied().collect() {
        return Ok(Some("the list of corpus files".to_owned()));
    }
    for (name, path) in corpus.recorded_names().zip(corpus.paths()) {
        if !is_unchanged(read[name], path)? {
            return Ok(Some(name.to_owned()));
        }
    }
    Ok(None)
}
