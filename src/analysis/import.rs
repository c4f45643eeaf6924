//! A codebook from a dictionary, and what of the dictionary it cannot say.

use std::path::Path;

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare;
use crate::codebook::import::{FORMATS, Format, Imported, convert};
use crate::codebook::{self, Codebook};
use crate::corpus::read_dictionary;
use crate::report::{losses_path, write_import};

/// A dictionary turned into a codebook.
#[derive(Debug)]
pub struct Import {
    /// The codebook as text, and what was lost.
    pub imported: Imported,
    /// The codebook as it is read again.
    pub codebook: Codebook,
    /// The format, and the encoding where it is not UTF-8.
    pub read_as: String,
}

/// Writes the codebook of the dictionary `path` to the file `output`, and what was lost beside it. The format is told by
/// its first line or its extension unless `format` names it.
///
/// # Errors
/// When the dictionary cannot be read, is of no known format, or there is a codebook already.
pub fn import(path: &Path, format: Option<&str>, output: &Path) -> Result<Import, AnalysisError> {
    let file = path.display().to_string();
    spare([output.to_path_buf(), losses_path(output)], [path])?;
    let (text, encoding) = read_dictionary(path)?;
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let format = format.map_or_else(|| Format::of_file(&extension, &text), Format::named);
    let format =
        format.ok_or_else(|| AnalysisError::UnknownDictionary { file: file.clone(), formats: format_names() })?;
    let dictionary = (format.read)(&text).map_err(|error| AnalysisError::Dictionary { file: file.clone(), error })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let imported = convert(&dictionary, format, &name);
    // What is written must be a codebook that `check` accepts.
    let codebook = codebook::parse(&imported.codebook, &output.display().to_string())?;
    write_import(&imported, output)?;
    let read_as = encoding.map_or_else(|| format.title.to_owned(), |encoding| format!("{}, {encoding}", format.title));
    Ok(Import { imported, codebook, read_as })
}

fn format_names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join("|")
}
