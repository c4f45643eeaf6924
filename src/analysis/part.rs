//! Codes a part of a corpus with a bundle, into a folder that `merge` reads.

use std::path::PathBuf;

use crate::analysis::bundle::Bundle;
use crate::analysis::coded_parts::{PartDocument, PartLine};
use crate::analysis::error::AnalysisError;
use crate::analysis::gathering::Digester;
use crate::analysis::pass::{Pass, PassPlan};
use crate::analysis::paths::{spare, spare_strangers};
use crate::analysis::watch::{Watcher, go_on};
use crate::codebook::unknown_word;
use crate::model::CorpusSettings;
use crate::report::{PartLines, Staging};

/// What is to be coded as one part.
#[derive(Clone, Debug)]
pub struct PartRequest {
    /// Files, folders or patterns.
    pub files: Vec<String>,
    /// Path of the `[[corpus]]` table that says how they are read, where the tables of the study differ.
    pub like: Option<String>,
}

/// Codes the part into the output folder of the bundle. Nothing is learnt and nothing compared, and the part may be empty.
///
/// # Errors
/// When a file cannot be read, or the part cannot be written; the folder is then as it was.
pub fn code_part(mut bundle: Bundle, request: &PartRequest, watcher: &dyn Watcher) -> Result<Pass, AnalysisError> {
    bundle.project.study.corpus = corpus(&bundle, request)?;
    let Bundle { project, learnt, sha256, path } = &bundle;
    let plan = project.plan()?;
    let corpus: Vec<PathBuf> = project.corpus()?.paths().map(Into::into).collect();
    spare_strangers(PartLines::stranger(&project.output).into_iter().collect(), || corpus.clone())?;
    let mut staging = Staging::begin_beside(&project.output)?;
    let mut lines = PartLines::create(&staging)?;
    let (coder, digester) = (learnt.coder(project), Digester::new(project, learnt, &plan));
    let pass_plan = PassPlan { project, coder: &coder, step: "coding", watcher };
    let tally = pass_plan.execute_in_part(
        |document, coded, workspace| digester.digest(document, coded, workspace),
        |document, traits, digest| {
            let record = PartDocument::new(document, traits, digest);
            Ok(lines.push(&PartLine::of_document(&document.origin, &record)?)?)
        },
    )?;
    for excluded in &tally.excluded {
        lines.push(&PartLine::of_excluded(excluded)?)?;
    }
    let pass = tally.of_part();
    lines.finish(&mut staging, sha256, pass.inputs.clone())?;
    spare(staging.destinations(), corpus.iter().chain([path]))?;
    go_on(watcher)?;
    staging.commit()?;
    Ok(pass)
}

/// The files of the part, read as the study says.
fn corpus(bundle: &Bundle, request: &PartRequest) -> Result<Vec<CorpusSettings>, AnalysisError> {
    let table = table_like(bundle, request.like.as_deref())?;
    Ok(request.files.iter().map(|path| CorpusSettings { path: path.clone(), ..table.clone() }).collect())
}

/// The `[[corpus]]` table that says how a part is read: the one with the path `like`, or any where all say the same.
///
/// # Errors
/// When there is none of that path, or they do not say the same.
pub(super) fn table_like<'b>(bundle: &'b Bundle, like: Option<&str>) -> Result<&'b CorpusSettings, AnalysisError> {
    let tables = &bundle.project.study.corpus;
    let paths: Vec<&str> = tables.iter().map(|table| &table.path[..]).collect();
    let pathless = |table: &CorpusSettings| CorpusSettings { path: String::new(), ..table.clone() };
    let table = match like {
        Some(like) => tables.iter().find(|table| table.path == like),
        None => tables.first().filter(|first| tables.iter().all(|table| pathless(table) == pathless(first))),
    };
    table.ok_or_else(|| {
        let message = match like {
            Some(like) => unknown_word(&format!("[[corpus]] table with path = \"{like}\""), like, &paths),
            None => format!(
                "its [[corpus]] tables read files in different ways; say which one the part is like: --like \"{}\"",
                paths.join("\" or --like \"")
            ),
        };
        AnalysisError::Bundle { file: bundle.path.display().to_string(), message }
    })
}
