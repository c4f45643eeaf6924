//! Files of coding tools that are not read: known by their marks, and refused with what to hand in instead.
//!
//! Such a file taken for a table would end in a message about missing columns at best. Not here: exports that are read
//! (`annotation_tools`, `prodigy`).

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::corpus::codings::columns::place;
use crate::corpus::{CodedTable, CorpusError};

/// What any tool's codings can be brought to.
const TABLE: &str = "make it a table with the columns document, sentence (a number, 0 the title), frame, value (1, or 0 where \
                     the frame was looked for and is not there), coder and text (the sentence's words)";

/// Bytes looked at: marks stand at the beginning.
const HEAD: u64 = 4096;

/// Endings of files that only their own program reads, and what these are.
const ENDINGS: [(&[&str], &str, &str); 6] = [
    (
        &["mx18", "mx20", "mx22", "mx24", "mx5", "mex", "mqda", "mex24"],
        "a project of MAXQDA",
        "export the coded segments as Excel table, save it as CSV and",
    ),
    (
        &["atlproj", "atlproj22", "atlproj23", "atlproj24", "atlcb", "hpr7"],
        "a project of ATLAS.ti",
        "export the quotations with their codes as Excel table, save it as CSV and",
    ),
    (&["nvp", "nvpx", "nvcx"], "a project of NVivo", "export the references of its codes, and"),
    (&["qdpx", "qde", "qdc"], "a REFI-QDA project", "export the coded segments as a table from your program, and"),
    (&["ann"], "brat's annotations", "join them with the sentences of the .txt beside it, and"),
    (&["xlsx", "xls", "ods"], "a spreadsheet", "save the sheet as CSV (UTF-8), or"),
];

/// How an annotation of spans becomes a coding of sentences.
const SPANS: &str = "say of each sentence whether it holds an annotation of the frame, and";

/// With what a file begins.
const BEGINNINGS: [(&str, &str, &str); 3] = [
    ("#FORMAT=WebAnno TSV", "a WebAnno TSV of INCEpTION", SPANS),
    ("PK\u{3}\u{4}", "a packed file (a spreadsheet, or a project)", "export the codings as CSV, or"),
    ("<?xml", "XML", "export the codings as CSV or JSON, or"),
];

/// What stands near the beginning of a file.
const MARKS: [(&str, &str, &str); 2] =
    [("<xmi:XMI", "a UIMA XMI of INCEpTION", SPANS), ("%FEATURE_STRUCTURES", "a UIMA CAS of INCEpTION", SPANS)];

/// Columns by which the tables of programs for qualitative analysis are known. They list what was coded, never what was read and
/// not coded, so that no share could be learnt from them as they are.
const TABLES: [(&[&str], &str); 4] = [
    (&["Document name", "Code", "Segment"], "coded segments of MAXQDA"),
    (&["Quotation Content", "Codes"], "quotations of ATLAS.ti"),
    (&["Quotation Name", "Codes"], "quotations of ATLAS.ti"),
    (&["Coded By Initials", "Coverage"], "a coding summary of NVivo"),
];

/// # Errors
/// When the file at `path` is one of another program.
pub(super) fn refuse_file(path: &Path) -> Result<(), CorpusError> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let by_ending = ENDINGS.iter().find(|(endings, ..)| endings.contains(&&ending[..]));
    let known = by_ending.map(|(_, what, how)| (*what, *how)).or_else(|| by_mark(path));
    known.map_or(Ok(()), |(what, how)| Err(refusal(path.display().to_string(), what, how)))
}

/// What a file is by its first bytes. One that cannot be read says so where it is read.
fn by_mark(path: &Path) -> Option<(&'static str, &'static str)> {
    // A pipe would wait for whoever writes into it.
    if !path.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    let head = String::from_utf8_lossy(&bytes);
    let head = head.trim_start_matches('\u{feff}');
    let mark = MARKS.iter().find(|(mark, ..)| head.contains(mark));
    let (_, what, how) = mark.or_else(|| BEGINNINGS.iter().find(|(mark, ..)| head.starts_with(mark)))?;
    Some((what, how))
}

/// # Errors
/// When the table is one of another program.
pub(super) fn refuse_table(table: &CodedTable) -> Result<(), CorpusError> {
    let is_known = |columns: &[&str]| columns.iter().all(|name| place(table, name).is_some());
    match TABLES.iter().find(|(columns, _)| is_known(columns)) {
        Some((_, what)) => {
            let how = "it lists what was coded, not what was read and not coded:";
            Err(refusal(table.file.clone(), what, how))
        }
        None => Ok(()),
    }
}

fn refusal(path: String, what: &str, how: &str) -> CorpusError {
    let message = format!("{what}, which is not read; {how} {TABLE}; or code the sheet that parallax sample writes");
    CorpusError::Column { path, message }
}
