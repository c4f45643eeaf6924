//! `suggest`: rules that a frame may lack, from what its rules match and what people coded.

use std::path::Path;

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare_stranger;
use crate::analysis::project::Project;
use crate::analysis::walk::each_batch;
use crate::analysis::watch::Watcher;
use crate::learning::{CodedSentence, coded_sentences};
use crate::report::{SUGGESTIONS, suggestions_csv, write_together};
use crate::study::{FrameSentences, RuleSuggestion, SuggestionTrial};

/// Whose rules are wanted.
#[derive(Clone, Copy, Debug)]
pub struct SuggestRequest<'r> {
    /// Id of the frame.
    pub frame: &'r str,
    /// How many rules at most.
    pub size: usize,
    /// Where they are written as CSV; `None` writes nothing.
    pub output: Option<&'r Path>,
}

/// What is suggested.
#[derive(Debug)]
pub struct Suggested {
    /// The rules, the one that adds most first.
    pub rules: Vec<RuleSuggestion>,
    /// Sentences that have the frame: by a rule, or as people say.
    pub carriers: u64,
    /// Coded sentences of the frame.
    pub codings: u64,
    /// What the user should know of the codings.
    pub notes: Vec<String>,
}

/// Suggests rules for a frame.
///
/// # Errors
/// When there is no such frame, corpus or codings cannot be read, the output cannot be written, or a learner fails.
pub fn suggest(
    project: &Project,
    request: &SuggestRequest<'_>,
    watcher: &dyn Watcher,
) -> Result<Suggested, AnalysisError> {
    let (codebook, frame) = (&project.codebook, project.frame(request.frame)?);
    if let Some(output) = request.output {
        project.spare_inputs([output.to_path_buf()])?;
        spare_stranger(output, &SUGGESTIONS.names())?;
    }
    let people = StudyCodings::of(project, watcher)?;
    let coded = people.as_ref().map_or_else(Vec::new, |it| coded_of(project, it, frame));
    let mut sentences = FrameSentences::new(frame, &coded);
    each_batch(project, "reading", watcher, |documents| sentences.add(codebook, documents))?;
    let carriers = sentences.carriers();
    let mut trial = SuggestionTrial::new(sentences, codebook, &project.study.compare, request.size)?;
    each_batch(project, "trying", watcher, |documents| trial.add(documents))?;
    let rules = trial.into_suggestions();
    if let Some(output) = request.output {
        write_together(&[(output.to_path_buf(), suggestions_csv(request.frame, &rules)?)])?;
    }
    Ok(Suggested { rules, carriers, codings: coded.len() as u64, notes: people.map_or_else(Vec::new, |it| it.notes) })
}

/// The sentences that people decided on for the frame.
fn coded_of(project: &Project, people: &StudyCodings, frame: usize) -> Vec<CodedSentence> {
    coded_sentences(&project.codebook, &people.codings).into_iter().nth(frame).unwrap_or_default()
}
