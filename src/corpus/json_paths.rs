//! Values inside values: `source.name` of `{"source": {"id": null, "name": "BBC News"}}`, as `NewsAPI`, Event Registry and
//! `MongoDB` nest them.

use std::borrow::Cow;

use serde_json::Value;

use crate::corpus::reader::{NamedValue, ValueForm};

/// The column that a name begins in, and the way on from there; `None` for a name without a full stop.
pub(super) fn outermost(name: &str) -> Option<(&str, &str)> {
    name.split_once('.')
}

/// The value at `path` inside the object of a cell; `None` where there is nothing.
pub(super) fn inside<'a>(cell: &NamedValue<'_>, path: &str) -> Option<NamedValue<'a>> {
    let whole: Value = serde_json::from_str(&cell.value).ok()?;
    let found = path.split('.').try_fold(&whole, |value, name| value.get(name))?;
    let (value, form) = match found {
        Value::Null => return None,
        Value::String(text) => (text.clone(), ValueForm::Text),
        Value::Array(_) | Value::Object(_) => (found.to_string(), ValueForm::Nested),
        Value::Bool(_) | Value::Number(_) => (found.to_string(), ValueForm::Text),
    };
    Some(NamedValue { name: Cow::Owned(format!("{}.{path}", cell.name)), value: Cow::Owned(value), form })
}

/// What to write in the study file in place of the name of a column that holds a list or an object.
pub(super) fn remedy(target: &str, cell: &NamedValue<'_>) -> String {
    let whole = serde_json::from_str(&cell.value).unwrap_or(Value::Null);
    let first = whole.as_object().and_then(|object| {
        object.iter().find(|(_, value)| value.is_string() && object.len() == 1).or_else(|| {
            object.iter().find(|(name, value)| value.is_string() && ["name", "title"].contains(&name.as_str()))
        })
    });
    match (first, whole.as_object().and_then(|object| object.keys().next())) {
        (Some((name, _)), _) => format!("say columns = {{ {target} = \"{}.{name}\" }}", cell.name),
        (None, Some(name)) => format!("name the value in it: columns = {{ {target} = \"{}.{name}\" }}", cell.name),
        (None, None) => "write it as one text".to_owned(),
    }
}
