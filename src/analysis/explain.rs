//! One document of a study, with all that makes its codings.

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::project::Project;
use crate::analysis::walk::each_document;
use crate::analysis::watch::Watcher;
use crate::model::Document;
use crate::study::{self, Explanation};

/// Reads the document called `id` and codes it with reasons.
///
/// # Errors
/// When the corpus has no such document; the error names the nearest.
pub fn explain(
    project: &Project,
    learnt: &Learnt,
    id: &str,
    watcher: &dyn Watcher,
) -> Result<(Document, Explanation), AnalysisError> {
    let document = find(project, id, watcher)?;
    let explanation = study::explain(&learnt.coder(project), &document);
    Ok((document, explanation))
}

fn find(project: &Project, id: &str, watcher: &dyn Watcher) -> Result<Document, AnalysisError> {
    let (mut found, mut nearest) = (None, None::<(usize, String)>);
    each_document(project, "reading", watcher, |document| {
        let distance = strsim::levenshtein(&document.id, id);
        if document.id == id {
            found = Some(document);
        } else if nearest.as_ref().is_none_or(|(best, _)| distance < *best) {
            nearest = Some((distance, document.id));
        }
        found.is_none()
    })?;
    if let Some(document) = found {
        return Ok(document);
    }
    let hint = nearest.map_or_else(String::new, |(_, near)| format!("; did you mean \"{near}\"?"));
    Err(AnalysisError::NoSuchDocument { study: project.name.clone(), id: id.to_owned(), hint })
}
