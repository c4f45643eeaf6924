//! Yoshikoder's XML: `cnode` is a category, `pnode` a pattern. The outermost `cnode` is the dictionary itself.
//!
//! `*` stands for any characters that are not blank and a pattern must match whole words; with
//! `patternengine="regexp"` patterns are regular expressions.

use roxmltree::{Document, Node};

use crate::codebook::import::words::{Syntax, Wildcards};
use crate::codebook::import::{Content, Dictionary, DictionaryEntry, DictionaryError, Format};

pub(super) const FORMAT: Format = Format {
    name: "yoshikoder",
    title: "Yoshikoder",
    extensions: &["ykd"],
    read,
    is_beginning: |text| text.starts_with('<') && text.contains("<dictionary") && !is_lexicoder(text),
    syntax: Syntax { wildcards: Wildcards::Star, underscore_is_space: false, may_be_regex: false },
};

/// Whether an XML dictionary says that it is Lexicoder's.
pub(super) fn is_lexicoder(text: &str) -> bool {
    text.contains("style=\"Lexicoder\"") || text.contains("style='Lexicoder'")
}

fn read(text: &str) -> Result<Dictionary, DictionaryError> {
    let document = parse(text)?;
    let is_regex = document.root_element().attribute("patternengine") == Some("regexp");
    let mut dictionary = read_nodes(&document, |pattern| pattern_content(pattern, is_regex))?;
    lift_root(&mut dictionary);
    dictionary.with_entries("patterns are <pnode name=\"tax*\"/> in a <cnode name=\"...\">")
}

fn pattern_content(pattern: &str, is_regex: bool) -> Content {
    if is_regex && pattern.contains(|c: char| !c.is_alphanumeric() && !" -'\u{2019}".contains(c)) {
        return Content::Unreadable("a regular expression; patterns have no more than * and ?".to_owned());
    }
    Content::Words(pattern.to_owned())
}

/// The XML of a dictionary.
pub(super) fn parse(text: &str) -> Result<Document<'_>, DictionaryError> {
    let document = Document::parse(text).map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or(1);
        // The parser's words end in the place, which stands before them here.
        let what = error.to_string();
        let what = what.split(" at ").next().unwrap_or_default();
        DictionaryError::new(line, format!("not valid XML ({what}); export the dictionary again"))
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "dictionary" {
        let message = format!("<{}> is no dictionary; expected <dictionary>", root.tag_name().name());
        return Err(DictionaryError::new(line_of(&document, root), message));
    }
    Ok(document)
}

/// The categories of an XML dictionary; `content` reads a pattern.
pub(super) fn read_nodes(
    document: &Document<'_>,
    content: impl Fn(&str) -> Content,
) -> Result<Dictionary, DictionaryError> {
    let mut dictionary = Dictionary { counts_upwards: true, ..Dictionary::default() };
    let mut open: Vec<(Node<'_, '_>, Option<usize>)> = vec![(document.root_element(), None)];
    // Children are put on the stack last first, so that they come off in the order of the file.
    while let Some((node, parent)) = open.pop() {
        let category = match node.tag_name().name() {
            "cnode" => {
                let index = dictionary.add(&name(document, node)?, parent);
                let description = node.attribute("desc").map(str::trim).filter(|text| !text.is_empty());
                dictionary.categories[index].description = description.map(str::to_owned);
                Some(index)
            }
            "pnode" => {
                let entry = entry(document, node, &content)?;
                let Some(parent) = parent else {
                    return Err(DictionaryError::new(entry.line, "<pnode> outside a <cnode>; put it into a category"));
                };
                dictionary.categories[parent].entries.push(entry);
                continue;
            }
            _ => parent,
        };
        open.extend(node.children().filter(Node::is_element).rev().map(|child| (child, category)));
    }
    Ok(dictionary)
}

fn entry(
    document: &Document<'_>,
    node: Node<'_, '_>,
    content: impl Fn(&str) -> Content,
) -> Result<DictionaryEntry, DictionaryError> {
    let text = name(document, node)?;
    let weight = node.attribute("score").and_then(|score| score.trim().parse::<f64>().ok());
    Ok(DictionaryEntry { line: line_of(document, node), content: content(&text), text, weight })
}

fn name(document: &Document<'_>, node: Node<'_, '_>) -> Result<String, DictionaryError> {
    node.attribute("name").filter(|name| !name.trim().is_empty()).map(str::to_owned).ok_or_else(|| {
        let message = format!("<{}> without a name; expected name=\"...\"", node.tag_name().name());
        DictionaryError::new(line_of(document, node), message)
    })
}

fn line_of(document: &Document<'_>, node: Node<'_, '_>) -> usize {
    usize::try_from(document.text_pos_at(node.range().start).row).unwrap_or(1)
}

/// Where one category without entries of its own holds all others, its name is the dictionary's.
fn lift_root(dictionary: &mut Dictionary) {
    let outermost = dictionary.categories.iter().filter(|category| category.parent.is_none()).count();
    let has_inner = dictionary.categories.len() > 1;
    if outermost != 1 || !has_inner || !dictionary.categories[0].entries.is_empty() {
        return;
    }
    // The outermost node stands for the file. As a category it would be a frame that every word counts for.
    dictionary.title = Some(dictionary.categories.remove(0).name);
    for category in &mut dictionary.categories {
        category.parent = category.parent.and_then(|parent| parent.checked_sub(1));
    }
}
