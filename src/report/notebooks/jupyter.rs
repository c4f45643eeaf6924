//! A Quarto document in Markdown as a Jupyter notebook, nbformat 4.5.

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Value, json};

const BEGIN: &str = "```{python}";
const END: &str = "```";
/// Begins an option of a chunk, which only Quarto reads.
const OPTION: &str = "#| ";
const LABEL: &str = "#| label: ";

/// The notebook whose code cells are the Python chunks of `document`, named by their labels, and whose Markdown cells are
/// what stands between them.
pub(super) fn notebook(document: &str) -> String {
    let mut cells = Vec::new();
    for (number, part) in document.split(BEGIN).enumerate() {
        let (code, text) = if number == 0 { ("", part) } else { chunk(part) };
        if number > 0 {
            let label = code.lines().find_map(|line| line.strip_prefix(LABEL)).unwrap_or_default();
            let code: Vec<&str> = code.lines().filter(|line| !line.starts_with(OPTION)).collect();
            cells.push(json!({
                "cell_type": "code",
                "execution_count": null,
                "id": label,
                "metadata": {},
                "outputs": [],
                "source": source(code.join("\n").trim_matches('\n')),
            }));
        }
        let text = text.trim_matches('\n');
        if !text.is_empty() {
            let id = format!("text-{number}");
            cells.push(json!({ "cell_type": "markdown", "id": id, "metadata": {}, "source": source(text) }));
        }
    }
    printed(&json!({
        "cells": cells,
        "metadata": {
            "kernelspec": { "display_name": "Python 3", "language": "python", "name": "python3" },
            "language_info": { "name": "python" },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }))
}

/// The code of a chunk, and what follows it. Only a line of its own ends a chunk.
fn chunk(part: &str) -> (&str, &str) {
    part.split_once(&format!("\n{END}\n")).unwrap_or((part, ""))
}

/// Text as notebooks hold it: lines, each with its line break but for the last.
fn source(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// JSON as Jupyter writes it, so that a notebook saved there differs in what was done only.
fn printed(notebook: &Value) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b" "));
    // Into memory, where neither writing nor UTF-8 can fail.
    let _ = notebook.serialize(&mut serializer);
    String::from_utf8_lossy(&bytes).into_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_chunks_alternate_as_cells() {
        let document = "# Title\n\nWords.\n\n```{python}\n#| label: one\nx = 1\n\ny = \"```\"\n```\n\n## Next\n\n```{python}\n#| label: two\nx\n```\n";
        let found: Value = serde_json::from_str(&notebook(document)).unwrap();
        let cells: Vec<(&str, &str, Value)> = found["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| (cell["cell_type"].as_str().unwrap(), cell["id"].as_str().unwrap(), cell["source"].clone()))
            .collect();
        assert_eq!(
            cells,
            [
                ("markdown", "text-0", json!(["# Title\n", "\n", "Words."])),
                ("code", "one", json!(["x = 1\n", "\n", "y = \"```\""])),
                ("markdown", "text-1", json!(["## Next"])),
                ("code", "two", json!(["x"])),
            ]
        );
    }
}
