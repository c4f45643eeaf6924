//! The paragraphs of a Word file (.docx), which is an archive of XML.

use std::io::{Cursor, Read};

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

/// No document is this long, unpacked; more is refused, as an archive can pretend to hold anything.
const LONGEST: u64 = 1 << 30;

/// The text of each paragraph, in order; a line break inside one is a line end.
///
/// # Errors
/// What is wrong with the file, and the remedy.
pub(super) fn paragraphs(bytes: &[u8]) -> Result<Vec<String>, String> {
    let damaged = |what: &dyn std::fmt::Display| format!("not a Word file ({what}); download it again");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let entry = archive.by_name("word/document.xml").map_err(|error| damaged(&error))?;
    let mut xml = String::new();
    entry.take(LONGEST).read_to_string(&mut xml).map_err(|error| damaged(&error))?;
    let options = ParsingOptions { nodes_limit: u32::MAX, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&xml, options).map_err(|error| damaged(&error))?;
    Ok(document.descendants().filter(|node| is(node, "p")).map(|paragraph| text(&paragraph)).collect())
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn text(paragraph: &Node<'_, '_>) -> String {
    let mut text = String::new();
    add(paragraph, &mut text);
    text.replace('\u{a0}', " ").trim().to_owned()
}

fn add(node: &Node<'_, '_>, text: &mut String) {
    for child in node.children().filter(Node::is_element) {
        match child.tag_name().name() {
            "t" => text.push_str(child.text().unwrap_or_default()),
            "br" | "cr" => text.push('\n'),
            "tab" => text.push(' '),
            // A paragraph inside, as of a text box, is one of its own; a fallback says again what stands before it; and the
            // properties of a run are no text.
            "p" | "Fallback" | "pPr" | "rPr" => {}
            _ => add(&child, text),
        }
    }
}
