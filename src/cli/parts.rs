//! `bundle`, `code` with a bundle, and `merge`: one study on many machines.

use std::io::Write;
use std::path::Path;

#[cfg(feature = "arrow")]
use crate::analysis::StreamRequest;
use crate::analysis::{self, Bundle, CodedParts, Learnt, PartRequest, Pass, Project};
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::part_arguments::{Merged, PartFiles};
use crate::cli::terminal::{shown, standard_output};
use crate::cli::{Verdict, summary};
#[cfg(feature = "arrow")]
use crate::corpus::standard_input;
use crate::report::{RecordCounts, counted};

/// Whether it is a bundle that stands in a study's place.
pub(super) fn is_bundle(study: &Path) -> bool {
    study.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("plx"))
}

/// Puts a study into one file.
pub(super) fn bundle(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let (project, watcher) = (Project::open(study, None)?, common.watcher());
    let learnt = Learnt::now(&project, &watcher)?;
    let output = common.output().map_or_else(|| study.with_extension("plx"), Path::to_path_buf);
    let sha256 = analysis::bundle(&project, &learnt, &output, &watcher)?;
    if !common.quiet {
        writeln!(standard_output(), "Bundle: {} (SHA-256 {sha256})", shown(&output))?;
    }
    Ok(Verdict::Fine)
}

/// Codes a part of a corpus.
pub(super) fn code(bundle: &Path, part: &PartFiles, common: &Common) -> Result<Verdict, Failure> {
    let output = common.output().ok_or_else(|| Failure::NoPartFolder { bundle: bundle.to_path_buf() })?;
    if part.files.is_empty() {
        return Err(Failure::NoPartFiles { bundle: bundle.to_path_buf() });
    }
    let request = PartRequest { files: part.files.clone(), like: part.like.clone() };
    let pass = analysis::code_part(Bundle::open(bundle, Some(output))?, &request, &common.watcher())?;
    if !common.quiet {
        writeln!(standard_output(), "{}\nPart: {}", records(&pass), shown(output))?;
    }
    Ok(Verdict::Fine)
}

/// Codes a stream of Arrow. What it read is said on stderr, since the answers are on the standard output.
#[cfg(feature = "arrow")]
pub(super) fn code_arrow(bundle: &Path, part: &PartFiles, common: &Common) -> Result<Verdict, Failure> {
    if !is_bundle(bundle) {
        return Err(Failure::NoBundle { study: bundle.to_path_buf() });
    }
    let request = StreamRequest { like: part.like.clone(), is_part: common.output().is_some() };
    let opened = Bundle::open(bundle, common.output())?;
    let streams = (standard_input(), std::io::stdout().lock());
    let pass = analysis::code_arrow(&opened, &request, streams, &Common { quiet: true, ..common.clone() }.watcher())?;
    if !common.quiet {
        writeln!(anstream::stderr(), "{}", records(&pass))?;
    }
    Ok(Verdict::Fine)
}

/// Says that this program cannot.
#[cfg(not(feature = "arrow"))]
pub(super) fn code_arrow(_: &Path, _: &PartFiles, _: &Common) -> Result<Verdict, Failure> {
    Err(Failure::NoArrow)
}

fn records(pass: &Pass) -> String {
    summary::records(&RecordCounts::new(pass.kept, &pass.excluded), "merge lists them")
}

/// Merges coded parts.
pub(super) fn merge(merged: &Merged, common: &Common) -> Result<Verdict, Failure> {
    let bundle = Bundle::open(&merged.bundle, common.output())?;
    let parts = CodedParts::open(&bundle, &merged.parts)?;
    let found = parts.count();
    if let Some(expected) = merged.expect.filter(|expected| *expected != found) {
        return Err(Failure::PartsMissing { expected, found });
    }
    let outcome = analysis::merge(&bundle, &parts, &common.watcher())?;
    if !common.quiet {
        writeln!(standard_output(), "Merged {}", counted(found as u64, "part"))?;
    }
    summary::print(&bundle.project, &bundle.learnt, &outcome, common)?;
    Ok(Verdict::Fine)
}
