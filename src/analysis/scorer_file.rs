//! A scorer that was learnt before, which a study names by its file: read, and held against codebook, vectors and settings.
//!
//! Not here: the scorer that the last run of the study itself has left (`scorer`), which is learnt anew where it does not fit.
//! This one is the user's choice, so that whatever does not fit is an error.

use crate::analysis::coded::read_model;
use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::analysis::whole_lessons;
use crate::learning::{FrameScorer, LabelSource, Model, ModelError};

/// The scorer that the study names; `None` of a study that names none.
///
/// # Errors
/// When the file cannot be read, is no scorer, or was learnt with another codebook, with vectors that the study does not have, or
/// for another task.
pub(super) fn of_file(project: &Project) -> Result<Option<FrameScorer>, AnalysisError> {
    let Some(name) = &project.study.scorer_file else { return Ok(None) };
    let path = project.folder.join(name);
    let model = read_model(&path)?;
    let file = path.display().to_string();
    check_materials(project, &model).map_err(|error| AnalysisError::Model { file: file.clone(), error })?;
    check_task(project, &model, &file)?;
    let source = label_source(&model);
    let scorer = FrameScorer::new(model, source, &project.codebook).with_vectors(project.shared_vectors());
    if whole_lessons::fit(project, &scorer.choices()) {
        Ok(Some(scorer))
    } else {
        Err(AnalysisError::ScorerOfDocuments { file })
    }
}

/// Refuses a scorer of another codebook, of whose rules its weights are, and of another encoder. Of vectors only the encoder must
/// be the same: those of other sentences are in another file.
fn check_materials(project: &Project, model: &Model) -> Result<(), ModelError> {
    model.accept_codebook(project.codebook_fingerprint().as_ref())?;
    model.accept_encoder(project.vectors.as_ref().map(|file| &file.record))
}

/// Refuses a scorer that says nothing of the codebook's frames, or that sentences alone are too little for.
fn check_task(project: &Project, model: &Model, file: &str) -> Result<(), AnalysisError> {
    let (frames, labels, columns) = (project.frames(), model.shape.names(), &model.columns);
    if !labels.iter().any(|label| frames.contains(label)) {
        return Err(AnalysisError::NoFrameInScorer { file: file.to_owned(), labels: labels.join(", ") });
    }
    if columns.target.is_some() || columns.target_start.is_some() || !columns.context.is_empty() {
        return Err(AnalysisError::ScorerOfTargets { file: file.to_owned() });
    }
    Ok(())
}

/// What the scorer has learnt from: where rules taught, their codebook is the material, too.
fn label_source(model: &Model) -> LabelSource {
    let is_by_rules = model.frames.is_none() && model.codebook.as_ref() == Some(&model.training);
    if is_by_rules { LabelSource::Rules } else { LabelSource::Coders }
}
