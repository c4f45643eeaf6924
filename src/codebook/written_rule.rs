//! A rule as the text that a codebook has of it, for pasting. Not here: whole codebooks of dictionaries (`import`).

use std::fmt::Write;

/// The table `[[rule]]` of a rule of `frame` that matches `pattern`, with sentences that it must match.
#[must_use]
pub fn written_rule(id: &str, frame: &str, pattern: &str, hits: &[&str]) -> String {
    let mut text = String::from("[[rule]]\n");
    for (key, value) in [("id", id), ("frame", frame), ("match", pattern)] {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    if !hits.is_empty() {
        text.push_str("hits = [\n");
        for hit in hits {
            let _ = writeln!(text, "    {},", quoted(hit));
        }
        text.push_str("]\n");
    }
    text
}

/// A text as TOML has it.
fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    #[test]
    fn a_written_rule_is_read_again() {
        for hit in ["The tank came.", "\"A tank!\" it's \\ said\u{7f}", "C:\\tank \u{201c}'''\u{201d}"] {
            let text = format!("[[frame]]\nid = \"f\"\n{}", written_rule("r", "f", "tank*", &[hit]));
            let codebook = parse(&text, "codebook.toml").unwrap();
            assert_eq!(codebook.rules[0].hits, [hit], "{text}");
        }
    }
}
