//! Values of columns that the user named as context: a topic, a section, a desk.

use crate::learning::features::{FeatureUnit, Sink};

/// Adds each value as `column=value`.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    for column in unit.context {
        let value = unit.text.document.column(column).unwrap_or("").trim();
        if !value.is_empty() {
            sink.add(&[column, "=", value], 1.0);
        }
    }
}
