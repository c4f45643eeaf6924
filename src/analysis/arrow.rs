//! Codes a stream of Arrow with a bundle: an answer for each record, batch by batch, and on request a part for `merge`.

use std::io::{Read, Write};

use crate::analysis::bundle::Bundle;
use crate::analysis::coded_parts::{PartDocument, PartLine};
use crate::analysis::error::AnalysisError;
use crate::analysis::gathering::Digester;
use crate::analysis::part::table_like;
use crate::analysis::pass::{AnsweredRecord, Pass, PassPlan};
use crate::analysis::watch::{Watcher, go_on};
use crate::corpus::open_arrow;
use crate::report::{Answer, ArrowAnswers, PartLines, Staging};

/// What results call a stream that becomes no part.
const NO_PART: &str = "standard input";

/// How a stream is to be coded.
#[derive(Clone, Debug, Default)]
pub struct StreamRequest {
    /// Path of the `[[corpus]]` table that says how its columns are read, where the tables of the study differ.
    pub like: Option<String>,
    /// Whether the output folder of the bundle becomes a part.
    pub is_part: bool,
}

/// A part in the making, or none.
type PartFiles = Option<(Staging, PartLines)>;

/// Codes the stream that comes from `source`, and answers each batch on `out` before it asks for the next. A part is there when the
/// answers end, and only where the stream came to its end.
///
/// # Errors
/// When the stream is none, breaks off or lacks a column, when nobody reads the answers, or the part cannot be written; the folder
/// is then as it was.
pub fn code_arrow<W: Write>(
    bundle: &Bundle,
    request: &StreamRequest,
    (source, out): (Box<dyn Read + Send>, W),
    watcher: &dyn Watcher,
) -> Result<Pass, AnalysisError> {
    let Bundle { project, learnt, sha256, .. } = bundle;
    let plan = project.plan()?;
    let (coder, digester) = (learnt.coder(project), Digester::new(project, learnt, &plan));
    let pass_plan = PassPlan { project, coder: &coder, step: "coding", watcher };
    let settings = table_like(bundle, request.like.as_deref())?;
    let mut corpus = open_arrow(source, &recorded(bundle, request), settings, project.needs())?;
    let mut part = begin(bundle, request)?;
    let mut answers = ArrowAnswers::begin(out, project.frames())?;
    let tally = pass_plan.execute_in_step(
        &mut corpus,
        |document, coded, workspace| digester.digest(document, coded, workspace),
        |outcomes| {
            for outcome in outcomes {
                match outcome {
                    AnsweredRecord::Coded(document, traits, digest) => {
                        let (counts, codings, attributions) = digest.answered();
                        answers.add(&Answer::Coded { id: &document.id, counts, codings, attributions })?;
                        if let Some((_, lines)) = &mut part {
                            let record = PartDocument::new(&document, traits, digest);
                            lines.push(&PartLine::of_document(&document.origin, &record)?)?;
                        }
                    }
                    AnsweredRecord::Excluded(excluded) => {
                        answers.add(&Answer::Excluded(&excluded))?;
                        if let Some((_, lines)) = &mut part {
                            lines.push(&PartLine::of_excluded(&excluded)?)?;
                        }
                    }
                }
            }
            Ok(answers.send()?)
        },
    )?;
    let pass = tally.of_part();
    if let Some((mut staging, lines)) = part {
        lines.finish(&mut staging, sha256, pass.inputs.clone())?;
        go_on(watcher)?;
        staging.commit()?;
    }
    answers.finish()?;
    Ok(pass)
}

/// What results call the stream: `07.arrows` of the part `parts/07`, where each part needs a name of its own.
fn recorded(bundle: &Bundle, request: &StreamRequest) -> String {
    let folder = bundle.project.output.file_name().filter(|_| request.is_part);
    folder.map_or_else(|| NO_PART.to_owned(), |folder| format!("{}.arrows", folder.to_string_lossy()))
}

fn begin(bundle: &Bundle, request: &StreamRequest) -> Result<PartFiles, AnalysisError> {
    if !request.is_part {
        return Ok(None);
    }
    let staging = Staging::begin_beside(&bundle.project.output)?;
    let lines = PartLines::create(&staging)?;
    Ok(Some((staging, lines)))
}
