//! Reads one file of codings and finds out which of the layouts it has.

use std::path::Path;

use serde_json::{Map, Value};

use crate::corpus::coded::read_separated;
use crate::corpus::codings::CodingScope;
use crate::corpus::codings::annotation_tools::{self, Tool};
use crate::corpus::codings::entry::Sheet;
use crate::corpus::codings::foreign;
use crate::corpus::codings::json_labels::plain;
use crate::corpus::codings::label_studio;
use crate::corpus::codings::layout::Layout;
use crate::corpus::codings::prodigy;
use crate::corpus::stream::{Compression, Stream};
use crate::corpus::{CodedTable, CorpusError, read_table};

/// The file at `path` as entries.
///
/// # Errors
/// When it cannot be read or has none of the layouts.
pub(super) fn read(path: &Path, scope: CodingScope<'_>) -> Result<Sheet, CorpusError> {
    foreign::refuse_file(path)?;
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if !is_json {
        return of_table(path, table(path)?, scope);
    }
    let (table, records) = read_json(path)?;
    if let Some(entries) = label_studio::of_tasks(&records, scope) {
        let entries = entries.map_err(|message| CorpusError::Column { path: table.file.clone(), message })?;
        let mut sheet = Sheet { read: entries.len() as u64, ..about(path, &table) };
        sheet.notes.extend(annotation_tools::without_choice(&entries));
        return Ok(Sheet { entries, ..sheet });
    }
    of_table(path, flattened(table, &records), scope)
}

/// The table at `path`. "Unicode text", as Excel calls it, ends in .txt, which is an article only in a corpus.
fn table(path: &Path) -> Result<CodedTable, CorpusError> {
    let is_text = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"));
    if is_text { read_separated(path) } else { read_table(path) }
}

fn of_table(path: &Path, table: CodedTable, scope: CodingScope<'_>) -> Result<Sheet, CorpusError> {
    if table.columns.iter().all(String::is_empty) {
        let kind = if scope.is_external { "labels" } else { "codings" };
        let last = if scope.is_external { "value" } else { "value and coder" };
        let message = format!("an empty file; {kind} have the columns document, sentence, frame, {last}");
        return Err(CorpusError::Column { path: table.file, message });
    }
    foreign::refuse_table(&table)?;
    let table = annotation_tools::with_meta(table);
    let mut sheet = about(path, &table);
    if prodigy::is_of_prodigy(&table) {
        sheet.entries = prodigy::entries(&table, &mut sheet.notes)?;
        return Ok(sheet);
    }
    // A model that lists frames in a column `label` has not the rules of doccano, where nothing marked is a 0.
    let tool = Tool::of(&table, scope).filter(|tool| !scope.is_external || !matches!(tool, Tool::Doccano(_)));
    sheet.entries = if let Some(tool) = tool {
        tool.entries(&table, scope, &mut sheet.notes)?
    } else {
        let layout = Layout::find(&table, scope)?;
        sheet.is_of_answer = layout.is_of_answer;
        layout.entries(&table, &mut sheet.notes)
    };
    Ok(sheet)
}

fn about(path: &Path, table: &CodedTable) -> Sheet {
    Sheet {
        path: path.to_path_buf(),
        file: table.file.clone(),
        unreadable: table.unreadable.clone(),
        read: (table.rows.len() + table.unreadable.len()) as u64,
        size: table.size,
        sha256: table.sha256.clone(),
        notes: table.notes.clone(),
        ..Sheet::default()
    }
}

const NO_LIST: &str = "no JSON list of objects; export the codings as JSON, JSON-MIN, JSONL or CSV";

fn object_of(item: Value) -> Option<Map<String, Value>> {
    if let Value::Object(object) = item { Some(object) } else { None }
}

/// A JSON list of objects, and a table of the file without any row yet.
fn read_json(path: &Path) -> Result<(CodedTable, Vec<Map<String, Value>>), CorpusError> {
    let file = path.display().to_string();
    let mut stream = Stream::open(&file, path, Compression::None, None)?;
    while !stream.ended() {
        stream.fill()?;
    }
    let fail = |message: String| CorpusError::Column { path: file.clone(), message };
    let parsed = serde_json::from_slice(stream.window().trim_ascii());
    let value: Value = parsed.map_err(|error| fail(format!("this is no JSON ({error}); export it again")))?;
    let Value::Array(items) = value else { return Err(fail(NO_LIST.to_owned())) };
    let records: Option<Vec<_>> = items.into_iter().map(object_of).collect();
    let records = records.ok_or_else(|| fail(NO_LIST.to_owned()))?;
    let (size, sha256, notes) = stream.finish()?;
    Ok((CodedTable { file: file.clone(), size, sha256, notes, ..CodedTable::default() }, records))
}

/// Objects as rows, their members as columns; lists and objects in them stay JSON.
fn flattened(mut table: CodedTable, records: &[Map<String, Value>]) -> CodedTable {
    for name in records.iter().flat_map(Map::keys) {
        if !table.columns.contains(name) {
            table.columns.push(name.clone());
        }
    }
    let cell = |record: &Map<String, Value>, name: &String| record.get(name).map_or_else(String::new, plain);
    table.rows = records.iter().map(|record| table.columns.iter().map(|name| cell(record, name)).collect()).collect();
    table.records = (1..=records.len() as u64).collect();
    table
}
