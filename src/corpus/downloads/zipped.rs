//! Archives (ZIP) of downloads, as Nexis Uni gives them for more than one file.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::corpus::Reader;
use crate::corpus::downloads::{Articles, nexis_word, read};
use crate::model::FileFormat;

/// An archive of Word files.
pub(super) const READER: Reader = Reader {
    name: "ZIP of downloads",
    format: FileFormat::Zip,
    extensions: &["zip"],
    one_document: false,
    open: |stream| read(stream, articles),
};

/// The articles of all Word files in the archive, in the order of their names. What else is in it is counted.
fn articles(bytes: &[u8]) -> Result<Articles, String> {
    let damaged = |error: &dyn std::fmt::Display| format!("not a ZIP archive ({error}); download it again");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut names = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|error| damaged(&error))?;
        let name = entry.name().map_err(|error| damaged(&error))?.into_owned();
        names.extend(entry.is_file().then_some(name));
    }
    names.sort();
    let (mut articles, mut others) = (Articles::default(), Vec::new());
    for name in names {
        // "__MACOSX/._x.docx" is what a Mac keeps beside a file.
        if !name.to_ascii_lowercase().ends_with(".docx") || name.contains("__MACOSX/") {
            others.push(name);
            continue;
        }
        let mut inner = Vec::new();
        let mut entry = archive.by_name(&name).map_err(|error| damaged(&error))?;
        entry.read_to_end(&mut inner).map_err(|error| damaged(&error))?;
        let mut found = nexis_word::articles(&inner).map_err(|message| format!("{name} in it: {message}"))?;
        found.notes.iter_mut().for_each(|note| *note = format!("{name}: {note}"));
        articles.extend(found);
    }
    if articles.found.is_empty() {
        return Err("no Word file of articles (.docx) in it; unpack it, and name the folder".to_owned());
    }
    if let Some(first) = others.first() {
        articles
            .notes
            .push(format!("{} files in it that are no Word files are not read; the first is {first}", others.len()));
    }
    Ok(articles)
}
