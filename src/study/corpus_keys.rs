//! Parses the `[[corpus]]` tables of a study file: where the articles are, and how their files are to be read.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use toml::de::DeValue;

use crate::codebook::{Fields, Text, TomlError};
use crate::model::{CorpusSettings, Subset, TextEncoding};
use crate::study::condition::{ConditionError, parse_condition};
use crate::study::keys::FORMATS;

/// What `encoding` says of text that was decoded twice.
const TWICE: &str = "utf-8-twice";

/// The tables as they stand.
pub(super) fn corpus_tables<'t, 'a>(root: &Fields<'t, 'a>) -> Result<Vec<Fields<'t, 'a>>, TomlError> {
    root.tables("corpus", "[[corpus]]", "[[corpus]] with two brackets and, below it, path = \"articles/*.csv\"")
}

/// All `[[corpus]]` tables, whose keys are known; one that names no `date_format` has that of the study.
pub(super) fn corpora(root: &Fields<'_, '_>) -> Result<Vec<CorpusSettings>, TomlError> {
    let date_format = date_formats(root)?;
    let mut corpora = Vec::new();
    for fields in corpus_tables(root)? {
        let mut settings = corpus(&fields)?;
        if settings.date_format.is_empty() {
            settings.date_format.clone_from(&date_format);
        }
        corpora.push(settings);
    }
    if corpora.is_empty() {
        let message = "the study file has no corpus; say where the articles are: a [[corpus]] table with path = \
                       \"articles/*.csv\"";
        return Err(root.missing(message));
    }
    Ok(corpora)
}

fn corpus(fields: &Fields<'_, '_>) -> Result<CorpusSettings, TomlError> {
    let path = fields.required("path", "say where the articles are: path = \"articles/*.csv\"")?;
    let (columns, set) = (texts(fields, "columns", false)?, texts(fields, "set", true)?);
    for key in set.keys() {
        let trouble = match key.as_str() {
            "id" => "\"set\" gives every record the same id; ids are made up where a file has none".to_owned(),
            _ if columns.contains_key(key) => format!("\"{key}\" stands in \"columns\" and in \"set\"; keep one"),
            _ => continue,
        };
        let at = fields.value("set").map_or(fields.start, |set| set.span().start);
        return Err(fields.file.error(at, trouble));
    }
    Ok(CorpusSettings {
        path: path.value,
        columns,
        set,
        date_format: date_formats(fields)?,
        format: fields.choice("format", &FORMATS)?,
        encoding: encoding(fields)?,
        rename: texts(fields, "rename", false)?,
        strip_html: truth(fields, "strip_html")?,
        drop_repeated_title: truth(fields, "drop_repeated_title")?,
        subset: subset(fields)?,
    })
}

/// The part of the records that the study is about.
fn subset(fields: &Fields<'_, '_>) -> Result<Subset, TomlError> {
    let (from, to) = (end_day(fields, "from")?, end_day(fields, "to")?);
    if let ((Some(from), Some(to)), Some(value)) = ((from, to), fields.value("to"))
        && from > to
    {
        return Err(fields.expected(value, "to", &format!("a day that is not before from = {from}")));
    }
    let Some(text) = fields.text("where")? else { return Ok(Subset { from, to, ..Subset::default() }) };
    Ok(Subset { from, to, ..condition(fields, "where", text)? })
}

/// What the condition `text`, which the key says, asks for.
pub(super) fn condition(fields: &Fields<'_, '_>, key: &str, text: Text) -> Result<Subset, TomlError> {
    let in_file = |error: ConditionError| {
        fields.file.error(text.offset(fields.file, error.at), format!("\"{key}\": {}", error.message))
    };
    let condition = Some(parse_condition(&text.value).map_err(in_file)?);
    Ok(Subset { condition, written: text.value, ..Subset::default() })
}

fn end_day(fields: &Fields<'_, '_>, key: &str) -> Result<Option<Date>, TomlError> {
    let Some(value) = fields.value(key) else { return Ok(None) };
    day(value.get_ref()).map(Some).ok_or_else(|| fields.expected(value, key, "a day such as 2022-01-26"))
}

/// A day, written as text or as TOML's own date.
pub(super) fn day(value: &DeValue<'_>) -> Option<Date> {
    let text = match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => return None,
    };
    if text.len() == "2022-01-26".len() { text.parse().ok() } else { None }
}

pub(super) fn truth(fields: &Fields<'_, '_>, key: &str) -> Result<bool, TomlError> {
    let Some(value) = fields.value(key) else { return Ok(false) };
    value.get_ref().as_bool().ok_or_else(|| fields.expected(value, key, "true or false"))
}

fn encoding(fields: &Fields<'_, '_>) -> Result<TextEncoding, TomlError> {
    let Some(name) = fields.text("encoding")? else { return Ok(TextEncoding::Sniffed) };
    if name.value.eq_ignore_ascii_case(TWICE) {
        return Ok(TextEncoding::Utf8Twice);
    }
    if let Some(encoding) = Encoding::for_label(name.value.as_bytes()) {
        return Ok(TextEncoding::Named(encoding.name().to_lowercase()));
    }
    let message = format!(
        "\"encoding\" is \"{}\", which is none that is known; for example \"windows-1251\", \"iso-8859-2\", \
         \"shift_jis\", or \"{TWICE}\" for UTF-8 that was decoded twice",
        name.value
    );
    Err(fields.file.error(name.start(), message))
}

/// A table of texts such as `{ outlet = "source" }`; numbers, booleans and dates pass as text where `any_scalar`.
fn texts(fields: &Fields<'_, '_>, key: &str, any_scalar: bool) -> Result<BTreeMap<String, String>, TomlError> {
    let Some(table) = fields.table(key, key)? else { return Ok(BTreeMap::new()) };
    let mut texts = BTreeMap::new();
    for (name, value) in table.table {
        let text = match value.get_ref() {
            DeValue::String(text) if any_scalar || !text.trim().is_empty() => text.to_string(),
            DeValue::Integer(number) if any_scalar => number.as_str().to_owned(),
            DeValue::Float(number) if any_scalar => number.as_str().to_owned(),
            DeValue::Boolean(truth) if any_scalar => truth.to_string(),
            DeValue::Datetime(date) if any_scalar => date.to_string(),
            _ => return Err(table.expected(value, name.get_ref(), "a text in quotation marks")),
        };
        texts.insert(name.get_ref().to_string(), text);
    }
    Ok(texts)
}

/// One format or a list of them.
fn date_formats(fields: &Fields<'_, '_>) -> Result<Vec<String>, TomlError> {
    let formats: Vec<Text> = match fields.value("date_format").map(toml::Spanned::get_ref) {
        Some(DeValue::Array(_)) => fields.texts("date_format")?,
        _ => fields.text("date_format")?.into_iter().collect(),
    };
    for format in &formats {
        if let Some(trouble) = unusable_date_format(&format.value) {
            let message = format!("\"date_format\" is \"{}\", {trouble}; for example \"%d.%m.%Y\"", format.value);
            return Err(fields.file.error(format.start(), message));
        }
    }
    Ok(formats.into_iter().map(|format| format.value).collect())
}

/// What is wrong with a date format; `None` where a day written by it can be read back, at least to its month.
fn unusable_date_format(format: &str) -> Option<String> {
    let day = jiff::civil::date(2022, 11, 27).to_zoned_datetime(TimeZone::UTC).ok()?;
    let written = match jiff::fmt::strtime::format(format, &day) {
        Ok(written) => written,
        Err(error) => return Some(format!("which is no date format ({error})")),
    };
    match BrokenDownTime::parse(format, &written) {
        Ok(parts) if parts.to_date().is_ok() || (parts.year().is_some() && parts.day().is_none()) => None,
        _ => Some("which does not give a year, month and day".to_owned()),
    }
}
