//! Parses the `[keyness]` table of a study file.

use std::collections::BTreeMap;

use crate::codebook::{Fields, TomlError, unknown_word};
use crate::compare::REST;
use crate::model::{KeynessSettings, Subset};
use crate::study::corpus_keys::condition;
use crate::study::pairs::pairs;

/// What the table, whose keys are known, asks for.
///
/// # Errors
/// When a condition is none, a pair names a subset that is not there, or a number is too small.
pub(super) fn keyness(fields: &Fields<'_, '_>) -> Result<KeynessSettings, TomlError> {
    let subsets = subsets(fields)?;
    Ok(KeynessSettings {
        least_documents: least_documents(fields)?,
        pairs: known_pairs(fields, &subsets)?,
        reference: fields.text("reference")?.map(|text| text.value),
        subsets,
    })
}

/// A jackknife needs two documents.
fn least_documents(fields: &Fields<'_, '_>) -> Result<u64, TomlError> {
    let Some(value) = fields.value("least_documents") else { return Ok(KeynessSettings::LEAST_DOCUMENTS) };
    let number = value.get_ref().as_integer().and_then(|integer| integer.as_str().parse().ok());
    number
        .filter(|least| *least >= 2)
        .ok_or_else(|| fields.expected(value, "least_documents", "a whole number of at least 2, such as 10"))
}

fn subsets(fields: &Fields<'_, '_>) -> Result<BTreeMap<String, Subset>, TomlError> {
    let Some(table) = fields.table("subsets", "[keyness.subsets]")? else { return Ok(BTreeMap::new()) };
    let mut subsets = BTreeMap::new();
    for name in table.table.keys() {
        let key = name.get_ref().to_string();
        if key == REST || key.trim().is_empty() {
            let message =
                format!("a subset cannot be called \"{key}\", which stands for all other documents; rename it");
            return Err(fields.file.error(name.span().start, message));
        }
        if let Some(text) = table.text(&key)? {
            let subset = condition(&table, &key, text)?;
            subsets.insert(key, subset);
        }
    }
    Ok(subsets)
}

fn known_pairs(
    fields: &Fields<'_, '_>,
    subsets: &BTreeMap<String, Subset>,
) -> Result<Vec<(String, String)>, TomlError> {
    let pairs = pairs(fields, "pairs", "subsets", "[[\"war\", \"peace\"]]")?;
    let names: Vec<&str> = subsets.keys().map(String::as_str).collect();
    let unknown = pairs.iter().flat_map(|(a, b)| [a, b]).find(|name| !subsets.contains_key(*name));
    match unknown.zip(fields.value("pairs")) {
        Some((name, value)) => {
            let message = format!("\"pairs\": {}", unknown_word(&format!("subset \"{name}\""), name, &names));
            Err(fields.file.error(value.span().start, message))
        }
        None => Ok(pairs),
    }
}
