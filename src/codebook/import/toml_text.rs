//! The text of an imported codebook.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::codebook::import::Dictionary;
use crate::codebook::import::losses::Tally;
use crate::text::Language;

/// The widest line of a list.
const WIDTH: usize = 120;

/// A frame on its way into the codebook.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    /// Path of its category.
    pub(super) label: String,
    /// Its words by weight, `None` being 1.
    pub(super) lists: BTreeMap<Option<String>, ListText>,
    pub(super) rules: Vec<RuleText>,
}

/// A word list, and the rule that matches it.
#[derive(Clone, Debug)]
pub(super) struct ListText {
    pub(super) name: String,
    pub(super) entries: Vec<String>,
    /// Lists of the categories below.
    pub(super) below: Vec<String>,
}

/// A rule for an entry that is more than words.
#[derive(Clone, Debug)]
pub(super) struct RuleText {
    pub(super) id: String,
    /// Where it comes from.
    pub(super) origin: String,
    pub(super) pattern: String,
    pub(super) unless: Option<String>,
    pub(super) weight: Option<String>,
}

/// The codebook of `drafts`, one for each category of the dictionary, which is a file with a format's title and a name.
pub(super) fn codebook_text(
    dictionary: &Dictionary,
    drafts: &[Draft],
    (title, name): (&str, &str),
    tally: Tally,
) -> String {
    let Tally { read, kept, approximated, dropped, .. } = tally;
    let mut text = String::new();
    comment(&mut text, &format!("Imported by parallax from {name} ({title})."));
    let counts = format!("{read} entries read = {kept} kept + {approximated} approximated + {dropped} dropped");
    comment(&mut text, &counts);
    comment(&mut text, "The definitions are for human coders and have to be written.");
    pair(&mut text, "\ntitle", dictionary.title.as_deref().unwrap_or(name));
    text.push_str("# Voice and stance are read in English; change this where the dictionary is in another language.\n");
    pair(&mut text, "language", Language::DEFAULT);
    if drafts.iter().any(|draft| !draft.lists.is_empty()) {
        text.push_str("\n[lists]\n");
        drafts.iter().flat_map(|draft| draft.lists.values()).for_each(|list| write_list(&mut text, list));
    }
    for (draft, category) in drafts.iter().zip(&dictionary.categories) {
        text.push_str("\n[[frame]]\n");
        pair(&mut text, "id", &draft.id);
        pair(&mut text, "label", &draft.label);
        let said = category.description.as_deref().map(|said| format!(" ({said})")).unwrap_or_default();
        let definition = format!("To be written: the category {}{said} of {name} says no more.", category.name);
        pair(&mut text, "definition", &definition);
        write_rules(&mut text, draft);
    }
    text
}

fn write_rules(text: &mut String, draft: &Draft) {
    for (weight, list) in &draft.lists {
        text.push_str("\n[[rule]]\n");
        pair(text, "id", &list.name);
        pair(text, "frame", &draft.id);
        pair(text, "match", &format!("{{{}}}", list.name));
        write_weight(text, weight.as_deref());
    }
    for rule in &draft.rules {
        text.push_str("\n[[rule]]\n");
        comment(text, &rule.origin);
        pair(text, "id", &rule.id);
        pair(text, "frame", &draft.id);
        pair(text, "match", &rule.pattern);
        if let Some(unless) = &rule.unless {
            pair(text, "unless", unless);
        }
        write_weight(text, rule.weight.as_deref());
    }
}

fn write_weight(text: &mut String, weight: Option<&str>) {
    if let Some(weight) = weight {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "weight = {weight}");
    }
}

fn write_list(text: &mut String, list: &ListText) {
    let _ = writeln!(text, "{} = [", key(&list.name));
    let mut line = String::from("   ");
    for entry in list.entries.iter().chain(&list.below) {
        let entry = quoted(entry);
        if line.chars().count() + entry.chars().count() + 2 > WIDTH && line.len() > 3 {
            let _ = writeln!(text, "{line}");
            line = String::from("   ");
        }
        let _ = write!(line, " {entry},");
    }
    let _ = writeln!(text, "{line}\n]");
}

fn comment(text: &mut String, said: &str) {
    // A line end in the name of a file would end the comment, and the rest be read as TOML.
    let said: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(text, "# {said}");
}

fn pair(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {}", quoted(value));
}

/// A key, bare where TOML allows it.
fn key(name: &str) -> String {
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_owned() } else { quoted(name) }
}

fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}
