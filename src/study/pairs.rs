//! Reads a list of pairs of names, such as `[["build-up", "fearmongering"]]`.

use crate::codebook::{Fields, TomlError, Value};

/// The pairs under `key`, none where it is absent; messages say of `what` they are.
///
/// # Errors
/// When the value is no list of pairs of texts, or a pair has one name twice.
pub(super) fn pairs(
    fields: &Fields<'_, '_>,
    key: &str,
    what: &str,
    example: &str,
) -> Result<Vec<(String, String)>, TomlError> {
    let Some(value) = fields.value(key) else { return Ok(Vec::new()) };
    let expected = &format!("a list of pairs of {what}: {example}");
    let items = value.get_ref().as_array().ok_or_else(|| fields.expected(value, key, expected))?;
    let mut pairs = Vec::new();
    for item in items {
        let (first, second) = pair(item).ok_or_else(|| fields.expected(item, key, expected))?;
        if first == second {
            let message = format!("\"{key}\" holds \"{first}\" against itself; name two different {what}");
            return Err(fields.file.error(item.span().start, message));
        }
        pairs.push((first, second));
    }
    Ok(pairs)
}

fn pair(item: &Value<'_>) -> Option<(String, String)> {
    let names = item.get_ref().as_array()?;
    let names: Option<Vec<&str>> = names.iter().map(|name| name.get_ref().as_str()).collect();
    match names?[..] {
        [first, second] => Some((first.to_owned(), second.to_owned())),
        _ => None,
    }
}
