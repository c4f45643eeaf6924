//! `schema`: by what editors complete and check the files that people write.

use std::io::Write;

use crate::cli::Verdict;
use crate::cli::arguments::SchemaOf;
use crate::cli::failure::Failure;
use crate::cli::terminal::standard_output;
use crate::codebook::CODEBOOK_KEYS;
use crate::study::STUDY_KEYS;

/// Prints the JSON Schema of a file.
pub(super) fn schema(of: SchemaOf) -> Result<Verdict, Failure> {
    let schema = match of {
        SchemaOf::Study => STUDY_KEYS.json_schema("Parallax study"),
        SchemaOf::Codebook => CODEBOOK_KEYS.json_schema("Parallax codebook"),
    };
    writeln!(standard_output(), "{schema:#}")?;
    Ok(Verdict::Fine)
}
