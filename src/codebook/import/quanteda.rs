//! quanteda's YAML: keys are categories, lists of patterns their entries, keys in keys categories in categories.

use saphyr_parser::{Event, Parser, ScanError};

use crate::codebook::import::words::{Syntax, Wildcards};
use crate::codebook::import::{Category, Dictionary, DictionaryEntry, DictionaryError, Format};

pub(super) const FORMAT: Format = Format {
    name: "quanteda",
    title: "quanteda YAML",
    extensions: &["yml", "yaml"],
    read,
    // YAML begins with anything, so that only the ending of its name tells such a file.
    is_beginning: |_| false,
    syntax: Syntax { wildcards: Wildcards::Glob, underscore_is_space: false, may_be_regex: true },
};

/// Keys under which quanteda writes the entries of a category that has categories, too: `__` of old, now `''`.
const OWN_ENTRIES: [&str; 2] = ["__", ""];

/// The most categories inside one another.
// The reader calls itself for each level, and the stack has an end.
const MAX_DEPTH: usize = 100;

fn read(text: &str) -> Result<Dictionary, DictionaryError> {
    let mut events = Vec::new();
    for item in Parser::new_from_str(text) {
        let (event, span) = item.map_err(|error| bad_yaml(&error))?;
        events.push((event, span.start.line()));
    }
    let mut reader =
        Reader { events: events.into_iter(), dictionary: Dictionary { counts_upwards: true, ..Dictionary::default() } };
    while let Some((event, line)) = reader.events.next() {
        match event {
            Event::MappingStart(..) => reader.categories(None, 0)?,
            Event::Scalar(..) | Event::SequenceStart(..) => {
                let message = "not a dictionary; expected categories, such as tax: [tax*, levy]";
                return Err(DictionaryError::new(line, message));
            }
            _ => {}
        }
    }
    reader.dictionary.with_entries("write categories as keys and words as lists, such as tax: [tax*, levy]")
}

fn bad_yaml(error: &ScanError) -> DictionaryError {
    DictionaryError::new(
        error.marker().line(),
        format!("not valid YAML ({}); check indentation and quotes", error.info()),
    )
}

struct Reader<'a> {
    events: std::vec::IntoIter<(Event<'a>, usize)>,
    dictionary: Dictionary,
}

impl Reader<'_> {
    /// The keys of a mapping that has begun.
    fn categories(&mut self, parent: Option<usize>, depth: usize) -> Result<(), DictionaryError> {
        while let Some((event, line)) = self.events.next() {
            let name = match event {
                Event::Scalar(name, ..) => name,
                Event::MappingEnd => break,
                _ => return Err(DictionaryError::new(line, "a category's name must be one word or a quoted text")),
            };
            if depth >= MAX_DEPTH {
                let message = format!("categories are nested more than {MAX_DEPTH} deep; flatten them");
                return Err(DictionaryError::new(line, message));
            }
            let category = match parent {
                Some(parent) if OWN_ENTRIES.contains(&name.trim()) => parent,
                _ if name.trim().is_empty() => {
                    return Err(DictionaryError::new(line, "a category without a name; give it one"));
                }
                _ => self.category(name.trim(), parent),
            };
            self.content(category, depth + 1)?;
        }
        Ok(())
    }

    /// The category of that name below `parent`; a key that stands twice is one category, as where files were joined.
    fn category(&mut self, name: &str, parent: Option<usize>) -> usize {
        let is_it = |category: &Category| category.parent == parent && category.name == name;
        match self.dictionary.categories.iter().position(is_it) {
            Some(known) => known,
            None => self.dictionary.add(name, parent),
        }
    }

    /// What stands behind a key: an entry, a list of entries and categories, or categories.
    fn content(&mut self, category: usize, depth: usize) -> Result<(), DictionaryError> {
        let mut lists = 0_usize;
        while let Some((event, line)) = self.events.next() {
            match event {
                // `key:` with nothing behind it.
                Event::Scalar(text, style, ..) if text == "~" && style == saphyr_parser::ScalarStyle::Plain => {}
                Event::Scalar(text, ..) => {
                    self.dictionary.categories[category].entries.push(DictionaryEntry::words(line, &text));
                }
                Event::SequenceStart(..) => lists += 1,
                Event::SequenceEnd => lists = lists.saturating_sub(1),
                Event::MappingStart(..) => self.categories(Some(category), depth)?,
                Event::Alias(_) => {
                    return Err(DictionaryError::new(line, "*name refers to another place; write the words out here"));
                }
                _ => return Err(DictionaryError::new(line, "the list is not closed; add \"]\"")),
            }
            if lists == 0 {
                break;
            }
        }
        Ok(())
    }
}
