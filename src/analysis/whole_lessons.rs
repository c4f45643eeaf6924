//! What codings of whole documents can teach. Not here: learning from them, which is as from codings of sentences, and how
//! many sentences the rules ask of a document (`documents`).

use crate::analysis::project::Project;
use crate::learning::Choice;
use crate::model::{HandCoding, StanceFilter, Unit, VoiceFilter};

/// Whether codings of documents can teach a scorer at all: where documents are compared by everything that is said in them,
/// since a document as a whole has no voice and no stance.
pub(super) fn can_teach(project: &Project) -> bool {
    let settings = &project.study.compare;
    (settings.unit, settings.voice, settings.stance) == (Unit::Document, VoiceFilter::All, StanceFilter::All)
}

/// The codings of documents that a scorer may learn from: none of a frame for which the study says how many sentences make a
/// document carry it, which the scorer would overrule.
pub(super) fn teaching(project: &Project, codings: &[HandCoding]) -> Vec<HandCoding> {
    if !can_teach(project) {
        return Vec::new();
    }
    let is_open = |coding: &&HandCoding| coding.sentence.is_none() && !is_given(project, &coding.frame);
    codings.iter().filter(is_open).cloned().collect()
}

/// Whether the study still leaves to scorers of documents what they code.
pub(super) fn fit(project: &Project, choices: &[(String, Choice)]) -> bool {
    let mut of_documents = choices.iter().filter(|(_, choice)| choice.codes_documents());
    of_documents.all(|(frame, _)| can_teach(project) && !is_given(project, frame))
}

fn is_given(project: &Project, frame: &str) -> bool {
    project.study.compare.at_least.is_given(frame)
}
