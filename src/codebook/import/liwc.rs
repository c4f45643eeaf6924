//! LIWC's .dic: categories with their numbers between two lines `%`, then a word a line with the numbers it counts for.
//!
//! Conditions of the 2001 and 2007 forms stand before a number: `(02 134)125/464` counts for 125 after a word of
//! category 2 or 134 and else for 464, `<of>131/125` for 131 before "of" and else for 125. In the 2015 form they stand
//! before the word: `(they) like`, `(53) like`. Its categories may be indented below one another.

use std::collections::BTreeMap;

use crate::codebook::import::words::{Syntax, Wildcards};
use crate::codebook::import::{
    Category, Condition, Content, Dictionary, DictionaryEntry, DictionaryError, Format, Operand, Side,
};

pub(super) const FORMAT: Format = Format {
    name: "liwc",
    title: "LIWC",
    extensions: &["dic"],
    read,
    is_beginning: |text| text.starts_with('%'),
    syntax: Syntax { wildcards: Wildcards::FinalStar, underscore_is_space: false, may_be_regex: false },
};

/// A number of an entry: the category, and on what it depends.
struct Reference<'a> {
    condition: Option<Condition>,
    category: &'a str,
    /// The category where the condition does not hold.
    otherwise: Option<&'a str>,
}

fn read(text: &str) -> Result<Dictionary, DictionaryError> {
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let mut content = lines.by_ref().skip_while(|(_, line)| line.trim().is_empty());
    match content.next() {
        Some((_, line)) if line.trim() == "%" => {}
        first => {
            let line = first.map_or(1, |(line, _)| line);
            let message = "expected \"%\" alone on the first line, and the categories with their numbers below it";
            return Err(DictionaryError::new(line, message));
        }
    }
    let mut header = Header::default();
    let mut is_closed = false;
    for (line, raw) in lines.by_ref() {
        if raw.trim() == "%" {
            is_closed = true;
            break;
        }
        header.category(line, raw)?;
    }
    if !is_closed {
        let message = "the list of categories is never closed; add a line \"%\" after the last category";
        return Err(DictionaryError::new(1, message));
    }
    for (line, raw) in lines.filter(|(_, raw)| !raw.trim().is_empty()) {
        header.entry(line, raw.trim())?;
    }
    header.dictionary.with_entries("a word, a tab and the numbers of its categories, such as tax* 3")
}

#[derive(Default)]
struct Header {
    dictionary: Dictionary,
    /// Categories by number without leading zeros.
    numbers: BTreeMap<String, usize>,
    /// Indentation and index of the categories that the next one may belong to.
    open: Vec<(usize, usize)>,
}

impl Header {
    /// A line with number, tab and name, such as `posemo` or `posemo (Positive emotion)`.
    fn category(&mut self, line: usize, raw: &str) -> Result<(), DictionaryError> {
        let content = raw.trim();
        if content.is_empty() {
            return Ok(());
        }
        let digits = content.len() - content.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, name) = (key(&content[..digits]), content[digits..].trim());
        if digits == 0 || name.is_empty() {
            let message = format!("\"{content}\" is no category; expected its number, a tab and its name, or \"%\"");
            return Err(DictionaryError::new(line, message));
        }
        if self.numbers.contains_key(number) {
            return Err(DictionaryError::new(line, format!("category {number} is listed twice; give each a number")));
        }
        let indent = raw.len() - raw.trim_start().len();
        self.open.retain(|(outer, _)| *outer < indent);
        let (name, description) = match name.strip_suffix(')').and_then(|name| name.split_once('(')) {
            Some((name, label)) if !name.trim().is_empty() => (name.trim(), Some(label.trim().to_owned())),
            _ => (name, None),
        };
        let index = self.dictionary.categories.len();
        self.dictionary.categories.push(Category {
            key: number.to_owned(),
            name: name.to_owned(),
            description,
            parent: self.open.last().map(|(_, parent)| *parent),
            entries: Vec::new(),
        });
        self.open.push((indent, index));
        self.numbers.insert(number.to_owned(), index);
        Ok(())
    }

    /// A line with word, tab and references.
    fn entry(&mut self, line: usize, content: &str) -> Result<(), DictionaryError> {
        let Some((word, references)) = split(content) else {
            let message = format!("\"{content}\" has no category; expected a tab and the numbers of its categories");
            return Err(DictionaryError::new(line, message));
        };
        for reference in references {
            let condition = reference.condition;
            if let Some(Operand::Category(number)) = condition.iter().flat_map(|condition| &condition.others).next() {
                self.known(line, number)?;
            }
            // `<of>131/125` is two entries: one for 131 where "of" follows, and one for 125 where it does not.
            for (category, is_negated) in [(Some(reference.category), false), (reference.otherwise, true)] {
                let Some(category) = category else { continue };
                let index = self.known(line, category)?;
                let condition = condition.clone().map(|condition| Condition { is_negated, ..condition });
                let entry = DictionaryEntry {
                    line,
                    text: content.to_owned(),
                    content: self.content(word, condition),
                    weight: None,
                };
                self.dictionary.categories[index].entries.push(entry);
            }
        }
        Ok(())
    }

    fn known(&self, line: usize, number: &str) -> Result<usize, DictionaryError> {
        self.numbers.get(key(number)).copied().ok_or_else(|| {
            let message = format!("unknown category {number}; list it between the lines \"%\", or correct the number");
            DictionaryError::new(line, message)
        })
    }

    fn content(&self, word: &str, condition: Option<Condition>) -> Content {
        let (before, word) = match word.strip_prefix('(').and_then(|word| word.split_once(')')) {
            // Emoticons have brackets too, and those are no conditions.
            Some((before, word)) if has_letter(before) && has_letter(word) => (Some(before), word.trim()),
            _ => (None, word),
        };
        let before = before.map(|words| Condition {
            is_negated: false,
            side: Side::Before,
            others: words.split('|').map(|word| self.item(word.trim())).collect(),
            distance: Some(1),
            loosened: None,
        });
        let conditions: Vec<Condition> = before.into_iter().chain(condition).collect();
        if conditions.is_empty() {
            return Content::Words(word.to_owned());
        }
        Content::Conditional { name: word.to_owned(), item: Operand::Words(word.to_owned()), conditions }
    }

    /// What stands in brackets before a word: the number or the name of a category, or words.
    fn item(&self, text: &str) -> Operand {
        let by_name = || self.dictionary.categories.iter().find(|category| category.name.eq_ignore_ascii_case(text));
        let by_number = self.numbers.get(key(text)).map(|index| &self.dictionary.categories[*index]);
        match by_number.or_else(by_name) {
            Some(category) => Operand::Category(category.key.clone()),
            None => Operand::Words(text.to_owned()),
        }
    }
}

fn has_letter(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// A number without leading zeros: `02` and `2` are one category.
fn key(number: &str) -> &str {
    match number.trim_start_matches('0') {
        "" if !number.is_empty() => "0",
        key => key,
    }
}

/// A line as word and references. A tab ends the word; without one, it ends where only references follow.
fn split(content: &str) -> Option<(&str, Vec<Reference<'_>>)> {
    if let Some((word, rest)) = content.split_once('\t') {
        return Some((word.trim_end(), references(rest)?));
    }
    let blanks = content.match_indices(' ').map(|(at, _)| at);
    blanks.into_iter().find_map(|at| Some((content[..at].trim_end(), references(&content[at..])?)))
}

fn references(text: &str) -> Option<Vec<Reference<'_>>> {
    let (mut rest, mut found) = (text.trim(), Vec::new());
    while !rest.is_empty() {
        let (condition, after) = condition(rest)?;
        let (category, after) = number(after)?;
        let (otherwise, after) = match after.strip_prefix('/') {
            Some(after) => number(after).map(|(category, after)| (Some(category), after))?,
            None => (None, after),
        };
        found.push(Reference { condition, category, otherwise });
        if !after.is_empty() && !after.starts_with(char::is_whitespace) {
            return None;
        }
        rest = after.trim_start();
    }
    Some(found).filter(|found| !found.is_empty())
}

fn number(text: &str) -> Option<(&str, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    (len > 0).then(|| text.split_at(len))
}

/// `(02 134)` or `<of>`, if the text begins with one, and what follows it.
fn condition(text: &str) -> Option<(Option<Condition>, &str)> {
    let (side, others, after) = if let Some(inside) = text.strip_prefix('(') {
        let (numbers, after) = inside.split_once(')')?;
        let numbers = numbers.split_whitespace().map(|number| Operand::Category(key(number).to_owned()));
        (Side::Before, numbers.collect(), after)
    } else if let Some(inside) = text.strip_prefix('<') {
        let (word, after) = inside.split_once('>')?;
        (Side::After, vec![Operand::Words(word.to_owned())], after)
    } else {
        return Some((None, text));
    };
    Some((Some(Condition { is_negated: false, side, others, distance: Some(1), loosened: None }), after.trim_start()))
}
