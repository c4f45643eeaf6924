//! `WordStat`'s .cat: an outline by indentation. A line that ends in a weight, `TAX* (1)`, is an entry; any other is a
//! category of what is indented below it; `@NAME [A NEAR B /S 5] (1)` is a rule. `_` joins the words of a phrase.

use crate::codebook::import::words::{Syntax, Wildcards};
use crate::codebook::import::wordstat_rule::rule;
use crate::codebook::import::{Content, Dictionary, DictionaryEntry, DictionaryError, Format};

pub(super) const FORMAT: Format = Format {
    name: "wordstat",
    title: "WordStat",
    extensions: &["cat"],
    read,
    is_beginning: |_| false,
    syntax: Syntax { wildcards: Wildcards::Glob, underscore_is_space: true, may_be_regex: false },
};

fn read(text: &str) -> Result<Dictionary, DictionaryError> {
    let mut dictionary = Dictionary { counts_upwards: true, ..Dictionary::default() };
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        let (line, content) = (index + 1, raw.trim());
        if content.is_empty() {
            continue;
        }
        if content.starts_with('<') || content.contains('\0') {
            let message = "not a WordStat outline; save the dictionary as .cat (text), not as .catx or .wdb";
            return Err(DictionaryError::new(line, message));
        }
        let indent = indent(raw);
        open.retain(|(outer, _)| *outer < indent);
        let parent = open.last().map(|(_, category)| *category);
        match entry(line, content)? {
            None => open.push((indent, dictionary.add(content, parent))),
            Some(entry) => {
                let Some(parent) = parent else {
                    let message = format!("\"{content}\" belongs to no category; indent it below one");
                    return Err(DictionaryError::new(line, message));
                };
                dictionary.categories[parent].entries.push(entry);
            }
        }
    }
    dictionary.with_entries("an entry ends in its weight, such as TAX* (1)")
}

/// Tabs where there are any, since some files put blanks before them; else blanks.
fn indent(line: &str) -> usize {
    let lead = &line[..line.len() - line.trim_start().len()];
    let tabs = lead.matches('\t').count();
    if tabs > 0 { tabs } else { lead.chars().count() }
}

/// The entry on a line; `None` where it is a category.
fn entry(line: usize, content: &str) -> Result<Option<DictionaryEntry>, DictionaryError> {
    let (text, weight) = match weighted(content) {
        Some((text, weight)) => (text, Some(weight)),
        None => (content, None),
    };
    let content = match text.strip_prefix('@') {
        Some(named) => {
            let (name, inside) = named.split_once('[').unwrap_or((named, ""));
            let Some(inside) = inside.trim_end().strip_suffix(']') else {
                return Err(DictionaryError::new(line, "a rule without brackets; expected @NAME [A NEAR B /S 5] (1)"));
            };
            rule(name.trim(), inside)
        }
        None if weight.is_some() => Content::Words(text.to_owned()),
        None => return Ok(None),
    };
    Ok(Some(DictionaryEntry { line, text: text.to_owned(), content, weight }))
}

/// `TAX* (1)` as text and weight.
fn weighted(content: &str) -> Option<(&str, f64)> {
    let (text, weight) = content.strip_suffix(')')?.rsplit_once('(')?;
    // Some languages write a half as `(0,5)`.
    let weight = weight.trim().replace(',', ".").parse::<f64>().ok().filter(|weight| weight.is_finite())?;
    Some((text.trim(), weight)).filter(|(text, _)| !text.is_empty())
}
