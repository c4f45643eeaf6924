//! Keys of the TOML files that people write, told once: which are known, what the reference says of them, and the JSON Schema by
//! which editors complete and check them.

use serde_json::{Map, Value, json};

/// A table of a file, and the keys that it may have.
#[derive(Debug)]
pub struct KeyTable {
    /// As messages name it: `[compare]`.
    pub place: &'static str,
    /// In the order of the reference.
    pub keys: &'static [FileKey],
}

/// A key.
#[derive(Debug)]
pub struct FileKey {
    /// As it stands in the file.
    pub name: &'static str,
    /// What stands behind it.
    pub holds: Holds,
    /// What holds without it; `None` where it must be there.
    pub default: Option<&'static str>,
    /// What it does.
    pub meaning: &'static str,
    /// A line, or a table, that may stand in a file.
    pub example: &'static str,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A text, not blank.
    Text,
    /// A list of texts.
    Texts,
    /// A list of lists of two texts.
    Pairs,
    /// A table of texts, numbers, truths or days by names of one's own.
    ValuesByName,
    /// A table of lists of texts by names of one's own.
    TextsByName,
    /// A table of numbers by names of one's own.
    NumbersByName,
    /// A whole number.
    Whole,
    /// Any number.
    Number,
    /// `true` or `false`.
    Truth,
    /// A day, with or without quotation marks.
    Day,
    /// A list of days.
    Days,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One of several.
    AnyOf(&'static [Holds]),
    /// A table.
    Table(&'static KeyTable),
    /// Tables of one kind, each under two brackets.
    Tables(&'static KeyTable),
}

impl KeyTable {
    /// The names of its keys.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// The JSON Schema (draft 7, which editors of TOML know) of a file with this table at its top.
    #[must_use]
    pub fn json_schema(&self, title: &str) -> Value {
        let mut schema = self.object();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
            object.insert("title".to_owned(), json!(title));
        }
        schema
    }

    fn object(&self) -> Value {
        let properties: Map<String, Value> = self.keys.iter().map(|key| (key.name.to_owned(), key.schema())).collect();
        let required: Vec<&str> = self.keys.iter().filter(|key| key.default.is_none()).map(|key| key.name).collect();
        json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
    }
}

impl FileKey {
    fn schema(&self) -> Value {
        let mut schema = self.holds.schema();
        if let Some(object) = schema.as_object_mut() {
            object.insert("description".to_owned(), json!(self.meaning));
        }
        schema
    }
}

impl Holds {
    fn schema(self) -> Value {
        let text = json!({ "type": "string" });
        match self {
            Self::Text | Self::Day => text,
            Self::Texts | Self::Days => json!({ "type": "array", "items": text }),
            Self::Pairs => {
                let pair = json!({ "type": "array", "items": text, "minItems": 2, "maxItems": 2 });
                json!({ "type": "array", "items": pair })
            }
            Self::ValuesByName => json!({ "type": "object" }),
            Self::TextsByName => json!({ "type": "object", "additionalProperties": Self::Texts.schema() }),
            Self::NumbersByName => json!({ "type": "object", "additionalProperties": { "type": "number" } }),
            Self::Whole => json!({ "type": "integer", "minimum": 0 }),
            Self::Number => json!({ "type": "number" }),
            Self::Truth => json!({ "type": "boolean" }),
            Self::Choice(words) => json!({ "type": "string", "enum": words }),
            Self::AnyOf(kinds) => json!({ "anyOf": kinds.iter().map(|kind| kind.schema()).collect::<Vec<_>>() }),
            Self::Table(table) => table.object(),
            Self::Tables(table) => json!({ "type": "array", "items": table.object() }),
        }
    }
}

/// The words of a choice.
#[must_use]
pub const fn choice_words<const N: usize, T>(choices: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = choices[at].0;
        at += 1;
    }
    words
}
