//! Lexicoder: version 3 has a line `+CATEGORY` and below it one word or phrase a line; version 2 is XML like
//! Yoshikoder's, in which a pattern is any part of the text and a blank at its ends stands for a word's end.

use crate::codebook::import::words::{Syntax, Wildcards};
use crate::codebook::import::{Content, Dictionary, DictionaryEntry, DictionaryError, Format, yoshikoder};

pub(super) const FORMAT: Format = Format {
    name: "lexicoder",
    title: "Lexicoder",
    extensions: &["lc3", "lcd"],
    read,
    is_beginning: |text| text.starts_with('+') || text.starts_with('<') && yoshikoder::is_lexicoder(text),
    syntax: Syntax { wildcards: Wildcards::Star, underscore_is_space: false, may_be_regex: false },
};

fn read(text: &str) -> Result<Dictionary, DictionaryError> {
    if text.trim_start().starts_with('<') {
        let document = yoshikoder::parse(text)?;
        let mut dictionary = yoshikoder::read_nodes(&document, |part| Content::Words(as_words(part)))?;
        let title = document.root_element().attribute("name").map(str::trim).filter(|title| !title.is_empty());
        dictionary.title = title.map(str::to_owned);
        return dictionary.with_entries("patterns are <pnode name=\"tax\"></pnode> in a <cnode name=\"...\">");
    }
    let mut dictionary = Dictionary::default();
    for (index, line) in text.lines().enumerate() {
        let content = line.trim();
        if let Some(name) = content.strip_prefix('+') {
            if name.trim().is_empty() {
                return Err(DictionaryError::new(index + 1, "\"+\" without a name; write +CATEGORY"));
            }
            dictionary.add(name.trim(), None);
        } else if !content.is_empty() {
            let Some(category) = dictionary.categories.last_mut() else {
                let message = format!("\"{content}\" stands before the first category; expected +CATEGORY above it");
                return Err(DictionaryError::new(index + 1, message));
            };
            category.entries.push(DictionaryEntry::words(index + 1, content));
        }
    }
    dictionary.with_entries("write +CATEGORY and its words below, one a line")
}

/// Part of a text as words: where no blank ends it, the word goes on.
fn as_words(part: &str) -> String {
    let star = |is_open: bool| if is_open { "*" } else { "" };
    let (opens, ends) = (!part.starts_with(char::is_whitespace), !part.ends_with(char::is_whitespace));
    format!("{}{}{}", star(opens), part.trim(), star(ends))
}
