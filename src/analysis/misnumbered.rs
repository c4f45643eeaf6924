//! What is said of codings and labels whose sentence numbers are not the corpus's, and the others kept.

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::analysis::walk::each_of;
use crate::analysis::watch::Watcher;
use crate::model::HandCoding;
use crate::report::counted;
use crate::study::{Counting, Misnumbered, Numbering, keep_sound};

/// Leaves out codings, or whatever `noun` says, without words whose numbers are not the corpus's, and says so. Those that bear
/// words cost nothing here; for the others the corpus is read once more.
///
/// # Errors
/// When the corpus cannot be read.
pub(super) fn leave_out_misnumbered(
    project: &Project,
    codings: &mut Vec<HandCoding>,
    noun: &str,
    watcher: &dyn Watcher,
) -> Result<Vec<String>, AnalysisError> {
    let mut numbering = Numbering::of(codings);
    let wanted = numbering.documents();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    each_of(project, "reading", &wanted, watcher, |document| numbering.see(&document, &project.codebook))?;
    let (is_sound, found) = numbering.judge();
    keep_sound(codings, &is_sound);
    Ok(found.iter().map(|found| of_misnumbered(found, noun)).collect())
}

/// What is said of codings, or whatever `noun` says, without words whose numbers are not the corpus's.
pub(super) fn of_misnumbered(found: &Misnumbered, noun: &str) -> String {
    let HandCoding { document, sentence, coder, origin, .. } = &found.evidence;
    let (file, number) = (&origin.file, sentence.unwrap_or_default());
    let place = format!("sentence {number} of \"{document}\" (record {})", origin.record);
    let count = counted(found.left_out as u64, noun);
    let remedy = "add a column text with the words of each sentence, or count as Parallax does: 0 is the title, 1 the \
                  first sentence of the text whether or not there is a title";
    match found.counting {
        Counting::TitleIsOne => format!(
            "{file}: all {count} without words left out, since {coder} seems to count from 1, the title: none is of \
             sentence 0, and {place} is one past the last; {remedy}"
        ),
        Counting::TextFromZero => format!(
            "{file}: all {count} without words left out, since {coder} seems to count the text from 0: {place} would be \
             a title, but there is none, and no last sentence of such a document is named; {remedy}"
        ),
        Counting::OtherSentences => format!(
            "{file}: {count} of \"{document}\" by {coder} without words left out, since sentences seem to be cut \
             otherwise there: {place} is past the last; {remedy}"
        ),
    }
}
