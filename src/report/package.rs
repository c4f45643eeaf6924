//! `datapackage.json`: every table described for people and programs, as a Frictionless Tabular Data Package
//! (specs.frictionlessdata.io, version 1).

use std::path::{Path, PathBuf};

use csv::Reader;
use serde_json::{Value, json};

use crate::model::sha256;
use crate::report::{
    Column, DATA_PACKAGE, EVALUATIONS, FIGURES, Kind, METADATA, Output, REPORTS, ReportError, Staging, Table,
};

/// Writes the description of those tables that are among the outputs of `staging` so far, under the title of the study.
///
/// # Errors
/// When the file cannot be written.
pub fn write_data_package(staging: &mut Staging, title: &str) -> Result<(), ReportError> {
    let outputs = staging.outputs();
    let has_columns = outputs.iter().any(|output| output.path == METADATA.file);
    let columns = if has_columns { corpus_columns(staging)? } else { Vec::new() };
    let package = data_package(title, &outputs, &columns);
    staging.write(DATA_PACKAGE, format!("{package:#}\n").as_bytes())
}

/// The type of files of Parquet that is registered with IANA.
pub(super) const PARQUET_MEDIA_TYPE: &str = "application/vnd.apache.parquet";

/// The bytes of the description of what `evaluate` writes: `files` are some of [`EVALUATIONS`], the first of them first, in one folder.
#[must_use]
pub fn evaluation_package(files: &[(PathBuf, Vec<u8>)]) -> Vec<u8> {
    // "study-voices.csv" beside "study.csv" is described as "evaluation-voices.csv" is; not every file is always there.
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let main = files.first().map(|(path, _)| name(path)).unwrap_or_default();
    let described = files.iter().filter_map(|(path, bytes)| {
        let kind = name(path);
        let file = format!("evaluation{}.csv", kind.strip_prefix(&main)?);
        let table = EVALUATIONS.iter().find(|table| table.file == file)?;
        let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Some(resource(table, &Output { path, bytes: bytes.len() as u64, sha256: sha256(bytes) }))
    });
    let package = package("parallax-evaluation", "Scorers held against people", &described.collect::<Vec<_>>());
    format!("{package:#}\n").into_bytes()
}

/// Writes the description of those of `tables` that are among the outputs of `staging`: a set that is no study's results.
///
/// # Errors
/// When the file cannot be written.
pub fn write_tables_package(
    staging: &mut Staging,
    name: &str,
    title: &str,
    tables: &[&Table],
) -> Result<(), ReportError> {
    let outputs = staging.outputs();
    let described = tables.iter().filter_map(|table| {
        let output = outputs.iter().find(|output| output.path == table.file)?;
        Some(resource(table, output))
    });
    let package = package(name, title, &described.collect::<Vec<_>>());
    staging.write(DATA_PACKAGE, format!("{package:#}\n").as_bytes())
}

/// Names of those columns of `metadata.csv` that only this corpus has.
fn corpus_columns(staging: &Staging) -> Result<Vec<String>, ReportError> {
    let (file, _) = staging.read_back(METADATA.file)?;
    let header = Reader::from_reader(file).headers().cloned();
    let header = header.map_err(|error| ReportError::at(&staging.destination(METADATA.file), error.into()))?;
    Ok(header.iter().skip(METADATA.columns.len()).map(str::to_owned).collect())
}

/// The description of those tables that are among `outputs`, and of the columns of the corpus.
fn data_package(title: &str, outputs: &[Output], columns: &[String]) -> Value {
    let tables = REPORTS.iter().map(|report| report.table).chain(FIGURES.iter().map(|figure| figure.table));
    let resources: Vec<Value> = tables
        .flat_map(|table| {
            let file = |name: &str| outputs.iter().find(|output| output.path == name);
            let mut described: Vec<Value> =
                file(table.file).map(|output| resource(table, output)).into_iter().collect();
            described.extend(file(&table.parquet_file()).map(|output| parquet_resource(table, output)));
            for resource in described.iter_mut().filter(|_| table.file == METADATA.file) {
                if let Some(fields) = resource["schema"]["fields"].as_array_mut() {
                    fields.extend(columns.iter().map(corpus_field));
                }
            }
            described
        })
        .collect();
    package("parallax-results", title, &resources)
}

fn package(name: &str, title: &str, resources: &[Value]) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": GUARD,
        "resources": resources,
    })
}

/// What a reader must know of every cell of text. The pattern is that of `unguarded`: tried in R 4 on 300,000 random labels.
const GUARD: &str = "A cell of a name, id or note that begins with =, +, -, @ (also full-width) or a tab and is no number stands \
    behind an apostrophe, so that no spreadsheet computes it; one that began with apostrophes before such a sign has one \
    more. To undo it, take one apostrophe off each cell in which after all its apostrophes comes such a sign and no number \
    (in R sub(\"^'(?='*[=+@\\t\\r\\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}-])(?!'*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\\\z)\", \"\", x, perl \
    = TRUE)). Words of articles (text, cues, content, source and verb) have it only where a spreadsheet would compute them.";

fn resource(table: &Table, output: &Output) -> Value {
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": output.path,
        "description": table.row,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": output.bytes,
        "hash": format!("sha256:{}", output.sha256),
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": schema,
    })
}

/// The same of the file of Parquet, which says itself how its cells are held.
fn parquet_resource(table: &Table, output: &Output) -> Value {
    let mut described = resource(table, output);
    if let Some(keys) = described.as_object_mut() {
        keys.retain(|key, _| !["profile", "encoding", "dialect"].contains(&key.as_str()));
    }
    described["name"] = json!(output.path);
    described["format"] = json!("parquet");
    described["mediatype"] = json!(PARQUET_MEDIA_TYPE);
    described
}

fn field(column: &Column) -> Value {
    let (kind, mut constraints) = match column.kind {
        Kind::Text => ("string", json!({})),
        Kind::Choice(words) => ("string", json!({ "enum": words })),
        Kind::Count => ("integer", json!({ "minimum": 0 })),
        Kind::Share | Kind::PValue => ("number", json!({ "minimum": 0, "maximum": 1 })),
        Kind::Number => ("number", json!({})),
        Kind::Integer => ("integer", json!({})),
        Kind::Date => ("date", json!({})),
        Kind::Boolean => ("boolean", json!({})),
    };
    if !column.optional {
        constraints["required"] = json!(true);
    }
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
    if let Some(unit) = unit(column.kind) {
        field["unit"] = json!(unit);
    }
    if constraints.as_object().is_some_and(|constraints| !constraints.is_empty()) {
        field["constraints"] = constraints;
    }
    field
}

/// A column of which nothing is known but its name.
fn corpus_field(name: &String) -> Value {
    json!({ "name": name, "type": "string", "description": "A column of the corpus, as it stands there." })
}

/// The unit of a column's values; `None` for words.
const fn unit(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Count => Some("count"),
        Kind::Share => Some("share, 0 to 1"),
        Kind::PValue => Some("probability, 0 to 1; 1e-300 stands for all that is less"),
        Kind::Number | Kind::Integer => Some("number without a unit"),
        Kind::Date => Some("day, ISO 8601"),
        Kind::Text | Kind::Choice(_) | Kind::Boolean => None,
    }
}
