//! `find`: every match of a pattern in the corpus, in its context.

use std::collections::BTreeMap;
use std::path::Path;

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare_stranger;
use crate::analysis::project::Project;
use crate::analysis::walk::each_batch;
use crate::analysis::watch::Watcher;
use crate::coding::PatternSearch;
use crate::report::{CONCORDANCE, concordance_csv, write_together};
use crate::study::{Concordance, ConcordanceLine, LineDesign, MatchCount};

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// The matches in their order, as many as were asked for.
    pub lines: Vec<ConcordanceLine>,
    /// How many there are in all, by group; groups without one included.
    pub counts: BTreeMap<String, MatchCount>,
}

/// Looks for `pattern` in every document of the corpus, and writes the lines to `output` where that is named.
///
/// # Errors
/// When the pattern cannot be read, the corpus cannot, or `output` cannot be written.
pub fn find(
    project: &Project,
    pattern: &str,
    design: LineDesign,
    output: Option<&Path>,
    watcher: &dyn Watcher,
) -> Result<Found, AnalysisError> {
    let search = PatternSearch::new(&project.codebook, pattern)?;
    if let Some(output) = output {
        project.spare_inputs([output.to_path_buf()])?;
        spare_stranger(output, &CONCORDANCE.names())?;
    }
    let mut concordance = Concordance::new(design, &project.study.compare);
    each_batch(project, "looking", watcher, |documents| concordance.add(&search, documents))?;
    let (lines, counts) = concordance.into_lines();
    if let Some(output) = output {
        write_together(&[(output.to_path_buf(), concordance_csv(&lines)?)])?;
    }
    Ok(Found { lines, counts })
}
