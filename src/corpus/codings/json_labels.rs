//! What stands in a JSON value of an annotation tool: labels, or a cell.

use serde_json::Value;

/// The labels in an answer: words; of a list within the list the last, where a path in a tree ends and where doccano has
/// the label of marked words (`[start, end, label]`); of an object the member that names something.
pub(super) fn labels_in(answer: &Value) -> Vec<String> {
    let last = |item: &Value| match item {
        Value::Array(parts) => parts.last().map(plain).into_iter().collect(),
        other => labels_in(other),
    };
    match answer {
        Value::Array(items) => items.iter().flat_map(last).collect(),
        Value::Object(object) => {
            let members = ["choices", "taxonomy", "labels", "hypertextlabels", "paragraphlabels", "label", "text"];
            members.iter().find_map(|name| object.get(*name)).map(labels_in).unwrap_or_default()
        }
        Value::Null => Vec::new(),
        word => vec![plain(word)],
    }
}

/// A JSON value as a cell.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
