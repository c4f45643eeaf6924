//! Archives (ZIP) of downloads, as Nexis Uni gives them for more than one file, and of pages that somebody put together.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::corpus::downloads::{Articles, factiva_xml, html, nexis, nexis_text, nexis_word, read, rich_text_download};
use crate::corpus::{Reader, encoding};
use crate::model::FileFormat;

/// An archive of downloads.
pub(super) const READER: Reader = Reader {
    name: "ZIP of downloads",
    format: FileFormat::Zip,
    extensions: &["zip"],
    one_document: false,
    open: |stream| read(stream, articles),
};

/// No file in an archive is longer, unpacked; an archive can pretend to hold anything.
const LONGEST: u64 = 1 << 30;

/// The articles of all files in the archive, in the order of their names. What else is in it is counted, and a file that is no download
/// is one record that cannot be used.
fn articles(bytes: &[u8]) -> Result<Articles, String> {
    let damaged = |error: &dyn std::fmt::Display| format!("not a ZIP archive ({error}); download it again");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut places = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|error| damaged(&error))?;
        let name = entry.name().map_err(|error| damaged(&error))?.into_owned();
        places.extend(entry.is_file().then_some((name, place)));
    }
    places.sort();
    let (mut articles, mut others) = (Articles::default(), Vec::new());
    for (name, place) in places {
        let mut inner = Vec::new();
        let entry = archive.by_index(place).map_err(|error| damaged(&error))?;
        entry.take(LONGEST).read_to_end(&mut inner).map_err(|error| damaged(&error))?;
        match file(&name, &inner) {
            Some(Ok(found)) => articles.extend(named(found, &name)),
            Some(Err(message)) if message.starts_with(nexis::LIST) => articles.notes.push(format!("{name}: {message}")),
            Some(Err(message)) => articles.found.push(Err(format!("{name} in it: {message}"))),
            None => others.push(name),
        }
    }
    if articles.found.is_empty() {
        return Err("no download (.docx, .rtf, .html, .txt, .xml) in it; unpack it, and name the folder".to_owned());
    }
    if let Some(first) = others.first() {
        articles
            .notes
            .push(format!("{} files in it that are no downloads are not read; the first is {first}", others.len()));
    }
    Ok(articles)
}

/// What is in a file of the archive by the ending of its name; `None` of one that is not read.
fn file(name: &str, bytes: &[u8]) -> Option<Result<Articles, String>> {
    // "__MACOSX/._x.docx" is what a Mac keeps beside a file.
    let (_, ending) = name.rsplit_once('.').filter(|_| !name.contains("__MACOSX/"))?;
    let text = || encoding::whole(bytes);
    match &ending.to_ascii_lowercase()[..] {
        "docx" => Some(nexis_word::articles(bytes)),
        "rtf" => Some(rich_text_download::articles(bytes)),
        "html" | "htm" => Some(html::articles(&text())),
        "xml" => Some(factiva_xml::articles(&text())),
        "txt" if nexis_text::is_download(&text()) => Some(nexis_text::articles(&text())),
        _ => None,
    }
}

/// The articles with the name of the file in their notes.
fn named(mut found: Articles, name: &str) -> Articles {
    found.notes.iter_mut().for_each(|note| *note = format!("{name}: {note}"));
    found
}
