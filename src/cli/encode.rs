//! `encode`: sentence vectors by an encoder that the user brings.

use std::io::Write;
use std::path::Path;

use crate::analysis::{EncodedTexts, Project, encode_study, encode_table};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{harmless, shown, standard_output};
use crate::report::counted;

/// Encodes the sentences of a study, or the texts of a table.
pub(super) fn encode(source: &Path, model: &Path, text: &str, common: &Common) -> Result<Verdict, Failure> {
    let watcher = common.watcher();
    let is_study = source.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"));
    let encoded = if is_study {
        // `--output` is the file here, not the folder of results.
        encode_study(&Project::open(source, None)?, model, common.output(), &watcher)?
    } else {
        encode_table(source, text, model, (common.output(), &watcher))?
    };
    if !common.quiet {
        print(&encoded)?;
    }
    Ok(Verdict::Fine)
}

fn print(encoded: &EncodedTexts) -> Result<(), Failure> {
    let EncodedTexts { texts, added, path, model, dimensions } = encoded;
    let (texts, model) = (counted(*texts, "text"), harmless(model));
    writeln!(
        standard_output(),
        "{}: {texts}, {added} of them encoded just now by {model}; {dimensions} numbers each",
        shown(path)
    )?;
    Ok(())
}
